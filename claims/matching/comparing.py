"""Comparing: which amounts of two claims are of the same thing, and which of the two claims speaks of a part."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from claims.matching.amount import Amount
from claims.matching.amounts import SPAN
from claims.matching.assertion import Assertion
from claims.matching.vocabulary import vocabulary

# Of a group some are counted, beside others: "another 12", "12 more died", "the remaining 165", "of them, 100 fled".
_BESIDE_OTHERS = re.compile(
    rf"""\b(?:another|an\s(?:extra|additional)\s|(?:a\s)?further\s(?=\d)|(?:extra|additional)\s(?=\d)|the\sremaining|the\slast\s(?!(?:\w+\s)?(?:{SPAN})s?\b)|the\srest|(?<!percent\s)(?<!cent\s)(?<!%\s)more(?!\sthan)|of\s(?:them|those|whom)
    |(?:second|third|other|separate)\s(?:group|batch|wave|convoy|party|crowd)s?)(?:\b|(?<=\s))""",
    re.VERBOSE | re.IGNORECASE,
)
_REMEMBERED = 1 << 17


def comparable(one: Assertion, other: Assertion, of: Sequence[Amount] | None = None) -> tuple[Amount, Amount] | None:
    """The first amounts of two claims that measure or count the same; None where there are none; ``of`` are those of the one that matter.

    >>> from claims.matching.assertion import assertion_of
    >>> def read(claim): return assertion_of({"claim_id": "", "claim": claim})
    >>> [amount.text for amount in comparable(read("Bridge 4 km long cost 3 euros."), read("It cost 5 euros."))]
    ['3 euros', '5 euros']
    >>> comparable(read("It cost 4 euros."), read("It cost 5 dollars.")) is None
    True
    >>> comparable(read("It makes 300 cars a week."), read("It makes 15,600 cars a year.")) is None
    True
    """
    pairs = [
        (mine, yours)
        for mine in (one.amounts if of is None else of)
        for yours in other.amounts
        if mine.change == yours.change and mine.per == yours.per
    ]
    same = [(mine, yours) for mine, yours in pairs if mine.unit == yours.unit]
    once = [
        pair for pair in same if sum(pair[0].unit == other.unit for other, _ in same) == 1
    ]  # no other of its kind on either side
    if apart := next((pair for pair in once if not pair[0].fits(pair[1])), None):
        return apart
    shares = [(mine, yours) for mine, yours in same if mine.unit == "share"]
    alike = [
        (mine, yours)
        for mine, yours in pairs
        if is_anybody(mine.unit, yours.unit)
        or _befell(mine.unit, yours.unit, other)
        or _befell(yours.unit, mine.unit, one)
    ]
    return next(iter(shares or same or alike), None)


@lru_cache(maxsize=_REMEMBERED)
def counts_beside_others(text: str) -> bool:
    """Whether a claim counts some beside others that were counted before, and not all of them.

    >>> [counts_beside_others(claim) for claim in ("Another 12 men fled.", "12 more men fled.", "The last 12 men fled.")]
    [True, True, True]
    >>> [counts_beside_others(claim) for claim in ("More than 12 men fled.", "In the last three weeks 12 men fled.")]
    [False, False]
    """
    return bool(_BESIDE_OTHERS.search(text))


def is_count(amount: Amount) -> bool:
    """Whether it counts things, rather than measuring them or naming a share: a part of what is counted is smaller."""
    return amount.unit == amount.noun != "" and amount.unit not in vocabulary().kinds["units"]


def is_person(unit: str) -> bool:
    """Whether persons are counted."""
    return unit in vocabulary().kinds["persons"] or unit in vocabulary().kinds["people"]


def are_labelled_apart(one: Assertion, other: Assertion) -> bool:
    """Whether a number tells two things of one name apart: flight 218 and flight 305.

    >>> from claims.matching.assertion import assertion_of
    >>> def read(claim): return assertion_of({"claim_id": "", "claim": claim})
    >>> are_labelled_apart(read("Flight 218 crashed."), read("Flight 305 crashed."))
    True
    """
    mine, yours = one.labels, other.labels
    return any(mine[name].isdisjoint(yours[name]) for name in mine if name in yours)


def _befell(act: str, unit: str, told: Assertion) -> bool:
    """Whether one counts what befell persons, and the other the persons whom it befell: "14 deaths", "14 people died"."""
    return act in vocabulary().kinds["done_to"] and is_person(unit) and act in told.words


def is_anybody(mine: str, yours: str) -> bool:
    """Whether one counts people or a group of them, and the other people, or just a number: "785 detainees", "about 100 fled"."""
    people = vocabulary().kinds["people"]
    return any(
        (one in people and is_person(other)) or (is_person(one) and not other)
        for one, other in ((mine, yours), (yours, mine))
    )
