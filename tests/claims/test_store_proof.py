"""Proof of the record: tampering shows, wherever it is done."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import text

from claims.store import Difference, Store
from claims.store.events import digest
from claims.store.schema import events, listing
from tests.claims.conftest import ROLL_CALL, make_article, make_claims, unguarded


@pytest.fixture
def told(place: str) -> str:
    """A record with an article, its claims, an edit and a mark: seven events."""
    article = make_article()
    with Store(place, actor="Jana") as store:
        store.add_article(article, make_claims(article))
        name = make_claims(article)[0].claim_id
        store.mark(name, store.edit_claim(name, 1, {"assignee": "Tom"}), "Refuted", "low")
    return place


_FORGED_MARK = """
    INSERT INTO marks SELECT 'zz', claim_id, reader, reading, scale, verdict, confidence, likelihood, corrected_value,
    rationale, as_of, marked_at, withdrawn, revision FROM marks
"""


def _tamper(told: str, statement: str) -> None:
    with Store(told) as store, store._database._engine.begin() as connection:
        assert connection.execute(text(statement)).rowcount >= 1


def test_a_sound_record_is_proven(told: str) -> None:
    """The chain is whole, and what stands is what the events add up to."""
    with Store(told) as store:
        assert store.latest_event_seq() == 7
        assert store.verify() is None
        assert store.differences() == []


@pytest.mark.parametrize(
    ("statement", "seq", "why"),
    [
        ("UPDATE events SET new = replace(new, 'Tom', 'Ana') WHERE seq = 5", 5, "Event 5 was changed"),
        ("UPDATE events SET actor = 'Tom' WHERE seq = 2", 2, "Event 2 was changed"),
        ("UPDATE events SET at = '2024-01-01T00:00:00.000000Z' WHERE seq = 6", 6, "Event 6 was changed"),
        ("DELETE FROM events WHERE seq = 3", 4, "Event 3 is missing"),
        ("UPDATE events SET previous_hash = hash WHERE seq = 4", 4, "Event 4 does not follow event 3"),
    ],
)
def test_a_tampered_event_is_found(told: str, statement: str, seq: int, why: str) -> None:
    """The first event that was changed, taken out or put elsewhere is named."""
    _tamper(told, statement)
    with Store(told) as store:
        broken = store.verify()
    assert broken is not None
    assert broken.seq == seq
    assert why in broken.why


@pytest.mark.parametrize(
    ("statement", "kind", "column"),
    [
        ("UPDATE claims SET verdict = 'Supported' WHERE verdict = 'Refuted'", "claim", "verdict"),
        ("UPDATE listing SET by_rank = 0 WHERE seq = 2", "listing", "by_rank"),
        ("UPDATE listing SET has_sources = true WHERE seq = 2", "listing", "has_sources"),
        ("UPDATE claims SET words = 'zeppelin' WHERE seq = 2", "listing", "words"),
        ("DELETE FROM listing WHERE seq = 2", "listing", "no"),
        ("UPDATE claims SET revision = 9 WHERE seq = 2", "claim", "revision"),
        ("UPDATE snapshots SET content = substr(content, 2)", "snapshot", "sha256"),
        ("UPDATE articles SET title = 'Other'", "article", "title"),
        ("DELETE FROM marks", "mark", "mark_id"),
        (_FORGED_MARK, "mark", "mark_id"),
    ],
)
def test_a_tampered_row_is_found(told: str, statement: str, kind: str, column: str) -> None:
    """A row that was changed, taken out or put in behind the events' back is named with its column."""
    _tamper(told, statement)
    with Store(told) as store:
        assert store.verify() is None
        assert (kind, column) in {(found.kind, found.column) for found in store.differences()}


@pytest.mark.parametrize(
    ("statement", "kinds"),
    [
        ("UPDATE claims SET speaker = 'Bob' WHERE seq = 1", {"claim"}),
        ("UPDATE claims SET priority = 'none such' WHERE seq = 1", {"claim"}),
        ("UPDATE articles SET title = 'Other'", {"article"}),
        ("UPDATE sources SET removed = true", {"source"}),
        ("UPDATE listing SET speaker = 'Bob' WHERE seq = 1", {"listing"}),
    ],
)
def test_what_is_worked_out_is_told_only_where_it_was_tampered_with(told: str, statement: str, kinds: set[str]) -> None:
    """The listing of a claim that differs from its events still says what they say: of it nothing is told."""
    with Store(told, actor="Jana") as store:
        store.add_source(make_claims(make_article())[0].claim_id, 3, ROLL_CALL)
    _tamper(told, statement)
    with Store(told) as store:
        assert {found.kind for found in store.differences()} == kinds


def test_a_place_in_the_listing_that_is_no_claims_is_found(told: str) -> None:
    """Put in where nothing guards the references."""
    others = ", ".join(set(listing.columns.keys()) - {"no"})
    unguarded(told, f"INSERT INTO listing (no, {others}) SELECT 999, {others} FROM listing WHERE seq = 2")
    with Store(told) as store:
        assert store.differences() == [Difference("listing", "999", "no", 999, None)]


@pytest.mark.parametrize(
    ("column", "value"),
    [("media_type", "image/gif"), ("reader", "another"), ("reading", "no text"), ("problem", "It is blank.")],
)
def test_what_is_said_of_an_articles_text_is_held_against_what_it_is(told: str, column: str, value: str) -> None:
    """No event tells of its keeping: it is text, was read by nobody, and had no problem."""
    _tamper(told, f"UPDATE snapshots SET {column} = '{value}'")
    with Store(told) as store:
        [found] = store.differences()
        assert (found.kind, found.subject_id, found.column, found.stands) == (
            "snapshot", make_article().sha256, column, value,
        )  # fmt: skip


def test_a_document_of_an_earlier_record_is_as_it_was_kept(told: str) -> None:
    """Of its kind no event tells, and it is not said to be wrong, even where an article has the same words."""
    with Store(told, actor="Jana") as store:
        article = make_article("Two vans left.", url=None)
        store.add_article(article, [])
        name = make_claims(make_article())[0].claim_id
        store.add_source(name, 3, replace(ROLL_CALL, snapshot=article.sha256))
    _tamper(told, f"UPDATE snapshots SET media_type = 'text/plain' WHERE sha256 = '{article.sha256}'")
    with Store(told) as store:
        assert store.differences() == []


def test_an_events_hash_is_that_of_its_canonical_json() -> None:
    """What is worded in one go is what any encoder of JSON makes of the same row, so that anybody can check it."""
    event: dict[str, Any] = {
        "seq": 7, "event_id": "a", "at": datetime(2024, 3, 3, 10, tzinfo=UTC), "actor": 'Žofia "Z" 😀', "act": "claim found",
        "subject_kind": "claim", "subject_id": "i\n", "batch": "b", "undoes": None, "old": None, "new": '{"a":"é"}',
        "why": "w\\", "previous_hash": "0" * 64,
    }  # fmt: skip
    assert set(event) == set(events.columns.keys()) - {"hash"}
    for more in ({}, {"undoes": "z", "old": "{}"}):
        row = event | more
        told = row | {"at": "2024-03-03T10:00:00.000000Z"}
        covered = json.dumps(told, sort_keys=True, separators=(",", ":"))
        assert digest(row) == hashlib.sha256(covered.encode("ascii")).hexdigest()
