"""Figures: the amounts a text states, and its vague quantifiers, each with its span, unit and bounds.

    785 foreign members             785 to 785         members
    at least 785                    785 and up
    up to 50                        up to 50
    3 to 5 percent                  3 to 5             percent
    some 2 million refugees         about 2,000,000    refugees
    almost all militants            "almost all", a share of 0.90 to 0.99

The rooms: ``spelled`` and ``numerals`` read numbers, ``strangers`` knows the numbers that are no amounts, ``units`` and
``heads`` say what is measured or counted, ``bounds`` how the words around bend it, ``quantifiers`` what vague words mean
(an editable table), ``changes`` what rose or fell; here they come together.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from claims.figures.amounts import Amount, find_amounts
from claims.figures.bounds import find_bounds, find_bounds_after
from claims.figures.changes import Movement, change_of, find_movements
from claims.figures.quantifiers import find_quantifiers

__all__ = ["Figure", "find_figures", "find_figures_batch"]


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount that ``text[start:end]`` states, or a vague quantifier.

    ``low`` and ``high`` are what the words say: equal for one number, one of them None where it is open, both None for a
    quantifier, which has a ``band`` instead (shares of 0 to 1, or counts) where its word means a size.
    ``unit`` is the unit's name ("percent", "dollar") or the noun that is counted, as written ("members"); '' for none.
    """

    start: int
    end: int
    text: str
    low: int | float | None
    high: int | float | None
    unit: str = ""
    approximate: bool = False
    quantifier: str | None = None
    band: tuple[float, float] | None = None
    #: "up" or "down" where the figure is part of a rise or a fall
    change: str | None = None


def find_figures(text: str) -> list[Figure]:
    """The figures of ``text``, in order, none overlapping.

    >>> [(f.text, f.low, f.high, f.unit) for f in find_figures("At least 785 foreign members fled; up to 3% died.")]
    [('At least 785', 785, None, 'members'), ('up to 3%', None, 3, 'percent')]
    >>> find_figures("On 9 October 2019 the second van, a Boeing 737, met Korda, 34.")
    []

    Dates, times, ages, ranks, scores and the numbers in names are left alone. A length of time ("five years in prison")
    is a figure, as it can be checked; where it only says when ("five years ago"), it is not. Units are in the text's own
    order of magnitude: "3%" is 3 percent, "one in five" and "half" are shares of 1.
    """
    movements = find_movements(text)
    stated: list[Figure] = []
    for amount in reversed(find_amounts(text, movements)):
        figure = _figure(text, amount, movements)
        if not stated or figure.end <= stated[-1].start:
            stated.append(figure)
            continue
        # "785 at least 40", "785 $ 40": what belongs to the next one does not belong to this one.
        cut = text[: stated[-1].start]
        moved = find_movements(cut)
        stated += [_figure(cut, each, moved) for each in find_amounts(cut, moved) if each.start == amount.start]
    return _with_quantifiers(text, stated[::-1])


def find_figures_batch(texts: Iterable[str]) -> list[list[Figure]]:
    """The figures of each text, in order.

    >>> [len(figures) for figures in find_figures_batch(["785 fled", "nobody fled"])]
    [1, 0]
    """
    return [find_figures(text) for text in texts]


def _figure(text: str, amount: Amount, movements: list[Movement]) -> Figure:
    """The amount as the words around it bend it: before it, after it, and after what it counts ("20 guards or more")."""
    bounds = find_bounds(text, amount.start, amount.end, lasting=amount.kind == "time")
    behind = find_bounds_after(text, amount.reach)
    least, most = bounds.least or behind.least, bounds.most or behind.most
    return Figure(
        bounds.start,
        bounds.end,
        text[bounds.start : bounds.end],
        None if most and not least else _number(amount.low),
        None if least else _number(amount.high),
        amount.unit,
        bounds.approximate or behind.approximate,
        change=change_of(text, amount.start, amount.end, movements, kind=amount.kind),
    )


def _number(value: Fraction) -> int | float:
    return value.numerator if value.denominator == 1 else float(value)


def _with_quantifiers(text: str, stated: list[Figure]) -> list[Figure]:
    """``stated`` and the quantifiers of ``text`` that no stated figure overlaps, in order."""
    found = list(stated)
    ends = [figure.end for figure in stated]
    for vague in find_quantifiers(text):
        at = bisect_right(ends, vague.start)
        if at == len(stated) or stated[at].start >= vague.end:
            words = text[vague.start : vague.end]
            found.append(
                Figure(vague.start, vague.end, words, None, None, vague.noun, quantifier=vague.words, band=vague.band)
            )
    return sorted(found, key=lambda figure: figure.start)
