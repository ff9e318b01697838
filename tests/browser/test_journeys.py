"""Journeys of a person through the screens, in a real browser against a real server."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
from playwright.sync_api import Page, expect

from claims.export import read_csv

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
    form.get_by_label("Address or document").fill("https://example.org/roll-call")
    form.get_by_role("button", name="Keep source").click()
    expect(form.locator(".source")).to_contain_text(title)
    form.get_by_role("button", name=verdict).click()
    expect(form.locator('[class*="st-key-verdict-"][class*="-on"]')).to_contain_text(verdict)
    form.get_by_role("button", name=confidence).click()
    expect(form.locator('[class*="st-key-confidence-"][class*="-on"]')).to_contain_text(confidence)
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
        page.get_by_role("button", name=re.compile("Download 3 claims")).click()
    file = tmp_path / "claims.csv"
    download.value.save_as(file)
    plain = pd.read_csv(file)
    assert sorted(plain["verdict"]) == ["Not enough evidence", "Refuted", "Supported"]
    table = read_csv(file).set_index("verdict")
    assert table.loc["Refuted", "figure_low"] == 312
    assert table.loc["Refuted", "rationale"] == "As Roll call of 3 March shows."
    assert table["n_sources"].tolist() == [1, 1, 1]
    assert set(table["confidence"]) == {"low", "moderate", "high"}
