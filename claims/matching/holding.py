"""Holding: what lets two amounts of one thing both hold: growth, a correction, a part and its whole, a stage, another time."""

from __future__ import annotations

import re

from claims.matching.agreement import Agreement
from claims.matching.amount import Amount
from claims.matching.assertion import Assertion
from claims.matching.comparing import counts_beside_others, is_count
from claims.matching.days import RECENT, days_between, same_time
from claims.matching.standing import reach
from claims.matching.vocabulary import vocabulary

# From so much on what two claims share tells which pilot or mayor is meant.
A_LOT = 3
# Days of a time whose count is closed when it is over; of a single day's dead more may be found.
A_MONTH = 27
#: Days after which a figure of one time may have been revised.
REVISED = 20
# What makes a figure one that is followed by another: "the first estimate", "provisional results".
_STAGE = re.compile(
    r"\b(?:preliminary|provisional|partial|initial|flash|advance|exit\spoll|first\sestimate|revised\s(?:\w+\s){0,2}(?:figures|data|estimates?)|half-?\s?time|so\sfar"
    r"|with\s\S+\sof\s(?:the\s)?(?:ballots|votes)\scounted)\b",
    re.IGNORECASE,
)
# "Among the under-25s", "aged 60 and over": a group of those of whom it is told.
_GROUP = re.compile(
    r"\b(?:among|aged|(?:under|over)-?\s?\d\ds?\b|for\s(?:men|women|children|boys|girls))\b", re.IGNORECASE
)
# "Revised down to 90", "lowered the toll from 300 to 90".
_LOWERED = re.compile(
    r"\b(?:(?:revis|correct|adjust)(?:e|es|ed|ing|s)\b[^.;]{0,80}?\bdown(?:wards?)?|(?:lower|downgrad)(?:s|es|ed|ing)\b[^.;]{0,80}?\bto)\b",
    re.IGNORECASE,
)


def may_both_hold(one: Assertion, other: Assertion, found: Agreement, mine: Amount, yours: Amount) -> bool:
    """Whether anything lets both amounts hold: rounding, growth, a correction, a part and its whole, two times, an unknown person."""
    known = set(found.shared) & {*one.names} - one.places or (found.weight > A_LOT and not found.mine + found.yours)
    nameless = mine.unit == "age" and not known
    return (
        nameless
        or (one.mode == "future" and abs(days_between(one, other)) > RECENT)  # who foretells may change their mind
        or (mine.fits(yours) and not _are_exact(found, mine, yours))
        or tells_a_stage(one) != tells_a_stage(other)
        or _is_explained(one, other, found, mine, yours)
        or counts_beside_others(one.text) != counts_beside_others(other.text)  # "another 12 fled" and "785 fled"
        or not same_time(one, other, _reach(one, other, found, mine))
        or _is_part(one, other, found.mine, mine, yours)
        or _is_part(other, one, found.yours, yours, mine)
    )


def may_be_two(one: Assertion, other: Assertion, found: Agreement, mine: Amount, yours: Amount) -> bool:
    """Whether growth, a correction, a group or a place lets two amounts of one event both hold."""
    return (
        _is_explained(one, other, found, mine, yours)
        or _is_of_a_place(one, other, found, mine, yours)
        or " each" in one.text + other.text
    )


def _is_explained(one: Assertion, other: Assertion, found: Agreement, mine: Amount, yours: Amount) -> bool:
    """Whether growth, a correction, another stretch of time or a group tells the two amounts apart."""
    return (
        _has_grown(one, other, found, mine, yours)
        or _is_lowered(one, other, mine, yours)
        or _is_lowered(other, one, yours, mine)
        or _took_otherwise(one, other, mine)
        or bool(_GROUP.search(one.text)) != bool(_GROUP.search(other.text))
    )


