"""Numerals: where a text writes a number, in digits or in words, and which number it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from claims.figures.spelled import SCALES, find_spelled, one_of

# Scales that are only written after digits.
_SHORT = {"mn": 10**6, "mln": 10**6, "bn": 10**9, "bln": 10**9, "tn": 10**12, "trn": 10**12}
_GLYPHS = {"½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅛": (1, 8)}

# Spaces that group digits (10 000 000): plain, no-break, thin, narrow no-break.
_GROUP = "[ \N{NO-BREAK SPACE}\N{THIN SPACE}\N{NARROW NO-BREAK SPACE}]"
_SLASH = "[/\N{FRACTION SLASH}]"

_DIGITS = re.compile(
    rf"""
    (?=[0-9.{"".join(_GLYPHS)}])
    (?<![0-9_]) (?<![0-9][.,:/])           # not the tail of another number
    (?:
        (?P<indian>   [0-9]{{1,2}} (?:,[0-9]{{2}}){{1,6}} ,[0-9]{{3}} (?:\.[0-9]{{1,9}})? )       # 1,00,000
      | (?P<english>  [0-9]{{1,3}} (?:,[0-9]{{3}}){{1,6}} (?:\.[0-9]{{1,9}})? )                  # 1,000,000.5
      | (?P<european> [0-9]{{1,3}} (?: (?:\.[0-9]{{3}}){{2,6}} (?:,[0-9]{{1,9}})?                # 1.000.000
                                     | (?:\.[0-9]{{3}}){{1,6}} ,[0-9]{{1,2}} ) )                 # 1.234,56
      | (?P<spaced>   [1-9][0-9]{{0,2}} (?:{_GROUP}[0-9]{{3}}){{1,6}} (?:[.,][0-9]{{1,9}})? (?!s\b) )    # 10 000
      | (?P<comma>    [0-9]{{1,9}} ,[0-9]{{1,2}} ) (?!,)                                         # 3,5
      | (?P<mixed>    (?:[0-9]{{1,4}}[ -])? [0-9]{{1,2}} {_SLASH} (?:100|10|16|[234568]) )       # 2 1/2
      | (?P<glyph>    (?:[0-9]{{1,4}}\s?)? [{"".join(_GLYPHS)}] )                                # 2½
      | (?P<plain>    [0-9]{{1,15}} \.[0-9]{{1,9}} | (?<!\.)[0-9]{{1,15}} | (?<![\w.])\.[0-9]{{1,9}} )
    )
    (?![0-9]) (?![.,:/][0-9])
    """,
    re.VERBOSE,
)
_SCALE = re.compile(rf"[\s-]?(?P<scale>{one_of([*SCALES, *_SHORT])})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Numeral:
    """``text[start:end]`` says ``face`` times ``scale``: "2.5 million" has the face 5/2 and the scale 1,000,000."""

    start: int
    end: int
    face: Fraction
    scale: int
    digits: bool
    #: a part of a whole: "two-thirds", "one in five", "¾"
    share: bool

    @property
    def value(self) -> Fraction:
        """The number itself."""
        return self.face * self.scale


def find_numerals(text: str) -> list[Numeral]:
    """The numerals of ``text``, in order; whether one is an amount, a year or a page is not asked here.

    Indian, European and spaced grouping are read; one dot before three digits is a decimal point, as in English.

    >>> [(numeral.start, int(numeral.value)) for numeral in find_numerals("1,00,000 to a million and a half")]
    [(0, 100000), (12, 1500000)]
    >>> find_numerals("Nobody has won.")
    []
    """
    candidates = [Numeral(s.start, s.end, s.face, s.scale, digits=False, share=s.share) for s in find_spelled(text)]
    candidates += _digits(text)
    found: list[Numeral] = []
    for numeral in sorted(candidates, key=lambda numeral: (numeral.start, -numeral.end)):
        if not found or numeral.start >= found[-1].end:
            found.append(numeral)
    return found


def _digits(text: str) -> Iterator[Numeral]:
    for match in _DIGITS.finditer(text):
        face, end, scale = _face(match), match.end(), 1
        while scale < 10**18 and (following := _SCALE.match(text, end)):
            word = following["scale"].lower()
            scale *= SCALES.get(word) or _SHORT[word]
            end = following.end()
        part = match.lastgroup in {"mixed", "glyph"} and face < 1 and scale == 1
        yield Numeral(match.start(), end, face, scale, digits=True, share=part)


def _face(match: re.Match[str]) -> Fraction:
    """The number that one run of digits, dots, commas and spaces writes."""
    written = match.group()
    match match.lastgroup:
        case "european":
            return Fraction(written.replace(".", "").replace(",", "."))
        case "comma":
            return Fraction(written.replace(",", "."))
        case "spaced":
            return Fraction(re.sub(_GROUP, "", written).replace(",", "."))
        case "mixed":
            *whole, top, under = map(int, re.findall("[0-9]+", written))
            return sum(whole) + Fraction(top, under)
        case "glyph":
            return Fraction(written[:-1].strip() or 0) + Fraction(*_GLYPHS[written[-1]])
        case _:
            return Fraction(written.replace(",", ""))
