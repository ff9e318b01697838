"""Figures that still move are proposed for a new look."""

from __future__ import annotations

from datetime import date

import pytest

from claims.verdict import look_again

DAY = date(2024, 3, 4)


@pytest.mark.parametrize(
    "claim",
    [
        "At least 312 people were killed.",
        "The death toll has risen to 40.",
        "Some 9,000 villagers have been displaced.",
        "785 detainees escaped from the camp.",
        "Fourteen miners are still missing.",
        "The appeal has raised 2 million euros so far.",
        "At least 40 people drowned.",
        "The shelling destroyed 300 houses.",
        "The gunmen hold 12 hostages.",
        "785 inmates are still at large.",
        "20,000 homes are without power.",
        "The fire has burned 12,000 hectares.",
        "Some 40 houses were burned.",
        "300 patients are in intensive care.",
        "Twelve students are in hospital.",
        "Twelve students are in the hospital.",
        "With 60 percent of the ballots counted, Horn leads.",
        "900 passengers remain on board.",
        "40 roads are still closed.",
        "The quake killed 312.",
        "The strike killed 12 bill collectors and 3 passengers.",
        "At least 12 people were hurt.",
        "Soldiers executed 40 villagers.",
        "Gunmen shot dead at least twelve unarmed villagers.",
        "Gunmen murdered 40 villagers.",
        "17 people were shot.",
        "17 people in Korda were fatally stabbed.",
        "17 people shot dead in Korda",
        "Three were shot by officers.",
        "40 patients tested positive.",
        "The storm claimed 312 lives.",
        "The storm claimed twelve lives.",
        "The flood claimed hundreds of lives.",
        "The blaze has claimed at least 12 lives.",
        "The war cost 3 million civilian lives.",
        "The plane crash took the lives of 12 people.",
        "The outbreak sickened 120 people.",
        "Some 40 miners are buried under rubble.",
    ],
)
def test_a_count_that_goes_on_is_looked_at_again(claim: str) -> None:
    assert look_again({"claim": claim, "figure_low": 1.0}, DAY) == date(2024, 3, 18)


@pytest.mark.parametrize(
    "claim",
    [
        "The bridge is 312 metres long.",
        "The party won 40 seats.",
        "A ticket costs 3 euros.",
        "The law bans at least 12 substances.",
        "At least 12 people applied for the job.",
        "The film killed 20 careers.",
        "The bridge is still 312 metres long.",
        "The record still stands at 9.58 seconds.",
        "The candle burned for 3 hours.",
        "The party counted 300 members.",
        "Some 300 nurses work in the hospital.",
        "Officers executed 12 search warrants.",
        "Officers said 12 warrants were executed.",
        "Police executed 12 warrants against two men.",
        "Soldiers executed 40 drills.",
        "Two men shot 12 films.",
        "He was convicted of having murdered 3 women in 1990.",
        "Cats have 9 lives.",
        "It took 3 years to rebuild their lives.",
    ],
)
def test_a_figure_that_stands_is_not(claim: str) -> None:
    assert look_again({"claim": claim, "figure_low": 1.0}, DAY) is None


def test_a_toll_of_long_ago_has_settled() -> None:
    old = {"claim": "The quake killed 17,127 people.", "figure_low": 17127.0, "date_last": date(1999, 8, 17)}
    assert look_again(old, DAY) is None


def test_without_a_figure_nothing_moves() -> None:
    assert look_again({"claim": "The guards were killed."}, DAY) is None
