"""The shelf: the sources that stand, with the words of their documents, as the library looks through them.

It is worked out from the record and follows its events: the text of a document is taken out of it before a search and not
while somebody saves. Nothing here is evidence, and a record is whole without it.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, Select, delete, func, insert, or_, select, text, update

from claims.errors import NotThere, ReadingError
from claims.store import rows, searching, sourcing, texts
from claims.store.events import newest
from claims.store.schema import events, shelf, shelved, sources
from claims.store.snapshots import REREAD
from claims.store.sourcing import StoredSource

if TYPE_CHECKING:
    from claims.store.database import Database

#: Events that are followed in one write.
_TOGETHER = 50

#: Bytes that the words of a source have together, and letters that one of them has: PostgreSQL's tsvector tells apart what lies in
#: its first MiB, and loses the rest without a word. Both databases keep the same.
_MOST, _LONGEST = 900_000, 300

#: Where SQLite's index says it, on other claims than one.
_SAID = """
    FROM search_shelf WHERE search_shelf MATCH :said AND rowid NOT IN (
        SELECT shelf.no FROM shelf JOIN sources ON sources.source_id = shelf.source_id WHERE sources.claim_id = :beside
    )
"""


@dataclass(frozen=True, slots=True)
class Shelved:
    """A source on the shelf: the claim it stands on, and all its words and those of its document."""

    claim_id: str
    stored: StoredSource
    words: frozenset[str]


def follow(database: Database, seconds: float) -> bool:
    """Bring the shelf up to the record, within about so many seconds; whether it is there. A document takes its own time."""
    until = time.monotonic() + seconds
    while True:
        with database.reading() as connection:
            reached = _reached(connection)
            there, due = newest(connection), _due(connection, reached)
        if reached == there:
            return True
        entries: dict[str, str | None] = {}
        upto = there if len(due) < _TOGETHER else due[-1][0]
        for seq, told in due:
            entries |= {row["source_id"]: _words(database, row) for row in told}
            if time.monotonic() > until and seq < due[-1][0]:
                upto = seq
                break
        with database.writing() as connection:
            if _reached(connection) == reached:  # nobody else was there meanwhile
                _put(connection, entries)
                connection.execute(delete(shelved))
                connection.execute(insert(shelved).values(seq=upto))
        if time.monotonic() > until:
            return upto == there


def counted(connection: Connection, words: Sequence[str], beside: str = "") -> dict[str, int]:
    """How many sources say each of these words; those of the claim ``beside`` are none."""
    if connection.dialect.name == "postgresql":
        asked = {word: _said(func.count(), [word], beside) for word in words}
        return {word: connection.execute(query).scalar_one() for word, query in asked.items()}
    query, given = text("SELECT count(*)" + _SAID), {word: searching.asked_for([word]) for word in words}
    return {
        word: connection.execute(query, {"said": said, "beside": beside}).scalar_one() for word, said in given.items()
    }


def saying(connection: Connection, asked: Sequence[Sequence[str]], most: int, beside: str = "") -> list[Shelved]:
    """Sources that say all the words of one of these lists, at most so many a list, each once; none of the claim ``beside``."""
    found: dict[int, None] = {}
    for words in asked:
        found |= dict.fromkeys(_numbers(connection, words, most, beside))
    query = select(shelf.c.words, sources).join(sources, sources.c.source_id == shelf.c.source_id)
    named = query.where(shelf.c.no.in_(found), sources.c.removed.is_(False)).order_by(shelf.c.no)
    return [
        Shelved(row["claim_id"], sourcing.stored(row), frozenset(row["words"].split()))
        for row in connection.execute(named).mappings()
    ]


def _numbers(connection: Connection, words: Sequence[str], most: int, beside: str) -> Sequence[int]:
    if connection.dialect.name == "postgresql":
        return connection.execute(_said(shelf.c.no, words, beside).limit(most)).scalars().all()
    query = text("SELECT rowid" + _SAID + "LIMIT :most")
    said = searching.asked_for(words)
    return connection.execute(query, {"said": said, "beside": beside, "most": most}).scalars().all()


def _said(what: ColumnElement[int], words: Sequence[str], beside: str) -> Select[Any]:
    """What is asked of the rows that have all these words by PostgreSQL's index, those of one claim left out."""
    own = select(shelf.c.no).join(sources, sources.c.source_id == shelf.c.source_id).where(sources.c.claim_id == beside)
    return select(what).where(searching.says(shelf.c.words, words), shelf.c.no.not_in(own))


