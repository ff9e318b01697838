"""What a source holds: each file once however it is spelt, no archive, and what is left out is counted."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from claims.archive import Ledger, is_archive, left_out, read_table
from claims.archive.pieces import find_pieces
from claims.archive.places import passed_over
from claims.errors import EmptyText, NoSuchFile, StoreUnwritable
from tests.claims.archive.test_anew import archived, sources_of

STORY = "Forty guards walked out of the Korda prison on Monday. Two vans waited at the gate."

_NOBODY = 65534


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


@pytest.fixture
def closable() -> Iterator[Path]:
    """A folder in which a closed door holds: root, to whom none is closed, is nobody meanwhile."""
    with TemporaryDirectory() as name:
        folder, root = Path(name), os.geteuid() == 0
        if root:
            os.chown(folder, _NOBODY, _NOBODY)
            os.seteuid(_NOBODY)
        try:
            yield folder
        finally:
            for where, inner, _ in os.walk(folder):
                for each in inner:
                    Path(where, each).chmod(0o700)
            if root:
                os.seteuid(0)


def test_a_closed_folder_costs_only_itself(closable: Path) -> None:
    """Be it closed whole or its files alone: it stands unread, its neighbours are read; opened, it is read with --again."""
    folder = closable / "in"
    for name in ("shut/b.txt", "listed/c.jsonl", "a.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(json.dumps({"text": STORY}) if "jsonl" in name else STORY, encoding="utf-8")
    (folder / "shut").chmod(0)
    (folder / "listed").chmod(0o400)
    ledger = archived(closable, folder)
    assert sources_of(ledger) == ["a.txt"]
    assert sources_of(ledger, "unread") == ["c.jsonl", "shut"]
    assert set(read_table(ledger.folder, "unread")["problem"]) == {
        f"{folder / each} could not be opened." for each in ("shut", "listed/c.jsonl")
    }
    assert sources_of(archived(closable, folder, again=True), "unread") == ["c.jsonl", "shut"]
    for each in ("shut", "listed"):
        (folder / each).chmod(0o700)
    ledger = archived(closable, folder, again=True)
    assert sources_of(ledger) == ["a.txt", "b.txt", "c.jsonl, line 1"]
    assert sources_of(ledger, "unread") == []


@pytest.mark.parametrize("name", ["a.jsonl", "a.warc", "a.parquet", "a.txt", "a.html"])
def test_a_closed_file_is_told(closable: Path, name: str) -> None:
    """Whatever it is, when it is read and not when it is planned."""
    (closable / name).write_text(STORY, encoding="utf-8")
    (closable / name).chmod(0)
    ledger = archived(closable, closable / name)
    assert (sources_of(ledger), sources_of(ledger, "unread")) == ([], [name])


def test_what_lies_below_a_closed_folder_is_told(closable: Path) -> None:
    """A source there, and a place for an archive."""
    (closable / "shut").mkdir(mode=0)
    with pytest.raises(NoSuchFile, match=r"/shut/deep lies in a folder that may not be opened\."):
        names(closable / "shut" / "deep")
    with pytest.raises(StoreUnwritable, match="cannot be made"), Ledger(closable / "shut" / "out").held():
        pass
    assert not is_archive(closable / "shut")


def test_a_folder_that_only_looks_like_an_archive_is_read(sources: Path) -> None:
    """Plans and claims of somebody's own are articles; real archives are counted, and what is hidden is left out."""
    for name in ("case/plan/p.txt", "case/claims/c.txt", ".git/d.txt"):
        (sources / name).parent.mkdir(parents=True, exist_ok=True)
        (sources / name).write_text(STORY, encoding="utf-8")
    assert passed_over([str(sources)]) == 0
    Ledger(sources / "out").plan([str(sources)], 9)
    assert names(sources) == ["a.txt", "c.txt", "p.txt", "b.txt"]
    assert passed_over([str(sources), str(sources)]) == 1


@pytest.mark.parametrize("source", ["", " "])
def test_a_source_without_a_name_is_refused(source: str) -> None:
    """It is not the folder that one happens to be in."""
    with pytest.raises(NoSuchFile, match="A source is empty"):
        names(source)
