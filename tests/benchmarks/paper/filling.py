"""A record of millions of invented claims, made by the database itself: the store's own tables, filled without the store's verbs.

What is asked of it must cost what it would cost on a desk's: the words follow Zipf's law, a tenth of the claims was worked on, by
people of whom few do much. Not as a desk's: the hashes of its events are not chained, so that :meth:`Store.verify` refuses it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from time import perf_counter

import psycopg

from claims.store import Store
from tests.benchmarks.store import PER_ARTICLE, WORDS

#: Claims of one transaction.
BATCH = 200_000

#: Words that are known, and stretches of six that the sentences are made of, two and two.
KNOWN, STRETCHES = 20_000, 50_000

#: One claim in so many says the rare word.
RARE_IN = 100_000
RARE = "zeppelin"

TABLES = ("snapshots", "articles", "claims", "listing", "sources", "marks", "events")

#: For the connection that fills; durability is the measured part's.
FILLING = (
    "SET synchronous_commit = off",
    "SET maintenance_work_mem = '1500MB'",
    "SET work_mem = '256MB'",
    "SET temp_buffers = '512MB'",
    "SET timezone = 'UTC'",
)

_SYLLABLES = [first + last for first in "bdfgklmnprstvz" for last in "aeiou"]

# The claims of a batch: first what chance says of each, then what follows from it. `a` is the article's number from 1.
_BATCH = f"""
CREATE TEMP TABLE batch ON COMMIT DROP AS
WITH drawn AS MATERIALIZED (
    SELECT n, 1 + (n - 1) / {PER_ARTICLE} AS a, 1 + (n - 1) %% {PER_ARTICLE} AS seq,
        1 + floor(random() * {STRETCHES})::int AS one, 1 + floor(random() * {STRETCHES})::int AS two,
        random() AS figured, random() AS dated, random() AS said, random() AS score, random() AS work, random() AS verdict,
        random() AS sure, random() AS source, random() AS tagged, random() AS given,
        1 + floor(12 * random() ^ 2)::int AS kind, floor(power(10, 1 + 5 * random())) AS amount
    FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS n
), worded AS (
    SELECT drawn.*, one.reasons,
        one.words || CASE WHEN figured < 0.5 THEN ' ' || amount::text ELSE '' END
            || CASE WHEN n %% {RARE_IN} = 1 THEN ' {RARE}' ELSE '' END || ' ' || two.words AS quote,
        CASE WHEN said < 0.6 THEN 'Speaker ' || floor(power(5000, random()))::int END AS speaker,
        CASE WHEN work < 0.860 THEN 'new' WHEN work < 0.880 THEN 'assigned' WHEN work < 0.890 THEN 'in progress'
            WHEN work < 0.930 THEN 'marked' WHEN work < 0.940 THEN 'second reading' WHEN work < 0.957 THEN 'agreed'
            WHEN work < 0.960 THEN 'disputed' WHEN work < 0.962 THEN 'decided' WHEN work < 0.982 THEN 'signed off'
            WHEN work < 0.990 THEN 'published' ELSE 'dropped' END AS status
    FROM drawn JOIN stretches AS one ON one.no = drawn.one JOIN stretches AS two ON two.no = drawn.two
), placed AS (
    SELECT *, (sum(length(quote) + 2) OVER story - length(quote) - 2)::int AS start,
        right(lag(quote) OVER story, 30) || '. ' AS prefix, '. ' || left(lead(quote) OVER story, 30) AS suffix,
        work >= 0.890 AND work < 0.990 AS judged, work >= 0.860 AND work < 0.990 AS taken
    FROM worded WINDOW story AS (PARTITION BY a ORDER BY seq)
)
SELECT n, a, seq, a * {PER_ARTICLE + 1} - {PER_ARTICLE + 1} + 1 + seq AS no, quote, start, prefix, suffix, speaker, status, judged,
    substr(encode(sha256(('story ' || a)::bytea), 'hex'), 1, 16) AS article_id,
    substr(encode(sha256(('claim ' || n)::bytea), 'hex'), 1, 16) AS claim_id,
    upper(left(quote, 1)) || substr(quote, 2) || '.' AS claim,
    ('{{numerical|event,event,quote|event,position,causal|event,numerical|quote,quote,numerical,position|quote,causal,'
     'numerical|causal,numerical|position}}'::text[])[kind] AS kinds,
    CASE WHEN figured < 0.5 THEN amount END AS amount,
    CASE WHEN dated < 0.4 THEN date '2026-10-01' - floor(900 * dated / 0.4 * random())::int END AS day,
    0.02 + 0.96 * score AS checkability,
    CASE WHEN score > 0.7 THEN 'high' WHEN score > 0.3 THEN 'normal' ELSE 'low' END AS priority, reasons,
    CASE WHEN taken THEN 'Checker ' || floor(power(30, given))::int END AS assignee,
    CASE WHEN judged THEN CASE WHEN verdict < 0.4 THEN 'Supported' WHEN verdict < 0.75 THEN 'Refuted'
        WHEN verdict < 0.95 THEN 'Not enough evidence' ELSE 'Conflicting evidence' END END AS verdict,
    CASE WHEN judged THEN CASE WHEN sure < 0.2 THEN 'low' WHEN sure < 0.6 THEN 'moderate' ELSE 'high' END END AS confidence,
    CASE WHEN judged THEN 'The roll call says otherwise ' || rtrim(left(quote, 40)) END AS rationale,
    judged AND source < 0.6 AS has_source,
    CASE WHEN tagged < 0.005 THEN 'tag ' || floor(12 * given)::int END AS tags,
    CASE status WHEN 'agreed' THEN 'agreed' WHEN 'disputed' THEN 'disputed' WHEN 'decided' THEN 'disputed' END AS agreement,
    moment(timestamp '2024-10-01' + a * interval '{{step}} seconds') AS added_at,
    CASE WHEN judged THEN moment(timestamp '2024-10-01' + a * interval '{{step}} seconds' + source * interval '9 days') END AS checked_at,
    to_hex(1700000000000000 + a) || repeat('0', 19) AS batch
