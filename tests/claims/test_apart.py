"""A worker that reads a file apart ends with who started it, and tells of memory where memory was short."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf.errors import PdfReadError

from claims import apart
from claims.documents import pdf as reading
from claims.errors import ReadingError, TooLarge
from tests.hostile.files import pdf

#: A desk that reads a file which is on its stdin.
DESK = (
    "import sys; from claims.apart import run_apart; run_apart('pdf', sys.stdin.buffer.read(), 'slow.pdf', 'Paste it.')"
)


def slow_pdf(count: int = 6_000_000) -> bytes:
    """A page of so many words that its reading takes far longer than this test."""
    shown = b"BT /F1 12 Tf " + b"(abc) Tj " * count + b"ET"
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
            b"<</Length %d>>stream\n%b\nendstream" % (len(shown), shown),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        ]
    )


def until(said: Callable[[], bool], seconds: float) -> bool:
    """Whether this becomes so within so many seconds."""
    end = time.monotonic() + seconds
    while not said() and time.monotonic() < end:
        time.sleep(0.05)
    return said()


def children(pid: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def is_running(pid: int) -> bool:
    """Whether it is, and not only its entry until somebody takes note of its end."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def memory(pid: int) -> int:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.skipif(sys.platform != "linux", reason="another system ends it by its limits alone")
def test_a_worker_ends_with_a_desk_that_is_killed() -> None:
    """A desk that has no time to say so takes the reader of a file with it."""
    content = slow_pdf()
    with subprocess.Popen([sys.executable, "-c", DESK], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as desk:
        assert desk.stdin is not None
        desk.stdin.write(content)
        desk.stdin.close()
        assert until(lambda: bool(children(desk.pid)), 30)
        [worker] = children(desk.pid)
        assert until(lambda: memory(worker) > 2 * len(content), 30)  # it has the file, and is at work
        desk.send_signal(signal.SIGKILL)
        desk.wait()
    try:
        assert until(lambda: not is_running(worker), 3)
    finally:
        if is_running(worker):
            os.kill(worker, signal.SIGKILL)


@pytest.mark.parametrize("short", [MemoryError(), OSError(12, "Cannot allocate memory")])
def test_short_memory_is_no_damage(short: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    """pypdf may make an error of its own of it, and the file is not called damaged for that."""

    def broken(_: object) -> object:
        raise PdfReadError("Cannot rebuild xref") from short

    monkeypatch.setattr(reading, "PdfReader", broken)
    with pytest.raises(MemoryError):
        reading.read_pdf(b"%PDF-1.4", "story.pdf")


@pytest.mark.skipif(sys.platform != "linux", reason="another system may not limit the memory")
@pytest.mark.parametrize("megabytes", [60, 300, 400])
def test_a_worker_without_memory_says_so(megabytes: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever in its work it runs out of it, also where none is left to word a sentence with."""
    monkeypatch.setattr(apart, "MEMORY", megabytes * 1_000_000)
    with pytest.raises(TooLarge, match=f"^story.pdf needs more than {megabytes} MB of memory"):
        apart.run_apart("pdf", slow_pdf(4_000_000), "story.pdf", "Paste its text.")


def test_a_file_whose_turn_does_not_come_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Others' files take a minute each at most; who waits for longer is told, and can ask again."""
    monkeypatch.setattr(apart, "_AT_ONCE", threading.BoundedSemaphore(1))
    monkeypatch.setattr(apart, "WAIT", 0.01)
    with apart._turn("others.pdf"), pytest.raises(TooLarge, match=r"^story.pdf waited 0.01 seconds for other files"):
        apart.run_apart("pdf", b"%PDF-1.4", "story.pdf", "Paste its text.")
    with pytest.raises(ReadingError, match="damaged"):
        apart.run_apart("pdf", b"%PDF-1.4", "story.pdf", "Paste its text.")
