"""The roster, and the desk's settings: who works here in which role, and by which rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, select

from claims.errors import BadScale, NotAllowed, NotThere, StaleWrite, StoreError
from claims.evidence import Source
from claims.evidence.addresses import address_problem
from claims.review.rules import as_dict, load_rules
from claims.status import ROLES, may
from claims.store import rows
from claims.store.events import Act, Change, made, record, row_of
from claims.store.schema import events, people, settings
from claims.verdict import DEFAULT_SCALE, Scale, load_scale, scale_from, scale_names

LONGEST_NAME, LONGEST_TOLD = 80, 200

#: The desk's settings: what each is where nobody has set it.
DEFAULTS: dict[str, Any] = {
    "scale": DEFAULT_SCALE,  # the name of a scale that comes with the program, or a scale of the desk's own, as data
    "confidence": "words",  # or percent
    "second_reading": True,  # whether a sign-off asks for one
    "agenda": {},  # what of the rules of claims.review.rules the desk has changed
    "publisher": "",  # under what name the desk tells its verdicts
    "site": "",  # the web address at which it does
}

#: Beginnings of the names under which people keep what is theirs: no admin is asked, see :mod:`claims.store.preferences`.
OWN = ("view:", "keys:")

# Built once: every write asks it.
_ENTRY = select(people.c.role, people.c.active).where(people.c.name == bindparam("actor"))

_SETTINGS = select(settings.c.name, settings.c.value).where(settings.c.name.in_(list(DEFAULTS)))


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on the roster; who has left stays on it, not active."""

    name: str
    role: str
    active: bool
    revision: int


@dataclass(frozen=True, slots=True)
class Rules:
    """By what the desk judges: its scale, the form of its confidence, whether a sign-off asks for a second reading."""

    scale: Scale
    confidence: str
    second_reading: bool


def roster(connection: Connection) -> list[Person]:
    """Everybody on the roster, in order of their names."""
    return [Person(**row) for row in connection.execute(select(people).order_by(people.c.name)).mappings()]


def add(act: Act, name: str, role: str) -> int:
    """Put somebody on the roster. The first is an admin, whatever is asked: somebody has to keep it. Returns the revision."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise StoreError(
            f"A name has from 1 to {LONGEST_NAME} characters.", "Give the name that the desk knows them by."
        )
    there = {person.name.casefold(): person for person in roster(act.connection)}
    if name.casefold() in there:
        raise StoreError(
            f"{there[name.casefold()].name} is on the roster already.", "Choose them there, or give another name."
        )
    role = _role(role if anybody(act.connection) else "admin")
    if role != "checker":
        check_role(act, "admin", f"make somebody {role}")
    record(act, [made("person added", "person", name, {"name": name, "role": role, "active": True})])
    return 1


def edit(act: Act, name: str, revision: int, changes: Mapping[str, object]) -> int:
    """Give somebody another role, or note that they left or are back. Returns the revision they then have."""
    row = row_of(act.connection, "person", name)
    if row["revision"] != revision:
        raise StaleWrite(
            f"Somebody changed {name}'s entry since you opened it.",
            "Look at it again, then change it.",
            rows.shown("person", row),
            changes,
        )
    check_role(act, "admin", "change the roster")
    unknown = changes.keys() - {"role", "active"}
    if unknown:
        raise StoreError(f"{min(unknown)!r} of a person is not edited.", "These are: active, role.")
    new: rows.Row = {}
    if "role" in changes:
        new["role"] = _role(str(changes["role"]))
    if "active" in changes:
        new["active"] = bool(changes["active"])
    new = {column: value for column, value in new.items() if value != row[column]}
    if not new:
        return revision
    _check_admin_left(act.connection, {**row, **new})
    record(act, [Change("person edited", "person", name, row, new)])
    return revision + 1


def check_taken_back(act: Act, kind: str, row: rows.Found, back: rows.Found) -> None:
    """Refuse to take back a change of the roster or of a setting by whom it would now be refused, or with no admin left."""
    alone = kind == "person" and [person.name for person in roster(act.connection)] == [row["name"]]
    if alone and not back.get("active", True):
        return  # the roster is then as it was before there was one
    if kind == "setting" and row["name"].startswith(OWN):
        return
    check_role(act, "admin", "take back a change of the roster or the settings")
    if kind == "person":
        _check_admin_left(act.connection, {**row, **back})


def _check_admin_left(connection: Connection, entry: rows.Found) -> None:
    """Refuse an entry of the roster as it is to be, if it leaves people there and no admin among them."""
    if entry["role"] == "admin" and entry["active"]:
        return
    others = [person for person in roster(connection) if person.active and person.name != entry["name"]]
    if any(person.role == "admin" for person in others) or not (others or entry["active"]):
        return
    raise StoreError(f"{entry['name']} is the only admin left.", "Make somebody else an admin first.")


def anybody(connection: Connection) -> bool:
    """Whether anybody works here."""
    return connection.execute(select(people.c.name).where(people.c.active.is_(True)).limit(1)).first() is not None


def check_role(act: Act, needed: str, deed: str) -> None:
    """Refuse what the actor's role does not reach, and all to who has left or gives no name.

    Who is on no roster is a checker. While nobody works here, who has left or not, all may do all.
    """
    if not act.actor.strip() and anybody(act.connection):
        raise NotAllowed(
            "This desk has a roster, and keeps nothing that nobody puts their name to.",
            "Say who you are, then do it once more.",
        )
    found = act.connection.execute(_ENTRY, {"actor": act.actor}).first()
    if found is None and needed == "checker":
        return
    if not (found and found.active) and not anybody(act.connection):
        return
    if found and not found.active:
        raise NotAllowed(
            f"{act.actor} has left this desk, as its roster says, and writes nothing here.",
            "Ask an admin to note on the roster that they are back.",
        )
    role = found.role if found else "checker"
    if not may(role, needed):
        raise NotAllowed(
            f"{act.actor} is a {role} here; to {deed} takes the role {needed}.",
            "Ask somebody who has it, or an admin to change the roster.",
        )


def setting(connection: Connection, name: str) -> Any:
    """What a setting is: as it was set, else as it comes."""
    _known(name)
    found = connection.execute(select(settings.c.value).where(settings.c.name == name)).first()
    return DEFAULTS[name] if found is None or found.value is None else found.value


def setting_revision(connection: Connection, name: str) -> int:
    """The revision that a change of this setting must name; 0 where it was never set."""
    _known(name)
    return connection.execute(select(settings.c.revision).where(settings.c.name == name)).scalar() or 0


def set_one(act: Act, name: str, revision: int, value: Any) -> int:
    """Set a setting. Returns the revision it then has."""
    found = act.connection.execute(select(settings).where(settings.c.name == _known(name))).mappings().first()
    stands = found["revision"] if found else 0
    if stands != revision:
        raise StaleWrite(
            f"Somebody changed the setting {name} since you opened it.",
            "Look at it again, then set it.",
            {"value": found["value"] if found else DEFAULTS[name]},
            {"value": value},
        )
    check_role(act, "admin", "change the desk's settings")
    value = _checked(name, value)
    if name == "scale" and isinstance(value, dict):
        _check_new_name(act.connection, value)
    if setting(act.connection, name) == value:
        return revision
    change = (
        Change("setting changed", "setting", name, dict(found), {"value": value})
        if found
        else made("setting changed", "setting", name, {"name": name, "value": value})
    )
    record(act, [change])
    return revision + 1


def rules(connection: Connection) -> Rules:
    """The desk's settings as its acts ask for them."""
    found = dict(connection.execute(_SETTINGS).all())
    value = {name: DEFAULTS[name] if found.get(name) is None else found[name] for name in DEFAULTS}
    return Rules(_scale(value["scale"]), value["confidence"], value["second_reading"])


