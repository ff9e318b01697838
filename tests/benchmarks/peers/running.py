"""The processes of a program: begun, waited for, watched, ended, killed."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Event, Thread

import psutil
import requests

from tests.benchmarks.peers.environment import last_line

#: Seconds that a program may take to answer (a first start makes the database), and to end when it is asked to.
PATIENCE, FAREWELL = 600, 15

#: Seconds between two looks at the memory, and between two knocks at a door that does not open yet.
_LOOK, _KNOCK = 0.25, 0.05


class Running:
    """What was begun, with all that it began in turn."""

    def __init__(self) -> None:
        self.processes: list[psutil.Popen] = []
        self.beside: set[int] = set()
        self.peak = 0.0
        self.peak_beside = 0.0
        self._logs: list[Path] = []
        self._over = Event()
        self._watch: Thread | None = None

    def begin(self, command: Sequence[str], log: Path, variables: Mapping[str, str], folder: Path) -> None:
        """Begin one process; what it says goes to ``log``."""
        self._logs.append(log)
        with log.open("ab") as said:
            process = psutil.Popen(
                list(command), stdout=said, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, cwd=folder,
                env=dict(variables), start_new_session=True,
            )  # fmt: skip
        self.processes.append(process)

    def wait(self, address: str) -> None:
        """Return at the first good answer; an error where the program ends before, or takes too long."""
        until = time.perf_counter() + PATIENCE
        while time.perf_counter() < until:
            for process, log in zip(self.processes, self._logs, strict=True):
                if process.poll() is not None:
                    said = last_line(log.read_text(encoding="utf-8", errors="replace"))
                    raise RuntimeError(f"it ended with exit code {process.returncode}: {said}")
            try:
                if requests.get(address, timeout=5).ok:
                    return
            except requests.RequestException:
                pass
            time.sleep(_KNOCK)
        raise RuntimeError(f"no good answer within {PATIENCE} s")

    def resident(self) -> float:
        """Megabytes resident in all of them; a page that several share counts for each."""
        return sum(_resident(each) for each in self._family(self.processes))

    def proportional(self) -> float:
        """The same, with what several share divided among them: the truer number where a server has forked workers."""
        return sum(_proportional(each) for each in self._family(self.processes))

    def watch(self) -> None:
        """Keep the highest memory from now on."""
        self._over.clear()
        self._watch = Thread(target=self._look, daemon=True)
        self._watch.start()

    def end(self) -> None:
        """Ask all of them to end, and see to it."""
        family = self._stop_watching()
        for process in self.processes:
            process.terminate()
        _, left = psutil.wait_procs(family, timeout=FAREWELL)
        self._kill(left)

    def kill(self) -> None:
        """SIGKILL for all of them at once: none gets a chance to tidy up."""
        self._kill(self._stop_watching())

    def _kill(self, family: Sequence[psutil.Process]) -> None:
        for each in family:
            try:
                each.kill()
            except psutil.NoSuchProcess:
                continue
        psutil.wait_procs(family, timeout=FAREWELL)
        for process in self.processes:
            process.wait()
        self.processes.clear()
        self._logs.clear()

    def _stop_watching(self) -> list[psutil.Process]:
        self._over.set()
        if self._watch:
            self._watch.join()
            self._watch = None
        return self._family(self.processes)

    def _look(self) -> None:
        while not self._over.wait(_LOOK):
            own = self.resident()
            beside = sum(_resident(each) for each in self._family(_processes(self.beside)))
            self.peak = max(self.peak, own)
            self.peak_beside = max(self.peak_beside, own + beside)

    @staticmethod
    def _family(processes: Sequence[psutil.Process]) -> list[psutil.Process]:
        found = []
        for each in processes:
            try:
                found += [psutil.Process(each.pid), *each.children(recursive=True)]
            except psutil.NoSuchProcess:
                continue
        return found


def _processes(pids: set[int]) -> list[psutil.Process]:
    found = []
    for pid in tuple(pids):
        try:
            found.append(psutil.Process(pid))
        except psutil.NoSuchProcess:
            continue
    return found


def _resident(process: psutil.Process) -> float:
    try:
        return process.memory_info().rss / 1e6
    except psutil.NoSuchProcess:
        return 0.0


def _proportional(process: psutil.Process) -> float:
    try:
        return process.memory_full_info().pss / 1e6
    except psutil.NoSuchProcess:
        return 0.0
