"""The real server: what it looks up on the web by itself, which is nothing, how it begins, and how it ends."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
import requests
import streamlit

from claims import Article, Query, Store, find_claims
from claims.evidence import Source
from tests.browser.conftest import free_port, wait_until_healthy
from tests.internet_archive import COPY, FOUND, PAGE, send
from tests.internet_archive import running as archive
from tests.workbench.test_cli import wait_for

ROOT = Path(__file__).parents[2]

#: The program, with each name that it looks up written to the file that is named first.
SPY = """
import socket, sys
asked, told = socket.getaddrinfo, open(sys.argv.pop(1), "a", buffering=1)
def spy(host, *rest, **more):
    print(host, file=told)
    return asked(host, *rest, **more)
socket.getaddrinfo = spy
{first}
from workbench.cli import main
main()
"""

#: This machine's own names.
OWN = {"127.0.0.1", "localhost", "0.0.0.0", "::", "::1", "None"}


def machine(home: Path, redirect_uri: str = "https://desk.korda.example/oauth2callback") -> dict[str, str]:
    """The environment of a user whose desk has a sign-in, in a home of their own."""
    told = {
        "redirect_uri": redirect_uri, "cookie_secret": "x" * 32, "client_id": "desk", "client_secret": "known to two",
        "server_metadata_url": "https://id.korda.example/.well-known/openid-configuration", "allow": ["korda.example"],
    }  # fmt: skip
    lines = [f"{name} = {json.dumps(value)}" for name, value in told.items()]
    (home / ".streamlit").mkdir(parents=True)
    (home / ".streamlit" / "secrets.toml").write_text("\n".join(["[auth]", *lines]), encoding="utf-8")
    clean = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("STREAMLIT_") and not name.lower().endswith("_proxy")
    }
    return clean | {"PYTHONPATH": str(ROOT), "HOME": str(home)}


@dataclass(frozen=True)
class Run:
    """A program that runs: its process, its port, and the files of what it says and looks up."""

    process: subprocess.Popen[bytes]
    port: int
    said: Path
    asked: Path

    @property
    def host(self) -> str:
        """Where it is asked."""
        return f"127.0.0.1:{self.port}"

    def looked_up(self) -> set[str]:
        """Every name that it has looked up so far."""
        return set(self.asked.read_text(encoding="utf-8").split())


@contextmanager
def running(home: Path, environment: dict[str, str], *words: str, first: str = "") -> Iterator[Run]:
    """The program once it answers, until the block ends; ``first`` is what it does before all else."""
    port, said, asked = free_port(), home / "said.txt", home / "asked.txt"
    command = [sys.executable, "-c", SPY.format(first=first), str(asked), "--no-browser", "--port", str(port), *words]
    with (
        said.open("wb") as out,
        subprocess.Popen(
            [*command, "--store", str(home / "desk.sqlite")], cwd=home, env=environment, stdout=out, stderr=out
        ) as server,
    ):
        try:
            wait_until_healthy(port)
            yield Run(server, port, said, asked)
        finally:
            server.kill()


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """A desk on the network."""
    home = tmp_path_factory.mktemp("home")
    with running(home, machine(home), "--public") as run:
        yield run


def upgrade(run: Run, origin: str) -> int:
    """The status of the answer to a WebSocket that a page of this origin opens to the screens."""
    asked = {
        "Connection": "Upgrade", "Upgrade": "websocket", "Origin": origin, "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    }  # fmt: skip
    with requests.get(f"http://{run.host}/_stcore/stream", headers=asked, timeout=30, stream=True) as answer:
        return answer.status_code


def test_a_start_on_the_network_looks_nothing_up(public: Run) -> None:
    """Not this machine's address in the world either; where it is, the sign-in's settings say."""
    assert public.looked_up() <= OWN
    said = public.said.read_text(encoding="utf-8")
    assert "They find it at https://desk.korda.example\n" in said
    assert f"URL: http://localhost:{public.port}\n" in said  # where a proxy before it asks
    assert "External" not in said


def test_a_page_of_the_web_has_nothing_looked_up(public: Run) -> None:
    """Its WebSocket is closed at the door; one of the desk's own opens."""
    assert upgrade(public, "https://evil.example") == 403
    assert upgrade(public, f"http://{public.host}") == 101
    assert public.looked_up() <= OWN


