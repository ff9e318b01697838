"""Drafts given back: what a browser kept of a form goes into it again, over the revision that was seen, and nothing else does."""

from __future__ import annotations

import json
from typing import Any

import pytest
import streamlit as st

from claims import Query, Store
from workbench.forms import typed


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A session's own state, without a browser."""
    state: dict[str, Any] = {}
    monkeypatch.setattr(st, "session_state", state)
    return state


def first_row(store: Store) -> dict[str, Any]:
    return store.rows(Query())[0]


def kept(store: Store, session: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """What the browser keeps of a form in which these were typed; the session that typed them is gone."""
    row = first_row(store)
    typed.read(row, store.rules())
    session.update({f"{name}:{row['claim_id']}": value for name, value in fields.items()})
    found = typed.draft(row["claim_id"])
    session.clear()
    return found


def test_what_was_typed_is_back_and_not_saved(session: dict[str, Any], filled: Store) -> None:
    """Verdict, reason and day stand in the form of another session, as what is begun and not saved."""
    draft = kept(
        filled,
        session,
        verdict="Refuted",
        rationale="The roll call counts 249.",
        verdict_as_of=typed.today().replace(day=1),
    )
    row = first_row(filled)
    assert typed.resume(row, filled.rules(), draft)
    stands = typed.read(row, filled.rules())
    assert (stands["verdict"], stands["rationale"], stands["reading"]) == (
        "Refuted",
        "The roll call counts 249.",
        "first",
    )
    assert stands["verdict_as_of"] == typed.today().replace(day=1)
    assert typed.is_begun(row["claim_id"])


def test_where_a_verdict_was_taken_over_from_is_back_too(
    session: dict[str, Any], filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The record is told of it after a reload as well."""
    monkeypatch.setattr(typed.desk, "store", lambda: filled)
    asked, other = (row["claim_id"] for row in filled.rows(Query())[:2])
    draft = json.loads(json.dumps(kept(filled, session, verdict="Refuted", taken=(other, "Refuted"))))
    assert typed.resume(filled.claim(asked), filled.rules(), draft)
    assert typed.taken_from(asked, "Refuted") == f"The verdict was taken over from claim {other}."


@pytest.mark.parametrize(
    "taken", [None, "Refuted", ["c-none", "Refuted"], ["c-none"], [7, "Refuted"], {"c-none": "Refuted"}]
)
def test_no_draft_names_a_claim_that_is_not_there(
    session: dict[str, Any], filled: Store, monkeypatch: pytest.MonkeyPatch, taken: Any
) -> None:
    """What else a browser brings is given back, without an origin."""
    monkeypatch.setattr(typed.desk, "store", lambda: filled)
    draft = kept(filled, session, verdict="Refuted") | {"taken": taken}
    row = first_row(filled)
    assert typed.resume(row, filled.rules(), draft)
    assert typed.taken_from(row["claim_id"], "Refuted") == ""


def test_a_colleagues_mark_meanwhile_is_met_when_it_is_saved(session: dict[str, Any], filled: Store) -> None:
    """The draft rests on the revision that was seen, and stays the first reading that it was."""
    draft = kept(filled, session, rationale="The roll call counts 249.")
    filled.mark(first_row(filled)["claim_id"], 1, "Supported", "low", actor="Ilic")
    row = first_row(filled)
    assert typed.resume(row, filled.rules(), draft)
    stands = typed.read(row, filled.rules())
    assert (stands["seen"], stands["reading"], row["revision"]) == (1, "first", 2)


def test_what_was_saved_already_does_not_come_back(session: dict[str, Any], filled: Store) -> None:
    """Where the desk ended between the save and the browser's hearing of it, the form follows the record."""
    draft = kept(filled, session, verdict="Refuted", confidence="low", rationale="The roll call counts 249.")
    filled.mark(first_row(filled)["claim_id"], 1, "Refuted", "low", rationale="The roll call counts 249.")
    assert not typed.resume(first_row(filled), filled.rules(), draft)
    assert session == {}


def test_words_that_come_late_go_before_those_that_are_typed_here(session: dict[str, Any], filled: Store) -> None:
    """What this session has begun stands, and what an earlier one wrote is not lost; neither comes twice."""
    draft = kept(filled, session, rationale="The roll call counts 249.")
    row = first_row(filled)
    typed.read(row, filled.rules())
    session[f"rationale:{row['claim_id']}"] = "Another count."
    assert typed.resume(row, filled.rules(), draft)
    assert session[f"rationale:{row['claim_id']}"] == "The roll call counts 249. Another count."
    assert not typed.resume(row, filled.rules(), draft)
    assert session[f"verdict:{row['claim_id']}"] is None


@pytest.mark.parametrize(
    "draft",
    [
        None, "", [], {}, {"reading": "first", "seen": 1}, {"reading": "third", "seen": 1, "typed": {"rationale": "a"}},
        {"reading": "first", "seen": 9, "typed": {"rationale": "a"}}, {"reading": "first", "seen": 0, "typed": {"rationale": "a"}},
        {"reading": "first", "seen": 1, "typed": {"verdict": "Perhaps", "confidence": 7, "percent": 101, "rationale": ["a"]}},
        {"reading": "first", "seen": 1, "typed": {"verdict_as_of": "9999-01-01", "corrected_value": None, "status": "signed off"}},
    ],
)  # fmt: skip
def test_what_no_form_could_hold_is_left_out(session: dict[str, Any], filled: Store, draft: Any) -> None:
    """A browser may bring anything: unknown verdicts, days to come, a status that is no form's."""
    assert not typed.resume(first_row(filled), filled.rules(), draft)
    assert session == {}
