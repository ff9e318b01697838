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


WIRE = date(1990, 10, 25)  # a Thursday


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sales fell in the quarter.", ["1990-Q3"]),
        ("Sales should fall in the quarter.", ["1990-Q4"]),
        ("Sales fell in the latest quarter.", ["1990-Q3"]),
        ("Sales fell in the quarter ended June 30.", ["1990-Q2", "1990-06-30"]),
        ("Sales fell in the second quarter and rose in the period.", ["1990-Q2", "1990-Q2"]),
        ("Sales fell in the latest week.", ["1990-W42"]),
        ("Last year's fourth quarter was weak.", ["1989-Q4"]),
        ("The third quarter last year was weak.", ["1989-Q3"]),
        ("The third quarter a year ago was weak.", ["1989-Q3"]),
        ("The 1988 third quarter was weak, as was 1989's second quarter.", ["1988-Q3", "1989-Q2"]),
        ("It earned 4 cents in the year-ago third quarter.", ["1989-Q3"]),
        ("It earned 4 cents in the year-earlier quarter.", ["1989-Q3"]),
        ("It lost money in the third quarter; in the 1988 quarter it had a profit.", ["1990-Q3", "1988-Q3"]),
        ("It earned less in the same period last year.", ["1989"]),
        ("It earned less in the June quarter.", ["1990-Q2"]),
        ("It earned less in the December quarter of 1988.", ["1988-Q4"]),
        ("It will report for the December quarter.", ["1990-Q4"]),
        ("It lost money in fiscal 1989's first quarter.", ["1989-Q1"]),
    ],
)
def test_the_quarters_of_a_company(text: str, expected: list[str]) -> None:
    """A quarter without a number is the one spoken of, else the last that is over; a year beside it says of which year."""
    assert [found.timex for found in find_dates(text, WIRE)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The last fiscal year was good.", "FY1989"),
        ("The current fiscal year is good.", "FY1990"),
        ("Next financial year may be good.", "FY1991"),
    ],
)
def test_fiscal_years_beside_publication(text: str, expected: str) -> None:
    """A fiscal year is told by its place beside the year of publication."""
    assert only(text, WIRE).timex == expected
    assert only(text, None).timex == "FYXXXX"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Polls close at 1900 GMT.", "1990-10-25T19:00Z"),
        ("Polls close at 0330 UTC on Friday.", "1990-10-26T03:30Z"),
        ("It fell at 11 p.m. Korda time.", "1990-10-25T23:00"),
        ("It fell at 8 o'clock Wednesday night.", "1990-10-24T20:00"),
        ("It fell at 8 in the evening.", "1990-10-25T20:00"),
        ("It fell before dawn.", "1990-10-25TMO"),
        ("It fell by nightfall on Tuesday.", "1990-10-23TNI"),
        ("It fell at midday.", "1990-10-25TMI"),
        ("It fell by mid-morning.", "1990-10-25TMO"),
        ("It fell in the early hours of Tuesday.", "1990-10-23TMO"),
        ("It fell in the early morning hours.", "1990-10-25TMO"),
        ("That same evening, it fell.", "1990-10-25TEV"),
        ("They sleep there at night.", "XXXX-XX-XXTNI"),
    ],
)
def test_hours_as_the_wires_write_them(text: str, expected: str) -> None:
    """Clocks of four digits, hours by the sun, and parts of a day named behind it."""
    found = only(text, WIRE)
    assert (found.kind, found.timex) == ("TIME", expected)


