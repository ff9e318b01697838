"""The one table: which rows there are, and each as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tests.benchmarks.peers.hostile import CELLS

VERSION = "version"
ATTEMPTS = "installed"
PACKAGES = "packages installed, its own included"
DISK = "environment on disk"
FIRST_START = "first start, its database made"
START = "start to first good answer"
IDLE = "memory at rest"
PEAK = "memory, highest"
PEAK_BESIDE = "memory, highest, with the processes that wrote"

IMPORT = "import"
PAGE = "a page of 50"
RARE = "search, a rare word"
FREQUENT = "search, a frequent word"
SPEAKER = "filter by speaker"
VERDICT = "filter by verdict"
ONE = "verdicts, 1 writer"
EIGHT = "verdicts, 8 writers"
EXPORT = "export as CSV"

SCREEN_ONE = "verdicts by key on its screens, 1 person in a real browser"
SCREEN_EIGHT = "verdicts by key on its screens, 8 people in a real browser"

#: Measured at every size.
SIZED = (IMPORT, PAGE, RARE, FREQUENT, SPEAKER, VERDICT, ONE, EIGHT, EXPORT, PEAK, PEAK_BESIDE)

CLASH = "8 people give a first verdict on one claim at once"
CLASH_EDIT = "8 people change one verdict at once"
AGAIN = "its own export imported again"
KILL = "kill -9 during writes"


def hostile(name: str) -> str:
    """The row of a hostile cell."""
    return f"cell: {name}"


def sized(row: str, size: int) -> str:
    """The row at one size."""
    return f"{row}; {size:,} claims"


@dataclass(slots=True)
class Table:
    """What was measured, by row and program."""

    sizes: Sequence[int]
    programs: Sequence[str]
    cells: dict[tuple[str, str], str] = field(default_factory=dict)
    changed: Callable[[], object] = int

    @property
    def rows(self) -> list[str]:
        """All rows, whether measured or not."""
        return [
            *(VERSION, ATTEMPTS, PACKAGES, DISK, FIRST_START, START, IDLE),
            *(sized(row, size) for row in SIZED for size in self.sizes),
            *(SCREEN_ONE, SCREEN_EIGHT, CLASH, CLASH_EDIT, AGAIN),
            *map(hostile, CELLS),
            KILL,
        ]

    def put(self, row: str, program: str, cell: str) -> None:
        """One cell; each row is among those that are drawn."""
        assert row in self.rows, row
        self.cells[row, program] = cell
        self.changed()
        print(f"{program:<14}{row:<58}{cell}", flush=True)

    def close(self, program: str, why: str) -> None:
        """Whatever of a program is still empty says why."""
        for row in self.rows:
            self.cells.setdefault((row, program), f"not measured: {why}")

    def markdown(self) -> str:
        """The table."""
        lines = [["", *self.programs], ["---"] * (len(self.programs) + 1)]
        lines += [[row, *(self.cells.get((row, each), "") for each in self.programs)] for row in self.rows]
        return "".join(f"| {' | '.join(_cell(each) for each in line)} |\n" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("\\\\|", "\\|")
