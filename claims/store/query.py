"""What is asked of the claims table: a query, and the orders in which it can be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, true

from claims.store.schema import articles, claims
from claims.table import SEPARATOR, join_values

#: A column of the claims table, and whether it runs from the greatest down.
Key = tuple[str, bool]

UP, DOWN = False, True

#: The orders, by the names that a face may offer; claim_id settles what is equal. Each has its index in schema.
SORTS: dict[str, tuple[Key, ...]] = {
    "rank": (("by_rank", UP), ("claim_id", UP)),  # priority, then checkability
    "article": (("article_no", UP), ("seq", UP), ("start", UP), ("claim_id", UP)),  # as they were read
    "newest": (("added_at", DOWN), ("article_no", DOWN), ("seq", UP), ("start", UP), ("claim_id", UP)),
    "figure": (("by_figure", DOWN), ("claim_id", UP)),  # the greatest first, without one last
    "date": (("by_date", UP), ("claim_id", UP)),  # the earliest first, without one last
    "checked_at": (("by_checked", DOWN), ("claim_id", UP)),  # the latest first, unmarked last
}


@dataclass(frozen=True, slots=True)
class Query:
    """Which claims, in which order. An empty filter lets all pass; None asks nothing; several values of one mean "or".

    ``text``: every word of it must occur, whatever its case, in the claim, quote, speaker, rationale or article's title.
    ``dropped`` lets dropped claims in; naming that status does so too. ``sort`` is a name of :data:`SORTS`.
    """

    article_id: str | None = None
    statuses: Sequence[str] = ()
    verdicts: Sequence[str] = ()
    confidences: Sequence[str] = ()
    kinds: Sequence[str] = ()
    speakers: Sequence[str] = ()
    priorities: Sequence[str] = ()
    text: str = ""
    has_figure: bool | None = None
    has_date: bool | None = None
    has_sources: bool | None = None
    marked: bool | None = None
    dropped: bool = False
    sort: str = "rank"


def where(query: Query) -> ColumnElement[bool]:
    """The query's filters as a condition on the claims table."""
    return and_(true(), *_conditions(query))


def ordered(query: Query) -> list[ColumnElement[Any]]:
    """The query's order."""
    return [claims.c[name].desc() if down else claims.c[name].asc() for name, down in SORTS[query.sort]]


def before(query: Query, row: Any) -> ColumnElement[bool]:
    """The claims that stand before this row in the query's order."""
    earlier: list[ColumnElement[bool]] = []
    level: list[ColumnElement[bool]] = []
    for name, down in SORTS[query.sort]:
        column, value = claims.c[name], getattr(row, name)
        earlier.append(and_(true(), *level, column > value if down else column < value))
        level.append(column == value)
    return or_(*earlier)


def _conditions(query: Query) -> list[ColumnElement[bool]]:
    c = claims.c
    found: list[ColumnElement[bool]] = []
    among = {
        c.status: query.statuses,
        c.verdict: query.verdicts,
        c.confidence: query.confidences,
        c.speaker: query.speakers,
        c.priority: query.priorities,
    }
    if query.article_id is not None:
        found.append(c.article_id == query.article_id)
    found += [column.in_(values) for column, values in among.items() if values]
    if query.kinds:
        found.append(or_(*(_holds(c.kinds, kind) for kind in query.kinds)))
    for column, asked in (
        (c.has_figure, query.has_figure),
        (c.has_date, query.has_date),
        (c.has_sources, query.has_sources),
    ):
        if asked is not None:
            found.append(column.is_(asked))
    if query.marked is not None:
        found.append(c.verdict.is_not(None) if query.marked else c.verdict.is_(None))
    if not query.dropped and "dropped" not in query.statuses:
        found.append(c.status != "dropped")
    return found + [_says(word) for word in query.text.casefold().split()]


def _holds(cell: ColumnElement[Any], value: str) -> ColumnElement[bool]:
    """Whether a cell of several values holds this one."""
    return (SEPARATOR + cell + SEPARATOR).contains(SEPARATOR + join_values([value]) + SEPARATOR, autoescape=True)


def _says(word: str) -> ColumnElement[bool]:
    titled = select(articles.c.article_id).where(articles.c.words.contains(word, autoescape=True))
    return or_(claims.c.words.contains(word, autoescape=True), claims.c.article_id.in_(titled))
