"""Taking back where a colleague has been meanwhile: nothing is overwritten, and nothing stands in the way for good."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import event

from claims.errors import ClaimLocked, NothingToUndo, SignOffRefused, StaleWrite, StoreError
from claims.evidence import Source
from claims.store import Edit, Entry, Mark, Store, Wanted
from claims.store.events import Act, batch_of
from claims.store.undoable import hindrances
from claims.store.undoing import undo
from tests.claims.conftest import (
    ON_PAPER,
    ROLL_CALL,
    TEXT,
    agree,
    bring,
    make_article,
    make_claim,
    make_claims,
    mark_fully,
    publish,
    sign_off,
)

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


def stays_under_tom(desk: Store, name: str, act: Callable[[], object]) -> None:
    """An undo or redo changes nothing beneath Tom's second reading; once he takes that back, it is done."""
    before = judgement(desk, name)
    with pytest.raises(StaleWrite, match="Somebody has judged this claim since"):
        act()
    assert judgement(desk, name) == before
    desk.undo("Tom")
    act()


@pytest.mark.parametrize("again", AGAIN)
def test_a_judgement_stays_under_a_second_reading(desk: Store, names: list[str], again: str, unchanged: Check) -> None:
    """What a colleague has read second is not changed by an undo; once they take theirs back, it is taken back."""
    revision = AGAIN[again](desk, names[0], desk.save(names[0], 1, mark=SUPPORTED))
    desk.read_second(names[0], revision, "Refuted", "high", actor="Tom")
    stays_under_tom(desk, names[0], desk.undo)
    assert desk.claim(names[0])["verdict"] == "Supported"
    unchanged(desk)


def test_a_judgement_is_not_done_again_under_a_second_reading(desk: Store, names: list[str], unchanged: Check) -> None:
    """Redo changes no verdict that a colleague has read second since."""
    desk.save(names[0], desk.save(names[0], 1, mark=SUPPORTED), mark=REFUTED)
    desk.undo()
    desk.read_second(names[0], int(desk.claim(names[0])["revision"]), "Supported", "high", actor="Tom")
    stays_under_tom(desk, names[0], desk.redo)
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
    """Verdict, corrected value and reason stay as they were decided; whoever asks is told why, and sent to nobody who may not either."""
    before = desk.claim(overruled)
    with pytest.raises(StaleWrite, match="Somebody has judged this claim since"):
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


# What was judged since, other than the judgement itself


def _reworded(desk: Store, name: str) -> None:
    desk.edit_claim(name, 1, {"claim": "412 inmates fled.", "figure_low": 412.0, "figure_high": 412.0})


def _read_again(desk: Store, name: str) -> None:
    article_id = str(desk.claim(name)["article_id"])
    desk.reread_article(desk.compare_article(article_id, make_article(TEXT.replace("Some 312", "Some 412")), []))


@pytest.mark.parametrize("worded", [_reworded, _read_again])
def test_what_was_agreed_on_does_not_become_other_words(
    desk: Store, names: list[str], worded: Callable[[Store, str], None], unchanged: Check
) -> None:
    """Words and figures that colleagues have judged stay under their verdict; once they take theirs back, they go."""
    worded(desk, names[0])
    said = ("claim", "quote", "figure_low", "tags")
    revision = desk.save(names[0], int(desk.claim(names[0])["revision"]), mark=SUPPORTED, actor="Tom")
    desk.read_second(names[0], revision, "Supported", "high", actor="Eva")
    judged = [desk.claim(names[0])[column] for column in (*said, "status", "agreement")]
    with pytest.raises(StaleWrite, match="since, so that the act cannot be taken back"):
        desk.undo("Jana")
    assert [desk.claim(names[0])[column] for column in (*said, "status", "agreement")] == judged
    for reader in ("Eva", "Tom", "Jana"):
        desk.undo(reader)
    first = make_claims(make_article())[0]
    assert [desk.claim(names[0])[column] for column in said] == [first.claim, first.quote, first.figure_low, None]
    unchanged(desk)


def test_what_was_taken_back_under_a_verdict_is_not_done_again(desk: Store, names: list[str]) -> None:
    """Redo gives no other words to a claim that was judged since by those it has."""
    _reworded(desk, names[0])
    desk.undo()
    desk.save(names[0], int(desk.claim(names[0])["revision"]), mark=SUPPORTED, actor="Tom")
    with pytest.raises(StaleWrite, match="Somebody has judged this claim since"):
        desk.redo()
    assert desk.claim(names[0])["figure_low"] == 312


