"""The work that all three get, step by step; a step that fails or takes too long costs its own row."""

from __future__ import annotations

import json
import shutil
import signal
import sqlite3
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from time import perf_counter
from types import FrameType

from tests.benchmarks.peers import hostile, table
from tests.benchmarks.peers.program import VERDICTS, Given, Lacking, Program
from tests.benchmarks.peers.screens import by_keys
from tests.benchmarks.peers.table import Table, sized
from tests.benchmarks.peers.workbench import Workbench
from tests.benchmarks.peers.writing import clash, write, write_until_killed

#: Seconds that a step may take, the long ones and the others.
LONG, SHORT = 900, 180

#: Reads of one kind at most, and seconds after which no further one is begun.
READS, ENOUGH = 9, 20.0

STARTS = 3
SETTLED = 5.0
WRITING = 10.0
PEOPLE = 8

#: Claims that are written to, those of one person among them, and how often eight meet on a claim that nobody has marked yet.
CLAIMS, ALONE, MEETINGS = 1710, 100, 5

#: Kills, and the verdicts acknowledged before each.
KILLS, ACKNOWLEDGED, KILLED_WRITERS = 3, 40, 4

#: Where a blank data folder keeps what its program must know to go on.
_STATE = "of-this-benchmark.json"


class OutOfTime(BaseException):  # nothing that counts errors may count it
    """A step took longer than it may."""


