"""Times of day: by the clock, or by the part of the day."""

from __future__ import annotations

import re

from claims.dates.days import day_of_month
from claims.dates.periods import a_day, moved_by, spoken
from claims.dates.phrases import Phrasebook, Reading, beyond, resolved, unresolved
from claims.dates.relative import day_beside_today, weekday_near
from claims.dates.scene import Scene
from claims.dates.words import (
    DAY_PARTS,
    EDGES_OPEN,
    MONTHS_OPEN,
    ONES,
    WEEKDAYS_OPEN,
    month_in,
    number_in,
    ordinal_in,
    weekday_in,
)

BOOK = Phrasebook()

_ZONE = r"""(?:GMT|UTC|Z|[ECMP][SD]?T|BST|CES?T|AES?T|IST|JST|EES?T|MSK|SGT|HKT|Greenwich_Mean_Time|local_time
    |(?:Eastern|Central|Pacific|Mountain)(?:_(?:Standard|Daylight))?(?:_Time)?|(?-i:[A-Z][a-z]+)_time)"""
# Zones that TIMEX3 writes as Z; any other stands in the words alone.
_ZULU = frozenset({"gmt", "utc", "z", "greenwich"})

# A day named beside a time of day.
_DAY = r"""(?: (?P<weekday><WEEKDAY>) | (?P<name>today|yesterday|tomorrow)
    | (?P<month><MONTH>)_(?P<day><DAY>)(?:,_(?P<year><YEAR>))?
    | (?P<dayfirst><DAY>)_(?P<monthlast><MONTH>)(?:,?_(?P<yearlast><YEAR>))? )"""


def _at(match: re.Match[str], scene: Scene, clock: str) -> Reading:
    """A time of the day named beside it, else of the day spoken of in the sentence, else of publication's."""
    words = match.groupdict()
    named = (
        day_beside_today(scene, "today") if words.get("partthis") or words.get("tonight") else _day_beside(match, scene)
    )
    if named is None:
        focus = scene.focus if scene.focus and scene.focus.grain == "day" else None
        if focus and (scene.published is None or scene.same_sentence(scene.focus_end, match.start())):
            named = resolved(focus, "the day spoken of")
        else:
            named = day_beside_today(scene, "today")
    if named.first is None:
        return unresolved(f"{named.timex}T{clock}", named.why, "TIME")
    return resolved(a_day(named.first), named.why, kind="TIME", timex=f"{named.timex}T{clock}")


def _day_beside(match: re.Match[str], scene: Scene) -> Reading | None:
    """The reading of the day named inside the expression, if there is one."""
    words = match.groupdict()
    if words.get("weekday"):
        return weekday_near(scene, weekday_in(words["weekday"]), (words.get("side") or "").lower(), *match.span())
    if words.get("name"):
        return day_beside_today(scene, words["name"])
    month, day = words.get("month") or words.get("monthlast"), words.get("day") or words.get("dayfirst")
    if not month or not day:
        return None
    year = words.get("year") or words.get("yearlast")
    return day_of_month(scene, month_in(month), ordinal_in(day), year, match.span())


# Beside an hour: the part of the day, "this morning" and "tonight"; then the day, and its part.
_PART = r"""(?: (?:_in_the_|_at_)(?P<part>morning|afternoon|evening|night)
    | _this_(?P<partthis>morning|afternoon|evening) | _(?P<tonight>tonight) )?"""
_ON_DAY = rf"(?:_(?:on_)?{_DAY}(?:_(?P<partlast>morning|afternoon|evening|night))?)?"
_AT = re.compile(r"\b(?:at|about|around|until|by|since|before|after|from|till)\s$", re.IGNORECASE)


def _of_twelve(hour: int, half: str, part: str) -> int:
    """The hour of twenty-four, from "a" or "p" of its m. or the part of the day."""
    if hour < 12 and (half == "p" or part in {"afternoon", "evening", "night"}):
        return hour + 12
    return 0 if hour == 12 and half == "a" else hour


def _part_beside(match: re.Match[str]) -> tuple[str, str]:
    """The part of the day beside an hour, and the same again where it is today's; "" for none."""
    today = (match["partthis"] or (match["tonight"] and "night") or "").lower()
    return (match["part"] or match["partlast"] or today).lower(), today


def _zulu(zone: str | None) -> str:
    return "Z" if (zone or "").lower().split(" ")[0] in _ZULU else ""


