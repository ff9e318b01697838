"""Dates told by their place beside publication or beside the date in focus: Wednesday, last March, that year."""

from __future__ import annotations

import re
from datetime import date

from claims.dates.days import nearest_day
from claims.dates.periods import Period, a_day, a_month, in_calendar, moved_by, period, spoken
from claims.dates.phrases import Phrasebook, Reading, resolved, unresolved
from claims.dates.scene import Scene
from claims.dates.words import EDGES_OPEN, MONTHS, WEEKDAYS, WEEKDAYS_OPEN, month_in, ordinal_in, spell, weekday_in
from claims.dates.years import PART_OF

BOOK = Phrasebook()

#: What a unit looks like in TIMEX3 when nothing says which one.
BLANKS = {
    "day": "XXXX-XX-XX", "week": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "fortnight": "XXXX-WXX", "month": "XXXX-XX",
    "quarter": "XXXX-QX", "half": "XXXX-HX", "year": "XXXX", "decade": "XXX", "century": "XX",
}  # fmt: skip

#: Where words place a unit: before, in or after the one they are seen from.
SIDES = {
    "last": -1, "latest": -1, "past": -1, "previous": -1, "preceding": -1, "prior": -1, "before": -1, "earlier": -1,
    "this": 0, "that": 0, "same": 0, "current": 0,
    "next": 1, "coming": 1, "following": 1, "ensuing": 1, "after": 1, "later": 1,
}  # fmt: skip


def weekday_near(scene: Scene, number: int, side: str, start: int, end: int) -> Reading:
    """The day that a weekday's name (Monday is 1) in ``text[start:end]`` means.

    A news story means the nearest such day before publication or on it; where the tense is future, after it or on it.
    """
    published, name = scene.published, WEEKDAYS[number - 1]
    if published is None:
        return unresolved(f"XXXX-WXX-{number}")
    back, ahead = (published.isoweekday() - number) % 7, (number - published.isoweekday()) % 7
    place = SIDES.get(side)
    if place:
        days = (ahead or 7) if place > 0 else -(back or 7)
    else:
        days = ahead if side == "this" or scene.tense(start, end) == "future" else -back
    found = moved_by(published, days, "day")
    if not days:
        why = f"the day of publication, {spoken(published)}"
    else:
        why = f"the {name} {'after' if days > 0 else 'before'} {spoken(published)}"
    return resolved(a_day(found) if found else None, why)


# Black Monday, Bloody Sunday
_OF_HISTORY = re.compile(r"\b(?:Black|Bloody|Ruby)\s$")
# "The Monday after the crash"
_FROM_SOMETHING = re.compile(r"\s(?:after|before|following)\s(?:the|an?|his|her|their|its|[A-Z])")
_ANY_ONE = re.compile(r"\b(?:on|until)\san?\s$", re.IGNORECASE)
_NEWSPAPER = re.compile(r"\s(?:Times|Mail|Telegraph|Mirror|Herald|Night\s(?:Football|Baseball|Live))\b")


@BOOK.phrase(
    f"{WEEKDAYS_OPEN} {EDGES_OPEN} last this next past coming the",
    r"""(?:the_)?(?:<EDGE>_(?:on_)?)?(?:(?:this_)?(?P<side>last|this|next|past|coming|following|previous)_)?(?P<weekday><WEEKDAY>)
        (?:_(?:of_)?(?P<week>last|this|next)_week)?""",
)
def _weekday(match: re.Match[str], scene: Scene) -> Reading | None:
    """Wednesday; last Friday; Monday of next week; not the Sunday Times, nor "Sat down"."""
    written = match["weekday"]
    if not written[0].isupper() or written in {"Sun", "Sat", "Mon"} or _NEWSPAPER.match(scene.after(match.end())):
        return None
    number, published, side = weekday_in(written), scene.published, (match["side"] or "").lower()
    if _OF_HISTORY.search(scene.before(match.start())):
        return None
    counted = match[0].lower().startswith("the ") and _FROM_SOMETHING.match(scene.after(match.end()))
    if counted or _ANY_ONE.search(scene.before(match.start())):
        return unresolved(f"XXXX-WXX-{number}", "it does not say which")
    if side in {"following", "previous"} and scene.focus and scene.focus.grain == "day":
        return _weekday_from(scene.focus, number, SIDES[side])
    if not match["week"] or published is None:
        return weekday_near(scene, number, side, *match.span())
    week = period("week", published).step(SIDES[match["week"].lower()], "week")
    found = moved_by(week.first, number - 1, "day") if week else None
    return resolved(a_day(found) if found else None, f"counted from the week of {spoken(published)}")


