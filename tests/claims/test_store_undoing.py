"""Taking back where a colleague has been meanwhile: nothing is overwritten, and nothing stands in the way for good."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from claims.errors import ClaimLocked, NotAllowed, NothingToUndo, SignOffRefused, StaleWrite, StoreError
from claims.evidence import Source
from claims.store import Edit, Entry, Mark, Store, Wanted
from tests.claims.conftest import ROLL_CALL, bring, make_article, make_claims, sign_off

Check = Callable[[Store], None]
Write = Callable[[Store, str, int], int]

OTHER = Source("https://korda.example/gate-book", title="Gate book", quoted="Two vans.", stance="supports")
SUPPORTED = Mark("Supported", "high", "The roll call.")
REFUTED = Mark("Refuted", "high", "The roll call.", corrected_value="273")
DAY = date(2024, 3, 4)


def stale(store: Store, past: set[str]) -> str:
    """The batch that a refused undo names."""
    with pytest.raises(StaleWrite) as refused:
        store.undo("Jana", past=past)
    return refused.value.batch


@pytest.fixture
def blocked(desk: Store, names: list[str]) -> Store:
    """Jana read the article and marked two of its claims; Tom has since marked the second anew."""
    desk.mark(names[0], 1, "Supported", "high", actor="Jana")
    revision = desk.mark(names[1], 1, "Supported", "high", actor="Jana")
    desk.mark(names[1], revision, "Refuted", "high", actor="Tom")
    return desk


def test_an_act_that_a_colleague_went_over_is_left_the_second_time(blocked: Store, names: list[str]) -> None:
    """First it is refused by name; then the one before it is taken back, and Tom's mark stands."""
    before = blocked.latest_event_seq()
    batch = stale(blocked, set())
    assert blocked.latest_event_seq() == before
    blocked.undo("Jana", past={batch})
    assert blocked.claim(names[0])["verdict"] is None
    assert blocked.claim(names[1])["verdict"] == "Refuted"
    assert blocked.verify() is None
    assert blocked.differences() == []


def test_nothing_is_left_that_nobody_was_told_of(blocked: Store) -> None:
    """Another act's name opens no way past this one."""
    batch = stale(blocked, set())
    assert stale(blocked, {"somebody else's"}) == batch


def test_what_can_be_taken_back_again_is_not_left(blocked: Store, names: list[str]) -> None:
    """Once Tom has taken his back, Jana's newest is the newest again, though it was left before."""
    batch = stale(blocked, set())
    blocked.undo("Tom")
    blocked.undo("Jana", past={batch})
    assert blocked.claim(names[1])["verdict"] is None
    assert blocked.claim(names[0])["verdict"] == "Supported"


def test_where_only_what_is_left_remains_there_is_nothing_to_undo(blocked: Store, names: list[str]) -> None:
    """The reading of the article cannot be taken back either; what was taken back past the mark can be done again."""
    mark = stale(blocked, set())
    blocked.undo("Jana", past={mark})
    reading = stale(blocked, {mark})
    with pytest.raises(NothingToUndo):
        blocked.undo("Jana", past={mark, reading})
    blocked.redo("Jana")
    assert blocked.claim(names[0])["verdict"] == "Supported"


# What was judged since


def _marked(desk: Store, name: str, revision: int) -> int:
    return desk.save(name, revision, mark=REFUTED)


def _marked_with_others(desk: Store, name: str, revision: int) -> int:
    return desk.save_many([Edit(name, revision, REFUTED)], why="From desk.csv")[0]


def _decided_in_a_meeting(desk: Store, name: str, revision: int) -> int:
    meeting_id = desk.plan_meeting("Review meeting", DAY, "Ana", actor="Ana")
    [item] = desk.put_on_agenda(meeting_id, [Wanted(name)], actor="Ana")
    desk.open_meeting(meeting_id, desk.meeting(meeting_id).revision, actor="Ana")
    return desk.decide_item(item, desk.agenda(meeting_id)[0].revision, revision, REFUTED, actor="Jana")


AGAIN: dict[str, Write] = {
    "marked": _marked, "marked with others": _marked_with_others, "decided in a meeting": _decided_in_a_meeting,
}  # fmt: skip


def judgement(desk: Store, name: str) -> list[object]:
    claim = desk.claim(name)
    asked = ("revision", "status", "verdict", "corrected_value", "second_verdict", "agreement", "decided_by")
    return [claim[column] for column in asked]


