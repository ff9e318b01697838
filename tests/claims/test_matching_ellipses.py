"""Matching claims of one article that leave out whom they count: "785 escaped." and "About 100 fled."."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from claims.article import read_article
from claims.claim import find_claims
from claims.matching import Clash, Index, assertion_of, contradiction, contradictions, pairs
from claims.store import Query, Store

SUNDAY = date(2024, 3, 3)

APART = [
    ("785 escaped.", "About 100 fled."),
    ("785 detainees escaped from the Korda camp.", "About 100 fled."),
    ("785 escaped from the camp.", "About 100 fled."),
    ("Of the 950 detainees, 785 escaped.", "About 100 fled."),
    ("Almost all fled.", "785 of 950 fled."),
    ("Almost all fled.", "785 of the 950 detainees escaped."),
]  # fmt: skip


def told(name: str, claim: str, article: str = "1", **cells: Any) -> dict[str, Any]:
    """A row of the claims table."""
    return {"claim_id": name, "article_id": article, "claim": claim, "published": SUNDAY, **cells}


def both_ways(one: dict[str, Any], other: dict[str, Any]) -> list[Clash | None]:
    """What sets two claims apart, asked from either."""
    mine, yours = assertion_of(one), assertion_of(other)
    return [contradiction(mine, yours), contradiction(yours, mine)]


@pytest.mark.parametrize(("one", "other"), APART)
def test_one_act_with_two_numbers_in_one_article_may_not_both_hold(one: str, other: str) -> None:
    """Found from either side, never firm, and by the index and the whole table too."""
    rows = told("a", one), told("b", other)
    assert [clash and clash.firm for clash in both_ways(*rows)] == [False, False]
    assert [[each.other_id for each in contradictions(row, Index(rows))] for row in rows] == [["b"], ["a"]]
    assert [(each.claim_id, each.other_id) for each in pairs(rows)] == [("b", "a")]


@pytest.mark.parametrize(("one", "other"), APART)
def test_in_two_articles_nobody_knows_of_whom_it_is_said(one: str, other: str) -> None:
    """What is left out is known from its own article alone."""
    assert both_ways(told("a", one), told("b", other, "2")) == [None, None]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("785 foreign detainees escaped from the Korda camp.", "About 100 fled."),
        ("Almost all foreign members fled.", "785 of 950 fled."),
        ("About 100 detainees escaped from the Korda camp.", "785 fled."),
        ("About 100 escaped from the camp.", "785 fled."),
        ("785 escaped.", "Another 100 fled."),
        ("785 detainees escaped.", "About 100 of them fled."),
        ("785 escaped.", "Nearly 800 fled."),
        ("785 escaped.", "At least 100 fled."),
        ("Of the 950 detainees, 785 escaped.", "About 790 fled."),
        ("785 escaped.", "About 100 were released."),
        ("785 detainees were released and 90 escaped.", "About 100 fled."),
        ("785 escaped.", "About 100 did not flee."),
        ("785 cars escaped the flood.", "About 100 fled."),
        ("12 people were killed in the Korda fire.", "Two died."),
        ("40 students left the school.", "3 left."),
        ("40 students fled the school.", "3 left."),
        ("40 students were left in the school.", "3 fled."),
    ],
)
def test_where_both_may_hold_nothing_is_said(one: str, other: str) -> None:
    """A group, a part, a place of the smaller number, others beside them, rounding, another act or sense of its word."""
    assert both_ways(told("a", one), told("b", other)) == [None, None]


def test_of_two_days_both_hold() -> None:
    """How many had fled by Sunday, and how many by Wednesday."""
    sunday, later = ({"date_first": day, "date_last": day} for day in (SUNDAY, SUNDAY + timedelta(days=3)))
    rows = told("a", "785 escaped.", **sunday), told("b", "About 100 fled.", **later)
    assert both_ways(*rows) == [None, None]


def test_the_record_shows_it_beside_each_of_the_two(store: Store) -> None:
    """An article that the engine has read: the two that tell of the escape are shown, what the third says is not."""
    said = "785 escaped from the Korda camp, the director said. About 100 fled, the ministry said. Wheat cost 40 euros, the mayor said."
    article = read_article(said, published="2024-03-03")
    store.add_article(article, find_claims(article))
    names = {row["speaker"]: row["claim_id"] for row in store.rows(Query(), limit=9)}
    found = {who: [each.other_id for each in store.elsewhere(name).clashes] for who, name in names.items()}
    assert found == {
        "the director": [names["the ministry"]],
        "the ministry": [names["the director"]],
        "the mayor": [],
    }
