"""Reading the claims: a page, a count, the numbers beside the filters; nothing here takes more than it shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Select, func, select

from claims.errors import NotThere
from claims.evidence import Source, count_independent
from claims.store import rows
from claims.store.query import Query, before, ordered, where
from claims.store.schema import FROM_ARTICLE, STORED, articles, claims, sources
from claims.store.sourcing import source_of
from claims.store.tables import without_halves
from claims.table import SCHEMA_VERSION, frame_of, join_values, split_values

#: Speakers that the numbers beside the filters name: the most frequent.
_SPEAKERS = 50

_OWN = [claims.c[column.name] for column in STORED]
_MORE = [claims.c[name] for name in ("origin", "parents", "dropped_why")]
_JOINED = [articles.c[theirs].label(ours) for ours, theirs in FROM_ARTICLE.items()]

#: A facet, the column it counts, and the filter of a query that chooses among its values.
_FACETS = {
    "kinds": "kinds",
    "priority": "priorities",
    "confidence": "confidences",
    "verdict": "verdicts",
    "status": "statuses",
}


def page(connection: Connection, query: Query, offset: int, limit: int) -> pd.DataFrame:
    """These rows of the query's claims."""
    names = connection.execute(_names(query).offset(offset).limit(limit)).scalars().all()
    found = {
        row["claim_id"]: row for row in _rows(connection, select_rows().where(claims.c.claim_id.in_(names)), names)
    }
    return _frame([found[name] for name in names])


def table(connection: Connection, query: Query) -> pd.DataFrame:
    """All of the query's claims."""
    return _frame(list(_rows(connection, select_rows().where(where(query)).order_by(*ordered(query)), None)))


def count(connection: Connection, query: Query) -> int:
    """How many claims the query has."""
    return connection.execute(select(func.count()).select_from(claims).where(where(query))).scalar_one()


def position(connection: Connection, query: Query, claim_id: str) -> int | None:
    """Where a claim stands in the query, from 0; None where it does not."""
    row = connection.execute(select(claims).where(claims.c.claim_id == claim_id, where(query))).first()
    if row is None:
        return None
    return connection.execute(
        select(func.count()).select_from(claims).where(where(query), before(query, row))
    ).scalar_one()


def facets(connection: Connection, query: Query) -> dict[str, dict[str, int]]:
    """For status, verdict, confidence, priority, kinds and speaker: how many claims each choice would show.

    The numbers of one filter heed the others and not itself. A verdict of "" stands for none.
    """
    wide = replace(query, kinds=(), priorities=(), confidences=(), verdicts=(), statuses=(), dropped=True)
    columns = [claims.c[name] for name in _FACETS]
    groups = connection.execute(select(*columns, func.count().label("n")).where(where(wide)).group_by(*columns)).all()
    counted: dict[str, Counter[str]] = {name: Counter() for name in _FACETS}
    for group in groups:
        values = {name: split_values(cell or "") or [""] for name, cell in zip(_FACETS, group[:-1], strict=True)}
        failed = _failed(query, values)
        for name, counter in counted.items():
            if failed <= {name}:
                counter.update(dict.fromkeys(values[name], group.n))
    speaking = replace(query, speakers=())
    said = (
        select(claims.c.speaker, func.count().label("n"))
        .where(where(speaking), claims.c.speaker.is_not(None))
        .group_by(claims.c.speaker)
        .order_by(func.count().desc(), claims.c.speaker)
        .limit(_SPEAKERS)
    )
    speakers = {row.speaker: row.n for row in connection.execute(said)}
    return {**{name: dict(counter.most_common()) for name, counter in counted.items()}, "speaker": speakers}


def of_article(connection: Connection, article_id: str) -> pd.DataFrame:
    """The claims of an article that are not dropped, in order of appearance."""
    return table(connection, Query(article_id=article_id, sort="article"))


def at_span(connection: Connection, article_id: str, start: int, end: int) -> int:
    """How many claims, dropped ones too, stand at this very span."""
    here = (claims.c.article_id == article_id) & (claims.c.start == start) & (claims.c.end == end)
    return connection.execute(select(func.count()).select_from(claims).where(here)).scalar_one()


def one(connection: Connection, claim_id: str) -> rows.Row:
    """A claim: every column of the table, and how it came."""
    found = _rows(connection, select_rows(*_MORE).where(claims.c.claim_id == claim_id), [claim_id])
    for row in found:
        return row
    raise NotThere(f"There is no claim {claim_id!r}.", "It may be in another record; go back to the list.")


def select_rows(*more: Any) -> Select[Any]:
    """Claims with what the table takes from their articles."""
    return select(*_OWN, *_JOINED, *more).join(articles, articles.c.article_id == claims.c.article_id)


def _frame(found: list[rows.Row]) -> pd.DataFrame:
    try:
        return frame_of(found)
    except UnicodeEncodeError:
        return frame_of(without_halves(found))


def _names(query: Query) -> Select[Any]:
    # The names alone: an index answers that without touching a row.
    return select(claims.c.claim_id).where(where(query)).order_by(*ordered(query))


def _rows(connection: Connection, query: Select[Any], names: Sequence[str] | None) -> Iterable[rows.Row]:
    found = connection.execute(query).mappings().all()
    evidence = _evidence(connection, names)
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
    return failed
