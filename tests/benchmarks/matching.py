"""How fast claims are matched: python tests/benchmarks/matching.py [number of claims]. Prints a table; asserts nothing."""

from __future__ import annotations

import random
import resource
import statistics
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from time import perf_counter, process_time
from typing import Any

from claims.matching import Clash, Index, contradictions, pairs, repeats

#: Claims of one story, but for one story that everybody writes about.
PER_STORY, CROWDED = 20, 2_000
ASKED = 500
PARTS = ["ko", "ma", "bel", "dra", "tes", "nor", "vel", "lip", "ost", "bren", "val", "kes", "hra", "sel", "tar", "lom"]
ACTS = [
    "{n} detainees escaped from the {name} {thing}", "The {thing} in {name} killed {n} people",
    "{n} workers of the {name} {thing} {act} the {word}", "The {name} {thing} cost {n} million euros",
    "The {word} of the {name} {thing} {act} by {n} percent", "The {name} {thing} {act} its {word}",
    "Almost all detainees escaped from the {name} {thing}", "The {name} {thing} held {n} detainees",
    "{n} percent of the {word} in {name} {act} the {thing}", "{name} did not {plain} the {word} of the {thing}",
]  # fmt: skip


def rows(number: int) -> Iterator[dict[str, Any]]:
    """Invented claims: frequent words are frequent as in any language, a story shares its name and its things."""
    chance = random.Random(7)
    vocabulary = ["".join(chance.choices(PARTS, k=chance.randint(2, 3))) for _ in range(20_000)]
    weights = [1 / (rank + 10) for rank in range(len(vocabulary))]
    made = story = 0
    while made < number:
        story += 1
        name = "".join(chance.choices(PARTS, k=3)).title()
        thing, *told = chance.choices(vocabulary, weights, k=6)
        day = date(2019, 1, 1) + timedelta(days=chance.randrange(2_000))
        for _ in range(min(CROWDED if story == 1 else PER_STORY, number - made)):
            act = chance.choice(told[:3])
            claim = chance.choice(ACTS).format(
                n=chance.choice([chance.randint(2, 99), chance.randint(100, 999), "some 800", "at least 500"]),
                name=name, thing=thing, act=f"{act}ed", plain=act, word=chance.choice(told[2:]),
            )  # fmt: skip
            made += 1
            said = day + timedelta(days=chance.randrange(4))
            yield {
                "claim_id": f"{made:06}",
                "article_id": f"{story}-{made % 7}",
                "claim": f"{claim}.",
                "published": said,
            }


def main(number: int) -> None:
    """Measure and print."""
    listed = list(rows(number))
    before = _megabytes()
    start, worked = perf_counter(), process_time()
    index = Index(listed)
    print(f"{number:,} claims indexed: {perf_counter() - start:.1f} s ({process_time() - worked:.1f} s of one core)")
    times = []
    for row in random.Random(1).sample(listed, min(ASKED, number)):
        start = perf_counter()
        repeats(row, index)
        contradictions(row, index)
        times.append(1_000 * (perf_counter() - start))
    deciles = statistics.quantiles(times, n=20)
    print(
        f"a new claim, repeats and contradictions: median {statistics.median(times):.1f} ms, 95th {deciles[-1]:.1f} ms"
    )
    start, worked = perf_counter(), process_time()
    found = Counter("clash" if isinstance(each, Clash) else "repeat" for each in pairs(index))
    print(
        f"the whole table paired: {perf_counter() - start:.0f} s ({process_time() - worked:.0f} s of one core), {dict(found)}"
    )
    print(f"memory: {_megabytes():,.0f} MB at most, {before:,.0f} of them before the index (the claims themselves too)")


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
