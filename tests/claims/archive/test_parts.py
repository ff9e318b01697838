"""Parts and plans: written whole, read back as they were, taken into a store; batches keep their pieces for good."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from pyarrow import parquet

import claims
from claims.archive import Ledger, count_rows, entries, read_table
from claims.archive.batch import Limits, make
from claims.archive.ledger import Batch
from claims.archive.pairing import _parquet, compare, uncompared
from claims.archive.parts import TABLES, path_of
from claims.archive.pieces import find_pieces
from claims.errors import BadTable
from claims.matching import pairs
from claims.store import Store

STORY = (
    "Guards walk out in Korda\n\nThe prison service said that at least {n} inmates had fled on Sunday, a rise of 20 percent.\n\n"
    "“Two vans waited,” Jana Ilic said | before \\ noon.\n\nShare this article"
)


def stories(folder: Path, number: int, first: int = 300) -> Path:
    """A file of stories that differ by a figure, one a line."""
    lines = [json.dumps({"text": STORY.format(n=first + n), "published": "2024-03-03"}) for n in range(number)]
    path = folder / f"stories-{first}.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def plainly(path: Path) -> pd.DataFrame:
    """What the engine alone finds in the same stories."""
    told = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    articles = [claims.read_article(each["text"], published=each["published"]) for each in told]
    return claims.claims_table(claim for _, found in claims.find_claims_in(articles) for claim in found)


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, Path]:
    """An archive of three batches, made without a cluster, and its source."""
    source = stories(tmp_path, 10)
    ledger = Ledger(tmp_path / "out")
    ledger.plan([str(source)], 4)
    for batch in ledger.batches():
        make(ledger.folder, batch, Limits())
    return ledger.folder, source


def test_the_claims_are_those_of_the_plain_engine(made: tuple[Path, Path]) -> None:
    """Same rows, same columns, same dtypes, in the same order."""
    folder, source = made
    pd.testing.assert_frame_equal(read_table(folder), plainly(source))
    assert read_table(folder, "unread").empty


def test_an_archive_comes_into_a_store_whole(made: tuple[Path, Path], place: str) -> None:
    """The record then holds what it would hold had each article been added, and taking it in again adds nothing."""
    folder, source = made
    with Store(place, actor="Jana") as store:
        assert len(store.add_articles(entries(folder))) == 10
        assert store.add_articles(entries(folder)) == []
        kept = store.table(claims.Query(sort="article"))
        one = store.article(claims.read_article(STORY.format(n=300)).article_id)
    wanted = plainly(source)
    columns = [name for name in wanted.columns if name != "revision"]
    pd.testing.assert_frame_equal(
        kept[columns].sort_values("claim_id", ignore_index=True),
        wanted[columns].sort_values("claim_id", ignore_index=True),
    )
    assert one.furniture == claims.read_article(STORY.format(n=300)).furniture != ()


def test_a_batch_made_twice_is_there_once(made: tuple[Path, Path]) -> None:
    """A worker that was taken for dead and was not writes the same part in the place of the same part."""
    folder, _ = made
    before = read_table(folder)
    make(folder, next(Ledger(folder).batches()), Limits())
    pd.testing.assert_frame_equal(read_table(folder), before)


def test_what_is_half_written_is_no_part(made: tuple[Path, Path]) -> None:
    """A batch without its part of claims is undone, whatever else lies there; what was left behind is swept."""
    folder, _ = made
    parts = sorted((folder / "claims").iterdir())
    parts[1].rename(parts[1].with_name(f".{parts[1].name}.xyz"))
    assert [batch.no for batch in Ledger(folder).undone()] == [2]
    assert len(read_table(folder)) == sum(len(pd.read_parquet(part)) for part in (parts[0], parts[2]))
    Ledger(folder).sweep()
    assert [path.name for path in (folder / "claims").iterdir() if path.name.startswith(".")] == []


def test_batches_keep_their_pieces_and_new_files_come_after(tmp_path: Path) -> None:
    """Planned again with one file more, only that file's pieces are added."""
    sources = tmp_path / "sources"
    sources.mkdir()
    stories(sources, 5, 300)
    ledger = Ledger(tmp_path / "out")
    assert ledger.plan([str(sources)], 2) == 5
    before = list(ledger.batches())
    assert ledger.plan([str(sources)], 3) == 0
    stories(sources, 2, 100)  # comes before the other by its name
    assert ledger.plan([str(sources)], 2) == 2
    after = list(ledger.batches())
    assert after[:3] == before
    assert [len(batch.pieces) for batch in after[3:]] == [2]


