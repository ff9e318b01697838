"""Twenty people marking at once, in twenty real browser sessions: python -m tests.benchmarks.load [seconds] [people].

One server, one Chromium, a profile for each person, who takes claim after claim from the keyboard with some seconds' thought
between. In the end every verdict that a person saw accepted must be on the record under their name, and no page may show an
error. On SQLite, then on PostgreSQL with fsync on. Prints a table; asserts nothing about time.
"""

from __future__ import annotations

import asyncio
import json
import os
import platform
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright

from claims.article import Article
from claims.store import Query, Store
from tests.benchmarks.desk import QUIET, resident, started
from tests.chromium import CHROMIUM, FLAGS
from tests.claims.conftest import make_article, make_claim
from tests.postgres import missing, served

#: Seconds of thought between two verdicts, evenly spread; and how long a page may take before the run is given up.
THOUGHT = (4.0, 8.0)
PATIENCE = 120_000

#: Milliseconds between two looks for the next claim, which come on top of its time. Not at each frame: twenty browsers draw few.
LOOKED = 100

CLAIM = ".st-key-pane-form .claim"
WORDS = f"document.querySelector('{CLAIM}')?.textContent"

#: What a person would take for a failure.
ERRORS = ".stException, [data-testid=stAlertContentError], [data-testid=stConnectionStatus]"


@dataclass
class Person:
    """One who marks: what they saw accepted and when they pressed, how long each took, and what they saw go wrong."""

    name: str
    article: Article
    pressed: dict[str, float] = field(default_factory=dict)
    shown: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)

    async def sit_down(self, browser: Browser, address: str) -> Page:
        """The desk in a browser of their own, at their article, as soon as it hears their keys."""
        context = await browser.new_context(viewport={"width": 1280, "height": 800})
        context.set_default_timeout(PATIENCE)
        await context.add_init_script(f"localStorage.setItem('claims-workbench-person', '{self.name}')")
        page = await context.new_page()
        await page.goto(f"{address}/?article={self.article.article_id}")
        await page.get_by_role("button", name=f"You are {self.name}").wait_for()
        await page.wait_for_function("window.claimsKeys?.listening")
        return page

    async def work(self, page: Page, until: float) -> None:
        """Mark until the time is over, and wait until all of it is said to be saved."""
        chance = random.Random(self.name)
        while time.time() < until:
            await asyncio.sleep(chance.uniform(*THOUGHT))
            await self._mark(page, chance)
        await page.wait_for_function("!window.claimsKeys.waiting.length")
        await page.wait_for_selector(QUIET)
        self.errors.update(await page.locator(ERRORS).all_inner_texts())
        await page.context.close()

    async def _mark(self, page: Page, chance: random.Random) -> None:
        words = await page.evaluate(WORDS)
        for key in (chance.choice("12"), "w"):
            await page.keyboard.press(key)
        begun = time.time()
        await page.keyboard.press("Control+Enter")
        await page.wait_for_function(f"(words) => {WORDS} !== words", arg=words, polling=LOOKED)
        self.shown.append((time.time() - begun) * 1000)
        self.pressed[words] = begun
        self.errors.update(await page.locator(ERRORS).all_inner_texts())


def crowd(place: str, people: int) -> list[Person]:
    """So many people on the roster of a new record, each with an article of their own to check."""
    sat = []
    with Store(place, actor="Marusa") as store:
        for number in range(1, people + 1):
            sentences = [
                f"On day {day} in district {number} {100 + day} guards stayed at home. " for day in range(1, 121)
            ]
            article = make_article("".join(sentences), title=f"The strike in district {number}")
            ends = list(accumulate(map(len, sentences)))
            found = [
                make_claim(article, end - len(words), end - 1, seq, checkability=1 - seq / 200)
                for seq, (words, end) in enumerate(zip(sentences, ends, strict=True), 1)
            ]
            store.add_article(article, found)
            store.add_person(f"Checker {number:02}")
            sat.append(Person(f"Checker {number:02}", article))
    return sat


async def marked(people: list[Person], address: str, seconds: float) -> None:
    """They come one after another, and then all of them are at work at once."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        pages = [await person.sit_down(browser, address) for person in people]
        until = time.time() + seconds
        await asyncio.gather(*(person.work(page, until) for person, page in zip(people, pages, strict=True)))
        await browser.close()


def kept(place: str, people: list[Person]) -> tuple[list[float], list[tuple[str, str]]]:
    """Milliseconds from each press to its event on the record, and what was accepted and is not there."""
    with Store(place) as store:
        events = store.events_table()
        words = dict(store.table(Query())[["claim_id", "claim"]].itertuples(index=False))
        fault = store.verify()
    assert fault is None, fault
    marks = events[events["subject_kind"] == "mark"]
    first: dict[tuple[str, str], float] = {}
    for actor, new, at in zip(marks["actor"], marks["new"], marks["at"], strict=True):
        first.setdefault((actor, words[json.loads(new)["claim_id"]]), at.timestamp())
    asked = {(person.name, each): at for person in people for each, at in person.pressed.items()}
    return [(first[each] - at) * 1000 for each, at in asked.items() if each in first], [
        each for each in asked if each not in first
    ]


def measure(database: str, place: str, seconds: float, people: int) -> None:
    """One run, and its lines."""
    crowded = crowd(place, people)
    with started("workbench", "--store", place) as (process, address):
        asyncio.run(marked(crowded, address, seconds))
        size = resident(process)
    stored, lost = kept(place, crowded)
    shown = [each for person in crowded for each in person.shown]
    errors = sum((person.errors for person in crowded), Counter[str]())
    for what, taken in (("next claim shown", shown), ("on the record", stored)):
        late = sorted(taken)[int(len(taken) * 0.95)]
        print(
            f"{database:<12}{what:<18}{len(taken):>7}{len(lost):>6}{errors.total():>8}{statistics.median(taken):>9.0f}"
            f"{late:>9.0f}{max(taken):>9.0f}{size:>8.0f}{os.getloadavg()[0]:>7.1f}"
        )
    for each, times in errors.most_common(5):
        print(f"    {times} times: {each}")
    for person, words in lost[:5]:
        print(f"    lost: {person}, {words}")


def main(seconds: float, people: int) -> None:
    """Measure and print."""
    print(f"{people} people, {seconds:.0f} s each; Python {platform.python_version()}, {os.cpu_count()} cores\n")
    print(
        f"{'database':<12}{'wait':<18}{'marks':>7}{'lost':>6}{'errors':>8}{'median':>9}{'95th':>9}{'worst':>9}{'MB':>8}{'load':>7}"
    )
    with tempfile.TemporaryDirectory() as folder:
        measure("SQLite", str(Path(folder) / "desk.sqlite"), seconds, people)
    if lacking := missing():
        print(f"PostgreSQL was not measured: {lacking}")
        return
    with served() as server, server.database() as address:
        server.say("ALTER SYSTEM SET fsync = on")
        server.say("SELECT pg_reload_conf()")
        measure("PostgreSQL", address, seconds, people)


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 300.0, int(sys.argv[2]) if len(sys.argv) > 2 else 20)
