"""The sources of the claim in hand: what stands there, and one more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from html import escape
from pathlib import PurePath
from typing import Any

import streamlit as st

from claims import Store
from claims.evidence import STANCES, Source, source_problems
from claims.store import StoredSource
from workbench import desk
from workbench.columns import day_words, source_words
from workbench.forms.typed import is_locked

#: Kinds of document that may be kept with a source, by the ends of their names, and what their bytes then are.
DOCUMENTS: dict[str, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "doc": "application/msword",
    "html": "text/html",
    "htm": "text/html",
    "txt": "text/plain",
    "md": "text/markdown",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "gif": "image/gif",
}

_FIELDS = ("location", "title", "publisher", "published", "quoted", "stance", "origin")
_EARLIEST = date(1000, 1, 1)
_SIGNS = {"supports": "✓ supports", "refutes": "✗ refutes", "context": "○ context"}


def draw(store: Store, row: Mapping[str, Any]) -> None:
    """Draw the sources as cards, and the form for another where it is open."""
    count = source_words(row)
    st.html(f'<div class="section">{escape(" · ".join(part for part in ("Sources", count) if part))}</div>')
    for kept in store.sources(row["claim_id"]):
        _draw_card(store, row, kept)
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


def _draw_card(store: Store, row: Mapping[str, Any], kept: StoredSource) -> None:
    with st.container(
        key=f"source-{kept.source_id}", horizontal=True, vertical_alignment="top", gap="xsmall", wrap=False
    ):
        st.html(_card(kept.source))
        if kept.source.snapshot:
            st.download_button(
                "",
                lambda: store.snapshot(kept.source.snapshot).content,
                file_name=_file_name(store, kept.source),
                mime="application/octet-stream",  # never opened as a page of ours
                key=f"document-{kept.source_id}",
                icon=":material/download:",
                type="tertiary",
                on_click="ignore",
                help="The document as it was kept",
            )
        st.button(
            "",
            key=f"remove-{kept.source_id}",
            icon=":material/close:",
            type="tertiary",
            help="Take this source off the claim; Undo brings it back.",
            on_click=_begin_removal if is_locked(row) else _remove,
            args=(store, kept),
        )
    if is_locked(row) and desk.task() == f"remove {kept.source_id}":
        ask_why("Taking the source off", "Take it off and reopen", partial(_remove, store, kept), kept.source_id)


def _file_name(store: Store, source: Source) -> str:
    """What the document is called when it is taken out: the source's name, with the end that its kind has."""
    media_type = _media_type(store, source.snapshot)
    end = next((end for end, known in DOCUMENTS.items() if known == media_type), "bin")
    stem = PurePath(source.title or source.location).name.removesuffix(f".{end}")
    plain = "".join(sign if sign.isalnum() or sign in " -_." else "-" for sign in stem).strip(" .")
    return f"{plain[:80] or 'document'}.{end}"


@st.cache_data(max_entries=1000, show_spinner=False)
def _media_type(_store: Store, sha256: str) -> str:
    """What a document is; asked for once, since it comes with all its bytes and what has this name never changes."""
    return _store.snapshot(sha256).media_type


def ask_why(what: str, label: str, on_click: Callable[[], None], name: str) -> None:
    """Draw what a locked claim asks before it is changed: the reason why, which stands in its history."""
    with st.container(border=True, key="reason"):
        st.text_input(f"{what} reopens the claim. Why?", key=f"why-{name}", placeholder="Others will read it.")
        left, right = st.columns(2, gap="xsmall")
        left.button(label, key="reason-do", type="primary", width="stretch", on_click=on_click)
        right.button("Close", key="reason-close", width="stretch", on_click=desk.begin, args=(None,))


def _card(source: Source) -> str:
    name = source.title or source.location
    linked = f'<a href="{escape(source.location)}" target="_blank" rel="noopener noreferrer">{escape(name)}</a>'
    about = [source.publisher, day_words(source.published) if source.published else "", _SIGNS[source.stance]]
    about += [
        source.location if source.title and not source.is_web else "",
        f"origin: {source.origin}" if source.origin else "",
    ]
    about += ["document kept" if source.snapshot else ""]
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
        st.file_uploader(
            "The document itself",
            list(DOCUMENTS),
            key=_document_key(claim_id),
            max_upload_size=50,
            help="Kept in the record as it is, under its SHA-256, so that what was seen can be shown later.",
        )
        if is_locked(row):
            st.text_input(
                "A new source reopens the claim. Why?", key=f"why-{claim_id}", placeholder="Others will read it."
            )
        left, right = st.columns(2, gap="xsmall")
        left.button(
            "Keep source", key="keep-source", type="primary", width="stretch", on_click=_keep, args=(store, row)
        )
        right.button("Close", key="close-source", width="stretch", on_click=desk.begin, args=(None,))


def typed(claim_id: str) -> tuple[Source | None, list[str]]:
    """The source that stands in the form, if one is begun, and what keeps it from standing as evidence.

    A document without a name of its own gives it its file's.
    """
    values = {name: st.session_state.get(f"source-{name}:{claim_id}") for name in _FIELDS}
    given: dict[str, Any] = {
        name: value.strip() if isinstance(value, str) else value for name, value in values.items() if value is not None
    }
    document = st.session_state.get(_document_key(claim_id))
    if document and not given.get("location") and not given.get("title"):
        given["location"] = document.name
    if not any(value for name, value in given.items() if name != "stance"):
        return None, []
    source = Source(**given)
    return source, source_problems(source)


def documented(store: Store, claim_id: str, source: Source) -> Source:
    """The same source, with the document that was chosen for it kept in the record."""
    document = st.session_state.get(_document_key(claim_id))
    if not document:
        return source
    media_type = DOCUMENTS.get(document.name.rpartition(".")[2].lower(), "application/octet-stream")
    return replace(source, snapshot=store.keep_snapshot(document.getvalue(), media_type))


def forget(claim_id: str) -> None:
    """Let go of what was typed into the form for a source."""
    for name in _FIELDS:
        st.session_state.pop(f"source-{name}:{claim_id}", None)
    # A file that was chosen stays in its field; the next source has another field.
    st.session_state["documents"] = st.session_state.get("documents", 0) + 1


def _document_key(claim_id: str) -> str:
    return f"source-document-{st.session_state.get('documents', 0)}:{claim_id}"


def _keep(store: Store, row: Mapping[str, Any]) -> None:
    claim_id = row["claim_id"]
    source, problems = typed(claim_id)
    if source is None or problems:
        desk.want(" ".join(problems or source_problems(Source())))
        return

    def deed() -> str:
        found = documented(store, claim_id, source)
        why = st.session_state.get(f"why-{claim_id}") or ""
        return store.add_source(claim_id, row["revision"], found, why=why, actor=desk.person())

    done, _ = desk.act(deed, "Source kept")
    if done:
        forget(claim_id)
        desk.begin(None)
        if is_locked(row):
            desk.moved_on(claim_id, row["revision"], row["revision"] + 1)


def _begin_removal(_store: Store, kept: StoredSource) -> None:
    desk.begin(f"remove {kept.source_id}")


def _remove(store: Store, kept: StoredSource) -> None:
    why = st.session_state.get(f"why-{kept.source_id}") or ""
    done, _ = desk.act(
        lambda: store.remove_source(kept.source_id, kept.revision, why=why, actor=desk.person()),
        "Source taken off; Undo brings it back",
    )
    if done and why:
        desk.begin(None)
