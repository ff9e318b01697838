"""Speakers: whether two ways to name one mean the same, as far as the names themselves are sure of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from claims.store.searching import words_of

_WORD = re.compile(r"[^\W_]+(?:['\N{RIGHT SINGLE QUOTATION MARK}.-][^\W_]+)*")
# "Ilic's father" is somebody of Ilic, and so is "Ilics' father".
_POSSESSIVE = re.compile(
    r"['\N{RIGHT SINGLE QUOTATION MARK}]s\b|(?<=s)['\N{RIGHT SINGLE QUOTATION MARK}](?!\w)", re.IGNORECASE
)

#: What stands before a name and is no part of it, some of it of one sex alone.
_MEN, _WOMEN = frozenset("mr sir lord".split()), frozenset("mrs ms miss dame lady madam".split())
_BEFORE = _MEN | _WOMEN | frozenset("mx dr prof professor the a an its their his her".split())
_PRONOUNS = frozenset("he she it they who we i you".split())

#: What makes somebody else of a name: "a spokesman for Ilic", "Ilic and Vey", "Ilic's father".
_LINKS = frozenset("for of at from in on by to and or with near against".split())

#: What tells a son from his father; it stands behind the name.
_GENERATIONS = frozenset("jr sr junior senior ii iii iv".split())

#: What persons are, whoever they be.
_OFFICES = frozenset(
    """
    president presidents minister ministers premier chancellor governor mayor senator congressman congresswoman
    lawmaker lawmakers mp secretary treasurer leader leaders chief head director chairman chairwoman chair
    chairperson ceo manager official officials officer officers commander general colonel major captain lieutenant
    sergeant admiral king queen prince princess emperor pope bishop archbishop cardinal imam rabbi judge justice
    prosecutor prosecutors attorney lawyer lawyers counsel ambassador envoy diplomat representative delegate deputy
    vice prime acting former member members candidate adviser advisor aide speaker spokesman spokeswoman
    spokesperson spokesmen editor author journalist reporter analyst analysts economist scientist researcher
    researchers expert experts teacher doctor nurse coach player driver farmer worker workers resident residents
    witness witnesses neighbour neighbor victim suspect defendant sheriff detective activist activists source
    sources father mother son daughter brother sister wife husband widow widower uncle aunt cousin friend
    """.split()
)
#: What bodies are, whoever speaks for them.
_BODIES = frozenset(
    """
    administration agency alliance army assembly association authority authorities bank board bureau cabinet
    campaign centre center chamber church city club college commission committee company congress coalition corp
    corporation council court department embassy federation firm force forces foundation front fund gmbh government
    group hospital house inc institute kingdom league ltd ministry movement museum nations navy news office
    opposition organisation organization palace parliament party police post press province radio regiment republic
    school senate service services society state states team times tribunal union university
    """.split()
)
_COMMON = _OFFICES | _BODIES

#: How like two words are that may be two spellings of one.
_ALIKE = 0.75


@dataclass(frozen=True, slots=True)
class _Name:
    """A way to name somebody: its words in order, which of them are written as names are, and the generation."""

    words: tuple[str, ...]
    named: frozenset[str]
    generation: str

    @property
    def personal(self) -> tuple[str, ...]:
        """The words behind every office and body, if written as a name is: of "Party leader Jana Ilic" the last two."""
        start = max((at for at, word in enumerate(self.words, 1) if word in _COMMON), default=0)
        found = self.words[start:]
        return found if found and found[-1] in self.named else ()


def is_same_speaker(one: str, other: str) -> bool | None:
    """Whether both names are one speaker's; None where they may be, and may be another's.

    >>> [is_same_speaker("Jana Ilic", name) for name in ("Ms Ilic", "Interior Minister Jana Ilic", "jana ilić")]
    [True, True, True]
    >>> [is_same_speaker("Jana Ilic", name) for name in ("Marusa", "Tom Vey")]
    [False, False]

    A description may be anybody's, and so may half a name, some letters, and a name within another's:

    >>> unsure = "the minister", "Tom Ilic", "JI", "a spokesman for Jana Ilic", "Ilic's spokesman", "she", "Minister"
    >>> {is_same_speaker("Jana Ilic", name) for name in unsure}
    {None}
    >>> is_same_speaker("the ministry", "The ministry"), is_same_speaker("the ministry", "the interior ministry")
    (True, None)
    >>> is_same_speaker("Mr Ilic", "Ms Ilic")
    """
    mine, yours = _read(one), _read(other)
    if not mine.words or not yours.words or _are_of_two_sexes(words_of(one), words_of(other)):
        return None
    if mine.generation != yours.generation or _OFFICES.issuperset(mine.words):
        return None
    if mine.words == yours.words or _is_short_for(mine, yours) or _is_short_for(yours, mine):
        return True
    return False if _are_two(mine, yours) and not _has_letters(one) and not _has_letters(other) else None


def _read(speaker: str) -> _Name:
    """A name without regard to case and accents, and without what stands before names."""
    found = [
        (" ".join(words_of(word)), word != word.lower()) for word in _WORD.findall(_POSSESSIVE.sub(" of ", speaker))
    ]
    kept = [(word, named) for word, named in found if word not in _BEFORE | _PRONOUNS]
    generation = kept.pop()[0] if len(kept) > 1 and kept[-1][0] in _GENERATIONS else ""
    return _Name(tuple(word for word, _ in kept), frozenset(word for word, named in kept if named), generation)


def _is_short_for(short: _Name, full: _Name) -> bool:
    """Whether the full name says all that the short one does, and ends as it does: "Ms Ilic", "Minister Jana Ilic"."""
    name = short.personal
    ends = bool(name) and full.personal[-len(name) :] == name
    return ends and {*short.words} <= {*full.words} and _LINKS.isdisjoint(full.words)


def _are_two(mine: _Name, yours: _Name) -> bool:
    """Whether both are persons' names in one script, with no word in common, nor two that may be spellings of one."""
    if not mine.personal or not yours.personal or not _LINKS.isdisjoint(mine.words + yours.words):
        return False
    ours, theirs = (" ".join(each.words).split() for each in (mine, yours))
    if any(get_close_matches(word, theirs, 1, _ALIKE) for word in ours):
        return False
    return _scripts(mine.personal) == _scripts(yours.personal)


def _scripts(words: Sequence[str]) -> set[str]:
    """The scripts in which words are written.

    >>> _scripts(["ivan"]), _scripts(["иван"])
    ({'LATIN'}, {'CYRILLIC'})
    """
    return {unicodedata.name(sign, "").partition(" ")[0] for word in words for sign in word if sign.isalpha()}


def _are_of_two_sexes(mine: Collection[str], yours: Collection[str]) -> bool:
    """Whether the one is called Mr and the other Ms, or the like."""
    ways = ((mine, yours), (yours, mine))
    return any(not _MEN.isdisjoint(one) and not _WOMEN.isdisjoint(other) for one, other in ways)


def _has_letters(speaker: str) -> bool:
    """Whether a word of it may stand for a whole name: "IMF"."""
    return any(len(word) > 1 and word.isupper() for word in _WORD.findall(speaker))
