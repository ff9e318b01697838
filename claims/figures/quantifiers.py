"""Vague quantifiers ("almost all", "dozens") and the bands they mean, read from the table beside this file."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from claims.figures.heads import find_head
from claims.figures.spelled import SCALES, one_of
from claims.figures.units import TIME_WORDS

# Before "most" and "few" they make a superlative ("the most senior") or a rest ("the few").
_DETERMINED = re.compile(
    r"(?:\b(?:the|a|an|its|his|her|their|our|my|your|no|so|too|as|how|very|of|at|after|above|in|first)|[’']s?)\s\Z",
    re.IGNORECASE,
)
_OF = re.compile(r"\sof\s(?!(?:year|day|time|the\stime|which|this|that|it|us|you)\b)")


@dataclass(frozen=True, slots=True)
class Meaning:
    """One row of the table: a band of shares or of counts, or none."""

    band: tuple[float, float] | None
    counts: bool
    needs_noun: bool
    times: bool


@dataclass(frozen=True, slots=True)
class Quantifier:
    """``text[start:end]`` is a vague quantifier; ``noun`` is what it quantifies, or ''."""

    start: int
    end: int
    words: str
    band: tuple[float, float] | None
    noun: str


@cache
def meanings() -> dict[str, Meaning]:
    """What each phrase means, by the phrase in lower case.

    >>> meanings()["almost all"].band
    (0.9, 0.99)
    >>> "seven" in meanings()
    False
    """
    table = tomllib.loads(files("claims.figures").joinpath("quantifiers.toml").read_text(encoding="utf-8"))
    return {
        phrase: Meaning(
            tuple(band) if (band := row.get("share") or row.get("count")) else None,
            "count" in row,
            row.get("needs_noun", False),
            row.get("times", False),
        )
        for row in table.values()
        for phrase in row["words"]
    }


@cache
def _pattern() -> re.Pattern[str]:
    phrases = one_of([re.escape(phrase).replace(r"\ ", r"\s") for phrase in meanings()])
    return re.compile(
        rf"(?<![\w'’-])(?P<phrase>{phrases})\b(?:\s(?P<scale>{one_of(SCALES)})\b)?(?![-'’])", re.IGNORECASE
    )


def find_quantifiers(text: str) -> list[Quantifier]:
    """The vague quantifiers of ``text``, in order, with their bands.

    >>> [(found.words, found.band, found.noun) for found in find_quantifiers("Almost all suspected militants fled.")]
    [('almost all', (0.9, 0.99), 'militants')]
    >>> find_quantifiers("The most senior officer fled after all.")
    []
    """
    found = []
    for match in _pattern().finditer(text):
        words = " ".join(match["phrase"].lower().split())
        meaning = meanings()[words]
        scale = SCALES[match["scale"].lower()] if match["scale"] else 1
        if scale > 1 and not meaning.times:
            continue
        head = find_head(text, match.end() - len(" of") * words.endswith(" of"))
        noun = head.noun if head else ""
        if noun.lower().removesuffix("s") in TIME_WORDS or (
            meaning.needs_noun and not _quantifies(text, match, noun, scale)
        ):
            continue
        band = (meaning.band[0] * scale, meaning.band[1] * scale) if meaning.band else None
        words = f"{words} {match['scale'].lower()}" if match["scale"] else words
        found.append(Quantifier(match.start(), match.end(), words, band, noun))
    return found


def _quantifies(text: str, match: re.Match[str], noun: str, scale: int) -> bool:
    """Whether a noun or "of" follows, and nothing before makes a superlative or an idiom of it."""
    before = text[max(0, match.start() - 12) : match.start()]
    if " " not in match["phrase"] and _DETERMINED.search(before):
        return False
    return bool(noun or scale > 1 or _OF.match(text, match.end()))
