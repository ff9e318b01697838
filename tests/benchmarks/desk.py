"""How quick the desk is under a person's hands: python -m tests.benchmarks.desk [claims]. Prints a table; asserts nothing.

A real server on invented claims and a real Chromium. Each wait is taken in the page itself, from the event to the frame after
the one that shows what was waited for; the smallest Streamlit app that can do the same is measured in the same run, as the
floor under it. Then ten desks are open and nobody does anything.
"""

from __future__ import annotations

import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from claims.store import Store
from tests.benchmarks.main_job import free_port, wait_until_healthy
from tests.benchmarks.store import WORDS, articles

PRESSES = 40
TURNS = 15
FIRST_PAGES = 5
SESSIONS = 10
IDLE = 20.0
SETTLED = 10.0

#: What is aimed at, in milliseconds for the waits: (the median, the 95th percentile); None where a number is only watched.
AIMS: dict[str, tuple[float | None, float | None]] = {
    "J: the next claim": (150, 300),
    "saved: the next claim": (150, 300),
    "first page": (2000, None),
}

QUIET = '[data-testid="stApp"][data-test-script-state="notRunning"]'

#: The smallest app with a key that changes a text, drawn in a fragment.
FLOOR = """
import streamlit as st

def step():
    st.session_state["at"] = st.session_state.get("at", 0) + 1

@st.fragment
def page():
    st.button("Next", on_click=step, shortcut="j")
    st.html(f'<div class="claim">Claim {st.session_state.get("at", 0)}</div>')

page()
"""

#: A stopwatch in the page. A frame is drawn after its requestAnimationFrame: what one sees, the next finds painted.
STOPWATCH = """
    const pane = (name) => [...document.querySelectorAll(`.st-key-${name} *`)].map((each) => each.shadowRoot).find(Boolean);
    const shown = {
        claim: () => document.querySelector(".claim")?.textContent,
        rows: () => [...(pane("pane-queue")?.querySelectorAll(".row") ?? [])].map((each) => each.dataset.claim).join() || undefined,
        // A claim is whole when its form is no more dimmed: the form of the claim that was left is.
        form: () => document.querySelector(".st-key-pane-form[aria-busy]") ? undefined : shown.claim(),
        answer: () => [...(pane("answers")?.querySelectorAll(".on") ?? [])].map((each) => each.textContent).join(),
    };
    const paint = (what, before, begun) => {
        const now = shown[what]();
        if (now === before || now === undefined) return requestAnimationFrame(() => paint(what, before, begun));
        requestAnimationFrame(() => (window.taken = performance.now() - begun));
    };
    window.time = (what, event) => {
        window.taken = null;
        const before = shown[what]();
        const start = ({ key }) => {
            if (key === "Control") return;
            removeEventListener(event, start, true);
            paint(what, before, performance.now());
        };
        addEventListener(event, start, true);
    };
    window.taken = null;
    requestAnimationFrame(() => paint(window.first, undefined, 0));
"""


def fill(path: Path, claims: int) -> None:
    """A store of so many invented claims, none of them marked."""
    with Store(path, actor="Jana Korda") as store:
        store.add_articles(articles(claims))


