"""Proportions: triples of one article, read by the real engine: a share that two counts leave no room for, and traps."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from claims.article import read_article
from claims.claim import find_claims_in
from claims.matching import Assertion, Clash, assertion_of, findings, pairs
from claims.matching.proportions import proportions
from claims.table import claim_row

SUNDAY = date(2024, 3, 3)
SHARE = "Almost all detainees fled the Korda camp."
PART = "785 detainees fled the Korda camp."
WHOLE = "The Korda camp held 950 detainees."

#: Written before the rules were tried on them. The first rules found 7 of these 12 (now 9), told 2 of the first 20 traps,
#: and many more that a second reader then thought of; what is pinned is the state after they were mended.
TOLD = [
    (SHARE, PART, WHOLE),
    ("Few of the detainees fled the Korda camp.", PART, WHOLE),
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
        "Two thirds of the deputies boycotted the Varn assembly.",
        "31 deputies boycotted the Varn assembly.",
        "The Varn assembly has 120 deputies.",
    ),
    ("Four fifths of the detainees fled the Korda camp.", "300 detainees fled the Korda camp.", WHOLE),
    ("Ninety per cent of the detainees fled the Korda camp.", "300 detainees fled the Korda camp.", WHOLE),
    (SHARE, "Fewer than 100 detainees fled the Korda camp.", WHOLE),
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
    (
        "Almost all students at Orlo college voted for the boycott.",
        "512 students at Orlo college voted for the boycott.",
        "Orlo college has 1,900 students.",
    ),
    (
        "Almost all inmates fled the Korda camp.",
        "About 300 prisoners escaped from the Korda camp.",
        "The Korda camp housed 950 people.",
    ),
]

#: Each differs from the first triple that is told in this one sentence.
ONE_THING = {
    "a narrower share": ("Almost all foreign detainees fled the Korda camp.", PART, WHOLE),
    "a narrower share, by a name": ("Almost all Syrian detainees fled the Korda camp.", PART, WHOLE),
    "a share of who is left": ("Almost all remaining detainees fled the Korda camp.", PART, WHOLE),
    "a share of others": ("Almost all guards fled the Korda camp.", PART, WHOLE),
    "a share of what may be": ("Almost all detainees may flee the Korda camp.", PART, WHOLE),
    "a share of each day": ("Almost all detainees fled the Korda camp every night.", PART, WHOLE),
    "a share of a year": ("Almost all detainees fled the Korda camp in 2019.", PART, WHOLE),
    "a denial": ("Almost all detainees did not flee the Korda camp.", PART, WHOLE),
    "a share that may be 785 of 950": ("Most detainees fled the Korda camp.", PART, WHOLE),
    "a narrower part": (SHARE, "785 foreign detainees fled the Korda camp.", WHOLE),
    "a part of people": (SHARE, "785 people fled the Korda camp.", WHOLE),
    "a part more": (SHARE, "Another 85 detainees fled the Korda camp.", WHOLE),
    "the last part": (SHARE, "The last 85 detainees fled the Korda camp.", WHOLE),
    "an open part": (SHARE, "At least 785 detainees fled the Korda camp.", WHOLE),
    "a part of each month": (SHARE, "785 detainees fled the Korda camp every month.", WHOLE),
    "a part of another year": (SHARE, "785 detainees fled the Korda camp in 2014.", WHOLE),
    "a part of one day": (SHARE, "785 detainees fled the Korda camp on Saturday.", WHOLE),
    "a part of another place": (SHARE, "785 detainees fled the Marusa camp.", WHOLE),
    "another act": (SHARE, "785 detainees were recaptured in the Korda camp.", WHOLE),
    "a narrower whole": (SHARE, PART, "The Korda camp held 950 foreign detainees."),
    "a narrower whole, by a name": (SHARE, PART, "The Korda camp held 950 Syrian detainees."),
    "a whole of another place": (SHARE, PART, "The Marusa camp held 950 detainees."),
    "a whole of all places": (SHARE, PART, "The Korda camps held a total of 9,500 detainees."),
    "a whole of others": (SHARE, PART, "The Korda camp held 950 guards."),
    "a whole of all people": (SHARE, PART, "The Korda camp held 950,000 people."),
    "a whole of a town": (SHARE, PART, "Korda has 9,500 detainees in prison."),
    "who was left": (SHARE, "200 detainees fled the Korda camp.", "500 detainees remain in the Korda camp."),
    "who is there now": (SHARE, PART, "The Korda camp now holds 950 detainees."),
    "who is there still": (SHARE, PART, "The Korda camp still holds 950 detainees."),
    "room for a whole": (SHARE, PART, "The Korda camp has room for 950 detainees."),
    "a whole that may be": (SHARE, PART, "The Korda camp can hold 950 detainees."),
    "a whole of another year": (SHARE, PART, "The Korda camp held 950 detainees in 2014."),
    "no whole": (SHARE, PART, "The Korda camp buried 950 detainees."),
    "a whole that fits": (SHARE, PART, "The Korda camp held 800 detainees."),
    "a whole smaller than its part": (SHARE, PART, "The Korda camp held 700 detainees."),
}

#: Where two of three sentences share the words that tell them apart from the third.
TWO_THINGS = [
    (
        "Most of the wounded soldiers left Korda.",
        "120 wounded soldiers left Korda.",
        "Korda has 950 soldiers.",
    ),
    (
        "Most soldiers killed in Korda were volunteers.",
        "12 soldiers killed in Korda were volunteers.",
        "Korda has 950 soldiers.",
    ),
    (
        "Most workers at the Helion plant in Tesna went on strike.",
        "600 workers at the Helion plant in Tesna went on strike.",
        "Helion employs 15,000 workers.",
    ),
    (
        "Most houses in the old town of Tesna were destroyed.",
        "140 houses in the old town of Tesna were destroyed.",
        "Tesna has 2,300 houses.",
    ),
    ("Almost all women fled the Korda camp.", "785 people fled the Korda camp.", "The Korda camp housed 950 people."),
    ("Almost all people fled the Korda camp.", "120 women fled the Korda camp.", "The Korda camp held 950 people."),
    (
        "Helion owns 60 percent of Varn shares.",
        "Helion owns 300 shares.",
        "Varn has 9,000 shares.",
    ),
    (
        "Almost all detainees fled the Korda camp in 2023.",
        "12 detainees fled the Korda camp on 3 May 2023.",
        "The Korda camp held 950 detainees in 2023.",
    ),
    (
        "Almost all detainees fled the Korda camp on Sunday.",
        "200 detainees fled the Korda camp on Saturday.",
        WHOLE,
    ),
    (
        "All detainees fled the Korda camp.",
        "1,999 detainees fled the Korda camp.",
        "The Korda camp held 2,001 detainees.",
    ),
    ("Sales at Helion rose 60 percent.", "Helion sold 300 cars.", "Helion has 900 cars."),
]


def read(*sentences: str, days: tuple[int, ...] = ()) -> list[Assertion]:
    """The claims of sentences: of one article, or of one each that was published so many days after Sunday."""
    if days:
        articles = [
            read_article(sentence, published=SUNDAY + timedelta(days=day))
            for sentence, day in zip(sentences, days, strict=True)
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
    for claim, (clash,) in zip(claims, told, strict=True):
        (third,) = (other for other in claims if other.claim_id not in {claim.claim_id, clash.other_id})
        assert (clash.kind, clash.firm, clash.third_id) == ("share", False, third.claim_id)
        assert third.text in clash.why
        assert claim.claim_id == clash.claim_id != clash.other_id


@pytest.mark.parametrize("triple", NOT_FOUND)
@pytest.mark.xfail(strict=True, reason="the whole says more than how many there were, or the act is more than one word")
def test_these_would_be_told_too(triple: tuple[str, ...]) -> None:
    """What is meant to be found and is not."""
    assert any(told_by(read(*triple)))


@pytest.mark.parametrize("triple", ONE_THING.values(), ids=ONE_THING)
def test_one_thing_that_is_other_is_enough_to_keep_silent(triple: tuple[str, ...]) -> None:
    """Another scope, group, place, act, time or whole, or an open bound."""
    assert not any(told_by(read(*triple)))


@pytest.mark.parametrize("triple", TWO_THINGS)
def test_a_word_that_two_of_them_share_is_no_act(triple: tuple[str, ...]) -> None:
    """Who is wounded, or works in another town, is another group than the whole; what came of it is one word."""
    assert not any(told_by(read(*triple)))


@pytest.mark.parametrize(
    ("days", "each"),
    [
        ((0, 0, 0), 1),
        ((0, 1, 2), 1),
        ((0, 3, 0), 1),
        ((0, 3, -3), 0),
        ((0, 0, 7), 0),
        ((0, 7, 7), 0),
    ],
)
def test_all_three_are_of_the_same_days(days: tuple[int, ...], each: int) -> None:
    """Three articles within three days are put together, whichever of them is asked; of other weeks they are not."""
    assert [len(clashes) for clashes in told_by(read(SHARE, PART, WHOLE, days=days))] == [each] * 3


def test_articles_that_share_no_name_are_of_other_stories() -> None:
    """Each plant has its workers."""
    plant = (
        "Half of the workers at the plant went on strike.",
        "600 workers at the plant went on strike.",
        "The plant employs 1,500 workers.",
    )
    assert all(told_by(read(*plant)))
    assert not any(told_by(read(*plant, days=(0, 1, 2))))


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (2, 0, 3, 1), (1, 3, 0, 2)])
def test_a_second_whole_that_fits_leaves_a_way_out(order: tuple[int, ...]) -> None:
    """Nobody can tell which of two wholes is meant, in whatever order they stand."""
    four = SHARE, PART, WHOLE, "There were 800 detainees in the Korda camp."
    claims = read(*(four[at] for at in order))
    assert not any(told_by(claims))
    rows = [{"claim_id": each.claim_id, "article_id": each.article_id, "claim": each.text} for each in claims]
    assert not [found for found in pairs(rows) if getattr(found, "third_id", "")]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_among_all_pairs_it_comes_once(order: tuple[int, ...]) -> None:
    """The share tells it, in whatever order they stand."""
    three = SHARE, PART, WHOLE
    rows = [{"claim_id": f"{at}", "article_id": "1", "claim": three[at]} for at in order]
    assert [(found.claim_id, found.other_id) for found in pairs(rows)] == [("0", "1")]


@pytest.mark.parametrize("triple", [*ONE_THING.values(), *TWO_THINGS])
def test_a_share_and_a_whole_are_no_firm_clash_by_themselves(triple: tuple[str, ...]) -> None:
    """A share is told beside no count as though it were one."""
    share = read(*triple)[0]
    assert not [found for found in findings(share, read(*triple)[1:]) if getattr(found, "firm", False)]
