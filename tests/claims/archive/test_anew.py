"""Read anew: what stands unread and what has changed, without asking again for what was read, nothing doubled, nothing missing."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pandas as pd
import pytest

from claims.archive import Ledger, anew, count_rows, read_table
from claims.archive import ledger as ledger_file
from claims.archive.anew import given_up
from claims.archive.batch import Limits, make
from claims.archive.ledger import Batch
from claims.archive.pairing import compare, uncompared
from claims.archive.pieces import find_pieces
from tests.claims.archive.test_parts import STORY, plainly, stories
from tests.claims.archive.test_warcs import answer
from tests.loopback import listening

PAGE = "<!doctype html><html><head><title>Out</title></head><body><article><p>{}</p></article></body></html>"


def archived(folder: Path, *sources: Path, size: int = 4, again: bool = False) -> Ledger:
    """An archive that is read to its end, without a cluster."""
    ledger = Ledger(folder / "out")
    ledger.plan([str(source) for source in sources], size, again=again)
    for batch in list(ledger.undone()):
        make(ledger.folder, batch, Limits())
    return ledger


def sources_of(ledger: Ledger, table: str = "articles") -> list[str]:
    return sorted(source.rpartition("/")[2] for source in read_table(ledger.folder, table)["source"])


def assert_read(ledger: Ledger, source: Path) -> None:
    """What the engine alone finds in the file stands in the archive, each row once."""
    found = read_table(ledger.folder).sort_values("claim_id", ignore_index=True)
    pd.testing.assert_frame_equal(found, plainly(source).sort_values("claim_id", ignore_index=True))


def torn(folder: Path) -> tuple[Path, str]:
    """Six stories of which the second is torn, and the line that it should be."""
    source = stories(folder, 6)
    lines = source.read_text(encoding="utf-8").splitlines()
    source.write_text("\n".join([lines[0], "{torn", *lines[2:]]), encoding="utf-8")
    return source, lines[1]


def test_what_has_changed_is_told(tmp_path: Path) -> None:
    """A mended line, one that was appended, and a text that says something else; what is as it was is not named."""
    source, _ = torn(tmp_path)
    same, story = stories(tmp_path, 1, 900), tmp_path / "a.txt"
    story.write_text(STORY.format(n=17), encoding="utf-8")
    ledger = archived(tmp_path, source, same, story)
    given = [str(source), str(same), str(story)]
    assert ledger.changed(given) == []
    with source.open("a", encoding="utf-8") as file:
        file.write("\n" + json.dumps({"text": STORY.format(n=18)}))
    story.write_text(STORY.format(n=19), encoding="utf-8")
    assert ledger.changed(given) == [str(source), str(story)]
    assert ledger.plan(given, 4) == 0


def test_a_mended_file_is_read_anew_whole(tmp_path: Path) -> None:
    """Its old rows are gone, those of its neighbour in the same batch stay; asked again, nothing is left to do."""
    source, line = torn(tmp_path)
    story = tmp_path / "a.txt"
    story.write_text(STORY.format(n=17), encoding="utf-8")
    ledger = archived(tmp_path, story, source)
    kept = read_table(ledger.folder, "articles").iloc[[0]]
    lines = source.read_text(encoding="utf-8").splitlines()
    source.write_text("\n".join([json.dumps({"text": STORY.format(n=5)}), line, *lines[2:]]), encoding="utf-8")
    ledger = archived(tmp_path, story, source, again=True)
    assert count_rows(ledger.folder, "unread") == 0
    assert sources_of(ledger) == ["a.txt", *(f"stories-300.jsonl, line {no}" for no in range(1, 7))]
    articles = read_table(ledger.folder, "articles")
    pd.testing.assert_frame_equal(articles[articles["source"] == str(story)].reset_index(drop=True), kept)
    assert set(read_table(ledger.folder)["article_id"]) <= set(articles["article_id"])
    assert ledger.changed([str(source)]) == []
    assert ledger.plan([str(story), str(source)], 4, again=True) == 0


def test_what_was_offline_is_asked_for_again_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An address that was read stays as it was read, though it is gone by now."""
    asked: list[str] = []
    up = {"/a"}

    def answer(request: BaseHTTPRequestHandler) -> None:
        asked.append(request.path)
        request.send_response(200 if request.path in up else 404)
        request.send_header("Content-Type", "text/html")
        request.end_headers()
        request.wfile.write(PAGE.format(f"At least 312 inmates fled on Sunday, said {request.path}.").encode())

    monkeypatch.setenv("WORKBENCH_ALLOW_HOSTS", "127.0.0.1")
    with listening(answer, threading.Event()) as address:
        (tmp_path / "list.txt").write_text(f"{address}/a\n{address}/b\n", encoding="utf-8")
        before = read_table(archived(tmp_path, tmp_path / "list.txt").folder)
        up = {"/b"}
        asked.clear()
        assert archived(tmp_path, tmp_path / "list.txt").plan([str(tmp_path / "list.txt")], 4) == 0
        ledger = archived(tmp_path, tmp_path / "list.txt", again=True)
    assert set(asked) == {"/b"}
    assert sources_of(ledger) == ["a", "b"]
    assert count_rows(ledger.folder, "unread") == 0
    pd.testing.assert_frame_equal(read_table(ledger.folder).iloc[: len(before)], before)


