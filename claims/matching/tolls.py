"""Tolls: "the death toll in Korda has risen to 12" counts the dead, as "12 people died in Korda" does."""

from __future__ import annotations

import re
from dataclasses import dataclass

from claims.matching.vocabulary import meaning, vocabulary

_LEVELS = r"""(?:ris(?:e|es|en|ing)|rose|climb(?:s|ed|ing)?|jump(?:s|ed)?|grow(?:s|n)?|grew|go(?:ne|es)?\sup|went\sup|increas(?:es?|ed)
    |soar(?:s|ed)?|surg(?:es?|ed)|mount(?:s|ed)?|swell(?:s|ed)?|swollen|creep(?:s)?|crept|edg(?:es?|ed)\sup|stands?|stood|remain(?:s|ed)?
    |reach(?:es|ed)?|hits?|total(?:s|led|ed)?|is|was|are|were|be|been|fallen|fell|falls?|dropp?(?:s|ed)?
    |(?:revised|lowered|raised|cut|put|updated|estimated)(?:\s(?:up|down|upwards?|downwards?))?)"""
_ABOVE = r"(?:pass(?:es|ed)?|exceed(?:s|ed)?|topp?(?:s|ed)?|surpass(?:es|ed)?)"
# What tells how many, and the number that is reached: up to the place where a number starts.
_TOLL = re.compile(
    rf"""
    \b(?P<noun>
        (?:(?P<what>death|casualty|injury)[\s-])?toll                              # "the death toll", "the toll"
        |(?:number|count|tally)\sof\s(?:(?:people|persons|those|the|all|confirmed|officially|known)\s)*(?P<who>[a-z]+)
        |body\scount
        |(?P<many>deaths|fatalities|casualties|injuries)                           # "fatalities stand at 12"
    )\b
    (?P<about>(?:,?\s(?!(?:and|but|where|while|whereas|per|rates?)\b)[^\s.;:]+?){{0,9}}?)       # "in the Korda quake"
    ,?\s(?:
        (?P<level>(?:(?:has|have|had|now|already|officially|currently|also|later|since)\s)*
            (?:{_LEVELS}(?:\s(?:now|already|officially|currently|steady))?|(?P<above>{_ABOVE})))
        (?:\sby\s(?:(?:at\sleast|about|some|another)\s)*[\w,]+)??
        (?:\s(?:from\s[\w,]+\s)?(?:to|at))?
      |of
    )\s
    (?:(?:a|an|at|least|about|around|nearly|almost|some|over|more|fewer|less|than|as|many|just|above|beyond|past|total|of|now|well
        |roughly|approximately|up|to)\s)*
    (?P<by>by\s(?:(?:a|an|at|least|about|some|another|nearly|almost)\s)*)?
    \Z""",
    re.VERBOSE | re.IGNORECASE,
)
#: So many characters before its number a toll is looked for.
_REACH = 240
_MOVED = ("revised", "raised", "put", "went", "gone", "goes", "edged", "updated")
_HINT = re.compile(
    r"toll|(?:number|count|tally)\sof\s|body\scount|deaths|fatalities|casualties|injuries", re.IGNORECASE
)
# "Claimed 12 lives": they are those of people; "lives in Korda" is a verb.
LIVES = re.compile(r"\s(?:[a-z]+\s)?lives\b(?!\s(?:in|on|at|with|near)\b)")


@dataclass(frozen=True, slots=True)
class Toll:
    """``act`` is what befell those who are counted; ``noun`` and ``level`` are where its words and its verb stand.

    ``beyond`` for "topped"; ``by`` where the number behind says first by how many it moved.
    """

    act: str
    noun: tuple[int, int]
    level: tuple[int, int]
    beyond: bool
    #: it was moved by somebody: "revised up to 12" is no bound
    moved: bool
    by: bool


def may_tell_toll(text: str) -> bool:
    """Whether one of the words is there with which a toll is told; the rest need not be read."""
    return bool(_HINT.search(text))


def toll_before(text: str, end: int) -> Toll | None:
    """The toll that the words of a text before its number at ``end`` tell of, None where they tell none.

    >>> def told(text): return toll_before(text, len(text))
    >>> told("The death toll in the Korda quake has risen to ").act, told("The number of injured rose to ").act
    ('kill', 'injure')
    >>> told("The number of schools rose to "), told("The toll shocked Korda, and prices rose to "), told("The atoll rose to ")
    (None, None, None)
    """
    begin = max(0, end - _REACH)
    match = _TOLL.search(text, begin, end) if _HINT.search(text, begin, end) else None
    if match is None:
        return None
    counted = match["who"] or match["many"] or match["what"]
    act = meaning(counted.lower()) if counted else "kill"
    if act not in vocabulary().kinds["done_to"]:
        return None
    level = match.span("level") if match["level"] else (match.end(), match.end())
    return Toll(
        act,
        match.span("noun"),
        level,
        bool(match["above"]),
        text[begin:end].rstrip().endswith(_MOVED),
        bool(match["by"]),
    )
