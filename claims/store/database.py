"""Opening a database and its transactions: all that SQLite and PostgreSQL do not do alike stands here."""

from __future__ import annotations

import errno
import os
import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock, local
from time import monotonic, sleep
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, exc, inspect, make_url, text
from sqlalchemy.pool import StaticPool

from claims.errors import StoreCorrupt, StoreError, StoreLocked, StoreNewer, StoreUnwritable
from claims.store.failures import worded
from claims.store.listening import CHANNEL, Listening
from claims.store.schema import REVISION

_MIGRATIONS = Path(__file__).parent / "migrations"

#: Seconds that a write waits for others to finish: an import writes for a second or two at a time.
_PATIENCE = 15.0

#: Seconds that what may be left undone waits for its turn.
_MOMENT = 0.05

#: Seconds after which a waiting write of SQLite asks again, by chance between the two: its own wait, which grows to a
#: tenth of a second, lets some writers wait for seconds while others go through.
_AGAIN = (0.001, 0.010)

#: Seconds that a server has to answer.
_ANSWER = 10

#: Numbers by which all programs on a database of PostgreSQL take turns: to bring it to this shape, and to write.
_MIGRATING, WRITING = 0x636C61696D73, 0x77726974696E67

_MIGRATE = f"SELECT pg_advisory_xact_lock({_MIGRATING}); SELECT pg_advisory_xact_lock({WRITING})"

#: The turn to write holds off no VACUUM and no ANALYZE. The table's lock, which lets them by too, keeps out a program that
#: locks the whole of it, as older ones of ours do.
_WRITE = f"SELECT pg_advisory_xact_lock({WRITING}); LOCK TABLE events IN ROW EXCLUSIVE MODE; NOTIFY {CHANNEL}"

_PRAGMAS = (
    "PRAGMA journal_mode = WAL",  # readers do not wait for the writer
    "PRAGMA synchronous = FULL",  # what was acknowledged survives a power cut
    "PRAGMA foreign_keys = ON",
    "PRAGMA cache_size = -65536",  # 64 MB, as far as it is used: the indexes of 100,000 claims stay in memory
    "PRAGMA temp_store = MEMORY",
    "PRAGMA wal_autocheckpoint = 8000",  # 32 MB: an import does not copy the same pages again and again
)


#: How a transaction that only reads sees one moment throughout. SQLite's do so anyway.
_ONE_MOMENT: dict[str, dict[str, Any]] = {
    "sqlite": {},
    "postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
}

#: How one that writes sees, once it has its turn, all that the one before it wrote, whatever the server is set to.
_NEWEST: dict[str, dict[str, Any]] = {"sqlite": {}, "postgresql": {"isolation_level": "READ COMMITTED"}}


class Database:
    """One database, brought to this program's shape; hands out short transactions to any thread."""

    def __init__(self, where: str | Path) -> None:
        url = _url(where)
        self.in_memory = url.get_backend_name() == "sqlite" and url.database in {None, "", ":memory:"}
        self.place = "in memory" if self.in_memory else _place(url)
        self.file = Path(self.place) if url.get_backend_name() == "sqlite" and not self.in_memory else None
        self._engine = _engine(url, in_memory=self.in_memory)
        self.tells = self._engine.dialect.name == "postgresql"
        self._writing = self._engine.execution_options(writes=True, **_NEWEST[self._engine.dialect.name])
        self._trying = self._engine.execution_options(writes=True, patience=_MOMENT)
        self._reading = self._engine.execution_options(**_ONE_MOMENT[self._engine.dialect.name])
        # Threads of one process queue here rather than poll the file; a store in memory has but one connection.
        self._turn = RLock()
        self._held = local()  # of each thread: the view that all of its readings share
        try:
            with worded(self.place):
                self._bring_up_to_date(url)
        except BaseException:
            self.close()
            raise

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A consistent view of the record: the one that this thread holds in a :meth:`moment`, or one of now."""
        if held := getattr(self._held, "connection", None):
            yield held
            return
        with worded(self.place), self._turn if self.in_memory else nullcontext(), self._reading.begin() as connection:
            yield connection

    @contextmanager
    def moment(self) -> Iterator[None]:
        """Until the block ends, every reading of this thread sees the record as it is at the first."""
        with self.reading() as connection:
            before, self._held.connection = getattr(self._held, "connection", None), connection
            try:
                yield
            finally:
                self._held.connection = before

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One writer at a time: what is read inside stays true until what is written is kept, all or nothing."""
        with worded(self.place), self._turn, self._writing.begin() as connection:
            if connection.dialect.name == "postgresql":
                _wait_for(connection, _WRITE)
            yield connection

    @contextmanager
    def trying(self) -> Iterator[Connection]:
        """A short write beside the record, which no lock of a save waits for: StoreLocked where the turn does not come at once."""
        if not self._turn.acquire(timeout=_MOMENT):
            raise StoreLocked("The record is being written to.", "Try again in a moment.")
        try:
            with worded(self.place), self._trying.begin() as connection:
                if connection.dialect.name == "postgresql":
                    connection.exec_driver_sql(f"SET LOCAL lock_timeout = {int(_MOMENT * 1000)}")
                yield connection
        finally:
            self._turn.release()

    def listening(self, heard: Callable[[], None]) -> Listening | None:
        """Have ``heard`` called after each write of anybody's; None where the database tells nobody."""
        if not self.tells:
            return None
        dialect = self._engine.dialect
        given, named = dialect.create_connect_args(self._engine.url)

        def connect() -> Any:
            return dialect.connect(*given, **named, autocommit=True)

        return Listening(connect, heard, self.place)

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
            if connection.dialect.name == "postgresql":
                _wait_for(connection, _MIGRATE)
            # Asked again: another process may have done it while this one waited for its turn.
            found = self._revision(connection)
            if found != REVISION:
                in_a_file = url.drivername == "sqlite" and not self.in_memory
                _migrate(connection, found, self.place, Path(str(url.database)) if in_a_file else None)

    def _revision(self, connection: Connection) -> str | None:
        """The migration that this database stands at; None for an empty one."""
        tables = inspect(connection).get_table_names()
        if not tables:
            return None
        if "alembic_version" not in tables:
            raise StoreCorrupt(
                f"The database {self.place} holds something else.", "Choose another place for the record."
            )
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
        if found is None and len(tables) > 1:
            raise StoreCorrupt(
                f"The record {self.place} does not say any more which shape it has.",
                "Put back a copy of it from before.",
            )
        return found


