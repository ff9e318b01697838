"""The settings: what an admin chooses is kept, and what cannot be is said."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from claims import Store
from claims.verdict import load_scale


def opened(app: AppTest) -> AppTest:
    app.run()
    app.switch_page("views/settings.py")
    app.session_state["settings-tabs"] = "Rules"
    app.run()
    assert not app.exception, [error.value for error in app.exception]
    return app


def test_another_scale_is_looked_at_and_then_chosen(app: AppTest, store: Store) -> None:
    """Its labels are shown first; the button makes it the desk's."""
    opened(app)
    app.selectbox(key="scale:choice").select("politifact").run()
    assert any("Pants on Fire" in str(each.proto.body) for each in app.get("html"))
    app.button(key="scale-do").click().run()
    assert not app.exception
    assert store.rules().scale.name == "politifact"


def test_one_reading_may_be_enough(app: AppTest, store: Store) -> None:
    """The choice stands as it is made."""
    opened(app)
    app.radio(key="setting-second_reading:value").set_value(False).run()
    assert store.rules().second_reading is False


def test_the_desk_says_who_it_is(app: AppTest, store: Store) -> None:
    """Name and address are kept; an address that is none is refused with the next step."""
    opened(app)
    app.text_input(key="setting-publisher:value").input("The Korda Post").run()
    app.text_input(key="setting-site:value").input("javascript:alert(1)").run()
    assert store.setting("publisher") == "The Korda Post"
    assert store.setting("site") == ""
    assert any("no web address" in each.value for each in app.error)


def drawn(app: AppTest) -> str:
    """Tables and captions, as one text."""
    return "\n".join([*(str(each.proto.body) for each in app.get("html")), *(each.value for each in app.caption)])


def test_what_a_colleague_set_first_takes_nothing_that_was_typed(app: AppTest, store: Store) -> None:
    """Both versions are shown, the typed one stays in its field, and one press sets it over what was seen."""
    opened(app)
    store.set("publisher", 0, "The Courier")
    app.text_input(key="setting-publisher:value").input("The Korda Post").run()
    assert "Somebody changed the setting publisher" in app.error[0].value.replace("\\", "")
    assert "The Courier</td><td>The Korda Post" in drawn(app)
    assert app.text_input(key="setting-publisher:value").value == "The Korda Post"
    assert store.setting("publisher") == "The Courier"
    app.run()
    assert not app.error
    assert app.text_input(key="setting-publisher:value").value == "The Korda Post"
    assert "Now: **The Courier**" in drawn(app)
    app.button(key="again-setting-publisher").click().run()
    assert store.setting("publisher") == "The Korda Post"
    assert "A colleague was faster" not in drawn(app)


def test_what_a_colleague_set_may_be_kept(app: AppTest, store: Store) -> None:
    """The field then shows theirs, and follows them again."""
    opened(app)
    store.set("publisher", 0, "The Courier")
    app.text_input(key="setting-publisher:value").input("The Korda Post").run()
    app.button(key="theirs-setting-publisher").click().run()
    assert app.text_input(key="setting-publisher:value").value == "The Courier"
    store.set("publisher", 1, "The Gazette")
    app.run()
    assert app.text_input(key="setting-publisher:value").value == "The Gazette"
    assert "A colleague was faster" not in drawn(app)


def test_a_name_is_set_twice_in_a_row(app: AppTest, store: Store) -> None:
    """What one set oneself, space around it and all, is no colleague's change."""
    opened(app)
    app.text_input(key="setting-publisher:value").input("  The Korda Post ").run()
    app.text_input(key="setting-publisher:value").input("The Ilic Post").run()
    assert not app.error
    assert store.setting("publisher") == "The Ilic Post"


def test_a_choice_stays_chosen_where_a_colleague_was_faster(app: AppTest, store: Store) -> None:
    """A radio keeps what was chosen too, ready to be set."""
    opened(app)
    store.set("confidence", store.set("confidence", 0, "percent"), "words")
    app.radio(key="setting-confidence:value").set_value("percent").run()
    assert app.radio(key="setting-confidence:value").value == "percent"
    assert "In words: low, moderate, high</td><td>As a percentage" in drawn(app)
    app.button(key="again-setting-confidence").click().run()
    assert store.setting("confidence") == "percent"


@pytest.mark.parametrize("theirs", ["snopes", "a scale of their own"])
def test_a_scale_stays_chosen_where_a_colleague_was_faster(app: AppTest, store: Store, theirs: str) -> None:
    """The choice is kept, both scales are named, and the button judges by it after all."""
    opened(app)
    app.selectbox(key="scale:choice").select("politifact").run()
    own = {**load_scale("snopes").as_data(), "name": "ours", "title": "Our scale"}
    store.set("scale", 0, own if theirs != "snopes" else "snopes")
    app.button(key="scale-do").click().run()
    assert not app.exception
    assert app.selectbox(key="scale:choice").value == "politifact"
    assert f"{store.rules().scale.title}</td><td>PolitiFact" in drawn(app)
    app.button(key="scale-do").click().run()
    assert store.rules().scale.name == "politifact"


def test_where_another_scale_loses_meaning_is_shown_before_it_is_chosen(app: AppTest, store: Store) -> None:
    """Every label of the present scale with what it becomes and what that loses; old marks stay, and that is said."""
    opened(app)
    assert "What is lost" not in drawn(app)
    app.selectbox(key="scale:choice").select("politifact").run()
    shown = drawn(app)
    assert "<td>Refuted</td><td>False</td>" in shown
    assert "<td>Not enough evidence</td><td><i>none</i></td>" in shown
    assert "no rating for what cannot be settled" in shown
    assert "Marks that were given stay as they are" in shown
    assert store.rules().scale.name == "averitec"


def test_a_role_stays_chosen_where_a_colleague_was_faster(app: AppTest, store: Store) -> None:
    """The roster shows both roles, and one press gives the one that was chosen."""
    store.add_person("Ana", actor="Ana")
    store.add_person("Teo", "checker", actor="Ana")
    app.session_state["person"] = "Ana"
    opened(app)
    store.edit_person("Teo", 1, {"role": "editor"}, actor="Ana")
    app.selectbox(key="person-Teo:role").select("reviewer").run()
    assert "editor</td><td>reviewer" in drawn(app)
    assert app.selectbox(key="person-Teo:role").value == "reviewer"
    app.button(key="again-person-Teo").click().run()
    assert [person.role for person in store.people()] == ["admin", "reviewer"]
