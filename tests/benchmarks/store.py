"""How fast the record is: python tests/benchmarks/store.py [number of claims]. Prints a table; asserts nothing."""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from threading import Thread
from time import perf_counter

from claims.article import Article
from claims.checkability import Reason
from claims.claim import Claim
from claims.evidence import Source
from claims.store import SORTS, Entry, Mark, Query, Store

PER_ARTICLE = 20
SPEAKERS = [
    f"{first} {last}" for first in ("Marusa", "Jana", "Tom", "Ines") for last in ("Ilic", "Korda", "Vey", "Dorn")
]
WORDS = [
    "inmates", "ministry", "guards", "prison", "posts", "budget", "vote", "bridge", "river", "harbour", "school",
    "hospital", "tax", "wage", "strike",
]  # fmt: skip
QUERIES: dict[str, Query] = {
    "no filter": Query(),
    "status new": Query(statuses=("new",)),
    "status agreed (none)": Query(statuses=("agreed",)),
    "marked": Query(marked=True),
    "verdict Refuted": Query(verdicts=("Refuted",)),
    "low confidence": Query(confidences=("low",)),
    "numerical": Query(kinds=("numerical",)),
    "kind of none": Query(kinds=("sport",)),
    "speaker": Query(speakers=("Jana Dorn",)),
    "with sources": Query(has_sources=True),
    "date, no figure": Query(has_date=True, has_figure=False),
    "frequent word": Query(text="ministry"),
    "two words": Query(text="harbour strike"),
    "rare word": Query(text="zeppelin"),
}


def articles(claims: int) -> Iterator[tuple[Article, list[Claim]]]:
    """Invented articles, twenty claims each."""
    chance = random.Random(4)
    for number in range(claims // PER_ARTICLE):
        sentences = [_sentence(chance, number, at) for at in range(PER_ARTICLE)]
        article = Article(
            " ".join(sentences), title=f"Story {number}", publisher="The Korda Post", published=date(2024, 3, 4)
        )
        yield article, list(_claims(chance, article, sentences))


def entries(claims: int) -> Iterator[Entry]:
    """The same, each claim with a first mark and a source."""
    mark = Mark("Refuted", "moderate", "The roll call of the prison says otherwise.", corrected_value="249")
    source = Source("https://korda.example/roll-call", "Roll call", quoted="249 were absent.", stance="refutes")
    for article, found in articles(claims):
        names = [claim.claim_id for claim in found]
        yield Entry(article, found, dict.fromkeys(names, mark), {name: [source] for name in names})


def main(claims: int) -> None:
    """Measure and print."""
    marked = list(entries(claims))
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "marked.sqlite", actor="Jana") as store:
        taken, again = (_seconds(lambda: store.add_articles(marked)) for _ in range(2))
        print(
            f"{claims:,} claims, each with a mark and a source, and their {store.latest_event_seq():,} events imported: {taken:.1f} s"
        )
        print(f"the same again, nothing doubled ({store.count(Query()):,} claims): {again:.1f} s")
    prepared = list(articles(claims))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "desk.sqlite"
        with Store(path, actor="Jana") as store:
            print(
                f"{claims:,} claims with their events imported: {_seconds(lambda: store.add_articles(prepared)):.1f} s"
            )
            print(f"imported again, nothing doubled: {_seconds(lambda: store.add_articles(prepared)):.1f} s")
            _mark_some(store, 3000)
        print(f"opened: {1000 * _seconds(lambda: Store(path).close()):.0f} ms; file {path.stat().st_size / 1e6:.0f} MB")
        with Store(path, actor="Jana") as store:
            _pages(store)
            print(f"chain verified: {_seconds(store.verify):.1f} s; fold compared: {_seconds(store.differences):.1f} s")
            print(f"whole table: {_seconds(lambda: store.table(Query())):.1f} s")


def _pages(store: Store) -> None:
    print(
        "\nfirst 50 rows, median ms      " + "".join(f"{sort:>12}" for sort in SORTS) + f"{'count':>12}{'facets':>12}"
    )
    for name, query in QUERIES.items():
        times = [_median(store.rows, replace(query, sort=sort)) for sort in SORTS]
        times += [_median(store.count, query), _median(store.facets, query)]
        print(f"{name:<30}" + "".join(f"{time:12.1f}" for time in times))
    print()


def _mark_some(store: Store, wanted: int) -> None:
    names = store.page(Query(sort="newest"), limit=wanted)["claim_id"].tolist()
    single, shared = names[: wanted // 3], names[wanted // 3 :]
    chance = random.Random(5)

    def mark(some: list[str]) -> None:
        for name in some:
            verdict = chance.choice(["Supported", "Refuted", "Not enough evidence"])
            store.mark(name, 1, verdict, chance.choice(["low", "moderate", "high"]), rationale="The roll call says so.")

    print(f"marks a second, one writer: {len(single) / _seconds(lambda: mark(single)):,.0f}")
    threads = [Thread(target=mark, args=(shared[at::8],)) for at in range(8)]

    def together() -> None:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    print(f"marks a second, eight threads: {len(shared) / _seconds(together):,.0f}")
    for name in single[:100]:
        store.add_source(name, 2, Source("https://korda.example/roll-call", stance="supports"))


def _sentence(chance: random.Random, number: int, at: int) -> str:
    rare = "zeppelin" if number % 977 == 0 and at == 0 else "plan"
    return f"In story {number}, {chance.randrange(9000)} {' '.join(chance.sample(WORDS, 5))} and the {rare} of {at} came up on Sunday."


def _claims(chance: random.Random, article: Article, sentences: list[str]) -> Iterator[Claim]:
    start = 0
    for seq, sentence in enumerate(sentences, 1):
        figure = chance.randrange(9000) if chance.random() < 0.5 else None
        day = date(2024, 3, 4) - timedelta(days=chance.randrange(900)) if chance.random() < 0.5 else None
        score = chance.random()
        yield Claim(
            claim_id=f"{article.article_id[:10]}{seq:06x}", article_id=article.article_id, article_title=article.title,
            article_url="", publisher=article.publisher, published=article.published, seq=seq, sentence_no=seq, start=start,
            end=start + len(sentence), quote=sentence, prefix=article.text[max(start - 32, 0) : start],
            suffix=article.text[start + len(sentence) :][:32], claim=sentence,
            kinds=tuple(chance.sample(["numerical", "quote", "event", "causal", "position"], 2)),
            speaker=chance.choice(SPEAKERS), cue="said", attribution="indirect", figure_low=figure, figure_high=figure,
            figure_unit="inmates" if figure else "", quantifier="", date_text="Sunday" if day else "", date_first=day,
            date_last=day, checkability=score,
            reasons=(Reason("figure", "It gives a figure that can be looked up.", score / 2), Reason("day", "It names a day.", score / 2)),
            priority="high" if score >= 0.6 else "normal" if score >= 0.3 else "low",
        )  # fmt: skip
        start += len(sentence) + 1


def _seconds(work: Callable[[], object]) -> float:
    begun = perf_counter()
    work()
    return perf_counter() - begun


def _median(work: Callable[[Query], object], query: Query) -> float:
    return 1000 * statistics.median(_seconds(lambda: work(query)) for _ in range(5))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
