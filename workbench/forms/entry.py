"""The door: whoever has not signed in sees it and nothing else; whoever has is somebody of the roster from here on."""

from __future__ import annotations

import streamlit as st
from streamlit import config

from claims import ClaimsError
from claims.errors import NotAllowed
from workbench import desk, signin
from workbench.panes import keep_way
from workbench.shown import escape
from workbench.signin import Guest, Settings


def entered() -> bool:
    """Whether the desk may be drawn: it has no sign-in and listens to this machine alone, or somebody has signed in.

    Where not, the door is drawn instead.
    """
    try:
        rules = signin.check_open(config.get_option("server.address"))
        if rules is None:
            return True
        if not st.user.get("is_logged_in"):
            _draw(rules)
            return False
        _seat(rules, desk.guest(rules))
    except ClaimsError as error:
        _draw_refused(error)
        return False
    return True


def still_in() -> bool:
    """Whether whoever sits here may still: their sign-in lasts, and the roster has them."""
    rules = signin.settings()
    if rules is None:
        return True
    try:
        _seat(rules, desk.guest(rules))
    except ClaimsError as error:
        return not isinstance(error, NotAllowed)  # what else is wrong, the next act says
    return True


def sign_out() -> None:
    """End this sign-in, in every tab of the browser."""
    signin.end(st.user.to_dict(), signin.now())
    st.session_state.pop(desk.SIGNED_IN, None)
    st.logout()


def _seat(rules: Settings, guest: Guest) -> None:
    """Let the guest sit down as who they are on the roster; put there, where this is their first time."""
    store = desk.store()
    person = store.person_at(guest.address) or store.enter(
        guest.address, guest.name, admin=signin.as_admin(guest, rules)
    )
    if not person.active:
        raise NotAllowed(
            f"{person.name} has left this desk, as its roster says.",
            "Ask an admin of the desk to note there that you are back.",
        )
    st.session_state[desk.SIGNED_IN] = person.name


def _draw(rules: Settings) -> None:
    """The way in."""
    keep_way(inside=False)
    with st.container(key="door"):
        _head()
        st.button("Sign in", key="sign-in", type="primary", width="stretch", on_click=st.login)
        st.html(f'<p class="door-note">With your account at {escape(rules.provider)}</p>')


def _draw_refused(error: ClaimsError) -> None:
    """Why not, and what to do now; nothing of the desk."""
    st.session_state.pop(desk.SIGNED_IN, None)
    with st.container(key="door"):
        _head()
        with st.container(key="door-refusal"):
            st.html(
                f'<p class="door-why" role="alert">{escape(error.problem)}</p><p class="door-next">{escape(error.remedy)}</p>'
            )
        if st.user.get("is_logged_in"):
            st.button("Sign in again", key="sign-in", type="primary", width="stretch", on_click=st.login)
            st.button("Sign out", key="sign-out", width="stretch", on_click=sign_out)


def _head() -> None:
    st.html(
        '<div class="door-head"><h1>Claims <b>Workbench</b></h1>'
        "<p>An article in, its checkable claims marked by people, the verdicts out.</p></div>"
    )
