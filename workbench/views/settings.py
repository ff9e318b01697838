"""Settings: who works at this desk, and by which rules."""

from __future__ import annotations

import streamlit as st

from workbench import desk
from workbench.forms import roster, rules


@desk.worded()
def page() -> None:
    """The roster, then the rules. An admin changes them; everybody may read them."""
    store = desk.store()
    with st.container(key="screen"):
        desk.show_said()
        st.title("Settings of the desk", anchor=False)
        with st.container():  # a place of its own: what comes into it moves nothing below
            desk.show_refused()
        people, judging = st.tabs(["Roster", "Rules"], key="settings-tabs", on_change="rerun")
        with people:
            roster.draw(store)
        with judging:
            rules.draw(store)


page()
