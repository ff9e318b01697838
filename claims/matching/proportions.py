"""Proportions: a share that one claim tells, against two counts that others tell.

    "Almost all detainees fled the Korda camp"     the share
    "785 detainees fled the Korda camp"            the part: the same act, counted
    "The Korda camp held 950 detainees"            the whole: nothing but how many there were

785 of 950 are 83%, and almost all means 90% to 99%. No two of the three clash; the three do. Who belongs to a part or to another
whole ("foreign detainees"), another place, another week or a second whole that fits keep it silent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from claims.figures.quantifiers import meanings
from claims.matching.agreement import agreement
from claims.matching.amounts import Amount
from claims.matching.assertion import WORD, Assertion, tokens_of
from claims.matching.comparing import is_count, is_person
from claims.matching.contradictions import Clash
from claims.matching.days import said_within, same_time
from claims.matching.standing import ABOUT_SHARE
from claims.matching.vocabulary import meaning, vocabulary

_REMEMBERED = 1 << 17
# What comes about again and again comes to more than one share of whoever is there.
_OFTEN = re.compile(
    r"\b(?:(?:every|each|per|an?)\s(?:hour|day|night|week|month|quarter|year)|hourly|daily|nightly|weekly|monthly|yearly|annually)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Told:
    """One claim with the one amount that it tells."""

    claim: Assertion
    amount: Amount


def proportions(asked: Assertion, others: Iterable[Assertion]) -> list[Clash]:
    """The shares that do not fit two counts, each told between the asked claim and the one that it helps to doubt.

    >>> from claims.matching.assertion import assertion_of
    >>> def read(name, claim): return assertion_of({"claim_id": name, "article_id": "1", "claim": claim})
    >>> most, part, whole = (read(name, claim) for name, claim in (
    ...     ("a", "Almost all detainees fled the Korda camp."), ("b", "785 detainees fled the Korda camp."),
    ...     ("c", "The Korda camp held 950 detainees.")))
    >>> [clash] = proportions(most, [part, whole])
    >>> clash.other_id, clash.kind, clash.firm
    ('b', 'share', False)
    >>> print(clash.why)
    Almost all (90% to 99%) and 785 of 950 (83%) do not fit: another claim says "The Korda camp held 950 detainees."
    >>> proportions(most, [part, read("c", "The Korda camp held 800 detainees.")])
    []
    >>> proportions(most, [read("b", "785 foreign detainees fled the Korda camp."), whole])
    []
    """
    near = [asked, *(other for other in others if _is_near(asked, other))]
    shares = [told for each in near if _may_tell_a_share(each.text) and (told := _share(each))]
    if not shares or len(near) < 3:  # noqa: PLR2004  (a share, a part and a whole)
        return []
    counts = [told for each in near if (told := _count(each))]
    found: dict[str, Clash] = {}
    for share in shares:
        for part in counts:
            for clash in _of(asked, share, part, counts):
                found.setdefault(clash.other_id, clash)
    return list(found.values())


def _of(asked: Assertion, share: _Told, part: _Told, counts: list[_Told]) -> Iterator[Clash]:
    """The clash of a share and a part, where what the others say the whole is leaves no way out."""
    if not (told := _told_of_both(share, part)):
        return
    wholes = [whole for whole in counts if _is_whole(share, part, whole, told)]
    if not wholes or any(_fits(share.amount, part.amount, whole.amount) for whole in wholes):
        return
    if asked is share.claim or asked is part.claim:
        one, other = (part, share) if asked is part.claim else (share, part)
        yield _clash(one, other, share, part, wholes[0])
    elif whole := next((whole for whole in wholes if whole.claim is asked), None):
        yield _clash(whole, share, share, part, whole)


def _is_near(asked: Assertion, other: Assertion) -> bool:
    """Whether both are said at about one time, and of about one: only then a whole is that of a part."""
    return asked.claim_id != other.claim_id and said_within(asked, other, ABOUT_SHARE)


def _share(claim: Assertion) -> _Told | None:
    """The share that a claim tells and nothing else; not "785 of the 950", which brings its own whole."""
    amount = _only(claim)
    return _Told(claim, amount) if amount and amount.unit == "share" and not amount.change else None


def _count(claim: Assertion) -> _Told | None:
    amount = _only(claim)
    if not amount or not is_count(amount) or amount.vague or amount.change or amount.per or amount.low <= 0:
        return None
    return _Told(claim, amount)


def _only(claim: Assertion) -> Amount | None:
    plain = claim.mode == "asserted" and not claim.negated and not claim.moment and not _OFTEN.search(claim.text)
    return claim.amounts[0] if plain and len(claim.amounts) == 1 else None


def _told_of_both(share: _Told, part: _Told) -> set[str]:
    """What both say beside whom they count, where they say the same of the same group; nothing where either says more."""
    one, other = share.claim, part.claim
    found = agreement(one, other)
    more = set() if share.amount.noun else set(other.names)  # "almost all fled" leaves to others who, and where
    vague = {meaning(token.lower()) for token in tokens_of(share.amount.text)}  # the "hardly" of "hardly any"
    if found.is_near or not (set(found.mine) - vague <= set(one.names) and set(found.yours) <= more):
        return set()
    if found.other_names or not _is_one_group(share.amount, part.amount) or not _is_one_time(one, other):
        return set()
    return {*found.shared} - {share.amount.noun, part.amount.noun}


def _is_whole(share: _Told, part: _Told, whole: _Told, told: set[str]) -> bool:
    """Whether a claim tells how many there were of whom the others tell what some did, and nothing else."""
    group = whole.claim
    if whole is part or not all(_is_one_group(each.amount, whole.amount) for each in (share, part)):
        return False
    if part.amount.low > whole.amount.high or not all(_is_one_time(each.claim, group) for each in (share, part)):
        return False
    weighty = {word for word, weight in group.words.items() if weight >= WORD} - {part.amount.noun, whole.amount.noun}
    known = {*share.claim.words, *part.claim.words}
    acts = told - weighty - {*share.claim.names, *part.claim.names}
    return bool(acts) and bool(weighty & known) and weighty <= known | _held()


def _is_one_group(one: Amount, other: Amount) -> bool:
    """Whether the same are counted; who is not named are whoever the claim beside it names."""
    nouns = {one.noun, other.noun} - {""}
    people = vocabulary().kinds["people"]
    return len(nouns) < 2 or (bool(nouns & people) and all(map(is_person, nouns)))  # noqa: PLR2004  (two groups)


def _is_one_time(one: Assertion, other: Assertion) -> bool:
    """Whether both speak of about one time: of days close together, where both name some."""
    if not (one.first and one.last and other.first and other.last):
        return same_time(one, other)
    return max((one.first - other.last).days, (other.first - one.last).days) <= ABOUT_SHARE


def _fits(share: Amount, part: Amount, whole: Amount) -> bool:
    low, high = _stretch(part, whole)
    return share.low <= high and low <= share.high


def _stretch(part: Amount, whole: Amount) -> tuple[float, float]:
    """The least and the greatest share that two counts leave open."""
    return max(part.low, 0) / whole.high, min(part.high / max(whole.low, 1), 1.0)


def _clash(one: _Told, other: _Told, share: _Told, part: _Told, whole: _Told) -> Clash:
    low, high = share.amount.band
    band = f" ({low:.0%} to {high:.0%})" if share.amount.vague else ""
    least, greatest = _stretch(part.amount, whole.amount)
    comes_to = f"{least:.0%}" if f"{least:.0%}" == f"{greatest:.0%}" else f"{least:.0%} to {greatest:.0%}"
    third = next(told for told in (whole, part) if told not in (one, other))
    return Clash(
        one.claim.claim_id,
        other.claim.claim_id,
        "share",
        f"{share.amount.text}{band} and {part.amount.text} of {whole.amount.text} ({comes_to}) do not fit: "
        f'another claim says "{third.claim.text}"',
        firm=False,
    )


@lru_cache(maxsize=_REMEMBERED)
def _may_tell_a_share(text: str) -> bool:
    """Whether a word of the claim may tell a share; read before its figures are, as nearly no claim has one."""
    return bool(_shares().search(text))


@cache
def _shares() -> re.Pattern[str]:
    vague = [phrase for phrase, row in meanings().items() if row.band and not row.counts]
    words = sorted({phrase.split()[-1] for phrase in vague} - {"of"})
    return re.compile(
        rf"%|\b(?:{'|'.join(map(re.escape, words))}|percent|half|third|quarter|thirds|quarters)\b", re.IGNORECASE
    )


@cache
def _held() -> frozenset[str]:
    """What a claim may say of a whole beside how many it is: that they were held there."""
    return frozenset(map(meaning, vocabulary().kinds["held"]))