FROM placed
"""

_STEPS: tuple[str, ...] = (
    """
    CREATE TEMP TABLE texts ON COMMIT DROP AS
    SELECT a, article_id, added_at, batch, convert_to(string_agg(quote, '. ' ORDER BY seq) || '.', 'UTF8') AS content
    FROM batch GROUP BY a, article_id, added_at, batch
    """,
    """
    INSERT INTO snapshots (sha256, media_type, size, content)
    SELECT encode(sha256(content), 'hex'), 'text/plain; charset=utf-8', length(content), content FROM texts
    """,
    """
    INSERT INTO articles (article_id, no, version, story, title, byline, publisher, published, published_from, url, source, sha256,
        furniture, removed, read_at, read_by, withdrawn, revision)
    SELECT article_id, a, 1, article_id, 'Story ' || a, '', 'The Korda Post', date(added_at), 'page',
        'https://korda.example/story/' || a, 'https://korda.example/story/' || a, encode(sha256(content), 'hex'), '[]', '', added_at,
        'Archive', false, 1
    FROM texts
    """,
    """
    INSERT INTO claims (no, claim_id, article_id, seq, sentence_no, start, "end", quote, prefix, suffix, claim, kinds, speaker, cue,
        attribution, figure_low, figure_high, figure_unit, date_text, date_first, date_last, checkability, reasons, priority, status,
        assignee, checker, checked_at, verdict, confidence, rationale, verdict_as_of, agreement, tags, revision, scale, origin, parents,
        added_at, words, why_words)
    SELECT no, claim_id, article_id, seq, seq, start, start + length(quote), quote, prefix, suffix, claim, kinds, speaker,
        CASE WHEN speaker IS NOT NULL THEN 'said' END, CASE WHEN speaker IS NULL THEN 'article' ELSE 'indirect' END, amount, amount,
        CASE WHEN amount IS NOT NULL THEN 'inmates' END, CASE WHEN day IS NOT NULL THEN 'Sunday' END, day, day, checkability, reasons,
        priority, status, assignee, CASE WHEN judged THEN assignee END, checked_at, verdict, confidence, rationale,
        date(checked_at), agreement, tags, CASE WHEN judged THEN 2 ELSE 1 END, CASE WHEN judged THEN 'averitec' END, 'found', '[]',
        added_at, lower(quote || coalesce(' ' || speaker, '') || ' story ' || a), lower(coalesce(rationale, ''))
    FROM batch ORDER BY no
    """,
    """
    INSERT INTO listing (no, status, verdict, confidence, priority, kinds, has_figure, has_date, has_sources, article_no, speaker,
        assignee, agreement, dropped, seq, start, by_rank, by_figure, by_date, by_checked, added_at, facets, tags)
    SELECT no, status, verdict, confidence, priority, '|' || kinds || '|', amount IS NOT NULL, day IS NOT NULL, has_source, a, speaker,
        assignee, agreement, status = 'dropped', seq, start,
        CASE priority WHEN 'high' THEN 1 WHEN 'normal' THEN 3 ELSE 5 END - checkability, coalesce(amount, '-infinity'),
        coalesce(day, date '9999-12-31'), coalesce(checked_at, '0001-01-01T00:00:00.000000Z'), added_at,
        concat_ws(chr(31), kinds, priority, coalesce(confidence, ''), coalesce(verdict, ''), status), '|' || tags || '|'
    FROM batch ORDER BY no
    """,
    """
    INSERT INTO marks (mark_id, claim_id, reader, reading, scale, verdict, confidence, rationale, as_of, marked_at, withdrawn, revision)
    SELECT mark_name(no), claim_id, assignee, 'first', 'averitec', verdict, confidence, rationale, date(checked_at), checked_at, false, 1
    FROM batch WHERE judged
    """,
    """
    INSERT INTO sources (source_id, claim_id, location, title, publisher, published, quoted, stance, origin, added_by, added_at, removed,
        revision)
    SELECT 's' || mark_name(no), claim_id, 'https://korda.example/roll-call/' || no, 'Roll call', 'The Korda Post', date(added_at),
        left(quote, 60), CASE verdict WHEN 'Supported' THEN 'supports' ELSE 'refutes' END, '', assignee, checked_at, false, 1
    FROM batch WHERE has_source
    """,
    """
    INSERT INTO events (seq, event_id, at, actor, act, subject_kind, subject_id, batch, new, why, previous_hash, hash)
    SELECT (a - 1) * {each} + 1, batch || '-1', added_at, 'Archive', 'article read', 'article', article_id, batch,
        json_build_object('article_id', article_id, 'byline', '', 'furniture', '[]'::json, 'no', a, 'published', date(added_at),
            'published_from', 'page', 'publisher', 'The Korda Post', 'read_at', added_at, 'read_by', 'Archive', 'removed', '',
            'sha256', encode(sha256(content), 'hex'), 'source', 'https://korda.example/story/' || a, 'story', article_id, 'title',
            'Story ' || a, 'url', 'https://korda.example/story/' || a, 'version', 1, 'withdrawn', false)::text,
        '', encode(sha256((a - 1)::text::bytea), 'hex'), encode(sha256(a::text::bytea), 'hex')
    FROM texts
    """,
    """
    INSERT INTO events (seq, event_id, at, actor, act, subject_kind, subject_id, batch, new, why, previous_hash, hash)
    SELECT no, batch || '-' || 1 + seq, added_at, 'Archive', 'claim found', 'claim', claim_id, batch, {told}, '',
        encode(sha256((no - 1)::text::bytea), 'hex'), encode(sha256(no::text::bytea), 'hex')
    FROM batch
    """,
)

#: What the event of a claim tells; short where there is no room for it: as many rows, and the same indexes.
_WHOLE = """
    concat('{"added_at":"', added_at, '","article_id":"', article_id, '","attribution":"indirect","checkability":', checkability,
        ',"claim":"', claim, '","claim_id":"', claim_id, '","cue":"said"', ',"date_first":"' || day || '","date_last":"' || day
        || '","date_text":"Sunday"', ',"end":', start + length(quote), ',"figure_high":' || amount || ',"figure_low":' || amount
        || ',"figure_unit":"inmates"', ',"kinds":"', kinds, '","origin":"found","parents":[]', ',"prefix":"' || prefix || '"',
        ',"priority":"', priority, '","quote":"', quote, '","reasons":"', reasons, '","sentence_no":', seq, ',"seq":', seq,
        ',"speaker":"' || speaker || '"', ',"start":', start, ',"status":"new"', ',"suffix":"' || suffix || '"', '}')
