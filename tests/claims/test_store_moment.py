"""One moment: what a thread reads in several questions is one state of the record, though others write meanwhile."""

from __future__ import annotations

import threading

import pytest

from claims.errors import NotThere
from claims.store import Query, Store


def test_what_is_written_meanwhile_is_seen_after(desk: Store, names: list[str], place: str) -> None:
    """Rows, count and seal within are those of the first reading, in a moment within the moment too; then those of now."""
    with desk.moment():
        before = desk.seal()
        with Store(place, actor="Tom") as other:
            other.assign(names[0], 1, "Ilic")
        with desk.moment():
            assert desk.seal() == before
        assert desk.claim(names[0])["assignee"] in {None, ""}
        assert desk.seal() == before
    assert desk.claim(names[0])["assignee"] == "Ilic"
    assert desk.seal() != before


def test_a_write_of_its_own_is_kept_and_seen_after(desk: Store, names: list[str]) -> None:
    """Who writes within a moment writes to the record of now."""
    with desk.moment():
        desk.count(Query())
        desk.assign(names[0], 1, "Ilic")
        assert desk.claim(names[0])["revision"] == 1
    assert desk.claim(names[0])["revision"] == 2


def test_other_threads_see_the_record_of_now(desk: Store, names: list[str]) -> None:
    """A moment is of the thread that holds it."""
    seen = []
    with desk.moment():
        desk.seal()
        desk.assign(names[0], 1, "Ilic")
        other = threading.Thread(target=lambda: seen.append(desk.claim(names[0])["revision"]))
        other.start()
        other.join()
    assert seen == [2]


def test_a_moment_ends_with_an_error(desk: Store, names: list[str]) -> None:
    """What failed within holds nothing after it."""
    with pytest.raises(NotThere), desk.moment():
        desk.claim("nobody's")
    desk.assign(names[0], 1, "Ilic")
    assert desk.claim(names[0])["revision"] == 2


def test_parts_of_a_table_and_other_questions_share_a_moment(desk: Store) -> None:
    """Between the parts of a table another question is asked, and the table goes on."""
    with desk.moment():
        parts = desk.frames(Query(sort="article"), size=1)
        first = next(parts)
        events = sum(len(part) for part in desk.event_frames(size=1))
        assert len(first) + sum(len(part) for part in parts) == desk.count(Query())
        assert events == desk.latest_event_seq()
