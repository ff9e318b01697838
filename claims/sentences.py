"""Sentences of an article, each with its span and its paragraph."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from claims.grammar import Doc, parse
from claims.paragraphs import find_paragraphs, trim


@dataclass(frozen=True, slots=True)
class Sentence:
    """``text[start:end]`` is the sentence; ``no`` and ``paragraph`` count from 0."""

    no: int
    start: int
    end: int
    paragraph: int


def find_sentences(text: str) -> list[Sentence]:
    r"""The sentences of ``text``, in order, none empty, none crossing a paragraph.

    >>> text = "Guards walk out\n\nMr. Ilic left. Two vans waited."
    >>> [text[sentence.start:sentence.end] for sentence in find_sentences(text)]
    ['Guards walk out', 'Mr. Ilic left.', 'Two vans waited.']
    >>> find_sentences(" ")
    []
    """
    return sentences_of(parse(text))


def sentences_of(doc: Doc) -> list[Sentence]:
    """The same for a text that is already parsed."""
    paragraph_starts = [start for start, _ in find_paragraphs(doc.text)]
    text = doc.text
    found: list[Sentence] = []
    for span in doc.sents:
        start, end = trim(text, span.start_char, span.end_char)
        if start < end:
            paragraph = max(bisect_right(paragraph_starts, start) - 1, 0)
            found.append(Sentence(len(found), start, end, paragraph))
    return found
