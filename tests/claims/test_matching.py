"""Matching: a hand-made set of pairs read by the real engine, and the guards one by one."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from claims.article import read_article
from claims.claim import find_claims_in
from claims.matching import (
    Assertion,
    Clash,
    Index,
    Match,
    assertion_of,
    contradiction,
    contradictions,
    pairs,
    repeat,
    repeats,
    timeline,
)
from claims.table import claim_row, claims_table, frame_of


def pairs_of(file: str) -> list[dict[str, Any]]:
    """The pairs of one file beside this one."""
    return [json.loads(line) for line in Path(__file__).with_name(file).read_text(encoding="utf-8").splitlines()]


FIRST, MORE, THIRD = "matching_pairs.jsonl", "matching_pairs_more.jsonl", "matching_pairs_third.jsonl"
PAIRS = pairs_of(FIRST)
#: "development" was tuned on; the others were written before the rules that they found wanting, and measured once unseen
#: (precision and recall of repeats, then of clashes): "kept aside" 1.00 .83, 1.00 .80; "late" .67 .75, .93 .93;
#: "last" .62 .71, 1.00 .80. What is pinned here is the state after those rules were mended.
HALVES = ["development", "kept aside", "late", "last"]
SUNDAY = date(2024, 3, 3)


@cache
def judged(file: str = FIRST) -> list[tuple[dict[str, Any], str, str]]:
    """Each pair with what the engine says of it, and why."""
    both_sides = pairs_of(file)
    told = [pair[side] for pair in both_sides for side in "ab"]
    articles = [read_article(sentence, published=day) for day, sentence in told]
    read = [[assertion_of(claim_row(claim)) for claim in claims] for _, claims in find_claims_in(articles)]
    return [(pair, *said(*both)) for pair, *both in zip(both_sides, read[::2], read[1::2], strict=True)]


def said(some: list[Assertion], others: list[Assertion]) -> tuple[str, str]:
    """What is found between the claims of two sentences: a clash before a repeat."""
    both = [(one, other) for one in some for other in others]
    for name, judge in (("clash", contradiction), ("repeat", repeat)):
        for one, other in both:
            if finding := judge(one, other):
                return name, finding.why
    return "neither", ""


def told(name: str, claim: str, day: date | None = SUNDAY, **cells: Any) -> dict[str, Any]:
    """A row of the claims table."""
    return {"claim_id": name, "article_id": name, "claim": claim, "published": day, **cells}


def found_between(one: str, other: str, later: int = 0) -> str:
    """What is found between two claims, the other said so many days later."""
    rows = told("a", one), told("b", other, SUNDAY + timedelta(days=later))
    return said([assertion_of(rows[0])], [assertion_of(rows[1])])[0]


def test_the_set_is_large_enough_and_holds_each_kind() -> None:
    """At least 150 pairs, with every kind in every part, and no pair twice."""
    assert len(PAIRS) >= 150
    assert len({json.dumps([pair["a"], pair["b"]]) for pair in PAIRS}) == len(PAIRS)
    for half in HALVES:
        assert {pair["is"] for pair in PAIRS if pair["half"] == half} == {"repeat", "clash", "neither"}


@pytest.mark.parametrize("kind", ["repeat", "clash"])
@pytest.mark.parametrize("halves", [["development"], ["kept aside"], HALVES], ids=["development", "kept aside", "all"])
def test_what_is_found_is_right_and_most_is_found(halves: list[str], kind: str) -> None:
    """Precision is at least .95 and recall at least .80, end to end from the sentence."""
    counts = Counter((pair["is"] == kind, got == kind) for pair, got, _ in judged() if pair["half"] in halves)
    right = counts[True, True]
    assert right / (right + counts[False, True]) >= 0.95
    assert right / (right + counts[True, False]) >= 0.80


@pytest.mark.parametrize(
    ("half", "kind", "precision", "recall"),
    [
        ("seen", "repeat", 1.0, 1.0),
        ("seen", "clash", 1.0, 0.92),
        ("aside", "repeat", 0.85, 1.0),
        ("aside", "clash", 1.0, 0.91),
    ],
)
def test_levels_rates_and_days_do_not_mislead(half: str, kind: str, precision: float, recall: float) -> None:
    """A second set of 96 pairs, labelled before anything was run on it: levels, rates, units, fractions, once-only events.

    Measured first, before the rules that it found wanting were mended (precision and recall of repeats, then of clashes):
    "seen" .75 .64, .58 .84; "aside" .57 .67, .56 .75. The misses of "aside" were not looked at while they were mended, so
    that what is pinned of it is what other pairs may expect: of seven repeats one is false, of twelve clashes one is missed.
    """
    counts = Counter((pair["is"] == kind, got == kind) for pair, got, _ in judged(MORE) if pair["half"] == half)
    right = counts[True, True]
    assert right / (right + counts[False, True]) >= precision
    assert right / (right + counts[True, False]) >= recall


@pytest.mark.parametrize(
    ("half", "kind", "precision", "recall"),
    [
        ("seen", "repeat", 1.0, 0.95),
        ("seen", "clash", 1.0, 1.0),
        ("aside", "repeat", 0.93, 0.68),
        ("aside", "clash", 1.0, 0.80),
    ],
)
def test_news_of_many_kinds_is_read(half: str, kind: str, precision: float, recall: float) -> None:
    """A third set of 140 pairs in the manner of the papers, labelled before anything was run on it, no label changed since.

    Measured first (right of found, right of all): "seen" repeats 9 of 11, 9 of 23, clashes 8 of 9, 8 of 20; "aside" repeats
    10 of 11, 10 of 22, clashes 11 of 11, 11 of 20. After the rules and words that "seen" found wanting were mended: "seen"
    repeats 22 of 22, 22 of 23, clashes 20 of 20, 20 of 20; "aside", measured once more and its misses not looked at, repeats
    15 of 16, 15 of 22, clashes 16 of 16, 16 of 20. One hand wrote both halves and the words, so that other pairs may expect
    rather less than "aside": a third of the repeats is still missed.
    """
    counts = Counter((pair["is"] == kind, got == kind) for pair, got, _ in judged(THIRD) if pair["half"] == half)
    right = counts[True, True]
    assert right / (right + counts[False, True]) >= precision
    assert right / (right + counts[True, False]) >= recall


def test_the_third_set_is_large_enough() -> None:
    """140 pairs that the other sets do not have, half of them set aside, each kind in both halves."""
    third = pairs_of(THIRD)
    every = (*PAIRS, *pairs_of(MORE), *third)
    assert len({json.dumps([pair["a"], pair["b"]]) for pair in every}) == len(every)
    assert Counter(pair["half"] for pair in third) == {"seen": 70, "aside": 70}
    for half in ("seen", "aside"):
        assert {pair["is"] for pair in third if pair["half"] == half} == {"repeat", "clash", "neither"}


def test_the_second_set_is_large_enough() -> None:
    """At least 60 pairs that the first set does not have, 30 of them set aside, each kind in both parts."""
    more = pairs_of(MORE)
    assert len({json.dumps([pair["a"], pair["b"]]) for pair in (*PAIRS, *more)}) == len(PAIRS) + len(more)
    assert len(more) >= 60
    assert sum(pair["half"] == "aside" for pair in more) >= 30
    for half in ("seen", "aside"):
        assert {pair["is"] for pair in more if pair["half"] == half} == {"repeat", "clash", "neither"}


def test_every_finding_says_why_in_one_sentence() -> None:
    """The reason is one sentence that ends in a full stop."""
    reasons = [why for _, got, why in judged() if got != "neither"]
    assert reasons
    assert all(why.endswith(".") and "\n" not in why and "both speak of :" not in why for why in reasons)


def test_a_finding_is_the_same_from_either_side() -> None:
    """Which of two claims is asked about makes no difference."""
    for pair in PAIRS[:60]:
        one, other = (assertion_of(told(side, pair[side][1], date.fromisoformat(pair[side][0]))) for side in "ab")
        assert bool(contradiction(one, other)) == bool(contradiction(other, one)), pair
        assert bool(repeat(one, other)) == bool(repeat(other, one)), pair


@pytest.mark.parametrize(
    ("one", "other", "later", "found"),
    [
        ("785 inmates fled the Korda camp.", "About 100 inmates fled the Korda camp.", 0, "clash"),
        ("785 inmates fled the Korda camp.", "Nearly 800 inmates fled the Korda camp.", 0, "repeat"),
        ("At least 500 inmates fled the Korda camp.", "785 inmates fled the Korda camp.", 0, "neither"),
        ("785 foreign inmates fled the Korda camp.", "950 inmates fled the Korda camp.", 0, "neither"),
        ("100 inmates fled the Korda camp.", "785 inmates fled the Korda camp.", 2, "neither"),
        ("785 inmates fled the Korda camp.", "100 inmates fled the Korda camp.", 2, "clash"),
        ("The Korda dam cost 4 million euros.", "The Korda dam cost 7 million dollars.", 0, "neither"),
        ("The Korda dam may have cost 4 million euros.", "The Korda dam cost 7 million euros.", 0, "neither"),
        ("Jana Ilic shot Tom Vey.", "Tom Vey shot Jana Ilic.", 0, "neither"),
        (
            "Korda Online has learnt that the woman fled.",
            "Korda Online has learnt that guards saw the woman.",
            0,
            "neither",
        ),
        ("Police arrested 12 men.", "Police arrested five men.", 0, "neither"),
        ("The Korda hospital treats 120 patients.", "The Korda hospital treats 80 patients.", 13, "neither"),
        ("The Korda hospital treats 120 patients.", "The Korda hospital treats 80 patients.", 0, "clash"),
        ("Ilic leads the Korda poll with 45 percent.", "Ilic leads the Korda poll with 38 percent.", 7, "neither"),
        ("The Korda index closed at 5,012 points.", "The Korda index closed at 4,700 points.", 1, "neither"),
        ("Unemployment in Korda stood at 5 percent.", "Unemployment in Korda stood at 6.2 percent.", 6, "neither"),
        ("The Korda bridge is 410 metres long.", "The Korda bridge is 560 metres long.", 13, "clash"),
        ("The Korda fire killed 31 people.", "The Korda fire killed 12 people.", 13, "clash"),
        ("The Korda plant makes 300 cars a week.", "The Korda plant makes 15,600 cars a year.", 0, "neither"),
        ("The Korda plant makes 300 cars a week.", "The Korda plant makes 500 cars per week.", 0, "clash"),
        ("Korda exported 5 tons of wheat a day.", "Korda exported 150 tons of wheat.", 0, "neither"),
        ("The Korda camp covers 5 acres.", "The Korda camp covers 2 hectares.", 0, "repeat"),
        ("The Korda camp covers 5 acres.", "The Korda camp covers 6 acres.", 0, "clash"),
        ("Two thirds of inmates fled the Korda camp.", "66% of inmates fled the Korda camp.", 0, "repeat"),
        ("Two thirds of inmates fled the Korda camp.", "Three quarters of inmates fled the Korda camp.", 0, "clash"),
        ("The ministry said the camp at Korda holds 90 men.", "The camp at Korda holds 40 men.", 9, "neither"),
        ("Korda exported 500 tonnes of wheat.", "Korda exported 500 tonnes of barley.", 0, "neither"),
        ("12 new inmates fled the Korda camp.", "30 inmates fled the Korda camp.", 0, "neither"),
        ("Gunmen shot 12 people in Korda.", "Gunmen killed five people in Korda.", 0, "neither"),
        ("Flight 218 of Korda Air landed safely.", "Flight 305 of Korda Air landed safely.", 0, "neither"),
        ("Korda bought 40 tanks from Marusa.", "Marusa bought 40 tanks from Korda.", 0, "neither"),
        ("Police shot a man in Korda.", "A man shot a policeman in Korda.", 0, "neither"),
        ("45% of Korda voters support Ilic.", "45% of Korda voters oppose Ilic.", 0, "neither"),
        ("Jana Ilic finished second in Korda.", "Jana Ilic came fifth in Korda.", 0, "clash"),
        ("Jana Ilic is 34 years old.", "Jana Ilic is 51 years old.", 0, "clash"),
        ("All the inmates survived the Korda fire.", "Eleven inmates died in the Korda fire.", 0, "clash"),
        ("The Korda hotel had no fire alarm.", "The Korda hotel had a fire alarm.", 0, "clash"),
        ("Nobody was hurt in the Korda fire.", "The Korda fire hurt 14 people.", 0, "clash"),
        ("The Korda court upheld the ban.", "The Korda court quashed the ban.", 0, "clash"),
        ("The actor Tom Vey died in Korda.", "Tom Vey has died in Korda.", 0, "repeat"),
        ("Tom Vey was jailed for six years.", "Vey was sentenced to six years in prison.", 0, "repeat"),
        ("The Korda plan was approved by the court.", "The court in Korda approved the plan.", 0, "repeat"),
        ("Almost all of the 950 inmates fled the Korda camp.", "900 inmates fled the Korda camp.", 0, "neither"),
        ("Almost all of the 950 inmates fled the Korda camp.", "500 inmates fled the Korda camp.", 0, "clash"),
        ("Half of the 950 inmates fled the Korda camp.", "475 inmates fled the Korda camp.", 0, "neither"),
        ("40 percent of the 1,000 Korda workers struck.", "400 Korda workers struck.", 0, "neither"),
        ("One in three of the 950 inmates fled the Korda camp.", "317 inmates fled the Korda camp.", 0, "neither"),
        ("All but 50 of the inmates fled the Korda camp.", "785 inmates fled the Korda camp.", 0, "neither"),
        ("All but 50 of the inmates fled the Korda camp.", "50 inmates fled the Korda camp.", 0, "neither"),
        ("The remaining 165 inmates fled the Korda camp.", "165 inmates fled the Korda camp.", 0, "neither"),
        ("The remaining 165 inmates fled the Korda camp.", "785 inmates fled the Korda camp.", 0, "neither"),
        ("Another 12 inmates fled the Korda camp.", "785 inmates fled the Korda camp.", 0, "neither"),
        ("Another 12 inmates fled the Korda camp.", "Another 50 inmates fled the Korda camp.", 0, "clash"),
        ("12 more people died in the Korda fire.", "90 people died in the Korda fire.", 0, "neither"),
        ("Of them, 100 inmates fled the Korda camp.", "785 inmates fled the Korda camp.", 0, "neither"),
        ("A second group of 30 inmates fled the Korda camp.", "785 inmates fled the Korda camp.", 0, "neither"),
        ("140 houses in Tesna were destroyed.", "Tesna has 2,300 houses.", 0, "neither"),
        ("140 houses in Tesna were destroyed.", "Tesna has 140 houses.", 0, "neither"),
        ("The Orlo mill was destroyed.", "The Orlo mill was flooded.", 0, "neither"),
        ("A bus crash in Korda killed 15 people.", "A bus crash in Korda killed three people.", 10, "neither"),
        ("A bus crash in Korda killed 15 people.", "A bus crash in Korda killed three people.", 0, "clash"),
    ],
)
def test_each_guard_holds(one: str, other: str, later: int, found: str) -> None:
    """Rounding, bounds, scope, day, unit, mode, who did it to whom, one teller of two things, no name at all, and then:

    levels hold for their day, rates are units, converted numbers are rounded ones, a word in another's place is another;
    what may report one thing proves no clash, numbers belong to names, places and ages are figures, none is less than some;
    whose share it is did not all do it, some are counted beside others, "a crash" is one of many; what is destroyed says much.
    """
    assert found_between(one, other, later) == found


@pytest.mark.parametrize(
    ("claim", "clashes"),
    [
        ("Shelling killed 5 people in Korda.", 0),
        ("A bus crashed in Korda.", 0),
        ("The Korda court sentenced two men.", 0),
        ("The escape from Korda happened.", 1),
        ("Minister Jana Ilic resigned.", 1),
        ("The singer Tom Vey died.", 1),
    ],
)
def test_two_days_clash_only_where_it_happens_once(claim: str, clashes: int) -> None:
    """What can happen each day may be true of both; what is known by name or happens once in a life may not."""
    days = [{"date_first": day, "date_last": day} for day in (SUNDAY, SUNDAY - timedelta(days=1))]
    first, second = (told(name, claim, **cells) for name, cells in zip("ab", days, strict=True))
    assert len(contradictions(first, Index([second]))) == clashes


def test_people_missing_are_no_repeat_of_fewer() -> None:
    """ "There are 300 people missing" stays one claim, so that no half of it repeats another's half."""
    texts = [f"There are {number} people missing after the Tesna quake." for number in (300, 90)]
    for days, wanted in ((0, "clash"), (2, "neither")):
        articles = [
            read_article(text, published=SUNDAY + timedelta(later))
            for text, later in zip(texts, (0, days), strict=True)
        ]
        read = [[assertion_of(claim_row(claim)) for claim in claims] for _, claims in find_claims_in(articles)]
        assert [len(found) for found in read] == [1, 1]
        assert said(*read)[0] == wanted


