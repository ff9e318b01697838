"""Assertion: a claim as matching sees it, its words by meaning, its names, how it is meant, its days and its amounts."""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

from claims.matching.amount import Amount
from claims.matching.amounts import amounts_of, labels_of, toll_of
from claims.matching.ranks import ORDINALS
from claims.matching.tolls import Toll
from claims.matching.vocabulary import is_past, meaning, stem, vocabulary

_WORD = re.compile(r"[^\W_](?:[^\W_]|[.&-](?=[^\W_]))*")
_POSSESSIVE = re.compile(r"[’']s\b|(?<=s)[’'](?!\w)")
_NEGATION = re.compile(
    r"""\b(?P<only>not\s(?:only|just|merely))\b|\b(?:not(?!\sguilty\b)|never|neither|nor|no\slonger
    |fail(?:s|ed)?\sto)\b|n[’']t\b""",
    re.IGNORECASE | re.VERBOSE,
)
# "No fire alarm" denies one; "no deaths" counts none of them.
_NO = re.compile(
    r"\bno\s(?!electricity\b|power\b|longer\b|one\b|more\b|less\b|fewer\b|doubt\b|matter\b)[a-z]", re.IGNORECASE
)
_PASSIVE = re.compile(r"\b(?:is|are|was|were|been|being|be)\s(?:not\s|also\s|\w+ly\s)?(?P<verb>[a-z]+)", re.IGNORECASE)
_PRONOUNS = frozenset("it he she they its his her their we our i my".split())
_LIVES_IN = frozenset("in on at with without under below near alone outside abroad".split())
# "Made 300,000 cars" tells what was produced, "made 112 arrests" does not.
_MADE = frozenset("arrests profit profits loss losses appearances offers goals runs visits trips changes saves".split())
_AFTER_NOUN = frozenset("was were is are has have had by on in at from against would will".split())
# Words that only hold others together.
_FUNCTION = frozenset(
    """a an the this that these those there here it its he him his she her hers they them their theirs we us our you your i
    me my who whom whose which what where how and or but nor so yet as then because though although
    of in on at by to from for with without within into onto upon under above below between among amid
    against across along around through throughout toward towards near off out up down via per plus minus not
    do does did done doing is are was were be been being am has have had having 's s t no never both each every any
    such very too own other another more most less much been about if""".split()
)
# "Came back", "went home": neither approves nor is a house.
_WHERE_TO = frozenset("back home".split())
_MOVED = frozenset(
    """was is were are be been got get gets getting came come comes go goes going went gone beat took take taken brought bring sent
    send fell turned turn flew fly flown hand handed put bought give gave given welcomed drove driven return returned returns pushed
    pull pulled stay stayed at way""".split()
)
# Prepositions that put what follows somewhere; a name behind one is a place.
_PLACING = frozenset("in at near from off outside inside around through across".split())
_OF_A_PLACE = frozenset("port city town village district province suburb island region county state".split())
# What follows them says when or why, not what.
_CIRCUMSTANCE = frozenset(
    "after before when while following during amid since as because despite although though until".split()
)
_CALENDAR = frozenset(
    """january february march april june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday noon midday midnight today yesterday tomorrow tonight last next ago weekend spring summer autumn winter""".split()
)
_CALENDAR_NAMES = frozenset({"march", "may"})
# "Left two people dead", "left the rate unchanged": nobody goes anywhere.
_LEFT_SO = frozenset(
    "dead homeless injured wounded stranded trapped without unchanged hospitalised hospitalized missing".split()
)
_LEFT_WITHIN = 7
# Words before which one of a mode is a noun ("the plan was approved"), unless "the plan to hire" tells what is meant.
_OPENS_NOUN = frozenset("the a an its his her their this that these those of no under".split())
_TELLS_MODE = frozenset("to that of for".split())
# "Finished second": the place is said, not an end.
_TAKES_RANK = frozenset({"finish", "plac", "rank", "com"})
_MAY_SAY_LITTLE = _TAKES_RANK | {"leav", "record", "fail", "set"}
_ORDINAL = re.compile(rf"(?:in |joint )?(?:{'|'.join(ORDINALS)}|\d+(?:st|nd|rd|th))\b")
# Not a forename: "East Korda" is a part of Korda.
_PART_NAMES = frozenset(
    "east west north south eastern western northern southern central new upper lower greater inner outer".split()
)
#: What a name, a word and a word that says little weigh; from WORD on a word sets two claims apart.
NAME, WORD, LIGHT = 1.6, 1.0, 0.25
_REMEMBERED = 1 << 10


