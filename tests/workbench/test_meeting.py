"""The meeting's screens without a browser: the agenda and its rules, the shared screen, a follower's vote, the decision."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from claims import Query, Store
from claims.review.rules import as_dict, shipped_rules
from claims.store import Wanted
from tests.workbench.test_views import sound
from workbench.forms.present import short
from workbench.telling import tell_all

DAY = date(2024, 3, 4)


@pytest.fixture
def claims(filled: Store) -> list[str]:
    """The claims of the story, the first of them read twice and differently."""
    for name, role in (("Ana", "admin"), ("Jana", "checker"), ("Tom", "checker")):
        filled.add_person(name, role, actor="Ana")
    names = [row["claim_id"] for row in filled.rows(Query())]
    filled.mark(names[0], 1, "Refuted", "moderate", rationale="The roll call counts 249.", actor="Jana")
    filled.read_second(names[0], 2, "Supported", "low", rationale="So the ministry said.", actor="Tom")
    return names


@pytest.fixture
def meeting(filled: Store, claims: list[str]) -> str:
    """An open meeting on two claims, with Ana in the chair and Jana and Tom in it."""
    meeting_id = filled.plan_meeting("Review", DAY, "Ana", actor="Ana")
    filled.put_on_agenda(meeting_id, [Wanted(name, ("Two readers differ.",), 6) for name in claims[:2]], actor="Ana")
    filled.open_meeting(meeting_id, filled.meeting(meeting_id).revision, actor="Ana")
    for name in ("Jana", "Tom"):
        filled.join_meeting(meeting_id, actor=name)
    return meeting_id


def at(app: AppTest, view: str, person: str, **address: str) -> AppTest:
    """This screen, with this person at it."""
    app.session_state["person"] = person
    app.run().switch_page(f"views/{view}.py")
    for name, value in address.items():
        app.query_params[name] = value
    return sound(app.run())


def text_of(app: AppTest) -> str:
    """All that is drawn, as one text."""
    drawn = [*app.get("html"), *app.markdown, *app.caption, *app.error, *app.warning]
    return "\n".join(str(getattr(each, "value", None) or each.proto.body) for each in drawn)


def test_a_meeting_is_planned_and_filled_by_the_rules(app: AppTest, filled: Store, claims: list[str]) -> None:
    """What the rules find comes on the agenda with its reason and time; it is moved, timed, dropped, and found by a search."""
    at(app, "meeting", "Ana")
    sound(app.button(key="plan-do").click().run())
    [held] = filled.meetings()
    assert (held.chair, held.state) == ("Ana", "planned")
    sound(app.button(key="put-all").click().run())
    [item] = filled.agenda(held.meeting_id)
    assert (item.claim_id, item.reasons) == (
        claims[0],
        ("Jana reads it as Refuted, Tom as Supported.", *item.reasons[1:]),
    )
    assert "1 item, about 6 minutes" in text_of(app)
    app.text_input(key="agenda-find").input("guards strike").run()
    other = next(name for name in claims[1:] if any(button.key == f"put-{name}" for button in app.button))
    sound(app.button(key=f"put-{other}").click().run())
    first, second = filled.agenda(held.meeting_id)
    sound(app.button(key=f"arrow_upward-{second.item_id}-{second.revision}").click().run())
    assert [each.claim_id for each in filled.agenda(held.meeting_id)] == [other, claims[0]]
    first, second = filled.agenda(held.meeting_id)
    sound(app.number_input(key=f"time-{first.item_id}:minutes").set_value(12).run())
    assert "2 items, about 18 minutes" in text_of(app)
    sound(app.button(key=f"close-{second.item_id}-{second.revision}").click().run())
    assert [each.claim_id for each in filled.agenda(held.meeting_id)] == [other]


def test_what_was_typed_of_a_meeting_stays_where_a_colleague_was_faster(
    app: AppTest, filled: Store, claims: list[str]
) -> None:
    """Title and chair as typed, the day as the colleague set it meanwhile; Keep then changes what was typed alone."""
    assert claims
    meeting_id = filled.plan_meeting("Review", DAY, "Ana", actor="Ana")
    at(app, "meeting", "Ana")
    form = f"edit-{meeting_id}"
    app.text_input(key=f"{form}:title").input("Korda prison").run()
    filled.edit_meeting(meeting_id, 1, {"title": "Monday", "day": date(2024, 3, 5)}, actor="Jana")
    app.selectbox(key=f"{form}:chair").select("Tom").run()
    assert app.text_input(key=f"{form}:title").value == "Korda prison"
    app.button(key="edit-do").click().run()
    assert "Monday</td><td>Korda prison" in text_of(app)
    assert filled.meeting(meeting_id).title == "Monday"
    assert app.text_input(key=f"{form}:title").value == "Korda prison"
    assert app.date_input(key=f"{form}:day").value == date(2024, 3, 5)
    sound(app.button(key="edit-do").click().run())
    held = filled.meeting(meeting_id)
    assert (held.title, held.day, held.chair) == ("Korda prison", date(2024, 3, 5), "Tom")


def test_minutes_that_were_typed_stay_where_a_colleague_was_faster(app: AppTest, filled: Store, meeting: str) -> None:
    """Both are shown, and one press sets the typed ones."""
    item = filled.agenda(meeting)[0]
    at(app, "meeting", "Ana", meeting=meeting)
    filled.time_item(item.item_id, item.revision, 9, actor="Jana")
    app.number_input(key=f"time-{item.item_id}:minutes").set_value(12).run()
    assert app.number_input(key=f"time-{item.item_id}:minutes").value == 12
    assert "Now: **9 minutes**" in text_of(app)
    sound(app.button(key=f"again-time-{item.item_id}").click().run())
    assert filled.agenda(meeting)[0].minutes == 12


def test_a_move_on_a_changed_agenda_is_refused_in_words(
    app: AppTest, filled: Store, meeting: str, claims: list[str]
) -> None:
    """The sentence names the claim; no name of an item is shown to anybody."""
    first, second = filled.agenda(meeting)
    at(app, "meeting", "Ana", meeting=meeting)
    filled.arrange_agenda(meeting, [first.item_id, second.item_id], [second.item_id, first.item_id], actor="Jana")
    app.button(key=f"arrow_upward-{second.item_id}-{second.revision}").click().run()
    assert filled.claim(claims[1])["claim"][:40] in app.error[0].value.replace("\\", "")
    assert "was not moved" in app.error[0].value
    assert first.item_id not in text_of(app)
    assert [item.item_id for item in filled.agenda(meeting)] == [second.item_id, first.item_id]


def test_going_on_where_another_has_led_on_shows_no_names_of_items(
    app: AppTest, filled: Store, meeting: str, claims: list[str]
) -> None:
    """The sentence says what happened; what an item is called in the record tells nobody anything."""
    filled.put_on_agenda(meeting, [Wanted(claims[2])], actor="Ana")
    first, second, third = filled.agenda(meeting)
    at(app, "present", "Ana", meeting=meeting)
    filled.take_up(meeting, first.item_id, third.item_id, actor="Ana")
    app.button(key="lead-next").click().run()
    assert "led the meeting to another item" in app.error[0].value
    assert second.item_id not in "".join(str(each.proto.body) for each in app.get("html"))


def test_a_dropped_item_is_not_found_again_by_the_rules(app: AppTest, filled: Store, claims: list[str]) -> None:
    """What the desk took off the agenda stays off, until somebody puts it on by hand."""
    meeting_id = filled.plan_meeting("Review", DAY, "Ana", actor="Ana")
    filled.put_on_agenda(meeting_id, [Wanted(claims[0])], actor="Ana")
    filled.drop_item(filled.agenda(meeting_id)[0].item_id, 1, actor="Ana")
    at(app, "meeting", "Ana")
    assert not any(button.key == f"put-{claims[0]}" for button in app.button)


@pytest.mark.usefixtures("claims")
def test_the_rules_are_read_and_changed(app: AppTest, filled: Store) -> None:
    """A rule that is switched off puts nothing on the agenda; who is no admin is told so."""
    filled.plan_meeting("Review", DAY, "Ana", actor="Ana")
    at(app, "meeting", "Ana")
    app.session_state["agenda-tabs"] = "The rules"
    app.run()
    app.toggle(key="agenda-rules:disputed/on").set_value(False)
    app.toggle(key="agenda-rules:single_source/on").set_value(False)
    sound(app.button(key="rules-do").click().run())
    assert filled.setting("agenda")["disputed"]["on"] is False
    app.session_state["agenda-tabs"] = "From the rules"
    sound(app.run())
    assert "The rules find nothing more" in text_of(app)
    app.session_state["person"] = "Tom"
    app.session_state["agenda-tabs"] = "The rules"
    app.run()
    app.toggle(key="agenda-rules:overdue/on").set_value(False)
    sound(app.button(key="rules-do").click().run())
    assert "Tom is a checker here" in text_of(app)


@pytest.mark.usefixtures("claims")
def test_rules_that_a_colleague_changed_first_keep_what_was_typed(app: AppTest, filled: Store) -> None:
    """Told what stands now, with the typed number still in its field; saved again, both changes hold."""
    filled.plan_meeting("Review", DAY, "Ana", actor="Ana")
    at(app, "meeting", "Ana")
    app.session_state["agenda-tabs"] = "The rules"
    app.run()
    theirs = as_dict([replace(rule, minutes=9, on=rule.name != "overdue") for rule in shipped_rules()])
    filled.set("agenda", 0, theirs, actor="Ana")
    app.number_input(key="agenda-rules:disputed/minutes").set_value(7)
    app.button(key="rules-do").click().run()
    assert "Disputed, minutes: 9" in text_of(app).replace("\\", "")
    assert app.number_input(key="agenda-rules:disputed/minutes").value == 7
    sound(app.button(key="rules-do").click().run())
    kept = filled.setting("agenda")
    assert (kept["disputed"]["minutes"], kept["overdue"]["on"], kept["overdue"]["minutes"]) == (7, False, 9)


def test_the_shared_screen_shows_the_claim_and_no_vote(
    app: AppTest, filled: Store, meeting: str, claims: list[str]
) -> None:
    """The claim, both readings and how many have voted; what was voted only once it is shown."""
    item = filled.agenda(meeting)[0]
    filled.vote(item.item_id, 0, "Conflicting evidence", words="SECRET", actor="Jana")
    at(app, "present", "Ana", meeting=meeting)
    drawn = text_of(app)
    for part in ("First reading · Jana", "Second reading · Tom", "1 of 2 have voted", "Item 1 of 2"):
        assert part in drawn
    assert "SECRET" not in drawn
    assert 'class="spread"' not in drawn
    sound(app.button(key="lead-show").click().run())
    drawn = text_of(app)
    assert "SECRET" in drawn
    assert "⇄ Conflicting evidence" in drawn
    assert filled.claim(claims[0])["status"] == "disputed"


def test_a_reading_that_was_taken_back_is_shown_to_nobody(app: AppTest, filled: Store, claims: list[str]) -> None:
    """Beside the second reading stands the first one that counts, on the desk, on the shared screen and for who follows."""
    filled.mark(claims[1], 1, "Refuted", "high", rationale="The roll call counts 249.", actor="Jana")
    filled.mark(claims[1], 2, "Supported", "low", rationale="A hasty thought.", actor="Jana")
    filled.undo("Jana")
    filled.read_second(claims[1], int(filled.claim(claims[1])["revision"]), "Supported", "low", actor="Tom")
    meeting_id = filled.plan_meeting("Review", DAY, "Ana", actor="Ana")
    filled.put_on_agenda(meeting_id, [Wanted(claims[1])], actor="Ana")
    filled.open_meeting(meeting_id, filled.meeting(meeting_id).revision, actor="Ana")
    app.session_state["chosen"] = claims[1]
    app.session_state["show"] = "All"
    for view, address in (("desk", {}), ("present", {}), ("present", {"role": "follow"})):
        drawn = text_of(at(app, view, "Ana", **address))
        assert "First reading · Jana" in drawn
        assert "The roll call counts 249." in drawn
        assert "A hasty thought." not in drawn


def test_a_first_reading_that_waits_for_its_second_is_not_shown_to_the_room(
    app: AppTest, filled: Store, claims: list[str]
) -> None:
    """Whoever may be asked to read second sits in the room too."""
    filled.mark(claims[1], 1, "Refuted", "low", rationale="SECRET of the first", actor="Jana")
    meeting_id = filled.plan_meeting("Review", DAY, "Ana", actor="Ana")
    filled.put_on_agenda(meeting_id, [Wanted(claims[1])], actor="Ana")
    filled.open_meeting(meeting_id, filled.meeting(meeting_id).revision, actor="Ana")
    at(app, "present", "Ana")
    assert "SECRET" not in text_of(app)
    assert "Kept back until the second reading is in." in text_of(app)


def test_the_meeting_is_led_on_and_back(app: AppTest, filled: Store, meeting: str) -> None:
    """Next and previous move it by one; at the end there is no next."""
    first, second = filled.agenda(meeting)
    at(app, "present", "Ana")
    sound(app.button(key="lead-next").click().run())
    assert filled.meeting(meeting).item_id == second.item_id
    assert not any(button.key == "lead-next" for button in app.button)
    sound(app.button(key="lead-previous").click().run())
    assert filled.meeting(meeting).item_id == first.item_id


def test_who_does_not_lead_is_told_so(app: AppTest, filled: Store, meeting: str) -> None:
    """A checker who opens the shared screen leads nobody on."""
    at(app, "present", "Tom")
    app.button(key="lead-next").click().run()
    assert "lead a meeting that Ana chairs" in text_of(app)
    assert filled.meeting(meeting).item_id == filled.agenda(meeting)[0].item_id


def test_a_follower_votes_and_sees_only_their_own(app: AppTest, filled: Store, meeting: str) -> None:
    """Choose, then vote; what is chosen is asked for first, and the vote may be changed until it is closed."""
    item = filled.agenda(meeting)[0]
    filled.vote(item.item_id, 0, "Conflicting evidence", words="SECRET", actor="Tom")
    filled.join_meeting(meeting, actor="Ilic")
    at(app, "present", "Jana", role="follow")
    app.button(key="vote").click().run()
    assert "Choose a verdict" in text_of(app)
    app.button(key="cast-Refuted").click().run()
    sound(app.button(key="vote").click().run())
    assert "You voted Refuted" in text_of(app)
    assert "Waiting for: Ilic" in text_of(app)
    assert "SECRET" not in text_of(app)
    app.button(key="cast-Supported").click().run()
    sound(app.button(key="vote").click().run())
    assert [vote.verdict for vote in filled.votes(item.item_id, "Jana").votes] == ["Supported"]


def test_a_decision_is_recorded_with_dissent_from_the_votes(
    app: AppTest, filled: Store, meeting: str, claims: list[str]
) -> None:
    """What is missing is asked for; who voted otherwise dissents by name; Undo takes it back."""
    item = filled.agenda(meeting)[0]
    filled.vote(item.item_id, 0, "Refuted", actor="Jana")
    filled.vote(item.item_id, 0, "Supported", words="The gate was open.", actor="Tom")
    at(app, "present", "Ana")
    sound(app.button(key="lead-decide").click().run())
    key = item.item_id
    app.segmented_control(key=f"decide-verdict-{key}").set_value("Refuted").run()
    app.button(key="decide-do").click().run()
    assert "Give confidence, the reason why first." in text_of(app)
    app.segmented_control(key=f"decide-confidence-{key}").set_value("high")
    app.text_area(key=f"decide-rationale-{key}").input("The roll call names each.")
    sound(app.button(key="decide-do").click().run())
    decided = filled.agenda(meeting)[0]
    assert [(each.name, each.verdict, each.words) for each in decided.dissent] == [
        ("Tom", "Supported", "The gate was open.")
    ]
    assert filled.claim(claims[0])["verdict"] == "Refuted"
    assert "Decided by Ana" in text_of(app)
    sound(app.button(key="lead-undo").click().run())
    assert filled.claim(claims[0])["status"] == "disputed"


def test_more_evidence_is_asked_for_from_the_screen(
    app: AppTest, filled: Store, meeting: str, claims: list[str]
) -> None:
    """The question stands on the screen, and the claim goes to who looks for the answer."""
    item = filled.agenda(meeting)[0]
    at(app, "present", "Ana")
    app.button(key="lead-want").click().run()
    app.text_area(key=f"decide-question-{item.item_id}").input("Who counted?")
    app.selectbox(key=f"decide-owner-{item.item_id}").set_value("Tom")
    sound(app.button(key="decide-do").click().run())
    assert "Who counted?" in text_of(app)
    assert filled.claim(claims[0])["assignee"] == "Tom"


@pytest.fixture
def another(filled: Store, claims: list[str]) -> str:
    """A second meeting, open on the same day, with Ilic in the chair, on a claim that the first does not look at."""
    filled.add_person("Ilic", "reviewer", actor="Ana")
    meeting_id = filled.plan_meeting("Prison desk", DAY, "Ilic", actor="Ilic")
    filled.put_on_agenda(meeting_id, [Wanted(claims[2])], actor="Ilic")
    filled.open_meeting(meeting_id, filled.meeting(meeting_id).revision, actor="Ilic")
    return meeting_id


def test_a_phone_is_asked_which_of_two_meetings_it_follows(
    app: AppTest, filled: Store, meeting: str, another: str, claims: list[str]
) -> None:
    """An address that names neither shows neither; the one that is chosen stands in the address from then on."""
    at(app, "present", "Tom", role="follow")
    assert "Which meeting?" in text_of(app)
    assert [button.label for button in app.button if "which" in str(button.key)] == [
        r"Prison desk · 4 Mar 2024\, led by Ilic", r"Review · 4 Mar 2024\, led by Ana",
    ]  # fmt: skip
    assert not any(filled.claim(name)["claim"] in text_of(app) for name in claims[:3])
    sound(app.button(key=f"which-{meeting}").click().run())
    assert app.query_params["meeting"] in (meeting, [meeting])
    assert "Review · 4 Mar 2024" in text_of(app)
    assert app.button(key="vote")
    assert filled.meeting(another).present == ()


@pytest.mark.parametrize("role", ["follow", "lead"])
def test_the_end_of_a_meetings_name_is_enough_in_an_address(
    app: AppTest, meeting: str, another: str, role: str
) -> None:
    """What a room writes down by hand opens the meeting that is meant, and never the other one."""
    for meeting_id, title in ((meeting, "Review"), (another, "Prison desk")):
        drawn = text_of(at(app, "present", "Tom", role=role, meeting=short(meeting_id)))
        assert f"{title} · 4 Mar 2024" in drawn


def test_a_phone_stays_in_its_meeting_when_another_one_is_opened(
    app: AppTest, filled: Store, meeting: str, claims: list[str]
) -> None:
    """It came by an address that names none; once its own is closed, it is not taken to the other, but asked."""
    at(app, "present", "Tom", role="follow")
    other = filled.plan_meeting("Prison desk", DAY, "Ana", actor="Ana")
    filled.put_on_agenda(other, [Wanted(claims[2])], actor="Ana")
    filled.open_meeting(other, filled.meeting(other).revision, actor="Ana")
    assert "Review · 4 Mar 2024" in text_of(sound(app.run()))
    filled.close_meeting(meeting, filled.meeting(meeting).item_id, actor="Ana")
    assert "Which meeting?" in text_of(sound(app.run()))
    filled.close_meeting(other, filled.meeting(other).item_id, actor="Ana")
    assert "No meeting is open." in text_of(sound(app.run()))
    filled.open_meeting(other, filled.meeting(other).revision, actor="Ana")
    assert "Prison desk · 4 Mar 2024" in text_of(sound(app.run()))


def test_an_address_of_a_meeting_that_is_closed_leads_to_no_other(
    app: AppTest, filled: Store, meeting: str, another: str
) -> None:
    """Whoever keeps it open is asked, though one meeting alone goes on."""
    filled.close_meeting(meeting, filled.meeting(meeting).item_id, actor="Ana")
    at(app, "present", "Tom", role="follow", meeting=meeting)
    assert [button.key for button in app.button if "which" in str(button.key)] == [f"which-{another}"]


def test_without_an_open_meeting_the_screens_say_so(app: AppTest, filled: Store, claims: list[str]) -> None:
    """The shared screen and who follows are told that nothing is open, of a meeting that is closed too."""
    assert claims
    meeting_id = filled.plan_meeting("Review", DAY, "Ana", actor="Ana")
    at(app, "present", "Ana", meeting=meeting_id)
    assert "No meeting is open." in text_of(app)


def test_the_history_tells_of_a_meeting_and_of_no_hidden_vote(filled: Store, meeting: str, claims: list[str]) -> None:
    """Who voted is told at once, what they voted once it is shown; then what was decided and who dissented."""
    item = filled.agenda(meeting)[0]
    filled.vote(item.item_id, 0, "Conflicting evidence", confidence="low", words="SECRET", actor="Jana")

    def told() -> list[str]:
        return [
            f"{each.sentence} {[detail.new for detail in each.details]}" for each in tell_all(filled.history(claims[0]))
        ]

    assert told()[-1] == "Jana voted. []"
    assert "took it up in the meeting" in " ".join(told())
    filled.vote(item.item_id, 0, "Refuted", actor="Tom")
    assert "Jana voted Conflicting evidence. ['low', 'SECRET']" in told()
    assert told()[-1].startswith("Tom closed the vote, and it was shown.")
    again = tell_all(filled.history(claims[0]), veiled=True)
    assert "SECRET" not in str(again)
    assert "Conflicting" not in str(again)
