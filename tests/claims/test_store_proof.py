"""Proof of the record: tampering shows, wherever it is done."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import text

from claims.store import Store
from claims.store.events import digest
from claims.store.schema import events
from tests.claims.conftest import make_article, make_claims


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
        ("UPDATE listing SET by_rank = 0 WHERE seq = 2", "claim", "by_rank"),
        ("UPDATE listing SET has_sources = true WHERE seq = 2", "claim", "has_sources"),
        ("UPDATE claims SET words = 'zeppelin' WHERE seq = 2", "claim", "words"),
        ("DELETE FROM listing WHERE seq = 2", "claim", "listing"),
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