def test_four_digits_without_a_zone_are_a_year() -> None:
    """Only a zone behind them makes four digits a clock."""
    assert only("It began in 1900.", WIRE).timex == "1900"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The vote was on 3 May 1990. The following Friday, he fled.", ["1990-05-03", "1990-05-04"]),
        ("He came in May 1985. That October, he fled.", ["1985-05", "1985-10"]),
        ("He came in May 1985. The following March, he fled.", ["1985-05", "1986-03"]),
        ("He came in May 1985. That summer, he fled.", ["1985-05", "1985-SU"]),
        ("He came in May 1985. The previous winter, he had fled.", ["1985-05", "1984-WI"]),
    ],
)
def test_days_months_and_seasons_beside_the_date_in_focus(text: str, expected: list[str]) -> None:
    """ "That" and "the following" count from the date just spoken of, also before a weekday, a month or a season."""
    assert [found.timex for found in find_dates(text, WIRE)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Prices rose for the third straight month.", "P3M"),
        ("It fell for the 10th consecutive day.", "P10D"),
        ("He won for the second time in as many days.", "P2D"),
        ("It stood for 20-odd years.", "P20Y"),
        ("It was the worst slump in a quarter century.", "P25Y"),
    ],
)
def test_lengths_told_by_a_count(text: str, expected: str) -> None:
    """What goes on for the third month has lasted three; "as many" is the count before it."""
    found = only(text, WIRE)
    assert (found.kind, found.timex) == ("DURATION", expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The year's best crop came in.", "1990"),
        ("Earlier in the year it sold the unit.", "1990"),
        ("Later in the day, it fell.", "1990-10-25"),
        ("It opened this past weekend.", "1990-W42-WE"),
        ("It opened this past Friday.", "1990-10-19"),
        ("Half a century ago, it was a village.", "1940"),
        ("It plans to open in the spring.", "1991-SP"),
        ("The match kicks off at 8:05 p.m. on Tuesday.", "1990-10-30T20:05"),
        ("Shops were full the day after Christmas.", "1989-12-26"),
        ("The two met on Election Day 1988.", "1988-11-08"),
        ("It happened on a Friday.", "XXXX-WXX-5"),
        ("It runs every weekday.", "XXXX-WXX-WD"),
    ],
)
def test_other_words_of_the_wires(text: str, expected: str) -> None:
    """Years with a possessive, parts of a day or year, feasts and what no one day is."""
    assert only(text, WIRE).timex == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We had no warning at the time.", "PAST_REF"),
        ("At that time the road was closed.", "PAST_REF"),
        ("Some time ago the road was closed.", "PAST_REF"),
        ("Prices have fallen of late.", "PAST_REF"),
        ("For the time being the road is closed.", "PRESENT_REF"),
        ("We have no plan at this point.", "PRESENT_REF"),
        ("In the long run, prices fall.", "FUTURE_REF"),
    ],
)
def test_times_that_only_point(text: str, expected: str) -> None:
    """Phrases that mean the past, the present or the time to come and name no day."""
    assert only(text, WIRE).timex == expected


@pytest.mark.parametrize(
    "text", ["The firm previously made rope.", "It was shut at the time of the fire.", "It is the dawn of a new era."]
)
def test_words_that_name_no_time(text: str) -> None:
    """TIMEX3 leaves "previously" unmarked; a time or a dawn of something is an event."""
    assert find_dates(text, WIRE) == []


def test_as_recently_as_is_no_time_of_its_own() -> None:
    """In "as recently as 2007" the year alone is the date."""
    assert only("It traded at $50 as recently as 2007.", SUNDAY).timex == "2007"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sales will grow over the next year.", ["P1Y"]),
        ("He fled the next year.", ["1991"]),
        ("In the days after the storm, nobody came.", ["PXD"]),
        ("A six hour flight took her home.", ["PT6H"]),
        ("She has served half-dozen days.", ["P6D"]),
        ("An hour and a half later it fell.", ["PT1.5H"]),
        ("It may fall into the spring.", ["1991-SP"]),
        ("By late summer, it was over.", ["1990-SU"]),
        ("The Sept.11 vote was lost.", ["1990-09-11"]),
    ],
)
def test_lengths_and_parts_without_their_hyphen_or_article(text: str, expected: list[str]) -> None:
    """What lies ahead "over the next year" is a length; a missing hyphen, article or blank changes nothing."""
    assert [found.timex for found in find_dates(text, WIRE)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "He told 60 Minutes.",
        "He sold 21st Century Fox.",
        "He came to the Tonight Show.",
        "He came to the Today show.",
        "It is three-quarters full.",
        "It stayed until the night's end.",
        "The outcry was fierce in some quarters.",
    ],
)
def test_names_and_shares_are_no_times(text: str) -> None:
    """Programmes and firms named after times, shares and quarters of a town are no time expressions."""
    assert find_dates(text, WIRE) == []


