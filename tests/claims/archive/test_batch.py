"""One batch: what no table can hold costs only itself."""

from __future__ import annotations

import json
import os
from pathlib import Path

import numpy as np
import pytest

from claims.archive import Ledger, batch, entries, read_table
from claims.archive.batch import Done, Limits, make
from claims.archive.piece import Piece
from claims.article import Article
from claims.store import Store

STORY = "Forty guards walked out of the Korda prison on Monday. Two vans waited at the gate."


def made(folder: Path, source: Path) -> list[Done]:
    ledger = Ledger(folder / "out")
    ledger.plan([str(source)], 9)
    return [make(ledger.folder, each, Limits()) for each in ledger.batches()]


@pytest.mark.parametrize("name", ["title", "publisher", "byline", "url"])
def test_half_a_character_beside_a_text_is_spelt_out(tmp_path: Path, name: str) -> None:
    """It comes from JSON that was cut, and neither a table nor a store has a place for it."""
    line = json.dumps({"text": STORY, name: "https://vell.example/\ud800x"})
    (tmp_path / "a.jsonl").write_text(f"{line}\n{json.dumps({'text': STORY + ' Then it rained.'})}", encoding="utf-8")
    [done] = made(tmp_path, tmp_path / "a.jsonl")
    assert (done.articles, done.unread) == (2, 0)
    assert read_table(tmp_path / "out", "articles")[name][0] == "https://vell.example/\\ud800x"
    with Store(tmp_path / "desk.sqlite", actor="Jana") as store:
        assert len(store.add_articles(entries(tmp_path / "out"))) == 2


def test_a_file_whose_name_is_no_utf_8_costs_no_neighbour(tmp_path: Path) -> None:
    """It is read or told under its name with the odd bytes spelt out."""
    folder = tmp_path / "in"
    folder.mkdir()
    for name, text in ((b"\xff.txt", STORY), (b"\xfe.txt", ""), (b"ok.txt", STORY)):
        try:
            (folder / os.fsdecode(name)).write_text(text, encoding="utf-8")
        except OSError:
            pytest.skip("This system takes no such name.")
    [done] = made(tmp_path, folder)
    assert (done.articles, done.unread) == (2, 1)
    assert set(read_table(tmp_path / "out", "articles")["source"]) == {f"{folder}/\\udcff.txt", f"{folder}/ok.txt"}
    [unread] = read_table(tmp_path / "out", "unread").to_dict("records")
    assert unread["source"] == f"{folder}/\\udcfe.txt"
    assert unread["problem"] == f"The text of {folder}/\\udcfe.txt is empty."


def test_an_article_that_no_table_holds_is_told_and_its_neighbours_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever it is that cannot be written: here a number that JSON has no place for."""
    real = batch.read_piece

    def read(piece: Piece) -> Article:
        article = real(piece)
        if piece.no == 2:
            object.__setattr__(article, "furniture", ((np.int64(0), np.int64(1), "shared"),))
        return article

    monkeypatch.setattr(batch, "read_piece", read)
    lines = [json.dumps({"text": f"{STORY} {n} men fled."}) for n in range(3)]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    [done] = made(tmp_path, tmp_path / "a.jsonl")
    assert (done.articles, done.unread) == (2, 1)
    [unread] = read_table(tmp_path / "out", "unread")["source"]
    assert unread.endswith("a.jsonl, line 2")