@pytest.mark.parametrize("again", AGAIN)
def test_a_judgement_stays_under_a_second_reading(desk: Store, names: list[str], again: str, unchanged: Check) -> None:
    """What a colleague has read second is not changed by an undo; once they take theirs back, it is taken back."""
    revision = AGAIN[again](desk, names[0], desk.save(names[0], 1, mark=SUPPORTED))
    desk.read_second(names[0], revision, "Refuted", "high", actor="Tom")
    before = judgement(desk, names[0])
    with pytest.raises(StaleWrite, match="Somebody has judged this claim since"):
        desk.undo()
    assert judgement(desk, names[0]) == before
    desk.undo("Tom")
    desk.undo()
    assert desk.claim(names[0])["verdict"] == "Supported"
    unchanged(desk)


def test_a_judgement_is_not_done_again_under_a_second_reading(desk: Store, names: list[str], unchanged: Check) -> None:
    """Redo changes no verdict that a colleague has read second since."""
    desk.save(names[0], desk.save(names[0], 1, mark=SUPPORTED), mark=REFUTED)
    desk.undo()
    desk.read_second(names[0], int(desk.claim(names[0])["revision"]), "Supported", "high", actor="Tom")
    before = judgement(desk, names[0])
    with pytest.raises(StaleWrite, match="Somebody has judged this claim since"):
        desk.redo()
    assert judgement(desk, names[0]) == before
    desk.undo("Tom")
    desk.redo()
    assert desk.claim(names[0])["verdict"] == "Refuted"
    unchanged(desk)


def test_a_second_reading_is_not_done_again_over_another_verdict(
    desk: Store, names: list[str], unchanged: Check
) -> None:
    """A reading that agreed with what was taken back since does not agree with what stands now."""
    revision = desk.save(names[0], desk.save(names[0], 1, mark=SUPPORTED), mark=REFUTED)
    desk.read_second(names[0], revision, "Refuted", "high", actor="Tom")
    desk.undo("Tom")
    desk.undo()
    with pytest.raises(StaleWrite, match="Somebody has judged this claim since"):
        desk.redo("Tom")
    assert (desk.claim(names[0])["status"], desk.claim(names[0])["agreement"]) == ("marked", None)
    desk.redo()
    desk.redo("Tom")
    assert (desk.claim(names[0])["verdict"], desk.claim(names[0])["agreement"]) == ("Refuted", "agreed")
    unchanged(desk)


def test_what_was_cleared_does_not_come_back_over_another_verdict(desk: Store, names: list[str]) -> None:
    """Taking up an agreed claim clears its readings; undone after a new mark, they would agree with what nobody read."""
    revision = desk.edit_claim(names[0], bring(desk, names[0], "agreed"), {"status": "in progress"}, why="A new count.")
    desk.save(names[0], revision, mark=replace(REFUTED, status="in progress"), actor="Tom")
    with pytest.raises(StaleWrite, match="Somebody has judged this claim since"):
        desk.undo()
    assert (desk.claim(names[0])["verdict"], desk.claim(names[0])["agreement"]) == ("Refuted", None)


@pytest.fixture
def overruled(desk: Store, names: list[str]) -> str:
    """A claim that Jo, a checker, marked anew, Tom read otherwise, and Rita, a reviewer, decided as Jo had it."""
    desk.add_person("Ana", actor="Ana")
    for name, role in (("Rita", "reviewer"), ("Jo", "checker"), ("Tom", "checker")):
        desk.add_person(name, role, actor="Ana")
    desk.add_source(names[0], 1, replace(ROLL_CALL, stance="refutes"), actor="Tom")
    revision = desk.save(names[0], desk.save(names[0], 1, mark=SUPPORTED, actor="Jo"), mark=REFUTED, actor="Jo")
    revision = desk.read_second(names[0], revision, "Supported", "high", actor="Tom")
    given = {"rationale": "The roll call names each.", "corrected_value": REFUTED.corrected_value}
    desk.decide(names[0], revision, "Refuted", "high", **given, actor="Rita")
    return names[0]


