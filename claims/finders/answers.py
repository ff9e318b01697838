"""Reading what a service answered: each part must be what the service says it is, or the answer is named as malformed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from claims.errors import BadAnswer

#: Results of one answer that are looked at.
_MOST = 100

_CHANGED = "The service may have changed: search without it."


def part(answer: Any, *path: str) -> Any:
    """What stands under these names, None where nothing does; BadAnswer where something else than names is on the way.

    >>> part({"query": {"search": []}}, "query", "search"), part({}, "query", "search")
    ([], None)
    >>> part({"query": ["Korda"]}, "query", "search")
    Traceback (most recent call last):
        ...
    claims.errors.BadAnswer: A list stands where named parts should. The service may have changed: search without it.
    """
    for name in path:
        if answer is None:
            return None
        answer = _of(Mapping, answer, "named parts").get(name)
    return answer


def results(answer: Any, *path: str) -> list[Any]:
    """The list that stands under these names, at most so long as one looks at; empty where nothing does.

    >>> results({"articles": [1, 2]}, "articles"), results({}, "articles")
    ([1, 2], [])
    """
    found = part(answer, *path)
    return [] if found is None else list(_of(list, found, "a list")[:_MOST])


def needed(answer: Any, *path: str) -> list[Any]:
    """The list that stands under these names, which is there even where nothing was found; BadAnswer where it is not.

    >>> needed({"articles": []}, "articles")
    []
    >>> needed({"query": {}}, "query", "search")
    Traceback (most recent call last):
        ...
    claims.errors.BadAnswer: It holds no query.search, not even an empty one. The service may have changed: search without it.
    """
    if part(answer, *path) is None:
        raise BadAnswer(f"It holds no {'.'.join(path)}, not even an empty one.", _CHANGED)
    return results(answer, *path)


def words(answer: Any, *path: str) -> str:
    """The text that stands under these names; empty where nothing does.

    >>> words({"title": "Korda"}, "title"), words({}, "title")
    ('Korda', '')
    >>> words({"title": 7}, "title")
    Traceback (most recent call last):
        ...
    claims.errors.BadAnswer: An int stands where text should. The service may have changed: search without it.
    """
    found = part(answer, *path)
    return "" if found is None else str(_of(str, found, "text"))


def first_words(answer: Any, *path: str) -> str:
    """The first text of a list of texts.

    >>> first_words({"title": ["Korda", "Marusa"]}, "title"), first_words({"title": []}, "title")
    ('Korda', '')
    """
    found = results(answer, *path)
    return str(_of(str, found[0], "text")) if found else ""


def day(written: str) -> date | None:
    """The day that a moment in ISO 8601 or in GDELT's way of it begins with; None where it is none.

    >>> day("2019-10-13T04:00:00Z"), day("20191013T040000Z"), day("last week"), day("")
    (datetime.date(2019, 10, 13), datetime.date(2019, 10, 13), None, None)
    """
    try:
        return datetime.fromisoformat(written).date()
    except ValueError:
        return None


def _of(kind: type, found: Any, expected: str) -> Any:
    if not isinstance(found, kind):
        name = type(found).__name__
        raise BadAnswer(
            f"{'An' if name[0] in 'aeiou' else 'A'} {name} stands where {expected} should.",
            _CHANGED,
        )
    return found