def test_a_batch_that_is_read_with_care_is_the_same(made: tuple[Path, Path]) -> None:
    """Each article by a process beside the worker: the same parts; what exceeds its time is told, its neighbours are there."""
    folder, source = made
    endless = "\n\n".join(STORY.format(n=n) for n in range(3_000))
    with source.open("a", encoding="utf-8") as file:
        file.write("\n" + json.dumps({"text": endless}) + "\n" + json.dumps({"text": STORY.format(n=7)}))
    pieces = tuple(find_pieces([str(source)]))[8:]
    done = make(folder, Batch(9, pieces), Limits(seconds=1), careful=True)
    assert (done.articles, done.unread) == (3, 1)
    [unread] = read_table(folder, "unread").to_dict("records")
    assert unread["source"].endswith("line 11")
    assert unread["problem"].endswith("line 11 could not be read within 1 seconds.")


def test_an_article_above_the_memory_is_told(tmp_path: Path) -> None:
    """Where the engine itself takes more than the limit, every article says so, and nothing is lost in silence."""
    ledger = Ledger(tmp_path / "out")
    ledger.plan([str(stories(tmp_path, 1))], 1)
    done = make(ledger.folder, next(ledger.batches()), Limits(memory=50_000_000), careful=True)
    assert (done.articles, done.unread) == (0, 1)
    assert "needs more than 50 MB" in read_table(ledger.folder, "unread")["problem"][0]


def test_pairs_over_blocks_are_those_of_the_whole_table(made: tuple[Path, Path]) -> None:
    """Matched block by block, each pair is found once, as in one index of all; what is done is not done again."""
    folder, source = made
    for each in (coming := uncompared(folder, 10)):
        compare(folder, each)
    assert len(coming) > 1
    assert uncompared(folder, 10) == []
    found = read_table(folder, "pairs")
    wanted = {(each.claim_id, each.other_id, each.why) for each in pairs(plainly(source))}
    assert set(zip(found["claim_id"], found["other_id"], found["why"], strict=True)) == wanted
    assert len(found) == len(wanted)


@pytest.mark.parametrize("size", [60, 400], ids=["over blocks", "in one block"])
def test_copies_of_a_report_do_not_hide_the_one_that_says_otherwise(tmp_path: Path, size: int) -> None:
    """Sixty papers print one report and the last another figure: a pair with each of the sixty, within a block and over blocks."""
    told = [f"785 detainees fled the Korda camp. This is paper number {number}." for number in range(60)]
    told.append("About 100 inmates fled the Korda camp.")
    source = tmp_path / "papers.jsonl"
    source.write_text(
        "\n".join(json.dumps({"text": text, "published": "2024-03-03"}) for text in told), encoding="utf-8"
    )
    ledger = Ledger(tmp_path / "out")
    ledger.plan([str(source)], 20)
    for batch in ledger.batches():
        make(ledger.folder, batch, Limits())
    for each in uncompared(ledger.folder, size):
        compare(ledger.folder, each)
    found = read_table(ledger.folder, "pairs")
    clashes = found[found["why"].str.contains("cannot both hold")]
    assert set(clashes["claim"]) == {"About 100 inmates fled the Korda camp."}
    assert clashes["other_id"].nunique() == len(clashes) == 60


