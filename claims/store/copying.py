"""A desk moves from one database to another: its events and snapshots are copied, the rest is made anew from them.

What no event tells is copied too, where somebody waits for it: the sources whose copy in an archive is looked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, LargeBinary, Select, Table, func, select

from claims.errors import StoreCorrupt, StoreError
from claims.store import proving, rows
from claims.store.schema import SUBJECTS, archive_tries, events, listing, snapshots
from claims.store.writing import insert_rows

if TYPE_CHECKING:
    from claims.store import Store

#: Told how far it is: which table, and how many rows of it are done.
Progress = Callable[[str, int], None]

_COPIED = (snapshots, events, archive_tries)
_TABLES = (*_COPIED, *SUBJECTS.values(), listing)

#: Rows that are held at a time: few of those that may be large.
_TOGETHER = {True: 20, False: 1000}


def copy(source: Store, target: Store, progress: Progress | None = None) -> dict[str, int]:
    """Copy a whole record into an empty one, all or nothing; returns the number of rows by table, each checked.

    The source is read as it is at one moment; what is written to it meanwhile is not in the copy. Raises StoreError where
    the target holds something, StoreCorrupt where the source's chain is broken or a row comes out otherwise than it
    stands there: nothing is then kept.
    """
    tell = progress or (lambda _table, _done: None)
    with source._database.reading() as old, target._database.writing() as new:  # noqa: SLF001 - rooms of one house
        _check_empty(new, target.place)
        if broken := proving.verify(old):
            raise StoreCorrupt(f"The record {source.place} is not sound. {broken.why}", "See: workbench verify")
        if changed := next(proving.contents(old), None):
            raise StoreCorrupt(
                f"The record {source.place} is not sound: the snapshot {changed.subject_id} is not what it was, or not there.",
                "See: workbench verify",
            )
        for table in _COPIED:
            for done, some in _pieces(old, table):
                insert_rows(new, table, some)
                tell(table.name, done)
        tell("made anew", proving.rebuild(new))
        counted = {}
        for table in _TABLES:
            counted[table.name] = _compared(old, new, table)
            tell(f"{table.name}, checked", counted[table.name])
    return counted


def _check_empty(connection: Connection, place: str) -> None:
    for table in (events, snapshots):
        if connection.execute(select(func.count()).select_from(table)).scalar_one():
            raise StoreError(
                f"The record {place} is not empty: two desks are not mixed.", "Give the name of an empty or a new one."
            )


def _pieces(connection: Connection, table: Table) -> Iterator[tuple[int, list[rows.Found]]]:
    together, done = _together(table), 0
    found = connection.execute(_ordered(table), execution_options={"yield_per": together})
    for some in found.mappings().partitions():
        done += len(some)
        yield done, list(some)


def _compared(old: Connection, new: Connection, table: Table) -> int:
    """How many rows a table has, if both have the same."""
    options, number = {"yield_per": _together(table)}, 0
    with (
        old.execute(_ordered(table), execution_options=options) as theirs,
        new.execute(_ordered(table), execution_options=options) as ours,
    ):
        for number, (there, here) in enumerate(zip_longest(theirs, ours), 1):  # noqa: B007 - the last one is the count
            if there is None or here is None or tuple(there) != tuple(here):
                key = next(iter(table.primary_key)).name
                name = getattr(there if there is not None else here, key)
                raise StoreCorrupt(
                    f"The copy differs at {key} {name} of the table {table.name}; nothing was kept.",
                    "See whether the record is sound: workbench verify",
                )
    return number


def _ordered(table: Table) -> Select[Any]:
    return select(table).order_by(*table.primary_key)


def _together(table: Table) -> int:
    return _TOGETHER[any(isinstance(column.type, LargeBinary) for column in table.columns)]