def test_a_checkers_undo_changes_nothing_that_was_decided(desk: Store, overruled: str, unchanged: Check) -> None:
    """Verdict, corrected value and reason stay as they were decided; it takes a reviewer to change them."""
    before = desk.claim(overruled)
    with pytest.raises(NotAllowed, match="Jo is a checker here; to change what was decided takes the role reviewer"):
        desk.undo("Jo")
    assert desk.claim(overruled) == before
    assert desk.claim(overruled)["corrected_value"] == "273"
    desk.edit_person("Jo", 1, {"role": "reviewer"}, actor="Ana")
    with pytest.raises(StaleWrite, match="Somebody has judged this claim since"):
        desk.undo("Jo")
    desk.undo("Rita")
    desk.undo("Tom")
    desk.undo("Jo")
    assert desk.claim(overruled)["verdict"] == "Supported"
    unchanged(desk)


def test_readers_who_differ_are_not_signed_off_as_agreed(desk: Store, names: list[str]) -> None:
    """Should a record hold it all the same, the checklist reads both verdicts, and not the word beside them."""
    revision = bring(desk, names[0], "agreed")
    with desk._database.writing() as connection:
        connection.exec_driver_sql("UPDATE claims SET second_verdict = 'Refuted' WHERE agreement = 'agreed'")
    with pytest.raises(SignOffRefused, match="have an editor decide it"):
        sign_off(desk, names[0], revision)


# What was hung on it since


def _split(desk: Store, names: list[str]) -> str:
    desk.add_source(names[0], 1, ROLL_CALL)
    claim = make_claims(make_article())[0]
    parts = [replace(claim, claim=words) for words in ("312 fled.", "They fled on Sunday.")]
    return desk.split_claim(names[0], 1, parts)[0]


def _merge(desk: Store, names: list[str]) -> str:
    desk.add_source(names[0], 1, ROLL_CALL)
    claim = make_claims(make_article())[0]
    return desk.merge_claims(names[:2], [1, 1], replace(claim, claim="312 fled in two vans."))


def _import(desk: Store, names: list[str]) -> str:  # noqa: ARG001
    article = make_article("Some 312 inmates fled the prison at Korda on Sunday, Marusa Ilic said.")
    claim = replace(make_claims(make_article())[0], claim_id="imported", start=0, end=70, article_id=article.article_id)
    desk.add_articles([Entry(article, [claim], {}, {"imported": [ROLL_CALL]})])
    return "imported"


MADE: dict[str, Callable[[Store, list[str]], str]] = {"split": _split, "merge": _merge, "import": _import}


@pytest.mark.parametrize("made", MADE)
@pytest.mark.parametrize("anew", [False, True])
def test_a_claim_does_not_vanish_with_a_colleagues_source(
    desk: Store, names: list[str], made: str, unchanged: Check, *, anew: bool
) -> None:
    """Sources that came with the claim hide none that came later, also where it was taken back and done again."""
    name = MADE[made](desk, names)
    if anew:
        desk.undo()
        desk.redo()
    source = desk.add_source(name, int(desk.claim(name)["revision"]), OTHER, actor="Tom")
    with pytest.raises(StaleWrite, match="Somebody has given this claim a source since"):
        desk.undo()
    assert desk.claim(name)["status"] == "new"
    assert source in {each.source_id for each in desk.sources(name)}
    desk.undo("Tom")
    desk.undo()
    assert desk.claim(name)["status"] == "dropped"
    unchanged(desk)


def test_a_meeting_is_not_called_off_under_its_agenda(desk: Store, names: list[str], unchanged: Check) -> None:
    """What a colleague has put on it keeps it on the list, until it is taken off."""
    meeting_id = desk.plan_meeting("Review meeting", DAY, "Jana")
    desk.put_on_agenda(meeting_id, [Wanted(name) for name in names[:2]], actor="Tom")
    with pytest.raises(StaleWrite, match=r"There are claims on the agenda.*Take them off its agenda first"):
        desk.undo()
    assert [each.state for each in desk.meetings()] == ["planned"]
    desk.undo("Tom")
    desk.undo()
    assert desk.meetings() == []
    unchanged(desk)


def test_an_item_is_not_taken_off_under_a_vote(desk: Store, names: list[str], unchanged: Check) -> None:
    """A colleague's vote keeps the item on the agenda."""
    meeting_id = desk.plan_meeting("Review meeting", DAY, "Ana", actor="Ana")
    desk.put_on_agenda(meeting_id, [Wanted(names[1])], actor="Ana")
    desk.open_meeting(meeting_id, desk.meeting(meeting_id).revision, actor="Ana")
    [item] = desk.put_on_agenda(meeting_id, [Wanted(names[0])])
    desk.vote(item, 0, "Refuted", actor="Tom")
    with pytest.raises(StaleWrite, match=r"Somebody has voted on this item since.*Take it off the agenda by hand"):
        desk.undo()
    assert item in {each.item_id for each in desk.agenda(meeting_id)}
    unchanged(desk)


