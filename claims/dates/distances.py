"""Dates told by their distance: three years ago, two days later, the year-ago quarter, the same month last year."""

from __future__ import annotations

import re
from dataclasses import replace

from claims.dates.parts import nearest_part
from claims.dates.periods import Period, a_year, moved_by, period, spoken
from claims.dates.phrases import Phrasebook, Reading, resolved, unresolved
from claims.dates.relative import BLANKS, SIDES, the_quarter
from claims.dates.scene import Scene
from claims.dates.words import NUMBERS_OPEN, ORDINALS, VAGUE_OPEN, length, number_in, ordinal_in, unit_in

BOOK = Phrasebook()

_ABOUT = r"""(?:(?:more|less|fewer|longer)_than_|(?:just_)?(?:over|under)_|about_|around_|nearly_|almost_|some_|just_
    |roughly_|approximately_|at_least_|only_|exactly_)?"""
_ABOUT_OPEN = "more less fewer longer about around nearly almost some over just roughly approximately at only exactly"

# What "the same period" may mean: what is in focus, else the finest part of a year that was spoken of.
_PERIODS = ("month", "quarter", "half", "season")

# From which day, and in which direction, each word counts.
_FROM_PUBLICATION = {"ago": -1, "back": -1, "hence": 1, "from now": 1, "from today": 1}
_FROM_FOCUS = {"earlier": -1, "before": -1, "previously": -1, "prior": -1, "later": 1, "afterward": 1, "afterwards": 1}

# "two days before the vote" counts from the vote, "two days before, ..." from the date in focus
_SOMETHING_FOLLOWS = re.compile(r"\s\w")
# "two days back in Korda" is a stay
_PLACE = re.compile(r"\s(?:home|in|to|at|from|on|with|the)\b")


@BOOK.phrase(
    f"{NUMBERS_OPEN} {_ABOUT_OPEN}",
    rf"""{_ABOUT}(?P<number><NUMBER>|an?)(?P<half>_and_a_half)?(?:_|-)(?P<unit><UNITS>|<UNIT>)(?P<more>_and_a_half)?
        (?:_|-)(?P<side>{"|".join(_FROM_PUBLICATION | _FROM_FOCUS).replace(" ", "_")})(?!_than\b)""",
)
def _ago(match: re.Match[str], scene: Scene) -> Reading | None:
    """Three years ago (from publication); two days later and a year earlier (from the date in focus)."""
    times, unit = unit_in(match["unit"])
    side = re.sub(r"\s+", " ", match["side"].lower())
    after = scene.after(match.end())
    if (side in {"before", "prior"} and _SOMETHING_FOLLOWS.match(after)) or (side == "back" and _PLACE.match(after)):
        return None
    from_publication = side in _FROM_PUBLICATION
    count = number_in(match["number"]) * times * (_FROM_PUBLICATION | _FROM_FOCUS)[side]
    if unit in {"second", "minute", "hour"}:
        half = 0.5 if match["half"] or match["more"] else 0
        return unresolved(length(abs(count) + half, unit), "the hour it counts from is not known", "DURATION")
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


@BOOK.phrase(
    f"{NUMBERS_OPEN} {_ABOUT_OPEN}",
    rf"{_ABOUT}(?P<number><NUMBER>|an?)_(?P<unit>years?|months?|weeks?)_ago_(?:(?P<day>today)|this_(?P<grain>week|month))",
)
def _ago_today(match: re.Match[str], scene: Scene) -> Reading | None:
    """A year ago today, thirty years ago this month: the same day or month of then."""
    unit, grain = unit_in(match["unit"])[1], (match["grain"] or "day").lower()
    if scene.published is None:
        return unresolved(BLANKS[grain])
    count = number_in(match["number"])
    day = moved_by(scene.published, -count, unit)
    many = "" if count == 1 else "s"
    return resolved(period(grain, day) if day else None, f"{count:g} {unit}{many} before {spoken(scene.published)}")


def _compared(found: Period | None, why: str) -> Reading:
    """A date named only to compare with: the one in focus stays in focus."""
    return replace(resolved(found, why), focus=None)


@BOOK.phrase("half a", r"(?:(?P<half>half_a|a_half(?:_|-))|a_quarter(?:_|-)(?:of_a_)?)_?century(?:_|-)(?:ago|earlier)")
def _part_of_century_ago(match: re.Match[str], scene: Scene) -> Reading | None:
    """Half a century ago, a quarter-century ago."""
    years = 50 if match["half"] else 25
    return resolved(scene.today.step(-years, "year"), f"{years} years before") if scene.today else unresolved("XXXX")


