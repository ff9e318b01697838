"""Proof of the record: the chain of events is whole, and what stands in the tables is what the events add up to."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any

from sqlalchemy import Connection, Row, String, and_, delete, exists, func, or_, select, type_coerce

from claims.errors import StoreCorrupt
from claims.store import rows, searching
from claims.store.events import NO_HASH, digest, searched, tail
from claims.store.schema import KEYS, SUBJECTS, articles, claims, events, listing, snapshots, sources
from claims.store.snapshots import ARTICLE
from claims.store.writing import insert_rows

_STREAMED = {"yield_per": 1000}

#: Rows that a rebuild holds at a time.
_TOGETHER = 500


#: What the events of a document tell of its row; its size is held against its bytes.
_OF_DOCUMENT = ("media_type", "text", "reader", "reading", "problem")

_texts = snapshots.alias("texts")

#: What is worked out of a claim, its article and its sources, so that it is held against them and against no event.
LISTING = "listing"

_PLACED = {name: column.label(f"listed {name}") for name, column in listing.columns.items()}

#: What stands in place of a column's name where a table holds a cell that cannot be read at all.
UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """The first event that does not fit the one before it, and how."""

    seq: int
    why: str


@dataclass(frozen=True, slots=True)
class Chain:
    """How long the chain of events is, the hash of the newest, and how many things of each kind there are."""

    events: int
    head: str
    kept: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Difference:
    """A column that does not hold what the events say; for a snapshot, the SHA-256 of its bytes.

    Of the kind :data:`LISTING` it is what a search reads of this claim, and ``told`` what follows from the claim's row.
    """

    kind: str
    subject_id: str
    column: str
    stands: object
    told: object


def verify(connection: Connection) -> BrokenLink | None:
    """Walk the chain of events from the first to the last; None where it is whole."""
    previous, last = NO_HASH, 0
    # The moment as it stands: one that was tampered with may be none any more.
    columns = [type_coerce(column, String) if column is events.c.at else column for column in events.columns]
    with connection.execute(select(*columns).order_by(events.c.seq), execution_options=_STREAMED) as walked:
        try:
            for event in walked.mappings():
                if event["seq"] != last + 1:
                    return BrokenLink(event["seq"], f"Event {last + 1} is missing.")
                if event["previous_hash"] != previous:
                    return BrokenLink(event["seq"], f"Event {event['seq']} does not follow event {last}.")
                if event["hash"] != digest(event):
                    return BrokenLink(event["seq"], f"Event {event['seq']} was changed after it was written.")
                previous, last = event["hash"], event["seq"]
        except (TypeError, ValueError, AttributeError):  # a cell that is no text any more
            return BrokenLink(last + 1, f"Event {last + 1}, or one soon after it, cannot be read any more.")
    if not last and any(connection.execute(select(table).limit(1)).first() for table in SUBJECTS.values()):
        return BrokenLink(1, "All events are missing: the tables hold what no event tells of.")
    return None


def chain(connection: Connection) -> Chain:
    """The chain in numbers."""
    tables = {**SUBJECTS, "snapshot": snapshots}
    kept = {
        kind: connection.execute(select(func.count()).select_from(each)).scalar_one() for kind, each in tables.items()
    }
    return Chain(*tail(connection), kept)


def event_of_hash(connection: Connection, beginning: str) -> int | None:
    """The number of the event whose hash begins so; None where none does."""
    found = select(events.c.seq).where(events.c.hash.startswith(beginning, autoescape=True))
    return connection.execute(found.order_by(events.c.seq).limit(1)).scalar()


def differences(connection: Connection) -> Iterator[Difference]:
    """Where the tables hold something else than the fold of the events; nothing, where the record is sound."""
    unreadable, unlike = False, set[tuple[str, str]]()
    for kind, table in SUBJECTS.items():
        key = table.c[KEYS[kind]]
        try:
            standing = connection.execute(select(table).order_by(key), execution_options=_STREAMED).mappings()
            for found in _compared(kind, folded(connection, kind), iter(standing)):
                unlike.add((kind, found.subject_id))
                yield found
        except (ValueError, TypeError) as error:  # a day that is none, JSON that ends in the middle
            unreadable = True
            yield Difference(kind, "all", UNREADABLE, str(error), None)
    if not unreadable:  # it is worked out from those tables
        yield from _listed(connection, unlike)
    yield from contents(connection)


def folded(connection: Connection, kind: str) -> Iterator[tuple[str, rows.Row]]:
    """Each subject of a kind as its events add up, by its name, in the order of the names."""
    columns = (events.c.seq, events.c.subject_id, events.c.new)
    told = select(*columns).where(events.c.subject_kind == kind).order_by(events.c.subject_id, events.c.seq)
    found = connection.execute(told, execution_options=_STREAMED)
    for subject, group in groupby(found, key=lambda each: str(each.subject_id)):
        first = next(group)
        new = [_read(kind, each) for each in (first, *group)]
        yield subject, rows.fold(kind, new) | ({"no": first.seq} if kind == "claim" else {})


def _read(kind: str, event: Row[Any, Any, Any]) -> rows.Row:
    try:
        return rows.from_json(kind, event.new)
    except (ValueError, TypeError, AttributeError) as error:
        raise StoreCorrupt(
            f"Event {event.seq} cannot be read any more.", "Put back a copy of the record from before."
        ) from error


def _compared(kind: str, told: Iterator[tuple[str, rows.Row]], standing: Iterator[rows.Found]) -> Iterator[Difference]:
    """Both sides come in the order of their keys: walked together, so that nothing is held."""
    key = KEYS[kind]
    stands = next(standing, None)
    for subject, row in told:
        while stands is not None and stands[key] < subject:
            yield Difference(kind, stands[key], key, stands[key], None)
            stands = next(standing, None)
        if stands is None or stands[key] != subject:
            yield Difference(kind, subject, key, None, subject)
            continue
        yield from _unlike(kind, subject, stands, row)
        stands = next(standing, None)
    for left in itertools.chain([stands] if stands is not None else [], standing):
        yield Difference(kind, left[key], key, left[key], None)


def _unlike(kind: str, subject: str, stands: rows.Found, told: rows.Found) -> Iterator[Difference]:
    yield from (
        Difference(kind, subject, name, stands[name], value) for name, value in told.items() if stands[name] != value
    )


def _listed(connection: Connection, unlike: AbstractSet[tuple[str, str]]) -> Iterator[Difference]:
    """Where the listing is not what a claim, its article and its sources say.

    Where one of those is ``unlike`` its events that is told already, and the listing follows once it is mended.
    """
    sourced = exists().where(sources.c.claim_id == claims.c.claim_id, sources.c.removed.is_(False))
    found = (
        select(claims, articles.c.no.label("article_no"), articles.c.title, sourced.label("sourced"), *_PLACED.values())
        .join(articles, articles.c.article_id == claims.c.article_id)
        .outerjoin(listing, listing.c.no == claims.c.no)
        .order_by(claims.c.no)
    )
    said, kinds = 0, {kind for kind, _ in unlike}
    with connection.execute(found, execution_options=_STREAMED) as claimed:
        for row in claimed.mappings():
            if not {("claim", row["claim_id"]), ("article", row["article_id"])} & unlike:
                yield from _misplaced(row, sources_hold="source" not in kinds)
            said += len(row["words"].split()) + len(row["why_words"].split())
    if "claim" not in kinds:
        left = select(listing.c.no).where(~exists().where(claims.c.no == listing.c.no)).order_by(listing.c.no)
        yield from (Difference(LISTING, str(no), "no", no, None) for no in connection.execute(left).scalars())
    if (found_there := searching.size(connection)) is not None and found_there != said:
        yield Difference(LISTING, "all", "search", found_there, said)


def _misplaced(row: rows.Found, *, sources_hold: bool) -> Iterator[Difference]:
    """Where what a search reads of a claim does not follow from its row, with its article's and its listing's beside it."""
    stands = {name: row[column.name] for name, column in _PLACED.items()}
    if stands["no"] is None:
        yield Difference(LISTING, row["claim_id"], "no", None, row["no"])
        return
    told = rows.listed(row, row["article_no"], has_sources=bool(row["sourced"]))
    if not sources_hold:
        del told["has_sources"]
    yield from _unlike(LISTING, row["claim_id"], row, searched(row, row["title"]))
    yield from _unlike(LISTING, row["claim_id"], stands, told)


def contents(connection: Connection) -> Iterator[Difference]:
    """Snapshots whose bytes are not what their names say, and names under which nothing is kept."""
    kept = select(snapshots.c.sha256, snapshots.c.size, snapshots.c.content).order_by(snapshots.c.sha256)
    for row in connection.execute(kept, execution_options={"yield_per": 10}):
        found = hashlib.sha256(row.content).hexdigest() if isinstance(row.content, bytes) else "that of no bytes"
        if found != row.sha256:
            yield Difference("snapshot", row.sha256, "sha256", found, row.sha256)
        elif row.size != len(row.content):
            yield Difference("snapshot", row.sha256, "size", row.size, len(row.content))
    yield from _documents(connection)
    for kind, key, named in (
        ("article", articles.c.article_id, articles.c.sha256),
        ("source", sources.c.source_id, sources.c.snapshot),
    ):
        gone = select(key, named).where(named.is_not(None), ~exists().where(snapshots.c.sha256 == named))
        for subject, name in connection.execute(gone):
            yield Difference(kind, subject, named.name, None, name)


def _documents(connection: Connection) -> Iterator[Difference]:
    """Documents that are not what the events of their keeping and reading tell, and texts of theirs that are gone."""
    columns = [snapshots.c[name] for name in _OF_DOCUMENT]
    for name, told in folded(connection, "snapshot"):
        stands = connection.execute(select(*columns).where(snapshots.c.sha256 == name)).mappings().first()
        if stands is None:
            yield Difference("snapshot", name, "content", None, name)
        else:
            yield from _unlike("snapshot", name, stands, {column: told[column] for column in _OF_DOCUMENT})
    yield from _untold(connection)
    named = select(snapshots.c.sha256, snapshots.c.text).where(snapshots.c.text.is_not(None))
    gone = named.where(~exists().where(_texts.c.sha256 == snapshots.c.text)).order_by(snapshots.c.sha256)
    for text in dict.fromkeys(row.text for row in connection.execute(gone)):
        yield Difference("snapshot", text, "content", None, text)


def _untold(connection: Connection) -> Iterator[Difference]:
    """Contents of whose keeping no event tells, and of which something is said that nobody can have said.

    That is the text of an article or of a document, which is text. It may be a document of an earlier version's record too: of
    that the kind is what was said when it was kept, and can be compared with nothing.
    """
    named = snapshots.c.sha256
    is_text = or_(exists().where(articles.c.sha256 == named), exists().where(_texts.c.text == named))
    is_no_document = ~exists().where(sources.c.snapshot == named)
    columns = [snapshots.c[name] for name in _OF_DOCUMENT]
    untold = ~exists().where(events.c.subject_kind == "snapshot", events.c.subject_id == named)
    asked = select(named, *columns, and_(is_text, is_no_document).label("is_text")).where(untold).order_by(named)
    for row in connection.execute(asked).mappings():
        told = dict.fromkeys(_OF_DOCUMENT) | {"media_type": ARTICLE if row["is_text"] else row["media_type"]}
        yield from _unlike("snapshot", row["sha256"], row, told)


def rebuild(connection: Connection) -> int:
    """Make the tables anew from the events; returns how many rows they hold. The events and the snapshots stay."""
    if broken := verify(connection):
        raise StoreCorrupt(f"Nothing was made anew: {broken.why}", "Put back a copy of the record from before.")
    searching.empty(connection)
    for table in reversed([*SUBJECTS.values(), listing]):
        connection.execute(delete(table))
    written = 0
    for kind, table in SUBJECTS.items():
        stream = (row for _, row in folded(connection, kind))
        while some := list(islice(stream, _TOGETHER)):
            insert_rows(connection, table, _completed(connection, kind, some))
            written += len(some)
    _list_anew(connection)
    for left in differences(connection):
        if left.kind != "snapshot" and left.column not in {"sha256", "snapshot"}:  # which no event can mend
            raise StoreCorrupt(
                f"Made anew, the {left.kind} {left.subject_id} is still not what the events say.", "Report this."
            )
    return written


def _completed(connection: Connection, kind: str, some: list[rows.Row]) -> list[rows.Row]:
    if kind != "claim":
        return some
    titles = _titles(connection, some)
    return [row | searched(row, titles[row["article_id"]]) for row in some]


def _titles(connection: Connection, some: list[rows.Row]) -> dict[str, str]:
    named = {row["article_id"] for row in some}
    found = select(articles.c.article_id, articles.c.title).where(articles.c.article_id.in_(named))
    return dict(connection.execute(found).all())


def _list_anew(connection: Connection) -> None:
    sourced = exists().where(sources.c.claim_id == claims.c.claim_id, sources.c.removed.is_(False))
    found = select(claims, articles.c.no.label("article_no"), sourced.label("sourced")).join(
        articles, articles.c.article_id == claims.c.article_id
    )
    last = 0
    while (
        some := connection.execute(found.where(claims.c.no > last).order_by(claims.c.no).limit(_TOGETHER))
        .mappings()
        .all()
    ):
        insert_rows(
            connection,
            listing,
            [rows.listed(row, row["article_no"], has_sources=bool(row["sourced"])) for row in some],
        )
        insert_rows(connection, searching.SEARCH, searching.entries(connection.dialect.name, some))
        last = some[-1]["no"]
