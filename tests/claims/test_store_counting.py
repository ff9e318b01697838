"""Counting: each number is that of the claims themselves, and none of them tells a first reading that is kept back."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from claims.claim import Claim
from claims.review.agreement import Pair
from claims.status import LOCKED, is_kept_back, may_follow
from claims.store import Query, Store
from claims.store.counting import AGES, FINISHED, STANDS_BY, First, Progress
from claims.table import plain_rows
from tests.claims.conftest import ROLL_CALL, WAYS, bring, documented, make_article, make_claim

BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
VERDICTS = ("Supported", "Refuted", "Not enough evidence", "Conflicting evidence")


def read(store: Store, count: int, of: str = "Korda") -> list[str]:
    """An article of so many sentences is read, each a claim; their names, in order of appearance."""
    sentences = [f"Van {number} left {of} prison." for number in range(count)]
    article = make_article(" ".join(sentences), title=f"Vans leave {of}")
    put: list[Claim] = []
    at = 0
    for number, sentence in enumerate(sentences, start=1):
        put.append(make_claim(article, at, at + len(sentence), number, checkability=1 / number))
        at += len(sentence) + 1
    store.add_article(article, put)
    return [claim.claim_id for claim in put]


def now() -> datetime:
    return datetime.now(UTC)


def everything(store: Store) -> list[dict[str, Any]]:
    """All claims, dropped ones too."""
    names = [row["claim_id"] for row in plain_rows(store.table(Query(dropped=True)))]
    found = store.claims_named(names)
    return [found[name] for name in names]


def test_nothing_is_counted_as_nothing(store: Store) -> None:
    """A store without claims has zeros and empty lists, and every age."""
    assert store.progress() == Progress()
    assert store.progress_by_article() == First((), 0)
    assert store.work_by_person(BEGINNING) == []
    assert store.verdict_counts() == []
    assert store.confidence_counts() == {}
    assert store.queue_age(now()) == {name: 0 for name, _ in AGES}
    assert store.pairs() == []
    assert store.disputed() == First((), 0)
    assert store.overdue(date(2999, 1, 1)) == First((), 0)


@pytest.fixture
def one_of_each(store: Store) -> dict[str, str]:
    """A claim in each status, by its name."""
    names = dict(zip(WAYS, read(store, len(WAYS)), strict=True))
    for status, name in names.items():
        bring(store, name, status)
    return names


def test_progress_counts_each_status_as_what_it_is(store: Store, one_of_each: dict[str, str]) -> None:
    """Dropped ones are left out; marked and second reading wait; void ones are finished and not signed off."""
    of = len(one_of_each) - 1
    assert store.progress() == Progress(
        claims=of, marked=of - 3, waiting=2, read_twice=6, signed_off=2, unfinished=of - 3
    )


def test_a_desk_that_reads_once_has_no_marked_claim_waiting(store: Store, one_of_each: dict[str, str]) -> None:
    """Where one reading is enough, only what a second reading was asked for waits, and the other verdict is counted."""
    before = sum(each.claims for each in store.verdict_counts())
    store.set("second_reading", 0, value=False)
    assert store.progress().waiting == 1
    assert sum(each.claims for each in store.verdict_counts()) == before + 1
    assert len(one_of_each) == before + 1 + 5  # new, assigned, in progress, dropped and the one that still waits


def test_articles_with_something_left_to_do_come_newest_first(store: Store) -> None:
    """An article whose claims are all finished is not at work; of the others, the newest are shown and all are counted."""
    names = {of: read(store, 2, of) for of in ("Korda", "Vell", "Ansel")}
    for name in names["Vell"]:
        bring(store, name, "signed off")
    bring(store, names["Korda"][0], "agreed")
    bring(store, names["Ansel"][0], "dropped")
    found = store.progress_by_article()
    assert [(each.title, each.claims, each.marked, each.read_twice, each.signed_off) for each in found.rows] == [
        ("Vans leave Ansel", 1, 0, 0, 0),
        ("Vans leave Korda", 2, 1, 1, 0),
    ]
    assert found.of == 2
    [first] = store.progress_by_article(1).rows
    assert (first.title, store.progress_by_article(1).of) == ("Vans leave Ansel", 2)


def test_a_persons_work_counts_claims(store: Store) -> None:
    """Marked twice counts once, what was taken back does not, and each kind of act is its doer's."""
    names = read(store, 5)
    store.mark(names[0], 1, "Refuted", "high", actor="Jana")
    store.mark(names[0], 2, "Supported", "high", actor="Jana")
    store.mark(names[1], 1, "Supported", "high", actor="Jana")
    store.undo("Jana")
    bring(store, names[2], "signed off")
    bring(store, names[3], "decided")
    store.assign(names[4], 1, "Ines", actor="Ana")
    found = {
        each.name: (each.assigned, each.marked, each.read_second, each.decided, each.signed_off)
        for each in store.work_by_person(BEGINNING)
    }
    assert found == {"Jana": (0, 3, 0, 0, 0), "Tom": (0, 0, 2, 0, 0), "Ana": (0, 0, 0, 1, 1), "Ines": (1, 0, 0, 0, 0)}
    assert [each.name for each in store.work_by_person(BEGINNING)] == ["Jana", "Ana", "Tom", "Ines"]


