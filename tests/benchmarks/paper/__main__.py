"""What the program costs on paper, and what can be measured of it: python -m tests.benchmarks.paper. Asserts nothing.

    python -m tests.benchmarks.paper [--claims 10000000] [--articles 200] [--store postgresql://...] [--short-events] [--lock FILE]

First what one article costs. Then a store of so many invented claims on PostgreSQL is filled and asked. Without --store a server of
its own is started and removed at the end (for ten million claims it needs some 30 GB of disk); a store that is named must be empty,
and stays as it is then. --short-events leaves out what the events of claims tell: as many rows and the same indexes, in less room.
.deploy/COSTS.md holds what was printed, and what follows from it.
"""

from __future__ import annotations

import argparse
import os
import platform
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg

from tests.benchmarks.paper import asking, cost, filling
from tests.postgres import Server, served

#: What the server is given while it is filled, and while it is measured: the second is PostgreSQL's own durability.
_FILLED = {
    "shared_buffers": "'2GB'", "effective_cache_size": "'8GB'", "max_wal_size": "'2GB'", "checkpoint_timeout": "'30min'", "fsync": "off",
    "random_page_cost": "1.1", "autovacuum": "off",
}  # fmt: skip
_MEASURED = {
    **_FILLED, "fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "wal_level": "replica", "autovacuum": "on",
}  # fmt: skip


@contextmanager
def _own_server() -> Iterator[Server]:
    with served() as server:
        _set(server, _FILLED)
        yield server


def _set(server: Server, settings: dict[str, str]) -> None:
    """Have the server start anew with these: of a name that stands twice, the last counts."""
    with (server.folder / "data" / "postgresql.conf").open("a") as file:
        file.writelines(f"{name} = {value}\n" for name, value in settings.items())
    server.stop()
    os.sync()  # what was written without waiting for the disk is there from now on
    server.start()


def _print_readings(readings: list[cost.Reading]) -> None:
    print(f"{'one article':<38}{'words':>8}{'claims':>8}{'CPU s':>9}")
    for reading in readings:
        print(f"{reading.name:<38}{reading.words:>8.0f}{reading.claims:>8.1f}{reading.cpu:>9.3f}")
    last = readings[-1]
    text = sum(len(article.text.encode()) for article, _ in last.found) / len(last.found)
    print(f"its text: {text:,.0f} bytes\n")


def _print_keeping(keeping: cost.Keeping, articles: int) -> None:
    print(
        f"{keeping.name}: {articles / keeping.wall:,.0f} articles a second put in; of each, {1000 * keeping.cpu / articles:.1f} ms of this"
        f" process and {1000 * keeping.server / articles:.1f} ms of the server"
    )
    print(f"{'an article':<14}{'rows':>10}{'bytes':>12}{'of indexes':>12}")
    for name in sorted(keeping.own | keeping.indexes, key=lambda name: -keeping.own.get(name, 0)):
        of_rows = keeping.rows.get(name, 0) / articles
        own, indexes = keeping.own.get(name, 0) / articles, keeping.indexes.get(name, 0) / articles
        if of_rows or name == "search":
            print(f"{name:<14}{of_rows:>10.2f}{own:>12,.0f}{indexes:>12,.0f}")
    own, indexes = sum(keeping.own.values()) / articles, sum(keeping.indexes.values()) / articles
    print(f"{'together':<14}{sum(keeping.rows.values()) / articles:>10.2f}{own:>12,.0f}{indexes:>12,.0f}")
    print(
        f"a mark: {keeping.mark_bytes:,.0f} bytes, {1000 * keeping.mark_cpu:.1f} ms of this process and"
        f" {1000 * keeping.mark_server:.1f} ms of the server\n",
        flush=True,
    )


def _print_answers(address: str) -> None:
    print(
        f"\n{'milliseconds':<46}{'runs':>6}{'first':>10}{'best':>10}{'median':>10}{'95th':>10}   (load {asking.load():.1f})"
    )
    for answer in asking.answers(address):
        print(
            f"{answer.name:<46}{len(answer.times):>6}{answer.first:>10.1f}{answer.best:>10.1f}{answer.median:>10.1f}{answer.late:>10.1f}",
            flush=True,
        )
    print(f"load at the end {asking.load():.1f}")


def _print_sizes(address: str) -> None:
    found = asking.sizes(address)
    print(f"\n{'table or index':<46}{'rows':>14}{'MB':>10}")
    for table, index, rows, size in found:
        if size > 1_000_000:
            print(f"{'    ' + index if index else table:<46}{'' if index else f'{rows:,}':>14}{size / 1e6:>10,.0f}")
    print(f"{'together':<60}{sum(size for *_, size in found) / 1e6:>10,.0f}")
    print(f"the claims table as Parquet: {asking.parquet_bytes(address):,.0f} bytes a claim\n", flush=True)


@contextmanager
def _alone(lock: Path | None) -> Iterator[None]:
    """Hold the lock by which those who measure on this machine take turns, where there is one."""
    if lock is None:
        yield
        return
    import fcntl  # noqa: PLC0415  (Windows has none)

    with lock.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def main(claims: int, articles: int, store: str | None, *, short: bool, lock: Path | None) -> None:
    """Measure and print."""
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {_memory():.0f} GB, load {asking.load():.1f}\n")
    if articles:
        with _alone(lock), served() as small:
            _set(small, {"shared_buffers": "'256MB'", **{name: _MEASURED[name] for name in ("fsync", "wal_level")}})
            readings = cost.readings(articles)
            _print_readings(readings)
            found = readings[-1].found
            _print_keeping(cost.kept_in_sqlite(found), articles)
            pid = int((small.folder / "data" / "postmaster.pid").read_text().split()[0])
            with small.database() as address:
                _print_keeping(cost.kept_in_postgresql(found, address, pid), articles)
    if not claims:
        return
    with ExitStack() as stack:
        server = None if store else stack.enter_context(_own_server())
        address = store or stack.enter_context(server.database())
        for told in filling.fill(address, claims, short=short):
            print(told, flush=True)
        if server:
            _set(server, _MEASURED)
        with psycopg.connect(address) as connection:
            [(version,)] = connection.execute("SELECT version()").fetchall()
        print(f"\n{version.partition(' on ')[0]}, {claims:,} claims{', their events short' if short else ''}")
        _print_sizes(address)
        with _alone(lock):
            _print_answers(address)


def _memory() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.paper", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--claims", type=int, default=10_000_000, help="claims of the large store; 0 leaves it out")
    parser.add_argument("--articles", type=int, default=200, help="articles whose cost is measured; 0 leaves that out")
    parser.add_argument("--store", help="the address of an empty record on PostgreSQL")
    parser.add_argument("--short-events", action="store_true", help="leave out what the events of claims tell")
    parser.add_argument("--lock", type=Path, help="a file by which those who measure on one machine take turns")
    given = parser.parse_args()
    main(given.claims, given.articles, given.store, short=given.short_events, lock=given.lock)