def test_only_the_sources_that_are_named_are_read_anew(tmp_path: Path) -> None:
    """What stands unread of others still stands there."""
    source, _ = torn(tmp_path)
    other = tmp_path / "empty.txt"
    other.write_text("", encoding="utf-8")
    archived(tmp_path, source, other, size=9)
    other.write_text(STORY.format(n=17), encoding="utf-8")
    ledger = archived(tmp_path, other, size=9, again=True)
    assert sources_of(ledger, "unread") == ["stories-300.jsonl, line 2"]
    assert "empty.txt" in sources_of(ledger)


@pytest.mark.parametrize(("step", "last"), [("keep", 1), ("clear", 2)], ids=["before its plan", "after its plan"])
def test_killed_while_it_takes_out_nothing_is_doubled_or_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, last: int
) -> None:
    """Before its plan stands, the archive is as it was; after it, the next run takes out what is given up."""
    source, line = torn(tmp_path)
    mate, other = tmp_path / "a.txt", tmp_path / "b.txt"
    for file in (mate, other):
        file.write_text(STORY.format(n=len(file.name)) + file.name, encoding="utf-8")
    archived(tmp_path, mate, source)
    lines = source.read_text(encoding="utf-8").splitlines()
    source.write_text("\n".join([lines[0], line, *lines[2:]]), encoding="utf-8")
    real, calls = getattr(anew, step), list[str]()

    def killed(*given: object) -> None:
        calls.append(step)
        if step == "keep" or len(calls) < last:
            real(*given)
        if len(calls) == last:
            raise KeyboardInterrupt

    monkeypatch.setattr(ledger_file, step, killed)
    with pytest.raises(KeyboardInterrupt):
        archived(tmp_path, mate, source, again=True)
    monkeypatch.setattr(ledger_file, step, real)
    if step == "keep":
        assert len(read_table(archived(tmp_path, source, other).folder, "articles")) == 7
    ledger = archived(tmp_path, source, other, again=step == "keep")
    assert sources_of(ledger) == ["a.txt", "b.txt", *(f"stories-300.jsonl, line {no}" for no in range(1, 7))]
    assert count_rows(ledger.folder, "unread") == 0
    assert set(read_table(ledger.folder)["claim_id"]) > set(plainly(source)["claim_id"])


