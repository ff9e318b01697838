"""What Streamlit serves: the screens, the address for programs and the downloads beside them, and the headers of every answer.

Where the desk would listen on a network without a sign-in, it does not start.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.routing import Route, WebSocketRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

from workbench import bell, configuration, download
from workbench.api import ROUTES
from workbench.beneath import placed
from workbench.door import Door
from workbench.ending import lifespan
from workbench.signin import check_open

#: What every answer says to the browser: no guessing of types, no telling where one came from, in nobody's frame.
HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "content-security-policy": "frame-ancestors 'self'; base-uri 'self'; form-action 'self'; object-src 'none'",
}


class Headers:
    """Puts :data:`HEADERS` on every answer that has none of its own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the answer back with its headers."""

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, sent if scope["type"] == "http" else send)


_ROUTES: tuple[Route | WebSocketRoute, ...] = (*ROUTES, bell.ROUTE, download.ROUTE)

configuration.take()  # where `streamlit run` starts this, and the command line has not
check_open(config.get_option("server.address"))

app = st.App(
    Path(__file__).with_name("app.py"),
    lifespan=lifespan,
    routes=[placed(route) for route in _ROUTES],
    middleware=[Middleware(Headers), Middleware(Door)],
)
