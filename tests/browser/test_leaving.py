"""Going to another page in the moment in which a colleague's mark arrives: the press is not lost, and nothing fails."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from claims import Query, Store
from tests.browser.conftest import AT_REST
from tests.claims.conftest import make_article, make_claims

Serve = Callable[..., str]


@pytest.mark.parametrize("later", [0, 60, 120, 200])
def test_a_page_that_is_asked_for_while_news_arrive_is_shown(
    page: Page, serve: Serve, tmp_path: Path, later: int
) -> None:
    """So many milliseconds after the mark: while the desk asks, while it is drawn, and after that."""
    article = make_article()
    with Store(tmp_path / "desk.sqlite", actor="Marusa") as store:
        store.add_article(article, make_claims(article))
        page.goto(serve())
        expect(page.get_by_role("option")).to_have_count(3)
        page.wait_for_selector(AT_REST)
        store.mark(store.rows(Query())[0]["claim_id"], 1, "Refuted", "low")
        page.evaluate("window.claimsLive.ask()")
        page.wait_for_timeout(later)
        page.get_by_role("link", name="Export").click()
        expect(page.get_by_role("link", name="Download 1 claim")).to_be_visible()
        assert page.url.endswith("/export")
