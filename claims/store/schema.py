"""The record's tables, for SQLite and PostgreSQL alike; migrations/ brings a database to this shape."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Dialect,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    text,
)
from sqlalchemy.types import TypeEngine

from claims.table import COLUMNS, DAY, NUMBER, TEXT, TIME, WHOLE

#: The migration that makes this shape; a database that names another one is older, or newer than this program.
REVISION = "0009"

#: The sign that we write before the number of what a database cannot hold as text: NUL, and halves of a surrogate pair.
ESCAPE = "\N{SYMBOL FOR ESCAPE}"

_UNSTORABLE = re.compile(f"[\\x00\\ud800-\\udfff{ESCAPE}]")
_STORED = re.compile(f"{ESCAPE}([0-9a-f]{{4}})")


def storable(text: str) -> str:
    r"""The same text without what no database takes; :func:`as_read` restores it.

    >>> storable("in\x00mates").isprintable(), as_read(storable("in\x00mates"))
    (True, 'in\x00mates')
    """
    return _UNSTORABLE.sub(lambda found: f"{ESCAPE}{ord(found[0]):04x}", text)


def as_read(text: str) -> str:
    """The inverse of :func:`storable`."""
    return _STORED.sub(lambda found: chr(int(found[1], 16)), text) if ESCAPE in text else text


#: Text in the order of its code points, whatever order the database was made with.
Plain = Text().with_variant(Text(collation="C"), "postgresql")


class Words(TypeDecorator[str]):
    """Any text at all."""

    impl = Plain
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """To the database."""
        return value if value is None or (value.isascii() and "\0" not in value) else storable(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """From the database."""
        return value if value is None else as_read(value)


class Instant(TypeDecorator[datetime]):
    """A moment in UTC, as ISO 8601 text of one length: it sorts as it runs and comes back to the microsecond."""

    impl = String(27).with_variant(String(27, collation="C"), "postgresql")
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """To the database."""
        return None if value is None else instant_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """From the database."""
        return None if value is None else datetime.fromisoformat(value)


@lru_cache
def instant_text(value: datetime) -> str:
    """A moment as the record writes it.

    >>> instant_text(datetime(2024, 3, 3, 10, 0, tzinfo=UTC))
    '2024-03-03T10:00:00.000000Z'
    """
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


#: Columns of the claims table that the store does not keep with a claim: they are the article's, ...
FROM_ARTICLE: dict[str, str] = {
    "article_title": "title",
    "article_url": "url",
    "publisher": "publisher",
    "published": "published",
}
#: ... counted from its sources, or the same for all.
FROM_SOURCES = ("n_sources", "n_independent", "n_supporting", "n_refuting", "sources")
STORED = tuple(column for column in COLUMNS if column.name not in {*FROM_ARTICLE, *FROM_SOURCES, "schema_version"})

#: What stands for "none" in a sort key, since databases disagree on where NULL belongs.
NO_FIGURE, NO_DAY, NO_TIME = float("-inf"), date.max, datetime.min.replace(tzinfo=UTC)

_TYPES: dict[str, type[TypeEngine[Any]]] = {TEXT: Words, WHOLE: Integer, NUMBER: Double, DAY: Date, TIME: Instant}
_NEEDED = {"article_id", "seq", "start", "end", "quote", "claim", "status", "priority", "checkability", "revision"}

#: The number of an event; in SQLite a whole number that is the key is the row's own address.
_Number = BigInteger().with_variant(Integer, "sqlite")

metadata = MetaData()

# What was read, byte for byte, kept once however often it is referred to; its key is its own proof.
snapshots = Table(
    "snapshots",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("media_type", Words, nullable=False),
    Column("size", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
    # The text that was taken out of a document when it was kept: content of its own, and looked at when all is written, since
    # a copy brings them in any order. None where it has none, or was kept before there was this.
    Column("text", String(64), ForeignKey("snapshots.sha256", deferrable=True, initially="DEFERRED")),
    Column("reader", Words),  # the program and its version that took it out, or found none
    Column("reading", Words),  # what came of that; None where it was kept before there was this
    Column("problem", Words),  # why the text is not there, or not all of it
)
_with_text = snapshots.c.text.is_not(None)
# So that a text is found without the way through a document's bytes, behind which it stands.
Index("snapshots_with_text", snapshots.c.sha256, snapshots.c.text, sqlite_where=_with_text, postgresql_where=_with_text)
# The same of why there is none.
_with_problem = snapshots.c.problem.is_not(None)
Index(
    "snapshots_with_problem", snapshots.c.sha256, snapshots.c.reading, snapshots.c.problem,
    sqlite_where=_with_problem, postgresql_where=_with_problem,
)  # fmt: skip

# How a document came: one row each time that it was fetched, though its content is kept once.
fetches = Table(
    "fetches",
    metadata,
    Column("fetch_id", Words, primary_key=True),
    Column("sha256", String(64), ForeignKey("snapshots.sha256"), nullable=False, index=True),
    Column("asked", Words, nullable=False),  # the address that was asked ...
    Column("answered", Words, nullable=False),  # ... and the one that answered, after all that sent on
    Column("status", Integer, nullable=False),
    Column("headers", JSON(none_as_null=True), nullable=False),  # of the answer, without what is secret
    Column("fetched_at", Instant, nullable=False),
    Column("revision", Integer, nullable=False),
)

articles = Table(
    "articles",
    metadata,
    Column("article_id", Words, primary_key=True),
    Column("no", Integer, nullable=False, unique=True),  # in order of reading
    Column("version", Integer, nullable=False),
    Column("story", Words, nullable=False),  # the article_id of its first version
    Column("title", Words, nullable=False),
    Column("byline", Words, nullable=False),
    Column("publisher", Words, nullable=False),
    Column("published", Date),
    Column("published_from", Words, nullable=False),
    Column("url", Words),
    Column("source", Words, nullable=False),
    Column("sha256", String(64), ForeignKey("snapshots.sha256"), nullable=False, index=True),  # of its text
    Column("furniture", JSON(none_as_null=True), nullable=False),
    Column("removed", Words, nullable=False),  # what reading took out of the page
    Column("read_at", Instant, nullable=False),
    Column("read_by", Words, nullable=False),
    Column("withdrawn", Boolean, nullable=False),  # its reading was taken back
    Column("revision", Integer, nullable=False),
)

# Looked up whole and never in order: a hash takes an address of any length.
for _name in ("story", "url"):
    Index(f"ix_articles_{_name}", articles.c[_name], postgresql_using="hash")

claims = Table(
    "claims",
    metadata,
    Column("no", _Number, primary_key=True, autoincrement=False),  # of the event that made it
    Column("claim_id", Words, nullable=False, unique=True),
    Column("article_id", Words, ForeignKey("articles.article_id"), nullable=False, index=True),
    *(
        Column(column.name, _TYPES[column.dtype], nullable=column.name not in _NEEDED)
        for column in STORED
        if column.name not in {"claim_id", "article_id"}
    ),
    Column("scale", Words),  # whose labels the verdict is one of
    Column("origin", Words, nullable=False),  # found, added, split, merged
    Column("parents", JSON(none_as_null=True), nullable=False),
    Column("dropped_why", Words),
    Column("notice", Words),  # what readers are told of a verdict that was voided
    Column("added_at", Instant, nullable=False),
    # Worked out from the columns above at every write: what a search looks through.
    Column("words", Text, nullable=False),
    Column("why_words", Text, nullable=False),
)
#: The few claims that are linked to others, so that who is linked to is found without going through all.
LINKED = text("(repeat_of IS NOT NULL OR contradicts IS NOT NULL)")
Index("claims_linked", claims.c.no, sqlite_where=LINKED, postgresql_where=LINKED)

#: A claim as the filters and the orders see it: one narrow row beside each claim's wide one, worked out from it, its
#: article and its sources. A page is found here, so that nothing reads what it does not show.
listing = Table(
    "listing",
    metadata,
    Column("no", _Number, ForeignKey("claims.no"), primary_key=True, autoincrement=False),
    Column("status", Words, nullable=False),
    Column("verdict", Words),
    Column("confidence", Words),
    Column("priority", Words, nullable=False),
    Column("kinds", Words, nullable=False),  # with a bar before and after each
    Column("has_figure", Boolean, nullable=False),
    Column("has_date", Boolean, nullable=False),
    Column("has_sources", Boolean, nullable=False),
    Column("article_no", Integer, nullable=False),
    Column("speaker", Words),
    Column("assignee", Words),
    Column("agreement", Words),
    Column("dropped", Boolean, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("by_rank", Double, nullable=False),
    Column("by_figure", Double, nullable=False),
    Column("by_date", Date, nullable=False),
    Column("by_checked", Instant, nullable=False),
    Column("added_at", Instant, nullable=False),
    Column("facets", Words, nullable=False),  # the five that are counted together, in one text
    Column("tags", Words),  # with a bar before and after each
)
Index("listing_by_rank", listing.c.by_rank, listing.c.no)
Index("listing_by_article", listing.c.article_no, listing.c.seq, listing.c.start, listing.c.no)
Index(
    "listing_by_newest",
    listing.c.added_at.desc(),
    listing.c.article_no.desc(),
    listing.c.seq,
    listing.c.start,
    listing.c.no,
)
Index("listing_by_figure", listing.c.by_figure.desc(), listing.c.no)
Index("listing_by_date", listing.c.by_date, listing.c.no)
Index("listing_by_checked_at", listing.c.by_checked.desc(), listing.c.no)
Index("listing_by_facets", listing.c.facets)
Index("listing_by_sources", listing.c.has_sources)
_given = {name: listing.c[name].is_not(None) for name in ("assignee", "agreement")}
for _name, _there in _given.items():
    Index(f"listing_by_{_name}", listing.c[_name], sqlite_where=_there, postgresql_where=_there)
Index("listing_by_speaker", listing.c.speaker, listing.c.dropped)
_tagged = text("tags IS NOT NULL")
Index("listing_by_tags", listing.c.no, sqlite_where=_tagged, postgresql_where=_tagged)

sources = Table(
    "sources",
    metadata,
    Column("source_id", Words, primary_key=True),
    Column("claim_id", Words, ForeignKey("claims.claim_id"), nullable=False, index=True),
    Column("location", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("publisher", Words, nullable=False),
    Column("published", Date),
    Column("quoted", Words, nullable=False),
    Column("stance", Words, nullable=False),
    Column("origin", Words, nullable=False),
    Column("snapshot", String(64), ForeignKey("snapshots.sha256")),  # the document, as it was when it was quoted
    Column("reliability", Words),  # of who says it, A to F
    Column("credibility", Words),  # of what is said, 1 to 6
    Column("archived", Words),  # where a copy of it stands in an archive
    Column("added_by", Words, nullable=False),
    Column("added_at", Instant, nullable=False),
    Column("removed", Boolean, nullable=False),
    Column("revision", Integer, nullable=False),
    sqlite_with_rowid=False,  # their names grow as they come, so that the newest lie together
)

#: The words of each source that stands, its title, publisher and passage, and those of its document: what the library looks
#: through. It follows the events up to the number in :data:`shelved`, and is filled on the way to a search.
shelf = Table(
    "shelf",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("source_id", Words, nullable=False, unique=True),
    Column("words", Text, nullable=False),
)
shelved = Table("shelved", metadata, Column("seq", _Number, primary_key=True, autoincrement=False))

marks = Table(
    "marks",
    metadata,
    Column("mark_id", Words, primary_key=True),
    Column("claim_id", Words, ForeignKey("claims.claim_id"), nullable=False, index=True),
    Column("reader", Words, nullable=False),
    Column("reading", Words, nullable=False),  # first, second or decision
    Column("scale", Words, nullable=False),
    Column("verdict", Words, nullable=False),
    Column("confidence", Words, nullable=False),
    Column("likelihood", Double),
    Column("corrected_value", Words),
    Column("rationale", Words),
    Column("as_of", Date, nullable=False),
    Column("marked_at", Instant, nullable=False),
    Column("withdrawn", Boolean, nullable=False),  # taken back
    Column("revision", Integer, nullable=False),
    sqlite_with_rowid=False,  # their names grow as they come, so that the newest lie together
)

meetings = Table(
    "meetings",
    metadata,
    Column("meeting_id", Words, primary_key=True),
    Column("title", Words, nullable=False),
    Column("chair", Words, nullable=False),
    Column("day", Date, nullable=False),
    Column("state", Words, nullable=False),
    Column("called_at", Instant, nullable=False),
    Column("opened_at", Instant),
    Column("closed_at", Instant),
    Column("item_id", Words),  # what is looked at now
    Column("present", JSON(none_as_null=True), nullable=False),  # names of those who follow it
    Column("revision", Integer, nullable=False),
)

# One claim on the agenda of one meeting, and what the meeting made of it.
items = Table(
    "items",
    metadata,
    Column("item_id", Words, primary_key=True),
    Column("meeting_id", Words, ForeignKey("meetings.meeting_id"), nullable=False, index=True),
    Column("claim_id", Words, ForeignKey("claims.claim_id"), nullable=False, index=True),
    Column("place", Integer, nullable=False),
    Column("reasons", JSON(none_as_null=True), nullable=False),  # sentences: why it is on the agenda
    Column("minutes", Double, nullable=False),  # that it is thought to take
    Column("state", Words, nullable=False),
    Column("begun_at", Instant),  # it was taken up last; None while it is not looked at
    Column("seconds", Double, nullable=False),  # that it took before
    Column("scale", Words),  # whose label the verdict is
    Column("verdict", Words),
    Column("confidence", Words),
    Column("rationale", Words),
    Column("question", Words),  # what more evidence is to answer
    Column("dissent", JSON(none_as_null=True), nullable=False),  # [name, verdict, words]
    Column("owner", Words),
    Column("due", Date),
    Column("decided_by", Words),
    Column("decided_at", Instant),
    Column("revision", Integer, nullable=False),
)

votes = Table(
    "votes",
    metadata,
    Column("vote_id", Words, primary_key=True),
    Column("item_id", Words, ForeignKey("items.item_id"), nullable=False, index=True),
    Column("voter", Words, nullable=False),
    Column("verdict", Words, nullable=False),
    Column("confidence", Words),
    Column("words", Words),
    Column("salt", Words),  # chance: else the hash of a hidden vote's event would tell it to whoever tries them all
    Column("cast_at", Instant, nullable=False),
    Column("withdrawn", Boolean, nullable=False),  # taken back
    Column("revision", Integer, nullable=False),
)

# Who is on which claim just now. It is no part of the record: no event tells of it, and nothing rests on it.
presence = Table(
    "presence",
    metadata,
    Column("person", Words, primary_key=True),
    Column("claim_id", Words, primary_key=True),
    Column("seen_at", Instant, nullable=False),
)

# Sources whose copy in an archive is looked for. No part of the record either: what is found is an event of its source.
archive_tries = Table(
    "archive_tries",
    metadata,
    Column("source_id", Words, primary_key=True),
    Column("save", Boolean, nullable=False),  # where there is no copy, one may be asked for
    Column("asked_by", Words, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("tried_at", Instant),
    Column("next_at", Instant, nullable=False),  # not before
    Column("problem", Words),
    Column("answers", Integer),  # tries since it was asked for that the service answered without giving a copy
    Column("offered", Words),  # a copy that is there and that a person has to look at first
    Column("held_until", Instant),  # somebody asks for it just now
)

people = Table(
    "people",
    metadata,
    Column("name", Words, primary_key=True),
    Column("role", Words, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("revision", Integer, nullable=False),
)

settings = Table(
    "settings",
    metadata,
    Column("name", Words, primary_key=True),
    Column("value", JSON(none_as_null=True)),
    Column("revision", Integer, nullable=False),
)

events = Table(
    "events",
    metadata,
    Column("seq", _Number, primary_key=True, autoincrement=False),  # 1, 2, 3 ...: a gap is a lost event
    Column("event_id", Words, nullable=False),
    Column("at", Instant, nullable=False),
    Column("actor", Words, nullable=False),
    Column("act", Words, nullable=False),
    Column("subject_kind", Words, nullable=False),
    Column("subject_id", Words, nullable=False),
    Column("batch", Words, nullable=False),  # the events of one act, which follow each other: taken back together
    Column("undoes", Words),  # the batch that this one takes back
    Column("old", Text),  # JSON: hashed as it stands
    Column("new", Text, nullable=False),
    Column("why", Words, nullable=False),
    Column("previous_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index("events_of_subject", "subject_id", "seq"),
    Index("events_of_actor", "actor", "seq"),
)
_taken_back = text("undoes IS NOT NULL")
Index("events_undone", events.c.undoes, sqlite_where=_taken_back, postgresql_where=_taken_back)

#: What an event may be about, and where it stands; a table comes before those that refer to it.
SUBJECTS: dict[str, Table] = {
    "article": articles,
    "claim": claims,
    "source": sources,
    "mark": marks,
    "person": people,
    "setting": settings,
    "meeting": meetings,
    "item": items,
    "vote": votes,
    "fetch": fetches,
}
KEYS: dict[str, str] = {
    "article": "article_id",
    "claim": "claim_id",
    "source": "source_id",
    "mark": "mark_id",
    "person": "name",
    "setting": "name",
    "meeting": "meeting_id",
    "item": "item_id",
    "vote": "vote_id",
    "fetch": "fetch_id",
}

#: What an event may tell of: the subjects, which it makes and changes, and the documents, whose bytes lie outside it.
EVENTFUL: dict[str, Table] = {**SUBJECTS, "snapshot": snapshots}
