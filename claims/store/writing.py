"""Rows to the database by its driver: many of one shape in one call, column by column, worded once for each shape.

SQLAlchemy words a statement anew for each row; a hundred thousand claims would wait for that and not for the disk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import JSON, Column, Connection, Date, Dialect, Table

from claims.store.rows import Row
from claims.store.schema import Instant, Words, instant_text, storable

#: A row as the driver takes it, and what makes a column's values so; None where they are.
Bound = tuple[Any, ...]
_Column = Callable[[Sequence[Any]], Sequence[Any]] | None


@dataclass(frozen=True, slots=True)
class Shape:
    """How rows of a table are put there: ``into`` what, and ``place`` for the values of one of them."""

    into: str
    place: str
    taken: Callable[[Any], Bound]
    columns: Sequence[_Column]

    def bound(self, new: Iterable[Mapping[str, Any]]) -> list[Bound]:
        """These rows as the driver takes them, each with all of its columns."""
        found = zip(*map(self.taken, new), strict=True)
        shaped = [values if made is None else made(values) for values, made in zip(found, self.columns, strict=False)]
        return list(zip(*shaped, strict=True))


def insert_rows(connection: Connection, table: Table, new: Iterable[Mapping[str, Any]]) -> None:
    """Put rows in a table, each with all of its columns."""
    shape = shape_of(connection.dialect, table)
    if rows := shape.bound(new):
        connection.exec_driver_sql(shape.into + shape.place, rows)


def update_row(connection: Connection, table: Table, key: str, subject: Any, values: Row) -> None:
    """Change these columns of one row."""
    statement, columns = _update(connection.dialect, table, key, tuple(values))
    bound = [
        value if made is None else made((value,))[0]
        for made, value in zip(columns, [*values.values(), subject], strict=True)
    ]
    connection.exec_driver_sql(statement, tuple(bound))


@lru_cache(maxsize=256)
def shape_of(dialect: Dialect, table: Table) -> Shape:
    """How rows of this table are put there; it has two columns at least."""
    quote = dialect.identifier_preparer.quote
    names = list(table.columns.keys())
    return Shape(
        f"INSERT INTO {quote(table.name)} ({', '.join(map(quote, names))}) VALUES ",  # noqa: S608 - names of our own
        f"({', '.join([_place(dialect)] * len(names))})",
        itemgetter(*names),
        [_made(dialect, column) for column in table.columns],
    )


@lru_cache(maxsize=256)
def _update(dialect: Dialect, table: Table, key: str, names: Sequence[str]) -> tuple[str, list[_Column]]:
    quote, place = dialect.identifier_preparer.quote, _place(dialect)
    changed = ", ".join(f"{quote(name)} = {place}" for name in names)
    statement = f"UPDATE {quote(table.name)} SET {changed} WHERE {quote(key)} = {place}"  # noqa: S608 - names of our own
    return statement, [_made(dialect, table.columns[name]) for name in (*names, key)]


def _place(dialect: Dialect) -> str:
    return "?" if dialect.paramstyle == "qmark" else "%s"


def _made(dialect: Dialect, column: Column[Any]) -> _Column:
    if isinstance(column.type, Words):
        return _texts
    if isinstance(column.type, Instant):
        return lambda values: [None if value is None else instant_text(value) for value in values]
    if isinstance(column.type, Date) and dialect.name == "sqlite":
        return lambda values: [None if value is None else _day(value) for value in values]
    process = column.type.dialect_impl(dialect).bind_processor(dialect)
    if process is None:
        return None
    if isinstance(column.type, JSON):
        nothing = process([])
        return lambda values: [nothing if value == [] else process(value) for value in values]
    return lambda values: [None if value is None else process(value) for value in values]


#: A day as SQLite keeps it; a desk's claims share few of them.
_day = lru_cache(date.isoformat)


def _texts(values: Sequence[str | None]) -> Sequence[str | None]:
    """Nearly all text can be kept as it is: asked once for all."""
    together = "".join(filter(None, values))
    if together.isascii() and "\0" not in together:
        return values
    return [None if value is None else storable(value) for value in values]
