"""Crossref: papers, books and reports with a DOI, by the words of their records."""

from __future__ import annotations

from datetime import date
from typing import Any

from claims.errors import BadAnswer
from claims.finders.answers import first_words, part, results, words
from claims.finders.asking import Ask
from claims.finders.candidate import Candidate
from claims.finders.finder import MOST, PAGE, PAGES
from claims.finders.question import Question

NAME = "crossref"


def find(question: Question, ask: Ask) -> list[Candidate]:
    """Works whose records say the words, the likest first."""
    found: list[Candidate] = []
    for page in range(PAGES):
        answer = ask(
            {
                "query.bibliographic": question.words, "rows": str(PAGE), "offset": str(page * PAGE),
                "select": "DOI,URL,title,publisher,container-title,issued,abstract",
            }
        )  # fmt: skip
        works = results(answer, "message", "items")
        found += [_candidate(each) for each in works]
        if len(works) < PAGE or len(found) >= MOST:
            break
    return found[:MOST]


def _candidate(work: Any) -> Candidate:
    return Candidate(
        NAME,
        "paper",
        first_words(work, "title") or words(work, "DOI"),
        words(work, "URL").replace("http://dx.doi.org/", "https://doi.org/"),
        first_words(work, "container-title") or words(work, "publisher"),
        issued(work),
        words(work, "abstract"),
    )


def issued(work: Any) -> date | None:
    """The day that a work is dated by; the first of its month or year where it says no more, None where it says none.

    >>> issued({"issued": {"date-parts": [[2019, 10]]}}), issued({"issued": {"date-parts": [[None]]}})
    (datetime.date(2019, 10, 1), None)
    """
    parts = results(part(work, "issued"), "date-parts")
    numbers = parts[0] if parts else []
    if not isinstance(numbers, list):
        raise BadAnswer(
            f"The date {numbers!r:.40} is no list of numbers.", "The service may have changed: search without it."
        )
    if not numbers or not all(isinstance(number, int) for number in numbers):
        return None
    try:
        return date(*[*numbers, 1, 1][:3])
    except (ValueError, OverflowError):
        return None
