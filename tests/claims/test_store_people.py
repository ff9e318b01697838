"""The roster and the desk's settings: who may do what, and by which rules; both are acts of the record like any other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from claims.errors import BadScale, NotAllowed, NotThere, StaleWrite, StoreError
from claims.status import ROLES
from claims.store import Person, Store
from claims.store.people import DEFAULTS, LONGEST_NAME
from claims.verdict import load_scale, parse_scale, scale_names
from tests.claims.conftest import ON_PAPER, ROLL_CALL, bring, documented, mark_fully, sign_off

Check = Callable[[Store], None]

#: A scale as a desk would write it.
OWN = """
name = "korda"
title = "The Korda Post's scale"
source = "The desk's handbook"
best = 3
worst = 1

[[verdict]]
label = "Holds"
key = "1"
colour = "green"
meaning = "It holds as it stands."
wants_correction = false
rating = 3

[[verdict]]
label = "Does not hold"
key = "2"
colour = "red"
meaning = "It does not hold."
wants_correction = true
rating = 1
"""


def _own() -> dict[str, Any]:
    return parse_scale(OWN, "korda.toml").as_data()


@pytest.fixture
def staffed(desk: Store) -> Store:
    """The desk with somebody in each role: Ada, Edo, Rea and Cem."""
    for name, role in (("Ada", "admin"), ("Edo", "editor"), ("Rea", "reviewer"), ("Cem", "checker")):
        desk.add_person(name, role, actor="Ada")
    return desk


# The roster


@pytest.mark.parametrize("role", ROLES)
def test_the_first_on_the_roster_is_its_admin(store: Store, role: str) -> None:
    """Whoever comes first keeps the roster, whatever role is asked for."""
    assert store.add_person("Ada", role) == 1
    assert store.people() == [Person("Ada", "admin", active=True, revision=1)]


def test_the_roster_is_in_order_of_names(staffed: Store) -> None:
    """Everybody stands on it with their role."""
    assert [(person.name, person.role) for person in staffed.people()] == [
        ("Ada", "admin"), ("Cem", "checker"), ("Edo", "editor"), ("Rea", "reviewer"),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["Ada", "ada", "ADA", "  Ada "])
def test_a_name_is_on_the_roster_once(staffed: Store, name: str) -> None:
    """Whatever the case and the blanks around it."""
    with pytest.raises(StoreError, match="Ada is on the roster already"):
        staffed.add_person(name)


def test_names_that_differ_in_case_beyond_ascii_are_one(staffed: Store) -> None:
    """Straße and STRASSE are one name, on both databases."""
    staffed.add_person("Jana Straße")
    with pytest.raises(StoreError, match="Jana Straße is on the roster already"):
        staffed.add_person("JANA STRASSE")


@pytest.mark.parametrize("name", ["", " \n", "x" * (LONGEST_NAME + 1)])
def test_a_name_that_is_none_is_refused(store: Store, name: str) -> None:
    """Neither nothing nor a paragraph is a name."""
    with pytest.raises(StoreError, match=f"A name has from 1 to {LONGEST_NAME} characters"):
        store.add_person(name)
    assert store.people() == []


def test_any_name_comes_back(store: Store, unchanged: Check) -> None:
    """A name of any script, with half a character or a sign of our own, is kept as it is; blanks between are one."""
    names = ["Ada", "Žofia  Ilić", "李 雷", "\ud83d", "␛0041", "O'Dorn; --"]
    for name in names:
        store.add_person(name, actor="Ada")
    assert {person.name for person in store.people()} == {" ".join(name.split()) for name in names}
    unchanged(store)


def test_roles_are_those_of_the_table(staffed: Store) -> None:
    """Another role is refused by name."""
    with pytest.raises(StoreError, match=r"'boss' is no role\. Use one of: checker"):
        staffed.add_person("Ines", "boss", actor="Ada")
    with pytest.raises(StoreError, match="'boss' is no role"):
        staffed.edit_person("Cem", 1, {"role": "boss"}, actor="Ada")


@pytest.mark.parametrize("who", ["Edo", "Rea", "Cem", "Nobody"])
def test_only_an_admin_keeps_the_roster(staffed: Store, who: str) -> None:
    """Others, on the roster or not, neither change it nor the settings; a checker may be added by anybody."""
    for write in (
        lambda: staffed.add_person("Ines", "reviewer", actor=who),
        lambda: staffed.edit_person("Cem", 1, {"role": "admin"}, actor=who),
        lambda: staffed.edit_person("Ada", 1, {"active": False}, actor=who),
        lambda: staffed.set("second_reading", 0, value=False, actor=who),
    ):
        with pytest.raises(NotAllowed, match="takes the role admin"):
            write()
    staffed.add_person("Ines", "checker", actor=who)
    assert staffed.people()[-2:-1] == [Person("Ines", "checker", active=True, revision=1)]


def test_the_last_admin_stays(staffed: Store) -> None:
    """The only active admin neither leaves nor takes another role, until there is a second one."""
    for changes in ({"active": False}, {"role": "editor"}, {"role": "checker", "active": False}):
        with pytest.raises(StoreError, match=r"Ada is the only admin left\. Make somebody else"):
            staffed.edit_person("Ada", 1, changes, actor="Ada")
    staffed.edit_person("Edo", 1, {"role": "admin"}, actor="Ada")
    assert staffed.edit_person("Ada", 1, {"active": False}, actor="Ada") == 2
    with pytest.raises(StoreError, match="Edo is the only admin left"):
        staffed.edit_person("Edo", 2, {"role": "editor"}, actor="Edo")


def _admins(store: Store) -> list[str]:
    return [person.name for person in store.people() if person.role == "admin" and person.active]


def test_the_last_admin_stays_when_another_is_taken_back(staffed: Store) -> None:
    """An undo does not leave the roster without an admin either."""
    staffed.edit_person("Edo", 1, {"role": "admin"}, actor="Ada")
    staffed.edit_person("Ada", 1, {"active": False}, actor="Edo")
    with pytest.raises(StoreError):
        staffed.undo("Ada")
    assert _admins(staffed) == ["Edo"]


def test_undo_goes_past_the_adding_of_the_only_admin(store: Store) -> None:
    """Refused, it names its batch, as any refusal does: what Ada did before can still be taken back."""
    store.set("confidence", 0, "percent", actor="Ada")
    store.add_person("Ada", actor="Ada")
    store.add_person("Jo", actor="Jo")
    with pytest.raises(StoreError, match="Ada is the only admin left") as refused:
        store.undo("Ada")
    store.undo("Ada", past={refused.value.batch})
    assert store.setting("confidence") == "words"


def test_who_handed_the_desk_over_is_told_that_they_are_no_admin(store: Store) -> None:
    """Not that they are the only one left, which they are not."""
    store.add_person("Ada", actor="Ada")
    store.add_person("Bo", "admin", actor="Ada")
    store.edit_person("Ada", 1, {"role": "checker"}, actor="Bo")
    with pytest.raises(NotAllowed, match="Ada is a checker here"):
        store.undo("Ada")


def test_who_is_no_admin_any_more_takes_nothing_of_the_roster_back(staffed: Store) -> None:
    """An undo takes the role that the act itself takes."""
    staffed.edit_person("Edo", 1, {"role": "admin"}, actor="Ada")
    staffed.edit_person("Cem", 1, {"active": False}, actor="Ada")
    staffed.edit_person("Ada", 1, {"role": "checker"}, actor="Edo")
    with pytest.raises(NotAllowed):
        staffed.undo("Ada")
    assert not next(person for person in staffed.people() if person.name == "Cem").active


def test_the_adding_of_the_only_person_is_taken_back(store: Store, unchanged: Check) -> None:
    """A roster with nobody active on it leaves nobody locked out: somebody can be made its admin again."""
    store.add_person("Ada")
    store.undo()
    unchanged(store)
    store.add_person("Edo", actor="Edo")
    assert _admins(store) == ["Edo"]


def test_who_was_taken_off_by_an_undo_can_be_added_again(staffed: Store, unchanged: Check) -> None:
    """A name that was added by mistake and taken back is free, or taken up again."""
    staffed.add_person("Ines", actor="Ada")
    staffed.undo("Ada")
    [ines] = [person for person in staffed.people() if person.name == "Ines"]
    assert not ines.active
    staffed.edit_person("Ines", ines.revision, {"active": True, "role": "editor"}, actor="Ada")
    assert [person.role for person in staffed.people() if person.name == "Ines" and person.active] == ["editor"]
    unchanged(staffed)


def test_a_stale_entry_is_refused_with_both_versions(staffed: Store) -> None:
    """Who saw an older entry learns how it stands and what they asked."""
    staffed.edit_person("Cem", 1, {"role": "editor"}, actor="Ada")
    with pytest.raises(StaleWrite) as refused:
        staffed.edit_person("Cem", 1, {"role": "reviewer"}, actor="Ada")
    assert refused.value.current == {"name": "Cem", "role": "editor", "active": True, "revision": 2}
    assert refused.value.typed == {"role": "reviewer"}


def test_an_entry_that_changes_nothing_is_no_event(staffed: Store) -> None:
    """Neither the revision moves nor the record."""
    newest = staffed.latest_event_seq()
    assert staffed.edit_person("Ada", 1, {"role": "admin", "active": True}, actor="Ada") == 1
    assert staffed.latest_event_seq() == newest


def test_other_columns_of_a_person_are_not_edited(staffed: Store) -> None:
    """A name stays: the events know people by it."""
    with pytest.raises(StoreError, match="'name' of a person is not edited"):
        staffed.edit_person("Cem", 1, {"name": "Cemil"}, actor="Ada")
    with pytest.raises(NotThere):
        staffed.edit_person("Nobody", 1, {"role": "editor"}, actor="Ada")


def test_who_is_unknown_counts_as_a_checker(staffed: Store, names: list[str]) -> None:
    """Who is on no roster may mark, but signs nothing off."""
    revision = bring(staffed, names[0], "agreed")
    with pytest.raises(NotAllowed, match="Nobody is a checker here"):
        staffed.sign_off(names[0], revision, actor="Nobody")
    assert staffed.mark(names[1], 1, "Refuted", "low", actor="Nobody") == 2


@pytest.mark.parametrize("who", ["", " \n"])
def test_a_roster_takes_nothing_without_a_name(staffed: Store, names: list[str], who: str) -> None:
    """A verdict that is nobody's would be kept back from nobody; a desk without a roster, or that all have left, takes it."""
    newest = staffed.latest_event_seq()
    for write in (
        lambda: staffed.mark(names[0], 1, "Refuted", "low", actor=who),
        lambda: staffed.add_source(names[0], 1, ROLL_CALL, actor=who),
        lambda: staffed.add_person("Ines", actor=who),
        lambda: staffed.undo(who),
    ):
        with pytest.raises(NotAllowed, match=r"puts their name to\. Say who you are"):
            write()
    assert staffed.latest_event_seq() == newest
    for person in ("Edo", "Rea", "Cem", "Ada"):
        staffed.edit_person(person, 1, {"active": False}, actor="Ada")
    assert staffed.mark(names[0], 1, "Refuted", "low", actor=who) == 2


