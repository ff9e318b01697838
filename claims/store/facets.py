"""The numbers beside the filters: how many claims each choice would show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from claims.store import rows
from claims.store.query import Query, kept_back, one_of, where
from claims.store.schema import listing
from claims.table import split_values

#: Speakers, people and sets of tags that the numbers beside the filters name: the most frequent.
_MOST = 50

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
    judged = [cell for cell in every if _may_hide(query, _values(cell))]
    back: Counter[str] = Counter()
    if judged:
        hidden = grouped.where(listing.c.facets.in_(judged), kept_back(query, listing.c))
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


def cells_of(connection: Connection, query: Query) -> list[str]:
    """The facets that the query lets through; there are far fewer of them than claims."""
    return [cell for cell in connection.execute(_EACH_FACETS).scalars() if not _failed(query, _values(cell))]


def let_through(connection: Connection, query: Query) -> ColumnElement[bool]:
    """Whether a claim's facets are such as the query lets through, as their index answers it."""
    return one_of(connection, listing.c.facets, cells_of(connection, query))


@lru_cache(maxsize=4096)
def _values(cell: str) -> dict[str, list[str]]:
    """What a listing's facets say, by name; "" stands for none."""
    cells = zip(_FACETS, cell.split(rows.BETWEEN), strict=True)
    return {name: split_values(value) or [""] for name, value in cells}


def _may_hide(query: Query, values: dict[str, list[str]]) -> bool:
    """Whether the first reading of such claims may be kept back from who asks."""
    return values["verdict"] != [""] and not set(query.hiding).isdisjoint(values["status"])


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
