"""Review meetings in the record: the agenda, votes that stay hidden, the reveal, the decision; all of it as events."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from threading import Barrier, Thread

import pytest

from claims.errors import BadScale, ClaimsError, NotAllowed, NothingToUndo, NotThere, StaleWrite, StoreError
from claims.review.rules import load_rules
from claims.store import Dissent, Item, Mark, Store, Wanted
from tests.claims.conftest import bring

DAY = date(2024, 3, 4)
Check = Callable[[Store], None]

REFUTED = Mark("Refuted", "high", "The roll call names 273.")


def planned(desk: Store, names: list[str]) -> str:
    """A meeting with these claims on its agenda, chaired by Ana."""
    meeting_id = desk.plan_meeting("Review meeting", DAY, "Ana")
    desk.put_on_agenda(meeting_id, [Wanted(name, ("Two readers differ.",), 6.0) for name in names])
    return meeting_id


def opened(desk: Store, names: list[str], *present: str) -> str:
    """The same, open, with these people in it."""
    meeting_id = planned(desk, names)
    desk.open_meeting(meeting_id, desk.meeting(meeting_id).revision, actor="Ana")
    for name in present:
        desk.join_meeting(meeting_id, actor=name)
    return meeting_id


def first(desk: Store, meeting_id: str) -> Item:
    return desk.agenda(meeting_id)[0]


def claims_of(desk: Store, meeting_id: str) -> list[str]:
    return [item.claim_id for item in desk.agenda(meeting_id)]


def test_a_meeting_is_planned_filled_and_put_in_order(desk: Store, names: list[str], unchanged: Check) -> None:
    """Items come at the end of the agenda, each claim once, and are moved, timed and dropped."""
    meeting_id = planned(desk, names[:2])
    assert desk.put_on_agenda(meeting_id, [Wanted(names[0]), Wanted(names[2]), Wanted(names[2])]) != []
    assert claims_of(desk, meeting_id) == names
    seen = [item.item_id for item in desk.agenda(meeting_id)]
    desk.arrange_agenda(meeting_id, seen, [seen[2], seen[0], seen[1]])
    assert claims_of(desk, meeting_id) == [names[2], names[0], names[1]]
    last = desk.agenda(meeting_id)[2]
    assert (last.reasons, last.minutes, last.state) == (("Two readers differ.",), 6.0, "open")
    assert desk.drop_item(last.item_id, desk.time_item(last.item_id, last.revision, 12)) == last.revision + 2
    assert claims_of(desk, meeting_id) == [names[2], names[0]]
    assert desk.dropped_from_agenda(meeting_id) == [names[1]]
    unchanged(desk)


def test_the_latest_day_comes_first_and_a_meeting_may_be_changed(desk: Store) -> None:
    """Meetings stand by their day; title, day and chair change, and nothing else does."""
    early = desk.plan_meeting("  Monday   review ", DAY, "Ana")
    late = desk.plan_meeting("Tuesday", date(2024, 3, 5), "Tom")
    assert [each.title for each in desk.meetings()] == ["Tuesday", "Monday review"]
    assert desk.edit_meeting(early, 1, {"day": date(2024, 3, 9), "chair": "Tom", "title": "Monday review"}) == 2
    assert [each.meeting_id for each in desk.meetings()] == [early, late]
    with pytest.raises(StaleWrite):
        desk.edit_meeting(early, 1, {"title": "Other"})
    with pytest.raises(StoreError, match="'state' of a meeting is not edited"):
        desk.edit_meeting(early, 2, {"state": "open"})


@pytest.mark.parametrize(
    ("title", "chair", "minutes"), [("  ", "Ana", 5.0), ("x" * 121, "Ana", 5.0), ("Review", " ", 5.0), ("Review", "Ana", 0.0)]
)  # fmt: skip
def test_what_makes_no_meeting_is_refused(
    desk: Store, names: list[str], title: str, chair: str, minutes: float
) -> None:
    """A meeting has a title and a chair, an item some minutes; a refusal leaves nothing behind."""
    before = desk.latest_event_seq()
    with pytest.raises(StoreError):
        desk.put_on_agenda(desk.plan_meeting(title, DAY, chair), [Wanted(names[0], minutes=minutes)])
    assert desk.latest_event_seq() - before == (minutes == 0.0)


def test_an_agenda_holds_claims_of_the_record(desk: Store) -> None:
    """A claim that is not there is not put on an agenda, nor on one that is not there."""
    meeting_id = desk.plan_meeting("Review", DAY, "Ana")
    with pytest.raises(NotThere):
        desk.put_on_agenda(meeting_id, [Wanted("none-such")])
    with pytest.raises(NotThere):
        desk.put_on_agenda("none-such", [])
    with pytest.raises(StoreError, match="nothing on the agenda"):
        desk.open_meeting(meeting_id, desk.meeting(meeting_id).revision, actor="Ana")


def test_the_agenda_is_moved_only_as_it_was_seen(desk: Store, names: list[str]) -> None:
    """Two chairs move items at once: the second is refused, and the agenda is as the first left it."""
    meeting_id = planned(desk, names)
    seen = [item.item_id for item in desk.agenda(meeting_id)]
    desk.arrange_agenda(meeting_id, seen, seen[::-1])
    with pytest.raises(StaleWrite, match="Somebody changed the agenda"):
        desk.arrange_agenda(meeting_id, seen, [seen[1], seen[0], seen[2]])
    with pytest.raises(StoreError, match="same items"):
        desk.arrange_agenda(meeting_id, seen[::-1], seen[:2])
    assert claims_of(desk, meeting_id) == names[::-1]


def test_two_chairs_lead_on_once(desk: Store, names: list[str]) -> None:
    """Both go on from the same item: one moves the meeting, the other is told, and no item is jumped over."""
    meeting_id = opened(desk, names)
    items = [item.item_id for item in desk.agenda(meeting_id)]
    assert desk.meeting(meeting_id).item_id == items[0]
    desk.take_up(meeting_id, items[0], items[1], actor="Ana")
    with pytest.raises(StaleWrite, match="to another item"):
        desk.take_up(meeting_id, items[0], items[2], actor="Ana")
    assert desk.meeting(meeting_id).item_id == items[1]


def test_an_items_clock_runs_while_it_is_looked_at(desk: Store, names: list[str]) -> None:
    """Each item keeps its seconds when the meeting leaves it, and goes on with them when it comes back."""
    meeting_id = opened(desk, names[:2])
    one, other = (item.item_id for item in desk.agenda(meeting_id))
    desk.take_up(meeting_id, one, other, actor="Ana")
    left, looked_at = desk.agenda(meeting_id)
    assert left.begun_at is None
    assert left.seconds > 0
    assert looked_at.begun_at is not None
    assert left.taken(datetime.now(UTC)) == left.seconds
    assert looked_at.taken(datetime.now(UTC)) > 0
    desk.take_up(meeting_id, other, one, actor="Ana")
    desk.close_meeting(meeting_id, desk.meeting(meeting_id).item_id, actor="Ana")
    assert first(desk, meeting_id).seconds > left.seconds
    assert {item.begun_at for item in desk.agenda(meeting_id)} == {None}


def test_nobody_is_told_a_vote_before_all_are_in(desk: Store, names: list[str], unchanged: Check) -> None:
    """A person sees their own vote and who has voted; the last vote shows all of them at once."""
    meeting_id = opened(desk, names[:1], "Jana", "Tom", "Ilic")
    item_id = first(desk, meeting_id).item_id
    desk.vote(item_id, 0, "Refuted", confidence="high", words="I count 273.", actor="Jana")
    desk.vote(item_id, 0, "Supported", actor="Tom")
    seen = desk.votes(item_id, "Ilic")
    assert (seen.shown, seen.votes, seen.voters, seen.awaited) == (False, (), ("Jana", "Tom"), ("Ilic",))
    assert [(vote.voter, vote.words) for vote in desk.votes(item_id, "Jana").votes] == [("Jana", "I count 273.")]
    assert desk.votes(item_id, "").votes == ()
    assert desk.votes(item_id, "Ana").votes == ()
    desk.vote(item_id, 0, "Conflicting evidence", actor="Ilic")
    seen = desk.votes(item_id, "")
    assert seen.shown
    assert [(vote.voter, vote.verdict) for vote in seen.votes] == [
        ("Jana", "Refuted"), ("Tom", "Supported"), ("Ilic", "Conflicting evidence"),
    ]  # fmt: skip
    unchanged(desk)


def test_no_other_way_tells_a_vote_before_the_reveal(desk: Store, names: list[str]) -> None:
    """The claim's history and the table of events say that somebody voted, and what only once it is shown."""
    meeting_id = opened(desk, names[:1], "Jana", "Tom")
    item = first(desk, meeting_id)
    desk.vote(item.item_id, 0, "Supported", words="SECRET one", actor="Jana")
    desk.vote(item.item_id, 1, "Refuted", words="SECRET two", actor="Jana")

    def told() -> str:
        voted = [event for event in desk.history(names[0]) if event.subject_kind == "vote"]
        assert [event.act for event in voted] == ["vote cast", "vote cast"]
        table = desk.events_table()
        assert table["hash"].is_unique
        return f"{voted} {table[['old', 'new']].to_csv()}"

    assert "SECRET" not in told()
    assert "Refuted" not in told()
    assert desk.verify() is None
    desk.show_votes(item.item_id, item.revision, actor="Ana")
    assert told().count("SECRET one") == 4  # as it was made and as it was changed, in either
    assert told().count("SECRET two") == 2


