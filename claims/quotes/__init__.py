"""Quotes: words that somebody is reported to have said, with who said them and by which cue.

Three steps, each in its room: ``marks`` pairs the quotation marks, ``cues`` finds the words that report ("said",
"according to"), ``reports`` joins them (``direct`` by the marks, ``indirect`` by the parse, ``transcript`` by the line);
``speakers`` then says who "it" and "the mayor" are, among the ``mentions`` of the text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from claims.grammar import Doc, parse, parse_many
from claims.quotes.cues import phrase_of
from claims.quotes.reading import Range, Reading, read
from claims.quotes.reports import Report, find_reports
from claims.quotes.speakers import name_speakers

__all__ = ["Quote", "find_quotes", "find_quotes_batch", "quotes_of"]


@dataclass(frozen=True, slots=True)
class Quote:
    """Words attributed to a speaker.

    ``content`` holds their spans, in order: one for each stretch between the reporter's words and for each paragraph,
    with the quotation marks and an opening "that"; ``start`` and ``end`` are its hull. ``speaker_span`` is who speaks as
    written ("it"), ``speaker`` whom that means ("the harbour office") where the text is sure of it, else the same words.
    ``cue`` is the word that reports, as written; words that go on in the voice before them have none. ``kind`` is
    "direct" where every word stands between quotation marks, "mixed" where some do, else "indirect".
    """

    start: int
    end: int
    content: tuple[tuple[int, int], ...]
    speaker: str | None
    speaker_span: tuple[int, int] | None
    cue: str | None
    cue_span: tuple[int, int] | None
    kind: str


def find_quotes(text: str) -> list[Quote]:
    """The quotes of ``text``, in order of what they report; words quoted inside a quote belong to it.

    >>> text = "“It held,” the harbour office said. “We are glad,” it added. The “quick” repair took a year."
    >>> [(quote.kind, quote.speaker, quote.cue, text[quote.start:quote.end]) for quote in find_quotes(text)]
    [('direct', 'the harbour office', 'said', '“It held,”'), ('direct', 'the harbour office', 'added', '“We are glad,”')]

    Reported speech without marks counts, what is only thought or wanted does not; nor do marks that nobody speaks:

    >>> [(quote.kind, quote.speaker) for quote in find_quotes("Korda said that the mill was safe.")]
    [('indirect', 'Korda')]
    >>> find_quotes("Korda hopes for rain. ‘Almost all’ mills are shut.")
    []

    The conventions of the content's bounds are those of PolNeAR (Newell, Margolin and Ruths, 2018).
    """
    return quotes_of(parse(text))


def find_quotes_batch(texts: Iterable[str]) -> list[list[Quote]]:
    """The quotes of each text, in order; faster than one by one."""
    return [quotes_of(doc) for doc in parse_many(texts)]


def quotes_of(doc: Doc) -> list[Quote]:
    """The same for a text that is already parsed."""
    reading = read(doc)
    reports = find_reports(reading)
    speakers = name_speakers(reading, reports)
    return [_quote(reading, report, speaker) for report, speaker in zip(reports, speakers, strict=True)]


def _quote(reading: Reading, report: Report, speaker: str | None) -> Quote:
    """A report as spans of the text."""
    doc = reading.doc
    content = tuple(piece for tokens in report.ranges for piece in _pieces(reading, tokens))
    speaker_span = None if report.speaker is None else _span(doc, phrase_of(report.speaker, reading.quoted))
    cue_span = None if report.cue is None else _span(doc, (report.cue.first, report.cue.last))
    return Quote(
        start=content[0][0],
        end=content[-1][1],
        content=content,
        speaker=speaker,
        speaker_span=speaker_span,
        cue=None if cue_span is None else reading.text[slice(*cue_span)],
        cue_span=cue_span,
        kind=_kind(reading, report),
    )


def _pieces(reading: Reading, tokens: Range) -> list[tuple[int, int]]:
    """The spans of a range of tokens: a passage that runs over paragraphs has one in each."""
    no = reading.quoted[tokens[0]]
    if no >= 0 and reading.ranges[no] == tokens:
        return list(reading.passages[no].pieces)
    return [_span(reading.doc, tokens)]


def _span(doc: Doc, tokens: Range) -> tuple[int, int]:
    first, last = tokens
    return doc[first].idx, doc[last - 1].idx + len(doc[last - 1])


def _kind(reading: Reading, report: Report) -> str:
    if not report.passages:
        return "indirect"
    is_direct = all(no >= 0 for first, last in report.ranges for no in reading.quoted[first:last])
    return "direct" if is_direct else "mixed"
