"""A whole newsroom on this machine: PostgreSQL, two desks on one record, and the documented nginx before them."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from itertools import accumulate, count
from pathlib import Path
from typing import Any

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from playwright.sync_api import Browser, BrowserContext, Page

from claims import Query, Store
from tests.browser.conftest import free_port, wait_until_healthy
from tests.claims.conftest import make_article, make_claim
from tests.postgres import Server

ROOT = Path(__file__).parents[2]

#: What those who deploy are given.
DEPLOYED = ROOT / ".deploy"

#: Debian's; its folder is on no ordinary user's path.
NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")

#: Who runs nginx where the tests run as root.
NOBODY: dict[str, Any] = {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}

_AROUND = """
daemon off;
pid {folder}/pid;
error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
    log_format seats '$request_uri $upstream_addr';
    access_log {folder}/access.log seats;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/workbench.conf;
}}
"""


@pytest.fixture(scope="session")
def nginx() -> str:
    """Debian's nginx. Where it is missing a test is skipped, but on CI it fails."""
    if NGINX is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("nginx is not installed: apt-get install nginx")
    return NGINX


@dataclass
class App:
    """One desk of the newsroom, and its process."""

    store: str
    port: int
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Run until :meth:`stop`; returns once it answers."""
        command = [sys.executable, "-m", "workbench", "--store", self.store, "--port", str(self.port), "--no-browser"]
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
        wait_until_healthy(self.port)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End it, and wait until it is gone."""
        if self.process:
            self.process.send_signal(how)
            self.process.wait(timeout=30)


@dataclass
class Newsroom:
    """Two desks on one record behind one address."""

    address: str
    store: str
    apps: list[App]
    folder: Path
    browser: Browser
    _numbers: Iterator[int] = field(default_factory=count)
    _contexts: list[BrowserContext] = field(default_factory=list)

    def sit(self, at: int, path: str = "/") -> Page:
        """A page of a browser of its own that nginx leads to this desk of the two."""
        context = self.browser.new_context(viewport={"width": 1280, "height": 800}, ignore_https_errors=True)
        self._contexts.append(context)
        seat = next(seat for seat in (str(number) for number in self._numbers) if self._led_to(seat) == at)
        context.add_cookies([{"name": "desk", "value": seat, "url": self.address}])
        page = context.new_page()
        page.goto(self.address + path)
        return page

    def _led_to(self, seat: str) -> int:
        """The desk that nginx leads a browser with this cookie to, as its log says."""
        asked = f"/healthz?seat={seat}"
        ours = self.folder / "fullchain.pem"
        requests.get(self.address + asked, cookies={"desk": seat}, verify=ours, timeout=30).raise_for_status()
        said = None
        while said is None:  # the line is written once the answer is sent
            said = re.search(rf"^{re.escape(asked)} .*:(\d+)$", (self.folder / "access.log").read_text(), re.MULTILINE)
        return [app.port for app in self.apps].index(int(said[1]))

    def leave(self) -> None:
        """Close all browsers."""
        while self._contexts:
            self._contexts.pop().close()


def certified(folder: Path) -> None:
    """A certificate for this machine, and its key, as nginx takes them."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "privkey.pem").write_bytes(private)


def settled(folder: Path, port: int, apps: list[int]) -> None:
    """The documented configuration in this folder, with these ports and the folder's own certificate."""
    text = (DEPLOYED / "nginx.conf").read_text(encoding="utf-8")
    replaced = {
        "listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
        "/etc/ssl/desk.korda.example": str(folder),
        "server_name desk.korda.example": "server_name 127.0.0.1",
        **{f"127.0.0.1:{8501 + number}": f"127.0.0.1:{each}" for number, each in enumerate(apps)},
    }
    for was, becomes in replaced.items():
        assert was in text
        text = text.replace(was, becomes)
    certified(folder)
    (folder / "workbench.conf").write_text(text)
    (folder / "nginx.conf").write_text(_AROUND.format(folder=folder))


def hand_over(folder: Path) -> None:
    """Let the one who runs nginx own its folder."""
    if NOBODY:
        for path in (folder, *folder.iterdir()):
            os.chown(path, NOBODY["user"], NOBODY["group"])


def wait_until_listened(port: int) -> None:
    """Return once a server that is just starting listens at this port."""
    until = time.monotonic() + 30
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            assert time.monotonic() < until
            time.sleep(0.02)
        else:
            return


@contextmanager
def proxied(nginx: str, apps: list[int]) -> Iterator[tuple[str, Path]]:
    """The address of nginx before these ports, and its folder, until the block ends; it runs as an ordinary user."""
    folder, port = Path(tempfile.mkdtemp(prefix="newsroom-")), free_port()
    try:
        settled(folder, port, apps)
        hand_over(folder)
        command = [nginx, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]
        with subprocess.Popen(command, **NOBODY) as server:
            try:
                wait_until_listened(port)
                yield f"https://127.0.0.1:{port}", folder
            finally:
                server.terminate()
                server.wait(timeout=30)
    finally:
        shutil.rmtree(folder)


def filled(address: str) -> None:
    """Sixty plain claims and a roster, put in without reading."""
    sentences = [f"On day {day} of the strike {100 + day} guards stayed at home. " for day in range(1, 61)]
    article = make_article("".join(sentences), title="Sixty days of strike")
    ends = list(accumulate(map(len, sentences)))
    found = [
        make_claim(article, end - len(words), end - 1, seq, checkability=1 - seq / 100, speaker="the union")
        for seq, (words, end) in enumerate(zip(sentences, ends, strict=True), 1)
    ]
    with Store(address, actor="Ana") as store:
        store.add_article(article, found)
        for name, role in (("Ana", "admin"), ("Jana", "checker"), ("Ilic", "checker")):
            store.add_person(name, role, actor="Ana")
        assert store.count(Query()) == 60


@pytest.fixture(scope="module")
def running(postgresql: Server, nginx: str, chromium: Browser) -> Iterator[Newsroom]:
    """A newsroom for all the journeys of a file."""
    with ExitStack() as stack:
        store = stack.enter_context(postgresql.database())
        filled(store)
        apps = [App(store, free_port()) for _ in range(2)]
        for app in apps:
            stack.callback(app.stop)
            app.start()
        address, folder = stack.enter_context(proxied(nginx, [app.port for app in apps]))
        yield Newsroom(address, store, apps, folder, chromium)


@pytest.fixture
def newsroom(running: Newsroom) -> Iterator[Newsroom]:
    """The newsroom, and browsers that are closed when the journey is over."""
    yield running
    running.leave()
