"""What is done to a source: kept, corrected, taken off. Each is one act of the record, which Undo takes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from claims import Store
from claims.documents.kinds import media_type_of
from claims.errors import StaleWrite
from claims.evidence import Source, source_problems
from claims.store import StoredSource
from workbench import desk
from workbench.forms.sources import fields
from workbench.forms.typed import is_locked


def documented(store: Store, name: str, source: Source) -> Source:
    """The same source, with the document that was chosen for it kept in the record, or else the page that was read."""
    if document := st.session_state.get(fields.document_key(name)):
        content = document.getvalue()
        media_type = media_type_of(content, document.name)
        return replace(source, snapshot=store.keep_snapshot(content, media_type, actor=desk.person()))
    if page := fields.page_of(name):
        kept = store.keep_snapshot(page.content, page.media_type, fetched=page.fetched, actor=desk.person())
        return replace(source, snapshot=kept)
    return source


def keep(store: Store, row: Mapping[str, Any]) -> None:
    """Put what stands in the form on the claim."""
    claim_id = row["claim_id"]
    if (source := _typed(claim_id)) is None:
        return

    def deed() -> str:
        found = documented(store, claim_id, source)
        return store.add_source(claim_id, row["revision"], found, why=_why(claim_id), actor=desk.person())

    done, _ = desk.act(deed, "Source kept")
    if done:
        _done(row, claim_id)


def correct(store: Store, row: Mapping[str, Any], kept: StoredSource) -> None:
    """Write what stands in the form over a source, if it is still the one that was opened."""
    name = kept.source_id
    if (source := _typed(name)) is None:
        return
    seen = st.session_state.get(fields.key("seen", name), kept.revision)

    def deed() -> int:
        return store.edit_source(
            name,
            seen,
            documented(store, name, fields.corrected(source, kept.source)),
            why=_why(name),
            actor=desk.person(),
        )

    done, _ = desk.act(deed, "Source corrected; Undo brings the old one back")
    if done:
        _done(row, name)
    elif isinstance(error := st.session_state["refused"], StaleWrite):
        # Both versions are shown; saving again is then a choice made with both in view.
        st.session_state[fields.key("seen", name)] = error.current["revision"]


def remove(store: Store, kept: StoredSource) -> None:
    """Take a source off the claim."""
    why = _why(kept.source_id)
    done, _ = desk.act(
        lambda: store.remove_source(kept.source_id, kept.revision, why=why, actor=desk.person()),
        "Source taken off; Undo brings it back",
    )
    if done and why:
        desk.begin(None)


def _typed(name: str) -> Source | None:
    source, problems = fields.typed(name)
    if source is None or problems:
        desk.want(" ".join(problems or source_problems(Source())))
        return None
    return source


def _why(name: str) -> str:
    return st.session_state.get(f"why-{name}") or ""


def _done(row: Mapping[str, Any], name: str) -> None:
    fields.close(name, keep=False)
    if is_locked(row):
        desk.moved_on(row["claim_id"], row["revision"], row["revision"] + 1)
