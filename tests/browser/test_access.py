"""The screens for everybody: axe-core finds nothing grave, they can be enlarged twofold, and Tab goes in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from claims import Store
from claims.store import Query, Wanted
from tests.browser.conftest import AT_REST

#: What axe-core is asked: the success criteria of WCAG 2.2, levels A and AA.
ASKED = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
}
GRAVE = {"serious", "critical"}

#: What Streamlit writes and we cannot mend: (the rule, words of the element) and the reason.
EXCEPTIONS: dict[tuple[str, str], str] = {}

#: The screens, by name: the address, and what is to be seen there before anybody looks.
SCREENS = {
    "articles": ("/articles", "text=In the store"),
    "desk": ("/?show=All", ".st-key-pane-form .claim"),
    "history": ("/history?claim={claim}", "ol.history"),
    "export": ("/export", "text=Download"),
    "settings": ("/settings", "text=Roster"),
    "dashboard": ("/dashboard", ".st-key-dashboard .lead"),
    "coverage": ("/coverage?article={article}", ".st-key-sentences .sentence"),
    "meeting": ("/meeting?meeting={meeting}", ".st-key-meeting-ways"),
    "the shared screen": ("/present?meeting={meeting}", ".st-key-stage .claim-large"),
    "who follows it": ("/present?role=follow&meeting={meeting}", ".st-key-follow .claim-large"),
}

#: What else opens on the desk: how, and what is then to be seen.
OPENED = {
    "the form of a source": (".st-key-add-source button", ".st-key-pane-form input[type=text]"),
    "the filters": (".st-key-more button", "[data-testid=stPopoverBody]"),
    "who sits here": (".st-key-who [data-testid=stPopoverButton]", "[data-testid=stPopoverBody]"),
    "the other acts": (".st-key-tasks button", "[role=menu]"),
}

STILL = "document.getAnimations().every((each) => each.playState !== 'running')"

#: Roles that a person acts on: each must have a name.
ACTED_ON = "button|checkbox|combobox|link|listbox|menuitem|option|radio|slider|spinbutton|switch|tab|textbox"
NAMELESS = re.compile(rf"^\s*- (?:{ACTED_ON})\b(?! \")[^\n]*$", re.MULTILINE)
#: A picture's own word, as "more_vert icon", is no name for what a button does.
PICTURED = re.compile(r'^\s*- (?:button|link) "[a-z_]+ icon"[^\n]*$', re.MULTILINE)

#: Where a screen is cut off sideways: what can be scrolled sideways, and what stands outside. The closed sidebar is none of it,
#: nor words for a screen reader alone, which are cut away on purpose.
CUT = """() => {
    const hidden = (each) => each && (getComputedStyle(each).clipPath === "inset(50%)" || hidden(each.parentElement));
    const seen = [...document.querySelectorAll("[data-testid=stApp] *")].filter((each) =>
        !each.closest("[data-testid=stSidebar], [data-testid=stDataFrame]") && each.checkVisibility({ visibilityProperty: true, opacityProperty: true }));
    const scrolls = seen.filter((each) => each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 40
        && ["auto", "scroll"].includes(getComputedStyle(each).overflowX));
    const outside = seen.filter((each) => each.matches("a, button, input, textarea, summary, p, h1, h2, h3, td, .claim")
        && (each.getBoundingClientRect().right > innerWidth + 1 || each.getBoundingClientRect().left < -1)
        && each.getBoundingClientRect().width > 1 && !hidden(each));
    return [...scrolls, ...outside].map((each) => each.outerHTML.slice(0, 160));
}"""

#: Controls that cannot be brought into view with nothing over them, each with what lies there.
COVERED = """() => [...document.querySelectorAll(".stMain :is(a, button, textarea, summary)")].flatMap((each) => {
    if (!each.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || each.disabled) return [];
    each.scrollIntoView({ block: "center", behavior: "instant" });
    const box = each.getBoundingClientRect();
    const hit = document.elementFromPoint(box.left + Math.min(box.width, 60) / 2, box.top + box.height / 2);
    if (box.width <= 1 || (hit && (each.contains(hit) || hit.contains(each)))) return [];
    return [`${each.textContent} lies under ${hit?.outerHTML.slice(0, 160)} at ${Math.round(box.top)}`];
})"""

#: The control that has the keyboard: the part of the screen it is in; null where there is none, or it had it before.
REACHED = """async (parts) => {
    for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
    document.getAnimations().forEach((each) => each.finish());
    let at = document.activeElement;
    while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    window.reached ??= new Map();
    if (at === document.body || window.reached.has(at)) return null;
    window.look = (one) => {
        const around = [one, one.parentElement, one.parentElement?.parentElement, one.parentElement?.parentElement?.parentElement,
            one.querySelector(":scope > .chosen")].filter(Boolean);
        return JSON.stringify(around.map((each) => {
            const { outlineStyle, outlineWidth, outlineColor, boxShadow, borderColor, backgroundColor } = getComputedStyle(each);
            return [outlineStyle === "none" ? "" : outlineStyle + outlineWidth + outlineColor, boxShadow, borderColor, backgroundColor];
        }));
    };
    window.reached.set(at, look(at));
    const host = at.getRootNode().host ?? at;
    return Object.keys(parts).find((name) => host.closest(parts[name])) ?? "none";
}"""

#: Those controls that look the same without the keyboard as with it. All of the screen has it too, at first, and needs no frame.
UNSEEN = """() => {
    document.activeElement.blur();
    document.getAnimations().forEach((each) => each.finish());
    return [...window.reached].filter(([each, focused]) => look(each) === focused && !each.matches("main"))
        .map(([each]) => each.outerHTML.slice(0, 160));
}"""

#: The parts of the desk in reading order.
PARTS = {
    "top": ".stAppHeader, .st-key-who",
    "filters": ".st-key-filters",
    "queue": ".st-key-pane-queue",
    "text": ".st-key-pane-text",
    "form": ".st-key-pane-form",
}


@pytest.fixture(scope="module")
def demo(looked_at: tuple[str, Path]) -> tuple[str, dict[str, str]]:
    """The demo, with a dispute, a claim read once and a meeting under way: its address, and what the screens name in theirs."""
    address, place = looked_at
    with Store(place, actor="Jana Ilic") as store:
        disputed, once, *_ = (row["claim_id"] for row in store.rows(Query(), limit=2))
        for name in (disputed, once):
            store.mark(name, 1, "Refuted", "moderate", rationale="The roll call counts everyone.", actor="Jana Ilic")
        store.read_second(disputed, 2, "Supported", "low", rationale="So the minister said.", actor="Tom Vey")
        meeting = store.plan_meeting("Friday", date(2024, 3, 8), "Jana Ilic", actor="Jana Ilic")
        store.put_on_agenda(meeting, [Wanted(disputed, ("Two readers differ.",), 4.0)], actor="Jana Ilic")
        store.open_meeting(meeting, store.meeting(meeting).revision, actor="Jana Ilic")
        article = store.claim(disputed)["article_id"]
    return address, {"claim": disputed, "article": article, "meeting": meeting}


def come_to_rest(page: Page) -> None:
    """Until the screen is drawn, has the desk's colours, and nothing moves."""
    page.wait_for_selector(AT_REST)
    page.wait_for_function("getComputedStyle(document.documentElement).getPropertyValue('--accent')")
    page.wait_for_function(STILL)


