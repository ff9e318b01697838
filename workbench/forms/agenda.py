"""A meeting's agenda: its items in order, and claims to put on it, found by the desk's rules or by a search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from textwrap import shorten
from typing import Any

import streamlit as st

from claims import Query, Store
from claims.errors import StaleWrite
from claims.review.agenda import Item as Found
from claims.review.agenda import agenda, filters, total_minutes
from claims.review.rules import load_rules
from claims.store import Item, Meeting, Wanted
from workbench import desk
from workbench.columns import SIGNS, verdict_colour
from workbench.forms import kept
from workbench.nouns import count_words
from workbench.shown import escape

#: Claims that a rule looks through, most worth checking first; those that are put on at once; and those a search shows.
_LOOKED_AT, _TOGETHER, _SHOWN = 1000, 12, 8

#: Signs of a claim that are shown, and that name it in a sentence; the meeting shows all.
_CLAIM, _NAMED = 240, 80

_STATES = {"shown": "voted on", "decided": "decided", "needs evidence": "needs more evidence"}


def draw(store: Store, held: Meeting, items: Sequence[Item]) -> None:
    """The items, each with its reasons, its minutes, and what may be done with it."""
    claims = store.claims_named(item.claim_id for item in items)
    with st.container(key="agenda"):
        for place, item in enumerate(items):
            _draw_item(store, held, items, place, claims[item.claim_id])


def draw_found(store: Store, held: Meeting, items: Sequence[Item]) -> None:
    """What the rules find that is not on the agenda yet, and was not dropped from it."""
    known = {*(item.claim_id for item in items), *store.dropped_from_agenda(held.meeting_id)}
    found = [each for each in find(store) if each.claim_id not in known]
    if not found:
        st.caption("The rules find nothing more. What they look for stands under “The rules”.")
        return
    first = found[:_TOGETHER]
    time = f"about {count_words(round(total_minutes(first)), 'minute')}"
    label = (
        "Put it on" if len(found) == 1 else f"Put {'all' if len(first) == len(found) else 'the first'} {len(first)} on"
    )
    st.button(
        f"{label}, {time}", key="put-all", icon=":material/playlist_add:", on_click=_put, args=(store, held, first)
    )
    claims = store.claims_named(each.claim_id for each in first)
    for each in first:
        _draw_candidate(store, held, each, claims[each.claim_id], each.reasons)
    if len(found) > len(first):
        st.caption(f"and {count_words(len(found) - len(first), 'claim')} more, less pressing.")


def draw_search(store: Store, held: Meeting, items: Sequence[Item]) -> None:
    """Any claim of the record, found by its words."""
    words = st.text_input("Find a claim", key="agenda-find", placeholder="Words of the claim, a name, a figure")
    if not words:
        return
    on = {item.claim_id for item in items}
    asked = Query(text=words, reader=desk.person(), read_twice=store.rules().second_reading)
    rows = [row for row in store.rows(asked, limit=_SHOWN + len(on)) if row["claim_id"] not in on]
    if not rows:
        st.caption("No claim that is not on the agenda has these words.")
    for row in rows[:_SHOWN]:
        _draw_candidate(store, held, Found(row["claim_id"], (), (), 5.0, 0.0), row, [row["article_title"] or ""])


def find(store: Store) -> list[Found]:
    """What the desk's rules put on an agenda today, most pressing first; counted anew when something was written."""
    return _found(store, str(store.place), store.latest_event_seq(), datetime.now(desk.zone()).isoformat()[:10])


@st.cache_data(max_entries=8, show_spinner=False)
def _found(_store: Store, place: str, newest: int, day: str) -> list[Found]:  # noqa: ARG001 - told apart by them
    rules, twice = load_rules(_store.setting("agenda")), _store.rules().second_reading
    today = datetime.fromisoformat(day).date()
    rows: dict[str, Mapping[str, Any]] = {}
    for rule in (rule for rule in rules if rule.on):
        asked = filters(rule, read_twice=twice)
        if asked is None:
            late = [row.claim_id for row in _store.overdue(today, _LOOKED_AT).rows]
            rows |= _store.claims_named(late)
        else:
            rows |= {row["claim_id"]: row for row in _store.rows(Query(**asked), limit=_LOOKED_AT)}
    return agenda(rows.values(), rules, today, read_twice=twice)