def test_claims_of_unknown_days_are_left_in_peace() -> None:
    """Where nobody knows when either was said, two numbers may both be true; inside one article they may not."""
    one, other = told("a", "785 inmates fled Korda.", None), told("b", "100 inmates fled Korda.", None)
    assert contradiction(assertion_of(one), assertion_of(other)) is None
    assert contradiction(*(assertion_of(row | {"article_id": "same"}) for row in (one, other)))


def test_a_vague_word_is_shown_and_proves_nothing() -> None:
    """A share against its band is a clash that is not firm, with both shares in its sentence."""
    index = Index([told("a", "785 of the 950 inmates fled the Korda camp.")])
    (clash,) = contradictions(told("b", "Almost all inmates fled the Korda camp."), index)
    assert (clash.kind, clash.firm) == ("share", False)
    assert "83%" in clash.why
    assert "90% to 99%" in clash.why


def test_a_table_and_its_rows_are_read_alike() -> None:
    """A claims table from the engine, its rows and a bare table give the same pairs."""
    articles = [
        read_article("Some 785 inmates fled the Korda camp.", published="2024-03-03"),
        read_article("About 100 inmates fled the Korda camp.", published="2024-03-03"),
    ]
    claims = [claim for _, found in find_claims_in(articles) for claim in found]
    (of_table,) = pairs(claims_table(claims))
    (of_rows,) = pairs(claim_row(claim) for claim in claims)
    assert isinstance(of_table, Clash)
    assert of_table == of_rows
    assert list(pairs(frame_of([]))) == []


