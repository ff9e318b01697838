"""The agenda: what each rule puts on it and what it does not, how a desk changes the rules, and what a store is asked."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.errors import ClaimsError
from claims.review.agenda import CHECKS, UNDECIDED, Item, agenda, filters, total_minutes
from claims.review.opposed import opposed_figures
from claims.review.rules import Rule, as_dict, load_rules, shipped_rules
from claims.status import STATUSES
from claims.store import Mark, Query, Store
from claims.verdict import CONFIDENCES
from tests.claims.conftest import agree, bring, make_article, make_claim

TODAY = date(2024, 3, 4)
HOSTILE = "</b><script>alert(1)</script> | `x` $x$ {claim}\n\u202eאבג 🙂"


def row(name: str = "c1", **given: Any) -> dict[str, Any]:
    """A claim that was read twice alike, with two sources: nothing that a meeting need look at."""
    return {
        "claim_id": name,
        "claim": "Two vans waited.",
        "status": "agreed",
        "priority": "high",
        "checker": "Korda",
        "verdict": "Refuted",
        "confidence": "high",
        "second_reader": "Ilic",
        "second_verdict": "Refuted",
        "n_independent": 2,
        "figure_low": None,
        "figure_high": None,
        "figure_unit": None,
        "date_first": None,
        "date_last": None,
        "contradicts": None,
        "review_by": None,
        **given,
    }


def figured(name: str, claim: str, low: float | None, high: float | None, unit: str, **given: Any) -> dict[str, Any]:
    """The same with a figure."""
    return row(name, claim=claim, figure_low=low, figure_high=high, figure_unit=unit, **given)


def only(name: str, **changed: Any) -> list[Rule]:
    """One rule alone, changed so."""
    return [rule for rule in load_rules({name: changed}) if rule.name == name]


def put_on(rows: list[dict[str, Any]], name: str, *, read_twice: bool = True, **changed: Any) -> list[str]:
    """The claims that one rule puts on the agenda."""
    return [item.claim_id for item in agenda(rows, only(name, **changed), TODAY, read_twice=read_twice)]


def test_a_claim_without_a_reason_stays_off() -> None:
    """What two people read alike, on two sources, not overdue, wants no meeting."""
    assert agenda([row()], shipped_rules(), TODAY) == []


def test_every_rule_has_its_question() -> None:
    """Each rule that ships is asked, and nothing is asked that no rule names."""
    assert [rule.name for rule in shipped_rules()] == list(CHECKS)


@pytest.mark.parametrize(
    ("name", "given", "sentence"),
    [
        ("disputed", {"status": "disputed", "second_verdict": "Supported"}, "Korda reads it as Refuted, Ilic as Supported."),
        ("contradicts", {"contradicts": "0f3a"}, "It cannot hold beside ‘claim 0f3a’."),
        ("single_source", {"n_independent": 1}, "It is marked and rests on one independent source."),
        ("single_source", {"n_independent": 0}, "It is marked and rests on no source."),
        ("single_source", {"n_independent": None}, "It is marked and rests on no source."),
        ("low_confidence", {"confidence": "low"}, "It has high priority, and the confidence in its verdict is low."),
        ("low_confidence", {"confidence": "49%"}, "It has high priority, and the confidence in its verdict is 49%."),
        ("overdue", {"review_by": date(2024, 3, 3)}, "It was to be looked at again by 3 March 2024, 1 day ago."),
        ("overdue", {"review_by": date(2021, 3, 4)}, "It was to be looked at again by 4 March 2021, 1,096 days ago."),
    ],
)  # fmt: skip
def test_a_reason_is_a_sentence(name: str, given: dict[str, Any], sentence: str) -> None:
    """Each rule says in a sentence why the claim is on the agenda, and brings its own minutes and weight."""
    rule = next(rule for rule in shipped_rules() if rule.name == name)
    assert agenda([row(**given)], shipped_rules(), TODAY) == [
        Item("c1", (name,), (sentence,), rule.minutes, rule.weight)
    ]


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("disputed", {"second_verdict": "Supported"}),
        ("single_source", {"n_independent": 2}),
        ("low_confidence", {"confidence": "low", "priority": "normal"}),
        ("low_confidence", {"confidence": "moderate"}),
        ("low_confidence", {"confidence": "50%"}),
        ("low_confidence", {"confidence": None}),
        ("overdue", {"review_by": TODAY}),
        ("overdue", {"review_by": date(2024, 3, 3), "status": "void"}),
        ("overdue", {"review_by": date(2024, 3, 3), "status": "dropped"}),
    ],
)
def test_a_rule_takes_no_more_than_it_says(name: str, given: dict[str, Any]) -> None:
    """Just beyond its edge, a rule leaves a claim alone."""
    assert put_on([row(**given)], name) == []


@pytest.mark.parametrize("status", [status for status in STATUSES if status not in UNDECIDED])
def test_what_is_not_read_or_is_decided_comes_back_only_when_overdue(status: str) -> None:
    """Without a verdict there is nothing to decide; with a decision, it is not decided again before its day."""
    worst = row(status=status, n_independent=0, confidence="low", contradicts="c2", second_verdict="Supported")
    assert agenda([worst], shipped_rules(), TODAY) == []
    late = agenda([{**worst, "review_by": date(2024, 1, 1)}], shipped_rules(), TODAY)
    assert [item.rules for item in late] == ([] if status in {"void", "dropped"} else [("overdue",)])


@pytest.mark.parametrize(
    ("status", "read_twice", "told"),
    [
        ("marked", True, False),
        ("marked", False, True),
        ("second reading", True, False),
        ("second reading", False, False),
        ("agreed", True, True),
    ],
)
def test_the_agenda_keeps_a_first_reading_from_the_second_reader(status: str, *, read_twice: bool, told: bool) -> None:
    """While a claim waits for its second reading, that it is on the agenda says nothing of the first one."""
    waiting = row(status=status, confidence="low")
    assert bool(put_on([waiting], "low_confidence", read_twice=read_twice)) == told


def test_the_weight_is_the_sum_and_orders() -> None:
    """A claim weighs what its reasons do together, takes as long as the longest, and the heaviest comes first."""
    rules = shipped_rules()
    several = row("c2", status="disputed", second_verdict="Supported", n_independent=1, confidence="low")
    items = agenda([row("c1", n_independent=1), several, row("c3", confidence="low")], rules, TODAY)
    assert [item.claim_id for item in items] == ["c2", "c1", "c3"]
    by_name = {rule.name: rule for rule in rules}
    for item in items:
        assert item.weight == sum(by_name[name].weight for name in item.rules)
        assert item.minutes == max(by_name[name].minutes for name in item.rules)
        assert len(item.reasons) == len(item.rules)
    assert total_minutes(items) == 6 + 4 + 4


def test_a_row_that_two_queries_found_counts_once() -> None:
    """The same claim twice among the rows is one item."""
    assert len(agenda([row(n_independent=0), row(n_independent=0)], shipped_rules(), TODAY)) == 1


def test_a_rule_that_is_off_is_not_asked() -> None:
    """Switched off, a rule puts nothing on the agenda."""
    assert put_on([row(n_independent=0)], "single_source", on=False) == []


def test_a_desk_moves_the_edges() -> None:
    """Thresholds, minutes, weights and sentences are the desk's."""
    assert put_on([row(n_independent=2)], "single_source", thresholds={"independent": 2}) == ["c1"]
    assert put_on([row(confidence="60%")], "low_confidence", thresholds={"percent": 61}) == ["c1"]
    late = row(review_by=TODAY - timedelta(days=7))
    assert put_on([late], "overdue", thresholds={"days": 7}) == []
    [item] = agenda([late], only("overdue", minutes=9, weight=0.5, sentence="Since {day}: {{again}}!"), TODAY)
    assert (item.minutes, item.weight, item.reasons) == (9, 0.5, ("Since 26 February 2024: {again}!",))