def _draw_item(store: Store, held: Meeting, items: Sequence[Item], place: int, row: Mapping[str, Any]) -> None:
    item = items[place]
    key, form = f"{item.item_id}-{item.revision}", f"time-{item.item_id}"
    kept.follow(form, item.revision, {"minutes": max(1, round(item.minutes))})
    with st.container(key=f"item-{key}", horizontal=True, vertical_alignment="center", gap="xsmall", wrap=False):
        st.html(_item_html(store, held, item, place + 1, row))
        if held.state == "closed":
            return
        st.number_input(
            "Minutes", 1, 480, key=f"{form}:minutes", label_visibility="collapsed", width=96,
            help="Minutes that it may take", on_change=_time, args=(store, item, form),
        )  # fmt: skip
        for what, icon, on_click, off in (
            ("Move it up", "arrow_upward", lambda: _move(store, held, items, place, -1, row["claim"]), place == 0),
            (
                "Move it down",
                "arrow_downward",
                lambda: _move(store, held, items, place, 1, row["claim"]),
                place == len(items) - 1,
            ),
            (
                "Take it off the agenda; Undo brings it back",
                "close",
                lambda: _drop(store, item),
                item.state == "decided",
            ),
        ):
            st.button(
                what.partition(";")[0], key=f"{icon}-{key}", icon=f":material/{icon}:", type="tertiary", help=what,
                on_click=on_click, disabled=off,
            )  # fmt: skip
    kept.draw_beaten(form, lambda _, minutes: count_words(minutes, "minute"), lambda: _time(store, item, form))


def _item_html(store: Store, held: Meeting, item: Item, number: int, row: Mapping[str, Any]) -> str:
    """An item in words: its number, the claim, why it is there, and what came of it."""
    about = " ".join(item.reasons) or "Put on by hand."
    came = ""
    if item.verdict:
        colour = verdict_colour(item.verdict, store.scale_named(item.scale))
        came = f'<span class="{colour}"><b>{SIGNS.get(colour, "")} {escape(item.verdict)}</b></span>'
    elif item.state in _STATES:
        came = f"<b>{_STATES[item.state]}</b>"
    if item.item_id == held.item_id:
        came = f"{came} <b>looked at now</b>"
    return (
        f'<div class="agenda-item"><span class="no">{number}</span><div><div class="claim">'
        f'{escape(shorten(row["claim"], _CLAIM, placeholder=" …"))}</div><div class="about">{escape(about)}'
        f"{f' <span class=came>{came}</span>' if came else ''}</div></div></div>"
    )


def _draw_candidate(store: Store, held: Meeting, found: Found, row: Mapping[str, Any], about: Sequence[str]) -> None:
    with st.container(
        key=f"candidate-{found.claim_id}", horizontal=True, vertical_alignment="center", gap="xsmall", wrap=False
    ):
        st.html(
            f'<div class="agenda-item"><div><div class="claim">{escape(shorten(row["claim"], _CLAIM, placeholder=" …"))}'
            f'</div><div class="about">{escape(" ".join(about))}</div></div></div>'
        )
        st.button(
            "Put on", key=f"put-{found.claim_id}", icon=":material/add:", on_click=_put, args=(store, held, [found])
        )


def _put(store: Store, held: Meeting, found: Sequence[Found]) -> None:
    wanted = [Wanted(each.claim_id, each.reasons, each.minutes) for each in found]
    desk.act(
        lambda: store.put_on_agenda(held.meeting_id, wanted, actor=desk.person()),
        lambda new: f"{count_words(len(new), 'claim')} put on the agenda" if new else "It was on the agenda already",
    )


def _time(store: Store, item: Item, form: str) -> None:
    kept.save(form, lambda revision, typed: store.time_item(item.item_id, revision, actor=desk.person(), **typed))


def _drop(store: Store, item: Item) -> None:
    desk.act(
        lambda: store.drop_item(item.item_id, item.revision, actor=desk.person()), "Off the agenda; Undo brings it back"
    )


def _move(store: Store, held: Meeting, items: Sequence[Item], place: int, step: int, claim: str) -> None:
    seen = [item.item_id for item in items]
    wanted = [*seen]
    wanted.insert(place + step, wanted.pop(place))

    def moved() -> None:
        try:
            store.arrange_agenda(held.meeting_id, seen, wanted, actor=desk.person())
        except StaleWrite as error:  # it compares names of items, which tell nobody anything
            raise StaleWrite(
                f"“{shorten(claim, _NAMED, placeholder=' …')}” was not moved: somebody changed the agenda since you looked at it.",
                "Below it stands as it is now; move the claim there.", {}, {},
            ) from error  # fmt: skip

    desk.act(moved)
