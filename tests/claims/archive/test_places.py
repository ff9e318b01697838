"""What a source holds: each file once however it is spelt, no archive, and what is left out is counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.archive import Ledger, left_out
from claims.archive.pieces import find_pieces
from claims.errors import EmptyText, StoreUnwritable

STORY = "Forty guards walked out of the Korda prison on Monday. Two vans waited at the gate."


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A folder of two stories."""
    folder = tmp_path / "sources"
    (folder / "deep").mkdir(parents=True)
    for name in ("a.txt", "deep/b.txt"):
        (folder / name).write_text(STORY, encoding="utf-8")
    return folder


def names(*given: str | Path) -> list[str]:
    return [Path(piece.place).name for piece in find_pieces([str(each) for each in given])]


def test_an_archive_in_its_source_folder_does_not_read_itself(sources: Path) -> None:
    """Planned again, nothing is added: neither its plan nor its parts are articles."""
    ledger = Ledger(sources / "deep" / "out")
    assert ledger.plan([str(sources)], 1) == 2
    (ledger.folder / "claims" / "part-00000001.parquet").write_bytes(b"part")
    assert ledger.plan([str(sources)], 1) == 0
    assert names(sources) == ["a.txt", "b.txt"]


def test_an_archive_is_no_source(sources: Path) -> None:
    """Nor is the folder into which is written a source of what is written there."""
    with pytest.raises(StoreUnwritable, match="is to be read and to be written"):
        Ledger(sources).plan([f"{sources}/deep/.."], 1)
    ledger = Ledger(sources / "out")
    ledger.plan([str(sources)], 1)
    with pytest.raises(EmptyText, match=r"is an archive itself\. Name the folder that holds its articles"):
        names(ledger.folder)


def test_one_file_under_two_spellings_is_one_article(sources: Path) -> None:
    """Whether by .., by a link to the file or by one to its folder; and in a later plan as well."""
    (sources / "link.txt").symlink_to(sources / "a.txt")
    (sources.parent / "linked").symlink_to(sources)
    ledger = Ledger(sources.parent / "out")
    assert ledger.plan([str(sources), f"{sources}/../sources", str(sources.parent / "linked")], 9) == 2
    assert ledger.plan([f"{sources}/deep/../a.txt", str(sources.parent / "linked" / "deep" / "b.txt")], 9) == 0


def test_files_that_are_not_read_are_counted_by_their_endings(sources: Path) -> None:
    """Once each, packed ones with what they pack; hidden files and archives are not counted."""
    for name in ("a.csv", "deep/b.CSV", "c.jsonl.gz", "no ending", ".hidden.csv"):
        (sources / name).write_text("x", encoding="utf-8")
    Ledger(sources / "out").plan([str(sources)], 9)
    assert left_out([str(sources), str(sources / "deep"), "https://vell.example/"]) == {
        ".csv": 2,
        ".jsonl.gz": 1,
        "": 1,
    }
