"""Two people at one desk at once, in two browsers: what one does appears to the other, who goes on typing; many claims together."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from claims import Query, Store
from tests.browser.test_together import form_of, judge, opened, take

Serve = Callable[..., str]

#: Where the caret is in the field that is typed in, and what is typed.
CARET = "() => [document.activeElement.value, document.activeElement.selectionStart]"


@pytest.fixture
def address(serve: Serve, tmp_path: Path) -> str:
    """A desk with Korda and Ilic on its roster, all of its claims in view."""
    found = serve("demo")
    with Store(tmp_path / "desk.sqlite") as store:
        store.add_person("Korda", actor="Korda")
        store.add_person("Ilic", actor="Korda")
    return f"{found}/?show=All"


def row(page: Page, number: int) -> Locator:
    return page.get_by_role("option").nth(number)


def words_of(page: Page, number: int) -> str:
    return str(row(page, number).locator(".words").text_content())


def test_a_colleagues_mark_appears_while_somebody_types(page: Page, colleague: Page, address: str) -> None:
    """Ilic marks another claim and the very one that Korda writes about: Korda's queue shows both, text and caret stay."""
    opened(page, address, "Korda")
    own, other = words_of(page, 0), words_of(page, 1)
    why = form_of(page).get_by_label("Why")
    why.press_sequentially("The roll call counts 249.")
    for _ in range(4):
        page.keyboard.press("ArrowLeft")
    typed = page.evaluate(CARET)
    assert typed == ["The roll call counts 249.", len("The roll call counts ")]

    opened(colleague, address, "Ilic")
    for words, verdict in ((other, "Supported"), (own, "Refuted")):
        take(colleague, words)
        judge(colleague, verdict, "Low", "So it says.")
        form_of(colleague).get_by_role("button", name="Save and next").click()
        expect(colleague.get_by_role("option").filter(has_text=words).first).to_contain_text(verdict)
        # A second reader sees that it was read, and not how.
        expect(page.get_by_role("option").filter(has_text=words).first).to_contain_text("read once")
        assert page.evaluate(CARET) == typed
    page.keyboard.type("about ")
    assert page.evaluate(CARET)[0] == "The roll call counts about 249."


def test_an_open_list_and_a_selection_stay(page: Page, colleague: Page, address: str) -> None:
    """The list of keys stays open, and words that are selected in the article stay selected, while a colleague marks."""
    opened(page, address, "Korda")
    passage = page.locator(".article-text p").nth(2)
    passage.select_text()
    selected = page.evaluate("() => String(getSelection())")
    assert selected
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    words = words_of(page, 1)
    opened(colleague, address, "Ilic")
    take(colleague, words)
    judge(colleague, "Supported", "Low", "So it says.")
    form_of(colleague).get_by_role("button", name="Save and next").click()
    expect(row(page, 1)).to_contain_text("read once")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")  # what lies under an open list cannot be selected: it counts as no text until then
    expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()
    assert page.evaluate("() => String(getSelection())") == selected


def test_who_is_on_a_claim_is_seen_and_goes(page: Page, colleague: Page, address: str) -> None:
    """In the queue and over the form, as long as they are there; nobody is told of themselves."""
    opened(page, address, "Korda")
    opened(colleague, address, "Ilic")
    expect(form_of(page).get_by_text("Ilic is on this claim")).to_be_visible()
    expect(row(page, 0).locator(".people")).to_have_text("Ilic")
    expect(form_of(colleague).get_by_text("Korda is on this claim")).to_be_visible()
    take(colleague, words_of(colleague, 3))
    expect(row(page, 3).locator(".people")).to_have_text("Ilic")
    expect(form_of(page).get_by_text("Ilic is on this claim")).to_have_count(0)
    expect(row(page, 0).locator(".people")).to_be_empty()
    colleague.close()
    expect(row(page, 3).locator(".people")).to_be_empty()


def test_many_are_selected_by_keys_and_changed_with_one_undo(page: Page, address: str, tmp_path: Path) -> None:
    """X and Shift with J select, a burst of them none too few; the form gives them to a colleague; one Undo takes it back."""
    opened(page, address, "Korda")
    for key in ("x", "Shift+J", "Shift+J", "Shift+J", "k", "x"):  # the third of four is taken out again
        page.keyboard.press(key)
    # The fourth is ticked by the last but two, the third let go by the last: three are also ticked on the way.
    for number, ticked in ((3, "true"), (2, "false"), (0, "true"), (1, "true"), (4, "false")):
        expect(row(page, number)).to_have_attribute("aria-checked", ticked)
    expect(page.get_by_role("status").filter(has_text="3 selected")).to_be_visible()
    page.keyboard.press("b")
    form = page.locator(".st-key-bulk-form")
    form.get_by_label("Assign to").click()
    page.get_by_role("option", name="Ilic", exact=True).click()
    expect(form.get_by_text("3 claims change.")).to_be_visible()
    form.get_by_role("button", name="Change 3 claims").click()
    expect(form).to_have_count(0)
    with Store(tmp_path / "desk.sqlite") as store:
        assert store.count(Query(assignees=("Ilic",))) == 3
        expect(page.get_by_role("status").filter(has_text="selected")).to_have_count(0)
        page.keyboard.press("u")
        expect(page.get_by_text("Taken back")).to_be_visible()
        assert store.count(Query(assignees=("Ilic",))) == 0


def test_many_are_selected_by_the_pointer(page: Page, address: str) -> None:
    """A box selects its row, Shift all up to it, Ctrl one more; the claim in hand stays; all that match are one click more."""
    opened(page, address, "Korda")
    row(page, 1).locator(".box").click()
    row(page, 4).locator(".words").click(modifiers=["Shift"])
    row(page, 6).locator(".words").click(modifiers=["Control"])
    selected = page.get_by_role("status").filter(has_text="selected")
    expect(selected).to_have_text("5 selected")
    expect(row(page, 0)).to_have_attribute("aria-selected", "true")
    row(page, 2).locator(".box").click()
    expect(selected).to_have_text("4 selected")
    page.get_by_role("button", name=re.compile(r"^All \d+")).click()
    expect(selected).to_have_text(re.compile(r"^All \d+ selected"))
    expect(row(page, 9)).to_have_attribute("aria-checked", "true")
    page.get_by_role("button", name="Select nothing").click()
    expect(selected).to_have_count(0)
    expect(row(page, 1)).to_have_attribute("aria-checked", "false")


def test_the_queue_is_selected_from_by_a_screen_readers_keys(page: Page, address: str) -> None:
    """With the list in focus, the space bar checks the claim in hand, Shift and an arrow the next one too."""
    opened(page, address, "Korda")
    page.get_by_role("listbox", name="Claims").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Shift+ArrowDown")
    expect(page.get_by_role("status").filter(has_text="2 selected")).to_be_visible()
    expect(row(page, 1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Space")
    expect(page.get_by_role("status").filter(has_text="1 selected")).to_be_visible()
    expect(row(page, 1)).to_have_attribute("aria-checked", "false")
