"""The Internet Archive on this machine: its services over real HTTP, in the shapes that they are documented with."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler

from claims.evidence.archive_links import ADDRESS, SAVE_ADDRESS, Archive
from claims.fetch import Limits
from tests.loopback import listening

PAGE = "https://korda.example/roll-call?day=4"
COPY = f"https://web.archive.org/web/20240304101500/{PAGE}"

#: What the availability service says of a page that it has, as it is documented: the address comes with http.
CLOSEST = {
    "available": True,
    "url": COPY.replace("https://web", "http://web"),
    "timestamp": "20240304101500",
    "status": "200",
}
FOUND = {"url": PAGE, "archived_snapshots": {"closest": CLOSEST}}
NONE = {"url": PAGE, "archived_snapshots": {}}

Respond = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Service:
    """What it answers by the beginning of a path, and what it was asked."""

    answers: dict[str, list[Respond]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)
    address: str = ""

    def archive(self, keys: str = "", **given: float) -> Archive:
        """The archive that stands here."""
        limits = Limits(
            allow_hosts=frozenset({"127.0.0.1"}),
            connect_seconds=2,
            read_seconds=0.3,
            total_seconds=2,
            largest_file=20_000,
        )
        return Archive(
            f"{self.address}/available",
            self.address,
            keys,
            limits,
            **{"pause": 0.0, "patience": 2.0, "between": 0.0, **given},
        )

    @property
    def environment(self) -> dict[str, str]:
        """The settings by which the program asks here."""
        return {ADDRESS: f"{self.address}/available", SAVE_ADDRESS: self.address, "WORKBENCH_ALLOW_HOSTS": "127.0.0.1"}


def send(status: int, body: object, **headers: str) -> Respond:
    """An answer of this, JSON unless it is bytes."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()

    def respond(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(content)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(content)

    return respond


@contextmanager
def running() -> Iterator[Service]:
    """The services on this machine; of several answers to one path, the last one stays."""
    service = Service()

    def respond(handler: BaseHTTPRequestHandler) -> None:
        service.asked.append(handler.path)
        service.keys.append(handler.headers["Authorization"])
        name = next((name for name in sorted(service.answers, reverse=True) if handler.path.startswith(name)), "")
        answers = service.answers.get(name) or [send(404, b"")]
        (answers.pop(0) if len(answers) > 1 else answers[0])(handler)

    with listening(respond, service.over) as service.address:
        yield service
