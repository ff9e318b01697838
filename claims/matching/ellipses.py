"""Ellipses: a claim that leaves out whom it counts, against another of its article that tells the same act.

    "785 detainees escaped from the Korda camp."   "About 100 fled."        one article: whom, its reader knows from the other
    "785 foreign detainees escaped."               "About 100 fled."        neither: some may have been no foreigners

Never firm: what the one leaves out may be another group or another place.
"""

from __future__ import annotations

from functools import lru_cache

from claims.matching.agreement import Agreement
from claims.matching.amount import Amount
from claims.matching.assertion import WORD, Assertion, tokens_of
from claims.matching.comparing import counts_beside_others, is_person
from claims.matching.days import same_time
from claims.matching.events import are_parts
from claims.matching.holding import may_be_two, tells_a_stage
from claims.matching.vocabulary import meaning, vocabulary

#: Words beside the act, the group and names that the fuller claim may say: from which camp, of which prison.
_WHERE = 2
# Beside a number and an act, these say nothing more.
_SMALL = frozenset("of the have has had was were been".split())
# Before a group, these mean the whole of it.
_ALL = frozenset("all its their".split())
# These say something else as well: 3 left, who remained; 12 were charged, or charged a fee; 40 spots, levels, rallies.
_OTHERWISE = frozenset(
    """
    left leave leaves leaving fugitive carried carry carries cleared clear clearing charged demonstrations march
    marches rally rallies protest protests level levels levelled leveled gutted wreck wrecks find finds spot spots
    spotted detected discovery discoveries missed halt halts halted pause pauses paused trap traps treat treats
    suspects free hospital hospitals recovered
    """.split()
)
_REMEMBERED = 1 << 14


def left_out(one: Assertion, other: Assertion, found: Agreement) -> tuple[Amount, Amount] | None:
    """Two amounts of one act in one article that do not fit, where at least one leaves out whom it counts; None where both may hold.

    >>> from claims.matching.agreement import agreement
    >>> from claims.matching.assertion import assertion_of
    >>> def read(claim): return assertion_of({"claim_id": "", "article_id": "1", "claim": claim})
    >>> def apart(*claims): return left_out(*map(read, claims), agreement(*map(read, claims)))
    >>> [amount.text for amount in apart("785 detainees escaped from the Korda camp.", "About 100 fled.")]
    ['785', 'About 100']
    >>> apart("785 foreign detainees escaped from the Korda camp.", "About 100 fled.") is None
    True
    """
    if not _are_told_together(one, other):
        return None
    acts = {act_alone(one.text), act_alone(other.text)} - {""}
    if len(acts) != 1:
        return None
    (act,) = acts
    if not all(act_alone(each.text) or _tells_whom(each, act) for each in (one, other)):
        return None
    both = zip(_did_it(one), _did_it(other), strict=True)
    amounts = next(((mine, yours) for mine, yours in both if mine and yours and not mine.fits(yours)), None)
    if not amounts or may_be_two(one, other, found, *amounts):
        return None
    smaller = one if amounts[0].high < amounts[1].low else other
    return None if _said_beside(smaller, act) else amounts  # 100 in one place, and 785 in all


@lru_cache(maxsize=_REMEMBERED)
def act_alone(text: str) -> str:
    """The act of a claim that says nothing but how many, "" where it says more; not of the dead and the arrested, who are told by groups.

    Nor is it told where its word says something else as well.

    >>> [act_alone(text) for text in ("About 100 fled.", "785 of the 950 escaped.", "About 100 men fled.", "Two more fled.", "Two died.")]
    ['escape', 'escape', '', '', '']
    >>> act_alone("3 left.")
    ''
    """
    kinds = vocabulary().kinds
    told = [token.lower() for token in tokens_of(text) if token[0].isalpha() and token.lower() not in _SMALL]
    acts = [meaning(token) for token in told if token not in kinds["units"]]
    if len(acts) != 1 or acts[0] not in kinds["befalls"] - kinds["done_to"] or counts_beside_others(text):
        return ""
    return "" if _says_otherwise(text, acts[0]) else acts[0]


def _says_otherwise(text: str, act: str) -> bool:
    """Whether the word for the act has another sense."""
    return any(meaning(token) == act for token in map(str.lower, tokens_of(text)) if token in _OTHERWISE)


def _are_told_together(one: Assertion, other: Assertion) -> bool:
    """Whether one article asserts both of one time, as all that is known of it."""
    if not one.article_id or one.article_id != other.article_id or not one.mode == other.mode == "asserted":
        return False
    if one.negated or other.negated or tells_a_stage(one) or tells_a_stage(other) or are_parts(one, other):
        return False
    return (one.first, one.last) == (other.first, other.last) and same_time(one, other)


def _tells_whom(claim: Assertion, act: str) -> bool:
    """Whether a claim tells of a group of persons, all of them, that they did this and nothing else."""
    if _says_otherwise(claim.text, act) or not any(_is_of_all(claim.text, amount, act) for amount in claim.amounts):
        return False
    acts = claim.words.keys() & vocabulary().kinds["befalls"]
    return acts == {act} and len(_said_beside(claim, act) - {*claim.names}) <= _WHERE


def _said_beside(claim: Assertion, act: str) -> set[str]:
    """What a claim says beside who did what."""
    nouns = {amount.noun for amount in claim.amounts}
    return {word for word, weight in claim.words.items() if weight >= WORD} - nouns - {act}


def _did_it(claim: Assertion) -> tuple[Amount | None, Amount | None]:
    """How many did it, and which share of all; None of both where more is counted than those and the whole."""
    counts = [amount for amount in claim.amounts if amount.unit != "share"]
    shares = [amount for amount in claim.amounts if amount.unit == "share"]
    if len(shares) > 1 or len(counts) > 1 + len(shares) or any(not _counts(amount) for amount in claim.amounts):
        return None, None
    return min(counts, key=lambda amount: amount.high, default=None), next(iter(shares), None)


def _counts(amount: Amount) -> bool:
    """Whether it is a plain count of persons, or of nobody named, or a share of them."""
    return not (amount.change or amount.per) and (amount.unit in {"", "share"} or is_person(amount.unit))


def _is_of_all(text: str, amount: Amount, act: str) -> bool:
    """Whether the group stands right behind its number, or the act where no group is named: not "785 foreign detainees"."""
    if counts_beside_others(text):
        return False
    after = tokens_of(text[text.find(amount.text) + len(amount.text) :])
    behind = meaning(next((token.lower() for token in after if token.lower() not in _SMALL | _ALL), ""))
    return (is_person(amount.noun) and behind == amount.noun) or (not amount.unit and behind == act)
