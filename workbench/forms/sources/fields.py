"""What stands in the form of a source while it is not kept: each field under the form's name.

A form for a new source has its claim's name, one that corrects a source has the source's.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from claims.evidence import Source, source_problems
from claims.evidence.addresses import page_key
from claims.evidence.page import SourcePage
from claims.store import StoredSource
from workbench import desk
from workbench.shown import as_it_was, showable

FIELDS = (
    "location", "title", "publisher", "published", "quoted", "stance", "origin", "reliability", "credibility", "archived",
)  # fmt: skip

#: Those that are written by hand, whose fields are never without a text.
_WRITTEN = ("location", "title", "publisher", "quoted", "archived")

#: What else is remembered of a form: what is asked for, what came of it, the page, what it filled in, what was there.
_BESIDE = ("asked", "note", "page", "filled", "snapshot", "snapshot of", "seen")


def key(field: str, name: str) -> str:
    """The key of a form's field."""
    return f"source-{field}:{name}"


def document_key(name: str) -> str:
    """The key of the field for a document: a file that was chosen stays in its field, so each source has another."""
    return f"source-document-{st.session_state.get('documents', 0)}:{name}"


def page_of(name: str) -> SourcePage | None:
    """The page that filled the form in, if one did."""
    found: SourcePage | None = st.session_state.get(key("page", name))
    return found


def bring_snapshot(name: str, sha256: str, location: str) -> None:
    """Let a document that is kept already, with the source at this location, stand in the form."""
    st.session_state[key("snapshot", name)] = sha256
    st.session_state[key("snapshot of", name)] = location


def snapshot_of(name: str) -> str:
    """The document that came with the form; empty where there is none, or where the address typed is of another page by now."""
    here = page_key(st.session_state.get(key("location", name)) or "")
    known = page_key(st.session_state.get(key("snapshot of", name)) or "")
    sha256: str = st.session_state.get(key("snapshot", name)) or ""
    return sha256 if here in {"", known} else ""


def lets_go(name: str) -> bool:
    """Whether a document came with the form that is not of the page whose address is typed, and no other is there."""
    came = st.session_state.get(key("snapshot", name))
    another = page_of(name) or st.session_state.get(document_key(name))
    return bool(came) and not another and not snapshot_of(name)


def task_of(kept: StoredSource) -> str:
    """What the desk's task is called while this source is corrected."""
    return f"source {kept.source_id}"


def begin_edit(kept: StoredSource) -> None:
    """Open the form for a source that stands: its fields hold what is stored."""
    forget(kept.source_id)
    for field in FIELDS:
        stands = getattr(kept.source, field)
        empty = "" if field in _WRITTEN else None
        st.session_state[key(field, kept.source_id)] = (
            showable(stands) if isinstance(stands, str) else stands
        ) or empty
    bring_snapshot(kept.source_id, kept.source.snapshot, kept.source.location)
    st.session_state[key("seen", kept.source_id)] = kept.revision
    desk.begin(task_of(kept))


def close(name: str, *, keep: bool) -> None:
    """Close the form; what was typed for a new source stays for when it is opened again."""
    if not keep:
        forget(name)
    desk.begin(None)


def typed(name: str) -> tuple[Source | None, list[str]]:
    """The source that stands in the form, if one is begun, and what keeps it from standing as evidence.

    A document without a name of its own gives it its file's; one that is of another page than the address is not among it.
    """
    values = {field: st.session_state.get(key(field, name)) for field in FIELDS} | {"snapshot": snapshot_of(name)}
    given: dict[str, Any] = {
        field: value.strip() if isinstance(value, str) else value
        for field, value in values.items()
        if value is not None
    }
    document = st.session_state.get(document_key(name))
    if document and not given.get("location") and not given.get("title"):
        given["location"] = document.name
    if not any(value for field, value in given.items() if field not in ("stance", "snapshot")):
        return None, []
    source = Source(**given)
    return source, source_problems(source)


def corrected(typed: Source, stands: Source) -> Source:
    """The source that is typed; of what was not typed over, what stands."""
    told = {name: getattr(typed, name) for name in FIELDS}
    kept: dict[str, Any] = {
        name: as_it_was(value, getattr(stands, name)) for name, value in told.items() if isinstance(value, str)
    }
    return replace(typed, **kept)


def forget(name: str) -> None:
    """Let go of what was typed into the form."""
    for field in (*FIELDS, *_BESIDE):
        st.session_state.pop(key(field, name), None)
    st.session_state["documents"] = st.session_state.get("documents", 0) + 1
