"""Snapshots: what was read, byte for byte, under its SHA-256; the same content is kept once, and its name is its proof."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version

from sqlalchemy import Connection, select, update

from claims.documents.kinds import may_be_read_again_as
from claims.errors import NotThere, StoreError, TooLarge
from claims.evidence.fetched import Fetched
from claims.store.events import Act, Change, made, new_id, record
from claims.store.readings import AGAIN, WHOLE, Reading
from claims.store.schema import fetches, snapshots
from claims.store.writing import insert_rows

#: How the text of an article is kept, and that of a document.
ARTICLE = "text/plain; charset=utf-8"

#: Bytes that a snapshot may have.
LARGEST = 50_000_000


#: What the events are called that tell of a document: who kept it, and when; by which addresses it came, and when; and who had a
#: text looked for in it once more.
KEPT, FETCHED, REREAD = "document kept", "document fetched", "document read again"

#: What a row says of a document's text: its name, what took it out or was asked to, and what came of that.
_OF_TEXT = ("text", "reader", "reading", "problem")

_NAME = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Content as it was; ``media_type`` is what its bytes are, such as ``application/pdf``.

    ``text`` names the text that was taken out of it; None where none was, as :class:`~claims.store.readings.Reading` tells.
    """

    sha256: str
    media_type: str
    content: bytes
    text: str | None = None


def keep_document(
    act: Act,
    content: bytes,
    media_type: str,
    fetched: Fetched | None = None,
    taken: tuple[str | None, Reading] = (None, Reading()),
) -> str:
    """Keep a document with the text that was ``taken`` out of it, and tell of both where it is the first with this content.

    Returns its SHA-256. How it came is told each time that it was ``fetched``, though the same content is kept once. One that
    could not be read as what it was kept as, and can as what it is said to be now, is that, with its text.
    """
    check_size(content)
    name = hashlib.sha256(content).hexdigest()
    told = []
    if known(act.connection, [name]):
        if taken[0] is not None and reading_of(act.connection, name).state in AGAIN:
            told.append(_read_anew(act, name, taken, media_type))
    else:
        about = {"media_type": media_type, "size": len(content), **_keep_text(act.connection, name, *taken)}
        insert_rows(act.connection, snapshots, [{"sha256": name, "content": content, **about}])
        told.append(made(KEPT, "snapshot", name, about))
    if fetched:
        fetch_id = new_id()
        row = {
            "fetch_id": fetch_id,
            "sha256": name,
            "asked": fetched.asked,
            "answered": fetched.answered,
            "status": fetched.status,
            "headers": dict(fetched.headers),
            "fetched_at": fetched.at,
        }
        told.append(made(FETCHED, "fetch", fetch_id, row))
    if told:
        record(act, told)
    return name


def reread(act: Act, name: str, taken: tuple[str | None, Reading], media_type: str) -> Reading:
    """Keep what another reading took out of a document, and tell of it; where somebody was faster, theirs stands.

    Returns what came of it in the end. ``media_type`` is what it was read as: with a text, the document is that.
    """
    before = reading_of(act.connection, name)
    if before.state not in AGAIN:
        return before
    record(act, [_read_anew(act, name, taken, media_type)])
    return taken[1]


def _read_anew(act: Act, name: str, taken: tuple[str | None, Reading], media_type: str) -> Change:
    """Put what another reading took out of a document in its row; returns the change that tells of it."""
    columns = (snapshots.c[column] for column in ("media_type", *_OF_TEXT))
    row = dict(act.connection.execute(select(*columns).where(snapshots.c.sha256 == name)).mappings().one())
    new = _keep_text(act.connection, name, *taken)
    if taken[0] is not None:
        new["media_type"] = media_type
    act.connection.execute(update(snapshots).where(snapshots.c.sha256 == name).values(new))
    return Change(REREAD, "snapshot", name, row, new)


def to_read_again(connection: Connection, sha256: str) -> Snapshot:
    """A document whose text may be looked for once more. StoreError for any other."""
    kept, reading = snapshot(connection, sha256), reading_of(connection, sha256)
    if reading.state in AGAIN:
        return kept
    why = {"": "What came of reading it when it was kept was not recorded.", "no text": reading.problem}
    raise StoreError(
        f"The document is not read again. {why.get(reading.state, 'The text that was taken out of it is kept.')}",
        "Look for the passage in the document as it is.",
    )


def _keep_text(connection: Connection, document: str, text: str | None, reading: Reading) -> dict[str, str | None]:
    """Keep a document's text, and give what its row says of it; a document that is its own text is not kept twice."""
    name = None
    if text is not None:
        content = text_bytes(text)
        name = hashlib.sha256(content).hexdigest()
        if name != document:
            keep(connection, [(content, ARTICLE)])
    return {
        "text": name,
        "reader": _reader() if reading.state else None,
        "reading": reading.state or None,
        "problem": reading.problem or None,
    }


@cache
def _reader() -> str:
    """What takes the texts out, or is asked to: this program, with its version."""
    return f"claims-workbench {version('claims-workbench')}"


