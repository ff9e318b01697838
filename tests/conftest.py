"""What the tests share: one PostgreSQL and one Chromium for all of them, and a place for each test's record on either database."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from claims.store import Store
from tests.chromium import chromium
from tests.postgres import Server, postgresql
from tests.spread import pytest_collection_modifyitems, pytest_xdist_make_scheduler

__all__ = [
    "chromium",
    "postgresql",
    "pytest_collection_modifyitems",
    "pytest_xdist_make_scheduler",
]  # fixtures and hooks

DATABASES = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that holds a record without anything in it, to copy: making one takes the time of its migrations."""
    path = tmp_path_factory.mktemp("pattern") / "desk.sqlite"
    Store(path).close()
    return path


@contextmanager
def place_on(database: str, request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    """Where a record without anything in it lies on this database, until the block ends."""
    if database == "sqlite":
        yield str(shutil.copyfile(request.getfixturevalue("pattern"), folder / "desk.sqlite"))
        return
    server: Server = request.getfixturevalue("postgresql")
    with server.lent() as address:
        yield address


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the store of a test lies, if it is about the file: nothing is there yet."""
    return tmp_path / "desk.sqlite"


@pytest.fixture(params=DATABASES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where the store of a test lies, on each database: nothing is in it yet."""
    with place_on(request.param, request, tmp_path) as found:
        yield found
