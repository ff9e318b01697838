"""The keys of the desk: which act has which, as it ships or as a person has set it, and which key none may have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from claims import Store
from claims.errors import ClaimsError, StoreError
from claims.store import Rules
from claims.verdict import CONFIDENCES
from workbench import desk

SAVE = "Ctrl+Enter"


@dataclass(frozen=True, slots=True)
class Act:
    """Something that a key of the desk does: its name in the record, its words, and the key that it ships with.

    ``foot`` names it at the foot of the desk, where it is named there. ``repeats``: a key that is held does it again.
    ``here`` is what the browser does by itself; ``field`` is where what is typed next belongs.
    """

    name: str
    does: str
    key: str
    group: str
    foot: str = ""
    repeats: bool = False
    here: str = ""
    field: str = ""


#: The acts that every desk has; those of its scale and its confidences come between.
_WAYS: tuple[Act, ...] = (
    Act("next", "Next claim", "j", "Queue", "next", repeats=True),
    Act("previous", "Previous claim", "k", "Queue", "previous", repeats=True),
    Act("skip", "Skip to the next claim to check", "n", "Queue", "skip"),
    Act("find", "Find: words, names, figures", "/", "Queue", "find", here="focus", field=".st-key-find input"),
    Act("select", "Select this claim, or no more", "x", "Queue"),
    Act("select-next", "Select, and the next claim too", "J", "Queue", repeats=True),
    Act("select-previous", "Select, and the previous claim too", "K", "Queue", repeats=True),
    Act("bulk", "Change the selected claims", "b", "Queue", field=".st-key-bulk-form input"),
    Act("help", "All keys, and changing them", "?", "Queue", "all keys", here="help"),
)
_WORK: tuple[Act, ...] = (
    Act("source", "Add a source", "s", "Claim", "source", field=".st-key-source-form input"),
    Act("evidence", "Find evidence", "f", "Claim", field=".st-key-finding input"),
    Act("why", "Write why", "r", "Claim", "why", here="focus", field='[class*="st-key-rationale-{claim}"] textarea'),
    Act("add", "Add a claim", "a", "Claim"),
    Act("mine", "Assign to me", "m", "Claim"),
    Act("article", "Open the article where it was published", "o", "Claim", here="open"),
    Act("save", "Save and next", SAVE, "Claim", "save and next"),
    Act("undo", "Undo", "u", "Claim", "undo"),
    Act("redo", "Redo", "U", "Claim"),
)

#: Keys that the browser, the page or a screen reader needs for itself.
_KEPT = {
    "Tab": "goes from field to field", "Enter": "presses the button that is reached", " ": "presses the button that is reached",
    "Escape": "leaves a field or closes a window", "ArrowUp": "scrolls", "ArrowDown": "scrolls", "ArrowLeft": "scrolls",
    "ArrowRight": "scrolls", "PageUp": "scrolls", "PageDown": "scrolls", "Home": "scrolls", "End": "scrolls",
    "Backspace": "deletes", "Delete": "deletes",
}  # fmt: skip


def acts_of(rules: Rules) -> tuple[Act, ...]:
    """All acts that have a key on a desk with these rules.

    >>> from claims.verdict import load_scale
    >>> [act.key for act in acts_of(Rules(load_scale("averitec"), "words", True)) if act.group == "Judgement"]
    ['1', '2', '3', '4', 'q', 'w', 'e']
    """
    verdicts = [
        Act(f"verdict:{each.label}", each.label, each.key, "Judgement") for each in rules.scale.verdicts if each.key
    ]
    sure = [
        Act(f"confidence:{name}", f"{name.capitalize()} confidence", key, "Judgement")
        for name, key in zip(CONFIDENCES, "qwe", strict=True)
    ]
    return (*_WAYS, *verdicts, *(sure if rules.confidence == "words" else ()), *_WORK)


def bound(acts: Sequence[Act], own: Mapping[str, str]) -> dict[str, str]:
    """The key of each act: the person's own first, then as it ships, if nothing has that one; else none.

    >>> bound(_WAYS[:3], {"next": "k"})
    {'next': 'k', 'previous': '', 'skip': 'n'}
    """
    taken = {own[act.name] for act in acts if act.name in own}
    return {act.name: own.get(act.name) or ("" if act.key in taken else act.key) for act in acts}


def refusal(act: Act, key: str, acts: Sequence[Act], keys: Mapping[str, str]) -> StoreError | None:
    """Why an act may not have a key; None where it may.

    >>> from claims.verdict import load_scale
    >>> acts = acts_of(Rules(load_scale("averitec"), "words", True))
    >>> keys = bound(acts, {})
    >>> for key in ("z", "k", "", "Tab", "F5", "Ctrl+t", "Alt+x", "PageDown"):
    ...     print(refusal(acts[0], key, acts, keys))
    None
    “K” is the key of “Previous claim” already. Give that one another key first, or choose a free one.
    No key was pressed. Press the key that is to do it.
    Tab goes from field to field. Choose a letter, a digit or a sign.
    F5 is the browser's own. Choose a letter, a digit or a sign.
    Ctrl T is the browser's own. Choose a letter, a digit or a sign.
    Alt X is the browser's own. Choose a letter, a digit or a sign.
    PageDown scrolls. Choose a letter, a digit or a sign.
    """
    choose = "Choose a letter, a digit or a sign."
    if not key:
        return StoreError("No key was pressed.", "Press the key that is to do it.")
    if key in _KEPT:
        return StoreError(f"{'The space bar' if key == ' ' else key} {_KEPT[key]}.", choose)
    if key != SAVE and (len(key) > 1 or not key.isprintable()):
        return StoreError(f"{key_words(key)} is the browser's own.", choose)
    other = next((each for each in acts if keys[each.name] == key and each.name != act.name), None)
    if other:
        return StoreError(
            f"“{key_words(key)}” is the key of “{other.does}” already.",
            "Give that one another key first, or choose a free one.",
        )
    return None


def key_words(key: str) -> str:
    """A key as it is written on the keyboard.

    >>> [key_words(key) for key in ("j", "U", "Ctrl+Enter", "?", "7")]
    ['J', '⇧U', 'Ctrl ⏎', '?', '7']
    """
    *held, last = key.split("+") if len(key) > 1 else [key]
    last = {"Enter": "⏎"}.get(last, last)
    if len(last) == 1 and last.isalpha():
        last = f"⇧{last}" if last.isupper() and not held else last.upper()
    return " ".join([*held, last])


def foot(acts: Sequence[Act], keys: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """The keys that the foot of the desk names: in words, what they do, and the act's name; verdicts and confidences together.

    >>> from claims.verdict import load_scale
    >>> acts = acts_of(Rules(load_scale("averitec"), "words", True))
    >>> [key for key, _, _ in foot(acts, bound(acts, {"verdict:Supported": "y", "next": "x"}))][:5]
    ['X', 'K', 'N', 'Y 2 3 4', 'Q W E']
    """
    named = [(key_words(keys[act.name]), act.foot, act.name) for act in acts if act.foot and keys[act.name]]
    for what in ("confidence", "verdict"):
        together = [keys[act.name] for act in acts if act.name.startswith(f"{what}:") and keys[act.name]]
        named[3:3] = [(_together(together), what, what)] if together else []
    return sorted(named, key=lambda each: (each[2] == "find") + 2 * (each[2] == "help"))


def _together(keys: Sequence[str]) -> str:
    """Several keys in few signs.

    >>> _together(["1", "2", "3"]), _together(["q", "w"]), _together([])
    ('1–3', 'Q W', '')
    """
    digits = len(keys) > 1 and "".join(keys) in "123456789"
    return f"{keys[0]}–{keys[-1]}" if digits else " ".join(map(key_words, keys))


def own(store: Store) -> Mapping[str, str]:
    """The keys that the person who sits here has set."""
    return store.keys_of(desk.person()).keys


def change(store: Store, rules: Rules, name: str, key: str) -> ClaimsError | None:
    """Give an act of this person's another key, or its own again; why not, where it may not have it."""
    acts = acts_of(rules)
    act = next((each for each in acts if each.name == name), None)
    if act is None:
        return StoreError("The desk has no such act.", "Open the list of keys again.")
    kept = store.keys_of(desk.person())
    if problem := refusal(act, key, acts, bound(acts, kept.keys)):
        return problem
    others = {each: there for each, there in kept.keys.items() if each != name}
    return _keep(store, kept.revision, others | ({} if key == act.key else {name: key}))