@dataclass(frozen=True, slots=True)
class Assertion:
    """One claim, read for comparing.

    ``words`` are meanings with what each weighs, ``names`` those of them that are names, in order; ``places`` the names
    that stand behind "in", "at", "near"; ``forenames`` are pairs of names that stand side by side. ``mode`` is how it is meant: asserted, future, wanted, possible or denied.
    ``numerals`` are its numbers, units and hedges in small letters, in order: ("about", "100").
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
    forenames: frozenset[tuple[str, str]]
    opening: str
    mode: str
    negated: bool
    passive: bool
    moment: bool
    counted: str
    numerals: tuple[str, ...]

    @property
    def saying(self) -> Hashable:
        """What copies of one report have in common, whoever prints them: the meanings, the numbers, the days and how it is meant.

        >>> told, again, other = (assertion_of({"claim_id": name, "claim": claim}) for name, claim in (
        ...     ("a", "785 inmates fled Korda."), ("b", "785 detainees escaped from Korda."), ("c", "About 785 inmates fled Korda.")))
        >>> told.saying == again.saying, told.saying == other.saying
        (True, False)
        """
        weighty = frozenset(word for word, weight in self.words.items() if weight >= WORD)
        return weighty, self.numerals, self.first, self.last, self.mode, self.negated

    @property
    def amounts(self) -> tuple[Amount, ...]:
        """The amounts of the wording; read when first asked for, as most claims are never compared."""
        return amounts_of(self.text)

    @property
    def labels(self) -> Mapping[str, frozenset[str]]:
        """Numbers that belong to a name: "flight 218", "Article 50"."""
        return labels_of(self.text)


def assertion_of(row: Mapping[str, Any]) -> Assertion:
    """A row of the claims table, read for comparing.

    >>> read = assertion_of({"claim_id": "a", "claim": "Guards did not close the Korda prison on Monday."})
    >>> sorted(read.words), read.names, read.negated, read.mode
    (['close', 'guard', 'korda', 'prison'], ('korda',), True, 'asserted')
    >>> assertion_of({"claim_id": "b", "claim": "Guards may close it."}).mode
    'possible'
    """
    tokens = tokens_of(row["claim"])
    speaker = row.get("speaker") or ""
    if speaker and tokens and tokens[0].lower() in _PRONOUNS:  # "It will hire 40", said by Korda Air, is of Korda Air
        tokens = [token for token in tokens_of(speaker) if token[0].isupper()] + tokens
    stems = _stems(tokens, row["claim"])
    read = _read(tokens, stems)
    return Assertion(
        row["claim_id"],
        row.get("article_id") or "",
        row["claim"],
        speaker,
        row.get("published"),
        row.get("date_first"),
        row.get("date_last"),
        {word: weight for word, (weight, _) in read.words.items()},
        tuple(read.names),
        frozenset(read.places),
        frozenset(read.forenames),
        read.opening,
        _mode(tokens, stems, reported=bool(speaker)),
        _is_negated(row["claim"]),
        any(is_past(match["verb"].lower()) for match in _PASSIVE.finditer(row["claim"])),
        _is_of_a_moment(stems),
        meaning(row["figure_unit"]) if row.get("figure_unit") else "",
        tuple(token.lower() for token, plain in zip(tokens, stems, strict=True) if _is_numeral(token, plain)),
    )


def _is_numeral(token: str, plain: str) -> bool:
    counts = plain in vocabulary().kinds["units"] and plain != "of"
    return token[0].isdigit() or counts or _is_spelt_number(token.lower())


def as_written(assertion: Assertion, meanings: Collection[str]) -> str:
    """The words of an assertion that have these meanings, as they are written and in their order.

    >>> as_written(assertion_of({"claim_id": "a", "claim": "Two inmates fled Korda."}), ["korda", "escape"])
    '"fled", "Korda"'
    """
    return ", ".join(f'"{written}"' for word, written in _written(assertion.text) if word in meanings)


def written_of(assertion: Assertion) -> dict[str, str]:
    """The meanings of an assertion, each with its word in small letters.

    >>> written_of(assertion_of({"claim_id": "a", "claim": "Two inmates fled Korda."}))
    {'detainee': 'inmates', 'escape': 'fled', 'korda': 'korda'}
    """
    return {word: written.lower() for word, written in _written(assertion.text)}


@lru_cache(maxsize=_REMEMBERED)
def _written(text: str) -> tuple[tuple[str, str], ...]:
    """Meanings and how they are written; remembered, as one claim is told beside all of its candidates."""
    tokens = tokens_of(text)
    return tuple((word, written) for word, (_, written) in _read(tokens, _stems(tokens, text)).words.items())


def tokens_of(text: str) -> list[str]:
    """The words and numbers of a claim as they are written, without an owner's "s"."""
    return [match.group() for match in _WORD.finditer(_POSSESSIVE.sub("", text))]


