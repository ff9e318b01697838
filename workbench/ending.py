"""The end: a desk that is told to stop ends within seconds, also where somebody holds a connection to it open.

    lifespan    what Streamlit runs around the desk's life, from its beginning

uvicorn waits for every client to let go, without a limit unless one is set, and Streamlit sets none. What was marked is
kept at once: there is nothing to wait for.
"""

from __future__ import annotations

import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from threading import Thread
from time import sleep

from uvicorn import Server

from workbench import record
from workbench.beginning import open_browser
from workbench.forms.sources import retrying

#: Seconds that answers under way are given, and then that all else is.
ANSWERS, ALL_ELSE = 5, 3

#: Seconds between two looks whether the end has come, and that the record is given to close.
_MOMENT = 1


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[None]:
    """Set the limit on the server that runs the desk, and see to its end; what waits for a copy is tried until then."""
    server = getattr(signal.getsignal(signal.SIGTERM), "__self__", None)
    if isinstance(server, Server):  # another program's ends as that program does
        open_browser(server)
        server.config.timeout_graceful_shutdown = ANSWERS
        Thread(target=_see_to_the_end, args=(server,), daemon=True).start()
        retrying.begin(lambda: server.should_exit)
    yield


def _see_to_the_end(server: Server) -> None:
    """Once the server is told to stop, leave with it after a while, whatever still runs."""
    while not server.should_exit:
        sleep(_MOMENT)
    sleep(ANSWERS + ALL_ELSE)
    closing = Thread(target=record.let_go, daemon=True)
    closing.start()
    closing.join(_MOMENT)
    os._exit(128 + signal.SIGTERM)
