"""An act is done whole: Streamlit breaks a callback off wherever it touches the session, once another message has come.

What was written is then written, and what should follow it (the next claim, the form let go) is not. Streamlit offers no
way to ask for the rest, so that the check by which it breaks off is set aside for as long as the act takes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state import SafeSessionState


@contextmanager
def whole() -> Iterator[None]:
    """Let nothing break off what is done in this block; what came meanwhile is heeded after it."""
    context = get_script_run_ctx(suppress_warning=True)
    if context is None:
        yield
        return
    with unbroken(context.session_state):
        yield


@contextmanager
def unbroken(session: SafeSessionState) -> Iterator[None]:
    """The same for this session."""
    check = session._yield_callback  # noqa: SLF001 - see above
    object.__setattr__(session, "_yield_callback", lambda: None)
    try:
        yield
    finally:
        object.__setattr__(session, "_yield_callback", check)
