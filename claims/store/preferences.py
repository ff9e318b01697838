"""What people keep at the desk for themselves: views with a name, which all of them share, and each person's keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from claims.errors import NotThere, StaleWrite, StoreError
from claims.store import rows
from claims.store.events import Act, Change, made, record
from claims.store.people import LONGEST_NAME
from claims.store.schema import settings

#: Views that a desk may keep, and signs that one may take as an address.
_MOST, _LONGEST = 200, 4_000

#: What a person may give a key of their own: acts, and signs of one's name and of its key.
_ACTS, _SIGNS = 100, 60


@dataclass(frozen=True, slots=True)
class SavedView:
    """What a desk looks at, under a name: the parameters of the address that opens it."""

    name: str
    address: Mapping[str, Sequence[str]]
    revision: int


@dataclass(frozen=True, slots=True)
class OwnKeys:
    """The keys that a person has given to acts instead of those that ship, by the act's name."""

    keys: Mapping[str, str]
    revision: int


def views(connection: Connection) -> list[SavedView]:
    """The saved views, in the order of their names."""
    asked = select(settings).where(settings.c.name.like("view:%"), settings.c.value.is_not(None))
    found = connection.execute(asked).mappings()
    kept = [SavedView(row["name"].removeprefix("view:"), row["value"], row["revision"]) for row in found]
    return sorted(kept, key=lambda view: (view.name.casefold(), view.name))


def save_view(act: Act, name: str, revision: int, address: Mapping[str, Sequence[str]]) -> int:
    """Keep a view under a name, in the place of the one that was seen there; revision 0 for a name that is new."""
    name = _free_name(act.connection, name) if not revision else name
    row = _seen(act.connection, f"view:{name}", revision, dict(address))
    value = {part: list(values) for part, values in address.items()}
    if len(rows.canonical(value)) > _LONGEST:
        raise StoreError("This view asks for more than a link can hold.", "Choose fewer values, then save it.")
    if not revision and len(views(act.connection)) >= _MOST:
        raise StoreError(f"The desk keeps {_MOST} views already.", "Delete one that nobody opens, then save this one.")
    return _set(act, "view saved", f"view:{name}", row, value)


def rename_view(act: Act, name: str, revision: int, new: str) -> int:
    """Give a view another name. Returns the revision that it has under it."""
    row = _seen(act.connection, f"view:{name}", revision, {"name": new})
    if " ".join(new.split()) == name:
        return revision
    new = _free_name(act.connection, new, but=name)
    there = _row(act.connection, f"view:{new}")
    gone = Change("view renamed", "setting", f"view:{name}", row, {"value": None})
    record(act, [gone, _change("view renamed", f"view:{new}", there, row["value"] if row else None)])
    return (there["revision"] if there else 0) + 1


def delete_view(act: Act, name: str, revision: int) -> int:
    """Take a view off the list; undo brings it back. Returns the revision that its name then has."""
    return _set(act, "view deleted", f"view:{name}", _seen(act.connection, f"view:{name}", revision, {}), None)


def keys_of(connection: Connection, person: str) -> OwnKeys:
    """The keys of this person: none of their own, where they changed none."""
    row = _row(connection, f"keys:{person}")
    return OwnKeys(row["value"] or {}, row["revision"]) if row else OwnKeys({}, 0)


def set_keys(act: Act, revision: int, keys: Mapping[str, str]) -> int:
    """Keep the actor's own keys, by the names of the acts; none means as they ship. Returns the new revision."""
    row = _row(act.connection, f"keys:{act.actor}")
    if (row["revision"] if row else 0) != revision:
        raise StaleWrite(
            "Your keys were changed since, in another window.", "Look at them again, then change this one.",
            dict(row["value"] or {}) if row else {}, keys,
        )  # fmt: skip
    if len(keys) > _ACTS or any(len(act_name) > _SIGNS or len(key) > _SIGNS for act_name, key in keys.items()):
        raise StoreError("These are more keys, or longer ones, than there are.", "Give each act one key.")
    if (row["value"] or {} if row else {}) == dict(keys):
        return revision
    return _set(act, "keys changed", f"keys:{act.actor}", row, dict(keys) or None)


def _row(connection: Connection, name: str) -> rows.Row | None:
    found = connection.execute(select(settings).where(settings.c.name == name)).mappings().first()
    return dict(found) if found else None


def _seen(connection: Connection, name: str, revision: int, typed: Mapping[str, object]) -> rows.Row | None:
    """The row of a view as the person saw it; None for one that never was."""
    row = _row(connection, name)
    gone = row is None or row["value"] is None
    if gone and revision:
        raise NotThere(
            f"The view {name.removeprefix('view:')!r} is gone.", "A colleague may have renamed or deleted it."
        )
    if row is not None and not gone and row["revision"] != revision:
        raise StaleWrite(
            f"Somebody changed the view {name.removeprefix('view:')!r} since you looked.",
            "Open it again, then change it.", dict(row["value"]), typed,
        )  # fmt: skip
    return row


def _free_name(connection: Connection, name: str, but: str = "") -> str:
    """The name as it is kept, if no other view has it, however it is written."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise StoreError(f"A view's name has from 1 to {LONGEST_NAME} characters.", "Give it a name of that length.")
    taken = {view.name.casefold(): view.name for view in views(connection) if view.name != but}
    if name.casefold() in taken:
        raise StoreError(f"There is a view {taken[name.casefold()]!r} already.", "Give yours another name.")
    return name


def _change(act_name: str, name: str, row: rows.Row | None, value: object) -> Change:
    if row is None:
        return made(act_name, "setting", name, {"name": name, "value": value})
    return Change(act_name, "setting", name, row, {"value": value})


def _set(act: Act, act_name: str, name: str, row: rows.Row | None, value: object) -> int:
    record(act, [_change(act_name, name, row, value)])
    return (row["revision"] if row else 0) + 1
