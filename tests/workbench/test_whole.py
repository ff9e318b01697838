"""An act on the screen is done whole, whatever comes while it is under way."""

from __future__ import annotations

import pytest
from streamlit.runtime.scriptrunner_utils.exceptions import RerunException
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData
from streamlit.runtime.state import SafeSessionState, SessionState

from workbench.whole import unbroken, whole


def test_a_message_that_comes_breaks_no_act_off() -> None:
    """Within the block the session is read and written though a message waits; after it, the message is heeded."""

    def waits() -> None:
        raise RerunException(RerunData())

    session = SafeSessionState(SessionState(), waits)
    with pytest.raises(RerunException):
        session["chosen"] = "c1"
    with unbroken(session):
        session["heard"] = 1
        session["chosen"] = "c2"
        assert (session["heard"], session["chosen"]) == (1, "c2")
    with pytest.raises(RerunException):
        session["chosen"] = "c3"
    with pytest.raises(ZeroDivisionError), unbroken(session):
        session["chosen"] = 1 / 0
    with pytest.raises(RerunException):
        session["chosen"] = "c4"


def test_without_a_session_there_is_nothing_to_break() -> None:
    """Outside a screen the block is just done."""
    with whole():
        done = True
    assert done
