"""Time expressions: what they are read as, against which day, and what is left alone."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from claims.dates import Date, find_dates, find_dates_batch

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "dates.json").read_text(encoding="utf-8"))
SUNDAY = date(2019, 10, 13)

Row = list[str | None]


def rows(found: list[Date]) -> list[Row]:
    """What the golden table says of each date."""
    return [[one.text, one.kind, one.timex, iso(one.first), iso(one.last)] for one in found]


def iso(one: date | None) -> str | None:
    return one.isoformat() if one else None


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def only(text: str, published: date | None) -> Date:
    """The one date of ``text``."""
    [found] = find_dates(text, published)
    return found


@pytest.mark.parametrize(("text", "published", "expected"), GOLDEN["cases"])
def test_golden_table(text: str, published: str | None, expected: list[Row]) -> None:
    """Every labelled sentence is read as a person labelled it."""
    assert rows(find_dates(text, day(published))) == expected


@pytest.mark.xfail(strict=True, reason="known failures, in the light until they are mended")
@pytest.mark.parametrize(("text", "published", "expected"), GOLDEN["known_failures"])
def test_known_failures(text: str, published: str | None, expected: list[Row]) -> None:
    """What is not read rightly yet is listed, and leaves the list when it is."""
    assert rows(find_dates(text, day(published))) == expected


@pytest.mark.parametrize(
    ("text", "published", "why"),
    [
        ("It began on Wednesday.", SUNDAY, "the Wednesday before Sunday 13 October 2019"),
        ("It will begin on Wednesday.", SUNDAY, "the Wednesday after Sunday 13 October 2019"),
        ("It began on Sunday.", SUNDAY, "the day of publication, Sunday 13 October 2019"),
        ("It began on Wednesday.", None, "no publication date is known"),
        ("In 2012 it was a year earlier.", None, "1 year before 2012"),
        ("It began in 2012.", None, "a year as written"),
        ("It began two days after 3 May 2010.", None, "counted from Monday 3 May 2010"),
    ],
)
def test_every_reading_gives_its_reason(text: str, published: date | None, why: str) -> None:
    """``why`` says how a date was resolved, or why it was not."""
    assert why in [found.why for found in find_dates(text, published)]


def test_a_day_that_no_year_has_is_no_date() -> None:
    """31 June is not a day."""
    assert find_dates("It began on 31 June.", SUNDAY) == []


@pytest.mark.parametrize(
    "text",
    [
        "on Friday",
        "yesterday",
        "last week",
        "this morning",
        "two days ago",
        "in October",
        "on 3 May",
        "the third quarter",
    ],
)
def test_without_publication_nothing_relative_is_resolved(text: str) -> None:
    """An unknown publication date is never guessed: no days, and the reason says so."""
    found = only(f"It happened {text}.", None)
    assert (found.first, found.last, found.why) == (None, None, "no publication date is known")
    assert "X" in found.timex


@pytest.mark.parametrize("published", [date(1, 1, 1), date(1, 1, 2), date(9999, 12, 31), date(9999, 12, 30)])
def test_the_calendar_has_ends(published: date) -> None:
    """At both ends of the calendar, words that lead out of it stay unresolved without an exception."""
    text = (
        "Yesterday, tomorrow, last week, next week, last year, next year, last Friday, next Friday, 900 years ago, "
        "a year from now, in 300 years, last month, next month, in March, in November, 3 May, 29 February, "
        "next winter, last summer, the last quarter of next year, the past 99 centuries, the weekend, last night, "
        "tonight, Christmas, the end of the century, 900 weeks later, the following day, 1999-12-31."
    )
    for found in find_dates(text, published):
        assert text[found.start : found.end] == found.text


@pytest.mark.parametrize(
    ("published", "text", "timex"),
    [
        (date(2020, 2, 29), "It began a year ago.", "2019"),
        (date(2020, 2, 29), "It began on 29 February.", "2020-02-29"),
        (date(2021, 2, 28), "It began on 29 February.", "2020-02-29"),
        (date(2020, 12, 31), "It will begin tomorrow.", "2021-01-01"),
        (date(2021, 1, 1), "It began last week.", "2020-W52"),
        (date(2021, 1, 1), "It began last month.", "2020-12"),
        (date(2021, 1, 1), "It began last quarter.", "2020-Q4"),
        (date(2019, 12, 31), "It will begin on Wednesday.", "2020-01-01"),
    ],
)
def test_year_boundaries_and_leap_days(published: date, text: str, timex: str) -> None:
    """Steps over the new year and over 29 February land where the calendar has them."""
    assert only(text, published).timex == timex


def test_a_batch_is_the_same_as_one_by_one() -> None:
    """Texts in bulk give what each gives alone; lengths that differ are an error."""
    texts, days = ["It began on Friday.", "It began in 2012."], [SUNDAY, None]
    assert find_dates_batch(texts, days) == [find_dates(text, one) for text, one in zip(texts, days, strict=True)]
    with pytest.raises(ValueError, match="shorter"):
        find_dates_batch(texts, [None])


def test_one_text_leaves_no_trace_in_the_next() -> None:
    """The date in focus ends with its text."""
    first = find_dates("He left a day earlier.", SUNDAY)
    find_dates("He left on 3 May 2010.", SUNDAY)
    assert find_dates("He left a day earlier.", SUNDAY) == first


WORDS = st.sampled_from(
    "the last next this in on of a May March 2019 1990s '80s two half dozen year years ago earlier week Monday Sept. "
    "11 quarter second to and - , . 9:30 p.m. morning Christmas fall every per day $ 1,000 1/2 \n \ud800 \0".split(" ")
)


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(), st.lists(WORDS, max_size=40).map(" ".join)), st.one_of(st.none(), st.dates()))
@example("2" * 1000, None)
@example("the " * 1000, SUNDAY)
@example("1/1/" * 500, SUNDAY)
def test_any_text_is_read(text: str, published: date | None) -> None:
    """No text raises; every span is true, in order, apart from the others, with its days in order and a reason."""
    end = 0
    for found in find_dates(text, published):
        assert end <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.text
        assert (found.first is None) == (found.last is None)
        assert found.first is None or found.last is None or found.first <= found.last
        assert found.timex
        assert found.why
        end = found.end
