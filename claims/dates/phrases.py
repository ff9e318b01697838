"""Phrases: patterns of words, each with the words it may open with and the function that reads what it found."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from claims.dates.periods import Period
from claims.dates.scene import Scene
from claims.dates.words import spell

Kind = Literal["DATE", "TIME", "DURATION", "SET"]

NO_PUBLICATION = "no publication date is known"


@dataclass(frozen=True, slots=True)
class Reading:
    """What an expression means: the part of a ``Date`` that does not depend on where it stands."""

    kind: Kind
    timex: str
    first: date | None
    last: date | None
    why: str
    #: The period it puts in focus, for "a year earlier" in the words after it.
    focus: Period | None = None


#: Reads a match in its scene; None where the words, looked at closely, are no time expression after all.
Reader = Callable[[re.Match[str], Scene], Reading | None]


def resolved(period: Period | None, why: str, *, kind: Kind = "DATE", timex: str | None = None) -> Reading:
    """The reading of a period that is certain; one that left the calendar (None) stays unresolved."""
    if period is None:
        return beyond(kind)
    return Reading(kind, timex or period.timex, period.first, period.last, why, period)


def beyond(kind: Kind = "DATE") -> Reading:
    """The reading of words that lead out of the years 1 to 9999."""
    return unresolved("XXXX", "it lies outside the calendar", kind)


def unresolved(timex: str, why: str = NO_PUBLICATION, kind: Kind = "DATE") -> Reading:
    """The reading of words that name no day, or none that can be known."""
    return Reading(kind, timex, None, None, why)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A pattern and its reader."""

    pattern: re.Pattern[str]
    read: Reader


_WORD = re.compile(r"[^\W_]+")
# A number that goes on to the left, or an amount of money, begins no date.
_INSIDE_NUMBER = re.compile(r"(?:\d[.,:/]|[$£€¥#])$")


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """Phrases under each of the words they may open with (lower case; "0" stands for digits)."""

    openings: dict[str, list[Phrase]] = field(default_factory=dict)

    def phrase(self, opening: str, pattern: str) -> Callable[[Reader], Reader]:
        """Enter the function below as the reader of ``pattern``, which begins with one of the words of ``opening``."""

        def enter(read: Reader) -> Reader:
            entry = Phrase(spell(pattern), read)
            for word in dict.fromkeys(opening.lower().split()):
                self.openings.setdefault(word, []).append(entry)
            return read

        return enter

    def then(self, other: Phrasebook) -> Phrasebook:
        """Both books as one; of two readings equally long, this one's is preferred."""
        words = self.openings.keys() | other.openings.keys()
        return Phrasebook({word: self.openings.get(word, []) + other.openings.get(word, []) for word in words})

    def read(self, scene: Scene) -> Iterator[tuple[int, int, Reading]]:
        """The readings in ``scene``'s text with their spans, from left to right, none overlapping.

        Every word is looked up once, and every pattern looks ahead a bounded way: the time is linear in the text.
        """
        text, openings, free = scene.text, self.openings, 0
        for word in _WORD.finditer(text):
            start, key = word.start(), word[0]
            if start < free:
                continue
            is_number = "0" <= key[0] <= "9"
            candidates = openings.get("0" if is_number else key.lower())
            if candidates is None or (is_number and _INSIDE_NUMBER.search(text[max(start - 2, 0) : start])):
                continue
            matches = [(match, entry.read) for entry in candidates if (match := entry.pattern.match(text, start))]
            matches.sort(key=lambda found: -found[0].end())
            for match, read in matches:
                if (reading := read(match, scene)) is not None:
                    free = scene.last_end = match.end()
                    if reading.focus is not None:
                        scene.remember(reading.focus, free)
                    yield start, free, reading
                    break