@pytest.mark.parametrize("who", ["Rea", "Cem"])
def test_who_left_writes_nothing(staffed: Store, names: list[str], who: str) -> None:
    """Whatever their role was; what they did stays theirs."""
    staffed.mark(names[0], 1, "Refuted", "low", actor=who)
    staffed.edit_person(who, 1, {"active": False}, actor="Ada")
    with pytest.raises(NotAllowed, match=rf"{who} has left this desk, as its roster says, and writes nothing here\."):
        staffed.mark(names[1], 1, "Refuted", "low", actor=who)
    assert staffed.claim(names[0])["checker"] == who
    assert staffed.claim(names[1])["revision"] == 1


def test_where_everybody_left_there_is_no_roster(store: Store, unchanged: Check) -> None:
    """Whoever sits at a desk that all have left may do all again, be it one of them."""
    store.add_person("Ada")
    store.edit_person("Ada", 1, {"active": False}, actor="Ada")
    store.set("publisher", 0, "The Korda Post", actor="Ada")
    store.edit_person("Ada", 2, {"active": True}, actor="Ada")
    assert store.people() == [Person("Ada", "admin", active=True, revision=3)]
    unchanged(store)


def test_who_came_back_has_their_role_again(staffed: Store, names: list[str]) -> None:
    """An entry that is active again counts with the role it has."""
    staffed.edit_person("Rea", 1, {"active": False}, actor="Ada")
    staffed.edit_person("Rea", 2, {"active": True}, actor="Ada")
    staffed.sign_off(names[0], bring(staffed, names[0], "agreed"), why=ON_PAPER, actor="Rea")