"""
_SHORT = "'{}'"

# After all that was read, two events of each mark and one of each source, as a desk's work follows its reading.
_WORK = """
INSERT INTO events (seq, event_id, at, actor, act, subject_kind, subject_id, batch, old, new, why, previous_hash, hash)
SELECT %(last)s + row_number() OVER (), to_hex(1700000000000000 + no) || repeat('0', 19) || '-1', '2026-10-02T00:00:00.000000Z',
    about.actor, about.act, about.kind, about.subject, to_hex(1700000000000000 + no) || repeat('0', 19), about.old, about.new, '',
    encode(sha256(no::text::bytea), 'hex'), encode(sha256((no + 1)::text::bytea), 'hex')
FROM claims CROSS JOIN LATERAL (VALUES
    (checker, 'claim marked', 'claim', claim_id, '{"status":"new"}', json_build_object('checked_at', checked_at, 'checker', checker,
        'confidence', confidence, 'rationale', rationale, 'scale', scale, 'status', status, 'verdict', verdict)::text),
    (checker, 'mark kept', 'mark', mark_name(no), NULL, json_build_object('as_of', verdict_as_of, 'claim_id', claim_id, 'confidence',
        confidence, 'marked_at', checked_at, 'mark_id', mark_name(no), 'rationale', rationale, 'reader', checker, 'reading', 'first',
        'scale', scale, 'verdict', verdict, 'withdrawn', false)::text)
) AS about (actor, act, kind, subject, old, new) WHERE verdict IS NOT NULL
UNION ALL
SELECT %(last)s + (SELECT 2 * count(*) FROM marks) + row_number() OVER (), substr(source_id, 2) || '-1', '2026-10-02T00:00:00.000000Z',
    added_by, 'source added', 'source', source_id, substr(source_id, 2), NULL, json_build_object('added_at', added_at, 'added_by', added_by,
        'claim_id', claim_id, 'location', location, 'origin', origin, 'publisher', publisher, 'quoted', quoted, 'removed', removed,
        'source_id', source_id, 'stance', stance, 'title', title)::text, '', encode(sha256(source_id::bytea), 'hex'),
    encode(sha256(location::bytea), 'hex')
