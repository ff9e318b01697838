"""Hostile texts in a real browser: every screen shows them as they are, nothing of them runs, and no request leaves this machine."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from textwrap import shorten
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from claims.evidence import Source
from claims.export.checked import Publisher, checked
from claims.export.report import report_html, report_of
from claims.store import Mark, Query, Store, Wanted
from claims.store.schema import storable
from tests.browser.conftest import AT_REST
from tests.browser.test_meeting import TODAY
from tests.claims.conftest import make_article, make_claim
from tests.hostile.test_ways import EVERY, WHOLE, desk_of, rows_of, said, sign_all
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

#: All of them, after one that is plain: what a screen makes of that one is what it may make of each.
ALL = ["the guards left", *EVERY]

#: Those that UTF-8 cannot hold: a screen that draws only some articles draws these where there are no others.
HALVES = tuple(text for text in EVERY if text not in WHOLE)

#: What stands in a paragraph of an article on the desk.
MARKED = {
    *("span", "mark"),
    *(f"{tag} {name}" for tag in ("span", "mark") for name in ("class", "data-start", "data-claims")),
    *(f"mark {name}" for name in ("tabindex", "role", "title", "aria-current")),
}

#: Claims that the queue and a meeting's agenda are given on one page.
TOGETHER = 50

#: Items that an agenda holds at most.
MOST = 200

#: What a page has of the elements inside these: their names, those of their attributes, and where their links lead.
MADE = """(places) => places.flatMap((place) => [...place.querySelectorAll("*")]).flatMap((each) => [
    each.localName, ...each.getAttributeNames().map((name) => `${each.localName} ${name}`),
    ...(each.href ? [`to ${each.href}`] : []),
])"""

#: Where the report shows what stands in a claim's section.
IN_REPORT = {"claim": "h3", "why": ".verdict + p", "title": "li > a bdi", "passage": "li blockquote"}

TEXTS_OF = "(places) => places.map((each) => each.textContent)"

#: Whether the form is that of one claim, known by its source, and the desk has drawn all that it draws.
AT_CLAIM = """({source, count}) => {
    const form = document.querySelector(".st-key-pane-form");
    return document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === "notRunning"
        && !form?.hasAttribute("aria-busy") && form?.querySelectorAll(".source").length === 1
        && form.querySelector(`.st-key-source-${source} .source`) && document.querySelector(".count")?.textContent === count;
}"""

#: Whether the shared screen shows this item, alone.
AT_ITEM = """(words) => {
    const heads = document.querySelectorAll(".stage-head");
    return document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === "notRunning"
        && heads.length === 1 && heads[0].children[1].textContent === words;
}"""


@dataclass
class Watched:
    """A page on which Jana sits, and what happened in it that should not: dialogs, requests to elsewhere, pages opened."""

    page: Page
    seen: list[str] = field(default_factory=list)
    lost: list[tuple[str, str, object]] = field(default_factory=list)

    def compare(self, where: str, wanted: str, found: object) -> None:
        """Note what is not shown to the letter, so that one run tells of all."""
        if found != wanted:
            self.lost.append((where, wanted[:200], found))

    def assert_harmless(self, where: str) -> None:
        """Nothing of a text has run so far or has become an element that could, and no part of the screen has failed."""
        page = self.page
        assert self.seen == [], where
        assert page.evaluate("window.ran") is None, where
        assert page.locator('[data-testid="stException"], .stException').count() == 0, where
        assert page.locator("[onerror], [onload], [onfocus], [ontoggle], base, object, embed").count() == 0, where
        foreign = 'a[href^="javascript:"], a[href*="evil.example"], img[src*="evil.example"]'
        assert page.locator(foreign).count() == 0, where


@pytest.fixture
def watched(chromium: Browser) -> Iterator[Watched]:
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True)
    context.add_init_script("localStorage.setItem('claims-workbench-person', 'Jana')")
    watch = Watched(context.new_page())
    seen = watch.seen
    context.on(
        "request",
        lambda request: (
            None if request.url.startswith(("http://127.0.0.1:", "data:", "blob:")) else seen.append(request.url)
        ),
    )
    watch.page.on("dialog", lambda dialog: (seen.append(dialog.message), dialog.dismiss()))
    context.on("page", lambda opened: seen.append(opened.url))
    yield watch
    context.close()


def lines(text: str) -> str:
    r"""A text whose lines end as HTML and its fields end them, by LF alone: nothing else of it may change."""
    return re.sub("\r\n?", "\n", text)


def in_html(text: str) -> str:
    """A text as HTML can hold it: NUL, which its parser drops, and half characters, which UTF-8 has not, are written out."""
    return re.sub("[\0\ud800-\udfff]", lambda sign: f"␛{ord(sign[0]):04x}", lines(text))


def letters(text: str) -> str:
    """A text without its blanks, for where it is cut into paragraphs and sentences."""
    return "".join(text.split())


def made_in(places: Locator) -> set[str]:
    """The elements there and their attributes, but for the mark that the desk sets on what is longer than its place."""
    return {made for made in places.evaluate_all(MADE) if not made.endswith(" tabindex")}


def texts_of(places: Locator) -> list[str]:
    return [lines(str(text)) for text in places.evaluate_all(TEXTS_OF)]


def rest(page: Page, address: str) -> None:
    """Open a screen, and wait until nothing of it is being drawn."""
    page.goto(address)
    expect(page.locator('[data-testid="stMain"] [data-testid="stVerticalBlock"]').first).to_be_attached()
    page.wait_for_selector(AT_REST)


def test_no_screen_makes_anything_of_a_text(watched: Watched, serve: Callable[..., str], tmp_path: Path) -> None:
    """Claim, title, speaker, source, rationale and name are shown to the letter on the desk, and run on no screen."""
    page = watched.page
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
        rest(page, f"{address}/{screen}")
        watched.assert_harmless(screen)
    page.goto(address)
    expect(page.get_by_text(str(first["claim"]), exact=True).first).to_be_visible()
    for text in CHOSEN[1:4]:  # the queue names them
        expect(page.locator("body")).to_contain_text(text)
    watched.assert_harmless("the queue")


@pytest.mark.slow
@pytest.mark.parametrize("texts", [*TEXTS.values(), HALVES], ids=[*TEXTS, "halves"])
def test_no_screen_fails_on_a_text(
    watched: Watched, serve: Callable[..., str], tmp_path: Path, texts: tuple[str, ...]
) -> None:
    """Articles that each have a text for title, publisher and byline, with a claim that is marked, stand on every screen."""
    page = watched.page
    with Store(tmp_path / "desk.sqlite", actor="Jana") as store:
        store.add_person("Jana", "admin")
        for day, text in enumerate(texts):
            article = make_article(f"On day {day} the guards stayed.", title=text, publisher=text, byline=text)
            claim = make_claim(article, 0, len(article.text), claim=said(text), speaker=text)
            store.add_article(article, [claim])
            store.save(claim.claim_id, 1, mark=Mark("Supported", "high", said(text)))
        last = claim
    address = serve()
    screens = (
        "?show=All",
        f"history?claim={last.claim_id}",
        f"coverage?article={last.article_id}",
        f"story?claim={last.claim_id}",
    )
    for screen in (*SCREENS, *screens):
        rest(page, f"{address}/{screen}")
        watched.assert_harmless(screen)


@pytest.mark.slow
def test_the_desk_shows_every_text(watched: Watched, serve: Callable[..., str], tmp_path: Path) -> None:
    """Each page of the queue and the form of each claim have each text to the letter, and no element that a plain one has not."""
    page = watched.page
    with desk_of(ALL, tmp_path / "desk.sqlite") as store:
        store.add_person("Jana", "admin")
        names = [str(row["claim_id"]) for row in rows_of(store)]
        sources = [store.sources(name)[0].source_id for name in names]
    page.goto(f"{serve()}/?show=All&order=As+in+the+article")
    page.wait_for_function("window.claimsKeys?.listening")
    expect(page.get_by_role("button", name="You are Jana")).to_be_visible()
    plain: set[str] = set()
    for at, (text, source) in enumerate(zip(ALL, sources, strict=True)):
        if at:
            page.keyboard.press("j")
        page.wait_for_function(AT_CLAIM, arg={"source": source, "count": f"{at + 1} of {len(ALL)}"})
        if at % TOGETHER == 0:
            _compare_queue(watched, names[at : at + TOGETHER], ALL[at : at + TOGETHER])
        plain = plain or _made_in_form(page)
        assert _made_in_form(page) == plain, text
        _compare_form(watched, text)
    watched.assert_harmless("the desk")
    assert watched.lost == []


def _made_in_form(page: Page) -> set[str]:
    """What the form is made of, but for what it finds of other claims, which each has its own of."""
    form = page.locator(".st-key-pane-form")
    assert made_in(form.locator(".finding")) <= {"b", "q", "div", "div class"}
    return made_in(form.locator('[data-testid="stHtml"]:not(:has(.finding)), .hand'))


def _compare_queue(watched: Watched, names: list[str], texts: list[str]) -> None:
    """The rows of one page of the queue: the claim, its unit and its speaker."""
    rows = watched.page.locator(".queue .row")
    expect(rows).to_have_count(len(names))
    expect(rows.first).to_have_id(f"queue-{names[0]}")
    expect(rows.last.locator(".about")).not_to_contain_text("read once")  # drawn for Jana, whose readings they are
    assert made_in(rows) == made_in(rows.first)
    for part, wanted in ((".words", "{}"), (".tag >> nth=0", "≈ 312 {}"), (".about", "{} · 1 source, 1 independent")):
        for at, text in enumerate(texts):
            (found,) = texts_of(rows.nth(at).locator(part))
            expected = lines(wanted.format(text))
            watched.compare(f"queue {part}", expected, found[-len(expected) :])


def _compare_form(watched: Watched, text: str) -> None:
    """The form of one claim: its words, speaker, cue, source and rationale."""
    form = watched.page.locator(".st-key-pane-form")
    shown, told = in_html(text), in_html(said(text))
    watched.compare("hand", lines(text), "".join(texts_of(form.locator(".hand .claim"))))
    watched.compare(
        "said by", f"Said by {shown} ({shown}, indirect speech)", texts_of(form.locator("div.about").first)[0]
    )
    watched.compare("title", told, texts_of(form.locator(".source .name"))[0])
    watched.compare("about", f"{shown} · ✓ supports · group: {shown}", texts_of(form.locator(".source .about"))[0])
    watched.compare("passage", shown, texts_of(form.locator(".source q"))[0])
    why = form.get_by_label("Why", exact=True)
    expect(why).to_have_count(1)  # for a moment that of the claim before may stand beside it
    watched.compare("rationale", lines(told), why.input_value())


@pytest.mark.slow
@pytest.mark.parametrize("texts", [ALL[:MOST], [ALL[0], *ALL[MOST:]]], ids=["first", "rest"])
def test_a_meeting_shows_every_text(
    watched: Watched, serve: Callable[..., str], tmp_path: Path, texts: list[str]
) -> None:
    """On the shared screen, item by item: claim, speaker, unit, reason, first reading and source, each to the letter."""
    page = watched.page
    with desk_of(texts, tmp_path / "desk.sqlite") as store:
        sign_all(store)
        store.add_person("Jana", "admin")
        names = [str(row["claim_id"]) for row in rows_of(store)]
        meeting = store.plan_meeting("All", TODAY, "Jana")
        wanted = [Wanted(name, (text,)) for name, text in zip(names, texts, strict=True)]
        store.put_on_agenda(meeting, wanted)
        store.open_meeting(meeting, store.meeting(meeting).revision)
    rest(page, f"{serve()}/present")
    expect(page.get_by_role("button", name="Full screen")).to_be_visible()
    stage = page.locator(".st-key-stage")
    plain: set[str] = set()
    for number, text in enumerate(texts, 1):
        if number > 1:
            page.keyboard.press("PageDown")
        page.wait_for_function(AT_ITEM, arg=f"Item {number} of {len(texts)}")
        plain = plain or made_in(stage.locator('[data-testid="stHtml"]'))
        assert made_in(stage.locator('[data-testid="stHtml"]')) == plain, text
        shown = in_html(text)
        watched.compare("claim", shown, texts_of(stage.locator(".claim-large"))[0])
        facts = texts_of(stage.locator(".facts span"))
        watched.compare("facts", f"{shown} ({shown}, indirect speech)", facts[0])
        watched.compare("unit", f"≈ 312 {shown}", facts[2])
        watched.compare("reason", shown, facts[-1])
        watched.compare("why", in_html(said(text)), texts_of(stage.locator(".evidence section p"))[0])
        source = f"{in_html(said(text))} ✓ supports {shown} · group: {shown}"
        watched.compare("source", source, texts_of(stage.locator(".evidence li"))[0])
    watched.assert_harmless("the shared screen")
    assert watched.lost == []


@pytest.mark.slow
def test_an_agenda_shows_every_text(watched: Watched, serve: Callable[..., str], tmp_path: Path) -> None:
    """Of each item the claim, cut where it is long, and why it is on the agenda, to the letter but for its blanks."""
    page = watched.page
    meetings: list[tuple[str, list[str]]] = []
    with desk_of(ALL, tmp_path / "desk.sqlite", marked=False) as store:
        store.add_person("Jana", "admin")
        names = [str(row["claim_id"]) for row in rows_of(store)]
        for at in range(0, len(ALL), TOGETHER):
            texts = ALL[at : at + TOGETHER]
            meeting = store.plan_meeting(f"From {at}", TODAY, "Jana")
            store.put_on_agenda(
                meeting, [Wanted(name, (text,)) for name, text in zip(names[at : at + TOGETHER], texts, strict=True)]
            )
            meetings.append((meeting, texts))
    address = serve()
    for meeting, texts in meetings:
        rest(page, f"{address}/meeting?meeting={meeting}")
        items = page.locator(".st-key-agenda .agenda-item")
        expect(items).to_have_count(len(texts))
        page.wait_for_selector(AT_REST)
        watched.assert_harmless(meeting)
        assert made_in(items) == made_in(items.first)
        for text, claim, about in zip(
            texts, texts_of(items.locator(".claim")), texts_of(items.locator(".about")), strict=True
        ):
            watched.compare("claim", in_html(shorten(text, 240, placeholder=" …")), claim)
            watched.compare("reason", in_html(text), about)
    assert watched.lost == []


@pytest.mark.slow
def test_a_history_shows_every_text(watched: Watched, serve: Callable[..., str], tmp_path: Path) -> None:
    """A claim that had each text once, in each column, tells of all of them to the letter."""
    page = watched.page
    with desk_of(ALL[:1], tmp_path / "desk.sqlite", marked=False) as store:
        store.add_person("Jana", "admin")
        (row,) = rows_of(store)
        name, revision = str(row["claim_id"]), row["revision"]
        for number, text in enumerate(EVERY):
            changes = {"claim": text, "speaker": text, "cue": text, "figure_unit": text}
            mark = Mark("Supported", "high", said(text), corrected_value=text)
            source = Source(f"https://korda.example/{number}", said(text), publisher=text, quoted=text, origin=text)
            revision = store.save(name, revision, mark=mark, changes=changes, sources=[source])
    rest(page, f"{serve()}/history?claim={name}")
    expect(page.get_by_text("Oldest first")).to_be_visible()
    page.get_by_text("Oldest first").click()
    expect(page.locator(".history li").first).to_contain_text("the program found this claim")
    page.wait_for_selector(AT_REST)
    watched.assert_harmless("history")
    events: list[dict[str, Any]] = page.locator(".history li").evaluate_all(
        """(events) => events.map((event) => ({
            said: event.querySelector(".said").textContent,
            told: Object.fromEntries([...event.querySelectorAll("dt")].map(
                (name) => [name.textContent, name.nextElementSibling.textContent])),
        }))"""
    )
    edited = [event for event in events if "wording" in event["told"]][1:]
    added = [event for event in events if "added the source" in event["said"]][1:]
    for before, text, event, source in zip(ALL[:-1], EVERY, edited, added, strict=True):
        was, now, told = in_html(before), in_html(text), in_html(said(text))
        for what in ("wording", "said by", "cue", "unit"):
            watched.compare(what, f"{was} → {now}", lines(event["told"].get(what, "")))
        for what, old, new in (("what would have been right", was, now), ("why", in_html(said(before)), told)):
            wanted = f"{old} → {new}" if before != ALL[0] else new
            watched.compare(what, wanted, lines(event["told"].get(what, "")))
        watched.compare("title", f"Jana added the source “{told}”, which gives context.", lines(source["said"]))
        for what in ("publisher", "passage", "origin"):
            watched.compare(what, now, lines(source["told"].get(what, "")))
    assert watched.lost == []


@pytest.mark.slow
def test_an_article_shows_every_text(watched: Watched, serve: Callable[..., str], tmp_path: Path) -> None:
    """Articles of such texts stand on the desk and in their coverage with each of their letters, beside blanks."""
    page = watched.page
    made = [
        make_article("\n\n".join(f"The guards of Dorn said {text} on Monday." for text in texts), title=said(texts[0]))
        for texts in TEXTS.values()
    ]
    with Store(tmp_path / "desk.sqlite", actor="Jana") as store:
        store.add_person("Jana", "admin")
        for article in made:
            store.add_article(article, [make_claim(article, 0, 23)])
    address = serve()
    for article in made:
        rest(page, f"{address}/?show=All&article={article.article_id}")
        expect(page.locator(".article-text h1")).to_have_text(article.title)
        watched.assert_harmless("the text")
        assert made_in(page.locator(".article-text p")) <= MARKED
        shown = texts_of(page.locator(".article-text p"))
        watched.compare("text", letters(article.text), letters("".join(shown)))
        rest(page, f"{address}/coverage?article={article.article_id}")
        sentences = _sentences(page)
        watched.assert_harmless("coverage")
        watched.compare("coverage", letters(in_html(article.text)), letters("".join(sentences)))
    assert watched.lost == []


def _sentences(page: Page) -> list[str]:
    """The sentences of a coverage map, of all its pages."""
    listed = page.locator(".st-key-sentences .sentence")
    expect(listed.first).to_be_visible()
    found = texts_of(listed.locator("p"))
    pages = page.get_by_role("navigation", name="Pagination")
    while pages.count() and (following := pages.get_by_role("button", name="Next page")).is_enabled():
        following.click()
        expect(listed.first.locator(".no")).to_have_text(str(len(found) + 1))
        page.wait_for_selector(AT_REST)
        found += texts_of(listed.locator("p"))
    return found


@pytest.mark.parametrize("texts", [CHOSEN, pytest.param(ALL, marks=pytest.mark.slow)], ids=["chosen", "all"])
def test_the_report_of_hostile_texts_runs_nothing(watched: Watched, tmp_path: Path, texts: list[str]) -> None:
    """Opened as a file, the report has no script, asks for nothing, and shows each claim that leaves, with what stands behind it."""
    page = watched.page
    with desk_of(texts, tmp_path / "desk.sqlite") as store:
        sign_all(store)
        leaving = [str(each.row["claim"]) for each in checked(store)]
        report = report_html(report_of(store, None, Publisher("The Korda Post"), datetime(2024, 3, 5, tzinfo=UTC)))
    page.set_content(report)
    watched.assert_harmless("the report")
    sections = page.locator("section.claim")
    assert sections.count() == len(leaving)
    shown = {part: texts_of(sections.locator(place)) for part, place in IN_REPORT.items()}
    for at, text in enumerate(leaving):
        told, title = lines(storable(text)), lines(storable(said(text)))
        wanted = {"claim": f"{at + 1}. {told}", "why": title, "title": title, "passage": told}
        for part, words in wanted.items():
            # What would turn the words after it round is closed in, and nothing else is put around a text.
            closed = re.fullmatch(f"\u2068({re.escape(words)})[\u202c\u2069]+", shown[part][at])
            watched.compare(part, words, closed[1] if closed else shown[part][at])
    assert watched.lost == []
