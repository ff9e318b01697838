"""The report on paper: a browser prints it whole, on sheets of A4, with nothing beyond their edges and none of them blank."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Page
from pypdf import PdfReader

from claims.article import read_article
from claims.claim import find_claims
from claims.export.checked import Publisher
from claims.export.report import report_html, report_of
from claims.store import Query, Store
from tests.claims.conftest import bring

NOON = datetime(2024, 3, 5, 12, tzinfo=UTC)

#: Claims enough for several sheets.
STORY = "\n\n".join(
    f"Some {number} guards of the Korda prison left on Sunday, the union of yard {number} said."
    for number in range(300, 312)
)


def test_a_report_is_printed_whole(page: Page, tmp_path: Path) -> None:
    """Every claim with its verdict stands on some sheet, no sheet is blank, and nothing is wider than the paper."""
    with Store(tmp_path / "desk.sqlite", actor="Jana") as store:
        article = read_article(STORY.encode(), name="guards.txt", published="2024-03-03")
        store.add_article(article, find_claims(article))
        named = {row["claim_id"]: row["claim"] for row in store.rows(Query(), limit=50)}
        for name in named:
            bring(store, name, "signed off")
        html = report_html(
            report_of(store, None, Publisher("The Korda Post", f"https://korda.example/{'x' * 300}"), NOON)
        )
    page.set_content(html)
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    printed = PdfReader(io.BytesIO(page.pdf(format="A4")))
    assert len(printed.pages) > 1
    words = " ".join(" ".join(sheet.extract_text() for sheet in printed.pages).split())
    assert len(named) >= 12
    for claim in named.values():
        assert claim.rstrip(".") in words
    assert words.count("Supported") >= len(named)
    assert all(sheet.extract_text().strip() for sheet in printed.pages), "A sheet is blank."
