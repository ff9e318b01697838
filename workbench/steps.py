"""The ways through the queue: from claim to claim, page to page, and what each key of the desk does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from claims import Query, Store
from claims.verdict import CONFIDENCES, load_scale
from workbench import desk
from workbench.forms import mark

PAGE = 50

#: The keys beside those of the verdict scale, and what they do, as the foot of the desk names them.
KEYS: tuple[tuple[str, str], ...] = (
    ("J", "next"),
    ("K", "previous"),
    ("1–4", "verdict"),
    ("Q W E", "confidence"),
    ("S", "source"),
    ("A", "add a claim"),
    ("Ctrl ⏎", "save and next"),
    ("U", "undo"),
    ("⇧U", "redo"),
)


def neighbour(store: Store, query: Query, step: int) -> str | None:
    """The claim so many places after the one in hand, or before it; the other side's where that side has none.

    A claim that the filter leaves out has the query's first for its neighbour.
    """
    at = store.position(query, str(desk.chosen()))
    places = [0] if at is None else [at + step, at - step]
    for place in places:
        for name in store.page(query, offset=place, limit=1)["claim_id"] if place >= 0 else ():
            return str(name)
    return None


def move(store: Store, query: Query, step: int) -> None:
    """Take the next claim in hand, or the one before; at either end, stay."""
    at = store.position(query, str(desk.chosen()))
    if at is not None and not 0 <= at + step < store.count(query):
        return
    if found := neighbour(store, query, step):
        desk.choose(found)


def turn(store: Store, query: Query, shown: int) -> None:
    """Open another page of the queue: its first claim comes in hand."""
    number = st.session_state[f"page-{shown}"]
    for name in store.page(query, offset=(number - 1) * PAGE, limit=1)["claim_id"]:
        desk.choose(str(name))


def acts(store: Store, query: Query) -> dict[str, Callable[[], None]]:
    """What each key does."""
    scale = load_scale()
    done: dict[str, Callable[[], None]] = {
        "j": partial(move, store, query, 1),
        "k": partial(move, store, query, -1),
        "s": partial(desk.begin, "source"),
        "a": partial(desk.begin, "add"),
        "u": desk.undo,
        "U": desk.redo,
        "Ctrl+Enter": partial(mark.save, store, partial(neighbour, store, query, 1)),
    }
    done |= {verdict.key: partial(mark.choose, store, "verdict", verdict.label) for verdict in scale.verdicts}
    return done | {
        key: partial(mark.choose, store, "confidence", name) for name, key in zip(CONFIDENCES, "qwe", strict=True)
    }


def press(store: Store, query: Query, presses: Sequence[Mapping[str, Any]]) -> None:
    """Do what the keys say, in order, each once. After a refusal, what was pressed before it was seen is left undone."""
    known = acts(store, query)
    for each in presses:
        number, key, seen = int(each["number"]), str(each["key"]), int(each["seen"])
        if number <= heard():
            continue
        st.session_state["heard"] = number
        if seen < st.session_state.get("refused at", 0) or key not in known:
            continue
        known[key]()
        if desk.was_refused():
            st.session_state["refused at"] = number


def heard() -> int:
    """The number of the last press that was heard."""
    return int(st.session_state.get("heard", 0))