def _has_grown(one: Assertion, other: Assertion, found: Agreement, mine: Amount, yours: Amount) -> bool:
    """Whether a count that only grows was simply higher on a later day."""
    days = days_between(one, other)
    if not days or not set(found.shared) & vocabulary().kinds["grows"] or mine.unit == "share" or is_over(one, other):
        return False
    return (mine.high < yours.low) == (days > 0)


def is_over(one: Assertion, other: Assertion) -> bool:
    """Whether both count what came in one time that was long over when either was said: the cases of last year."""
    if not (one.first and one.last and (one.first, one.last) == (other.first, other.last)):
        return False
    told = [each.published for each in (one, other) if each.published]
    return (one.last - one.first).days >= A_MONTH and bool(told) and min(told) > one.last


def _is_lowered(one: Assertion, other: Assertion, mine: Amount, yours: Amount) -> bool:
    """Whether the one tells that its number was higher before, and was not said before the other, which has a higher one."""
    return mine.high < yours.low and days_between(other, one) >= 0 and bool(_LOWERED.search(one.text))


def _took_otherwise(one: Assertion, other: Assertion, mine: Amount) -> bool:
    """Whether each names how long it took, and not the same: so much rain in a day, so much in three."""
    if mine.unit == "minute":
        return False
    times = [[amount for amount in each.amounts if amount.unit == "minute"] for each in (one, other)]
    return bool(times[0] and times[1]) and not any(a.fits(b) for a in times[0] for b in times[1])


def tells_a_stage(one: Assertion) -> bool:
    """Whether a claim gives a figure that another is to follow: a first estimate, a score at half-time."""
    return bool(_STAGE.search(one.text))


def _are_exact(found: Agreement, mine: Amount, yours: Amount) -> bool:
    """Whether both state what nobody rounds, and not the same: 12 percent and 11.5 of one interest rate."""
    both = mine.stated is not None and yours.stated is not None and not (mine.open or yours.open)
    return both and "interest_rate" in found.shared and mine.stated != yours.stated


def _reach(one: Assertion, other: Assertion, found: Agreement, amount: Amount) -> int:
    """For how many days a claim without a day holds; the dead are none the fewer later."""
    if "kill" in found.shared and is_count(amount):
        return RECENT
    return reach(one, other, found.shared, RECENT, share=amount.unit == "share")


def _is_part(one: Assertion, other: Assertion, more: tuple[str, ...], mine: Amount, yours: Amount) -> bool:
    """Whether the one may speak of a part of what the other does: it says more words, or counts a group of "people".

    Only a count that is greater than that of the whole clashes, and only where what is said more is names: a word more
    may be another act.
    """
    if mine.unit == "share" and mine.noun == yours.noun and (1, 1) in {mine.band, yours.band}:
        return False  # all of them, and so many of them
    people, parts = vocabulary().kinds["people"], vocabulary().kinds["part"]
    if mine.high < yours.low and any(word in parts and word not in other.words for word in one.words):
        return True
    if yours.high == 0 and is_count(yours) and mine.low > 0 and set(more) <= {mine.unit}:
        return False  # none of the whole is none of a part
    if not more and (
        not (yours.unit in people and mine.unit and mine.unit not in people) or _acts(one, other, mine.unit)
    ):
        return False
    return not is_count(mine) or mine.high < yours.low or not set(more) <= set(one.names)


def _acts(one: Assertion, other: Assertion, unit: str) -> bool:
    """Whether the group is whoever does or undergoes what both tell: all who watch are spectators."""
    known, both = vocabulary(), one.words.keys() & other.words.keys()
    return unit in both & known.kinds["done_to"] or any(
        unit in known.implied[word] for word in both & known.implied.keys()
    )


def _is_of_a_place(one: Assertion, other: Assertion, found: Agreement, mine: Amount, yours: Amount) -> bool:
    """Whether the smaller of two amounts is of a place that the other does not name: 450 jobs in Britain, 3,000 in all."""
    smaller, more = (one, found.mine) if mine.high < yours.low else (other, found.yours)
    here = smaller.places & set(more)
    return bool(here - vocabulary().kinds["wide"] if one.places & other.places else here)
