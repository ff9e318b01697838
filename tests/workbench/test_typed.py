"""The form of a judgement before anything is typed: which days it proposes, which a person saves or changes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import streamlit as st

from claims import Query, Store
from claims.verdict.fluid import DAYS
from workbench.forms import mark, typed
from workbench.recall import Recall

MARCH = date(2024, 3, 4)


@pytest.fixture(autouse=True)
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A session's own state, without a browser."""
    state: dict[str, Any] = {}
    monkeypatch.setattr(st, "session_state", state)
    return state


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is drawn as HTML."""
    found: list[str] = []
    monkeypatch.setattr(st, "html", found.append)
    return found


def toll(store: Store, **changes: Any) -> dict[str, Any]:
    """A claim whose count still moves, as a row of the record."""
    return {
        **store.rows(Query())[0],
        "claim": "At least 312 were killed.",
        "figure_low": 312.0,
        "date_last": None,
    } | changes


@pytest.mark.parametrize("verdict", [None, "Supported"])
@pytest.mark.parametrize(("stands", "proposed"), [(None, DAYS), (-9, DAYS), (0, DAYS), (3, 3)])
def test_a_new_look_is_proposed_where_none_is_to_come(
    filled: Store, verdict: str | None, stands: int | None, proposed: int
) -> None:
    """A day that has come is answered by this judgement, first or not; one to come stands."""
    today = typed.today()
    row = toll(filled, verdict=verdict, review_by=None if stands is None else today + timedelta(days=stands))
    assert typed.read(row, filled.rules())["review_by"] == today + timedelta(days=proposed)


def test_a_day_that_has_come_is_let_go_where_nothing_moves(filled: Store) -> None:
    """A settled figure needs no other look; what is proposed is not yet saved, nor begun."""
    row = toll(
        filled, verdict="Supported", review_by=typed.today() - timedelta(days=9), claim="The bridge is 312 m long."
    )
    assert typed.read(row, filled.rules())["review_by"] is None
    assert not typed.is_begun(row["claim_id"])


def test_an_edited_verdict_stays_of_its_day(filled: Store) -> None:
    """Who mends a slip in the reason has not looked anew; nothing is begun by it."""
    name = filled.rows(Query())[0]["claim_id"]
    filled.mark(name, 1, "Refuted", "high", rationale="The rol call.", as_of=MARCH)
    stands = typed.read(filled.claim(name), filled.rules())
    assert (stands["reading"], stands["verdict"], stands["verdict_as_of"]) == ("first", "Refuted", MARCH)
    assert not typed.is_begun(name)


def test_a_new_verdict_is_of_today(filled: Store) -> None:
    """So is one that the desk's scale has no more, which is chosen anew."""
    row = filled.claim(filled.rows(Query())[0]["claim_id"])
    assert typed.read(row, filled.rules())["verdict_as_of"] == typed.today()
    strange = row | {"verdict": "Pants on fire", "verdict_as_of": MARCH}
    assert typed.read(strange, filled.rules())["verdict_as_of"] == typed.today()


def read_twice(store: Store, second_as_of: date | None) -> str:
    """A disputed claim, first read as of a day in March."""
    name: str = store.rows(Query())[0]["claim_id"]
    revision = store.mark(name, 1, "Refuted", "high", rationale="The roll call.", as_of=MARCH, actor="Ilic")
    store.read_second(name, revision, "Supported", "low", as_of=second_as_of, actor="Tom")
    return name


@pytest.mark.parametrize(("second", "proposed"), [(None, MARCH), (MARCH + timedelta(days=9), None)])
def test_a_decision_is_proposed_as_of_its_readings_day(
    filled: Store, second: date | None, proposed: date | None
) -> None:
    """It is of the question that both answered; where they answered two, of what is known today."""
    stands = typed.read(filled.claim(read_twice(filled, second)), filled.rules())
    assert (stands["reading"], stands["verdict"], stands["verdict_as_of"]) == (
        "decision",
        None,
        proposed or typed.today(),
    )


def test_a_second_reader_is_told_the_day_and_not_the_answer(
    filled: Store, drawn: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The day of the first reading is no verdict: it says what is asked."""
    name = filled.rows(Query())[0]["claim_id"]
    filled.mark(name, 1, "Refuted", "high", rationale="The roll call.", as_of=MARCH, actor="Ilic")
    monkeypatch.setattr(mark, "show_answers", lambda *_given, **_named: None)
    monkeypatch.setattr("workbench.desk.person", lambda: "Tom")
    mark.draw_judgement(mark.seen_row(filled, name), filled.rules())
    [told] = [words for words in drawn if "You read second" in words]
    assert "known on 4 Mar 2024" in told
    assert "Refuted" not in told


def test_what_was_not_signed_off_is_told_as_such(filled: Store, drawn: list[str]) -> None:
    """Beside the verdict now the desk sees what it judged as of other days, and what of it readers were never told."""
    name = filled.rows(Query())[0]["claim_id"]
    revision = filled.mark(name, 1, "Supported", "high", as_of=MARCH, actor="Ilic")
    filled.mark(name, revision, "Refuted", "high", actor="Ilic")
    mark.draw_other_days(Recall(filled), filled.claim(name))
    assert drawn[0].count("<li>") == 1
    assert "<b>4 Mar 2024</b> Supported, high · Ilic · not signed off" in drawn[0]