def test_work_is_counted_from_a_moment_on(store: Store) -> None:
    """What was done before is not counted; what is in hand is, whenever it was given."""
    names = read(store, 3)
    bring(store, names[0], "signed off")
    store.assign(names[1], 1, "Ines", actor="Ana")
    between = now()
    bring(store, names[2], "signed off")
    found = {each.name: each for each in store.work_by_person(between)}
    assert (found["Jana"].marked, found["Tom"].read_second, found["Ana"].signed_off, found["Ines"].assigned) == (
        1,
        1,
        1,
        1,
    )
    assert {each.name for each in store.work_by_person(now())} == {"Ines"}


def test_a_sign_off_that_was_reopened_is_nobodys_work(store: Store) -> None:
    """A claim that is taken up again is signed off by nobody."""
    [name] = read(store, 1)
    revision = bring(store, name, "signed off")
    store.reopen(name, revision, "A second roll call came in.", actor="Ana")
    assert not [each for each in store.work_by_person(BEGINNING) if each.signed_off]
    assert store.progress().signed_off == 0


def test_verdicts_are_counted_by_the_scale_they_were_given_by(store: Store) -> None:
    """A label that two scales hold is told apart; the most frequent of a scale comes first."""
    store.set("second_reading", 0, value=False)
    names = read(store, 6)
    for name, verdict in zip(names[:3], ("Refuted", "Supported", "Refuted"), strict=True):
        store.mark(name, 1, verdict, "high")
    shared = {**store.rules().scale.as_data(), "name": "korda", "title": "Korda's own"}
    store.set("scale", 0, shared)
    store.mark(names[3], 1, "Refuted", "low")
    store.mark(names[4], 1, "Not enough evidence", "low")
    found = [(each.scale, each.verdict, each.claims) for each in store.verdict_counts()]
    assert found == [
        ("averitec", "Refuted", 2),
        ("averitec", "Supported", 1),
        ("korda", "Not enough evidence", 1),
        ("korda", "Refuted", 1),
    ]
    assert store.confidence_counts() == {"high": 3, "low": 2}


def test_no_number_tells_a_first_verdict_that_waits(store: Store) -> None:
    """Whatever the first reading says, all that is counted is the same until the second one is in."""
    names = read(store, 3)
    bring(store, names[2], "agreed")
    told = []
    revision = 1
    for verdict, sure in (("Refuted", "high"), ("Supported", "low"), ("Conflicting evidence", "moderate")):
        revision = store.mark(names[0], revision, verdict, sure, rationale=f"{verdict}!", actor="Jana")
        told.append(
            (
                store.progress(), store.progress_by_article(), store.work_by_person(BEGINNING), store.verdict_counts(),
                store.confidence_counts(), store.pairs(), store.disputed(),
            )
        )  # fmt: skip
    assert told[0] == told[1] == told[2]
    assert told[0][0].waiting == 1
    revision = store.edit_claim(names[0], revision, {"status": "second reading"}, actor="Jana")
    assert (store.verdict_counts(), store.confidence_counts()) == told[0][3:5]
    store.read_second(names[0], revision, "Supported", "low", actor="Tom")
    assert {each.verdict for each in store.verdict_counts()} == {"Supported", "Conflicting evidence"}


def test_ages_begin_at_their_day(store: Store) -> None:
    """An unfinished claim is of one age only, from the first moment of it on; finished ones have none."""
    names = read(store, 3)
    bring(store, names[0], "signed off")
    bring(store, names[1], "dropped")
    added = store.history(names[2])[0].at
    for (name, begins), (_, ends) in pairwise([*AGES, ("", 999)]):
        for moment in (added + timedelta(days=begins), added + timedelta(days=ends, microseconds=-1)):
            assert {age for age, number in store.queue_age(moment).items() if number} == {name}
            assert sum(store.queue_age(moment).values()) == 1


