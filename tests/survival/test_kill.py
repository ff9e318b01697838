"""kill -9 of a writing process: what was acknowledged is there, what was not is there whole or not at all."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable
from pathlib import Path
from time import perf_counter

import pandas as pd
import pytest

from claims.store import Store
from tests.postgres import Server
from tests.survival.acts import ACTS, Done, Hand, do, make, write, write_until_told
from tests.survival.children import Child, child
from tests.survival.desks import stories

Shape = tuple[tuple[str, str], ...]

#: Kills between two full proofs of the record; after each kill what is new since the last one is proven.
_FULL_PROOF = 20


_TRACE = re.compile(r"[a-z-]+-writer-\d+-\d+")


def _shape(batch: pd.DataFrame) -> Shape:
    """The events that an act is made of."""
    return tuple(zip(batch["act"], batch["subject_kind"], strict=True))


def _act_of(batch: pd.DataFrame) -> str:
    """Which of ACTS wrote this batch."""
    if set(batch["act"]) == {"undone"}:
        return "undo"
    found = re.search(rf"({'|'.join(name.replace(' ', '-') for name in ACTS)})-writer", " ".join(batch["new"]))
    assert found, f"Nobody knows who wrote this: {batch.to_dict('records')}"
    return found[1].replace("long-import", "long import")


class Witness:
    """Knows which events each act consists of when nobody disturbs it, and holds a record against what was acknowledged."""

    def __init__(self) -> None:
        self.done: list[Done] = []
        self._seen = 0
        self._whole: dict[str, Shape] = {}
        hand = Hand()
        with Store(":memory:", actor="writer") as store:
            for number, name in enumerate(ACTS):
                before = store.latest_event_seq()
                do(name, store, hand, "writer", number)
                events = store.events_table()
                newest = events["batch"].iloc[-1]
                assert events["seq"].iloc[-1] > before
                self._whole[name] = _shape(events[events["batch"] == newest])

    def check(self, store: Store, done: Iterable[Done]) -> None:
        """Every acknowledged act is in the record, and each batch that is new there is a whole act."""
        told = list(done)
        self.done += told
        events = store.events_table()
        assert list(events["seq"]) == list(range(1, len(events) + 1))
        fresh = events[events["seq"] > self._seen]
        for _, batch in fresh.groupby("batch", sort=False):
            assert _shape(batch) == self._whole[_act_of(batch)]
        self._seen = len(events)
        _assert_kept(fresh, told)
        for act in told:
            assert store.claim(act.claim_id)["revision"] >= act.revision

    def prove(self, store: Store) -> None:
        """The whole record: chain, tables, and every act acknowledged since the beginning."""
        assert store.verify() is None
        assert store.differences() == []
        _assert_kept(store.events_table(), self.done)


def _assert_kept(events: pd.DataFrame, told: list[Done]) -> None:
    """Each acknowledged act stands in these events: by its trace, or by the name of its batch."""
    found = set(events["batch"]) | {trace for new in events["new"] for trace in _TRACE.findall(new)}
    lost = [act for act in told if act.trace not in found]
    assert not lost, f"Acknowledged and not in the record: {lost}."


def _kill_at_random(writer: Child, chance: random.Random) -> list[Done]:
    """Kill a writer after some acts, somewhere inside the next; what it had acknowledged."""
    done = [writer.hear() for _ in range(chance.randrange(9))]
    moment = perf_counter() + 0.008 * chance.random()
    while perf_counter() < moment:
        pass
    writer.kill()
    return done + writer.rest()


def _kill(place: str, kills: int, seed: int) -> Witness:
    """Kill this many writers of one record, one after the other, proving the record each time."""
    chance = random.Random(seed)
    witness = Witness()
    Store(place).close()
    for number in range(1, kills + 1):
        with child(write, place, f"writer-{number}") as writer:
            done = _kill_at_random(writer, chance)
        with Store(place) as store:
            witness.check(store, done)
            if number % _FULL_PROOF == 0 or number == kills:
                witness.prove(store)
    return witness


def _kill_beside(place: str, kills: int, seed: int) -> Witness:
    """Kill this many writers while another one writes on."""
    chance = random.Random(seed)
    witness = Witness()
    done = []
    with child(write_until_told, place, "writer-0") as colleague:
        assert colleague.hear() == "open"
        for number in range(1, kills + 1):
            with child(write, place, f"writer-{number}") as writer:
                done += _kill_at_random(writer, chance)
        colleague.pipe.send("enough")
        others = colleague.hear()
    assert others
    with Store(place) as store:
        witness.check(store, [*done, *others])
        witness.prove(store)
    return witness


def _kill_at_making(place: str, chance: random.Random) -> None:
    """Kill a process that makes a record; whoever opens it next finds nothing half made."""
    with child(make, place) as maker:
        assert maker.hear() == "now"
        moment = perf_counter() + 0.4 * chance.random()
        while perf_counter() < moment:
            pass
        maker.kill()
    with Store(place, actor="Jana") as store:
        assert store.latest_event_seq() == 0
        assert len(store.add_articles(stories(1, "after"))) == 1
        assert store.verify() is None
        assert store.differences() == []


def test_a_killed_writer_leaves_a_whole_record(place: str) -> None:
    """Ten processes killed at it: no acknowledged act is missing, none is half there, the chain is whole."""
    assert len(_kill(place, 10, 1).done) >= 10


@pytest.mark.slow
def test_two_hundred_killed_writers_leave_a_whole_record(place: str) -> None:
    """Two hundred processes killed at it, on one record: no acknowledged act is missing, none is half there, the chain is whole."""
    assert len(_kill(place, 200, 2).done) >= 200


def test_a_colleague_goes_on_while_others_are_killed(place: str) -> None:
    """Who writes beside three processes that are killed hears of no error, and loses nothing."""
    assert len(_kill_beside(place, 3, 3).done) >= 3


@pytest.mark.slow
def test_a_colleague_goes_on_while_many_are_killed(place: str) -> None:
    """Who writes beside fifty processes that are killed hears of no error, and loses nothing."""
    assert len(_kill_beside(place, 50, 4).done) >= 50


def test_a_record_whose_making_was_killed_is_made_again(path: Path) -> None:
    """A process killed while it makes a record leaves nothing half made: the next one to open it makes it whole."""
    chance = random.Random(5)
    for number in range(5):
        _kill_at_making(str(path.with_name(f"{number}.sqlite")), chance)


def test_a_record_on_a_server_whose_making_was_killed_is_made_again(postgresql: Server) -> None:
    """The same on PostgreSQL."""
    chance = random.Random(6)
    for _ in range(3):
        with postgresql.database("template0") as place:
            _kill_at_making(place, chance)