def _weekday_from(base: Period, number: int, place: int) -> Reading:
    """The nearest such day after the one in focus, or before it."""
    days = (number - base.first.isoweekday()) % 7 or 7 if place > 0 else -((base.first.isoweekday() - number) % 7 or 7)
    found = moved_by(base.first, days, "day")
    why = f"the {WEEKDAYS[number - 1]} {'after' if place > 0 else 'before'} {base.name}"
    return resolved(a_day(found) if found else None, why)


@BOOK.phrase("a one", r"(?:a|one)_week_(?:from|on)_(?P<weekday><WEEKDAY>)")
def _week_from_weekday(match: re.Match[str], scene: Scene) -> Reading | None:
    """A week from Friday."""
    near = weekday_near(scene, weekday_in(match["weekday"]), "this", *match.span())
    if near.first is None:
        return near
    found = moved_by(near.first, 7, "day")
    return resolved(a_day(found) if found else None, f"a week after {spoken(near.first)}")


_DAYS = {"yesterday": -1, "today": 0, "tomorrow": 1}


def day_beside_today(scene: Scene, name: str, more: int = 0) -> Reading:
    """Yesterday, today or tomorrow, and ``more`` days on."""
    if scene.published is None:
        return unresolved("XXXX-XX-XX")
    days = _DAYS[name.lower()] + more
    found = moved_by(scene.published, days, "day")
    side = {0: "the day of", 1: "the day after", -1: "the day before"}.get(days)
    side = side or f"{abs(days)} days {'after' if days > 0 else 'before'}"
    return resolved(a_day(found) if found else None, f"{side} publication, {spoken(scene.published)}")


@BOOK.phrase(
    f"{' '.join(_DAYS)} the {EDGES_OPEN}",
    r"(?:<EDGE>_)?(?:the_day_(?P<beyond>before|after)_)?(?P<name>today|yesterday|tomorrow)(?!_show)",
)
def _today(match: re.Match[str], scene: Scene) -> Reading | None:
    """Today, yesterday, the day after tomorrow; not the newspaper Korda Today."""
    if match["name"][0].isupper() and re.search(r"[A-Z]\w*\s$", scene.before(match.start())):
        return None
    return day_beside_today(scene, match["name"], SIDES.get((match["beyond"] or "").lower(), 0))


@BOOK.phrase(
    f"last this next past coming the at by {EDGES_OPEN}",
    rf"""{PART_OF}(?:<EDGE>_)?(?P<side>last|this|next|coming)_(?P<unit>week|weekend|fortnight|month|quarter|year|decade|century)
        (?:<APOSTROPHE>s_end|<DASH>end)?""",
)
@BOOK.phrase("the", r"the_(?P<side>last|past|next|current)_(?P<unit>weekend|quarter)(?!_century)")
@BOOK.phrase("the", r"the_(?P<side>current|latest)_(?P<unit>week|month|year|decade|century)")
@BOOK.phrase("this", r"this_(?P<side>past|coming)_(?P<unit>weekend)")
def _unit_beside(match: re.Match[str], scene: Scene) -> Reading | None:
    """Last week, the end of this year, later this month, the last quarter."""
    side, unit = match["side"].lower(), match["unit"].lower()
    if scene.published is None:
        return unresolved(BLANKS[unit])
    place = SIDES[side]
    words = {-1: f"the {unit} before that of", 0: f"the {unit} of", 1: f"the {unit} after that of"}[place]
    return resolved(period(unit, scene.published).step(place, unit), f"{words} {spoken(scene.published)}")


@BOOK.phrase(
    f"last this next past coming {EDGES_OPEN}",
    r"(?:<EDGE>_)?(?:this_)?(?P<side>last|this|next|past|coming)_(?P<month><MONTH>)(?!_\d)",
)
def _month_beside(match: re.Match[str], scene: Scene) -> Reading | None:
    """Last March: the nearest one that is over, so not the month of publication."""
    month, place, published = month_in(match["month"]), SIDES[match["side"].lower()], scene.published
    if published is None:
        return unresolved(f"XXXX-{month:02d}")
    year = published.year + {-1: -(month >= published.month), 0: 0, 1: int(month <= published.month)}[place]
    found = a_month(year, month) if in_calendar(year) else None
    return resolved(found, f"{match['side'].lower()} {MONTHS[month - 1]} seen from {spoken(published)}")


# Words behind "the day before" that say what it is counted from.
_COUNTED_FROM = re.compile(r"\s(?:(?:the|an?|he|she|it|they|his|her|their|its|that|which|when)\b|[A-Z])")