def test_with_nobody_on_the_roster_all_may_do_all(desk: Store, names: list[str]) -> None:
    """A desk without a roster is one person's, or trusts all it has."""
    assert desk.people() == []
    bring(desk, names[0], "published")
    desk.set("second_reading", 0, value=False, actor="Nobody")


# Settings


def test_settings_come_as_they_are_and_change(store: Store, unchanged: Check) -> None:
    """What nobody set is the default at revision 0; each change counts one; the same value again is none."""
    assert {name: store.setting(name) for name in DEFAULTS} == DEFAULTS
    assert store.setting_revision("confidence") == 0
    assert store.set("confidence", 0, "percent") == 1
    assert store.set("confidence", 1, "percent") == 1
    assert store.set("confidence", 1, "words") == 2
    assert (store.setting("confidence"), store.setting_revision("confidence")) == ("words", 2)
    unchanged(store)


def test_a_stale_setting_is_refused_with_both_versions(store: Store) -> None:
    """Who saw an older value learns what it is now."""
    store.set("second_reading", 0, value=False)
    with pytest.raises(StaleWrite) as refused:
        store.set("second_reading", 0, value=True)
    assert (refused.value.current, refused.value.typed) == ({"value": False}, {"value": True})
    assert store.setting("second_reading") is False


