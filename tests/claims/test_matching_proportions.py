"""Proportions: triples of one article, read by the real engine: a share that two counts leave no room for, and traps."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from claims.article import read_article
from claims.claim import find_claims_in
from claims.matching import Assertion, Clash, assertion_of, findings
from claims.matching.proportions import proportions
from claims.table import claim_row

SUNDAY = date(2024, 3, 3)

#: Written before the rules were tried on them, all but the first: 7 of 12 were found then, and 2 of the silent ones told.
#: What is pinned is the state after the rules were mended; the two below have never been found.
TOLD = [
    (
        "Most houses in Tesna were destroyed.",
        "140 houses in Tesna were destroyed.",
        "Tesna has 2,300 houses.",
    ),
    (
        "All patients were evacuated from the Kesten clinic.",
        "85 patients were evacuated from the Kesten clinic.",
        "The Kesten clinic had 120 patients.",
    ),
    (
        "Hardly any prisoners escaped from the Varn jail.",
        "Some 400 prisoners escaped from the Varn jail.",
        "The Varn jail held 900 prisoners.",
    ),
    (
        "Ninety percent of the workers at the Helion plant went on strike.",
        "600 workers at the Helion plant went on strike.",
        "The Helion plant employs 1,500 workers.",
    ),
    (
        "Almost all students at Orlo college voted for the boycott.",
        "512 students at Orlo college voted for the boycott.",
        "Orlo college has 1,900 students.",
    ),
    (
        "Half of the refugees left the Marusa camp.",
        "2,100 refugees left the Marusa camp.",
        "The Marusa camp sheltered 12,000 refugees.",
    ),
    (
        "Virtually all soldiers deserted the Tesna garrison.",
        "220 soldiers deserted the Tesna garrison.",
        "The Tesna garrison numbered 480 soldiers.",
    ),
    (
        "Almost all inmates fled the Korda camp.",
        "About 300 prisoners escaped from the Korda camp.",
        "The Korda camp housed 950 people.",
    ),
    (
        "Two thirds of the deputies boycotted the Varn assembly.",
        "31 deputies boycotted the Varn assembly.",
        "The Varn assembly has 120 deputies.",
    ),
    (
        "Few of the detainees fled the Korda camp.",
        "785 detainees fled the Korda camp.",
        "The Korda camp held 950 detainees.",
    ),
]
NOT_FOUND = [
    (
        "Nearly all passengers survived the Orlo ferry crash.",
        "61 passengers survived the Orlo ferry crash.",
        "There were 90 passengers on board the Orlo ferry.",
    ),
    (
        "The vast majority of the hostages in Belin were freed.",
        "24 hostages were freed in Belin.",
        "Rebels held 70 hostages in Belin.",
    ),
]
SILENT = [
    (
        "Almost all foreign detainees fled the Korda camp.",
        "785 detainees fled the Korda camp.",
        "The Korda camp held 950 detainees.",
    ),
    (
        "Almost all detainees fled the Korda camp.",
        "785 detainees fled the Korda camp.",
        "The Korda camp held 950 foreign detainees.",
    ),
    (
        "Almost all detainees fled the Korda camp.",
        "785 women fled the Korda camp.",
        "The Korda camp held 950 women.",
    ),
    (
        "Almost all detainees fled the Korda camp.",
        "785 detainees fled the Marusa camp.",
        "The Marusa camp held 950 detainees.",
    ),
    (
        "Almost all detainees fled the Korda camp.",
        "At least 785 detainees fled the Korda camp.",
        "The Korda camp held 950 detainees.",
    ),
    (
        "Almost all detainees fled the Korda camp.",
        "785 detainees were recaptured in the Korda camp.",
        "The Korda camp held 950 detainees.",
    ),
    (
        "Most pupils passed the Orlo exam.",
        "120 pupils failed the Orlo exam.",
        "Orlo has 900 pupils.",
    ),
    (
        "Most houses in Tesna were destroyed.",
        "140 houses in Tesna were destroyed on the river bank.",
        "Tesna has 2,300 houses.",
    ),
    (
        "Most houses in Tesna were destroyed.",
        "140 houses in Tesna were destroyed.",
        "Tesna built 2,300 houses.",
    ),
    (
        "Most houses in Tesna were not destroyed.",
        "140 houses in Tesna were destroyed.",
        "Tesna has 2,300 houses.",
    ),
    (
        "Most houses in Tesna may be destroyed.",
        "140 houses in Tesna were destroyed.",
        "Tesna has 2,300 houses.",
    ),
    (
        "Half of the refugees left the Marusa camp.",
        "2,100 refugees left the Marusa camp.",
        "The Marusa camp sheltered 4,200 refugees.",
    ),
    (
        "Half of the refugees left the Marusa camp.",
        "2,100 refugees left the Marusa camp every month.",
        "The Marusa camp sheltered 12,000 refugees.",
    ),
    (
        "Most of the voters in Korda chose Ilic.",
        "2,100 voters in Korda chose Hollin.",
        "Korda has 9,000 voters.",
    ),
    (
        "Almost all prisoners escaped from the Varn jail.",
        "400 prisoners escaped from the Varn jail.",
        "The Varn jail has room for 900 prisoners.",
    ),
    (
        "Almost all prisoners escaped from the Varn jail.",
        "400 prisoners escaped from the Varn jail.",
        "The Varn jail can hold 900 prisoners.",
    ),
    (
        "Most passengers survived the Orlo crash.",
        "61 passengers survived the Orlo crash.",
        "The Orlo line carries 9,000 passengers a day.",
    ),
    (
        "Sales at Helion rose 60 percent.",
        "Helion sold 300 cars.",
        "Helion has 900 cars.",
    ),
    (
        "Most members of the Varn council voted for the budget.",
        "31 members of the Varn council voted for the budget.",
        "The Varn party has 900 members.",
    ),
    (
        "Almost all detainees fled the Korda camp.",
        "785 detainees fled the Korda camp in 2014.",
        "The Korda camp held 950 detainees.",
    ),
]


def read(*sentences: str, apart: int = 0) -> list[Assertion]:
    """The claims of sentences, each of an article of its own where they are published days apart; else all of one."""
    if apart:
        articles = [
            read_article(sentence, published=SUNDAY + timedelta(days=apart * number))
            for number, sentence in enumerate(sentences)
        ]
    else:
        articles = [read_article(" ".join(sentences), published=SUNDAY)]
    return [assertion_of(claim_row(claim)) for _, claims in find_claims_in(articles) for claim in claims]


def told_by(claims: list[Assertion]) -> list[list[Clash]]:
    """What each claim is told of the others."""
    return [proportions(each, [other for other in claims if other is not each]) for each in claims]


@pytest.mark.parametrize("triple", TOLD)
def test_a_share_that_two_counts_leave_no_room_for_is_told_to_each_of_the_three(triple: tuple[str, ...]) -> None:
    """Once each, as a share that proves nothing, in one sentence that quotes the third claim."""
    claims = read(*triple)
    told = told_by(claims)
    assert [len(clashes) for clashes in told] == [1, 1, 1]
    assert {(clash.kind, clash.firm) for clashes in told for clash in clashes} == {("share", False)}
    for claim, (clash,) in zip(claims, told, strict=True):
        pair = {claim.claim_id, clash.other_id}
        (third,) = (other for other in claims if other.claim_id not in pair)
        assert third.text in clash.why
        assert claim.claim_id == clash.claim_id != clash.other_id


@pytest.mark.parametrize("triple", SILENT)
def test_where_anything_may_tell_the_groups_apart_nothing_is_told(triple: tuple[str, ...]) -> None:
    """Another scope, place, act, time or whole, an open bound, what may be: each alone is enough."""
    assert told_by(read(*triple)) == [[], [], []]


@pytest.mark.parametrize("triple", NOT_FOUND)
def test_what_is_not_found_is_known(triple: tuple[str, ...]) -> None:
    """A whole that says more than how many there were: who held them, what they were aboard."""
    assert not any(told_by(read(*triple)))


def test_three_articles_of_one_day_are_put_together_and_of_other_weeks_are_not() -> None:
    """A whole of another week may have been another one."""
    camp = TOLD[-1]
    assert any(told_by(read(*camp, apart=1)))
    assert not any(told_by(read(*camp, apart=7)))


def test_a_second_whole_that_fits_leaves_a_way_out() -> None:
    """Nobody can tell which of two wholes is meant."""
    camp = "Almost all detainees fled the Korda camp.", "785 detainees fled the Korda camp."
    assert any(told_by(read(*camp, "The Korda camp held 950 detainees.")))
    both = "The Korda camp held 950 detainees.", "There were 800 detainees in the Korda camp."
    assert not any(told_by(read(*camp, *both)))


def test_the_whole_finding_comes_once_beside_those_of_two_claims() -> None:
    """Two claims that clash already are not told apart a second time."""
    most, part, whole = read(*TOLD[-1])
    assert [each.other_id for each in findings(most, [part, whole])] == [part.claim_id]
