"""The sources of the claim in hand: what stands there, and one more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from html import escape
from typing import Any

import streamlit as st

from claims import Store
from claims.evidence import STANCES, Source, source_problems
from workbench import desk
from workbench.columns import day_words, source_words

_FIELDS = ("location", "title", "publisher", "published", "quoted", "stance", "origin")
_EARLIEST = date(1000, 1, 1)
_SIGNS = {"supports": "✓ supports", "refutes": "✗ refutes", "context": "○ context"}


def draw(store: Store, row: Mapping[str, Any]) -> None:
    """Draw the sources as cards, and the form for another where it is open."""
    count = source_words(row)
    st.html(f'<div class="section">{escape(" · ".join(part for part in ("Sources", count) if part))}</div>')
    for kept in store.sources(row["claim_id"]):
        with st.container(
            key=f"source-{kept.source_id}", horizontal=True, vertical_alignment="top", gap="xsmall", wrap=False
        ):
            st.html(_card(kept.source))
            st.button(
                "",
                key=f"remove-{kept.source_id}",
                icon=":material/close:",
                type="tertiary",
                help="Take this source off the claim; Undo brings it back.",
                on_click=_remove,
                args=(store, kept),
            )
    if desk.task() == "source":
        _form(store, row)
    else:
        st.button(
            desk.keyed("Add source", "S"),
            icon=":material/add:",
            key="add-source",
            width="stretch",
            on_click=desk.begin,
            args=("source",),
        )


def _card(source: Source) -> str:
    name = source.title or source.location
    linked = f'<a href="{escape(source.location)}" target="_blank" rel="noopener noreferrer">{escape(name)}</a>'
    about = [source.publisher, day_words(source.published) if source.published else "", _SIGNS[source.stance]]
    about += [
        source.location if source.title and not source.is_web else "",
        f"origin: {source.origin}" if source.origin else "",
    ]
    quoted = f"<q>{escape(source.quoted)}</q>" if source.quoted else ""
    return (
        f'<div class="source"><div class="name">{linked if source.is_web else escape(name)}</div>'
        f'<div class="about">{escape(" · ".join(part for part in about if part))}</div>{quoted}</div>'
    )


def _form(store: Store, row: Mapping[str, Any]) -> None:
    claim_id = row["claim_id"]

    def key(name: str) -> str:
        return f"source-{name}:{claim_id}"

    with st.container(border=True, key="source-form"):
        st.text_input(
            "Address or document",
            key=key("location"),
            placeholder="https://… or a document’s name",
            persist_state="session",
        )
        st.text_input("Title", key=key("title"), persist_state="session")
        left, right = st.columns(2, gap="xsmall")
        left.text_input("Publisher", key=key("publisher"), persist_state="session")
        right.date_input(
            "Date",
            value=None,
            key=key("published"),
            min_value=_EARLIEST,
            max_value="today",
            format="YYYY-MM-DD",
            persist_state="session",
        )
        st.text_area("Passage, in its own words", key=key("quoted"), height=72, persist_state="session")
        st.segmented_control(
            "What it does to the claim",
            list(STANCES),
            key=key("stance"),
            default="supports",
            required=True,
            persist_state="session",
            width="stretch",
        )
        st.text_input(
            "Origin",
            key=key("origin"),
            placeholder="for example: wire story",
            persist_state="session",
            help="Sources with the same origin go back to the same reporting and count as one.",
        )
        left, right = st.columns(2, gap="xsmall")
        left.button(
            "Keep source", key="keep-source", type="primary", width="stretch", on_click=_keep, args=(store, row)
        )
        right.button("Close", key="close-source", width="stretch", on_click=desk.begin, args=(None,))


def typed(claim_id: str) -> tuple[Source | None, list[str]]:
    """The source that stands in the form, if one is begun, and what keeps it from standing as evidence."""
    values = {name: st.session_state.get(f"source-{name}:{claim_id}") for name in _FIELDS}
    given: dict[str, Any] = {
        name: value.strip() if isinstance(value, str) else value for name, value in values.items() if value is not None
    }
    if not any(value for name, value in given.items() if name != "stance"):
        return None, []
    source = Source(**given)
    return source, source_problems(source)


def forget(claim_id: str) -> None:
    """Let go of what was typed into the form for a source."""
    for name in _FIELDS:
        st.session_state.pop(f"source-{name}:{claim_id}", None)


def _keep(store: Store, row: Mapping[str, Any]) -> None:
    source, problems = typed(row["claim_id"])
    if source is None or problems:
        desk.want(" ".join(problems or source_problems(Source())))
        return
    done, _ = desk.act(
        lambda: store.add_source(row["claim_id"], row["revision"], source, actor=desk.person()), "Source kept"
    )
    if done:
        forget(row["claim_id"])
        desk.begin(None)


def _remove(store: Store, kept: Any) -> None:
    desk.act(
        lambda: store.remove_source(kept.source_id, kept.revision, actor=desk.person()),
        "Source taken off; Undo brings it back",
    )
