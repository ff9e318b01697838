"""Hostile texts in a real browser: every screen shows them as they are, nothing of them runs, and no request leaves this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from claims.export.checked import Publisher
from claims.export.report import report_html, report_of
from claims.store import Query, Wanted
from tests.browser.test_meeting import TODAY
from tests.hostile.test_ways import desk_of, said, sign_all
from tests.hostile.texts import TEXTS

#: Those that a browser, Markdown or Streamlit would make the most of; a page of the queue holds fifty.
CHOSEN = [
    *TEXTS["script"][:16],
    *TEXTS["markdown"][:10],
    *TEXTS["markdown"][40:58],
    *TEXTS["program"][:3],
    "\u202e dekrow siht",
]
SCREENS = ("articles", "", "dashboard", "meeting", "present?role=follow", "export", "coverage", "history", "settings")


@pytest.fixture
def watched(chromium: Browser) -> Iterator[tuple[Page, list[str]]]:
    """A page, and what happened in it that should not: dialogs, requests to elsewhere, pages opened."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True)
    seen: list[str] = []
    context.on(
        "request",
        lambda request: (
            None if request.url.startswith(("http://127.0.0.1:", "data:", "blob:")) else seen.append(request.url)
        ),
    )
    page = context.new_page()
    page.on("dialog", lambda dialog: (seen.append(dialog.message), dialog.dismiss()))
    context.on("page", lambda opened: seen.append(opened.url))
    yield page, seen
    context.close()


def test_no_screen_makes_anything_of_a_text(
    watched: tuple[Page, list[str]], serve: Callable[..., str], tmp_path: Path
) -> None:
    """Claim, title, speaker, source, rationale and name are shown to the letter on the desk, and run on no screen."""
    page, seen = watched
    with desk_of(CHOSEN, tmp_path / "desk.sqlite", marked=False) as store:
        store.add_person("Ana", "admin")
        store.add_person("<img src=x onerror=window.ran=1> :red[Ilic]", "checker")
        ids = [row["claim_id"] for row in store.rows(Query(), limit=60)]
        meeting = store.plan_meeting("<script>window.ran=1</script> $x$ :smile:", TODAY, "Ana", actor="Ana")
        store.put_on_agenda(meeting, [Wanted(name, (CHOSEN[0],)) for name in ids[:5]], actor="Ana")
        store.open_meeting(meeting, store.meeting(meeting).revision, actor="Ana")
        first = store.claim(str(ids[0]))
    address = serve()
    for screen in SCREENS:
        page.goto(f"{address}/{screen}")
        expect(page.locator('[data-testid="stApp"]')).to_have_attribute("data-test-script-state", "notRunning")
        expect(page.locator('[data-testid="stException"]')).to_have_count(0)
        assert page.evaluate("window.ran") is None, screen
        assert page.locator("[onerror], [onload], [onfocus], [ontoggle], base, object, embed").count() == 0, screen
        assert page.locator('a[href^="javascript:"], a[href*="evil.example"], img[src*="evil.example"]').count() == 0, (
            screen
        )
    page.goto(address)
    expect(page.get_by_text(str(first["claim"]), exact=True).first).to_be_visible()
    for text in CHOSEN[1:4]:  # the queue names them
        expect(page.locator("body")).to_contain_text(text)
    assert page.evaluate("window.ran") is None
    assert seen == []


def test_the_report_of_hostile_texts_runs_nothing(watched: tuple[Page, list[str]], tmp_path: Path) -> None:
    """Opened as a file, the report has no script, asks for nothing, and shows the texts."""

    page, seen = watched
    with desk_of(CHOSEN, tmp_path / "desk.sqlite") as store:
        sign_all(store)
        report = report_html(report_of(store, None, Publisher("The Korda Post"), datetime(2024, 3, 5, tzinfo=UTC)))
    page.set_content(report)
    assert page.evaluate("window.ran") is None
    shown = " ".join(str(page.locator("body").text_content()).split())
    left = [text for text in CHOSEN if " ".join(said(text).split()) not in shown]
    assert len(left) <= len(CHOSEN) // 3, left  # what reads as no statement of fact does not leave
    assert seen == []
