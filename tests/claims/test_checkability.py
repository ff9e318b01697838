"""Checkability: what ranks above what, which signals answer yes, and that the reasons make the score."""

from __future__ import annotations

import csv
import json
import math
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.checkability import Checkability, weigh, weigh_batch
from claims.checkability.signals import all_signals, read
from claims.checkability.weights import exchange_rate, probability, trained_weights

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "checkability.json").read_text(encoding="utf-8"))


def _add_up(weighed: Checkability) -> bool:
    return math.isclose(math.fsum(reason.points for reason in weighed.reasons), weighed.score, abs_tol=1e-9)


@pytest.mark.parametrize(("above", "below"), GOLDEN["worth_checking_order"])
def test_facts_rank_above_opinions(above: str, below: str) -> None:
    """A figure, date or event is more worth checking than an opinion, prediction, question or courtesy."""
    assert weigh(above).score > weigh(below).score


@pytest.mark.xfail(strict=True, reason="known failure")
@pytest.mark.parametrize(("above", "below"), GOLDEN["known_failures"]["worth_checking_order"])
def test_facts_rank_above_opinions_one_day(above: str, below: str) -> None:
    """What does not rank as it should yet."""
    assert weigh(above).score > weigh(below).score


@pytest.mark.parametrize(("above", "below"), GOLDEN["verifiable_order"])
def test_plain_telling_is_more_verifiable_than_judging(above: str, below: str) -> None:
    """A sentence that tells is more of a factual assertion than one that judges."""
    assert weigh(above).verifiable > weigh(below).verifiable


@pytest.mark.parametrize(("sentence", "names"), GOLDEN["signals"])
def test_signals_answer_yes(sentence: str, names: list[str]) -> None:
    """Each signal is seen in a sentence made for it."""
    assert set(names) <= read(sentence).signals.keys()


@pytest.mark.parametrize(("sentence", "names"), GOLDEN["refused"])
def test_signals_answer_no(sentence: str, names: list[str]) -> None:
    """A signal is not seen where only its letters stand."""
    assert read(sentence).signals.keys().isdisjoint(names)


def test_opinions_and_predictions_stand_last_in_a_story() -> None:
    """Within one news story figures, dates and events come before opinion and prediction."""
    told = [
        "Dockers in Lom went on strike on Monday after talks with the port failed.",
        "Some 1,400 dockers left work, the port authority said.",
        "Eleven ships were sent to other harbours on Tuesday.",
        "The port lost 3 million euros in two days, according to its director, Ana Korda.",
    ]
    judged = [
        "The strike is a disgrace.",
        "It will end badly for the town.",
        "Both sides should be ashamed.",
        "Perhaps reason may yet prevail.",
    ]
    assert min(weigh(sentence).score for sentence in told) > max(weigh(sentence).score for sentence in judged)


@given(st.text(max_size=300), st.none() | st.floats(-1, 2))
@settings(max_examples=60, deadline=None)
def test_the_reasons_make_the_score(sentence: str, position: float | None) -> None:
    """Of any text the points of the reasons add up to the score, and both heads are probabilities."""
    weighed = weigh(sentence, position=position)
    assert _add_up(weighed)
    assert 0 <= weighed.score <= 1
    assert 0 <= weighed.verifiable <= 1


@pytest.mark.parametrize(
    "text",
    ["", " ", "\ud800", "\0", "🙂 مرحبا", "1" * 100_000, "1," * 50_000, "“" * 100_000, "a'" * 50_000, "word " * 2**18],
    ids=["empty", "blank", "surrogate", "nul", "emoji", "digits", "commas", "quotes", "apostrophes", "1 MB"],
)
def test_any_text_is_weighed(text: str) -> None:
    """Strange and enormous texts are weighed like any other."""
    assert _add_up(weigh(text))


def test_reasons_are_sentences_from_heaviest_to_lightest() -> None:
    """The base comes first, then what counted most; no place for words is left open."""
    base, *others = weigh("The regime's shameful plan cost 20 percent of the budget in May!", position=0).reasons
    assert base.signal == "base"
    assert [abs(reason.points) for reason in others] == sorted((abs(r.points) for r in others), reverse=True)
    assert not any("{" in reason.sentence for reason in others)
    assert "it judges: ‘shameful’" in [reason.sentence for reason in others]


