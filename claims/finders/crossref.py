"""Crossref: papers, books and reports with a DOI, by the words of their records."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from claims.errors import BadAnswer
from claims.finders.answers import first_words, needed, part, results, words
from claims.finders.asking import Ask
from claims.finders.candidate import Candidate
from claims.finders.finder import PAGE, PAGES
from claims.finders.question import Question
from claims.finders.told import Told, read_each, told

NAME = "crossref"

# An e-mail address, and no page.
_MAIL = re.compile(r"[^@\s/:]+@[^@\s/:]+\.[^@\s/:]+")

#: Numbers of a date that names its day.
_WHOLE_DAY = 3


def find(question: Question, ask: Ask, contact: str = "") -> Iterator[Told]:
    """Works whose records say the words, the likest first; Crossref hears of a ``contact`` where it is an e-mail address."""
    polite = {"mailto": contact} if _MAIL.fullmatch(contact) else {}
    for page in range(PAGES):
        given = {
            "query.bibliographic": question.words, "rows": str(PAGE), "offset": str(page * PAGE),
            "select": "DOI,URL,title,publisher,container-title,issued,abstract", **polite,
        }  # fmt: skip
        found, is_full = ask(given, _read)
        yield from found
        if not is_full:
            break


def _read(answer: Any) -> tuple[list[Told], bool]:
    """What a page tells, and whether it is full, so that there may be another."""
    works = needed(answer, "message", "items")
    return told(*read_each(works, _candidate)), len(works) >= PAGE


def _candidate(work: Any) -> Candidate:
    when = issued(work)
    day = date(*when) if len(when) == _WHOLE_DAY else None
    dated = "" if day or not when else f"Issued {'-'.join(f'{number:02}' for number in when)}. "
    return Candidate(
        NAME,
        "paper",
        first_words(work, "title") or words(work, "DOI"),
        words(work, "URL").replace("http://dx.doi.org/", "https://doi.org/"),
        first_words(work, "container-title") or words(work, "publisher"),
        day,
        dated + words(work, "abstract"),
    )


def issued(work: Any) -> tuple[int, ...]:
    """What a work is dated by: year, month and day, as far as its record names them, and nothing made up beyond that.

    >>> issued({"issued": {"date-parts": [[2019, 10, 13]]}}), issued({"issued": {"date-parts": [[2019, 10]]}})
    ((2019, 10, 13), (2019, 10))
    >>> issued({"issued": {"date-parts": [[None]]}}), issued({"issued": {"date-parts": [[2019, 13]]}}), issued({})
    ((), (), ())
    """
    parts = results(part(work, "issued"), "date-parts")
    numbers = parts[0] if parts else []
    if not isinstance(numbers, list):
        raise BadAnswer(
            f"The date {numbers!r:.40} is no list of numbers.", "The service may have changed: search without it."
        )
    numbers = numbers[:_WHOLE_DAY]
    if not numbers or not all(isinstance(number, int) for number in numbers):
        return ()
    try:
        date(*[*numbers, 1, 1][:_WHOLE_DAY])
    except (ValueError, OverflowError):
        return ()
    return tuple(numbers)
