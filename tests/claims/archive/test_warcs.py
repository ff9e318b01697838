"""Records of WARC: which are articles, which are failures, and what is told of a file that is none."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from claims.archive.piece import Piece
from claims.archive.pieces import find_pieces, read_piece
from claims.errors import ClaimsError

STORY = "Forty guards walked out of the Korda prison on Monday. Two vans waited at the gate."
ADDRESS = "https://vell.example/one"


def record(kind: str, content_type: str, content: bytes, address: str = ADDRESS) -> bytes:
    target = f"WARC-Target-URI: {address}\r\n" if address else ""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\n{target}WARC-Date: 2024-03-04T10:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{kind}>\r\nContent-Type: {content_type}\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content + b"\r\n\r\n"


def answer(status: str, *headers: str, body: bytes = STORY.encode(), address: str = ADDRESS) -> bytes:
    head = "\r\n".join([f"HTTP/1.1 {status}", *(headers or ["Content-Type: text/plain"])])
    return record("response", "application/http; msgtype=response", f"{head}\r\n\r\n".encode() + body, address)


def read(path: Path, content: bytes) -> list[str]:
    """What each piece of such a file comes to: its text, or what is told of it."""
    path.write_bytes(content)
    return [_read(piece) for piece in find_pieces([str(path)])]


def _read(piece: Piece) -> str:
    try:
        return read_piece(piece).text
    except ClaimsError as error:
        return str(error).replace(str(Path(piece.place).parent), "")


def test_failed_answers_are_no_articles_and_are_counted(tmp_path: Path) -> None:
    """A page that says 404 is not what was to be read; a redirect leads to a page that lies elsewhere."""
    content = b"".join(answer(status) for status in ("404 Not Found", "200 OK", "301 Moved", "503 Busy"))
    assert read(tmp_path / "a.warc", content) == [
        STORY,
        "/a.warc holds failures, such as 404, in the place of pages: 2. Fetch those pages again, if you miss any.",
    ]


def test_pages_put_in_by_themselves_and_texts_of_pages_are_read(tmp_path: Path) -> None:
    """``resource`` and ``conversion``, as WET files hold them; what is said about a crawl is no article."""
    content = (
        record("warcinfo", "text/plain", b"Who crawled, and when it was that they did.")
        + record("resource", "text/plain; charset=utf-8", STORY.encode())
        + record("conversion", "text/plain", f"{STORY} They left.".encode())
        + record("resource", "image/png", b"png")
        + record("metadata", "text/plain", STORY.encode())
    )
    assert read(tmp_path / "a.warc", content) == [STORY, f"{STORY} They left."]
    assert {read_piece(piece).url for piece in find_pieces([str(tmp_path / "a.warc")])} == {ADDRESS}


def test_what_is_no_warc_is_told(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """In our own words alone, and not by a run of no articles."""
    for content in (b"hello this is no warc\n" * 5, b"\x1f\x8bno gzip at all", b"\x00\xff" * 40):
        assert read(tmp_path / "a.warc", content) == [
            "/a.warc is damaged or no WARC at all. Fetch it again, and give the command again with --again."
        ]
    assert capfd.readouterr() == ("", "")


def test_a_file_without_articles_is_told(tmp_path: Path) -> None:
    """Be it empty or full of pictures."""
    for content in (b"", answer("200 OK", "Content-Type: image/png")):
        assert read(tmp_path / "a.warc", content)[0].startswith("/a.warc holds no article.")


def test_whatever_warcio_raises_is_damage(tmp_path: Path) -> None:
    """An answer without an address is an AttributeError there: what stands before it is read."""
    assert read(tmp_path / "a.warc", answer("200 OK") + answer("200 OK", address="")) == [
        STORY,
        "/a.warc is damaged from its record 2 on. Fetch it again, and give the command again with --again.",
    ]


def test_a_file_packed_as_one_is_told_how_to_mend_it(tmp_path: Path) -> None:
    """Fetched again, it would be the same."""
    told = read(tmp_path / "a.warc.gz", gzip.compress(answer("200 OK") + answer("200 OK")))
    assert told[-1].startswith("/a.warc.gz is packed as one, and not record by record. Pack it anew (warcio recompress")


def test_a_page_in_a_packing_that_is_not_known_is_told(tmp_path: Path) -> None:
    """Not as a binary file that somebody should save as text."""
    page = answer("200 OK", "Content-Type: text/html", "Content-Encoding: zstd", body=b"\x28\xb5\x2f\xfd\x00\x01" * 9)
    [told] = read(tmp_path / "a.warc", page)
    assert told.startswith("/a.warc, record 1 is packed as zstd, which is not unpacked here.")


def test_whatever_warcio_raises_over_a_record_is_damage(tmp_path: Path) -> None:
    """Also where it is read, as of a plan that was written before."""
    path = tmp_path / "a.warc"
    path.write_bytes(answer("200 OK", address=""))
    assert _read(Piece("records", str(path), 0, 1)).startswith("/a.warc is damaged or no WARC at all.")
