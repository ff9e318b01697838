"""Proportions: a share that one claim tells, against two counts that others tell.

    "Almost all detainees fled the Korda camp"     the share
    "785 detainees fled the Korda camp"            the part: the same act of the same group, counted
    "The Korda camp held 950 detainees"            the whole: how many of that group there were, and nothing else

785 of 950 are 83%, and almost all means 90% to 99%. No two of the three clash; the three do. A word more in one of them ("foreign
detainees", "another 785"), another place or day, or a second whole that fits keeps it silent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from claims.matching.agreement import agreement
from claims.matching.amount import Amount
from claims.matching.amounts import SPAN
from claims.matching.assertion import WORD, Assertion, tokens_of, written_of
from claims.matching.clash import Clash
from claims.matching.comparing import counts_beside_others, is_count
from claims.matching.days import said_within, same_time
from claims.matching.standing import ABOUT_SHARE
from claims.matching.vocabulary import meaning, vocabulary

#: Shares that differ by less are printed as one number.
_ROUNDED = 0.005
_REMEMBERED = 1 << 17
# What comes about again and again comes to more than one share of whoever is there.
_OFTEN = re.compile(
    rf"(?<!\bin)(?<!\bwithin)\s(?:every|each|per|an?)\s(?:{SPAN})\b|\b(?:hourly|daily|nightly|weekly|monthly|quarterly|yearly|annually)\b",
    re.IGNORECASE,
)
# Not all who did it are counted, or not all who were there.
_SOME = re.compile(r"\b(?:others?|further|additional|extra|remaining|rest|still|now|first|only)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Counted:
    """A claim with the only amount that it tells."""

    claim: Assertion
    amount: Amount


def proportions(asked: Assertion, others: Iterable[Assertion]) -> list[Clash]:
    """The shares that do not fit two counts, as far as the asked claim is one of the three, the share or the part named as the other.

    >>> from claims.matching.assertion import assertion_of
    >>> def read(name, claim): return assertion_of({"claim_id": name, "article_id": "1", "claim": claim})
    >>> most, part, whole = (read(name, claim) for name, claim in (
    ...     ("a", "Almost all detainees fled the Korda camp."), ("b", "785 detainees fled the Korda camp."),
    ...     ("c", "The Korda camp held 950 detainees.")))
    >>> [clash] = proportions(most, [part, whole])
    >>> clash.other_id, clash.third_id, clash.kind, clash.firm
    ('b', 'c', 'share', False)
    >>> print(clash.why)
    Almost all (90% to 99%) and 785 of 950 (83%) do not fit: another claim says "The Korda camp held 950 detainees."
    >>> proportions(most, [part, read("c", "The Korda camp held 800 detainees.")])
    []
    >>> proportions(most, [read("b", "785 foreign detainees fled the Korda camp."), whole])
    []
    """
    if not (mine := _share(asked) or _count(asked)):
        return []
    near = [other for other in others if other.claim_id != asked.claim_id and _is_said_with(asked, other)]
    shares = [share for other in near if (share := _share(other))]
    counts = [count for other in near if (count := _count(other))]
    if mine.amount.unit == "share":
        found = _of_share(mine, counts, counts)
        return [_clash(mine, part, mine, part, whole) for part, whole in found]
    clashes: dict[str, Clash] = {}
    for share in shares:
        for part, whole in _of_share(share, [mine], counts):
            clashes.setdefault(share.claim.claim_id, _clash(part, share, share, part, whole))
        for part, whole in _of_share(share, counts, [mine], [*counts, mine]):
            clashes.setdefault(share.claim.claim_id, _clash(whole, share, share, part, whole))
    return list(clashes.values())


def tells_share(claim: Assertion) -> bool:
    """Whether a claim tells a share and no other amount.

    >>> from claims.matching.assertion import assertion_of
    >>> [tells_share(assertion_of({"claim_id": "", "claim": claim})) for claim in (
    ...     "Almost all fled.", "Four fifths of the men fled.", "785 of the 950 fled.", "785 fled.")]
    [True, True, False, False]
    """
    return _share(claim) is not None


def _of_share(
    share: _Counted, parts: Sequence[_Counted], wholes: Sequence[_Counted], known: Sequence[_Counted] = ()
) -> Iterator[tuple[_Counted, _Counted]]:
    """The parts that the share does not fit, each with a whole; not where one of the ``known`` wholes leaves a way out."""
    for part in parts:
        told = [whole for whole in wholes if _tells_no_more(share, part, whole)]
        if not told or not (act := _act(share, part)):
            continue
        fitting = [
            whole
            for whole in (known or told)
            if _tells_no_more(share, part, whole) and _is_whole(share, part, whole, act)
        ]
        if any(_fits(share.amount, part.amount, whole.amount) for whole in fitting):
            continue
        if whole := next((whole for whole in told if whole in fitting), None):
            yield part, whole


def _tells_no_more(share: _Counted, part: _Counted, whole: _Counted) -> bool:
    """Whether a claim may tell the whole of what the others tell: it counts the same group, and says no word that neither has."""
    if whole is part or whole.amount.noun != part.amount.noun or share.amount.noun not in ("", part.amount.noun):
        return False
    one, other, said = share.claim.words, part.claim.words, whole.claim.words
    if one.keys() <= said.keys():
        return False  # it tells what the share tells, and is another part
    group = vocabulary().kinds["whole"]
    return all(word in one or word in other or word in group or word == whole.amount.noun for word in said)


def _is_said_with(one: Assertion, other: Assertion) -> bool:
    """Whether both were said within so few days that what one calls all may be what the other counts."""
    return said_within(one, other, ABOUT_SHARE)


@lru_cache(maxsize=_REMEMBERED)
def _is_of_some(text: str) -> bool:
    return bool(_OFTEN.search(text) or _SOME.search(text)) or counts_beside_others(text)


def _share(claim: Assertion) -> _Counted | None:
    """The share that a claim tells and nothing else; not "785 of the 950", which brings its own whole."""
    amount = _only(claim)
    if not amount or amount.unit != "share" or (amount.stated is not None and amount.stated > 1):
        return None
    return _Counted(claim, amount)


def _count(claim: Assertion) -> _Counted | None:
    """The count that a claim tells and nothing else, of all who are meant."""
    amount = _only(claim)
    if not amount or not is_count(amount) or amount.vague or amount.high <= 0:
        return None
    return _Counted(claim, amount)


def _only(claim: Assertion) -> Amount | None:
    if claim.mode != "asserted" or claim.negated or claim.moment or len(claim.amounts) != 1 or _is_of_some(claim.text):
        return None
    (amount,) = claim.amounts
    return None if amount.change or amount.per else amount


def _act(share: _Counted, part: _Counted) -> set[str]:
    """What both say of one group, beside who it is; nothing where one of them says a word more, or names a day that the other leaves out."""
    one, other = share.claim, part.claim
    found = agreement(one, other)
    vague = {meaning(token.lower()) for token in tokens_of(share.amount.text)}  # the "hardly" of "hardly any"
    where = set() if share.amount.noun else set(other.names)  # "almost all fled" leaves to others who, and where
    if found.is_near or not (set(found.mine) <= vague and set(found.yours) <= where | {part.amount.noun}):
        return set()
    if bool(one.first) != bool(other.first):
        return set()
    return {*found.shared} - {part.amount.noun} if _is_one_story(one, other) and same_time(one, other) else set()


def _is_whole(share: _Counted, part: _Counted, whole: _Counted, told: set[str]) -> bool:
    """Whether a claim tells how many there were of whom the two others tell what some did, and nothing else.

    It names what they name, and one thing alone is told of the part that is not told of it: what was done.
    """
    group, said = whole.claim, set(whole.claim.words)
    if part.amount.low > whole.amount.high:
        return False
    if not {*share.claim.names, *part.claim.names} <= said or not all(
        _is_one_story(one, other) and same_time(one, other)
        for one, other in ((share.claim, group), (part.claim, group))
    ):
        return False
    known = {*share.claim.words, *part.claim.words}
    if known & vocabulary().kinds["part"] - said:
        return False  # the old houses of a town
    if any(written_of(group)[word] != written_of(part.claim)[word] for word in told & said):
        return False  # those of one camp, and of several
    acts = told - said
    done = {word for word in acts if share.claim.words[word] >= WORD} or acts
    return len(done) == 1 and any(group.words[word] >= WORD for word in said - {whole.amount.noun} if word in known)


def _is_one_story(one: Assertion, other: Assertion) -> bool:
    """Whether one article says both, or articles of the same days that share a name."""
    if one.article_id and one.article_id == other.article_id:
        return True
    return _is_said_with(one, other) and bool({*one.names} & {*other.names})


def _fits(share: Amount, part: Amount, whole: Amount) -> bool:
    low, high = _stretch(part, whole)
    return share.low <= high + _ROUNDED and low - _ROUNDED <= share.high


def _stretch(part: Amount, whole: Amount) -> tuple[float, float]:
    """The least and the greatest share that two counts leave open."""
    return max(part.low, 0) / whole.high, min(part.high / max(whole.low, 1), 1.0)


def _clash(one: _Counted, other: _Counted, share: _Counted, part: _Counted, whole: _Counted) -> Clash:
    """The finding between two of the three, the third quoted."""
    low, high = share.amount.band
    band = f" ({low:.0%} to {high:.0%})" if share.amount.vague and low < high else ""
    least, greatest = (f"{each:.0%}" for each in _stretch(part.amount, whole.amount))
    comes_to = least if least == greatest else f"{least} to {greatest}"
    third = next(each.claim for each in (whole, part) if each not in (one, other))
    counted = f"{part.amount.text} of {whole.amount.text} ({comes_to})"
    why = f'{share.amount.text}{band} and {counted} do not fit: another claim says "{third.text}"'
    return Clash(one.claim.claim_id, other.claim.claim_id, "share", why, firm=False, third_id=third.claim_id)