def test_what_is_no_part_of_the_judgement_is_taken_back_under_it(desk: Store, names: list[str]) -> None:
    """A tag says nothing that anybody judged."""
    desk.edit_claim(names[0], 1, {"tags": "gate"})
    desk.save(names[0], 2, mark=SUPPORTED, actor="Tom")
    desk.undo("Jana")
    assert (desk.claim(names[0])["tags"], desk.claim(names[0])["verdict"]) == (None, "Supported")


def test_a_refusal_names_a_claim_of_many(desk: Store, names: list[str]) -> None:
    """Who changed several learns how many keep the act from being taken back, and by its words which is the first."""
    desk.save_many([Edit(name, 1, SUPPORTED) for name in names])
    desk.save(names[2], 2, mark=REFUTED, actor="Tom")
    with pytest.raises(
        StaleWrite, match=r"Of the 3 claims of this act 1 stands in the way: “The ministry will .*” Look at"
    ):
        desk.undo()
    desk.save(names[1], 2, mark=REFUTED, actor="Tom")
    with pytest.raises(StaleWrite, match="2 stand in the way, the first of them: “Two vans waited"):
        desk.undo()


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
    with pytest.raises(StaleWrite, match=r"There is a vote on this item by now.*Take it off the agenda by hand"):
        desk.undo()
    assert item in {each.item_id for each in desk.agenda(meeting_id)}
    unchanged(desk)


def test_ones_own_vote_is_told_as_no_colleagues(desk: Store, names: list[str]) -> None:
    """A vote keeps the item on the agenda whoever cast it, and the refusal puts it down to nobody."""
    meeting_id = desk.plan_meeting("Review meeting", DAY, "Jana")
    desk.put_on_agenda(meeting_id, [Wanted(names[1])])
    desk.open_meeting(meeting_id, desk.meeting(meeting_id).revision)
    [item] = desk.put_on_agenda(meeting_id, [Wanted(names[0])])
    desk.vote(item, 0, "Refuted")
    with pytest.raises(StaleWrite) as refused:
        desk.undo()
    assert refused.value.problem == "There is a vote on this item by now, so that the act cannot be taken back."


@pytest.fixture
def closed(desk: Store, names: list[str]) -> tuple[str, str]:
    """A claim that Jana added, and its item on the agenda of a meeting that has looked at another one."""
    claim = replace(make_claims(make_article())[1], claim_id="vans", claim="Vans waited.")
    desk.add_claim(claim)
    meeting_id = desk.plan_meeting("Review meeting", DAY, "Ana", actor="Ana")
    _, item = desk.put_on_agenda(meeting_id, [Wanted(names[0]), Wanted("vans")], actor="Ana")
    desk.open_meeting(meeting_id, desk.meeting(meeting_id).revision, actor="Ana")
    return meeting_id, item


def test_a_meeting_that_is_over_and_passed_a_claim_by_does_not_keep_it(
    desk: Store, closed: tuple[str, str], unchanged: Check
) -> None:
    """Nobody waits for the claim, and nothing could be taken off a closed agenda."""
    meeting_id, _ = closed
    with pytest.raises(StaleWrite, match="Take it off that agenda first"):
        desk.undo()
    desk.close_meeting(meeting_id, desk.meeting(meeting_id).item_id, actor="Ana")
    desk.undo()
    assert desk.claim("vans")["status"] == "dropped"
    unchanged(desk)


def test_what_a_closed_meeting_has_dealt_with_is_dropped_with_a_reason(desk: Store, closed: tuple[str, str]) -> None:
    """Its minutes ask for evidence on the claim; the step that the refusal names can be gone."""
    meeting_id, item = closed
    desk.take_up(meeting_id, desk.meeting(meeting_id).item_id, item, actor="Ana")
    revision = next(each.revision for each in desk.agenda(meeting_id) if each.item_id == item)
    desk.want_evidence(item, revision, 1, "Whose vans?", actor="Ana")
    desk.close_meeting(meeting_id, item, actor="Ana")
    with pytest.raises(StaleWrite, match=r"closed by now has dealt with this claim.*drop it with a reason"):
        desk.undo()
    desk.drop_claim("vans", int(desk.claim("vans")["revision"]), "An opinion.")
    assert desk.claim("vans")["status"] == "dropped"