class Steps:
    """One program's way through the table."""

    def __init__(self, program: Program, into: Table, folder: Path) -> None:
        self.program = program
        self.table = into
        self.folder = folder
        self.blank = folder.parent / "blank" / program.key

    def all(self, given: Callable[[int], list[Given]]) -> None:
        """Everything, at every size; what could not be reached says why."""
        try:
            self._environment()
            self._first_start()
            self._starts()
        except Exception as error:  # noqa: BLE001  (its reason is what the table is for)
            self.table.close(self.program.title, _why(error))
        else:
            self._hostile_cells()
            self._killed(given(self.table.sizes[0]))
            for number, size in enumerate(self.table.sizes):
                self._size(size, given(size), first=not number)
            self._screens()
            self.table.close(self.program.title, "a step before it failed")
        finally:
            self.program.running.end()

    def _environment(self) -> None:
        environment = self.program.environment
        try:
            self.program.install()
        except RuntimeError:
            self._put(table.ATTEMPTS, _attempts(environment.tried))
            raise RuntimeError("it could not be installed") from None
        packages = environment.packages()
        self._put(table.VERSION, f"{self.program.version}")
        self._put(table.ATTEMPTS, _attempts(environment.tried))
        self._put(table.PACKAGES, f"{len(packages)}")
        self._put(table.DISK, f"{environment.megabytes():,.0f} MB")

    def _first_start(self) -> None:
        """A blank data folder, from which each size begins; made once, as the environments are."""
        kept = self.blank / _STATE
        if not kept.exists():
            shutil.rmtree(self.blank, ignore_errors=True)
            self.blank.mkdir(parents=True)
            begun = perf_counter()
            self.program.settle(self.blank)
            self.program.start()
            taken = perf_counter() - begun
            self.program.sign_in()
            self.program.running.end()
            kept.write_text(json.dumps({"taken": taken, "state": self.program.state()}), encoding="utf-8")
        told = json.loads(kept.read_text(encoding="utf-8"))
        self.program.take_up(self.blank, told["state"])
        self._put(table.FIRST_START, f"{told['taken']:.1f} s")

    def _starts(self) -> None:
        taken = []
        for _ in range(STARTS):
            self.program.running.end()
            begun = perf_counter()
            self.program.start()
            taken.append(perf_counter() - begun)
        self._put(table.START, f"{statistics.median(taken):.1f} s")
        time.sleep(SETTLED)
        running = self.program.running
        self._put(
            table.IDLE, f"{running.resident():,.0f} MB; {running.proportional():,.0f} MB with shared pages counted once"
        )
        self.program.running.end()

    def _size(self, size: int, given: list[Given], *, first: bool) -> None:
        running = self.program.running
        with self._begun(str(size)):
            if self._step(sized(table.IMPORT, size), LONG, lambda: self._import(given)):
                self._reads_and_writes(size)
                self._step(sized(table.EXPORT, size), LONG, lambda: self._export(size))
            self._put(sized(table.PEAK, size), f"{running.peak:,.0f} MB")
            beside = f"{running.peak_beside:,.0f} MB" if running.beside else "the same: only its server writes"
            self._put(sized(table.PEAK_BESIDE, size), beside)
            if first:
                self._once()

    @contextmanager
    def _begun(self, name: str) -> Iterator[None]:
        """The program, running on a copy of its blank data folder; where it does not start again, that costs this copy alone."""
        program, running = self.program, self.program.running
        home = self.folder / program.key / name
        shutil.copytree(self.blank, home)
        program.home = home
        running.peak = running.peak_beside = 0.0
        running.beside.clear()
        try:
            program.start()
            running.watch()
            yield
        except Exception as error:  # noqa: BLE001  (the rows that it did not reach say so)
            print(f"{program.title}, {name}: {_why(error)}", flush=True)
        finally:
            running.end()
            shutil.rmtree(home, ignore_errors=True)

    def _reads_and_writes(self, size: int) -> None:
        program = self.program
        names = program.names(min(size, CLAIMS))
        alone, together = names[:ALONE], names[ALONE : -2 * MEETINGS]

        def read(row: str, **asked: str) -> None:
            self._step(sized(row, size), SHORT, lambda: _reads(lambda: program.page(**asked)))

        read(table.PAGE)
        read(table.RARE, find="zeppelin")
        read(table.FREQUENT, find="ministry")
        read(table.SPEAKER, speaker="Jana Dorn")
        self._step(sized(table.ONE, size), SHORT, lambda: write(program, alone, 1, WRITING).words())
        read(table.VERDICT, verdict="Refuted")
        self._step(sized(table.EIGHT, size), SHORT, lambda: write(program, together, PEOPLE, WRITING).words())

    def _once(self) -> None:
        """What is asked at the first size alone."""
        program = self.program
        names = program.names(min(program.count(), CLAIMS))
        self._step(table.CLASH, SHORT, lambda: self._clash(names[-MEETINGS:], edit=False))
        self._step(table.CLASH_EDIT, SHORT, lambda: self._clash(names[-2 * MEETINGS : -MEETINGS], edit=True))
        self._step(table.AGAIN, LONG, self._again)

    def _hostile_cells(self) -> None:
        """On a data folder of their own, one after the other: what breaks an export breaks it for all that come after."""
        with self._begun("hostile"):
            for name, words in hostile.CELLS.items():
                self._step(table.hostile(name), SHORT, partial(self._hostile, words))

    def _killed(self, given: list[Given]) -> None:
        """On a data folder in which nothing is marked yet, so that a verdict found there is the one that was acknowledged."""
        with self._begun("killed"):
            self.program.take(self.program.prepared(given))
            names = self.program.names(min(self.program.count(), CLAIMS))
            self._step(table.KILL, LONG, lambda: self._kills(names))

    def _screens(self) -> None:
        """The workbench takes no verdicts over HTTP: so its rows by the Store have these beside them."""
        for row, people in ((table.SCREEN_ONE, 1), (table.SCREEN_EIGHT, PEOPLE)):
            home = self.folder / "screens" / str(people)
            if isinstance(self.program, Workbench):
                self._step(row, SHORT, partial(by_keys, self.program, home, people, WRITING))
            else:
                self._put(row, "not measured: its screens send the requests of the rows above")

    def _import(self, given: list[Given]) -> str:
        wanted = sum(len(claims) for _, claims in given)
        taken = self.program.take(self.program.prepared(given))
        there = self.program.count()
        return f"{taken:.1f} s" if there == wanted else f"{taken:.1f} s, but {there:,} of {wanted:,} are there"

    def _export(self, size: int) -> str:
        target = self.program.home / "export.csv"
        begun = perf_counter()
        self.program.export(target)
        taken = perf_counter() - begun
        rows = len(self.program.cells(target))
        missing = "" if rows == size else f", but {rows:,} of {size:,} rows"
        return f"{taken:.1f} s, {target.stat().st_size / 1e6:.1f} MB{missing}"

    def _clash(self, contested: Sequence[str], *, edit: bool) -> str:
        told: Counter[str] = Counter()
        standing: Counter[int] = Counter()
        for claim in contested:
            if edit:
                hand = self.program.hand(0)
                hand.open()
                hand.look([claim])
                hand.mark(claim, VERDICTS[0])
            told += clash(self.program, claim, PEOPLE, edit=edit)
            standing[len(self.program.verdicts([claim])[claim])] += 1
        said = ", ".join(f"{number} {what}" for what, number in sorted(told.items()))
        kept = " or ".join(str(number) for number in sorted(standing))
        return f"of {PEOPLE * len(contested)} in {len(contested)} meetings: {said}; standing on the claim: {kept}"

    def _kills(self, names: Sequence[str]) -> str:
        total, lost = 0, 0
        each = len(names) // KILLS
        for number in range(KILLS):
            some = names[number * each : (number + 1) * each]
            told = write_until_killed(self.program, some, KILLED_WRITERS, ACKNOWLEDGED)
            self.program.start()
            total += len(told)
            standing = self.program.verdicts(told)
            lost += sum(verdict not in standing[claim] for claim, verdict in told.items())
        sound = ", ".join(
            sorted({_integrity(path) for path in self.program.home.glob("*.sqlite*") if _is_database(path)})
        )
        return f"{total} acknowledged before {KILLS} kills, {lost} lost; started again each time; database {sound}"

    def _hostile(self, words: str) -> str:
        try:
            name = self.program.put(words)
        except Exception as error:  # noqa: BLE001  (refused, in whatever way)
            return f"not taken in: {_why(error)}"
        target = self.program.home / "hostile.csv"
        broken = [
            f"{what} fails ({_why(error)})"
            for what, ask in (
                ("reading it", lambda: self.program.words(name)),
                ("the export of all", lambda: self.program.export(target)),
            )
            if (error := _fault(ask))
        ]
        if broken:
            return f"taken in, and then {' and '.join(broken)}"
        return hostile.told(words, self.program.words(name), self.program.cells(target).get(name))

    def _again(self) -> str:
        before = self.program.count()
        form = self.program.take_back()
        after = self.program.count()
        said = "nothing doubled" if after == before else f"{after - before:,} claims doubled"
        return f"{form}: {before:,} claims before, {after:,} after: {said}"

    def _step(self, row: str, seconds: float, work: Callable[[], str]) -> bool:
        """Do it, put its cell or why there is none; whether it went well."""
        try:
            with _limit(seconds):
                self._put(row, work())
        except Lacking as lacking:
            self._put(row, f"not there: {lacking}")
        except OutOfTime:
            self._put(row, f"not done within {seconds:,.0f} s")
            if self.program.running.processes:
                self.program.running.kill()
                self.program.start()
                self.program.running.watch()
        except Exception as error:  # noqa: BLE001  (a step costs its own row)
            self._put(row, f"failed: {_why(error)}")
        else:
            return True
        return False

    def _put(self, row: str, cell: str) -> None:
        self.table.put(row, self.program.title, cell)


def _reads(page: Callable[[], list[str]]) -> str:
    taken = []
    begun = perf_counter()
    while len(taken) < READS and (not taken or perf_counter() < begun + ENOUGH):
        asked = perf_counter()
        found = page()
        taken.append(perf_counter() - asked)
    return f"{1000 * statistics.median(taken):,.0f} ms, {len(found)} row{'s' * (len(found) != 1)}"


def _attempts(tried: Sequence[str]) -> str:
    return "as published" if len(tried) == 1 else "; then ".join(tried)


def _fault(ask: Callable[[], object]) -> Exception | None:
    try:
        ask()
    except Exception as error:  # noqa: BLE001  (it is told)
        return error
    return None


def _is_database(path: Path) -> bool:
    return path.suffix in {".sqlite", ".sqlite3"}


def _integrity(path: Path) -> str:
    with sqlite3.connect(path) as connection:
        return str(connection.execute("PRAGMA quick_check").fetchone()[0])


def _why(error: BaseException) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:240]


@contextmanager
def _limit(seconds: float) -> Iterator[None]:
    def over(_number: int, _frame: FrameType | None) -> None:
        raise OutOfTime

    before = signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
