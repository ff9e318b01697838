"""The form of a source: a new one, or one that is corrected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from claims import Store
from claims.evidence import CREDIBILITIES, RELIABILITIES, STANCES
from claims.evidence.addresses import WEB
from claims.store import StoredSource
from workbench.forms.sources import fields, filling, keeping, passage, stands
from workbench.forms.typed import is_locked
from workbench.shown import escape
from workbench.written import written

_EARLIEST = date(1000, 1, 1)


def draw(store: Store, row: Mapping[str, Any], found: Sequence[StoredSource], kept: StoredSource | None = None) -> None:
    """Draw the form; ``found`` are the claim's sources, ``kept`` the one that is corrected."""
    name = kept.source_id if kept else row["claim_id"]
    key = partial(fields.key, name=name)
    with st.container(border=True, key="source-form"):
        filling.fill(name)
        written(
            st.text_input,
            "Address or document",
            key("location"),
            placeholder="Paste https://… or a document’s name",
            on_change=filling.ask,
            args=(name,),
        )
        filling.draw_note(name)
        _draw_about(name)
        written(st.text_area, "Passage, in its own words", key("quoted"), height=72)
        passage.draw_way(name)
        stands.draw_typed(name)
        _draw_weight(name, found)
        st.file_uploader(
            "The document itself",
            key=fields.document_key(name),
            max_upload_size=50,
            help="Any kind of file, kept in the record as it is, under its SHA-256, so that what was seen can be shown later. "
            "A passage is looked for in it where its words can be read.",
        )
        if is_locked(row):
            what = "A correction of a source" if kept else "A new source"
            st.text_input(f"{what} reopens the claim. Why?", key=f"why-{name}", placeholder="Others will read it.")
        left, right = st.columns(2, gap="xsmall")
        label, act = ("Save source", partial(keeping.correct, store, row, kept)) if kept else (
            "Keep source", partial(keeping.keep, store, row)
        )  # fmt: skip
        left.button(label, key="keep-source", type="primary", width="stretch", on_click=act)
        right.button(
            "Close", key="close-source", width="stretch", on_click=partial(fields.close, name, keep=kept is None)
        )


def _draw_about(name: str) -> None:
    """What the page can say for itself."""
    key = partial(fields.key, name=name)
    written(st.text_input, "Title", key("title"))
    left, right = st.columns(2, gap="xsmall")
    written(left.text_input, "Publisher", key("publisher"))
    st.session_state.setdefault(key("published"), None)
    right.date_input(
        "Date",
        key=key("published"),
        min_value=_EARLIEST,
        max_value="today",
        format="YYYY-MM-DD",
        persist_state="session",
    )
    written(st.text_input, "Archived copy", key("archived"), placeholder="https://…")
    location = (st.session_state.get(key("location")) or "").strip()
    if WEB.fullmatch(location) and not st.session_state.get(key("archived")):
        link = escape(f"https://web.archive.org/save/{location}")
        st.html(
            f'<div class="about"><a href="{link}" target="_blank" rel="noopener noreferrer">'
            "Ask the Internet Archive for a copy</a>, then paste its address here.</div>"
        )


def _draw_weight(name: str, found: Sequence[StoredSource]) -> None:
    """What only a person can say: the stance, the grade, and whose reporting it is."""
    key = partial(fields.key, name=name)
    st.session_state.setdefault(key("stance"), "supports")
    st.segmented_control(
        "What it does to the claim",
        list(STANCES),
        key=key("stance"),
        required=True,
        persist_state="session",
        width="stretch",
    )
    for label, field, known in (
        ("Reliability of the source", "reliability", RELIABILITIES),
        ("Credibility of what it says", "credibility", CREDIBILITIES),
    ):
        st.session_state.setdefault(key(field), None)
        st.selectbox(
            label,
            list(known),
            key=key(field),
            format_func=partial(_meaning, known),
            placeholder="Not judged",
            persist_state="session",
        )
    st.session_state.setdefault(key("origin"), None)
    groups = dict.fromkeys(each.source.origin for each in found if each.source.origin)
    st.selectbox(
        "Independence group",
        list(groups),
        key=key("origin"),
        placeholder="Stands for itself, or name a group",
        accept_new_options=True,
        persist_state="session",
        help="Sources of one group go back to the same reporting, as a wire story does, and count as one.",
    )


def _meaning(known: Mapping[str, str], sign: str) -> str:
    return f"{sign} · {known[sign]}"
