"""What happened since: which claims the events after one concern, without reading what they say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from claims.store.events import newest
from claims.store.schema import events, items, marks, sources

#: Events that are looked through; where more came, anything may have changed.
_MOST = 500

# The claim that a subject is about.
_OF = {
    "source": (sources.c.source_id, sources.c.claim_id),
    "mark": (marks.c.mark_id, marks.c.claim_id),
    "item": (items.c.item_id, items.c.claim_id),
}


@dataclass(frozen=True, slots=True)
class News:
    """The number of the newest event; the claims concerned, None for any; the other subjects, by kind and name."""

    newest: int
    claims: frozenset[str] | None = frozenset()
    others: frozenset[tuple[str, str]] = frozenset()


def since(connection: Connection, seq: int) -> News:
    """What the events after this one are about."""
    last = newest(connection)
    if last <= seq:
        return News(last)
    asked = select(events.c.subject_kind, events.c.subject_id).where(events.c.seq > seq, events.c.seq <= last)
    found = [(kind, name) for kind, name in connection.execute(asked.order_by(events.c.seq).limit(_MOST + 1))]
    if len(found) > _MOST:
        return News(last, None)
    about = {name for kind, name in found if kind == "claim"}
    for kind in _OF:
        about |= _claims_of(connection, kind, {name for each, name in found if each == kind})
    return News(last, frozenset(about), frozenset(each for each in found if each[0] not in {"claim", *_OF}))


def _claims_of(connection: Connection, kind: str, names: Iterable[str]) -> set[str]:
    key, claim_id = _OF[kind]
    wanted = list(names)
    return set(connection.execute(select(claim_id).where(key.in_(wanted))).scalars()) if wanted else set()
