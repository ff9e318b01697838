"""GDELT DOC 2.0: news of the last months from all over the world, by the words of their text."""

from __future__ import annotations

from typing import Any

from claims.finders.answers import day, results, words
from claims.finders.asking import Ask
from claims.finders.candidate import Candidate
from claims.finders.finder import MOST
from claims.finders.question import Question

NAME = "gdelt"

#: Signs of a word that GDELT takes at least; it refuses a question with a shorter one.
_SHORTEST = 3


def find(question: Question, ask: Ask) -> list[Candidate]:
    """Articles that say the words; one answer holds them all, the likest first. Where every word is too short it is not asked."""
    long_enough = " ".join(word for word in question.words.split() if len(word) >= _SHORTEST)
    if not long_enough:
        return []
    given = {"query": long_enough, "mode": "artlist", "format": "json", "sort": "hybridrel", "maxrecords": str(MOST)}
    return [_candidate(each) for each in results(ask(given), "articles")][:MOST]


def _candidate(found: Any) -> Candidate:
    language, country = words(found, "language"), words(found, "sourcecountry")
    return Candidate(
        NAME,
        "page",
        words(found, "title") or words(found, "url"),
        words(found, "url"),
        words(found, "domain"),
        day(words(found, "seendate")),
        ", ".join(part for part in (language, country) if part),
    )
