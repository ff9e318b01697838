"""The review meeting before and after it is held: its agenda, why each claim is on it, its time, its minutes. ?meeting=ID."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from claims import Store
from claims.store import Item, Meeting
from workbench import desk
from workbench.forms import agenda, agenda_rules, meeting

#: The sections under the agenda.
PARTS = ("From the rules", "By search", "The rules")


@desk.worded()
def page() -> None:
    """One meeting: what it is, what is on its agenda, what else might be, and what came of it."""
    store = desk.store()
    with st.container(key="screen"):
        desk.show_said()
        held = meeting.draw_choice(store)
        with st.container():  # a place of its own: what comes into it moves nothing below
            desk.show_refused()
        if held is None:
            meeting.draw_plan(store)
            return
        items = store.agenda(held.meeting_id)
        draw_head(store, held, items)
        agenda.draw(store, held, items)
        if held.state != "closed":
            draw_more(store, held, items)
        if held.state != "planned":
            meeting.draw_minutes(store, held, items)


def draw_head(store: Store, held: Meeting, items: Sequence[Item]) -> None:
    """When and by whom it is led, how long it may take, and the way into it."""
    st.html(f'<p class="lead">{meeting.lead_html(held, items)}</p>')
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="meeting-ways"):
        meeting.draw_ways(store, held, items)


def draw_more(store: Store, held: Meeting, items: Sequence[Item]) -> None:
    """Two ways to put more on the agenda, and the rules that the first goes by."""
    st.subheader("More for the agenda", anchor=False)
    found, searched, rules = st.tabs(PARTS, key="agenda-tabs", on_change="rerun")
    with found:
        agenda.draw_found(store, held, items)
    with searched:
        agenda.draw_search(store, held, items)
    with rules:
        agenda_rules.draw(store)


page()
