"""Who signs in with which address: nobody becomes somebody of the roster by a name, which is theirs to choose."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from claims.errors import NotAllowed, NothingToUndo, NotThere, StaleWrite, StoreError
from claims.store import Person, Store

Check = Callable[[Store], None]

MAIL = "jana.ilic@korda.example"


def test_a_new_address_is_a_new_checker(store: Store, unchanged: Check) -> None:
    """Who comes first keeps the roster, who comes after checks; each is found again by the address, whatever its case."""
    assert store.person_at(MAIL) is None
    assert store.enter(MAIL, "Jana Ilic") == Person("Jana Ilic", "admin", active=True, revision=1)
    assert store.enter("ilic@korda.example", "Ilic").role == "checker"
    assert store.person_at("Jana.Ilic@KORDA.example") == store.people()[1]
    assert store.enter(MAIL, "Somebody Else").name == "Jana Ilic"
    unchanged(store)


def test_settings_can_say_who_is_the_admin(store: Store) -> None:
    """The first is then no admin for being first, and the one who is comes as one later."""
    assert store.enter(MAIL, "Jana", admin=False).role == "checker"
    with pytest.raises(NotAllowed):
        store.set("publisher", 0, "The Korda Post", actor="Jana")
    assert store.enter("ilic@korda.example", "Ilic", admin=True).role == "admin"


def test_the_record_says_who_came(store: Store) -> None:
    """Their entry and their address are one act of their own."""
    store.enter(MAIL, "Jana")
    table = store.events_table()
    assert list(table["act"]) == ["person entered", "person entered"]
    assert list(table["actor"]) == ["Jana", "Jana"]


@pytest.mark.parametrize("told", ["Marusa", "MARUSA", "Maru\N{ZERO WIDTH SPACE}sa", "Ｍarusa"])
def test_a_name_makes_nobody_somebody_else(store: Store, told: str) -> None:
    """Who calls themselves like the admin is a checker under a name of their own."""
    store.add_person("Marusa")
    entered = store.enter(MAIL, told)
    assert entered.role == "checker"
    assert entered.name.endswith(f"({MAIL})")
    assert store.person_at(MAIL) == entered


def test_an_admin_gives_somebody_their_address(store: Store, unchanged: Check) -> None:
    """Who was on the roster before the desk had a sign-in is found by the address that they were given."""
    store.add_person("Marusa")
    store.give_address("Marusa", "", MAIL, actor="Marusa")
    assert store.enter(MAIL, "M. Ilic").name == "Marusa"
    assert store.addresses() == {"Marusa": MAIL}
    store.add_person("Jana", actor="Marusa")
    with pytest.raises(StaleWrite, match="was given to Marusa"):
        store.give_address("Jana", "", MAIL, actor="Marusa")
    store.give_address("Jana", "Marusa", MAIL, actor="Marusa")
    assert store.enter(MAIL, "M. Ilic").name == "Jana"
    store.undo("Marusa")
    assert store.enter(MAIL, "M. Ilic").name == "Marusa"
    unchanged(store)


def test_an_address_that_is_nobodys_any_more_is_told_so(store: Store) -> None:
    """Who saw whose it was, before its giving was taken back, is told that it is nobody's."""
    store.add_person("Marusa")
    store.add_person("Jana", actor="Marusa")
    store.give_address("Marusa", "", MAIL, actor="Marusa")
    store.undo("Marusa")
    with pytest.raises(StaleWrite, match=rf"The address {MAIL} is Marusa's no more: it is nobody's\. See the roster"):
        store.give_address("Jana", "Marusa", MAIL, actor="Marusa")


def test_nobody_gives_themselves_an_address(store: Store) -> None:
    """An address is an admin's to give, for somebody who is on the roster."""
    store.add_person("Marusa")
    store.enter(MAIL, "Jana")
    with pytest.raises(NotAllowed, match="takes the role admin"):
        store.give_address("Marusa", "", MAIL, actor="Jana")
    with pytest.raises(NotThere, match="no person 'Ilic'"):
        store.give_address("Ilic", "", MAIL, actor="Marusa")


def test_nobody_takes_back_that_they_came(store: Store) -> None:
    """Undo of a person who has only come has nothing to undo, and does not shut them out."""
    store.enter(MAIL, "Jana")
    with pytest.raises(NothingToUndo):
        store.undo("Jana")
    assert store.person_at(MAIL) == Person("Jana", "admin", active=True, revision=1)


@pytest.mark.parametrize(
    "address", ["", "jana", "jana@", "@korda.example", "a@b@c", "ja na@korda.example", "x" * 250 + "@k.ex"]
)
def test_what_is_no_address_is_refused(store: Store, address: str) -> None:
    """Neither for entering nor for looking."""
    with pytest.raises(StoreError, match="is no e-mail address"):
        store.enter(address, "Jana")
    assert store.people() == []


def test_letters_that_fold_into_others_stay_themselves(store: Store) -> None:
    """The Kelvin sign is no k: an address that only looks alike is somebody else's."""
    store.enter("kim@korda.example", "Kim")
    assert store.person_at("\N{KELVIN SIGN}im@korda.example") is None


def test_who_has_no_name_is_known_by_the_address(store: Store) -> None:
    """A provider that tells no name leaves what stands before the at sign."""
    assert store.enter(MAIL, " \n").name == "jana.ilic"


def test_two_who_enter_at_once_are_one_person(store: Store) -> None:
    """Two tabs of a newcomer make one entry."""
    assert store.enter(MAIL, "Jana") == store.enter(MAIL, "Jana")
    assert len(store.people()) == 1
