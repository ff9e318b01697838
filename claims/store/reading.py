"""Reading the claims: a page, a count, the numbers beside the filters; nothing here takes more than it shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Select, func, select, true, type_coerce
from sqlalchemy.types import NullType

from claims.errors import NotThere
from claims.evidence import Source, count_independent
from claims.store import rows
from claims.store.query import SORTS, Query, before, is_faceted, kept_back, met, ordered, where, where_faceted
from claims.store.schema import FROM_ARTICLE, STORED, articles, claims, listing, sources
from claims.store.sourcing import source_of
from claims.table import SCHEMA_VERSION, frame_of, join_values, split_values

#: Speakers, people and sets of tags that the numbers beside the filters name: the most frequent.
_MOST = 50

_OWN = [claims.c[column.name] for column in STORED]
_MORE = [claims.c[name] for name in ("origin", "parents", "dropped_why", "notice", "scale")]
_JOINED = [articles.c[theirs].label(ours) for ours, theirs in FROM_ARTICLE.items()]

#: Claims from the beginning of an order that are looked at before all are, and as many as are better found than walked to.
_NEAR, _FEW = 1000, 3000

#: A walk goes on if its beginning gave at least one of so many that are wanted.
_HARDLY = 10

#: A facet, the column it counts, and the filter of a query that chooses among its values.
_FACETS = {
    "kinds": "kinds",
    "priority": "priorities",
    "confidence": "confidences",
    "verdict": "verdicts",
    "status": "statuses",
}

#: Those of them that a first reading gives.
_BLIND = ("verdict", "confidence")

#: The same for columns that are counted one by one.
_GIVEN = {"speaker": "speakers", "assignee": "assignees", "agreement": "agreements", "tags": "tags"}


_first = select(func.min(listing.c.facets).label("facets")).cte(recursive=True)
_next = select(func.min(listing.c.facets)).where(listing.c.facets > _first.c.facets).scalar_subquery()
_each = _first.union_all(select(_next).where(_first.c.facets.is_not(None)))
#: Each of the facets once, from one to the next by their index.
_EACH_FACETS = select(_each.c.facets).where(_each.c.facets.is_not(None))


def page(connection: Connection, query: Query, offset: int, limit: int) -> list[rows.Row]:
    """These rows of the query's claims."""
    return _numbered(connection, _numbers(connection, query, offset, limit))


def _numbered(connection: Connection, numbers: Sequence[int]) -> list[rows.Row]:
    """The claims of these numbers, in their order."""
    asked = select_rows(claims.c.no, claims.c.scale).where(claims.c.no.in_(numbers))
    found = {row["no"]: row for row in _rows(connection, asked)}
    return [found[number] for number in numbers]


def table(connection: Connection, query: Query) -> pd.DataFrame:
    """All of the query's claims."""
    asked = select_rows().join(listing, listing.c.no == claims.c.no).where(where(connection, query))
    return frame_of(list(_rows(connection, asked.order_by(*ordered(query)), every=True)))


def frames(connection: Connection, query: Query, size: int) -> Iterator[pd.DataFrame]:
    """The same in tables of so many claims; one without any where there are none."""
    asked = select(listing.c.no).where(where(connection, query)).order_by(*ordered(query))
    numbers = connection.execute(asked).scalars().all()
    for start in range(0, max(len(numbers), 1), size):
        yield frame_of(_numbered(connection, numbers[start : start + size]))


def count(connection: Connection, query: Query) -> int:
    """How many claims the query has; by the index of the facets alone where it asks for nothing beside them."""
    asked = listing.c.facets.in_(_facets_of(connection, query)) if is_faceted(query) else where(connection, query)
    return connection.execute(select(func.count()).select_from(listing).where(asked)).scalar_one()


def position(connection: Connection, query: Query, claim_id: str) -> int | None:
    """Where a claim stands in the query, from 0; None where it does not."""
    return _place(connection, query, claim_id, where(connection, query))


def place_of(connection: Connection, query: Query, claim_id: str) -> int | None:
    """How many of the query's claims stand before this one, whether it is among them or not; None where there is no such claim."""
    return _place(connection, query, claim_id, true())


