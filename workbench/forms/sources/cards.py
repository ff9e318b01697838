"""A source as a card: what it is, how far it can be relied on, what it says, and what may be done with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from claims import Store
from claims.evidence import Source, grade_words
from claims.evidence.addresses import WEB
from claims.store import ArchiveTry, StoredSource
from claims.verdict import is_later, is_undated
from workbench import desk
from workbench.columns import day_words
from workbench.forms.sources import archived, fields, itself, keeping, passage
from workbench.forms.typed import is_locked
from workbench.shown import escape

_SIGNS = {"supports": "✓ supports", "refutes": "✗ refutes", "context": "○ context"}


def draw(
    store: Store, row: Mapping[str, Any], kept: StoredSource, below: str = "", waits: ArchiveTry | None = None
) -> None:
    """Draw one card: ``below`` its words, as HTML, whether its passage is found and how far the search for a copy is.

    On a locked claim, taking it off asks for the reason first.
    """
    archived.look(store, kept)
    with st.container(key=f"source-{kept.source_id}", gap=None):
        st.html(card(kept.source, row["verdict_as_of"], below, undated=is_undated(kept.source, row, kept.added_at)))
        with st.container(key=f"source-acts-{kept.source_id}", horizontal=True, gap="xsmall", wrap=False):
            _draw_acts(store, row, kept, waits)
    if is_locked(row) and desk.task() == f"remove {kept.source_id}":
        ask_why("Taking the source off", "Take it off and reopen", partial(keeping.remove, store, kept), kept.source_id)


def _draw_acts(store: Store, row: Mapping[str, Any], kept: StoredSource, waits: ArchiveTry | None) -> None:
    """The acts of a card: what was kept, as text and as a file; its copy in an archive; correct; take off."""
    button = partial(st.button, type="tertiary")  # the label is heard, the picture seen
    if kept.source.snapshot:
        button(
            "Read the document",
            key=f"read-{kept.source_id}",
            icon=":material/article:",
            help="Read the document as it was kept, and quote from it",
            on_click=passage.begin,
            args=(kept.source_id,),
        )
        st.download_button(
            "Take the document out",
            lambda: store.snapshot(kept.source.snapshot).content,
            file_name=itself.file_name(store, kept.source, kept.source.snapshot),
            mime="application/octet-stream",  # never opened as a page of ours
            key=f"document-{kept.source_id}",
            icon=":material/download:",
            type="tertiary",
            on_click="ignore",
            help="The document as it was kept",
        )
    archived.draw_way(store, kept, waits)
    button(
        "Correct this source",
        key=f"edit-{kept.source_id}",
        icon=":material/edit:",
        help="Correct this source; Undo brings the old one back.",
        on_click=fields.begin_edit,
        args=(kept,),
    )
    locked = is_locked(row)
    button(
        "Take this source off",
        key=f"remove-{kept.source_id}",
        icon=":material/close:",
        help="Take this source off the claim; Undo brings it back.",
        on_click=partial(desk.begin, f"remove {kept.source_id}") if locked else partial(keeping.remove, store, kept),
    )


def card(source: Source, as_of: date | None = None, below: str = "", *, undated: bool = False) -> str:
    """The words of a card, each from outside escaped; ``as_of`` is the day whose knowledge the verdict rests on.

    ``below`` are further lines, as HTML; ``undated`` tells that nobody can say whether the source was there on that day.

    >>> "&lt;b&gt;" in card(Source(title="<b>")), "<abbr" in card(Source(title="Roll call"))
    (True, False)
    >>> "no date" in card(Source(title="Roll call"), date(2024, 3, 4), undated=True), "no date" in card(Source(title="Roll call"))
    (True, False)
    """
    name = source.title or source.location
    linked = _link(source.location, name) if source.is_web else escape(name)
    about = [source.publisher, day_words(source.published) if source.published else "", _SIGNS[source.stance]]
    about += [
        source.location if source.title and not source.is_web else "",
        f"group: {source.origin}" if source.origin else "",
        "document kept" if source.snapshot else "",
        f"later than the verdict’s day, {day_words(as_of)}" if as_of and is_later(source, as_of) else "",
        f"no date: not counted as known on the verdict’s day, {day_words(as_of)}" if as_of and undated else "",
    ]
    words = [escape(part) for part in about if part]
    words += [_link(source.archived, "archived copy")] if WEB.fullmatch(source.archived) else []
    quoted = f"<q>{escape(source.quoted)}</q>" if source.quoted else ""
    return (
        f'<div class="source"><div class="name">{_grade(source)}{linked}</div>'
        f'<div class="about">{" · ".join(words)}</div>{quoted}{below}</div>'
    )


def _grade(source: Source) -> str:
    """The grade, with its meaning for who hovers over it and for who hears the screen."""
    meaning = escape(grade_words(source))
    return (
        f'<abbr class="grade" title="{meaning}">{source.grade}<span class="unseen"> ({meaning}) </span></abbr>'
        if meaning
        else ""
    )


def _link(address: str, words: str) -> str:
    return f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer">{escape(words)}</a>'


def ask_why(what: str, label: str, on_click: Callable[[], None], name: str) -> None:
    """Draw what a locked claim asks before it is changed: the reason why, which stands in its history."""
    with st.container(border=True, key="reason"):
        st.text_input(f"{what} reopens the claim. Why?", key=f"why-{name}", placeholder="Others will read it.")
        left, right = st.columns(2, gap="xsmall")
        left.button(label, key="reason-do", type="primary", width="stretch", on_click=on_click)
        right.button("Close", key="reason-close", width="stretch", on_click=desk.begin, args=(None,))