@pytest.mark.parametrize(
    ("name", "value", "kind"),
    [
        ("second_reading", "no", StoreError),
        ("second_reading", 1, StoreError),
        ("second_reading", None, StoreError),
        ("confidence", "stars", StoreError),
        ("confidence", None, StoreError),
        ("confidence", ["words"], StoreError),
        ("confidence", {}, StoreError),
        ("scale", "tea-leaves", BadScale),
        ("scale", "", BadScale),
        ("scale", None, BadScale),
        ("scale", 7, BadScale),
        ("scale", ["averitec"], BadScale),
        ("scale", {}, BadScale),
        ("scale", {"name": "korda"}, BadScale),
        ("scale", _own() | {"best": 0}, BadScale),
        ("site", "the notice board", StoreError),
        ("site", "javascript:alert(1)", StoreError),
        ("site", "https://user:secret@korda.example/checks", StoreError),
        ("site", "https://korda.example/checks?x=1#top", StoreError),
        ("site", "https://korda.example:port/", StoreError),
    ],
    ids=str,
)
def test_a_value_that_a_setting_cannot_have_is_refused(store: Store, name: str, value: Any, kind: type) -> None:
    """By a sentence, and nothing is written."""
    with pytest.raises(kind):
        store.set(name, 0, value)
    assert store.setting(name) == DEFAULTS[name]
    assert store.latest_event_seq() == 0


def test_the_site_is_a_web_address_that_claims_can_be_named_at(store: Store) -> None:
    """One with a password or a fragment is refused by what to take out; all else of an address may be there."""
    for wrong, remedy in (
        ("https://user:secret@korda.example/checks", r"take out all between // and @"),
        ("https://korda.example/checks?x=1#top", r"Leave out the # and all that follows it"),
    ):
        with pytest.raises(StoreError, match=remedy):
            store.set("site", 0, wrong)
    store.set("site", 0, "https://korda.example:8443/checks/?lang=en")
    assert store.setting("site") == "https://korda.example:8443/checks/?lang=en"


def test_another_setting_is_not_there(store: Store) -> None:
    """The message names those there are."""
    for ask in (
        lambda: store.setting("theme"),
        lambda: store.setting_revision("theme"),
        lambda: store.set("theme", 0, 1),
    ):
        with pytest.raises(
            NotThere, match=r"no setting 'theme'\. These are: agenda, confidence, .*scale, second_reading"
        ):
            ask()


@pytest.mark.parametrize(("name", "value"), [("scale", "house"), ("confidence", "percent"), ("second_reading", False)])
def test_a_setting_is_undone_to_what_it_was(store: Store, name: str, value: Any, unchanged: Check) -> None:
    """The first change goes back to the default, and forth again; the next revision is told."""
    store.set(name, 0, value)
    store.undo()
    assert store.setting(name) == DEFAULTS[name]
    unchanged(store)
    store.redo()
    assert store.setting(name) == value
    assert store.set(name, store.setting_revision(name), DEFAULTS[name]) == store.setting_revision(name)
    unchanged(store)


