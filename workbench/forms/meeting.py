"""A review meeting as a whole: planned, chosen, changed, started and closed, and its minutes to take away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

import streamlit as st

from claims import Store
from claims.export.minutes import minutes_csv, minutes_html, minutes_markdown
from claims.review.minutes import Minute, Minutes, spread
from claims.store import Item, Meeting
from workbench import desk
from workbench.columns import day_words
from workbench.forms import kept, who
from workbench.nouns import count_words
from workbench.shown import escape

#: The files that minutes leave as: their ends, what they are, and what writes them.
_FILES: tuple[tuple[str, str, str, Callable[[Minutes], bytes]], ...] = (
    ("md", "Markdown", "text/markdown", lambda told: minutes_markdown(told).encode()),
    ("html", "HTML", "text/html", lambda told: minutes_html(told).encode()),
    ("csv", "CSV", "text/csv", minutes_csv),
)

#: What of a meeting is changed here, as a refusal names it.
_FIELDS = {"title": "title", "day": "day", "chair": "in the chair"}


def draw_choice(store: Store) -> Meeting | None:
    """Which meeting is looked at: the one of the address, else the latest; None while another one is planned."""
    there = {each.meeting_id: each for each in store.meetings()}
    st.title("Review meeting", anchor=False)
    if not there:
        return None
    asked = st.query_params.get("meeting")
    with st.container(horizontal=True, vertical_alignment="bottom", key="meeting-choice"):
        chosen = st.selectbox(
            "Meeting", list(there), index=list(there).index(asked) if asked in there else 0, width=460,
            format_func=lambda name: _words(there[name]), key=f"meeting-chosen-{asked}",
            on_change=lambda: _open(st.session_state[f"meeting-chosen-{asked}"]),
        )  # fmt: skip
        if st.session_state.get("planning"):
            return None
        st.button("Plan another", key="plan-another", icon=":material/add:", on_click=_begin, args=(True,))
    return there[chosen]


def draw_plan(store: Store) -> None:
    """The form of a new meeting."""
    today = datetime.now(desk.zone()).date()
    st.write("A meeting looks at one claim at a time on a shared screen; each person votes from their own browser.")
    with st.container(border=True, key="plan"):
        st.text_input("Title", "Review meeting", key="plan-title", max_chars=120)
        left, right = st.columns(2)
        left.date_input("Day", today, key="plan-day", format="YYYY-MM-DD")
        leaders = _people(desk.person())
        right.selectbox("In the chair", leaders, index=leaders.index(desk.person()), key="plan-chair")
        with st.container(horizontal=True):
            st.button("Plan the meeting", key="plan-do", type="primary", on_click=_plan, args=(store,))
            if st.session_state.get("planning"):
                st.button("Cancel", key="plan-not", on_click=_begin, args=(False,))


def lead_html(held: Meeting, items: Sequence[Item]) -> str:
    """The meeting in a sentence."""
    minutes = sum(item.minutes for item in items if item.state in ("open", "shown"))
    done = sum(item.state not in ("open", "shown") for item in items)
    parts = [count_words(len(items), "item") if items else "Nothing on the agenda yet"]
    parts += [f"{done} done"] if done else []
    parts += [f"about {count_words(round(minutes), 'minute')}{' to go' if done else ''}"] if minutes else []
    return f"{escape(', '.join(parts))}. {escape(held.chair)} leads it."


def draw_ways(store: Store, held: Meeting, items: Sequence[Item]) -> None:
    """Into the meeting, to its followers' page, and out of it again."""
    into = {"meeting": held.meeting_id}
    if held.state == "open":
        st.page_link(
            "views/present.py", label="Present on this screen", icon=":material/present_to_all:", query_params=into
        )
        st.page_link(
            "views/present.py", label="Follow and vote", icon=":material/how_to_vote:",
            query_params={**into, "role": "follow"},
        )  # fmt: skip
        st.button(
            "Close the meeting", key="close-meeting", icon=":material/stop_circle:", on_click=_close, args=(store, held)
        )
    else:
        label = "Start the meeting" if held.state == "planned" else "Go on with it"
        if st.button(label, key="start", type="primary", icon=":material/play_arrow:", disabled=not items):
            done, _ = desk.act(lambda: store.open_meeting(held.meeting_id, held.revision, actor=desk.person()))
            if not done:
                st.rerun()
            st.switch_page("views/present.py", query_params=into)
    if held.state != "closed":
        _draw_edit(store, held)


