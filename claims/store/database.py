"""Opening a database and its transactions: all that SQLite and PostgreSQL do not do alike stands here."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from threading import RLock
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.pool import StaticPool

from claims.errors import StoreCorrupt, StoreError, StoreNewer
from claims.store.failures import worded
from claims.store.schema import REVISION

_MIGRATIONS = Path(__file__).parent / "migrations"

#: Seconds that a write waits for another one to finish.
_PATIENCE = 5.0

_PRAGMAS = (
    "PRAGMA journal_mode = WAL",  # readers do not wait for the writer
    "PRAGMA synchronous = FULL",  # what was acknowledged survives a power cut
    "PRAGMA foreign_keys = ON",
    "PRAGMA cache_size = -65536",  # 64 MB: the indexes of 100,000 claims stay in memory
    "PRAGMA temp_store = MEMORY",
    "PRAGMA wal_autocheckpoint = 8000",  # 32 MB: an import does not copy the same pages again and again
)


class Database:
    """One database, brought to this program's shape; hands out short transactions to any thread."""

    def __init__(self, where: str | Path) -> None:
        url = _url(where)
        self.in_memory = url.get_backend_name() == "sqlite" and url.database in {None, "", ":memory:"}
        self.place = "in memory" if self.in_memory else _place(url)
        self._engine = _engine(url, in_memory=self.in_memory)
        self._writing = self._engine.execution_options(writes=True)
        # Threads of one process queue here rather than poll the file; a store in memory has but one connection.
        self._turn = RLock()
        try:
            with worded(self.place):
                self._bring_up_to_date(url)
        except BaseException:
            self.close()
            raise

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A consistent view of the record."""
        with worded(self.place), self._turn if self.in_memory else nullcontext(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One writer at a time: what is read inside stays true until what is written is kept, all or nothing."""
        with worded(self.place), self._turn, self._writing.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("LOCK TABLE events IN EXCLUSIVE MODE"))
            yield connection

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def _bring_up_to_date(self, url: URL) -> None:
        if url.get_backend_name() == "sqlite" and not self.in_memory:
            Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
        with self._engine.begin() as connection:
            found = self._revision(connection)
        if found == REVISION:
            return
        with self._writing.begin() as connection:
            # Asked again: another process may have done it while this one waited for its turn.
            found = self._revision(connection)
            if found != REVISION:
                _migrate(connection, found, self.place)

    def _revision(self, connection: Connection) -> str | None:
        """The migration that this database stands at; None for an empty one."""
        tables = inspect(connection).get_table_names()
        if not tables:
            return None
        if "alembic_version" not in tables:
            raise StoreCorrupt(
                f"The database {self.place} holds something else.", "Choose another file for the record."
            )
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def _migrate(connection: Connection, found: str | None, place: str) -> None:
    # Only a record that is behind pays for the import.
    from alembic.operations import Operations  # noqa: PLC0415
    from alembic.runtime.migration import MigrationContext, MigrationStep  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    scripts = ScriptDirectory(_MIGRATIONS)
    known = {script.revision: script for script in scripts.walk_revisions()}
    if found is not None and found not in known:
        raise StoreNewer(
            f"The record {place} was written by a newer version of this program (its shape is {found}).",
            "Install the newer version and open it again.",
        )

    def steps(_revision: object, _context: object) -> list[Any]:
        ahead = scripts.iterate_revisions(REVISION, found or "base")
        return [MigrationStep.upgrade_from_script(scripts.revision_map, script) for script in reversed(list(ahead))]

    context = MigrationContext.configure(connection, opts={"fn": steps})
    with Operations.context(context):
        context.run_migrations()


def _url(where: str | Path) -> URL:
    if isinstance(where, Path) or "://" not in where:
        database = str(where)
        return URL.create("sqlite", database=database if database == ":memory:" else str(Path(database).expanduser()))
    url = make_url(where)
    if url.drivername in {"postgresql", "postgres"}:
        url = url.set(drivername="postgresql+psycopg")
    if url.drivername not in {"sqlite", "postgresql+psycopg"}:
        raise StoreError(
            f"A record cannot be kept in {url.drivername!r}.",
            "Give a file, sqlite:///file or postgresql://user@host/name.",
        )
    return url


def _place(url: URL) -> str:
    return str(Path(str(url.database)).absolute()) if url.drivername == "sqlite" else url.render_as_string()


def _engine(url: URL, *, in_memory: bool) -> Engine:
    if url.drivername != "sqlite":
        try:
            return create_engine(url, pool_size=8, max_overflow=24, pool_pre_ping=True)
        except ModuleNotFoundError as error:
            raise StoreError(
                "PostgreSQL needs the package psycopg.", 'Install it with: pip install "psycopg[binary]"'
            ) from error
    arguments = {"check_same_thread": False, "timeout": _PATIENCE}
    if in_memory:
        engine = create_engine(url, connect_args=arguments, poolclass=StaticPool)
    else:
        engine = create_engine(url, connect_args=arguments, pool_size=8, max_overflow=24)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    # The driver would begin transactions by itself, late and without the lock; we begin them.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
