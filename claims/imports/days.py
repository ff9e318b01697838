"""Days as spreadsheets show them: 03.03.2024, 3/3/2024, 03-Mar-24, 2024-03-03 00:00:00, 45354."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

#: The orders of a day's numbers. NAMED stands for a month in letters; the last two are days counted.
YEAR_FIRST, DAY_FIRST, MONTH_FIRST, NAMED = "year first", "day first", "month first", "named"
SERIAL, SERIAL_1904 = "days since 1900", "days since 1904"

#: The first letters of the months, in English and in German.
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan", "feb", "mar mär mrz", "apr", "may mai", "jun", "jul", "aug", "sep", "oct okt", "nov", "dec dez"), 1
    )
    for name in names.split()
}
_CLOCK = r"(?P<clock> \d{1,2}:\d{2} (?: :\d{2} (?:[.,]\d+)? )? ) \x20? (?P<half>[AP]\.?M\.?)? (?: Z | [+-]\d\d:?\d\d )?"
_NUMERIC = re.compile(
    rf"""
    (?P<a>\d{{1,4}}) \.? (?P<mark>[-/.\x20]) \x20?
    (?P<b>\d{{1,2}}) \.? (?P=mark) \x20?              # 3. 3. 2024, as in Ljubljana
    (?P<c>\d{{1,4}}) \.?                              # 2024. 03. 03., as in Budapest
    (?: [T,\x20] \x20* {_CLOCK} )?
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_SERIAL = re.compile(r"(?P<days>\d{1,7})(?:[.,](?P<part>\d{1,12}))?", re.ASCII)
_PART = re.compile(r"(?P<number>\d{1,4})(?:st|nd|rd|th)?(?![^\W_])|(?P<month>[^\W\d_]{3,9})|[\s.,/-]+", re.IGNORECASE)
_PAIR = re.compile(r"(\d{1,2})[./-](\d{1,2})", re.ASCII)

#: From March 1900 on a spreadsheet counts from this day, since it holds 1900 for a leap year; a Macintosh's, from that one.
_ZERO, _ZERO_1904, _FIRST = date(1899, 12, 30), date(1904, 1, 1), 61
_CENTURY, _PIVOT, _FULL_YEAR = 100, 30, 4
_LONGEST = 40


@lru_cache(maxsize=65536)
def days(cell: str, near: int | None = None) -> Mapping[str, date]:
    """What a cell says as a day, by the order in which it is read; none if it is no day.

    >>> {order: str(day) for order, day in days("03/04/2024").items()}
    {'day first': '2024-04-03', 'month first': '2024-03-04'}
    >>> {order: str(day) for order, day in days("2024-03-03 00:00:00").items()}
    {'year first': '2024-03-03'}
    >>> str(days("45354")["days since 1900"]), dict(days("2024-02-30"))
    ('2024-03-03', {})

    A year of two digits is the one nearest to ``near``; without it, one of this century before 2030, or no day.
    """
    text = cell.strip().removeprefix("'")
    if len(text) > _LONGEST:
        return {}
    written = {order: _day(year, month, number, near) for order, year, month, number in _written(text)}
    return {order: day for order, day in (*written.items(), *_counted(text)) if day}


def same_day(cell: str, text: str) -> bool:
    """Whether a cell is this text after a spreadsheet took it for a day.

    >>> same_day("Mar-24", "March 2024"), same_day("03-Mar", "March 3"), same_day("02-Jan", "1/2")
    (True, True, True)
    >>> same_day("04-Mar", "March 3"), same_day("Sunday", "Sunday week")
    (False, False)
    """
    shown, meant, pair = _named(cell), _named(text), _PAIR.fullmatch(text.strip())
    if shown and meant:
        return _numbers(shown) == _numbers(meant)
    if shown and pair:
        return sorted((shown[0], *map(int, shown[1]))) == sorted(map(int, pair.groups()))
    return bool(
        {*days(cell).values()} & {day for order, day in days(text).items() if order not in {SERIAL, SERIAL_1904}}
    )