def test_a_vote_changes_until_it_is_closed(desk: Store, names: list[str]) -> None:
    """The newest vote of a person counts; after the reveal none is taken, until the chair asks again."""
    meeting_id = opened(desk, names[:1], "Jana", "Tom")
    item = first(desk, meeting_id)
    desk.vote(item.item_id, 0, "Refuted", confidence="high", words="At first.", actor="Jana")
    desk.vote(item.item_id, 1, "Supported", actor="Jana")
    [own] = desk.votes(item.item_id, "Jana").votes
    assert (own.verdict, own.confidence, own.words) == ("Supported", "", "")
    shown = desk.show_votes(item.item_id, item.revision, actor="Ana")
    with pytest.raises(StoreError, match="closed"):
        desk.vote(item.item_id, 0, "Refuted", actor="Tom")
    again = desk.vote_again(item.item_id, shown, actor="Ana")
    assert desk.votes(item.item_id, "Jana").voters == ()
    desk.vote(item.item_id, 0, "Refuted", actor="Tom")
    assert desk.votes(item.item_id, "Jana").votes == ()
    assert first(desk, meeting_id).revision == again


def test_a_vote_names_the_one_that_it_changes(desk: Store, names: list[str]) -> None:
    """Somebody votes on their phone and then on a laptop that has not seen it: they are told, and neither vote is lost."""
    meeting_id = opened(desk, names[:1], "Jana", "Tom")
    item = first(desk, meeting_id)
    assert desk.vote(item.item_id, 0, "Refuted", words="On the phone.", actor="Jana") == 1
    with pytest.raises(StaleWrite, match="in another window") as refused:
        desk.vote(item.item_id, 0, "Supported", words="At the laptop.", actor="Jana")
    assert (refused.value.current["words"], refused.value.typed["words"]) == ("On the phone.", "At the laptop.")
    [own] = desk.votes(item.item_id, "Jana").votes
    assert (own.verdict, own.revision) == ("Refuted", 1)
    desk.show_votes(item.item_id, item.revision, actor="Ana")
    desk.vote_again(item.item_id, item.revision + 1, actor="Ana")
    with pytest.raises(StaleWrite, match="set aside"):
        desk.vote(item.item_id, 1, "Supported", actor="Jana")


