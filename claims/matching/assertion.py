"""Assertion: a claim as matching sees it, its words by meaning, its names, how it is meant, its days and its amounts."""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any

from claims.matching.amounts import Amount, amounts_of
from claims.matching.vocabulary import meaning, stem, vocabulary

_WORD = re.compile(r"[^\W_](?:[^\W_]|[.&-](?=[^\W_]))*")
_POSSESSIVE = re.compile(r"[’']s\b|(?<=s)[’'](?!\w)")
_NEGATION = re.compile(
    r"\b(?P<only>not\s(?:only|just|merely))\b|\b(?:not|never|neither|nor|nobody|no\sone)\b|n[’']t\b", re.IGNORECASE
)
_PASSIVE = re.compile(r"\b(?:is|are|was|were|been|being|be)\b.{1,60}\bby\b", re.IGNORECASE)
# Words that only hold others together.
_FUNCTION = frozenset(
    """a an the this that these those there here it its he him his she her hers they them their theirs we us our you your i
    me my who whom whose which what where how and or but nor so yet as then because though although
    of in on at by to from for with without within into onto upon under above below between among amid
    against across along around through throughout toward towards near off out up down via per plus minus not
    do does did done doing is are was were be been being am has have had having 's s t no never both each every any
    such very too own other another more most less much been about if""".split()
)
# Prepositions that put what follows somewhere; a name behind one is a place.
_PLACING = frozenset("in at near from off outside inside around through across".split())
# What follows them says when or why, not what.
_CIRCUMSTANCE = frozenset(
    "after before when while following during amid since as because despite although though until".split()
)
_CALENDAR = frozenset(
    """january february march april june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday today yesterday tomorrow tonight last next ago weekend spring summer autumn winter""".split()
)
_CALENDAR_NAMES = frozenset({"march", "may"})
#: What a name, a word and a word that says little weigh; from WORD on a word sets two claims apart.
NAME, WORD, LIGHT = 1.6, 1.0, 0.25


@dataclass(frozen=True, slots=True)
class Assertion:
    """One claim, read for comparing.

    ``words`` are meanings with what each weighs, ``names`` those of them that are names, in order; ``places`` the names
    that stand behind "in", "at", "near". ``mode`` is how it is meant: asserted, future, wanted, possible or denied.
    ``first`` and ``last`` are the days that it speaks of, ``published`` the day on which it was said.
    """

    claim_id: str
    article_id: str
    text: str
    speaker: str
    published: date | None
    first: date | None
    last: date | None
    words: Mapping[str, float]
    names: tuple[str, ...]
    places: frozenset[str]
    opening: str
    mode: str
    negated: bool
    passive: bool
    moment: bool
    counted: str

    @property
    def amounts(self) -> tuple[Amount, ...]:
        """The amounts of the wording; read when first asked for, as most claims are never compared."""
        return amounts_of(self.text)


def assertion_of(row: Mapping[str, Any]) -> Assertion:
    """A row of the claims table, read for comparing.

    >>> read = assertion_of({"claim_id": "a", "claim": "Guards did not close the Korda prison on Monday."})
    >>> sorted(read.words), read.names, read.negated, read.mode
    (['close', 'guard', 'korda', 'prison'], ('korda',), True, 'asserted')
    >>> assertion_of({"claim_id": "b", "claim": "Guards may close it."}).mode
    'possible'
    """
    tokens = tokens_of(row["claim"])
    stems = [stem(token.lower()) for token in tokens]
    read = _read(tokens, stems)
    return Assertion(
        row["claim_id"],
        row.get("article_id") or "",
        row["claim"],
        row.get("speaker") or "",
        row.get("published"),
        row.get("date_first"),
        row.get("date_last"),
        {word: weight for word, (weight, _) in read.words.items()},
        tuple(read.names),
        frozenset(read.places),
        read.opening,
        _mode(tokens, stems),
        sum(not match["only"] for match in _NEGATION.finditer(row["claim"])) % 2 == 1,
        bool(_PASSIVE.search(row["claim"])),
        _is_of_a_moment(stems),
        meaning(row["figure_unit"]) if row.get("figure_unit") else "",
    )


def as_written(assertion: Assertion, meanings: Collection[str]) -> str:
    """The words of an assertion that have these meanings, as they are written and in their order.

    >>> as_written(assertion_of({"claim_id": "a", "claim": "Two inmates fled Korda."}), ["korda", "escape"])
    '"fled", "Korda"'
    """
    tokens = tokens_of(assertion.text)
    read = _read(tokens, [stem(token.lower()) for token in tokens])
    return ", ".join(f'"{written}"' for word, (_, written) in read.words.items() if word in meanings)


