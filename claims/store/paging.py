"""Which claims stand on a page, by their numbers: what they are found by is narrow and has an index for each order.

SQLite is told how to look; PostgreSQL plans that itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from claims.store.facets import cells_of
from claims.store.query import SORTS, Query, met, narrow, ordered, stretch, where, words_asked
from claims.store.schema import listing
from claims.store.searching import select_saying

#: Claims from the beginning of an order that are looked at first; as many as are better found than walked to; and how
#: deep a page lies that neither helps.
_NEAR, _FEW, _DEEP = 1000, 3000, 1000

#: What is asked is frequent if the beginning of a walk gave at least one of so many that are wanted.
_HARDLY = 10

#: More claims than there are. A part of the listing that has a limit is walked as it is written, by its own order's index.
_ALL = 2**62


def numbers(connection: Connection, query: Query, offset: int, limit: int) -> Sequence[int]:
    """The claims of a page, in the query's order.

    SQLite walks the order from its beginning first: most filters let enough pass soon. Else it takes a filter that an
    index answers with few claims, and sorts those that pass the rest; where there is none, it walks on.
    """
    if connection.dialect.name != "sqlite" or offset + limit > _DEEP:
        found = select(listing.c.no).where(where(connection, query)).order_by(*ordered(query))
        return connection.execute(found.offset(offset).limit(limit)).scalars().all()
    walk = select(listing).where(*stretch(query)).order_by(*ordered(query))
    soon = connection.execute(_picked(query, walk.limit(_NEAR)).offset(offset).limit(limit)).scalars().all()
    if len(soon) == limit:
        return soon
    frequent = len(soon) * _HARDLY >= limit
    if (few := _few(connection, query, by_words=not frequent)) is not None:
        found = _picked(query, select(listing).where(few).limit(_FEW), in_order=True)
    else:
        found = _picked(query, walk.limit(_ALL))
    return connection.execute(found.offset(offset).limit(limit)).scalars().all()


def _picked(query: Query, part: Select[Any], *, in_order: bool = False) -> Select[Any]:
    """The numbers of those of this part of the listing that the query lets through, as they come or in its order."""
    among = part.subquery().c
    found = select(among.no).where(met(query, among))
    if not in_order:
        return found
    return found.order_by(*(among[name].desc() if down else among[name].asc() for name, down in SORTS[query.sort]))


def _few(connection: Connection, query: Query, *, by_words: bool) -> ColumnElement[bool] | None:
    """What an index answers with the fewest claims, if they are few, all of the query's among them; None where nothing is.

    The index of words is asked last, and only where ``by_words``: it takes longest.
    """
    fewest, found = _FEW, None
    for condition in _conditions(connection, query):
        number = _number(connection, condition, fewest)
        if number <= fewest:
            fewest, found = number, condition
    if by_words and fewest > _HARDLY * _HARDLY and (asked := words_asked(query)):
        saying = listing.c.no.in_(select_saying(asked).limit(2 * (fewest + 1)))  # a claim is there twice at most
        if _number(connection, saying, fewest) <= fewest:
            return saying
    return found


def _number(connection: Connection, condition: ColumnElement[bool], most: int) -> int:
    """How many claims meet a condition, up to one more than so many."""
    some = select(listing.c.no).where(condition).limit(most + 1).subquery()
    return connection.execute(select(func.count()).select_from(some)).scalar_one()


def _conditions(connection: Connection, query: Query) -> Iterator[ColumnElement[bool]]:
    if query.statuses or query.verdicts or query.confidences or query.priorities or query.kinds or query.marked:
        yield listing.c.facets.in_(cells_of(connection, query))
    yield from narrow(query)
