"""Where an archive's articles come from: folders, lines, rows, records and lists, each piece found again by its name."""

from __future__ import annotations

import gzip
import json
import threading
import uuid
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pandas as pd
import pytest

from claims.archive.pieces import Piece, find_pieces, read_piece
from claims.errors import ClaimsError, EmptyText, NoSuchFile, NotText, ReadingError
from tests.loopback import listening

STORY = "Forty guards walked out of the Korda prison on Monday. Two vans waited at the gate."
PAGE = f"<!doctype html><html><head><title>Guards walk out</title></head><body><article><p>{STORY}</p></article></body></html>"


def found(*sources: str | Path) -> list[Piece]:
    return list(find_pieces([str(source) for source in sources]))


def test_a_folder_gives_its_files_in_order(tmp_path: Path) -> None:
    """What is read here is found however deep it lies; what is not, and what is hidden, is left out."""
    (tmp_path / "deep").mkdir()
    for name in ("b.txt", "deep/a.html", "picture.png", ".hidden.txt"):
        (tmp_path / name).write_text(STORY, encoding="utf-8")
    assert [Path(piece.place).name for piece in found(tmp_path)] == ["b.txt", "a.html"]
    assert STORY in read_piece(found(tmp_path)[0]).text


def test_an_empty_folder_and_a_wrong_name_are_refused(tmp_path: Path) -> None:
    """Nothing is begun with a source that holds nothing."""
    with pytest.raises(EmptyText, match="holds no article"):
        found(tmp_path)
    with pytest.raises(NoSuchFile):
        found(tmp_path / "nowhere")


def test_a_line_of_json_tells_of_its_article(tmp_path: Path) -> None:
    """Text and page, with what the line says of them; a line that is none is told by its number."""
    lines = [
        json.dumps({"text": STORY, "title": "Out", "published": "2024-03-04T10:00:00", "publisher": "The Vell Post"}),
        json.dumps({"html": PAGE, "url": "https://vell.example/2024/03/04/guards"}),
        "{torn",
        json.dumps({"title": "No text"}),
        json.dumps({"text": "/etc/hostname.txt"}),
    ]
    (tmp_path / "a.jsonl").write_text("\n\n".join(lines), encoding="utf-8")
    first, page, torn, empty, path = found(tmp_path / "a.jsonl")
    article = read_piece(first)
    assert (article.title, str(article.published), article.publisher) == ("Out", "2024-03-04", "The Vell Post")
    assert article.text == STORY
    assert (read_piece(page).title, read_piece(page).url) == (
        "Guards walk out",
        "https://vell.example/2024/03/04/guards",
    )
    with pytest.raises(NotText, match="line 5 is no JSON"):
        read_piece(torn)
    with pytest.raises(NotText, match="line 7 has no text"):
        read_piece(empty)
    assert read_piece(path).text == "/etc/hostname.txt"  # a text that is spelt like a file is no file


def test_a_row_of_parquet_is_an_article(tmp_path: Path) -> None:
    """Rows are found over several row groups, and each is read by itself."""
    frame = pd.DataFrame({"text": [f"{STORY} {n} men fled." for n in range(1_300)], "title": "Out", "more": 1})
    frame.to_parquet(tmp_path / "a.parquet", row_group_size=600)
    pieces = found(tmp_path / "a.parquet")
    assert len(pieces) == 1_300
    for number in (0, 599, 600, 1_199, 1_299):
        assert f" {number} men" in read_piece(pieces[number]).text


def test_what_is_no_parquet_is_told_when_it_is_read(tmp_path: Path) -> None:
    """A damaged file costs itself and not the run."""
    (tmp_path / "a.parquet").write_bytes(b"PAR1 and no more")
    [piece] = found(tmp_path / "a.parquet")
    with pytest.raises(ReadingError, match="damaged or no Parquet"):
        read_piece(piece)


def warc(path: Path) -> None:
    """Two articles and a picture, as crawlers write them: in .gz each record is packed by itself."""
    written = b""
    for name, kind, content in (
        ("one", "text/html; charset=utf-8", PAGE),
        ("picture", "image/png", "png"),
        ("two", "text/plain", STORY),
    ):
        block = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n{content}".encode()
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://vell.example/{name}\r\n"
            f"WARC-Record-ID: <urn:uuid:{uuid.UUID(int=len(written))}>\r\nWARC-Date: 2024-03-04T10:00:00Z\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
        )
        record = head.encode() + block + b"\r\n\r\n"
        written += gzip.compress(record) if path.suffix == ".gz" else record
    path.write_bytes(written)


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_a_record_of_warc_is_an_article_with_its_address(tmp_path: Path, name: str) -> None:
    """Pages and texts are read with their address; a picture is no article and no failure."""
    warc(tmp_path / name)
    one, two = (read_piece(piece) for piece in found(tmp_path / name))
    assert (one.title, one.url) == ("Guards walk out", "https://vell.example/one")
    assert (two.text, two.url) == (STORY, "https://vell.example/two")


def test_a_torn_warc_gives_what_stands_before_the_tear(tmp_path: Path) -> None:
    """The records before are read, and the tear is told."""
    whole = tmp_path / "whole.warc.gz"
    warc(whole)
    (tmp_path / "torn.warc.gz").write_bytes(whole.read_bytes()[:-60])
    pieces = found(tmp_path / "torn.warc.gz")
    assert read_piece(pieces[0]).title == "Guards walk out"
    with pytest.raises(ClaimsError, match="damaged from its record"):
        read_piece(pieces[-1])


def test_a_list_of_addresses_is_asked_for_address_by_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text file that begins with an address is a list; each of its lines is fetched."""

    def answer(asked: BaseHTTPRequestHandler) -> None:
        asked.send_response(200)
        asked.send_header("Content-Type", "text/html")
        asked.end_headers()
        asked.wfile.write(PAGE.encode())

    monkeypatch.setenv("WORKBENCH_ALLOW_HOSTS", "127.0.0.1")
    with listening(answer, threading.Event()) as address:
        (tmp_path / "list.txt").write_text(f"{address}/a\n\n{address}/b\n", encoding="utf-8")
        pieces = found(tmp_path / "list.txt")
        assert [piece.place for piece in pieces] == [f"{address}/a", f"{address}/b"]
        assert read_piece(pieces[1]).title == "Guards walk out"


def test_a_file_that_has_changed_is_not_read_by_its_old_places(tmp_path: Path) -> None:
    """A byte of the old file means nothing in the new one."""
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": STORY}), encoding="utf-8")
    [piece] = found(path)
    path.write_text(json.dumps({"text": STORY + " And left."}), encoding="utf-8")
    with pytest.raises(ReadingError, match="has changed"):
        read_piece(piece)