def _is_negated(text: str) -> bool:
    said = sum(not match["only"] for match in _NEGATION.finditer(text))
    if _NO.search(text) and not any(amount.high == 0 for amount in amounts_of(text)):
        said += 1
    return said % 2 == 1


def _stems(tokens: list[str], text: str) -> list[str]:
    stems = [stem(token.lower()) for token in tokens]
    if toll := toll_of(text):
        _read_toll(stems, tokens, text, toll)
    if "lives" in tokens[:-1]:
        at = tokens.index("lives")
        if tokens[at + 1].lower() in _LIVES_IN:  # no lives are lost
            stems[at] = "liv"
    if "mak" in stems[:-1]:
        at = stems.index("mak")
        if tokens[at + 1][0].isdigit() and _MADE.isdisjoint(map(str.lower, tokens)):
            stems[at] = "produc"
    return stems


def _read_toll(stems: list[str], tokens: list[str], text: str, toll: Toll) -> None:
    """The toll is what befell those whom it counts, and what it rose to says no more than that: both in place."""
    at = len(tokens) - len(tokens_of(text[toll.noun[0] :]))  # a speaker may stand before the words of the claim
    for place in range(at, at + len(tokens_of(text[slice(*toll.noun)]))):
        stems[place] = toll.act
    at = len(tokens) - len(tokens_of(text[toll.level[0] :]))
    for place in range(at, at + len(tokens_of(text[slice(*toll.level)]))):
        stems[place] = "reach"


@dataclass(slots=True)
class _Reading:
    """What has been read of a claim so far: meanings with their weight and as written, names, places, opening word."""

    words: dict[str, tuple[float, str]] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    places: set[str] = field(default_factory=set)
    forenames: set[tuple[str, str]] = field(default_factory=set)
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

    def name(self, token: str, plain: str, *, beside: bool) -> None:
        name = sys.intern(vocabulary().nations.get(plain, plain))
        if beside and self.names and self.names[-1] not in _PART_NAMES:
            self.forenames.add((self.names[-1], name))
        self.words[name] = NAME, token
        self.names.append(name)
        if self.placed:
            self.places.add(name)

    def word(self, token: str, plain: str, *, first: bool, light: bool = False) -> None:
        known, kinds = vocabulary(), vocabulary().kinds
        if token.lower() in kinds["units"] or plain in kinds["units"]:
            return
        nation = known.nations.get(plain) if token[0].isupper() else None
        found = sys.intern(nation or known.concepts.get(plain, plain))
        light = light or self.circumstance or plain in kinds["light"] or found in kinds["light"]
        weight = LIGHT if light else WORD
        self.words[found] = max((weight, token), self.words.get(found, (0, token)))
        self.opening = found if first and token[0].isupper() and found in {plain, nation} else self.opening
        self.placed = self.placed and token[0].islower()


def _read(tokens: list[str], stems: list[str]) -> _Reading:
    reading = _Reading()
    may_say_little = _may_say_little()
    at = 0
    while at < len(tokens):
        token, plain, steps = tokens[at], stems[at], 1
        if phrase := _phrase_at(stems, at):
            steps = len(phrase[0])
            reading.phrase(phrase[1], " ".join(tokens[at : at + steps]))
        elif _only_holds(tokens, at):
            if (
                tokens[at - 1 : at + 1][1:] != ["of"] or tokens[at - 1].lower() not in _OF_A_PLACE
            ):  # "the port of Korda"
                reading.pass_over(token.lower())
        elif _is_name(tokens, at) and plain not in vocabulary().kinds["light"]:
            reading.name(token, plain, beside=at > 0 and tokens[at - 1][0].isupper())
        else:
            light = plain in may_say_little and _says_little(tokens, stems, at)
            reading.word(token, plain, first=at == 0, light=light)
        at += steps
    return reading


