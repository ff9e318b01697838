"""Who signs in with which address: the roster knows people by their names, a newsroom's provider by their e-mail.

A name is what its bearer says, and often theirs to change; an address is what the provider has proved. So nobody becomes
somebody of the roster by their name: an address that nobody has is a new person, unless an admin gave it to one.
"""

from __future__ import annotations

import re
import unicodedata

from sqlalchemy import Connection, select

from claims.errors import NotAllowed, StaleWrite, StoreError
from claims.store.events import Act, Change, made, record, row_of
from claims.store.people import LONGEST_NAME, Person, anybody, roster
from claims.store.schema import people, settings

#: What a first entry is called.
ENTERED = "person entered"

#: Signs of an address, as RFC 5321 allows them.
LONGEST_ADDRESS = 254

_KEPT = "address:"
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")


def address_of(text: str) -> str:
    """An e-mail address as it is compared: without regard to case.

    Only ASCII is put in lower case. Other scripts have letters that would become another's: the Kelvin sign a k.

    >>> address_of(" Jana.Ilic@Korda.example ")
    'jana.ilic@korda.example'
    >>> address_of("jana.ilic")
    Traceback (most recent call last):
    claims.errors.StoreError: 'jana.ilic' is no e-mail address. Give one such as jana@korda.example.
    """
    text = text.strip()
    if len(text) > LONGEST_ADDRESS or not text.isprintable() or not _ADDRESS.fullmatch(text):
        raise StoreError(f"{text[:LONGEST_ADDRESS]!r} is no e-mail address.", "Give one such as jana@korda.example.")
    return "".join(sign.lower() if sign.isascii() else sign for sign in text)


def person_at(connection: Connection, address: str) -> Person | None:
    """Who of the roster has this address."""
    name = select(settings.c.value).where(settings.c.name == _KEPT + address_of(address))
    if (kept := connection.execute(name).scalar()) is None:
        return None
    found = connection.execute(select(people).where(people.c.name == kept)).mappings().one()
    return Person(**found)


def addresses(connection: Connection) -> dict[str, str]:
    """The address of each who has one, by name; of several, the last in the order of the alphabet."""
    asked = select(settings).where(settings.c.name.like(f"{_KEPT}%"), settings.c.value.is_not(None))
    found = connection.execute(asked.order_by(settings.c.name)).mappings()
    return {row["value"]: row["name"].removeprefix(_KEPT) for row in found}


def give(act: Act, name: str, seen: str, address: str) -> None:
    """Let whoever signs in with an address be this person from now on; ``seen`` is whose it was, empty for nobody's."""
    row_of(act.connection, "person", name)
    there = person_at(act.connection, address)
    stands = there.name if there else ""
    if stands not in (seen, name):
        now = f"was given to {stands} since you looked" if stands else f"is {seen}'s no more: it is nobody's"
        raise StaleWrite(
            f"The address {address} {now}.", "See the roster, then give it again.",
            {"name": stands}, {"name": name},
        )  # fmt: skip
    if bound := _bound(act.connection, "address given", name, address_of(address)):
        record(act, bound)


def enter(act: Act, address: str, name: str, *, admin: bool | None) -> Person:
    """Put who comes with a new address on the roster, under their name or one near it. The record has them as the actor."""
    address = address_of(address)
    if there := person_at(act.connection, address):
        return there
    name = _free(act.connection, name, address)
    role = "admin" if (not anybody(act.connection) if admin is None else admin) else "checker"
    record(
        Act(act.connection, name, act.at, act.batch),
        [
            made(ENTERED, "person", name, {"name": name, "role": role, "active": True}),
            *_bound(act.connection, ENTERED, name, address),
        ],
    )
    return Person(name, role, active=True, revision=1)


def _bound(connection: Connection, what: str, name: str, address: str) -> list[Change]:
    """The change, called so, that makes an address this person's; none where it is theirs."""
    subject = _KEPT + address
    there = connection.execute(select(settings).where(settings.c.name == subject)).mappings().first()
    if there is None:
        return [made(what, "setting", subject, {"name": subject, "value": name})]
    return [Change(what, "setting", subject, dict(there), {"value": name})] if there["value"] != name else []


def _free(connection: Connection, name: str, address: str) -> str:
    """A name that nobody of the roster has: theirs, theirs with the address, or the address."""
    own = told_name(name) or address.partition("@")[0]
    taken = {_alike(person.name) for person in roster(connection)}
    for free in (own, f"{own} ({address})", address):
        if len(free) <= LONGEST_NAME and _alike(free) not in taken:
            return free
    raise NotAllowed(
        f"Nobody can be put on the roster as {own}: the name is taken, and the address is too long for one.",
        f"Ask an admin of the desk to add you, and to give you the address {address}.",
    )


def told_name(name: str) -> str:
    r"""A name as a provider tells it, without what is not seen in it, and not too long.

    >>> told_name("Jana\N{ZERO WIDTH SPACE}  Ilic\N{RIGHT-TO-LEFT OVERRIDE}")
    'Jana Ilic'
    """
    seen = "".join(sign if sign.isprintable() else " " if sign.isspace() else "" for sign in name)
    return " ".join(unicodedata.normalize("NFC", seen).split())[:LONGEST_NAME].strip()


def _alike(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()