def test_pairs_finds_what_asking_for_each_claim_finds() -> None:
    """Each pair once, and none that asking for single claims does not know."""
    rows = [told(str(number), f"{number} inmates fled the Korda camp.") for number in (12, 31, 785, 790)]
    index = Index(rows)
    asked = {
        frozenset((finding.claim_id, finding.other_id))
        for row in rows
        for finding in (*repeats(row, index), *contradictions(row, index))
    }
    listed = [frozenset((finding.claim_id, finding.other_id)) for finding in pairs(index)]
    assert len(listed) == len(set(listed))
    assert set(listed) == asked


def test_a_claim_is_never_its_own_repeat() -> None:
    """What is asked about may stand in the index itself."""
    row = told("a", "785 inmates fled the Korda camp.")
    assert repeats(row, Index([row])) == []


def test_a_match_names_the_parts_that_agree() -> None:
    """Words, figure and days are named, and the score is a share."""
    days = {"date_first": SUNDAY, "date_last": SUNDAY}
    (match,) = repeats(
        told("a", "785 inmates fled the Korda camp.", **days),
        Index([told("b", "Nearly 800 inmates escaped from the Korda camp.", **days)]),
    )
    assert isinstance(match, Match)
    assert 0 < match.score <= 1
    assert [part.partition(":")[0] for part in match.parts] == ["words", "figure", "days"]