def test_a_meeting_is_opened_and_closed_as_it_was_seen(desk: Store, names: list[str]) -> None:
    """Who opens one that was changed, or closes one that was led on, is told; what is so already is no error."""
    meeting_id = planned(desk, names)
    desk.edit_meeting(meeting_id, 1, {"title": "Special review"}, actor="Ana")
    with pytest.raises(StaleWrite, match="Somebody changed this meeting"):
        desk.open_meeting(meeting_id, 1, actor="Ana")
    desk.open_meeting(meeting_id, 2, actor="Ana")
    desk.open_meeting(meeting_id, 1, actor="Ana")
    items = [item.item_id for item in desk.agenda(meeting_id)]
    desk.take_up(meeting_id, items[0], items[1], actor="Ana")
    with pytest.raises(StaleWrite, match="to another item"):
        desk.close_meeting(meeting_id, items[0], actor="Ana")
    desk.close_meeting(meeting_id, items[1], actor="Ana")
    desk.close_meeting(meeting_id, items[0], actor="Ana")
    assert desk.meeting(meeting_id).state == "closed"


def test_one_alone_does_not_show_a_vote(desk: Store, names: list[str]) -> None:
    """The first to come votes and stays hidden from those who come later."""
    meeting_id = opened(desk, names[:1])
    item_id = first(desk, meeting_id).item_id
    desk.vote(item_id, 0, "Refuted", actor="Jana")
    assert desk.meeting(meeting_id).present == ("Jana",)
    desk.join_meeting(meeting_id, actor="Tom")
    assert not desk.votes(item_id, "Tom").shown


