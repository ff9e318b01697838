"""A review meeting in real browsers: three people vote unseen, the spread shows, the chair decides, the minutes hold it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, WebSocket, expect

from claims import Query, Store
from claims.evidence import Source
from claims.store import Wanted
from tests.browser.conftest import AT_REST
from tests.browser.test_access import CUT, NAMELESS, PICTURED, come_to_rest, grave
from tests.claims.conftest import make_article, make_claims

Serve = Callable[..., str]
TODAY = date(2024, 3, 8)

HOSTILE = "<script>alert(1)</script> **bold** $x$ <img src=https://evil.example/p.png> שלום 😀"


@dataclass
class Phone:
    """One person's browser, and all that the server ever sent it."""

    page: Page
    frames: list[bytes] = field(default_factory=list)

    def listen(self) -> None:
        self.page.on("websocket", self._hear)

    def _hear(self, socket: WebSocket) -> None:
        socket.on(
            "framereceived", lambda frame: self.frames.append(frame if isinstance(frame, bytes) else frame.encode())
        )

    def was_told(self, words: str) -> bool:
        """Whether these words came to this browser, seen or not."""
        return words in self.page.content() or any(words.encode() in frame for frame in self.frames)


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Callable[..., Phone]]:
    """Browsers of phones, each in a profile of its own."""
    with ExitStack() as stack:

        def made(width: int = 390, height: int = 844) -> Phone:
            context = chromium.new_context(viewport={"width": width, "height": height}, accept_downloads=True)
            stack.callback(context.close)
            found = Phone(context.new_page())
            found.listen()
            return found

        yield made


def disputed(tmp_path: Path) -> tuple[Store, list[str]]:
    """A record with a roster and three claims that two people read differently, the first of them with a source."""
    store = Store(tmp_path / "desk.sqlite", actor="Ana")
    article = make_article()
    store.add_article(article, make_claims(article))
    for name, role in (("Ana", "admin"), ("Jana", "checker"), ("Tom", "checker"), ("Ilic", "checker")):
        store.add_person(name, role, actor="Ana")
    rows = [row["claim_id"] for row in store.rows(Query())]
    roll_call = Source("https://example.org/roll-call", "Roll call", stance="refutes", reliability="B", credibility="2")
    store.add_source(rows[0], 1, roll_call, actor="Jana")
    for claim_id in rows:
        store.mark(claim_id, 1, "Refuted", "moderate", rationale="The roll call counts 249.", actor="Jana")
        store.read_second(claim_id, 2, "Supported", "low", rationale="So the ministry said.", actor="Tom")
    return store, rows


def opened(store: Store, claims: list[str]) -> str:
    """A meeting on these claims, open, with Ana in the chair."""
    meeting_id = store.plan_meeting("Review meeting", TODAY, "Ana", actor="Ana")
    store.put_on_agenda(meeting_id, [Wanted(name, ("Two readers differ.",)) for name in claims], actor="Ana")
    store.open_meeting(meeting_id, store.meeting(meeting_id).revision, actor="Ana")
    return meeting_id


def sit(page: Page, name: str) -> None:
    page.get_by_role("button", name="Who are you?").click()
    page.get_by_label("Who sits here").click()
    page.get_by_role("option", name=re.compile(rf"^{name} · ")).click()
    expect(page.get_by_role("button", name=f"You are {name}")).to_be_visible()
    page.keyboard.press("Escape")


def take_part(phone: Phone, address: str, name: str) -> None:
    phone.page.goto(f"{address}/present?role=follow")
    phone.page.get_by_role("button", name=name, exact=True).click()
    phone.page.get_by_role("button", name=f"Take part as {name}").click()
    expect(phone.page.locator(".st-key-vote button")).to_be_visible()


def vote(phone: Phone, verdict: str, words: str = "") -> None:
    """Choose, write, and hand it in; each step is waited for."""
    page = phone.page
    page.locator(".st-key-vote-verdicts").get_by_role("button", name=verdict).click()
    expect(page.locator('[class*="st-key-cast-"][class*="-on"]')).to_contain_text(verdict)
    page.get_by_label("In a few words").fill(words)
    page.keyboard.press("Tab")
    page.locator(".st-key-vote button").click()


