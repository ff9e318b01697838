"""Days that name their place in the calendar: Sept. 11, 9 October 2019, 2019-10-09, and ranges of them."""

from __future__ import annotations

import re
from datetime import date

from claims.dates.periods import Period, a_day, on, spoken
from claims.dates.phrases import Phrasebook, Reading, beyond, resolved, unresolved
from claims.dates.scene import Scene
from claims.dates.words import EDGES_OPEN, MONTHS, MONTHS_OPEN, WEEKDAYS_OPEN, month_in, ordinal_in

BOOK = Phrasebook()

_DAY_OF_ATTACKS = date(2001, 9, 11)

WRITTEN = "a calendar date as written"
NO_SUCH_DAY = "the month has no such day in that year"

# A verb may be wrong about the year of a day this near (days) on the other side of publication:
# "the deadline was moved to 20 October" in a story of 13 October, "was to start on 3 October" in the same.
# A day this near that lies in the year of publication is a coming one too: of another year, the wires would name it.
_JUST_AHEAD, _JUST_BEHIND, _THIS_YEAR = 45, 165, 75


# "The year ended Nov. 30" is over.
_ENDED = re.compile(r"\bended\s(?:on\s)?$", re.IGNORECASE)


def nearest_day(scene: Scene, month: int, day: int, start: int, end: int) -> Reading:
    """The day and month that stand in ``text[start:end]`` without a year: by tense, else the nearest to publication."""
    published = scene.published
    if published is None:
        return unresolved(f"XXXX-{month:02d}-{day:02d}")
    years = range(max(published.year - 8, 1), min(published.year + 8, 9999) + 1)
    days = [found for year in years if (found := on(year, month, day))]
    past = max((found for found in days if found <= published), default=None)
    coming = min((found for found in days if found >= published), default=None)
    if past is None or coming is None:
        return beyond()
    behind, ahead = (published - past).days, (coming - published).days
    match "over" if _ENDED.search(scene.before(start)) else scene.tense(start, end):
        case "over":
            found = past
        case "future":
            found = past if ahead > 365 - _JUST_BEHIND and behind < _JUST_BEHIND else coming
        case "past":
            of_this_year = ahead <= _THIS_YEAR and coming.year == published.year
            near = ahead <= _JUST_AHEAD or of_this_year
            found = coming if near and behind > 365 - _JUST_AHEAD - 70 else past
        case _:
            found = past if behind <= ahead else coming
    if found == published:
        return resolved(a_day(found), f"the day of publication, {spoken(published)}")
    side = "before" if found < published else "after"
    return resolved(a_day(found), f"the {day} {MONTHS[month - 1]} {side} {spoken(published)}")


def day_of_month(scene: Scene, month: int, day: int, year: str | None, span: tuple[int, int]) -> Reading | None:
    """A day and month, with its year or without; None for a day that no year has."""
    start, end = span
    if on(2020, month, day) is None:
        return None
    scene.month_of_day = (month, day)
    if year:
        found = on(int(year), month, day)
        return resolved(a_day(found), WRITTEN) if found else unresolved(f"{year}-{month:02d}-XX", NO_SUCH_DAY)
    if (month, day) == (9, 11) and _speaks_of_2001(scene, start, end):
        return resolved(a_day(_DAY_OF_ATTACKS), "the day of the attacks of 2001")
    if scene.published is None and scene.focus and (found := on(scene.focus.first.year, month, day)):
        return resolved(a_day(found), f"in the year spoken of, {found.year}")
    return nearest_day(scene, month, day, start, end)


_ATTACKS = re.compile(r"\b(?:attacks?|terror\w*|hijack\w*)\b", re.IGNORECASE)


def _speaks_of_2001(scene: Scene, start: int, end: int) -> bool:
    """Whether "Sept. 11" is the name of the attacks rather than a day of the year of publication."""
    said_later = scene.published is None or scene.published > _DAY_OF_ATTACKS
    return said_later and bool(_ATTACKS.search(scene.before(start, 40)) or _ATTACKS.search(scene.after(end, 30)))


# Words that may follow a day told in words: in "the June second round" June is a month.
_AFTER_DAY = "(?:and|to|in|on|at|as|when|for|the|an?|he|she|they|it|we|i|was|is|are|were|that|through|until|with|by|of|nineteen)\\b"


@BOOK.phrase(
    f"{MONTHS_OPEN} {WEEKDAYS_OPEN} {EDGES_OPEN}",
    rf"""(?:<EDGE>_)? (?:<WEEKDAY>,?_)? (?P<month><MONTH>)(?:_|(?<=\.))(?:the_)?(?P<day><DAY>|<DAYWORD>(?!-|_(?!{_AFTER_DAY})))
        (?: ,?_(?P<year><YEAR>)
          # October 9 to 13, 2019: the year stands at the end of the range
          | (?=(?:_(?:to|and|through|until)_|<DASH>)(?:<MONTH>_)?<DAY>,_(?P<lateryear><YEAR>)) )?""",
)
def _month_day(match: re.Match[str], scene: Scene) -> Reading | None:
    """Sept. 11; Wednesday, October 9, 2019."""
    year = match["year"] or match["lateryear"]
    return day_of_month(scene, month_in(match["month"]), ordinal_in(match["day"]), year, match.span())


