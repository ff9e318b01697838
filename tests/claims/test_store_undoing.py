"""Taking back where a colleague has been meanwhile: nothing is overwritten, and nothing stands in the way for good."""

from __future__ import annotations

import pytest

from claims.errors import NothingToUndo, StaleWrite
from claims.store import Store


def stale(store: Store, past: set[str]) -> str:
    """The batch that a refused undo names."""
    with pytest.raises(StaleWrite) as refused:
        store.undo("Jana", past=past)
    return refused.value.batch


@pytest.fixture
def blocked(desk: Store, names: list[str]) -> Store:
    """Jana read the article and marked two of its claims; Tom has since marked the second anew."""
    desk.mark(names[0], 1, "Supported", "high", actor="Jana")
    revision = desk.mark(names[1], 1, "Supported", "high", actor="Jana")
    desk.mark(names[1], revision, "Refuted", "high", actor="Tom")
    return desk


def test_an_act_that_a_colleague_went_over_is_left_the_second_time(blocked: Store, names: list[str]) -> None:
    """First it is refused by name; then the one before it is taken back, and Tom's mark stands."""
    before = blocked.latest_event_seq()
    batch = stale(blocked, set())
    assert blocked.latest_event_seq() == before
    blocked.undo("Jana", past={batch})
    assert blocked.claim(names[0])["verdict"] is None
    assert blocked.claim(names[1])["verdict"] == "Refuted"
    assert blocked.verify() is None
    assert blocked.differences() == []


def test_nothing_is_left_that_nobody_was_told_of(blocked: Store) -> None:
    """Another act's name opens no way past this one."""
    batch = stale(blocked, set())
    assert stale(blocked, {"somebody else's"}) == batch


def test_what_can_be_taken_back_again_is_not_left(blocked: Store, names: list[str]) -> None:
    """Once Tom has taken his back, Jana's newest is the newest again, though it was left before."""
    batch = stale(blocked, set())
    blocked.undo("Tom")
    blocked.undo("Jana", past={batch})
    assert blocked.claim(names[1])["verdict"] is None
    assert blocked.claim(names[0])["verdict"] == "Supported"


def test_where_only_what_is_left_remains_there_is_nothing_to_undo(blocked: Store, names: list[str]) -> None:
    """The reading of the article cannot be taken back either; what was taken back past the mark can be done again."""
    mark = stale(blocked, set())
    blocked.undo("Jana", past={mark})
    reading = stale(blocked, {mark})
    with pytest.raises(NothingToUndo):
        blocked.undo("Jana", past={mark, reading})
    blocked.redo("Jana")
    assert blocked.claim(names[0])["verdict"] == "Supported"