def present(page: Page) -> None:
    """From the meeting's page to the shared screen, until its keys are listened to."""
    page.get_by_role("link", name="Present on this screen").click()
    expect(page.get_by_role("button", name="Full screen")).to_be_visible()


def at_item(page: Page, number: int, of: int) -> None:
    expect(page.locator(".stage-head")).to_contain_text(f"Item {number} of {of}")


def test_three_vote_unseen_then_the_spread_shows_and_the_decision_is_kept(
    page: Page, phone: Callable[..., Phone], serve: Serve, tmp_path: Path
) -> None:
    """From the rules to the minutes: nobody's browser is told another's vote before the last is in, then all of them are."""
    store, (claim_id, *_) = disputed(tmp_path)
    address = serve()
    shared = Phone(page)
    shared.listen()
    page.goto(f"{address}/meeting")
    sit(page, "Ana")
    page.get_by_role("button", name="Plan the meeting").click()
    page.locator(".st-key-put-all button").click()
    expect(page.locator(".st-key-agenda .agenda-item")).to_have_count(3)
    expect(page.locator(".lead")).to_contain_text("3 items, about 18 minutes")
    page.get_by_role("button", name="Start the meeting").click()
    expect(page.locator(".claim-large")).to_have_text(store.claim(claim_id)["claim"])
    for part in ("First reading · Jana", "Second reading · Tom", "Roll call", "B2"):
        expect(page.locator(".evidence")).to_contain_text(part)

    jana, tom, ilic = phone(), phone(), phone()
    for person, name in ((jana, "Jana"), (tom, "Tom"), (ilic, "Ilic")):
        take_part(person, address, name)
        expect(person.page.locator(".claim-large")).to_have_text(store.claim(claim_id)["claim"])
    vote(jana, "Refuted", "SECRET of the first")
    vote(tom, "Conflicting evidence", "SECRET of the second")
    for each in (shared, jana, tom, ilic):
        expect(each.page.locator(".stage-head .voted")).to_have_text("2 of 3 have voted")
        expect(each.page.locator(".spread")).to_have_count(0)
    expect(jana.page.locator(".vote-note")).to_contain_text("You voted Refuted. Nobody sees it")
    told = [each.was_told(f"SECRET of the {who}") for each in (shared, ilic) for who in ("first", "second")]
    assert told == [False] * 4
    assert not jana.was_told("SECRET of the second")
    assert not tom.was_told("SECRET of the first")
    assert jana.was_told("SECRET of the first")
    vote(ilic, "Refuted")
    for each in (shared, jana, tom, ilic):
        refuted = each.page.locator(".spread .red")
        for part in ("✗ Refuted", "2", "Jana", "Ilic", "SECRET of the first"):
            expect(refuted).to_contain_text(part)
        expect(each.page.locator(".spread .violet")).to_contain_text("Tom")

    page.keyboard.press("d")
    form = page.locator(".st-key-decide")
    expect(form.get_by_role("radio", name="✗ Refuted")).to_be_checked()
    form.get_by_text("high", exact=True).click()
    form.get_by_label("Why").fill("The roll call names each of them.")
    form.get_by_role("button", name="Record the decision").click()
    for each in (shared, jana, tom, ilic):
        for part in (
            "Decided by Ana",
            "✗ Refuted",
            "The roll call names each of them.",
            "Tom would have: Conflicting evidence",
        ):
            expect(each.page.locator(".outcome")).to_contain_text(part)
    row = store.claim(claim_id)
    assert (row["status"], row["verdict"], row["confidence"], row["decided_by"]) == (
        "decided",
        "Refuted",
        "high",
        "Ana",
    )

    page.goto(f"{address}/meeting")
    expect(page.get_by_role("button", name="You are Ana")).to_be_visible()
    expect(page.get_by_role("button", name="Markdown")).to_be_visible()
    come_to_rest(page)
    with page.expect_download() as coming:
        page.get_by_role("button", name="Markdown").click()
    minutes = Path(coming.value.path()).read_text(encoding="utf-8")
    for part in ("Decided", "Refuted", "The roll call names each of them", "Tom", "Conflicting evidence", "Jana"):
        assert part in minutes
    store.close()