@BOOK.phrase(
    f"0 the {WEEKDAYS_OPEN}",
    r"""(?:<WEEKDAY>,?_)? (?:the_)? (?P<day><DAY>|<DAYWORD>(?=_of)) (?:_of)? (?:_|<DASH>) (?P<month><MONTH>)
        # "in 12 October 9, 2019 ..." the 12 is something else
        (?!_\d{1,2}(?:,|_\d{4}))
        (?: (?:,?_|<DASH>)(?P<year><YEAR>) )?""",
)
def _day_month(match: re.Match[str], scene: Scene) -> Reading | None:
    """9 October; the 9th of October 2019."""
    return day_of_month(scene, month_in(match["month"]), ordinal_in(match["day"]), match["year"], match.span())


@BOOK.phrase(
    f"0 the {WEEKDAYS_OPEN}",
    r"""(?:<WEEKDAY>,?_)? (?:the_)? (?P<day><DAY>)
        (?= (?:(?:_(?:to|and|or|until|till|through)_|<DASH>|,_)(?:the_)?<DAY>){1,4} _(?:of_)?
            (?P<month><MONTH>)(?:,?_(?P<year><YEAR>))? )""",
)
def _day_before_range(match: re.Match[str], scene: Scene) -> Reading | None:
    """The 9 in "from 9 to 13 October": its month stands at the end of the range."""
    return day_of_month(scene, month_in(match["month"]), ordinal_in(match["day"]), match["year"], match.span())


_JOINT = re.compile(r"\s?[-–—]\s?|\s(?:to|and|or|through|until)\s|,\sand\s")


@BOOK.phrase("0 the", r"(?:the_)?(?P<day><DAY>)(?:,_<YEAR>)?(?!_<UNITS>|_(?:percent|per_cent|million|billion))")
def _day_after_range(match: re.Match[str], scene: Scene) -> Reading | None:
    """The 13 in "October 9 to 13": its month stands at the beginning of the range."""
    if scene.month_of_day is None or scene.focus is None or scene.focus_end != scene.last_end:
        return None
    month, before = scene.month_of_day
    day = ordinal_in(match["day"])
    if day <= before or not _JOINT.fullmatch(scene.text[scene.last_end : match.start()]):
        return None
    found = on(scene.focus.first.year, month, day)
    return resolved(a_day(found), "in the same month as the day before it") if found else None


@BOOK.phrase("0", r"9/11(?![/\d])")
def _attacks(match: re.Match[str], scene: Scene) -> Reading | None:
    """9/11, the day of the attacks."""
    if scene.published is not None and scene.published < _DAY_OF_ATTACKS:
        return None
    return resolved(a_day(_DAY_OF_ATTACKS), "the day of the attacks of 2001")


@BOOK.phrase(
    "0",
    r"""(?P<year>\d{4})(?P<sep>[-/.])(?P<month>0[1-9]|1[0-2])(?P=sep)(?P<day>0[1-9]|[12]\d|3[01])
        (?: (?:T|_)(?P<clock>[0-2]\d:[0-5]\d(?::[0-5]\d)?)(?P<zone>Z)? )?""",
)
def _iso(match: re.Match[str], scene: Scene) -> Reading | None:
    """2019-10-13; 2019-10-13T08:30."""
    found = on(int(match["year"]), int(match["month"]), int(match["day"]))
    if found is None:
        return None
    return _with_clock(a_day(found), match["clock"], (match["zone"] or "").upper(), WRITTEN)


@BOOK.phrase(
    "0",
    r"""(?P<one>\d{1,2})(?P<sep>[/.-])(?P<two>\d{1,2})(?P=sep)(?P<year>\d{4}|\d\d)
        # 22:19:00, or 1518EST as the wires write it
        (?: _(?P<clock>[0-2]\d:[0-5]\d(?::[0-5]\d)?) | _(?P<hour>[0-2]\d)(?P<minute>[0-5]\d)(?:[ECMP][SD]T|GMT) )?""",
)
def _numbers_only(match: re.Match[str], scene: Scene) -> Reading | None:
    """10/13/2019: the month comes first unless that cannot be; between full stops the day does."""
    one, two, dotted = int(match["one"]), int(match["two"]), match["sep"] == "."
    if dotted and len(match["year"]) == 2:
        return None
    day_first = dotted or one > 12
    year = int(match["year"]) if len(match["year"]) == 4 else year_of_two_digits(scene, int(match["year"]))
    found = on(year, *((two, one) if day_first else (one, two)))
    if found is None:
        return None
    clock = match["clock"] or (f"{match['hour']}:{match['minute']}" if match["hour"] else None)
    return _with_clock(a_day(found), clock, "", f"read with the {'day' if day_first else 'month'} first")


def _with_clock(day: Period, clock: str | None, zone: str, why: str) -> Reading:
    if clock is None:
        return resolved(day, why)
    return resolved(day, why, kind="TIME", timex=f"{day.timex}T{clock}{zone}")


def year_of_two_digits(scene: Scene, ending: int) -> int:
    """The latest year that ends so and lies at most twenty years after publication; without one, 1930 to 2029."""
    latest = scene.published.year + 20 if scene.published else 2029
    return max((century + ending for century in range(0, 9901, 100) if 1 <= century + ending <= latest), default=2000)
