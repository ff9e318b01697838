"""A base path: what stands beside the screens stands under it, as the screens do, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests
from starlette.applications import Starlette
from starlette.middleware import Middleware
from streamlit import config

from claims import Query, Store
from claims.errors import ClaimsError
from claims.export.forms import FORMS
from tests.workbench.conftest import serving
from workbench import bell, download, record, signin
from workbench.api import ROUTES, guard
from workbench.beneath import base, checked, placed, within
from workbench.door import Door
from workbench.signin import Settings, check_open


@pytest.fixture(params=["desk", "/desk/"])
def under(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A base path, as it may be written."""
    told = config.get_option
    monkeypatch.setattr(
        config, "get_option", lambda name: request.param if name == "server.baseUrlPath" else told(name)
    )


@pytest.fixture
def address(under: None, filled: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:  # noqa: ARG001 - the routes are placed by it
    """All that the desk serves of its own, where its pages are, behind its door."""
    monkeypatch.setattr(signin, "settings", lambda: None)
    monkeypatch.setattr(record, "store", lambda: filled)
    monkeypatch.setenv(guard.TOKEN_VARIABLE, "t" * guard.SHORTEST)
    routes = [*map(placed, ROUTES), placed(bell.ROUTE), placed(download.ROUTE)]
    with serving(Starlette(routes=routes, middleware=[Middleware(Door)])) as server:
        yield f"{server}/desk"


@pytest.mark.parametrize("path", ["", "/", None])
def test_a_desk_may_have_its_address_to_itself(path: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Then there is none."""
    monkeypatch.setattr(config, "get_option", lambda _: path)
    assert (base(), within("/download/x")) == ("", "/download/x")


@pytest.mark.parametrize(
    "path", ["?q", "d\u00e9 sk", "https://a/b", "a//b", "a/../b", ".", "#", "%20", "{x}", "a\\b", "a\n"]
)
def test_a_base_path_that_is_none_is_refused(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No browser would find the desk there."""
    monkeypatch.setattr(config, "get_option", lambda _: path)
    with pytest.raises(ClaimsError, match=r"cannot stand under .* \(server\.baseUrlPath\): .* such as desk\."):
        checked()


@pytest.mark.parametrize("path", ["", "/", "desk", "/korda/desk/", "Desk_2.0~a-b", "..desk"])
def test_a_base_path_is_made_of_plain_names(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """They stay as they are in an address."""
    monkeypatch.setattr(config, "get_option", lambda _: path)
    assert checked().strip("/") == path.strip("/")


@pytest.mark.usefixtures("under")
def test_only_a_whole_part_of_a_path_is_the_base() -> None:
    """Another page may begin with the same letters."""
    assert [within(path) for path in ("/desk/media/x.png", "/desks/media/x.png", "/desk", "/media/x.png")] == [
        "/media/x.png", "/desks/media/x.png", "/desk", "/media/x.png",
    ]  # fmt: skip


def test_a_download_lies_beside_the_pages(address: str, filled: Store) -> None:
    """Its link leads there from any of them, as a browser reads it."""
    for page in ("/", "/export"):
        link = requests.compat.urljoin(address + page, download.address(filled, FORMS["csv"], Query()))
        assert link.startswith(f"{address}/download/")
        assert requests.get(link, timeout=30).text.startswith("claim_id,")


def test_programs_ask_under_the_base_path(address: str) -> None:
    """As the document that describes it says; at the address itself there is nothing of the desk."""
    root, told = address.removesuffix("/desk"), requests.get(f"{address}/api/openapi.json", timeout=30).json()
    [server] = told["servers"]
    bearer = {"authorization": f"Bearer {'t' * guard.SHORTEST}"}
    for path in ("/healthz", "/api/claims"):
        assert path in told["paths"]
        assert requests.get(root + server["url"] + path, headers=bearer, timeout=30).status_code == 200
        assert requests.get(root + path, headers=bearer, timeout=30).status_code == 404
    nothing = requests.get(f"{address}/api/nothing", headers=bearer, timeout=30)
    assert (nothing.status_code, nothing.json()["problem"]) == (404, "There is nothing at '/api/nothing'.")


@pytest.mark.usefixtures("under")
def test_a_sign_in_comes_back_under_the_base_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its cookie is sent there alone: an address beside it shuts the desk, with what to write."""
    monkeypatch.setattr(signin, "settings", lambda: Settings((), (), "", "https://korda.example/oauth2callback"))
    with pytest.raises(ClaimsError, match=r"The desk stands under /desk .* Let it end with /desk/oauth2callback"):
        check_open("0.0.0.0")
    inside = Settings((), (), "", "https://korda.example/desk/oauth2callback")
    monkeypatch.setattr(signin, "settings", lambda: inside)
    assert check_open("0.0.0.0") is inside