def tokens_of(text: str) -> list[str]:
    """The words and numbers of a claim as they are written, without an owner's "s"."""
    return [match.group() for match in _WORD.finditer(_POSSESSIVE.sub("", text))]


@dataclass(slots=True)
class _Reading:
    """What has been read of a claim so far: meanings with their weight and as written, names, places, opening word."""

    words: dict[str, tuple[float, str]] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    places: set[str] = field(default_factory=set)
    opening: str = ""
    circumstance: bool = False
    placed: bool = False

    def pass_over(self, lower: str) -> None:
        """A word that only holds others together, a day or a number."""
        self.circumstance = self.circumstance or (lower in _CIRCUMSTANCE and bool(self.words))
        self.placed = lower in _PLACING or (self.placed and lower in {"the", "and"})

    def phrase(self, name: str, written: str) -> None:
        self.words.setdefault(sys.intern(name), (WORD, written))
        self.placed = False

    def name(self, token: str) -> None:
        name = sys.intern(token.lower())
        self.words[name] = NAME, token
        self.names.append(name)
        if self.placed:
            self.places.add(name)

    def word(self, token: str, plain: str, *, first: bool) -> None:
        known, kinds = vocabulary(), vocabulary().kinds
        if token.lower() in kinds["units"] or plain in kinds["units"]:
            return
        found = sys.intern(known.concepts.get(plain, plain))
        weight = LIGHT if self.circumstance or plain in kinds["light"] or found in kinds["light"] else WORD
        self.words[found] = max((weight, token), self.words.get(found, (0, token)))
        self.opening = found if first and token[0].isupper() and found == plain else self.opening
        self.placed = self.placed and token[0].islower()


def _read(tokens: list[str], stems: list[str]) -> _Reading:
    reading = _Reading()
    at = 0
    while at < len(tokens):
        token, plain, steps = tokens[at], stems[at], 1
        if phrase := _phrase_at(stems, at):
            steps = len(phrase[0])
            reading.phrase(phrase[1], " ".join(tokens[at : at + steps]))
        elif _only_holds(tokens, at):
            reading.pass_over(token.lower())
        elif token[0].isupper() and (at or _followed_by_name(tokens)) and plain not in vocabulary().kinds["light"]:
            reading.name(token)
        else:
            reading.word(token, plain, first=at == 0)
        at += steps
    return reading


def _phrase_at(stems: list[str], at: int) -> tuple[tuple[str, ...], str] | None:
    rows = vocabulary().phrases.get(stems[at], ())
    return next((row for row in rows if tuple(stems[at : at + len(row[0])]) == row[0]), None)


def _only_holds(tokens: list[str], at: int) -> bool:
    """Whether a word says nothing of its own here: it holds others together, or belongs to a day or a figure."""
    token = tokens[at]
    lower = token.lower()
    if lower == "than":
        return _is_bound(tokens[at + 1 : at + 2])
    return token[0].isdigit() or lower in _FUNCTION or lower in _CIRCUMSTANCE or _is_calendar(token, at)


def _followed_by_name(tokens: list[str]) -> bool:
    return len(tokens) > 1 and tokens[1][0].isupper() and not _is_calendar(tokens[1], 1)


def _is_bound(after: list[str]) -> bool:
    """Whether "than" only leads up to a figure: "more than 300", not "more than in Korda"."""
    return any(word[0].isdigit() or word.lower() in vocabulary().kinds["units"] for word in after)


def _is_calendar(token: str, at: int) -> bool:
    lower = token.lower()
    if lower in _CALENDAR_NAMES:
        return at > 0 and token[0].isupper()
    return lower in _CALENDAR


def _mode(tokens: list[str], stems: list[str]) -> str:
    """The first of the table's modes that a word of the claim shows; "May" in capitals is a month."""
    for mode, rows in vocabulary().modes.items():
        for at, plain in enumerate(stems):
            if plain in rows and not (at and tokens[at][0].isupper()):
                for words in rows[plain]:
                    if tuple(stems[at : at + len(words)]) == words:
                        return mode
    return "asserted"


def _is_of_a_moment(stems: list[str]) -> bool:
    return any(word in vocabulary().kinds["moment"] for word in _runs(stems))


def _runs(stems: list[str]) -> Iterator[str]:
    yield from stems
    yield from (f"{one} {other}" for one, other in pairwise(stems))