@contextmanager
def started(*command: str, folder: Path | None = None) -> Iterator[tuple[int, str]]:
    """A server of this Python's, started with these words: its process and its address, until the block ends."""
    port = free_port()
    place = {"workbench": ["--port", str(port), "--no-browser"]}
    streamlit = [f"--server.port={port}", "--server.headless=true", "--browser.gatherUsageStats=false"]
    process = subprocess.Popen(
        [sys.executable, "-m", *command, *place.get(command[0], streamlit)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder,
    )  # fmt: skip
    try:
        wait_until_healthy(process, f"http://127.0.0.1:{port}")
        yield process.pid, f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def opened(browser: Browser, address: str, first: str) -> Page:
    """The address in a profile of its own, with the stopwatch running from its navigation to ``first``."""
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.add_init_script(f"window.first = {first!r};{STOPWATCH}")
    page.goto(address)
    page.wait_for_function("window.taken")
    page.wait_for_selector(QUIET)
    return page


def first_pages(browser: Browser, address: str, first: str) -> list[float]:
    """Milliseconds from navigation to the first page, in a fresh profile each time."""
    taken = []
    for _ in range(FIRST_PAGES):
        page = opened(browser, address, first)
        taken.append(page.evaluate("window.taken"))
        page.context.close()
    return taken


def waits(page: Page, what: str, event: str, acts: Iterable[Callable[[], None]]) -> list[float]:
    """Milliseconds from each act's event to the frame that shows the change; between two acts the page comes to rest."""
    taken = []
    for act in acts:
        page.evaluate("([what, event]) => window.time(what, event)", [what, event])
        act()
        page.wait_for_function("window.taken")
        taken.append(page.evaluate("window.taken"))
        page.wait_for_selector(QUIET)
    return taken


def saves(page: Page, what: str, times: int) -> tuple[list[float], list[float]]:
    """A verdict and a confidence given by key, then saved: what the verdict's key took, and saving until ``what`` showed."""
    verdicts, saved = [], []
    for key in ("1", "2", "3", "4") * (times // 4):
        verdicts += waits(page, "answer", "keydown", [lambda key=key: page.keyboard.press(key)])  # type: ignore[misc]
        page.keyboard.press("e")
        page.wait_for_selector('.st-key-answers [aria-label^="Confidence"] .on')
        page.wait_for_selector(QUIET)
        saved += waits(page, what, "keydown", [lambda: page.keyboard.press("Control+Enter")])
    return verdicts, saved


def searched(page: Page, word: str) -> None:
    """Type a word into the search and send it."""
    field = page.get_by_placeholder("Find words, names, figures")
    field.fill(word)
    field.press("Enter")


def desk(browser: Browser, address: str) -> Iterator[tuple[str, list[float]]]:
    """Every wait of the desk, by name, as it is measured."""
    yield "first page", first_pages(browser, address, "rows")
    page = opened(browser, address, "rows")
    page.wait_for_selector(".claim")
    yield "J: the next claim", waits(page, "claim", "keydown", [lambda: page.keyboard.press("j")] * PRESSES)
    yield "J: its form, whole", waits(page, "form", "keydown", [lambda: page.keyboard.press("j")] * PRESSES)
    verdicts, saved = saves(page, "claim", PRESSES)
    yield "1: the verdict ticked", verdicts
    yield "saved: the next claim", saved
    yield "saved: its form, whole", saves(page, "form", PRESSES // 2)[1]
    following = page.get_by_role("button", name="Next page")
    yield "the next page of 50", waits(page, "rows", "pointerdown", [following.click] * TURNS)
    words = [word for word, _ in zip(cycle(WORDS), range(TURNS), strict=False)]
    acts = [lambda word=word: searched(page, word) for word in words]  # type: ignore[misc]
    yield "a search", waits(page, "rows", "keydown", acts)
    page.context.close()


def floor(browser: Browser, folder: Path) -> dict[str, list[float]]:
    """The same of the smallest app."""
    (folder / "floor.py").write_text(FLOOR, encoding="utf-8")
    with started("streamlit", "run", "floor.py", folder=folder) as (_, address):
        taken = {"first page": first_pages(browser, address, "claim")}
        page = opened(browser, address, "claim")
        taken["J: the next claim"] = waits(page, "claim", "keydown", [lambda: page.keyboard.press("j")] * PRESSES)
        page.context.close()
    return taken


def family(pid: int) -> list[int]:
    """A process and all that it started."""
    children = [
        int(each) for task in Path(f"/proc/{pid}/task").iterdir() for each in (task / "children").read_text().split()
    ]
    return [pid, *(member for child in children for member in family(child))]


def resident(pid: int) -> float:
    """Resident megabytes of a process and all that it started."""
    pages = sum(int(Path(f"/proc/{member}/statm").read_text().split()[1]) for member in family(pid))
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def worked(pid: int) -> float:
    """Milliseconds of processor time that a process and all that it started have taken so far."""
    stats = [Path(f"/proc/{member}/stat").read_text().rpartition(")")[2].split() for member in family(pid)]
    return 1000 * sum(int(each[11]) + int(each[12]) for each in stats) / os.sysconf("SC_CLK_TCK")


def idle(browser: Browser, pid: int, address: str) -> tuple[float, float, float]:
    """With one desk open and then ten, at rest: megabytes of each, and milliseconds of work a second with ten."""
    pages = [opened(browser, address, "rows")]
    one = resident(pid)
    pages += [opened(browser, address, "rows") for _ in range(SESSIONS - 1)]
    time.sleep(SETTLED)  # what opening sets in motion is over
    begun, before = time.perf_counter(), worked(pid)
    time.sleep(IDLE)
    load = (worked(pid) - before) / (time.perf_counter() - begun)
    ten = resident(pid)
    for page in pages:
        page.context.close()
    return one, ten, load


def main(claims: int) -> None:
    """Measure and print."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("Chromium is missing. Install it: apt-get install chromium")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        fill(folder / "desk.sqlite", claims)
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox"] if os.geteuid() == 0 else []
        )
        lowest = floor(browser, folder)
        cores, load = os.cpu_count(), os.getloadavg()[0]
        print(f"{claims:,} claims; Python {platform.python_version()}, {cores} cores, load {load:.1f}\n")
        print(f"{'milliseconds':<34}{'median':>8}{'95 %':>8}{'aims':>14}{'times':>8}")
        with started("workbench", "--store", str(folder / "desk.sqlite")) as (pid, address):
            for title, waited in desk(browser, address):
                _print(title, waited, AIMS.get(title, (None, None)))
                if title in lowest:
                    _print("  the smallest Streamlit app", lowest[title], (None, None))
                    ratio = statistics.median(waited) / statistics.median(lowest[title])
                    print(f"{'  ratio of the two':<34}{ratio:>8.1f}")
            one, ten, work = idle(browser, pid, address)
        browser.close()
    print(f"\n{'server':<50}{'aims':>14}")
    print(f"{'MB with one desk open':<34}{one:>8.0f}")
    print(f"{f'MB with {SESSIONS} desks open':<34}{ten:>8.0f}{'':>8}{'500':>14}")
    print(f"{f'ms of work a second, {SESSIONS} at rest':<34}{work:>8.1f}")
    print(f"{'  of each':<34}{work / SESSIONS:>8.1f}{'':>8}{'10':>14}")


def _print(title: str, waited: list[float], aims: tuple[float | None, float | None]) -> None:
    middle, most = statistics.median(waited), sorted(waited)[min(len(waited) - 1, int(0.95 * len(waited)))]
    aimed = " / ".join(f"{aim:g}" for aim in aims if aim is not None)
    print(f"{title:<34}{middle:>8.0f}{most:>8.0f}{aimed:>14}{len(waited):>8}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