def _place(connection: Connection, query: Query, claim_id: str, among: ColumnElement[bool]) -> int | None:
    number = select(claims.c.no).where(claims.c.claim_id == claim_id).scalar_subquery()
    row = connection.execute(select(listing).where(listing.c.no == number, among)).first()
    if row is None:
        return None
    earlier = select(func.count()).select_from(listing).where(where(connection, query), before(query, row))
    return connection.execute(earlier).scalar_one()


def facets(connection: Connection, query: Query) -> dict[str, dict[str, int]]:
    """For status, verdict, confidence, priority, kinds, speaker, assignee, agreement and tags: how many claims each choice would show.

    The numbers of one filter heed the others and not itself. A verdict of "" stands for none. What is kept back from who
    asks is counted for no verdict and no confidence.
    """
    counted: dict[str, Counter[str]] = {name: Counter() for name in _FACETS}
    for cell, number, hidden in _grouped(connection, query):
        values = _values(cell)
        failed = _failed(query, values)
        if hidden:
            failed |= {name for name in _BLIND if getattr(query, _FACETS[name])}
        for name, counter in counted.items():
            if failed <= {name} and not (hidden and name in _BLIND):
                counter.update(dict.fromkeys(values[name], number))
    found = {name: dict(counter.most_common()) for name, counter in counted.items()}
    for name, asked in _GIVEN.items():
        without: dict[str, Any] = {asked: ()}
        found[name] = _most_given(connection, replace(query, **without), name)
    return found


def _grouped(connection: Connection, query: Query) -> Iterable[tuple[str, int, bool]]:
    """The facets of the claims that pass all filters but theirs, how many have them, and whether their first reading is kept back."""
    wide = replace(query, kinds=(), priorities=(), confidences=(), verdicts=(), statuses=(), dropped=True)
    grouped = select(listing.c.facets, func.count()).group_by(listing.c.facets).where(where(connection, wide))
    every: Counter[str] = Counter(dict(connection.execute(grouped).all()))
    waiting = [cell for cell in every if set(_values(cell)["status"]) & set(query.waiting)]
    back: Counter[str] = Counter()
    if query.waiting and waiting:
        hidden = grouped.where(listing.c.facets.in_(waiting), kept_back(query, listing.c))
        back.update(dict(connection.execute(hidden).all()))
    yield from ((cell, number, False) for cell, number in (every - back).items())
    yield from ((cell, number, True) for cell, number in back.items())


def _most_given(connection: Connection, query: Query, name: str) -> dict[str, int]:
    """The most frequent values of a column that not every claim has, and how many have each."""
    column = listing.c[name]
    grouped = select(column, func.count()).where(where(connection, query), column.is_not(None)).group_by(column)
    counted: Counter[str] = Counter()
    for cell, number in connection.execute(grouped.order_by(func.count().desc(), column).limit(_MOST)):
        counted.update(dict.fromkeys(split_values(cell[1:-1]) if name == "tags" else [cell], number))
    return dict(counted.most_common())


def of_article(connection: Connection, article_id: str) -> pd.DataFrame:
    """The claims of an article that are not dropped, in order of appearance."""
    return table(connection, Query(article_id=article_id, sort="article"))


def at_span(connection: Connection, article_id: str, start: int, end: int) -> int:
    """How many claims, dropped ones too, stand at this very span."""
    here = (claims.c.article_id == article_id) & (claims.c.start == start) & (claims.c.end == end)
    return connection.execute(select(func.count()).select_from(claims).where(here)).scalar_one()


def one(connection: Connection, claim_id: str) -> rows.Row:
    """A claim: every column of the table, and how it came."""
    for row in rows_named(connection, [claim_id]):
        return row
    raise NotThere(f"There is no claim {claim_id!r}.", "It may be in another record; go back to the list.")


def rows_named(connection: Connection, names: Sequence[str]) -> Iterable[rows.Row]:
    """These claims, each with every column of the table, and how it came."""
    return _rows(connection, select_rows(*_MORE).where(claims.c.claim_id.in_(names)))


def select_rows(*more: Any) -> Select[Any]:
    """Claims with what the table takes from their articles."""
    return select(*_OWN, *_JOINED, *more).join(articles, articles.c.article_id == claims.c.article_id)


