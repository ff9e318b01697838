"""Text without what a typesetter may change: white space, the form of quotation marks and dashes, what is not seen.

Every folded sign knows where it stood, so that what is found in the folded text has its true span.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
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

_ODD = re.compile(
    rf"""
    (?!\x20[0-9A-Za-z]) (?=[\s{_UNSEEN}{_DASHES}{_DOUBLE}{_SINGLE}{_FORMS}\u2026])   # what may be odd at all, quickly
    (?: (?P<dash> (?> [\s{_UNSEEN}]* [{_DASHES}] ){{4,}}+ [\s{_UNSEEN}]*         # a line drawn of dashes: one dash
        | [\s{_UNSEEN}]* [{_DASHES}]+ [\s{_UNSEEN}]* )
    | (?P<gap> (?!\x20(?![\s{_UNSEEN}])) [\s{_UNSEEN}]+ )    # all but a single blank, which stands for itself
    | (?P<double> [\u00ab\u2039][\u00a0\u202f]+ | [\u00a0\u202f]+[\u00bb\u203a] | [{_DOUBLE}] | '' )
    | (?P<single> [{_SINGLE}] )
    | (?P<ellipsis> \u2026 )
    | (?P<form> [{_FORMS}] ) )
    """,
    re.VERBOSE,
)
_BREAK = re.compile(r"[ \n]")

#: About how many signs of a text that is not composed are composed together.
_BLOCK = 4_000


@dataclass(frozen=True, slots=True)
class Folded:
    """A text and its ``words`` as they are compared; the two are tied together piece by piece."""

    text: str
    words: str
    _composed: Composed
    _at: Sequence[int]
    _low: Sequence[int]
    _high: Sequence[int]
    _same: bytes

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where ``words[start:end]``, which is not empty, stands in the text, without blanks around it."""
        first = bisect_right(self._at, start) - 1
        begin = self._low[first] + (start - self._at[first] if self._same[first] else 0)
        last = bisect_right(self._at, end - 1) - 1
        finish = self._low[last] + end - self._at[last] if self._same[last] else self._high[last]
        begin, finish = self._composed.of_text(begin), self._composed.of_text(finish, behind=True)
        while begin < finish and self.text[begin].isspace():
            begin += 1
        while finish > begin and self.text[finish - 1].isspace():
            finish -= 1
        return begin, finish

    def index(self, place: int) -> int:
        """The first place of ``words`` that stands at or behind a place of the text."""
        place = self._composed.place(place)
        number = bisect_right(self._low, place) - 1
        if number < 0:
            return 0
        beyond = min(place, self._high[number]) - self._low[number]
        return min(self._at[number] + (beyond if self._same[number] else min(beyond, 1)), len(self.words))


@dataclass(frozen=True, slots=True)
class Composed:
    """A text with each letter and its marks as one sign (NFC), and which place of the one is which of the other.

    Only the block that a place lies in is gone through: a long text has a mark every few letters, and few places are asked for.
    """

    source: str
    text: str
    _starts: Sequence[int]
    _made: Sequence[int]

    def of_text(self, place: int, *, behind: bool = False) -> int:
        """The place of the source that stands at a place of the composed text; between a letter and its marks, before or behind both."""
        if not self._starts:
            return place
        number = max(bisect_right(self._made, place) - 1, 0)
        at, made = self._starts[number], self._made[number]
        for low, high, length in self._apart(number):
            if made + low - at + length > place:
                between = at + place - made > low
                return (high if behind else low) if between else at + place - made
            at, made = high, made + low - at + length
        return at + place - made

    def place(self, place: int) -> int:
        """The place of the composed text that stands at, or behind, a place of the source."""
        if not self._starts:
            return place
        number = max(bisect_right(self._starts, place) - 1, 0)
        at, made = self._starts[number], self._made[number]
        for low, high, length in self._apart(number):
            if low >= place:
                break
            at, made = high, made + low - at + length
        return made + max(place - at, 0)

    def _apart(self, number: int) -> Iterator[tuple[int, int, int]]:
        """In a block of the source, what is composed: from where to where, and how long it then is."""
        end = self._starts[number + 1] if number + 1 < len(self._starts) else len(self.source)
        for apart in _apart().finditer(self.source, self._starts[number], end):
            yield *apart.span(), len(unicodedata.normalize("NFC", apart.group()))


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
    composed = _compose(text)
    whole = composed.text
    words: list[str] = []
    at, low, high, same = array("q"), array("q"), array("q"), bytearray()
    length = done = 0
    # Written out, without a function or a tuple for each piece: some texts have one for every few signs.
    for odd in _ODD.finditer(whole):
        start, end = odd.span()
        if start > done:
            words.append(whole[done:start])
            at.append(length)
            low.append(done)
            high.append(start)
            same.append(True)
            length += start - done
        if folded := _plain(odd, whole):
            words.append(folded)
            at.append(length)
            low.append(start)
            high.append(end)
            same.append(False)
            length += len(folded)
        done = end
    if done < len(whole):
        words.append(whole[done:])
        at.append(length)
        low.append(done)
        high.append(len(whole))
        same.append(True)
    return Folded(text, "".join(words), composed, at, low, high, bytes(same))


def _plain(odd: re.Match[str], text: str) -> str:
    """What an odd piece of a text is compared as."""
    if (kind := odd.lastgroup) in _FOLDED:
        return _FOLDED[kind]
    if kind == "gap":
        return " " if any(sign.isspace() for sign in odd.group()) else ""
    if kind == "double":
        # After a figure it may be its unit: 5 inches are not 5 feet.
        return '"' if text[odd.start() - 1 : odd.start()].isdigit() else "'"
    return unicodedata.normalize("NFKC", odd.group())


def _compose(text: str) -> Composed:
    if unicodedata.is_normalized("NFC", text):
        return Composed(text, text, (), ())
    starts, made, blocks = array("q"), array("q"), []
    at = length = 0
    while at < len(text):
        # A line end and a blank are never composed with what stands before them.
        cut = _BREAK.search(text, at + _BLOCK)
        end = cut.start() if cut else len(text)
        starts.append(at)
        made.append(length)
        blocks.append(unicodedata.normalize("NFC", text[at:end]))
        length += len(blocks[-1])
        at = end
    return Composed(text, "".join(blocks), starts, made)


@cache
def _apart() -> re.Pattern[str]:
    """The pattern of what is composed: letters apart from their marks, and signs that NFC writes as others."""
    everything = [sign for sign in map(chr, range(0x80, 0x30000)) if unicodedata.category(sign) != "Cs"]
    marks = "".join(sign for sign in everything if unicodedata.combining(sign)) + "\u1161-\u11ff"
    alone = "".join(sign for sign in everything if not unicodedata.is_normalized("NFC", sign))
    return re.compile(rf"[^\s] {_one_of(marks)}+ | {_one_of(alone)}", re.VERBOSE)


def _one_of(signs: str) -> str:
    """A class of signs, those of the first plane by themselves: in those the engine looks up a sign at once."""
    plane = "".join(sign for sign in signs if sign <= "\uffff")
    beyond = "".join(sign for sign in signs if sign > "\uffff")
    return rf"(?: [{plane}] | (?=[\U00010000-\U0010ffff])[{beyond}] )"
