"""A source's document as it was kept, to be read and quoted from: a passage is selected with the mouse or from the keyboard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import Any

import streamlit as st

from claims import ClaimsError, Store
from claims.errors import NotThere
from claims.evidence import Source, find_passage
from claims.paragraphs import find_paragraphs
from claims.store import StoredSource
from workbench import desk
from workbench.forms.sources import fields, reading, stands
from workbench.panes import show_text

# Paragraphs that the browser is given: a document beyond that is a book, and is taken out and searched.
_MOST = 2_000

_OPEN = "document in hand"


def begin(name: str) -> None:
    """Open the document of a form or of a source."""
    st.session_state[_OPEN] = name


def _end() -> None:
    st.session_state.pop(_OPEN, None)


def draw_way(name: str) -> None:
    """The way from the form to its document, where it has one."""
    if fields.page_of(name) or fields.snapshot_of(name):
        st.button(
            "Select the passage in the page",
            key="select-passage",
            icon=":material/format_quote:",
            width="stretch",
            on_click=begin,
            args=(name,),
        )


def draw(store: Store, row: Mapping[str, Any], found: Sequence[StoredSource]) -> None:
    """Draw the document over the desk, where one is open."""
    name = st.session_state.get(_OPEN)
    kept = next((each for each in found if each.source_id == name), None)
    if name not in {row["claim_id"], kept and kept.source_id}:
        _end()
    if st.session_state.get(_OPEN):
        st.dialog("The page as it is kept", width="large", on_dismiss=_end)(_read)(store, str(name), kept)


def _read(store: Store, name: str, kept: StoredSource | None) -> None:
    """The dialog: the text, the passage quoted marked in it, and how to quote another."""
    if _OPEN not in st.session_state:
        st.rerun()
    page = fields.page_of(name)
    corrects = kept is not None and desk.task() == fields.task_of(kept)
    sha256 = fields.snapshot_of(name) or (kept.source.snapshot if kept and not corrects else "")
    try:
        text = page.text if page else store.snapshot_text(sha256)
    except ClaimsError as error:
        desk.show_error(error)
        if sha256 and not isinstance(error, NotThere):
            reading.draw_way(store, sha256)
        return
    quoted = st.session_state.get(fields.key("quoted", name)) or (kept.source.quoted if kept else "")
    came = stands.came(kept.source, store.fetches([kept.source.snapshot])) if kept and not page else ""
    if came:
        st.html(came)
    if not page and (part := reading.words(Source(snapshot=sha256), {}, store.readings([sha256]))):
        st.html(part)
    st.caption(
        "Select the words to quote. From the keyboard: ↓ and ↑ choose a sentence, Shift with an arrow takes more or less, "
        "Enter quotes it."
    )
    with st.container(key="passage", height=520, border=True):
        show_text(
            {**pieces(text, quoted, name), "chosen": "quoted"},
            key=f"passage-text-{name}",
            on_passage=partial(_quote, name, kept, text),
        )


def _quote(name: str, kept: StoredSource | None, text: str, start: int, end: int) -> None:
    """Take the selected passage into the form; a source that stands opens in one."""
    if kept and desk.task() != fields.task_of(kept):
        fields.begin_edit(kept)
    st.session_state[fields.key("quoted", name)] = text[start:end]
    _end()


def pieces(text: str, quoted: str, name: str) -> dict[str, Any]:
    r"""A document as the text pane draws it, with the passage that is quoted marked where it stands, or nearly does.

    >>> drawn = pieces("Roll call\n\nOf 785, 249 were absent.", "249 were absent", "s1")
    >>> [[(piece["text"], piece["start"], piece["claims"]) for piece in block["pieces"]] for block in drawn["blocks"]]
    [[('Roll call', 0, [])], [('Of 785, ', 11, []), ('249 were absent', 19, ['quoted']), ('.', 34, [])]]
    """
    paragraphs = find_paragraphs(text)
    spans = find_passage(quoted, text).spans
    blocks = []
    for start, end in paragraphs[:_MOST]:
        cuts = sorted({start, end} | {cut for span in spans for cut in span if start < cut < end})
        blocks.append(
            {
                "furniture": False,
                "heading": False,
                "pieces": [
                    {
                        "text": text[left:right],
                        "start": left,
                        "claims": ["quoted"] if any(low <= left and right <= high for low, high in spans) else [],
                        "colour": "",
                        "verdict": "The passage quoted",
                    }
                    for left, right in pairwise(cuts)
                ],
            }
        )
    shown = min(len(paragraphs), _MOST)
    about = f"paragraphs 1–{shown:,} of {len(paragraphs):,}" if shown < len(paragraphs) else ""
    return {"article": name, "title": "", "about": about, "byline": "", "blocks": blocks, "take": "Quote this passage"}
