"""Which claims stand on a page, by their numbers: what they are found by is narrow and has an index for each order.

Both databases are told how to look. A part of the listing that has a limit stays the part that it is, whatever a database
thinks of the filters around it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, literal_column, select

from claims.store.facets import let_through
from claims.store.query import SORTS, Query, met, narrow, one_of, ordered, stretch, where, words_asked
from claims.store.schema import listing
from claims.store.searching import select_saying

#: Claims from the beginning of an order that are looked at first, and how deep a page lies that this does not help.
_NEAR, _DEEP = 1000, 1000

#: As many claims as are better found than walked to.
_FEW = {"sqlite": 3000, "postgresql": 10_000}

#: Where a filter gives as few as this, no other is asked for: with words, and with all others.
_FEWEST, _ENOUGH = 100, {"sqlite": 100, "postgresql": 10_000}

#: How far is walked on. A part of the listing that has a limit is walked as it is written, by its own order's index; of one
#: that is not small PostgreSQL would sooner read all claims that its filters might ask for.
_FAR = {"sqlite": 2**62, "postgresql": 20_000}

#: What is asked is frequent if the beginning of a walk gave at least one of so many that are wanted.
_HARDLY = 10


def numbers(connection: Connection, query: Query, offset: int, limit: int) -> Sequence[int]:
    """The claims of a page, in the query's order.

    The order is walked from its beginning first: most filters let enough pass soon. Else a filter is taken that an index
    answers with few claims, and those that pass the rest are sorted. Where there is none, the walk goes on; on PostgreSQL,
    which is slower to tell how few there are, at once where some were found. What lies deep in the order, or far on
    PostgreSQL, the database looks for as it sees fit: it knows how frequent each value is, but not each word.
    """
    dialect = connection.dialect.name
    plans = dialect == "postgresql"

    def found(part: Select[Any]) -> Sequence[int]:
        return connection.execute(part.offset(offset).limit(limit)).scalars().all()

    def walked(length: int) -> Sequence[int]:
        walk = select(listing).where(*stretch(query)).order_by(*ordered(query))
        return found(_picked(query, walk.limit(length), in_order=plans))

    if offset + limit > _DEEP:
        return found(_planned(connection, query))
    soon = walked(_NEAR)
    if len(soon) == limit:
        return soon
    frequent = len(soon) * _HARDLY >= limit
    if frequent and plans and len(later := walked(_FAR[dialect])) == limit:
        return later
    if (few := _few(connection, query, by_words=not frequent)) is not None:
        return found(_picked(query, select(listing).where(few).limit(_FEW[dialect]), in_order=True))
    later = walked(_FAR[dialect]) if words_asked(query) or not plans else []
    if len(later) == limit or not plans:
        return later
    return found(_planned(connection, query).where(*_faceted(connection, query)))


def _planned(connection: Connection, query: Query) -> Select[Any]:
    """All of the query's claims, in its order, as the database sees fit."""
    return select(listing.c.no).where(where(connection, query)).order_by(*ordered(query))


def _picked(query: Query, part: Select[Any], *, in_order: bool) -> Select[Any]:
    """The numbers of those of this part of the listing that the query lets through, in its order.

    SQLite gives a part that is walked in the order of the walk, PostgreSQL promises none.
    """
    among = part.subquery().c
    found = select(among.no).where(met(query, among))
    if not in_order:
        return found
    return found.order_by(*(among[name].desc() if down else among[name].asc() for name, down in SORTS[query.sort]))


def _few(connection: Connection, query: Query, *, by_words: bool) -> ColumnElement[bool] | None:
    """What an index answers with the fewest claims, if they are few, all of the query's among them; None where nothing is.

    The index of words is asked last, and only where ``by_words``: it takes longest.
    """
    dialect = connection.dialect.name
    fewest, found = _FEW[dialect], None
    for condition in _conditions(connection, query):
        number = _number(connection, condition, fewest)
        if number <= fewest:
            fewest, found = number, condition
            if fewest <= _ENOUGH[dialect]:
                break
    asked = words_asked(query) if by_words and (found is None or fewest > _FEWEST) else []
    saying = _saying(connection, asked, fewest) if asked else None
    return found if saying is None else saying


def _saying(connection: Connection, asked: Sequence[str], most: int) -> ColumnElement[bool] | None:
    """Whether a claim is one of those that say these words, if at most so many do.

    PostgreSQL is to take them all from its index, whatever the limit: it would sooner read every claim until so many are
    found.
    """
    said = select_saying(connection.dialect.name, asked).cte("said").prefix_with("MATERIALIZED", dialect="postgresql")
    some = select(said.c.no).limit(2 * (most + 1))  # SQLite gives some twice
    found = list(dict.fromkeys(connection.execute(some).scalars()))
    return one_of(connection, listing.c.no, found) if len(found) <= most else None


def _number(connection: Connection, condition: ColumnElement[bool], most: int) -> int:
    """How many claims meet a condition, up to one more than so many."""
    some = select(literal_column("1").label("one")).where(condition).select_from(listing).limit(most + 1).subquery()
    return connection.execute(select(func.count()).select_from(some)).scalar_one()


def _conditions(connection: Connection, query: Query) -> Iterator[ColumnElement[bool]]:
    """Conditions that all of the query's claims meet, each answered by an index: the facets, which take longest to ask for, last."""
    yield from narrow(query)
    yield from _faceted(connection, query)


def _faceted(connection: Connection, query: Query) -> Iterator[ColumnElement[bool]]:
    if query.statuses or query.verdicts or query.confidences or query.priorities or query.kinds or query.marked:
        yield let_through(connection, query)
