"""The reader that is run apart: a file on stdin, what it holds or what is wrong with it on stdout, as JSON."""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from dataclasses import asdict
from importlib import import_module

from claims.documents.apart import REMEDY
from claims.documents.document import Document
from claims.errors import ReadingError, TooLarge

#: The readers, by the kind of file; only the one that is needed is imported.
_READERS = {
    "pdf": ("claims.documents.pdf", "read_pdf"),
    "word": ("claims.documents.word", "read_word"),
    "page": ("claims.documents.page", "read_page"),
}


def answer() -> dict[str, object]:
    """What is told of the file on stdin: its document, or the error that its reader raised."""
    order = json.loads(sys.stdin.buffer.readline())
    _limit(order["seconds"], order["memory"])
    try:
        module, reader = _READERS[order["kind"]]
        read = getattr(import_module(module), reader)
        found: Document = read(sys.stdin.buffer.read(), order["name"], **order["given"])
        return {**asdict(found), "published": found.published and found.published.isoformat()}
    except ReadingError as error:
        return {"raised": type(error).__name__, "problem": error.problem, "remedy": error.remedy}
    except MemoryError:
        problem = f"{order['name']} needs more than {order['memory'] // 1_000_000:,} MB of memory to be read."
        return {"raised": TooLarge.__name__, "problem": problem, "remedy": REMEDY}


def _limit(seconds: float, memory: int) -> None:
    """Take what is above the limits from this process, so that it ends by itself even where nobody waits for it any more."""
    try:
        import resource  # noqa: PLC0415 - Windows has none
    except ImportError:
        return
    with suppress(ValueError, OSError):  # macOS knows the limit and does not take it
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    whole = int(seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (whole, whole))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.stdout.write(json.dumps(answer()))
