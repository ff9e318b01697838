"""A desk under a path of its address, with a real browser: files come, the bell rings, and the sign-in leads back to the page."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from claims import Query, Store, read_csv
from tests.browser.conftest import AT_REST, served
from tests.browser.test_signin import Browsers, Provider, behind, provider, sees, somebody
from tests.claims.conftest import make_article, make_claims
from tests.postgres import Server

__all__ = ["provider", "somebody"]  # fixtures


def test_files_come_and_the_bell_rings_under_a_path(page: Page, postgresql: Server) -> None:
    """From the address bar and from another page: both lie beside the pages."""
    article = make_article()
    with postgresql.database() as place, Store(place, actor="Jana") as store:
        store.add_article(article, make_claims(article))
        with served("--store", place, base="/korda/desk") as address:
            with page.expect_event("websocket", lambda socket: socket.url.endswith("/korda/desk/api/bell")) as found:
                page.goto(address)
            expect(page.get_by_role("option")).to_have_count(3)
            with found.value.expect_event("framereceived", lambda words: words == "written"):
                store.mark(store.rows(Query())[0]["claim_id"], 1, "Refuted", "low")
            expect(page.get_by_text("1 of 3 claims marked")).to_be_visible()
            expect(page.locator(AT_REST)).to_be_visible()
            page.get_by_role("link", name="Export").click()
            for _ in ("led here", "opened here"):
                with page.expect_download() as coming:
                    page.get_by_role("link", name=re.compile("Download 1 claim")).click()
                assert len(read_csv(coming.value.path())) == 1
                page.reload()


def test_a_sign_in_leads_back_to_the_page_under_its_path(
    provider: Provider, somebody: Browsers, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Through the provider and back to what was asked for at the door; the file is given to who is in."""
    provider.knows("jana@korda.example", "Jana Ilic")
    with behind(provider, tmp_path_factory.mktemp("home"), "/desk") as desk:
        page = somebody()
        page.goto(f"{desk.address}/export")
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.get_by_placeholder("sub").fill("jana@korda.example")
        page.get_by_role("button", name="Authorize").click()
        expect(page.get_by_role("button", name="You are Jana Ilic", exact=True)).to_be_visible()
        expect(page).to_have_url(f"{desk.address}/export")
        page.get_by_text("All claims", exact=True).click()
        with page.expect_download() as coming:
            page.get_by_role("link", name=re.compile("Download 3 claims")).click()
        assert len(read_csv(coming.value.path())) == 3
        page.get_by_role("link", name="Desk", exact=True).click()
        sees(page, "Jana Ilic")
