"""What a store of this size answers, and in what time: through the same verbs as the desk."""

from __future__ import annotations

import math
import os
import statistics
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Self

import psycopg

from claims.errors import StoreError
from claims.store import SORTS, Query, Store
from tests.benchmarks.paper.filling import RARE
from tests.benchmarks.store import PER_ARTICLE, articles

#: After its first time a question is asked so often, or for so many seconds; a few times at least, unless that takes very long.
RUNS, SECONDS, LEAST, VERY_LONG = 40, 4.0, 5, 12.0

MARKS = 300

#: Articles that are put into the store one by one, and together.
ARTICLES, MANY = 100, 1_000

#: Seconds after which the server gives a question up: it is told as "inf".
GIVEN_UP = 60

#: Claims of one file of Parquet.
PARQUET = 20_000

FILTERS: dict[str, Query] = {
    "no filter": Query(),
    "status new": Query(statuses=("new",)),
    "status disputed": Query(statuses=("disputed",)),
    "status void (none)": Query(statuses=("void",)),
    "marked": Query(marked=True),
    "verdict Refuted": Query(verdicts=("Refuted",)),
    "low confidence": Query(confidences=("low",)),
    "numerical": Query(kinds=("numerical",)),
    "kind of none": Query(kinds=("sport",)),
    "high priority": Query(priorities=("high",)),
    "frequent speaker": Query(speakers=("Speaker 1",)),
    "rare speaker": Query(speakers=("Speaker 4321",)),
    "busiest checker": Query(assignees=("Checker 1",)),
    "tag": Query(tags=("tag 7",)),
    "disputed or agreed readings": Query(agreements=("agreed", "disputed")),
    "with sources": Query(has_sources=True),
    "with a figure": Query(has_figure=True),
    "date, no figure": Query(has_date=True, has_figure=False),
    "dated in one week": Query(dated_from=date(2026, 3, 2), dated_to=date(2026, 3, 8)),
}
PAIRS: dict[str, Query] = {
    "busiest checker, in progress": Query(assignees=("Checker 1",), statuses=("in progress",)),
    "numerical, high priority": Query(kinds=("numerical",), priorities=("high",)),
    "Refuted, with sources": Query(verdicts=("Refuted",), has_sources=True),
    "frequent speaker, disputed": Query(speakers=("Speaker 1",), statuses=("disputed",)),
    "rare speaker, with a figure": Query(speakers=("Speaker 4321",), has_figure=True),
    "tag, marked": Query(tags=("tag 7",), marked=True),
    "one week, disputed": Query(dated_from=date(2026, 3, 2), dated_to=date(2026, 3, 8), statuses=("disputed",)),
}
SEARCHES: dict[str, Query] = {
    "most frequent word": Query(text="inmates"),
    "frequent word": Query(text="strike"),
    "two frequent words": Query(text="harbour strike"),
    "rare word": Query(text=RARE),
    "frequent and rare word": Query(text=f"inmates {RARE}"),
    "word of no claim": Query(text="quixotic"),
    "frequent word, disputed": Query(text="strike", statuses=("disputed",)),
    "rare word, as a second reader": Query(text=RARE, reader="Jana"),
}


@dataclass(frozen=True, slots=True)
class Answered:
    """How long one question took, in milliseconds: the first time, and all the times after it."""

    name: str
    first: float
    times: tuple[float, ...]

    @classmethod
    def of(cls, name: str, times: Sequence[float]) -> Self:
        """The first beside the others; what was done once is both."""
        return cls(name, times[0], tuple(times[1:] or times))

    @property
    def best(self) -> float:
        """What it takes while nobody else is at work: the nearest to it on a machine that others use."""
        return min(self.times)

    @property
    def median(self) -> float:
        return statistics.median(self.times)

    @property
    def late(self) -> float:
        """The 95th percentile: of twenty answers, nineteen came sooner."""
        return sorted(self.times)[math.ceil(0.95 * len(self.times)) - 1]


