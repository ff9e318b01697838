"""Journeys of two people at one desk: at the same claim at once, and one after the other until it is signed off."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from claims import Query, Store
from claims.evidence import Source
from tests.browser.conftest import AT_REST, given

Serve = Callable[..., str]


def form_of(page: Page) -> Locator:
    return page.locator(".st-key-pane-form")


def on(page: Page, field: str) -> Locator:
    return given(form_of(page), field)


def opened(page: Page, address: str, name: str = "") -> Page:
    """The desk in this browser, at rest; with a name, that person sits down at it, and the form is drawn anew as theirs."""
    page.goto(address)
    expect(form_of(page).locator(".claim")).to_be_visible()
    if name:
        page.get_by_role("button", name="Who are you?").click()
        page.get_by_label("Who sits here").click()
        page.get_by_role("option", name=name).click()
        expect(page.get_by_role("button", name=f"You are {name}")).to_be_visible()
        page.keyboard.press("Escape")
    page.wait_for_selector(AT_REST)
    return page


def take(page: Page, words: str) -> None:
    """Open the claim of these words; the form of the claim that was left may stand beside its own until the desk is at rest."""
    page.get_by_role("option").filter(has_text=words).first.click()
    expect(form_of(page).locator(".claim")).to_contain_text(words)
    expect(page.locator('.st-key-pane-form[aria-busy="true"]')).to_have_count(0)
    page.wait_for_selector(AT_REST)


def judge(page: Page, verdict: str, confidence: str, why: str) -> None:
    """Fill the form, once nothing is drawn anew; each answer is waited for."""
    page.wait_for_selector(AT_REST)
    form_of(page).get_by_role("button", name=verdict).click()
    expect(on(page, "verdict")).to_contain_text(verdict)
    form_of(page).get_by_role("button", name=confidence).click()
    expect(on(page, "confidence")).to_contain_text(confidence)
    form_of(page).get_by_label("Why").fill(why)
    page.keyboard.press("Tab")


def show(page: Page, name: str) -> None:
    page.get_by_role("radiogroup").get_by_text(name, exact=True).click()


def roster(tmp_path: Path) -> None:
    with Store(tmp_path / "desk.sqlite", actor="Jana") as store:
        store.add_person("Jana", actor="Jana")
        store.add_person("Ilic", "reviewer", actor="Jana")


def test_the_second_of_two_to_save_sees_both_and_loses_nothing(
    page: Page, colleague: Page, serve: Serve, tmp_path: Path
) -> None:
    """Two browsers mark one claim: the later save is refused with both versions, what was typed stays, and is then saved."""
    address = serve("demo")
    opened(page, address)
    opened(colleague, address)
    words = form_of(page).locator(".claim").text_content() or ""
    expect(form_of(colleague).locator(".claim")).to_have_text(words)
    judge(page, "Refuted", "High", "The roll call counts 249.")
    judge(colleague, "Supported", "Low", "The statement says <b>so</b> **twice**.")
    form_of(colleague).get_by_role("button", name="Save and next").click()
    expect(form_of(colleague).locator(".claim")).not_to_have_text(words)
    form_of(page).get_by_role("button", name="Save and next").click()
    versions = form_of(page).locator(".versions")
    for version in ("Supported", "Refuted", "The roll call counts 249.", "The statement says <b>so</b> **twice**."):
        expect(versions).to_contain_text(version)
    expect(form_of(page).get_by_label("Why")).to_have_value("The roll call counts 249.")
    expect(on(page, "verdict")).to_contain_text("Refuted")
    form_of(page).get_by_role("button", name="Save mine over it").click()
    expect(form_of(page).locator(".claim")).not_to_have_text(words)
    with Store(tmp_path / "desk.sqlite", actor="Jana") as store:
        (marked,) = store.rows(Query(marked=True))
        acts = [event.new["verdict"] for event in store.history(marked["claim_id"]) if event.act == "claim marked"]
    assert (marked["verdict"], marked["rationale"]) == ("Refuted", "The roll call counts 249.")
    assert acts == ["Supported", "Refuted"]


def test_taking_theirs_lets_go_of_what_was_typed(page: Page, serve: Serve, tmp_path: Path) -> None:
    """Who takes the colleague's version leaves it as it stands."""
    opened(page, serve("demo"))
    words = form_of(page).locator(".claim").text_content() or ""
    judge(page, "Refuted", "High", "The roll call counts 249.")
    with Store(tmp_path / "desk.sqlite", actor="Marusa") as store:
        (row,) = [row for row in store.rows(Query()) if row["claim"] == words]
        store.mark(row["claim_id"], row["revision"], "Supported", "low")
        form_of(page).get_by_role("button", name="Save and next").click()
        form_of(page).get_by_role("button", name="Take theirs").click()
        expect(form_of(page).locator(".versions")).to_have_count(0)
        expect(on(page, "verdict")).to_have_count(0)
        assert store.claim(row["claim_id"])["verdict"] == "Supported"