def restore(store: Store) -> ClaimsError | None:
    """All keys of this person's as they ship."""
    return _keep(store, store.keys_of(desk.person()).revision, {})


def _keep(store: Store, revision: int, keys: Mapping[str, str]) -> ClaimsError | None:
    try:
        store.set_keys(revision, keys, actor=desk.person())
    except ClaimsError as error:
        return error
    return None


def told(acts: Sequence[Act], keys: Mapping[str, str], claim_id: str) -> list[dict[str, Any]]:
    """The acts as the browser is told of them."""
    return [
        {
            "name": act.name, "does": act.does, "group": act.group, "key": keys[act.name], "words": key_words(keys[act.name]),
            "shipped": act.key == keys[act.name], "repeats": act.repeats, "here": act.here,
            "field": act.field.replace("{claim}", claim_id),
        }
        for act in acts
    ]  # fmt: skip


def rename_keys(acts: Iterable[Act], keys: Mapping[str, str]) -> None:
    """Let the buttons of the screens say the keys that this person has set; the frame around the desk is drawn anew for it."""
    now = {key_words(act.key): key_words(keys[act.name]) for act in acts if keys[act.name] != act.key}
    if now != st.session_state.get("renamed keys", {}):
        st.session_state["renamed keys"] = now
        st.rerun(scope="app")
