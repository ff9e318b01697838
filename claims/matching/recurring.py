"""Recurring: whether what two claims tell may have happened twice. Arrests are made again and again, an earthquake is one.

"Police arrested 12 people in Korda", said on two days      may be two nights
"The raid on the Korda mill killed 12", said on two days    one raid
"Police have arrested 12 people since Monday", likewise     one count that goes on
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from claims.matching.agreement import Agreement
from claims.matching.assertion import Assertion, tokens_of
from claims.matching.days import days_between
from claims.matching.standing import is_of_any, is_plural
from claims.matching.vocabulary import is_past, meaning, vocabulary

#: Days within which two reports of what happens again and again may be of one time, and prove nothing.
SAME_NEWS = 2
_RUNNING = re.compile(
    r"\b(?:so\sfar|to\sdate|until\snow|in\s(?:total|all)|a\stotal\sof|altogether|overall|cumulative(?:ly)?|totall?ed"
    r"|since\s(?!then\b)|(?:death\s)?toll|(?<!a\s)number\sof)\b",
    re.IGNORECASE,
)
_DEFINITE = frozenset("the this that its their his her".split())
_INDEFINITE = frozenset("a an another one each every no any some several".split())
# A word behind which another phrase begins.
_PARTS = frozenset(
    "in on at of to from for with by as and or but after during near against over since that which".split()
)
_LOOKED_BACK = 5


def gap(one: Assertion, other: Assertion) -> int:
    """Days between what the one tells and what the other does; 0 where one day or one article has both, or nobody knows.

    >>> from datetime import date
    >>> from claims.matching.assertion import assertion_of
    >>> def said(day): return assertion_of({"claim_id": "", "claim": "Police arrested 12 men.", "published": date(2024, 3, day)})
    >>> gap(said(3), said(9)), gap(said(3), said(3))
    (6, 0)
    """
    if one.article_id and one.article_id == other.article_id:
        return 0
    if one.first and other.first:
        return 0  # what each speaks of is known, and compared as such
    apart = abs(days_between(one, other))
    dated, open_ = (one, other) if one.first else (other, one)
    if dated.last and open_.published and (late := abs((open_.published - dated.last).days)) > SAME_NEWS:
        return max(apart, late)
    return apart


def may_recur(one: Assertion, other: Assertion, found: Agreement) -> str:
    """How surely what both tell may have been done twice: "often" of acts that are done again and again, "perhaps" of others.

    "" where something makes it one: the one raid, a running total, what does not change.

    >>> from claims.matching.agreement import agreement
    >>> from claims.matching.assertion import assertion_of
    >>> def read(claim): return assertion_of({"claim_id": "", "claim": claim})
    >>> def twice(*claims): return may_recur(*map(read, claims), agreement(*map(read, claims)))
    >>> twice("Police arrested 12 men in Korda.", "Police arrested 5 men in Korda.")
    'often'
    >>> twice("12 men fled Korda.", "40 men fled Korda.")
    'perhaps'
    >>> twice("The raid on Korda killed 12 men.", "The raid on Korda killed 5 men.")
    ''
    >>> twice("Police arrested 12 men since May.", "Police arrested 5 men since May.")
    ''
    """
    if is_of_any(one) or is_of_any(other):
        return "often"
    shared, kinds = frozenset(found.shared), vocabulary().kinds
    if shared & kinds["lasting"] or all(_RUNNING.search(each.text) for each in (one, other)):
        return ""  # a count that goes on; beside it, what one day added may be a part of it
    in_town = bool(shared & ({*one.names} - kinds["wide"]))
    if all(_is_one(each.text, shared, in_town=in_town) for each in (one, other)):
        return ""
    return "often" if shared & kinds["again"] else "perhaps"


@lru_cache(maxsize=1 << 14)
def _is_one(text: str, shared: frozenset[str], *, in_town: bool) -> bool:
    """Whether a claim names the one event or thing of which it tells: "the raid", "the Korda quake", "the water bill".

    A disaster is one also without "the", as it strikes a town seldom: "floods in Korda", but not "floods in India".
    """
    kinds = vocabulary().kinds
    tokens = tokens_of(text)
    for at, token in enumerate(tokens):
        meant = meaning(token)
        if meant not in shared or is_past(token.lower()):
            continue
        opened = _opened_by(tokens, at)
        if meant in kinds["disaster"] and (opened == "known" or (in_town and not opened)):
            return True
        if opened == "known" and not is_plural(token) and meant in _events():
            return True
    told = {each.lower() for each in tokens}
    named = tokens[1:2] and (tokens[1][0].isupper() or tokens[1][0].isdigit())  # "Flight 12", "Korda Air"
    return bool(shared & kinds["wreck"]) and bool(told & _DEFINITE or named) and not told & _INDEFINITE


@cache
def _events() -> frozenset[str]:
    """What "the" makes one: an act, an event, an occasion, what is decided."""
    kinds = vocabulary().kinds
    return kinds["event"] | kinds["episode"] | kinds["again"] | kinds["occasion"] | kinds["decided"]


def _opened_by(tokens: list[str], at: int) -> str:
    """How the phrase opens in which a noun stands: "known" by "the" or its like, "one of many" by "a", or neither.

    >>> _opened_by("The police raid".split(), 2), _opened_by("In a night raid".split(), 3), _opened_by("Men seen to raid".split(), 3)
    ('known', 'one of many', '')
    """
    for token in reversed(tokens[max(0, at - _LOOKED_BACK) : at]):
        lower = token.lower()
        if lower in _DEFINITE:
            return "known"
        if lower in _INDEFINITE:
            return "one of many"
        if lower in _PARTS or is_past(lower):
            return ""
    return ""