def each_screen(page: Page, demo: tuple[str, dict[str, str]]) -> Iterator[str]:
    """Every screen, by name, opened and at rest."""
    address, named = demo
    for name, (path, there) in SCREENS.items():
        page.goto(address + path.format(**named))
        expect(page.locator(there).first).to_be_visible()
        come_to_rest(page)
        yield name
        for what, (button, opens) in OPENED.items() if name == "desk" else ():
            page.locator(button).first.click()
            expect(page.locator(opens).first).to_be_visible()
            come_to_rest(page)
            yield what
            page.keyboard.press("Escape")


def excepted(rule: str, element: str) -> bool:
    """Whether this is a thing of Streamlit's that is known and named above."""
    return any(rule == known and words in element for known, words in EXCEPTIONS)


def grave(page: Page) -> Iterator[str]:
    """What axe-core finds serious or critical, in words."""
    found: list[dict[str, Any]] = Axe().run(page, options=ASKED).response["violations"]
    for violation in found:
        for node in violation["nodes"]:
            if violation["impact"] in GRAVE and not excepted(violation["id"], node["html"]):
                yield f"{violation['id']}: {node['html'][:160]} {node['failureSummary']}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_screen_has_a_grave_barrier(page: Page, demo: tuple[str, dict[str, str]], scheme: Any) -> None:
    """axe-core finds nothing serious or critical on any screen, nor in what opens on the desk, in light and in dark."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    assert [f"{name}: {found}" for name in each_screen(page, demo) for found in grave(page)] == []


#: How far the colour of each tab's words, chosen or under the mouse, is from the page's: the ratio of WCAG 1.4.3.
TABS = """() => {
    const light = (colour) => {
        const [r, g, b] = colour.match(/[\\d.]+/g).map((part) => part / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const paper = light(getComputedStyle(document.querySelector("[data-testid=stApp]")).backgroundColor);
    return [...document.querySelectorAll("[role=tab] p")].map((each) => {
        const ink = light(getComputedStyle(each).color);
        return (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
    });
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_words_of_tabs_can_be_read(page: Page, demo: tuple[str, dict[str, str]], scheme: Any) -> None:
    """The chosen one and the one under the mouse too, of which axe-core says nothing: a line lies below their words."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(f"{demo[0]}/settings")
    page.get_by_role("tab", name="Rules").hover()
    come_to_rest(page)
    found = page.evaluate(TABS)
    assert len(found) == 2
    assert min(found) >= 4.5


def test_each_control_has_a_name(page: Page, demo: tuple[str, dict[str, str]]) -> None:
    """A screen reader has a name to say for every control, and it is not that of a picture."""
    for name in each_screen(page, demo):
        told = page.locator("body").aria_snapshot()
        assert (name, NAMELESS.findall(told) + PICTURED.findall(told)) == (name, [])


def test_the_screens_can_be_enlarged_twofold(page: Page, demo: tuple[str, dict[str, str]]) -> None:
    """At 200 % a window of 1280 by 800 has 640 by 400: nothing is cut off sideways, and nothing lies over a control."""
    page.set_viewport_size({"width": 640, "height": 400})
    page.emulate_media(reduced_motion="reduce")
    address, named = demo
    for name, (path, there) in SCREENS.items():
        page.goto(address + path.format(**named))
        expect(page.locator(there).first).to_be_attached()
        come_to_rest(page)
        assert (name, page.evaluate(CUT)) == (name, [])
        assert (name, page.evaluate(COVERED)) == (name, [])


def test_tab_goes_through_the_desk_in_reading_order(page: Page, demo: tuple[str, dict[str, str]]) -> None:
    """From the top: filters, queue, text, form; wherever the keyboard is, it shows."""
    page.emulate_media(reduced_motion="reduce")
    page.goto(demo[0])
    expect(page.locator(".st-key-pane-form .claim")).to_be_visible()
    come_to_rest(page)
    reached: list[str] = []
    page.keyboard.press("Tab")
    while part := page.evaluate(REACHED, PARTS):
        reached += [part] if part in PARTS and reached[-1:] != [part] else []
        page.keyboard.press("Tab")
    assert reached == list(PARTS)
    assert page.evaluate(UNSEEN) == []
