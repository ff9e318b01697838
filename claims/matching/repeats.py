"""Repeats: the same assertion in other words, with a score and the parts that agree; linked, never merged."""

from __future__ import annotations

import re
from dataclasses import dataclass

from claims.matching.agreement import Agreement, agreement, is_one_subject, is_turned_round
from claims.matching.amount import Amount
from claims.matching.assertion import Assertion, as_written, tokens_of
from claims.matching.comparing import (
    are_labelled_apart,
    comparable,
    counts_beside_others,
    is_count,
)
from claims.matching.counting import are_alike, left_over
from claims.matching.days import on_one_day, same_time
from claims.matching.events import are_elsewhere, are_of_one_event, is_swapped, opposites_in
from claims.matching.places import is_way_back
from claims.matching.standing import is_level
from claims.matching.vocabulary import meaning, vocabulary

#: From these scores on: where one only says more, and where each has a word of its own, with a figure that agrees or alone.
SAYS_MORE, OTHER_WORDS, OTHER_WORDS_ALONE = 0.68, 0.72, 0.85
#: An open bound says as much as a number that it comes so near to: "more than 300" and 312.
NEAR = 0.1
#: Hedged and rounded numbers say the same so close together; "about half" fits 45 percent and does not say it.
CLOSE = 0.05
#: How many words of its own each may have where both name one telling figure, and of how many digits that is.
WORDS_BESIDE, DIGITS = 2, 3
#: From this score on two reports share all but a word or two.
ALL_BUT_THE_SAME = 0.9
#: From this score on a claim without a figure is told within another that has one.
WITHIN = 0.85
#: How many digits a figure has that two reports of one event, each in its own words, both name.
TELLING = 2
#: Claims without a figure may be repeated for longer.
_LASTING = 60
_GOING_ON = re.compile(r"\b(?:is|are)\s[a-z]+ing\b")
_LEAST = 2.0


@dataclass(frozen=True, slots=True)
class Match:
    """``claim_id`` says what ``other_id`` says: how surely (0 to 1), the parts that agree, and one sentence why."""

    claim_id: str
    other_id: str
    score: float
    parts: tuple[str, ...]
    why: str


def repeat(one: Assertion, other: Assertion, found: Agreement | None = None) -> Match | None:
    """The match of two assertions, None where they do not say the same; ``found`` is what they share, if known.

    >>> from datetime import date
    >>> from claims.matching.assertion import assertion_of
    >>> def read(name, claim): return assertion_of({"claim_id": name, "claim": claim, "published": date(2024, 3, 4)})
    >>> killed = read("a", "The fire at the Belin mill killed 12 people.")
    >>> print(repeat(killed, read("b", "Twelve people died in a blaze at the Belin mill.")).why)
    Both say the same of "fire", "Belin", "mill", "killed", "people", and 12 fits Twelve.
    >>> repeat(killed, read("c", "Twelve people were injured in a fire at the Belin mill.")) is None
    True
    """
    if not _are_meant_alike(one, other):
        return None
    found = found or agreement(one, other)
    alike = one.moment == other.moment and _says_the_same_of_it(one, other, found)
    if not (alike or _is_told_otherwise(one, other, found)):
        return None
    if _are_done_otherwise(one, other):
        return None
    amounts = comparable(one, other)
    parts = [f"words: {as_written(one, found.shared)}"]
    parts += [f"figure: {amounts[0].text} / {amounts[1].text}"] if amounts else []
    parts += ["days"] if one.first and other.first else []
    return Match(one.claim_id, other.claim_id, round(found.score, 3), tuple(parts), _why(one, found, amounts))


def _says_the_same_of_it(one: Assertion, other: Assertion, found: Agreement) -> bool:
    """Whether words, figures, subject and time all agree."""
    if found.weight < _LEAST or found.other_names or not _is_said_alike(one, other, found):
        return False
    if are_labelled_apart(one, other) or not is_one_subject(one, other, found) or _are_of_others(one, other):
        return False
    amounts = comparable(one, other)
    both = _figures(one) == _figures(other)
    if both and (_figures(one) or amounts) and not (amounts and _says_the_same(*amounts)):
        return False
    return same_time(one, other, *([] if amounts else [_LASTING])) and not is_turned_round(one, other)


def _are_meant_alike(one: Assertion, other: Assertion) -> bool:
    """Whether both are asserted, foretold or whatever else; "is recalling" and "will recall" say the same."""
    if one.mode == other.mode:
        return True
    told = one if one.mode == "asserted" else other
    return {one.mode, other.mode} == {"asserted", "future"} and bool(_GOING_ON.search(told.text))


def _are_done_otherwise(one: Assertion, other: Assertion) -> bool:
    """Whether one tells of something with what the other tells without, or each of another way to kill."""
    if _tells_with_and_without(one.text, other.text) or is_way_back(one.text, other.text) or _is_apart(one, other):
        return True
    mine, yours = (set(map(meaning, tokens_of(each.text))) & vocabulary().kinds["manner"] for each in (one, other))
    return bool(mine and yours) and mine.isdisjoint(yours)


