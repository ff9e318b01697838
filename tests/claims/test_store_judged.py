"""Then and now: the verdicts that a claim was given as of other days."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from claims.errors import StoreError
from claims.export.checked import Publisher, checked
from claims.export.report import report_html, report_markdown, report_of
from claims.store import Mark, Query, Store, Wanted
from claims.store.events import Act, Change, new_id, record, row_of
from tests.claims.conftest import ROLL_CALL, agree, sign_off, void

THEN, NOW = date(2024, 3, 3), date(2024, 4, 5)


def judge(store: Store, name: str, revision: int, verdict: str, day: date) -> int:
    return store.mark(name, revision, verdict, "high", rationale="The roll call.", as_of=day)


def test_a_claim_holds_a_verdict_then_and_a_verdict_now(desk: Store, names: list[str]) -> None:
    """What it was judged as of an earlier day stands beside what it is judged as of a later one."""
    revision = judge(desk, names[0], 1, "Refuted", THEN)
    judge(desk, names[0], revision, "Supported", NOW)
    [then] = desk.judged_on_other_days(names[0])
    assert (then.as_of, then.verdict, then.confidence, then.reader) == (THEN, "Refuted", "high", "Jana")
    assert desk.claim(names[0])["verdict"] == "Supported"
    assert desk.judged_on_other_days(names[1]) == []


def test_a_later_judgement_of_an_earlier_day_leaves_the_newer_day_standing(desk: Store, names: list[str]) -> None:
    """Who judges afterwards what could be known then does not lose what is known now."""
    revision = judge(desk, names[0], 1, "Supported", NOW)
    judge(desk, names[0], revision, "Not enough evidence", THEN)
    assert [(each.as_of, each.verdict) for each in desk.judged_on_other_days(names[0])] == [(NOW, "Supported")]


def test_of_one_day_the_last_word_stands(desk: Store, names: list[str]) -> None:
    """A mark corrected on its own day is no verdict of another day, nor is one that was taken back."""
    revision = judge(desk, names[0], 1, "Supported", THEN)
    revision = judge(desk, names[0], revision, "Refuted", THEN)
    assert desk.judged_on_other_days(names[0]) == []
    revision = judge(desk, names[0], revision, "Supported", NOW)
    assert [each.verdict for each in desk.judged_on_other_days(names[0])] == ["Refuted"]
    desk.undo("Jana")
    assert desk.judged_on_other_days(names[0]) == []


def test_a_decision_takes_the_place_of_the_reading_it_decides(desk: Store, names: list[str]) -> None:
    """The first reading of a dispute was never the desk's verdict, and the second reader's neither."""
    revision = judge(desk, names[0], 1, "Supported", THEN)
    revision = desk.read_second(names[0], revision, "Refuted", "high", rationale="I count 273.", actor="Tom")
    desk.decide(names[0], revision, "Refuted", "high", rationale="273 it is.", as_of=NOW, actor="Ana")
    assert desk.judged_on_other_days(names[0]) == []


def sign(store: Store, name: str, verdict: str, day: date, why: str = "") -> None:
    """A verdict as of a day, read twice and signed off; ``why`` the claim is reopened for it, where it was signed off before."""
    revision = int(store.claim(name)["revision"])
    if why:
        revision = store.reopen(name, revision, why, actor="Ana")
    revision = judge(store, name, revision, verdict, day)
    if not store.sources(name):
        store.add_source(name, revision, replace(ROLL_CALL, published=THEN))
    revision = store.read_second(name, int(store.claim(name)["revision"]), verdict, "low", actor="Tom")
    sign_off(store, name, revision)


def told(store: Store) -> str:
    """The page that readers get, as words."""
    report = report_of(store, Query(), Publisher("The Korda Post"), datetime(2024, 4, 6, 12, tzinfo=UTC))
    html, markdown = report_html(report), report_markdown(report)
    assert html.count("<dt>As of ") == markdown.count("- As of ")
    return markdown


def test_the_report_tells_both(desk: Store, names: list[str]) -> None:
    """A reader of the page sees what was signed off then, by its day."""
    sign(desk, names[0], "Supported", THEN)
    sign(desk, names[0], "Not enough evidence", NOW, "The roll call is doubted.")
    [claim] = checked(desk)
    assert [(each.as_of, each.verdict) for each in claim.other_days] == [(THEN, "Supported")]
    assert "- As of 3 March 2024: Supported, high confidence" in told(desk)


def test_what_was_never_signed_off_leaves_for_no_reader(desk: Store, names: list[str]) -> None:
    """A mark of another day, a slip or a draft, stays with the desk, which is told that it was not signed off."""
    judge(desk, names[0], 1, "Not enough evidence", NOW)
    sign(desk, names[0], "Supported", THEN)
    [claim] = checked(desk)
    assert claim.other_days == ()
    assert "- As of" not in told(desk)
    [slip] = desk.judged_on_other_days(names[0])
    assert (slip.as_of, slip.verdict, slip.standing) == (NOW, "Not enough evidence", "not signed off")


def test_a_day_judged_anew_is_told_as_it_was_signed_off(desk: Store, names: list[str]) -> None:
    """A later word on that day which nobody signed off stands beside it on the desk, and nowhere else."""
    sign(desk, names[0], "Supported", THEN)
    revision = desk.reopen(names[0], int(desk.claim(names[0])["revision"]), "Doubted.", actor="Ana")
    judge(desk, names[0], revision, "Conflicting evidence", THEN)
    sign(desk, names[0], "Not enough evidence", NOW)
    assert [(each.verdict, each.standing) for each in desk.judged_on_other_days(names[0])] == [
        ("Supported", "signed off"),
        ("Conflicting evidence", "not signed off"),
    ]
    assert [each.verdict for claim in checked(desk) for each in claim.other_days] == ["Supported"]


def test_a_decision_that_was_signed_off_is_told(desk: Store, names: list[str]) -> None:
    """It is the decision that stood, by whom it was decided, and not the reading before it."""
    revision = judge(desk, names[0], 1, "Refuted", THEN)
    desk.add_source(names[0], revision, replace(ROLL_CALL, published=THEN))
    revision = desk.read_second(names[0], int(desk.claim(names[0])["revision"]), "Supported", "low", actor="Tom")
    revision = desk.decide(names[0], revision, "Supported", "moderate", rationale="Named.", as_of=THEN, actor="Ana")
    sign_off(desk, names[0], revision)
    sign(desk, names[0], "Not enough evidence", NOW, "The roll call is doubted.")
    [then] = next(checked(desk)).other_days
    assert (then.verdict, then.confidence, then.reader) == ("Supported", "moderate", "Ana")


def test_a_sign_off_that_was_taken_back_was_none(desk: Store, names: list[str]) -> None:
    """Undone, nothing left the desk: what is decided next stands alone."""
    sign(desk, names[0], "Supported", THEN)
    desk.undo("Ana")
    revision = int(desk.claim(names[0])["revision"])
    desk.decide(names[0], revision, "Refuted", "low", rationale="273 it is.", as_of=NOW, actor="Ana")
    assert desk.judged_on_other_days(names[0]) == []


def test_a_sign_off_that_was_done_again_is_one(desk: Store, names: list[str]) -> None:
    """Undo and redo leave it as it was."""
    sign(desk, names[0], "Supported", THEN)
    desk.undo("Ana")
    desk.redo("Ana")
    sign(desk, names[0], "Not enough evidence", NOW, "The roll call is doubted.")
    assert [each.standing for each in desk.judged_on_other_days(names[0])] == ["signed off"]


def take_back(store: Store, name: str) -> None:
    """Take the last act on a claim back as an earlier version did, which let even a void be undone."""
    last = store.own_history(name)[-1]
    with store._database.writing() as connection:
        act = Act(connection, last.actor, datetime.now(UTC), new_id(), undoes=last.batch)
        record(act, [Change("undone", "claim", name, row_of(connection, "claim", name), last.old or {})])


def test_a_verdict_that_was_withdrawn_is_not_told_as_the_one_of_its_day(desk: Store, names: list[str]) -> None:
    """A void takes it back from readers; the desk still sees it, as withdrawn. A void that was once undone leaves it told."""
    for name, undone in ((names[0], False), (names[1], True)):
        sign(desk, name, "Supported", THEN)
        void(desk, name, int(desk.claim(name)["revision"]))
        if undone:
            take_back(desk, name)
        sign(desk, name, "Not enough evidence", NOW, "It was another day.")
    withdrawn, stands = (desk.judged_on_other_days(name) for name in names[:2])
    assert [each.standing for each in withdrawn] == ["withdrawn"]
    assert [each.standing for each in stands] == ["signed off"]
    assert {claim.claim_id: len(claim.other_days) for claim in checked(desk)} == {names[0]: 0, names[1]: 1}


def test_a_second_reading_is_of_the_first_ones_day(desk: Store, names: list[str]) -> None:
    """Both readings answer one question: where the second names no day it rests on the knowledge of the first reading's."""
    revision = judge(desk, names[0], 1, "Refuted", THEN)
    desk.read_second(names[0], revision, "Supported", "low", actor="Tom")
    revision = judge(desk, names[1], 1, "Refuted", THEN)
    desk.read_second(names[1], revision, "Supported", "low", as_of=NOW, actor="Tom")
    for name, day in ((names[0], THEN), (names[1], NOW)):
        [second] = [event.new for event in desk.history(name) if event.new.get("reading") == "second"]
        assert second["as_of"] == day


