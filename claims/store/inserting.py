"""Many rows at once: put in their tables by a thread of its own while the rows after them are still being worded.

SQLite works outside the interpreter's lock, so both cores do. It does so statement by statement: one for each row would
wait for the lock as often, so that a statement puts hundreds.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Table

from claims.store.writing import Bound, Shape, insert_rows, shape_of

Put = Callable[[Table, Iterable[Mapping[str, Any]]], None]

# Below so many rows a thread is not worth its start.
_MANY = 2000
# SQLite binds at most 32,766 values in a statement.
_VALUES = 32_000
# Statements that may wait for their turn.
_AHEAD = 32


@contextmanager
def inserting(connection: Connection, expected: int) -> Iterator[Put]:
    """What puts rows in a table; about so many are ``expected``. Inside, nothing else asks the connection.

    All are there at the end, and an error shows there at the latest.
    """
    if connection.dialect.name != "sqlite" or expected < _MANY:
        yield partial(insert_rows, connection)
        return
    waiting: deque[Future[object]] = deque()
    with ThreadPoolExecutor(1, "inserting") as thread:

        def put(table: Table, new: Iterable[Mapping[str, Any]]) -> None:
            shape = shape_of(connection.dialect, table)
            for statement, rows in _blocks(shape, shape.bound(new)):
                while len(waiting) >= _AHEAD or (waiting and waiting[0].done()):
                    waiting.popleft().result()
                waiting.append(thread.submit(connection.exec_driver_sql, statement, rows))

        try:
            yield put
            while waiting:
                waiting.popleft().result()
        finally:
            thread.shutdown(cancel_futures=True)


def _blocks(shape: Shape, rows: list[Bound]) -> Iterator[tuple[str, Bound]]:
    """Statements that put these rows: sizes are powers of two, so that few are ever worded."""
    at, size = 0, 1 << ((_VALUES // len(rows[0])).bit_length() - 1) if rows else 1
    while at < len(rows):
        while size > len(rows) - at:
            size //= 2
        some = rows[at : at + size]
        yield shape.into + ", ".join([shape.place] * size), tuple(chain.from_iterable(some))
        at += size