def test_who_leaves_is_not_waited_for(desk: Store, names: list[str]) -> None:
    """Where the only one awaited leaves, the votes show; only who leads sends another away."""
    desk.add_person("Ana", "admin", actor="Ana")
    desk.add_person("Tom", actor="Ana")
    meeting_id = opened(desk, names[:1], "Jana", "Tom", "Ilic")
    item_id = first(desk, meeting_id).item_id
    desk.vote(item_id, 0, "Refuted", actor="Jana")
    desk.vote(item_id, 0, "Refuted", actor="Tom")
    with pytest.raises(NotAllowed, match="lead a meeting that Ana chairs"):
        desk.leave_meeting(meeting_id, "Ilic", actor="Tom")
    desk.leave_meeting(meeting_id, "Ilic", actor="Ana")
    assert desk.votes(item_id, "").shown
    assert desk.meeting(meeting_id).present == ("Jana", "Tom")


def test_a_vote_is_one_of_the_scale_in_an_open_meeting_with_a_name(desk: Store, names: list[str]) -> None:
    """What is no verdict or confidence of the desk's is refused, and so is a vote before the meeting or without a name."""
    meeting_id = planned(desk, names)
    item_id = first(desk, meeting_id).item_id
    with pytest.raises(StoreError, match="planned"):
        desk.vote(item_id, 0, "Refuted", actor="Jana")
    desk.open_meeting(meeting_id, desk.meeting(meeting_id).revision, actor="Ana")
    with pytest.raises(BadScale):
        desk.vote(item_id, 0, "Mostly harmless", actor="Jana")
    with pytest.raises(BadScale):
        desk.vote(item_id, 0, "Refuted", confidence="90%", actor="Jana")
    with pytest.raises(StoreError, match="has a name"):
        desk.vote(item_id, 0, "Refuted", actor="")
    with pytest.raises(StoreError, match="Nobody has voted"):
        desk.show_votes(item_id, first(desk, meeting_id).revision, actor="Ana")


