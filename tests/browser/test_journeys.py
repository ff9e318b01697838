"""Journeys of a person through the screens, in a real browser against a real server."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
from playwright.sync_api import Page, expect

from claims import Store
from claims.export import read_csv
from tests.browser.conftest import given

Serve = Callable[..., str]

STORY = """Forty guards walk out of Korda prison

KORDA — At least 312 inmates escaped from the Korda prison on Saturday, the prison service said in a statement on Sunday.

“Almost all inmates of the east wing fled,” said Jana Ilic, a spokeswoman for the guards' union.

On Wednesday the guards went on strike over a reform that is to move some 2 million case files.

The prison was built in 1987 for 900 inmates and cost 41 million euros.
"""


def read_story(page: Page, address: str) -> None:
    """Paste the story, give its day, split it; the desk opens."""
    page.goto(f"{address}/articles")
    page.get_by_label("The article’s text").fill(STORY)
    page.get_by_role("button", name="Read text").click()
    day = page.get_by_label("Publication date")
    day.first.click()
    page.keyboard.type("20240303")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Split into claims").click()
    expect(page.get_by_role("listbox", name="Claims")).to_be_visible()


def mark_claim(page: Page, words: str, verdict: str, confidence: str, title: str) -> None:
    """Choose a claim by its words, give it a source and a verdict, and save."""
    form = page.locator(".st-key-pane-form")
    page.get_by_role("option").filter(has_text=words).first.click()
    expect(form.locator(".claim")).to_contain_text(words)
    page.get_by_role("button", name="Add source").click()
    form.get_by_label("Title").fill(title)
    form.get_by_label("Address or document").fill("https://korda.example/roll-call")
    form.get_by_role("button", name="Keep source").click()
    expect(form.locator(".source")).to_contain_text(title)
    form.get_by_role("button", name=verdict).click()
    expect(given(form, "verdict")).to_contain_text(verdict)
    form.get_by_role("button", name=confidence).click()
    expect(given(form, "confidence")).to_contain_text(confidence)
    form.get_by_label("Why").fill(f"As {title} shows.")
    form.get_by_role("button", name="Save and next").click()
    expect(page.get_by_test_id("stToast").filter(has_text=verdict)).to_be_visible()
    expect(form.locator(".claim")).not_to_contain_text(words)


def test_from_pasted_article_to_three_verdicts_in_a_csv(page: Page, serve: Serve, tmp_path: Path) -> None:
    """A pasted article becomes claims; three are marked with sources; the CSV holds the three verdicts."""
    address = serve()
    read_story(page, address)
    for words, verdict, confidence, title in (
        ("312 inmates", "Refuted", "Moderate", "Roll call of 3 March"),
        ("2 million case files", "Supported", "High", "Text of the reform"),
        ("900 inmates", "Not enough evidence", "Low", "Letter of the archive"),
    ):
        mark_claim(page, words, verdict, confidence, title)
    page.get_by_role("link", name="Export").click()
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Download 3 claims")).click()
    file = tmp_path / "claims.csv"
    download.value.save_as(file)
    plain = pd.read_csv(file)
    assert sorted(plain["verdict"]) == ["Not enough evidence", "Refuted", "Supported"]
    table = read_csv(file).set_index("verdict")
    assert table.loc["Refuted", "figure_low"] == 312
    assert table.loc["Refuted", "rationale"] == "As Roll call of 3 March shows."
    assert table["n_sources"].tolist() == [1, 1, 1]
    assert set(table["confidence"]) == {"low", "moderate", "high"}


def test_the_demo_shows_every_kind_of_claim(page: Page, serve: Serve) -> None:
    """The demo opens on claims with figures, quantifiers and dates; a click on a mark takes its claim in hand."""
    page.goto(serve("demo"))
    queue = page.get_by_role("listbox", name="Claims")
    for tag in ("≥ 312 inmates", "almost all inmates", "≈ 2,000,000"):
        page.get_by_placeholder("Find words, names, figures").fill(tag.split()[-1].replace("2,000,000", "2 million"))
        page.keyboard.press("Enter")
        expect(queue.locator(".tag").filter(has_text=tag).first).to_be_visible()
    page.get_by_placeholder("Find words, names, figures").fill("")
    page.keyboard.press("Enter")
    other = page.locator(".article-text mark:not(.chosen)").last
    words = other.text_content() or ""
    other.click()
    expect(page.locator(".article-text mark.chosen").filter(has_text=words[:40]).first).to_be_visible()


def test_the_keys_mark_a_claim(page: Page, serve: Serve) -> None:
    """Next, verdict, confidence and save work from the keyboard alone, and undo takes it back."""
    page.goto(serve("demo"))
    expect(page.get_by_role("option").first).to_be_visible()
    form = page.locator(".st-key-pane-form")
    title = form.locator(".claim")
    expect(title).to_be_visible()
    first = title.text_content() or ""
    page.keyboard.press("j")
    expect(title).not_to_have_text(first)
    second = title.text_content() or ""
    page.keyboard.press("1")
    expect(given(form, "verdict")).to_contain_text("Supported")
    page.keyboard.press("e")
    expect(given(form, "confidence")).to_contain_text("High")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_test_id("stToast").filter(has_text="Supported, high confidence: saved")).to_be_visible()
    expect(title).not_to_have_text(second)
    page.keyboard.press("u")
    expect(title).to_have_text(second)
    expect(given(form, "verdict")).to_have_count(0)


def test_a_selected_passage_becomes_a_claim(page: Page, serve: Serve) -> None:
    """Words selected in the article, after an emoji, are offered as a claim, and are anchored exactly."""
    address = serve()
    page.goto(f"{address}/articles")
    page.get_by_label("The article’s text").fill(
        "Strike at Korda\n\n😀 Forty guards walked out 😀 on Monday. They want more pay."
    )
    page.get_by_role("button", name="Read text").click()
    page.get_by_text("Not known: leave such dates open").click()
    page.get_by_role("button", name="Split into claims").click()
    expect(page.get_by_role("listbox", name="Claims")).to_be_visible()
    page.evaluate(
        """() => {
            const walker = document.createTreeWalker(document.querySelector(".article-text"), NodeFilter.SHOW_TEXT);
            let node;
            while ((node = walker.nextNode())) {
                const at = node.textContent.indexOf("walked out 😀 on");
                if (at < 0) continue;
                const range = document.createRange();
                range.setStart(node, at);
                range.setEnd(node, at + "walked out 😀 on".length);
                document.getSelection().removeAllRanges();
                document.getSelection().addRange(range);
            }
        }"""
    )
    page.locator(".article-text").dispatch_event("mouseup")
    page.get_by_role("button", name="Add as a claim").click()
    words = page.get_by_role("textbox", name="The article’s own words")
    expect(words).to_have_value("walked out 😀 on")
    page.locator(".article-text p").first.click(click_count=3)
    page.get_by_role("button", name="Add as a claim").click()
    expect(words).to_have_value("😀 Forty guards walked out 😀 on Monday. They want more pay.")


def test_a_bad_upload_is_refused_in_words_and_costs_only_itself(page: Page, serve: Serve, tmp_path: Path) -> None:
    """A binary file named .txt is refused by name, the good one beside it is read."""
    good, bad = tmp_path / "story.txt", tmp_path / "photo.txt"
    good.write_text(STORY, encoding="utf-16")
    bad.write_bytes(bytes(range(256)) * 8)
    page.goto(f"{serve()}/articles")
    page.get_by_role("tab", name="Upload").click()
    page.locator('input[type="file"]').set_input_files([good, bad])
    for name in ("story.txt", "photo.txt"):
        expect(page.get_by_role("button", name=f"Remove {name}")).to_be_visible()
    page.get_by_role("button", name="Read files").click()
    expect(page.get_by_role("alert").filter(has_text="photo.txt")).to_be_visible()
    expect(page.get_by_label("Title")).to_have_value("Forty guards walk out of Korda prison")


def test_text_from_outside_is_shown_exactly(page: Page, serve: Serve) -> None:
    """Markup, Markdown, formulas and right-to-left text in an article are shown as they are, and nothing of them runs."""
    hostile = "<img src=x onerror=alert(1)> said **5 guards** left $x$ on Monday, אבג."
    address = serve()
    page.goto(f"{address}/articles")
    page.get_by_label("The article’s text").fill(
        f"Strike <script>alert(1)</script> at Korda\n\n{hostile} They came back on Friday."
    )
    page.get_by_role("button", name="Read text").click()
    page.get_by_text("Not known: leave such dates open").click()
    page.get_by_role("button", name="Split into claims").click()
    expect(page.locator(".article-text")).to_contain_text(hostile)
    expect(page.locator(".article-text")).to_contain_text("Strike <script>alert(1)</script> at Korda")
    assert page.locator(".article-text img, .article-text script, .claim img").count() == 0


def test_a_burst_of_keys_loses_none_and_marks_the_right_claims(page: Page, serve: Serve, tmp_path: Path) -> None:
    """Three claims marked as fast as keys can be pressed: each gets its own verdict, in order, none twice."""
    page.goto(serve("demo"))
    queue = page.get_by_role("option")
    expect(queue.first).to_be_visible()
    first = [queue.nth(place).get_attribute("data-claim") for place in range(4)]
    for key in ("1", "q", "Control+Enter", "2", "w", "Control+Enter", "3", "e", "Control+Enter"):
        page.keyboard.press(key)
    expect(page.get_by_role("option", selected=True)).to_have_attribute("data-claim", str(first[3]))
    with Store(tmp_path / "desk.sqlite") as store:
        marked = [store.claim(str(name)) for name in first[:3]]
    assert [(claim["verdict"], claim["confidence"]) for claim in marked] == [
        ("Supported", "low"),
        ("Refuted", "moderate"),
        ("Conflicting evidence", "high"),
    ]
    assert [claim["revision"] for claim in marked] == [2, 2, 2]


def test_fifty_presses_as_fast_as_the_browser_can_are_fifty(page: Page, serve: Serve) -> None:
    """Fifty presses of "next" take the fifty-first claim in hand."""
    page.goto(serve("demo"))
    expect(page.get_by_role("option").first).to_be_visible()
    expect(page.locator(".count")).to_have_text(re.compile("^1 of"))
    page.wait_for_function("window.claimsKeys?.listening")
    page.evaluate(
        """() => { for (let n = 0; n < 50; n++)
            document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "j", bubbles: true, composed: true})); }"""
    )
    expect(page.locator(".count")).to_have_text(re.compile("^51 of"))


def test_what_is_typed_is_not_taken_for_keys(page: Page, serve: Serve) -> None:
    """Letters and digits typed into a field stay there."""
    page.goto(serve("demo"))
    form = page.locator(".st-key-pane-form")
    title = form.locator(".claim")
    expect(title).to_be_visible()
    words = title.text_content() or ""
    form.get_by_label("Why").press_sequentially("jk 12 qw su")
    page.keyboard.press("Tab")
    expect(form.get_by_label("Why")).to_have_value("jk 12 qw su")
    expect(title).to_have_text(words)
    expect(given(form, "verdict")).to_have_count(0)