def test_hostile_words_stay_words() -> None:
    """Names and wordings stand in a reason as they are, on one line; braces in them are not filled in."""
    disputed = row(status="disputed", checker=HOSTILE, verdict=HOSTILE, second_verdict="Supported")
    other = row("c2", claim=HOSTILE * 1000, contradicts="c1")
    [first, second] = agenda([disputed, other], shipped_rules(), TODAY)
    line = " ".join(HOSTILE.split())
    assert first.reasons[0] == f"{line} reads it as {line}, Ilic as Supported."
    [said, _] = agenda([row("c1", contradicts="c2"), {**other, "contradicts": None}], shipped_rules(), TODAY)
    assert line in said.reasons[0]
    assert len(said.reasons[0]) < 200
    assert second.reasons == ("It cannot hold beside ‘Two vans waited.’.",)


def test_both_ends_of_a_clash_are_on_the_agenda() -> None:
    """Whichever of the two it was said on; an end that is decided needs no meeting."""
    rows = [row("c1", claim="Half fled.", contradicts="c2"), row("c2", claim="All fled."), row("c3")]
    told = {item.claim_id: item.reasons for item in agenda(rows, only("contradicts"), TODAY)}
    assert told == {
        "c1": ("It cannot hold beside ‘All fled.’.",),
        "c2": ("It cannot hold beside ‘Half fled.’.",),
    }
    assert put_on([rows[0], row("c2", status="decided")], "contradicts") == ["c1"]


