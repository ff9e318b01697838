"""Parts of a year: quarters, halves and seasons, with their year or without."""

from __future__ import annotations

import re

from claims.dates.days import year_of_two_digits
from claims.dates.periods import SEASONS, a_part, a_season, in_calendar, spoken
from claims.dates.phrases import Phrasebook, Reading, resolved, unresolved
from claims.dates.scene import Scene
from claims.dates.words import EDGES_OPEN, ORDINALS, SEASONS_OPEN, month_in, ordinal_in

BOOK = Phrasebook()

YEARS_ON = {"last": -1, "the": 0, "this": 0, "next": 1}

_LAST_PART = {"quarter": 4, "half": 2}


@BOOK.phrase(
    f"the its fiscal {' '.join(ORDINALS)} final last opening 0 early late",
    r"""(?:the_|its_)? (?:fiscal_)? (?P<which>first|second|third|fourth|final|last|opening|1st|2nd|3rd|4th) (?:_|-)
        (?:fiscal(?:_|-))? (?P<part>quarter|half)
        (?: (?:,?_|_(?:of|in)_(?:the_)?(?:fiscal_)?(?:year_)?) (?P<year><YEAR>)
          | _of_the_year | _(?:of_)?(?P<whose>last|this|next)_year )""",
)
@BOOK.phrase(
    "last this next the fiscal 0",
    r"""(?:the_)? (?: (?P<whose>last|this|next)_year<APOSTROPHE>s | (?:fiscal_)?(?P<year><YEAR>)(?:<APOSTROPHE>s)? )_(?:fiscal_)?
        (?P<which>first|second|third|fourth|final|last|opening|1st|2nd|3rd|4th)(?:_|-)(?P<part>quarter|half)""",
)
def _part_of_year(match: re.Match[str], scene: Scene) -> Reading | None:
    """The second quarter of 2019; the final half of last year; this year's first quarter; the 1988 third quarter."""
    which, part = match["which"].lower(), match["part"].lower()
    number = _LAST_PART[part] if which in {"final", "last"} else 1 if which == "opening" else ordinal_in(which)
    if number > _LAST_PART[part]:
        return None
    if match["year"]:
        return resolved(a_part(int(match["year"]), number, part), f"a {part} of a year as written")
    if scene.published is None:
        return unresolved(f"XXXX-{part[0].upper()}{number}")
    year = scene.published.year + YEARS_ON[(match["whose"] or "the").lower()]
    found = a_part(year, number, part) if in_calendar(year) else None
    return resolved(found, f"counted from publication on {spoken(scene.published)}")


@BOOK.phrase(
    f"the fiscal {' '.join(ORDINALS)} 0",
    r"""(?:the_)?(?:fiscal_)?(?P<which>first|second|third|fourth|1st|2nd|3rd|4th)(?:_|-)(?:fiscal(?:_|-))?
        (?P<part>quarter|half)""",
)
def _part_alone(match: re.Match[str], scene: Scene) -> Reading | None:
    """The second quarter, third-quarter; a half only where it is spoken of like a time."""
    number, part, after = ordinal_in(match["which"]), match["part"].lower(), scene.after(match.end())
    if part == "half":
        like_a_time = re.search(r"\b(?:in|for|during|of|by)\s$", scene.before(match.start()))
        if number > 2 or not like_a_time or re.match(r"\s(?:of\s(?!the\s+year)|an?\b|and\b)", after):
            return None
    elif re.match(r"\sof\s(?:the|an?)\s(?!year)", after):
        return None
    return nearest_part(scene, number, part, *match.span())


