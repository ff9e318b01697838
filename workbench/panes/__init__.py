"""What Streamlit has no widget for: the queue of claims, the article with its marks, and keys of which none is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import resources
from typing import Any

import streamlit as st

_FILES = resources.files("workbench.panes")


def _pane(name: str, html: str, *, isolated: bool) -> Callable[..., Any]:
    css, js = ((_FILES / f"{name}.{kind}").read_text(encoding="utf-8") for kind in ("css", "js"))
    return st.components.v2.component(f"claims_{name}", html=html, css=css, js=js, isolate_styles=isolated)


_draw_queue = _pane("queue", '<ul class="queue" role="listbox" tabindex="0" aria-label="Claims"></ul>', isolated=True)
# A selection cannot be read across a shadow root in every browser, so this one lives in the page.
_draw_text = _pane("text", '<article class="article-text"></article>', isolated=False)
_hear_keys = _pane("keys", '<div class="keys"></div>', isolated=True)
_remember = _pane("memory", '<div class="memory"></div>', isolated=True)


def remember(person: str, *, asks: bool, key: str, on_recalled: Callable[[str], None]) -> None:
    """Keep in this browser who sits at it; while nobody does and it ``asks``, ``on_recalled`` gets who sat there last."""
    _remember(
        key=key,
        data={"person": person, "asks": asks},
        on_recalled_change=lambda: on_recalled(str(st.session_state[key].recalled)),
    )


def hear_keys(
    keys: Sequence[str], heard: int, *, key: str, on_pressed: Callable[[Sequence[Mapping[str, Any]]], None]
) -> None:
    """Listen for ``keys``, none of them while somebody writes; ``on_pressed`` gets the presses not yet heard, in order.

    A press: ``number`` (rising), ``key``, and ``seen``, the number heard last when it was pressed. It comes again until
    ``heard`` has reached its number.
    """
    _hear_keys(
        key=key,
        data={"keys": list(keys), "heard": heard},
        on_pressed_change=lambda: on_pressed(st.session_state[key].pressed),
    )


def show_queue(
    rows: Sequence[Mapping[str, Any]], chosen: str | None, *, key: str, on_chosen: Callable[[str], None]
) -> None:
    """Draw the queue; ``on_chosen`` is called with the claim_id of a row that is clicked or reached by arrow key.

    A row: ``id, claim, tags, verdict, mark, colour, note, weight`` (text) and ``share`` (0 to 1).
    """
    _draw_queue(
        key=key,
        data={"rows": list(rows), "chosen": chosen},
        on_chosen_change=lambda: on_chosen(st.session_state[key].chosen),
    )


def show_text(
    article: Mapping[str, Any],
    chosen: str | None,
    *,
    key: str,
    on_chosen: Callable[[str], None],
    on_passage: Callable[[int, int], None],
) -> None:
    """Draw the article; ``on_chosen`` gets the claim_id of a mark, ``on_passage`` the span of a selected passage.

    ``article``: ``article, title, about, byline, blocks`` as :func:`workbench.columns.blocks` makes them.
    """
    _draw_text(
        key=key,
        data={**article, "chosen": chosen},
        on_chosen_change=lambda: on_chosen(st.session_state[key].chosen),
        on_passage_change=lambda: on_passage(
            st.session_state[key].passage["start"], st.session_state[key].passage["end"]
        ),
    )
