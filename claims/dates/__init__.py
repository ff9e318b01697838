"""Time expressions in a text, each with its span and what it resolves to, given the day of publication.

    find_dates("The guards struck on Wednesday.", date(2019, 10, 13))  ->  Wednesday = 2019-10-09

The rooms of this package, in the order in which they may import: ``words`` (the vocabulary), ``periods`` (the
calendar), ``scene`` (what an expression is read against), ``phrases`` (how a pattern and its reader are entered and
found), and then the phrases themselves, kind by kind: ``days``, ``years``, ``parts``, ``feasts``, ``relative``,
``distances``, ``times``, ``sets``, ``lengths``, ``vague``; ``anchors`` ties lengths to the dates beside them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce

from claims.dates import days, distances, feasts, lengths, parts, relative, sets, times, vague, years
from claims.dates.anchors import anchored
from claims.dates.phrases import Kind, Phrasebook
from claims.dates.scene import Scene

__all__ = ["Date", "find_dates", "find_dates_batch"]

# Of two readings that are equally long, the one from the earlier room is preferred.
_ROOMS = (days, years, parts, feasts, relative, distances, times, sets, lengths, vague)
_BOOK = reduce(Phrasebook.then, [room.BOOK for room in _ROOMS])


@dataclass(frozen=True, slots=True)
class Date:
    """``text`` is the words as they stand; ``timex`` their TIMEX3 value; ``first`` and ``last`` the days they cover.

    ``first`` and ``last`` are None where the words name no days or cannot be resolved; ``why`` says in a few words how
    they were resolved or why they were not.
    """

    start: int
    end: int
    text: str
    kind: Kind
    timex: str
    first: date | None
    last: date | None
    why: str


def find_dates(text: str, published: date | None) -> list[Date]:
    """The time expressions of ``text``, in order, none overlapping, resolved against the day of publication.

    >>> [found] = find_dates("The offensive began on Wednesday.", date(2019, 10, 13))
    >>> found.text, found.kind, found.timex, found.why
    ('Wednesday', 'DATE', '2019-10-09', 'the Wednesday before Sunday 13 October 2019')
    >>> [(found.timex, found.first, found.why) for found in find_dates("The offensive began on Wednesday.", None)]
    [('XXXX-WXX-3', None, 'no publication date is known')]
    >>> find_dates("You may march in the second row of 1,990 people.", date(2019, 10, 13))
    []
    """
    scene = Scene(text, published)
    return [
        Date(start, end, text[start:end], reading.kind, reading.timex, reading.first, reading.last, reading.why)
        for start, end, reading in anchored(text, list(_BOOK.read(scene)))
    ]


def find_dates_batch(texts: Iterable[str], published: Iterable[date | None]) -> list[list[Date]]:
    """``find_dates`` of each text with its own day of publication; both must be of one length (else ValueError)."""
    return [find_dates(text, day) for text, day in zip(texts, published, strict=True)]
