"""Who may ask the address for programs, and how an error is told there."""

from __future__ import annotations

import hmac
import logging
import os
from collections.abc import Callable
from functools import wraps

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from claims import ClaimsError, Store
from claims.errors import NotThere
from workbench import record
from workbench.beneath import within

#: Where the token stands. It is never kept, logged or shown; without one nobody may ask.
TOKEN_VARIABLE = "WORKBENCH_API_TOKEN"  # noqa: S105 - the variable's name

#: Characters that a token has at least: a guess must be hopeless.
SHORTEST = 20

Answer = Callable[[Request, Store], Response]
Respond = Callable[[Request], Response]

_log = logging.getLogger(__name__)


def caught(respond: Respond) -> Respond:
    """The same, with what nobody thought of told as every other error is: who asks learns that, and the log what it was."""

    @wraps(respond)
    def safely(request: Request) -> Response:
        try:
            return respond(request)
        except Exception:  # noqa: BLE001 - the last handler: it is logged whole, and told in the shape of the others
            _log.exception("The address for programs has no answer to %r", request.scope["path"])
            return told(500, "The program has a fault of its own.", "Tell whoever runs it: its log says what it was.")

    return safely


def guarded(answer: Answer) -> Respond:
    """An answer for who brings the token, on the open store; what the engine refuses is told as JSON."""

    @caught
    def respond(request: Request) -> Response:
        token = os.environ.get(TOKEN_VARIABLE, "").strip()  # one that was read from a file ends in a new line
        if len(token) < SHORTEST:
            remedy = f"Whoever runs the program sets {TOKEN_VARIABLE} to {SHORTEST} characters or more."
            return told(403, "The address for programs is closed.", remedy)
        # Both as the bytes that they came as: neither a header nor a variable says in what encoding it is.
        scheme, _, brought = request.headers.get("authorization", "").encode("latin-1").partition(b" ")
        if scheme.lower() != b"bearer" or not hmac.compare_digest(brought.strip(), os.fsencode(token)):
            refused = told(401, "The token is missing or wrong.", "Send the header Authorization: Bearer TOKEN.")
            refused.headers["www-authenticate"] = "Bearer"
            return refused
        try:
            return answer(request, record.store())
        except NotThere as error:
            return told(404, error.problem, error.remedy)
        except ClaimsError as error:
            return told(400, error.problem, error.remedy)

    return respond


def nowhere(request: Request, _store: Store) -> Response:
    """What is asked for and is not there."""
    raise NotThere(f"There is nothing at {within(request.scope['path'])!r}.", "See /api/openapi.json.")


@caught
def health(_request: Request) -> Response:
    """Whether the program runs and its store answers; no token, and nothing of what it holds."""
    try:
        record.store().latest_event_seq()
    except ClaimsError:
        return JSONResponse({"status": "the store does not answer"}, 503)
    return JSONResponse({"status": "ok"})


def told(status: int, problem: str, remedy: str) -> JSONResponse:
    """An error as every answer here tells it."""
    return JSONResponse({"problem": problem, "remedy": remedy}, status)
