"""Then and now: the verdicts that a claim was given as of other days."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from claims.export.checked import Publisher, checked
from claims.export.report import report_html, report_markdown, report_of
from claims.store import Query, Store
from tests.claims.conftest import ROLL_CALL, agree, sign_off

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


def test_the_report_tells_both(desk: Store, names: list[str]) -> None:
    """A reader of the page sees what was judged then, by its day."""
    revision = judge(desk, names[0], 1, "Refuted", THEN)
    revision = judge(desk, names[0], revision, "Supported", NOW)
    desk.add_source(names[0], revision, replace(ROLL_CALL, published=THEN))
    revision = agree(desk, names[0], int(desk.claim(names[0])["revision"]))
    sign_off(desk, names[0], revision)
    [claim] = checked(desk)
    assert [each.as_of for each in claim.other_days] == [THEN]
    report = report_of(desk, Query(), Publisher("The Korda Post"), datetime(2024, 4, 6, 12, tzinfo=UTC))
    assert "As of 3 March 2024" in report_html(report)
    assert "As of 3 March 2024: Refuted, high confidence" in report_markdown(report)


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
