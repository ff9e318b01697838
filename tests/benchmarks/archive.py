"""How fast archives are split, and what a worker takes: python tests/benchmarks/archive.py [number of articles, default 20,000].

The articles are the demo's invented stories, repeated with other figures and names. The same file goes through the engine alone, in one
process, and through a Dask cluster of this machine with 1 and with 2 workers whose engines are loaded. Prints a table; asserts nothing.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

import psutil

from claims.archive import archive, count_rows, read_table
from claims.archive.batch import Limits
from claims.archive.cluster import at_work
from claims.archive.pieces import find_pieces, read_piece
from claims.claim import find_claims_in
from claims.grammar import ready

NAMES = ["Korda", "Vell", "Dorn", "Belin", "Tesna", "Ostrava Hill", "Marusa", "Lipnik"]
WORDS = 150
WARM = 16


@dataclass(frozen=True, slots=True)
class Measured:
    """One way through the articles: seconds of the clock and of the processors, and the most megabytes of a process."""

    name: str
    claims: int
    wall: float
    cpu: float
    megabytes: float


def stories(path: Path, number: int) -> Path:
    """Articles of about WORDS words, one a line, no two alike."""
    folder = resources.files("workbench") / "stories"
    texts = [(folder / name).read_text(encoding="utf-8") for name in ("prison.txt", "ferries.txt")]
    paragraphs = [paragraph for text in texts for paragraph in text.split("\n\n") if len(paragraph.split()) > 12]
    with path.open("w", encoding="utf-8") as file:
        for no in range(number):
            body, at = [f"{NAMES[no % len(NAMES)]} counted {no + 1_000} cases on Monday."], no
            while sum(len(paragraph.split()) for paragraph in body) < WORDS:
                body.append(paragraphs[at % len(paragraphs)])
                at += 1
            file.write(
                json.dumps({"text": "\n\n".join(body), "title": f"Story {no}", "published": "2024-03-04"}) + "\n"
            )
    return path


def alone(path: Path) -> Measured:
    """The engine and nothing else: every article read, its claims found, nothing written."""
    ready()
    list(find_claims_in(read_piece(piece) for piece, _ in zip(find_pieces([str(path)]), range(WARM), strict=False)))
    start, worked = perf_counter(), process_time()
    found = sum(len(claims) for _, claims in find_claims_in(map(read_piece, find_pieces([str(path)]))))
    return Measured("engine alone", found, perf_counter() - start, process_time() - worked, peak(os.getpid()))


def on_cluster(path: Path, folder: Path, workers: int) -> Measured:
    """The same through a cluster: planned, read, found, written, told."""
    warm = stories(folder / "warm.jsonl", WARM * workers)
    with at_work(None, workers, Limits()) as client:
        archive([str(warm)], folder / f"warm-{workers}", cluster=client, size=4)
        client.run(ready)
        pids = list(client.run(os.getpid).values())
        before = sum(cpu(pid) for pid in pids)
        start = perf_counter()
        archive([str(path)], folder / f"out-{workers}", cluster=client)
        wall = perf_counter() - start
        worked = sum(cpu(pid) for pid in pids) - before
        most = max(peak(pid) for pid in pids)
    out = folder / f"out-{workers}"
    assert read_table(out, "unread").empty
    return Measured(f"{workers} worker{'s' * (workers > 1)}", count_rows(out, "claims"), wall, worked, most)


def cpu(pid: int) -> float:
    """Seconds of the processors that a process has used."""
    used = psutil.Process(pid).cpu_times()
    return used.user + used.system


def peak(pid: int) -> float:
    """The most megabytes that a process has held (Linux)."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def measured(number: int) -> Iterator[Measured]:
    """Each way, one after the other; the engine alone in a process of its own, so that its memory is its own."""
    with TemporaryDirectory() as place:
        path = stories(Path(place) / "stories.jsonl", number)
        said = subprocess.run(
            [sys.executable, __file__, "alone", str(path)], capture_output=True, text=True, check=True
        ).stdout
        yield Measured(**json.loads(said))
        for workers in (1, 2):
            yield on_cluster(path, Path(place), workers)


def main(number: int) -> None:
    """Measure and print."""
    print(
        f"{number:,} articles of about {WORDS} words; Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n"
    )
    print(f"{'':<14}{'articles/s':>12}{'claims/s':>10}{'CPU ms/article':>16}{'MB at most':>12}")
    rows = []
    for each in measured(number):
        rows.append(each)
        print(
            f"{each.name:<14}{number / each.wall:>12.1f}{each.claims / each.wall:>10.0f}{1_000 * each.cpu / number:>16.1f}{each.megabytes:>12.0f}",
            flush=True,
        )
    engine, one, two = rows
    print(f"\n2 workers over 1: {one.wall / two.wall:.2f} times (aim: 1.8)")
    print(
        f"1 worker over the engine alone: {one.wall / engine.wall - 1:+.1%} of the clock, {one.cpu / engine.cpu - 1:+.1%} of the processor (aim: under 10%)"
    )
    print(f"load at the end {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["alone"]:
        one = alone(Path(sys.argv[2]))
        print(json.dumps({name: getattr(one, name) for name in one.__slots__}))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
