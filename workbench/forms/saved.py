"""Saved views: what the desk looks at, under a name. All of the desk share them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from claims import Store
from claims.store import SavedView
from workbench import desk

Address = Mapping[str, Sequence[str]]


def draw(store: Store, shown: Address, open_view: Callable[[Address], None]) -> None:
    """The views of the desk, each to open, to rename, to delete; and a name for what is ``shown`` now."""
    with st.popover("Views", icon=":material/bookmark:", key="views", on_change="rerun") as views:
        if not views.open:
            return
        there = store.views()
        if not there:
            st.caption("No view is saved yet. Set the filters, give them a name, and all of the desk can open them.")
        with st.container(gap=None, key="saved-views"):
            for view in there:
                if st.session_state.get("renaming") == view.name:
                    _draw_renaming(store, view)
                else:
                    _draw_view(store, view, shown, open_view)
        with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall", key="save-view"):
            st.text_input("Save what is shown as", key="view-name", max_chars=80, placeholder="Figures without sources")
            st.button("Save", key="view-save", type="primary", on_click=_save, args=(store, shown))
        desk.show_refused()


def _draw_view(store: Store, view: SavedView, shown: Address, open_view: Callable[[Address], None]) -> None:
    is_open = {name: list(values) for name, values in view.address.items()} == shown
    name = desk.plain(view.name)
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key=f"view-{view.name}", wrap=False):
        st.button(
            f"**{name}**" if is_open else name, key=f"view-open-{view.name}", type="tertiary", width="stretch",
            icon=":material/check:" if is_open else ":material/bookmark:", on_click=open_view, args=(view.address,),
        )  # fmt: skip
        for what, icon, on_click, args in (
            ("Keep what is shown now under this name", "save", _save_over, (store, view, shown)),
            ("Rename", "edit", _begin_renaming, (view.name,)),
            ("Delete; Undo brings it back", "delete", _delete, (store, view)),
        ):
            st.button(
                "", key=f"view-{icon}-{view.name}", type="tertiary", icon=f":material/{icon}:", on_click=on_click, args=args,
                disabled=icon == "save" and is_open, help=what,
            )  # fmt: skip


def _draw_renaming(store: Store, view: SavedView) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall", key="rename-view"):
        st.text_input("New name", view.name, key="view-rename", max_chars=80)
        st.button("Rename", key="view-rename-do", type="primary", on_click=_rename, args=(store, view))
        st.button("Cancel", key="view-rename-not", on_click=_begin_renaming, args=("",))


def _save(store: Store, shown: Address) -> None:
    name = st.session_state["view-name"] or ""
    done, _ = desk.act(lambda: store.save_view(name, 0, shown, actor=desk.person()), "View saved for all of the desk")
    if done:
        st.session_state["view-name"] = ""


def _save_over(store: Store, view: SavedView, shown: Address) -> None:
    desk.act(
        lambda: store.save_view(view.name, view.revision, shown, actor=desk.person()), f"“{view.name}” is now this"
    )


def _begin_renaming(name: str) -> None:
    st.session_state["renaming"] = name


def _rename(store: Store, view: SavedView) -> None:
    new = st.session_state["view-rename"] or ""
    done, _ = desk.act(lambda: store.rename_view(view.name, view.revision, new, actor=desk.person()), "View renamed")
    if done:
        _begin_renaming("")


def _delete(store: Store, view: SavedView) -> None:
    desk.act(
        lambda: store.delete_view(view.name, view.revision, actor=desk.person()), "View deleted; Undo brings it back"
    )
