"""GDELT DOC 2.0: news of the last months from all over the world, by the words of their text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from claims.finders.answers import day, needed, words
from claims.finders.asking import Ask
from claims.finders.candidate import Candidate
from claims.finders.finder import MOST
from claims.finders.question import Question
from claims.finders.told import Remark, Told, read_each, told

NAME = "gdelt"

#: Signs of a word that GDELT takes at least; it refuses a question with a shorter one.
_SHORTEST = 3

#: Signs around an amount that are part of no word to GDELT.
_SIGNS = "$£€¥%"

#: How far back GDELT's window reaches, and by how much a day may be earlier elsewhere.
_WINDOW, _ELSEWHERE = timedelta(days=85), timedelta(days=1)


def find(question: Question, ask: Ask) -> Iterator[Told]:
    """Articles that say the words; one answer holds them all, the likest first. Where every word is too short it is not asked."""
    asked = [word.strip(_SIGNS) for word in question.words.split()]
    short = [word for word in asked if len(word) < _SHORTEST]
    if short:
        left = " ".join(short)
        what = "Asked without" if len(short) < len(asked) else "Not asked for"
        yield Remark(f"{what} “{left}”: GDELT takes no word below {_SHORTEST} signs.")
    long_enough = " ".join(word for word in asked if word not in short)
    if not long_enough:
        return
    given = {"query": long_enough, "mode": "artlist", "format": "json", "sort": "hybridrel", "maxrecords": str(MOST)}
    since = _since(question.day, datetime.now(UTC).date())
    if since:
        given["startdatetime"] = f"{since:%Y%m%d}000000"
        yield Remark(f"Asked for articles since {since.day} {since:%B %Y}.")
    yield from ask(given, _read)


def _since(first: date | None, today: date) -> date | None:
    """The day from which articles may tell of what the claim says: where its own day lies in the window, the one before it.

    There is no last day, for a check of it may come at any time.

    >>> _since(date(2024, 3, 3), date(2024, 3, 5)), _since(date(2019, 1, 1), date(2024, 3, 5))
    (datetime.date(2024, 3, 2), None)
    >>> _since(date(2024, 5, 1), date(2024, 3, 5)), _since(None, date(2024, 3, 5))
    (None, None)
    """
    return first - _ELSEWHERE if first and today - _WINDOW <= first <= today else None


def _read(answer: Any) -> list[Told]:
    """What the answer tells; {} and no more is how GDELT says that it has found nothing."""
    return [] if answer == {} else told(*read_each(needed(answer, "articles"), _candidate))


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