def test_what_hung_there_before_keeps_nothing_from_being_done_again(desk: Store, names: list[str]) -> None:
    """A colleague who corrected their older source, and took that back, has given the claim no source."""
    source = desk.add_source(names[0], 1, ROLL_CALL, actor="Tom")
    desk.drop_claim(names[0], int(desk.claim(names[0])["revision"]), "An opinion.")
    desk.undo()
    desk.edit_source(source, desk.sources(names[0])[0].revision, replace(ROLL_CALL, title="Roll"), actor="Tom")
    desk.undo("Tom")
    desk.redo()
    assert desk.claim(names[0])["status"] == "dropped"


def test_a_source_that_was_restored_since_keeps_its_claim(desk: Store, names: list[str]) -> None:
    """It stands on the claim by a colleague's act since, though it was made before."""
    source = desk.add_source(names[0], 1, ROLL_CALL, actor="Tom")
    desk.remove_source(source, desk.sources(names[0])[0].revision, actor="Tom")
    desk.drop_claim(names[0], int(desk.claim(names[0])["revision"]), "An opinion.")
    desk.undo()
    desk.undo("Tom")
    with pytest.raises(StaleWrite, match="Somebody has given this claim a source since"):
        desk.redo()


@pytest.mark.parametrize("link", ["repeat_of", "contradicts"])
def test_no_link_is_left_on_a_claim_that_is_gone(desk: Store, names: list[str], link: str, unchanged: Check) -> None:
    """What a colleague has linked to an added claim keeps it, alone or among others, until the link is taken out."""
    desk.add_claim(replace(make_claims(make_article())[1], claim_id="vans", claim="Vans waited."))
    desk.edit_claim(names[0], 1, {link: (names[2], "vans")}, actor="Tom")
    with pytest.raises(StaleWrite, match=r"“Some 312 inmates .* was linked to this claim since.*Take the link out"):
        desk.undo()
    assert desk.claim("vans")["status"] == "new"
    desk.edit_claim(names[0], 2, {link: names[2]}, actor="Tom")
    desk.undo()
    assert desk.claim("vans")["status"] == "dropped"
    unchanged(desk)


def test_a_link_from_before_keeps_nothing_from_being_done_again(desk: Store, names: list[str]) -> None:
    """Jana dropped the claim under that link once: she may do so again, whatever else became of the other claim."""
    desk.edit_claim(names[0], 1, {"repeat_of": names[1]}, actor="Tom")
    desk.drop_claim(names[1], 1, "An opinion.")
    desk.undo()
    desk.edit_claim(names[0], 2, {"tags": "gate"}, actor="Tom")
    desk.redo()
    assert desk.claim(names[1])["status"] == "dropped"


def test_articles_that_were_read_together_stay_or_go_together(desk: Store, names: list[str], unchanged: Check) -> None:
    """One act brought two articles: a colleague's claim on either keeps both, and taken out it keeps none."""
    article = make_article("Some 900 inmates fled the prison at Horn on Monday, Tom Ilic said.")
    other = make_article("Trains ran late on the Korda line on Monday, the line said.")
    desk.add_articles([Entry(each, [], {}, {}) for each in (article, other)])
    added = make_claim(other, 0, 20, claim_id="late")
    desk.add_claim(added, actor="Tom")
    with pytest.raises(StaleWrite, match="Somebody has worked on this article since"):
        desk.undo()
    desk.undo("Tom")
    desk.undo()
    assert list(desk.articles()["article_id"]) == [desk.claim(names[0])["article_id"]]
    unchanged(desk)


def test_articles_are_asked_about_together(store: Store) -> None:
    """Whether an article's reading may be taken back takes no statement an article, and no row of a claim that came with it."""
    texts = [f"Some {n} inmates fled the prison at Korda on Sunday, Marusa Ilic said." for n in range(300, 312)]
    brought = [make_article(text) for text in texts]
    store.add_articles([Entry(each, [make_claim(each, 0, len(each.text))], {}, {}) for each in brought])
    with store._database.reading() as connection:
        done = batch_of(connection, store.latest_event_seq())
        asked: list[str] = []
        event.listen(connection, "before_cursor_execute", lambda *given: asked.append(given[2]))
        assert hindrances(connection, done) == {}
    assert len([each for each in asked if "WHERE claims.article_id" in each]) == 1


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
    with pytest.raises(NothingToUndo):
        desk.undo("Ana", past={refused.value.batch})
    desk.reopen(names[0], revision, "A new count.", actor="Ana")
    desk.undo("Ana")
    assert desk.claim(names[0]) | {"revision": 0} == before | {"revision": 0}
    unchanged(desk)


