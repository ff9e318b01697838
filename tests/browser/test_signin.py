"""Signing in at a real OpenID Connect provider, with real browsers: who comes in, as whom, and who does not."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote

import pytest
import requests
from playwright.sync_api import Browser, BrowserContext, Page, expect
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from claims import Query, Store
from tests.browser.conftest import free_port, given, served, wait_until_answered
from tests.claims.conftest import make_article, make_claims

SECRET = "a secret of this test alone, long enough"


@dataclass(frozen=True)
class Provider:
    """A provider that runs here, and whom it knows."""

    address: str

    def knows(self, address: str, name: str, *, verified: bool = True) -> None:
        """One more account."""
        told = {"email": address, "email_verified": verified, "name": name}
        requests.put(f"{self.address}/users/{quote(address)}", json=told, timeout=30).raise_for_status()


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    """An OpenID Connect provider of its own process: discovery, keys, codes, tokens signed with RS256, nonces."""
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "--require-nonce", "true"],
        env={**os.environ, "AUTHLIB_INSECURE_TRANSPORT": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        wait_until_answered(f"{address}/.well-known/openid-configuration")
        yield Provider(address)
    finally:
        server.terminate()
        server.wait(timeout=30)


@dataclass(frozen=True)
class Desk:
    """A desk behind that provider's door."""

    address: str
    path: Path


@contextmanager
def behind(provider: Provider, home: Path, base: str = "") -> Iterator[Desk]:
    """A desk with an article and a roster that Marusa keeps, started from another folder: its settings lie in the user's home."""
    told = {
        "redirect_uri": f"http://127.0.0.1:{{port}}{base}/oauth2callback",
        "cookie_secret": SECRET,
        "client_id": "desk",
        "client_secret": "known to the two of them",
        "server_metadata_url": f"{provider.address}/.well-known/openid-configuration",
        "allow": ["korda.example"],
    }
    lines = [f"{name} = {json.dumps(value)}" for name, value in told.items()]
    (home / ".streamlit").mkdir()
    (home / ".streamlit" / "secrets.toml").write_text("\n".join(["[auth]", *lines]), encoding="utf-8")
    article = make_article()
    with Store(home / "desk.sqlite", actor="Marusa") as store:
        store.add_article(article, make_claims(article))
        store.add_person("Marusa")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(home))
        patch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
        patch.chdir(home)
        with served("--store", str(home / "desk.sqlite"), base=base) as address:
            yield Desk(address, home / "desk.sqlite")


