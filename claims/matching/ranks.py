"""Ranks: the place somebody took, how old they are, the score and the time of the day, which are no figures elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claims.matching.amount import Amount
from claims.matching.vocabulary import meaning

#: The places of a contest, in their order.
ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
# "Came fifth in", "ranks 45th of", "in second place".
_RANK = re.compile(
    rf"""\b(?:finish(?:ed|es)?|c[ao]mes?|placed|rank(?:ed|s)?|stands|stood|is|are|was|were|in|to)\s(?:only\s|just\s)?
    (?P<rank>(?:joint\s)?(?:(?P<word>{"|".join(ORDINALS)})|(?P<number>\d{{1,3}})(?:st|nd|rd|th)))
    (?=\s(?:in|at|on|out|of|among|overall|behind|place|worldwide|globally)\b|\s*[.,;]|\s*\Z)""",
    re.VERBOSE,
)
# "The third largest exporter", "is the largest exporter".
_SUPERLATIVE = re.compile(
    rf"""(?:\b(?:(?P<word>{"|".join(ORDINALS)})|(?P<number>\d{{1,3}})(?:st|nd|rd|th))[\s-]|\b(?:is|was|are|were|remains?|became)\sthe\s
    (?:[\w]+[’']s\s)?)(?:largest|biggest|highest|tallest|richest|smallest|lowest|longest|oldest|youngest|fastest|busiest|poorest
    |deadliest|deepest|heaviest|strongest|warmest|hottest|coldest|driest|wettest|worst|best)\b(?!\s(?:\w+\s)?(?:since|ever|on\srecord|for|in\s\d|in\smore|in\snearly|in\salmost)\b)""",
    re.VERBOSE,
)
# "The first ship to cross", "its third week", "on the second floor".
_NTH = re.compile(
    rf"""\b(?:the|its|his|her|their|a)\s(?:(?P<word>{"|".join(ORDINALS)})|(?P<number>\d{{1,3}})(?:st|nd|rd|th))\s
    (?!quarter|half|time|round|leg|test|match|game|stage|phase|century|world|degree|of\b|in\b|and\b|to\b|largest|biggest)(?P<noun>[a-z]+)\b""",
    re.VERBOSE,
)
# How old a known person is; "a 12-year-old boy" only tells which boy.
_AGE = re.compile(
    r"\b(?:(?P<old>\d{1,3})\syears?\sold|(?:aged|(?<=the\s)age\sof|(?:is|was)\san?(?=\s\d{1,3}-year-old))\s(?P<aged>\d{1,3}))\b"
)
# At what time of the day: "shortly before 6 a.m.", "at noon".
_CLOCK = re.compile(
    r"\b(?:(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?\s?(?P<half>[ap])\.?m\b|(?P<word>noon|midnight)\b)"
)
# "Won 3-1", "by 269 votes to 37": the greater number first.
_SCORE = re.compile(
    r"(?<![\d.,/–-])(?P<one>\d{1,3})(?:[-–]|\s(?:votes\s)?to\s(?=\d+(?:\s(?:votes|in\sfavour)|[.,;]|\s(?:on|in)\b|\Z)))(?P<other>\d{1,3})(?![\d/–-]|[.,]\d)"
)
#: So many minutes "shortly before" and a rounded time of the day reach.
_ABOUT_THEN = 30


def ranks_of(text: str) -> Iterator[Amount]:
    """The place somebody took and how old somebody is, which are no figures elsewhere.

    >>> [(amount.text, amount.low, amount.unit) for amount in ranks_of("Tom Vey, who came fifth in Korda, is 34 years old.")]
    [('fifth', 5.0, 'rank'), ('34 years old', 34.0, 'age')]
    >>> [(amount.text, amount.low, amount.unit) for amount in ranks_of("Korda won 3-1 in its third match, which ended at 9.30 p.m.")]
    [('9.30 p.m', 1260.0, "o'clock"), ('3-1', 3001.0, 'score')]
    """
    for match in _RANK.finditer(text):
        place = _place(match)
        yield Amount(match["rank"], place, place, "rank", place)
    for match in _NTH.finditer(text):
        place = _place(match)
        yield Amount(match.group(), place, place, f"nth {meaning(match['noun'])}", place, aside=True)
    for match in _SUPERLATIVE.finditer(text):
        place = _place(match)
        yield Amount(match.group(), place, place, "rank", place, aside=place == 1)
    for match in _AGE.finditer(text):
        age = float(match["old"] or match["aged"])
        yield Amount(match.group(), age, age, "age", age, aside=True)
    for match in _CLOCK.finditer(text):
        clock = _minutes(match)
        yield Amount(match.group(), clock - _ABOUT_THEN, clock + _ABOUT_THEN, "o'clock", clock, aside=True)
    for match in _SCORE.finditer(text):
        less, more = sorted((int(match["one"]), int(match["other"])))
        score = float(1000 * more + less)
        yield Amount(match.group(), score, score, "score", score, aside=True)


def _minutes(match: re.Match[str]) -> float:
    """The minutes since midnight that a time of the day tells."""
    if match["word"]:
        return 12.0 * 60 if match["word"] == "noon" else 24.0 * 60
    hour = int(match["hour"]) % 12 + (12 if match["half"] == "p" else 0)
    return float(60 * hour + int(match["minute"] or 0))


def _place(match: re.Match[str]) -> float:
    """The place that is told by a number or a word, the first where neither stands there: "the largest"."""
    return float(match["number"] or (ORDINALS.index(match["word"]) + 1 if match["word"] else 1))