@BOOK.phrase(
    "the march june september december",
    r"(?:the_)?(?P<month>March|June|September|December)_quarter(?:_(?:of_)?(?P<year><YEAR>))?",
)
def _quarter_of_month(match: re.Match[str], scene: Scene) -> Reading | None:
    """The June quarter: the one that ends with June, the last that is over."""
    month, published = month_in(match["month"]), scene.published
    if match["year"]:
        return resolved(a_part(int(match["year"]), month // 3, "quarter"), "a quarter of a year as written")
    if published is None:
        return unresolved(f"XXXX-Q{month // 3}")
    year = published.year - (month > published.month and scene.tense(*match.span()) != "future")
    return resolved(a_part(year, month // 3, "quarter") if year else None, f"seen from {spoken(published)}")


@BOOK.phrase(
    "0 q1 q2 q3 q4",
    r"(?: Q(?P<one>[1-4])(?:(?:_|-)?(?P<year><YEAR>))? | (?P<yearfirst>[12]\d{3})(?:_|-)?Q(?P<two>[1-4]) )",
)
def _quarter_code(match: re.Match[str], scene: Scene) -> Reading | None:
    """Q2, Q2 2019 and 2019Q2."""
    number, year = int(match["one"] or match["two"]), match["year"] or match["yearfirst"]
    if year:
        return resolved(a_part(int(year), number, "quarter"), "a quarter of a year as written")
    return nearest_part(scene, number, "quarter", *match.span())


# A plan for a quarter that ended more than this many days ago is a plan for next year's; and even without a verb of the
# future, a quarter that begins within so many days is the coming one.
_LONG_PAST, _CLOSE_AHEAD = 100, 60


def nearest_part(scene: Scene, number: int, part: str, start: int, end: int) -> Reading:
    """A quarter or half without a year: the last that has begun, the next one where the tense is future."""
    published = scene.published
    if published is None:
        return unresolved(f"XXXX-{part[0].upper()}{number}")
    found = a_part(published.year, number, part)
    tense = scene.tense(start, end)
    close_ahead = 0 if tense == "past" else _CLOSE_AHEAD
    if tense != "future" and (found.first - published).days > close_ahead and published.year > 1:
        found = a_part(published.year - 1, number, part)
    elif tense == "future" and (published - found.last).days > _LONG_PAST and published.year < 9999:
        found = a_part(published.year + 1, number, part)
    side = "last" if found.first <= published else "next"
    return resolved(found, f"the {side} such {part} seen from {spoken(published)}")


@BOOK.phrase(
    f"{SEASONS_OPEN} the {EDGES_OPEN}",
    r"(?:the_)?(?:<EDGE>_)?(?P<season><SEASON>)_(?:of_)?(?:(?P<year><YEAR>)|<APOSTROPHE>(?P<short>\d\d)|(?P<whose>last|next|this)_year)",
)
def _season_of_year(match: re.Match[str], scene: Scene) -> Reading | None:
    """Spring 2019; the summer of 1994; the fall of last year."""
    season = match["season"].lower()
    if match["year"] or match["short"]:
        year = int(match["year"]) if match["year"] else year_of_two_digits(scene, int(match["short"]))
        return resolved(a_season(year, season), "a season as written")
    if scene.published is None:
        return unresolved(f"XXXX-{SEASONS[season][0]}")
    year = scene.published.year + YEARS_ON[match["whose"].lower()]
    found = a_season(year, season) if in_calendar(year) else None
    return resolved(found, f"counted from publication on {spoken(scene.published)}")


@BOOK.phrase("last this next past coming", r"(?:this_)?(?P<side>last|this|next|past|coming)_(?P<season><SEASON>)")
def _season_beside(match: re.Match[str], scene: Scene) -> Reading | None:
    """Last summer, this spring, next winter."""
    side, name, published = match["side"].lower(), match["season"].lower(), scene.published
    if published is None:
        return unresolved(f"XXXX-{SEASONS[name][0]}")
    seasons = [a_season(year, name) for year in range(published.year - 2, published.year + 3) if in_calendar(year)]
    if side in {"last", "past"}:
        chosen = [season for season in seasons if season.last < published][-1:]
    elif side in {"next", "coming"}:
        chosen = [season for season in seasons if season.first > published][:1]
    else:
        here = [season for season in seasons if season.first <= published <= season.last]
        chosen = here or [season for season in seasons if season.first.year == published.year]
    return resolved(chosen[0] if chosen else None, f"{side} {name} seen from {spoken(published)}")


@BOOK.phrase("that the", r"(?:that|the_(?P<side>previous|preceding|following|next))_(?P<season><SEASON>)")
def _season_beside_focus(match: re.Match[str], scene: Scene) -> Reading | None:
    """That summer, the following winter: seen from the date in focus."""
    focus, name = scene.focus, match["season"].lower()
    if focus is None or (name == "fall" and match["side"] is None):
        return None
    years = range(max(focus.first.year - 1, 1), min(focus.first.year + 1, 9999) + 1)
    seasons = [a_season(year, name) for year in years]
    match (match["side"] or "").lower():
        case "":
            chosen = [season for season in seasons if season.first.year == focus.first.year]
        case "following" | "next":
            chosen = [season for season in seasons if season.first > focus.first][:1]
        case _:
            chosen = [season for season in seasons if season.last < focus.first][-1:]
    return resolved(chosen[0] if chosen else None, f"seen from {focus.name}")


_SEASON_CUE = re.compile(r"\b(?:in|into|by|since|until|during|through|of|before|after|for)\s$", re.IGNORECASE)


@BOOK.phrase(f"{SEASONS_OPEN} {EDGES_OPEN} the", r"(?P<the>the_)?(?:<EDGE>_)?(?P<season><SEASON>)")
def _season_alone(match: re.Match[str], scene: Scene) -> Reading | None:
    """The summer, in autumn; neither the verbs nor the fall of Rome nor a spring of water."""
    season, after = match["season"].lower(), scene.after(match.end())
    cued = _SEASON_CUE.search(scene.before(match.start()))
    if not cued and (season in {"spring", "fall"} or not match["the"]):
        return None
    if season in {"spring", "fall"} and re.match(r"\s(?:of|from|in|to|out|short|behind|water)\b", after):
        return None
    if match["season"][0].isupper() and re.match(r"\s[A-Z]", after):
        return None
    published = scene.published
    if published is None:
        return unresolved(f"XXXX-{SEASONS[season][0]}")
    found = a_season(published.year, season)
    ahead = scene.tense(*match.span()) == "future"
    if found.first > published and not ahead and published.year > 1:
        found = a_season(published.year - 1, season)
    elif found.last < published and ahead and published.year < 9999:
        found = a_season(published.year + 1, season)
    side = "last" if found.first <= published else "next"
    return resolved(found, f"the {side} {season} seen from {spoken(published)}")
