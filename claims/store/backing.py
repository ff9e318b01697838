"""Backups: the whole record in one file, taken while people work, proved before it counts; and the way back."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from claims.errors import NoSuchFile, StoreCorrupt, StoreError, StoreUnwritable
from claims.store import copying
from claims.store.database import set_aside
from claims.store.failures import worded

if TYPE_CHECKING:
    from claims.store import Store

#: Told how far it is: pages of the file, or rows, done of how many.
Progress = Callable[[int, int], None]

# Pages copied at a time, for who watches.
_PAGES = 2000


@dataclass(frozen=True, slots=True)
class Kept:
    """A backup: where it lies, how many events it holds, the hash of the newest, and its bytes."""

    path: Path
    events: int
    seal: str
    size: int


def backup(store: Store, target: Path, progress: Progress | None = None) -> Kept:
    """Keep the record as it is at one moment in a new file of SQLite; it is there whole and proved, or not at all.

    Nobody who works waits for it. Raises StoreUnwritable where the file cannot be made, StoreCorrupt where the copy is
    not sound: then the record is not either.
    """
    if target.exists():
        raise StoreUnwritable(f"There is a file {target} already.", "Give another name; a backup replaces nothing.")
    if not target.parent.is_dir():
        raise StoreUnwritable(f"There is no folder {target.parent}.", "Make it, or give another place.")
    beside = target.with_name(f".{target.name}.part")
    _remove(beside)
    try:
        with worded(str(beside)):
            if store.file is None:
                with _opened(beside) as made:
                    copying.copy(store, made)
            else:
                _copied(store.file, beside, progress)
        kept = _proved(beside, str(store.place))
        if not kept.events:
            raise StoreError(f"The record {store.place} is empty: there is nothing to keep.", "Read an article first.")
        beside.replace(target)
    finally:
        _remove(beside)
    return Kept(target, kept.events, kept.seal, target.stat().st_size)


def prove(path: Path) -> Kept:
    """That a file is a whole and sound record: its pages, its chain, its tables and its documents.

    The file is only read; what an older program wrote is proved as this one would read it. Raises NoSuchFile, or
    StoreCorrupt with what is wrong first.
    """
    with _proved_copy(path) as (_, kept):
        return kept


@contextlib.contextmanager
def _proved_copy(path: Path) -> Iterator[tuple[Path, Kept]]:
    """A proved copy of a backup, for the time of the block: the backup may lie where nothing can be written, and is never changed."""
    if not path.is_file():
        raise NoSuchFile(f"There is no file {path}.", "Check its name and folder.")
    with TemporaryDirectory(prefix="workbench-") as room:
        copied = Path(room) / "record.sqlite"
        _copied(path, copied, name=str(path))
        yield copied, dataclasses.replace(_proved(copied, str(path)), path=path)


def _proved(path: Path, name: str) -> Kept:
    """The same of a file that is ours alone; in what is told of it, it has this name."""
    with worded(name), closing(sqlite3.connect(_only_read(path), uri=True)) as file:
        said = file.execute("PRAGMA integrity_check(1)").fetchone()[0]
        tables = {table for (table,) in file.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    if said != "ok":
        raise StoreCorrupt(f"The file {name} is damaged: {said}.", "Take an earlier backup.")
    if not {"alembic_version", "events"} <= tables:
        raise StoreCorrupt(f"The file {name} holds no record.", "Take an earlier backup.")
    with _opened(path) as record:
        if broken := record.verify():
            raise StoreCorrupt(f"The record {name} is not sound: {broken.why}", "Take an earlier backup.")
        if found := record.differences():
            raise StoreCorrupt(
                f"The record {name} is not sound: the {found[0].kind} {found[0].subject_id} is not what its events say.",
                "See: workbench verify, and workbench rebuild.",
            )
        events, seal = record.seal()
    return Kept(path, events, seal, path.stat().st_size)


def restore(source: Path, store: Store, *, replace: bool = False) -> tuple[Kept, Path | None]:
    """Bring a backup's record into a store. Returns what it holds, and where the record before it was set aside, if any.

    The backup is proved first. A store that holds something is replaced only where ``replace`` says so, and only in a
    file; it is set aside beside it before. Who has it open goes on with the restored one.
    """
    with _proved_copy(source) as (copied, kept):
        if not kept.events:
            raise StoreError(f"The record {source} is empty.", "Take an earlier backup.")
        aside = _set_aside(store, replace=replace) if store.latest_event_seq() else None
        if store.file is None:
            with _opened(copied) as record:
                copying.copy(record, store)
        else:
            _copied(copied, store.file)
    if store.seal() != (kept.events, kept.seal):
        raise StoreCorrupt(
            f"The record {store.place} is not what was restored.", "Restore it again with the desk closed."
        )
    return kept, aside


def _set_aside(store: Store, *, replace: bool) -> Path:
    """A copy of a record that is about to be replaced, beside it; StoreError where it may not be, or moved meanwhile."""
    if not replace or store.file is None:
        raise StoreError(
            f"The record {store.place} holds {store.latest_event_seq():,} events, and a restore would replace them.",
            "Restore into a new store, or say --replace: it is then set aside first."
            if store.file
            else "Restore into a new database.",
        )
    aside = set_aside(store.file, f"restore-{datetime.now(UTC):%f}")
    with _opened(aside) as before:
        if before.seal() != store.seal():
            raise StoreError(
                "Somebody wrote to the record meanwhile; nothing was changed.", "Close the desk, then try again."
            )
    return aside


def _copied(source: Path, target: Path, progress: Progress | None = None, name: str = "") -> None:
    """One file's database over another's, in one transaction, as it is when that begins.

    Without a transaction of its own around it, SQLite begins a copy anew whenever somebody writes, and at a busy desk it
    comes to no end.
    """
    tell = progress or (lambda _done, _of: None)
    with (
        worded(name or str(target)),
        closing(sqlite3.connect(_only_read(source), uri=True, timeout=15)) as old,
        closing(sqlite3.connect(target, timeout=15)) as new,
    ):
        old.execute("BEGIN")
        old.execute("SELECT 1 FROM sqlite_schema").fetchone()
        old.backup(new, pages=_PAGES, progress=lambda _status, left, of: tell(of - left, of), sleep=0.01)


def _opened(path: Path) -> Store:
    from claims.store import Store  # noqa: PLC0415 - the two rooms need each other here only

    return Store(path)


def _only_read(path: Path) -> str:
    """The file's address for SQLite, which would take # and ? and % of a name for something else.

    In a folder that cannot be written, a medium or another's archive, the file is told to be what it stays.
    """
    still = "" if os.access(path.parent, os.W_OK) else "&immutable=1"
    return f"{path.absolute().as_uri()}?mode=ro{still}"


def _remove(path: Path) -> None:
    for name in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
        with contextlib.suppress(FileNotFoundError):
            name.unlink()
