"""Many claims changed together on the desk, without a browser: what the bar and the form say, and what they write."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from claims import Query, Store
from tests.claims.conftest import bring
from tests.workbench.conftest import answered
from workbench.person import default_person
from workbench.view import query_of

#: What the desk looks at in these tests: all claims.
ALL = query_of({"show": ("All",)}, default_person(), read_twice=True)


def sound(app: AppTest) -> AppTest:
    assert not app.exception, [error.value for error in app.exception]
    return app


def html(app: AppTest) -> str:
    return " ".join(
        body for each in app.get("html") if not (body := str(each.proto.body)).lstrip().startswith("<style")
    )


def selecting(app: AppTest, names: list[str]) -> AppTest:
    """The desk with these claims selected and the form open."""
    app.query_params["show"] = "All"
    sound(app.run())
    app.session_state["selected"] = dict.fromkeys(names)
    sound(app.run())
    return sound(app.button(key="bulk").click().run())


@pytest.fixture
def names(filled: Store) -> list[str]:
    """The claims of the desk, in the order of the queue."""
    return [row["claim_id"] for row in filled.rows(ALL)]


def test_the_bar_says_how_many_are_selected(app: AppTest, names: list[str]) -> None:
    """It stands in the place of the ways through the queue, offers the rest that match, and goes with the selection."""
    app.query_params["show"] = "All"
    sound(app.run())
    assert '"selected"' not in html(app)
    app.session_state["selected"] = dict.fromkeys(names[:1])
    sound(app.run())
    assert '<div class="selected" role="status">1 selected</div>' in html(app)
    assert app.button(key="select-all").label == f"All {len(names)}"
    sound(app.button(key="select-none").click().run())
    assert '"selected"' not in html(app)
    assert app.button(key="next").label.startswith("Next")


def test_a_preview_stands_before_the_act(app: AppTest, filled: Store, names: list[str]) -> None:
    """Until something is wished nothing can be pressed; then the form says how many change, and why others do not."""
    filled.edit_claim(names[0], 1, {"assignee": "Ilic", "status": "assigned"})
    filled.add_person("Ilic", actor="Ilic")
    selecting(app, names[:2])
    assert app.button(key="bulk-do").disabled
    newest = filled.latest_event_seq()
    sound(app.selectbox(key="bulk-assignee").select("Ilic").run())
    assert "1 of 2 claims change." in html(app)
    assert "1 left alone · it stands so already" in html(app)
    assert app.button(key="bulk-do").label == "Change 1 claim"
    assert filled.latest_event_seq() == newest


def test_undo_goes_past_what_a_colleague_went_over(app: AppTest, filled: Store, names: list[str]) -> None:
    """The first press says who is in the way and what the next one does; the next one does it."""
    revisions = [int(filled.claim(name)["revision"]) for name in names[:2]]
    filled.edit_claim(names[0], revisions[0], {"tags": "gate"}, actor=default_person())
    filled.edit_claim(names[1], revisions[1], {"tags": "gate"}, actor=default_person())
    filled.edit_claim(names[1], revisions[1] + 1, {"tags": "vans"}, actor="Tom")
    app.run()
    app.button(key="undo").click().run()
    assert "Somebody has worked on this claim since" in app.error[0].value
    assert "Undo once more leaves this as it is" in app.warning[0].value
    sound(app.button(key="undo").click().run())
    assert filled.claim(names[0])["revision"] == revisions[0] + 2
    assert filled.claim(names[1])["tags"] == "vans"


def test_undo_says_once_that_a_publication_stays(app: AppTest, filled: Store, names: list[str]) -> None:
    """The first press says that it stays and what the next one does; from then on each takes back what the editor did before it."""
    me = default_person()
    revision = filled.edit_claim(names[1], int(filled.claim(names[1])["revision"]), {"tags": "gate"}, actor=me)
    filled.edit_claim(names[1], revision, {"speaker": "Tom"}, actor=me)
    revision = bring(filled, names[0], "signed off")
    filled.publish(names[0], revision, actor=me)
    app.run()
    app.button(key="undo").click().run()
    assert "This verdict is published" in app.error[0].value
    assert filled.claim(names[1])["speaker"] == "Tom"
    sound(app.button(key="undo").click().run())
    assert filled.claim(names[1])["speaker"] != "Tom"
    sound(app.button(key="undo").click().run())
    assert filled.claim(names[1])["tags"] is None
    assert [toast.value for toast in app.toast] == ["Taken back; Redo does it again"]
    assert filled.claim(names[0])["status"] == "published"


def test_undo_names_the_setting_that_it_takes_back(app: AppTest, filled: Store) -> None:
    """No claim comes up for it, so that the notice says what it was."""
    filled.add_person(default_person(), actor=default_person())
    filled.set("second_reading", 0, False, actor=default_person())  # noqa: FBT003 - the setting's value
    app.run()
    sound(app.button(key="undo").click().run())
    assert [toast.value for toast in app.toast] == ["Taken back: the setting second reading; Redo does it again"]


def test_undo_says_who_keeps_a_verdict_and_what_to_do(app: AppTest, filled: Store, names: list[str]) -> None:
    """A verdict that a colleague has read second stays, and the refusal gives the next step."""
    revision = filled.mark(names[0], 1, "Supported", "high", actor=default_person())
    revision = filled.mark(names[0], revision, "Refuted", "high", actor=default_person())
    filled.read_second(names[0], revision, "Refuted", "high", actor="Tom")
    app.run()
    app.button(key="undo").click().run()
    assert "Somebody has judged this claim since" in app.error[0].value
    assert "Look at its history" in app.error[0].value
    assert (filled.claim(names[0])["status"], filled.claim(names[0])["verdict"]) == ("agreed", "Refuted")


def test_many_are_changed_by_one_act_and_one_undo(app: AppTest, filled: Store, names: list[str]) -> None:
    """All that match are given and tagged in one act, the selection is let go, and one Undo takes all of it back."""
    filled.add_person("Ilic", actor="Ilic")
    selecting(app, names[:1])
    sound(app.button(key="select-all").click().run())
    app.selectbox(key="bulk-assignee").select("Ilic")
    app.session_state["bulk-add"] = [" north   gate", "prison"]
    sound(app.run())
    sound(app.button(key="bulk-do").click().run())
    rows = filled.rows(Query())
    assert {(row["assignee"], row["tags"], row["status"]) for row in rows} == {
        ("Ilic", "north gate|prison", "assigned")
    }
    assert '"selected"' not in html(app)
    assert {event.actor for event in filled.history(names[0])[1:]} == {default_person()}
    sound(app.button(key="undo").click().run())
    assert {(row["assignee"], row["tags"], row["status"]) for row in filled.rows(Query())} == {(None, None, "new")}


def test_what_is_left_alone_stays_and_what_is_not_allowed_says_why(
    app: AppTest, filled: Store, names: list[str]
) -> None:
    """A status that the workflow blocks changes nothing, and the reason is read before any act."""
    selecting(app, names)
    sound(app.selectbox(key="bulk-status").select("second reading").run())
    assert f"0 of {len(names)} claims change." in html(app)
    assert "new: it cannot become second reading from there" in html(app)
    assert app.button(key="bulk-do").disabled
    sound(app.selectbox(key="bulk-status").select("dropped").run())
    assert "to become dropped it needs a reason" in html(app)
    sound(app.text_input(key="bulk-why").input("Not of this desk.").run())
    sound(app.button(key="bulk-do").click().run())
    assert {filled.claim(name)["dropped_why"] for name in names} == {"Not of this desk."}


def test_a_tag_that_cannot_be_is_refused_in_words(app: AppTest, names: list[str]) -> None:
    """Too long a tag is said where it is typed, and nothing can be pressed."""
    selecting(app, names)
    app.session_state["bulk-add"] = ["x" * 41]
    sound(app.run())
    assert any("too long for a tag" in error.value for error in app.error)
    assert app.button(key="bulk-do").disabled


def test_what_is_typed_for_a_claim_rests_on_the_new_revision(app: AppTest, filled: Store, names: list[str]) -> None:
    """An own act on many claims is no conflict for what is typed for one of them."""
    filled.add_person("Ilic", actor="Ilic")
    app.query_params["show"] = "All"
    sound(app.run())
    answered(app, "verdict", "Refuted")
    answered(app, "confidence", "high")
    app.session_state["selected"] = dict.fromkeys(names)
    sound(app.run())
    sound(app.button(key="bulk").click().run())
    sound(app.selectbox(key="bulk-assignee").select("Ilic").run())
    sound(app.button(key="bulk-do").click().run())
    sound(app.button(key="save").click().run())
    saved = filled.claim(names[0])
    assert (saved["verdict"], saved["assignee"]) == ("Refuted", "Ilic")


@pytest.mark.parametrize(
    ("renamed", "said"),
    [
        ({}, "Select claims first: with X, ⇧J, ⇧K, or by their boxes in the queue."),
        ({"X": "Y"}, "Select claims first: with Y, ⇧J, ⇧K, or by their boxes in the queue."),
        ({"X": "", "⇧J": "", "⇧K": ""}, "Select claims first: by their boxes in the queue."),
    ],
)
def test_how_to_select_is_said_by_the_persons_own_keys(renamed: dict[str, str], said: str) -> None:
    """Who presses the key of the form with nothing selected reads the keys that they have, and none that they let go."""
    app = AppTest.from_function(begun)
    app.session_state["renamed keys"] = renamed
    assert [each.value for each in sound(app.run()).warning] == [said]


def begun() -> None:
    """The form asked for with nothing selected."""
    from claims import Query  # noqa: PLC0415 - the function is a script of its own
    from workbench import desk  # noqa: PLC0415
    from workbench.forms import bulk  # noqa: PLC0415

    bulk.begin(Query())
    desk.show_refused()
