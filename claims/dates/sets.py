"""Times that come again: every year, each Monday, annually, $3 a day."""

from __future__ import annotations

import re

from claims.dates.periods import SEASONS
from claims.dates.phrases import Phrasebook, Reading, unresolved
from claims.dates.scene import Scene
from claims.dates.words import DAY_PARTS, WEEKDAYS_OPEN, length, month_in, number_in, unit_in, weekday_in

BOOK = Phrasebook()


def a_set(timex: str) -> Reading:
    """Something that comes again, which is no single day."""
    return unresolved(timex, "it comes again and again, so it names no single day", "SET")


# A speed is no time: "140 kilometres per hour".
_SPEED_BEFORE = re.compile(r"\b(?:kilomet(?:er|re)s?|met(?:er|re)s?|miles?|knots|km|m|feet)\s$", re.IGNORECASE)


@BOOK.phrase(
    "every each per once twice",
    r"""(?:(?:once|twice)_)?(?:every|each|per|once_an?|twice_an?)_(?P<other>other_)?(?:single_)?
        (?:(?P<number><NUMBER>)_|(?P<vague>few|several|couple_of)_)?
        (?: (?P<unit><UNITS>|<UNIT>) | (?P<working>weekday) | (?P<weekday><WEEKDAY>) | (?P<month><MONTH>) | (?P<season><SEASON>)
          | (?P<part><DAYPART>) )""",
)
def _every(match: re.Match[str], scene: Scene) -> Reading | None:
    """Every year, each Monday, every two weeks, per day, twice a week; not "every second car", nor 140 kilometres per hour."""
    if match["working"] or match["weekday"]:
        return a_set(_of_each_week(match))
    if match["month"]:
        return a_set(f"XXXX-{month_in(match['month']):02d}")
    if match["season"]:
        return a_set(f"XXXX-{SEASONS[match['season'].lower()][0]}")
    if match["part"]:
        return a_set(f"XXXX-XX-XXT{DAY_PARTS[match['part'].lower()]}")
    times, unit = unit_in(match["unit"])
    per = match[0][:3].lower() == "per"
    is_ordinal = unit == "second" and not match["number"] and not per
    if is_ordinal or (per and _SPEED_BEFORE.search(scene.before(match.start(), 20))):
        return None
    number = None if match["vague"] else number_in(match["number"]) if match["number"] else 2 if match["other"] else 1
    return a_set(length(number, unit, times))


# "$3 a day", "five times a week", "12 flights a day", "at a rate of 15 a year"
_RATE_BEFORE = re.compile(
    r"""(?:\b(?:once|twice|thrice|percent|per\scent|times?|million|billion|trillion|thousand|dollars|euros|pounds|yen
        |cents|hundreds|thousands|dozens|barrels|hours?|minutes?|days?)
      | \d | % | \b\d[\d.,]{0,9}(?:\s(?!in|for|on|at|after|than|to)[a-z]{1,12}){1,2} )\s$""",
    re.IGNORECASE | re.VERBOSE,
)


@BOOK.phrase(
    "a an",
    r"an?_(?P<unit>minute|hour|day|week|month|year)(?!(?:_|-)(?:old|ago|earlier|later|after|before|long)\b)",
)
def _rate(match: re.Match[str], scene: Scene) -> Reading | None:
    """The year in "$3 a year"."""
    if _RATE_BEFORE.search(scene.before(match.start(), 40)):
        return a_set(length(1, match["unit"].lower()))
    return None


_REPEATING = {
    "hourly": "PT1H", "daily": "P1D", "nightly": "XXXX-XX-XXTNI", "weekly": "P1W", "biweekly": "P2W",
    "fortnightly": "P2W", "monthly": "P1M", "bimonthly": "P2M", "quarterly": "P3M", "semiannual": "P6M",
    "semiannually": "P6M", "annual": "P1Y", "annually": "P1Y", "annualized": "P1Y", "yearly": "P1Y", "biennial": "P2Y",
    "semi-annual": "P6M", "semi-annually": "P6M", "biannual": "P6M", "bi-weekly": "P2W", "bi-monthly": "P2M",
}  # fmt: skip


@BOOK.phrase(f"{' '.join(_REPEATING)} semi bi", "|".join(sorted(_REPEATING, key=len, reverse=True)))
def _repeating(match: re.Match[str], scene: Scene) -> Reading | None:
    """Annually, daily; not the newspaper Korda Daily."""
    is_name = match[0][0].isupper() and (
        re.search(r"[\w’']\s$", scene.before(match.start())) or re.match(r"\s[A-Z]", scene.after(match.end()))
    )
    return None if is_name else a_set(_REPEATING[match[0].lower()])


@BOOK.phrase(
    f"{' '.join(f'{word}s' for word in WEEKDAYS_OPEN.split())} weekends weekdays",
    r"(?:(?P<weekday><WEEKDAY>)s|weekends|(?P<working>weekdays))(?!_ago)",
)
def _weekdays(match: re.Match[str], scene: Scene) -> Reading | None:
    """Mondays, weekends, weekdays."""
    return a_set(_of_each_week(match))


def _of_each_week(match: re.Match[str]) -> str:
    """A weekday by its number, the working days as WD, the rest as WE."""
    return f"XXXX-WXX-{weekday_in(match['weekday']) if match['weekday'] else 'WD' if match['working'] else 'WE'}"
