"""The workbench's verdicts by the way that its people take: keys in real browsers, as fast as the next claim is shown."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from playwright.async_api import Browser, async_playwright

from tests.benchmarks.load import Person, crowd, kept
from tests.benchmarks.peers.program import Lacking
from tests.benchmarks.peers.workbench import Workbench
from tests.chromium import CHROMIUM, FLAGS


class Hasty(Person):
    """Somebody who gives verdicts without a thought between them."""

    async def hurry(self, browser: Browser, address: str, ready: asyncio.Barrier, seconds: float) -> float:
        """Sit down, begin with the others; the seconds until the last verdict is said to be saved."""
        page = await self.sit_down(browser, address)
        chance = random.Random(self.name)
        await ready.wait()
        begun, until = perf_counter(), time.time() + seconds
        while time.time() < until:
            await self._mark(page, chance)
        await page.wait_for_function("!window.claimsKeys.waiting.length")
        taken = perf_counter() - begun
        await page.context.close()
        return taken


def by_keys(program: Workbench, home: Path, people: int, seconds: float) -> str:
    """So many people in one browser, each on an article of their own: what they saw saved, and what is on the record."""
    if CHROMIUM is None:
        raise Lacking("Chromium is missing here")
    home.mkdir(parents=True)
    program.settle(home)
    sat = [Hasty(each.name, each.article) for each in crowd(program.place, people)]
    program.start()
    try:
        taken = max(asyncio.run(_all(sat, program.address, seconds)))
        memory = program.running.resident()
    finally:
        program.running.end()
    _, lost = kept(program.place, list(sat))
    given = sum(len(each.pressed) for each in sat)
    late = sorted(wait for each in sat for wait in each.shown)[int(given * 0.95)]
    return f"{given / taken:,.1f} a second; 95 % within {late:,.0f} ms; {len(lost)} lost; server {memory:,.0f} MB"


async def _all(sat: Sequence[Hasty], address: str, seconds: float) -> list[float]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        ready = asyncio.Barrier(len(sat))
        taken = await asyncio.gather(*(each.hurry(browser, address, ready, seconds) for each in sat))
        await browser.close()
    return taken
