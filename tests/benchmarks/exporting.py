"""How fast the claims table leaves as CSV, beside pandas: python tests/benchmarks/exporting.py [number of claims]. Asserts nothing."""

from __future__ import annotations

import io
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import pandas as pd

from claims.export.tables import csv_parts
from claims.store import Entry, Query, Store
from tests.benchmarks.store import articles


def main(number: int) -> None:
    """Fill a store, read its frame once, and time the ways to write it, in turn."""
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "desk.sqlite") as store:
        store.add_articles(Entry(article, claims) for article, claims in articles(number))
        frame = pd.concat(store.frames(Query()), ignore_index=True)

        def pandas() -> None:
            frame.to_csv(io.BytesIO(), index=False)

        def ours() -> None:
            for part in csv_parts([frame]):
                io.BytesIO(part)

        def whole() -> None:
            for part in csv_parts(store.frames(Query())):
                io.BytesIO(part)

        print(f"{len(frame):,} claims")
        base = _median(pandas)
        print(f"pandas' to_csv of the frame: {base:.2f} s")
        for name, way in (("ours, of the same frame", ours), ("ours, read from the record as well", whole)):
            taken = _median(way)
            print(f"{name}: {taken:.2f} s, {taken / base:.2f} times")


def _median(way: Callable[[], None], times: int = 5) -> float:
    taken = []
    for _ in range(times):
        began = perf_counter()
        way()
        taken.append(perf_counter() - began)
    return statistics.median(taken)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
