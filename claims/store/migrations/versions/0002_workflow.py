"""People, settings and snapshots; a listing beside the claims, by which pages are found; full text."""

from __future__ import annotations

import json
import re
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

# As the program wrote and searched text when this change was made; later changes of either have migrations of their own.
_ESCAPED = re.compile("\N{SYMBOL FOR ESCAPE}([0-9a-f]{4})")
_UNSPACED = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSPACED}]|(?:(?![{_UNSPACED}])[^\W_])+")
_BETWEEN = "\x1f"

_SEARCH = {
    "sqlite": [
        "CREATE VIRTUAL TABLE search USING fts5(words, content='', detail=none, columnsize=0, tokenize='ascii')"
    ],
    "postgresql": [
        f"CREATE INDEX search_{name} ON claims USING gin (array_to_tsvector(string_to_array({name}, ' ')))"
        for name in ("words", "why_words")
    ],
}
_OLD_INDEXES = {
    "articles": ["ix_articles_sha256", "ix_articles_story", "ix_articles_url"],
    "claims": [
        "claims_by_article",
        "claims_by_checked_at",
        "claims_by_date",
        "claims_by_figure",
        "claims_by_newest",
        "claims_by_rank",
        "claims_counted",
        "claims_of_article",
        "claims_of_speaker",
    ],
    "events": ["events_of_actor", "events_of_batch", "events_of_subject", "events_undone"],
    "marks": ["ix_marks_claim_id"],
    "sources": ["ix_sources_claim_id"],
}
_TOGETHER = 500
_LONGEST = 100


def upgrade() -> None:
    """Make the new tables, and move what the old ones hold."""
    connection = op.get_bind()
    plain = sa.Text(collation="C") if connection.dialect.name == "postgresql" else sa.Text()
    instant = sa.String(27, collation="C") if connection.dialect.name == "postgresql" else sa.String(27)
    for table, names in _OLD_INDEXES.items():
        for name in names:
            op.drop_index(name, table)
        op.rename_table(table, f"old_{table}")
    if connection.dialect.name == "postgresql":
        for table in _OLD_INDEXES:
            op.execute(f"ALTER INDEX {table}_pkey RENAME TO old_{table}_pkey")
        op.execute("ALTER TABLE old_articles RENAME CONSTRAINT articles_no_key TO old_articles_no_key")
        for table, column in (("claims", "article_id"), ("marks", "claim_id"), ("sources", "claim_id")):
            op.execute(f"ALTER TABLE old_{table} RENAME CONSTRAINT {table}_{column}_fkey TO old_{table}_{column}_fkey")
    _make(plain, instant)
    _move(connection)
    for table in ("sources", "marks", "claims", "articles", "events"):
        op.drop_table(f"old_{table}")
    for statement in _SEARCH[connection.dialect.name]:
        op.execute(statement)
    if connection.dialect.name == "sqlite":
        op.execute("INSERT INTO search(rowid, words) SELECT 2 * no, words FROM claims WHERE words <> ''")
        op.execute("INSERT INTO search(rowid, words) SELECT 2 * no + 1, why_words FROM claims WHERE why_words <> ''")


