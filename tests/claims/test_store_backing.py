"""Backups: whole, proved, taken while people work; restored, or refused with nothing changed."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

import pytest

from claims.errors import NoSuchFile, StoreCorrupt, StoreError, StoreUnwritable
from claims.store import Query, Store
from claims.store.backing import backup, prove, restore
from tests.claims.conftest import bring, make_article, make_claims
from tests.conftest import DATABASES, place_on

Check = Callable[[Store], None]


def test_a_backup_holds_what_the_record_holds(desk: Store, names: list[str], tmp_path: Path, unchanged: Check) -> None:
    """The same events to the last hash, the same table; on either database it is a file that opens."""
    bring(desk, names[0], "signed off")
    kept = backup(desk, tmp_path / "kept.sqlite")
    assert (kept.events, kept.seal) == desk.seal()
    with Store(kept.path) as copy:
        unchanged(copy)
        assert copy.table(Query()).equals(desk.table(Query()))
    assert [
        path.name for path in tmp_path.iterdir() if "kept" in path.name and not path.name.endswith(("-wal", "-shm"))
    ] == ["kept.sqlite"]


def test_a_backup_is_of_one_moment_while_others_write(desk: Store, names: list[str], tmp_path: Path) -> None:
    """Marks that are made meanwhile neither fail nor leave half of themselves in it."""
    stop = Event()
    failed: list[Exception] = []

    def work() -> None:
        try:
            while not stop.is_set():
                row = desk.claim(names[0])
                desk.mark(names[0], row["revision"], "Refuted", "low", rationale="Once more.")
        except Exception as error:  # noqa: BLE001 - told below
            failed.append(error)

    thread = Thread(target=work)
    thread.start()
    try:
        kept = [backup(desk, tmp_path / f"{number}.sqlite") for number in range(3)]
    finally:
        stop.set()
        thread.join()
    assert failed == []
    assert [prove(each.path).events for each in kept] == [each.events for each in kept]


def test_a_backup_replaces_no_file(desk: Store, tmp_path: Path) -> None:
    """What lies there stays as it is."""
    there = tmp_path / "kept.sqlite"
    there.write_text("Dear reader", encoding="utf-8")
    with pytest.raises(StoreUnwritable, match="replaces nothing"):
        backup(desk, there)
    assert there.read_text(encoding="utf-8") == "Dear reader"


def test_a_folder_that_is_not_there_is_told(desk: Store, tmp_path: Path) -> None:
    """No file can be made there, and the sentence says so."""
    with pytest.raises(StoreUnwritable):
        backup(desk, tmp_path / "gone" / "kept.sqlite" / "kept.sqlite")


@pytest.mark.parametrize("database", DATABASES)
def test_a_backup_comes_back_into_an_empty_store(
    database: str, request: pytest.FixtureRequest, tmp_path: Path, unchanged: Check
) -> None:
    """On either database the restored record is the one that was kept."""
    with Store(tmp_path / "first.sqlite", actor="Jana") as desk:
        article = make_article()
        desk.add_article(article, make_claims(article))
        kept = backup(desk, tmp_path / "kept.sqlite")
    with place_on(database, request, tmp_path) as place, Store(place) as other:
        restored, aside = restore(kept.path, other)
        assert (restored.seal, aside) == (kept.seal, None)
        assert other.seal() == (kept.events, kept.seal)
        unchanged(other)


def test_a_record_is_replaced_only_where_it_is_said(tmp_path: Path, names: list[str]) -> None:
    """Without the word it is refused; with it, what was there is set aside, and who has it open sees the restored one."""
    with Store(tmp_path / "desk.sqlite", actor="Jana") as desk:
        article = make_article()
        desk.add_article(article, make_claims(article))
        kept = backup(desk, tmp_path / "kept.sqlite")
        desk.mark(names[0], 1, "Refuted", "low")
        later = desk.seal()
        with pytest.raises(StoreError, match="--replace"):
            restore(kept.path, desk)
        assert desk.seal() == later
        _, aside = restore(kept.path, desk, replace=True)
        assert desk.seal()[1] == kept.seal
        assert desk.claim(names[0])["verdict"] is None
        assert aside is not None
        with Store(aside) as before:
            assert before.seal() == later
        desk.mark(names[0], 1, "Supported", "low")  # and goes on from there
        assert desk.verify() is None


def test_what_is_not_sound_is_not_restored(tmp_path: Path) -> None:
    """A damaged file, a tampered record and a missing one are told apart, and nothing changes."""
    good = tmp_path / "desk.sqlite"
    with Store(good, actor="Jana") as desk:
        article = make_article()
        desk.add_article(article, make_claims(article))
        kept = backup(desk, tmp_path / "kept.sqlite").path
    torn, forged = tmp_path / "torn.sqlite", tmp_path / "forged.sqlite"
    torn.write_bytes(kept.read_bytes()[:20_000])
    forged.write_bytes(kept.read_bytes())
    with Store(forged) as record, record._database.writing() as connection:
        connection.exec_driver_sql("UPDATE claims SET claim = 'Nobody fled.'")
    with Store(tmp_path / "new.sqlite") as new:
        for path, error in ((torn, StoreCorrupt), (forged, StoreCorrupt), (tmp_path / "gone.sqlite", NoSuchFile)):
            with pytest.raises(error):
                restore(path, new)
        assert new.latest_event_seq() == 0


@pytest.mark.parametrize("name", ["desk#1.sqlite", "desk?a=1.sqlite", "desk%41.sqlite", "desk 1.sqlite"])
def test_a_file_of_any_name_is_kept_and_brought_back(tmp_path: Path, name: str) -> None:
    """What an address would take for something else is part of the name."""
    (tmp_path / "kept").mkdir()
    with Store(tmp_path / name, actor="Jana") as desk:
        article = make_article()
        desk.add_article(article, make_claims(article))
        kept = backup(desk, tmp_path / "kept" / name)
        assert (kept.events, kept.seal) == desk.seal()
        desk.mark(make_claims(article)[0].claim_id, 1, "Refuted", "low")
        restore(kept.path, desk, replace=True)
        assert desk.seal() == (kept.events, kept.seal)


def test_an_empty_file_is_no_backup(tmp_path: Path) -> None:
    """A file cut to nothing is refused and stays as it is; an empty record is neither kept nor restored."""
    nothing = tmp_path / "nothing.sqlite"
    nothing.touch()
    with pytest.raises(StoreCorrupt, match="holds no record"):
        prove(nothing)
    assert nothing.stat().st_size == 0
    with Store(tmp_path / "bare.sqlite") as bare, pytest.raises(StoreError, match="is empty"):
        backup(bare, tmp_path / "kept.sqlite")
    with Store(tmp_path / "new.sqlite") as new, pytest.raises(StoreError, match="is empty"):
        restore(tmp_path / "bare.sqlite", new)


def test_a_backup_ends_though_somebody_writes_at_every_step(tmp_path: Path) -> None:
    """It is of the moment when it began; what is written in the middle is not in it, and does not begin it anew."""
    with Store(tmp_path / "desk.sqlite", actor="Jana") as desk:
        article = make_article()
        desk.add_article(article, make_claims(article))
        for _ in range(3):
            desk.keep_snapshot(os.urandom(9_000_000), "application/pdf")
        before, steps = desk.seal(), []

        def write(done: int, of: int) -> None:
            steps.append(done)
            assert len(steps) < 50, "it began anew"
            desk.add_person(f"Reader {done} of {of}", actor="Jana")

        kept = backup(desk, tmp_path / "kept.sqlite", write)
        assert (kept.events, kept.seal) == before
        assert len(steps) > 1
        assert desk.seal() != before


def test_a_backup_is_only_read(tmp_path: Path, desk: Store) -> None:
    """Neither its proof nor a restore writes to it, nor beside it: a backup of an older program stays that."""
    place = tmp_path / "archive"
    place.mkdir()
    kept = backup(desk, place / "kept.sqlite")
    with sqlite3.connect(kept.path) as file:
        file.execute("PRAGMA journal_mode = DELETE")
    content = kept.path.read_bytes()
    prove(kept.path)
    with Store(tmp_path / "second.sqlite") as second:
        restore(kept.path, second)
    assert [path.name for path in place.iterdir()] == ["kept.sqlite"]
    assert kept.path.read_bytes() == content
