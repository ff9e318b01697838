"""Apart: a PDF, a Word file or a heavy page is read by a process of its own, which may use so much time and memory and no more.

The process is a fresh interpreter that gets the file on its stdin and answers in JSON. Whatever a file made to do harm does to its
reader, it does there: the desk waits for as long as is allowed, and says in a sentence what came of it. An ordinary page is read at
home, since the process needs half a second to begin.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

from claims.documents.document import Document
from claims.errors import ReadingError, TooLarge

#: What the reading of one file may use: seconds, bytes of memory.
SECONDS, MEMORY = 60, 1_500_000_000

#: A page of more bytes or elements is heavy, or of so many bytes without a new element: some hundred thousand elements, or the
#: attributes of one, keep trafilatura busy for minutes.
HEAVY, CROWDED, LONG = 300_000, 5_000, 8_000

#: The kinds that are read apart, each file of the first two.
_ALWAYS, _WHERE_HEAVY = frozenset({"pdf", "word"}), "page"

_READER = "claims.documents.reader"

#: What a reader hears of its surroundings: no password or token that stands there is for it.
_HEARD = ("LANG", "LC_ALL", "PATH", "SYSTEMROOT")

#: No more files are read at once than there are processors, however many people upload.
_AT_ONCE = threading.BoundedSemaphore(os.cpu_count() or 1)

#: What a reader may say is wrong.
_KINDS: list[type[ReadingError]] = [ReadingError, *ReadingError.__subclasses__()]
_RAISED = {kind.__name__: kind for kind in _KINDS}

#: What to do with a file that needs more than that.
REMEDY = "Save the words of the story as .txt, or paste them."


def belongs_apart(kind: str, content: bytes) -> bool:
    """Whether a file of this kind is read apart.

    >>> belongs_apart("pdf", b""), belongs_apart("plain", b"<" * 10_000)
    (True, False)
    >>> belongs_apart("page", b"<p>Guards left.</p>"), belongs_apart("page", b"<p>" * 10_000)
    (False, True)
    >>> belongs_apart("page", b"<p " + b"a=1 " * 10_000 + b">")
    True
    """
    if kind != _WHERE_HEAVY:
        return kind in _ALWAYS
    if len(content) > HEAVY or content.count(b"<") > CROWDED:
        return True
    return max(map(len, content.split(b"<"))) > LONG


def read_apart(kind: str, content: bytes, name: str, **given: str | None) -> Document:
    """What the reader of this kind finds in the file, by a process that ends with it; ``given`` goes to the reader.

    >>> read_apart("pdf", b"no such thing", "story.pdf")
    Traceback (most recent call last):
        ...
    claims.errors.ReadingError: story.pdf is damaged or not a PDF at all. Download or export it again, or paste its text.

    The memory is limited where the system can (``resource``); the time is everywhere. Raises ReadingError: the reader's own, or
    TooLarge where it ran out of time or memory.
    """
    order = json.dumps({"kind": kind, "name": name, "given": given, "seconds": SECONDS, "memory": MEMORY}).encode()
    heard = {key: os.environ[key] for key in _HEARD if key in os.environ}
    heard["PYTHONPATH"] = os.pathsep.join(entry or str(Path.cwd()) for entry in sys.path)
    with _AT_ONCE:
        try:
            answer = subprocess.run(  # noqa: S603 - our own interpreter, and no word of the file's on its command line
                [sys.executable, "-P", "-m", _READER],
                input=order + b"\n" + content,
                capture_output=True,
                check=True,
                env=heard,
                timeout=SECONDS,
            ).stdout
        except subprocess.TimeoutExpired as error:
            raise TooLarge(f"{name} could not be read within {SECONDS:g} seconds.", REMEDY) from error
        except subprocess.CalledProcessError as error:
            raise ReadingError(f"{name} made the program that reads it break off.", REMEDY) from error
    found = json.loads(answer)
    if "raised" in found:
        raise _RAISED[found["raised"]](found["problem"], found["remedy"])
    published = found.pop("published")
    return Document(**found, published=date.fromisoformat(published) if published else None)