def test_words_shown_are_words_of_the_sentence() -> None:
    """What is said about the words names words that stand there."""
    [reason] = [r for r in weigh("Inflation fell to 4 percent.").reasons if r.signal == "words"]
    assert "‘percent’" in reason.sentence


def test_two_answers_add_together_in_equal_halves() -> None:
    """What two signals add when both are there is part of the points of each, in the same proportion."""
    weights, weighed = trained_weights(), weigh("Exports doubled.")
    names = sorted(read("Exports doubled.").signals)
    own = {r.signal: r.points for r in weighed.reasons}
    rate = exchange_rate(weights.base[0], 100 * math.log(weighed.score / (1 - weighed.score)) - weights.base[0])
    for name in names:
        beside = sum(weights.both.get((min(name, n), max(name, n)), (0, 0))[0] for n in names if n != name)
        assert math.isclose(own[name], rate * (weights.signals[name][0] + beside / 2), abs_tol=1e-9)


def test_early_sentences_earn_a_little() -> None:
    """The first sentence earns more than the middle one, which earns what an unknown place does."""
    sentence = "The bridge was closed on Friday."
    first, quarter, middle, last = (weigh(sentence, position=place).score for place in (0, 0.25, 0.5, 1))
    assert first > quarter > middle == last == weigh(sentence).score
    assert first - last < 0.15
    assert weigh(sentence, position=-3).score == first


def test_batch_is_the_same() -> None:
    """Many sentences at once weigh what each weighs alone."""
    sentences, positions = ["The dam broke.", "", "Who pays?"], [0.0, None, 0.9]
    assert weigh_batch(sentences) == [weigh(sentence) for sentence in sentences]
    assert weigh_batch(sentences, positions) == [
        weigh(sentence, position=place) for sentence, place in zip(sentences, positions, strict=True)
    ]
    assert weigh_batch([]) == []


def test_batch_wants_as_many_positions() -> None:
    """A position too few is refused rather than guessed."""
    with pytest.raises(ValueError, match="shorter"):
        weigh_batch(["One.", "Two."], [0.5])


def test_every_signal_is_a_question_with_a_weight() -> None:
    """Each signal asks a question, says its yes in words, and has a trained or held weight."""
    for signal in all_signals().values():
        assert signal.question.endswith("?")
        assert signal.reason[0].islower()
        assert signal.name in trained_weights().signals
        weights = dict(zip(("score", "verifiable"), trained_weights().signals[signal.name], strict=True))
        assert {head: round(100 * held) for head, held in signal.held.items()}.items() <= weights.items()


def test_figures_speak_for_and_judgements_against() -> None:
    """No signal weighs against what its question means."""
    weights = trained_weights().signals
    for name in ("figure", "magnitude", "share", "money", "date", "comparison", "change", "event", "attribution"):
        assert min(weights[name]) > 0
    for name in ("question", "future", "possible", "condition", "duty", "belief", "judgement", "courtesy", "exclaims"):
        assert max(weights[name]) < 0


def test_weights_file_names_its_sources_and_is_small() -> None:
    """The attribution that the data's licence asks for stands in the file, which has whole numbers only."""
    text = (files("claims.checkability") / "weights.csv").read_text(encoding="utf-8")
    assert "ClaimBuster" in text
    assert "CC BY 4.0" in text
    assert "Factcheck-GPT" in text
    assert len(text.encode()) < 200_000
    rows = list(csv.reader(line for line in text.splitlines() if not line.startswith("# ")))
    assert all(int(score) or int(verifiable) or kind != "term" for kind, _, score, verifiable in rows[1:])


@given(st.integers(-2000, 2000), st.integers(-2000, 2000))
@settings(max_examples=60, deadline=None)
def test_log_odds_exchange_into_points(base: int, added: int) -> None:
    """Points at the common rate lead from the base's probability to the sum's."""
    assert math.isclose(probability(base) + added * exchange_rate(base, added), probability(base + added), abs_tol=1e-9)
