"""Verdicts a second, by one person and by eight: python -m tests.benchmarks.writers [seconds]. Prints a table; asserts nothing.

Each person is a process of their own. They take claims off the list and mark them as they saw them, so that some are
refused because somebody was faster: those are told and counted. A wait is what a person feels, from key to answer.
"""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from pathlib import Path

from claims.store import Store
from tests.postgres import missing, served
from tests.survival.crowd import CLAIMS, HEAD, crowd, fill

PEOPLE = (1, 8)


def main(seconds: float) -> None:
    """Measure and print."""
    print(f"{CLAIMS} claims, {seconds:.0f} s each; Python {platform.python_version()}, {os.cpu_count()} cores\n")
    print(f"{HEAD}{'load':>8}")
    with tempfile.TemporaryDirectory() as folder:
        for people in PEOPLE:
            place = Path(folder) / f"desk-{people}.sqlite"
            _measure("SQLite", str(place), people, seconds)
    if lacking := missing():
        print(f"PostgreSQL was not measured: {lacking}")
        return
    with served() as server:
        for people in PEOPLE:
            with server.database() as address:
                _measure("PostgreSQL", address, people, seconds)


def _measure(database: str, place: str, people: int, seconds: float) -> None:
    fill(place)
    # Held open, so that the log of SQLite is still there to be measured when the last of them has gone.
    with Store(place):
        run = crowd(place, people, seconds)
        print(f"{run.row(f'{people}, {database}')}{os.getloadavg()[0]:>8.1f}")
        for error, times in run.errors.most_common():
            print(f"    {times} times: {error}")
        log = Path(f"{place}-wal")
        if log.exists():
            print(f"    the log beside the file grew to {log.stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 20.0)
