"""The table, printed and with --out written."""

from __future__ import annotations

import argparse
import os
import platform
import signal
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from tests.benchmarks.peers.doccano import Doccano
from tests.benchmarks.peers.labelstudio import LabelStudio
from tests.benchmarks.peers.program import Given
from tests.benchmarks.peers.steps import Steps
from tests.benchmarks.peers.table import Table
from tests.benchmarks.peers.workbench import Workbench
from tests.benchmarks.store import articles

PROGRAMS = {program.key: program for program in (Workbench, LabelStudio, Doccano)}
SIZES = "1000,10000,100000"


def main() -> None:
    """Measure and print."""
    asked = _asked()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped."))  # what was begun is ended then, too
    folder = asked.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    programs = [PROGRAMS[key](folder) for key in asked.only]
    table = Table(asked.sizes, [program.title for program in programs])
    begun = f"{datetime.now(UTC):%d %B %Y}"
    if asked.out:  # written as it grows, so that what is stopped has said what it found
        table.changed = lambda: asked.out.write_text(_page(table, begun), encoding="utf-8")
    with tempfile.TemporaryDirectory(dir=folder, prefix="run-") as place:
        for program in programs:
            Steps(program, table, Path(place)).all(_given)
    table.changed()
    print(f"\n{_page(table, begun)}")


def _page(table: Table, begun: str) -> str:
    machine = f"{platform.machine()}, {os.cpu_count()} cores, {_memory()}"
    return f"{begun}; {machine}; Python {platform.python_version()}; load at the end {os.getloadavg()[0]:.1f}\n\n{table.markdown()}"


def _memory() -> str:
    return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 1e9:.0f} GB"


def _given(size: int) -> list[Given]:
    return list(articles(size))


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.peers", description=__doc__)
    parser.add_argument("--sizes", default=SIZES, type=lambda text: [int(each) for each in text.split(",")])
    parser.add_argument("--only", default=",".join(PROGRAMS), type=lambda text: text.split(","))
    parser.add_argument("--folder", default=Path(tempfile.gettempdir()) / "claims-peers", type=Path)
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    if strange := set(asked.only) - PROGRAMS.keys():
        parser.error(f"There is no {', '.join(sorted(strange))}. Choose from {', '.join(PROGRAMS)}.")
    return asked


if __name__ == "__main__":
    main()
