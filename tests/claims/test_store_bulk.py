"""One wish for many claims: what it would change is told first, then all of it is written and taken back as one act."""

from __future__ import annotations

from collections.abc import Callable
from time import process_time

import pytest

from claims.errors import StaleWrite, StoreError
from claims.status import LOCKED
from claims.store import Plan, Query, Store, Wish
from tests.claims.conftest import WAYS, bring, make_article, make_claim

Check = Callable[[Store], None]


def write(store: Store, plan: Plan) -> None:
    store.save_many(plan.edits, why=plan.wish.why)


def reasons(plan: Plan) -> list[str]:
    return [left.why for left in plan.left]


def test_a_plan_writes_nothing(desk: Store, names: list[str]) -> None:
    """Looking at what would change leaves the record as it is."""
    newest = desk.latest_event_seq()
    assert len(desk.plan(names, Wish(assignee="Ilic", add="prison")).edits) == len(names)
    assert desk.latest_event_seq() == newest


def test_all_of_a_wish_is_one_act_and_one_undo(desk: Store, names: list[str], unchanged: Check) -> None:
    """Assignee and tags of three claims are written as one batch, and one undo takes all of it back; redo does it again."""
    newest = desk.latest_event_seq()
    write(desk, desk.plan(Query(), Wish(assignee="Ilic", add="prison, north gate")))
    events = desk.events_table()
    assert events[events["seq"] > newest]["batch"].nunique() == 1
    wanted = {("Ilic", "prison|north gate", "assigned")}
    assert {(row["assignee"], row["tags"], row["status"]) for row in desk.claims_named(names).values()} == wanted
    assert desk.count(Query(tags=("north gate",))) == len(names)
    desk.undo()
    undone = {(row["assignee"], row["tags"], row["status"]) for row in desk.claims_named(names).values()}
    assert undone == {(None, None, "new")}
    desk.redo()
    assert {(row["assignee"], row["tags"], row["status"]) for row in desk.claims_named(names).values()} == wanted
    unchanged(desk)


def test_what_stands_so_already_is_left_alone(desk: Store, names: list[str]) -> None:
    """A claim that has the tag, in whatever case, and the assignee is told as unchanged and gets no event."""
    desk.edit_claim(names[0], 1, {"tags": "Prison", "assignee": "Ilic"})
    plan = desk.plan(names, Wish(assignee="Ilic", status="new", add="prison"))
    assert [edit.claim_id for edit in plan.edits] == names[1:]
    assert [(left.why, left.count, left.named) for left in plan.left] == [
        ("it stands so already", 1, (desk.claim(names[0])["claim"],))
    ]


@pytest.mark.parametrize("status", LOCKED)
def test_what_is_signed_off_is_left_alone(desk: Store, names: list[str], status: str) -> None:
    """A locked claim is named with its status; the others are changed without it."""
    bring(desk, names[0], status)
    plan = desk.plan(names, Wish(add="prison"))
    assert reasons(plan) == [f"{status}: it is locked, and reopened one by one with a reason"]
    write(desk, plan)
    assert [row["tags"] for row in map(desk.claim, names)] == [None, "prison", "prison"]


@pytest.mark.parametrize("status", [name for name in WAYS if name not in LOCKED])
@pytest.mark.parametrize("wanted", ["new", "assigned", "in progress", "marked", "second reading", "dropped"])
def test_a_plan_holds_what_it_says(desk: Store, names: list[str], status: str, wanted: str) -> None:
    """From every status to every one that is offered: what is planned is written as it is, what is left alone says why."""
    bring(desk, names[0], status)
    plan = desk.plan(names[:1], Wish(status=wanted, why="The desk said so."))
    if plan.edits:
        write(desk, plan)
        assert desk.claim(names[0])["status"] == wanted
    else:
        assert all(word for word in reasons(plan))
        assert desk.claim(names[0])["status"] == status


def test_a_step_that_asks_a_reason_waits_for_it(desk: Store, names: list[str]) -> None:
    """Dropping without a reason changes nothing and says so; with one it stands beside every claim."""
    assert reasons(desk.plan(names, Wish(status="dropped"))) == ["new: to become dropped it needs a reason"]
    write(desk, desk.plan(names, Wish(status="dropped", why="Not of this desk.")))
    assert {desk.claim(name)["dropped_why"] for name in names} == {"Not of this desk."}


