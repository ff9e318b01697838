"""Opening a record: it keeps what it was given, and says in a sentence why it cannot be opened or written."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from claims.errors import StoreCorrupt, StoreError, StoreLocked, StoreNewer, StoreUnwritable
from claims.store import Query, Store, database, default_path
from claims.store.schema import REVISION, metadata
from tests.claims.conftest import make_article, make_claims


def test_a_record_keeps_what_it_was_given(path: Path) -> None:
    """What one store wrote, the next one reads: from the same file, by path, string or address."""
    article = make_article()
    with Store(path, actor="Jana") as store:
        store.add_article(article, make_claims(article))
        table = store.table(Query())
    for where in (path, str(path), f"sqlite:///{path}"):
        with Store(where) as again:
            assert again.table(Query()).equals(table)
            assert again.article(article.article_id) == article


def test_a_folder_is_made_where_none_is(tmp_path: Path) -> None:
    """The default place need not exist before."""
    with Store(tmp_path / "one" / "two" / "desk.sqlite") as store:
        assert store.count(Query()) == 0
    assert default_path().is_absolute()


def test_the_migrations_make_the_tables(store: Store) -> None:
    """What the migrations make is what the tables of schema say, and their head is the revision it names."""
    with store._database.reading() as connection:
        # Alembic does not know full text: SQLite's tables of it, and PostgreSQL's indexes over expressions. Nor does it read when
        # a reference is looked at, of a column that SQLite was given later; what that one does is tested with the texts.
        given_later = store.file is not None

        def is_known(thing: Any, name: object, kind: str, *_: object) -> bool:
            texts = kind == "foreign_key_constraint" and thing.column_keys == ["text"]
            return not str(name).startswith("search") and not (texts and given_later)

        known = {"include_object": is_known}
        assert compare_metadata(MigrationContext.configure(connection, opts=known), metadata) == []
    assert ScriptDirectory(database._MIGRATIONS).get_current_head() == REVISION


def test_opening_a_record_of_today_does_not_wait_for_alembic(path: Path) -> None:
    """Only a record that is behind loads the migrations' machinery; none loads the parser or the readers of pages."""
    Store(path).close()
    script = (
        "import sys; from claims.store import Store; Store(sys.argv[1]).close();"
        "print(*sorted({'alembic', 'spacy', 'trafilatura', 'streamlit'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_a_newer_record_is_refused(place: str) -> None:
    """A schema this program does not know is refused by name and left alone."""
    with Store(place) as store, store._database._engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    named = re.escape(store.place)
    with pytest.raises(StoreNewer, match=rf"{named} was written by a newer version .* 9999.*Install the newer version"):
        Store(place)


def test_what_is_no_record_is_refused(path: Path) -> None:
    """Another file, another program's database and a cut-off record are named and left as they are."""
    path.write_bytes(b"This is a letter, not a database. " * 100)
    with pytest.raises(StoreCorrupt, match=f"{path} is no record"):
        Store(path)
    assert path.read_bytes().startswith(b"This is a letter")
    other = path.with_name("other.sqlite")
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE recipes (name)")
    connection.close()
    with pytest.raises(StoreCorrupt, match="holds something else"):
        Store(other)


def test_a_damaged_record_is_told(path: Path) -> None:
    """Pages overwritten by noise are found when they are read."""
    article = make_article()
    with Store(path) as store:
        store.add_article(article, make_claims(article))
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xa5" * (len(whole) - 4096))
    with pytest.raises(StoreCorrupt, match="put back a copy"):
        Store(path)


def test_a_held_record_is_told_and_works_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While another program holds the file a write ends in a sentence; afterwards it goes through."""
    monkeypatch.setattr(database, "_PATIENCE", 0.05)
    article = make_article()
    holder = sqlite3.connect(path, isolation_level=None)
    with Store(path) as store:
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreLocked, match=rf"{path} is held by another program. Close the other program"):
            store.add_article(article, [])
        assert store.articles().empty
        holder.execute("ROLLBACK")
        holder.close()
        store.add_article(article, [])
        assert store.verify() is None


def test_a_place_that_takes_no_file_is_told(tmp_path: Path) -> None:
    """A folder in the place of the file, a file in the place of the folder, a system folder: each is a sentence."""
    (tmp_path / "letter").write_text("Dear desk")
    for place in (tmp_path, tmp_path / "letter" / "desk.sqlite", Path("/proc/desk.sqlite")):
        with pytest.raises(StoreUnwritable, match=rf"{place} cannot be written. See that its folder exists"):
            Store(place)


def test_a_record_that_may_only_be_read_is_told(path: Path) -> None:
    """A write that the database refuses as read-only ends in a sentence, and reading goes on."""
    article = make_article()
    with Store(path) as store:
        store.add_article(article, [])
        # A folder without write permission does not stop the superuser that tests may run as; the database's own does.
        with store._database.reading() as connection:
            connection.exec_driver_sql("PRAGMA query_only = ON")
        with pytest.raises(StoreUnwritable, match="cannot be written"):
            store.edit_article(article.article_id, 1, {"title": "Other"})
        assert len(store.articles()) == 1


def test_a_full_disk_is_told_and_nothing_is_lost(path: Path) -> None:
    """Where the file may not grow, the write is refused whole; with room again it goes through."""
    article = make_article()
    long = make_article("Forty guards left. " * 50_000, url=None)
    with Store(path) as store:
        store.add_article(article, make_claims(article))
        with store._database.reading() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 60")
        with pytest.raises(StoreUnwritable, match=r"The disk .* is full. Make room"):
            store.add_article(long, [])
        assert store.count(Query()) == 3
        assert store.verify() is None
        with store._database.reading() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
        store.add_article(long, [])


def test_other_databases_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """An address of another kind is refused; PostgreSQL without its driver says what to install."""
    with pytest.raises(StoreError, match="cannot be kept in 'mysql'"):
        Store("mysql://desk@localhost/desk")
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreError, match="psycopg"):
        Store("postgresql://desk@localhost/desk")