def draw_minutes(store: Store, held: Meeting, items: Sequence[Item]) -> None:
    """The minutes as they stand, in three forms."""
    st.subheader("Minutes", anchor=False)
    told = minutes_of(store, held, items)
    counted = [
        (told.decided, "decided"),
        (told.wanting_evidence, "needing more evidence"),
        (told.left_open, "left open"),
    ]
    st.html(f'<div class="about">{", ".join(f"{len(those)} {words}" for those, words in counted)}</div>')
    with st.container(horizontal=True, gap="small", key="minutes"):
        for end, name, kind, write in _FILES:
            st.download_button(
                name, partial(_written, store, held, items, write), file_name=f"minutes-{held.day}.{end}",
                mime=kind, key=f"minutes-{end}", icon=":material/download:", on_click="ignore",
            )  # fmt: skip


def minutes_of(store: Store, held: Meeting, items: Sequence[Item]) -> Minutes:
    """The meeting as its minutes tell it; of votes only those that were shown, and without names."""
    claims = store.claims_named(item.claim_id for item in items)
    now = datetime.now(held.called_at.tzinfo)

    def minute(item: Item) -> Minute:
        row = claims[item.claim_id]
        ballot = store.votes(item.item_id, "")
        return Minute(
            item.claim_id, row["claim"], row["article_title"] or "", row["speaker"] or "", item.reasons,
            item.verdict or "", item.scale or "", item.confidence or "", item.rationale or "", item.dissent,
            item.question or "", item.owner or "", item.due, spread([vote.verdict for vote in ballot.votes]),
            item.taken(now), item.decided_by or "", item.decided_at,
        )  # fmt: skip

    called = held.opened_at or held.called_at
    return Minutes(held.title, held.chair, called, held.closed_at, held.present, tuple(minute(item) for item in items))


def _written(store: Store, held: Meeting, items: Sequence[Item], write: Callable[[Minutes], bytes]) -> bytes:
    return write(minutes_of(store, held, items))


def _draw_edit(store: Store, held: Meeting) -> None:
    form = f"edit-{held.meeting_id}"
    kept.follow(form, held.revision, {"title": held.title, "day": held.day, "chair": held.chair})
    with st.popover("Change", icon=":material/edit:", key="edit-meeting"):
        st.text_input("Title", key=f"{form}:title", max_chars=120)
        st.date_input("Day", key=f"{form}:day", format="YYYY-MM-DD")
        st.selectbox("In the chair", _people(held.chair, st.session_state[f"{form}:chair"]), key=f"{form}:chair")
        kept.draw_beaten(form, lambda name, value: f"{_FIELDS[name]}: {desk.cell_words(value)}")
        st.button("Keep", key="edit-do", type="primary", on_click=_edit, args=(store, held, form))


def _people(*those: str) -> list[str]:
    """Who may lead: all who work here, and those who lead already."""
    return list(dict.fromkeys([*(person.name for person in who.here()), *those]))


def _words(held: Meeting) -> str:
    state = {"open": ", going on", "closed": ", closed"}.get(held.state, "")
    return f"{held.title} · {day_words(held.day)}{state}"


def _open(meeting_id: str) -> None:
    st.query_params["meeting"] = meeting_id
    st.session_state["planning"] = False


def _begin(planning: bool) -> None:  # noqa: FBT001 - a callback's argument
    st.session_state["planning"] = planning


def _plan(store: Store) -> None:
    given = [st.session_state[f"plan-{name}"] for name in ("title", "day", "chair")]
    done, meeting_id = desk.act(lambda: store.plan_meeting(*given, actor=desk.person()), "Planned")
    if done and meeting_id:
        _open(meeting_id)


def _edit(store: Store, held: Meeting, form: str) -> None:
    kept.save(
        form,
        lambda revision, changes: store.edit_meeting(held.meeting_id, revision, changes, actor=desk.person()),
        "Changed",
    )


def _close(store: Store, held: Meeting) -> None:
    desk.act(lambda: store.close_meeting(held.meeting_id, held.item_id, actor=desk.person()), "The meeting is closed")
