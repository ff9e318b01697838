"""What colleagues do meanwhile: the desk asks every three seconds, and is drawn anew only where that concerns what it shows.

Where the record tells of writes, the bell makes it ask at once.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from time import monotonic
from typing import Any

import streamlit as st

from claims import ClaimsError, Query, Store
from claims.store import News
from workbench import bell, desk
from workbench.forms.entry import still_in
from workbench.panes import ask_often
from workbench.recall import Recall

#: Milliseconds between two questions.
EVERY = 3_000

#: Seconds that pass at least before somebody says anew which claim they are on: another one, or still the same.
_MOVED, _STILL = 5.0, 10.0

#: Kinds that the desk shows beside the claims, and settings that it does not heed: somebody's keys, a saved view.
_HEEDED = frozenset({"article", "setting"})
_UNHEEDED = ("keys:", "view:")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the desk showed when it was drawn: up to which event, what was asked, and which claims."""

    newest: int
    query: Query
    claims: frozenset[str]


def show(newest: int, query: Query, rows: Iterable[Mapping[str, Any]]) -> None:
    """Remember what is drawn."""
    st.session_state["shown"] = Shown(newest, query, frozenset(row["claim_id"] for row in rows))


def show_count(count: int) -> int:
    """Remember how many claims matched, as the desk says it; that number."""
    st.session_state["shown count"] = count
    return count


def row_in_hand(recall: Recall, claim_id: str) -> dict[str, Any]:
    """The claim as its form shows it: as it stands, or as it stood for who is writing in the form just now.

    What a colleague does to it meanwhile is met when the form is saved, as ever.
    """
    held: dict[str, Any] | None = st.session_state.get("in hand")
    if st.session_state.pop("hold", None) == claim_id and held and held["claim_id"] == claim_id:
        st.session_state["held"] = True
        return held
    st.session_state["held"] = False
    row = {**recall(recall.store.claim, claim_id), "seen_event": recall.newest}
    st.session_state["in hand"] = row
    return row


@st.fragment(key="live")
def watch() -> None:
    """Let the browser ask, and hand it who is on which claim."""
    if "shown" not in st.session_state:
        return
    people, shut = st.session_state.get("people", {}), bool(st.session_state.get("shut"))
    rings = bell.address(desk.store())
    ask_often(people, EVERY, bell=rings, shut=shut, key="live", on_asked=_hear)


def _hear(*, writing: bool) -> None:
    """The browser asks: the desk is drawn anew where it is to be; a part of the screen is so only from here."""
    if not still_in():
        st.session_state["shut"] = True
    elif look(writing=writing):
        desk.redraw("desk", "live")


def look(*, writing: bool) -> bool:
    """Whether there is news of what is shown. ``writing`` says that somebody writes in a field of the form."""
    seen: Shown = st.session_state["shown"]
    try:
        store = desk.store()
        news = store.news(seen.newest)
        _be_on(store)
        where = store.who_is_where()
        concerned = is_concerned(seen, news) or (
            bool(news.claims) and Recall(store)(store.count, seen.query) != st.session_state.get("shown count")
        )
    except ClaimsError as error:
        _log.warning("What colleagues do could not be read: %s", error)  # the next act of this person's says it too
        return False
    me = desk.person()
    others = {claim_id: [name for name in names if name != me] for claim_id, names in where.items()}
    st.session_state["people"] = {claim_id: names for claim_id, names in others.items() if names}
    st.session_state["shown"] = replace(seen, newest=news.newest)
    due = concerned or (bool(st.session_state.get("held")) and not writing)
    if due:
        st.session_state["hold"] = desk.chosen() if writing else None
    return due


def is_concerned(seen: Shown, news: News) -> bool:
    """Whether news is of something that is shown.

    >>> seen = Shown(7, Query(), frozenset({"c1", "c2"}))
    >>> is_concerned(seen, News(9, frozenset({"c2", "c8"}))), is_concerned(seen, News(9, frozenset({"c8"})))
    (True, False)
    >>> is_concerned(seen, News(8, others=frozenset({("setting", "keys:Ilic")}))), is_concerned(seen, News(900, None))
    (False, True)
    """
    if news.claims is None or not seen.claims.isdisjoint(news.claims):
        return True
    return any(kind in _HEEDED and not name.startswith(_UNHEEDED) for kind, name in news.others)


def _be_on(store: Store) -> None:
    """Say which claim this person is on: when they moved on, and from time to time."""
    claim_id, now = desk.chosen(), monotonic()
    left, at = st.session_state.get("was on", (None, float("-inf")))
    if now - at < (_MOVED if left != claim_id else _STILL):
        return
    if store.be_on(claim_id, left if left != claim_id else None, actor=desk.person()):
        st.session_state["was on"] = (claim_id, now)