def test_a_pair_is_the_two_readings_of_a_claim(store: Store) -> None:
    """Both readers and what each of them read first stand in it; a decision changes nothing of it."""
    names = read(store, 3)
    bring(store, names[0], "decided")
    bring(store, names[1], "agreed")
    bring(store, names[2], "marked")
    assert [(each.claim_id, *_told(each)) for each in store.pairs()] == [
        (names[0], "Jana", "Supported", "Tom", "Refuted"),
        (names[1], "Jana", "Supported", "Tom", "Supported"),
    ]
    assert {each.scale for each in store.pairs()} == {"averitec"}


def _told(pair: Pair) -> tuple[str, str, str, str]:
    return pair.first_reader, pair.first_verdict, pair.second_reader, pair.second_verdict


def test_what_was_written_after_the_second_reading_is_no_first_one(store: Store) -> None:
    """A claim that is taken up again keeps its pair until it is read second again; then the newer pair stands."""
    [name] = read(store, 1)
    revision = bring(store, name, "disputed")
    revision = store.edit_claim(name, revision, {"status": "in progress"}, why="A new count came.")
    revision = store.mark(name, revision, "Conflicting evidence", "high", actor="Ines")
    assert [_told(each) for each in store.pairs()] == [("Jana", "Supported", "Tom", "Refuted")]
    store.read_second(name, revision, "Conflicting evidence", "low", actor="Tom")
    assert [_told(each) for each in store.pairs()] == [("Ines", "Conflicting evidence", "Tom", "Conflicting evidence")]


def test_a_second_reading_that_was_taken_back_makes_no_pair(store: Store) -> None:
    """Undone, it is no reading."""
    [name] = read(store, 1)
    bring(store, name, "disputed")
    store.undo("Tom")
    assert store.pairs() == []
    assert store.disputed().of == 0
    store.redo("Tom")
    assert len(store.pairs()) == store.disputed().of == 1


def test_readings_by_two_scales_are_no_pair(store: Store) -> None:
    """A scale that changed between two readings leaves nothing to compare."""
    [name] = read(store, 1)
    revision = bring(store, name, "marked")
    store.set("scale", 0, {**store.rules().scale.as_data(), "name": "korda", "title": "Korda's own"})
    store.read_second(name, revision, "Supported", "low", actor="Tom")
    assert store.pairs() == []


def test_pairs_are_counted_from_a_moment_on(store: Store) -> None:
    """The moment of the second reading counts, not that of the first."""
    names = read(store, 2)
    bring(store, names[0], "agreed")
    revision = bring(store, names[1], "marked")
    between = now()
    store.read_second(names[1], revision, "Supported", "low", actor="Tom")
    assert [each.claim_id for each in store.pairs(between)] == [names[1]]
    assert store.pairs(now()) == []
    assert between <= store.pairs(between)[0].at <= now()


def test_a_dispute_shows_both_readings_until_it_is_decided(store: Store) -> None:
    """Who read what and why stands in it, those most worth checking first; at most so many are listed, and all counted."""
    names = read(store, 4)
    for name in reversed(names[:3]):
        bring(store, name, "disputed")
    found = store.disputed(2)
    assert [each.claim_id for each in found.rows] == names[:2]
    assert found.of == 3
    [first, _] = found.rows
    assert (first.first_reader, first.first_verdict, first.first_rationale) == (
        "Jana",
        "Supported",
        "The roll call bears it out.",
    )
    assert (first.second_reader, first.second_verdict, first.second_rationale) == ("Tom", "Refuted", "I count 273.")
    assert (first.article_title, first.scale) == ("Vans leave Korda", "averitec")
    store.decide(
        names[0], store.claim(names[0])["revision"], "Refuted", "high", rationale="Counted again.", actor="Ana"
    )
    assert [each.claim_id for each in store.disputed().rows] == names[1:3]


