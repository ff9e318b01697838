"""The day for a new look at a figure that still moves: a judgement proposes it, and answers one that has come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from claims.store import Edit, Entry, Mark, Query, Store, Wanted
from claims.verdict.fluid import DAYS
from tests.claims.conftest import make_article, make_claims

MOVING = {
    "claim": "At least 249 guards were killed.", "figure_low": 249.0, "date_text": None, "date_first": None, "date_last": None
}  # fmt: skip
PAST = date(2024, 3, 4)

Judge = Callable[[Store, str], object]


def revision_of(store: Store, name: str) -> int:
    return int(store.claim(name)["revision"])


def new_look() -> date:
    return datetime.now(UTC).date() + timedelta(days=DAYS)


def mark(store: Store, name: str) -> None:
    store.mark(name, revision_of(store, name), "Refuted", "high", rationale="The roll call counts 273.", actor="Jana")


def read_twice(store: Store, name: str) -> None:
    mark(store, name)
    store.read_second(name, revision_of(store, name), "Supported", "low", actor="Tom")
    store.edit_claim(name, revision_of(store, name), {"review_by": PAST}, actor="Jana")


def decide(store: Store, name: str) -> None:
    read_twice(store, name)
    store.decide(name, revision_of(store, name), "Refuted", "high", rationale="273 it is.", actor="Ana")


def decide_in_meeting(store: Store, name: str) -> None:
    read_twice(store, name)
    meet(store, name)


def mark_in_meeting(store: Store, name: str) -> None:
    store.edit_claim(name, revision_of(store, name), {"review_by": PAST}, actor="Jana")
    meet(store, name)


def meet(store: Store, name: str) -> None:
    meeting_id = store.plan_meeting("Review", PAST, "Ana")
    store.put_on_agenda(meeting_id, [Wanted(name)])
    store.open_meeting(meeting_id, store.meeting(meeting_id).revision, actor="Ana")
    [item] = store.agenda(meeting_id)
    judgement = Mark("Refuted", "high", "273 it is.")
    store.decide_item(item.item_id, item.revision, revision_of(store, name), judgement, actor="Ana")


def mark_many(store: Store, name: str) -> None:
    store.save_many([Edit(name, revision_of(store, name), Mark("Refuted", "high", "273 it is."))], actor="Jana")


@pytest.mark.parametrize(
    "judge", [mark, mark_many, decide, decide_in_meeting, mark_in_meeting], ids=lambda judge: judge.__name__
)
def test_a_judgement_on_a_moving_figure_carries_a_day(
    desk: Store, names: list[str], judge: Judge, unchanged: Callable[[Store], None]
) -> None:
    """Wherever it is given; a day that had come is answered."""
    desk.edit_claim(names[0], 1, MOVING)
    judge(desk, names[0])
    assert desk.claim(names[0])["review_by"] == new_look()
    assert desk.overdue(datetime.now(UTC).date()).of == 0
    unchanged(desk)


def test_a_day_that_has_come_goes_where_nothing_moves(desk: Store, names: list[str]) -> None:
    """Of a figure that has settled a judgement answers the day, and proposes none."""
    desk.edit_claim(names[0], 1, {"claim": "The fence is 249 metres long.", "review_by": PAST})
    mark(desk, names[0])
    assert desk.claim(names[0])["review_by"] is None


def test_a_day_ahead_stays(desk: Store, names: list[str]) -> None:
    """What the desk has set itself is not moved by a judgement that comes before."""
    ahead = new_look() + timedelta(days=40)
    desk.edit_claim(names[0], 1, {**MOVING, "review_by": ahead})
    mark(desk, names[0])
    assert desk.claim(names[0])["review_by"] == ahead


def test_who_wants_no_new_look_says_so(desk: Store, names: list[str]) -> None:
    """A judgement that comes with a day, or with none by name, has what it says."""
    desk.edit_claim(names[0], 1, MOVING)
    desk.save(names[0], 2, mark=Mark("Refuted", "high", "It is 273."), changes={"review_by": None})
    assert desk.claim(names[0])["review_by"] is None


def test_taken_back_the_day_goes_with_the_judgement(desk: Store, names: list[str]) -> None:
    """One undo takes back both."""
    desk.edit_claim(names[0], 1, MOVING)
    mark(desk, names[0])
    desk.undo("Jana")
    assert (desk.claim(names[0])["verdict"], desk.claim(names[0])["review_by"]) == (None, None)


def test_a_claim_that_comes_with_its_mark_has_a_day(store: Store, unchanged: Callable[[Store], None]) -> None:
    """A judgement that is brought with the article is one like any other."""
    article = make_article()
    moving, still = make_claims(article)[:2]
    moving = replace(
        moving, claim="At least 249 guards were killed.", figure_low=249.0, date_first=None, date_last=None
    )
    still = replace(still, claim="The fence is 249 metres long.")
    given = Mark("Refuted", "high", "It is 273.")
    store.add_articles([Entry(article, [moving, still], {moving.claim_id: given, still.claim_id: given})])
    days = {row["claim_id"]: row["review_by"] for row in store.rows(Query())}
    assert days == {moving.claim_id: new_look(), still.claim_id: None}
    unchanged(store)


def test_many_changes_without_a_judgement_carry_no_day(desk: Store, names: list[str]) -> None:
    """Who sets a priority has not looked at the figure."""
    desk.edit_claim(names[0], 1, {**MOVING, "review_by": PAST})
    desk.save_many([Edit(names[0], 2, changes={"priority": "high"})], actor="Jana")
    assert desk.claim(names[0])["review_by"] == PAST
