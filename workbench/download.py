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
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock
from time import monotonic

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from claims import ClaimsError, Query
from claims.export.forms import Form, pieces
from workbench.api import guard
from workbench.door import DOWNLOADS

#: Seconds that a link is good: a long working day. So many are, the newest.
LASTS, MOST = 12 * 3600, 10_000


@dataclass(frozen=True, slots=True)
class _Asked:
    form: Form
    query: Query
    until: float


_links: OrderedDict[str, _Asked] = OrderedDict()
_lock = Lock()


def address(form: Form, query: Query) -> str:
    """A link to this form of these claims, as they are when it is followed; it is good for once."""
    link = f"{DOWNLOADS}{secrets.token_urlsafe(32)}/{form.file}"
    with _lock:
        _links[link] = _Asked(form, query, monotonic() + LASTS)
        while len(_links) > MOST:
            _links.popitem(last=False)
    return link


def holds(link: str) -> bool:
    """Whether a link was not followed yet, and not too long ago made."""
    with _lock:
        asked = _links.get(link)
    return asked is not None and monotonic() < asked.until


def follow(request: Request) -> Response:
    """The file; what was refused is told in the page that was opened for it."""
    with _lock:
        asked = _links.pop(f"{DOWNLOADS}{request.path_params['secret']}/{request.path_params['file']}", None)
    if asked is None or monotonic() >= asked.until:
        return PlainTextResponse("This link was good for once. Close this page and press Download again.", 410)
    try:
        file = asked.form.made(guard.store(), asked.query, datetime.now(UTC))
    except ClaimsError as error:
        return PlainTextResponse(f"{error.problem} {error.remedy}", 503)
    size = file.seek(0, 2)
    file.seek(0)
    headers = {
        "content-length": str(size),
        "content-disposition": f'attachment; filename="{asked.form.file}"',
        "cache-control": "no-store",
    }
    return StreamingResponse(pieces(file), media_type=asked.form.media_type, headers=headers)


ROUTE = Route(f"{DOWNLOADS}{{secret}}/{{file}}", follow)
