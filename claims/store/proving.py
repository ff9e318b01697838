"""Proof of the record: the chain of events is whole, and what stands in the tables is what the events add up to."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, select

from claims.store import rows
from claims.store.events import NO_HASH, digest, event_of
from claims.store.schema import KEYS, SUBJECTS, articles, events

_STREAMED = {"yield_per": 1000}


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """The first event that does not fit the one before it, and how."""

    seq: int
    why: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A column that does not hold what the events say; for an article's text, its SHA-256."""

    kind: str
    subject_id: str
    column: str
    stands: object
    told: object


def verify(connection: Connection) -> BrokenLink | None:
    """Walk the chain of events from the first to the last; None where it is whole."""
    previous, last = NO_HASH, 0
    for event in connection.execute(select(events).order_by(events.c.seq), execution_options=_STREAMED).mappings():
        if event["seq"] != last + 1:
            return BrokenLink(event["seq"], f"Event {last + 1} is missing.")
        if event["previous_hash"] != previous:
            return BrokenLink(event["seq"], f"Event {event['seq']} does not follow event {last}.")
        if event["hash"] != digest(event):
            return BrokenLink(event["seq"], f"Event {event['seq']} was changed after it was written.")
        previous, last = event["hash"], event["seq"]
    return None


def differences(connection: Connection) -> Iterator[Difference]:
    """Where the tables hold something else than the fold of the events; nothing, where the record is sound."""
    for kind, table in SUBJECTS.items():
        key = KEYS[kind]
        told = events.select().where(events.c.subject_kind == kind).order_by(events.c.subject_id, events.c.seq)
        folded = groupby(connection.execute(told, execution_options=_STREAMED), key=lambda found: str(found.subject_id))
        standing = iter(
            connection.execute(select(table).order_by(table.c[key]), execution_options=_STREAMED).mappings()
        )
        yield from _compared(kind, folded, standing)
    yield from _texts(connection)


def _compared(
    kind: str, folded: Iterator[tuple[str, Iterator[Any]]], standing: Iterator[rows.Found]
) -> Iterator[Difference]:
    """Both sides come in the order of their keys: walked together, so that nothing is held."""
    key = KEYS[kind]
    told, stands = _fold(kind, folded), next(standing, None)
    for subject, row in told:
        while stands is not None and stands[key] < subject:
            yield Difference(kind, stands[key], key, stands[key], None)
            stands = next(standing, None)
        if stands is None or stands[key] != subject:
            yield Difference(kind, subject, key, None, subject)
            continue
        expected = row | rows.worked_out(kind, row | {name: stands[name] for name in rows.NOT_TOLD.get(kind, ())})
        yield from (
            Difference(kind, subject, name, stands[name], value)
            for name, value in expected.items()
            if stands[name] != value
        )
        stands = next(standing, None)
    for left in itertools.chain([stands] if stands is not None else [], standing):
        yield Difference(kind, left[key], key, left[key], None)


def _fold(kind: str, folded: Iterator[tuple[str, Iterator[Any]]]) -> Iterator[tuple[str, rows.Row]]:
    """Each subject as its events add up."""
    for subject, group in folded:
        row: rows.Row = dict.fromkeys(rows.TOLD[kind])
        revision = 0
        for found in group:
            row |= event_of(found).new
            revision += 1
        yield subject, row | {"revision": revision}


def _texts(connection: Connection) -> Iterator[Difference]:
    kept = select(articles.c.article_id, articles.c.text, articles.c.sha256)
    for row in connection.execute(kept, execution_options=_STREAMED):
        found = hashlib.sha256(row.text.encode("utf-8", "surrogatepass")).hexdigest()
        if found != row.sha256:
            yield Difference("article", row.article_id, "text", found, row.sha256)