def answers(address: str) -> Iterator[Answered]:
    """All that is asked, one after the other."""
    address += f"{'&' if '?' in address else '?'}options=-c%20statement_timeout%3D{GIVEN_UP}s"
    yield _asked("open the store", lambda: Store(address).close())
    with Store(address, actor="Jana") as store:
        for sort in SORTS:
            yield _page(store, f"page, no filter, by {sort}", Query(sort=sort))
        for name, query in FILTERS.items():
            if query != Query():
                yield _page(store, f"page, {name}", query)
        for name in ("numerical", "rare speaker", "busiest checker", "status disputed"):
            yield _page(store, f"page, {name}, newest first", replace(FILTERS[name], sort="newest"))
        for name, query in PAIRS.items():
            yield _page(store, f"page, {name}", query)
        for name, query in SEARCHES.items():
            yield _page(store, f"search, {name}", query)
        for offset in (5_000, 100_000, store.count(Query()) // 2):
            yield _asked(f"page at row {offset:,}", lambda at=offset: store.rows(Query(), offset=at))
        for name in ("no filter", "status new", "marked", "frequent speaker", "dated in one week", "with a figure"):
            yield _asked(f"count, {name}", lambda query=FILTERS[name]: store.count(query))
        for name in ("frequent word", "rare word"):
            yield _asked(f"count, {name}", lambda query=SEARCHES[name]: store.count(query))
        yield _asked("numbers beside the filters, no filter", lambda: store.facets(Query()))
        yield _asked("numbers beside the filters, rare word", lambda: store.facets(SEARCHES["rare word"]))
        yield from _of_one(store, _any_names(address, MARKS))
        yield from _dashboard(store)
        yield from _put_in(store)


def _of_one(store: Store, names: list[str]) -> Iterator[Answered]:
    """What is asked of and done to one claim: of the queue's beginning, and of claims anywhere, which no cache holds."""
    turn = cycle(names)
    yield _asked("one claim, any", lambda: store.claim(next(turn)))
    yield _asked("one claim's history, any", lambda: store.history(next(turn)))
    yield _asked("one claim's place in the queue, any", lambda: store.position(Query(), next(turn)))
    yield _asked("claims alike, any", lambda: store.elsewhere(next(turn)))
    queue = [row["claim_id"] for row in store.rows(Query(statuses=("new",)), limit=MARKS)]
    yield _marked(store, "one mark, from the queue", queue)
    yield _marked(store, "one mark, any", [name for name in names if name not in set(queue)])


def _put_in(store: Store) -> Iterator[Answered]:
    """Articles of twenty claims, read elsewhere: one by one, each an act of its own, and many together."""
    coming = articles(PER_ARTICLE * (ARTICLES + MANY))
    yield Answered.of(
        f"one article of {PER_ARTICLE} claims put in",
        [_milliseconds(partial(store.add_article, article, found)) for article, found in islice(coming, ARTICLES)],
    )
    many = list(coming)
    yield Answered.of(
        f"{MANY:,} such articles put in together, each", [_milliseconds(partial(store.add_articles, many)) / MANY]
    )


def _dashboard(store: Store) -> Iterator[Answered]:
    now = datetime.now(UTC)
    yield _asked("dashboard: progress", store.progress)
    yield _asked("dashboard: progress by article", store.progress_by_article)
    yield _asked("dashboard: verdicts", store.verdict_counts)
    yield _asked("dashboard: age of the queue", lambda: store.queue_age(now))
    yield _asked("dashboard: work of a week", lambda: store.work_by_person(now - timedelta(days=7)))


def _page(store: Store, name: str, query: Query) -> Answered:
    return _asked(name, lambda: store.rows(query))


def _marked(store: Store, name: str, names: Iterable[str]) -> Answered:
    """The time of a mark alone: its claim was read before, as on a desk."""
    times = []
    for claim_id in names:
        revision = store.claim(claim_id)["revision"]
        mark = partial(store.mark, claim_id, revision, "Refuted", "moderate", rationale="The roll call says so.")
        times.append(_milliseconds(mark))
    return Answered.of(name, times)


def _asked(name: str, ask: Callable[[], object]) -> Answered:
    try:
        times = [_milliseconds(ask)]
    except StoreError:  # given up
        return Answered(name, math.inf, (math.inf,))
    while len(times) <= RUNS and sum(times) < 1000 * (VERY_LONG if len(times) <= LEAST else SECONDS):
        times.append(_milliseconds(ask))
    return Answered.of(name, times)


def _milliseconds(ask: Callable[[], object]) -> float:
    begun = perf_counter()
    ask()
    return 1000 * (perf_counter() - begun)


def _any_names(address: str, number: int) -> list[str]:
    """Names of so many claims that nobody has taken up, from all over the record."""
    with psycopg.connect(address) as connection:
        found = connection.execute(
            "SELECT claim_id FROM claims, (SELECT max(no) AS last FROM claims) AS all_of_them"
            " WHERE no IN (SELECT 1 + at * (SELECT max(no) FROM claims) / %s FROM generate_series(1, %s) AS at) AND status = 'new'",
            [3 * number, 3 * number - 1],
        ).fetchall()
    step = max(len(found) // number, 1)
    return [name for (name,) in found[::step]][:number]


def sizes(address: str) -> list[tuple[str, str, int, int]]:
    """Table, what of it, rows of the table as the statistics have them, bytes: each table's own, then its indexes."""
    with psycopg.connect(address) as connection:
        return connection.execute(
            "SELECT t.relname, CASE WHEN c.oid = t.oid THEN '' ELSE c.relname END, greatest(t.reltuples, 0)::bigint,"
            " CASE WHEN c.oid = t.oid THEN pg_table_size(c.oid) ELSE pg_relation_size(c.oid) END"
            " FROM pg_class AS t JOIN pg_class AS c ON c.oid = t.oid OR c.oid IN (SELECT indexrelid FROM pg_index WHERE indrelid = t.oid)"
            " WHERE t.relkind = 'r' AND t.relnamespace = 'public'::regnamespace AND t.relname <> 'alembic_version'"
            " ORDER BY pg_total_relation_size(t.oid) DESC, c.oid <> t.oid, 4 DESC"
        ).fetchall()


def parquet_bytes(address: str) -> float:
    """What a claim takes in a file of Parquet, as an archive's run writes them: of the first of the queue."""
    with TemporaryDirectory() as folder, Store(address) as store:
        path = Path(folder) / "claims.parquet"
        some = store.page(Query(), limit=PARQUET)
        some.to_parquet(path)
        return path.stat().st_size / len(some)


def load() -> float:
    """How many processes of this machine waited for a processor in the last minute."""
    return os.getloadavg()[0]