def _reached(connection: Connection) -> int:
    return connection.execute(select(shelved.c.seq)).scalar() or 0


def _due(connection: Connection, reached: int) -> list[tuple[int, list[rows.Found]]]:
    """The next events that tell of a source, or of another text of its document, by number, each with the sources as they stand now."""
    of_source = events.c.subject_kind == "source"
    told = (
        select(events.c.seq, events.c.subject_id, of_source.label("of_source"))
        .where(events.c.seq > reached, or_(of_source, events.c.act == REREAD))
        .order_by(events.c.seq)
        .limit(_TOGETHER)
    )
    found = connection.execute(told).all()
    named = _by(connection, sources.c.source_id, {event.subject_id for event in found if event.of_source})
    quoting = _by(connection, sources.c.snapshot, {event.subject_id for event in found if not event.of_source})
    return [(each.seq, (named if each.of_source else quoting).get(each.subject_id, [])) for each in found]


def _by(connection: Connection, column: ColumnElement[str], wanted: set[str]) -> dict[str, list[rows.Found]]:
    """The sources that have one of these in a column, by it."""
    found: dict[str, list[rows.Found]] = {}
    if wanted:
        for row in connection.execute(select(sources).where(column.in_(wanted))).mappings():
            found.setdefault(row[column], []).append(row)
    return found


def _words(database: Database, row: Mapping[Any, Any]) -> str | None:
    """What the shelf is to hold of a source; None where it was removed."""
    if row["removed"]:
        return None
    document = ""
    if row["snapshot"]:
        try:
            with database.reading() as connection:
                document = texts.text_in(connection, row["snapshot"])
        except (ReadingError, NotThere):
            pass  # a picture, a page without words, one that is not kept any more: found by what is said of it
    return " ".join(_kept(searching.words_of(row["title"], row["publisher"], row["quoted"], document)))


def _kept(words: list[str]) -> list[str]:
    """As many of these words as a source may have on the shelf; what is left out is the longest, which is hardly a word."""
    if len(words) * (_LONGEST + 1) <= _MOST and max(map(len, words), default=0) <= _LONGEST:
        return words
    kept, room = [], _MOST
    for word in sorted((word for word in words if len(word) <= _LONGEST), key=len):
        room -= len(word.encode()) + 1
        if room < 0:
            break
        kept.append(word)
    return sorted(kept)


def _put(connection: Connection, entries: Mapping[str, str | None]) -> None:
    held = select(shelf).where(shelf.c.source_id.in_(entries))
    before = {row["source_id"]: row for row in connection.execute(held).mappings()}
    is_sqlite = connection.dialect.name == "sqlite"
    for source_id, words in entries.items():
        old = before.get(source_id)
        if old is not None and old["words"] == words:
            continue
        if old is not None and is_sqlite:
            taken_out = "INSERT INTO search_shelf(search_shelf, rowid, words) VALUES ('delete', ?, ?)"
            connection.exec_driver_sql(taken_out, (old["no"], old["words"]))
        if words is None:
            connection.execute(delete(shelf).where(shelf.c.source_id == source_id))
            continue
        if old is not None:
            connection.execute(update(shelf).where(shelf.c.no == old["no"]).values(words=words))
            no = old["no"]
        else:
            made = connection.execute(insert(shelf).values(source_id=source_id, words=words))
            no = made.inserted_primary_key[0] if made.inserted_primary_key else None
        if is_sqlite:
            connection.exec_driver_sql("INSERT INTO search_shelf(rowid, words) VALUES (?, ?)", (no, words))
