"""Text without what a typesetter may change: white space, the form of quotation marks and dashes, what is not seen.

Every folded sign knows where it stood, so that what is found in the folded text has its true span.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

#: Signs that are not seen: soft hyphen, zero-width blanks and joiners, marks of direction, the mark at a file's start.
_UNSEEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_DASHES = "\\-\u2010-\u2015\u2212\ufe58\ufe63\uff0d"
_DOUBLE = '"\u201c-\u201f\u00ab\u00bb\u2033\u300c-\u300f'
_SINGLE = "'`\u00b4\u2018-\u201b\u2032\u2039\u203a"

#: Latin letters that printers set as one, and letters and figures of full width.
_FORMS = "\ufb00-\ufb06\uff01-\uff5e"

#: What the kinds of odd pieces are compared as, where that is always the same.
_FOLDED = {"dash": "-", "single": "'", "ellipsis": "..."}

_ODD = rf"""
    (?!\x20[0-9A-Za-z]) (?=[\s{_UNSEEN}{_DASHES}{_DOUBLE}{_SINGLE}{_FORMS}\u2026])   # what may be odd at all, quickly
    (?: (?P<dash> [\s{_UNSEEN}]* [{_DASHES}]+ [\s{_UNSEEN}]* )
    | (?P<gap> (?!\x20(?![\s{_UNSEEN}])) [\s{_UNSEEN}]+ )    # all but a single blank, which stands for itself
    | (?P<double> [\u00ab\u2039][\u00a0\u202f]+ | [\u00a0\u202f]+[\u00bb\u203a] | [{_DOUBLE}] | '' )
    | (?P<single> [{_SINGLE}] )
    | (?P<ellipsis> \u2026 )
    | (?P<form> [{_FORMS}] ) )
"""


@dataclass(frozen=True, slots=True)
class Folded:
    """A text and its ``words`` as they are compared; the two are tied together piece by piece."""

    text: str
    words: str
    _at: tuple[int, ...]
    _pieces: tuple[tuple[int, int, bool], ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where ``words[start:end]``, which is not empty, stands in the text, without blanks around it."""
        low, _, same = self._pieces[first := bisect_right(self._at, start) - 1]
        begin = low + (start - self._at[first] if same else 0)
        low, high, same = self._pieces[last := bisect_right(self._at, end - 1) - 1]
        finish = low + end - self._at[last] if same else high
        while begin < finish and self.text[begin].isspace():
            begin += 1
        while finish > begin and self.text[finish - 1].isspace():
            finish -= 1
        return begin, finish

    def index(self, place: int) -> int:
        """The first place of ``words`` that stands at or behind a place of the text."""
        number = bisect_right(self._pieces, (place, len(self.text) + 1, True)) - 1
        if number < 0:
            return 0
        low, _, same = self._pieces[number]
        if same:
            return self._at[number] + place - low
        return self._at[number] if place <= low else self._at[number] + 1


def fold(text: str) -> Folded:
    r"""A text as it is compared.

    >>> folded = fold("“Two vans” \N{EN DASH}  or\nthree")
    >>> folded.words
    "'Two vans'-or three"
    >>> start, end = folded.span(5, 9)
    >>> folded.text[start:end]
    'vans'
    >>> fold("2\N{SUPERSCRIPT TWO} is not 22").words == fold("22 is not 22").words
    False
    """
    words: list[str] = []
    at: list[int] = []
    pieces: list[tuple[int, int, bool]] = []
    length = done = 0

    def put(folded: str, start: int, end: int, *, same: bool) -> None:
        nonlocal length
        if folded:
            words.append(folded)
            at.append(length)
            pieces.append((start, end, same))
            length += len(folded)

    for odd in _odd(unicodedata.is_normalized("NFC", text)).finditer(text):
        put(text[done : odd.start()], done, odd.start(), same=True)
        put(_plain(odd, text), *odd.span(), same=False)
        done = odd.end()
    put(text[done:], done, len(text), same=True)
    return Folded(text, "".join(words), tuple(at), tuple(pieces))


def _plain(odd: re.Match[str], text: str) -> str:
    """What an odd piece of a text is compared as."""
    if (kind := odd.lastgroup) in _FOLDED:
        return _FOLDED[kind]
    if kind == "gap":
        return " " if any(sign.isspace() for sign in odd.group()) else ""
    if kind == "double":
        # After a figure it may be its unit: 5 inches are not 5 feet.
        return '"' if text[odd.start() - 1 : odd.start()].isdigit() else "'"
    return unicodedata.normalize("NFKC" if kind == "form" else "NFC", odd.group())


@cache
def _odd(composed: bool) -> re.Pattern[str]:  # noqa: FBT001 - the one thing that it depends on
    """The pattern of what is folded; in a text that is not composed (NFC), letters apart from their marks, too."""
    if composed:
        return re.compile(_ODD, re.VERBOSE)
    everything = [sign for sign in map(chr, range(0x80, 0x30000)) if unicodedata.category(sign) != "Cs"]
    marks = "".join(sign for sign in everything if unicodedata.combining(sign)) + "\u1161-\u11ff"
    alone = "".join(sign for sign in everything if not unicodedata.is_normalized("NFC", sign))
    return re.compile(rf"{_ODD} | (?P<apart> [^\s\-'\"`] [{marks}]+ | [{alone}] )", re.VERBOSE)
