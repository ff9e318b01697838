"""Stretches of the calendar: which days they cover, their TIMEX3 value, and steps from one to another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from claims.dates.words import MONTHS, WEEKDAYS

#: How far one step of each unit goes.
STEPS = {
    "day": relativedelta(days=1),
    "week": relativedelta(weeks=1),
    "weekend": relativedelta(weeks=1),
    "fortnight": relativedelta(weeks=2),
    "month": relativedelta(months=1),
    "quarter": relativedelta(months=3),
    "half": relativedelta(months=6),
    "season": relativedelta(years=1),
    "year": relativedelta(years=1),
    "decade": relativedelta(years=10),
    "century": relativedelta(years=100),
}

#: TIMEX3 code and first month of each season; they are the northern, meteorological ones.
SEASONS = {"spring": ("SP", 3), "summer": ("SU", 6), "autumn": ("FA", 9), "fall": ("FA", 9), "winter": ("WI", 12)}


@dataclass(frozen=True, slots=True)
class Period:
    """The days from ``first`` to ``last``, and the size (``grain``) in which the words speak of them."""

    first: date
    last: date
    timex: str
    grain: str

    @property
    def name(self) -> str:
        """How a sentence speaks of it: a day in words, anything longer by its TIMEX3 value."""
        return spoken(self.first) if self.grain == "day" else self.timex

    def step(self, count: float, unit: str) -> Period | None:
        """The period of size ``unit`` that lies ``count`` units on; None beyond the calendar or for part of a month."""
        moved = moved_by(self.first, count, unit)
        return period(unit, moved) if moved else None

    def a_step(self, count: float, unit: str) -> Period | None:
        """The same, but of this period's own size: the quarter a year before 2019-Q3 is 2018-Q3."""
        moved = moved_by(self.first, count, unit)
        return period(self.grain, moved) if moved else None


def spoken(day: date) -> str:
    """A day as a person says it.

    >>> spoken(date(2019, 10, 13))
    'Sunday 13 October 2019'
    """
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def moved_by(day: date, count: float, unit: str) -> date | None:
    """``day`` moved by ``count`` units; None where that leaves the calendar's years 1 to 9999 or halves a month.

    >>> moved_by(date(2020, 2, 29), -1, "year")
    datetime.date(2019, 2, 28)
    >>> moved_by(date(2020, 2, 29), 90_000, "year") is None
    True
    """
    if count != int(count) or abs(count) > 100_000_000:
        return None
    try:
        return day + STEPS[unit] * int(count)
    except (OverflowError, ValueError):
        return None


def period(grain: str, day: date) -> Period:
    """The calendar's period of this grain that holds ``day``.

    >>> period("week", date(2019, 12, 30)).timex, period("quarter", date(2019, 5, 1)).last.isoformat()
    ('2020-W01', '2019-06-30')
    """
    return _PERIODS[grain](day)


def a_day(day: date) -> Period:
    """One day."""
    return Period(day, day, day.isoformat(), "day")


def a_week(day: date) -> Period:
    """The ISO week that holds ``day``, Monday to Sunday."""
    year, week, weekday = day.isocalendar()
    monday = _shifted(day, 1 - weekday)
    return Period(monday, _shifted(monday, 6), f"{year:04d}-W{week:02d}", "week")


def a_weekend(day: date) -> Period:
    """Saturday and Sunday of the ISO week that holds ``day``."""
    week = a_week(day)
    return Period(_shifted(week.first, 5), week.last, f"{week.timex}-WE", "weekend")


def a_month(year: int, month: int) -> Period:
    """A month of the calendar, 1 to 12."""
    first = date(year, month, 1)
    return Period(first, first + relativedelta(day=31), f"{year:04d}-{month:02d}", "month")


def a_part(year: int, number: int, grain: str) -> Period:
    """A quarter (1 to 4) or half (1 to 2) of a year."""
    months = {"quarter": 3, "half": 6}[grain]
    first = date(year, months * (number - 1) + 1, 1)
    last = first + relativedelta(months=months - 1, day=31)
    return Period(first, last, f"{year:04d}-{grain[0].upper()}{number}", grain)


def a_season(year: int, name: str) -> Period:
    """Spring, summer, autumn or the winter that begins in December of ``year``."""
    code, month = SEASONS[name]
    first = date(year, month, 1)
    last = date(9999, 12, 31) if (year, month) == (9999, 12) else first + relativedelta(months=2, day=31)
    return Period(first, last, f"{year:04d}-{code}", "season")


def a_year(year: int) -> Period:
    """A year of the calendar."""
    return Period(date(year, 1, 1), date(year, 12, 31), f"{year:04d}", "year")


def a_decade(year: int) -> Period:
    """The ten years that hold ``year``; TIMEX3 writes their first three digits."""
    first = max(year // 10 * 10, 1)
    return Period(date(first, 1, 1), date(year // 10 * 10 + 9, 12, 31), f"{year // 10:03d}", "decade")


def a_century(number: int) -> Period:
    """The 20th century is number 20; TIMEX3 writes the digits its years begin with: 19."""
    last = date(min(100 * number, 9999), 12, 31)
    return Period(date(100 * (number - 1) + 1, 1, 1), last, f"{number - 1:02d}", "century")


def in_calendar(year: int) -> bool:
    """Whether Python's calendar has this year."""
    return 1 <= year <= 9999


def on(year: int, month: int, day: int) -> date | None:
    """That day, or None where the month has no such day: 29 February only in leap years.

    >>> on(2019, 2, 29) is None, on(2020, 2, 29)
    (True, datetime.date(2020, 2, 29))
    """
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _shifted(day: date, days: int) -> date:
    """``day`` moved by some days, held inside the calendar."""
    return date.fromordinal(min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal()))


_PERIODS: dict[str, Callable[[date], Period]] = {
    "day": a_day,
    "week": a_week,
    "weekend": a_weekend,
    "fortnight": a_week,
    "month": lambda day: a_month(day.year, day.month),
    "quarter": lambda day: a_part(day.year, (day.month + 2) // 3, "quarter"),
    "half": lambda day: a_part(day.year, (day.month + 5) // 6, "half"),
    "season": lambda day: a_season(day.year, _season_of(day)),
    "year": lambda day: a_year(day.year),
    "decade": lambda day: a_decade(day.year),
    "century": lambda day: a_century((day.year + 99) // 100),
}


def _season_of(day: date) -> str:
    return ("winter", "spring", "summer", "autumn")[day.month % 12 // 3]
