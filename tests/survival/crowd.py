"""Many people marking the claims of one record at once, each in a process of their own, and what became of every verdict."""

from __future__ import annotations

import random
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from time import perf_counter

from claims.errors import StaleWrite
from claims.store import Query, Store
from tests.survival.children import child
from tests.survival.desks import stories

CLAIMS = 800
_PER_ARTICLE = 20
_HAND = 20  # claims that a person takes off the list before the first of them is marked


@dataclass(slots=True)
class Tally:
    """What one person was told: how often each claim took their verdict, what was refused, what else went wrong."""

    reader: str
    kept: Counter[str] = field(default_factory=Counter)
    rationales: set[str] = field(default_factory=set)
    stale: int = 0
    untold: list[str] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    waits: list[float] = field(default_factory=list)

    def mark(self, store: Store, claim_id: str, revision: int, verdict: str) -> None:
        """One verdict on a claim as it was seen, and what came of it."""
        rationale = f"{self.reader}, verdict {len(self.waits)}"
        begun = perf_counter()
        try:
            store.mark(claim_id, revision, verdict, "moderate", rationale=rationale)
        except StaleWrite as refused:
            self.stale += 1
            both = refused.current["revision"] > revision and refused.typed["rationale"] == rationale  # type: ignore[operator]
            if not both or f"you saw revision {revision}" not in str(refused):
                self.untold.append(str(refused))
        except Exception as error:  # noqa: BLE001  (whatever else is shown to a person is counted)
            self.errors[f"{type(error).__name__}: {error}"] += 1
        else:
            self.kept[claim_id] += 1
            self.rationales.add(rationale)
        self.waits.append(perf_counter() - begun)


@dataclass(frozen=True, slots=True)
class Run:
    """What all of them were told."""

    tallies: list[Tally]

    @property
    def kept(self) -> Counter[str]:
        """Verdicts acknowledged, by claim."""
        return sum((tally.kept for tally in self.tallies), Counter())

    @property
    def stale(self) -> int:
        """Verdicts refused because somebody was faster."""
        return sum(tally.stale for tally in self.tallies)

    @property
    def errors(self) -> Counter[str]:
        """Whatever else was shown to anybody."""
        return sum((tally.errors for tally in self.tallies), Counter())

    @property
    def rate(self) -> float:
        """Verdicts acknowledged a second."""
        return sum(tally.kept.total() / tally.seconds for tally in self.tallies)

    @property
    def waits(self) -> list[float]:
        """Seconds that each verdict took, kept or refused, the shortest first."""
        return sorted(wait for tally in self.tallies for wait in tally.waits)

    @property
    def fewest(self) -> int:
        """Verdicts acknowledged to whoever got the fewest through."""
        return min(tally.kept.total() for tally in self.tallies)

    def row(self, name: str) -> str:
        """One line of the table under HEAD."""
        waits = self.waits
        return (
            f"{name:<24}{self.rate:>10,.0f}{self.kept.total():>10,}{self.stale:>10,}{self.errors.total():>8,}"
            f"{1000 * waits[len(waits) // 2]:>12.1f}{1000 * waits[-len(waits) // 100]:>10.1f}{1000 * waits[-1]:>10.0f}{self.fewest:>10,}"
        )


HEAD = (
    f"{'processes, database':<24}{'a second':>10}{'kept':>10}{'refused':>10}{'errors':>8}"
    f"{'median ms':>12}{'99th ms':>10}{'worst ms':>10}{'fewest':>10}"
)


def fill(place: str) -> list[str]:
    """A new record with CLAIMS claims; their names."""
    pairs = list(stories(CLAIMS // _PER_ARTICLE, "crowd", _PER_ARTICLE))
    with Store(place, actor="Jana") as store:
        store.add_articles(pairs)
    return [claim.claim_id for _, claims in pairs for claim in claims]


def crowd(place: str, people: int, seconds: float) -> Run:
    """So many people mark the claims of a filled record for so long. They begin when all have it open."""
    with ExitStack() as stack:
        children = [stack.enter_context(child(_mark_for, place, f"reader {n}", seconds)) for n in range(people)]
        for one in children:
            assert one.hear() == "open"
        for one in children:
            one.pipe.send("begin")
        return Run([one.hear() for one in children])


def _mark_for(pipe: Connection, place: str, reader: str, seconds: float) -> None:
    chance = random.Random(reader)
    tally = Tally(reader)
    with Store(place, actor=reader) as store:
        pipe.send("open")
        pipe.recv()
        begun = perf_counter()
        while perf_counter() < begun + seconds:
            seen = store.page(Query(sort="article"), offset=chance.randrange(CLAIMS - _HAND), limit=_HAND)
            for claim_id, revision in zip(seen["claim_id"], seen["revision"], strict=True):
                tally.mark(store, claim_id, int(revision), chance.choice(["Supported", "Refuted"]))
        tally.seconds = perf_counter() - begun
    pipe.send(tally)
