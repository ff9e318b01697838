"""Kinds of claim after AVeriTeC, and assertion, opinion, prediction or question."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.kinds import KINDS, kinds_of, nature_of

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "kinds.json").read_text(encoding="utf-8"))
NOTHING = {"has_figure": False, "has_date": False, "quoted": False}


@pytest.mark.parametrize(("text", "nature"), GOLDEN["nature"])
def test_nature(text: str, nature: str) -> None:
    """A sentence asserts, judges, foretells or asks."""
    assert nature_of(text) == nature


@pytest.mark.xfail(strict=True, reason="known failure")
@pytest.mark.parametrize(("text", "nature"), GOLDEN["known_failures"]["nature"])
def test_nature_one_day(text: str, nature: str) -> None:
    """What is not told apart yet."""
    assert nature_of(text) == nature


@pytest.mark.parametrize(("text", "known", "kinds"), GOLDEN["kinds"])
def test_kinds(text: str, known: dict[str, bool], kinds: list[str]) -> None:
    """A claim has every kind that fits, in a fixed order."""
    assert kinds_of(text, **{**NOTHING, **known}) == tuple(kinds)


@pytest.mark.xfail(strict=True, reason="known failure")
@pytest.mark.parametrize(("text", "known", "kinds"), GOLDEN["known_failures"]["kinds"])
def test_kinds_one_day(text: str, known: dict[str, bool], kinds: list[str]) -> None:
    """What has no right kind yet."""
    assert kinds_of(text, **{**NOTHING, **known}) == tuple(kinds)


@given(st.text(max_size=200), st.fixed_dictionaries(dict.fromkeys(NOTHING, st.booleans())))
@settings(max_examples=60, deadline=None)
def test_any_text_has_a_nature_and_kinds(text: str, known: dict[str, bool]) -> None:
    """Any text passes; what is not blank has at least one kind, each once and of AVeriTeC's."""
    assert nature_of(text) in {"assertion", "opinion", "prediction", "question"}
    kinds = kinds_of(text, **known)
    assert bool(kinds) == bool(text.strip())
    assert [kind for kind in KINDS if kind in kinds] == list(kinds)


@pytest.mark.parametrize("text", ["call" * 50_000, "will " * 50_000, "?" * 100_000, "“" * 100_000])
def test_enormous_texts_pass(text: str) -> None:
    """No length or repetition is refused."""
    assert kinds_of(text, **NOTHING) == ("event",)
    assert nature_of(text)
