"""The entry script: the frame around every screen."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from workbench import desk
from workbench.forms import entry, who
from workbench.whole import keep_callbacks_whole

HERE = Path(__file__).parent

keep_callbacks_whole()

# The icon is a file of ours: Streamlit would fetch one of its own from the web.
st.set_page_config(page_title="Claims Workbench", page_icon=HERE / "icon.png", layout="wide")
st.logo(HERE / "logo.svg", size="large")
st.html(HERE / "style.css")

inside = entry.entered()
page = st.navigation(
    [
        st.Page("views/articles.py", title="Articles"),
        st.Page("views/desk.py", title="Desk", default=True),
        st.Page("views/dashboard.py", title="Dashboard", url_path="dashboard"),
        st.Page("views/meeting.py", title="Meeting", url_path="meeting"),
        st.Page("views/present.py", title="Present", url_path="present", visibility="hidden"),
        st.Page("views/export.py", title="Export and import", url_path="export"),
        st.Page("views/coverage.py", title="Coverage", url_path="coverage", visibility="hidden"),
        st.Page("views/history.py", title="History", visibility="hidden"),
        st.Page("views/story.py", title="The figure by date", url_path="story", visibility="hidden"),
        st.Page("views/settings.py", title="Settings", visibility="hidden"),
    ],
    position="top" if inside else "hidden",
)
if not inside:
    st.stop()

with st.container(key="who", horizontal=True, vertical_alignment="center", gap="xsmall"):
    st.button(desk.keyed("Undo", "U"), key="undo", type="tertiary", icon=":material/undo:", on_click=desk.undo)
    st.button(desk.keyed("Redo", "⇧U"), key="redo", type="tertiary", icon=":material/redo:", on_click=desk.redo)
    who.draw()

page.run()
desk.warm_engine()