def test_a_month_behind_said_that() -> None:
    """ "Said that October was wet" has no "that October" in it."""
    texts = "In May 1985 he said that October was wet.", "In May 1985 he was ill. In that October he died."
    assert [find_dates(text, WIRE)[-1].text for text in texts] == ["October", "that October"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He died in nineteen eighty-four.", ["1984"]),
        ("It will end in the year two thousand.", ["2000"]),
        ("It began in two thousand four.", ["2004"]),
        ("He spoke on January twentieth.", ["1990-01-20"]),
        ("He spoke on the twenty-first of March.", ["1990-03-21"]),
        ("It begins at eight p.m. on Friday.", ["1990-10-26T20:00"]),
        ("It began at two in the morning.", ["1990-10-25T02:00"]),
        ("It began at three-thirty in the afternoon.", ["1990-10-25T15:30"]),
        ("It began at nine this morning.", ["1990-10-25T09:00"]),
        ("On Monday he fled. It begins at 8 tonight.", ["1990-10-22", "1990-10-25T20:00"]),
    ],
)
def test_dates_and_hours_as_the_radio_says_them(text: str, expected: list[str]) -> None:
    """Years, days and hours in words, as transcripts write them."""
    assert [found.timex for found in find_dates(text, WIRE)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Two thousand people came.",
        "He saw it in two thousand cases.",
        "Seven this year is enough.",
        "It leads with 3:21 to play.",
    ],
)
def test_words_that_only_look_like_hours_and_years(text: str) -> None:
    """Counts in words and the clock of a match are neither years nor hours."""
    assert not [found for found in find_dates(text, WIRE) if found.kind == "TIME" or found.timex == "2000"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Korda will release figures for September on Friday.", ["1990-09", "1990-10-26"]),
        ("The council will meet in September.", ["1991-09"]),
        ("December wheat fell.", ["1990-12"]),
        ("The board approved a dividend, payable Dec. 20.", ["1990-12-20"]),
        ("He was found on Dec. 30.", ["1990-12-30"]),
        ("Rates fell from 8% the week before and rose later.", ["1990-W42"]),
        ("It began in the summer of '88.", ["1988-SU"]),
        ("The Monday after the crash was quiet.", ["XXXX-WXX-1"]),
        ("By late afternoon, it rose.", ["1990-10-25TAF"]),
        ("A year ago today, it rose.", ["1989-10-25"]),
        ("It rose ten years ago this month.", ["1980-10"]),
        ("He won for the third day in a row.", ["P3D"]),
        ("It will last another year.", ["P1Y"]),
        ("The year-old firm will close at midyear.", ["P1Y", "1990"]),
        ("It pays a semi-annual fee.", ["P6M"]),
    ],
)
def test_which_of_two_readings(text: str, expected: list[str]) -> None:
    """A month just over or to come, a day of this year, a day that something unknown fixes, and lengths of one."""
    assert [found.timex for found in find_dates(text, WIRE)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It must choose before Monday. Earlier in the week, it lost.", ["1990-10-29", "1990-W43"]),
        ("On 3 May 1985 it lost. Later in the day, it won.", ["1985-05-03", "1985-05-03"]),
        ("It closed the week at a high.", ["1990-W43"]),
        ("It lost money in the fiscal year ended Nov. 30.", ["FY1989", "1989-11-30"]),
        ("It won on Tuesday, and hosts Korda Sunday.", ["1990-10-23", "1990-10-28"]),
        ("The ministry reports retail sales at 8:30 a.m. on Friday.", ["1990-10-26T08:30"]),
    ],
)
def test_days_weeks_and_years_of_which_it_is_told(text: str, expected: list[str]) -> None:
    """ "Earlier in the week" is publication's; the present of a plan points ahead; a fiscal year is that of its last month."""
    assert [found.timex for found in find_dates(text, WIRE)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The index fell 3% on the day.", [("the day", "2008-10-10")]),
        ("The index fell in the final hour of trading.", [("the final hour", "PT1H")]),
        ("It opened at 9:30 EDT (13:30 UTC).", [("9:30 EDT", "2008-10-10T09:30"), ("13:30 UTC", "2008-10-10T13:30Z")]),
        ("It was worse than Black Monday.", []),
        ("It was worse on the day of the vote.", []),
        ("It was worse after 9/11.", [("9/11", "2001-09-11")]),
    ],
)
def test_a_day_on_the_market(text: str, expected: list[tuple[str, str]]) -> None:
    """The day and its last hour, clocks in brackets, and days of history that are no Mondays of this week."""
    assert [(found.text, found.timex) for found in find_dates(text, date(2008, 10, 10))] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The deadline passed at noon Saturday.", ["1990-10-20T12:00"]),
        ("The rule, effective March 1, was approved.", ["1991-03-01"]),
        ("They said it runs beginning Monday.", ["1990-10-29"]),
        ("A vote in December.", ["1990-12"]),
        ("Sales in the third quarter of 1988 rose over the same period last year.", ["1988-Q3", "1989-Q3"]),
        (
            "He came in May. Sales in the third quarter rose over the same period last year.",
            ["1990-05", "1990-Q3", "1989-Q3"],
        ),
        ("Sales in May rose over the year-earlier period.", ["1990-05", "1989-05"]),
        ("A few years back, he fled.", ["PAST_REF"]),
        ("Some 20 years back, he fled.", ["1970"]),
        ("He spent two days back in Korda.", ["P2D"]),
    ],
)
def test_what_lies_ahead_and_what_lies_back(text: str, expected: list[str]) -> None:
    """Deadlines that passed, rules in force from a day on, "last year" seen from publication, "years back"."""
    assert [found.timex for found in find_dates(text, WIRE)] == expected


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