@pytest.fixture(scope="module")
def desk(provider: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One for all the journeys: each has accounts of its own."""
    with behind(provider, tmp_path_factory.mktemp("home")) as opened:
        yield opened


@pytest.fixture
def store(desk: Desk) -> Iterator[Store]:
    """The desk's record, as its admin has it."""
    with Store(desk.path, actor="Marusa") as opened:
        yield opened


Browsers = Callable[[], Page]


@pytest.fixture
def somebody(chromium: Browser) -> Iterator[Browsers]:
    """A page of somebody's, in a browser profile of their own; as many as are asked for."""
    with ExitStack() as stack:

        def opened() -> Page:
            context: BrowserContext = chromium.new_context(viewport={"width": 1280, "height": 800})
            stack.callback(context.close)
            return context.new_page()

        yield opened


def sign_in(page: Page, desk: Desk, account: str) -> None:
    """Through the door and the provider's own page, and back."""
    page.goto(desk.address)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_placeholder("sub").fill(account)
    page.get_by_role("button", name="Authorize").click()


def sees(page: Page, name: str) -> None:
    """The desk is drawn, and this is who sits at it."""
    expect(page.get_by_role("button", name=f"You are {name}", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Save and next")).to_be_visible()


def is_shut(page: Page) -> None:
    """The door stands there, and nothing of the desk."""
    expect(page.get_by_role("heading", name="Claims Workbench")).to_be_visible()
    expect(page.locator(".stApp")).to_have_attribute("data-test-script-state", "notRunning")
    expect(page.get_by_text("inmates")).to_have_count(0)
    expect(page.get_by_role("button", name="You are")).to_have_count(0)
    expect(page.locator('a:not([href="#stMain"])')).to_have_count(0)  # but Streamlit's own, past the bar


def sign_out(page: Page) -> None:
    """Out of the desk and, where it asks, out of the provider."""
    page.get_by_role("button", name="You are").click()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="End session").click()


def cookie(desk: Desk, secret: str = SECRET, **told: object) -> dict[str, str]:
    """The cookie of a sign-in as this program writes it, where it knows the secret."""
    said = {
        "iss": "http://127.0.0.1", "sub": "forged", "email": "forged@korda.example", "email_verified": True,
        "name": "Forged", "iat": int(time.time()), "origin": desk.address, "is_logged_in": True, "provider": "default",
    }  # fmt: skip
    value = create_signed_value(secret, USER_COOKIE_NAME, json.dumps(said | told)).decode()
    return {"name": USER_COOKIE_NAME, "value": value, "url": desk.address}


PATHS = [
    "",
    "/articles",
    "/dashboard",
    "/meeting",
    "/present",
    "/export",
    "/coverage",
    "/history",
    "/settings",
    "/nowhere",
]


def test_without_sign_in_nothing_of_the_desk_is_drawn(desk: Desk, somebody: Browsers) -> None:
    """Under whatever address: the door."""
    page = somebody()
    for path in PATHS:
        page.goto(desk.address + path)
        expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
        is_shut(page)


def test_the_link_that_was_followed_is_opened_once_inside(
    desk: Desk, provider: Provider, store: Store, somebody: Browsers
) -> None:
    """The provider brings everybody back to the front; a claim's own link, asked for at the door, is opened all the same."""
    provider.knows("link@korda.example", "Lena")
    last = store.rows(Query())[-1]
    page = somebody()
    page.goto(f"{desk.address}/?claim={last['claim_id']}")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_placeholder("sub").fill("link@korda.example")
    page.get_by_role("button", name="Authorize").click()
    sees(page, "Lena")
    expect(page.locator(".st-key-pane-form .claim")).to_have_text(last["claim"])


def mark(page: Page, words: str, verdict: str) -> None:
    """Give a claim a verdict."""
    form = page.locator(".st-key-pane-form")
    page.get_by_role("option").filter(has_text=words).first.click()
    expect(form.locator(".claim")).to_contain_text(words)
    form.get_by_role("button", name=verdict).click()
    expect(given(form, "verdict")).to_contain_text(verdict)
    form.get_by_role("button", name="Low").click()
    expect(given(form, "confidence")).to_contain_text("Low")
    form.get_by_role("button", name="Save and next").click()


def test_who_signed_in_writes_under_their_name(
    desk: Desk, provider: Provider, somebody: Browsers, store: Store
) -> None:
    """Two people in two browsers: each comes onto the roster as a checker, and each mark is its giver's."""
    provider.knows("jana@korda.example", "Jana Ilic")
    provider.knows("tom@korda.example", "Tom Hollin")
    jana, tom = somebody(), somebody()
    sign_in(jana, desk, "jana@korda.example")
    sees(jana, "Jana Ilic")
    sign_in(tom, desk, "tom@korda.example")
    sees(tom, "Tom Hollin")
    for page, words, verdict in ((jana, "312 inmates", "Supported"), (tom, "The ministry", "Refuted")):
        mark(page, words, verdict)
        expect(page.get_by_test_id("stToast").filter(has_text=verdict)).to_be_visible()
    marked = store.table(Query(marked=True))
    assert dict(zip(marked["checker"], marked["verdict"], strict=True)) == {
        "Jana Ilic": "Supported",
        "Tom Hollin": "Refuted",
    }
    roles = {person.name: person.role for person in store.people()}
    assert (roles["Jana Ilic"], roles["Tom Hollin"]) == ("checker", "checker")
    assert store.addresses()["Jana Ilic"] == "jana@korda.example"


def test_nobody_chooses_to_be_somebody_else(desk: Desk, provider: Provider, somebody: Browsers, store: Store) -> None:
    """Neither at the desk, where there is nothing to choose, nor by a name that the provider lets them have."""
    provider.knows("false@korda.example", "Marusa")
    page = somebody()
    sign_in(page, desk, "false@korda.example")
    sees(page, "Marusa (false@korda.example)")
    page.get_by_role("button", name="You are").click()
    expect(page.get_by_text("Signed in as false@korda.example")).to_be_visible()
    expect(page.get_by_text("Who sits here")).to_have_count(0)
    expect(page.get_by_text("Add me to the roster")).to_have_count(0)
    assert {person.name: person.role for person in store.people()}["Marusa (false@korda.example)"] == "checker"


@pytest.mark.parametrize(
    ("address", "verified", "why"),
    [
        ("tom@ferry.example", True, "tom@ferry.example is not on the list of who may enter this desk."),
        ("unproved@korda.example", False, "has not verified that unproved@korda.example is yours."),
    ],
)
def test_who_may_not_enter_is_told_why_and_can_sign_out(
    desk: Desk, provider: Provider, somebody: Browsers, store: Store, address: str, why: str, *, verified: bool
) -> None:
    """A sentence, the next step, and nothing of the desk; nor are they on its roster."""
    provider.knows(address, "Tom", verified=verified)
    before, page = store.seal(), somebody()
    sign_in(page, desk, address)
    expect(page.get_by_role("alert")).to_contain_text(why)
    is_shut(page)
    page.goto(f"{desk.address}/export")
    expect(page.get_by_role("alert")).to_contain_text(why)
    is_shut(page)
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="End session").click()
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)
    assert store.seal() == before


