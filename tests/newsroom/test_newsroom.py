"""Two desks on one PostgreSQL behind nginx, with real browsers: one sees what the other does, and a crash loses nothing."""

from __future__ import annotations

import signal
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from claims import Query, Store
from claims.store import Wanted
from tests.browser.conftest import AT_REST
from tests.browser.test_drafts import BACK
from tests.browser.test_meeting import Phone, at_item, present, sit, take_part, vote
from tests.browser.test_together import form_of, judge, on, opened, take
from tests.newsroom.conftest import Newsroom

pytestmark = [pytest.mark.browser, pytest.mark.slow]

#: Seconds in which a mark made at one desk must be seen at the other.
SOON = 1.0

#: Have the browser note when the bell rings, and when a claim's row in the queue says "read once". The queue lives under a
#: shadow root.
WATCH = """(words) => {
    window.seen = new Promise((resolve) => {
        let rung = null;
        window.claimsLive.socket.addEventListener("message", () => (rung ??= Date.now() / 1000), { once: true });
        const queue = [...document.querySelectorAll("*")].find((each) => each.shadowRoot?.querySelector(".queue")).shadowRoot;
        const look = () => {
            const row = [...queue.querySelectorAll("[role=option]")].find((each) => each.textContent.includes(words));
            if (row?.textContent.includes("read once")) resolve([rung, Date.now() / 1000]);
            else requestAnimationFrame(look);
        };
        look();
    });
}"""


def at_desk(newsroom: Newsroom, at: int, name: str) -> Page:
    """A browser at this desk of the two, in which this person sits."""
    page = newsroom.sit(at)
    return opened(page, f"{newsroom.address}/?show=All", name)


def row_of(newsroom: Newsroom, day: int) -> dict[str, Any]:
    with Store(newsroom.store) as store:
        return next(row for row in store.rows(Query()) if row["claim"].startswith(f"On day {day} of"))


def test_a_mark_made_at_one_desk_is_seen_at_the_other_within_a_second(newsroom: Newsroom) -> None:
    """The other browser hears of each in time, in both directions; it is drawn in time too where the machine has the time.

    From the moment that the mark is written: behind it lie nginx, both desks, the record and both browsers on one machine.
    """
    jana, ilic = at_desk(newsroom, 0, "Jana"), at_desk(newsroom, 1, "Ilic")
    heard, took = [], []
    for day in range(1, 7):
        writer, reader = (jana, ilic) if day % 2 else (ilic, jana)
        words = f"On day {day} of the strike"
        take(writer, words)
        judge(writer, "Refuted", "High", "The roll call counts 249.")
        reader.evaluate(WATCH, words)
        form_of(writer).get_by_role("button", name="Save and next").click()
        rung, seen = reader.evaluate("() => window.seen")
        with Store(newsroom.store) as store:
            (mark,) = [
                event for event in store.history(row_of(newsroom, day)["claim_id"]) if event.act == "claim marked"
            ]
        heard.append(rung - mark.at.timestamp())
        took.append(seen - mark.at.timestamp())
    assert max(heard) < SOON, heard
    assert min(took) < SOON, took


def test_a_meeting_spans_both_desks(newsroom: Newsroom) -> None:
    """The chair at one, a voter at the other: the vote is counted, shown once it is closed, and the next claim is seen by both."""
    with Store(newsroom.store, actor="Ana") as store:
        claims = [row["claim_id"] for row in store.rows(Query())[40:42]]
        meeting_id = store.plan_meeting("Review meeting", date(2024, 3, 8), "Ana", actor="Ana")
        store.put_on_agenda(meeting_id, [Wanted(name, ("To be looked at together.",)) for name in claims], actor="Ana")
        store.open_meeting(meeting_id, store.meeting(meeting_id).revision, actor="Ana")
        words = [store.claim(name)["claim"] for name in claims]
    chair = newsroom.sit(0, f"/meeting?meeting={meeting_id}")
    sit(chair, "Ana")
    present(chair)
    voter = Phone(newsroom.sit(1))
    take_part(voter, newsroom.address, "Jana")
    for page in (chair, voter.page):
        expect(page.locator(".claim-large")).to_have_text(words[0])
    vote(voter, "Refuted", "The roll call counts 249.")
    expect(chair.locator(".voted")).to_contain_text("1 of")
    expect(chair.locator(".spread")).to_have_count(0)
    chair.keyboard.press("r")
    for page in (chair, voter.page):
        expect(page.locator(".spread .red")).to_contain_text("Jana")
    chair.keyboard.press("PageDown")
    for page in (chair, voter.page):
        at_item(page, 2, 2)
        expect(page.locator(".claim-large")).to_have_text(words[1])


def test_a_desk_that_is_killed_loses_nothing_that_was_saved_or_typed(newsroom: Newsroom) -> None:
    """SIGKILL in the middle of a sentence: the marks stand, the browser goes on at the other desk where it was typing.

    The desk that is started again shows what was written meanwhile.
    """
    jana = at_desk(newsroom, 0, "Jana")
    take(jana, "On day 21 of the strike")
    judge(jana, "Refuted", "High", "The roll call counts 249.")
    form_of(jana).get_by_role("button", name="Save and next").click()
    expect(form_of(jana).locator(".claim")).not_to_contain_text("On day 21 of")
    take(jana, "On day 23 of the strike")
    form_of(jana).get_by_role("button", name="Supported").click()
    expect(on(jana, "verdict")).to_contain_text("Supported")
    form_of(jana).get_by_label("Why").press_sequentially("The guards' own list says")

    newsroom.apps[0].stop(signal.SIGKILL)
    form = form_of(jana)
    expect(jana.get_by_text(BACK)).to_be_visible()
    expect(form.get_by_label("Why")).to_have_count(1)
    jana.wait_for_selector(AT_REST)
    expect(jana.get_by_text(BACK)).to_be_visible()
    expect(form.locator(".claim")).to_contain_text("On day 23 of")
    expect(form.get_by_label("Why")).to_have_value("The guards' own list says")
    expect(on(jana, "verdict")).to_contain_text("Supported")
    expect(jana.get_by_role("button", name="You are Jana")).to_be_visible()
    assert row_of(newsroom, 21)["rationale"] == "The roll call counts 249."

    form.get_by_label("Why").press_sequentially(" the same.")
    form.get_by_role("button", name="Low").click()
    expect(on(jana, "confidence")).to_contain_text("Low")
    form.get_by_role("button", name="Save and next").click()
    expect(form.locator(".claim")).not_to_contain_text("On day 23 of")
    saved = row_of(newsroom, 23)
    assert (saved["verdict"], saved["rationale"]) == ("Supported", "The guards' own list says the same.")
    newsroom.apps[0].start()
    ilic = at_desk(newsroom, 0, "Ilic")
    for day in (21, 23):
        expect(ilic.get_by_role("option").filter(has_text=f"On day {day} of the strike")).to_contain_text("read once")
    with Store(newsroom.store) as store:
        assert store.verify() is None
