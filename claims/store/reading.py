"""Reading the claims: a page, a count, the numbers beside the filters; nothing here takes more than it shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Select, func, select, true

from claims.errors import NotThere
from claims.evidence import Source, count_independent
from claims.status import TAKEN_UP, is_kept_back
from claims.store import paging, rows
from claims.store.facets import cells_of
from claims.store.query import Query, before, is_faceted, is_read_before, is_taken_back, ordered, where
from claims.store.query import kept_back as is_kept_back_in
from claims.store.schema import FROM_ARTICLE, STORED, articles, claims, listing, marks, people, sources
from claims.store.sourcing import source_of
from claims.table import COLUMNS, SCHEMA_VERSION, frame_of, join_values

_OWN = [claims.c[column.name] for column in STORED]
_MORE = [claims.c[name] for name in ("origin", "parents", "dropped_why", "notice", "scale")]
_JOINED = [articles.c[theirs].label(ours) for ours, theirs in FROM_ARTICLE.items()]

#: What a reading says of a claim, empty: so it leaves to who is to read the claim second.
_NOTHING_READ = dict.fromkeys(column.name for column in COLUMNS if column.group == "judgement")


def page(connection: Connection, query: Query, offset: int, limit: int) -> list[rows.Row]:
    """These rows of the query's claims."""
    return numbered(connection, paging.numbers(connection, query, offset, limit))


def numbered(connection: Connection, numbers: Sequence[int]) -> list[rows.Row]:
    """The claims of these numbers, in their order."""
    asked = select_rows(claims.c.no, claims.c.scale).where(claims.c.no.in_(numbers))
    found = {row["no"]: row for row in _rows(connection, asked)}
    return [found[number] for number in numbers]


def _seen(found: Iterable[rows.Row], query: Query) -> Iterable[rows.Row]:
    """The rows as they leave to who asks: without the first readings that are kept back from them."""
    if query.reader is None:
        return found
    kept_back = partial(is_kept_back, reader=query.reader, read_twice=query.read_twice)
    return ({**row, **_NOTHING_READ} if kept_back(row) else row for row in found)


def table(connection: Connection, query: Query) -> pd.DataFrame:
    """All of the query's claims, without what is kept back from who asks."""
    asked = select_rows().join(listing, listing.c.no == claims.c.no).where(where(connection, query))
    return frame_of(_seen(_rows(connection, asked.order_by(*ordered(query)), every=True), query))


def frames(connection: Connection, query: Query, size: int) -> Iterator[pd.DataFrame]:
    """The same in tables of so many claims; one without any where there are none."""
    asked = select(listing.c.no).where(where(connection, query)).order_by(*ordered(query))
    numbers = connection.execute(asked).scalars().all()
    for start in range(0, max(len(numbers), 1), size):
        yield frame_of(_seen(numbered(connection, numbers[start : start + size]), query))


def kept_back(connection: Connection, query: Query) -> frozenset[str]:
    """Those of the query's claims whose first reading is kept back from who asks."""
    asked = select(claims.c.claim_id).join(listing, listing.c.no == claims.c.no)
    met = where(connection, query), is_kept_back_in(query, listing.c)
    return frozenset(connection.execute(asked.where(*met)).scalars())


def count(connection: Connection, query: Query) -> int:
    """How many claims the query has; by the index of the facets alone where it asks for nothing beside them."""
    asked = listing.c.facets.in_(cells_of(connection, query)) if is_faceted(query) else where(connection, query)
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


def _rows(connection: Connection, query: Select[Any], *, every: bool = False) -> Iterable[rows.Row]:
    found = connection.execute(query).mappings().all()
    names = None if every else [row["claim_id"] for row in found]
    evidence = _evidence(connection, names)
    known, taken_back = _read_before(connection, found, names), seen_by(connection, names)
    nothing = _counted([])
    for row in found:
        title = {name: row[name] or None for name in FROM_ARTICLE}
        seen: rows.Row = {"read_before": True} if row["claim_id"] in known else {}
        if row["claim_id"] in taken_back:
            seen["seen_by"] = taken_back[row["claim_id"]]
        yield {
            **row,
            **title,
            **evidence.get(row["claim_id"], nothing),
            "schema_version": SCHEMA_VERSION,
            **seen,
        }


def _read_before(connection: Connection, found: Sequence[Any], names: Sequence[str] | None) -> set[str]:
    """Those of these claims that were taken up again after all had seen what they were judged; ``names`` are theirs, or None for all."""
    again = [row["claim_id"] for row in found if row["verdict"] and row["status"] in TAKEN_UP]
    if not again:
        return set()
    asked = select(claims.c.claim_id).where(is_read_before(claims.c))
    return set(connection.execute(asked if names is None else asked.where(claims.c.claim_id.in_(again))).scalars())


def spelled(connection: Connection, name: str) -> str:
    """A person's name as the roster or a claim's checker has it, in letters of whichever case; as it is given where nobody is called so."""
    known = connection.execute(select(people.c.name).union(select(claims.c.checker))).scalars()
    alike = [each for each in known if each and each.casefold() == name.casefold()]
    return name if name in alike or not alike else min(alike)


def seen_by(connection: Connection, names: Sequence[str] | None) -> dict[str, list[str]]:
    """Who has read these claims second, or any of all, and taken that back, by the claim."""
    asked = (
        select(marks.c.claim_id, marks.c.reader)
        .join(claims, is_taken_back(marks.c, claims.c))
        .order_by(marks.c.mark_id)
    )
    seen: dict[str, list[str]] = {}
    for claim_id, reader in connection.execute(asked if names is None else asked.where(marks.c.claim_id.in_(names))):
        seen.setdefault(claim_id, []).append(reader)
    return seen


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
