"""How much a sentence is worth checking, as a sum of named reasons.

    >>> weighed = weigh("Unemployment rose to 7 percent in March.")
    >>> for reason in weighed.reasons[:3]:
    ...     print(reason.sentence)
    what a sentence earns before anything is known of it
    its words are like those of sentences that were checked: ‘percent’, ‘unemployment’
    it gives a share or a rate
    >>> abs(weighed.score - sum(reason.points for reason in weighed.reasons)) < 1e-9
    True

Rooms: ``signals`` asks the questions, ``weights`` says how much each answer counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from claims.checkability.signals import BEGINNING, FIRST, LAST, NUMBER, OPENING, YEAR, Reading, all_signals, read
from claims.checkability.weights import exchange_rate, probability, trained_weights

__all__ = ["Checkability", "Reason", "weigh", "weigh_batch"]

_BASE = "what a sentence earns before anything is known of it"
_ALIKE = "its words are like those of sentences that were checked"
_UNLIKE = "its words are like those of sentences that were not checked"
_EARLY = "it stands early in the article"

# An article's first sentence earns this much (hundredths of log-odds), falling to nothing at its middle.
_EARLIEST = 40

_WORDS_SHOWN = 3
_SHORTEST_SHOWN = 4  # letters: "in" and "he is" weigh something and tell a reader nothing

# Terms with one of these are not shown: they mark a place or stand for a number.
_MARKS = frozenset((FIRST, LAST, OPENING, NUMBER, YEAR))


class Reason(NamedTuple):
    """One answer and what it added: ``points`` of the score, less than nothing where it speaks against checking."""

    signal: str
    sentence: str
    points: float


@dataclass(frozen=True, slots=True)
class Checkability:
    """``score``: is it worth checking; ``verifiable``: is it a factual assertion at all; both probabilities, 0 to 1.

    ``sentence`` is what was weighed, ``early`` what its place earned. The reasons are found when they are asked for: to
    rank an archive, the numbers are enough, and what was seen of each sentence would weigh more than the sentence.
    """

    score: float
    verifiable: float
    sentence: str = field(repr=False)
    early: int = field(repr=False)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The base, then every answer that counted, from the heaviest to the lightest; their points make ``score``."""
        base = trained_weights().base[0]
        parts = sorted(_parts(read(self.sentence), self.early), key=lambda part: -abs(part[0]))
        rate = exchange_rate(base, sum(part for part, _, _ in parts))
        return (
            Reason("base", _BASE, probability(base)),
            *(Reason(signal, said, part * rate) for part, signal, said in parts),
        )


def weigh(sentence: str, *, position: float | None = None) -> Checkability:
    """The checkability of ``sentence``; ``position`` is where in its article it stands, 0 first to 1 last, if known.

    A figure earns more than an opinion:

    >>> weigh("Unemployment rose to 7 percent in March.").score > 0.8
    True
    >>> weigh("I think he is a wonderful man.").score < 0.1
    True

    ``score`` is calibrated on political debates (of the sentences at 0.8, 80 in 100 were judged worth checking), so in
    other text it ranks rather than measures. Any text is accepted; a position beyond 0 to 1 counts as the nearest end.
    Method: logistic regression over named signals, every two of them, words and pairs of words, after ClaimBuster
    (Hassan et al. 2017) and Full Fact's yes/no questions.
    """
    weights, reading = trained_weights(), read(sentence)
    early = 0 if position is None else round(_EARLIEST * (1 - 2 * min(max(position, 0), 0.5)))
    score, verifiable = weights.base
    score += early
    for name in reading.signals:
        towards_score, towards_verifiable = weights.signals[name]
        score += towards_score
        verifiable += towards_verifiable
    for towards_score, towards_verifiable in filter(None, map(weights.terms.get, reading.terms)):
        score += towards_score
        verifiable += towards_verifiable
    for towards_score, towards_verifiable in filter(None, map(weights.both.get, reading.both)):
        score += towards_score
        verifiable += towards_verifiable
    return Checkability(probability(score), probability(verifiable), sentence, early)


def weigh_batch(sentences: Iterable[str], positions: Iterable[float | None] | None = None) -> list[Checkability]:
    """The checkability of each sentence, in order; ``positions``, where given, are as many."""
    if positions is None:
        return [weigh(sentence) for sentence in sentences]
    return [weigh(sentence, position=position) for sentence, position in zip(sentences, positions, strict=True)]


def _parts(reading: Reading, early: int) -> Iterator[tuple[float, str, str]]:
    """What each answer adds to the log-odds of the score, in hundredths, with its signal and its sentence."""
    weights, signals, together = trained_weights(), all_signals(), _together(reading)
    for name, words in reading.signals.items():
        yield weights.signals[name][0] + together[name], name, signals[name].reason.format(words=_listed(words))
    told = sorted((weights.terms[term][0], term) for term in weights.terms.keys() & reading.terms.keys())
    for name, said, towards in (
        ("words", _ALIKE, [pair for pair in reversed(told) if pair[0] > 0]),
        ("other words", _UNLIKE, [pair for pair in told if pair[0] < 0]),
    ):
        if towards:
            shown = _listed(islice((term for _, term in towards if _is_telling(term)), _WORDS_SHOWN))
            yield sum(part for part, _ in towards), name, f"{said}: {shown}" if shown else said
    if early:
        yield early, "early", _EARLY


def _together(reading: Reading) -> dict[str, float]:
    """What each signal gets for those it stands beside: what two add together goes half to each (Shapley 1953)."""
    shares, both = dict.fromkeys(reading.signals, 0.0), trained_weights().both
    for two in reading.both:
        half = both.get(two, (0, 0))[0] / 2
        for name in two:
            shares[name] += half
    return shares


def _is_telling(term: str) -> bool:
    words = term.split()
    return not term.endswith(BEGINNING) and _MARKS.isdisjoint(words) and max(map(len, words)) >= _SHORTEST_SHOWN


def _listed(words: Iterable[str]) -> str:
    """The first few of the words, each once, in quotation marks."""
    return ", ".join(f"‘{word}’" for word in islice(dict.fromkeys(words), _WORDS_SHOWN))