def test_copies_of_one_text_stay_as_often_as_they_were_read(tmp_path: Path) -> None:
    """One of three copies in a batch is taken out: its claims go once."""
    files = [tmp_path / f"{name}.txt" for name in "abc"]
    for file in files:
        file.write_text(STORY.format(n=17), encoding="utf-8")
    ledger = archived(tmp_path, *files)
    before = len(read_table(ledger.folder))
    files[1].write_text("Two vans waited at the gate of the Korda prison.", encoding="utf-8")
    ledger = archived(tmp_path, *files, again=True)
    assert sources_of(ledger) == ["a.txt", "b.txt", "c.txt"]
    of_copies = read_table(ledger.folder, "articles").groupby("article_id").size().max()
    assert of_copies == 2
    claims = read_table(ledger.folder)
    assert (claims["article_id"].value_counts().max()) == before * 2 // 3


def test_pairs_with_what_is_given_up_go_and_are_found_anew(tmp_path: Path) -> None:
    """Nothing repeats a claim that is no longer there."""
    source, line = torn(tmp_path)
    ledger = archived(tmp_path, source)
    for each in uncompared(ledger.folder):
        compare(ledger.folder, each)
    assert count_rows(ledger.folder, "pairs")
    lines = source.read_text(encoding="utf-8").splitlines()
    source.write_text("\n".join([lines[0], line, *lines[2:]]), encoding="utf-8")
    archived(tmp_path, source, again=True)
    assert count_rows(ledger.folder, "pairs") == 0
    for each in uncompared(ledger.folder):
        compare(ledger.folder, each)
    there = set(read_table(ledger.folder)["claim_id"])
    found = read_table(ledger.folder, "pairs")
    assert set(found["claim_id"]) | set(found["other_id"]) <= there


def test_what_was_taken_away_unread_is_settled(tmp_path: Path) -> None:
    """With --again it stands unread no more; put back, it is read. Of a file that was read in part, what stands there stays."""
    source, _ = torn(tmp_path)
    bad, whole = tmp_path / "empty.txt", stories(tmp_path, 1, 900)
    bad.write_text("", encoding="utf-8")
    archived(tmp_path, source, bad, whole)
    bad.unlink()
    source.unlink()
    ledger = archived(tmp_path, whole, again=True)
    assert sources_of(ledger, "unread") == ["stories-300.jsonl, line 2"]
    assert count_rows(ledger.folder, "articles") == 6
    bad.write_text(STORY.format(n=17), encoding="utf-8")
    assert "empty.txt" in sources_of(archived(tmp_path, bad))


def test_what_reading_again_cannot_mend_gives_no_batch_up(tmp_path: Path) -> None:
    """A line that is no address, and a crawl's failures: their batches stay, and so do the pairs of these."""
    crawl, addresses = tmp_path / "a.warc", tmp_path / "list.txt"
    crawl.write_bytes(answer("404 Not Found") + answer("200 OK"))
    addresses.write_text("https://127.0.0.1:9/a\nno address\n", encoding="utf-8")
    piece = next(piece for piece in find_pieces([str(addresses)]) if piece.kind == "list")
    ledger = archived(tmp_path, crawl)
    assert (count_rows(ledger.folder, "unread"), ledger.failures()) == (1, 1)
    before = list(ledger.batches())
    assert ledger.plan([str(crawl)], 4, again=True) == 0
    assert list(ledger.batches()) == before
    assert not list(given_up([Batch(1, (piece,))], {1: {piece.name}}, {str(addresses): piece.stamp}, set()))


def test_a_file_that_was_planned_as_an_address_is_read_as_what_it_is(tmp_path: Path) -> None:
    """An earlier version took a list's names of files for addresses."""
    story = tmp_path / "a.txt"
    story.write_text(STORY.format(n=17), encoding="utf-8")
    ledger = Ledger(tmp_path / "out")
    (ledger.folder / "plan").mkdir(parents=True)
    line = json.dumps([1, [["address", str(story), 0, 0, ""]]])
    (ledger.folder / "plan" / "00000001.jsonl").write_text(line + "\n", encoding="utf-8")
    assert count_rows(archived(tmp_path, stories(tmp_path, 1)).folder, "unread") == 1
    ledger = archived(tmp_path, story, again=True)
    assert sources_of(ledger) == ["a.txt", "stories-300.jsonl, line 1"]
    assert count_rows(ledger.folder, "unread") == 0