# Figures


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("The ministry hired 312 nurses.", 312, 312), ("The ministry hired 280 nurses.", 280, 280)),
        (("The ministry hired 312 nurses in all.", 312, 312), ("THE MINISTRY hired 280 nurses!", 280, 280)),
        (("The ministry hired at least 312 nurses.", 312, None), ("The ministry hired 280 nurses.", 280, 280)),
        (("The ministry hired up to 200 nurses.", None, 200), ("The ministry hired at least 280 nurses.", 280, None)),
    ],
)
def test_figures_that_exclude_each_other_are_opposed(
    one: tuple[str, float, float], other: tuple[str, float, float]
) -> None:
    """The same said of two amounts that cannot both hold: each claim names the other."""
    rows = [figured("a", *one, "nurses"), figured("b", *other, "nurses")]
    assert opposed_figures(rows) == {"a": "b", "b": "a"}
    assert put_on(rows, "figures") == ["a", "b"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("The ministry hired 312 nurses.", 312, 312, "nurses"), ("The ministry fired 280 nurses.", 280, 280, "nurses")),
        (("The ministry hired 312 nurses.", 312, 312, "nurses"), ("The ministry hired 280 guards.", 280, 280, "guards")),
        (("The plan costs $3 million for roads.", 3e6, 3e6, "dollar"), ("The plan costs $5 million for cars.", 5e6, 5e6, "dollar")),
        (("The ministry hired at least 300 nurses.", 300, None, "nurses"), ("The ministry hired 312 nurses.", 312, 312, "nurses")),
        (("The ministry hired 1,000 nurses.", 1000, 1000, "nurses"), ("The ministry hired 1,004 nurses.", 1004, 1004, "nurses")),
        (("It hired 312 nurses.", 312, 312, "nurses"), ("It hired 280 nurses.", 280, 280, "nurses")),
        (("The ministry hired many nurses.", None, None, "nurses"), ("The ministry hired 280 nurses.", 280, 280, "nurses")),
        (("The ministry hired nurses.", 312, 312, "nurses"), ("The ministry hired 280 nurses.", 280, 280, "nurses")),
    ],
)  # fmt: skip
def test_figures_that_may_both_hold_are_left_alone(one: tuple[Any, ...], other: tuple[Any, ...]) -> None:
    """Another act, unit or thing, a stretch that holds both, rounding, too few words, a figure that the words do not show."""
    assert opposed_figures([figured("a", *one), figured("b", *other)]) == {}


