"""Agreement: how far two readings of the same claims agree, overall, by scale, by pair of readers, and over time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TypeVar

import numpy as np

from claims.errors import ClaimsError
from claims.review.coefficients import Counts, alpha, alpha_interval, kappa, ordinal_alpha, percent
from claims.verdict import Scale, load_scale, scale_names

#: Fewer claims than these give no rate. With nine, one claim moves the percentage by eleven points, and the interval of
#: alpha reaches from chance to perfect: the number would tell more than is known, and about a person.
MINIMUM = 10

#: What readings can be gathered by in :func:`over_time`, and the first day of each.
PERIODS: dict[str, Callable[[date], date]] = {
    "week": lambda day: day - timedelta(days=day.weekday()),
    "month": lambda day: day.replace(day=1),
    "year": lambda day: day.replace(month=1, day=1),
}

#: Places that an order needs before it says more than that two labels differ.
_ORDERED = 3

_Group = TypeVar("_Group", str, date, tuple[str, str])


@dataclass(frozen=True, slots=True)
class Pair:
    """Two readings of one claim, by the labels of one scale; ``at`` is when the second was given."""

    claim_id: str
    scale: str
    first_reader: str
    first_verdict: str
    second_reader: str
    second_verdict: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far ``n`` pairs of readings agree; what cannot be said is None, and ``why`` is then a sentence.

    ``percent`` runs from 0 to 100; ``kappa`` (Cohen's) and ``alpha`` (Krippendorff's, of labels without an order) from 1
    for perfect through 0 for chance to below; ``low`` and ``high`` are alpha's 95 % interval. ``ordinal`` is alpha of
    ordered labels, over the pairs in which both have a place from worst to best. ``enough`` is false below
    :data:`MINIMUM` claims; nothing is then given but ``n``.
    """

    n: int
    percent: float | None = None
    kappa: float | None = None
    alpha: float | None = None
    ordinal: float | None = None
    low: float | None = None
    high: float | None = None
    enough: bool = False
    why: str = ""


def agreement(pairs: Iterable[Pair], scales: Mapping[str, Scale] | None = None) -> Agreement:
    """How far these pairs of readings agree. ``scales`` holds the desk's own by name; the shipped ones are known.

    >>> at = datetime(2024, 3, 4)
    >>> pairs = [Pair(f"c{n}", "averitec", "Korda", "Refuted", "Ilic", "Refuted", at) for n in range(11)]
    >>> few = agreement(pairs[:9])
    >>> few.n, few.enough, few.percent, few.why
    (9, False, None, 'Fewer than 10 claims were read twice: too few for a rate.')
    >>> alike = agreement(pairs)
    >>> alike.percent, alike.kappa, alike.why
    (100.0, None, 'Every reading gave the same verdict: agreement cannot be told from chance.')
    >>> split = agreement([*pairs, Pair("d", "averitec", "Ilic", "Supported", "Korda", "Supported", at)])
    >>> split.kappa, split.alpha, (split.low, split.high)
    (1.0, 1.0, (1.0, 1.0))

    Kappa compares the first readings with the second ones, whoever gave them. Pairs of several scales have a percentage
    only: labels that cannot be taken for one another would pass for agreement beyond chance. Where all readings gave one
    label, kappa and alpha are zero by zero. ``ordinal`` asks three places at least, since two have no order that
    matters, and :data:`MINIMUM` claims with both readings on them.
    """
    listed = list(pairs)
    if len({pair.claim_id for pair in listed}) < MINIMUM:
        few = f"Fewer than {MINIMUM} claims were read twice: too few for a rate."
        return Agreement(len(listed), why=few if listed else "No claim was read twice yet.")
    if len({pair.scale for pair in listed}) > 1:
        agreed = sum(pair.first_verdict == pair.second_verdict for pair in listed)
        mixed = "The readings are on different scales: chance cannot be reckoned over them together."
        return Agreement(len(listed), 100 * agreed / len(listed), enough=True, why=mixed)
    places = {label: place for place, label in enumerate(sorted({label for pair in listed for label in _labels(pair)}))}
    counts = _counted(listed, places)
    found = Agreement(len(listed), percent(counts), kappa(counts), alpha(counts), enough=True)
    if found.alpha is None:
        return replace(found, why="Every reading gave the same verdict: agreement cannot be told from chance.")
    low, high = alpha_interval(*_by_claim(listed, places)) or (None, None)
    return replace(found, low=low, high=high, ordinal=_ordinal(listed, scales or {}))


