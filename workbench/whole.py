"""An act is done whole: Streamlit breaks a callback off wherever it touches the session, once another message has come.

What was written is then written, and what should follow it (the next claim, the form let go) is not; a click that came a
moment before another message may do nothing at all. Streamlit offers no way to ask for the rest, so that the check by which
it breaks off is set aside for as long as the act takes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state import SafeSessionState


def keep_callbacks_whole() -> None:
    """From now on, in every session of this server, what a click or a key asks for is done whole before anything else."""
    begin = SafeSessionState.on_script_will_rerun
    if hasattr(begin, "__wrapped__"):
        return

    @wraps(begin)
    def begin_whole(session: SafeSessionState, *given: Any, **named: Any) -> None:
        session._yield_callback()  # noqa: SLF001 - what came before the act is heeded before it, and nothing during it
        with unbroken(session):
            begin(session, *given, **named)

    SafeSessionState.on_script_will_rerun = begin_whole  # type: ignore[assignment, method-assign]


@contextmanager
def whole() -> Iterator[None]:
    """The same for a block of the script itself; what came meanwhile is heeded after it."""
    context = get_script_run_ctx(suppress_warning=True)
    if context is None:
        yield
        return
    with unbroken(context.session_state):
        yield


@contextmanager
def unbroken(session: SafeSessionState) -> Iterator[None]:
    """Let nothing break off what is done with this session."""
    check = session._yield_callback  # noqa: SLF001 - see above
    object.__setattr__(session, "_yield_callback", lambda: None)
    try:
        yield
    finally:
        object.__setattr__(session, "_yield_callback", check)
