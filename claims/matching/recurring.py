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


def may_recur(one: Assertion, other: Assertion, found: Agreement) -> bool:
    """Whether both tell of a kind of act that is done again and again, and nothing makes it one: it may have been done twice.

    >>> from claims.matching.agreement import agreement
    >>> from claims.matching.assertion import assertion_of
    >>> def read(claim): return assertion_of({"claim_id": "", "claim": claim})
    >>> def twice(*claims): return may_recur(*map(read, claims), agreement(*map(read, claims)))
    >>> twice("Police arrested 12 men in Korda.", "Police arrested 5 men in Korda.")
    True
    >>> twice("The raid on Korda killed 12 men.", "The raid on Korda killed 5 men.")
    False
    >>> twice("Police arrested 12 men since May.", "Police arrested 5 men since May.")
    False
    """
    if is_of_any(one) or is_of_any(other):
        return True
    shared = frozenset(found.shared)
    if not shared & vocabulary().kinds["again"]:
        return False
    if all(_RUNNING.search(each.text) for each in (one, other)):
        return False  # a count that goes on; beside it, what one day added may be a part of it
    return not (_is_one(one.text, shared) and _is_one(other.text, shared))


@lru_cache(maxsize=1 << 14)
def _is_one(text: str, shared: frozenset[str]) -> bool:
    """Whether a claim names the one event or thing of which it tells: "the raid", "the Korda quake", "the water bill".

    A disaster is one also without "the", as it strikes a place seldom: "floods in Korda".
    """
    kinds = vocabulary().kinds
    tokens = tokens_of(text)
    for at, token in enumerate(tokens):
        meant = meaning(token)
        if meant not in shared or is_past(token.lower()):
            continue
        opened = _opened_by(tokens, at)
        if meant in kinds["disaster"] and opened != "one of many":
            return True
        if opened == "known" and not is_plural(token) and meant in _events():
            return True
    return bool(shared & kinds["wreck"]) and not any(each.lower() in _INDEFINITE for each in tokens)


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
