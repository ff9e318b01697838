"""A text cut into pieces that the parser can hold, where no sentence crosses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from claims.paragraphs import find_paragraphs

#: A paragraph longer than this (characters) is parsed in pieces: the parser's memory grows with its input.
LONGEST_PIECE = 8_000

_SURROGATE = re.compile("[\ud800-\udfff]")
_SENTENCE_END = re.compile(r"(?<=[.!?…\"”’])\s+(?=[A-Z“\"‘0-9])")
_WORD_END = re.compile(r"\s+")

# Characters without white space that are no word any more; the tokeniser's time grows with their square.
_LONG_WORD = re.compile(r"\S{400}")


def without_surrogates(text: str) -> str:
    """Half characters cannot be written as UTF-8; one stand-in for each keeps every offset."""
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)


def pieces_of(text: str) -> Iterator[str]:
    """``text`` cut where no sentence crosses; the pieces joined are the text."""
    starts = [start for start, _ in find_paragraphs(text)]
    for start, end in pairwise([0, *starts[1:], len(text)]):
        at = start
        while at < end:
            word = _LONG_WORD.search(text, at, min(end, at + LONGEST_PIECE))
            cut = word.end() if word else _cut(text, at) if end - at > LONGEST_PIECE else end
            yield text[at:cut]
            at = cut


def _cut(text: str, start: int) -> int:
    """Where to cut a piece that is too long: after its last sentence, else after its last word, else anywhere."""
    window = text[start + LONGEST_PIECE // 2 : start + LONGEST_PIECE]
    for ending in (_SENTENCE_END, _WORD_END):
        cuts = [match.end() for match in ending.finditer(window)]
        if cuts:
            return start + LONGEST_PIECE // 2 + cuts[-1]
    return start + LONGEST_PIECE
