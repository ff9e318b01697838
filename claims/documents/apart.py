"""Which files are read apart, by a process of their own: a PDF, a Word file, a heavy page.

An ordinary page is read at home, since the process needs half a second to begin.
"""

from __future__ import annotations

import json
from datetime import date

from claims.apart import run_apart
from claims.documents.document import Document

#: A page of more bytes or elements is heavy, or of so many bytes without a new element: some hundred thousand elements, or the
#: attributes of one, keep trafilatura busy for minutes.
HEAVY, CROWDED, LONG = 300_000, 5_000, 8_000

#: The kinds that are read apart, each file of the first two.
_ALWAYS, _WHERE_HEAVY = frozenset({"pdf", "word"}), "page"

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

    Raises ReadingError: the reader's own, or TooLarge where it ran out of time or memory.
    """
    found = json.loads(run_apart(kind, content, name, REMEDY, given))
    published = found.pop("published")
    return Document(**found, published=date.fromisoformat(published) if published else None)
