"""Feasts and holidays whose day follows from the year: Christmas, Easter, Thanksgiving."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from dateutil.easter import easter
from dateutil.relativedelta import FR, MO, SU, TH, TU, relativedelta

from claims.dates.parts import YEARS_ON
from claims.dates.periods import a_day, moved_by, spoken
from claims.dates.phrases import Phrasebook, Reading, resolved, unresolved
from claims.dates.scene import Scene

BOOK = Phrasebook()

#: The years for which the reckoning of Easter holds (a year on either side is looked at as well).
RECKONED = range(1584, 4099)

Rule = Callable[[int], date]


def _fixed(month: int, day: int) -> Rule:
    return lambda year: date(year, month, day)


def _after_easter(days: int) -> Rule:
    return lambda year: easter(year) + timedelta(days=days)


def _in_month(month: int, rule: relativedelta) -> Rule:
    return lambda year: date(year, month, 1) + rule


#: Names in lower case and without apostrophes; those of the United States where countries differ.
HOLIDAYS: dict[str, Rule] = {
    "new years day": _fixed(1, 1),
    "new years eve": _fixed(12, 31),
    "epiphany": _fixed(1, 6),
    "martin luther king day": _in_month(1, relativedelta(weekday=MO(3))),
    "valentines day": _fixed(2, 14),
    "presidents day": _in_month(2, relativedelta(weekday=MO(3))),
    "st. patricks day": _fixed(3, 17),
    "st patricks day": _fixed(3, 17),
    "april fools day": _fixed(4, 1),
    "shrove tuesday": _after_easter(-47),
    "ash wednesday": _after_easter(-46),
    "palm sunday": _after_easter(-7),
    "maundy thursday": _after_easter(-3),
    "good friday": _after_easter(-2),
    "easter": easter,
    "easter sunday": easter,
    "easter monday": _after_easter(1),
    "ascension day": _after_easter(39),
    "pentecost": _after_easter(49),
    "whit monday": _after_easter(50),
    "corpus christi": _after_easter(60),
    "earth day": _fixed(4, 22),
    "may day": _fixed(5, 1),
    "memorial day": _in_month(5, relativedelta(day=31, weekday=MO(-1))),
    "flag day": _fixed(6, 14),
    "juneteenth": _fixed(6, 19),
    "independence day": _fixed(7, 4),
    "fourth of july": _fixed(7, 4),
    "bastille day": _fixed(7, 14),
    "anzac day": _fixed(4, 25),
    "mothers day": _in_month(5, relativedelta(weekday=SU(2))),
    "fathers day": _in_month(6, relativedelta(weekday=SU(3))),
    "canada day": _fixed(7, 1),
    "inauguration day": _fixed(1, 20),
    "election day": _in_month(11, relativedelta(day=2, weekday=TU(1))),
    "labor day": _in_month(9, relativedelta(weekday=MO(1))),
    "columbus day": _in_month(10, relativedelta(weekday=MO(2))),
    "halloween": _fixed(10, 31),
    "all saints day": _fixed(11, 1),
    "veterans day": _fixed(11, 11),
    "armistice day": _fixed(11, 11),
    "thanksgiving": _in_month(11, relativedelta(weekday=TH(4))),
    "thanksgiving day": _in_month(11, relativedelta(weekday=TH(4))),
    "black friday": _in_month(11, relativedelta(day=23, weekday=FR(1))),
    "christmas eve": _fixed(12, 24),
    "christmas day": _fixed(12, 25),
    "christmas": _fixed(12, 25),
    "boxing day": _fixed(12, 26),
}


def _spelt(name: str) -> str:
    """The pattern of a name: apostrophes may stand before or behind the s, or be left out."""
    pattern = re.escape(name).replace(r"\ ", "_")
    return re.sub(r"s_(?=day|eve)", "<APOSTROPHE>?s<APOSTROPHE>?_", pattern)


_ANY_HOLIDAY = "|".join(_spelt(name) for name in sorted(HOLIDAYS, key=len, reverse=True))


@BOOK.phrase(
    " ".join(word for name in HOLIDAYS for word in (name.split()[0].rstrip("."), name.split()[0].rstrip("s")))
    + " last this next the",
    rf"""(?:(?P<side>last|this|next)_|the_(?=fourth)|the_day_(?P<beyond>before|after)_)?(?P<holiday>{_ANY_HOLIDAY})
        (?:,?_(?:of_)?(?P<year><YEAR>)|_(?P<whose>last|next|this)_year)?""",
)
def _holiday(match: re.Match[str], scene: Scene) -> Reading | None:
    """Christmas Eve, Easter 2019, last Thanksgiving; not Easter Island."""
    words, published = match["holiday"], scene.published
    if not words[0].isupper() or re.match(r"\sIslands?\b", scene.after(match.end())):
        return None
    rule = HOLIDAYS[re.sub(r"\s+", " ", re.sub("['’‘]", "", words.lower()))]
    if match["year"]:
        year = int(match["year"])
        return resolved(a_day(rule(year)), f"{words} of the year as written") if year in RECKONED else None
    if published is None:
        return unresolved("XXXX-XX-XX")
    if published.year not in RECKONED:
        return unresolved("XXXX-XX-XX", "the feast is not reckoned for that year")
    if match["whose"]:
        found = rule(published.year + YEARS_ON[match["whose"].lower()])
    else:
        found = _nearest(rule, published, (match["side"] or scene.tense(*match.span())).lower())
    side = "on" if found == published else "after" if found > published else "before"
    if match["beyond"]:
        beyond = moved_by(found, 1 if match["beyond"].lower() == "after" else -1, "day")
        return resolved(a_day(beyond) if beyond else None, f"the day {match['beyond'].lower()} {spoken(found)}")
    return resolved(a_day(found), f"the one {side} {spoken(published)}")


def _nearest(rule: Rule, published: date, side: str) -> date:
    """By "last", "next" or the tense; a feast that is close ahead and long past is the coming one."""
    days = [rule(year) for year in range(published.year - 1, published.year + 2)]
    past = max(day for day in days if day <= published)
    coming = min(day for day in days if day >= published)
    soon = (coming - published).days < 45 and (published - past).days > 200
    return coming if side in {"next", "future"} or (soon and side != "last") else past