@BOOK.phrase(
    f"the that this same {EDGES_OPEN}",
    r"""(?:<EDGE>_(?:in_|on_)?)?
        (?: (?:the|that)_(?P<side>previous|preceding|prior|following|next|ensuing)
          | (?P<that>that_same|the_same|this_same|that) | the (?=_\w++_(?:before|after|previous|earlier|later)\b) )
        _(?P<unit>day|week|weekend|month|quarter|year|decade|century)(?:_(?P<tail>before|after|previous|earlier|later))?(?!-)""",
)
def _unit_beside_focus(match: re.Match[str], scene: Scene) -> Reading | None:
    """The following day, that year, the month before: seen from the date in focus."""
    unit, tail = match["unit"].lower(), (match["tail"] or "").lower()
    if tail and _COUNTED_FROM.match(scene.after(match.end())):
        return unresolved(BLANKS[unit], "what it is counted from has no date") if unit == "day" else None
    if (match["side"] or "").lower() == "next" and _WITHIN.search(scene.before(match.start())):
        return None  # "over the next year" is a length
    place = SIDES.get((match["side"] or tail).lower(), -1 if tail == "previous" else 0)
    base = scene.base(unit)
    if base is None:
        return unresolved(BLANKS[unit])
    return resolved(scene.stepped(base, place, unit), f"seen from {base.name}")


_WITHIN = re.compile(r"\b(?:over|within|during|for|throughout)\s$", re.IGNORECASE)
_OF = re.compile(
    r"\b(?:in|on|for|of|during|throughout|through|over|entire|whole|(?:end|clos|finish|start)(?:s|e[ds]?|ed|es)?)\s$",
    re.IGNORECASE,
)
_SAID_WHICH = re.compile(
    r"\s(?:of|that|when|which|to|since|he|she|it|they|we|I|you|end|ended|ending|before|after|long|round|old|ago)\b|-|['’](?!s\b)"
)
# "The year's", "late in the day", "the end of the month" are times whatever stands around them.
_BY_ITSELF = re.compile(r"(?:\bof|\b(?:early|late|mid|earlier|later)\sin)\s+the\s|['’]s$", re.IGNORECASE)


@BOOK.phrase(
    f"the beginning start end {EDGES_OPEN}",
    rf"""(?:<EDGE>_in_|{PART_OF})the_(?:(?:entire|whole|full|latest)_)?(?P<unit>day|week|month|quarter|year|decade|century)
        (?:<APOSTROPHE>s)?""",
)
def _the_unit(match: re.Match[str], scene: Scene) -> Reading | None:
    """For the year, the end of the century: the one of publication; for the quarter: the one spoken of."""
    unit, by_itself = match["unit"].lower(), _BY_ITSELF.search(match[0])
    if unit == "quarter" and (ended := _ENDED.match(scene.after(match.end()))):
        return _quarter_that_ended(scene, month_in(ended["month"]))
    if match["unit"][0].isupper() or (not by_itself and _SAID_WHICH.match(scene.after(match.end()))):
        return None
    if not by_itself and (unit in {"decade", "century"} or not _OF.search(scene.before(match.start()))):
        return None
    if unit == "quarter":
        return the_quarter(scene, *match.span())
    focus_part = scene.focus if scene.focus and scene.focus.grain in {"quarter", "half"} else None
    if unit in {"year", "decade", "century"}:
        base = focus_part or scene.today
    else:
        base = scene.base(unit) if _still_spoken_of(scene, unit, match.start()) else scene.today
    if base is None:
        return unresolved(BLANKS[unit])
    return resolved(period(unit, base.first), f"the {unit} of {base.name}")


# So far (characters) the day told of before is still meant by "later in the day".
_SAME_DAY = 120


def _still_spoken_of(scene: Scene, unit: str, start: int) -> bool:
    """Whether "the week" is that of the date in focus: of the same sentence, of a week, or for a day of words just before."""
    if scene.focus is None or scene.published is None:
        return True
    near = unit == "day" and start - scene.focus_end < _SAME_DAY
    return near or scene.focus.grain == unit or scene.same_sentence(scene.focus_end, start)


# "The quarter ended Sept. 30"
_ENDED = spell(r"_(?:that_)?(?:end|ends|ended|ending)_(?:on_|in_)?(?P<month><MONTH>)")


def _quarter_that_ended(scene: Scene, month: int) -> Reading:
    if scene.published is None:
        return unresolved(BLANKS["quarter"])
    year = scene.published.year - (month > scene.published.month)
    found = a_month(year, month) if in_calendar(year) else None
    return resolved(found and period("quarter", found.first), "the quarter of the month in which it ended")


