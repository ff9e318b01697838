"""Snapshots: what was read, byte for byte, under its SHA-256; the same content is kept once, and its name is its proof."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version

from sqlalchemy import Connection, select

from claims.errors import NotThere, TooLarge
from claims.evidence.fetched import Fetched
from claims.store.events import Act, made, new_id, record
from claims.store.schema import fetches, snapshots
from claims.store.writing import insert_rows

#: How the text of an article is kept, and that of a document.
ARTICLE = "text/plain; charset=utf-8"

#: Bytes that a snapshot may have.
LARGEST = 50_000_000


#: What the events are called that tell of a document: who kept it, and when; by which addresses it came, and when.
KEPT, FETCHED = "document kept", "document fetched"

_NAME = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Content as it was; ``media_type`` is what its bytes are, such as ``application/pdf``.

    ``text`` names the text that was taken out of it; None where it has none, is text itself, or is of an earlier version.
    """

    sha256: str
    media_type: str
    content: bytes
    text: str | None = None


def keep_document(
    act: Act, content: bytes, media_type: str, fetched: Fetched | None = None, text: str | None = None
) -> str:
    """Keep a document with the ``text`` that was taken out of it, and tell of both where it is the first with this content.

    Returns its SHA-256. How it came is told each time that it was ``fetched``, though the same content is kept once.
    """
    check_size(content)
    name = hashlib.sha256(content).hexdigest()
    told = []
    if not known(act.connection, [name]):
        about = {"media_type": media_type, "size": len(content), **_keep_text(act.connection, name, text)}
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


def _keep_text(connection: Connection, document: str, text: str | None) -> dict[str, str | None]:
    """Keep a document's text, and give what its row says of it; a document that is its own text is not kept twice."""
    if text is None:
        return {"text": None, "reader": None}
    content = text_bytes(text)
    name = hashlib.sha256(content).hexdigest()
    if name != document:
        keep(connection, [(content, ARTICLE)])
    return {"text": name, "reader": _reader()}


@cache
def _reader() -> str:
    """What takes the texts out: this program, with its version."""
    return f"claims-workbench {version('claims-workbench')}"


def is_kept(connection: Connection, content: bytes) -> bool:
    """Whether this very content is kept."""
    return bool(known(connection, [hashlib.sha256(content).hexdigest()]))


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
                "text": None,
                "reader": None,
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


def snapshot(connection: Connection, sha256: str) -> Snapshot:
    """The snapshot of this name."""
    named = _NAME.fullmatch(sha256) is not None
    row = connection.execute(select(snapshots).where(snapshots.c.sha256 == sha256)).first() if named else None
    if row is None:
        raise NotThere(f"There is no snapshot {sha256!r}.", "It may be in another record.")
    return Snapshot(row.sha256, row.media_type, row.content, row.text)


def text_named(connection: Connection, sha256: str) -> str | None:
    """The name of the text that was taken out of a document when it was kept; None where none was."""
    # Between twice the same: asked for one name, SQLite would go by the key, and through the document's bytes to what is behind.
    asked = select(snapshots.c.text).where(snapshots.c.sha256.between(sha256, sha256), snapshots.c.text.is_not(None))
    return connection.execute(asked).scalar()


def text_bytes(text: str) -> bytes:
    r"""A text as it is kept; half characters, which UTF-8 cannot hold, as they stand.

    >>> text_of(text_bytes("Korda \\ud83d")) == "Korda \\ud83d"
    True
    """
    return text.encode("utf-8", "surrogatepass")


def text_of(content: bytes) -> str:
    """The inverse of :func:`text_bytes`."""
    return content.decode("utf-8", "surrogatepass")
