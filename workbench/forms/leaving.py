"""How claims leave: the form, and the file."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from claims import Query, Store
from claims.export.checked import count_checked
from claims.export.forms import FORMS, Form, publisher_of
from workbench.nouns import count_words


def choose_form() -> Form:
    """In which form they leave."""
    chosen = st.selectbox(
        "Form", list(FORMS), format_func=lambda name: FORMS[name].title, key="export-form", width=412,
        persist_state="session",
    )  # fmt: skip
    return FORMS[chosen]


def draw_download(store: Store, query: Query, form: Form, count: int) -> None:
    """The file; it is made when it is asked for."""
    st.download_button(
        f"Download {count_words(count)} as {form.title.partition(',')[0]}",
        lambda: form.content(store, query, datetime.now(UTC)),
        file_name=form.file,
        mime=form.media_type,
        type="primary",
        icon=":material/download:",
        key="download",
        on_click="ignore",
        shortcut="d",
    )


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
