"""The ledger: numbers are given once, parts that no plan told of are nobody's to delete, and a folder that takes nothing is told."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest

from claims.archive import Ledger, count_rows, read_table
from claims.archive.batch import Limits, make
from claims.archive.parts import path_of
from claims.errors import StoreCorrupt, StoreUnwritable
from tests.claims.archive.test_anew import archived, sources_of
from tests.claims.archive.test_parts import STORY, stories


def empty(folder: Path) -> Path:
    """A text that cannot be read."""
    (folder / "empty.txt").write_text("", encoding="utf-8")
    return folder / "empty.txt"


def test_what_is_given_up_stays_given_up(tmp_path: Path) -> None:
    """Also where nothing of it stays and the plan that says so holds no batch: the next plan does not take its place."""
    file, story = empty(tmp_path), stories(tmp_path, 1)
    archived(tmp_path, file, story, size=1)
    file.unlink()
    ledger = archived(tmp_path, story, again=True)
    assert sources_of(ledger, "unread") == []
    ledger = archived(tmp_path, story, stories(tmp_path, 1, 900))
    assert sources_of(ledger, "unread") == []
    assert sources_of(ledger) == ["stories-300.jsonl, line 1", "stories-900.jsonl, line 1"]


def test_parts_of_a_plan_that_is_missing_are_not_deleted(tmp_path: Path) -> None:
    """Be it the last or another: the command says what is missing, and with the plan put back all is as it was."""
    source, other = stories(tmp_path, 2), stories(tmp_path, 2, 900)
    archived(tmp_path, source)
    ledger = archived(tmp_path, other)
    before = read_table(ledger.folder, "articles")
    for plan in sorted((ledger.folder / "plan").glob("*.jsonl")):
        away = plan.rename(tmp_path / plan.name)
        with pytest.raises(StoreCorrupt, match=r"holds parts that are of no plan: 1, the first part-.* Put its folder"):
            ledger.plan([str(source)], 4)
        away.rename(plan)
    assert ledger.plan([str(source), str(other)], 4) == 0
    assert read_table(ledger.folder, "articles").equals(before)


def test_what_a_worker_writes_after_its_batch_was_given_up_does_not_count(tmp_path: Path) -> None:
    """Its client is dead and its cluster is not: no row stands twice, and the next sweep takes the parts away."""
    file = empty(tmp_path)
    mate = stories(tmp_path, 2)
    ledger = archived(tmp_path, mate, file)
    [late] = ledger.batches()
    file.write_text(STORY.format(n=17), encoding="utf-8")
    archived(tmp_path, mate, file, again=True)
    rows = {table: count_rows(ledger.folder, table) for table in ("claims", "articles", "unread")}
    make(ledger.folder, late, Limits())
    assert {table: count_rows(ledger.folder, table) for table in rows} == rows
    assert len(read_table(ledger.folder)) == rows["claims"]
    ledger.sweep()
    assert not path_of(ledger.folder, "claims", late.no).exists()


def test_a_disk_that_is_full_is_told(tmp_path: Path) -> None:
    """No half of a plan is left, and with room again the same command goes on."""
    source, ledger = stories(tmp_path, 40), Ledger(tmp_path / "out")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        with pytest.raises(StoreUnwritable, match=r"cannot be written down in .*plan\. See that you may write there"):
            ledger.plan([str(source)], 4)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert list((ledger.folder / "plan").iterdir()) == []
    assert ledger.plan([str(source)], 4) == 40


def test_a_folder_with_a_name_too_long_is_told(tmp_path: Path) -> None:
    """As one that cannot be made."""
    with pytest.raises(StoreUnwritable, match="cannot be made"), Ledger(tmp_path / ("o" * 300)).held():
        pass
