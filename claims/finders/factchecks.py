"""Google Fact Check Tools: what other desks have published as ClaimReview, each with that desk's verdict as theirs."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from claims.finders.answers import day, part, results, words
from claims.finders.asking import Ask
from claims.finders.candidate import Candidate
from claims.finders.finder import PAGE, PAGES
from claims.finders.question import Question
from claims.finders.told import Told, read_each, told

NAME = "factchecks"


def find(question: Question, ask: Ask) -> Iterator[Told]:
    """Checks of such claims, page after page."""
    token = ""
    for _ in range(PAGES):
        given = {"query": question.words, "pageSize": str(PAGE), "languageCode": "en"}
        found, token = ask(given | ({"pageToken": token} if token else {}), _read)
        yield from found
        if not token:
            break


def _read(answer: Any) -> tuple[list[Told], str]:
    """What a page tells, and the token of the next one; {} is how this service says that it has found nothing."""
    checked, unread = read_each(results(answer, "claims"), _reviews)
    found, spoilt = read_each(chain.from_iterable(checked), _candidate)
    return told(found, [*unread, *spoilt]), words(answer, "nextPageToken")


def _reviews(claim: Any) -> list[tuple[Any, Any]]:
    return [(claim, review) for review in results(claim, "claimReview")]


def _candidate(checked: tuple[Any, Any]) -> Candidate:
    claim, review = checked
    publisher = part(review, "publisher")
    named = words(publisher, "name") or words(publisher, "site")
    published = day(words(review, "reviewDate"))
    said_by = words(claim, "claimant")
    return Candidate(
        NAME,
        "fact-check",
        words(review, "title") or words(claim, "text"),
        words(review, "url"),
        named,
        published,
        f"{said_by}: {words(claim, 'text')}" if said_by else words(claim, "text"),
        verdict=words(review, "textualRating"),
        verdict_by=named,
        verdict_on=published,
    )
