"""The report as Markdown tells what the report as a page tells."""

from __future__ import annotations

from datetime import UTC, date, datetime

import lxml.html

from claims.evidence import CREDIBILITIES, RELIABILITIES, Source
from claims.export.checked import Publisher
from claims.export.pages import day_words
from claims.export.report import report_html, report_markdown, report_of
from claims.store import Store
from tests.claims.conftest import bring, sign_off

DESK = Publisher("The Korda Post", "https://korda.example/checks/")
NOON = datetime(2024, 3, 5, 12, tzinfo=UTC)


def test_markdown_tells_what_the_page_tells(desk: Store, names: list[str]) -> None:
    """The day of the next look, what each grade means, and how a check is repeated."""
    revision = bring(desk, names[0], "agreed")
    source = Source("https://ilic.example/a", "The count", reliability="B", credibility="2")
    desk.add_source(names[0], revision, source)
    revision = desk.edit_claim(names[0], desk.claim(names[0])["revision"], {"review_by": date(2024, 6, 1)})
    other = Source("https://ilic.example/b", "The list", credibility="5")
    desk.add_source(names[0], revision, other)
    sign_off(desk, names[0], desk.claim(names[0])["revision"])
    report = report_of(desk, None, DESK, NOON)
    page = lxml.html.fromstring(report_html(report))
    shown, written = (" ".join(text.split()) for text in (page.text_content(), report_markdown(report)))
    [again] = page.xpath("//dt[text()='To be looked at again']/following-sibling::dd[1]")
    assert again.text_content() == f"by {day_words(date(2024, 6, 1))}"
    [repeat] = page.xpath("//p[starts-with(normalize-space(), 'To repeat a check')]")
    told = [
        f"B2: {RELIABILITIES['B']}; {CREDIBILITIES['2']}.",
        f" 5: {CREDIBILITIES['5']}.",
        " ".join(repeat.text_content().split()),
    ]
    for words in told:
        assert words in shown
        assert words in written
    assert f"- To be looked at again: {again.text_content()}" in written


def test_what_has_no_day_and_no_grade_is_told_none(desk: Store, names: list[str]) -> None:
    """Where nobody gave a day or judged a source, neither says a word of it."""
    bring(desk, names[0], "signed off")
    report = report_of(desk, None, DESK, NOON)
    for words in ("To be looked at again", *RELIABILITIES.values(), *CREDIBILITIES.values()):
        assert words not in report_html(report)
        assert words not in report_markdown(report)