def test_a_clicker_leads_all_who_follow(page: Page, phone: Callable[..., Phone], serve: Serve, tmp_path: Path) -> None:
    """Presses as fast as they come are each one step, forth and back, and a phone sees the same claim."""
    store, claims = disputed(tmp_path)
    address = serve()
    with store:
        meeting_id = opened(store, claims)
        page.goto(f"{address}/meeting?meeting={meeting_id}")
        sit(page, "Ana")
        present(page)
        at_item(page, 1, 3)
        follower = phone()
        take_part(follower, address, "Tom")
        for keys, place in (
            (("PageDown", "PageDown"), 3),
            (("PageUp", "PageUp", "ArrowLeft"), 1),
            (("ArrowRight",), 2),
        ):
            for key in keys:
                page.keyboard.press(key)
            at_item(page, place, 3)
            at_item(follower.page, place, 3)
            expect(follower.page.locator(".claim-large")).to_have_text(store.claim(claims[place - 1])["claim"])
        assert store.events_table()["act"].tolist().count("meeting led on") == 5  # the last step back had nowhere to go


def test_what_is_typed_stays_while_others_vote(page: Page, serve: Serve, tmp_path: Path) -> None:
    """The chair writes the reason while a vote comes in: the screen shows it, and no letter is lost; the question is kept."""
    store, (claim_id, *_) = disputed(tmp_path)
    address = serve()
    with store:
        meeting_id = opened(store, [claim_id])
        page.goto(f"{address}/meeting")
        sit(page, "Ana")
        present(page)
        at_item(page, 1, 1)
        page.keyboard.press("n")
        field = page.get_by_label("What must more evidence answer?")
        field.press_sequentially("Who counted at the ")
        item = store.agenda(meeting_id)[0]
        store.vote(item.item_id, 0, "Refuted", actor="Tom")
        expect(page.locator(".voted")).to_have_text("1 of 1 have voted")
        field.press_sequentially("north gate?")
        page.get_by_role("button", name="Ask for evidence").click()
        expect(page.locator(".outcome")).to_contain_text("Who counted at the north gate?")
        assert store.agenda(meeting_id)[0].question == "Who counted at the north gate?"


def test_the_claim_is_large_and_shown_exactly(page: Page, serve: Serve, tmp_path: Path) -> None:
    """At 1920 by 1080 a claim has at least 40 pixels; one of 10,000 signs is scrolled; what looks like markup is text."""
    store, (short, hostile, long) = disputed(tmp_path)
    address = serve()
    page.set_viewport_size({"width": 1920, "height": 1080})
    size = "(each) => parseFloat(getComputedStyle(each).fontSize)"
    with store:
        store.edit_claim(hostile, 3, {"claim": HOSTILE, "speaker": HOSTILE}, actor="Ana")
        store.edit_claim(long, 3, {"claim": "Ten thousand. " * 714}, actor="Ana")
        opened(store, [short, hostile, long])
        page.goto(f"{address}/meeting")
        sit(page, "Ana")
        present(page)
        claim = page.locator(".claim-large")
        at_item(page, 1, 3)
        assert claim.evaluate(size) >= 40
        expect(page.locator(".stAppHeader")).to_be_hidden()
        page.keyboard.press("PageDown")
        expect(claim).to_have_text(HOSTILE)
        expect(page.locator(".facts")).to_contain_text(HOSTILE)
        assert claim.evaluate(size) >= 40
        page.keyboard.press("PageDown")
        expect(claim).to_contain_text("Ten thousand. Ten thousand.")
        assert claim.evaluate("(each) => each.scrollHeight > each.clientHeight + 100")
        assert page.locator(".st-key-stage").evaluate("(each) => each.scrollWidth <= innerWidth")