FROM sources
"""

_FUNCTIONS = (
    """
    CREATE FUNCTION pg_temp.moment(timestamp) RETURNS text LANGUAGE sql STABLE
    RETURN to_char($1, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
    """,
    """
    CREATE FUNCTION pg_temp.mark_name(bigint) RETURNS text LANGUAGE sql STABLE
    RETURN lpad(to_hex(1700000000000000 + $1), 14, '0') || repeat('0', 18)
    """,
)


def fill(address: str, claims: int, *, short: bool) -> Iterator[str]:
    """Make the record at this address and fill it; tells in sentences how far it is. ``short`` leaves the events' JSON out."""
    Store(address).close()
    begun = perf_counter()
    with psycopg.connect(address, autocommit=True) as connection:
        if connection.execute("SELECT EXISTS (SELECT FROM claims)").fetchone() != (False,):
            raise SystemExit("This record holds claims already: name a database without any.")
        for statement in (*FILLING, *_FUNCTIONS):
            connection.execute(_sql(statement))
        _make_stretches(connection)
        step = 2 * 365 * 86400 / (claims / PER_ARTICLE)
        told = _SHORT if short else _WHOLE
        steps = [_BATCH.replace("{step}", f"{step:.6f}")]
        steps += [each.replace("{each}", str(PER_ARTICLE + 1)).replace("{told}", told) for each in _STEPS]
        steps = [_named(each) for each in steps]
        with _bare(connection) as rebuilding:
            bounds = [*range(0, claims, BATCH), claims]
            for first, last in pairwise(bounds):
                with connection.transaction():
                    connection.execute(_sql(steps[0]), {"first": first + 1, "last": last})
                    for each in steps[1:]:
                        connection.execute(_sql(each))
                if last % (10 * BATCH) == 0:
                    yield f"{last:,} claims after {perf_counter() - begun:.0f} s"
            last_event = claims // PER_ARTICLE * (PER_ARTICLE + 1)
            connection.execute(_sql(_named(_WORK)), {"last": last_event})
            yield f"filled after {perf_counter() - begun:.0f} s"
            for statement in rebuilding:
                connection.execute(_sql(statement))
        yield f"indexes made after {perf_counter() - begun:.0f} s"
        connection.execute("DROP TABLE stretches")
        connection.execute("VACUUM (ANALYZE)")
        connection.execute("CHECKPOINT")
    yield f"vacuumed and analysed after {perf_counter() - begun:.0f} s"


@contextmanager
def _bare(connection: psycopg.Connection) -> Iterator[list[str]]:
    """The tables without keys and indexes; the block executes what puts them back, which is quicker than keeping them."""
    tables = list(TABLES)
    keys = connection.execute(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), contype FROM pg_constraint"
        " WHERE conrelid = ANY(%s::regclass[]) AND contype IN ('p', 'u', 'f') ORDER BY contype = 'f'",
        [tables],
    ).fetchall()
    others = connection.execute(
        "SELECT confrelid::regclass::text, conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE confrelid = ANY(%s::regclass[]) AND NOT conrelid = ANY(%s::regclass[])",
        [tables, tables],
    ).fetchall()
    indexes = connection.execute(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = ANY(%s::regclass[])"
        " AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u'))",
        [tables],
    ).fetchall()
    foreign = [(table, name, f"{made} NOT VALID") for _, table, name, made in others]
    foreign += [(table, name, f"{made} NOT VALID") for table, name, made, kind in keys if kind == "f"]
    own = [(table, name, made) for table, name, made, kind in keys if kind != "f"]
    for table, name, _ in [*foreign, *own]:
        connection.execute(_sql(f"ALTER TABLE {table} DROP CONSTRAINT {name}"))
    for name, _ in indexes:
        connection.execute(_sql(f"DROP INDEX {name}"))
    # The rows were made to fit: foreign keys hold from here on, and are not looked up ten million times.
    yield [
        *(f"ALTER TABLE {table} ADD CONSTRAINT {name} {made}" for table, name, made in own),
        *(made for _, made in indexes),
        *(f"ALTER TABLE {table} ADD CONSTRAINT {name} {made}" for table, name, made in foreign),
    ]


