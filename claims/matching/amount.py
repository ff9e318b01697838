"""An amount: a figure as the stretch of numbers that its words allow."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Amount:
    """``low`` to ``high`` is the stretch that the words allow, rounding and hedges included; ``text`` are its words.

    ``unit`` is what it is measured in ("metre", "euro", "share") or the meaning of what is counted; '' is a bare number.
    ``stated`` is the number itself, None for a vague word and for a stretch. ``change`` is "up", "down" or "".
    ``per`` is what a rate is a rate of: "day" in "300 cars a day". ``measure`` is the unit as it was written; against a
    number in another one the figure reaches ``slack`` further, as who converts it rounds it.
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
    per: str = ""
    measure: str = ""
    slack: float = 0
    #: it comes beside what a claim says: how old somebody is, that something is the largest
    aside: bool = False

    @property
    def said(self) -> tuple[float | None, float | None]:
        """Its bounds as the words have them, without what rounding and hedges allow; None where they are open.

        >>> from claims.matching.amounts import amounts_of
        >>> amounts_of("About 100 men fled.")[0].said, amounts_of("At least 100 men fled.")[0].said
        ((100.0, 100.0), (100.0, None))
        """
        low, high = (self.stated, self.stated) if self.stated is not None and not self.open else (self.low, self.high)
        return None if low == -math.inf else low, None if high == math.inf else high

    def fits(self, other: Amount) -> bool:
        """Whether one number can be both.

        >>> from claims.matching.amounts import amounts_of
        >>> nearly, exact, fewer = (amounts_of(f"{words} men fled.")[0] for words in ("Nearly 800", "785", "About 100"))
        >>> nearly.fits(exact), exact.fits(fewer)
        (True, False)
        >>> acres, hectares, more = (amounts_of(f"It covers {area}.")[0] for area in ("5 acres", "2 hectares", "6 acres"))
        >>> acres.fits(hectares), acres.fits(more)
        (True, False)
        """
        converted = self.measure != other.measure and not (self.vague or other.vague)
        slack = self.slack + other.slack if converted else 0
        return self.low <= other.high + slack and other.low <= self.high + slack