def test_a_desk_that_answers_itself_is_told_by_its_name(tmp_path: Path) -> None:
    """Where no proxy stands before it."""
    environment = machine(tmp_path, "http://desk.korda.example:8501/oauth2callback")
    with running(tmp_path, environment, "--public") as run:
        assert run.looked_up() <= OWN
        assert f"URL: http://desk.korda.example:{run.port}\n" in run.said.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("base", "why"),
    [("desk", "The desk stands under /desk"), ("?q", "The desk cannot stand under '?q'")],
)
def test_a_base_path_of_the_environment_is_read_before_anything_is_said(tmp_path: Path, base: str, why: str) -> None:
    """One beside redirect_uri, or one that is none: the refusal alone is said, and not where the desk would be."""
    done = subprocess.run(
        [sys.executable, "-m", "workbench", "--no-browser", "--public"], cwd=tmp_path, capture_output=True, text=True,
        env=machine(tmp_path) | {"STREAMLIT_SERVER_BASE_URL_PATH": base}, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert why in done.stderr
    assert "Listens" not in done.stderr
    assert "URL:" not in done.stdout


#: A second for the answers under way, and one for all else.
SOON = "import workbench.ending; workbench.ending.ANSWERS = workbench.ending.ALL_ELSE = 1"

#: A record that never answers.
STUCK = """
import time, claims
claims.Store.latest_event_seq = lambda _: print("a worker waits", file=told) or time.sleep(3600)
"""


def asking(run: Run, words: str) -> socket.socket:
    """A connection on which this is asked, and nothing of the answer read: little of it fits on the way."""
    raw = socket.socket()
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    raw.connect(("127.0.0.1", run.port))
    raw.sendall(words.replace("\n", "\r\n").encode())
    return raw


def test_a_desk_that_is_told_to_stop_waits_for_nobody_who_holds_on(tmp_path: Path) -> None:
    """Connections that ask nothing, half a question, screens whose page is gone, files that nobody takes: none keeps it."""
    files = Path(streamlit.__file__).parent / "static"
    large = max((path for path in files.rglob("*.js")), key=lambda path: path.stat().st_size).relative_to(files)
    screens = (
        "GET /_stcore/stream HTTP/1.1\nHost: {0}\nOrigin: http://{0}\nUpgrade: websocket\nConnection: Upgrade\n"
        "Sec-WebSocket-Version: 13\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\n\n"
    )
    with running(tmp_path, machine(tmp_path), first=SOON) as run, ExitStack() as held:
        file = f"GET /{large.as_posix()} HTTP/1.1\nHost: {run.host}\n\n"
        for words in ("", "GET / HTTP/1.1\nHo", screens.format(run.host), file * 9):
            for _ in range(5):
                held.enter_context(asking(run, words))
        with held.enter_context(asking(run, screens.format(run.host))).makefile("rb") as answer:
            assert answer.readline().startswith(b"HTTP/1.1 101")
        with held.enter_context(asking(run, file * 9)).makefile("rb") as answer:
            assert answer.readline().startswith(b"HTTP/1.1 200")
        run.process.terminate()
        assert run.process.wait(timeout=60) == -signal.SIGTERM


def test_a_desk_that_is_told_to_stop_waits_for_no_record(tmp_path: Path) -> None:
    """A worker that never comes back is left behind, after Ctrl+C too."""
    with (
        running(tmp_path, machine(tmp_path), first=SOON + STUCK) as run,
        asking(run, f"GET /healthz HTTP/1.1\nHost: {run.host}\n\n"),
    ):
        wait_for(lambda: "a worker waits" in run.asked.read_text(encoding="utf-8"))
        run.process.send_signal(signal.SIGINT)
        assert run.process.wait(timeout=60) == 128 + signal.SIGTERM


def test_a_desk_opens_in_the_browser_of_who_started_it(tmp_path: Path) -> None:
    """Once it answers, at its own address; on a screen, unless the command says --no-browser."""
    programs, opened, port = tmp_path / "bin", tmp_path / "opened.txt", free_port()
    programs.mkdir()
    program = programs / "xdg-open"
    program.write_text(f'#!/bin/sh\necho "$1" > "{opened}.new" && mv "{opened}.new" "{opened}"\n', encoding="utf-8")
    program.chmod(0o755)
    environment = {**os.environ, "DISPLAY": ":9", "PATH": f"{programs}:{os.environ['PATH']}", "HOME": str(tmp_path)}
    command = [sys.executable, "-m", "workbench", "--store", str(tmp_path / "desk.sqlite"), "--port", str(port)]
    with subprocess.Popen(command, cwd=tmp_path, env=environment | {"PYTHONPATH": str(ROOT)}) as server:
        try:
            wait_for(opened.exists)
            address = opened.read_text(encoding="utf-8").strip()
            assert address == f"http://localhost:{port}"
            assert requests.get(address, timeout=30).status_code == 200
        finally:
            server.kill()


def test_what_waits_for_a_copy_is_tried_though_nobody_looks(tmp_path: Path) -> None:
    """A desk that is started again asks for what was left waiting, before anybody has opened a page of it."""
    with Store(tmp_path / "desk.sqlite", actor="Jana") as store, archive() as service:
        article = Article("785 inmates fled the Korda camp.")
        store.add_article(article, find_claims(article))
        [row] = store.rows(Query())
        source = store.add_source(row["claim_id"], row["revision"], Source(PAGE, published=date(2024, 3, 3)))
        store.ask_archived([source])
        service.answers["/available"] = [send(200, FOUND)]
        with running(tmp_path, machine(tmp_path) | service.environment):
            wait_for(lambda: not store.archive_queue())
        assert [kept.source.archived for kept in store.sources(row["claim_id"])] == [COPY]
