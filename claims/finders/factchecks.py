"""Google Fact Check Tools: what other desks have published as ClaimReview, each with that desk's verdict as theirs."""

from __future__ import annotations

from typing import Any

from claims.finders.answers import day, part, results, words
from claims.finders.asking import Ask
from claims.finders.candidate import Candidate
from claims.finders.finder import MOST, PAGE, PAGES
from claims.finders.question import Question

NAME = "factchecks"


def find(question: Question, ask: Ask) -> list[Candidate]:
    """Checks of such claims; page after page until there are enough."""
    found: list[Candidate] = []
    token = ""
    for _ in range(PAGES):
        given = {"query": question.words, "pageSize": str(PAGE), "languageCode": "en"}
        answer = ask(given | ({"pageToken": token} if token else {}))
        for claim in results(answer, "claims"):
            found += [_candidate(claim, review) for review in results(claim, "claimReview")]
        token = words(answer, "nextPageToken")
        if not token or len(found) >= MOST:
            break
    return found[:MOST]


def _candidate(claim: Any, review: Any) -> Candidate:
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
