"""What the record does not take, and what it still proves when somebody has been at its tables."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from claims.errors import SignOffRefused, StoreCorrupt, StoreError
from claims.evidence import Source
from claims.export import csv_bytes
from claims.imports import plan_import
from claims.store import Query, Store
from claims.store.copying import copy
from tests.claims.conftest import ON_PAPER, agree, make_article, make_claim, make_claims, mark_fully

NOON = datetime(2024, 1, 1, 12)  # noqa: DTZ001 - what a caller might pass for a day


@pytest.fixture
def name(desk: Store) -> str:
    """The first claim of the desk."""
    return str(desk.rows(Query(sort="article"), limit=1)[0]["claim_id"])


def tamper(store: Store, statement: str) -> None:
    with store._database._engine.begin() as connection:
        assert connection.execute(text(statement)).rowcount >= 1


def test_a_moment_is_no_day(desk: Store, name: str) -> None:
    """A moment where a day belongs is refused before it is written: it could not be read again."""
    with pytest.raises(StoreError, match="not of the moment"):
        desk.mark(name, 1, "Refuted", "low", as_of=NOON)
    with pytest.raises(StoreError, match="published holds a day"):
        desk.add_source(name, 1, Source("https://korda.example/roll", published=NOON))
    with pytest.raises(StoreError, match="day holds a day"):
        desk.plan_meeting("Friday", NOON, "Jana")
    assert desk.differences() == []


def test_a_verdict_is_not_of_a_day_to_come(desk: Store, name: str) -> None:
    """Today, wherever the reader is, and no later."""
    today = datetime.now(UTC).date()
    with pytest.raises(StoreError, match="a day to come"):
        desk.mark(name, 1, "Refuted", "low", as_of=today + timedelta(days=2))
    desk.mark(name, 1, "Refuted", "low", as_of=today + timedelta(days=1))


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"claim": "   "}, "cannot be empty"),
        ({"priority": "urgent"}, "'urgent' is no priority"),
    ],
    ids=["no words", "an unknown priority"],
)
def test_what_makes_no_sense_is_refused_in_words(desk: Store, name: str, changes: dict[str, Any], why: str) -> None:
    """An edit that no reader could make sense of is not written."""
    with pytest.raises(StoreError, match=why):
        desk.edit_claim(name, 1, changes)
    assert desk.claim(name)["revision"] == 1


@pytest.mark.parametrize(
    ("given", "why"),
    [({"claim": ""}, "cannot be empty"), ({"priority": "urgent"}, "'urgent' is no priority"), ({"end": 2**70}, "cannot stand from")],
    ids=["no words", "an unknown priority", "a span beyond any text"],
)  # fmt: skip
def test_a_claim_that_is_none_is_not_added(store: Store, given: dict[str, Any], why: str) -> None:
    """Neither by a person nor with its article; the article is not half kept."""
    article = make_article()
    with pytest.raises(StoreError, match=why):
        store.add_article(
            article, [make_claim(article, **given) if "end" not in given else _reaching(article, given["end"])]
        )
    assert store.titles() == {}


def _reaching(article: Any, end: int) -> Any:
    from dataclasses import replace  # noqa: PLC0415

    return replace(make_claim(article), end=end)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE claims SET checked_at = 'yesterday'",
        "UPDATE articles SET published = 'soon'",
        "UPDATE articles SET furniture = '{'",
    ],
)
def test_a_cell_that_cannot_be_read_is_told_and_not_fallen_over(tmp_path: Path, statement: str) -> None:
    """Each table that can be read is still compared; the one that cannot is named."""
    article = make_article()
    with Store(tmp_path / "desk.sqlite", actor="Jana") as store:
        store.add_article(article, make_claims(article))
        tamper(store, statement)
        assert "unreadable" in {each.column for each in store.differences()}


def test_an_event_of_bytes_is_named(tmp_path: Path) -> None:
    """The walk of the chain does not end where a cell is no text."""
    article = make_article()
    with Store(tmp_path / "desk.sqlite", actor="Jana") as store:
        store.add_article(article, make_claims(article))
        tamper(store, "UPDATE events SET why = x'00ff' WHERE seq = 2")
        broken = store.verify()
    assert broken is not None
    assert broken.why.endswith("cannot be read any more.")


def test_a_snapshot_that_is_no_bytes_is_told(tmp_path: Path) -> None:
    """Text in the place of a document's bytes is a document that was changed."""
    article = make_article()
    with Store(tmp_path / "desk.sqlite", actor="Jana") as store:
        store.add_article(article, make_claims(article))
        tamper(store, "UPDATE snapshots SET content = 'zzz'")
        assert [each.kind for each in store.differences()] == ["snapshot"]