def test_a_disputed_claim_is_decided_with_its_dissent(desk: Store, names: list[str], unchanged: Check) -> None:
    """The decision stands on the item and on the claim, as a decision of the record with its reason, and is taken back whole."""
    revision = bring(desk, names[0], "disputed")
    meeting_id = opened(desk, names[:1], "Jana", "Tom")
    item = first(desk, meeting_id)
    desk.vote(item.item_id, 0, "Refuted", actor="Jana")
    desk.vote(item.item_id, 0, "Supported", actor="Tom")
    item = first(desk, meeting_id)
    dissent = [Dissent("Tom", "Supported", "The north gate was not counted.")]
    with pytest.raises(StoreError, match="needs its reason"):
        desk.decide_item(item.item_id, item.revision, revision, Mark("Refuted", "high"), actor="Ana")
    now = desk.decide_item(
        item.item_id, item.revision, revision, REFUTED, dissent=dissent, owner="Jana", due=date(2024, 3, 8), actor="Ana"
    )
    claim = desk.claim(names[0])
    assert (claim["revision"], claim["status"], claim["verdict"], claim["decided_by"]) == (
        now,
        "decided",
        "Refuted",
        "Ana",
    )
    assert claim["agreement"] == "disputed"
    item = first(desk, meeting_id)
    assert (item.state, item.verdict, item.rationale) == ("decided", "Refuted", "The roll call names 273.")
    assert (item.dissent, item.owner, item.due) == (tuple(dissent), "Jana", date(2024, 3, 8))
    assert (item.scale, item.decided_by) == ("averitec", "Ana")
    assert [event.act for event in desk.history(names[0])][-3:] == ["claim decided", "mark kept", "item decided"]
    unchanged(desk)
    desk.undo("Ana")
    assert desk.claim(names[0])["status"] == "disputed"
    assert (first(desk, meeting_id).state, first(desk, meeting_id).verdict) == ("shown", None)
    desk.redo("Ana")
    assert desk.claim(names[0])["verdict"] == first(desk, meeting_id).verdict == "Refuted"
    unchanged(desk)


@pytest.mark.parametrize(
    ("status", "then"),
    [
        ("new", "marked"), ("assigned", "marked"), ("in progress", "marked"), ("marked", "marked"), ("second reading", "marked"),
        ("agreed", "decided"), ("disputed", "decided"), ("decided", "decided"), ("signed off", "marked"), ("published", "marked"),
        ("void", "marked"),
    ],
)  # fmt: skip
def test_a_decision_goes_the_way_that_the_claims_status_asks(
    desk: Store, names: list[str], status: str, then: str, unchanged: Check
) -> None:
    """What was read twice is decided, all else marked; what is locked is reopened, with the decision's reason on the record."""
    revision = bring(desk, names[0], status)
    meeting_id = opened(desk, names[:1])
    item = first(desk, meeting_id)
    desk.decide_item(item.item_id, item.revision, revision, REFUTED, actor="Ana")
    claim = desk.claim(names[0])
    assert (claim["status"], claim["verdict"], claim["rationale"]) == (then, "Refuted", REFUTED.rationale)
    assert claim["signed_off_by"] is None
    assert first(desk, meeting_id).state == "decided"
    unchanged(desk)
    desk.undo("Ana")
    assert desk.claim(names[0])["status"] == status
    unchanged(desk)


def test_a_meeting_decides_anew_what_was_decided(desk: Store, names: list[str], unchanged: Check) -> None:
    """It takes a reviewer as the first decision did, and both readings stay; who is none any more takes it back no more."""
    revision = bring(desk, names[0], "decided")
    desk.add_person("Ana", "admin", actor="Ana")
    desk.add_person("Rok", "reviewer", actor="Ana")
    desk.add_person("Ilic", actor="Ana")
    before = desk.claim(names[0])
    for chair, refused in (("Ilic", True), ("Rok", False)):
        meeting_id = desk.plan_meeting("Review meeting", DAY, chair, actor=chair)
        desk.put_on_agenda(meeting_id, [Wanted(names[0])], actor=chair)
        desk.open_meeting(meeting_id, desk.meeting(meeting_id).revision, actor=chair)
        item = first(desk, meeting_id)
        if refused:
            with pytest.raises(
                NotAllowed, match="Ilic is a checker here; to make a claim 'decided' takes the role reviewer"
            ):
                desk.decide_item(item.item_id, item.revision, revision, REFUTED, actor=chair)
            assert desk.claim(names[0]) == before
            assert first(desk, meeting_id).state == "open"
        else:
            desk.decide_item(item.item_id, item.revision, revision, REFUTED, actor=chair)
    after = desk.claim(names[0])
    assert (after["status"], after["verdict"], after["decided_by"]) == ("decided", "Refuted", "Rok")
    kept = ("checker", "checked_at", "second_reader", "second_verdict", "second_confidence", "agreement")
    assert [after[name] for name in kept] == [before[name] for name in kept]
    readings = [event.new["reading"] for event in desk.history(names[0]) if event.act == "mark kept"]
    assert readings == ["first", "second", "decision", "decision"]
    desk.edit_person("Rok", 1, {"role": "checker"}, actor="Ana")
    with pytest.raises(NotAllowed):
        desk.undo("Rok")
    desk.edit_person("Rok", 2, {"role": "reviewer"}, actor="Ana")
    desk.undo("Rok")
    assert desk.claim(names[0]) | {"revision": 0} == before | {"revision": 0}
    unchanged(desk)