@BOOK.phrase(
    "0",
    rf"""(?P<hour>[01]?\d|2[0-4]) (?:[:.](?P<minute>[0-5]\d)(?P<seconds>:[0-5]\d)?)?
        (?:_?(?P<half>[ap])\.?m\b\.?|_(?P<word>o<APOSTROPHE>clock))?
        (?:_(?P<open>\()?(?P<zone>{_ZONE})(?:_?[+-]\d{{1,2}})?\b(?(open)\)))?
        {_PART}
        (?!_(?:to_play|left|remaining|mark)\b)
        {_ON_DAY}""",
)
def _clock(match: re.Match[str], scene: Scene) -> Reading | None:
    """6:40 p.m.; 18:00 UTC; 9 o'clock in the morning; 10 a.m. on Monday; 8 o'clock Sunday night; not the score 3:2."""
    hour, minute, half = int(match["hour"]), match["minute"], (match["half"] or "").lower()
    part, today = _part_beside(match)
    told = half or match["word"] or (minute and ":" in match[0]) or match["part"] or today
    if not told or ((half or not minute) and hour > 12):
        return None
    hour = _of_twelve(hour, half, part)
    return _at(match, scene, f"{hour:02d}:{minute or '00'}{match['seconds'] or ''}{_zulu(match['zone'])}")


_QUARTERS = {"fifteen": "15", "thirty": "30", "forty-five": "45"}


@BOOK.phrase(
    " ".join(ONES),
    rf"""(?P<hour>{"|".join(ONES)})(?:(?:_|-)(?P<minutes>{"|".join(_QUARTERS)}))?
        (?: _(?P<half>[ap])[.-]?m\b\.? | _(?P<word>o<APOSTROPHE>clock) )?
        {_PART}
        {_ON_DAY}""",
)
def _spoken_clock(match: re.Match[str], scene: Scene) -> Reading | None:
    """Eight p.m., ten o'clock tonight, three-thirty in the afternoon, at two in the morning."""
    hour, half = int(number_in(match["hour"])), (match["half"] or "").lower()
    part, today = _part_beside(match)
    told = half or match["word"] or ((match["part"] or today) and _AT.search(scene.before(match.start())))
    if not told:
        return None
    hour = _of_twelve(hour, half, part)
    return _at(match, scene, f"{hour:02d}:{_QUARTERS[match['minutes'].lower()] if match['minutes'] else '00'}")


@BOOK.phrase(
    "0",
    rf"""(?P<hour>[01]\d|2[0-4])(?P<minute>[0-5]\d) (?:_?(?:hours?|hrs?))? _?(?P<zone>{_ZONE})\b (?:_(?:on_)?{_DAY})?""",
)
def _clock_of_four_digits(match: re.Match[str], scene: Scene) -> Reading | None:
    """1900 GMT, 0330 UTC on Friday."""
    return _at(match, scene, f"{match['hour']}:{match['minute']}{_zulu(match['zone'])}")


@BOOK.phrase("noon midnight", rf"(?P<point>noon|midnight)(?:_{_ZONE})?(?:_(?:on_)?{_DAY})?")
def _noon(match: re.Match[str], scene: Scene) -> Reading | None:
    """Noon, midnight on Tuesday; not the film High Noon."""
    if match["point"][0].isupper() and re.search(r"\w\s$", scene.before(match.start())):
        return None
    return _at(match, scene, "12:00" if match["point"].lower() == "noon" else "24:00")


@BOOK.phrase(
    f"{WEEKDAYS_OPEN} {MONTHS_OPEN} {EDGES_OPEN} 0 yesterday tomorrow last this next",
    rf"(?:<EDGE>_)?(?:(?P<side>last|this|next)_)?{_DAY}(?:<APOSTROPHE>s)?,?_(?:<EDGE>_)?(?P<part><DAYPART>)(?:_hours)?",
)
@BOOK.phrase("the", rf"the_(?P<part><DAYPART>)_of_{_DAY}")
def _part_of_named_day(match: re.Match[str], scene: Scene) -> Reading | None:
    """Friday morning, yesterday afternoon, the night of 9 October; not Monday Night Football."""
    if match["part"] == "Night" and re.match(r"\s(?:Football|Baseball|Live)\b", scene.after(match.end())):
        return None
    return _at(match, scene, DAY_PARTS[match["part"].lower()])


