"""The meeting on a shared screen: one claim at a time, driven by keys or a clicker; ?role=follow is a phone's view to vote from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from claims import Store
from claims.store import Meeting
from workbench import desk
from workbench.columns import day_words
from workbench.forms import decide, lead, present, vote
from workbench.forms.present import Stage

STYLE = Path(__file__).parents[1] / "panes" / "present.css"


@desk.worded()
def page() -> None:
    """The claim that the meeting looks at, as large as the room needs it; the same for who follows, with their vote."""
    store = desk.store()
    newest = store.latest_event_seq()  # before anything is read: what comes later was not seen
    follows = st.query_params.get("role") == "follow"
    st.html(STYLE)
    with st.container(key="follow" if follows else "present"):
        held, asked = present.going_on(store), st.query_params.get("meeting", "")
        meeting = present.meant(held, asked, st.session_state.get("meeting looked at", ""))
        if meeting:
            st.session_state["meeting looked at"] = meeting.meeting_id
            (draw_follower if follows else draw_shared)(store, present.take(store, meeting))
        elif held:
            draw_choice(held)
        else:
            draw_none(follows=follows)
        watch(newest)


def draw_shared(store: Store, stage: Stage) -> None:
    """The shared screen: the claim, what is known of it, the votes once they are shown; below it what leads on."""
    with st.container(key="stage"):
        st.html(present.head_html(stage) + present.claim_html(stage) + present.passage_html(stage))
        if desk.task() in ("decide", "want"):
            decide.draw(store, stage)
        else:
            st.html(came_of_it(stage) + present.evidence_html(stage))
    with st.container(key="lead"):
        desk.show_refused()
        lead.draw(store, stage)


def draw_follower(store: Store, stage: Stage) -> None:
    """A phone or a laptop: the same claim, the vote under it, then what it rests on."""
    desk.show_said()
    st.html(present.head_html(stage) + present.claim_html(stage) + present.passage_html(stage))
    desk.show_refused()
    vote.draw(store, stage)
    st.html(came_of_it(stage) + present.evidence_html(stage))


def came_of_it(stage: Stage) -> str:
    """What was decided, and beside it how the votes fell."""
    return f'<div class="came-of-it">{present.outcome_html(stage)}{vote.spread_html(stage)}</div>'


def draw_none(*, follows: bool) -> None:
    """No meeting is open: who follows waits for the next one here."""
    st.session_state.pop("meeting looked at", None)
    desk.show_said()
    desk.show_refused()
    st.html('<div class="claim-large">No meeting is open.</div>')
    st.write(
        "This page shows its first claim as soon as the chair starts it."
        if follows
        else "Start one on the Meeting page."
    )
    st.page_link("views/meeting.py", label="To the Meeting page", icon=":material/arrow_back:")


def draw_choice(held: Sequence[Meeting]) -> None:
    """Which of the meetings that are open: a button for each, with who leads it."""
    desk.show_said()
    desk.show_refused()
    st.html('<div class="claim-large">Which meeting?</div>')
    st.write("The address does not say which of those that are open.")
    with st.container(key="which-meeting"):
        for each in held:
            st.button(
                desk.plain(f"{each.title} · {day_words(each.day)}, led by {each.chair}"), key=f"which-{each.meeting_id}",
                width="stretch", on_click=go_to, args=(each.meeting_id,),
            )  # fmt: skip


def go_to(meeting_id: str) -> None:
    """Look at this meeting, and name it in the address."""
    st.query_params["meeting"] = meeting_id


@st.fragment(run_every=1)
def watch(newest: int) -> None:
    """Ask once a second whether anything was written, and only then draw anew."""
    if desk.store().latest_event_seq() != newest:
        st.rerun()


page()