#: Of the shared screen: the end of what is known of the claim, where the foot begins, what lies below the screen, and how far it was scrolled.
SEEN = """() => {
    const cards = [...document.querySelectorAll(".passage, .evidence > section")];
    return {
        end: Math.max(...cards.map((each) => each.getBoundingClientRect().bottom)),
        foot: document.querySelector(".st-key-lead").getBoundingClientRect().top,
        below: document.querySelector(".stMain").scrollHeight - innerHeight,
        scrolled: Math.max(...cards.map((each) => each.scrollTop)),
    };
}"""


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1920, 1080)])
def test_of_a_long_claim_all_is_seen_above_the_foot(
    page: Page, serve: Serve, tmp_path: Path, width: int, height: int
) -> None:
    """Readings and sources end above it, the arrows bring what is longer, and what is written there is of one size."""
    store, (claim_id, *_) = disputed(tmp_path)
    address = serve()
    page.set_viewport_size({"width": width, "height": height})
    with store:
        for number in range(12):
            source = Source(
                f"https://example.org/{number}", f"Report number {number} of the ministry", stance="refutes"
            )
            store.add_source(claim_id, int(store.claim(claim_id)["revision"]), source, actor="Jana")
        revision = int(store.claim(claim_id)["revision"])
        store.edit_claim(claim_id, revision, {"claim": "The ministry said that it had paid. " * 23}, actor="Ana")
        opened(store, [claim_id])
        page.goto(f"{address}/meeting")
        sit(page, "Ana")
        present(page)
        at_item(page, 1, 1)
        expect(page.locator(".more")).to_be_visible()
        seen = page.evaluate(SEEN)
        assert seen["end"] <= seen["foot"]
        assert (seen["below"], seen["scrolled"]) == (0, 0)
        written = (".lead-note", ".st-key-lead-foot a p", ".clicker button")
        assert len({page.locator(each).evaluate("(each) => getComputedStyle(each).fontSize") for each in written}) == 1
        page.keyboard.press("ArrowDown")
        assert page.evaluate(SEEN)["scrolled"] > 40
        page.keyboard.press("ArrowUp")
        assert page.evaluate(SEEN)["scrolled"] == 0


def test_two_meetings_at_once_have_an_address_each(
    page: Page, phone: Callable[..., Phone], serve: Serve, tmp_path: Path
) -> None:
    """What each shared screen says to go to shows its own claim; who leaves the meeting out is asked for it."""
    store, claims = disputed(tmp_path)
    address = serve()
    with store:
        held = {opened(store, [claim_id]): claim_id for claim_id in claims[:2]}
        follower = phone().page
        for meeting_id, claim_id in held.items():
            words = store.claim(claim_id)["claim"]
            page.goto(f"{address}/present?meeting={meeting_id}")
            expect(page.locator(".claim-large")).to_have_text(words)
            said = page.locator(".lead-note b").inner_text()
            follower.goto(f"http://{said}")
            expect(follower.locator(".claim-large")).to_have_text(words)
        follower.goto(f"http://{said.partition('&')[0]}")
        expect(follower.locator(".claim-large")).to_have_text("Which meeting?")
        follower.locator(f".st-key-which-{meeting_id} button").click()
        expect(follower.locator(".claim-large")).to_have_text(words)
        assert follower.url.endswith(f"meeting={meeting_id}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_meetings_screens_have_no_grave_barrier(page: Page, serve: Serve, tmp_path: Path, scheme: Any) -> None:
    """axe-core finds nothing serious on the agenda, the shared screen, its form and a phone; each control has a name."""
    store, claims = disputed(tmp_path)
    address = serve()
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    with store:
        meeting_id = opened(store, claims[:2])
        item = store.agenda(meeting_id)[0]

        def look(name: str) -> None:
            come_to_rest(page)
            told = page.locator("body").aria_snapshot()
            assert (name, list(grave(page)), NAMELESS.findall(told) + PICTURED.findall(told)) == (name, [], [])

        page.goto(f"{address}/meeting")
        sit(page, "Ana")
        expect(page.locator(".agenda-item").first).to_be_visible()
        look("agenda")
        page.get_by_role("tab", name="The rules", exact=True).click()
        expect(page.locator(".st-key-rule-overdue")).to_be_visible()
        look("rules")
        present(page)
        at_item(page, 1, 2)
        look("present")
        page.keyboard.press("d")
        expect(page.locator(".st-key-decide")).to_be_visible()
        look("decide")
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto(f"{address}/present?role=follow")
        page.get_by_role("button", name="Take part as Ana").click()
        expect(page.locator(".st-key-vote button")).to_be_visible()
        look("follow")
        assert page.evaluate(CUT) == []
        small = [
            box
            for each in page.locator(".st-key-vote-verdicts button").all()
            if (box := each.bounding_box()) and box["height"] < 44
        ]
        assert small == []
        for name in ("Jana", "Tom"):
            store.vote(item.item_id, 0, "Refuted", words="As counted.", actor=name)
        vote(Phone(page), "Supported")
        expect(page.locator(".spread")).to_be_visible()
        page.wait_for_selector(AT_REST)
        look("spread")
