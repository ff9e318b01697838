"""Wikipedia's pages and Wikidata's things, both by the Action API of MediaWiki."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any
from urllib.parse import quote, urlsplit

from claims.errors import BadAnswer
from claims.finders.answers import day, needed, part, results, words
from claims.finders.asking import Ask
from claims.finders.candidate import Candidate, plain
from claims.finders.finder import MOST, PAGE, PAGES
from claims.finders.question import Question, is_when
from claims.finders.services import Service
from claims.finders.told import Remark, Told, read_each, told

#: Names of a question that Wikidata is asked for: it knows things by their names, and no sentences.
_NAMES = 3

#: Characters that are quoted of what an error says.
_QUOTED = 200


def wikipedia(question: Question, ask: Ask, service: Service) -> Iterator[Told]:
    """Pages that say the words, in the order of the search."""
    more: dict[str, str] = {}
    for _ in range(PAGES):
        found, offset = ask(
            {
                "action": "query", "list": "search", "format": "json", "formatversion": "2", "srsearch": question.words,
                "srlimit": str(PAGE), "srprop": "snippet|timestamp", **more,
            },
            partial(_pages, service=service),
        )  # fmt: skip
        yield from found
        if offset is None:
            break
        more = {"sroffset": str(offset)}


def _pages(answer: Any, service: Service) -> tuple[list[Told], object]:
    """What a page of the search tells, and where the next one begins, None where there is none."""
    pages = needed(_granted(answer), "query", "search")
    return told(*read_each(pages, partial(_page, service=service))), part(answer, "continue", "sroffset")


def _page(found: Any, service: Service) -> Candidate:
    """A page; the day of its last edit is no day of publication and stands in the excerpt."""
    title, edited = words(found, "title"), day(words(found, "timestamp"))
    at = urlsplit(service.address)
    address = f"{at.scheme}://{at.netloc}/wiki/{quote(title.replace(' ', '_'), safe='/:(),')}"
    last = f"Last edited {edited.day} {edited:%B %Y}. " if edited else ""
    return Candidate(service.name, "page", title, address, service.title, excerpt=last + words(found, "snippet"))


def wikidata(question: Question, ask: Ask, service: Service) -> Iterator[Told]:
    """Things that bear the names of the question, each once, and of each name as many."""
    names, seen = names_in(question.words), set[str]()
    if names != [question.words]:
        asked = " and ".join(f"“{name}”" for name in names)
        yield Remark(f"Asked for {asked} alone: Wikidata knows things by their names.")
    share = MOST // len(names)
    for name in names:
        begin: int | None = 0
        for _ in range(PAGES):
            if begin is None or begin >= share:
                break
            found, begin = ask(
                {
                    "action": "wbsearchentities", "format": "json", "language": "en", "uselang": "en", "type": "item",
                    "search": name, "limit": str(min(PAGE, share)), **({"continue": str(begin)} if begin else {}),
                },
                partial(_things, service=service),
            )  # fmt: skip
            for piece in found:
                known = piece.address or piece.title if isinstance(piece, Candidate) else ""
                if known not in seen:
                    yield piece
                if known:
                    seen.add(known)


def _things(answer: Any, service: Service) -> tuple[list[Told], int | None]:
    """What a page of the search tells, and where the next one begins, None where there is none."""
    things = needed(_granted(answer), "search")
    begin = part(answer, "search-continue")
    return told(*read_each(things, partial(_thing, service=service))), begin if isinstance(begin, int) else None


def _thing(found: Any, service: Service) -> Candidate:
    address = words(found, "concepturi").replace("http://www.wikidata.org/", "https://www.wikidata.org/")
    label = words(found, "label") or words(found, "id")
    return Candidate(service.name, "dataset", label, address, service.title, excerpt=words(found, "description"))


def _granted(answer: Any) -> Any:
    """The answer, unless it is an error, which MediaWiki sends with the status of success.

    >>> _granted({"error": {"code": "ratelimited", "info": "You've exceeded your rate limit."}})
    Traceback (most recent call last):
        ...
    claims.errors.BadAnswer: It says ratelimited: “You've exceeded your rate limit.” Search again later, or with other words.
    """
    error = part(answer, "error")
    if error is None and (errors := results(answer, "errors")):
        error = errors[0]
    if error is None:
        return answer
    code, info = words(error, "code") or "that there is an error", words(error, "info") or words(error, "text")
    raise BadAnswer(
        f"It says {code}: “{plain(info, _QUOTED)}”" if info else f"It says {code}.",
        "Search again later, or with other words.",
    )


def names_in(text: str) -> list[str]:
    """The names in a question's words, runs of words in capitals; all of it where it has none.

    >>> names_in("Jana Ilic 785 detainees fled Korda camp October 2019")
    ['Jana Ilic', 'Korda']
    >>> names_in("price of wheat")
    ['price of wheat']
    """
    runs: list[list[str]] = [[]]
    for word in text.split():
        if word[:1].isupper() and not is_when(word):
            runs[-1].append(word)
        elif runs[-1]:
            runs.append([])
    named = list(dict.fromkeys(" ".join(run) for run in runs if run))
    return named[:_NAMES] or [text]
