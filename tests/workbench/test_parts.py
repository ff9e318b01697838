"""The desk's parts: which of them are due after an act, and that a drawing that promised them is not asked twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from claims import Query, Store
from workbench import desk, parts, selection
from workbench.parts import Look
from workbench.recall import Recall


@pytest.fixture
def look(filled: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Look]:
    """A desk that has been drawn, its first claim in hand."""
    state: dict[str, Any] = {}
    monkeypatch.setattr(st, "session_state", state)
    looked = Look(filled, Query(), filled.rules())
    with parts.together():
        state["drawn"] = parts._shown(looked, Recall(filled))
    yield looked
    st.cache_data.clear()


def test_nothing_is_due_while_nothing_moves(look: Look) -> None:
    """A verdict that is ticked moves the form alone."""
    st.session_state[f"verdict:{desk.chosen()}"] = "Refuted"
    assert parts.due(look, Recall(look.store)) == []
    assert not parts.unpromised(look, Recall(look.store))


def test_another_claim_of_the_same_article_moves_only_the_place(look: Look) -> None:
    """The queue and the text mark it in the browser."""
    desk.choose(look.store.rows(look.query)[1]["claim_id"])
    assert parts.due(look, Recall(look.store)) == ["steps"]
    assert parts.unpromised(look, Recall(look.store))


def test_what_is_written_moves_all(look: Look) -> None:
    """A colleague's mark, or one's own."""
    look.store.mark(str(desk.chosen()), 1, "Refuted", "low", actor="Ilic")
    assert parts.due(look, Recall(look.store)) == ["steps", "queue", "text"]


def test_a_selection_moves_the_queue_and_its_head(look: Look) -> None:
    """The text shows no selection."""
    selection.pick([str(desk.chosen())], on=True)
    assert parts.due(look, Recall(look.store)) == ["steps", "queue"]


def test_what_is_promised_is_not_asked_for(look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    """An act that names the parts to draw has them drawn once."""
    asked: list[dict[str, list[str]]] = []
    monkeypatch.setattr(st, "rerun", lambda **scope: asked.append(scope))
    step = parts.acting(look, lambda: desk.choose(look.store.rows(look.query)[1]["claim_id"]))
    step()
    assert asked == [{"scope": ["form", "steps"]}]
    assert not parts.unpromised(look, Recall(look.store))
    assert parts.unpromised(look, Recall(look.store))


def test_what_follows_the_form_promises_nothing_for_the_next_act(look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two acts in the form, one after the other: the others are drawn after each; where nothing is due, nothing is asked."""
    asked: list[dict[str, list[str]]] = []
    monkeypatch.setattr(st, "rerun", lambda **scope: asked.append(scope))
    parts.follow(look)
    assert asked == []
    for revision, name in enumerate(("Ilic", "Korda"), 1):
        look.store.assign(str(desk.chosen()), revision, name, actor="Ilic")
        assert parts.unpromised(look, Recall(look.store))
        parts.follow(look)
        st.session_state["drawn"] = parts._shown(look, Recall(look.store))
    assert asked == [{"scope": ["steps", "queue", "text"]}] * 2


def test_parts_that_are_gone_are_no_mistake() -> None:
    """A colleague's news may come in the moment in which the desk is left: the page that is there is drawn, and no error."""

    def script() -> None:
        import streamlit as st  # noqa: PLC0415 - a script of its own

        from workbench import desk  # noqa: PLC0415

        st.button("News", on_click=desk.redraw, args=("desk", "live"))
        st.write("The page that is there")

    shown = AppTest.from_function(script).run()
    shown.button[0].click().run()
    assert not shown.exception
    assert shown.markdown[0].value == "The page that is there"
