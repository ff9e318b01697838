"""Every write of the record, walked: each asks the roster before it does anything, and none was left out."""

from __future__ import annotations

import ast
import inspect
import textwrap
from typing import Any

import pytest

from claims.errors import NotAllowed
from claims.status import ROLES
from claims.store import Entry, Store
from claims.store.verbs import VERBS
from tests.claims.conftest import make_article

#: What writes without asking who: no face lets a person do it in another's name.
UNASKED = {
    "enter": "puts on the roster whom the newsroom's provider has vouched for: they are nobody there before",
    "be_on": "says nothing of the record, and is forgotten in seconds",
    "rebuild": "makes the tables anew from the events, and changes none",
}

#: Verbs in the words of another one.
BY_ANOTHER = {"mark": "save", "drop_claim": "edit_claim"}

BELOW = dict(zip(list(ROLES)[1:], ROLES, strict=False))


def bodies() -> dict[str, ast.FunctionDef]:
    """Every public method of Store, as it is written."""
    [cls] = ast.parse(textwrap.dedent(inspect.getsource(Store))).body
    assert isinstance(cls, ast.ClassDef)
    return {node.name: node for node in cls.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")}


def called(body: ast.FunctionDef) -> list[tuple[str, list[ast.expr]]]:
    """What a method calls, by the last name of it, with the arguments."""
    return [
        (node.func.attr, node.args)
        for node in ast.walk(body)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]


def write(store: Store, verb: str, actor: str) -> None:
    """The verb by this person, on nothing: who is refused is refused before anything is looked at."""
    method = getattr(store, verb)
    given: dict[str, Any] = {
        name: ()
        for name, parameter in inspect.signature(method).parameters.items()
        if parameter.default is inspect.Parameter.empty
    }
    if "article" in given:
        given["article"] = make_article()
    if "entries" in given:
        given["entries"] = [Entry(make_article(), [])]
    method(**given, actor=actor)


@pytest.fixture
def staffed(store: Store) -> Store:
    """A record with an admin and somebody of each role, and one of each who has left."""
    store.add_person("Ada", actor="Ada")
    for role in ROLES:
        store.add_person(f"the {role}", role, actor="Ada")
        store.add_person(f"a {role} who left", role, actor="Ada")
        store.edit_person(f"a {role} who left", 1, {"active": False}, actor="Ada")
    return store


def test_every_write_is_in_the_table() -> None:
    """Whatever opens the record for writing names its own verb, or stands among the few that ask nobody, with the reason."""
    writers = {
        name
        for name, body in bodies().items()
        if {"_act", "writing", "trying"} & {what for what, _ in called(body)} or "presence.be_on" in ast.unparse(body)
    }
    assert writers == VERBS.keys() | UNASKED.keys()
    for name in VERBS:
        [[asked, *_]] = [arguments for what, arguments in called(bodies()[name]) if what == "_act"]
        assert ast.literal_eval(asked) == name


def test_what_takes_an_actor_writes_by_the_table() -> None:
    """No method is told who acts and forgets to ask what they may."""
    acting = {name for name in bodies() if "actor" in inspect.signature(getattr(Store, name)).parameters}
    assert acting - UNASKED.keys() == VERBS.keys() | BY_ANOTHER.keys()
    for name, other in BY_ANOTHER.items():
        assert other in {what for what, _ in called(bodies()[name])}


@pytest.mark.parametrize("verb", [*VERBS, *BY_ANOTHER])
def test_who_left_is_refused_every_verb(staffed: Store, verb: str) -> None:
    """Of whatever role they were, and nothing is written."""
    before = staffed.seal()
    for role in ROLES:
        with pytest.raises(NotAllowed, match=f"a {role} who left has left this desk"):
            write(staffed, verb, f"a {role} who left")
    assert staffed.seal() == before


@pytest.mark.parametrize("verb", [name for name, verb in VERBS.items() if verb.role != "checker"])
def test_a_role_too_low_is_refused(staffed: Store, verb: str) -> None:
    """The next lower role, and who is on no roster, do not reach the verb."""
    before, below = staffed.seal(), BELOW[VERBS[verb].role]
    with pytest.raises(NotAllowed, match=f"the {below} is a {below} here; to {VERBS[verb].deed} takes the role"):
        write(staffed, verb, f"the {below}")
    with pytest.raises(NotAllowed, match=f"Nobody is a checker here; to {VERBS[verb].deed} takes the role"):
        write(staffed, verb, "Nobody")
    assert staffed.seal() == before


def test_a_desk_without_a_roster_lets_everybody_write(store: Store) -> None:
    """Who works alone is asked for no role."""
    store.set("publisher", 0, "The Korda Post", actor="")
    assert store.setting("publisher") == "The Korda Post"
