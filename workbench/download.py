"""Downloads: a file is made when its link is followed, piece by piece on the disk, and its link holds for once.

    address    a link to a form of some claims, for the page that draws it
    holds      whether a link is still good
    ROUTE      where the link leads

The link is a secret that nobody can guess, and where the desk has a sign-in its door asks for that beside it. Nothing of a file
depends on the page from which it was asked: that may be redrawn, or left, while the file is made.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from threading import Lock
from time import monotonic
from typing import IO

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from claims import ClaimsError, Query, Store
from claims.export.forms import Form, pieces
from workbench.api import guard
from workbench.door import DOWNLOADS

#: Seconds that a link is good: a long working day. So many are, the newest.
LASTS, MOST = 12 * 3600, 10_000

#: Where a link lies, seen from any page of the desk.
_BESIDE = DOWNLOADS.lstrip("/")


@dataclass(frozen=True, slots=True)
class _Asked:
    store: Store
    form: Form
    query: Query
    until: float


_links: OrderedDict[str, _Asked] = OrderedDict()
_lock = Lock()


def address(store: Store, form: Form, query: Query) -> str:
    """A link to this form of these claims of a record, as they are when it is followed; it is good for once.

    It lies beside the pages, whatever path leads to them.
    """
    link = f"{_BESIDE}{secrets.token_urlsafe(32)}/{form.file}"
    with _lock:
        _links[link] = _Asked(store, form, query, monotonic() + LASTS)
        while len(_links) > MOST:
            _links.popitem(last=False)
    return link


def holds(link: str) -> bool:
    """Whether a link was not followed yet, and not too long ago made."""
    with _lock:
        asked = _links.get(link)
    return asked is not None and monotonic() < asked.until


@guard.caught
def follow(request: Request) -> Response:
    """The file; what was refused is told in the page that was opened for it."""
    link = f"{_BESIDE}{request.path_params['secret']}/{request.path_params['file']}"
    if request.method != "GET" or "prefetch" in request.headers.get("sec-purpose", ""):
        return PlainTextResponse("Open this link to download its file.", 405, {"allow": "GET"})
    with _lock:
        asked = _links.pop(link, None)
    if asked is None or monotonic() >= asked.until:
        return PlainTextResponse("This link was good for once. Close this page and press Download again.", 410)
    try:
        query = asked.query
        if query.reader is not None:  # what the desk keeps back now, not when the page was drawn
            query = replace(query, read_twice=asked.store.rules().second_reading)
        file = asked.form.made(asked.store, query, datetime.now(UTC))
    except ClaimsError as error:
        return PlainTextResponse(f"{error.problem} {error.remedy}", 503)
    return _Sent(file, asked.form)


class _Sent(StreamingResponse):
    """A file that is sent, and closed however that ends."""

    def __init__(self, file: IO[bytes], form: Form) -> None:
        size = file.seek(0, 2)
        file.seek(0)
        headers = {
            "content-length": str(size),
            "content-disposition": f'attachment; filename="{form.file}"',
            "cache-control": "no-store",
        }
        super().__init__(pieces(file), media_type=form.media_type, headers=headers)
        self._file = file

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._file.close()


ROUTE = Route(f"{DOWNLOADS}{{secret}}/{{file}}", follow)
