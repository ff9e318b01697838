"""The weights: how much each signal and each word counts, in hundredths of log-odds, from ``weights.csv``."""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

#: Hundredths of log-odds in one.
HUNDREDTHS = 100

#: (towards worth checking, towards verifiable), in hundredths of log-odds.
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Weights:
    """``base`` is what every sentence starts from; ``signals``, two ``both`` given, and ``terms`` add to it."""

    base: Pair
    signals: Mapping[str, Pair]
    both: Mapping[tuple[str, str], Pair]
    terms: Mapping[str, Pair]


@cache
def trained_weights() -> Weights:
    """The weights that were trained; ``tests/benchmarks/train_checkability.py`` makes the file anew, to the byte."""
    kinds: dict[str, dict[str, Pair]] = {"base": {}, "signal": {}, "both": {}, "term": {}}
    lines = (files(__package__) / "weights.csv").read_text(encoding="utf-8").splitlines()
    for row in csv.DictReader(line for line in lines if not line.startswith("# ")):
        kinds[row["kind"]][row["name"]] = int(row["score"]), int(row["verifiable"])
    both = {(first, second): pair for name, pair in kinds["both"].items() for first, second in [name.split(" ")]}
    return Weights(kinds["base"][""], kinds["signal"], both, kinds["term"])


def probability(hundredths: float) -> float:
    """The probability of these log-odds.

    >>> probability(0), round(probability(220), 2)
    (0.5, 0.9)
    """
    odds = math.exp(-abs(hundredths) / HUNDREDTHS)
    return (1 if hundredths >= 0 else odds) / (1 + odds)


def exchange_rate(base: float, added: float) -> float:
    """How many points of probability one hundredth is worth on the way from ``base`` to ``base + added``.

    Log-odds add up and probabilities do not. Along the straight way from the base to the sum every weight moves the
    probability at one common rate, so each can be given its part and the parts add up to the whole (integrated
    gradients, Sundararajan et al. 2017; for one logistic curve the integral is this quotient).

    >>> rate = exchange_rate(-100, 250)
    >>> math.isclose(probability(-100) + 250 * rate, probability(150))
    True
    """
    if added:
        return (probability(base + added) - probability(base)) / added
    return probability(base) * (1 - probability(base)) / HUNDREDTHS
