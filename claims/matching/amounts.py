"""Amounts: the figures of a claim as stretches that their words allow, and whether two of them can both hold."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache

from claims.figures import Figure, find_figures
from claims.figures.heads import find_head
from claims.matching.vocabulary import meaning, vocabulary

_NONE = re.compile(r"(?<![\w’'-])(?:no)\b", re.IGNORECASE)
_NONE_OF = re.compile(r"\bnone\b", re.IGNORECASE)
_OF = re.compile(r"\s(?:out\s)?of\s(?:the\s|its\s|their\s|all\s|a\stotal\sof\s)*\Z")
_THE = re.compile(r"\b(?:the|both|its|their|these|those)\s\Z", re.IGNORECASE)
_SHARE_OF = re.compile(r"\s(?:of|in)\s")
_REACHED = re.compile(r"\b(?:to|at|of)\s(?:a\s\w+\s)?\Z")  # "rose to 5 percent" is a level, "rose 5 percent" a change
_BELOW = re.compile(r"\b(?:nearly|almost|close\sto|just\sunder)\b", re.IGNORECASE)
#: How far hedged and rounded figures reach, as a share of them; and how wide a vague word's band is read.
HEDGED, ROUNDED, VAGUE, VAGUE_SHARE = 0.1, 0.05, 0.1, 0.02
_REMEMBERED = 1 << 17


@dataclass(frozen=True, slots=True)
class Amount:
    """``low`` to ``high`` is the stretch that the words allow, rounding and hedges included; ``text`` are its words.

    ``unit`` is what it is measured in ("metre", "euro", "share") or the meaning of what is counted; '' is a bare number.
    ``stated`` is the number itself, None for a vague word and for a stretch. ``change`` is "up", "down" or "".
    """

    text: str
    low: float
    high: float
    unit: str
    stated: float | None
    noun: str = ""
    open: bool = False
    vague: bool = False
    #: what the vague word means by the desk's table, before it is read with some goodwill
    band: tuple[float, float] = (0, 0)
    change: str = ""

    @property
    def said(self) -> tuple[float | None, float | None]:
        """Its bounds as the words have them, without what rounding and hedges allow; None where they are open.

        >>> amounts_of("About 100 men fled.")[0].said, amounts_of("At least 100 men fled.")[0].said
        ((100.0, 100.0), (100.0, None))
        """
        low, high = (self.stated, self.stated) if self.stated is not None and not self.open else (self.low, self.high)
        return None if low == -math.inf else low, None if high == math.inf else high

    def fits(self, other: Amount) -> bool:
        """Whether one number can be both.

        >>> nearly, exact, fewer = (amounts_of(f"{words} men fled.")[0] for words in ("Nearly 800", "785", "About 100"))
        >>> nearly.fits(exact), exact.fits(fewer)
        (True, False)
        """
        return self.low <= other.high and other.low <= self.high


@lru_cache(maxsize=_REMEMBERED)
def amounts_of(text: str) -> tuple[Amount, ...]:
    """The amounts of a claim, in order; "785 of the 950" is a share too, and "no detainees" is none of them.

    >>> [(amount.text, amount.unit, round(amount.low, 3)) for amount in amounts_of("785 of the 950 detainees fled.")]
    [('785', 'detainee', 785.0), ('785 of the 950', 'share', 0.826), ('950', 'detainee', 950.0)]
    >>> [(amount.text, amount.low, amount.high) for amount in amounts_of("No detainees fled Korda.")]
    [('No detainees', 0, 0)]
    """
    figures = find_figures(text)
    found: list[Amount] = []
    for at, figure in enumerate(figures):
        if (figure.quantifier and figure.band is None) or _names(text, figure):
            continue
        found.append(_amount(text, figure))
        after = figures[at + 1] if at + 1 < len(figures) else None
        if (
            figure.low
            and figure.low == figure.high
            and after
            and after.low
            and _OF.match(text[figure.end : after.start])
        ):
            share = float(figure.low / after.low)
            words = text[figure.start : after.end]
            if share <= 1:
                found.append(Amount(words, share, share, "share", share, meaning(after.unit)))
    if not figures and (match := _NONE.search(text)) and (head := find_head(text, match.end())):
        found.append(Amount(text[match.start() : head.end], 0, 0, meaning(head.noun), 0, meaning(head.noun)))
    return tuple(found)


def _names(text: str, figure: Figure) -> bool:
    """Whether a small number only names known things: "the two sides"."""
    small = figure.high is not None and figure.high <= 10 and figure.low == figure.high == int(figure.high)  # noqa: PLR2004
    return small and bool(_THE.search(text[: figure.start]))


def _amount(text: str, figure: Figure) -> Amount:
    if figure.band is not None:
        return _vague(figure)
    unit, factor = _measured(figure.unit)
    if not figure.unit and figure.high is not None and 0 < figure.high < 1 and not figure.text.startswith("0"):
        unit = "share"
    low, high = _stretch(figure)
    noun = ""
    if unit == figure.unit and unit not in vocabulary().kinds["units"]:
        unit = noun = meaning(unit)
    elif (
        unit == "share" and (after := _SHARE_OF.match(text, figure.end)) and (head := find_head(text, after.end() - 1))
    ):
        noun = meaning(head.noun)
    between = None not in (figure.low, figure.high) and figure.low != figure.high
    stated = None if between else figure.high if figure.low is None else figure.low
    return Amount(
        figure.text,
        low * factor,
        high * factor,
        unit,
        None if stated is None else stated * factor,
        noun,
        open=figure.low is None or figure.high is None,
        change="" if _REACHED.search(text[: figure.start]) else figure.change or "",
    )


def _measured(unit: str) -> tuple[str, float]:
    """What a unit is measured in here, and how many of those it is."""
    return vocabulary().measures.get(unit, (unit, 1.0))


def _vague(figure: Figure) -> Amount:
    """A vague word as its band, read with some goodwill; "all" and "none" mean what they say."""
    low, high = band = figure.band or (0, 0)
    noun = meaning(figure.unit)
    if high == 0:
        return Amount(figure.text, 0, 0, noun, 0, noun)
    if high <= 1:
        wider = 0 if low == high else VAGUE_SHARE
        return Amount(figure.text, low - wider, high + wider / 2, "share", None, noun, vague=True, band=band)
    return Amount(figure.text, low * (1 - VAGUE), high * (1 + VAGUE), noun, None, noun, vague=True, band=band)


def _stretch(figure: Figure) -> tuple[float, float]:
    """The stretch that a figure allows: what its words leave open, what hedges and round numbers do."""
    low = -math.inf if figure.low is None else float(figure.low)
    high = math.inf if figure.high is None else float(figure.high)
    if low != high:
        return low, high
    reach = max(_rounding(low), 0.5 if figure.unit == "percent" and low == int(low) else 0)
    if figure.approximate:
        reach = max(reach, HEDGED * abs(low))
        if _BELOW.search(figure.text):
            return low - reach, low
    return low - reach, high + reach


def _rounding(value: float) -> float:
    """Half of the last place that a number names, at most a twentieth of it; whole numbers under 100 are meant.

    >>> _rounding(785), _rounding(800), _rounding(61.3), _rounding(1_300)
    (0, 40.0, 0.05, 50.0)
    """
    if value == int(value):
        if abs(value) < 100:  # noqa: PLR2004  (a count that anybody can count)
            return 0
        digits = str(int(abs(value)))
        zeros = len(digits) - len(digits.rstrip("0"))
        return 0 if zeros < 2 else min(float(10**zeros) / 2, ROUNDED * abs(value))  # noqa: PLR2004  (785 and 790 are exact)
    places = len(repr(value).partition(".")[2])
    return min(0.5 / float(10**places), ROUNDED * abs(value))