@BOOK.phrase(
    "the", rf"the_(?:early|wee|small|pre-?dawn)_(?:(?P<part>morning|afternoon|evening)_)?hours(?:_(?:of|on)_{_DAY})?"
)
def _hours_of_day(match: re.Match[str], scene: Scene) -> Reading | None:
    """The early hours of Tuesday, the wee hours."""
    return _at(match, scene, DAY_PARTS[(match["part"] or "morning").lower()])


_BY_THE_SUN = "dawn dusk daybreak nightfall sunrise sunset sundown midday night"
_BESIDE_IT = re.compile(
    r"\b(?:at|by|before|after|until|till|since|from|to|around|near|toward|towards)\s$", re.IGNORECASE
)


@BOOK.phrase(_BY_THE_SUN, rf"(?P<part>{_BY_THE_SUN.replace(' ', '|')})(?!_of\b|-|<APOSTROPHE>)(?:_(?:on_)?{_DAY})?")
@BOOK.phrase("midmorning midafternoon mid", r"mid(?:<DASH>|_)?(?P<part>day|morning|afternoon)(?!_trading)")
def _by_the_sun(match: re.Match[str], scene: Scene) -> Reading | None:
    """Before dawn, at dusk on Friday, by midday; "at night" is any night's."""
    part = match["part"].lower()
    lone = match[0].lower() == part
    if lone and not _BESIDE_IT.search(scene.before(match.start())):
        return None
    if lone and part == "night":
        cued = re.search(r"\b(?:at|by)\s$", scene.before(match.start()), re.IGNORECASE)
        return unresolved("XXXX-XX-XXTNI", "it is that of no single day", "TIME") if cued else None
    return _at(match, scene, "MI" if part == "day" else DAY_PARTS[part])


# From the day seen, where the part of a day lies.
_NIGHTS = {"last": -1, "the previous": -1, "the next": 1, "the following": 1}
_DURING = re.compile(r"\b(?:in|during|later\sin|earlier\sin|through|throughout|into)\s$", re.IGNORECASE)


@BOOK.phrase(
    f"this last that the tonight overnight {EDGES_OPEN}",
    r"""(?:<EDGE>_(?:in_)?)?
        (?: (?P<whose>this|last|that(?:_same)?|the(?:_(?:next|following|previous|same))?)_(?:<EDGE>_)?(?P<part><DAYPART>)(?:_hours)?
          | tonight(?!_show) | (?P<overnight>overnight) )""",
)
def _part_of_day(match: re.Match[str], scene: Scene) -> Reading | None:
    """Last night, this morning, tonight, overnight, in the evening."""
    whose = re.sub(r"\s+", " ", (match["whose"] or "").lower())
    if whose == "the":
        in_it = _DURING.search(scene.before(match.start())) or re.match(r"(?:early|late)", match[0], re.IGNORECASE)
        if not in_it or re.match(r"\s(?:of|before|after|when|that)\b", scene.after(match.end())):
            return None
    part, base = DAY_PARTS[(match["part"] or "night").lower()], scene.today
    spoken_of = scene.focus if scene.focus and scene.focus.grain == "day" else None
    in_sentence = match["overnight"] and scene.same_sentence(scene.focus_end, match.start())
    if spoken_of and (whose not in {"", "this", "last"} or in_sentence):
        base = spoken_of
    if base is None:
        return unresolved(f"XXXX-XX-XXT{part}", kind="TIME")
    found = moved_by(base.first, _NIGHTS.get(whose, 0), "day")
    if found is None:
        return beyond("TIME")
    why = f"{'the night' if part == 'NI' else 'part'} of {spoken(found)}"
    return resolved(a_day(found), why, kind="TIME", timex=f"{found.isoformat()}T{part}")


@BOOK.phrase("early late", r"(?:early|late)(?:_|-)(?P<part>morning|afternoon|evening)(?!_trading)")
def _edge_of_day(match: re.Match[str], scene: Scene) -> Reading | None:
    """By late afternoon, in early morning."""
    cued = re.search(r"\b(?:in|by|until|since|through|during|from|the)\s$", scene.before(match.start()), re.IGNORECASE)
    return _at(match, scene, DAY_PARTS[match["part"].lower()]) if cued else None


@BOOK.phrase("early late mid morning afternoon", r"(?:(?:early|late|mid)(?:_|-))?(?P<part>morning|afternoon)_trading")
def _trading(match: re.Match[str], scene: Scene) -> Reading | None:
    """In early morning trading."""
    return _at(match, scene, DAY_PARTS[match["part"].lower()])