def test_a_dropped_claim_is_not_decided(desk: Store, names: list[str]) -> None:
    """A claim that was dropped since it came on the agenda is first taken up again."""
    meeting_id = opened(desk, names[:1])
    item = first(desk, meeting_id)
    with pytest.raises(StoreError, match="dropped"):
        desk.decide_item(item.item_id, item.revision, bring(desk, names[0], "dropped"), REFUTED, actor="Ana")


def test_two_chairs_decide_once(desk: Store, names: list[str], unchanged: Check) -> None:
    """Of two who decide one item at once one is kept; the other gets a refusal, and nothing is half written."""
    meeting_id = opened(desk, names[:1])
    item, together = first(desk, meeting_id), Barrier(2)
    refused: list[ClaimsError] = []

    def decide(verdict: str) -> None:
        together.wait()
        try:
            desk.decide_item(item.item_id, item.revision, 1, Mark(verdict, "low", verdict), actor="Ana")
        except ClaimsError as error:
            refused.append(error)

    threads = [Thread(target=decide, args=(verdict,)) for verdict in ("Refuted", "Supported")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [type(error) for error in refused] == [StaleWrite]
    assert first(desk, meeting_id).verdict == desk.claim(names[0])["verdict"] == desk.claim(names[0])["rationale"]
    unchanged(desk)


def test_a_decision_names_the_claim_as_it_was_seen(desk: Store, names: list[str]) -> None:
    """Where somebody marked the claim since the chair saw it, the decision is refused, with both."""
    meeting_id = opened(desk, names[:1])
    item = first(desk, meeting_id)
    desk.mark(names[0], 1, "Supported", "low", actor="Tom")
    with pytest.raises(StaleWrite) as refused:
        desk.decide_item(item.item_id, item.revision, 1, REFUTED, actor="Ana")
    assert (refused.value.current["verdict"], refused.value.typed["verdict"]) == ("Supported", "Refuted")


def test_more_evidence_is_asked_for_with_its_question(desk: Store, names: list[str], unchanged: Check) -> None:
    """The question, who looks for it and until when stand on the item; the claim goes to that person; it may be decided later."""
    meeting_id = opened(desk, names[:1])
    item = first(desk, meeting_id)
    with pytest.raises(StoreError, match="what is wanting"):
        desk.want_evidence(item.item_id, item.revision, 1, "  ", actor="Ana")
    question = "Who counted at the north gate?"
    revision = desk.want_evidence(item.item_id, item.revision, 1, question, owner="Tom", due=DAY, actor="Ana")
    assert (desk.claim(names[0])["assignee"], desk.claim(names[0])["status"]) == ("Tom", "assigned")
    item = first(desk, meeting_id)
    assert (item.state, item.question, item.owner, item.due) == ("needs evidence", question, "Tom", DAY)
    unchanged(desk)
    desk.decide_item(item.item_id, item.revision, revision, REFUTED, actor="Ana")
    assert (first(desk, meeting_id).state, first(desk, meeting_id).question) == ("decided", None)
    unchanged(desk)


def test_only_who_leads_leads(desk: Store, names: list[str]) -> None:
    """The chair leads, or a reviewer in their place; a checker who does not chair is refused."""
    desk.add_person("Ana", "admin", actor="Ana")
    desk.add_person("Rok", "reviewer", actor="Ana")
    desk.add_person("Tom", actor="Ana")
    meeting_id = planned(desk, names)
    with pytest.raises(NotAllowed):
        desk.open_meeting(meeting_id, desk.meeting(meeting_id).revision, actor="Tom")
    desk.open_meeting(meeting_id, desk.meeting(meeting_id).revision, actor="Rok")
    item, other = desk.agenda(meeting_id)[:2]
    desk.vote(item.item_id, 0, "Refuted", actor="Tom")
    for refused in (
        lambda: desk.take_up(meeting_id, item.item_id, other.item_id, actor="Tom"),
        lambda: desk.show_votes(item.item_id, item.revision, actor="Tom"),
        lambda: desk.decide_item(item.item_id, item.revision, 1, REFUTED, actor="Tom"),
        lambda: desk.want_evidence(item.item_id, item.revision, 1, "Who?", actor="Tom"),
        lambda: desk.close_meeting(meeting_id, desk.meeting(meeting_id).item_id, actor="Tom"),
    ):
        with pytest.raises(NotAllowed):
            refused()


def test_undo_passes_over_the_course_of_a_meeting(desk: Store, names: list[str], unchanged: Check) -> None:
    """Joining, voting and leading on are done otherwise, not taken back: undo finds what the person did before."""
    meeting_id = planned(desk, names)
    desk.mark(names[2], 1, "Supported", "low", actor="Jana")
    desk.open_meeting(meeting_id, desk.meeting(meeting_id).revision, actor="Ana")
    desk.vote(first(desk, meeting_id).item_id, 0, "Refuted", actor="Jana")
    assert desk.undo("Jana").subject_id == names[2]
    assert desk.votes(first(desk, meeting_id).item_id, "Jana").voters == ("Jana",)
    with pytest.raises(NothingToUndo):
        desk.undo("Ana")
    unchanged(desk)


def test_planning_and_filling_are_taken_back(desk: Store, names: list[str], unchanged: Check) -> None:
    """Undo takes the items off the agenda again, then the meeting off the list; redo brings both back."""
    meeting_id = planned(desk, names)
    desk.undo()
    assert desk.agenda(meeting_id) == []
    desk.undo()
    assert desk.meetings() == []
    desk.redo()
    desk.redo()
    assert [each.meeting_id for each in desk.meetings()] == [meeting_id]
    assert claims_of(desk, meeting_id) == names
    unchanged(desk)


def test_a_closed_meeting_is_over_until_it_is_opened_again(desk: Store, names: list[str]) -> None:
    """Nothing is voted, put on or decided after the end; opened again it goes on at what is not decided."""
    meeting_id = opened(desk, names[:2], "Jana")
    item, other = desk.agenda(meeting_id)
    desk.decide_item(item.item_id, item.revision, 1, REFUTED, actor="Ana")
    desk.vote(other.item_id, 0, "Refuted", words="SECRET", actor="Jana")
    desk.close_meeting(meeting_id, desk.meeting(meeting_id).item_id, actor="Ana")
    desk.close_meeting(meeting_id, desk.meeting(meeting_id).item_id, actor="Ana")
    assert not desk.votes(other.item_id, "").votes
    for refused in (
        lambda: desk.vote(other.item_id, 0, "Refuted", actor="Tom"),
        lambda: desk.put_on_agenda(meeting_id, [Wanted(names[2])]),
        lambda: desk.take_up(meeting_id, None, other.item_id, actor="Ana"),
    ):
        with pytest.raises(StoreError, match="closed"):
            refused()
    began = desk.meeting(meeting_id).opened_at
    desk.open_meeting(meeting_id, desk.meeting(meeting_id).revision, actor="Ana")
    assert (desk.meeting(meeting_id).item_id, desk.meeting(meeting_id).opened_at) == (other.item_id, began)


def test_the_record_of_a_meeting_is_made_anew_from_its_events(desk: Store, names: list[str]) -> None:
    """Rebuilt, the meeting, its items and its votes are what they were, the hidden ones still hidden."""
    meeting_id = opened(desk, names[:2], "Jana", "Tom")
    item, other = desk.agenda(meeting_id)
    desk.vote(item.item_id, 0, "Refuted", actor="Jana")
    desk.vote(item.item_id, 0, "Supported", actor="Tom")
    desk.take_up(meeting_id, item.item_id, other.item_id, actor="Ana")
    desk.vote(other.item_id, 0, "Refuted", actor="Jana")

    def state() -> list[object]:
        agenda = desk.agenda(meeting_id)
        return [desk.meeting(meeting_id), agenda, [desk.votes(each.item_id, "Tom") for each in agenda]]

    before = state()
    desk.rebuild()
    assert state() == before


def test_the_rules_of_the_agenda_are_a_setting(desk: Store) -> None:
    """What a desk changes of the rules is kept whole, as its other settings are, and what is no rule is refused."""
    assert desk.setting("agenda") == {}
    desk.set("agenda", 0, {"overdue": {"on": False}, "figures": {"minutes": 8}})
    kept = {rule.name: rule for rule in load_rules(desk.setting("agenda"))}
    assert (kept["overdue"].on, kept["figures"].minutes, kept["disputed"].on) == (False, 8, True)
    with pytest.raises(ClaimsError, match="no rule 'gossip'"):
        desk.set("agenda", 1, {"gossip": {"on": True}})
    with pytest.raises(StaleWrite):
        desk.set("agenda", 0, {})


def test_votes_that_were_seen_stay_seen(desk: Store, names: list[str], unchanged: Check) -> None:
    """A decision shows the votes; who takes it back leaves them shown, so that nobody votes anew after seeing."""
    meeting_id = opened(desk, names[:1], "Ana", "Jana", "Tom")
    item = first(desk, meeting_id)
    desk.vote(item.item_id, 0, "Refuted", actor="Jana")
    desk.decide_item(
        item.item_id, first(desk, meeting_id).revision, desk.claim(names[0])["revision"], REFUTED, actor="Ana"
    )
    desk.undo("Ana")
    assert first(desk, meeting_id).state == "shown"
    with pytest.raises(StoreError, match="The vote on this claim is closed"):
        desk.vote(item.item_id, 0, "Supported", actor="Jana")
    unchanged(desk)


def test_nobody_makes_themselves_the_chair(desk: Store, names: list[str]) -> None:
    """Once a meeting is open, another chair is named by who leads it."""
    desk.add_person("Ana", actor="Ana")
    desk.add_person("Tom", actor="Ana")
    meeting_id = opened(desk, names[:1], "Tom")
    revision = desk.meeting(meeting_id).revision
    with pytest.raises(NotAllowed):
        desk.edit_meeting(meeting_id, revision, {"chair": "Tom"}, actor="Tom")
    assert desk.edit_meeting(meeting_id, revision, {"chair": "Tom"}, actor="Ana") == revision + 1


def test_a_hidden_votes_hash_tells_nothing(desk: Store, names: list[str]) -> None:
    """Chance is hashed with a vote: the same vote twice gives other hashes, and its salt is kept back with it."""
    meeting_id = opened(desk, names[:1], "Ana", "Jana", "Tom")
    item = first(desk, meeting_id)
    desk.vote(item.item_id, 0, "Refuted", actor="Jana")
    desk.vote(item.item_id, 1, "Refuted", actor="Jana")
    table = desk.events_table()
    votes = table[table["subject_kind"] == "vote"]
    assert not votes["new"].str.contains("salt|Refuted").any()
    assert votes["hash"].is_unique
    assert desk.verify() is None
