"""Rows to the database by its driver: many of one shape in one call, column by column, worded once for each shape.

SQLAlchemy words a statement anew for each row; a hundred thousand claims would wait for that and not for the disk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Column, Connection, Dialect, Table

from claims.store.rows import Row
from claims.store.schema import Instant, Words, instant_text, storable

#: What makes a column's values such as the driver takes; None where they are so.
_Column = Callable[[Sequence[Any]], Sequence[Any]] | None


def insert_rows(connection: Connection, table: Table, new: Iterable[Mapping[str, Any]]) -> None:
    """Put rows in a table, each with all of its columns."""
    taken, statement, columns = _insert(connection.dialect, table)
    shaped = [
        values if made is None else made(values)
        for values, made in zip(zip(*map(taken, new), strict=True), columns, strict=False)
    ]
    if shaped:
        connection.exec_driver_sql(statement, list(zip(*shaped, strict=True)))


def update_row(connection: Connection, table: Table, key: str, subject: Any, values: Row) -> None:
    """Change these columns of one row."""
    statement, columns = _update(connection.dialect, table, key, tuple(values))
    bound = [
        value if made is None else made((value,))[0]
        for made, value in zip(columns, [*values.values(), subject], strict=True)
    ]
    connection.exec_driver_sql(statement, tuple(bound))


@lru_cache(maxsize=256)
def _insert(dialect: Dialect, table: Table) -> tuple[Callable[[Any], tuple[Any, ...]], str, list[_Column]]:
    quote = dialect.identifier_preparer.quote
    names = list(table.columns.keys())
    places = ", ".join([_place(dialect)] * len(names))
    listed = ", ".join(map(quote, names))
    statement = f"INSERT INTO {quote(table.name)} ({listed}) VALUES ({places})"  # noqa: S608 - names of our own
    return itemgetter(*names), statement, [_made(dialect, column) for column in table.columns]


@lru_cache(maxsize=256)
def _update(dialect: Dialect, table: Table, key: str, names: Sequence[str]) -> tuple[str, list[_Column]]:
    quote, place = dialect.identifier_preparer.quote, _place(dialect)
    changed = ", ".join(f"{quote(name)} = {place}" for name in names)
    statement = f"UPDATE {quote(table.name)} SET {changed} WHERE {quote(key)} = {place}"  # noqa: S608 - the same
    return statement, [_made(dialect, table.columns[name]) for name in (*names, key)]


def _place(dialect: Dialect) -> str:
    return "?" if dialect.paramstyle == "qmark" else "%s"


def _made(dialect: Dialect, column: Column[Any]) -> _Column:
    if isinstance(column.type, Words):
        return _texts
    if isinstance(column.type, Instant):
        return lambda values: [None if value is None else instant_text(value) for value in values]
    process = column.type.dialect_impl(dialect).bind_processor(dialect)
    if process is None:
        return None
    return lambda values: [None if value is None else process(value) for value in values]


def _texts(values: Sequence[str | None]) -> Sequence[str | None]:
    """Nearly all text can be kept as it is: asked once for all."""
    together = "".join(filter(None, values))
    if together.isascii() and "\0" not in together and "\x1b" not in together:
        return values
    return [None if value is None else storable(value) for value in values]
