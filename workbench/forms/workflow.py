"""Where a claim stands and what may follow: assignment, readings side by side, the checklist, and each further act."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import streamlit as st

from claims import Store
from claims.errors import SignOffRefused
from claims.status import LOCKED, OPEN, following, step
from claims.store import Rules
from workbench import desk
from workbench.columns import SIGNS, time_words, verdict_colour
from workbench.forms import typed, who
from workbench.shown import escape

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Way:
    """An act that leads to the status ``new``: its button, what is said when it is done, and what it asks, if anything.

    ``excuse`` is what it asks only where a reason stands in for what is missing.
    """

    new: str
    label: str
    said: str
    deed: Callable[[Store, Row, str], Any]
    asks: str = ""
    icon: str = ""
    excuse: str = ""


def _reopen(store: Store, row: Row, why: str) -> int:
    """Take up again what was signed off, or what was read twice."""
    if row["status"] in LOCKED:
        return store.reopen(row["claim_id"], row["revision"], why, actor=desk.person())
    again = {"status": "in progress"}
    return store.edit_claim(row["claim_id"], row["revision"], again, why=why, actor=desk.person())


#: The acts, in the order of their buttons. Which of them are drawn, claims.status says; who may do them, the record.
WAYS: tuple[Way, ...] = (
    Way("signed off", "Sign off", "Signed off: the claim is locked",
        lambda store, row, why: store.sign_off(row["claim_id"], row["revision"], seen=row["seen_event"], why=why, actor=desk.person()),
        icon=":material/verified:", excuse="Why does it hold, without what the checklist still asks for? Readers of the report see the reason."),
    Way("published", "Publish", "Noted as published",
        lambda store, row, _: store.publish(row["claim_id"], row["revision"], actor=desk.person()), icon=":material/publish:"),
    Way("second reading", "Ask for a second reading", "A colleague may read it second",
        lambda store, row, _: store.edit_claim(row["claim_id"], row["revision"], {"status": "second reading"}, actor=desk.person()),
        icon=":material/group:"),
    Way("decided", "Decide …", "", lambda *_: desk.begin("decide"), icon=":material/gavel:"),
    Way("in progress", "Take it up again", "Taken up again",
        lambda store, row, _: store.edit_claim(row["claim_id"], row["revision"], {"status": "in progress"}, actor=desk.person()),
        icon=":material/replay:"),
    Way("in progress", "Reopen with a reason", "Reopened", _reopen,
        asks="Why is it reopened? Of a published claim, readers of the report see the reason.", icon=":material/lock_open:"),
    Way("void", "Void with a notice", "Voided",
        lambda store, row, why: store.void(row["claim_id"], row["revision"], why, actor=desk.person()),
        asks="The correction notice that readers get", icon=":material/block:"),
)  # fmt: skip


def draw_standing(store: Store, row: Row) -> None:
    """The status, who has the claim, and the way to its history; for a locked claim who signed it off and when."""
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="standing"):
        st.html(f'<span class="status">{escape(row["status"])}</span>')
        if row["status"] not in ("dropped", *LOCKED):
            _draw_assignee(store, row)
        st.page_link(
            "views/history.py", label="History", icon=":material/history:", query_params={"claim": row["claim_id"]}
        )
    if row["signed_off_by"]:
        when = time_words(row["signed_off_at"], desk.zone())
        st.html(f'<div class="lock">Signed off by {escape(row["signed_off_by"])}, {when}. It is locked.</div>')
    if row["notice"]:
        st.html(f'<div class="notice"><b>Correction notice</b> {escape(row["notice"])}</div>')


def _draw_assignee(store: Store, row: Row) -> None:
    names = [person.name for person in who.here()]
    label = f"{desk.plain(row['assignee'])} has it" if row["assignee"] else "Nobody has it"
    with st.popover(label, type="tertiary", icon=":material/person:"):
        if row["assignee"] != desk.person():
            st.button(
                "Assign to me", key="assign-me", width="stretch", on_click=_assign, args=(store, row, desk.person())
            )
        if names:
            key = f"assign-to:{row['claim_id']}:{row['revision']}"
            st.selectbox(
                "Assign to", names, index=names.index(row["assignee"]) if row["assignee"] in names else None,
                placeholder="Choose somebody", key=key,
                on_change=lambda: _assign(store, row, st.session_state[key] or ""),
            )  # fmt: skip
        if row["assignee"]:
            st.button("Hand it back", key="hand-back", width="stretch", on_click=_assign, args=(store, row, ""))


def _assign(store: Store, row: Row, name: str) -> None:
    said = f"{name} has it now" if name else "Handed back"
    done, now = desk.act(lambda: store.assign(row["claim_id"], row["revision"], name, actor=desk.person()), said)
    if done and now:
        desk.moved_on(row["claim_id"], row["revision"], now)


def draw_readings(store: Store, row: Row) -> None:
    """What stands: both readings side by side once the second is in, the decision, and a closed claim's verdict."""
    if row["second_verdict"]:
        found = store.both_readings(row["claim_id"]).items()
        _draw_pair(store, *((f"{name.capitalize()} reading · {read.reader}", asdict(read)) for name, read in found))
    if row["decided_by"]:
        _draw_pair(store, (f"Decided · {row['decided_by']}", row))
    elif row["verdict"] and row["status"] in LOCKED and not row["second_verdict"]:
        _draw_pair(store, (f"Marked · {row['checker'] or ''}", row))


