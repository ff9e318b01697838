"""The screens on a real store in a folder of its own, run without a browser."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest
import streamlit as st
import uvicorn
from starlette.applications import Starlette
from streamlit import config
from streamlit.testing.v1 import AppTest

import workbench
from claims import Store, find_claims, read_article
from workbench import parts, record

ENTRY = Path(workbench.__file__).with_name("app.py")

STORY = """Forty guards walk out of Korda prison

At least 312 inmates escaped from the Korda prison on Saturday, the prison service said on Sunday.

On Wednesday the guards went on strike over a reform that is to move some 2 million case files.
"""


@contextmanager
def serving(app: Starlette) -> Iterator[str]:
    """An application on a server of its own, at this address."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off"))
    thread = Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listening.close()


@pytest.fixture(autouse=True)
def _no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables are as wide as where there is no terminal, whatever runs the tests."""
    monkeypatch.delenv("COLUMNS", raising=False)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """An empty store, which the screens open too."""
    place = tmp_path / "desk.sqlite"
    monkeypatch.setenv("WORKBENCH_STORE", str(place))
    with Store(place, actor="Marusa") as opened:
        yield opened
    record.let_go()
    st.cache_resource.clear()  # what the screens know of it


@pytest.fixture
def filled(store: Store) -> Store:
    """The same with one story and its claims."""
    article = read_article(STORY, published="2024-03-03")
    store.add_article(article, find_claims(article))
    return store


@pytest.fixture
def app(store: Store, monkeypatch: pytest.MonkeyPatch) -> AppTest:  # noqa: ARG001 - the store must stand before the screens open it
    """The screens, not yet drawn. Each act draws all of them: here no part of one can be drawn alone."""
    monkeypatch.setattr(parts, "follow", lambda *_: None)
    monkeypatch.setattr(config, "_main_script_path", str(ENTRY))  # their settings lie beside them, from whatever folder
    config.get_config_options(force_reparse=True)
    return AppTest.from_file(str(ENTRY), default_timeout=60)


def answered(app: AppTest, field: str, value: str) -> None:
    """A verdict or a confidence given to the claim in hand, as the press of its key leaves it: the pane itself is the browser's."""
    name = f"{field}:{app.session_state['chosen']}"
    app.session_state[name] = None if app.session_state[name] == value else value
    app.run()