def _numbers(connection: Connection, query: Query, offset: int, limit: int) -> Sequence[int]:
    """The claims of a page by their numbers, in order; what they are found by is narrow and has an index for each order.

    SQLite walks the order from its beginning first: most filters let enough pass soon. Where one lets through hardly any,
    it finds the claims and they are sorted, as long as they are few; else it walks on. PostgreSQL plans that itself.
    """
    asked, order = where(connection, query), ordered(query)
    numbers: Sequence[int] = ()
    near_enough = connection.dialect.name == "sqlite" and offset + limit <= _NEAR
    if near_enough:
        near = select(listing).order_by(*order).limit(_NEAR).subquery()
        soon = select(near.c.no).where(met(query, near.c)).offset(offset).limit(limit)
        numbers = connection.execute(soon).scalars().all()
        if len(numbers) == limit:
            return numbers
    if near_enough and _HARDLY * len(numbers) < limit:
        facets_met = _facets_met(connection, query)
        narrowed = asked if facets_met is None else where_faceted(connection, query, facets_met)
        keys = [type_coerce(listing.c[name], NullType()) for name, _ in SORTS[query.sort]]
        few = list(connection.execute(select(*keys).where(narrowed).limit(_FEW + 1)).all())
        if len(few) <= _FEW:
            for place, (_, down) in reversed(list(enumerate(SORTS[query.sort]))):
                few.sort(key=itemgetter(place), reverse=down)
            return [row.no for row in few[offset : offset + limit]]
    found = select(listing.c.no).where(asked).order_by(*order)
    return connection.execute(found.offset(offset).limit(limit)).scalars().all()


def _facets_met(connection: Connection, query: Query) -> list[str] | None:
    """The facets that the query lets through, where few claims have them; None where many do, or all are let through.

    There are far fewer facets than claims: they are walked by their index, each once.
    """
    if not (query.statuses or query.verdicts or query.confidences or query.priorities or query.kinds or query.marked):
        return None
    facets = _facets_of(connection, query)
    first = select(listing.c.no).where(listing.c.facets.in_(facets)).limit(_FEW + 1).subquery()
    few = connection.execute(select(func.count()).select_from(first)).scalar_one() <= _FEW
    return facets if few else None


def _facets_of(connection: Connection, query: Query) -> list[str]:
    """The facets that the query lets through; there are far fewer of them than claims."""
    return [cell for cell in connection.execute(_EACH_FACETS).scalars() if not _failed(query, _values(cell))]


@lru_cache(maxsize=4096)
def _values(cell: str) -> dict[str, list[str]]:
    """What a listing's facets say, by name; "" stands for none."""
    cells = zip(_FACETS, cell.split(rows.BETWEEN), strict=True)
    return {name: split_values(value) or [""] for name, value in cells}


def _rows(connection: Connection, query: Select[Any], *, every: bool = False) -> Iterable[rows.Row]:
    found = connection.execute(query).mappings().all()
    evidence = _evidence(connection, None if every else [row["claim_id"] for row in found])
    nothing = _counted([])
    for row in found:
        title = {name: row[name] or None for name in FROM_ARTICLE}
        yield {**row, **title, **evidence.get(row["claim_id"], nothing), "schema_version": SCHEMA_VERSION}


def _evidence(connection: Connection, names: Sequence[str] | None) -> dict[str, rows.Row]:
    """What the table says of the sources of these claims, or of all."""
    standing = select(sources).where(sources.c.removed.is_(False))
    if names is not None:
        standing = standing.where(sources.c.claim_id.in_(names))
    found = connection.execute(
        standing.order_by(sources.c.claim_id, sources.c.added_at, sources.c.source_id)
    ).mappings()
    return {
        claim_id: _counted([source_of(row) for row in group])
        for claim_id, group in groupby(found, key=lambda row: str(row["claim_id"]))
    }


def _counted(found: list[Source]) -> rows.Row:
    return {
        "n_sources": len(found),
        "n_independent": count_independent(found),
        "n_supporting": sum(source.stance == "supports" for source in found),
        "n_refuting": sum(source.stance == "refutes" for source in found),
        "sources": join_values(source.location or source.title for source in found) or None,
    }


def _failed(query: Query, values: dict[str, list[str]]) -> set[str]:
    """The facets whose own filter keeps such claims out."""
    failed = set()
    for name, asked in _FACETS.items():
        chosen = getattr(query, asked)
        if (chosen and not set(chosen) & set(values[name])) or (
            name == "status" and not chosen and not query.dropped and values[name] == ["dropped"]
        ):
            failed.add(name)
    if query.marked is not None and query.marked != (values["verdict"] != [""]):
        failed.add("verdict")
    return failed
