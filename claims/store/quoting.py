"""The quoted passages of a claim's sources, each looked for in the document that is kept with it."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from sqlalchemy import Connection

from claims.errors import ReadingError
from claims.evidence import Passage, Source, find_passage
from claims.store import sourcing, texts
from claims.store.snapshots import media_types, text_named

#: Passages that are remembered: neither a document nor the text taken out of it changes under its name, so neither does what
#: was found in it.
_MOST = 2_000

_known: OrderedDict[tuple[str, str, str, str], Passage | None] = OrderedDict()
_lock = Lock()


def passages(connection: Connection, claim_id: str) -> dict[Source, Passage | None]:
    """Where the passage of each source that has one and a document stands there; None where the document has no text to look in."""
    asked = [
        kept.source
        for kept in sourcing.of_claim(connection, claim_id)
        if kept.source.snapshot and kept.source.quoted.strip()
    ]
    kinds = media_types(connection, (source.snapshot for source in asked)) if asked else {}
    return {source: _looked_for(connection, source, kinds[source.snapshot]) for source in asked}


def _looked_for(connection: Connection, source: Source, media_type: str) -> Passage | None:
    key = source.snapshot, media_type, text_named(connection, source.snapshot) or "", source.quoted
    with _lock:
        if key in _known:
            _known.move_to_end(key)
            return _known[key]
    try:
        found = find_passage(source.quoted, texts.text_in(connection, source.snapshot))
    except ReadingError:
        found = None  # a picture or a scan: it has no text
    with _lock:
        _known[key] = found
        while len(_known) > _MOST:
            _known.popitem(last=False)
    return found
