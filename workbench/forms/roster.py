"""The roster as an admin keeps it: each person's role, and whether they still work here."""

from __future__ import annotations

from html import escape

import streamlit as st

from claims import Store
from claims.status import ROLES
from claims.store import Person
from workbench import desk


def draw(store: Store) -> None:
    """Everybody on the roster, and one more."""
    people = store.people()
    st.subheader("Roster", anchor=False)
    if people:
        meanings = "".join(f"<div><b>{role}</b> {escape(meaning)}</div>" for role, meaning in ROLES.items())
        st.html(f'<div class="roles">{meanings}</div>')
    else:
        st.caption("Nobody is on it yet, and everybody may do everything. The first to be put on it is its admin.")
    for person in people:
        _draw_person(store, person)
    with (
        st.form("roster-add", clear_on_submit=True, border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        st.text_input("One more", key="roster-name", max_chars=80, placeholder="Name", width=300)
        st.selectbox("Role", list(ROLES), key="roster-role", width=150, label_visibility="collapsed")
        st.form_submit_button("Put on the roster", key="roster-do", on_click=_add, args=(store,))


def _draw_person(store: Store, person: Person) -> None:
    key = f"{person.name}:{person.revision}"  # as it stands now: what was refused is not left chosen
    with st.container(horizontal=True, vertical_alignment="center", key=f"person-{key}"):
        left = "" if person.active else " <i>has left</i>"
        st.html(f'<div class="person">{escape(person.name)}{left}</div>', width=300)
        st.selectbox(
            "Role", list(ROLES), index=list(ROLES).index(person.role), key=f"role-{key}", width=150,
            label_visibility="collapsed", on_change=lambda: _edit(store, person, "role", st.session_state[f"role-{key}"]),
        )  # fmt: skip
        st.button(
            "Mark as left" if person.active else "Is back", key=f"left-{key}", type="tertiary", on_click=_edit,
            args=(store, person, "active", not person.active),
        )  # fmt: skip


def _add(store: Store) -> None:
    name = st.session_state["roster-name"] or ""
    desk.act(
        lambda: store.add_person(name, st.session_state["roster-role"], actor=desk.person()),
        f"{name.strip()} is on the roster",
    )


def _edit(store: Store, person: Person, column: str, value: object) -> None:
    done, _ = desk.act(
        lambda: store.edit_person(person.name, person.revision, {column: value}, actor=desk.person()),
        f"Changed for {person.name}",
    )
    if not done:  # the choice goes back to what stands
        st.session_state.pop(f"role-{person.name}:{person.revision}", None)
