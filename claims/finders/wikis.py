"""Wikipedia's pages and Wikidata's things, both by the Action API of MediaWiki."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlsplit

from claims.finders.answers import day, part, results, words
from claims.finders.asking import Ask
from claims.finders.candidate import Candidate
from claims.finders.finder import MOST, PAGE, PAGES
from claims.finders.question import Question
from claims.finders.services import Service

#: Names of a question that Wikidata is asked for: it knows things by their names, and no sentences.
_NAMES = 3


def wikipedia(question: Question, ask: Ask, service: Service) -> list[Candidate]:
    """Pages that say the words, in the order of the search."""
    found: list[Candidate] = []
    more: dict[str, str] = {}
    for _ in range(PAGES):
        answer = ask(
            {
                "action": "query", "list": "search", "format": "json", "formatversion": "2", "srsearch": question.words,
                "srlimit": str(PAGE), "srprop": "snippet|timestamp", **more,
            }
        )  # fmt: skip
        found += [_page(each, service) for each in results(answer, "query", "search")]
        offset = part(answer, "continue", "sroffset")
        if offset is None or len(found) >= MOST:
            break
        more = {"sroffset": str(offset)}
    return found[:MOST]


def _page(found: Any, service: Service) -> Candidate:
    title = words(found, "title")
    at = urlsplit(service.address)
    address = f"{at.scheme}://{at.netloc}/wiki/{quote(title.replace(' ', '_'), safe='/:(),')}"
    return Candidate(
        service.name, "page", title, address, service.title, day(words(found, "timestamp")), words(found, "snippet")
    )


def wikidata(question: Question, ask: Ask, service: Service) -> list[Candidate]:
    """Things that bear the names of the question, each once."""
    found: dict[str, Candidate] = {}
    for name in names_in(question.words):
        answer = ask(
            {
                "action": "wbsearchentities", "format": "json", "language": "en", "uselang": "en", "type": "item",
                "search": name, "limit": str(PAGE),
            }
        )  # fmt: skip
        for each in results(answer, "search"):
            address = words(each, "concepturi").replace("http://www.wikidata.org/", "https://www.wikidata.org/")
            label = words(each, "label") or words(each, "id")
            thing = Candidate(
                service.name, "dataset", label, address, service.title, excerpt=words(each, "description")
            )
            found.setdefault(words(each, "id"), thing)
    return list(found.values())[:MOST]


def names_in(text: str) -> list[str]:
    """The names in a question's words, runs of words in capitals; all of it where it has none.

    >>> names_in("Jana Ilic 785 detainees fled Korda camp October 2019")
    ['Jana Ilic', 'Korda']
    >>> names_in("price of wheat")
    ['price of wheat']
    """
    runs: list[list[str]] = [[]]
    for word in text.split():
        if word[:1].isupper() and word not in _MONTHS:
            runs[-1].append(word)
        elif runs[-1]:
            runs.append([])
    named = list(dict.fromkeys(" ".join(run) for run in runs if run))
    return named[:_NAMES] or [text]


_MONTHS = frozenset("January February March April May June July August September October November December".split())
