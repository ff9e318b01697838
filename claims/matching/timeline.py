"""Timeline: one figure of a story as its articles tell it, by date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from claims.matching.agreement import SHARED, agreement
from claims.matching.amount import Amount
from claims.matching.assertion import Assertion, assertion_of
from claims.matching.comparing import comparable

#: A story is at most so many days long on either side of the claim that is asked about.
STORY = 90


@dataclass(frozen=True, slots=True)
class Point:
    """What one claim says the figure is: ``low`` to ``high`` as its words have it, None where they are open.

    ``day`` is when it was published, or the day that it speaks of where nobody knows that.
    """

    day: date
    low: float | None
    high: float | None
    unit: str
    claim_id: str
    article_id: str
    speaker: str
    words: str


def timeline(row: Mapping[str, Any], rows: Iterable[Mapping[str, Any]], *, story: int = STORY) -> list[Point]:
    """The figure of a claim and the same figure in the other claims, by date; claims without any date are left out.

    >>> def told(name, day, claim): return {"claim_id": name, "published": date(2023, 2, day), "claim": claim}
    >>> first = told("a", 6, "The earthquake in Tesna killed 210 people.")
    >>> later = told("b", 9, "At least 1,300 people died in the Tesna quake.")
    >>> latest = told("d", 12, "The death toll in the Tesna quake has risen to 1,450.")
    >>> other = told("c", 9, "The earthquake in Tesna left 4,000 people homeless.")
    >>> [(point.day.day, point.low, point.high) for point in timeline(first, [first, later, latest, other])]
    [(6, 210.0, 210.0), (9, 1300.0, None), (12, 1450.0, 1450.0)]
    """
    asked = assertion_of(row)
    others = [other for other in (asked, *map(assertion_of, rows)) if _is_of_one_thing(asked, other)]
    # One figure is told, whatever else a claim has: a count rather than the share that it makes, which stands on no axis with it.
    figures = sorted(asked.amounts, key=lambda amount: amount.unit == "share")
    drawn = (_points(asked, figure, others, story) for figure in figures)
    alone: list[Point] = []
    for points in drawn:
        if len(points) > 1:
            return points
        alone = alone or points
    return alone


def _points(asked: Assertion, figure: Amount, others: Iterable[Assertion], story: int) -> list[Point]:
    """The one figure in each of the claims that tell it, by date."""
    points: dict[str, Point] = {}
    for other in others:
        amounts = comparable(asked, other, [figure])
        day = other.published or other.first
        if amounts and day and _is_in(day, asked, story):
            amount = amounts[1]
            low, high = amount.said
            points.setdefault(
                other.claim_id,
                Point(day, low, high, amount.unit, other.claim_id, other.article_id, other.speaker, amount.text),
            )
    return sorted(points.values(), key=lambda point: (point.day, point.claim_id))


def _is_of_one_thing(asked: Assertion, other: Assertion) -> bool:
    """Whether the other tells of what the asked one tells of, so far as that is certain: its figures may be the same ones."""
    if asked.claim_id == other.claim_id:
        return True
    found = agreement(asked, other)
    return (
        asked.mode == other.mode
        and not (asked.negated or other.negated)
        and found.weight >= SHARED
        and not found.is_two_sided
        and set(found.mine) <= set(asked.names)
        and set(found.yours) <= set(other.names)
    )


def _is_in(day: date, asked: Assertion, story: int) -> bool:
    middle = asked.published or asked.first
    return middle is None or abs((day - middle).days) <= story