def _draw_pair(store: Store, *sides: tuple[str, Row]) -> None:
    """Judgements side by side, each under whose it is, in the colour of the scale that it was given by."""
    coloured = ((by, side, verdict_colour(side["verdict"], store.scale_named(side["scale"]))) for by, side in sides)
    cells = "".join(
        f'<div><div class="by">{escape(by)}</div><div class="{colour}"><b>{SIGNS.get(colour, "")} '
        f"{escape(side['verdict'] or '')}</b> · {escape(side['confidence'] or '')}</div>"
        f"<p>{escape(side['rationale'] or '')}</p></div>"
        for by, side, colour in coloured
    )
    st.html(f'<div class="readings">{cells}</div>')


def draw_checklist(store: Store, row: Row) -> None:
    """What a sign-off requires, where one may follow."""
    if "signed off" not in following(row["status"]) or row.get("veiled"):
        return
    items = store.checklist(row["claim_id"])
    met = sum(item.met for item in items)
    with st.expander(f"Sign-off: {met} of {len(items)} fulfilled", expanded=row["status"] != "marked"):
        desk.show_checklist((item.what, item.met, item.remedy) for item in items)


def draw_ways(store: Store, row: Row, rules: Rules) -> None:
    """A button for each act that may follow; those that ask a reason open its field."""
    ways = [way for way in WAYS if _is_open(way, row, rules)]
    for way in ways:
        if (way.asks or way.excuse) and desk.task() == way.label:
            _draw_reason(store, row, way)
    with st.container(key="ways", horizontal=True, gap="xsmall"):
        for way in ways:
            begin = way.asks and desk.task() != way.label
            if (way.asks and not begin) or (way.excuse and desk.task() == way.label):
                continue
            first = way.new in ("signed off", "published") and not typed.reading_of(row)
            st.button(
                way.label, key=f"way-{way.label}", icon=way.icon, type="primary" if first else "secondary",
                on_click=desk.begin if begin else _go, args=(way.label,) if begin else (store, row, way),
            )  # fmt: skip


def _draw_reason(store: Store, row: Row, way: Way) -> None:
    with st.container(border=True, key="reason"):
        key = f"why-{way.label}:{row['claim_id']}"
        st.text_area(way.asks or way.excuse, key=key, height=72, placeholder="It stands in the claim’s history.")
        left, right = st.columns(2, gap="xsmall")
        left.button(
            way.label if way.excuse else way.label.split()[0],
            key="reason-do",
            type="primary",
            width="stretch",
            on_click=_go,
            args=(store, row, way),
        )
        right.button("Close", key="reason-close", width="stretch", on_click=desk.begin, args=(None,))


def _is_open(way: Way, row: Row, rules: Rules) -> bool:
    ahead = step(row["status"], way.new)
    if ahead is None or bool(way.asks) != bool(ahead.asks):
        return False
    if row["status"] in OPEN or (way.new == "decided" and (row["status"] != "agreed" or desk.task() == "decide")):
        return False
    if way.new == "second reading":
        return rules.second_reading and not row.get("veiled")
    return way.new != "signed off" or not row.get("veiled")


def _go(store: Store, row: Row, way: Way) -> None:
    why = st.session_state.get(f"why-{way.label}:{row['claim_id']}") or ""
    done, _ = desk.act(lambda: way.deed(store, row, why), way.said)
    refused = st.session_state.get("refused")
    if not done and way.excuse and isinstance(refused, SignOffRefused) and refused.excusable:
        desk.begin(way.label)
    if done and way.new != "decided":
        desk.begin(None)
        typed.let_go(row["claim_id"])