def test_readings_of_one_day_share_it(desk: Store, names: list[str]) -> None:
    """A decision is proposed as of that day; of two days there is none, nor of a reading that was taken back."""
    revision = judge(desk, names[0], 1, "Refuted", NOW)
    desk.undo("Jana")
    revision = judge(desk, names[0], int(desk.claim(names[0])["revision"]), "Refuted", THEN)
    assert desk.day_of_readings(names[0]) is None
    revision = desk.read_second(names[0], revision, "Supported", "low", actor="Tom")
    assert desk.day_of_readings(names[0]) == THEN
    desk.undo("Tom")
    assert desk.day_of_readings(names[0]) is None
    desk.read_second(names[0], int(desk.claim(names[0])["revision"]), "Supported", "low", as_of=NOW, actor="Eva")
    assert desk.day_of_readings(names[0]) is None


def test_a_decision_is_of_the_day_of_both_readings(desk: Store, names: list[str]) -> None:
    """It answers the question that they answer; on the desk and in a meeting, unless it names a day."""
    for name in names:
        revision = judge(desk, name, 1, "Refuted", THEN)
        desk.read_second(name, revision, "Supported", "low", actor="Tom")
    desk.decide(names[0], 3, "Refuted", "high", rationale="273 it is.", actor="Ana")
    desk.decide(names[1], 3, "Refuted", "high", rationale="273 it is.", as_of=NOW, actor="Ana")
    meeting_id = desk.plan_meeting("Review", NOW, "Ana")
    desk.put_on_agenda(meeting_id, [Wanted(names[2])])
    desk.open_meeting(meeting_id, desk.meeting(meeting_id).revision, actor="Ana")
    [item] = desk.agenda(meeting_id)
    desk.decide_item(item.item_id, item.revision, 3, Mark("Refuted", "high", "273 it is."), actor="Ana")
    assert [desk.claim(name)["verdict_as_of"] for name in names] == [THEN, NOW, THEN]


