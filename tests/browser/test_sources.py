"""Sources without friction: an address is pasted, its page fills the form in, a passage is selected in it, and it is kept."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from claims import Store, find_claims, read_article
from claims.evidence import Source
from claims.store import Query, StoredSource
from tests.internet_archive import COPY, FOUND, PAGE, Service, running, send
from tests.loopback import listening

STORY = """At least 312 inmates escaped from the Korda prison on Saturday, the prison service said on Sunday.

On Wednesday the guards went on strike over a reform that is to move some 2 million case files."""

PASSAGE = "Of the 785 people on the roll, 249 were absent at the count."

ROLL_CALL = f"""<!doctype html><html><head><title>Roll call at Korda | The Inspectorate</title>
<meta property="og:site_name" content="The Inspectorate">
<meta property="article:published_time" content="2024-03-04T09:00:00+00:00"></head>
<body><article><h1>Roll call at Korda</h1>
<p>The inspectors walked through the Korda prison on Monday morning, with the director and two of her deputies beside them.</p>
<p>{PASSAGE} The others were in their cells, in the yard or in the kitchen, and each of them was called by name.</p>
<p>The inspectorate will publish the list when the families of those who are missing have been told of it.</p>
</article></body></html>"""

OWN = f"""<!doctype html><html><head><title>Guards walk out at Korda</title></head><body><article><h1>Guards walk out at Korda</h1>
{"".join(f"<p>{paragraph}</p>" for paragraph in STORY.split(chr(10) * 2))}
<p>The ministry said that it would answer the letter of the guards within the month, and not before that day.</p>
</article></body></html>"""


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A site on this machine, which the workbench may ask: a page of evidence, and the article that is checked."""
    pages = {"/roll-call": ROLL_CALL, "/guards": OWN}

    def answer(handler: BaseHTTPRequestHandler) -> None:
        body = pages.get(handler.path.partition("?")[0], "").encode()
        handler.send_response(200 if body else 404)
        handler.send_header("Content-Type", "text/html; charset=utf-8")
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    monkeypatch.setenv("WORKBENCH_ALLOW_HOSTS", "127.0.0.1")
    with listening(answer, threading.Event()) as address:
        yield address


@pytest.fixture
def archive(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    """The Internet Archive on this machine, which the workbench asks."""
    with running() as service:
        for name, value in service.environment.items():
            monkeypatch.setenv(name, value)
        yield service


@pytest.fixture
def stored(tmp_path: Path, site: str) -> Iterator[Store]:
    """A store with the article as it stands on the site."""
    with Store(tmp_path / "desk.sqlite", actor="Marusa") as store:
        article = read_article(f"{site}/guards", published="2024-03-03")
        store.add_article(article, find_claims(article))
        yield store


@pytest.fixture
def form(page: Page, stored: Store, serve: Callable[..., str]) -> Locator:
    """The desk with the form of a source open."""
    assert stored.rows(Query(), limit=1)
    page.goto(serve())
    page.get_by_role("button", name="Add source").click()
    found = page.locator(".st-key-source-form")
    expect(found).to_be_visible()
    return found


def paste(form: Locator, address: str) -> None:
    """Paste an address and leave the field."""
    field = form.get_by_label("Address or document")
    field.fill(address)
    field.press("Tab")


def standing(store: Store) -> list[StoredSource]:
    """The sources of all claims."""
    return [kept for row in store.rows(Query(), limit=50) for kept in store.sources(row["claim_id"])]


def choose(page: Page, form: Locator, label: str, words: str) -> None:
    """Choose from a list by the words beside the sign."""
    form.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=words).click()


def test_a_pasted_address_becomes_a_graded_source(page: Page, form: Locator, stored: Store, site: str) -> None:
    """The page fills the form in; a passage is selected with the mouse; grade and group are chosen; the card shows it all."""
    paste(form, f"{site}/roll-call?utm_source=mail#top")
    expect(form.get_by_label("Title")).to_have_value("Roll call at Korda")
    expect(form.get_by_label("Publisher")).to_have_value("The Inspectorate")
    expect(form.get_by_label("Archived copy")).to_have_value("")
    form.get_by_role("button", name="Select the passage in the page").click()
    text = page.get_by_role("dialog").locator(".article-text")
    expect(text).to_contain_text(PASSAGE)
    text.locator("p", has_text=PASSAGE).click(click_count=3)
    page.get_by_role("button", name="Quote this passage").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(form.get_by_label("Passage, in its own words")).to_have_value(
        f"{PASSAGE} The others were in their cells, in the yard or in the kitchen, and each of them was called by name."
    )
    choose(page, form, "Reliability of the source", "B · Usually reliable")
    choose(page, form, "Credibility of what it says", "2 · Probably true")
    group = form.get_by_role("combobox", name="Independence group")
    group.fill("roll call")
    group.press("Enter")
    form.get_by_role("radio", name="refutes").click()
    form.get_by_role("button", name="Keep source").click()
    card = page.locator(".st-key-pane-form .source").filter(has=page.locator("abbr"))
    expect(card.locator("abbr")).to_have_attribute("title", "Source usually reliable; what it says probably true")
    expect(card).to_contain_text("B2")
    expect(card).to_contain_text("The Inspectorate · 4 Mar 2024 · ✗ refutes · group: roll call · document kept")
    expect(page.locator(".st-key-pane-form")).to_contain_text("1 source, 1 independent")
    [kept] = standing(stored)
    assert kept.source.published is not None
    assert stored.snapshot(kept.source.snapshot).content == ROLL_CALL.encode()


