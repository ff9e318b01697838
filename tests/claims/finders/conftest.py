"""A web of this machine: services that answer over real HTTP in the shapes that the real ones have been recorded with."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from claims.fetch import Limits
from claims.finders import Asker
from tests.loopback import listening

Respond = Callable[[BaseHTTPRequestHandler, dict[str, str]], None]

#: What the tests ask within: this machine alone, and answers in moments.
LIMITS = Limits(
    allow_hosts=frozenset({"127.0.0.1"}), connect_seconds=2, read_seconds=2, total_seconds=5, largest_file=20_000
)


@dataclass
class Web:
    """What each path answers, what was asked, and an event that ends every wait."""

    address: str = ""
    answers: dict[str, Respond] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def environment(self, *names: str, **more: str) -> dict[str, str]:
        """Settings by which these services are switched on and stand here."""
        at = {f"WORKBENCH_{name.upper()}_ADDRESS": f"{self.address}/{name}" for name in names}
        return {"WORKBENCH_FINDERS": " ".join(names), **at, **more}


@contextmanager
def running(web: Web) -> Iterator[Web]:
    def respond(handler: BaseHTTPRequestHandler) -> None:
        parts = urlsplit(handler.path)
        given = dict(parse_qsl(parts.query))
        web.asked.append((parts.path, given))
        web.headers.append({name.lower(): value for name, value in handler.headers.items()})
        web.answers[parts.path](handler, given)

    with listening(respond, web.over) as web.address:
        yield web


def send(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200, **headers: str) -> None:
    """Answer with this."""
    handler.send_response(status)
    given = {"Content-Type": "application/json; charset=utf-8", "Content-Length": str(len(body))}
    for name, value in (given | {name.replace("_", "-"): value for name, value in headers.items()}).items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


def saying(answer: Any, status: int = 200, **headers: str) -> Respond:
    """An answer that is always the same: bytes as they are, all else as JSON."""
    body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
    return lambda handler, _: send(handler, body, status, **headers)


def saying_by(choose: Callable[[dict[str, str]], Any]) -> Respond:
    """An answer by what is asked."""
    return lambda handler, given: send(handler, json.dumps(choose(given)).encode())


@pytest.fixture
def web() -> Iterator[Web]:
    """The services, none of which answers yet."""
    with running(Web()) as web:
        yield web


@pytest.fixture
def asker() -> Asker:
    """Somebody who asks on this machine, and remembers nothing yet."""
    return Asker(LIMITS)
