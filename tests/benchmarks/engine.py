"""How fast the engine is, beside spaCy's own pipeline in the same run: python -m tests.benchmarks.engine [articles]. Asserts nothing.

The texts are the invented articles of tests/golden and the demo, put together and varied. All but the last two are processor seconds of
one core; medians of three.
"""

from __future__ import annotations

import importlib.util
import json
import os
import platform
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from importlib import resources

import spacy

import claims
from claims.article import Article
from claims.grammar import MODELS
from tests.golden.scoring import articles

WORDS = 600

_NAME = re.compile(r"(?<=[a-z,] )(?!Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[A-Z][a-z]{3,}\b(?<!day)")
_VOWELS, _CONSONANTS = "aeiou", "bdfgklmnprstvzh"
#: Processes take seconds to start: those rows read this many times as many articles.
_MORE = 4


def texts(count: int) -> list[str]:
    """So many articles of about WORDS words, no two alike, and no sentence with a name twice: what is remembered of words helps."""
    folder = resources.files("workbench") / "stories"
    pieces = [each.text for each in articles()] + [
        (folder / name).read_text(encoding="utf-8") for name in ("prison.txt", "ferries.txt")
    ]
    made = []
    for number in range(count):
        words: list[str] = []
        for at in range(len(pieces)):
            words += [*pieces[(number + at) % len(pieces)].split(" "), "\n\n"]
            if len(words) >= WORDS:
                break
        made.append(_renamed(" ".join(words[:WORDS]), number))
    return made


def _renamed(text: str, number: int) -> str:
    """The text with other names in the midst of its sentences: those of one article end alike, "Kordaek", and those of two do not."""
    ending = _VOWELS[number % 5] + _CONSONANTS[number // 5 % 15] + _VOWELS[number // 75 % 5]
    return _NAME.sub(lambda name: name[0] + ending, text)


def seconds(work: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    taken = []
    for _ in range(3):
        begun = clock()
        work()
        taken.append(clock() - begun)
    return statistics.median(taken)


def spacy_alone() -> Callable[[Iterable[str]], None]:
    """spaCy's small pipeline, loaded, as it reads the same texts."""
    pipeline = spacy.load(next(name for name in MODELS if importlib.util.find_spec(name)))

    def read(some: Iterable[str]) -> None:
        for _ in pipeline.pipe(some):
            pass

    return read


def memory(some: list[str]) -> float:
    """Megabytes at most of a process that reads these texts and nothing else."""
    code = (
        "import json, sys, claims\n"
        "from claims.article import Article\n"
        "for _ in claims.find_claims_in(map(Article, json.load(sys.stdin))): pass\n"
        "told = dict(line.split(':', 1) for line in open('/proc/self/status'))\n"
        "print(int(told['VmHWM'].split()[0]) / 1024)"  # ru_maxrss would count what this process had when it began that one
    )
    told = subprocess.run(
        [sys.executable, "-c", code], input=json.dumps(some), capture_output=True, text=True, check=True
    )
    return float(told.stdout)


def main(count: int) -> None:
    """Measure and print."""
    some = texts(count)
    thousands = sum(len(text.encode()) for text in some) / 1000
    sentences = [
        f"{text[each.start : each.end]} {no}" for no, text in enumerate(some) for each in claims.find_sentences(text)
    ]
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; {count} articles, {thousands:.0f} KB\n"
    )
    rows = [
        ("dates, KB a CPU-second", thousands / seconds(lambda: claims.find_dates_batch(some, [None] * count)), "300"),
        ("figures, KB a CPU-second", thousands / seconds(lambda: claims.find_figures_batch(some)), "100"),
        (
            "checkability, sentences a CPU-second",
            len(sentences) / seconds(lambda: claims.weigh_batch(sentences)),
            "20,000",
        ),
        ("quotes, KB a CPU-second", thousands / seconds(lambda: claims.find_quotes_batch(some)), "-"),
        ("statements, KB a CPU-second", thousands / seconds(lambda: claims.split_statements_batch(some)), "-"),
    ]
    read = [Article(text) for text in some]
    pipeline = spacy_alone()
    alone = seconds(lambda: pipeline(some))
    whole = seconds(lambda: list(claims.find_claims_in(read)))
    one = seconds(lambda: claims.claims_table(claims.find_claims(read[0])))
    rows += [
        (f"one {WORDS}-word article to its table, seconds", one, "0.3"),
        ("spaCy's pipeline alone, articles a CPU-second", count / alone, "-"),
        ("claims of many, articles a CPU-second", count / whole, "-"),
        ("  the same, beside spaCy's pipeline alone", alone / whole, "2"),
    ]
    more = [Article(text) for text in texts(_MORE * count)]
    single = seconds(lambda: list(claims.find_claims_in(more, 1)), time.perf_counter)
    double = seconds(lambda: list(claims.find_claims_in(more, 2)), time.perf_counter)
    code = "import claims; claims.find_claims(claims.read_article('Two vans waited at the gate on Sunday.'))"
    ready = seconds(lambda: subprocess.run([sys.executable, "-c", code], check=True), time.perf_counter)
    rows += [
        ("two processes beside one, by the clock", single / double, "1.8"),
        ("import to the first article's claims, seconds", ready, "2"),
        ("peak memory of a process that reads them all, MB", memory(some), "500"),
    ]
    print(f"{'':<52}{'measured':>12}{'aim':>10}")
    for name, value, aim in rows:
        print(f"{name:<52}{value:>12,.2f}{aim:>10}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
