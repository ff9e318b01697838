"""The desk's parts: after an act each is drawn anew alone, and only where something that it shows has moved.

The form comes first, for the person works in it; the others follow where they are due. Which claim is in hand the queue and
the text hear in the browser, so that many steps draw the form and the place in the queue and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import Any

import streamlit as st

from claims import Query, Store
from claims.store import Rules
from workbench import desk, selection
from workbench.columns import is_long
from workbench.recall import Recall
from workbench.taking import PAGE, take_page


@dataclass(frozen=True, slots=True)
class Look:
    """What the desk looks at: its store, the query of its filters, and the rules it works by."""

    store: Store
    query: Query
    rules: Rules


@contextmanager
def together() -> Iterator[None]:
    """Draw all the parts in this block: the whole desk."""
    st.session_state["drawn"] = {}
    yield
    st.session_state.pop("promised", None)


def part(name: str) -> Callable[[Callable[[Look, Recall], None]], Callable[[Look], None]]:
    """A part of the desk by this name, "form", "steps", "queue" or "text": it is drawn from the record as of one event."""

    def made(draw: Callable[[Look, Recall], None]) -> Callable[[Look], None]:
        @st.fragment(key=name)
        @wraps(draw)
        @desk.worded()
        def drawn(look: Look) -> None:
            recall = Recall(look.store)
            if recall(look.store.rules) != look.rules:  # somebody has changed them since the desk was drawn
                st.rerun(scope="app")
            draw(look, recall)
            st.session_state["drawn"][name] = _shown(look, recall).get(name)

        return drawn

    return made


def acting(look: Look, act: Callable[..., None]) -> Callable[..., None]:
    """For a widget outside the form: the act, and then the form is drawn, with whatever else shows what has moved."""

    def done(*given: Any, **named: Any) -> None:
        act(*given, **named)
        follow(look, "form")

    return done


def follow(look: Look, *first: str) -> None:
    """From a callback: draw these parts, and then those that show what has moved since they were drawn."""
    names = [*first, *(name for name in due(look, Recall(look.store)) if name not in first)]
    st.session_state["promised"] = names if "form" in names else []
    if names:
        desk.redraw(*names)


def due(look: Look, recall: Recall) -> list[str]:
    """The parts beside the form that show what has moved since they were drawn."""
    drawn: dict[str, Hashable] = st.session_state.get("drawn", {})
    return [name for name, shown in _shown(look, recall).items() if drawn.get(name, shown) != shown]


def unpromised(look: Look, recall: Recall) -> bool:
    """Whether parts are due that nothing in this drawing will draw: a widget of the form has acted, and draws the form alone."""
    promised = st.session_state.pop("promised", ())
    return any(name not in promised for name in due(look, recall))


def _shown(look: Look, recall: Recall) -> dict[str, Hashable]:
    """What each part shows, as far as it can move while the desk looks at the same."""
    _, at = take_page(recall, look.query)
    claim_id = desk.chosen()
    selected = (*selection.names(), selection.matching())
    article = recall(recall.store.article, recall(recall.store.claim, claim_id)["article_id"]) if claim_id else None
    return {
        "steps": (recall.newest, at, selected),
        "queue": (recall.newest, at and at // PAGE, selected),
        "text": (recall.newest, article and article.article_id, claim_id if article and is_long(article) else None),
    }
