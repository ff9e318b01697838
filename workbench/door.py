"""What a browser may ask for beside the screens: downloads and uploads only by who is in, and no desk under another's name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from claims.errors import ClaimsError
from workbench import record, signin
from workbench.beneath import within

#: Where Streamlit keeps what it hands out and takes in; the pictures among them are the door's own: the logo, the icon.
_KEPT, _TAKEN, _PICTURES = "/media/", "/_stcore/upload_file/", (".png", ".svg")

#: Where Streamlit tells how many are at the desk, and what its memory holds.
_COUNTED = "/_stcore/metrics"

#: Where the files that leave are made.
DOWNLOADS = "/download/"

#: The names of this machine, by which a desk without a sign-in is asked.
_OWN_NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})

_POLICY_VIOLATION = 1008
_AS_BEFORE, _FORBIDDEN = 304, 403


class Door:
    """Turns away who may not come in.

    Without a sign-in the desk answers to this machine's own names alone: a page of the web whose name was made to lead
    here would else read it through its reader's browser. With one, files are given to and taken from those who are in, and
    they alone hear Streamlit's own numbers.
    A page from elsewhere gets no WebSocket: Streamlit, to refuse it, would ask Amazon for this machine's address first.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer it here."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        asked = HTTPConnection(scope)
        behind = signin.settings() is not None
        if scope["type"] == "websocket" and "origin" in asked.headers and not is_own_page(asked):
            why = "Only this desk's own pages may ask that."
        elif not behind:
            why = "" if _is_own_name(asked) else "This desk answers on this machine only, as http://localhost."
        else:
            why = "" if await _may_have(asked) else "Sign in at this desk first."
        if not why:
            await self._app(scope, receive, send)
        elif behind and (path := _path(asked)).startswith(_KEPT) and path.endswith(_PICTURES):
            await self._app(scope, receive, _pictures_alone(why, scope, receive, send))
        elif scope["type"] == "websocket":
            await WebSocketClose(_POLICY_VIOLATION, why)(scope, receive, send)
        else:
            await PlainTextResponse(why, _FORBIDDEN)(scope, receive, send)


def is_own_page(asked: HTTPConnection) -> bool:
    """Whether a page of this desk asks: a page of the web may open a WebSocket to anywhere, and says where it is from.

    A proxy before the desk passes the Host on that it was asked for.
    """
    try:
        return urlsplit(asked.headers.get("origin", "")).netloc == asked.headers.get("host")
    except ValueError:  # no address at all
        return False


def is_inside(cookies: Mapping[str, str]) -> bool:
    """Whether these cookies are of somebody who has signed in and is on the roster."""
    rules, told = signin.settings(), told_by(cookies)
    if rules is None or not told:
        return False
    try:
        person = record.store().person_at(signin.admit(told, rules, signin.now()).address)
    except ClaimsError:
        return False
    return person is not None and person.active


def told_by(cookies: Mapping[str, str]) -> dict[str, Any]:
    """What the provider told of who brings these cookies; nothing where they are not signed by this desk."""

    def one(name: str) -> bytes | None:
        value = cookies.get(name)
        return decode_signed_value(get_cookie_secret(), name, value.encode("latin-1", "replace")) if value else None

    try:
        signed = get_cookie_with_chunks(one, USER_COOKIE_NAME)
        told = json.loads(signed) if signed else {}
    except ValueError:  # of a long one, a part is missing
        return {}
    return told if isinstance(told, dict) and told.get("is_logged_in") else {}


def _is_own_name(asked: HTTPConnection) -> bool:
    host = asked.headers.get("host", "")
    name = host if host.endswith("]") else host.rpartition(":")[0] or host
    return name.lower() in _OWN_NAMES


def _path(asked: HTTPConnection) -> str:
    """The path that will be answered: ``asked.url`` is made of the name that the request gives the server, too."""
    return within(asked.scope["path"])


def _pictures_alone(why: str, scope: Scope, receive: Receive, send: Send) -> Send:
    """``send`` for pictures, and a refusal for anything else: a name that ends as a picture's is given to any file that is asked for so."""
    refused = False

    async def checked(message: Message) -> None:
        nonlocal refused
        if message["type"] == "http.response.start" and not _is_picture(message):
            refused = True
            await PlainTextResponse(why, _FORBIDDEN)(scope, receive, send)
        elif not refused:
            await send(message)

    return checked


def _is_picture(begun: Message) -> bool:
    kind = Headers(raw=begun["headers"]).get("content-type", "")
    return begun["status"] == _AS_BEFORE or kind.startswith("image/")


async def _may_have(asked: HTTPConnection) -> bool:
    is_kept = _path(asked).startswith((_KEPT, _TAKEN, _COUNTED, DOWNLOADS))
    return not is_kept or await run_in_threadpool(is_inside, asked.cookies)