def test_from_mark_to_sign_off_and_back(page: Page, colleague: Page, serve: Serve, tmp_path: Path) -> None:
    """One marks, another reads second without seeing it and differs, it is decided, signed off, locked, and reopened."""
    address = serve("demo")
    roster(tmp_path)
    opened(page, address, "Jana")
    words = form_of(page).locator(".claim").text_content() or ""
    with Store(tmp_path / "desk.sqlite", actor="Ilic") as store:
        (row,) = [row for row in store.rows(Query()) if row["claim"] == words]
        kept = store.keep_snapshot(b"Of 785, 249 were absent.", "text/plain")
        source = Source(
            "https://example.org/roll-call", "Roll call", quoted="249 were absent.", stance="refutes", snapshot=kept
        )
        store.add_source(row["claim_id"], row["revision"], source)
    expect(form_of(page)).to_contain_text("Roll call")
    judge(page, "Supported", "Moderate", "SECRET of the first reader")
    form_of(page).get_by_role("button", name="Save and next").click()
    expect(form_of(page).locator(".claim")).not_to_have_text(words)

    opened(colleague, address, "Ilic")
    show(colleague, "Second reading")
    take(colleague, words)
    expect(form_of(colleague).locator(".blind")).to_be_visible()
    shown = colleague.locator("body")
    expect(shown).not_to_contain_text("SECRET")
    expect(colleague.get_by_role("option", selected=True)).to_contain_text("read once")
    expect(colleague.get_by_role("option", selected=True)).not_to_contain_text("Supported")
    judge(colleague, "Refuted", "High", "The roll call counts 249.")
    form_of(colleague).get_by_role("button", name="Give the second reading").click()
    readings = form_of(colleague).locator(".readings")
    for part in ("First reading · Jana", "SECRET", "Second reading · Ilic", "The roll call counts 249."):
        expect(readings).to_contain_text(part)
    expect(form_of(colleague).locator(".status")).to_have_text("disputed")

    judge(colleague, "Refuted", "High", "Only the roll call is independent.")
    form_of(colleague).get_by_role("button", name="Decide").click()
    expect(form_of(colleague).locator(".status")).to_have_text("decided")
    expect(form_of(colleague).locator(".checklist .unmet")).to_contain_text("What would have been right")
    form_of(colleague).get_by_role("button", name="Sign off").click()
    expect(form_of(colleague).get_by_role("alert")).to_contain_text("cannot be signed off yet")
    expect(form_of(colleague).locator(".status")).to_have_text("decided")


def test_a_signed_off_claim_is_locked_until_it_is_reopened(page: Page, serve: Serve, tmp_path: Path) -> None:
    """What passes the checklist is signed off; the form is then closed, says by whom, and reopens only with a reason."""
    address = serve("demo")
    roster(tmp_path)
    with Store(tmp_path / "desk.sqlite", actor="Jana") as store:
        row = store.rows(Query())[0]
        kept = store.keep_snapshot(b"Of 785, 249 were absent.", "text/plain")
        source = Source(
            "https://example.org/roll-call", "Roll call", quoted="249 were absent.", stance="supports", snapshot=kept
        )
        store.add_source(row["claim_id"], row["revision"], source)
        read_once = store.mark(row["claim_id"], 1, "Supported", "high", rationale="The roll call.", actor="Marusa")
        store.read_second(row["claim_id"], read_once, "Supported", "high", actor="Ilic")
    opened(page, address, "Jana")
    show(page, "To sign off")
    take(page, row["claim"])
    form = form_of(page)
    expect(form.locator(".checklist .met")).to_have_count(8)
    form.get_by_role("button", name="Sign off").click()
    expect(form.locator(".lock")).to_contain_text("Signed off by Jana")
    expect(form.get_by_role("button", name="Save")).to_have_count(0)
    form.locator('[class*="st-key-remove-"] button').first.click()
    form.get_by_label("Taking the source off reopens the claim. Why?").fill("  ")
    form.get_by_role("button", name="Take it off and reopen").click()
    expect(form.get_by_role("alert")).to_contain_text("This claim is signed off")
    form.get_by_role("button", name="Reopen with a reason").click()
    form.get_by_label("Why is it reopened?").fill("A <b>new</b> count came in.")
    form.get_by_role("button", name="Reopen", exact=True).click()
    expect(form.locator(".status")).to_have_text("in progress")
    form.get_by_role("link", name="History").click()
    newest = page.locator("ol.history > li").first
    expect(newest).to_contain_text("Jana reopened it.")
    expect(newest).to_contain_text("A <b>new</b> count came in.")
    page.get_by_text("Oldest first", exact=True).click()
    expect(page.locator("ol.history > li").first).to_contain_text("the program found this claim")
    page.reload()
    expect(page.get_by_role("button", name="You are Jana")).to_be_visible()
    expect(page.locator("ol.history > li").filter(has_text="signed it off")).to_be_visible()
