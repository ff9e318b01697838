"""Articles: read new ones, confirm what was read, split them into claims; the list of those that are here, and one of them read again."""

from __future__ import annotations

import streamlit as st

from claims import Store
from workbench import desk
from workbench.forms import confirm, intake, rereading


@desk.worded()
def page() -> None:
    """What was read and waits to be confirmed; the ways in; what is in the store, and its new versions."""
    store = desk.store()
    with st.container(key="screen"):
        desk.show_said()
        desk.show_refused()
        st.title("Articles", anchor=False)
        draw_waiting(store)
        intake.draw()
        draw_shelf(store)
        rereading.draw(store)


def draw_waiting(store: Store) -> None:
    """What was read: each to confirm, and all that are ready to split at once."""
    confirmed = [confirm.draw(store, name) for name in list(intake.waiting())]
    ready = [each.article for each in confirmed if each.ready]
    if len(confirmed) > 1 and st.button(
        f"Split all that are ready: {len(ready)} of {len(confirmed)}", key="split-all", disabled=not ready
    ):
        confirm.split_all(store, ready)


def draw_shelf(store: Store) -> None:
    """The articles in the store; choosing one opens it on the desk."""
    shelf = store.articles()
    st.subheader("In the store", anchor=False)
    if shelf.empty:
        st.caption("Nothing yet. Paste an article above, or upload one, and read it.")
        return
    chosen = st.dataframe(
        shelf,
        key="shelf",
        hide_index=True,
        placeholder="",
        on_select="rerun",
        selection_mode="single-row",
        column_order=["title", "publisher", "published", "n_claims", "n_marked", "read_at"],
        column_config={
            "title": st.column_config.TextColumn("Title", width="large"),
            "publisher": "Publisher",
            "published": st.column_config.DateColumn("Published", format="D MMM YYYY"),
            "n_claims": st.column_config.NumberColumn("Claims"),
            "n_marked": st.column_config.NumberColumn("Marked"),
            "read_at": st.column_config.DatetimeColumn("Read", format="D MMM YYYY, HH:mm"),
        },
    )
    st.caption("Tick a row to open the article on the desk.")
    if chosen.selection.rows:
        desk.open_article(str(shelf["article_id"].iloc[chosen.selection.rows[0]]))


page()
