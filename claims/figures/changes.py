"""The movement a figure is part of: "rose 3% to 11%" is up, "a 45% drop" is down."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from claims.figures.spelled import one_of

_UP = """rise rises rose risen rising increase increases increased increasing grow grows grew grown growing growth climb
    climbs climbed climbing jump jumps jumped jumping surge surges surged surging soar soars soared soaring gain gains
    gained gaining raise raises raised raising rebound rebounded rebounding hike hiked expand expanded expansion upturn
    leap leapt leaped swell swelled swollen improve improved improving improvement boost boosted""".split()
_DOWN = """fall falls fell fallen falling drop drops dropped dropping decrease decreases decreased decreasing decline
    declines declined declining dip dips dipped plunge plunges plunged plunging slump slumps slumped
    slide slid sliding tumble tumbles tumbled tumbling shrink shrinks shrank shrunk shrinking reduce reduces reduced
    reducing reduction reductions cut cuts cutting lowered lowering plummet plummeted slash slashed slashing trim
    trimmed ease eased slip slipped slipping contracted contraction downturn shed""".split()
_NOUNS = """rise increase growth surge gain hike improvement expansion|fall drop decrease decline dip
    plunge slump reduction cut contraction downturn""".split("|")
_RISING, _FALLING = (set(words.split()) for words in _NOUNS)

_DIRECTIONS = {**dict.fromkeys(_UP, "up"), **dict.fromkeys(_DOWN, "down")}
_MOVING = re.compile(
    rf"\b(?:(?P<word>{one_of(_DIRECTIONS)})|(?P<beside>up|down)(?=\s(?:by\s|from\s|about\s|around\s|nearly\s|almost\s|more\sthan\s)?[$£€]?[0-9]))\b",
    re.IGNORECASE,
)
_NEXT_NOUN = re.compile(rf"(?:[\s-][\w-]{{1,20}}){{0,2}}?[\s-](?P<noun>{one_of([*_RISING, *_FALLING])})s?\b")
# A movement reaches a figure across a few words, not across the end of a clause.
_REACH, _WORDS_BETWEEN, _WORDS_TO_THING = 70, 9, 2
_CLAUSE_END = re.compile(
    r"[.;:!?]\s|\n|,\s(?:which|who|while|but|and|where|\w+ing)\b|\b(?:after|because|although|compared|that|who|which)\b"
)
_PHRASE_END = re.compile(r"\b(?:in|of|to|the|a|and|by|from|on|for|with|after)\b")
# "raised $5 million" and "gained 5 seats" tell what was got, not what moved.
_GOT = frozenset(
    [
        "raise",
        "raises",
        "raised",
        "raising",
        "gain",
        "gains",
        "gained",
        "gaining",
        "shed",
        "grow",
        "grown",
        "growing",
        "grew",
    ]
)
_MOVED_BY = re.compile(r"\b(?:by|from|to)\s(?:\w+\s){0,2}\Z")
# What only looks like a movement: to fall short, to decline a request, this fall, to make up, to round up.
_STILL_AFTER = re.compile(r"\s(?:short\b|to\s[a-z]|an?\s|the\s|comment)")
_STILL_BEFORE = re.compile(
    r"\b(?:this|last|next|mak(?:e|es|ing)|made|round(?:ing)?|end(?:s|ed|ing)?|set|put|pick(?:ed)?|take|took|came|come|add(?:s|ed)?|gunn(?:ed|ing)|shot|hunt(?:ed|ing)|track(?:ed|ing)|show(?:s|ed)?)\s\Z"
)


@dataclass(frozen=True, slots=True)
class Movement:
    """A word at ``start`` to ``end`` that says which way something went."""

    start: int
    end: int
    word: str
    direction: str


def find_movements(text: str) -> list[Movement]:
    """The words of ``text`` that say that something rose or fell, in order.

    >>> [movement.direction for movement in find_movements("Sales rose 3% as prices fell.")]
    ['up', 'down']
    >>> find_movements("up to 50 guards")
    []
    """
    return [
        Movement(match.start(), match.end(), word := match.group().lower(), _DIRECTIONS.get(word, word))
        for match in _MOVING.finditer(text)
        if not _is_still(text, match)
    ]


def _is_still(text: str, match: re.Match[str]) -> bool:
    word = match.group().lower()
    refused = word.startswith(("fall", "fell", "decline")) and _STILL_AFTER.match(text, match.end())
    season = word in {"fall", "up", "down"} and _STILL_BEFORE.search(text[max(0, match.start() - 12) : match.start()])
    return bool(refused or season or match.group() in {"Growth", "Fall"})


def change_of(text: str, start: int, end: int, movements: list[Movement], *, kind: str) -> str | None:
    """The direction in which the amount ``text[start:end]`` moved or was moved to; None where nothing moved.

    ``kind`` is what the amount measures: percentages are gained or lost where a sum or a seat is only got, things are
    cut or added right after the word, and a length of time does not move.

    >>> text = "Output rose sharply to 40 barrels after 3 weeks."
    >>> change_of(text, 23, 25, find_movements(text), kind="noun")
    'up'
    >>> change_of(text, 40, 47, find_movements(text), kind="time") is None
    True
    """
    if kind == "time":
        return None
    if noun := _NEXT_NOUN.match(text, end, end + 60):
        between = text[end : noun.start("noun")]
        if not _CLAUSE_END.search(between) and not _PHRASE_END.search(between):
            return "up" if noun["noun"] in _RISING else "down"
    movement = _reaching(text, start, movements)
    if not movement:
        return None
    between = text[movement.end : start]
    near = kind == "percent" or (
        movement.word not in _GOT and (kind == "money" or len(between.split()) <= _WORDS_TO_THING)
    )
    if not near and not _MOVED_BY.search(between):
        return None
    return movement.direction


def is_moved(text: str, start: int, movements: list[Movement]) -> bool:
    """Whether something rises or falls shortly before ``start``."""
    return _reaching(text, start, movements) is not None


def _reaching(text: str, start: int, movements: list[Movement]) -> Movement | None:
    """The last movement before ``start``, where no clause ends between."""
    at = bisect_right(movements, start, key=lambda movement: movement.end) - 1
    if at < 0 or start - movements[at].end > _REACH:
        return None
    between = text[movements[at].end : start]
    return None if len(between.split()) > _WORDS_BETWEEN or _CLAUSE_END.search(between) else movements[at]