def test_a_verdict_is_overdue_the_day_after_its_day(store: Store) -> None:
    """The longest overdue comes first; what is dropped or void wants no new look."""
    names = read(store, 6)
    day = date(2024, 3, 4)
    for number, name in enumerate(names):
        store.edit_claim(name, 1, {"review_by": day + timedelta(days=-number % 4)})
    for name, status in ((names[4], "dropped"), (names[5], "void")):
        for verb in WAYS[status]:
            verb(store, name, store.claim(name)["revision"])
    assert store.overdue(day).rows == ()
    late = store.overdue(day + timedelta(days=4))
    assert [(each.claim_id, (each.review_by - day).days) for each in late.rows] == [
        (names[0], 0), (names[3], 1), (names[2], 2), (names[1], 3),
    ]  # fmt: skip
    assert late.of == 4
    assert store.overdue(day + timedelta(days=2), 1) == First(late.rows[:1], 2)


def test_what_all_have_seen_is_overdue_with_its_verdict(store: Store) -> None:
    """Reopened after its second reading, a claim keeps nothing back; taken up again after one reading, it does."""
    seen, unseen = read(store, 2)
    for name, status in ((seen, "agreed"), (unseen, "marked")):
        revision = bring(store, name, status)
        revision = store.edit_claim(name, revision, {"status": "in progress"}, why="A new count.", actor="Ana")
        store.edit_claim(name, revision, {"review_by": date(2024, 3, 4)}, actor="Ana")
    late = {each.claim_id: asdict(each) for each in store.overdue(date(2024, 3, 9)).rows}
    kept_back = {name: is_kept_back(row, "Vell", read_twice=True) for name, row in late.items()}
    assert kept_back == {seen: False, unseen: True}


def test_the_counts_are_those_of_the_claims_themselves(store: Store) -> None:
    """After many acts of four people in no order, each number is what counting the claims one by one gives."""
    chance = random.Random(4)
    names = [*read(store, 12), *read(store, 12, "Vell")]
    people = ("Jana", "Tom", "Ines", "Ana")
    for _ in range(160):
        act_at_random(store, chance.choice(names), people, chance)
    rows = everything(store)
    standing = [row for row in rows if row["status"] != "dropped"]
    marked = [row for row in standing if row["verdict"]]
    seen = [row for row in marked if row["status"] not in {"marked", "second reading", "new", "in progress"}]
    assert len({row["status"] for row in rows}) > 7
    assert store.progress() == Progress(
        len(standing),
        len(marked),
        len(marked) - len(seen),
        sum(bool(row["agreement"]) for row in standing),
        sum(row["status"] in STANDS_BY for row in standing),
        sum(row["status"] not in FINISHED for row in standing),
    )
    assert {each.verdict: each.claims for each in store.verdict_counts()} == Counter(row["verdict"] for row in seen)
    assert store.confidence_counts() == Counter(row["confidence"] for row in seen)
    assert sum(store.queue_age(now()).values()) == store.progress().unfinished
    assert {each.claim_id for each in store.disputed().rows} == {
        row["claim_id"] for row in rows if row["status"] == "disputed"
    }
    assert {each.claim_id for each in store.pairs()} >= {row["claim_id"] for row in rows if row["second_reader"]}
    signed = Counter(row["signed_off_by"] for row in rows if row["signed_off_by"])
    assert {each.name: each.signed_off for each in store.work_by_person(BEGINNING) if each.signed_off} == signed


def act_at_random(store: Store, name: str, people: tuple[str, ...], chance: random.Random) -> None:
    """Something that may be done to the claim as it stands now."""
    row = store.claim(name)
    revision, status, who = row["revision"], row["status"], chance.choice(people)
    verdict, sure = chance.choice(VERDICTS), chance.choice(("low", "moderate", "high"))
    if chance.random() < 0.1 and may_follow(status, "dropped"):
        store.drop_claim(name, revision, "An opinion.", actor=who)
    elif status in LOCKED or status == "dropped":
        if chance.random() < 0.3:
            store.edit_claim(
                name, revision, {"status": "in progress" if status in LOCKED else "new"}, why="Anew.", actor=who
            )
    elif status == "marked" and who != row["checker"]:
        store.read_second(
            name, revision, verdict if chance.random() < 0.5 else row["verdict"], sure, rationale="I too.", actor=who
        )
    elif status == "disputed":
        store.decide(name, revision, verdict, sure, rationale="The roll call says so.", actor=who)
    elif status in {"agreed", "decided"} and row["verdict"] == "Supported":
        if not store.sources(name):
            store.add_source(name, revision, documented(store, ROLL_CALL))
        if all(each.met for each in store.checklist(name)):
            store.sign_off(name, store.claim(name)["revision"], actor=who)
    elif status in {"new", "in progress"}:
        store.mark(name, revision, verdict, sure, rationale="The roll call says so.", actor=who)
