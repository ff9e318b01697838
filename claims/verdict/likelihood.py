"""Likelihood: how likely the claim is, where the desk says so. How sure the desk is of that is its confidence."""

from __future__ import annotations

from dataclasses import dataclass

from claims.errors import BadScale


@dataclass(frozen=True, slots=True)
class Likelihood:
    """One phrase of ICD 203 and its range, in percent."""

    words: str
    low: int
    high: int


#: ICD 203 (2015), section D.6.e.(2)(a), upper row of its table.
LIKELIHOODS: tuple[Likelihood, ...] = (
    Likelihood("almost no chance", 1, 5),
    Likelihood("very unlikely", 5, 20),
    Likelihood("unlikely", 20, 45),
    Likelihood("roughly even chance", 45, 55),
    Likelihood("likely", 55, 80),
    Likelihood("very likely", 80, 95),
    Likelihood("almost certain", 95, 99),
)
_EVEN = 50


def likelihood_words(likelihood: float) -> str:
    """The phrase for a likelihood from 0 to 1.

    >>> likelihood_words(0.1), likelihood_words(0.5), likelihood_words(0.97)
    ('very unlikely', 'roughly even chance', 'almost certain')
    >>> likelihood_words(85)
    Traceback (most recent call last):
    ...
    claims.errors.BadScale: A likelihood of 85 cannot be. Give a number from 0 to 1, or leave it empty.

    Where two ranges meet, the more cautious phrase holds: 5 % is very unlikely, 95 % very likely. ICD 203 stops at 1 and
    99 %, as nothing is quite ruled out or certain; what lies beyond takes the outermost phrase.
    """
    if isinstance(likelihood, bool) or not 0 <= likelihood <= 1:
        raise BadScale(f"A likelihood of {likelihood} cannot be.", "Give a number from 0 to 1, or leave it empty.")
    for phrase in LIKELIHOODS:
        bound = phrase.high / 100
        if likelihood < bound or (likelihood == bound and phrase.high > _EVEN):
            return phrase.words
    return LIKELIHOODS[-1].words
