"""Speakers: whether two ways to name one mean the same, as far as the names themselves are sure of it."""

from __future__ import annotations

import re
from collections.abc import Collection

from claims.store.searching import words_of

_WORD = re.compile(r"[^\W_]+(?:['\N{RIGHT SINGLE QUOTATION MARK}.-][^\W_]+)*")

#: What stands before a name and is no part of it, some of it of one sex alone.
_MEN, _WOMEN = frozenset("mr sir lord".split()), frozenset("mrs ms miss dame lady madam".split())
_BEFORE = _MEN | _WOMEN | frozenset("mx dr prof professor the a an its their his her".split())
_PRONOUNS = frozenset("he she it they who we i you".split())

#: What makes somebody else of a name: "a spokesman for Ilic", "Ilic and Vey".
_LINKS = frozenset("for of at from in on by to and or with near against".split())


def is_same_speaker(one: str, other: str) -> bool | None:
    """Whether both names are one speaker's; None where they may be, and may be another's.

    >>> [is_same_speaker("Jana Ilic", name) for name in ("Ms Ilic", "Interior Minister Jana Ilic", "jana ilić")]
    [True, True, True]
    >>> [is_same_speaker("Jana Ilic", name) for name in ("Marusa", "Tom Vey")]
    [False, False]

    A description may be anybody's, and so may half a name, some letters, and a name within another's:

    >>> [is_same_speaker("Jana Ilic", name) for name in ("the minister", "Tom Ilic", "JI", "a spokesman for Jana Ilic", "she")]
    [None, None, None, None, None]
    >>> is_same_speaker("the ministry", "The ministry"), is_same_speaker("the ministry", "the interior ministry")
    (True, None)
    >>> is_same_speaker("Mr Ilic", "Ms Ilic")
    """
    mine, yours = _named(one), _named(other)
    if not mine or not yours or _are_of_two_sexes(words_of(one), words_of(other)):
        return None
    if mine.keys() == yours.keys():
        return True
    if not any(mine.values()) or not any(yours.values()):
        return None
    shared = mine.keys() & yours.keys()
    if not shared:
        return None if _has_letters(one) or _has_letters(other) else False
    is_within = shared in (mine.keys(), yours.keys()) and any(mine[word] and yours[word] for word in shared)
    return True if is_within and _LINKS.isdisjoint(mine.keys() ^ yours.keys()) else None


def _named(speaker: str) -> dict[str, bool]:
    """The words of a name without regard to case and accents, and whether each is written as a name is."""
    found = {" ".join(words_of(word)): not word.islower() for word in _WORD.findall(speaker)}
    return {word: named for word, named in found.items() if word not in _BEFORE | _PRONOUNS}


def _are_of_two_sexes(mine: Collection[str], yours: Collection[str]) -> bool:
    """Whether the one is called Mr and the other Ms, or the like."""
    ways = ((mine, yours), (yours, mine))
    return any(not _MEN.isdisjoint(one) and not _WOMEN.isdisjoint(other) for one, other in ways)


def _has_letters(speaker: str) -> bool:
    """Whether a word of it may stand for a whole name: "IMF"."""
    return any(len(word) > 1 and word.isupper() for word in _WORD.findall(speaker))
