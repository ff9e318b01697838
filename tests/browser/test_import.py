"""The journey of a table through a spreadsheet and back."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from claims import Query, Store

Serve = Callable[..., str]


def test_an_edited_csv_comes_home(page: Page, serve: Serve, tmp_path: Path) -> None:
    """Exported, edited and uploaded: what changes is shown, a bad row is named, the good one is written, one undo takes it back."""
    address = serve("demo")
    page.goto(f"{address}/export")
    page.get_by_text("All claims", exact=True).click()
    link = page.get_by_role("link", name=re.compile("^Download .* claims as CSV"))
    used = link.get_attribute("href") or ""
    with page.expect_download() as download:
        link.click()
    file = tmp_path / "edited.csv"
    download.value.save_as(file)
    expect(link).not_to_have_attribute("href", used)
    with page.expect_download() as again:  # by its key, and by the link that the page has got since
        page.keyboard.press("d")
    assert again.value.path().read_bytes() == file.read_bytes()
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    rows[0] |= {"verdict": "Refuted", "confidence": "high", "rationale": "Counted <b>again</b>."}
    rows[1] |= {"verdict": "Refutd", "confidence": "high"}
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    page.get_by_role("tab", name="Import").click()
    page.locator('input[type="file"]').set_input_files(file)
    expect(page.get_by_role("alert").filter(has_text="Refutd")).to_contain_text("Row 3, verdict")
    page.get_by_role("button", name="Write the changes").click()
    expect(page.get_by_role("alert").filter(has_text="Nothing of edited.csv was imported")).to_be_visible()
    page.get_by_test_id("stRadioGroup").get_by_text("The good rows only").click()
    page.get_by_role("button", name="Write the changes").click()
    expect(page.get_by_test_id("stToast").filter(has_text="1 row written")).to_be_visible()
    with Store(tmp_path / "desk.sqlite") as store:
        (marked,) = store.rows(Query(marked=True))
        assert (marked["claim_id"], marked["rationale"]) == (rows[0]["claim_id"], "Counted <b>again</b>.")
        page.get_by_role("button", name="Undo").click()
        expect(page.get_by_test_id("stToast").filter(has_text="Taken back")).to_be_visible()
        assert store.count(Query(marked=True)) == 0
