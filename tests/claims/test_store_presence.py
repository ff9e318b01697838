"""Who is on which claim, and what happened since: read by every open desk every other second, in no way of a save."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest

from claims.evidence import Source
from claims.store import News, Store, presence
from tests.claims.conftest import bring

Check = Callable[[Store], None]


def test_people_are_seen_where_they_said_they_are(desk: Store, names: list[str]) -> None:
    """Each claim has the names of those who are on it, in order; who goes on leaves the last one."""
    assert desk.be_on(names[0], actor="Korda")
    assert desk.be_on(names[0], actor="Ilic")
    assert desk.who_is_where() == {names[0]: ("Ilic", "Korda")}
    desk.be_on(names[1], left=names[0], actor="Ilic")
    desk.be_on(names[1], actor="Ilic")
    assert desk.who_is_where() == {names[0]: ("Korda",), names[1]: ("Ilic",)}
    desk.be_on(None, left=names[1], actor="Ilic")
    assert desk.who_is_where() == {names[0]: ("Korda",)}


def test_who_says_nothing_more_is_forgotten(desk: Store, names: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """What was said too long ago is not shown, and is gone from the table at the next word of anybody."""
    desk.be_on(names[0], actor="Ilic")
    monkeypatch.setattr(presence, "LASTS", timedelta(0))
    assert desk.who_is_where() == {}
    desk.be_on(names[1], actor="Korda")
    monkeypatch.undo()
    assert desk.who_is_where() == {names[1]: ("Korda",)}


def test_presence_is_no_part_of_the_record(desk: Store, names: list[str], unchanged: Check) -> None:
    """No event tells of it, the proofs pass it over, and a rebuild leaves it alone."""
    newest = desk.latest_event_seq()
    desk.be_on(names[0], actor="Ilic")
    assert desk.latest_event_seq() == newest
    unchanged(desk)
    desk.rebuild()
    assert desk.who_is_where() == {names[0]: ("Ilic",)}


def test_presence_never_waits_for_a_save_nor_fails(
    desk: Store, names: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    """While somebody holds the record to write, presence is given up at once where it would have to wait, and logged."""
    held, free = threading.Event(), threading.Event()

    def hold() -> None:
        with desk._database.writing():
            held.set()
            free.wait()

    writer = threading.Thread(target=hold)
    writer.start()
    held.wait()
    caplog.set_level("INFO", "claims.store.presence")
    try:
        assert desk.be_on(names[0], actor="Ilic") is False
    finally:
        free.set()
        writer.join()
    assert "was not kept" in caplog.text
    assert desk.be_on(names[0], actor="Ilic")


def test_another_program_that_writes_is_not_waited_for(place: str, desk: Store, names: list[str]) -> None:
    """On SQLite a second program holds the whole file: presence gives up. PostgreSQL lets it by."""
    with Store(place) as other, other._database.writing() as connection:
        kept = desk.be_on(names[0], actor="Ilic")
        assert kept is (connection.dialect.name == "postgresql")


def test_news_names_the_claims_that_events_are_about(desk: Store, names: list[str]) -> None:
    """A mark, a source and an edit are news of their claims, an entry of the roster of a person; none is no news."""
    begun = desk.latest_event_seq()
    assert desk.news(begun) == News(begun)
    bring(desk, names[0], "marked")
    desk.add_source(names[1], 1, Source("https://korda.example/roll-call"))
    found = desk.news(begun)
    assert (found.claims, found.others, found.newest) == (frozenset(names[:2]), frozenset(), desk.latest_event_seq())
    desk.add_person("Ilic")
    assert desk.news(found.newest).others == {("person", "Ilic")}