def test_figures_of_different_days_are_left_alone() -> None:
    """What held in one year says nothing of another."""
    claim, year = "The ministry hired {} nurses in {}.", date(2019, 1, 1)
    rows = [
        figured("a", claim.format(312, 2019), 312, 312, "nurses", date_first=year),
        figured("b", claim.format(280, 2020), 280, 280, "nurses", date_first=year.replace(year=2020)),
    ]
    assert opposed_figures(rows) == {}


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(0, 4), st.sampled_from(["", " here", " there"])), max_size=12))
def test_the_quick_way_finds_what_comparing_each_with_each_finds(told: list[tuple[int, int, str]]) -> None:
    """A claim is opposed exactly where any other claim of the same opposes it, and names one that does."""
    rows = [
        figured(str(n), f"The ministry hired {low} to {low + wide + 1} nurses{tail}.", low, low + wide + 1, "nurses")
        for n, (low, wide, tail) in enumerate(told)
    ]

    def opposes(one: int, other: int) -> bool:
        (low, wide, tail), (low2, wide2, tail2) = told[one], told[other]
        return (tail == tail2 or not tail or not tail2) and (low + wide + 1 < low2 or low2 + wide2 + 1 < low)

    expected = {one for one in range(len(told)) for other in range(len(told)) if opposes(one, other)}
    found = opposed_figures(rows, apart=0)
    assert {int(name) for name in found} == expected
    assert all(opposes(int(one), int(other)) for one, other in found.items())


# Rules


def test_rules_survive_the_record() -> None:
    """As plain values, through JSON and back, they are the same; a field that was left out is as it ships."""
    changed = load_rules({"disputed": {"title": "Read apart", "weight": 7.5}, "overdue": {"thresholds": {"days": 14}}})
    assert load_rules(json.loads(json.dumps(as_dict(changed)))) == changed
    assert changed[0].title == "Read apart"
    assert changed[0].minutes == shipped_rules()[0].minutes
    assert changed[-1].threshold("days") == 14


@pytest.mark.parametrize("rule", shipped_rules(), ids=lambda rule: rule.name)
def test_what_ships_passes_its_own_check(rule: Rule) -> None:
    """Every rule that ships could have been written by a desk, and says what each of its numbers means."""
    [same] = [each for each in load_rules(as_dict([rule])) if each.name == rule.name]
    assert same == rule
    assert rule.sentence.endswith(".")
    assert all(each.meaning.endswith(".") for each in rule.thresholds)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ([], "The agenda's rules are given as []. Give a table by name: disputed,"),
        ({"gossip": {}}, "There is no rule 'gossip' for the agenda. Use these: disputed,"),
        ({1: {}}, "There is no rule 1 for the agenda."),
        ({"overdue": 3}, "The rule overdue is given as 3."),
        ({"overdue": {"colour": "red"}}, "The rule overdue has the field 'colour', which no rule has."),
        ({"overdue": {"on": "yes"}}, "The rule overdue has on = 'yes'. Use true or false."),
        ({"overdue": {"minutes": 0}}, "The rule overdue has minutes = 0. Give a number above 0, up to 240;"),
        ({"overdue": {"minutes": -1}}, "The rule overdue has minutes = -1."),
        ({"overdue": {"minutes": True}}, "The rule overdue has minutes = True."),
        ({"overdue": {"minutes": float("nan")}}, "The rule overdue has minutes = nan."),
        ({"overdue": {"minutes": 10**400}}, "The rule overdue has minutes = "),
        ({"overdue": {"weight": "heavy"}}, "The rule overdue has weight = 'heavy'. Give a number from 0 to 1,000."),
        ({"overdue": {"weight": None}}, "The rule overdue has weight = None."),
        ({"overdue": {"weight": float("inf")}}, "The rule overdue has weight = inf."),
        ({"overdue": {"title": " "}}, "The rule overdue has the title ' '. Write one line of 1 to 80 characters."),
        ({"overdue": {"sentence": "a\nb"}}, "The rule overdue has the sentence 'a\\nb'."),
        ({"overdue": {"sentence": "Late by {claim}."}}, "The rule overdue has 'claim' in the braces of its sentence. Use in"),
        ({"overdue": {"sentence": "{day.__class__}"}}, "The rule overdue has 'day.__class__' in the braces"),
        ({"overdue": {"sentence": "{day!r}"}}, "The rule overdue has 'day' in the braces"),
        ({"overdue": {"sentence": "{day:>999999999}"}}, "The rule overdue has 'day' in the braces"),
        ({"overdue": {"sentence": "Late by {day."}}, "The rule overdue has a brace in its sentence that belongs to no pair."),
        ({"overdue": {"thresholds": {"hours": 1}}}, "The rule overdue has no threshold 'hours'. Use days."),
        ({"disputed": {"thresholds": {"days": 1}}}, "The rule disputed has no threshold 'days'. Leave its thresholds out"),
        ({"overdue": {"thresholds": {"days": "ten"}}}, "The rule overdue has days = 'ten'. Give a number from 0 to"),
        ({"overdue": {"thresholds": 7}}, "The thresholds of the rule overdue are given as 7."),
    ],
)  # fmt: skip
def test_a_bad_rule_is_refused_by_name(data: Any, told: str) -> None:
    """What a desk may not write is refused with the rule, the field, what stands there, and what to do."""
    with pytest.raises(ClaimsError) as refused:
        load_rules(data)
    assert str(refused.value).startswith(told)
    assert refused.value.remedy.endswith((".", ":"))


