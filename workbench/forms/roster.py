"""The roster as an admin keeps it: each person's role, and whether they still work here."""

from __future__ import annotations

import streamlit as st

from claims import Store
from claims.status import ROLES
from claims.store import Person
from workbench import desk
from workbench.forms import kept
from workbench.shown import escape


def draw(store: Store) -> None:
    """Everybody on the roster, and one more."""
    people = store.people()
    st.subheader("Roster", anchor=False)
    if people:
        meanings = "".join(f"<div><b>{role}</b> {escape(meaning)}</div>" for role, meaning in ROLES.items())
        st.html(f'<div class="roles">{meanings}</div>')
    else:
        st.caption("Nobody is on it yet, and everybody may do everything. The first to be put on it is its admin.")
    addresses = store.addresses()
    for person in people:
        _draw_person(store, person, addresses.get(person.name, ""))
    with (
        st.form("roster-add", clear_on_submit=True, border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        st.text_input("One more", key="roster-name", max_chars=80, placeholder="Name", width=300)
        st.selectbox("Role", list(ROLES), key="roster-role", width=150, label_visibility="collapsed")
        st.form_submit_button("Put on the roster", key="roster-do", on_click=_add, args=(store,))


def _draw_person(store: Store, person: Person, address: str) -> None:
    form = f"person-{person.name}"
    kept.follow(form, person.revision, {"role": person.role})

    def give_role() -> None:
        kept.save(
            form, lambda revision, changes: store.edit_person(person.name, revision, changes, actor=desk.person()),
            f"Changed for {person.name}", back=True,
        )  # fmt: skip

    with st.container(horizontal=True, vertical_alignment="center", key=f"row-{form}"):
        left = "" if person.active else " <i>has left</i>"
        under = f"<small>{escape(address)}</small>" if address else ""
        st.html(f'<div class="person">{escape(person.name)}{left}{under}</div>', width=300)
        st.selectbox(
            "Role", list(ROLES), key=f"{form}:role", width=150, label_visibility="collapsed", on_change=give_role
        )
        st.button(
            "Mark as left" if person.active else "Is back", key=f"left-{person.name}:{person.revision}", type="tertiary",
            on_click=_set_active, args=(store, person, not person.active),
        )  # fmt: skip
    kept.draw_beaten(form, lambda _, role: str(role), give_role)


def _add(store: Store) -> None:
    name = st.session_state["roster-name"] or ""
    desk.act(
        lambda: store.add_person(name, st.session_state["roster-role"], actor=desk.person()),
        f"{name.strip()} is on the roster",
    )


def _set_active(store: Store, person: Person, active: bool) -> None:  # noqa: FBT001 - a callback's argument
    desk.act(
        lambda: store.edit_person(person.name, person.revision, {"active": active}, actor=desk.person()),
        f"Changed for {person.name}",
    )