def test_a_claim_without_a_verdict_is_not_marked(desk: Store, names: list[str]) -> None:
    """The workflow lets a new claim become marked, but only a mark does so."""
    assert reasons(desk.plan(names, Wish(status="marked"))) == ["new: without a verdict it is not marked"]


def test_handing_back_makes_an_assigned_claim_new(desk: Store, names: list[str]) -> None:
    """Who gives claims to nobody takes back the status that the giving brought, and no other."""
    bring(desk, names[0], "assigned")
    revision = bring(desk, names[1], "marked")
    desk.assign(names[1], revision, "Tom")
    write(desk, desk.plan(names, Wish(assignee="")))
    assert [(row["assignee"], row["status"]) for row in map(desk.claim, names)] == [
        (None, "new"),
        (None, "marked"),
        (None, "new"),
    ]


def test_whoever_was_faster_is_named_and_nothing_is_half_done(desk: Store, names: list[str], unchanged: Check) -> None:
    """A claim that a colleague changed after the plan stops all of it, by its name."""
    plan = desk.plan(names, Wish(assignee="Ilic"))
    desk.edit_claim(names[1], 1, {"priority": "high"}, actor="Tom")
    newest = desk.latest_event_seq()
    with pytest.raises(StaleWrite) as refused:
        write(desk, plan)
    assert refused.value.current.keys() == {names[1]}
    assert desk.latest_event_seq() == newest
    unchanged(desk)


def test_tags_come_off_whatever_their_case(desk: Store, names: list[str]) -> None:
    """Taking off the last tag leaves none, and claims that never had it are left alone."""
    desk.edit_claim(names[0], 1, {"tags": "Prison"})
    desk.edit_claim(names[1], 1, {"tags": "gate|PRISON|north"})
    plan = desk.plan(names, Wish(remove="prison"))
    assert reasons(plan) == ["it stands so already"]
    write(desk, plan)
    assert [desk.claim(name)["tags"] for name in names] == [None, "gate|north", None]


def test_a_claim_takes_no_more_than_twenty_tags(desk: Store, names: list[str]) -> None:
    """The twenty-first is told, not written."""
    desk.edit_claim(names[0], 1, {"tags": "|".join(f"tag {number}" for number in range(20))})
    plan = desk.plan(names, Wish(add="one more"))
    assert reasons(plan) == ["it would have more than 20 tags"]
    assert len(plan.edits) == 2


def test_the_same_tag_is_not_put_on_and_taken_off() -> None:
    """A wish that contradicts itself is refused before any claim is looked at."""
    with pytest.raises(StoreError, match="“prison” is to be put on and taken off"):
        Wish(add="Prison", remove="prison")


def test_a_query_is_read_in_its_order_and_names_once(desk: Store, names: list[str]) -> None:
    """All that match a filter are planned in the order of the queue; a name twice is one claim, a strange one none."""
    by_query = [edit.claim_id for edit in desk.plan(Query(sort="figure"), Wish(add="a")).edits]
    assert by_query == [row["claim_id"] for row in desk.rows(Query(sort="figure"))]
    assert desk.plan([names[0], "nobody", names[0]], Wish(add="a")).of == 1


def test_ten_thousand_claims_are_one_act(store: Store) -> None:
    """As many as one act takes are planned, written with word of how far it is, and undone, in seconds; one more is refused."""
    article = make_article("word " * 30_000)
    store.add_article(article, [make_claim(article, 10 * at, 10 * at + 8, at + 1) for at in range(10_001)])
    with pytest.raises(StoreError, match=r"More than 10,000 claims"):
        store.plan(Query(), Wish(add="prison"))
    names = [row["claim_id"] for row in store.rows(Query(), limit=10_000)]
    heard: list[int] = []
    begun = process_time()
    plan = store.plan(names, Wish(assignee="Ilic", add="prison"))
    store.save_many(plan.edits, tell=heard.append)
    assert process_time() - begun < 10
    assert store.count(Query(tags=("prison",), assignees=("Ilic",))) == 10_000
    assert heard == list(range(0, 10_000, 500))
    begun = process_time()
    store.undo()
    assert process_time() - begun < 15
    assert store.count(Query(assignees=("Ilic",))) == 0