def test_pairs_leave_before_the_next_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many there are, no more are held than a row group; the table is the same, and one without rows too."""
    monkeypatch.setattr("claims.archive.pairing._HELD", 100)
    asked: list[int] = []

    def found(number: int) -> Iterator[dict[str, str]]:
        for n in range(number):
            asked.append(n)
            yield dict.fromkeys(TABLES["pairs"], f"pair {n}")

    written = next(leaving := _parquet(found(250)))
    assert len(asked) == 100
    whole = parquet.ParquetFile(io.BytesIO(written + b"".join(leaving)))
    assert [whole.metadata.row_group(group).num_rows for group in range(3)] == [100, 100, 50]
    table = whole.read().to_pandas()
    assert list(table) == list(TABLES["pairs"])
    assert table["claim"].tolist()[::249] == ["pair 0", "pair 249"]
    empty = pd.read_parquet(io.BytesIO(b"".join(_parquet(found(0)))))
    assert (list(empty), len(empty)) == (list(TABLES["pairs"]), 0)


def test_a_damaged_part_is_told_by_its_name(made: tuple[Path, Path]) -> None:
    """What is no Parquet any more is named, with what to do."""
    folder, _ = made
    (folder / "claims" / "part-00000002.parquet").write_bytes(b"torn")
    with pytest.raises(BadTable, match=r"part-00000002.parquet is damaged. Delete it"):
        read_table(folder)


@pytest.mark.parametrize("table", ["claims", "articles", "unread"])
def test_a_part_that_is_missing_makes_its_batch_undone(made: tuple[Path, Path], table: str) -> None:
    """Whichever of the three it is: nothing of the batch counts until it is made again, and then all of it does."""
    folder, _ = made
    before = read_table(folder)
    path_of(folder, table, 2).unlink()
    assert [batch.no for batch in Ledger(folder).undone()] == [2]
    assert count_rows(folder, "articles") == len(list(entries(folder))) == 6
    make(folder, next(Ledger(folder).undone()), Limits())
    pd.testing.assert_frame_equal(read_table(folder), before)


@pytest.mark.parametrize("table", ["unread", "claims"])
def test_a_damaged_part_is_told_wherever_it_is_met(made: tuple[Path, Path], table: str) -> None:
    """Where rows are counted, blocks made or what is unread is looked for, with what to do; that done, its batch is to be made again."""
    folder, source = made
    ledger, part = Ledger(folder), path_of(folder, table, 1)
    part.write_bytes(b"torn")
    with pytest.raises(BadTable, match=r"part-00000001.parquet is damaged. Delete it"):
        count_rows(folder, table)
    with pytest.raises(BadTable, match=r"part-00000001.parquet is damaged. Delete it"):
        _ = uncompared(folder) if table == "claims" else ledger.plan([str(source)], 4, again=True)
    part.unlink()
    [batch] = ledger.undone()
    make(folder, batch, Limits())
    assert ledger.plan([str(source)], 4, again=True) == ledger.unfinished() == 0


def test_copies_beside_parts_and_plans_are_none(made: tuple[Path, Path]) -> None:
    """What a disk of a cloud or a person puts there under another name doubles nothing, and stays where it is."""
    folder, source = made
    for each in uncompared(folder):
        compare(folder, each)
    rows = [count_rows(folder, table) for table in TABLES]
    copies = []
    for path in [path for path in folder.rglob("*.*") if path.is_file()]:
        copies.append(path.with_stem(f"{path.stem} (Jana conflicted copy)"))
        copies[-1].write_bytes(path.read_bytes())
    assert [count_rows(folder, table) for table in TABLES] == rows
    assert Ledger(folder).plan([str(source)], 4, again=True) == 0
    assert uncompared(folder) == []
    assert [batch.no for batch in Ledger(folder).batches()] == [1, 2, 3]
    assert all(copy.exists() for copy in copies)
