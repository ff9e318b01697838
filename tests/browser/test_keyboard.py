"""The desk from the keyboard, in a real browser: no press is lost, none acts twice, none acts while somebody writes."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, WebSocketRoute, expect

from claims import Query, Store
from tests.browser.conftest import given

#: Presses of a list of keys within one task of the page, as fast as there can be any.
AT_ONCE = """(keys) => { for (const [key, ctrlKey] of keys)
    document.body.dispatchEvent(new KeyboardEvent("keydown", {key, ctrlKey, bubbles: true, composed: true})); }"""

#: Ten claims judged while the answers to the first presses arrive: the first alone; behind its answer the second and half of the
#: third; behind the answer that holds the second the other half, and seven more.
WHILE_ANSWERED = """async (triple) => {
    const [verdict, confidence] = triple, keys = window.claimsKeys;
    const press = (key, ctrlKey) => document.body.dispatchEvent(new KeyboardEvent("keydown", {key, ctrlKey, bubbles: true, composed: true}));
    const judge = (...given) => { given.forEach((key) => press(key)); press("Enter", true); };
    const frame = () => new Promise(requestAnimationFrame);
    const answered = async (heard) => { while (keys.heard === heard) await frame(); await frame(); await frame(); };
    const begun = keys.heard;
    judge("1", "w");
    await answered(begun);
    const once = keys.heard;
    judge("1", "w"); press("1"); press("w");
    await answered(once);
    press("Enter", true);
    for (let each = 0; each < 7; each++) judge(verdict, confidence);
}"""

#: 25 claims, one after the other: a verdict, a confidence, saved.
VERDICTS = ["Supported", "Refuted"] * 12 + ["Supported"]


def at_the_desk(page: Page, address: str) -> Locator:
    """The desk, drawn, with its first claim in hand; the count beside the queue."""
    page.goto(address)
    expect(page.get_by_role("option").first).to_be_visible()
    expect(page.locator(".st-key-pane-form .claim")).to_be_visible()
    page.wait_for_function("window.claimsKeys?.listening")
    return page.locator(".count")


def saved(path: Path) -> list[tuple[str, str, int]]:
    """What the store holds of the claims, in the order of the queue: verdict, confidence, revision."""
    with Store(path) as store:
        rows = store.rows(Query(), limit=30)
    return [(row["verdict"], row["confidence"], row["revision"]) for row in rows]


def test_fifty_presses_as_fast_as_a_keyboard_can(page: Page, strike: str) -> None:
    """Fifty presses of "next" without a pause take the fifty-first claim in hand, and fifty of "previous" the first again."""
    count = at_the_desk(page, strike)
    for _ in range(50):
        page.keyboard.press("j")
    expect(count).to_have_text(re.compile("^51 of"))
    for _ in range(50):
        page.keyboard.press("k")
    expect(count).to_have_text(re.compile("^1 of"))


def test_the_head_of_the_queue_stays_in_sight(page: Page, strike: str) -> None:
    """However far the queue is scrolled, the place in it and the steps through it stand at its top."""
    count = at_the_desk(page, strike)
    for _ in range(25):
        page.keyboard.press("j")
    expect(count).to_have_text(re.compile("^26 of"))
    scrolled, head, pane = page.evaluate(
        """() => { const pane = document.querySelector(".st-key-pane-queue"), steps = document.querySelector(".st-key-steps");
            return [pane.scrollTop, steps.getBoundingClientRect().top, pane.getBoundingClientRect().top]; }"""
    )
    assert scrolled > 0
    assert abs(head - pane) < 8, (head, pane)  # the half of a gap


@pytest.mark.parametrize("at_once", [True, False], ids=["in one task", "key by key"])
def test_twenty_five_claims_are_marked_in_one_burst(page: Page, strike: str, tmp_path: Path, *, at_once: bool) -> None:
    """75 presses mark 25 claims, each with its own verdict, each once."""
    count = at_the_desk(page, f"{strike}/?show=All")
    burst = [key for verdict in VERDICTS for key in ("1" if verdict == "Supported" else "2", "e", "Control+Enter")]
    if at_once:
        page.evaluate(AT_ONCE, [[key.rpartition("+")[2], "+" in key] for key in burst])
    else:
        for key in burst:
            page.keyboard.press(key)
    expect(count).to_have_text(re.compile("^26 of"))
    assert saved(tmp_path / "desk.sqlite")[:26] == [*((verdict, "high", 2) for verdict in VERDICTS), (None, None, 1)]


@pytest.mark.parametrize("triple", [("1", "w"), ("2", "e")], ids=["the same", "another"])
def test_ten_claims_are_marked_while_answers_arrive(
    page: Page, strike: str, tmp_path: Path, triple: tuple[str, str]
) -> None:
    """An answer that is behind moves neither the hand nor what saving goes on to: each claim gets its own verdict, once."""
    count = at_the_desk(page, f"{strike}/?show=All")
    page.evaluate(WHILE_ANSWERED, triple)
    expect(count).to_have_text(re.compile("^11 of"))
    first, rest = (
        ("Supported", "moderate", 2),
        {"1": ("Supported", "moderate", 2), "2": ("Refuted", "high", 2)}[triple[0]],
    )
    assert saved(tmp_path / "desk.sqlite")[:11] == [*[first] * 3, *[rest] * 7, (None, None, 1)]


def test_what_is_pressed_after_a_step_is_meant_for_what_it_showed(page: Page, strike: str, tmp_path: Path) -> None:
    """Before anything was answered, saving shows the second claim and a step the third, and what follows judges that one."""
    count = at_the_desk(page, strike)
    burst = ["1", "e", "Control+Enter", "j", "2", "e", "Control+Enter"]
    page.evaluate(AT_ONCE, [[key.split("+")[-1], "+" in key] for key in burst])
    expect(count).to_have_text(re.compile("of 58"))
    wanted = [("Supported", "high", 2), (None, None, 1), ("Refuted", "high", 2), (None, None, 1)]
    assert saved(tmp_path / "desk.sqlite")[:4] == wanted


def test_a_key_that_is_held_moves_on_and_judges_once(page: Page, strike: str) -> None:
    """Holding "next" goes on from claim to claim; holding a verdict's key gives it once and does not take it back."""
    count = at_the_desk(page, strike)
    for _ in range(4):  # the first goes down, the others repeat
        page.keyboard.down("j")
    page.keyboard.up("j")
    expect(count).to_have_text(re.compile("^5 of"))
    for _ in range(4):
        page.keyboard.down("2")
    page.keyboard.up("2")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(count).to_have_text(re.compile("^5 of"))
    expect(given(page.locator(".st-key-pane-form"), "verdict")).to_contain_text("Refuted")


