"""The base path: under what path of its address the desk stands, such as /desk beside other pages (``server.baseUrlPath``).

    base      that path; empty where the desk has the address to itself
    checked   the same, where it can be one
    placed    a route of the desk's own as it stands there
    within    a path that was asked for, as the routes are named

Streamlit puts its own routes there by itself, and sends the cookies of a sign-in nowhere else.
"""

from __future__ import annotations

import re

from starlette.routing import Route, WebSocketRoute
from streamlit import config

from claims.errors import ClaimsError

#: What stays as it is in an address, between strokes; the names "." and ".." mean other folders there.
_PLAIN = re.compile(r"(/(?!\.{1,2}(/|$))[A-Za-z0-9._~-]+)*")


def base() -> str:
    """The base path with its first slash and without a last one."""
    path = (config.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{path}" if path else ""


def checked() -> str:
    """The base path; ClaimsError for one under which no browser would find the desk.

    >>> _PLAIN.fullmatch("/korda/desk-2") is not None, _PLAIN.fullmatch("/?q"), _PLAIN.fullmatch("/https://a/b")
    (True, None, None)
    """
    path = base()
    if not _PLAIN.fullmatch(path):
        raise ClaimsError(
            f"The desk cannot stand under {path[1:]!r} (server.baseUrlPath): that is no path of an address.",
            "Give names of letters without accents, digits, - . _ and ~, with / between them, such as desk.",
        )
    return path


def placed(route: Route | WebSocketRoute) -> Route | WebSocketRoute:
    """The same route under the base path."""
    if isinstance(route, Route):
        return Route(base() + route.path, route.endpoint)
    return WebSocketRoute(base() + route.path, route.endpoint)


def within(path: str) -> str:
    """The path without the base path before it."""
    return path.removeprefix(base()) if path.startswith(f"{base()}/") else path
