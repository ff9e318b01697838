"""The keys of the desk without a browser: each act has its own, and none takes what another has or what the browser keeps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from claims import Store
from claims.errors import StoreError
from claims.store import Rules
from claims.verdict import load_scale, scale_names
from workbench import steps
from workbench.forms import keys
from workbench.person import default_person

DESKS = [Rules(load_scale(name), confidence, True) for name in scale_names() for confidence in ("words", "percent")]  # noqa: FBT003
HOUSE = Rules(load_scale("averitec"), "words", True)  # noqa: FBT003
ACTS = keys.acts_of(HOUSE)
SHIPPED = keys.bound(ACTS, {})


@pytest.mark.parametrize("rules", DESKS, ids=lambda rules: f"{rules.scale.name}, {rules.confidence}")
def test_as_shipped_every_act_has_a_key_of_its_own(rules: Rules) -> None:
    """On every scale, no two acts share a key, and each key is one that an act may have."""
    acts = keys.acts_of(rules)
    bound = keys.bound(acts, {})
    assert len({act.name for act in acts}) == len(acts)
    assert len(set(bound.values())) == len(acts)
    assert [keys.refusal(act, bound[act.name], acts, bound) for act in acts] == [None] * len(acts)
    assert {act.name for act in acts if not act.here} <= steps.acts(None, None, rules).keys()  # type: ignore[arg-type]


@given(st.dictionaries(st.sampled_from([act.name for act in ACTS]), st.sampled_from([*SHIPPED.values(), "x", "y"])))
def test_no_key_does_two_things(own: dict[str, str]) -> None:
    """Whatever the record holds of a person's keys, the keys that ship give way, and what is theirs is heeded."""
    theirs = {name: key for number, (name, key) in enumerate(own.items()) if key not in list(own.values())[:number]}
    bound = keys.bound(ACTS, theirs)
    given_keys = [key for key in bound.values() if key]
    assert len(given_keys) == len(set(given_keys))
    assert theirs.items() <= bound.items()


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("", "No key"),
        (" ", "The space bar presses"),
        ("k", "“Previous claim” already"),
        ("1", "“Supported” already"),
        ("Escape", "closes a window"),
        ("F12", "browser's own"),
        ("Ctrl+w", "Ctrl W is the browser's own"),
        ("Meta+Ctrl+x", "browser's own"),
        ("Dead", "browser's own"),
        ("\u200b", "browser's own"),
        ("MediaPlayPause", "browser's own"),
    ],
)
def test_a_key_that_cannot_be_is_refused_with_its_reason(filled: Store, key: str, why: str) -> None:
    """The refusal says what is wrong and what to do, and nothing is written."""
    problem = keys.change(filled, HOUSE, "next", key)
    assert isinstance(problem, StoreError)
    assert why in problem.problem
    assert problem.remedy.endswith(".")
    assert filled.keys_of(default_person()).keys == {}


def test_keys_are_exchanged_by_way_of_a_free_one(filled: Store) -> None:
    """Two acts change their keys with each other in three steps; what is again as it ships is not kept."""
    for name, key in (("next", "z"), ("previous", "j"), ("next", "k")):
        assert keys.change(filled, HOUSE, name, key) is None
    assert filled.keys_of(default_person()).keys == {"next": "k", "previous": "j"}
    assert keys.change(filled, HOUSE, "next", "k") is None
    assert keys.restore(filled) is None
    assert filled.keys_of(default_person()).keys == {}
    assert keys.change(filled, HOUSE, "dance", "x") is not None


@pytest.mark.parametrize("key", ["z", "Z", "ß", "ж", "+", "Ctrl+Enter", "é"])
def test_any_sign_of_any_keyboard_may_be_a_key(key: str) -> None:
    """Letters of every script, in either case, digits and signs; and the one combination that is the desk's."""
    others = tuple(act for act in ACTS if act.name != "save")
    assert keys.refusal(others[0], key, others, keys.bound(others, {})) is None


def test_the_buttons_name_the_keys_that_a_person_has(app: AppTest, filled: Store) -> None:
    """A key that was changed stands on its button; what has none left, since another act took it, shows none."""
    filled.set_keys(0, {"next": "x", "source": "k", "undo": "y"}, actor=default_person())
    app.run()
    app.run()  # the frame around the desk is drawn anew for it
    assert not app.exception
    labels = {str(button.key): button.label for button in app.button}
    assert (labels["next"], labels["previous"], labels["undo"]) == ("Next `X`", "Previous", "Undo `Y`")
    assert labels["add-source"] == "Add source `K`"
    assert labels["redo"] == "Redo `⇧U`"
