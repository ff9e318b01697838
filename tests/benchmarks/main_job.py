"""The main job, measured: how long a person waits, and what the server takes.

    python tests/benchmarks/main_job.py            prints a table; exit code 0 whatever it says

Everything is real: a fresh Python for the engine, `workbench demo` as a process of its own, Chromium for the first page.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

import claims

WORDS = 600
ROUNDS = 7
PATIENCE = 60.0

#: What is aimed at; None where a number is only watched.
TARGETS = {
    "engine ready (s)": 2.0,
    f"one {WORDS}-word article to table (s, warm)": 0.3,
    "start to first page (s)": 2.0,
    "memory of the server with the demo open (MB)": 350.0,
}

READY = '[data-testid="stApp"][data-test-script-state="notRunning"]'


def article_text() -> str:
    """An article of WORDS words, put together from the demo's stories."""
    folder = resources.files("workbench") / "stories"
    text = "\n\n".join((folder / name).read_text(encoding="utf-8") for name in ("prison.txt", "ferries.txt"))
    pieces = re.findall(r"\s*\S+", text)
    return "".join(pieces[:WORDS])


def engine_ready() -> float:
    """Seconds from starting Python to the first claims of a short text, in a process of its own; the median of three."""
    code = "import claims; claims.find_claims(claims.read_article('Two vans waited at the gate on Sunday.'))"
    return statistics.median(_seconds([sys.executable, "-c", code]) for _ in range(3))


def article_to_table() -> float:
    """Seconds of one core's time for one article, from text to DataFrame, warm; the median of ROUNDS."""
    text = article_text()
    taken = []
    for _ in range(ROUNDS + 1):
        start = time.perf_counter()
        claims.claims_table(claims.find_claims(claims.read_article(text, published="2024-03-07")))
        taken.append(time.perf_counter() - start)
    return statistics.median(taken[1:])


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def demo(folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], str, float]]:
    """``workbench demo`` on a free port: the process, its address, and when it was started."""
    port = free_port()
    command = [sys.executable, "-m", "workbench", "demo", "--no-browser"]
    start = time.perf_counter()
    process = subprocess.Popen(
        [*command, "--port", str(port), "--store", str(folder / "demo.sqlite")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process, f"http://127.0.0.1:{port}", start
    finally:
        process.terminate()
        process.wait()


def wait_until_healthy(process: subprocess.Popen[bytes], address: str) -> None:
    """Return once the server says that it is well."""
    until = time.perf_counter() + PATIENCE
    while time.perf_counter() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.01)
    raise SystemExit(f"The demo did not start (exit code {process.poll()}).")


def bare_page(folder: Path, page: Page) -> float:
    """Seconds from start to a drawn page of a one-line Streamlit app: the floor under ours, in the same run."""
    script = folder / "bare.py"
    script.write_text("import streamlit as st\nst.write('ready')\n", encoding="utf-8")
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}", "--server.headless=true"]
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder)
    try:
        wait_until_healthy(process, f"http://127.0.0.1:{port}")
        page.goto(f"http://127.0.0.1:{port}")
        page.wait_for_selector(READY, timeout=PATIENCE * 1000)
        return time.perf_counter() - start
    finally:
        process.terminate()
        process.wait()


def memory(pid: int) -> float:
    """Resident megabytes of a process."""
    kilobytes = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=True).stdout
    return int(kilobytes) / 1024


def first_page() -> tuple[float, float, float, float]:
    """Seconds to a healthy server and to a drawn page, megabytes then, with the demo's store filled; the bare floor."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("Chromium is missing. Install it: apt-get install chromium")
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        with demo(Path(folder)) as (process, address, _):
            wait_until_healthy(process, address)  # the first start reads the articles; it is not the one measured
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox"] if os.geteuid() == 0 else []
        )
        page = browser.new_page()
        page.goto("about:blank")
        with demo(Path(folder)) as (process, address, start):
            wait_until_healthy(process, address)
            healthy = time.perf_counter() - start
            page.goto(address)
            page.wait_for_selector(READY, timeout=PATIENCE * 1000)
            drawn = time.perf_counter() - start
            megabytes = memory(process.pid)
        bare = bare_page(Path(folder), page)
        browser.close()
    return healthy, drawn, megabytes, bare


def main() -> None:
    """Measure and print, one line a number."""
    measured = {"engine ready (s)": engine_ready()}
    measured[f"one {WORDS}-word article to table (s, warm)"] = article_to_table()
    healthy, drawn, megabytes, bare = (
        statistics.median(each) for each in zip(*(first_page() for _ in range(3)), strict=True)
    )
    measured["start to a healthy server (s)"] = healthy
    measured["start to first page (s)"] = drawn
    measured["  the same for a one-line Streamlit app (s)"] = bare
    measured["memory of the server with the demo open (MB)"] = megabytes
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}, load {os.getloadavg()[0]:.1f}\n"
    )
    print(f"{'':<46}{'measured':>10}{'aim':>8}")
    for name, value in measured.items():
        aim = TARGETS.get(name)
        print(
            f"{name:<46}{value:>10.2f}{'' if aim is None else f'{aim:>8g}'}{'' if aim is None or value <= aim else '   over'}"
        )


def _seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