@cache
def _may_say_little() -> frozenset[str]:
    return _MAY_SAY_LITTLE | vocabulary().kinds["titles"]


def _says_little(tokens: list[str], stems: list[str], at: int) -> bool:
    """Whether a word says little where it stands: "the actor Tom Vey", "left two people dead"."""
    if stems[at] in {"fail", "set"}:
        return tokens[at + 1 : at + 2] in (["to"], ["for"])
    if tokens[at] == "record" and at + 1 < len(tokens) and tokens[at + 1][0].isdigit():
        return True
    if stems[at] in _TAKES_RANK and _ORDINAL.match(" ".join(tokens[at + 1 : at + 3]).lower()):
        return True
    if stems[at] == "leav":
        after = [token.lower() for token in tokens[at : at + _LEFT_WITHIN]]
        return not _LEFT_SO.isdisjoint(after) or any(one == "at" and two[0].isdigit() for one, two in pairwise(after))
    after = tokens[at + 1 : at + 2]
    return (
        bool(after)
        and after[0][0].isupper()
        and stems[at] in vocabulary().kinds["titles"]
        and not _is_calendar(after[0], 1)
    )


def _phrase_at(stems: list[str], at: int) -> tuple[tuple[str, ...], str] | None:
    rows = vocabulary().phrases.get(stems[at], ())
    return next((row for row in rows if tuple(stems[at : at + len(row[0])]) == row[0]), None)


def _only_holds(tokens: list[str], at: int) -> bool:
    """Whether a word says nothing of its own here: it holds others together, or belongs to a day or a figure."""
    token = tokens[at]
    lower = token.lower()
    if lower == "than":
        return _is_bound(tokens[at + 1 : at + 2])
    holds = (
        lower in _FUNCTION
        or lower in _CIRCUMSTANCE
        or (lower in _WHERE_TO and at > 0 and tokens[at - 1].lower() in _MOVED)
    )
    return token[0].isdigit() or holds or _is_spelt_number(lower) or _is_calendar(token, at)


def _is_spelt_number(word: str) -> bool:
    """Whether it is a number of two words: "forty-one", "two-thirds"."""
    return "-" in word and all(stem(part) in vocabulary().kinds["units"] for part in word.split("-"))


def _is_name(tokens: list[str], at: int) -> bool:
    """Whether a word in capitals is a name; the first of a sentence is one before another: "Tom Vey", and not "Four Korda men"."""
    if at or not tokens[at][0].isupper():
        return tokens[at][0].isupper()
    return _followed_by_name(tokens) and tokens[0].lower() not in vocabulary().kinds["units"]


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


def _mode(tokens: list[str], stems: list[str], *, reported: bool) -> str:
    """The first of the table's modes that a word of the claim shows; "May" in capitals is a month."""
    for mode, rows in vocabulary().modes.items():
        for at, plain in enumerate(stems):
            if plain in rows and not (at and tokens[at][0].isupper()) and not _is_noun(tokens, stems, at):
                for words in rows[plain]:
                    if tuple(stems[at : at + len(words)]) == words:
                        said = reported and plain == "would" and not {"if", "unless"} & set(stems)
                        return "future" if said else mode
    return "asserted"


def _is_noun(tokens: list[str], stems: list[str], at: int) -> bool:
    """Whether a word of a mode only names a thing here: "the appeal court", "the plan was approved"."""
    after = tokens[at + 1].lower() if at + 1 < len(tokens) else ""
    if at and tokens[at - 1].lower() == "as":  # "took place as planned"
        return True
    if stems[at] == "appeal" and (after == "court" or stems[max(0, at - 2) : at] == ["court", "of"]):
        return True
    if stems[at] not in vocabulary().kinds["nouns"] or tokens[at].endswith(("ed", "ing")) or after in _TELLS_MODE:
        return False
    before = tokens[at - 1].lower() if at else ""
    counted = before in vocabulary().kinds["units"] or before.isdigit()
    return before in _OPENS_NOUN or counted or after in _AFTER_NOUN or is_past(after)


def _is_of_a_moment(stems: list[str]) -> bool:
    moment = vocabulary().kinds["moment"]
    return any(word in moment for word in _runs(stems)) and not ("until" in stems and "until now" in _runs(stems))


def _runs(stems: list[str]) -> Iterator[str]:
    yield from stems
    yield from (f"{one} {other}" for one, other in pairwise(stems))