def test_no_second_reading_is_of_a_day_to_come(desk: Store, names: list[str]) -> None:
    """A day that it names is held to what every mark's is."""
    revision = judge(desk, names[0], 1, "Refuted", THEN)
    with pytest.raises(StoreError, match="a day to come"):
        desk.read_second(names[0], revision, "Refuted", "low", as_of=date(9999, 1, 1), actor="Tom")


def test_the_report_marks_evidence_of_a_later_day(desk: Store, names: list[str]) -> None:
    """It says so beside the source, with the reason why it was signed off all the same."""
    revision = judge(desk, names[0], 1, "Supported", THEN)
    desk.add_source(names[0], revision, replace(ROLL_CALL, published=NOW))
    revision = agree(desk, names[0], int(desk.claim(names[0])["revision"]))
    desk.sign_off(names[0], revision, why="The roll call was read out that day.", actor="Ana")
    report = report_of(desk, Query(), Publisher("The Korda Post"), datetime(2024, 4, 6, 12, tzinfo=UTC))
    told = "Published after the day whose knowledge the verdict rests on. The desk’s reason: The roll call was read out that day."
    assert told in report_html(report)
    assert told in report_markdown(report)


def test_evidence_of_a_later_day_does_not_bear_a_verdict_then(desk: Store, names: list[str]) -> None:
    """A sign-off asks for a passage that could be known on the verdict's day, or for a later day."""
    later = replace(ROLL_CALL, published=NOW)
    revision = judge(desk, names[0], 1, "Refuted", THEN)
    desk.add_source(names[0], revision, later)
    unmet = {item.name for item in desk.checklist(names[0]) if not item.met}
    assert "evidence of its day" in unmet
    judge(desk, names[0], int(desk.claim(names[0])["revision"]), "Refuted", NOW)
    assert "evidence of its day" not in {item.name for item in desk.checklist(names[0])}