def test_a_passage_is_quoted_from_the_keyboard(page: Page, form: Locator, stored: Store, site: str) -> None:
    """In the page as it was kept, arrows choose a sentence and Enter quotes it; the source is then corrected."""
    content = ROLL_CALL.encode()
    source = Source(
        f"{site}/roll-call", "Roll call", stance="refutes", snapshot=stored.keep_snapshot(content, "text/html")
    )
    for row in stored.rows(Query(), limit=50):
        stored.add_source(row["claim_id"], row["revision"], source)
    form.get_by_role("button", name="Close").click()
    page.reload()
    page.get_by_role("button", name="Read the document").click()
    text = page.get_by_role("dialog").locator(".article-text")
    expect(text).to_contain_text(PASSAGE)
    text.focus()
    chosen = "() => document.getSelection().toString()"
    for _ in range(10):
        page.keyboard.press("ArrowDown")
        if page.evaluate(chosen).strip() == PASSAGE:
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(form.get_by_label("Passage, in its own words")).to_have_value(PASSAGE)
    form.get_by_role("button", name="Save source").click()
    expect(page.locator(".st-key-pane-form .source q")).to_have_text(PASSAGE)
    assert [kept.revision for kept in standing(stored) if kept.source.quoted == PASSAGE] == [2]
    page.get_by_role("button", name="Read the document").click()
    expect(text.locator("mark")).to_have_text(PASSAGE)
    expect(text.locator("mark")).to_be_in_viewport()


def test_a_passage_with_another_figure_is_shown_where_it_nearly_stands(
    page: Page, form: Locator, stored: Store, site: str
) -> None:
    """The card strikes the figure out beside the document's own, and the document opens with the place marked."""
    kept = stored.keep_snapshot(ROLL_CALL.encode(), "text/html")
    quoted = PASSAGE.replace("249", "429")
    for row in stored.rows(Query(), limit=50):
        source = Source(f"{site}/roll-call", "Roll call", quoted=quoted, stance="refutes", snapshot=kept)
        stored.add_source(row["claim_id"], row["revision"], source)
    form.get_by_role("button", name="Close").click()
    page.reload()
    stands = page.locator(".st-key-pane-form .source .stands")
    expect(stands).to_contain_text("Found in the kept document with differences that may change what it says")
    expect(stands.locator("del")).to_have_text("429")
    expect(stands.locator("ins")).to_have_text("249")
    page.get_by_role("button", name="Read the document").click()
    mark = page.get_by_role("dialog").locator(".article-text mark")
    expect(mark).to_have_text(PASSAGE)
    expect(mark).to_be_in_viewport()


def test_a_copy_in_the_archive_is_looked_for_at_a_press(
    page: Page, archive: Service, form: Locator, stored: Store
) -> None:
    """The card says how far it is: nothing before a press, then when it was tried and what was the matter, then the link."""
    for row in stored.rows(Query(), limit=50):
        stored.add_source(row["claim_id"], row["revision"], Source(PAGE, "Roll call", stance="refutes"))
    form.get_by_role("button", name="Close").click()
    page.reload()
    card = page.locator(".st-key-pane-form .source")
    expect(card).to_contain_text("Roll call")
    assert archive.asked == []
    archive.answers["/available"] = [send(429, b"", Retry_After="600")]
    page.get_by_role("button", name="Look for an archived copy").click()
    expect(card).to_contain_text("The Internet Archive has been asked too often (status 429). To be tried again from")
    archive.answers["/available"] = [send(200, FOUND)]
    page.get_by_role("button", name="Look for an archived copy").click()
    expect(card.get_by_role("link", name="archived copy")).to_have_attribute("href", COPY)
    expect(page.get_by_role("button", name="Look for an archived copy")).to_have_count(0)
    assert [kept.source.archived for kept in standing(stored) if kept.source.archived] == [COPY]


def test_the_checked_article_is_refused(page: Page, form: Locator, stored: Store, site: str) -> None:
    """The article's own address, however it is written, is no evidence; the form says so and keeps what stands in it."""
    paste(form, f"{site}/guards?utm_source=mail#top")
    expect(form.get_by_label("Title")).to_have_value("Guards walk out at Korda")
    form.get_by_role("button", name="Keep source").click()
    expect(page.get_by_role("alert").filter(has_text="no evidence for itself")).to_be_visible()
    expect(form.get_by_label("Title")).to_have_value("Guards walk out at Korda")
    assert standing(stored) == []


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("javascript:alert(1)", "kind javascript:"),
        ("file:///etc/passwd", "kind file:"),
        ("https://korda.example/" + "a" * 10_000, "2,000 are the most"),
        ("https://korda.example/a b", "a blank in it"),
        ("https://gefängnis.example/", "is not known"),
    ],
    ids=["script", "file", "endless", "blank", "nowhere"],
)
def test_a_page_that_cannot_be_read_loses_nothing(form: Locator, address: str, told: str) -> None:
    """A hostile address and one that nothing answers get a sentence; what was typed before stays."""
    form.get_by_label("Title").fill("Roll call")
    paste(form, address)
    expect(form.get_by_role("status")).to_contain_text(told)
    expect(form.get_by_label("Title")).to_have_value("Roll call")
    expect(form.get_by_label("Address or document")).to_have_value(address)