def test_an_article_stays_while_a_meeting_waits_for_its_claims(desk: Store, names: list[str], unchanged: Check) -> None:
    """Its reading is not taken back under an agenda; off the agenda, it is."""
    meeting_id = desk.plan_meeting("Review meeting", DAY, "Ana", actor="Ana")
    [item] = desk.put_on_agenda(meeting_id, [Wanted(names[0])], actor="Ana")
    with pytest.raises(StaleWrite, match=r"put on the agenda of a meeting since.*Take it off that agenda first"):
        desk.undo()
    assert desk.claim(names[0])["status"] == "new"
    desk.drop_item(item, 1, actor="Ana")
    desk.undo()
    assert desk.claim(names[0])["status"] == "dropped"
    unchanged(desk)


def _drop_the_claim(desk: Store, name: str, meeting_id: str) -> None:  # noqa: ARG001
    desk.drop_claim(name, 1, "An opinion.", actor="Tom")


def _put_it_on_again(desk: Store, name: str, meeting_id: str) -> None:
    desk.put_on_agenda(meeting_id, [Wanted(name)], actor="Tom")


def _call_it_off(desk: Store, name: str, meeting_id: str) -> None:  # noqa: ARG001
    desk.undo("Ana")


@pytest.mark.parametrize("meanwhile", [_drop_the_claim, _put_it_on_again, _call_it_off])
def test_an_item_comes_back_only_where_it_could_be_put(
    desk: Store, names: list[str], meanwhile: Callable[[Store, str, str], None], unchanged: Check
) -> None:
    """Redo puts no dropped claim on an agenda, none twice, and nothing on that of a meeting that is called off."""
    meeting_id = desk.plan_meeting("Review meeting", DAY, "Ana", actor="Ana")
    desk.put_on_agenda(meeting_id, [Wanted(names[0])])
    desk.undo()
    meanwhile(desk, names[0], meeting_id)
    agenda = [each.item_id for each in desk.agenda(meeting_id)]
    with pytest.raises(StaleWrite, match="This item cannot come back"):
        desk.redo()
    assert [each.item_id for each in desk.agenda(meeting_id)] == agenda
    unchanged(desk)


def test_a_dropped_claim_comes_on_no_agenda(desk: Store, names: list[str]) -> None:
    """It is named, and nothing is put on; taken up again, it is."""
    meeting_id = desk.plan_meeting("Review meeting", DAY, "Ana", actor="Ana")
    revision = bring(desk, names[1], "dropped")
    with pytest.raises(StoreError, match=r"dropped, and comes on no agenda: “Two vans waited .*Take it up again"):
        desk.put_on_agenda(meeting_id, [Wanted(names[0]), Wanted(names[1])])
    assert desk.agenda(meeting_id) == []
    desk.edit_claim(names[1], revision, {"status": "new"}, why="It has a figure.")
    assert len(desk.put_on_agenda(meeting_id, [Wanted(names[0]), Wanted(names[1])])) == 2


# What readers were told


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("published", r"is published.*Reopen it with a reason, or"),
        ("void", r"is withdrawn.*Reopen it with a reason, and"),
    ],
)
def test_what_readers_were_told_is_not_taken_back(
    desk: Store, names: list[str], status: str, said: str, unchanged: Check
) -> None:
    """No correction notice and no publication vanishes without a reason; reopened with one, undo closes it again as it was."""
    revision = bring(desk, names[0], status)
    before = desk.claim(names[0])
    with pytest.raises(ClaimLocked, match=said) as refused:
        desk.undo("Ana")
    assert desk.claim(names[0]) == before
    with pytest.raises(StaleWrite, match="Somebody has worked on this claim since"):
        desk.undo("Ana", past={refused.value.batch})
    desk.reopen(names[0], revision, "A new count.", actor="Ana")
    desk.undo("Ana")
    assert desk.claim(names[0]) | {"revision": 0} == before | {"revision": 0}
    unchanged(desk)
