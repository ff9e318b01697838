"""The ways through the queue: from claim to claim, page to page, and what each key of the desk does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from claims import Query, Store
from claims.status import OPEN
from claims.store import Rules
from claims.verdict import CONFIDENCES
from workbench import desk, selection
from workbench.forms import bulk, keys, mark
from workbench.forms.sources import finding
from workbench.panes import hear_keys
from workbench.parts import Look, acting
from workbench.recall import Recall
from workbench.taking import PAGE, claim_at, place_of


def neighbour(store: Store, query: Query, step: int) -> str | None:
    """The claim so many places after the one in hand, or before it; the other side's where that side has none.

    A claim that the filter leaves out has the query's first for its neighbour.
    """
    recall = Recall(store)
    at = place_of(recall, query, str(desk.chosen()))
    if at is None:
        return claim_at(recall, query, 0)
    return claim_at(recall, query, at + step) or claim_at(recall, query, at - step)


def move(store: Store, query: Query, step: int) -> None:
    """Take the next claim in hand, or the one before; at either end, stay."""
    recall = Recall(store)
    at = place_of(recall, query, str(desk.chosen()))
    if found := claim_at(recall, query, 0 if at is None else at + step):
        desk.choose(found)


def turn(store: Store, query: Query, shown: int) -> None:
    """Open another page of the queue: its first claim comes in hand.

    A page that is drawn anew says by itself where it is; only another one was asked for.
    """
    page = st.session_state[f"page-{shown}"]
    if page != shown and (found := claim_at(Recall(store), query, (page - 1) * PAGE)):
        desk.choose(found)


def skip(store: Store, query: Query) -> None:
    """Take the next claim in hand that waits for a verdict and is nobody else's; what was typed for this one stays with it."""
    recall = Recall(store)
    statuses = tuple(name for name in OPEN if name in (query.statuses or OPEN))
    assignees = tuple(name for name in ("", desk.person()) if name in (query.assignees or ("", desk.person())))
    asked = replace(query, statuses=statuses, assignees=assignees)
    at = store.before(asked, str(desk.chosen())) if statuses and assignees else None
    if at is not None and claim_at(recall, asked, at) == desk.chosen():
        at += 1
    if at is not None and (found := claim_at(recall, asked, at)):
        desk.choose(found)
    else:
        desk.say("No claim to check comes after this one")


def assign(store: Store) -> None:
    """Give the claim in hand to the person who sits here."""
    if claim_id := desk.chosen():
        seen = store.claim(claim_id)["revision"]
        done, now = desk.act(
            lambda: store.assign(claim_id, seen, desk.person(), actor=desk.person()), f"{desk.person()} has it now"
        )
        if done and now:
            desk.moved_on(claim_id, seen, now)


def acts(store: Store, query: Query, rules: Rules) -> dict[str, Callable[[], None]]:
    """What each act does that has a key, by its name; the others the browser does by itself."""
    done: dict[str, Callable[[], None]] = {
        "next": partial(move, store, query, 1),
        "previous": partial(move, store, query, -1),
        "skip": partial(skip, store, query),
        "select": selection.toggle_chosen,
        "select-next": partial(selection.extend, partial(move, store, query, 1)),
        "select-previous": partial(selection.extend, partial(move, store, query, -1)),
        "bulk": partial(bulk.begin, query),
        "source": partial(desk.begin, "source"),
        "evidence": partial(desk.begin, finding.TASK),
        "add": partial(desk.begin, "add"),
        "mine": partial(assign, store),
        "save": partial(mark.save, store, partial(neighbour, store, query, 1)),
        "undo": desk.undo,
        "redo": desk.redo,
    }
    for verdict in rules.scale.verdicts:
        done[f"verdict:{verdict.label}"] = partial(mark.choose, store, "verdict", verdict.label)
    for name in CONFIDENCES:
        done[f"confidence:{name}"] = partial(mark.choose, store, "confidence", name)
    return done


def meant(store: Store, claim_id: str) -> dict[str, Callable[[], None]]:
    """The same for a press that names the claim which the browser has shown for it already, or that the pointer chose."""
    choose = partial(desk.choose, claim_id)
    stepped = dict.fromkeys(("chosen", "next", "previous"), choose)
    selected = dict.fromkeys(("select-next", "select-previous"), partial(selection.extend, choose))
    if claim_id == desk.chosen():  # the browser was behind: saving goes on from here as it does where nothing was shown
        return {**stepped, **selected}
    return {**stepped, **selected, "save": partial(mark.save, store, partial(str, claim_id))}


def hear(look: Look, row: Mapping[str, Any] | None) -> None:
    """Listen for the keys, name them at the foot, and let them be changed; ``row`` is the claim in hand."""
    store, rules = look.store, look.rules
    known = keys.acts_of(rules)
    bound = keys.bound(known, keys.own(store))
    address = str((row and row["article_url"]) or "")
    hear_keys(
        keys.told(known, bound, row["claim_id"] if row else ""),
        desk.heard(),
        key="keys",
        article=address if address.startswith(("https://", "http://")) else "",
        foot=keys.foot(known, bound),
        said=st.session_state.get("said of keys", (0, "")),
        on_pressed=acting(look, partial(press, store, look.query)),
        on_changed=partial(change, store, rules),
    )
    keys.rename_keys(known, bound)


def change(store: Store, rules: Rules, name: str, key: str) -> None:
    """Give an act another key, or all of them theirs again where it names none; what came of it is said in the list of keys."""
    problem = keys.change(store, rules, name, key) if name else keys.restore(store)
    number = st.session_state.get("said of keys", (0, ""))[0] + 1
    st.session_state["said of keys"] = (number, str(problem) if problem else "Kept." if name else "All as shipped.")


def press(store: Store, query: Query, presses: Sequence[Mapping[str, Any]]) -> None:
    """Do what the keys say, in order, each once. After a refusal, what was pressed before it was seen is left undone."""
    known = acts(store, query, store.rules())
    for each in presses:
        number, act, seen = int(each["number"]), str(each["act"]), int(each["seen"])
        if number <= desk.heard():
            continue
        st.session_state["heard"] = number
        if seen < st.session_state.get("refused at", 0):
            continue
        doing = known | (meant(store, str(each["claim"])) if each.get("claim") else {})
        if act == "selected":  # by the pointer, in the queue
            selection.pick(each["claims"], on=bool(each["on"]))
        elif act in doing:
            doing[act]()
        if desk.was_refused():
            st.session_state["refused at"] = number
