"""Who sits here: a choice from the roster, or one more name on it. It asks, and never blocks the work.

Behind a sign-in there is nothing to choose: who has signed in sits here, until they sign out.
"""

from __future__ import annotations

import streamlit as st

from claims import ClaimsError, Store
from claims.status import ROLES
from claims.store import Person
from workbench import desk, signin
from workbench.forms import entry
from workbench.panes import keep_way, remember
from workbench.person import default_person
from workbench.shown import escape


def draw() -> None:
    """The popover at the top right, and this browser's memory of who was chosen."""
    people = here()
    if signin.settings() is not None:
        _draw_signed_in(people)
        return
    known = {person.name: person for person in people}
    with st.popover(
        f"You are **{desk.plain(desk.seated())}**" if desk.seated() else "**Who are you?**", type="tertiary"
    ):
        if not desk.seated():
            st.caption(f"Until you say so, what you do is written as {desk.plain(default_person())}’s.")
        if known:
            st.selectbox(
                "Who sits here",
                list(known),
                index=list(known).index(desk.seated()) if desk.seated() in known else None,
                format_func=lambda name: f"{name} · {known[name].role}",
                placeholder="Choose your name",
                key=f"who-chosen-{desk.seated()}",
                on_change=_choose,
                args=(f"who-chosen-{desk.seated()}",),
            )
            if desk.seated() in known:
                st.caption(ROLES[known[desk.seated()].role])
        st.text_input(
            "Not on the roster yet: your name" if known else "Your name",
            key="who-new",
            max_chars=80,
            help="It is written beside everything you do. The first on the roster is its admin.",
        )
        st.button("Add me to the roster", key="who-add", width="stretch", on_click=_add)
        st.page_link("views/settings.py", label="Roster and rules of the desk", icon=":material/group:")
    remember(desk.seated(), what="person", asks="recalled" not in st.session_state, key="memory", on_recalled=_recall)


def _draw_signed_in(people: list[Person]) -> None:
    keep_way(inside=True)
    role = next((person.role for person in people if person.name == desk.seated()), "checker")
    with st.popover(f"You are **{desk.plain(desk.seated())}**", type="tertiary"):
        st.html(
            f'<div class="signed-in">Signed in as <b>{escape(str(st.user.get("email")))}</b></div>'
            f'<div class="about">{role.capitalize()}: {escape(ROLES[role])}</div>'
        )
        st.page_link("views/settings.py", label="Roster and rules of the desk", icon=":material/group:")
        st.button("Sign out", key="sign-out", width="stretch", icon=":material/logout:", on_click=entry.sign_out)


def here() -> list[Person]:
    """Those of the roster who work here now; none where the store cannot say, which the screen below says itself."""
    try:
        return [person for person in desk.store().people() if person.active]
    except ClaimsError:
        return []


def _choose(key: str) -> None:
    if name := st.session_state[key]:
        desk.sit(name)


def _add() -> None:
    name = " ".join((st.session_state["who-new"] or "").split())
    store: Store = desk.store()
    # Written by whoever sat here before, so that nobody's undo takes their own name off the roster.
    done, _ = desk.act(lambda: store.add_person(name, actor=desk.person()), f"{name} is on the roster")
    if done:
        desk.sit(name)
        st.session_state["who-new"] = ""


def _recall(name: str) -> None:
    st.session_state["recalled"] = True
    if not desk.seated() and name in {person.name for person in here()}:
        desk.sit(name)
