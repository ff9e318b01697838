"""The words around an amount that open it upwards or downwards, or make it rough: "at least", "up to", "some"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from claims.figures.spelled import one_of

_LOW = """at least|no fewer than|no less than|not less than|not fewer than|nothing less than|more than|greater than|
    higher than|larger than|longer than|over|above|upwards of|upward of|in excess of|exceeding|exceeded|exceeds|exceed|
    a minimum of|minimum of|north of|as few as|as little as|well over|far more than|well above|>|≥|>="""
_HIGH = """at most|up to|no more than|not more than|fewer than|less than|lower than|smaller than|under|below|beneath|
    a maximum of|maximum of|as many as|as much as|as high as|as long as|as large as|not exceeding|short of|shy of|well
    below|well under|far fewer than|far less than|<|≤|<="""
_ROUGH = """about|around|approximately|approx.|roughly|some|circa|ca.|nearly|almost|close to|an estimated|estimated|
    virtually|near|near to|in the region of|in the neighborhood of|in the neighbourhood of|something like|more or less|
    nearer to|an approximate|perhaps|maybe|~|≈|±"""
_ROUGHLY_LOW = """just over|a little over|slightly over|just above|slightly above|just more than|slightly more than|
    a little more than|a bit more than|little more than"""
_ROUGHLY_HIGH = """just under|a little under|slightly under|just below|slightly below|just short of|just shy of|
    slightly less than|a little less than|a bit less than|slightly fewer than|little less than"""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How the words around an amount bend it, and the span they and the amount fill together."""

    start: int
    end: int
    #: the amount is the least there is ("at least 785")
    least: bool = False
    #: the amount is the most there is ("up to 50")
    most: bool = False
    approximate: bool = False


def _table(*rows: tuple[str, tuple[bool, bool, bool]]) -> dict[str, tuple[bool, bool, bool]]:
    return {" ".join(phrase.split()): bent for phrases, bent in rows for phrase in phrases.split("|")}


# The three truths of a row: at least, at most, approximate.
_BEFORE = _table(
    (_LOW, (True, False, False)),
    (_HIGH, (False, True, False)),
    (_ROUGH, (False, False, True)),
    (_ROUGHLY_LOW, (True, False, True)),
    (_ROUGHLY_HIGH, (False, True, True)),
)
_AFTER = _table(
    (
        "or more|or higher|or above|or over|or greater|or better|and more|and above|and over|-plus|+|at least",
        (True, False, False),
    ),
    ("or less|or fewer|or under|or lower|or below|and under|and below|at most|at the most", (False, True, False)),
    ("or so|-odd|-ish|or thereabouts|more or less|give or take", (False, False, True)),
)


def _spaced(phrase: str) -> str:
    """A pattern for ``phrase`` with any white space between its words."""
    return re.escape(phrase).replace(r"\ ", r"\s")


# Opens only what stands directly before it: "20 people, more than ever" opens nothing.
_LAST_WORDS = re.compile(
    rf"(?<![\w'’-])(?P<words>{one_of([_spaced(phrase) for phrase in _BEFORE])})\s?\Z",
    re.IGNORECASE,
)
_NEXT_WORDS = re.compile(
    rf"\s?(?P<words>{one_of([_spaced(phrase) for phrase in _AFTER])})(?![\w])(?!\sthan\b)",
    re.IGNORECASE,
)
_LONGEST = 1 + max(map(len, _BEFORE))
# "over two days" is how long it took, "under three laws" by their force.
_SPENT = re.compile(r"(?:over|near|above|below|under|beneath)\Z", re.IGNORECASE)


def find_bounds(text: str, start: int, end: int, *, lasting: bool = False) -> Bounds:
    """How the words on both sides of the amount ``text[start:end]`` bend it; several may ("up to about 50").

    ``lasting`` says that the amount is a length of time, over which things happen.

    >>> find_bounds("at least 785 fled", 9, 12)
    Bounds(start=0, end=12, least=True, most=False, approximate=False)
    >>> find_bounds("at last 785 fled", 8, 11)
    Bounds(start=8, end=11, least=False, most=False, approximate=False)
    """
    least = most = approximate = False
    first = start
    for _ in range(2):
        before = _LAST_WORDS.search(text[max(0, first - _LONGEST) : first])
        if not before or (lasting and _SPENT.match(before["words"])):
            break
        bent = _BEFORE[" ".join(before["words"].lower().split())]
        least, most, approximate = least or bent[0], most or bent[1], approximate or bent[2]
        first -= len(before.group())
    after = find_bounds_after(text, end)
    least, most = least or after.least, most or after.most
    return Bounds(first, after.end, least, most and not least, approximate or after.approximate)


def find_bounds_after(text: str, end: int) -> Bounds:
    """The same for the words after ``end`` alone.

    >>> find_bounds_after("20 guards or more", 9)
    Bounds(start=9, end=17, least=True, most=False, approximate=False)
    """
    after = _NEXT_WORDS.match(text, end)
    if not after:
        return Bounds(end, end)
    return Bounds(end, after.end(), *_AFTER[" ".join(after["words"].lower().split())])