def told_batch(store: Store) -> str:
    """The batch that Ana's undo names, as it refuses to take back what readers were told."""
    with pytest.raises(ClaimLocked, match="not taken back by undoing it") as refused:
        store.undo("Ana")
    return refused.value.batch


def test_undo_goes_on_to_what_can_be_taken_back(desk: Store, names: list[str], unchanged: Check) -> None:
    """The newest publication is refused once; with it all are left, and what its person did before on those claims."""
    desk.save(names[2], 1, mark=SUPPORTED, actor="Ana")
    desk.edit_claim(names[2], 2, {"tags": "gate"}, actor="Ana")
    for name, status in ((names[0], "published"), (names[1], "void")):
        bring(desk, name, status)
    before = [desk.claim(name) for name in names[:2]]
    past = {told_batch(desk)}
    first, second = desk.undo("Ana", past=past), desk.undo("Ana", past=past)
    assert [each.subject_id for each in (first, second)] == [names[2], names[2]]
    assert desk.claim(names[2])["verdict"] is None
    assert [desk.claim(name) for name in names[:2]] == before
    with pytest.raises(NothingToUndo):
        desk.undo("Ana", past=past)
    assert desk.redo("Ana").new["verdict"] == "Supported"
    unchanged(desk)


def test_an_act_on_more_than_what_was_told_is_refused_by_name(desk: Store, names: list[str]) -> None:
    """One of the claims that Ana tagged together is published: the act is not passed over as if all were."""
    desk.edit_claim(names[2], 1, {"speaker": "Tom"}, actor="Ana")
    desk.save_many([Edit(names[0], 1, None, {"tags": "gate"}), Edit(names[1], 1, None, {"tags": "gate"})], actor="Ana")
    sign_off_and_publish(desk, names[0])
    told = told_batch(desk)
    with pytest.raises(ClaimLocked, match=r"Of the 2 claims of this act 1 stands in the way: “Some 312") as refused:
        desk.undo("Ana", past={told})
    desk.undo("Ana", past={told, refused.value.batch})
    assert desk.claim(names[2])["speaker"] != "Tom"


def sign_off_and_publish(desk: Store, name: str) -> None:
    """Judge a claim that somebody has edited, have it read second, and publish it."""
    revision = agree(desk, name, mark_fully(desk, name, int(desk.claim(name)["revision"])))
    publish(desk, name, sign_off(desk, name, revision))


def test_what_a_colleague_published_is_refused_by_name(desk: Store, names: list[str]) -> None:
    """Whose mark stands in a verdict that another told readers of learns that first; the next press goes on."""
    desk.edit_claim(names[1], 1, {"tags": "gate"})
    bring(desk, names[0], "published")
    with pytest.raises(ClaimLocked, match="Reopen it with a reason") as refused:
        desk.undo("Jana")
    assert desk.undo("Jana", past={refused.value.batch}).subject_id == names[1]


def test_passing_over_a_publication_opens_no_lock(desk: Store, names: list[str]) -> None:
    """Nobody gave a reason for changing what is signed off."""
    desk.edit_claim(names[1], 1, {"speaker": "Tom"}, actor="Ana")
    desk.sign_off(names[1], agree(desk, names[1], mark_fully(desk, names[1], 2)), why=ON_PAPER, actor="Eva")
    bring(desk, names[0], "published")
    past = {told_batch(desk)}
    with pytest.raises(ClaimLocked, match="what was signed off does not change by itself"):
        desk.undo("Ana", past=past)
    assert (desk.claim(names[1])["status"], desk.claim(names[1])["speaker"]) == ("signed off", "Tom")


def test_what_was_reopened_is_not_published_in_passing(desk: Store, names: list[str], unchanged: Check) -> None:
    """Ana reopened one claim, then published another: the reopening is refused by name, and the next press goes on."""
    desk.edit_claim(names[2], 1, {"tags": "gate"}, actor="Ana")
    desk.reopen(names[0], bring(desk, names[0], "published"), "A reader wrote.", actor="Ana")
    bring(desk, names[1], "published")
    past = {told_batch(desk)}
    with pytest.raises(
        ClaimLocked, match=r"no claim is published or withdrawn again in passing.*Judge it anew"
    ) as refused:
        desk.undo("Ana", past=past)
    assert desk.claim(names[0])["status"] == "in progress"
    assert desk.undo("Ana", past={*past, refused.value.batch}).subject_id == names[2]
    assert [desk.claim(name)["status"] for name in names[:2]] == ["in progress", "published"]
    unchanged(desk)


