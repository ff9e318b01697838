"""Every hostile file is read within limits or refused in a sentence, and does nothing to who reads it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from multiprocessing import get_context

import pytest

from claims import apart
from claims.article import read_article
from claims.documents import apart as documents_apart
from claims.documents import read_document
from claims.documents.apart import read_apart
from claims.errors import ClaimsError, ReadingError, TooLarge
from claims.imports import read_sheet
from tests.hostile.files import FILES, WORDS, File, pdf

NAMES = {"plain": "story.txt", "page": "story.html", "pdf": "story.pdf", "word": "story.docx", "untold": "story"}

#: What a bomb is given in these tests, instead of a minute.
SECONDS = 6


def _read(file: File) -> str:
    """What came of a file: its text, or the sentence."""
    try:
        if file.kind == "table":
            return str(len(read_sheet(file.made(), "table.csv")))
        return read_article(file.made(), name=NAMES[file.kind]).text
    except ClaimsError as error:
        return f"{error.problem} {error.remedy}"


@pytest.mark.parametrize("file", [file for file in FILES if not file.bomb], ids=lambda file: file.name)
def test_a_hostile_file_is_read_or_refused(file: File) -> None:
    """A file that is torn, turns in a circle or lies is text or a sentence, and shows nothing of this machine."""
    told = _read(file)
    assert told
    assert "root:" not in told


@pytest.mark.slow
@pytest.mark.parametrize("file", [file for file in FILES if file.bomb], ids=lambda file: file.name)
def test_a_bomb_does_not_go_off(file: File, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that unpacks to far more than it weighs ends in time, and takes no memory of this process that it does not give back."""
    resource = pytest.importorskip("resource")
    monkeypatch.setattr(apart, "SECONDS", SECONDS)
    content = file.made()
    before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    assert _read(File(file.name, file.kind, lambda: content))
    assert time.monotonic() - begun < SECONDS * 3
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 500_000


def test_a_reader_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits longer than the limit, which the sentence names."""
    monkeypatch.setattr(apart, "SECONDS", 1)
    slow = next(file for file in FILES if file.name == "a hundred thousand slanted words").made()
    with pytest.raises(TooLarge, match=r"story\.html could not be read within 1 seconds"):
        read_document(slow, "story.html")


def test_a_reader_that_takes_too_much_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """What needs more memory than is allowed is refused with the number."""
    pytest.importorskip("resource")
    monkeypatch.setattr(apart, "MEMORY", 300_000_000)
    large = next(file for file in FILES if file.name == "noughts in base 85").made()
    with pytest.raises(TooLarge, match=r"needs more than 300 MB of memory"):
        read_document(large, "story.pdf")


def test_a_reader_that_breaks_off_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the process itself dies, the file is named, and the next one is read."""
    with monkeypatch.context() as broken:
        broken.setattr(apart, "_WORKER", "claims.apart.no_such_worker")
        with pytest.raises(ReadingError, match=r"story\.pdf made the program that reads it break off") as caught:
            read_apart("pdf", b"%PDF-1.4", "story.pdf")
    assert isinstance(caught.value.__cause__, subprocess.CalledProcessError)
    assert WORDS in read_document(next(file for file in FILES if file.name == "one good page").made(), "story.pdf").text


def test_a_reader_hears_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords and tokens in the environment are not handed on to the process that opens a stranger's file."""
    heard: list[dict[str, str]] = []
    real = subprocess.run

    def spied(*words: object, **given: object) -> object:
        heard.append(given["env"])  # type: ignore[arg-type]
        return real(*words, **given)  # type: ignore[call-overload]

    monkeypatch.setenv("WORKBENCH_TOKEN", "a secret of twenty letters")
    monkeypatch.setattr(subprocess, "run", spied)
    with pytest.raises(ReadingError):
        read_document(b"no pdf", "story.pdf")
    assert "a secret of twenty letters" not in heard[0].values()
    assert set(heard[0]) <= {"LANG", "LC_ALL", "PATH", "PYTHONPATH", "SYSTEMROOT"}


def test_a_page_read_apart_is_the_page_read_at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """Title, day, address and text are the same, wherever a page was read."""
    head = '<meta property="article:published_time" content="2019-10-13"><meta charset="windows-1252">'
    content = f"<!doctype html><html><head><title>Caf\xe9</title>{head}</head><body><article><p>{WORDS} Caf\xe9.</p></article></body></html>".encode(
        "cp1252"
    )
    home = read_document(content, "story.html", url="https://korda.example/story")
    monkeypatch.setattr(documents_apart, "HEAVY", 10)
    assert read_document(content, "story.html", url="https://korda.example/story") == home
    assert home.published is not None


def _in_a_pool(_: int) -> str:
    return read_document(next(file for file in FILES if file.name == "one good page").made(), "story.pdf").text


def test_a_pool_s_worker_may_read_apart() -> None:
    """Processes of a pool, which may have no children of multiprocessing's, read PDFs too."""
    with get_context("spawn").Pool(1) as pool:
        assert pool.map(_in_a_pool, [1]) == [WORDS]


def test_a_module_beside_does_not_take_the_reader_s_place(tmp_path: object) -> None:
    """A file json.py in the folder where the workbench was started is not imported by the reader."""
    script = (
        "import os, sys; sys.path[:] = [p for p in sys.path if p]; from claims.documents import read_document; "
        "print(read_document(sys.stdin.buffer.read(), 'story.pdf').text)"
    )
    with open(os.path.join(str(tmp_path), "json.py"), "w", encoding="utf-8") as planted:  # noqa: PTH118, PTH123
        planted.write("raise SystemExit('ran')")
    one = next(file for file in FILES if file.name == "one good page").made()
    found = subprocess.run(
        [sys.executable, "-P", "-c", script], input=one, capture_output=True, cwd=str(tmp_path), check=False
    )
    assert found.stdout.decode().strip() == WORDS, found.stderr.decode()


def test_a_pdf_of_too_many_pages_names_the_limit() -> None:
    """The sentence says how many pages are read."""
    kids = b" ".join([b"3 0 R"] * 3_001)
    many = pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[%b]/Count 3001>>" % kids,
            b"<</Type/Page/Parent 2 0 R>>",
        ]
    )
    with pytest.raises(TooLarge, match=r"more than 3,000 pages"):
        read_document(many, "story.pdf")
