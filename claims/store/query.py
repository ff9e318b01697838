"""What is asked of the claims table: a query, and the orders in which it can be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, or_, select, true

from claims.store.rows import listed_name
from claims.store.schema import articles, listing
from claims.store.searching import matching, said_by, words_of
from claims.table import SEPARATOR, join_values

#: A column of the claims table, and whether it runs from the greatest down.
Key = tuple[str, bool]

UP, DOWN = False, True

#: Words of a search that are heeded.
_MOST_WORDS = 40

FLAGS = ("has_figure", "has_date", "has_sources")

#: The orders, by the names that a face may offer; what is equal stands as it came. Each has its index in schema.
SORTS: dict[str, tuple[Key, ...]] = {
    "rank": (("by_rank", UP), ("no", UP)),  # priority, then checkability
    "article": (("article_no", UP), ("seq", UP), ("start", UP), ("no", UP)),  # as they were read
    "newest": (("added_at", DOWN), ("article_no", DOWN), ("seq", UP), ("start", UP), ("no", UP)),
    "figure": (("by_figure", DOWN), ("no", UP)),  # the greatest first, without one last
    "date": (("by_date", UP), ("no", UP)),  # the earliest first, without one last
    "checked_at": (("by_checked", DOWN), ("no", UP)),  # the latest first, unmarked last
}


@dataclass(frozen=True, slots=True)
class Query:
    """Which claims, in which order. An empty filter lets all pass; None asks nothing; several values of one mean "or".

    ``text``: each of its words must begin a word of the claim, its quote, its speaker or the article's title, or else each
    one of the rationale; whatever the case and the accents, and words of one or two letters whole.
    ``dropped`` lets dropped claims in; naming that status does so too. ``sort`` is a name of :data:`SORTS`.
    """

    article_id: str | None = None
    statuses: Sequence[str] = ()
    verdicts: Sequence[str] = ()
    confidences: Sequence[str] = ()
    kinds: Sequence[str] = ()
    speakers: Sequence[str] = ()
    priorities: Sequence[str] = ()
    assignees: Sequence[str] = ()
    agreements: Sequence[str] = ()
    tags: Sequence[str] = ()
    text: str = ""
    has_figure: bool | None = None
    has_date: bool | None = None
    has_sources: bool | None = None
    marked: bool | None = None
    dropped: bool = False
    sort: str = "rank"


def where(connection: Connection, query: Query) -> ColumnElement[bool]:
    """The query's filters as a condition on the listing."""
    conditions = [*_faceted(query, listing.c), *_others(query, listing.c)]
    if query.text.strip():
        conditions.append(matching(connection, _asked(query), listing.c.no))
    return and_(true(), *conditions)


def met(query: Query, near: Any) -> ColumnElement[bool]:
    """The same for a part of the listing with its columns, small enough to be asked claim by claim."""
    conditions = [*_faceted(query, near), *_others(query, near)]
    if query.text.strip():
        conditions.append(said_by(_asked(query), near.no))
    return and_(true(), *conditions)


def where_faceted(connection: Connection, query: Query, facets: Sequence[str]) -> ColumnElement[bool]:
    """The same for a query whose status, verdict, confidence, priority and kinds are known to mean these facets."""
    bare = replace(query, statuses=(), verdicts=(), confidences=(), priorities=(), kinds=(), marked=None, dropped=True)
    return and_(listing.c.facets.in_(facets), where(connection, bare))


def _faceted(query: Query, among: Any) -> list[ColumnElement[bool]]:
    """The filters by what the facets count."""
    chosen = {
        "status": query.statuses,
        "verdict": query.verdicts,
        "confidence": query.confidences,
        "priority": query.priorities,
    }
    conditions = [_among(getattr(among, name), values) for name, values in chosen.items() if values]
    if query.kinds:
        conditions.append(or_(*(_holds(among.kinds, kind) for kind in query.kinds)))
    if query.marked is not None:
        conditions.append(among.verdict.is_not(None) if query.marked else among.verdict.is_(None))
    if not query.dropped and "dropped" not in query.statuses:
        conditions.append(among.dropped.is_(False))
    return conditions


def _others(query: Query, among: Any) -> list[ColumnElement[bool]]:
    chosen = {
        "speaker": [listed_name(name) or "" for name in query.speakers],
        "assignee": [listed_name(name) or "" for name in query.assignees],
        "agreement": query.agreements,
    }
    conditions = [_among(getattr(among, name), values) for name, values in chosen.items() if values]
    if query.tags:
        conditions += [among.tags.is_not(None), or_(*(_holds(among.tags, tag) for tag in query.tags))]
    if query.article_id is not None:
        numbered = select(articles.c.no).where(articles.c.article_id == query.article_id)
        conditions.append(among.article_no == numbered.scalar_subquery())
    flags = {name: getattr(query, name) for name in FLAGS}
    return conditions + [getattr(among, name).is_(asked) for name, asked in flags.items() if asked is not None]


def ordered(query: Query) -> list[ColumnElement[Any]]:
    """The query's order, as an index has it."""
    return [listing.c[name].desc() if down else listing.c[name].asc() for name, down in SORTS[query.sort]]


def before(query: Query, row: Any) -> ColumnElement[bool]:
    """The claims that stand before this row of the listing in the query's order."""
    earlier: list[ColumnElement[bool]] = []
    level: list[ColumnElement[bool]] = []
    for name, down in SORTS[query.sort]:
        column, value = listing.c[name], getattr(row, name)
        earlier.append(and_(true(), *level, column > value if down else column < value))
        level.append(column == value)
    return or_(*earlier)


def _among(column: ColumnElement[Any], values: Sequence[str]) -> ColumnElement[bool]:
    """Whether a cell is one of these; "" stands for none."""
    found = column.in_([value for value in values if value])
    return or_(found, column.is_(None)) if "" in values else found


def _asked(query: Query) -> list[str]:
    """The words asked for: the longest, which tell most, where there are very many."""
    return sorted(words_of(query.text), key=len, reverse=True)[:_MOST_WORDS]


def _holds(cell: ColumnElement[Any], value: str) -> ColumnElement[bool]:
    """Whether a cell of several values, with a bar before and after each, holds this one."""
    return cell.contains(SEPARATOR + join_values([value]) + SEPARATOR, autoescape=True)
