"""An article whose page was edited without a word, read again in the browser: seen, taken over, undone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from claims import Store, find_claims, read_article

STORY = """Guards walk out at Korda

Some 312 inmates fled the prison on Sunday. Two vans waited at the north gate. The ministry will close the prison in May.
"""


def test_a_silent_edit_is_seen_and_taken_over(serve: Callable[..., str], tmp_path: Path, page: Page) -> None:
    """The new text is pasted, what changed stands there as words, the claim follows its passage, and undo brings the old text back."""
    article = read_article(STORY, published="2024-03-04")
    with Store(tmp_path / "desk.sqlite", actor="Marusa") as store:
        store.add_article(article, find_claims(article))
    address = serve()
    page.goto(f"{address}/articles?again={article.article_id}")
    page.get_by_role("tab", name="Its new text").click()
    page.get_by_label("The article’s new text").fill(STORY.replace("312", "273"))
    page.get_by_role("button", name="Compare the text").click()
    reworded = page.locator(".reread.is-reworded")
    expect(reworded.locator("del")).to_have_text("312")
    expect(reworded.locator("ins")).to_have_text("273")
    page.get_by_role("button", name="Take it over").click()
    expect(page.get_by_text("Taken over; Undo brings the version before it back")).to_be_visible()
    expect(reworded).to_have_count(0)
    with Store(tmp_path / "desk.sqlite") as store:
        assert "273 inmates" in store.article(article.article_id).text
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Taken back; Redo does it again")).to_be_visible()
    with Store(tmp_path / "desk.sqlite") as store:
        assert store.article(article.article_id) == article