def test_an_emptied_chain_is_broken(desk: Store) -> None:
    """A record of tables without events is not an empty one."""
    tamper(desk, "DELETE FROM events")
    broken = desk.verify()
    assert broken is not None
    assert broken.why.startswith("All events are missing")


def test_a_changed_document_is_not_copied_as_if_it_were_whole(tmp_path: Path) -> None:
    """Moving a desk checks each document against its SHA-256 first."""
    article = make_article()
    with Store(tmp_path / "old.sqlite", actor="Jana") as old, Store(tmp_path / "new.sqlite") as new:
        old.add_article(article, make_claims(article))
        tamper(old, "UPDATE snapshots SET content = x'7a7a'")
        with pytest.raises(StoreCorrupt, match="is not what it was"):
            copy(old, new)
        assert new.latest_event_seq() == 0


def test_a_claim_that_was_reworded_is_judged_again_before_it_is_signed_off(desk: Store, name: str) -> None:
    """Nobody has judged the wording of now; worded back as it was, they have."""
    was = desk.claim(name)["claim"]
    revision = agree(desk, name, mark_fully(desk, name, 1))
    revision = desk.edit_claim(name, revision, {"claim": "Entirely other words."})
    with pytest.raises(SignOffRefused, match="Judge it once more"):
        desk.sign_off(name, revision)
    revision = desk.edit_claim(name, revision, {"claim": was})
    assert desk.claim(name)["revision"] == revision
    desk.sign_off(name, revision, why=ON_PAPER)


def test_the_first_reader_in_other_letters_is_the_same_person(desk: Store, name: str) -> None:
    """As the roster has it, "jana" is Jana."""
    revision = desk.mark(name, 1, "Refuted", "low", actor="Jana")
    with pytest.raises(StoreError, match="does not read second"):
        desk.read_second(name, revision, "Refuted", "low", actor="jana")


def test_readings_by_two_scales_agree_as_the_map_has_it(desk: Store, name: str) -> None:
    """What one scale calls Refuted the other calls False; where the map loses meaning, they do not agree."""
    revision = desk.mark(name, 1, "Refuted", "low", actor="Jana")
    desk.set("scale", desk.setting_revision("scale"), "politifact")
    desk.read_second(name, revision, "False", "low", actor="Tom")
    assert desk.claim(name)["agreement"] == "agreed"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"kinds": "numerical|sport"}, "'sport' is no kind of claim"),
        ({"figure_low": 400.0, "figure_high": 300.0}, "ends before it begins: 400 to 300"),
        ({"figure_low": 400.0}, "ends before it begins: 400 to 312"),
        ({"date_first": date(2024, 3, 5)}, "ends before it begins: 2024-03-05 to 2024-03-03"),
    ],
)
def test_what_cannot_be_is_refused(desk: Store, names: list[str], changes: dict[str, object], told: str) -> None:
    """A kind that there is not, a figure and a date turned round: of an edit, and of a claim that a person adds."""
    before = desk.latest_event_seq()
    with pytest.raises(StoreError, match=told):
        desk.edit_claim(names[0], 1, changes)
    article = make_article()
    kinds = {"kinds": tuple(str(changes["kinds"]).split("|"))} if "kinds" in changes else changes
    with pytest.raises(StoreError, match=told):
        desk.add_claim(make_claim(article, 0, 40, **kinds))
    assert desk.latest_event_seq() == before


def test_a_table_that_turns_a_figure_round_is_told_its_row(desk: Store, names: list[str]) -> None:
    """In words and by row and column, with nothing written."""
    frame = desk.table(Query(sort="article"))
    frame.loc[frame["claim_id"] == names[0], "figure_high"] = 200.0
    plan = plan_import(desk, csv_bytes(frame))
    [problem] = plan.problems
    assert (problem.row, problem.column) == (2, "figure_high")
    assert "ends before it begins: 312 to 200" in str(problem)