def _is_apart(one: Assertion, other: Assertion) -> bool:
    """Whether two of their figures, each the only one of its kind, differ: the hour, the place taken, the score."""
    amounts = comparable(one, other)
    return amounts is not None and not amounts[0].fits(amounts[1])


def _tells_with_and_without(text: str, other: str) -> bool:
    """Whether the one tells with what the other tells without: "ended with a deal", "ended without a deal"."""
    return any(" without " in mine and " with " in yours for mine, yours in ((text, other), (other, text)))


def _is_told_otherwise(one: Assertion, other: Assertion, found: Agreement) -> bool:
    """Whether two reports of one event, each in words of its own, name one telling figure and no other that differs."""
    if (
        one.negated != other.negated
        or not (found.is_two_sided or found.score >= ALL_BUT_THE_SAME)
        or are_elsewhere(one, other, found)
        or opposites_in(found)
    ):
        return False
    if not are_of_one_event(one, other, found) or left_over(one, other):
        return False
    shares = [any(amount.unit == "share" for amount in each.amounts) for each in (one, other)]
    return shares[0] == shares[1] and any(
        are_alike(one, mine, other, yours) and _says_the_same(mine, yours) and _digits(mine) >= TELLING
        for mine in one.amounts
        for yours in other.amounts
    )


def _is_said_alike(one: Assertion, other: Assertion, found: Agreement) -> bool:
    """Whether the words come close enough; two known meanings that differ never do."""
    if one.negated != other.negated:
        return found.is_opposed  # "not safe" is "unsafe"
    if "than" in found.mine + found.yours or (
        _figures(one) != _figures(other) and not _is_told_within(one, other, found)
    ):
        return False  # a comparison, or a figure more, is another statement
    if found.is_two_sided and max(len(found.mine), len(found.yours)) > (WORDS_BESIDE if _is_telling(one, other) else 1):
        return False
    known = vocabulary().names
    if (known & set(found.mine) and known & set(found.yours)) or _became(one, other, found):
        return False
    if found.is_two_sided:
        return not is_swapped(one, other, found) and found.score >= (
            OTHER_WORDS if _figures(one) else OTHER_WORDS_ALONE
        )
    return found.score >= SAYS_MORE


def _is_told_within(one: Assertion, other: Assertion, found: Agreement) -> bool:
    """Whether the one says no more than a part of the other, of one day that both name, and gives no figure of its own."""
    less, more = (found.mine, one) if _figures(one) < _figures(other) else (found.yours, other)
    return on_one_day(one, other) and not less and not _figures(more) and found.score >= WITHIN


def _are_of_others(one: Assertion, other: Assertion) -> bool:
    """Whether only one of them counts some beside others: "another 12 men fled" is not "12 men fled"."""
    return counts_beside_others(one.text) != counts_beside_others(other.text)


def _became(one: Assertion, other: Assertion, found: Agreement) -> bool:
    """Whether the one tells what is so and the other what happened to it, in a word more: "has 300 tanks", "lost 300 tanks"."""
    if bool(found.mine) == bool(found.yours) or is_level(one.text) == is_level(other.text):
        return False
    amounts = comparable(one, other)
    return amounts is None or all(is_count(amount) for amount in amounts)


def _is_telling(one: Assertion, other: Assertion) -> bool:
    """Whether both name the same exact figure, of three digits or more: chance seldom makes two of one name agree in it."""
    amounts = comparable(one, other)
    if not amounts or amounts[0].stated is None or amounts[0].stated != amounts[1].stated:
        return False
    return _digits(amounts[0]) >= DIGITS


def _digits(amount: Amount) -> int:
    """How many digits a figure has that are not only its size: 2 of 31,000; 0 where none is stated."""
    return 0 if amount.stated is None else len(f"{amount.stated:.15g}".replace(".", "").strip("0"))


def _figures(one: Assertion) -> int:
    """How many figures a claim names; how old somebody is and how long it took come beside what is said."""
    return sum(not amount.aside and amount.unit != "minute" for amount in one.amounts)


def _says_the_same(mine: Amount, yours: Amount) -> bool:
    """Whether two amounts are the same statement: an open bound or a vague word says less than a number."""
    if not mine.fits(yours):
        return False
    if mine.stated is None or yours.stated is None:
        return (mine.low, mine.high) == (yours.low, yours.high)
    near = NEAR if mine.open or yours.open else CLOSE
    return abs(mine.stated - yours.stated) <= near * max(abs(mine.stated), abs(yours.stated))


def _why(one: Assertion, found: Agreement, amounts: tuple[Amount, Amount] | None) -> str:
    fits = f", and {amounts[0].text} fits {amounts[1].text}" if amounts else ""
    return f"Both say the same of {as_written(one, found.shared)}{fits}."
