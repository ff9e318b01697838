"""One event or two: acts that are done again, tolls, and places where a thing happens once; a fourth set of pairs, and each guard."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest

from claims.article import read_article
from claims.claim import find_claims_in
from claims.matching import Assertion, Clash, Index, assertion_of, contradiction, contradictions, repeat, timeline
from claims.table import claim_row
from tests.claims.test_matching import FIRST, MORE, THIRD, pairs_of, told

FOURTH = "matching_pairs_fourth.jsonl"
SATURDAY = date(2024, 6, 1)


def judged_between(some: list[Assertion], others: list[Assertion]) -> str:
    """What is found between the claims of two sentences; a clash that is not firm is one "perhaps"."""
    both = [(one, other) for one in some for other in others]
    clashes = [clash for one, other in both if (clash := contradiction(one, other))]
    if clashes:
        return "clash" if any(clash.firm for clash in clashes) else "perhaps"
    return "repeat" if any(repeat(one, other) for one, other in both) else "neither"


@cache
def fourth() -> list[tuple[dict[str, Any], str]]:
    """Each pair of the fourth set with what the engine says of it."""
    both_sides = pairs_of(FOURTH)
    articles = [read_article(pair[side][1], published=pair[side][0]) for pair in both_sides for side in "ab"]
    read = [[assertion_of(claim_row(claim)) for claim in claims] for _, claims in find_claims_in(articles)]
    return [(pair, judged_between(*both)) for pair, *both in zip(both_sides, read[::2], read[1::2], strict=True)]


def found_between(one: str, other: str, later: int = 0, *, in_one_article: bool = False) -> str:
    """What is found between two claims, the other said so many days later."""
    cells = {"article_id": "same"} if in_one_article else {}
    rows = told("a", one, SATURDAY, **cells), told("b", other, SATURDAY + timedelta(days=later), **cells)
    return judged_between([assertion_of(rows[0])], [assertion_of(rows[1])])


@pytest.mark.parametrize(
    ("half", "kind", "right", "found", "of_all"),
    [
        ("seen", "repeat", 4, 5, 4),
        ("seen", "clash", 7, 7, 11),
        ("seen", "perhaps", 2, 6, 2),
        ("aside", "repeat", 2, 2, 3),
        ("aside", "clash", 7, 7, 10),
        ("aside", "perhaps", 3, 7, 3),
    ],
)
def test_one_event_is_told_from_two(half: str, kind: str, right: int, found: int, of_all: int) -> None:
    """A fourth set of 64 pairs, half of them traps, labelled before anything was run on it.

    Measured first (right of found, right of all): "seen" repeats 3 of 5, 3 of 4, firm clashes 4 of 9, 4 of 11, uncertain ones 0 of 2;
    "aside" repeats 2 of 2, 2 of 3, firm clashes 5 of 13, 5 of 10, uncertain ones 0 of 3. One label was corrected after that and before
    any mend: who adds in which country a town lies says the same and more. What is pinned is the state after the mends; the misses of "aside" were not looked at. After them all clashes
    were found, "seen" 11 of 11 and "aside" 10 of 10; since then two places are never a firm clash, and theirs are uncertain ones here.
    """
    counts = Counter((pair["is"] == kind, got == kind) for pair, got in fourth() if pair["half"] == half)
    assert counts[True, True] >= right
    assert counts[False, True] <= found - right
    assert counts[True, True] + counts[True, False] == of_all


@pytest.mark.xfail(strict=True, reason="known misses, counted above; of those set aside nobody has looked which")
@pytest.mark.parametrize("half", ["seen", "aside"])
def test_every_pair_is_read_right(half: str) -> None:
    """Of "seen", what was signed in two places still repeats that it was signed in one of them."""
    assert all(pair["is"] == got for pair, got in fourth() if pair["half"] == half)


def test_the_fourth_set_is_large_enough() -> None:
    """64 pairs that the other sets do not have, half of them set aside and half of them traps."""
    pairs = pairs_of(FOURTH)
    every = [pair for file in (FIRST, MORE, THIRD, FOURTH) for pair in pairs_of(file)]
    assert len({json.dumps([pair["a"], pair["b"]]) for pair in every}) == len(every)
    assert Counter(pair["half"] for pair in pairs) == {"seen": 32, "aside": 32}
    assert sum(pair["is"] == "neither" for pair in pairs) >= 30


@pytest.mark.parametrize(
    ("one", "other", "later", "found"),
    [
        ("Police arrested 12 people in Tesna.", "Police arrested 5 people in Tesna.", 6, "neither"),
        ("Police arrested 12 people in Tesna.", "Police arrested 5 people in Tesna.", 1, "perhaps"),
        ("Police arrested 12 people in Tesna.", "Police arrested 5 people in Tesna.", 0, "clash"),
        ("The raid on Tesna killed 12 people.", "The raid on Tesna killed 5 people.", 6, "clash"),
        ("Raids on Tesna killed 12 people.", "Raids on Tesna killed 5 people.", 6, "neither"),
        ("A raid on Tesna killed 12 people.", "A raid on Tesna killed 5 people.", 6, "neither"),
        ("The quake in Tesna killed 300 people.", "The quake in Tesna killed 90 people.", 6, "clash"),
        ("Floods in Tesna killed 300 people.", "Floods in Tesna killed 90 people.", 6, "clash"),
        ("A flood in Tesna killed 300 people.", "A flood in Tesna killed 90 people.", 6, "neither"),
        ("The 9 October offensive killed 300 men.", "The 9 October offensive killed 90 men.", 6, "neither"),
        ("The 9 October offensive in Tesna killed 300 men.", "The 9 October offensive in Tesna killed 90 men.", 6, "clash"),
        ("785 inmates escaped from the Ain Issa camp.", "100 inmates escaped from the Ain Issa camp.", 6, "perhaps"),
        ("The total toll of the Tesna quake is 300.", "The total toll of the Tesna quake is 90.", 6, "clash"),
        ("Police in Tesna arrested 90 people in total.", "Police in Tesna arrested 5 people in total.", 6, "clash"),
        ("Police in Tesna arrested 90 people in total.", "Police in Tesna arrested 5 people.", 6, "neither"),
        ("A total of 785 inmates fled the Korda camp.", "About 100 inmates fled the Korda camp.", 1, "perhaps"),
        ("12 migrants drowned off Tesna.", "40 migrants drowned off Tesna.", 6, "neither"),
        ("12 migrants drowned off Tesna.", "40 migrants drowned off Tesna.", 0, "clash"),
        ("Bus crash in Tesna kills 24 people.", "Bus crash in Tesna kills 11 people.", 6, "neither"),
        ("Floods in India killed 300 people.", "Floods in India killed 90 people.", 6, "neither"),
        ("The floods in India killed 300 people.", "The floods in India killed 90 people.", 6, "clash"),
        ("The Tesna bridge is 410 metres long.", "The Tesna bridge is 560 metres long.", 6, "clash"),
        ("The mayor of Tesna is 34 years old.", "The mayor of Tesna is 51 years old.", 1, "neither"),
        ("Police in Tesna seized 90 kg of cocaine.", "Police in Tesna seized 20 kg of cocaine.", 6, "neither"),
        ("The raid in Tesna led to 18 arrests.", "The raid in Tesna led to six arrests.", 6, "clash"),
        ("Seventy lawmakers passed the Tesna bill.", "Forty-one lawmakers passed the Tesna bill.", 0, "clash"),
    ],
)  # fmt: skip
def test_what_is_done_again_and_again_may_be_two(one: str, other: str, later: int, found: str) -> None:
    """Days apart two acts stand side by side, a day apart they perhaps clash; what "the", its kind or a running total makes one does."""
    assert found_between(one, other, later) == found


def test_one_day_that_both_name_makes_an_act_one() -> None:
    """Whenever the two were published."""
    days = {"date_first": SATURDAY, "date_last": SATURDAY}
    rows = [
        told(str(number), f"Police arrested {number} people in Tesna.", SATURDAY + timedelta(days=20 - number), **days)
        for number in (12, 5)
    ]
    assert [clash.firm for clash in contradictions(rows[0], Index(rows))] == [True]


def test_where_one_names_the_day_the_other_may_tell_of_a_later_one() -> None:
    """Both were published on one day, the one of an arrest a week before."""
    first = told("a", "Police arrested 12 people in Tesna.", date_first=date(2024, 2, 25), date_last=date(2024, 2, 25))
    assert contradictions(first, Index([told("b", "Police arrested 5 people in Tesna.")])) == []


def test_a_finding_that_is_uncertain_says_so() -> None:
    """Its sentence names the condition under which the two cannot both hold."""
    rows = [
        told(str(number), f"Police arrested {number} people in Tesna.", SATURDAY + timedelta(days=number % 2))
        for number in (12, 5)
    ]
    [clash] = contradictions(rows[0], Index(rows))
    assert isinstance(clash, Clash)
    assert clash.why.startswith("12 and 5 cannot both hold if they tell of one event: ")


TOLLS = [
    "The death toll in the Tesna quake has risen to 1,300.",
    "The death toll of the Tesna quake stands at 1,300.",
    "The toll from the earthquake in Tesna rose by 90 to 1,300.",
    "The number of dead in the Tesna quake reached 1,300.",
    "The number of people killed in the Tesna quake climbed to 1,300.",
    "Fatalities in the Tesna quake stand at 1,300.",
    "Deaths from the Tesna quake have jumped to 1,300.",
    "The Tesna earthquake's death toll was revised up to 1,300.",
    "1,300 people were confirmed dead in the Tesna quake.",
    "The Tesna quake claimed 1,300 lives.",
]
NO_TOLLS = [
    "The death toll in the Tesna quake fell by 12.",
    "Deaths per 100,000 people in Tesna fell to 12.",
    "The population of the Tesna atoll rose to 1,300.",
    "The toll on the Tesna motorway rose to 12 euros.",
    "The number of schools in Tesna rose to 1,300.",
    "The number of injured in the Tesna quake rose to 9,000.",
    "The quake took its toll on Tesna, where rents rose to 1,300.",
]


@pytest.mark.parametrize("claim", TOLLS)
def test_a_toll_is_the_number_of_those_killed(claim: str) -> None:
    """It repeats how many were killed, clashes with another number of one day, and stands in one timeline with a later one."""
    killed = "The earthquake in Tesna killed {} people."
    assert found_between(claim, killed.format("1,300")) == "repeat"
    assert found_between(claim, killed.format(210)) == "clash"
    first = told("a", killed.format(210))
    points = timeline(first, [first, told("b", claim, date(2024, 3, 6))])
    assert [point.low for point in points] == [210, 1300]


@pytest.mark.parametrize("claim", NO_TOLLS)
def test_not_every_number_that_rises_is_a_toll(claim: str) -> None:
    """What a motorway charges, other numbers and the injured are no dead."""
    killed = told("a", "The earthquake in Tesna killed 210 people.")
    assert found_between(claim, killed["claim"]) == "neither"
    assert len(timeline(killed, [killed, told("b", claim, date(2024, 3, 6))])) == 1


def test_a_toll_that_topped_a_number_is_open() -> None:
    """And "casualties", who may be injured, are drawn with the dead and prove nothing against them."""
    rows = [
        told("a", "The earthquake in Tesna killed 210 people."),
        told("b", "The death toll in the Tesna quake topped 1,300.", date(2024, 3, 6)),
        told("c", "Casualties in the Tesna quake stand at 1,900.", date(2024, 3, 8)),
    ]
    assert [(point.low, point.high) for point in timeline(rows[0], rows)] == [(210, 210), (1300, None), (1900, 1900)]
    assert found_between("Casualties in the Tesna quake stand at 1,900.", rows[0]["claim"]) == "neither"


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("The treaty was signed in Korda.", "The treaty was signed in Marusa.", "perhaps"),
        ("The water treaty was signed in Korda.", "The water treaty was signed in Marusa.", "perhaps"),
        ("The water treaty was signed in Korda and in Marusa.", "The water treaty was signed in Marusa.", "repeat"),
        ("The water treaty was signed in Korda, Marusa.", "The water treaty was signed in Marusa.", "repeat"),
        ("A water treaty was signed in Korda.", "A water treaty was signed in Marusa.", "neither"),
        ("Tom Vey died in Tesna.", "Tom Vey died in Marusa.", "perhaps"),
        ("Tom Vey was killed in Tesna.", "Tom Vey was killed in Marusa.", "perhaps"),
        ("Tom Vey killed civilians in Tesna.", "Tom Vey killed civilians in Marusa.", "neither"),
        ("Civilians were killed by Vey troops in Tesna.", "Civilians were killed by Vey troops in Korda.", "neither"),
        ("Tom Vey died in Lyon.", "Tom Vey died in France.", "neither"),
        ("She died in Tesna.", "She died in Marusa.", "neither"),
        ("The man died in Tesna.", "The man died in Marusa.", "neither"),
        ("Two climbers died in Tesna.", "Two climbers died in Marusa.", "neither"),
        ("The ferry sank off Tesna.", "The ferry sank off Marusa.", "perhaps"),
        ("The ferry Orla sank off Tesna.", "The ferry Orla sank off Marusa.", "perhaps"),
        ("A ferry sank off Tesna.", "Another ferry sank off Marusa.", "neither"),
        ("The ferry from Tesna sank off Korda.", "The ferry from Marusa sank off Korda.", "neither"),
        ("The ferry Orla sailed from Tesna.", "The ferry Orla sailed from Marusa.", "neither"),
        ("Flight 218 crashed near Tesna.", "Flight 218 crashed near Marusa.", "perhaps"),
        ("Flight 218 crashed near Tesna.", "Flight 305 crashed near Marusa.", "neither"),
        ("The Orla jet crashed near Tesna.", "The Orla jet crashed in Marusa.", "neither"),
        ("The funeral of Tom Vey was held in Tesna.", "The funeral of Tom Vey took place in Marusa.", "perhaps"),
        ("Tom Vey was held in Tesna.", "Tom Vey was held in Marusa.", "neither"),
        ("The Korda council meeting was held in Tesna.", "The Korda council meeting was held in Marusa.", "perhaps"),
        ("The Korda bank opened in Tesna.", "The Korda bank opened in Marusa.", "neither"),
        ("Ilva Torm signed agreements in Tesna.", "Ilva Torm signed agreements in Marusa.", "neither"),
        ("Concerts took place in Tesna.", "Concerts took place in Marusa.", "neither"),
        ("Tom Vey spoke in Tesna.", "Tom Vey spoke in Marusa.", "neither"),
    ],
)
def test_what_happens_once_happens_in_one_place(one: str, other: str, found: str) -> None:
    """To one that is known; not where a place lies in the other or near it, where one moves, or one of many is meant."""
    assert found_between(one, other, 1) == found


@pytest.mark.parametrize(
    ("one", "found"), [("She died in {}.", "perhaps"), ("The treaty was signed in {}.", "perhaps")]
)
def test_one_article_means_one_thing(one: str, found: str) -> None:
    """The treaty of one article is one treaty; "she" may be two women."""
    assert found_between(one.format("Tesna"), one.format("Marusa"), in_one_article=True) == found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("On day 16 of the strike 116 guards stayed at home.", "On day 60 of the strike 160 guards stayed at home."),
        ("On the third day 116 guards stayed at home.", "On the 9th day 160 guards stayed at home."),
        ("In week 3 the clinic treated 116 patients.", "In week 9 the clinic treated 260 patients."),
        ("In the first round the party won 116 seats.", "In the second round the party won 260 seats."),
        ("Convoy No 4 carried 116 refugees to Korda.", "Convoy No. 9 carried 260 refugees to Korda."),
    ],
)
def test_the_third_of_several_is_not_the_ninth(one: str, other: str) -> None:
    """What is told of one day, round or convoy of several contradicts nothing that is told of another; of the same, it does."""
    assert [found_between(one, other, in_one_article=same) for same in (False, True)] == ["neither", "neither"]
    there = re.sub("day 60|9th day|week 9|second round|No. 9", lambda named: _OF[named[0]], other)
    assert found_between(one, there, in_one_article=True) in {"clash", "perhaps"}


_OF = {"day 60": "day 16", "9th day": "3rd day", "week 9": "week 3", "second round": "first round", "No. 9": "No 4"}
