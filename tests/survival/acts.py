"""A process that writes to a record, act upon act, and says of each that it is done once it is: to be killed at it."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import count
from multiprocessing.connection import Connection

from claims.claim import Claim
from claims.evidence import Source
from claims.store import Mark, Store
from tests.survival.desks import stories


@dataclass(frozen=True, slots=True)
class Done:
    """An act that a store has acknowledged: ``trace`` is in its events and no others; the claim is at ``revision`` or beyond."""

    act: str
    trace: str
    claim_id: str = ""
    revision: int = 0


@dataclass(slots=True)
class Hand:
    """What a writer knows: claims that nothing was done to yet, and the revisions of all that are not dropped."""

    fresh: list[Claim] = field(default_factory=list)
    revisions: dict[str, int] = field(default_factory=dict)

    def take(self) -> Claim:
        """A fresh claim, in hand no longer."""
        return self.fresh.pop()


def _read(store: Store, hand: Hand, trace: str, articles: int) -> Done:
    pairs = list(stories(articles, trace))
    assert len(store.add_articles(pairs)) == articles
    hand.fresh += [claim for _, claims in pairs for claim in claims]
    hand.revisions |= {claim.claim_id: 1 for _, claims in pairs for claim in claims}
    return Done("", trace, hand.fresh[-1].claim_id, 1)


def _import(store: Store, hand: Hand, trace: str) -> Done:
    return _read(store, hand, trace, 3)


def _long_import(store: Store, hand: Hand, trace: str) -> Done:
    return _read(store, hand, trace, 40)


def _mark(store: Store, hand: Hand, trace: str) -> Done:
    name = hand.take().claim_id
    hand.revisions[name] = store.mark(name, 1, "Refuted", "high", rationale=trace, corrected_value="273")
    return Done("", trace, name, hand.revisions[name])


def _save(store: Store, hand: Hand, trace: str) -> Done:
    name = hand.take().claim_id
    mark = Mark("Supported", "low", rationale=trace)
    sources = [Source(f"https://korda.example/{trace}/{n}", stance="supports") for n in range(2)]
    hand.revisions[name] = store.save(name, 1, mark=mark, changes={"speaker": "Jana Vey"}, sources=sources)
    return Done("", trace, name, hand.revisions[name])


def _edit(store: Store, hand: Hand, trace: str) -> Done:
    name = random.Random(trace).choice(list(hand.revisions))
    hand.revisions[name] = store.edit_claim(name, hand.revisions[name], {"claim": f"Reworded: {trace}."})
    hand.fresh[:] = [claim for claim in hand.fresh if claim.claim_id != name]
    return Done("", trace, name, hand.revisions[name])


def _undo(store: Store, hand: Hand, trace: str) -> Done:
    done = _edit(store, hand, trace.replace("undo", "edit"))
    event = store.undo()
    hand.revisions[done.claim_id] += 1
    return Done("", event.batch, done.claim_id, done.revision + 1)


def _source(store: Store, hand: Hand, trace: str) -> Done:
    name = hand.take().claim_id
    store.add_source(name, 1, Source(f"https://korda.example/{trace}", quoted="273 were there.", stance="refutes"))
    return Done("", trace, name, 1)


def _split(store: Store, hand: Hand, trace: str) -> Done:
    claim = hand.take()
    del hand.revisions[claim.claim_id]
    parts = [replace(claim, claim=f"{trace}: {half} half.") for half in ("one", "other")]
    names = store.split_claim(claim.claim_id, 1, parts)
    hand.revisions |= dict.fromkeys(names, 1)
    return Done("", trace, claim.claim_id, 2)


def _merge(store: Store, hand: Hand, trace: str) -> Done:
    claims = [hand.take(), hand.take()]
    for claim in claims:
        del hand.revisions[claim.claim_id]
    name = store.merge_claims([claim.claim_id for claim in claims], [1, 1], replace(claims[0], claim=f"{trace}: both."))
    hand.revisions[name] = 1
    return Done("", trace, claims[0].claim_id, 2)


ACTS: dict[str, Callable[[Store, Hand, str], Done]] = {
    "import": _import,
    "long import": _long_import,
    "mark": _mark,
    "save": _save,
    "edit": _edit,
    "undo": _undo,
    "source": _source,
    "split": _split,
    "merge": _merge,
}
_OFTEN = [name for name in ACTS if name not in {"import", "long import"}]
_FEWEST = 2  # fresh claims that an act may need


def do(name: str, store: Store, hand: Hand, writer: str, number: int) -> Done:
    """One act by its name, traceable."""
    trace = f"{name.replace(' ', '-')}-{writer}-{number}"
    return replace(ACTS[name](store, hand, trace), act=name)


def write(pipe: Connection, place: str, writer: str) -> None:
    """Write without end, telling of each act that is done. Which acts these are, the writer's name decides."""
    chance = random.Random(writer)
    hand = Hand()
    with Store(place, actor=writer) as store:
        for number in count():
            if len(hand.fresh) < _FEWEST:
                name = "long import" if chance.random() < 0.15 else "import"
            else:
                name = chance.choice(_OFTEN)
            pipe.send(do(name, store, hand, writer, number))


def write_until_told(pipe: Connection, place: str, writer: str) -> None:
    """The same beside others: writes until the test says something, then tells all that is done at once."""
    chance = random.Random(writer)
    hand, done = Hand(), []
    with Store(place, actor=writer) as store:
        pipe.send("open")
        for number in count():
            if pipe.poll():
                break
            name = chance.choice(_OFTEN) if len(hand.fresh) >= _FEWEST else "import"
            done.append(do(name, store, hand, writer, number))
    pipe.send(done)


def make(pipe: Connection, place: str) -> None:
    """Make a record, and wait to be killed if that was too fast."""
    pipe.send("now")
    Store(place).close()
    pipe.recv()
