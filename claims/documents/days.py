"""Days written out in full, as pages write the day they were published."""

from __future__ import annotations

import re
from datetime import date

#: No newspaper is older.
EARLIEST_YEAR = 1700

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"""(?P<month{n}>
    jan(?:uary)? | feb(?:ruary)? | mar(?:ch)? | apr(?:il)? | may | june? | july? | aug(?:ust)?
    | sept?(?:ember)? | oct(?:ober)? | nov(?:ember)? | dec(?:ember)?
)\.?"""

#: A day with its year, in the spellings that mean one day only: 03/04/2020 is not among them.
WRITTEN_DAY = re.compile(
    rf"""
    (?<![\w/-])
    (?:
        (?P<year1>[12]\d{{3}}) (?P<sep>[-/.]) (?P<number>\d{{1,2}}) (?P=sep) (?P<day1>\d{{1,2}}) (?!\d)  # 2019-10-13
      | (?P<day2>\d{{1,2}}) (?:st|nd|rd|th)? \s+ {_MONTH.format(n=2)} ,? \s+ (?P<year2>[12]\d{{3}}) (?!\d)  # 13 October 2019
      | {_MONTH.format(n=3)} \s+ (?P<day3>\d{{1,2}}) (?:st|nd|rd|th)? ,? \s+ (?P<year3>[12]\d{{3}}) (?!\d)  # Oct. 13, 2019
    )
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)


def written_day(text: str) -> date | None:
    """The first full day that ``text`` writes out, or None.

    >>> written_day("Published: Sunday, Oct. 13, 2019, 4:10 pm")
    datetime.date(2019, 10, 13)
    >>> written_day("2021-03-30 07:45:10")
    datetime.date(2021, 3, 30)
    >>> written_day("03/04/2020") is None  # the third of April, or the fourth of March
    True
    """
    for match in WRITTEN_DAY.finditer(text):
        found = match.groupdict()
        year = found["year1"] or found["year2"] or found["year3"]
        named = found["month2"] or found["month3"]
        month = _MONTHS.index(named[:3].lower()) + 1 if named else int(found["number"])
        try:
            return date(int(year), month, int(found["day1"] or found["day2"] or found["day3"]))
        except ValueError:
            continue  # 31 April: not a day
    return None