def is_settled(connection: Connection, content: bytes, media_type: str) -> bool:
    """Whether this very content is kept, and its text as well, or would be read as this kind of document in vain.

    As the kind that it is kept as it is never tried again here: :func:`reread` is for that, at somebody's wish.
    """
    name = hashlib.sha256(content).hexdigest()
    kinds = media_types(connection, [name])
    if name not in kinds or reading_of(connection, name).state not in AGAIN:
        return name in kinds
    return media_type == kinds[name] or not may_be_read_again_as(content, kinds[name], media_type)


def fetches_of(connection: Connection, names: Iterable[str]) -> dict[str, list[Fetched]]:
    """How the documents with these SHA-256 came, each fetch, the newest first; what was never fetched is left out."""
    found: dict[str, list[Fetched]] = {}
    if not (wanted := set(names)):
        return found
    asked = select(fetches).where(fetches.c.sha256.in_(wanted))
    for row in connection.execute(asked.order_by(fetches.c.fetched_at.desc(), fetches.c.fetch_id.desc())):
        came = Fetched(row.asked, row.answered, row.status, row.fetched_at, row.headers)
        found.setdefault(row.sha256, []).append(came)
    return found


def keep(connection: Connection, contents: Iterable[tuple[bytes, str]]) -> list[str]:
    """Keep contents, each with its media type; returns their SHA-256, in order. What names them tells of them."""
    coming: dict[str, tuple[bytes, str]] = {}
    names = []
    for content, media_type in contents:
        check_size(content)
        names.append(hashlib.sha256(content).hexdigest())
        coming[names[-1]] = content, media_type
    there = known(connection, coming)
    insert_rows(
        connection,
        snapshots,
        (
            {
                "sha256": name,
                "media_type": media_type,
                "size": len(content),
                "content": content,
                **dict.fromkeys(_OF_TEXT),
            }
            for name, (content, media_type) in coming.items()
            if name not in there
        ),
    )
    return names


def check_size(content: bytes) -> None:
    """Refuse what is too large to be kept."""
    if len(content) > LARGEST:
        raise TooLarge(
            f"The document has {len(content):,} bytes; {LARGEST:,} are the most that is kept.",
            "Keep the part of it that matters.",
        )


def known(connection: Connection, names: Iterable[str]) -> set[str]:
    """Those of these SHA-256 under which something is kept."""
    return set(connection.execute(select(snapshots.c.sha256).where(snapshots.c.sha256.in_(names))).scalars())


def media_types(connection: Connection, names: Iterable[str]) -> dict[str, str]:
    """What the bytes of these documents are, by their SHA-256; what is not kept is left out."""
    asked = select(snapshots.c.sha256, snapshots.c.media_type).where(snapshots.c.sha256.in_(set(names)))
    return {row.sha256: row.media_type for row in connection.execute(asked)}


def media_type_in(kinds: Mapping[str, str], sha256: str) -> str:
    """The one of these that this document has. NotThere where it is not kept."""
    if sha256 not in kinds:
        raise _not_there(sha256)
    return kinds[sha256]


def snapshot(connection: Connection, sha256: str) -> Snapshot:
    """The snapshot of this name."""
    named = _NAME.fullmatch(sha256) is not None
    row = connection.execute(select(snapshots).where(snapshots.c.sha256 == sha256)).first() if named else None
    if row is None:
        raise _not_there(sha256)
    return Snapshot(row.sha256, row.media_type, row.content, row.text)


def _not_there(sha256: str) -> NotThere:
    return NotThere(f"There is no snapshot {sha256!r}.", "It may be in another record.")


def text_named(connection: Connection, sha256: str) -> str | None:
    """The name of the text that was taken out of a document when it was kept; None where none was."""
    # Between twice the same: asked for one name, SQLite would go by the key, and through the document's bytes to what is behind.
    asked = select(snapshots.c.text).where(snapshots.c.sha256.between(sha256, sha256), snapshots.c.text.is_not(None))
    return connection.execute(asked).scalar()


def reading_of(connection: Connection, sha256: str) -> Reading:
    """What came of taking the text out of a document, so far as that is recorded. One that has its text with no problem is whole."""
    # Found by its index, as above: what a problem is stands behind the document's bytes too.
    of_it = snapshots.c.sha256.between(sha256, sha256), snapshots.c.problem.is_not(None)
    row = connection.execute(select(snapshots.c.reading, snapshots.c.problem).where(*of_it)).first()
    if row is not None:
        return Reading(row.reading, row.problem)
    return WHOLE if text_named(connection, sha256) else Reading()


def readings(connection: Connection, names: Iterable[str]) -> dict[str, Reading]:
    """The same of several documents, by their SHA-256."""
    return {name: reading_of(connection, name) for name in dict.fromkeys(names)}


def text_bytes(text: str) -> bytes:
    r"""A text as it is kept; half characters, which UTF-8 cannot hold, as they stand.

    >>> text_of(text_bytes("Korda \\ud83d")) == "Korda \\ud83d"
    True
    """
    return text.encode("utf-8", "surrogatepass")


def text_of(content: bytes) -> str:
    """The inverse of :func:`text_bytes`."""
    return content.decode("utf-8", "surrogatepass")
