"""Matching a story that everybody writes about: the work for each claim is bounded, and copies hide nobody who says otherwise."""

from __future__ import annotations

from datetime import date, timedelta
from time import process_time
from typing import Any

import pytest

from claims.matching import Clash, Index, assertion_of, contradictions, pairs, repeats
from claims.matching.index import MOST

ACTS = [
    "{n} detainees escaped from the {name} camp", "The {name} camp held {n} detainees",
    "Almost all detainees escaped from the {name} camp", "Guards of the {name} camp shot {n} detainees",
    "The death toll at the {name} camp has risen to {n}", "{n} percent of the detainees of the {name} camp fled",
]  # fmt: skip


def story(number: int, name: str) -> list[dict[str, Any]]:
    """Claims of one camp, each with a figure of its own; another name makes every text another, so that nothing is remembered."""
    return [
        {
            "claim_id": f"{name}-{at}",
            "article_id": f"{at % 97}",
            "claim": f"{ACTS[at % len(ACTS)].format(n=100 + at, name=name)}.",
            "published": date(2019, 10, 13) + timedelta(days=at % 4),
        }
        for at in range(number)
    ]


def asked_of(index: Index, name: str) -> list[int]:
    """How many candidates each of a hundred new claims gets."""
    return [len(index.candidates(assertion_of(row | {"claim_id": "new"}))) for row in story(100, name)]


@pytest.mark.parametrize("number", [1_000, 2_000])
def test_a_claim_is_compared_with_so_many_and_no_more(number: int) -> None:
    """A new claim of a crowded story, and each claim of its table, has at most fifty candidates, and does have some."""
    index = Index(story(number, "Korda"))
    counts = [len(index.candidates(each, before=at)) for at, each in enumerate(index.assertions)]
    assert 0 < max(counts) <= MOST
    assert 0 < min(asked_of(index, "Korda")) <= max(asked_of(index, "Korda")) <= MOST


SUNDAY = date(2024, 3, 3)
WIRE = [
    "785 detainees fled the Korda camp.",
    "785 inmates escaped from the Korda camp.",
    "From the Korda camp 785 detainees fled.",
]


def printed(name: str, claim: str, day: date = SUNDAY) -> dict[str, Any]:
    """A claim in an article of its own."""
    return {"claim_id": name, "article_id": name, "claim": claim, "published": day}


def crowd(at: int, *wordings: str, copies: int = 120) -> list[dict[str, Any]]:
    """A report that so many outlets print in these wordings, and at one place among them the one that says otherwise."""
    rows = [printed(f"copy {number}", wordings[number % len(wordings)]) for number in range(copies)]
    return [*rows[:at], printed("odd", "About 100 inmates fled the Korda camp."), *rows[at:]]


@pytest.mark.parametrize("wordings", [WIRE[:1], WIRE], ids=["word for word", "in other words"])
@pytest.mark.parametrize("at", [0, 60, 120])
def test_copies_of_a_report_do_not_hide_the_one_that_says_otherwise(at: int, wordings: list[str]) -> None:
    """A hundred and twenty copies and one dissenting figure: a clash with each, asked from either side and for the whole table."""
    rows = crowd(at, *wordings)
    index = Index(rows)
    copies = {row["claim_id"] for row in rows} - {"odd"}
    found = [each for each in pairs(index) if isinstance(each, Clash)]
    assert {frozenset((each.claim_id, each.other_id)) for each in found} == {
        frozenset(("odd", copy)) for copy in copies
    }
    assert len(found) == len(copies)
    assert {each.other_id for each in contradictions(rows[at], index)} == copies
    for row in rows:
        assert row["claim_id"] == "odd" or [each.other_id for each in contradictions(row, index)] == ["odd"]


def test_of_the_copies_the_one_of_the_same_days_is_compared() -> None:
    """What is printed again every year says nothing of this year; the one copy of these days does, wherever it stands."""
    years = [printed(f"year {number}", WIRE[0], SUNDAY - timedelta(days=365 * (number + 1))) for number in range(120)]
    index = Index([*years[:90], printed("now", WIRE[0]), *years[90:]])
    (clash,) = contradictions(printed("odd", "About 100 inmates fled the Korda camp."), index)
    assert clash.other_id == "now"


def test_what_a_crowd_says_otherwise_does_not_hide_the_repeats() -> None:
    """Sixty figures of one story, and two more papers that print the same one: asked from either, the other is found."""
    others = [printed(f"other {number}", f"{300 + number} detainees fled the Korda camp.") for number in range(60)]
    mine = [printed("one", WIRE[0]), printed("other", WIRE[0])]
    index = Index([mine[0], *others, mine[1]])
    assert [[each.other_id for each in repeats(row, index)] for row in mine] == [["other"], ["one"]]


def test_two_crowds_are_compared_within_bounds() -> None:
    """Two hundred and fifty copies against as many: each copy clashes with some of the other side, and not all with all."""
    rows = [
        printed(f"{side} {number}", claim)
        for number in range(250)
        for side, claim in enumerate((WIRE[0], "90 detainees fled the Korda camp."))
    ]
    found = [each for each in pairs(rows) if isinstance(each, Clash)]
    assert {name for each in found for name in (each.claim_id, each.other_id)} == {row["claim_id"] for row in rows}
    assert len(found) <= len(rows) * MOST * 2


def spent(number: int, name: str) -> tuple[float, float]:
    """CPU seconds for pairing a crowded story, and for asking for the candidates of a hundred new claims."""
    index = Index(story(number, name))
    start = process_time()
    found = sum(1 for _ in pairs(index))
    paired = process_time()
    asked = [asked_of(index, name) for _ in range(10)]
    assert found
    assert asked
    return paired - start, process_time() - paired


@pytest.mark.slow
def test_twice_the_claims_take_about_twice_the_time() -> None:
    """Pairing grows with the number of claims, asking less than so; the square of two would be four."""
    few, many = (
        [spent(number, f"{name}{number}") for name in ("Korda", "Marusa", "Tesna")] for number in (1_000, 2_000)
    )
    for part in (0, 1):
        assert min(each[part] for each in many) < 3 * min(each[part] for each in few)