# The store


#: Rules whose candidates are all theirs; the others look among what is undecided.
EXACT = {"disputed", "low_confidence", "overdue"}


def unsure(store: Store, claim_id: str, revision: int) -> int:
    """Mark a claim with low confidence."""
    return store.save(claim_id, revision, mark=Mark("Supported", "low", "Only one clerk says so."))


@pytest.mark.parametrize("read_twice", [True, False])
def test_the_store_is_asked_for_all_that_belongs_on_the_agenda(store: Store, *, read_twice: bool) -> None:
    """Of claims in every status, a rule finds among its candidates what it finds among all; no more are asked for than need be."""
    article = make_article(" ".join(f"The ministry hired {n} nurses." for n in range(100, 160)))
    claims = [
        make_claim(article, 31 * n, 31 * n + 30, n + 1, figure_low=100 + n, figure_high=100 + n, figure_unit="nurses",
                   date_first=None, date_last=None)
        for n in range(len(STATUSES) + 3)
    ]  # fmt: skip
    store.add_article(article, claims)
    for claim, status in zip(claims, STATUSES, strict=False):
        revision = bring(store, claim.claim_id, status)
        if status in {"disputed", "published"}:
            store.edit_claim(claim.claim_id, revision, {"review_by": TODAY - timedelta(days=3)}, why="To look again.")
    for claim in claims[len(STATUSES) :]:
        unsure(store, claim.claim_id, 1)
    agree(store, claims[-1].claim_id, 2)
    everything = store.rows(Query(dropped=True), limit=100)
    assert len(everything) == len(claims)
    for rule in shipped_rules():
        asked = filters(rule, read_twice=read_twice)
        if asked is None:
            candidates = list(store.claims_named([late.claim_id for late in store.overdue(TODAY).rows]).values())
        else:
            candidates = store.rows(Query(**asked), limit=100)
        found, among = (
            {item.claim_id for item in agenda(rows, [rule], TODAY, read_twice=read_twice)}
            for rows in (everything, candidates)
        )
        assert among == found
        assert found or rule.name == "contradicts"
        assert {claim["status"] for claim in candidates} <= set(UNDECIDED) or rule.name == "overdue"
        assert rule.name not in EXACT or found == {claim["claim_id"] for claim in candidates}


@pytest.mark.parametrize("confidence", [*CONFIDENCES, *(f"{share}%" for share in range(101))])
@pytest.mark.parametrize("percent", [0, 33.5, 50, 101])
def test_a_low_confidence_is_asked_for_just_where_it_counts(confidence: str, percent: float) -> None:
    """The confidences that the store is asked for are those that the rule takes for low."""
    [rule] = only("low_confidence", thresholds={"percent": percent})
    asked = filters(rule)
    assert asked is not None
    assert (confidence in asked["confidences"]) == bool(agenda([row(confidence=confidence)], [rule], TODAY))
