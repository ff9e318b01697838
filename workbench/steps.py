"""The ways through the queue: from claim to claim, page to page, and what each key of the desk does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from claims import Query, Store
from claims.store import Rules
from workbench import desk
from workbench.forms import mark

PAGE = 50

_KEYS = (
    ("S", "source"),
    ("A", "add a claim"),
    ("Ctrl ⏎", "save and next"),
    ("U", "undo"),
    ("⇧U", "redo"),
)


def keys(rules: Rules) -> tuple[tuple[str, str], ...]:
    """The keys and what they do, as the foot of the desk names them; verdict and confidence as the desk gives them.

    >>> from claims.verdict import load_scale
    >>> [key for key, _ in keys(Rules(load_scale("politifact"), "percent", True))][:4]
    ['J', 'K', '1–6', 'S']
    """
    digits = sorted(verdict.key for verdict in rules.scale.verdicts if verdict.key)
    own = [(f"{digits[0]}–{digits[-1]}", "verdict")] if digits else []
    own += [("Q W E", "confidence")] if rules.confidence == "words" else []
    return (("J", "next"), ("K", "previous"), *own, *_KEYS)


def at_place(store: Store, query: Query, place: int) -> str | None:
    """The claim at a place of the queue, from 0; None where it has no such place."""
    if place < 0:
        return None
    return next((str(row["claim_id"]) for row in store.rows(query, offset=place, limit=1)), None)


def neighbour(store: Store, query: Query, step: int) -> str | None:
    """The claim so many places after the one in hand, or before it; the other side's where that side has none.

    A claim that the filter leaves out has the query's first for its neighbour.
    """
    at = store.position(query, str(desk.chosen()))
    if at is None:
        return at_place(store, query, 0)
    return at_place(store, query, at + step) or at_place(store, query, at - step)


def move(store: Store, query: Query, step: int) -> None:
    """Take the next claim in hand, or the one before; at either end, stay."""
    at = store.position(query, str(desk.chosen()))
    if found := at_place(store, query, 0 if at is None else at + step):
        desk.choose(found)


def turn(store: Store, query: Query, shown: int) -> None:
    """Open another page of the queue: its first claim comes in hand."""
    if found := at_place(store, query, (st.session_state[f"page-{shown}"] - 1) * PAGE):
        desk.choose(found)


def acts(store: Store, query: Query, rules: Rules) -> dict[str, Callable[[], None]]:
    """What each key does."""
    done: dict[str, Callable[[], None]] = {
        "j": partial(move, store, query, 1),
        "k": partial(move, store, query, -1),
        "s": partial(desk.begin, "source"),
        "a": partial(desk.begin, "add"),
        "u": desk.undo,
        "U": desk.redo,
        "Ctrl+Enter": partial(mark.save, store, partial(neighbour, store, query, 1)),
    }
    verdicts = [verdict for verdict in rules.scale.verdicts if verdict.key]
    done |= {verdict.key: partial(mark.choose, store, "verdict", verdict.label) for verdict in verdicts}
    if rules.confidence == "words":
        done |= {key: partial(mark.choose, store, "confidence", name) for name, key in mark.CONFIDENCE_KEYS.items()}
    return done


def press(store: Store, query: Query, presses: Sequence[Mapping[str, Any]]) -> None:
    """Do what the keys say, in order, each once. After a refusal, what was pressed before it was seen is left undone."""
    known = acts(store, query, store.rules())
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
