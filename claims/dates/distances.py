"""Dates told by their distance: three years ago, two days later, the year-ago quarter, the same month last year."""

from __future__ import annotations

import re
from dataclasses import replace

from claims.dates.periods import Period, period
from claims.dates.phrases import Phrasebook, Reading, resolved, unresolved
from claims.dates.relative import BLANKS, SIDES
from claims.dates.scene import Scene
from claims.dates.words import NUMBERS_OPEN, VAGUE_OPEN, length, number_in, unit_in

BOOK = Phrasebook()

_ABOUT = r"""(?:(?:more|less|fewer|longer)_than_|(?:just_)?(?:over|under)_|about_|around_|nearly_|almost_|some_|just_
    |roughly_|approximately_|at_least_|only_|exactly_)?"""
_ABOUT_OPEN = "more less fewer longer about around nearly almost some over just roughly approximately at only exactly"

# From which day, and in which direction, each word counts.
_FROM_PUBLICATION = {"ago": -1, "hence": 1, "from now": 1, "from today": 1}
_FROM_FOCUS = {"earlier": -1, "before": -1, "previously": -1, "prior": -1, "later": 1, "afterward": 1, "afterwards": 1}

# "two days before the vote" counts from the vote, "two days before, ..." from the date in focus
_SOMETHING_FOLLOWS = re.compile(r"\s\w")


@BOOK.phrase(
    f"{NUMBERS_OPEN} {_ABOUT_OPEN}",
    rf"""{_ABOUT}(?P<number><NUMBER>|an?)(?P<half>_and_a_half)?(?:_|-)(?P<unit><UNITS>|<UNIT>)(?P<more>_and_a_half)?
        (?:_|-)(?P<side>{"|".join(_FROM_PUBLICATION | _FROM_FOCUS).replace(" ", "_")})(?!_than\b)""",
)
def _ago(match: re.Match[str], scene: Scene) -> Reading | None:
    """Three years ago (from publication); two days later and a year earlier (from the date in focus)."""
    times, unit = unit_in(match["unit"])
    side = re.sub(r"\s+", " ", match["side"].lower())
    if side in {"before", "prior"} and _SOMETHING_FOLLOWS.match(scene.after(match.end())):
        return None
    from_publication = side in _FROM_PUBLICATION
    count = number_in(match["number"]) * times * (_FROM_PUBLICATION | _FROM_FOCUS)[side]
    if unit in {"second", "minute", "hour"}:
        return unresolved(length(abs(count), unit), "the hour it counts from is not known", "DURATION")
    if match["half"] or match["more"]:
        if unit != "year":
            return unresolved(BLANKS[unit], "half of it has no fixed length")
        count, unit = 12 * count + (6 if count > 0 else -6), "month"
    base = scene.today if from_publication else scene.base(unit)
    if base is None:
        return unresolved(BLANKS[unit])
    many = "" if abs(count) == 1 else "s"
    why = f"{abs(count):g} {unit}{many} {'before' if count < 0 else 'after'} {base.name}"
    if from_publication:
        return resolved(base.step(count, unit), why)
    found = scene.stepped(base, count, unit)
    return _compared(found, why) if base.grain in {"quarter", "half"} else resolved(found, why)


def _compared(found: Period | None, why: str) -> Reading:
    """A date named only to compare with: the one in focus stays in focus."""
    return replace(resolved(found, why), focus=None)


@BOOK.phrase("years months weeks days decades hours minutes centuries long moments", r"(?:<UNITS>|moments|long)_ago")
@BOOK.phrase(VAGUE_OPEN, r"<VAGUE>_<UNITS>_(?:ago|earlier)")
def _vaguely_ago(match: re.Match[str], scene: Scene) -> Reading | None:
    """Years ago, several weeks ago, a few days earlier."""
    return unresolved("PAST_REF", "the words do not say how long before")


@BOOK.phrase(VAGUE_OPEN, r"<VAGUE>_<UNITS>_(?:later|from_now|hence)")
def _vaguely_later(match: re.Match[str], scene: Scene) -> Reading | None:
    """A few days later."""
    return unresolved("FUTURE_REF", "the words do not say how long after")


@BOOK.phrase(
    "the year month week",
    r"(?:the_)?(?P<unit>year|month|week)-(?:ago|earlier)(?:_(?P<part>quarter|period|month|half))?",
)
def _year_ago_quarter(match: re.Match[str], scene: Scene) -> Reading | None:
    """The year-ago quarter, the year-earlier period: of what was just spoken of."""
    unit, part = match["unit"].lower(), (match["part"] or "").lower()
    base = scene.spoken_of.get(part) or scene.spoken_of.get("quarter") or scene.base(unit)
    if base is None:
        return unresolved(BLANKS[unit])
    return _compared(scene.stepped(base, -1, unit), f"a {unit} before {base.name}")


# What "the same period" may mean, the finest part of a year that was spoken of first.
_PERIODS = ("month", "quarter", "half", "season")


def _spoken_of(scene: Scene, unit: str) -> Period | None:
    """The month, quarter or other period that "the same ``unit``" means."""
    if unit in {"period", "time"}:
        spoken_of = [scene.spoken_of[grain] for grain in _PERIODS if grain in scene.spoken_of]
        return spoken_of[0] if spoken_of else scene.base("year")
    base = scene.spoken_of.get(unit) or scene.base(unit)
    return period(unit, base.first) if base else None


@BOOK.phrase(
    "the same",
    r"""(?:the_)?same_(?P<unit>period|quarter|month|time|week|day|year|half|season)(?:_(?:of|in))?_
        (?: (?:the_)?(?P<side>last|previous|next|prior|preceding|following)_year | (?P<year><YEAR>)
          | (?:a|the)_year_(?:ago|earlier|before) )""",
)
def _same_period(match: re.Match[str], scene: Scene) -> Reading | None:
    """The same period last year, the same month a year ago: what is in focus, in another year."""
    base = _spoken_of(scene, match["unit"].lower())
    if base is None:
        return unresolved("XXXX")
    years = int(match["year"]) - base.first.year if match["year"] else SIDES.get((match["side"] or "").lower(), -1)
    return _compared(base.a_step(years, "year"), f"{base.name} in another year")