def same_moment(cell: str, moment: datetime) -> bool:
    """Whether a cell shows this moment, at the minutes or seconds that it shows.

    >>> same_moment("03.03.2024 10:00", datetime(2024, 3, 3, 10, 0, 27, tzinfo=UTC))
    True
    >>> same_moment("3/3/2024 10:01 PM", datetime(2024, 3, 3, 10, 1, tzinfo=UTC))
    False
    """
    text, there = cell.strip().removeprefix("'"), moment.astimezone(UTC)
    if there.date() not in days(text, there.year).values():
        return False
    counted, written = _SERIAL.fullmatch(text), _NUMERIC.fullmatch(text)
    if counted:
        seconds = float(f"0.{counted['part'] or 0}") * timedelta(days=1).total_seconds()
        return abs(seconds - (there - there.replace(hour=0, minute=0, second=0, microsecond=0)).total_seconds()) < 60  # noqa: PLR2004
    return not (written and written["clock"]) or there.strftime("%H:%M:%S.%f").startswith(_clock(written))


def _written(text: str) -> Iterator[tuple[str, str, int, int]]:
    """The year as written, the month and the day, for each order in which the text can be read."""
    match, named = _NUMERIC.fullmatch(text), _named(text)
    if match:
        a, b, c = match["a"], int(match["b"]), match["c"]
        if len(a) == _FULL_YEAR:
            yield YEAR_FIRST, a, b, int(c)
        elif len(c) in {2, _FULL_YEAR}:
            yield DAY_FIRST, c, b, int(a)
            yield MONTH_FIRST, c, int(a), b
    elif named and len(named[1]) == 2:  # noqa: PLR2004
        year, day = sorted(named[1], key=len, reverse=True) if len(named[1][0]) == _FULL_YEAR else named[1][::-1]
        yield NAMED, year, named[0], int(day)


def _counted(text: str) -> Iterator[tuple[str, date]]:
    """The day that a number of days means."""
    match = _SERIAL.fullmatch(text)
    for order, zero, first in ((SERIAL, _ZERO, _FIRST), (SERIAL_1904, _ZERO_1904, 0)):
        if match and first <= int(match["days"]) <= (date.max - zero).days:
            yield order, zero + timedelta(days=int(match["days"]))


def _day(written: str, month: int, day: int, near: int | None) -> date | None:
    year = int(written)
    if len(written) < _FULL_YEAR:
        if near is None and year >= _PIVOT:
            return None
        about = near if near is not None else 2000
        year = min(
            (about // _CENTURY * _CENTURY + shift + year for shift in (-_CENTURY, 0, _CENTURY)),
            key=lambda one: abs(one - about),
        )
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _clock(match: re.Match[str]) -> str:
    """The time of a match in 24 hours, as far as it is written."""
    hour, _, rest = match["clock"].replace(",", ".").partition(":")
    half = (match["half"] or "")[:1].lower()
    number = int(hour) % 12 + (12 if half == "p" else 0) if half else int(hour)
    return f"{number:02}:{rest}"


def _named(text: str) -> tuple[int, tuple[str, ...]] | None:
    """The month and the numbers of a text that is one month in letters and one number or two, and nothing else."""
    months, numbers, end = [], [], 0
    while end < len(text) <= _LONGEST:
        match = _PART.match(text, end)
        if not match:
            return None
        end = match.end()
        if match["month"]:
            months.append(_MONTHS.get(match["month"][:3].lower()) if _is_month(match["month"]) else None)
        elif match["number"]:
            numbers.append(match["number"])
    if len(months) != 1 or months[0] is None or len(numbers) not in {1, 2}:
        return None
    return months[0], tuple(numbers)


def _is_month(word: str) -> bool:
    lower = word.lower()
    return lower in _MONTHS or lower in _WHOLE


def _numbers(named: tuple[int, tuple[str, ...]]) -> tuple[int, list[int]]:
    return named[0], sorted(int(number) % _CENTURY for number in named[1])


_WHOLE = frozenset(
    "january february march april may june july august september october november december sept "
    "januar jänner februar märz mai juni juli oktober dezember".split()
)
