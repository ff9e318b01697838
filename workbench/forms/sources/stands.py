"""Whether a quoted passage stands in its document: a sign, a sentence, and what differs, word by word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from claims.evidence import Passage, Source, find_passage, passage_words
from claims.evidence.around import look_around
from claims.evidence.fetched import Fetched, came_words
from claims.evidence.passage import UNKEPT
from workbench.forms.sources import fields, reading
from workbench.shown import escape

_VERBATIM, _DIFFERS, _MISSING, _UNREAD = (
    ("found", "✓"), ("near", "≠"), ("astray", "✗"), ("astray", "○"),
)  # fmt: skip


#: The next step where there is nothing to look in.
_TO_KEEP = "Correct this source to keep its page or its file; without one, the sign-off asks for a reason."


def words(source: Source, places: Mapping[Source, Passage | None], *, own: bool = False) -> str:
    """The lines below a passage on its card, each word from outside escaped; empty where there is none.

    ``own`` tells that the source is the checked article itself, which nobody need look for a passage in.

    >>> print(words(Source("https://korda.example/roll-call", quoted="249 were absent."), {}))
    <div class="stands astray"><b>○ No document is kept: nobody looked for this passage</b>\
<small>Correct this source to keep its page or its file; without one, the sign-off asks for a reason.</small></div>
    >>> words(Source("https://korda.example/roll-call"), {}), words(Source(title="Two vans", quoted="Two"), {}, own=True)
    ('', '')
    """
    if source in places:
        return drawn(places[source])
    if own or source.snapshot or not source.quoted.strip():
        return ""
    name, sign = _UNREAD
    return f'<div class="stands {name}"><b>{sign} {UNKEPT}</b><small>{_TO_KEEP}</small></div>'


def came(source: Source, fetches: Mapping[str, Sequence[Fetched]]) -> str:
    """The line of a card, or of a document that is read, that says how it came from the web; empty where it did not.

    >>> from datetime import UTC, datetime
    >>> at = datetime(2024, 3, 4, 10, 12, tzinfo=UTC)
    >>> came(Source(snapshot="a"), {"a": [Fetched("https://x.example/?<b>", "https://x.example/?<b>", 200, at)]})
    '<div class="about">Document fetched 4 March 2024 10:12 UTC from https://x.example/?&lt;b&gt;</div>'
    >>> came(Source(snapshot="a"), {})
    ''
    """
    told = came_words(source.location, fetches.get(source.snapshot, ()))
    return f'<div class="about">Document {escape(told)}</div>' if told else ""


def draw_typed(name: str) -> None:
    """The same of what is typed in a form whose page was read, before it is kept."""
    typed = (st.session_state.get(fields.key("quoted", name)) or "").strip()
    if typed and (page := fields.page_of(name)):
        place = Passage("unread", unread=page.unread) if page.unread else find_passage(typed, page.text)
        st.html(f'<div class="source">{drawn(look_around(place, typed, page.content, page.media_type))}</div>')


def drawn(place: Passage | None) -> str:
    """The same of one place; None is a document without text, in which only a person can look, as in one that is unread.

    >>> drawn(find_passage("429 were there", "Of 785, 249 were there.")).partition("<small>")[0].partition("<p>")[2]
    '<del>429</del> <ins>249</ins> were there</p>'
    >>> drawn(find_passage("249 … there", "Of 785, 249 slowly went there.")).partition("<p>")[2]
    'Left out: <ins>slowly went</ins></p><small>Underlined: only in the document.</small></div>'
    >>> print(drawn(None))
    <div class="stands astray"><b>○ Not found by the program: the kept document has no text</b>\
<small>Compare it with the document yourself: the sign-off asks who did.</small></div>
    """
    name, sign = _look(place)
    compared = ""
    if place and place.state == "differs":
        runs = " ".join(
            escape(run.found)
            if run.same
            else " ".join(
                f"<{tag}>{escape(text)}</{tag}>" for tag, text in (("del", run.quoted), ("ins", run.found)) if text
            )
            for run in place.runs
        )
        compared = f"<p>{runs}</p>" if place.differences else ""
    if place:
        compared += "".join(f"<p>Left out: <ins>{escape(text)}</ins></p>" for text in place.omitted)
    if compared:
        struck = "Struck out: only quoted. " if "<del>" in compared else ""
        compared += f"<small>{struck}Underlined: only in the document.</small>"
    if place is None or (place.unread and not place.holds):
        compared += f"<small>{reading.BY_EYE}</small>"
    return f'<div class="stands {name}"><b>{sign} {passage_words(place)}</b>{compared}</div>'


def _look(place: Passage | None) -> tuple[str, str]:
    """The look of a state, and the sign that says without colour what the colour says."""
    if place is None or (place.unread and place.state != "differs"):
        return _UNREAD
    if not place.holds:
        return _MISSING if place.state == "missing" else ("astray", "≠")
    return _VERBATIM if place.state == "verbatim" else _DIFFERS
