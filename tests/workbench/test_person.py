"""Who writes where nobody has said so."""

from __future__ import annotations

import getpass

import pytest

from workbench.person import PERSON_VARIABLE, default_person


def test_the_name_that_was_handed_on_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """What --as or an administrator named is who writes; blank is nobody."""
    monkeypatch.setenv(PERSON_VARIABLE, "  Jana \n Ilic ")
    assert default_person() == "Jana Ilic"
    monkeypatch.setenv(PERSON_VARIABLE, "  ")
    assert default_person() == getpass.getuser()


def test_a_user_without_a_name_is_a_checker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the computer knows no name, as in a container, there is one all the same."""
    monkeypatch.delenv(PERSON_VARIABLE, raising=False)

    def nobody() -> str:
        raise OSError("No username set in the environment")

    monkeypatch.setattr(getpass, "getuser", nobody)
    assert default_person() == "checker"
