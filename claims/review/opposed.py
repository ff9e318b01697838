"""Opposed figures: claims that say the same of different amounts, told apart from those that only look alike."""

from __future__ import annotations

import math
import re
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from claims.figures import find_figures

_WORD = re.compile(r"\w+(?:['’]\w+)*")


@dataclass(frozen=True, slots=True)
class _Stated:
    """A claim's figure: what it says of it in the same words, what follows, and its bounds."""

    claim_id: str
    of: Hashable
    tail: tuple[str, ...]
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class _Ends:
    """Of some figures, the one that ends lowest and the one that begins highest: what opposes any, opposes one of these."""

    lowest: _Stated
    highest: _Stated


def opposed_figures(rows: Iterable[Mapping[str, Any]], *, words: float = 3, apart: float = 0.01) -> dict[str, str]:
    """For each claim whose figure another claim's excludes, that other claim; both by name.

    >>> told = {"figure_unit": "nurses", "date_first": None, "date_last": None}
    >>> def row(name, claim, figure):
    ...     return {"claim_id": name, "claim": claim, "figure_low": figure, "figure_high": figure, **told}
    >>> more, fewer = row("a", "The ministry hired 312 nurses.", 312), row("b", "The ministry hired 280 nurses.", 280)
    >>> opposed_figures([more, fewer])
    {'a': 'b', 'b': 'a'}
    >>> opposed_figures([more, row("c", "The ministry fired 280 nurses.", 280)])
    {}

    Two claims say the same where the words before the figure are the same, and at least so many ``words``; where the unit
    is the same; where both mean the same days, or neither names one; and where what follows is the same, or one ends
    there. Figures exclude each other where the stretches that their words allow lie ``apart``, by that share of the
    greater one: "at least 300" and 312 do not. Time grows as the number of rows does.
    """
    groups: dict[Hashable, list[_Stated]] = {}
    for row in _alike(rows, math.ceil(words)):
        if stated := _stated(row, words):
            groups.setdefault(stated.of, []).append(stated)
    return {
        each.claim_id: other.claim_id
        for group in groups.values()
        if len(group) > 1
        for each, others in _beside(group)
        if (other := _opposing(each, others, apart))
    }


def _alike(rows: Iterable[Mapping[str, Any]], words: int) -> Iterator[Mapping[str, Any]]:
    """The rows that have a figure and begin as another one does, with another figure: reading figures takes long."""
    begun: dict[Hashable, list[Mapping[str, Any]]] = {}
    for row in rows:
        if row.get("figure_unit") and _given(row) != (None, None):
            days = row.get("date_first"), row.get("date_last")
            beginning = tuple(found[0].casefold() for found in islice(_WORD.finditer(row["claim"]), words))
            begun.setdefault((beginning, _words(row["figure_unit"]), days), []).append(row)
    for group in begun.values():
        if len({_given(row) for row in group}) > 1:
            yield from group


def _given(row: Mapping[str, Any]) -> tuple[float | None, float | None]:
    return row.get("figure_low"), row.get("figure_high")


def _stated(row: Mapping[str, Any], words: float) -> _Stated | None:
    """The figure of a claim in its words; None where its wording does not show which it is."""
    figure = next((each for each in find_figures(row["claim"]) if (each.low, each.high) == _given(row)), None)
    if figure is None:
        return None
    lead, tail = _words(row["claim"][: figure.start]), _words(row["claim"][figure.end :])
    if len(lead) < words:
        return None
    named = _words(row["figure_unit"])
    if tail[: len(named)] == named:
        tail = tail[len(named) :]
    low, high = figure.low, figure.high
    return _Stated(
        row["claim_id"],
        (lead, named, row.get("date_first"), row.get("date_last")),
        tail,
        -math.inf if low is None else low,
        math.inf if high is None else high,
    )


def _beside(group: list[_Stated]) -> Iterable[tuple[_Stated, list[_Ends]]]:
    """Each claim with the ends of those that it may be held against: all for one that ends with its figure."""
    tails: dict[tuple[str, ...], list[_Stated]] = {}
    for each in group:
        tails.setdefault(each.tail, []).append(each)
    ends = {tail: _ends(those) for tail, those in tails.items()}
    whole = _ends(group)
    for each in group:
        yield each, [ends[tail] for tail in (each.tail, ()) if tail in ends] if each.tail else [whole]


def _ends(group: list[_Stated]) -> _Ends:
    return _Ends(min(group, key=lambda each: each.high), max(group, key=lambda each: each.low))


def _opposing(each: _Stated, others: list[_Ends], apart: float) -> _Stated | None:
    candidates = (end for ends in others for end in (ends.lowest, ends.highest))
    return next((end for end in candidates if _exclude(each, end, apart)), None)


def _exclude(one: _Stated, other: _Stated, apart: float) -> bool:
    """Whether there is a gap between two figures, and a wide enough one."""
    low, high = min(one.high, other.high), max(one.low, other.low)
    return low < high and high - low >= apart * max(abs(low), abs(high))


def _words(text: str) -> tuple[str, ...]:
    return tuple(found.casefold() for found in _WORD.findall(text))