def the_quarter(scene: Scene, start: int, end: int) -> Reading:
    """The quarter spoken of, else the last that is over; the one of publication where the tense is future."""
    if spoken_of := scene.spoken_of.get("quarter"):
        return resolved(spoken_of, "the quarter spoken of")
    if scene.published is None:
        return unresolved(BLANKS["quarter"])
    here = period("quarter", scene.published)
    if scene.tense(start, end) == "future":
        return resolved(here, f"the quarter of {spoken(scene.published)}")
    return resolved(here.step(-1, "quarter"), f"the last quarter that was over on {spoken(scene.published)}")


@BOOK.phrase("the", r"the_(?:latest|most_recent)_quarter")
def _latest_quarter(match: re.Match[str], scene: Scene) -> Reading | None:
    """The latest quarter."""
    return the_quarter(scene, *match.span())


@BOOK.phrase("the", r"the_(?:latest_)?period(?!_(?:of|from|between|when|in|since|that|ended|ending|after|before)\b|-)")
def _the_period(match: re.Match[str], scene: Scene) -> Reading | None:
    """In the period: the quarter or half of a year that was spoken of."""
    found = scene.spoken_of.get("quarter") or scene.spoken_of.get("half")
    return resolved(found, "the period spoken of") if found and _OF.search(scene.before(match.start())) else None


_CUED = re.compile(r"(?:^|[.!?]\s|\b(?:in|of|by|until|since|during|through)\s)$", re.IGNORECASE)


@BOOK.phrase(
    "that the",
    r"(?:that|the_(?P<side>previous|preceding|following|next))_(?P<month><MONTH>)(?!_\d|_<YEAR>)",
)
def _month_beside_focus(match: re.Match[str], scene: Scene) -> Reading | None:
    """That October, the following March: seen from the date in focus."""
    base, month = scene.base("month"), month_in(match["month"])
    # "said that October was wet" tells of no certain year
    cued = match["side"] or (scene.focus and _CUED.search(scene.before(match.start())))
    if not match["month"][0].isupper() or not cued:
        return None
    if base is None:
        return unresolved(f"XXXX-{month:02d}")
    place = SIDES[match["side"].lower()] if match["side"] else 0
    year = base.first.year + (place > 0 >= month - base.first.month) - (place < 0 <= month - base.first.month)
    return resolved(a_month(year, month) if in_calendar(year) else None, f"seen from {base.name}")


@BOOK.phrase("the", r"the_weekend")
def _the_weekend(match: re.Match[str], scene: Scene) -> Reading | None:
    """The weekend: the last that has begun, the coming one where the tense is future."""
    published = scene.published
    if published is None:
        return unresolved(BLANKS["weekend"])
    found = period("weekend", published)
    if found.first > published and scene.tense(*match.span()) != "future":
        return resolved(found.step(-1, "weekend"), f"the weekend before {spoken(published)}")
    return resolved(found, f"the weekend of the week of {spoken(published)}")


@BOOK.phrase("year month week quarter", r"(?P<unit>year|month|week|quarter)(?:<DASH>|<APOSTROPHE>s_)end")
@BOOK.phrase("mid midyear midweek midmonth", r"mid-?(?P<unit>year|month|week)")
def _year_end(match: re.Match[str], scene: Scene) -> Reading | None:
    """Year-end, month's end, midyear."""
    unit = match["unit"].lower()
    if scene.published is None:
        return unresolved(BLANKS[unit])
    return resolved(period(unit, scene.published), f"the {unit} of {spoken(scene.published)}")


@BOOK.phrase(
    "the first last second third fourth final 0",
    r"""(?:the_)?(?P<which>first|second|third|fourth|last|final|1st|2nd|3rd|4th)_(?:full_)?(?P<unit>week|weekend|day|<WEEKDAY>)_(?:of|in)_
        (?P<month><MONTH>)(?:,?_(?P<year><YEAR>))?""",
)
def _nth_of_month(match: re.Match[str], scene: Scene) -> Reading | None:
    """The last week of March; the first Monday in September 2018."""
    month, which, unit = month_in(match["month"]), match["which"].lower(), match["unit"].lower()
    if match["year"]:
        year = int(match["year"])
    else:
        near = nearest_day(scene, month, 15, *match.span())
        if near.first is None:
            return unresolved(f"XXXX-{month:02d}")
        year = near.first.year
    whole = a_month(year, month)
    # a week belongs to the month that holds its Thursday
    weekday = {"week": 4, "weekend": 6, "day": None}[unit] if unit in BLANKS else weekday_in(unit)
    days = [date(year, month, day) for day in range(1, whole.last.day + 1)]
    days = [day for day in days if weekday is None or day.isoweekday() == weekday]
    chosen = days[-1] if which in {"last", "final"} else days[ordinal_in(which) - 1]
    return resolved(period(unit if unit in BLANKS else "day", chosen), f"counted within {MONTHS[month - 1]} {year}")
