"""The quoted passages of a claim's sources, each looked for in the document that is kept with it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from sqlalchemy import Connection

from claims.evidence import Passage, Source, find_passage
from claims.evidence.around import is_remembered, look_around, looks_around
from claims.remembered import Remembered
from claims.store import sourcing, texts
from claims.store.readings import Reading
from claims.store.snapshots import media_type_in, media_types, reading_of, snapshot, text_named

#: Passages that are remembered: neither a document nor the text taken out of it changes under its name, so neither does what
#: was found in it; and where there is none, not until it is read again.
_MOST = 2_000

_Key = tuple[str, str, str, Reading, str]
_known = Remembered[_Key, Passage | None](_MOST)


def passages(connection: Connection, claim_id: str) -> dict[Source, Passage | None]:
    """Where the passage of each source that has one and a document stands there; None where the document is a picture or a scan."""
    asked = [
        kept.source
        for kept in sourcing.of_claim(connection, claim_id)
        if kept.source.snapshot and kept.source.quoted.strip()
    ]
    kinds = media_types(connection, (source.snapshot for source in asked)) if asked else {}
    return {source: _looked_for(connection, source, media_type_in(kinds, source.snapshot)) for source in asked}


def _looked_for(connection: Connection, source: Source, media_type: str) -> Passage | None:
    named, reading = text_named(connection, source.snapshot) or "", reading_of(connection, source.snapshot)
    key = source.snapshot, media_type, named, reading, source.quoted
    with suppress(KeyError):
        return _known[key]
    found = _found(source.quoted, *texts.looked_in(connection, source.snapshot))
    if reading.state != "broken off" and looks_around(found, media_type):  # which would be broken off as well
        content = snapshot(connection, source.snapshot).content
        found = look_around(found, source.quoted, content, media_type)
        if not is_remembered(content, media_type):
            return found
    _known[key] = found
    return found


def _found(quoted: str, text: str | None, reading: Reading) -> Passage | None:
    if text is None:
        return None if reading.state == "no text" else Passage("unread", unread=reading.problem)
    found = find_passage(quoted, text)
    return replace(found, unread=reading.problem) if found.state != "verbatim" else found
