"""Lengths of time counted from a date beside them: "three weeks after 11 September 2001" ends on a known day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from claims.dates.periods import moved_by, spoken
from claims.dates.phrases import Reading

_AMOUNT = re.compile(r"P(?P<number>\d{1,6})(?P<unit>[DWMY])")
_UNITS = {"D": "day", "W": "week", "M": "month", "Y": "year"}

# "after 3 May", "before the vote on 3 May"
_BETWEEN = re.compile(
    r"\s(?:(?P<after>after|from|following|since)|before)\s(?:the\s)?(?:(?:[a-z]+\s){0,5}(?:on|of)\s)?", re.IGNORECASE
)
_LONGEST_BETWEEN = 60

# What stands behind the last reading.
_NOTHING = Reading("DATE", "XXXX", None, None, "")


def anchored(text: str, found: list[tuple[int, int, Reading]]) -> Iterator[tuple[int, int, Reading]]:
    """The same readings; a length counted from a known day has that day's ``first`` and ``last``."""
    for (start, end, reading), (anchor_start, _, anchor) in pairwise([*found, (len(text), len(text), _NOTHING)]):
        yield start, end, _counted(reading, text[end : min(anchor_start, end + _LONGEST_BETWEEN)], anchor)


def _counted(reading: Reading, between: str, anchor: Reading) -> Reading:
    joint, amount = _BETWEEN.fullmatch(between), _AMOUNT.fullmatch(reading.timex)
    if reading.kind != "DURATION" or joint is None or amount is None:
        return reading
    if anchor.kind != "DATE" or anchor.first is None or anchor.first != anchor.last:
        return reading
    way = 1 if joint["after"] else -1
    day = moved_by(anchor.first, way * int(amount["number"]), _UNITS[amount["unit"]])
    if day is None:
        return reading
    why = f"counted {'from' if way > 0 else 'back from'} {spoken(anchor.first)}"
    return replace(reading, first=day, last=day, why=why)