def _make(plain: sa.types.TypeEngine[str], instant: sa.types.TypeEngine[str]) -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "events",
        sa.Column("seq", number, autoincrement=False, nullable=False),
        sa.Column("event_id", plain, nullable=False),
        sa.Column("at", instant, nullable=False),
        sa.Column("actor", plain, nullable=False),
        sa.Column("act", plain, nullable=False),
        sa.Column("subject_kind", plain, nullable=False),
        sa.Column("subject_id", plain, nullable=False),
        sa.Column("batch", plain, nullable=False),
        sa.Column("undoes", plain),
        sa.Column("old", sa.Text()),
        sa.Column("new", sa.Text(), nullable=False),
        sa.Column("why", plain, nullable=False),
        sa.Column("previous_hash", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index("events_of_actor", "events", ["actor", "seq"])
    op.create_index("events_of_subject", "events", ["subject_id", "seq"])
    taken_back = sa.text("undoes IS NOT NULL")
    op.create_index("events_undone", "events", ["undoes"], sqlite_where=taken_back, postgresql_where=taken_back)
    op.create_table(
        "people",
        sa.Column("name", plain, nullable=False),
        sa.Column("role", plain, nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "settings",
        sa.Column("name", plain, nullable=False),
        sa.Column("value", sa.JSON()),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "snapshots",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("media_type", plain, nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256"),
    )
    op.create_table(
        "articles",
        sa.Column("article_id", plain, nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("story", plain, nullable=False),
        sa.Column("title", plain, nullable=False),
        sa.Column("byline", plain, nullable=False),
        sa.Column("publisher", plain, nullable=False),
        sa.Column("published", sa.Date()),
        sa.Column("published_from", plain, nullable=False),
        sa.Column("url", plain),
        sa.Column("source", plain, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("furniture", sa.JSON(), nullable=False),
        sa.Column("removed", plain, nullable=False),
        sa.Column("read_at", instant, nullable=False),
        sa.Column("read_by", plain, nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["sha256"], ["snapshots.sha256"]),
        sa.PrimaryKeyConstraint("article_id"),
        sa.UniqueConstraint("no"),
    )
    op.create_index("ix_articles_sha256", "articles", ["sha256"])
    op.create_index("ix_articles_story", "articles", ["story"], postgresql_using="hash")
    op.create_index("ix_articles_url", "articles", ["url"], postgresql_using="hash")
    op.create_table(
        "claims",
        sa.Column("no", number, autoincrement=False, nullable=False),
        sa.Column("claim_id", plain, nullable=False),
        sa.Column("article_id", plain, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("sentence_no", sa.Integer()),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("quote", plain, nullable=False),
        sa.Column("prefix", plain),
        sa.Column("suffix", plain),
        sa.Column("claim", plain, nullable=False),
        sa.Column("kinds", plain),
        sa.Column("speaker", plain),
        sa.Column("cue", plain),
        sa.Column("attribution", plain),
        sa.Column("figure_low", sa.Double()),
        sa.Column("figure_high", sa.Double()),
        sa.Column("figure_unit", plain),
        sa.Column("quantifier", plain),
        sa.Column("date_text", plain),
        sa.Column("date_first", sa.Date()),
        sa.Column("date_last", sa.Date()),
        sa.Column("checkability", sa.Double(), nullable=False),
        sa.Column("reasons", plain),
        sa.Column("priority", plain, nullable=False),
        sa.Column("status", plain, nullable=False),
        sa.Column("assignee", plain),
        sa.Column("checker", plain),
        sa.Column("checked_at", instant),
        sa.Column("verdict", plain),
        sa.Column("confidence", plain),
        sa.Column("likelihood", sa.Double()),
        sa.Column("corrected_value", plain),
        sa.Column("rationale", plain),
        sa.Column("verdict_as_of", sa.Date()),
        sa.Column("second_reader", plain),
        sa.Column("second_verdict", plain),
        sa.Column("second_confidence", plain),
        sa.Column("agreement", plain),
        sa.Column("decided_by", plain),
        sa.Column("decided_at", instant),
        sa.Column("signed_off_by", plain),
        sa.Column("signed_off_at", instant),
        sa.Column("review_by", sa.Date()),
        sa.Column("repeat_of", plain),
        sa.Column("contradicts", plain),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("scale", plain),
        sa.Column("origin", plain, nullable=False),
        sa.Column("parents", sa.JSON(), nullable=False),
        sa.Column("dropped_why", plain),
        sa.Column("notice", plain),
        sa.Column("added_at", instant, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("why_words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.article_id"]),
        sa.PrimaryKeyConstraint("no"),
        sa.UniqueConstraint("claim_id"),
    )
    op.create_index("ix_claims_article_id", "claims", ["article_id"])
    op.create_table(
        "listing",
        sa.Column("no", number, autoincrement=False, nullable=False),
        sa.Column("status", plain, nullable=False),
        sa.Column("verdict", plain),
        sa.Column("confidence", plain),
        sa.Column("priority", plain, nullable=False),
        sa.Column("kinds", plain, nullable=False),
        sa.Column("has_figure", sa.Boolean(), nullable=False),
        sa.Column("has_date", sa.Boolean(), nullable=False),
        sa.Column("has_sources", sa.Boolean(), nullable=False),
        sa.Column("article_no", sa.Integer(), nullable=False),
        sa.Column("speaker", plain),
        sa.Column("assignee", plain),
        sa.Column("agreement", plain),
        sa.Column("dropped", sa.Boolean(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("by_rank", sa.Double(), nullable=False),
        sa.Column("by_figure", sa.Double(), nullable=False),
        sa.Column("by_date", sa.Date(), nullable=False),
        sa.Column("by_checked", instant, nullable=False),
        sa.Column("added_at", instant, nullable=False),
        sa.Column("facets", plain, nullable=False),
        sa.ForeignKeyConstraint(["no"], ["claims.no"]),
        sa.PrimaryKeyConstraint("no"),
    )
    op.create_index("listing_by_article", "listing", ["article_no", "seq", "start", "no"])
    op.create_index("listing_by_checked_at", "listing", [sa.text("by_checked DESC"), "no"])
    op.create_index("listing_by_date", "listing", ["by_date", "no"])
    op.create_index("listing_by_facets", "listing", ["facets"])
    op.create_index("listing_by_figure", "listing", [sa.text("by_figure DESC"), "no"])
    op.create_index(
        "listing_by_newest", "listing", [sa.text("added_at DESC"), sa.text("article_no DESC"), "seq", "start", "no"]
    )
    op.create_index("listing_by_rank", "listing", ["by_rank", "no"])
    op.create_index("listing_by_sources", "listing", ["has_sources"])
    for name in ("assignee", "agreement"):
        given = sa.text(f"{name} IS NOT NULL")
        op.create_index(f"listing_by_{name}", "listing", [name], sqlite_where=given, postgresql_where=given)
    op.create_index("listing_by_speaker", "listing", ["speaker", "dropped"])
    op.create_table(
        "marks",
        sa.Column("mark_id", plain, nullable=False),
        sa.Column("claim_id", plain, nullable=False),
        sa.Column("reader", plain, nullable=False),
        sa.Column("reading", plain, nullable=False),
        sa.Column("scale", plain, nullable=False),
        sa.Column("verdict", plain, nullable=False),
        sa.Column("confidence", plain, nullable=False),
        sa.Column("likelihood", sa.Double()),
        sa.Column("corrected_value", plain),
        sa.Column("rationale", plain),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("marked_at", instant, nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.claim_id"]),
        sa.PrimaryKeyConstraint("mark_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_marks_claim_id", "marks", ["claim_id"])
    op.create_table(
        "sources",
        sa.Column("source_id", plain, nullable=False),
        sa.Column("claim_id", plain, nullable=False),
        sa.Column("location", plain, nullable=False),
        sa.Column("title", plain, nullable=False),
        sa.Column("publisher", plain, nullable=False),
        sa.Column("published", sa.Date()),
        sa.Column("quoted", plain, nullable=False),
        sa.Column("stance", plain, nullable=False),
        sa.Column("origin", plain, nullable=False),
        sa.Column("snapshot", sa.String(64)),
        sa.Column("added_by", plain, nullable=False),
        sa.Column("added_at", instant, nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.claim_id"]),
        sa.ForeignKeyConstraint(["snapshot"], ["snapshots.sha256"]),
        sa.PrimaryKeyConstraint("source_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_sources_claim_id", "sources", ["claim_id"])


def _move(connection: sa.Connection) -> None:
    columns = {
        table: [column["name"] for column in sa.inspect(connection).get_columns(f"old_{table}")]
        for table in _OLD_INDEXES
    }
    _copy("events", columns["events"])
    last = ""
    while some := _after(connection, "old_articles", "article_id", last):
        _keep_texts(connection, some)
        last = some[-1]["article_id"]
    _copy("articles", [name for name in columns["articles"] if name not in {"text", "words"}])
    kept = sa.MetaData()
    for name in ("claims", "listing"):
        sa.Table(name, kept, autoload_with=connection)
    last = ""
    while some := _after(connection, "old_claims", "claim_id", last):
        _put_claims(connection, kept, [dict(row) for row in some])
        last = some[-1]["claim_id"]
    _copy("sources", columns["sources"])
    _copy("marks", columns["marks"])


def _copy(table: str, columns: list[str]) -> None:
    named = ", ".join(columns)
    op.execute(f"INSERT INTO {table} ({named}) SELECT {named} FROM old_{table}")  # noqa: S608 - names of our own


def _after(connection: sa.Connection, table: str, key: str, last: str) -> list[sa.RowMapping]:
    asked = sa.text(f"SELECT * FROM {table} WHERE {key} > :last ORDER BY {key} LIMIT {_TOGETHER}")  # noqa: S608
    return list(connection.execute(asked, {"last": last}).mappings())


def _keep_texts(connection: sa.Connection, some: list[sa.RowMapping]) -> None:
    """The texts of articles become snapshots, each content once."""
    contents = {row["sha256"]: _text(row["text"]).encode("utf-8", "surrogatepass") for row in some}
    there = set(connection.execute(sa.text("SELECT sha256 FROM snapshots")).scalars())
    new = [
        {"sha256": name, "kind": "text/plain; charset=utf-8", "size": len(content), "content": content}
        for name, content in contents.items()
        if name not in there
    ]
    if new:
        statement = "INSERT INTO snapshots (sha256, media_type, size, content) VALUES (:sha256, :kind, :size, :content)"
        connection.execute(sa.text(statement), new)


def _put_claims(connection: sa.Connection, kept: sa.MetaData, some: list[dict[str, object]]) -> None:
    """Claims get the number of the event that made them, their words as they are searched, and a place in the listing."""
    made = sa.text(
        "SELECT subject_id, min(seq) AS no FROM events WHERE subject_kind = 'claim' AND subject_id >= :first "
        "AND subject_id <= :last GROUP BY subject_id"
    )
    numbers: dict[object, int] = dict(
        connection.execute(made, {"first": some[0]["claim_id"], "last": some[-1]["claim_id"]}).all()
    )
    titles: dict[object, str] = dict(connection.execute(sa.text("SELECT article_id, title FROM articles")).all())
    claims, listing = kept.tables["claims"], kept.tables["listing"]
    for row in some:
        row["no"] = numbers[row["claim_id"]]
        row["parents"] = row["parents"] if isinstance(row["parents"], list) else json.loads(str(row["parents"]))
        row["words"] = _words(row["claim"], row["quote"], row["speaker"], titles[row["article_id"]])
        row["why_words"] = _words(row["rationale"])
        row["scale"] = None  # no event of then tells it: the marks do
        names = ("kinds", "priority", "confidence", "verdict", "status")
        row["facets"] = _BETWEEN.join(str(row[name] or "").replace(_BETWEEN, " ")[:_LONGEST] for name in names)
        row["dropped"] = row["status"] == "dropped"
        row["listed kinds"] = f"|{row['kinds'] or ''}|"
    _insert(connection, claims, [{name: row.get(name) for name in claims.columns.keys()} for row in some])  # noqa: SIM118
    _insert(
        connection,
        listing,
        [
            {name: row.get(name) for name in listing.columns.keys()}  # noqa: SIM118
            | {"kinds": row["listed kinds"]}
            | _cut(row)
            for row in some
        ],
    )


def _cut(row: dict[str, object]) -> dict[str, object]:
    return {name: str(row[name])[:_LONGEST] if row[name] else row[name] for name in ("speaker", "assignee")}


def _insert(connection: sa.Connection, table: sa.Table, some: list[dict[str, object]]) -> None:
    names = list(some[0])
    quoted = ", ".join(f'"{name}"' for name in names)
    places = ", ".join(f":p{number}" for number in range(len(names)))
    rows = [
        {
            f"p{number}": json.dumps(value) if isinstance(value, list) else value
            for number, value in enumerate(row.values())
        }
        for row in some
    ]
    connection.execute(sa.text(f"INSERT INTO {table.name} ({quoted}) VALUES ({places})"), rows)  # noqa: S608


def _words(*texts: object) -> str:
    found: set[str] = set()
    for each in texts:
        folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", _text(each)).casefold())
        found.update(_WORD.findall("".join(sign for sign in folded if not unicodedata.combining(sign))))
    return " ".join(sorted(found))


def _text(kept: object) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(kept or ""))
