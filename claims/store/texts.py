"""The text of a document: taken out of it when it is kept, kept beside it under its own SHA-256, and read from there since.

So the text that a passage was found in can be shown later, whatever the readers of later versions would take out of the
same bytes. A document that was kept before there was this, or in which nothing was found, is read on demand; so is one that
could not be read in its time when it was kept.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import partial
from threading import Lock

from sqlalchemy import Connection

from claims.documents import read_document
from claims.errors import ReadingError
from claims.store.snapshots import Snapshot, check_size, snapshot, text_named, text_of

#: Documents without a kept text whose text is remembered, by what they are: one never changes under its name.
_REMEMBERED = 16

_made: OrderedDict[tuple[str, str], str | Callable[[], ReadingError]] = OrderedDict()
_lock = Lock()


def taken_out(content: bytes, media_type: str) -> str | None:
    """The text of a document that is about to be kept; None where it has none, as a picture or a scan.

    >>> taken_out(b"273 were there.", "text/plain"), taken_out(b"GIF89a", "image/gif")
    ('273 were there.', None)

    It may take seconds, within the time that :mod:`claims.documents` gives a file: nothing may be locked meanwhile. TooLarge
    for a document that will not be kept.
    """
    check_size(content)
    try:
        text = read_document(content, "The document", media_type=media_type).text
    except ReadingError:
        return None
    return text if text.strip() else None


def text_in(connection: Connection, sha256: str) -> str:
    """The text of a kept document, as it was taken out when that was kept. Raises ReadingError where it has none.

    Where none is kept the document is read now, and what came of it is remembered for the last :data:`_REMEMBERED`: their
    text, or why there is none. Nothing is written: what this version reads now is no proof of what was read then.
    """
    if named := text_named(connection, sha256):
        return text_of(snapshot(connection, named).content)
    return _read(snapshot(connection, sha256))


def _read(kept: Snapshot) -> str:
    key = kept.sha256, kept.media_type
    with _lock:
        found = _made.pop(key, None)
    if found is None:
        try:
            found = read_document(kept.content, kept.sha256, media_type=kept.media_type).text
        except ReadingError as error:
            found = partial(type(error), error.problem, error.remedy)  # the error itself holds on to the document
    with _lock:
        _made[key] = found
        while len(_made) > _REMEMBERED:
            _made.popitem(last=False)
    if not isinstance(found, str):
        raise found()
    return found