@pytest.mark.parametrize(
    ("one", "other", "found", "without_day"),
    [
        ("Petra Hollin met union leaders in Geneva", "Petra Hollin met union leaders in Vienna", "clash", "neither"),
        ("Flight KA218 crashed near Korda", "Flight KA218 crashed near Marusa", "clash", "clash"),
        ("A bus crashed near Korda", "A bus crashed near Marusa", "neither", "neither"),
    ],
)
def test_who_is_named_is_in_one_place_on_one_day(one: str, other: str, found: str, without_day: str) -> None:
    """On the same day; what has no name may have happened twice, and on another day it is another meeting.

    One flight crashes once, whether both name the day or not.
    """
    days = {"date_first": SUNDAY, "date_last": SUNDAY}
    rows = told("a", one, **days), told("b", other, **days), told("c", other)
    a, b, undated = map(assertion_of, rows)
    assert said([a], [b])[0] == found
    assert said([a], [undated])[0] == without_day


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("The army has 300 tanks in Korda.", "The army lost 300 tanks in Korda.", "neither"),
        ("There are 300 soldiers in Korda.", "300 soldiers died in Korda.", "neither"),
        ("785 detainees fled the Korda camp.", "About 100 fled the Korda camp.", "clash"),
    ],
)
def test_what_is_so_is_not_what_happened(one: str, other: str, found: str) -> None:
    """What somebody has is not what they lost; and a number without its noun counts the persons that the other names."""
    assert found_between(one, other) == found


def test_a_timeline_is_of_one_figure_by_date() -> None:
    """The same figure of several articles in order; another figure and another story stay out."""
    rows = [
        told("c", "The quake in Tesna killed 1,300 people.", SUNDAY + timedelta(days=3)),
        told("a", "The quake in Tesna killed 210 people."),
        told("d", "The quake in Tesna injured 4,000 people."),
        told("e", "The quake in Korda killed 12 people."),
        told("f", "The quake in Tesna killed 90 people.", SUNDAY - timedelta(days=900)),
    ]
    share = told("g", "The quake in Tesna killed 210 of the 950 people in its school.")
    assert {point.unit for point in timeline(share, [*rows, share])} == {"peopl"}
    points = timeline(rows[1], rows)
    assert [(point.claim_id, point.low, point.high) for point in points] == [("a", 210, 210), ("c", 1300, 1300)]