def _make_stretches(connection: psycopg.Connection) -> None:
    """Six words each, of which the most frequent stands in most claims and the rarest in one of some ten thousand."""
    chance = random.Random(8)
    known = [*WORDS, *(_word(number) for number in range(KNOWN - len(WORDS)))]
    connection.execute("CREATE TEMP TABLE stretches (no int PRIMARY KEY, words text, reasons text)")
    with connection.cursor().copy("COPY stretches FROM STDIN") as copy:
        for number in range(1, STRETCHES + 1):
            words = [known[int(KNOWN ** chance.random()) - 1] for _ in range(6)]
            said = [
                f"its words are like those of sentences that were checked: ‘{word}’ (+0.0{at})"
                for at, word in enumerate(words)
            ]
            copy.write_row((number, " ".join(words), "|".join(said)))
    connection.execute("ANALYZE stretches")


def _word(number: int) -> str:
    """An invented word for each number, no two alike."""
    size = len(_SYLLABLES)
    return "".join(_SYLLABLES[(number // size**place) % size] for place in (0, 1, 2))


def _named(statement: str) -> str:
    """The same statement with the session's own functions called by their whole names, as PostgreSQL wants it."""
    return statement.replace("moment(", "pg_temp.moment(").replace("mark_name(", "pg_temp.mark_name(")


def _sql(statement: str) -> bytes:
    """Worded here and nowhere else: no text from outside is in it."""
    return statement.encode()
