"""The bell: rings in every open desk as soon as any process has written, so that no desk waits for its next question.

    address    where the browser listens to it; nowhere, where the record is a file: the desk asks every few seconds
    ROUTE      the WebSocket there

It says that something was written and nothing of what: the desk then asks as it does anyway, as whoever sits there.
"""

from __future__ import annotations

import asyncio
from asyncio import AbstractEventLoop
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import Lock

from starlette.concurrency import run_in_threadpool
from starlette.routing import WebSocketRoute
from starlette.status import WS_1008_POLICY_VIOLATION, WS_1013_TRY_AGAIN_LATER
from starlette.websockets import WebSocket, WebSocketDisconnect

from claims import ClaimsError, Store
from workbench import record, signin
from workbench.door import is_inside, is_own_page

_PATH = "/api/bell"


class Bell:
    """Rings for all who attend it, whichever process has written to the store."""

    def __init__(self, store: Store) -> None:
        self._lock = Lock()
        self._attending: dict[asyncio.Event, AbstractEventLoop] = {}
        self._listening = store.listen(self._ring)

    @contextmanager
    def attended(self) -> Iterator[asyncio.Event]:
        """An event of this loop's that is set at each ring, until the block ends."""
        rung = asyncio.Event()
        with self._lock:
            self._attending[rung] = asyncio.get_running_loop()
        try:
            yield rung
        finally:
            with self._lock:
                del self._attending[rung]

    def close(self) -> None:
        """Ring no more."""
        if self._listening:
            self._listening.close()

    def _ring(self) -> None:
        with self._lock:
            for rung, loop in self._attending.items():
                if not loop.is_closed():
                    loop.call_soon_threadsafe(rung.set)


def address(store: Store) -> str:
    """Where a browser listens for what is written to this store, seen from any page; empty where it is told to nobody."""
    return _PATH.lstrip("/") if store.tells else ""


@cache
def _bell(store: Store) -> Bell:
    return Bell(store)


async def attend(socket: WebSocket) -> None:
    """Say "written" at each ring, to a page of the desk's own and, where it has a sign-in, to who is in."""
    if not is_own_page(socket) or not await run_in_threadpool(_may_listen, socket):
        await socket.close(WS_1008_POLICY_VIOLATION)
        return
    try:
        bell = await run_in_threadpool(lambda: _bell(record.store()))
    except ClaimsError:  # the record does not answer; the page asks again
        await socket.close(WS_1013_TRY_AGAIN_LATER)
        return
    await socket.accept()
    with bell.attended() as rung:
        left = asyncio.create_task(_left(socket))
        try:
            while not left.done():
                ring = asyncio.create_task(rung.wait())
                await asyncio.wait({left, ring}, return_when=asyncio.FIRST_COMPLETED)
                ring.cancel()
                if rung.is_set() and not left.done():
                    rung.clear()
                    await socket.send_text("written")
        except WebSocketDisconnect:
            pass
        finally:
            left.cancel()


def _may_listen(socket: WebSocket) -> bool:
    return signin.settings() is None or is_inside(socket.cookies)


async def _left(socket: WebSocket) -> None:
    while (await socket.receive())["type"] != "websocket.disconnect":
        pass


ROUTE = WebSocketRoute(_PATH, attend)
