"""The text of a document: taken out of it when it is kept, kept beside it under its own SHA-256, and read from there since.

So the text that a passage was found in can be shown later, whatever the readers of later versions would take out of the
same bytes. Where none was found, the event says why. A document that was kept before there was this is read on demand.
"""

from __future__ import annotations

from sqlalchemy import Connection

from claims.documents import read_document
from claims.documents.kinds import as_read
from claims.errors import ReadingError, TooLarge
from claims.remembered import Remembered
from claims.store import snapshots
from claims.store.readings import AGAIN, BLANK, WHOLE, Reading, cut, failed
from claims.store.snapshots import Snapshot, check_size, reading_of, snapshot, text_named, text_of

#: Documents without a kept text whose text is remembered, by what they are: one never changes under its name.
_REMEMBERED = 16

_made = Remembered[tuple[str, str], tuple[str | None, Reading]](_REMEMBERED)


def taken_out(content: bytes, media_type: str) -> tuple[str | None, Reading]:
    """The text of a document that is about to be kept, and what came of reading it; None where it has none, as a picture.

    >>> taken_out(b"273 were there.", "text/plain")
    ('273 were there.', Reading(state='whole', problem=''))
    >>> taken_out(b" ", "text/plain")
    (None, Reading(state='no text', problem='The document holds no text.'))

    A text that is larger than what is kept is cut. It may take seconds, within the time that :mod:`claims.documents` gives
    a file: nothing may be locked meanwhile. TooLarge for a document that will not be kept.
    """
    check_size(content)
    text, reading = _read(content, media_type)
    return (text, reading) if text is None else cut(text, snapshots.LARGEST)


def text_in(connection: Connection, sha256: str) -> str:
    """The text of a kept document, or the part of it that was kept. Raises ReadingError where it has none, and says why."""
    text, reading = looked_in(connection, sha256)
    if text is None:
        kind = TooLarge if reading.state == "broken off" else ReadingError
        again = "have it read again, or " if reading.state in AGAIN else ""
        raise kind(reading.problem, f"To find a passage in it, {again}look at the document yourself.")
    return text


def looked_in(connection: Connection, sha256: str) -> tuple[str | None, Reading]:
    """The text of a kept document as it was taken out when that was kept, with what came of reading it then.

    Where neither is recorded the document is read now, and what comes of it is remembered for the last
    :data:`_REMEMBERED`. Nothing is written: what this version reads now is no proof of what was read then.
    """
    reading = reading_of(connection, sha256)
    if named := text_named(connection, sha256):
        return text_of(snapshot(connection, named).content), reading
    return (None, reading) if reading.state else _read_now(snapshot(connection, sha256))


def _read_now(kept: Snapshot) -> tuple[str | None, Reading]:
    return _made.made((kept.sha256, kept.media_type), lambda: _read(kept.content, kept.media_type))


def _read(content: bytes, media_type: str) -> tuple[str | None, Reading]:
    kind = as_read(media_type, content)
    try:
        text = read_document(content, "The document", media_type=kind).text
    except ReadingError as error:
        return None, failed(error, kind)
    return (text, WHOLE) if text.strip() else (None, BLANK)
