"""The record is opened once: the screens, the address for programs, the door and the downloads show the same."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from claims import Query, Store
from tests.claims.conftest import make_article, make_claims
from workbench import desk, download, record, signin
from workbench.api import ROUTES, guard


@pytest.fixture(params=[":memory:", "desk.sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The record of this process, with three claims; the other fixtures take it for the screens' own."""
    monkeypatch.setattr(signin, "settings", lambda: None)
    place = request.param if request.param == ":memory:" else str(tmp_path / request.param)
    monkeypatch.setenv("WORKBENCH_STORE", place)
    monkeypatch.setenv(guard.TOKEN_VARIABLE, "t" * guard.SHORTEST)
    article = make_article()
    record.store().add_article(article, make_claims(article), actor="Marusa")
    yield record.store()
    record.let_go()


def test_all_ask_one_record(store: Store) -> None:
    """Also one in memory, of which each opening would be another."""
    assert store is desk.store()
    told = TestClient(Starlette(routes=ROUTES)).get(
        "/api/claims", headers={"authorization": f"Bearer {'t' * guard.SHORTEST}"}
    )
    assert told.json()["count"] == 3


def test_what_the_page_offers_is_what_comes(store: Store, app: AppTest) -> None:
    """The claims that the export counts are in the file behind its link."""
    app.run()
    app.switch_page("views/export.py").run()
    app.segmented_control(key="part").set_value("All claims").run()
    [button] = app.get("link_button")
    assert "Download 3 claims" in button.proto.label
    file = TestClient(Starlette(routes=[download.ROUTE])).get(f"/{button.proto.url}")
    assert [name in file.text for name in store.table(Query())["claim_id"]] == [True] * 3


@pytest.mark.usefixtures("store")
def test_many_who_ask_at_once_open_one() -> None:
    """The first page and the first question of a program may come together."""
    record.let_go()
    together = Barrier(4)

    def ask(_: int) -> Store:
        together.wait()
        return record.store()

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(ask, range(4)))) == 1
