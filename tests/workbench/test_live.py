"""What colleagues do meanwhile, as the desk asks for it: when it is drawn anew, when not, and what asking costs."""

from __future__ import annotations

from collections.abc import Iterator
from time import process_time
from types import SimpleNamespace
from typing import Any

import pytest
import streamlit as st

from claims import Query, Store
from claims.evidence import Source
from claims.store import Edit
from workbench import desk, live
from workbench.panes import hears
from workbench.person import default_person
from workbench.recall import Recall


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """A session's own state, without a browser."""
    state: dict[str, Any] = {}
    monkeypatch.setattr(st, "session_state", state)
    yield state
    st.cache_data.clear()


@pytest.fixture
def names(filled: Store) -> list[str]:
    """The claims of the desk, in the order of the queue."""
    return [row["claim_id"] for row in filled.rows(Query())]


def draw(store: Store, *names: str, query: Query | None = None) -> None:
    """What drawing the desk remembers: the first of these claims is in hand."""
    asked = query or Query()
    desk.choose(names[0])
    recall = Recall(store)
    live.row_in_hand(recall, names[0])
    live.show_count(store.count(asked))
    live.show(recall.newest, asked, [{"claim_id": name} for name in names])


def ask(*, writing: bool = False) -> bool:
    """What the browser asks; whether the desk is to be drawn anew."""
    return live.look(writing=writing)


def test_a_mark_of_a_colleague_on_what_is_shown_is_news(
    session: dict[str, Any], filled: Store, names: list[str]
) -> None:
    """Once, and not again when it is asked the next time."""
    assert not session
    draw(filled, *names)
    assert not ask()
    filled.mark(names[1], 1, "Refuted", "low", actor="Ilic")
    assert ask()
    draw(filled, *names)
    assert not ask()


@pytest.mark.usefixtures("session")
def test_a_source_of_a_colleague_is_news(filled: Store, names: list[str]) -> None:
    """A source moves no revision, and is seen all the same."""
    draw(filled, *names)
    filled.add_source(names[0], 1, Source("https://korda.example/roll-call"), actor="Ilic")
    assert ask()


@pytest.mark.usefixtures("session")
def test_what_is_not_shown_is_no_news(filled: Store, names: list[str]) -> None:
    """A claim on another page, somebody's keys, a name on the roster: the desk stays as it is drawn."""
    draw(filled, names[0])
    filled.edit_claim(names[1], 1, {"priority": "low"}, actor="Ilic")
    filled.set_keys(0, {"next": "y"}, actor="Ilic")
    filled.add_person("Ilic", actor="Ilic")
    assert not ask()


@pytest.mark.usefixtures("session")
def test_a_claim_that_leaves_or_joins_what_is_asked_for_is_news(filled: Store, names: list[str]) -> None:
    """How many match is shown too: a claim of another page that is marked is no more among those to check."""
    draw(filled, names[0], query=Query(statuses=("new",)))
    filled.mark(names[-1], 1, "Refuted", "low", actor="Ilic")
    assert ask()


@pytest.mark.usefixtures("session")
def test_a_large_act_is_news_without_being_read_through(filled: Store, names: list[str]) -> None:
    """More events than are looked at may concern anything."""
    draw(filled, names[0])
    for number in range(1 + 500 // len(names)):
        rows = filled.rows(Query())
        filled.save_many([Edit(row["claim_id"], row["revision"], None, {"speaker": f"Ilic {number}"}) for row in rows])
    assert filled.news(st.session_state["shown"].newest).claims is None
    assert ask()


def test_the_form_waits_for_who_writes_in_it(session: dict[str, Any], filled: Store, names: list[str]) -> None:
    """While somebody writes, their form stays at the revision that they saw; when they leave the field it follows."""
    draw(filled, *names)
    filled.mark(names[0], 1, "Refuted", "low", actor="Ilic")
    assert ask(writing=True)
    recall = Recall(filled)
    assert live.row_in_hand(recall, names[0])["revision"] == 1
    assert session["held"]
    live.show(recall.newest, Query(), [{"claim_id": name} for name in names])
    assert not ask(writing=True)
    assert ask(writing=False)
    assert live.row_in_hand(Recall(filled), names[0])["revision"] == 2


@pytest.mark.usefixtures("session")
def test_an_act_of_ones_own_shows_at_once_in_the_form(filled: Store, names: list[str]) -> None:
    """Only a drawing for a colleague's sake is held back, never one of the person's own."""
    draw(filled, *names)
    filled.assign(names[0], 1, "Ilic", actor=default_person())
    assert live.row_in_hand(Recall(filled), names[0])["assignee"] == "Ilic"


def test_people_are_told_of_each_other_and_not_of_themselves(
    session: dict[str, Any], filled: Store, names: list[str]
) -> None:
    """Who asks says where they are, and hears where the others are."""
    draw(filled, *names)
    filled.be_on(names[1], actor="Ilic")
    ask()
    assert session["people"] == {names[1]: ["Ilic"]}
    assert filled.who_is_where()[names[0]] == (default_person(),)


def test_presence_is_written_seldom(session: dict[str, Any], filled: Store, names: list[str]) -> None:
    """Asked again and again, a session writes once; who moved on says so, but no sooner than some seconds later."""
    draw(filled, *names)
    ask()
    written = session["was on"]
    desk.choose(names[1])
    ask()
    assert session["was on"] == written
    assert set(filled.who_is_where()) == {names[0]}
    session["was on"] = (written[0], written[1] - live._MOVED)
    ask()
    assert set(filled.who_is_where()) == {names[1]}


@pytest.mark.usefixtures("session")
def test_a_record_that_cannot_be_read_just_now_is_logged(
    filled: Store, names: list[str], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Asking breaks nothing on the screen: what is drawn stays, and the log says why nothing new came."""
    draw(filled, *names)
    with monkeypatch.context() as broken:
        broken.setenv("WORKBENCH_STORE", "postgresql://127.0.0.1:1/desk")
        assert not ask()
    assert "could not be read" in caplog.text


@pytest.mark.usefixtures("session")
def test_asking_costs_little(filled: Store, names: list[str]) -> None:
    """A question without news takes a few milliseconds of the processor: with one every other second, a session that rests costs next to nothing."""
    draw(filled, *names)
    ask()
    took = []
    for _ in range(50):
        begun = process_time()
        ask()
        took.append(process_time() - begun)
    assert sorted(took)[len(took) // 2] < 0.010


def test_what_a_page_says_that_was_left_meanwhile_is_passed_over(session: dict[str, Any]) -> None:
    """The browser's word may come when the next page is drawn, which has no such part; before, it goes on."""
    heard: list[object] = []
    hears("live", "asked", heard.append)()
    session["live"] = SimpleNamespace(asked={"number": 1})
    hears("live", "asked", heard.append)()
    assert heard == [{"number": 1}]
