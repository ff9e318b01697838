"""A real server and a real Chromium for the journeys; both are waited for by their state, never by time."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import accumulate
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Browser, Locator, Page, expect
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

from claims import Store
from tests.claims.conftest import make_article, make_claim

#: The page, when nothing of it is being drawn.
AT_REST = '[data-testid="stApp"][data-test-script-state="notRunning"]'

expect.set_options(timeout=30_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder is a journey."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


def free_port() -> int:
    """A port of this machine's that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_healthy(port: int, base: str = "") -> str:
    """The address of the desk at this port, under this path of it, once it answers."""
    address = f"http://127.0.0.1:{port}{base}"
    wait_until_answered(f"{address}/_stcore/health")
    return address


def wait_until_answered(address: str) -> None:
    """Return once a server that is just starting answers at this address."""
    with requests.Session() as session:
        session.mount("http://", HTTPAdapter(max_retries=Retry(total=60, backoff_factor=0.1, backoff_max=1)))
        session.get(address, timeout=30).raise_for_status()


@contextmanager
def served(*command: str, base: str = "") -> Iterator[str]:
    """The address of a workbench started with these words, under a base path if one is given, until the block ends."""
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "workbench", *command, "--port", str(port), "--no-browser"],
        env={**os.environ, **({"STREAMLIT_SERVER_BASE_URL_PATH": base} if base else {})},
        stdout=subprocess.DEVNULL,
    )
    try:
        yield wait_until_healthy(port, base)
    finally:
        server.terminate()
        server.wait(timeout=30)


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., str]]:
    """Start a workbench on a store in a folder of its own; more words go to the command line."""
    with ExitStack() as stack:
        yield lambda *words: stack.enter_context(served(*words, "--store", str(tmp_path / "desk.sqlite")))


@pytest.fixture
def strike(serve: Callable[..., str], tmp_path: Path) -> str:
    """The address of a desk on one article of sixty plain claims, put in without reading: it is there at once."""
    sentences = [f"On day {day} of the strike {100 + day} guards stayed at home. " for day in range(1, 61)]
    article = make_article("".join(sentences), title="Sixty days of strike")
    ends = list(accumulate(map(len, sentences)))
    found = [
        make_claim(article, end - len(words), end - 1, seq, checkability=1 - seq / 100, speaker="the union")
        for seq, (words, end) in enumerate(zip(sentences, ends, strict=True), 1)
    ]
    with Store(tmp_path / "desk.sqlite", actor="Marusa") as store:
        store.add_article(article, found)
    return serve()


@pytest.fixture(scope="module")
def looked_at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """One demo for all the journeys of a file that change nothing in it: its address and its store."""
    store = tmp_path_factory.mktemp("demo") / "desk.sqlite"
    with served("demo", "--store", str(store)) as address:
        yield address, store


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page in a profile of its own, with nothing remembered; it may ask nothing of any other machine."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    yield context.new_page()
    context.close()
    assert [url for url in asked if not url.startswith(("http://127.0.0.1:", "data:", "blob:"))] == []


def given(form: Locator, field: str) -> Locator:
    """The answer that is given in the form: its "verdict" or its "confidence"."""
    return form.get_by_role("group", name=re.compile(f"^{field}", re.IGNORECASE)).locator('[aria-pressed="true"]')


@pytest.fixture
def colleague(chromium: Browser) -> Iterator[Page]:
    """A page of somebody else, in a browser profile of their own."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()
