"""Matching a story that everybody writes about: the work for each claim is bounded, however many tell the same."""

from __future__ import annotations

from datetime import date, timedelta
from time import process_time
from typing import Any

import pytest

from claims.matching import Index, assertion_of, pairs
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
