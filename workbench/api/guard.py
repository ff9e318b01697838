"""Who may ask the address for programs, and how an error is told there."""

from __future__ import annotations

import hmac
import os
from collections.abc import Callable
from functools import cache

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from claims import ClaimsError, Store
from claims.errors import NotThere
from workbench.commands.asking import STORE_VARIABLE, Desk

#: Where the token stands. It is never kept, logged or shown; without one nobody may ask.
TOKEN_VARIABLE = "WORKBENCH_API_TOKEN"  # noqa: S105 - the variable's name

#: Characters that a token has at least: a guess must be hopeless.
SHORTEST = 20

Answer = Callable[[Request, Store], Response]


def store() -> Store:
    """The store that the program was started with."""
    return _open(Desk(os.environ.get(STORE_VARIABLE)).address)


def guarded(answer: Answer) -> Callable[[Request], Response]:
    """An answer for who brings the token, on the open store; what the engine refuses is told as JSON."""

    def respond(request: Request) -> Response:
        token = os.environ.get(TOKEN_VARIABLE, "")
        if len(token) < SHORTEST:
            remedy = f"Whoever runs the program sets {TOKEN_VARIABLE} to {SHORTEST} characters or more."
            return told(403, "The address for programs is closed.", remedy)
        scheme, _, brought = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not hmac.compare_digest(brought.strip().encode(), token.encode()):
            refused = told(401, "The token is missing or wrong.", "Send the header Authorization: Bearer TOKEN.")
            refused.headers["www-authenticate"] = "Bearer"
            return refused
        try:
            return answer(request, store())
        except NotThere as error:
            return told(404, error.problem, error.remedy)
        except ClaimsError as error:
            return told(400, error.problem, error.remedy)

    return respond


def health(_request: Request) -> Response:
    """Whether the program runs and its store answers; no token, and nothing of what it holds."""
    try:
        store().latest_event_seq()
    except ClaimsError:
        return JSONResponse({"status": "the store does not answer"}, 503)
    return JSONResponse({"status": "ok"})


def told(status: int, problem: str, remedy: str) -> JSONResponse:
    """An error as every answer here tells it."""
    return JSONResponse({"problem": problem, "remedy": remedy}, status)


@cache
def _open(address: str) -> Store:
    return Store(address)
