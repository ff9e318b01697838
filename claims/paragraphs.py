"""Paragraphs: the blocks of a text that no sentence crosses, each with its span."""

from __future__ import annotations

import re

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_LINE = re.compile(r"[^\n]+")

# A text wrapped by hand or by an old mail program: lines of much the same length, none long.
_WRAP_SHORTEST, _WRAP_LONGEST = 45, 100
_FEWEST_WRAPPED = 3


def find_paragraphs(text: str) -> list[tuple[int, int]]:
    r"""The spans of ``text``'s paragraphs, in order, trimmed of white space, none empty.

    A blank line ends a paragraph, and so does a line's end, unless the lines are wrapped:

    >>> text = "Guards walk out\n\nThe guards of the prison\nwent on strike."
    >>> [text[start:end] for start, end in find_paragraphs(text)]
    ['Guards walk out', 'The guards of the prison\nwent on strike.']
    >>> find_paragraphs("  \n ")
    []
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for gap in _BLANK_LINE.finditer(text):
        spans += _split_block(text, start, gap.start())
        start = gap.end()
    spans += _split_block(text, start, len(text))
    return spans


def _split_block(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The paragraphs of one block that holds no blank line."""
    lines = [
        trimmed
        for line in _LINE.finditer(text, start, end)
        if (trimmed := trim(text, line.start(), line.end()))[0] < trimmed[1]
    ]
    wrapped = _is_wrapped([last - first for first, last in lines])
    spans: list[tuple[int, int]] = []
    for first, last in lines:
        if spans and (wrapped or text[first].islower()):
            spans[-1] = (spans[-1][0], last)
        else:
            spans.append((first, last))
    return spans


def _is_wrapped(lengths: list[int]) -> bool:
    """Whether lines of these lengths (characters) look like one paragraph broken at a margin."""
    body = lengths[:-1]
    if len(lengths) < _FEWEST_WRAPPED:
        return False
    longest = max(lengths)
    return _WRAP_SHORTEST <= longest <= _WRAP_LONGEST and min(body) >= 0.75 * longest and lengths[-1] <= longest


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The same span without white space at its ends.

    >>> trim("  a b ", 0, 6)
    (2, 5)
    """
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
