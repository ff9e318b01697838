"""Eight people on one record at once: no verdict is lost, none overwrites another unseen, and nobody hears of locks."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from claims.store import Query, Store
from tests.survival.crowd import HEAD, Run, crowd, fill


def _prove(place: str, names: list[str], run: Run) -> None:
    """Hold the record against what the people were told."""
    assert run.errors == Counter()
    assert [told for tally in run.tallies for told in tally.untold] == []
    with Store(place) as store:
        table = store.table(Query(sort="article"))
        events = store.events_table()
        assert store.verify() is None
        assert store.differences() == []
    kept = run.kept
    assert dict(zip(table["claim_id"], table["revision"], strict=True)) == {name: 1 + kept[name] for name in names}
    marks = events[events["subject_kind"] == "mark"]
    told = [(actor, json.loads(new)) for actor, new in zip(marks["actor"], marks["new"], strict=True)]
    for tally in run.tallies:
        own = [new for actor, new in told if actor == tally.reader]
        assert Counter(new["claim_id"] for new in own) == tally.kept
        assert len(own) == len(tally.rationales)
        assert {new["rationale"] for new in own} == tally.rationales
    assert len(told) == kept.total()


def _work(place: str, seconds: float, capsys: pytest.CaptureFixture[str]) -> Run:
    """Let eight people mark for so long, show the table, and hold the record against it."""
    names = fill(place)
    run = crowd(place, 8, seconds)
    with capsys.disabled():
        print(f"\n{HEAD}\n{run.row('8, PostgreSQL' if '://' in place else '8, SQLite')}")  # noqa: T201
    _prove(place, names, run)
    return run


def test_eight_people_lose_nothing(place: str, capsys: pytest.CaptureFixture[str]) -> None:
    """For three seconds eight processes mark the same claims: every verdict is kept and on record, or refused and told."""
    run = _work(place, 3, capsys)
    assert run.stale > 0
    assert run.fewest > 0


@pytest.mark.slow
def test_eight_people_lose_nothing_in_a_minute(place: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The same for a minute."""
    run = _work(place, 60, capsys)
    assert run.stale > 0
    assert run.fewest > 0
