"""The settings: what an admin chooses is kept, and what cannot be is said."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from claims import Store


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
    app.selectbox(key="scale-choice-averitec").select("politifact").run()
    assert any("Pants on Fire" in str(each.proto.body) for each in app.get("html"))
    app.button(key="scale-do").click().run()
    assert not app.exception
    assert store.rules().scale.name == "politifact"


def test_one_reading_may_be_enough(app: AppTest, store: Store) -> None:
    """The choice stands as it is made."""
    opened(app)
    app.radio(key="setting-second_reading-0").set_value(False).run()
    assert store.rules().second_reading is False


def test_the_desk_says_who_it_is(app: AppTest, store: Store) -> None:
    """Name and address are kept; an address that is none is refused with the next step."""
    opened(app)
    app.text_input(key="setting-publisher-0").input("The Korda Post").run()
    app.text_input(key="setting-site-0").input("javascript:alert(1)").run()
    assert store.setting("publisher") == "The Korda Post"
    assert store.setting("site") == ""
    assert any("no web address" in each.value for each in app.error)
