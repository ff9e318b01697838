"""What is typed and not saved, over a reload of the page: it is back where it was, once, and for who typed it alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from claims import Query, Store
from tests.browser.conftest import AT_REST
from tests.browser.test_together import form_of, judge, opened, roster, take

#: The drafts that this browser keeps.
KEPT = "() => Object.keys(localStorage).filter((key) => key.startsWith('claims-workbench-draft'))"

BACK = "What you had typed and not saved is back"


@pytest.fixture
def address(strike: str, tmp_path: Path) -> str:
    """Sixty claims, and two people."""
    roster(tmp_path)
    return f"{strike}/?show=All"


def test_what_was_typed_is_back_after_a_reload(page: Page, address: str, tmp_path: Path) -> None:
    """In the middle of a word, at the claim where it was typed; saved, it comes back no more, and the browser keeps it no longer."""
    opened(page, address, "Jana")
    take(page, "On day 3 of")
    why = form_of(page).get_by_label("Why")
    why.press_sequentially("The roll call cou")
    page.reload()
    expect(page.get_by_text(BACK)).to_be_visible()
    expect(why).to_have_count(1)
    page.wait_for_selector(AT_REST)
    expect(form_of(page).locator(".claim")).to_contain_text("On day 3 of")
    expect(why).to_have_value("The roll call cou")
    judge(page, "Refuted", "High", "The roll call counts 249.")
    form_of(page).get_by_role("button", name="Save and next").click()
    expect(form_of(page).locator(".claim")).not_to_contain_text("On day 3 of")
    page.wait_for_function(f"({KEPT})().length === 0")
    page.reload()
    take(page, "On day 3 of")
    expect(why).to_have_value("The roll call counts 249.")
    with Store(tmp_path / "desk.sqlite") as store:
        assert store.rows(Query(marked=True))[0]["rationale"] == "The roll call counts 249."


def test_nobody_else_gets_what_was_typed(page: Page, address: str) -> None:
    """Ilic sits down at Jana's browser and finds an empty form; what Jana typed is there for Jana."""
    opened(page, address, "Jana")
    why = form_of(page).get_by_label("Why")
    why.press_sequentially("SECRET of the first reader")
    page.evaluate("() => localStorage.setItem('claims-workbench-person', 'Ilic')")
    page.reload()
    expect(page.get_by_role("button", name="You are Ilic")).to_be_visible()
    expect(why).to_have_value("")
    page.evaluate("() => localStorage.setItem('claims-workbench-person', 'Jana')")
    page.reload()
    expect(why).to_have_value("SECRET of the first reader")


#: Whoever is quicker than the desk: writes as soon as there is something to write in.
HASTY = """() => new MutationObserver((_, watch) => {
    const why = document.querySelector(".st-key-pane-form textarea[aria-label=Why]");
    if (!why) return;
    watch.disconnect();
    why.focus();
    document.execCommand("insertText", false, "Besides, it rained.");
}).observe(document, { childList: true, subtree: true })"""


def test_what_is_typed_before_the_draft_is_back_follows_it(page: Page, address: str) -> None:
    """Neither takes the other's place."""
    opened(page, address, "Jana")
    why = form_of(page).get_by_label("Why")
    why.press_sequentially("The roll call counts 249.")
    page.add_init_script(f"({HASTY})()")
    page.reload()
    expect(page.get_by_text(BACK)).to_be_visible()
    expect(why).to_have_value("The roll call counts 249. Besides, it rained.")


def test_what_is_typed_while_the_desk_is_drawn_anew_stays(page: Page, address: str, tmp_path: Path) -> None:
    """A colleague's mark draws the desk in the middle of a word, and the browser keeps the whole word."""
    opened(page, address, "Jana")
    why = form_of(page).get_by_label("Why")
    why.press_sequentially("The roll c")
    with Store(tmp_path / "desk.sqlite", actor="Ilic") as store:
        other = store.rows(Query(text="On day 3 of"))[0]
        store.mark(other["claim_id"], other["revision"], "Refuted", "high")
    expect(page.get_by_role("option").filter(has_text="On day 3 of")).to_contain_text("read once")
    why.press_sequentially("all counts 249.")
    expect(why).to_have_value("The roll call counts 249.")
    expect(page.get_by_text(BACK)).to_have_count(0)
    page.reload()
    expect(page.get_by_text(BACK)).to_be_visible()
    expect(why).to_have_value("The roll call counts 249.")
