"""The bell: it rings for every page that is open when anything is written, and for nobody else's page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from claims import Query, Store
from tests.claims.conftest import make_article, make_claims
from tests.postgres import Server
from workbench import bell, signin
from workbench.signin import Settings

HOST = "127.0.0.1:8501"
HERE = {"origin": f"http://{HOST}"}


@pytest.fixture
def store(postgresql: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The desk's record on PostgreSQL, with one article, on a desk without a sign-in."""
    monkeypatch.setattr(signin, "settings", lambda: None)
    with postgresql.database() as address, Store(address, actor="Jana") as opened:
        monkeypatch.setattr(bell.record, "store", lambda: opened)
        article = make_article()
        opened.add_article(article, make_claims(article))
        yield opened
        bell._bell(opened).close()
        bell._bell.cache_clear()


def client() -> TestClient:
    return TestClient(Starlette(routes=[bell.ROUTE]), base_url=f"http://{HOST}")


def place(store: Store) -> str:
    return f"ws://{HOST}/{bell.address(store)}"


def test_it_rings_for_all_who_listen(store: Store) -> None:
    """Two pages hear of one mark; one that has left is rung for no more."""
    at = place(store)
    with client() as one, client() as other, one.websocket_connect(at, headers=HERE) as first:
        assert first.receive_text() == "written"  # whatever was written before it listened
        with other.websocket_connect(at, headers=HERE) as second:
            store.mark(store.rows(Query())[0]["claim_id"], 1, "Refuted", "low")
            assert (first.receive_text(), second.receive_text()) == ("written", "written")
        store.mark(store.rows(Query())[1]["claim_id"], 1, "Refuted", "low")
        assert first.receive_text() == "written"


@pytest.mark.parametrize("origin", ["https://evil.example", "http://127.0.0.1:8502", "null"])
def test_it_rings_for_no_page_of_the_web(store: Store, origin: str) -> None:
    """A WebSocket may be opened from anywhere; the browser says from where."""
    with client() as asked, pytest.raises(WebSocketDisconnect) as refused:
        asked.websocket_connect(place(store), headers={"origin": origin}).__enter__()
    assert refused.value.code == 1008


def test_behind_a_sign_in_it_rings_for_who_is_in(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who brings no cookie of this desk's is turned away."""
    monkeypatch.setattr(signin, "settings", lambda: Settings(("korda.example",), (), "id.korda.example", ""))
    with client() as asked, pytest.raises(WebSocketDisconnect) as refused:
        asked.websocket_connect(place(store), headers=HERE).__enter__()
    assert refused.value.code == 1008


def test_a_file_has_no_bell() -> None:
    """Its desk asks every few seconds, as ever."""
    with Store(":memory:") as file:
        assert bell.address(file) == ""
