"""The entry script: the frame around every screen."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from workbench import desk

HERE = Path(__file__).parent

# The icon is a file of ours: Streamlit would fetch one of its own from the web.
st.set_page_config(page_title="Claims Workbench", page_icon=HERE / "icon.png", layout="wide")
st.logo(HERE / "logo.svg", size="large")
st.html(HERE / "style.css")

page = st.navigation(
    [
        st.Page("views/articles.py", title="Articles"),
        st.Page("views/desk.py", title="Desk", default=True),
        st.Page("views/export.py", title="Export"),
    ],
    position="top",
)

with st.container(key="who", horizontal=True, vertical_alignment="center", gap="xsmall"):
    st.button(desk.keyed("Undo", "U"), key="undo", type="tertiary", icon=":material/undo:", on_click=desk.undo)
    st.button(desk.keyed("Redo", "⇧U"), key="redo", type="tertiary", icon=":material/redo:", on_click=desk.redo)
    with st.popover(f"You are **{desk.plain(desk.person())}**", type="tertiary"):
        st.text_input(
            "Your name",
            key="person",
            persist_state="session",
            placeholder=desk.default_person(),
            max_chars=80,
            help="It is written beside everything you do.",
        )

page.run()
desk.warm_engine()
