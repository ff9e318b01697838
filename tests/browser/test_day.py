"""A whole day of a desk in real browsers: from a pasted article to the report of what was signed off."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import lxml.html
from playwright.sync_api import Page, expect

from claims import Query, Store
from claims.export import read_csv
from tests.browser.conftest import AT_REST
from tests.browser.test_meeting import Phone, phone, sit, take_part, vote
from tests.browser.test_together import form_of, judge, show, take

__all__ = ["phone"]

Serve = Callable[..., str]

STORY = """Forty guards walk out of Korda prison

KORDA — At least 312 inmates escaped from the Korda prison on Saturday, the prison service said in a statement on Sunday.

On Wednesday 40 guards went on strike over a reform that is to move some 2 million case files.

The prison was built in 1987 for 900 inmates and cost 41 million euros.

The service has lost 120 guards since 2019. It employs 560 people today.

Two fires broke out in the east wing in February. The repairs cost 1.2 million euros.

Parliament voted for the reform on 12 January by 61 votes to 40.

The ministry opened a new wing with 80 places in 2022. It closed the old infirmary in May 2023.

Jana Ilic, a spokeswoman for the union, said that nine guards had been injured this year.
"""


def paste(page: Page, address: str) -> None:
    """The morning: an article is pasted, read and split; the desk opens on its claims."""
    page.goto(f"{address}/articles")
    page.get_by_label("The article’s text").fill(STORY)
    page.get_by_role("button", name="Read text").click()
    page.get_by_label("Publication date").first.click()
    page.keyboard.type("20240303")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Split into claims").click()
    expect(page.get_by_role("listbox", name="Claims")).to_be_visible()
    expect(form_of(page).locator(".claim")).to_be_visible()


def marked(path: Path) -> int:
    with Store(path) as store:
        return store.count(Query(marked=True))


def mark_ten(page: Page) -> Iterator[str]:
    """Ten claims by the keyboard alone: a verdict, a confidence, saved; the next is then in hand. Tells each one's words."""
    claim = form_of(page).locator(".claim")
    for number in range(10):
        words = claim.text_content() or ""
        page.keyboard.press("2" if number % 2 else "1")
        page.keyboard.press("w")
        page.keyboard.press("Control+Enter")
        expect(claim).not_to_have_text(words)
        yield words


def read_second(page: Page, tom: Phone, address: str, first: str) -> None:
    """Jana adds what the first verdict rests on; Tom reads it second, in another browser, without knowing it."""
    page.goto(f"{address}/?show=All")
    take(page, first)
    page.get_by_role("button", name="Add source").click()
    form = form_of(page)
    form.get_by_label("Title").fill("Roll call of 3 March")
    form.get_by_label("Address or document").fill("Roll call, sheet 7")
    form.get_by_label(re.compile("quoted|passage", re.IGNORECASE)).first.fill("249 were absent.")
    sheet = {"name": "sheet-7.txt", "mimeType": "text/plain", "buffer": b"Of 785 inmates, 249 were absent."}
    form.locator("input[type=file]").set_input_files(sheet)
    expect(form.get_by_text("sheet-7.txt")).to_be_visible()
    form.get_by_role("button", name="Keep source").click()
    expect(form.locator(".source")).to_contain_text("Roll call of 3 March")
    expect(form.locator(".source")).to_contain_text("Found word for word")
    form.get_by_label("Why").fill("SECRET of the first reader")
    page.keyboard.press("Tab")
    form.get_by_role("button", name="Save and next").click()
    expect(form.locator(".claim")).not_to_have_text(first)
    tom.page.goto(address)
    sit(tom.page, "Tom")
    show(tom.page, "Second reading")
    take(tom.page, first)
    expect(form_of(tom.page).locator(".blind")).to_be_visible()
    assert not tom.was_told("SECRET of the first reader")
    judge(tom.page, "Refuted", "High", "The roll call counts 249.")
    form_of(tom.page).get_by_role("button", name="Give the second reading").click()
    expect(form_of(tom.page).locator(".status")).to_have_text("disputed")
    expect(form_of(tom.page).locator(".readings")).to_contain_text("SECRET of the first reader")