def test_no_setting_is_changed_unasked_after_a_publication(desk: Store, names: list[str]) -> None:
    """What an editor set before they published stays until they press once more."""
    desk.add_person("Ana", actor="Ana")
    desk.set("publisher", 0, "The Korda Desk", actor="Ana")
    bring(desk, names[0], "published")
    past = {told_batch(desk)}
    assert desk.setting("publisher") == "The Korda Desk"
    assert desk.undo("Ana", past=past).subject_id == "publisher"


def test_a_later_publication_is_refused_anew(desk: Store, names: list[str]) -> None:
    """Going past one publication is no word about the next."""
    desk.edit_claim(names[2], 1, {"tags": "gate"}, actor="Ana")
    bring(desk, names[0], "published")
    past = {told_batch(desk)}
    bring(desk, names[1], "published")
    with pytest.raises(ClaimLocked, match="not taken back by undoing it"):
        desk.undo("Ana", past=past)


def asked_by_undo(store: Store, past: set[str]) -> int:
    """How many statements Ana's undo takes to find that there is nothing."""
    asked: list[str] = []
    with store._database.reading() as connection:
        event.listen(connection, "before_cursor_execute", lambda *given: asked.append(given[2]))
        with pytest.raises(NothingToUndo):
            undo(Act(connection, "Ana", datetime.now(UTC), "batch"), past)
    return len(asked)


def test_undo_asks_as_little_after_many_publications(desk: Store, names: list[str]) -> None:
    """What was told, and what led there, is passed over in one statement, however much it is."""
    asked: set[int] = set()
    for name in names:
        bring(desk, name, "published")
        asked.add(asked_by_undo(desk, {told_batch(desk)}))
    assert len(asked) == 1


def test_a_refusal_gives_the_reason_of_the_claim_that_it_names(desk: Store, names: list[str]) -> None:
    """The first claim was judged since, the last dropped: what is said is said of the first."""
    desk.save_many([Edit(name, 1, SUPPORTED) for name in names])
    desk.save(names[0], 2, mark=REFUTED, actor="Tom")
    desk.drop_claim(names[2], 2, "An opinion.", actor="Tom")
    with pytest.raises(
        StaleWrite, match=r"Somebody has judged this claim since.*2 stand in the way, the first of them: “Some 312"
    ):
        desk.undo()


COPY = "https://web.archive.org/web/20240304101500/https://korda.example/roll-call"


def test_a_copy_that_is_noted_keeps_no_source(desk: Store, names: list[str], unchanged: Check) -> None:
    """Where a copy stands is no work on the source: it goes with it, and comes back with it."""
    source = desk.add_source(names[0], 1, ROLL_CALL)
    desk.keep_archived(source, ROLL_CALL.location, COPY, actor="workbench")
    desk.undo()
    assert desk.sources(names[0]) == []
    desk.redo()
    assert [each.source.archived for each in desk.sources(names[0])] == [COPY]
    unchanged(desk)


def test_the_course_of_a_meeting_ends_no_redo(desk: Store, names: list[str]) -> None:
    """Who joined or led a meeting since has done nothing that a redo would go over."""
    meeting_id = desk.plan_meeting("Review meeting", DAY, "Jana", actor="Ana")
    desk.put_on_agenda(meeting_id, [Wanted(names[1])], actor="Ana")
    desk.save(names[0], 1, mark=SUPPORTED)
    desk.undo()
    desk.open_meeting(meeting_id, desk.meeting(meeting_id).revision)
    desk.redo()
    assert desk.claim(names[0])["verdict"] == "Supported"


def test_who_opened_a_meeting_is_told_of_no_colleague(desk: Store, names: list[str]) -> None:
    """Opening takes up the first item; who put it there and opened it is not told that somebody else was at it."""
    meeting_id = desk.plan_meeting("Review meeting", DAY, "Jana")
    desk.put_on_agenda(meeting_id, [Wanted(names[0])])
    desk.open_meeting(meeting_id, desk.meeting(meeting_id).revision)
    with pytest.raises(
        StaleWrite, match=r"This item has been taken up or changed since.*Take it off the agenda by hand"
    ):
        desk.undo()
