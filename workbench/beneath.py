"""The base path: under what path of its address the desk stands, such as /desk beside other pages (``server.baseUrlPath``).

    base      that path; empty where the desk has the address to itself
    placed    a route of the desk's own as it stands there
    within    a path that was asked for, as the routes are named

Streamlit puts its own routes there by itself, and sends the cookies of a sign-in nowhere else.
"""

from __future__ import annotations

from starlette.routing import Route, WebSocketRoute
from streamlit import config


def base() -> str:
    """The base path with its first slash and without a last one."""
    path = (config.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{path}" if path else ""


def placed(route: Route | WebSocketRoute) -> Route | WebSocketRoute:
    """The same route under the base path."""
    if isinstance(route, Route):
        return Route(base() + route.path, route.endpoint)
    return WebSocketRoute(base() + route.path, route.endpoint)


def within(path: str) -> str:
    """The path without the base path before it."""
    return path.removeprefix(base()) if path.startswith(f"{base()}/") else path
