"""Clashes by word: a statement and its denial, two opposites, evidence and none."""

from __future__ import annotations

import re

from claims.matching.agreement import Agreement
from claims.matching.amount import Amount
from claims.matching.assertion import Assertion, as_written
from claims.matching.clash import PERHAPS, Clash, why_of
from claims.matching.comparing import comparable, is_count
from claims.matching.days import said_within, same_time
from claims.matching.events import are_elsewhere, are_known_apart, are_of_one_event, opposites_in
from claims.matching.recurring import SAME_NEWS

HALF = 0.5
_CLAIMS = re.compile(r"\b(?:claim|accept|admit|assum|took|take)\w*\sresponsibility\b", re.IGNORECASE)
_SOME = re.compile(r"\b(?:some|several|a\snumber|many|few)\b(?!\s\d)", re.IGNORECASE)
# What is the opposite of denying something, said of oneself.
_OWNED_UP = frozenset({"claim", "concede", "confirm", "responsibiliti"})


def by_polarity(one: Assertion, other: Assertion, found: Agreement) -> Clash | None:
    """One denies what the other says, or says its opposite."""
    mine, yours = set(found.mine), set(found.yours)
    opposed = found.is_opposed
    has_none = _has_none(one, other) or _has_none(other, one)
    negated = one.negated != other.negated or _lacks_it(one, other, found) or has_none
    if opposed == negated:
        return None
    denier, affirmed = (mine, yours) if one.negated else (yours, mine)
    if not opposed and (denier or affirmed - set(one.places | other.places)):
        return None
    amounts = comparable(one, other)
    counts = (one.amounts or other.amounts) and not has_none
    if not opposed and counts and not (amounts and amounts[0].fits(amounts[1])):
        return None
    if opposed and amounts and _are_of_a_group(*amounts) and min(amounts[0].low, amounts[1].low) <= HALF:
        return None  # 45 percent may be for it and 40 against
    told = [amount for amount in (*one.amounts, *other.amounts) if not (opposed and amount.unit == "vote")]
    counted = not has_none and any(map(is_count, told)) and not (opposed and _is_all_and_some(one, other))
    if counted or not _same_news(one, other):
        return None
    said = f"{as_written(one, mine)} and {as_written(other, yours)}" if opposed else "A statement and its denial"
    return Clash(one.claim_id, other.claim_id, "polarity", why_of(one, said, found))


def _has_none(one: Assertion, other: Assertion) -> bool:
    """Whether the one tells that there is none of what the other tells of, and neither counts anything else: "no ward", "a ward"."""
    return (
        len(one.amounts) == 1 and one.amounts[0].high == 0 and not other.amounts and one.amounts[0].unit in other.words
    )


def _lacks_it(one: Assertion, other: Assertion, found: Agreement) -> bool:
    """Whether nothing sets them apart but that the one tells "without" and the other "with"."""
    same = not (found.mine or found.yours or one.negated or other.negated)
    return same and (" without " in one.text) != (" without " in other.text) and (" with " in one.text + other.text)


def by_opposites(one: Assertion, other: Assertion, found: Agreement) -> Clash | None:
    """Two reports of one event that each say more, one with the opposite of what the other says. Never firm."""
    opposed = opposites_in(found)
    if not opposed or one.negated != other.negated or not _same_news(one, other):
        return None
    if are_elsewhere(one, other, found) or are_known_apart(found) or not are_of_one_event(one, other, found):
        return None
    amounts = comparable(one, other)
    counts = [amount for each in (one, other) for amount in each.amounts if is_count(amount)]
    if counts and not (amounts and amounts[0].fits(amounts[1])):
        return None  # one of five lives, four are dead
    if any(amount.unit == "share" for each in (one, other) for amount in each.amounts) or _SOME.search(
        one.text + other.text
    ):
        return None  # some are open, some are closed
    mine, yours = opposed[0]
    said = f"{as_written(one, [mine])} and {as_written(other, [yours])}"
    return Clash(one.claim_id, other.claim_id, "polarity", why_of(one, said, found, PERHAPS), firm=False)


def by_denying(one: Assertion, other: Assertion, found: Agreement) -> Clash | None:
    """Somebody denied what they claimed or admitted, in the same words else."""
    denier, said = (found.mine, found.yours) if one.mode == "denied" else (found.yours, found.mine)
    owns_up = said or (
        "responsibiliti" in found.shared and _CLAIMS.search((other if one.mode == "denied" else one).text)
    )
    if set(denier) != {"deny"} or not owns_up or not set(said) <= _OWNED_UP or not _same_news(one, other):
        return None
    return Clash(one.claim_id, other.claim_id, "polarity", why_of(one, "A statement and its denial", found))


def by_evidence(one: Assertion, other: Assertion, found: Agreement) -> Clash | None:
    """One found evidence where the other found none."""
    if found.mine or found.yours or "evidenc" not in found.shared or not _same_news(one, other):
        return None
    return Clash(one.claim_id, other.claim_id, "polarity", why_of(one, "Evidence and none", found))


def _are_of_a_group(mine: Amount, yours: Amount) -> bool:
    """Whether both are shares of one group, whose members may differ."""
    return mine.unit == yours.unit == "share" and mine.noun == yours.noun != ""


def _is_all_and_some(one: Assertion, other: Assertion) -> bool:
    """Whether the one speaks of all and the other counts some of them: "all survived" and "eleven died"."""
    for whole, part in ((one, other), (other, one)):
        if any(amount.band == (1, 1) for amount in whole.amounts) and any(
            is_count(amount) and amount.low > 0 for amount in part.amounts
        ):
            return True
    return False


def _same_news(one: Assertion, other: Assertion) -> bool:
    """Whether what may be turned back or come about later was said at one time."""
    if one.first and other.first:
        return same_time(one, other)
    return same_time(one, other) and said_within(one, other, SAME_NEWS)
