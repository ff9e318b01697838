"""The meeting on a shared screen: one claim at a time, driven by keys or a clicker; ?role=follow is a phone's view to vote from."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from claims import Store
from workbench import desk
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
        stage = present.take(store, st.query_params.get("meeting"))
        if stage is None:
            draw_none(follows=follows)
        elif follows:
            draw_follower(store, stage)
        else:
            draw_shared(store, stage)
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
    """No meeting is open: who follows waits for it here."""
    desk.show_said()
    desk.show_refused()
    st.html('<div class="claim-large">No meeting is open.</div>')
    st.write(
        "This page shows its first claim as soon as the chair starts it."
        if follows
        else "Start one on the Meeting page."
    )
    st.page_link("views/meeting.py", label="To the Meeting page", icon=":material/arrow_back:")


@st.fragment(run_every=1)
def watch(newest: int) -> None:
    """Ask once a second whether anything was written, and only then draw anew."""
    if desk.store().latest_event_seq() != newest:
        st.rerun()


page()
