"""A desk moves from a file to a server and back: all of it, checked, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from claims.errors import StoreCorrupt, StoreError
from claims.evidence import Source
from claims.evidence.fetched import Fetched
from claims.store import Query, Store, Wanted
from claims.store.backing import backup
from claims.store.copying import copy
from claims.store.schema import SUBJECTS
from tests.claims.conftest import make_article

Check = Callable[[Store], None]


@pytest.fixture
def busy(desk: Store, names: list[str]) -> Store:
    """A record with something of every kind in it, odd text among it, and an act taken back."""
    desk.add_person("Žofia 😀", actor="Žofia 😀")
    desk.set("second_reading", 0, False, actor="Žofia 😀")  # noqa: FBT003 - the setting's value
    came = Fetched(
        "https://korda.example/roll-call", "https://korda.example/roll-call", 200, datetime(2024, 3, 4, tzinfo=UTC), {}
    )
    kept = desk.keep_snapshot(b"%PDF-1.7 \0 roll call", "application/pdf", fetched=came)
    desk.mark(names[0], 1, "Refuted", "low", rationale="Die Straße\0 \ud800 says 273.")
    source = desk.add_source(names[0], 2, Source("https://korda.example/roll-call", quoted="273", snapshot=kept))
    desk.ask_archived([source], save=True)
    desk.note_archived(source, "The Internet Archive does not answer.", timedelta(hours=1))
    meeting = desk.plan_meeting("Review meeting", date(2024, 3, 4), "Ana")
    [item] = desk.put_on_agenda(meeting, [Wanted(names[0], ("Its figure is open.",), 6.0)])
    desk.open_meeting(meeting, desk.meeting(meeting).revision, actor="Žofia 😀")
    desk.vote(item, 0, "Refuted", actor="Ana")
    desk.drop_claim(names[1], 1, "An opinion.")
    desk.undo()
    return desk


def test_something_of_every_kind_is_copied(busy: Store) -> None:
    """The record that is copied here holds each kind of subject that there is."""
    kept = busy.chain().kept
    assert [kind for kind in SUBJECTS if not kept[kind]] == []


def test_a_copy_goes_on_looking_for_archived_copies(busy: Store, path: Path, tmp_path: Path) -> None:
    """The sources that wait for one wait there too, with who asked and what came of the last try; so they do in a backup."""
    waiting = busy.archive_queue()
    assert [(each.save, each.tries, each.problem) for each in waiting] == [
        (True, 1, "The Internet Archive does not answer.")
    ]
    with Store(path.with_name("copy.sqlite")) as target:
        assert copy(busy, target)["archive_tries"] == 1
        assert target.archive_queue() == waiting
    with Store(backup(busy, tmp_path / "backup.sqlite").path) as kept:
        assert kept.archive_queue() == waiting


def test_a_copy_is_the_same_record(busy: Store, path: Path, unchanged: Check) -> None:
    """Every row is there, the chain has the same head, what is searched is found, and the work goes on."""
    with Store(path.with_name("copy.sqlite"), actor="Tom") as target:
        counted = copy(busy, target)
        assert counted["events"] == busy.latest_event_seq()
        assert (counted["claims"], counted["listing"], counted["snapshots"]) == (3, 3, 2)
        assert target.chain() == busy.chain()
        assert target.table(Query(dropped=True)).equals(busy.table(Query(dropped=True)))
        assert target.article(make_article().article_id) == busy.article(make_article().article_id)
        assert target.count(Query(text="strasse says")) == 1
        unchanged(target)
        first = target.rows(Query())[0]
        target.edit_claim(first["claim_id"], first["revision"], {"assignee": "Tom"})
        unchanged(target)


def test_a_copy_comes_home(busy: Store, path: Path, tmp_path: Path) -> None:
    """From the one place to another and back it is what it was."""
    with Store(path.with_name("there.sqlite")) as there, Store(tmp_path / "back.sqlite") as back:
        copy(busy, there)
        told: list[tuple[str, int]] = []
        copy(there, back, lambda table, done: told.append((table, done)))
        assert back.events_table().equals(busy.events_table())
        assert ("events", busy.latest_event_seq()) in told


def test_two_desks_are_not_mixed(busy: Store, path: Path, unchanged: Check) -> None:
    """A place that holds a record already is refused, and stays as it is."""
    with Store(path.with_name("other.sqlite"), actor="Tom") as other:
        other.add_article(make_article("Two vans left.", url=None), [])
        before = other.chain()
        with pytest.raises(StoreError, match="is not empty: two desks are not mixed"):
            copy(busy, other)
        assert other.chain() == before
        unchanged(other)


def test_what_is_not_sound_is_not_copied(busy: Store, path: Path) -> None:
    """A broken chain, and a table that is not what the events say, leave nothing in the new place."""
    for statement in (
        "UPDATE claims SET speaker = 'Somebody' WHERE seq = 2",
        "UPDATE events SET actor = 'Tom' WHERE seq = 2",
    ):
        with busy._database._engine.begin() as connection:
            assert connection.execute(text(statement)).rowcount == 1
        with Store(path.with_name("copy.sqlite")) as target:
            with pytest.raises(StoreCorrupt, match="verify"):
                copy(busy, target)
            assert (target.latest_event_seq(), target.chain().kept["snapshot"]) == (0, 0)


def test_the_head_of_the_chain_is_found_again(busy: Store) -> None:
    """A hash that was written down says which event it was; one that was never there, none."""
    head = busy.chain().head
    busy.add_article(make_article("Two vans left.", url=None), [])
    assert busy.event_of_hash(head) == busy.latest_event_seq() - 1
    assert busy.event_of_hash(head[:12]) == busy.latest_event_seq() - 1
    assert busy.event_of_hash("0" * 64) is None
    assert busy.event_of_hash("%") is None
