"""Repeats: the same assertion in other words, with a score and the parts that agree; linked, never merged."""

from __future__ import annotations

from dataclasses import dataclass

from claims.matching.agreement import Agreement, agreement, is_one_subject, is_turned_round
from claims.matching.amounts import Amount
from claims.matching.assertion import WORD, Assertion, as_written
from claims.matching.comparing import are_labelled_apart, comparable, counts_beside_others, is_count
from claims.matching.days import same_time
from claims.matching.standing import is_level
from claims.matching.vocabulary import vocabulary

#: From these scores on: where one only says more, and where each has a word of its own, with a figure that agrees or alone.
SAYS_MORE, OTHER_WORDS, OTHER_WORDS_ALONE = 0.68, 0.72, 0.85
#: An open bound says as much as a number that it comes so near to: "more than 300" and 312.
NEAR = 0.15
#: Hedged and rounded numbers say the same so close together; "about half" fits 45 percent and does not say it.
CLOSE = 0.05
#: How many words of its own each may have where both name one telling figure, and of how many digits that is.
WORDS_BESIDE, DIGITS = 2, 3
#: Claims without a figure may be repeated for longer.
_LASTING = 60
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
    if one.mode != other.mode or one.moment != other.moment:
        return None
    found = found or agreement(one, other)
    if found.weight < _LEAST or found.other_names or not _is_said_alike(one, other, found):
        return None
    if are_labelled_apart(one, other) or not is_one_subject(one, other, found) or _are_of_others(one, other):
        return None
    amounts = comparable(one, other)
    if (_figures(one) or _figures(other) or amounts) and not (amounts and _says_the_same(*amounts)):
        return None
    if not same_time(one, other, *([] if amounts else [_LASTING])) or is_turned_round(one, other):
        return None
    parts = [f"words: {as_written(one, found.shared)}"]
    parts += [f"figure: {amounts[0].text} / {amounts[1].text}"] if amounts else []
    parts += ["days"] if one.first and other.first else []
    return Match(one.claim_id, other.claim_id, round(found.score, 3), tuple(parts), _why(one, found, amounts))


def _is_said_alike(one: Assertion, other: Assertion, found: Agreement) -> bool:
    """Whether the words come close enough; two known meanings that differ never do."""
    if one.negated != other.negated:
        return found.is_opposed  # "not safe" is "unsafe"
    if "than" in found.mine + found.yours or _figures(one) != _figures(other):
        return False  # a comparison, or a figure more, is another statement
    if found.is_two_sided and max(len(found.mine), len(found.yours)) > (WORDS_BESIDE if _is_telling(one, other) else 1):
        return False
    known = vocabulary().names
    if (known & set(found.mine) and known & set(found.yours)) or _became(one, other, found):
        return False
    if found.is_two_sided:
        return not _is_other_word(one, other, found) and found.score >= (
            OTHER_WORDS if _figures(one) else OTHER_WORDS_ALONE
        )
    return found.score >= SAYS_MORE


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
    return len(f"{amounts[0].stated:g}".replace(".", "").strip("0")) >= DIGITS


def _figures(one: Assertion) -> int:
    """How many figures a claim names; how old somebody is comes beside what is said of him."""
    return sum(not amount.aside for amount in one.amounts)


def _is_other_word(one: Assertion, other: Assertion, found: Agreement) -> bool:
    """Whether one word stands for another in a statement that is the same otherwise: "of wheat" and "of barley".

    Who says the same in other words seldom leaves all the others in their place.
    """
    modes = vocabulary().modes.get(one.mode, {})
    if set(found.mine + found.yours) <= set(modes):
        return False  # "will" and "plans to" mean it alike
    frames = [
        [word if word in found.shared else "" for word, weight in each.words.items() if weight >= WORD]
        for each in (one, other)
    ]
    return frames[0] == frames[1] and one.passive == other.passive


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
