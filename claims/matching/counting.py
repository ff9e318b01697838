"""Counting: which amounts of two reports of one event are of one kind, by what befell those who are counted."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain

from claims.matching.amount import Amount
from claims.matching.assertion import Assertion, tokens_of
from claims.matching.comparing import is_anybody
from claims.matching.vocabulary import meaning, vocabulary

# So many words before a number, and twice as many behind, what befell those whom it counts is looked for.
_NEAR = 4


def left_over(one: Assertion, other: Assertion) -> tuple[Amount, Amount] | None:
    """The only two amounts of one kind that no amount of the other claim fits; None where there are more, or none."""
    mine, yours = _unmatched(one, other), _unmatched(other, one)
    pairs = [(left, right) for left in mine for right in yours if are_alike(one, left, other, right)]
    return pairs[0] if len(pairs) == 1 else None


def _unmatched(one: Assertion, other: Assertion) -> list[Amount]:
    return [
        mine
        for mine in one.amounts
        if not any(are_alike(one, mine, other, yours) and mine.fits(yours) for yours in other.amounts)
    ]


def are_alike(one: Assertion, mine: Amount, other: Assertion, yours: Amount) -> bool:
    """Whether two amounts count or measure one kind of thing, and what befell those who are counted is the same."""
    if mine.change != yours.change or mine.per != yours.per or (mine.vague or yours.vague):
        return False
    if mine.unit != yours.unit and not is_anybody(mine.unit, yours.unit):
        return False
    if mine.unit != yours.unit:
        group, every = (mine, yours) if yours.unit in vocabulary().kinds["people"] else (yours, mine)
        if group.high < every.low:
            return False
    return _act(one.text, mine) == _act(other.text, yours)


@lru_cache(maxsize=1 << 14)
def _act(text: str, amount: Amount) -> str:
    """What befell those who are counted: the word nearest to the number that tells it, "" where none is near."""
    before, _, after = text.partition(amount.text)
    near = chain(enumerate(reversed(tokens_of(before)[-_NEAR:])), enumerate(tokens_of(after)[: 2 * _NEAR]))
    acts = vocabulary().kinds["befalls"]
    told = [(at, meaning(word)) for at, word in near if meaning(word) in acts]
    return min(told, default=(0, ""))[1]