def test_signing_out_ends_it_in_every_tab_and_copy(desk: Desk, provider: Provider, somebody: Browsers) -> None:
    """The other tab falls shut, and the cookie that was copied before opens nothing."""
    provider.knows("edo@korda.example", "Edo")
    page, thief = somebody(), somebody()
    sign_in(page, desk, "edo@korda.example")
    sees(page, "Edo")
    other = page.context.new_page()
    other.goto(desk.address)
    sees(other, "Edo")
    copied = page.context.cookies()
    sign_out(page)
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    expect(other.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    is_shut(other)
    thief.context.add_cookies(copied)  # type: ignore[arg-type]
    thief.goto(desk.address)
    expect(thief.get_by_role("alert")).to_contain_text("You have signed out.")
    is_shut(thief)


def test_who_left_is_shut_out_while_they_look(desk: Desk, provider: Provider, somebody: Browsers, store: Store) -> None:
    """An admin notes that somebody left: their open desk falls shut by itself, other pages at the next click; and opens again."""
    provider.knows("rea@korda.example", "Rea")
    page = somebody()
    sign_in(page, desk, "rea@korda.example")
    sees(page, "Rea")
    other = page.context.new_page()
    other.goto(f"{desk.address}/export")
    expect(other.get_by_role("button", name="You are Rea")).to_be_visible()
    page.bring_to_front()
    store.edit_person("Rea", 1, {"active": False})
    other.get_by_role("link", name="Dashboard").click()
    expect(other.get_by_role("alert")).to_contain_text("Rea has left this desk, as its roster says.")
    is_shut(other)
    expect(page.get_by_role("alert")).to_contain_text("Rea has left this desk, as its roster says.")
    is_shut(page)
    page.goto(f"{desk.address}/settings")
    expect(page.get_by_role("alert")).to_contain_text("Rea has left this desk")
    is_shut(page)
    store.edit_person("Rea", 2, {"active": True})
    page.goto(desk.address)
    sees(page, "Rea")


def test_a_forged_cookie_opens_nothing(desk: Desk, somebody: Browsers) -> None:
    """Signed with another secret, changed after it was signed, or of another address: it is as none."""
    good, other = cookie(desk), cookie(desk, email="marusa@korda.example")
    forged = [
        cookie(desk, secret="another secret, just as long as the real"),
        good | {"value": ".".join([other["value"].rsplit(".", 2)[0], *good["value"].rsplit(".", 2)[1:]])},
        cookie(desk, origin="https://evil.example"),
        cookie(desk, is_logged_in=False),
        good | {"value": "chunks-2"},
    ]
    for each in forged:
        page = somebody()
        page.context.add_cookies([each])  # type: ignore[list-item]
        page.goto(desk.address)
        expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
        expect(page.get_by_role("alert")).to_have_count(0)
        is_shut(page)


def test_a_sign_in_does_not_last_for_ever(desk: Desk, somebody: Browsers) -> None:
    """One of yesterday is refused, and so is one that does not say when it was, though their signatures hold."""
    for began in (int(time.time()) - 13 * 3600, None, int(time.time()) + 3600):
        page = somebody()
        page.context.add_cookies([cookie(desk, iat=began)])  # type: ignore[list-item]
        page.goto(desk.address)
        expect(page.get_by_role("alert")).to_contain_text("Your sign-in is more than 12 hours old.")
        is_shut(page)


def test_files_go_to_who_is_in(desk: Desk, provider: Provider, somebody: Browsers) -> None:
    """The address of a download gives nothing to who has not signed in; nor is a file taken from them."""
    provider.knows("cem@korda.example", "Cem")
    page = somebody()
    sign_in(page, desk, "cem@korda.example")
    sees(page, "Cem")
    page.get_by_role("link", name="Export").click()
    page.get_by_text("All claims", exact=True).click()
    link = page.get_by_role("link", name=re.compile("Download 3 claims"))
    address = str(link.evaluate("link => link.href"))
    mine = {str(each["name"]): str(each["value"]) for each in page.context.cookies()}
    assert requests.get(address, timeout=30).status_code == HTTPStatus.FORBIDDEN
    assert requests.get(address, cookies=mine, timeout=30).status_code == HTTPStatus.OK
    shut = requests.put(f"{desk.address}/_stcore/upload_file/some/where", files={"file": b"x"}, timeout=30)
    assert (shut.status_code, shut.text) == (HTTPStatus.FORBIDDEN, "Sign in at this desk first.")
    told = requests.get(f"{desk.address}/api/claims", cookies=mine, timeout=30)
    assert told.status_code == HTTPStatus.FORBIDDEN  # programs bring a token, not a person's cookie