def meet(ana: Page, voters: dict[str, Phone], address: str, first: str) -> None:
    """Ana leads on the shared screen, three vote from their own, and she records what was decided."""
    ana.goto(f"{address}/meeting")
    sit(ana, "Ana")
    ana.get_by_role("button", name="Plan the meeting").click()
    ana.locator(".st-key-put-all button").click()
    expect(ana.locator(".agenda-item").filter(has_text=first)).to_be_visible()
    ana.get_by_role("button", name="Start the meeting").click()
    expect(ana.locator(".claim-large")).to_have_text(first)
    for name, each in voters.items():
        take_part(each, address, name)
        expect(each.page.locator(".claim-large")).to_have_text(first)
    for each in voters.values():
        vote(each, "Refuted")
    expect(ana.locator(".spread .red")).to_contain_text("3")
    ana.keyboard.press("d")
    form = ana.locator(".st-key-decide")
    expect(form.get_by_role("radio", name="✗ Refuted")).to_be_checked()
    form.get_by_text("high", exact=True).click()
    form.get_by_label("Why").fill("Only the roll call counted each of them.")
    form.get_by_label("What would have been right").fill("249 inmates")
    form.get_by_role("button", name="Record the decision").click()
    expect(ana.locator(".outcome")).to_contain_text("Decided by Ana")


def sign_off(ana: Page, address: str, first: str) -> None:
    """The checklist is fulfilled, and Ana signs off."""
    ana.goto(f"{address}/?show=To+sign+off")
    expect(ana.get_by_role("button", name="You are Ana")).to_be_visible()
    take(ana, first)
    form = form_of(ana)
    expect(form.locator(".checklist .unmet")).to_have_count(0)
    form.get_by_role("button", name="Sign off").click()
    expect(form.locator(".lock")).to_contain_text("Signed off by Ana")


def download(ana: Page, words: str) -> Path:
    """The file behind the link with these words, followed at once, though the page may still be drawn."""
    with ana.expect_download() as coming:
        ana.get_by_role("link", name=re.compile(words)).click()
    return Path(coming.value.path())


def export(ana: Page, first: str) -> None:
    """All ten verdicts leave as a table, and the one that was signed off as a report."""
    ana.wait_for_selector(AT_REST)  # a link that is followed while the page is drawn may be lost to what draws it
    ana.get_by_role("link", name="Export").click()
    ana.wait_for_url(re.compile("/export"))
    assert len(read_csv(download(ana, "Download 10 claims"))) == 10
    ana.get_by_label("Form").click()
    ana.get_by_role("option", name=re.compile("Report, a page")).click()
    report = lxml.html.fromstring(
        download(ana, "Download 1 claim as Report").read_text(encoding="utf-8")
    ).text_content()
    assert first in report
    assert "249 inmates" in report


def test_a_day_of_a_desk(page: Page, phone: Callable[..., Phone], serve: Serve, tmp_path: Path) -> None:
    """Ingest, ten marks by keyboard, a blind second reading, a dispute, a meeting of three, the decision, sign-off, export."""
    path, address = tmp_path / "desk.sqlite", serve()
    with Store(path, actor="Ana") as store:
        for name, role in (("Ana", "admin"), ("Jana", "checker"), ("Tom", "checker"), ("Ilic", "checker")):
            store.add_person(name, role)
    paste(page, address)
    sit(page, "Jana")
    words = list(mark_ten(page))
    assert len(set(words)) == 10
    page.wait_for_function("!window.claimsKeys.waiting.length")  # the next claim shows before the last is kept
    page.wait_for_selector(AT_REST)
    assert marked(path) == 10
    read_second(page, phone(1280, 800), address, words[0])
    ana = phone(1920, 1080).page
    meet(ana, {name: phone() for name in ("Jana", "Tom", "Ilic")}, address, words[0])
    sign_off(ana, address, words[0])
    export(ana, words[0])
    with Store(path) as store:
        [row] = store.rows(Query(statuses=("signed off",)))
        assert (row["claim"], row["verdict"], row["corrected_value"]) == (words[0], "Refuted", "249 inmates")
        assert store.verify() is None
        assert store.differences() == []
