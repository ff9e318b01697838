"""What one article costs: the processor's seconds, the rows and the bytes of a store, on SQLite and on PostgreSQL."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time

import psutil
import psycopg

import claims
from claims.article import Article
from claims.claim import Claim
from claims.store import Store
from tests.benchmarks.engine import texts
from tests.golden.scoring import articles

Found = list[tuple[Article, list[Claim]]]

#: Claims that are marked, to see what a mark costs.
MARKS = 1000


@dataclass(frozen=True, slots=True)
class Reading:
    """What the engine made of some articles."""

    name: str
    words: float
    cpu: float
    found: Found

    @property
    def claims(self) -> float:
        """How many claims an article has."""
        return sum(len(some) for _, some in self.found) / len(self.found)


@dataclass(frozen=True, slots=True)
class Keeping:
    """What a store made of them: seconds of the clock, of this process and of the server; rows and bytes by table."""

    name: str
    wall: float
    cpu: float
    server: float
    rows: dict[str, int]
    own: dict[str, int]  # bytes
    indexes: dict[str, int]  # bytes
    mark_bytes: float
    mark_cpu: float
    mark_server: float


def readings(number: int) -> list[Reading]:
    """The invented articles as they are, and put together to the length of a newspaper's."""
    short = [claims.read_article(each.text, published=each.published, title=each.name) for each in articles()]
    long = [claims.read_article(text, title=f"Story {at}") for at, text in enumerate(texts(number))]
    claims.find_claims(short[0])
    return [_read(f"{len(short)} invented articles", short), _read(f"{number:,} articles put together of them", long)]


def _read(name: str, given: Sequence[Article]) -> Reading:
    begun = process_time()
    found = [(article, claims.find_claims(article)) for article in given]
    taken = process_time() - begun
    words = sum(len(article.text.split()) for article in given) / len(given)
    return Reading(name, words, taken / len(given), found)


def kept_in_sqlite(found: Found) -> Keeping:
    """A store in a file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "desk.sqlite"
        return _kept("SQLite", str(path), found, path, None)


def kept_in_postgresql(found: Found, address: str, postmaster: int | None) -> Keeping:
    """A store on a server; without the number of its process its share of the processor is not known."""
    return _kept("PostgreSQL", address, found, None, postmaster)


def _kept(name: str, where: str, found: Found, file: Path | None, postmaster: int | None) -> Keeping:
    with Store(where, actor="Jana") as store:
        begun = _clocks(postmaster)
        store.add_articles(found)
        wall, cpu, server = (after - before for after, before in zip(_clocks(postmaster), begun, strict=True))
    rows, own, indexes = _measured(where, file)
    with Store(where, actor="Jana") as store:
        chosen = [claim.claim_id for _, some in found for claim in some][:MARKS]
        begun = _clocks(postmaster)
        for claim_id in chosen:
            store.mark(claim_id, 1, "Refuted", "moderate", rationale="The roll call of the prison says otherwise.")
        _, mark_cpu, mark_server = (after - before for after, before in zip(_clocks(postmaster), begun, strict=True))
    _, more, more_indexes = _measured(where, file)
    grown = sum(more.values()) + sum(more_indexes.values()) - sum(own.values()) - sum(indexes.values())
    number = len(chosen)
    return Keeping(
        name, wall, cpu, server, rows, own, indexes, grown / number, mark_cpu / number, mark_server / number
    )  # fmt: skip


def _measured(where: str, file: Path | None) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    """Rows, bytes and bytes of indexes by table, packed as if newly written."""
    return _of_file(file) if file else _of_server(where)


def _of_file(file: Path) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        tables = dict(connection.execute("SELECT name, tbl_name FROM sqlite_schema WHERE rootpage > 0"))
        named = {
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0")
        }
        own: dict[str, int] = {}
        indexes: dict[str, int] = {}
        for name, size in connection.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name"):
            table = "search" if name.startswith("search") else tables.get(name, name)
            into = own if name in named and table != "search" else indexes
            into[table] = into.get(table, 0) + size
        rows = {
            name: _count(connection, name) for name in named if not name.startswith(("search", "sqlite_", "alembic"))
        }
    return {name: number for name, number in rows.items() if number}, own, indexes


def _count(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def _of_server(address: str) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("VACUUM FULL ANALYZE")
        found = connection.execute(
            "SELECT relname, reltuples::bigint, pg_table_size(oid), pg_indexes_size(oid) FROM pg_class"
            " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND reltuples > 0 AND relname <> 'alembic_version'"
        ).fetchall()
    return (
        {name: rows for name, rows, _, _ in found},
        {name: size for name, _, size, _ in found},
        {name: size for name, _, _, size in found},
    )


def _clocks(postmaster: int | None) -> tuple[float, float, float]:
    """Seconds of the clock, of this process, and of the server's processes, those that have ended too."""
    return perf_counter(), process_time(), _server_seconds(postmaster) if postmaster else 0.0


def _server_seconds(postmaster: int) -> float:
    server = psutil.Process(postmaster)
    ended = server.cpu_times()
    total = ended.children_user + ended.children_system
    for process in server.children():
        used = process.cpu_times()
        total += used.user + used.system
    return total