def test_a_setting_that_was_undone_can_be_set(store: Store, unchanged: Check) -> None:
    """After an undo the setting is at a revision that a change can name."""
    store.set("confidence", 0, "percent")
    store.undo()
    store.set("confidence", store.setting_revision("confidence"), "percent")
    assert store.rules().confidence == "percent"
    unchanged(store)


def test_the_rules_are_the_settings(store: Store) -> None:
    """What acts ask for is what was set."""
    assert store.rules().scale == load_scale()
    store.set("scale", 0, "politifact")
    store.set("second_reading", 0, value=False)
    assert (store.rules().scale.name, store.rules().second_reading) == ("politifact", False)


def test_marks_keep_to_the_form_of_confidence(desk: Store, names: list[str]) -> None:
    """A desk that gives percentages takes no words, and the other way round; old marks stay as they were."""
    desk.mark(names[0], 1, "Refuted", "high")
    desk.set("confidence", 0, "percent")
    with pytest.raises(BadScale):
        desk.mark(names[1], 1, "Refuted", "high")
    desk.mark(names[1], 1, "Refuted", "85 %")
    assert [desk.claim(name)["confidence"] for name in names[:2]] == ["high", "85%"]


def test_another_scale_leaves_old_marks_as_they_are(desk: Store, names: list[str], unchanged: Check) -> None:
    """An old mark keeps its verdict and the name of its scale; a new one must be of the new scale."""
    desk.mark(names[0], 1, "Refuted", "high")
    desk.set("scale", 0, "politifact")
    with pytest.raises(BadScale):
        desk.mark(names[1], 1, "Refuted", "high")
    desk.mark(names[1], 1, "Half True", "high")
    assert [(desk.claim(name)["verdict"], desk.claim(name)["scale"]) for name in names[:2]] == [
        ("Refuted", "averitec"), ("Half True", "politifact"),
    ]  # fmt: skip
    unchanged(desk)


def test_an_old_mark_is_signed_off_by_its_own_scale(desk: Store, names: list[str]) -> None:
    """The checklist asks whether the verdict is one of the scale it was given by, and whether that wants a correction."""
    desk.set("second_reading", 0, value=False)
    revision = mark_fully(desk, names[0], 1)
    mark = {"verdict": "Refuted", "confidence": "low", "rationale": "273."}
    desk.save(names[1], 1, mark=mark, sources=[documented(desk, ROLL_CALL)])
    desk.set("scale", 0, "politifact")
    assert [item.name for item in desk.checklist(names[1]) if not item.met] == ["corrected value"]
    assert sign_off(desk, names[0], revision) == revision + 1


def test_a_scale_of_the_desks_own_is_kept_and_found_again(desk: Store, names: list[str], unchanged: Check) -> None:
    """Marks by it are read by it, also after another one was set in its place, and after a rebuild."""
    desk.set("scale", 0, _own())
    assert desk.rules().scale == parse_scale(OWN, "korda.toml")
    desk.mark(names[0], 1, "Does not hold", "low")
    with pytest.raises(BadScale):
        desk.mark(names[1], 1, "Refuted", "low")
    desk.set("scale", 1, "averitec")
    for _ in range(2):
        assert desk.claim(names[0])["scale"] == "korda"
        assert desk.scale_named("korda") == parse_scale(OWN, "korda.toml")
        [asked] = [item for item in desk.checklist(names[0]) if item.name == "corrected value"]
        assert not asked.met
        desk.rebuild()
    unchanged(desk)


def test_every_scale_that_comes_is_found_by_its_name(store: Store) -> None:
    """Whichever is set; none is another."""
    store.set("scale", 0, _own())
    assert [store.scale_named(name).name for name in scale_names()] == list(scale_names())
    assert store.scale_named(None).name == "korda"
    with pytest.raises(BadScale, match="There is no scale 'tea-leaves'"):
        store.scale_named("tea-leaves")


def test_a_scale_of_the_desks_own_does_not_take_a_name_that_comes(desk: Store, names: list[str]) -> None:
    """Or else an old mark by the scale of that name would be read by another."""
    desk.save(names[0], 1, mark={"verdict": "Refuted", "confidence": "low"}, sources=[ROLL_CALL])
    with pytest.raises(BadScale):
        desk.set("scale", 0, _own() | {"name": "averitec"})
    assert next(item for item in desk.checklist(names[0]) if item.name == "verdict").met