@BOOK.phrase("years months weeks days decades hours minutes centuries long moments", r"(?:<UNITS>|moments|long)_ago")
@BOOK.phrase(VAGUE_OPEN, r"<VAGUE>_(?:<UNITS>|time)_(?:ago|earlier|back(?!_(?:home|in|to|at|from|on|with|the)\b))")
def _vaguely_ago(match: re.Match[str], scene: Scene) -> Reading | None:
    """Years ago, several weeks ago, a few days earlier."""
    return unresolved("PAST_REF", "the words do not say how long before")


@BOOK.phrase(VAGUE_OPEN, r"<VAGUE>_<UNITS>_(?:later|from_now|hence)")
def _vaguely_later(match: re.Match[str], scene: Scene) -> Reading | None:
    """A few days later."""
    return unresolved("FUTURE_REF", "the words do not say how long after")


@BOOK.phrase(
    "the year month week",
    r"""(?:the_)?(?P<unit>year|month|week)-(?:ago|earlier)
        (?:_(?:(?:fiscal_)?(?P<which>first|second|third|fourth)_)?(?P<part>quarter|period|month|half))?""",
)
def _year_ago_quarter(match: re.Match[str], scene: Scene) -> Reading | None:
    """The year-ago quarter, the year-earlier period: of what was just spoken of; the year-ago third quarter."""
    unit, part = match["unit"].lower(), (match["part"] or "").lower()
    if match["which"] and part in {"quarter", "half"}:
        return _part_a_year_ago(match, scene)
    if part == "period" and unit == "year" and scene.focus and scene.focus.grain in _PERIODS:
        return _compared(scene.focus.a_step(-1, unit), f"a year before {scene.focus.name}")
    base = scene.spoken_of.get(part) or scene.spoken_of.get("quarter") or scene.base(unit)
    if part == "quarter" and base and base.grain not in {"quarter", "half"}:
        base = the_quarter(scene, *match.span()).focus
    if base is None:
        return unresolved(BLANKS[unit])
    return _compared(scene.stepped(base, -1, unit), f"a {unit} before {base.name}")


@BOOK.phrase(
    f"the fiscal {' '.join(ORDINALS)}",
    r"""(?:the_)?(?:fiscal_)?(?P<which>first|second|third|fourth)(?:_|-)(?P<part>quarter|half),?
        _(?:of_)?(?:a_year_(?:ago|earlier|before)|the_(?:year_(?:before|earlier)|(?:previous|prior|preceding)_year))""",
)
def _part_a_year_ago(match: re.Match[str], scene: Scene) -> Reading | None:
    """The third quarter a year ago, the first half of the previous year."""
    here = nearest_part(scene, ordinal_in(match["which"]), match["part"].lower(), *match.span())
    if here.focus is None:
        return here
    return _compared(here.focus.a_step(-1, "year"), f"a year before {here.focus.name}")


@BOOK.phrase("the", r"the_(?:like_|comparable_|corresponding_|same_)?(?P<year><YEAR>)_(?P<part>quarter|period|half)")
def _period_of_year(match: re.Match[str], scene: Scene) -> Reading | None:
    """The 1988 quarter: the one spoken of, in that year."""
    year, base = int(match["year"]), scene.spoken_of.get("quarter") or scene.spoken_of.get("half")
    if base is None:
        return resolved(a_year(year), "a year as written")
    return _compared(base.a_step(year - base.first.year, "year"), f"{base.name} in another year")


def _spoken_of(scene: Scene, unit: str) -> Period | None:
    """The month, quarter or other period that "the same ``unit``" means."""
    if unit in {"period", "time"}:
        if scene.focus and scene.focus.grain in _PERIODS:
            return scene.focus
        spoken_of = [scene.spoken_of[grain] for grain in _PERIODS if grain in scene.spoken_of]
        base = spoken_of[0] if spoken_of else scene.base("year")
        return period("year", base.first) if base and base.grain == "day" else base
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
    side = (match["side"] or "").lower()
    if match["year"]:
        years = int(match["year"]) - base.first.year
    elif scene.published and side in {"last", "next"}:
        # "last year" is that of publication, "the previous year" that of what is spoken of
        years = scene.published.year + SIDES[side] - base.first.year
    else:
        years = SIDES.get(side, -1)
    return _compared(base.a_step(years, "year"), f"{base.name} in another year")