def by_scale(pairs: Iterable[Pair], scales: Mapping[str, Scale] | None = None) -> dict[str, Agreement]:
    """The same for each scale, by its name."""
    return _each(pairs, lambda pair: pair.scale, scales)


def by_pair(pairs: Iterable[Pair], scales: Mapping[str, Scale] | None = None) -> dict[tuple[str, str], Agreement]:
    """The same for each two people, whoever of them read first; kappa compares the one with the other.

    >>> at = datetime(2024, 3, 4)
    >>> pair = Pair("c", "averitec", "Korda", "Refuted", "Ilic", "Supported", at)
    >>> list(by_pair([pair, replace(pair, first_reader="Ilic", second_reader="Korda")]))
    [('Ilic', 'Korda')]
    """
    return _each(map(_turned, pairs), lambda pair: (pair.first_reader, pair.second_reader), scales)


def over_time(
    pairs: Iterable[Pair], by: str = "month", scales: Mapping[str, Scale] | None = None
) -> dict[date, Agreement]:
    """The same for each week, month or year with second readings, by its first day, the earliest first.

    >>> over_time([], by="moon")
    Traceback (most recent call last):
    ...
    claims.errors.ClaimsError: Readings cannot be gathered by 'moon'. Use one of: week, month, year.
    """
    if by not in PERIODS:
        raise ClaimsError(f"Readings cannot be gathered by {by!r}.", f"Use one of: {', '.join(PERIODS)}.")
    begin = PERIODS[by]
    return _each(pairs, lambda pair: begin(pair.at.date()), scales)


def _each(
    pairs: Iterable[Pair], key: Callable[[Pair], _Group], scales: Mapping[str, Scale] | None
) -> dict[_Group, Agreement]:
    groups: dict[_Group, list[Pair]] = {}
    for pair in pairs:
        groups.setdefault(key(pair), []).append(pair)
    return {name: agreement(groups[name], scales) for name in sorted(groups)}


def _turned(pair: Pair) -> Pair:
    """The pair with its readers in the order of their names."""
    if pair.first_reader <= pair.second_reader:
        return pair
    return replace(
        pair,
        first_reader=pair.second_reader,
        first_verdict=pair.second_verdict,
        second_reader=pair.first_reader,
        second_verdict=pair.first_verdict,
    )


def _labels(pair: Pair) -> tuple[str, str]:
    return pair.first_verdict, pair.second_verdict


def _counted(pairs: Sequence[Pair], places: Mapping[str, int]) -> Counts:
    """How often each label met each: the first readings down, the second ones across."""
    counts = np.zeros((len(places), len(places)), dtype=np.int64)
    np.add.at(counts, tuple(np.array([[places[label] for label in _labels(pair)] for pair in pairs]).T), 1)
    return counts


def _by_claim(pairs: Sequence[Pair], places: Mapping[str, int]) -> tuple[Counts, Counts]:
    """For each claim, how many of its pairs differ, and how often each label was given."""
    numbers = {name: number for number, name in enumerate(dict.fromkeys(pair.claim_id for pair in pairs))}
    apart = np.zeros(len(numbers), dtype=np.int64)
    labels = np.zeros((len(numbers), len(places)), dtype=np.int64)
    for pair in pairs:
        claim = numbers[pair.claim_id]
        apart[claim] += pair.first_verdict != pair.second_verdict
        for label in _labels(pair):
            labels[claim, places[label]] += 1
    return apart, labels


def _ordinal(pairs: Sequence[Pair], scales: Mapping[str, Scale]) -> float | None:
    """Alpha of the labels' order, where the pairs' scale has one and enough claims have both readings on it."""
    places = _order(pairs[0].scale, scales)
    placed = [pair for pair in pairs if all(label in places for label in _labels(pair))]
    if len(set(places.values())) < _ORDERED or len({pair.claim_id for pair in placed}) < MINIMUM:
        return None
    return ordinal_alpha(_counted(placed, places))


def _order(name: str, scales: Mapping[str, Scale]) -> dict[str, int]:
    """The place of each label from worst to best, from 0; labels of one rating share theirs, those without have none."""
    scale = scales.get(name) or (load_scale(name) if name in scale_names() else None)
    ratings = {each.label: each.rating for each in scale.verdicts if each.rating is not None} if scale else {}
    steps = sorted(set(ratings.values()))
    return {label: steps.index(rating) for label, rating in ratings.items()}
