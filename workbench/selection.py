"""The claims that are selected to be changed together: some by name, or all that match what the desk looks at."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import streamlit as st

from claims import Query
from workbench import desk

#: Claims that can be selected one by one; more are selected by what they match.
MOST = 1_000


def names() -> list[str]:
    """The claims that are selected by name, in the order in which they were."""
    kept: dict[str, None] = st.session_state.get("selected", {})
    return list(kept)


def matching() -> Query | None:
    """What all selected claims match, where they were selected so."""
    found: Query | None = st.session_state.get("selected by")
    return found


def is_any() -> bool:
    """Whether anything is selected."""
    return bool(st.session_state.get("selected")) or matching() is not None


def is_in(claim_id: str, query: Query) -> bool:
    """Whether a claim that the desk's query shows is selected."""
    return matching() == query or claim_id in st.session_state.get("selected", {})


def pick(claim_ids: Iterable[str], *, on: bool) -> None:
    """Select these claims too, or these no more; what was selected by a match is selected by name again."""
    st.session_state["selected by"] = None
    kept: dict[str, None] = dict(st.session_state.get("selected", {}))
    for claim_id in map(str, claim_ids):
        kept.pop(claim_id, None)
        if on and len(kept) < MOST:
            kept[claim_id] = None
    st.session_state["selected"] = kept


def toggle_chosen() -> None:
    """Select the claim in hand, or select it no more."""
    if claim_id := desk.chosen():
        pick([claim_id], on=claim_id not in names())


def extend(step: Callable[[], None]) -> None:
    """Select the claim in hand, take the next one in hand and select that too."""
    begun = desk.chosen()
    step()
    pick([claim_id for claim_id in (begun, desk.chosen()) if claim_id], on=True)


def take_all(query: Query) -> None:
    """Select all claims that match."""
    st.session_state["selected by"] = query


def clear() -> None:
    """Select nothing."""
    st.session_state.pop("selected", None)
    st.session_state.pop("selected by", None)
