"""How claims leave: the form, and the file."""

from __future__ import annotations

import streamlit as st

from claims import Query, Store
from claims.export.checked import count_checked
from claims.export.forms import FORMS, Form, publisher_of
from workbench import download
from workbench.nouns import count_words

_LINK = "download-link"


def choose_form() -> Form:
    """In which form they leave."""
    chosen = st.selectbox(
        "Form", list(FORMS), format_func=lambda name: FORMS[name].title, key="export-form", width=412,
        persist_state="session",
    )  # fmt: skip
    return FORMS[chosen]


def draw_download(store: Store, query: Query, form: Form, count: int) -> None:
    """The link to the file, which is made when it is followed."""
    st.link_button(
        f"Download {count_words(count)} as {form.title.partition(',')[0]}",
        _link(store, query, form),
        type="primary",
        icon=":material/download:",
        key="download",
        on_click=_followed,  # the link is good for once: the page gets another
        shortcut="d",
    )


def _followed() -> None:
    st.session_state.pop(_LINK, None)


def _link(store: Store, query: Query, form: Form) -> str:
    """The link of this page, a new one where that was followed, or leads to something else."""
    asked, link = st.session_state.get(_LINK, (None, ""))
    if asked != (store, form.name, query) or not download.holds(link):
        st.session_state[_LINK] = (store, form.name, query), (link := download.address(store, form, query))
    return str(link)


def draw_signed_off(store: Store, query: Query, form: Form) -> None:
    """The same for a form that holds signed-off verdicts only: how many there are, or what is missing."""
    count = count_checked(store, query)
    who = publisher_of(store)
    if not count:
        st.info("This form tells verdicts to the public: it holds what was signed off, and no such claim matches yet.")
    elif form.name == "claimreview" and not (who.name and who.url):
        st.info("A ClaimReview names who checked and where it stands. Say both in the settings, under Rules.")
        st.page_link("views/settings.py", label="Go to the settings", icon=":material/settings:")
    else:
        draw_download(store, query, form, count)
        st.caption(
            "It holds what was signed off and its history; of every other event it has the number and the hashes alone."
            if form.name == "pack"
            else "Only verdicts that were signed off leave in this form."
        )