def test_what_came_after_the_verdicts_day_undated_does_not_bear_it(
    desk: Store, names: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A source without a date is known to have been there when it was added, and a verdict rests on what was there when it was decided."""

    def at(day: date) -> None:
        clock = type(
            "Clock", (datetime,), {"now": classmethod(lambda _cls, _zone: datetime.combine(day, time(12), UTC))}
        )
        monkeypatch.setattr("claims.store.datetime", clock)

    def asked(name: str) -> list[bool]:
        return [item.met for item in desk.checklist(name) if item.name == "evidence of its day"]

    at(THEN)
    for name in names:
        judge(desk, name, 1, "Supported", THEN)
    for name in names[:2]:
        desk.add_source(name, 2, ROLL_CALL)
    revision = desk.read_second(names[1], int(desk.claim(names[1])["revision"]), "Refuted", "low", actor="Tom")
    at(NOW)
    desk.decide(names[1], revision, "Supported", "high", rationale="Named.", as_of=THEN, actor="Ana")
    desk.add_source(names[2], 2, ROLL_CALL)
    assert [asked(name) for name in names] == [[], [False], [False]]


# Both readings


def test_both_readings_are_those_that_stand(desk: Store, names: list[str]) -> None:
    """Of each reading the last is told, with its reasons; one that was taken back is none, until it is done again."""
    assert desk.both_readings(names[0]) == {}
    desk.mark(names[0], 1, "Refuted", "high", rationale="The roll call counts 249.", actor="Jana")
    desk.mark(names[0], 2, "Supported", "low", rationale="A second thought.", actor="Jana")
    desk.undo("Jana")
    desk.read_second(
        names[0], int(desk.claim(names[0])["revision"]), "Supported", "low", rationale="I ask.", actor="Tom"
    )
    found = desk.both_readings(names[0])
    assert list(found) == ["first", "second"]
    assert [(each.reader, each.verdict, each.rationale) for each in found.values()] == [
        ("Jana", "Refuted", "The roll call counts 249."),
        ("Tom", "Supported", "I ask."),
    ]
    desk.undo("Tom")
    assert list(desk.both_readings(names[0])) == ["first"]
    desk.redo("Tom")
    assert desk.both_readings(names[0]) == found
