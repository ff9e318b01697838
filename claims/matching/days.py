"""Days: whether two claims speak of the same time, so that two true numbers of different days are left in peace."""

from __future__ import annotations

from datetime import date

from claims.matching.assertion import Assertion

#: A claim without a day speaks of the days before it was said, at most so many.
RECENT = 14
#: Spans of days are the same time where the longer is at most so many times the shorter: a year is not its December.
LONGER = 3
#: From so many days on they are no one time where one is so much longer: half a year and the year.
SEASON, LITTLE_LONGER = 60, 1.3
#: A year or longer is known as long as that.
_YEAR = 360


def same_time(one: Assertion, other: Assertion, recent: int = RECENT) -> bool:
    """Whether both speak of the same days, as far as they say; not where neither says and nobody knows when they were said.

    >>> from claims.matching.assertion import assertion_of
    >>> def said(published, first=None):
    ...     row = {"claim_id": "a", "claim": "Two men fled.", "published": published, "date_first": first, "date_last": first}
    ...     return assertion_of(row)
    >>> sunday, monday, later = date(2019, 10, 13), date(2019, 10, 14), date(2019, 12, 1)
    >>> same_time(said(monday, sunday), said(monday)), same_time(said(monday, sunday), said(later))
    (True, False)
    >>> same_time(said(monday, sunday), said(monday, monday)), same_time(said(None), said(None))
    (False, False)
    """
    if one.first and one.last and other.first and other.last:
        if one.first > other.last or other.first > one.last:
            return False
        lengths = sorted(((one.last - one.first).days + 1, (other.last - other.first).days + 1))
        return lengths[1] <= (LONGER if lengths[1] < SEASON else LITTLE_LONGER) * lengths[0]
    if one.first or other.first or one.last or other.last:
        dated, open_ = (one, other) if one.first or one.last else (other, one)
        return _is_just_before(dated, open_, recent)
    return said_within(one, other, recent)


def on_one_day(one: Assertion, other: Assertion) -> bool:
    """Whether both name the same single day.

    >>> from claims.matching.assertion import assertion_of
    >>> def of(first, last): return assertion_of({"claim_id": "", "claim": "Korda.", "date_first": first, "date_last": last})
    >>> sunday, monday = date(2019, 10, 13), date(2019, 10, 14)
    >>> on_one_day(of(sunday, sunday), of(sunday, sunday)), on_one_day(of(sunday, monday), of(sunday, monday)), on_one_day(of(None, None), of(None, None))
    (True, False, False)
    """
    return one.first is not None and one.first == one.last == other.first == other.last


def said_within(one: Assertion, other: Assertion, days: int) -> bool:
    """Whether both were said within so many days; two claims of one article always were."""
    if one.article_id and one.article_id == other.article_id:
        return True
    return bool(one.published and other.published) and abs(days_between(one, other)) <= days


def days_between(one: Assertion, other: Assertion) -> int:
    """Days from the publication of the one to that of the other; 0 where one of them is not known."""
    return (other.published - one.published).days if one.published and other.published else 0


def apart(one: Assertion, other: Assertion) -> int | None:
    """Days that lie between the days they name; None where they meet, or one names none.

    >>> from claims.matching.assertion import assertion_of
    >>> row = {"claim_id": "a", "claim": "It began.", "date_first": date(2019, 10, 9), "date_last": date(2019, 10, 9)}
    >>> apart(assertion_of(row), assertion_of(row | {"date_first": date(2019, 10, 7), "date_last": date(2019, 10, 7)}))
    2
    """
    if not (one.first and one.last and other.first and other.last):
        return None
    between = max((one.first - other.last).days, (other.first - one.last).days)
    return between if between > 0 else None


def _is_just_before(dated: Assertion, other: Assertion, recent: int) -> bool:
    last = dated.last or dated.first
    first = dated.first or dated.last
    if last is None or first is None or (last - first).days >= _YEAR:
        return False
    said: date | None = other.published
    if said is None:
        return bool(dated.article_id) and dated.article_id == other.article_id
    return (said - first).days >= -1 and (said - last).days <= recent
