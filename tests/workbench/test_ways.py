"""The buttons of what may follow: which of them stand beside a claim, what they ask, and what they tell nobody."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from claims import Query, Store


def sound(app: AppTest) -> AppTest:
    assert not app.exception, [error.value for error in app.exception]
    return app


def html(app: AppTest) -> str:
    return " ".join(str(each.proto.body) for each in app.get("html"))


@pytest.fixture
def name(filled: Store) -> str:
    """A claim that Jana marked."""
    row = filled.rows(Query(), limit=1)[0]
    filled.mark(row["claim_id"], row["revision"], "Refuted", "high", rationale="SECRET", actor="Jana")
    return str(row["claim_id"])


def sit(app: AppTest, person: str, name: str) -> AppTest:
    """The desk with this person at it and the claim in hand."""
    app.session_state["person"] = person
    app.session_state["chosen"] = name
    app.session_state["show"] = "All"
    return sound(app.run())


def test_who_takes_a_claim_up_again_is_told_no_reading(app: AppTest, filled: Store, name: str) -> None:
    """The form of a claim that a colleague read is empty for who takes it up, and its history keeps the verdict back."""
    sit(app, "Teo", name)
    sound(app.button(key="way-Take it up again").click().run())
    assert filled.claim(name)["status"] == "in progress"
    assert app.text_area(key=f"rationale:{name}").value == ""
    assert app.session_state[f"verdict:{name}"] is None
    app.switch_page("views/history.py")
    app.query_params["claim"] = name
    assert "SECRET" not in html(sound(app.run()))
    assert "Refuted" not in html(app)


def test_what_was_read_twice_is_reopened_with_a_reason(app: AppTest, filled: Store, name: str) -> None:
    """There is no button that clears both readings at once: a reviewer says why, and a checker is told who may."""
    filled.read_second(name, 2, "Refuted", "low", actor="Teo")
    filled.add_person("Ana", "admin", actor="Ana")
    filled.add_person("Teo", actor="Ana")
    for person, refused in (("Teo", True), ("Ana", False)):
        sit(app, person, name)
        assert "way-Take it up again" not in {button.key for button in app.button}
        if not any(field.key == f"why-Reopen with a reason:{name}" for field in app.text_area):
            sound(app.button(key="way-Reopen with a reason").click().run())
        app.text_area(key=f"why-Reopen with a reason:{name}").input("A new count came.")
        sound(app.button(key="reason-do").click().run())
        said = [error.value for error in app.error]
        assert any("takes the role reviewer" in words for words in said) == refused
        assert filled.claim(name)["status"] == ("agreed" if refused else "in progress")
    assert filled.history(name)[-1].why == "A new count came."


def test_together_they_are_asked_why_too(app: AppTest, filled: Store, name: str) -> None:
    """Many claims that are to be in progress are given a reason for those of them that were read twice."""
    filled.read_second(name, 2, "Refuted", "low", actor="Teo")
    sit(app, "Ana", name)
    app.session_state["selected"] = {name: None}
    sound(app.run())
    sound(app.button(key="bulk").click().run())
    sound(app.selectbox(key="bulk-status").select("in progress").run())
    assert "agreed: to become in progress it needs a reason" in html(app)
    sound(app.text_input(key="bulk-why").input("A new count came.").run())
    sound(app.button(key="bulk-do").click().run())
    assert (filled.claim(name)["status"], filled.history(name)[-1].why) == ("in progress", "A new count came.")