def _migrate(connection: Connection, found: str | None, place: str, file: Path | None) -> None:
    """Bring a record to the newest shape; the ``file`` that it lies in is copied first, unless it is newer than this program."""
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
    if found is not None and file is not None:
        set_aside(file, REVISION)

    def steps(_revision: object, _context: object) -> list[Any]:
        ahead = scripts.iterate_revisions(REVISION, found or "base")
        return [MigrationStep.upgrade_from_script(scripts.revision_map, script) for script in reversed(list(ahead))]

    context = MigrationContext.configure(connection, opts={"fn": steps})
    with Operations.context(context):
        context.run_migrations()


def set_aside(place: Path, what: str) -> Path:
    """A copy of a record as it is, beside it, before ``what`` changes it; StoreUnwritable where none can be made."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    copy = place.with_name(f"{place.name}.before-{what}-{stamp}")
    try:
        with closing(sqlite3.connect(place)) as old, closing(sqlite3.connect(copy)) as new:
            old.backup(new)
    except sqlite3.Error as error:
        copy.unlink(missing_ok=True)
        raise StoreUnwritable(
            f"No copy of the record {place} could be kept beside it ({error}), and nothing was changed.",
            "See that you may write in its folder and that the disk has room.",
        ) from error
    return copy


def _wait_for(connection: Connection, lock: str) -> None:
    """Take a lock of PostgreSQL, or give up as SQLite does; both in one message to the server."""
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = {int(_PATIENCE * 1000)}; {lock}")


#: What begins the address of a record: without its slashes it is one misspelt, with a password perhaps, and no file's name.
_SCHEMES = ("postgres:", "postgresql:", "postgresql+", "sqlite:")


def _url(where: str | Path) -> URL:
    if isinstance(where, Path) or ("://" not in where and not where.lower().startswith(_SCHEMES)):
        database = str(where)
        return URL.create("sqlite", database=database if database == ":memory:" else str(Path(database).expanduser()))
    try:
        url = make_url(where)
        # An @ that stands in a password as it is leaves the password's end in the host.
        readable = "@" not in (url.host or "")
    except (exc.ArgumentError, ValueError):
        readable = False
    if not readable:
        # Outside the block above, so that no cause is shown: it may quote a password.
        raise StoreError(
            "The address of the record cannot be read.",
            "Write it like postgresql://user@host/name, and signs such as @ : / in a password as %40 %3A %2F.",
        )
    if url.drivername in {"postgresql", "postgres"}:
        url = url.set(drivername="postgresql+psycopg")
    if url.drivername not in {"sqlite", "postgresql+psycopg"}:
        raise StoreError(
            f"A record cannot be kept in {url.drivername!r}.",
            "Give a file, sqlite:///file or postgresql://user@host/name.",
        )
    return url


def _place(url: URL) -> str:
    if url.drivername == "sqlite":
        return str(Path(str(url.database)).absolute())
    return url.set(drivername="postgresql").difference_update_query(["password", "sslpassword"]).render_as_string()


def _engine(url: URL, *, in_memory: bool) -> Engine:
    if url.drivername != "sqlite":
        try:
            url = url.update_query_dict({"connect_timeout": str(_ANSWER)} | dict(url.query))
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
        event.listen(engine, "do_connect", _check_rights)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    # The driver would begin transactions by itself, late and without the lock; we begin them.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _begin(connection: Connection) -> None:
    if not connection.get_execution_options().get("writes", False):
        connection.exec_driver_sql("BEGIN")
        return
    until = monotonic() + connection.get_execution_options().get("patience", _PATIENCE)
    driver: Any = connection.connection.dbapi_connection
    driver.execute("PRAGMA busy_timeout = 0")
    try:
        while _is_held(driver) and monotonic() < until:
            sleep(random.uniform(*_AGAIN))  # noqa: S311 - chance, not a secret
        if not driver.in_transaction:
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # says what is in the way
    finally:
        driver.execute(f"PRAGMA busy_timeout = {int(_PATIENCE * 1000)}")


def _is_held(driver: sqlite3.Connection) -> bool:
    """Ask for the turn to write; whether somebody else has it."""
    try:
        driver.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        return error.sqlite_errorname.startswith("SQLITE_BUSY")  # also while a log is recovered
    return False


def _check_rights(_dialect: object, _record: object, given: list[Any], _named: object) -> None:
    # SQLite would open such a file for reading, and leave a log beside it that nobody may write afterwards either.
    place = str(given[0])
    if Path(place).exists() and not os.access(place, os.W_OK):
        raise PermissionError(errno.EACCES, "may only be read", place)
