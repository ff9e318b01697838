"""A source's document as it was kept, to be read and quoted from: a passage is selected with the mouse or from the keyboard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import Any

import streamlit as st

from claims import ClaimsError, Store
from claims.errors import NotThere, ReadingError, TooLarge
from claims.evidence import Source, find_passage
from claims.evidence.around import look_around, words_around
from claims.evidence.page import SourcePage
from claims.paragraphs import find_paragraphs
from claims.store import StoredSource
from workbench import desk
from workbench.forms.sources import fields, itself, reading, stands
from workbench.panes import show_text
from workbench.shown import escape

# Paragraphs that the browser is given, those around the passage: a document beyond that is a book.
_MOST = 2_000

#: What is said of a picture.
_PICTURE = "It is a picture, in which no program looks for words."

#: What is said where the article of a page has not the passage, and the page around it has.
_AROUND = "The passage stands in the page around the article: all the words that the page shows are here."

_OPEN = "document in hand"


def begin(name: str) -> None:
    """Open the document of a form or of a source."""
    st.session_state[_OPEN] = name


def _end() -> None:
    st.session_state.pop(_OPEN, None)


def draw_way(name: str) -> None:
    """The way from the form to its document, where it has one that can be looked at here."""
    page = fields.page_of(name)
    if (page and (not page.unread or itself.is_picture(page.content))) or (not page and fields.snapshot_of(name)):
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
    quoted = st.session_state.get(fields.key("quoted", name)) or (kept.source.quoted if kept else "")
    if page and page.unread:
        st.html(f'<div class="notice" role="status">{escape(f"{page.unread} {reading.BY_EYE}")}</div>')
        itself.draw(page.content)
        itself.draw_page_out(page)
        return
    try:
        text, around = _text_of(store, page, sha256, quoted)
    except ClaimsError as error:
        if not sha256 or isinstance(error, NotThere):
            desk.show_error(error)
        else:
            _draw_itself(store, sha256, kept, error)
        return
    came = stands.came(kept.source, store.fetches([kept.source.snapshot])) if kept and not page else ""
    if came:
        st.html(came)
    if not page and (part := reading.words(Source(snapshot=sha256), {}, store.readings([sha256]))):
        st.html(part)
    if around:
        st.html(f'<div class="about">{_AROUND}</div>')
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


def _draw_itself(store: Store, sha256: str, kept: StoredSource | None, error: ClaimsError) -> None:
    """A document whose words are not read: a picture is seen, of any other it is said why; it is taken out, or read again."""
    content = store.snapshot(sha256).content
    if itself.is_picture(content):
        st.html(f'<div class="about">{_PICTURE} {reading.BY_EYE}</div>')
        itself.draw(content)
    else:
        desk.show_error(error)
    itself.draw_way_out(store, kept.source if kept else Source(), sha256)
    reading.draw_way(store, sha256)


def _text_of(store: Store, page: SourcePage | None, sha256: str, quoted: str) -> tuple[str, bool]:
    """The text to quote from, and whether that is all of the page since the passage stands around its article alone."""
    if page:
        content, media_type, text = page.content, page.media_type, page.text
    else:
        kept = store.snapshot(sha256)
        content, media_type = kept.content, kept.media_type
        try:
            text = store.snapshot_text(sha256)
        except TooLarge:
            raise
        except ReadingError:
            place = look_around(None, quoted, content, media_type)
            if place is None:
                raise
            return words_around(content, media_type), True
    place = look_around(find_passage(quoted, text), quoted, content, media_type)
    around = place is not None and place.around
    return (words_around(content, media_type), True) if around else (text, False)


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

    Of a book the browser is given the paragraphs around the passage, and is told which are left out.
    """
    paragraphs = find_paragraphs(text)
    spans = find_passage(quoted, text).spans
    first = _first(paragraphs, spans)
    shown = paragraphs[first : first + _MOST]
    blocks = []
    for start, end in shown:
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
    about = _left_out(first, len(shown), len(paragraphs))
    return {"article": name, "title": "", "about": about, "byline": "", "blocks": blocks, "take": "Quote this passage"}


def _first(paragraphs: Sequence[tuple[int, int]], spans: Sequence[tuple[int, int]]) -> int:
    """The number of the paragraph that the browser's begin with, so that the passage found is among them, in their middle."""
    if not spans:
        return 0
    at = next((number for number, (_, end) in enumerate(paragraphs) if end > spans[0][0]), 0)
    return max(0, min(at - _MOST // 2, len(paragraphs) - _MOST))


def _left_out(before: int, shown: int, every: int) -> str:
    """Which paragraphs are shown, and how many are left out; empty where all are there.

    >>> _left_out(1_400, 2_000, 5_000), _left_out(0, 3, 3)
    ('paragraphs 1,401–3,400 of 5,000: the 1,400 before and the 1,600 after left out', '')
    """
    rest = ((before, "before"), (every - before - shown, "after"))
    left = [f"the {count:,} {where}" for count, where in rest if count]
    told = f"paragraphs {before + 1:,}–{before + shown:,} of {every:,}"
    return f"{told}: {' and '.join(left)} left out" if left else ""
