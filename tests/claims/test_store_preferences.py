"""What people keep at the desk for themselves: saved views and keys, as events like all else."""

from __future__ import annotations

import pytest

from claims.errors import NotThere, StaleWrite, StoreError
from claims.store import Store

MINE = {"show": ["Mine"], "verdict": ["Refuted", "Supported"]}


def names_of(store: Store) -> list[str]:
    return [view.name for view in store.views()]


def test_a_view_is_saved_opened_renamed_and_deleted(desk: Store) -> None:
    """A view keeps its address under its name; each step is an event that says who did what."""
    assert desk.save_view("  Big   figures ", 0, MINE, actor="Tom") == 1
    (view,) = desk.views()
    assert (view.name, view.address, view.revision) == ("Big figures", MINE, 1)
    assert desk.save_view("Big figures", 1, {"show": ["All"]}, actor="Jana") == 2
    assert desk.rename_view("Big figures", 2, "Large figures", actor="Jana") == 1
    assert names_of(desk) == ["Large figures"]
    assert desk.delete_view("Large figures", 1, actor="Tom") == 2
    assert desk.views() == []
    told = desk.events_table()
    assert told.loc[told["act"].str.startswith("view"), ["actor", "act"]].to_numpy().tolist() == [
        ["Tom", "view saved"],
        ["Jana", "view saved"],
        ["Jana", "view renamed"],
        ["Jana", "view renamed"],
        ["Tom", "view deleted"],
    ]
    assert desk.verify() is None
    assert desk.differences() == []


def test_no_admin_is_asked_for_a_view_nor_for_taking_it_back(desk: Store) -> None:
    """Anybody on the roster saves views and takes their own acts back, step by step."""
    desk.add_person("Jana", actor="Jana")
    desk.add_person("Tom", actor="Jana")
    desk.save_view("Mine", 0, MINE, actor="Tom")
    desk.rename_view("Mine", 1, "Tom's", actor="Tom")
    desk.undo("Tom")
    assert names_of(desk) == ["Mine"]
    desk.undo("Tom")
    assert names_of(desk) == []
    desk.redo("Tom")
    assert names_of(desk) == ["Mine"]


def test_a_deleted_views_name_is_free_again(desk: Store) -> None:
    """A name can be used anew, by saving and by renaming to it."""
    desk.save_view("Mine", 0, MINE)
    desk.delete_view("Mine", 1)
    assert desk.save_view("Mine", 0, {"show": ["All"]}) == 3
    desk.save_view("Other", 0, MINE)
    desk.delete_view("Mine", 3)
    assert desk.rename_view("Other", 1, "Mine") == 5
    assert desk.views()[0].address == MINE


def test_views_are_never_overwritten_unseen(desk: Store) -> None:
    """A name that is taken, however written, and a view that a colleague changed or deleted are refused."""
    desk.save_view("Mine", 0, MINE)
    with pytest.raises(StoreError, match="'Mine' already"):
        desk.save_view("MINE", 0, {"show": ["All"]})
    desk.save_view("Other", 0, MINE)
    with pytest.raises(StoreError, match="'Mine' already"):
        desk.rename_view("Other", 1, "mine")
    assert desk.rename_view("Mine", 1, "MINE") == 1
    desk.save_view("MINE", 1, {"show": ["All"]})
    with pytest.raises(StaleWrite):
        desk.save_view("MINE", 1, MINE)
    with pytest.raises(StaleWrite):
        desk.delete_view("MINE", 1)
    desk.delete_view("MINE", 2)
    with pytest.raises(NotThere):
        desk.rename_view("MINE", 2, "Mine")
    with pytest.raises(StoreError, match="from 1 to 80"):
        desk.save_view(" ", 0, MINE)
    with pytest.raises(StoreError, match="more than a link"):
        desk.save_view("Long", 0, {"find": ["x" * 5000]})


def test_views_stand_in_the_order_of_their_names(desk: Store) -> None:
    """Whatever the case they are written in, and with signs that a pattern of the database would heed."""
    for name in ("zebra", "Älteste", "50% done", "a_b", "Apple"):
        desk.save_view(name, 0, MINE)
    assert names_of(desk) == ["50% done", "a_b", "Apple", "zebra", "Älteste"]


def test_keys_are_each_persons_own(desk: Store) -> None:
    """A person's keys change nobody else's; no keys are the keys that ship."""
    assert desk.keys_of("Tom").keys == {}
    assert desk.set_keys(0, {"next": "n"}, actor="Tom") == 1
    assert (desk.keys_of("Tom").keys, desk.keys_of("Tom").revision) == ({"next": "n"}, 1)
    assert desk.keys_of("Jana").keys == {}
    assert desk.set_keys(1, {"next": "n"}, actor="Tom") == 1
    with pytest.raises(StaleWrite):
        desk.set_keys(0, {"next": "x"}, actor="Tom")
    assert desk.set_keys(1, {}, actor="Tom") == 2
    assert desk.keys_of("Tom").keys == {}
    desk.undo("Tom")
    assert desk.keys_of("Tom").keys == {"next": "n"}
    assert desk.differences() == []


def test_the_desks_rules_are_still_an_admins(desk: Store) -> None:
    """Views and keys stand beside the rules and are none of them."""
    desk.save_view("Mine", 0, MINE)
    desk.set_keys(0, {"next": "n"}, actor="Tom")
    assert desk.rules().confidence == "words"
    with pytest.raises(NotThere):
        desk.setting("view:Mine")
    with pytest.raises(NotThere):
        desk.set("keys:Tom", 1, {})
    with pytest.raises(StoreError, match="more keys"):
        desk.set_keys(1, {"next": "n" * 100}, actor="Tom")