def test_keys_act_only_where_nobody_writes(page: Page, strike: str) -> None:
    """Letters go into fields, menus and windows; with Ctrl, Alt or Meta, or while a word is composed, they do nothing."""
    count = at_the_desk(page, strike)
    why = page.get_by_role("textbox", name="Why")
    why.press_sequentially("jk12qwsu/?")
    expect(why).to_have_value("jk12qwsu/?")
    find = page.get_by_role("textbox", name="Find")
    find.press_sequentially("jjj")
    expect(find).to_have_value("jjj")
    find.fill("")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Filters", exact=True).click()
    expect(page.get_by_role("dialog", name="Filters").get_by_text("Said by")).to_be_visible()
    page.locator("body").dispatch_event("keydown", {"key": "j"})
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Filters")).to_have_count(0)
    for more in ({"ctrlKey": True}, {"altKey": True}, {"metaKey": True}, {"isComposing": True}, {"keyCode": 229}):
        page.locator("body").dispatch_event("keydown", {"key": "j", **more})
    page.evaluate(
        """() => { const made = document.createElement("div"); made.contentEditable = "true"; document.body.append(made);
            made.dispatchEvent(new KeyboardEvent("keydown", {key: "j", bubbles: true, composed: true})); made.remove(); }"""
    )
    page.keyboard.press("m")  # and this one acts: all before it would have, by now
    expect(page.get_by_test_id("stToast").filter(has_text="has it now")).to_be_visible()
    expect(count).to_have_text(re.compile("^1 of"))
    expect(given(page.locator(".st-key-pane-form"), "verdict")).to_have_count(0)


