"""How far two readers agree: percent, Cohen's kappa and Krippendorff's alpha, of counted labels.

Counts are a square table: a row for each label of one reader, a column for each of the other, in the same order.

* Cohen (1960), A coefficient of agreement for nominal scales, Educational and Psychological Measurement 20, 37-46.
* Krippendorff (2011), Computing Krippendorff's Alpha-Reliability; (2018), Content Analysis, 4th edition, chapter 12.
* Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapter 13: the percentile interval.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Counts: TypeAlias = npt.NDArray[np.int64]
_Numbers: TypeAlias = npt.NDArray[np.float64]

RESAMPLES = 1000

#: The bootstrap's seed: the same readings have the same interval, today and on another machine.
_SEED = 1960

#: What a 95 % interval leaves out below and above.
_TAILS = (0.025, 0.975)


def percent(counts: Counts) -> float | None:
    """How many of a hundred pairs agree; None where there are none.

    >>> percent(np.array([[20, 5], [10, 15]]))
    70.0
    >>> percent(np.zeros((0, 0), dtype=np.int64)) is None
    True
    """
    total = int(counts.sum())
    return 100 * int(np.trace(counts)) / total if total else None


def kappa(counts: Counts) -> float | None:
    """Cohen's kappa: agreement beyond what each reader's own habits would bring about by chance.

    >>> round(kappa(np.array([[20, 5], [10, 15]])), 6)
    0.4
    >>> kappa(np.array([[12, 0], [0, 0]])) is None
    True

    None where both gave one and the same label throughout, or nothing: all agreement is then expected, and the quotient
    is zero by zero.
    """
    total = int(counts.sum())
    expected = int(counts.sum(axis=1) @ counts.sum(axis=0))
    if expected == total * total:
        return None
    return (total * int(np.trace(counts)) - expected) / (total * total - expected)


def alpha(counts: Counts) -> float | None:
    """Krippendorff's alpha of labels without an order: it takes the readers for exchangeable, and few pairs for few.

    >>> round(alpha(np.array([[5, 1], [3, 1]])), 3)  # Krippendorff 2011, section A: 0.095
    0.095
    >>> alpha(np.array([[12, 0], [0, 0]])) is None
    True

    None where all readings gave the same label, or there are none: without variation no disagreement is expected either.
    """
    found = _alphas(np.array([int(counts.sum() - np.trace(counts))]), (counts + counts.T).sum(axis=0)[None, :])
    return None if np.isnan(found[0]) else float(found[0])


def ordinal_alpha(counts: Counts) -> float | None:
    """Krippendorff's alpha of labels in their order, from one end to the other: far apart counts for more than near.

    >>> near, far = np.array([[5, 1, 0], [0, 5, 0], [0, 0, 5]]), np.array([[5, 0, 1], [0, 5, 0], [0, 0, 5]])
    >>> ordinal_alpha(near) > ordinal_alpha(far)
    True

    The distance of two labels is the square of how many readings lie between their middles. None as for :func:`alpha`.
    """
    both = counts + counts.T
    sums = both.sum(axis=0)
    middles = np.cumsum(sums) - sums / 2
    distances = (middles[:, None] - middles[None, :]) ** 2
    expected = float((np.outer(sums, sums) * distances).sum())
    if not expected:
        return None
    return 1 - (int(sums.sum()) - 1) * float((both * distances).sum()) / expected


def alpha_interval(apart: Counts, labels: Counts) -> tuple[float, float] | None:
    """The 95 % interval of :func:`alpha`: claims are drawn anew, with replacement, a thousand times.

    For each claim, ``apart`` says how many of its pairs differ, and a row of ``labels`` how often each label was given. A
    claim that was read more than once is drawn whole, since its readings are not independent. What is drawn without
    variation has no alpha and is left out; None where nothing else is drawn. The seed is fixed: the same claims, in
    whatever order, have the same interval.

    >>> alpha_interval(np.zeros(12, dtype=np.int64), np.array([[2, 0], [0, 2]] * 6))
    (1.0, 1.0)
    >>> alpha_interval(np.zeros(12, dtype=np.int64), np.array([[2, 0]] * 12)) is None
    True
    """
    kinds, often = np.unique(np.column_stack([apart, labels]), axis=0, return_counts=True)
    # Claims of one kind are alike, so that how often each kind is drawn is all that matters.
    drawn = np.random.default_rng(_SEED).multinomial(len(apart), often / len(apart), size=RESAMPLES)
    # As floats they are multiplied many times as fast, and are exact as long as they are this small.
    sums = np.rint(drawn.astype(np.float64) @ kinds.astype(np.float64)).astype(np.int64)
    found = _alphas(sums[:, 0], sums[:, 1:])
    defined = found[~np.isnan(found)]
    if not len(defined):
        return None
    low, high = np.quantile(defined, _TAILS)
    return float(low), float(high)


def _alphas(apart: Counts, labels: Counts) -> _Numbers:
    """Alpha for each row: how many pairs differ, and how often each label was given; NaN where it is undefined."""
    total = labels.sum(axis=1)
    varied = total * total - (labels * labels).sum(axis=1)
    found: _Numbers = 1 - 2 * apart * (total - 1) / np.where(varied, varied, np.nan)
    return found