def scale_named(connection: Connection, name: str | None) -> Scale:
    """The scale of this name: the desk's own, one that comes with the program, or one that the desk had before."""
    desk = rules(connection).scale
    if name is None or desk.name == name:
        return desk
    told = select(events.c.new).where(events.c.subject_kind == "setting", events.c.subject_id == "scale")
    for text in connection.execute(told.order_by(events.c.seq.desc())).scalars():
        value = rows.from_json("setting", text)["value"]
        if isinstance(value, dict) and value.get("name") == name:
            return scale_from(value)
    return load_scale(name)


def _scale(value: Any) -> Scale:
    return load_scale(value) if isinstance(value, str) else scale_from(value)


def _own(scale: Scale) -> Scale:
    """The same scale, if its name is not that of another: marks name the scale that they were given by."""
    if scale.name in scale_names() and scale != load_scale(scale.name):
        raise BadScale(
            f"{scale.name!r} is the name of a scale that comes with the program.", "Give yours another name."
        )
    return scale


def _check_new_name(connection: Connection, scale: Mapping[str, Any]) -> None:
    """Refuse another scale under a name that the desk has used: marks name the scale that they were given by."""
    told = select(events.c.new).where(events.c.subject_kind == "setting", events.c.subject_id == "scale")
    for text in connection.execute(told).scalars():
        earlier = rows.from_json("setting", text)["value"]
        if isinstance(earlier, dict) and earlier.get("name") == scale["name"] and earlier != scale:
            raise BadScale(
                f"The desk has had another scale called {scale['name']!r}, and marks were given by it.",
                "Give this one another name.",
            )


def _role(role: str) -> str:
    if role not in ROLES:
        raise StoreError(f"{role!r} is no role.", f"Use one of: {', '.join(ROLES)}.")
    return role


def _known(name: str) -> str:
    if name not in DEFAULTS:
        raise NotThere(f"There is no setting {name!r}.", f"These are: {', '.join(sorted(DEFAULTS))}.")
    return name


def _checked(name: str, value: Any) -> Any:
    if name == "scale":
        return load_scale(value).name if isinstance(value, str) else _own(scale_from(value)).as_data()
    if name == "agenda":
        return as_dict(load_rules(value))
    if name == "second_reading" and not isinstance(value, bool):
        raise StoreError(f"second_reading is true or false, not {value!r}.", "Give one of the two.")
    if name == "confidence" and value not in ("words", "percent"):
        raise StoreError(f"{value!r} is no way to give a confidence.", "Use one of: words, percent.")
    if name in {"publisher", "site"}:
        return _told(name, value)
    return value


def _told(name: str, value: Any) -> str:
    """A name or an address as the desk tells it to the public."""
    text = " ".join(str(value or "").split())
    if len(text) > LONGEST_TOLD:
        raise StoreError(
            f"The {name} has {len(text):,} characters; {LONGEST_TOLD} are the most.", "Give a shorter one."
        )
    if name == "site" and text and not Source(text).is_web:
        raise StoreError(
            f"{text!r} is no web address.", "Give one that begins with https:// or http://, or leave it empty."
        )
    if name == "site" and (problem := address_problem(text)):
        raise StoreError(f"The site cannot stand at this address. {problem}", "Or leave it empty.")
    if name == "site" and "#" in text:
        raise StoreError(
            "The address of the site has a # in it, behind which the program writes the name of each claim.",
            "Leave out the # and all that follows it.",
        )
    return text