def test_a_tip_under_the_mouse_stops_no_key(page: Page, strike: str) -> None:
    """What a button is for may show while the keys go on."""
    count = at_the_desk(page, strike)
    page.get_by_test_id("stMenuButton").hover()
    expect(page.get_by_role("tooltip").first).to_be_visible()
    page.keyboard.press("j")
    expect(count).to_have_text(re.compile("^2 of"))


def test_caps_lock_and_another_script_change_no_key(page: Page, strike: str) -> None:
    """A letter is what its key and Shift say; on a keyboard of another script the key itself counts."""
    count = at_the_desk(page, strike)
    page.locator("body").dispatch_event("keydown", {"key": "J"})
    expect(count).to_have_text(re.compile("^2 of"))
    page.locator("body").dispatch_event("keydown", {"key": "о", "code": "KeyJ"})
    expect(count).to_have_text(re.compile("^3 of"))


def test_each_key_does_what_the_list_says(page: Page, strike: str, tmp_path: Path) -> None:
    """Find, why, source, assign to me, skip, undo and redo work from the keyboard alone."""
    count = at_the_desk(page, strike)
    form = page.locator(".st-key-pane-form")
    page.keyboard.press("/")
    expect(page.get_by_role("textbox", name="Find")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    expect(form.get_by_role("textbox", name="Why")).to_be_focused()
    page.keyboard.type("The roll call says so.")
    page.keyboard.press("Escape")
    page.keyboard.press("s")
    expect(form.locator(".st-key-source-form input").first).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("f")
    expect(form.get_by_label("Words to search by")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("m")
    expect(form.get_by_text("has it")).to_be_visible()
    page.keyboard.press("u")
    expect(form.get_by_text("Nobody has it")).to_be_visible()
    page.keyboard.press("Shift+U")
    expect(form.get_by_text("Nobody has it")).to_have_count(0)
    page.keyboard.press("n")
    expect(count).to_have_text(re.compile("^2 of"))
    with Store(tmp_path / "desk.sqlite") as store:
        assert [row["status"] for row in store.rows(Query(), limit=2)] == ["assigned", "new"]


def test_skip_passes_over_what_is_marked_or_a_colleagues(page: Page, strike: str, tmp_path: Path) -> None:
    """The next claim to check is the next without a verdict that nobody else has."""
    with Store(tmp_path / "desk.sqlite") as store:
        rows = store.rows(Query(), limit=4)
        store.mark(rows[1]["claim_id"], 1, "Refuted", "low", actor="Jana")
        store.assign(rows[2]["claim_id"], 1, "Tom", actor="Jana")
    count = at_the_desk(page, f"{strike}/?show=All")
    page.keyboard.press("n")
    expect(count).to_have_text(re.compile("^4 of"))


def test_what_is_typed_after_a_key_that_leads_to_a_field_goes_into_it(page: Page, strike: str) -> None:
    """Next, why, and a sentence, without a pause: the sentence stands in the next claim's field, and no letter was a key."""
    count = at_the_desk(page, strike)
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("r")
    page.keyboard.type("We asked 12 jurors.")
    expect(page.get_by_role("textbox", name="Why")).to_have_value("We asked 12 jurors.")
    expect(count).to_have_text(re.compile("^3 of"))
    expect(given(page.locator(".st-key-pane-form"), "verdict")).to_have_count(0)


def test_the_article_opens_where_it_was_published(page: Page, strike: str, tmp_path: Path) -> None:
    """The key opens the article's own address in another tab, which learns nothing of the desk."""
    with Store(tmp_path / "desk.sqlite") as store:
        article_id = store.rows(Query(), limit=1)[0]["article_id"]
        store.edit_article(
            article_id, store.article_revision(article_id), {"url": f"{strike}/_stcore/health"}, actor=""
        )
    at_the_desk(page, strike)
    with page.context.expect_page() as opened:
        page.keyboard.press("o")
    assert opened.value.url == f"{strike}/_stcore/health"
    assert opened.value.evaluate("window.opener") is None


def test_the_list_of_keys_opens_and_gives_the_focus_back(page: Page, strike: str) -> None:
    """ "?" shows every act with its key; no key acts meanwhile; Escape closes it, and the focus is where it was."""
    count = at_the_desk(page, strike)
    page.get_by_role("button", name="History").or_(page.get_by_role("link", name="History")).first.focus()
    focused = "document.activeElement.textContent"
    before = page.evaluate(focused)
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    expect(dialog).to_be_visible()
    for act, key in (
        ("Next claim", "J"),
        ("Refuted", "2"),
        ("Moderate confidence", "W"),
        ("Save and next", "Ctrl ⏎"),
        ("Redo", "⇧U"),
    ):
        expect(dialog.get_by_role("button", name=f"{act}: {key}. Change", exact=True)).to_be_visible()
    for name in ("All as shipped", "Close"):
        expect(dialog.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
    page.keyboard.press("j")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert page.evaluate(focused) == before
    expect(count).to_have_text(re.compile("^1 of"))
    page.get_by_role("button", name="all keys").click()
    expect(dialog).to_be_visible()


def change(page: Page, act: str, key: str) -> None:
    """Give an act another key, in the list of keys."""
    page.get_by_role("dialog", name="Keys").get_by_role("button", name=re.compile(f"^{act}: ")).click()
    page.keyboard.press(key)


def test_a_key_can_be_changed_for_good(page: Page, strike: str, tmp_path: Path) -> None:
    """The new key acts, the old one does not; the buttons and the foot say so; it holds after a reload; it is on the record."""
    count = at_the_desk(page, strike)
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    change(page, "Next claim", "z")
    expect(dialog.get_by_role("button", name="Next claim: Z. Change")).to_be_visible()
    change(page, "Undo", "y")
    expect(dialog.get_by_role("button", name="Undo: Y. Change")).to_be_visible()
    for act, key, why in (
        ("Previous claim", "z", "“Z” is the key of “Next claim” already."),
        ("Previous claim", "Tab", "Tab goes from field to field."),
        ("Previous claim", "F5", "F5 is the browser's own."),
        ("Previous claim", "Control+t", "Ctrl T is the browser's own."),
    ):
        change(page, act, key)
        expect(dialog.get_by_role("status")).to_contain_text(why)
    page.keyboard.press("Escape")
    page.reload()
    expect(page.locator(".st-key-next")).to_contain_text("Z")
    expect(page.locator(".st-key-undo")).to_contain_text("Y")
    expect(page.locator(".keys")).to_contain_text("Z next")
    page.keyboard.press("j")
    page.keyboard.press("z")
    expect(count).to_have_text(re.compile("^2 of"))
    page.keyboard.press("?")
    dialog.get_by_role("button", name="All as shipped").click()
    expect(dialog.get_by_role("button", name="Next claim: J. Change")).to_be_visible()
    with Store(tmp_path / "desk.sqlite") as store:
        acts = store.events_table()["act"].tolist()
    assert acts.count("keys changed") == 3


class Wire:
    """What a page says to its server, which can be held back."""

    def __init__(self, page: Page) -> None:
        self._late: list[Callable[[], None]] = []
        self.holds = False
        page.route_web_socket(re.compile("_stcore/stream"), self._pass_on)

    def _pass_on(self, route: WebSocketRoute) -> None:
        server = route.connect_to_server()
        route.on_message(lambda said: self._late.append(lambda: server.send(said)) if self.holds else server.send(said))

    def let_go(self) -> None:
        """Send what was held back, and hold back no more."""
        self.holds = False
        for send in self._late:
            send()


def test_the_next_claim_shows_before_the_server_has_answered(page: Page, strike: str) -> None:
    """Queue, heading and text go on at once; the form that was left is dimmed until the server has drawn the next one's."""
    wire = Wire(page)
    count = at_the_desk(page, strike)
    form, rows = page.locator(".st-key-pane-form"), page.get_by_role("option")
    wire.holds = True
    for _ in range(3):
        page.keyboard.press("j")
    expect(rows.nth(3)).to_have_attribute("aria-selected", "true")
    expect(form.locator(".claim")).to_have_text("On day 4 of the strike 104 guards stayed at home.")
    expect(page.locator(".article-text mark.chosen")).to_contain_text("On day 4")
    expect(form).to_have_attribute("aria-busy", "true")
    expect(count).to_have_text(re.compile("^1 of"))
    wire.let_go()
    expect(count).to_have_text(re.compile("^4 of"))
    expect(form).not_to_have_attribute("aria-busy", "true")
    expect(form.locator(".claim")).to_have_text("On day 4 of the strike 104 guards stayed at home.")


def test_the_next_claim_shows_as_soon_as_one_is_saved(page: Page, strike: str, tmp_path: Path) -> None:
    """All answered, saving takes the next claim in hand before the server has answered; not all answered, it stays."""
    wire = Wire(page)
    count = at_the_desk(page, f"{strike}/?show=All")
    claim = page.locator(".st-key-pane-form .claim")
    page.keyboard.press("1")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Choose a confidence")).to_be_visible()
    expect(claim).to_contain_text("On day 1 of")
    wire.holds = True
    page.keyboard.press("e")
    page.keyboard.press("Control+Enter")
    expect(claim).to_contain_text("On day 2 of")
    expect(count).to_have_text(re.compile("^1 of"))
    wire.let_go()
    expect(count).to_have_text(re.compile("^2 of"))
    expect(claim).to_contain_text("On day 2 of")
    assert saved(tmp_path / "desk.sqlite")[:2] == [("Supported", "high", 2), (None, None, 1)]


def test_a_claim_comes_back_where_saving_it_was_refused(page: Page, strike: str, tmp_path: Path) -> None:
    """A colleague was faster: the claim is in hand again with both versions, and what was pressed for the next judged none."""
    wire = Wire(page)
    at_the_desk(page, f"{strike}/?show=All")
    page.keyboard.press("1")
    page.keyboard.press("e")
    page.wait_for_function("!window.claimsKeys.waiting.length")
    wire.holds = True
    with Store(tmp_path / "desk.sqlite") as store:
        store.mark(store.rows(Query(), limit=1)[0]["claim_id"], 1, "Refuted", "low", actor="Jana")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".st-key-pane-form .claim")).to_contain_text("On day 2 of")
    page.keyboard.press("2")
    page.keyboard.press("q")
    wire.let_go()
    expect(page.get_by_role("button", name="Save mine over it")).to_be_visible()
    expect(page.locator(".st-key-pane-form .claim")).to_contain_text("On day 1 of")
    expect(page.locator(".st-key-pane-form")).not_to_have_attribute("aria-busy", "true")
    page.get_by_role("button", name="Save mine over it").click()
    expect(page.locator(".count")).to_have_text(re.compile("^2 of"))
    assert saved(tmp_path / "desk.sqlite")[:2] == [("Supported", "high", 3), (None, None, 1)]
