"""Agreement: the coefficients against the literature and another program, the interval, and what is not said."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import krippendorff
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.errors import ClaimsError
from claims.review.agreement import MINIMUM, Pair, agreement, by_pair, by_scale, over_time
from claims.review.coefficients import Counts, alpha, alpha_interval, kappa, ordinal_alpha, percent
from claims.verdict import load_scale

AT = datetime(2024, 3, 4, 10, tzinfo=UTC)
READINGS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=60)
LABELS = load_scale("averitec").labels


def counted(first: Sequence[int], second: Sequence[int], labels: int = 5) -> Counts:
    """How often each label of the one meets each of the other."""
    counts = np.zeros((labels, labels), dtype=np.int64)
    np.add.at(counts, (list(first), list(second)), 1)
    return counts


def pair(number: int, first: str, second: str, **given: object) -> Pair:
    """Two readings of a claim by Korda and Ilic."""
    made = Pair(f"c{number}", "averitec", "Korda", first, "Ilic", second, AT)
    return replace(made, **given)  # type: ignore[arg-type]


def drawn(number: int, agreeing: float, seed: int) -> list[Pair]:
    """Pairs of which about so large a share agrees on purpose, and the others by chance."""
    by_chance = random.Random(seed)
    firsts = [by_chance.choice(LABELS) for _ in range(number)]
    return [
        pair(n, first, first if by_chance.random() < agreeing else by_chance.choice(LABELS))
        for n, first in enumerate(firsts)
    ]


def test_nominal_alpha_is_krippendorffs_own() -> None:
    """Krippendorff (2011), section B: two observers, twelve units, five labels: 0.692."""
    meg, owen = "aabbdcccedda", "babbbccceddd"
    assert alpha(counted(["abcde".index(s) for s in meg], ["abcde".index(s) for s in owen])) == pytest.approx(
        0.692, abs=0.0005
    )


def test_ordinal_alpha_is_krippendorffs_own() -> None:
    """Krippendorff (2011), section D: the coincidences of four observers with gaps, in their order: 0.815."""
    coincidences = np.array(
        [
            [7, 4 / 3, 1 / 3, 1 / 3, 0],
            [4 / 3, 10, 4 / 3, 1 / 3, 0],
            [1 / 3, 4 / 3, 8, 1 / 3, 0],
            [1 / 3, 1 / 3, 1 / 3, 4, 0],
            [0, 0, 0, 0, 3],
        ]
    )
    assert ordinal_alpha(coincidences / 2) == pytest.approx(0.815, abs=0.0005)  # type: ignore[arg-type]


def test_kappa_is_that_of_the_textbook() -> None:
    """Fleiss, Levin and Paik (2003), table 18.1: a hundred diagnoses: 0.676."""
    diagnoses = np.array([[75, 1, 4], [5, 4, 1], [0, 0, 10]])
    assert kappa(diagnoses) == pytest.approx(0.676, abs=0.0005)
    assert percent(diagnoses) == 89


@given(READINGS)
def test_alpha_is_what_another_program_finds(readings: list[tuple[int, int]]) -> None:
    """Nominal and ordinal alpha are those of the krippendorff package; where ours is None, there is no variation."""
    first, second = zip(*readings, strict=True)
    counts = counted(first, second)
    if len({*first, *second}) == 1:
        assert alpha(counts) is None
        assert ordinal_alpha(counts) is None
        return
    for found, level in ((alpha(counts), "nominal"), (ordinal_alpha(counts), "ordinal")):
        other = krippendorff.alpha(np.array([first, second], dtype=float), level_of_measurement=level)
        assert found == pytest.approx(other, abs=1e-9)


@given(READINGS)
def test_who_read_first_changes_nothing(readings: list[tuple[int, int]]) -> None:
    """Each coefficient is the same when the readers change places."""
    first, second = zip(*readings, strict=True)
    one, other = counted(first, second), counted(second, first)
    for coefficient in (percent, kappa, alpha, ordinal_alpha):
        assert coefficient(one) == pytest.approx(coefficient(other))


def test_chance_alone_is_nought() -> None:
    """Readers who draw lots agree by chance: kappa and alpha are near 0, however high the percentage."""
    lots = random.Random(5)
    pairs = [pair(n, *(lots.choices(["Refuted", "Supported"], [9, 1])[0] for _ in range(2))) for n in range(5000)]
    found = agreement(pairs)
    assert found.percent is not None
    assert found.percent > 80
    assert found.kappa == pytest.approx(0, abs=0.05)
    assert found.alpha == pytest.approx(0, abs=0.05)


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    """Of 200 samples of 60 claims, about 95 in 100 intervals hold the alpha of the whole population."""
    held = 0
    for seed in range(200):
        found = agreement(drawn(60, 0.6, seed))
        assert found.low is not None
        assert found.high is not None
        held += found.low <= 0.6 <= found.high
    assert 180 <= held <= 198


def test_the_interval_is_the_same_each_time_and_narrows_with_claims() -> None:
    """The same claims in any order have one interval, which holds alpha; four times the claims halve it."""
    pairs = drawn(400, 0.7, 1)
    whole, turned, part = agreement(pairs), agreement(pairs[::-1]), agreement(pairs[:100])
    assert (whole.low, whole.high) == (turned.low, turned.high)
    assert whole.low is not None
    assert whole.high is not None
    assert whole.alpha is not None
    assert whole.low < whole.alpha < whole.high
    assert part.low is not None
    assert part.high is not None
    assert (part.high - part.low) / (whole.high - whole.low) == pytest.approx(2, abs=0.5)


def test_readings_of_one_claim_are_drawn_together() -> None:
    """A claim that was read again and again is one claim: its repetitions make the interval no narrower."""
    once = drawn(40, 0.7, 2)
    often = [each for each in once for _ in range(9)]
    one, nine = agreement(once), agreement(often)
    assert one.low is not None
    assert nine.low == pytest.approx(one.low, abs=0.03)


def test_nothing_but_one_label_has_no_interval() -> None:
    """Draws without variation have no alpha; where all are so, there is no interval either."""
    assert alpha_interval(np.zeros(20, dtype=np.int64), np.array([[2, 0]] * 20)) is None


@pytest.mark.parametrize("number", [0, 1, MINIMUM - 1])
def test_too_few_claims_have_no_rate(number: int) -> None:
    """Below the minimum nothing is said but how many there are, and why."""
    found = agreement([pair(n, "Refuted", "Refuted") for n in range(number)])
    assert (found.n, found.enough, found.percent, found.kappa, found.alpha, found.low) == (number, False, *[None] * 4)
    assert found.why.endswith(".")


def test_the_minimum_counts_claims_and_not_readings() -> None:
    """One claim read a hundred times over is too few."""
    assert not agreement([pair(1, "Refuted", "Supported")] * 100).enough


def test_scales_do_not_mix() -> None:
    """Over two scales there is a percentage and no chance to reckon with; each scale by itself has all."""
    pairs = [*drawn(20, 0.5, 3), *(pair(n, "Right", "Wrong", scale="house") for n in range(100, 115))]
    both, each = agreement(pairs), by_scale(pairs)
    assert both.percent is not None
    assert (both.kappa, both.alpha, both.low) == (None, None, None)
    assert list(each) == ["averitec", "house"]
    assert each["averitec"].alpha is not None
    assert (each["house"].n, each["house"].percent) == (15, 0)


def test_order_counts_where_the_scale_has_one() -> None:
    """Next to each other is nearer than at both ends; labels without a place on the scale are left out of it."""
    scale = load_scale("politifact")
    places = sorted((each for each in scale.verdicts if each.rating is not None), key=lambda each: each.rating or 0)
    best, next_best, worst = places[-1].label, places[-2].label, places[0].label
    same = [pair(n, each.label, each.label, scale="politifact") for n, each in enumerate(places * 3)]
    near = agreement([*same, pair(100, best, next_best, scale="politifact")])
    far = agreement([*same, pair(100, best, worst, scale="politifact")])
    assert near.alpha == pytest.approx(far.alpha, abs=0.01)
    assert near.ordinal is not None
    assert far.ordinal is not None
    assert near.ordinal > far.ordinal


def test_a_scale_of_the_desks_own_gives_the_order() -> None:
    """A scale that is handed in is used; one that nobody knows has no ordinal alpha."""
    own = replace(load_scale("politifact"), name="desk")
    labels = [each.label for each in own.verdicts if each.rating is not None]
    pairs = [pair(n, label, label, scale="desk") for n, label in enumerate(labels * 3)]
    assert agreement(pairs, {"desk": own}).ordinal == 1
    assert agreement(pairs).ordinal is None


def test_two_people_are_one_pair_whoever_read_first() -> None:
    """Each two people have one line, and all readings are in one of them."""
    pairs = drawn(60, 0.5, 4)
    turned = [
        replace(each, first_reader="Ilic", second_reader="Korda") if n % 2 else replace(each, second_reader="Jana")
        for n, each in enumerate(pairs)
    ]
    found = by_pair(turned)
    assert {people: each.n for people, each in found.items()} == {("Ilic", "Korda"): 30, ("Jana", "Korda"): 30}


def test_time_is_cut_into_periods() -> None:
    """Weeks begin on Monday, months on their first; each holds the second readings of its days, in order."""
    pairs = [replace(each, at=AT + timedelta(days=n)) for n, each in enumerate(drawn(60, 0.5, 6))]
    months, weeks = over_time(pairs), over_time(pairs, by="week")
    assert list(months) == [date(2024, 3, 1), date(2024, 4, 1), date(2024, 5, 1)]
    assert [each.n for each in months.values()] == [28, 30, 2]
    assert {day.weekday() for day in weeks} == {0}
    assert sum(each.n for each in weeks.values()) == 60
    with pytest.raises(ClaimsError):
        over_time(pairs, by="hour")


@given(st.lists(st.tuples(st.sampled_from("abcdefghijklmn"), st.sampled_from(LABELS), st.sampled_from(LABELS))))
def test_any_pairs_have_an_answer(readings: list[tuple[str, str, str]]) -> None:
    """Whatever was read: percent is what counting finds, and what cannot be said is None with a reason."""
    pairs = [pair(0, first, second, claim_id=name) for name, first, second in readings]
    found = agreement(pairs)
    if len({name for name, _, _ in readings}) < MINIMUM:
        assert not found.enough
        return
    same = Counter(first == second for _, first, second in readings)[True]
    assert found.percent == pytest.approx(100 * same / len(readings))
    assert (found.alpha is None) == bool(found.why)
