"""The beginning: the desk opens in the browser of who started it, once it answers.

Streamlit does so only for scripts; the desk is a program of routes, for which it opens none.
"""

from __future__ import annotations

from threading import Thread
from time import sleep

from streamlit import cli_util, config
from streamlit.web.server import server_util
from uvicorn import Server

#: Seconds between two looks whether the desk answers.
_MOMENT = 0.1


def open_browser(server: Server) -> None:
    """Open it, unless nobody sits here: without a screen, or where the command said so."""
    if not config.get_option("server.headless"):
        Thread(target=_open_once_started, args=(server,), daemon=True).start()


def _open_once_started(server: Server) -> None:
    while not server.started:
        if server.should_exit:
            return
        sleep(_MOMENT)
    cli_util.open_browser(server_util.get_url(_name()))


def _name() -> str:
    """By which name the desk is asked here: the one that is set for it, or this machine's own."""
    named = config.get_option("browser.serverAddress") if config.is_manually_set("browser.serverAddress") else None
    return str(named or "localhost")
