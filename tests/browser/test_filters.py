"""Filters in a real browser: the address bar holds the view, a link opens it elsewhere, and it is there again later."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Browser, Page, expect


def at_the_desk(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_role("listbox", name="Claims")).to_be_visible()


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_the_address_is_the_view(page: Page, chromium: Browser, strike: str) -> None:
    """What is filtered by hand stands in the address; a colleague's browser opens it; a reload and a later visit keep it."""
    at_the_desk(page, strike)
    page.get_by_text("All", exact=True).click()
    expect(page).to_have_url(re.compile("show=All"))
    page.get_by_role("button", name="Filters", exact=True).click()
    window = page.get_by_role("dialog", name="Filters")
    window.get_by_label("Kind").click()
    page.get_by_role("option", name=re.compile("^numerical")).click()
    expect(page).to_have_url(re.compile("kind=numerical"))
    page.keyboard.press("Escape")
    window.get_by_role("radio", name="without").last.or_(window.get_by_text("without", exact=True).last).first.click()
    page.keyboard.press("Escape")
    expect(page.locator(".st-key-chips")).to_contain_text("Kind: numerical")
    expect(page.locator(".st-key-chips")).to_contain_text("without sources")
    expect(page).to_have_url(re.compile("sources=without"))
    view = {"show": ["All"], "kind": ["numerical"], "sources": ["without"]}
    assert asked(page) == view
    count = page.locator(".count").text_content()
    page.reload()
    expect(page.locator(".count")).to_have_text(str(count))
    elsewhere = chromium.new_context()
    colleague = elsewhere.new_page()
    at_the_desk(colleague, page.url)
    expect(colleague.locator(".count")).to_have_text(str(count))
    expect(colleague.locator(".st-key-chips")).to_contain_text("Kind: numerical")
    colleague.get_by_role("button", name=re.compile("^Kind: numerical")).click()
    expect(colleague.locator(".st-key-chips")).not_to_contain_text("Kind")
    expect(colleague).not_to_have_url(re.compile("kind"))
    elsewhere.close()
    page.get_by_role("link", name="Export").click()
    expect(page.get_by_role("heading", name="Export and import")).to_be_visible()
    page.get_by_role("link", name="Desk", exact=True).click()
    expect(page.locator(".count")).to_have_text(str(count))
    expect(page).to_have_url(re.compile("kind=numerical"))
    later = page.context.new_page()
    later.goto(strike)
    expect(later.locator(".st-key-chips")).to_contain_text("without sources")
    expect(later.locator(".count")).to_have_text(str(count))
    later.get_by_role("button", name="Clear").click()
    expect(later.locator(".st-key-chips")).to_have_count(0)


def test_a_burst_of_keys_and_a_filter_keep_their_order(page: Page, strike: str) -> None:
    """Keys that are pressed while the address is being written do not bring the old view back."""
    at_the_desk(page, strike)
    page.get_by_text("All", exact=True).click()
    for _ in range(10):
        page.keyboard.press("j")
    expect(page.locator(".count")).to_have_text(re.compile("^11 of"))
    expect(page).to_have_url(re.compile("show=All"))


def test_back_and_forward_go_through_the_views(page: Page, strike: str) -> None:
    """The browser's own buttons: back to the view before, forward to the one after, and back from another screen."""
    at_the_desk(page, strike)
    chips, count = page.locator(".st-key-chips"), page.locator(".count")
    page.get_by_text("All", exact=True).click()
    expect(page).to_have_url(re.compile("show=All"))
    page.get_by_placeholder("Find words, names, figures").fill("guards")
    page.keyboard.press("Enter")
    expect(chips).to_contain_text("guards")
    expect(page).to_have_url(re.compile("find=guards"))
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(count).to_have_text(re.compile("^2 of"))
    page.get_by_role("link", name="Export").click()
    expect(page.get_by_role("heading", name="Export and import")).to_be_visible()
    page.go_back()
    expect(count).to_have_text(re.compile("^2 of"))
    expect(chips).to_contain_text("guards")
    page.go_back()
    expect(chips).to_have_count(0)
    expect(page).to_have_url(re.compile("show=All"))
    expect(page).not_to_have_url(re.compile("find="))
    page.go_forward()
    expect(chips).to_contain_text("guards")
