"""The roster from the terminal: who works at the desk, in which role."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from claims.errors import NotThere
from claims.status import ROLES
from workbench.commands.asking import Desk, Mistake, by_a_person, on_a_store, width
from workbench.commands.drawing import draw, plain

if TYPE_CHECKING:
    from claims import Store
    from claims.store import Person

_ROLES = "\n".join(f"  {role:<10}{means}" for role, means in ROLES.items())
_ADD = "workbench people add NAME"

_role = click.Choice(tuple(ROLES))


@click.group(
    invoke_without_command=True,
    epilog=f"""\b
Examples:
  workbench people
  workbench people add Jana --role editor
  workbench people change Ilic --left

\b
Roles, each of which may do what those before it may:
{_ROLES}""",
)
@on_a_store
@click.pass_context
def people(ctx: click.Context) -> None:
    """List and change who works here.

    Each has a role. As long as nobody is on the roster, everybody may do everything.
    """
    if ctx.invoked_subcommand is None:
        with ctx.obj.open() as store:
            _list(store)


@people.command(
    epilog="""\b
Examples:
  workbench people add Jana                  the first on the roster is its admin
  workbench --as Jana people add Marusa --role reviewer""",
)
@click.argument("name")
@click.option(
    "--role", type=_role, default="checker", show_default=True, help="What they may do: see workbench people -h"
)
@on_a_store
@by_a_person
@click.pass_obj
def add(desk: Desk, name: str, role: str) -> None:
    """Put somebody on the roster; the first is its admin, whatever the role."""
    with desk.open(new=True) as store:
        there = {person.name for person in store.people()}
        store.add_person(name, role, actor=desk.writer)
        everybody = store.people()
    added = next(person for person in everybody if person.name not in there)
    click.echo(f"{plain(added.name)} is on the roster as {added.role}.")
    if len(everybody) == 1:
        click.echo("The first on it is its admin. From now on, who is not on it may only check.", err=True)
        if desk.writer != added.name:
            click.echo(f"You write as {desk.writer}. To write as somebody else: workbench --as NAME ...", err=True)


@people.command(
    epilog="""\b
Examples:
  workbench --as Jana people change Marusa --role editor
  workbench --as Jana people change Ilic --left
  workbench --as Jana people change Ilic --back
  workbench --as Jana people change Marusa --address marusa@korda.example""",
)
@click.argument("name")
@click.option("--role", type=_role, help="Another role.")
@click.option("--left", "active", flag_value=False, default=None, help="They left; what they did stays theirs.")
@click.option("--back", "active", flag_value=True, help="They are back.")
@click.option("--address", metavar="E-MAIL", help="With which address they sign in, where the desk has a sign-in.")
@on_a_store
@by_a_person
@click.pass_obj
def change(desk: Desk, name: str, role: str | None, address: str | None, *, active: bool | None) -> None:
    """Give somebody another role or their address, or note that they left or are back."""
    changes: dict[str, object] = {"role": role, "active": active}
    changes = {what: value for what, value in changes.items() if value is not None}
    if not changes and address is None:
        raise Mistake("Nothing was said to change. Give --role ROLE, --left, --back or --address E-MAIL.")
    with desk.open() as store:
        person = _named(store, name)
        if changes:
            store.edit_person(person.name, person.revision, changes, actor=desk.writer)
        if address is not None:
            has = store.person_at(address)
            store.give_address(person.name, has.name if has else "", address, actor=desk.writer)
        _list(store)


def _named(store: Store, name: str) -> Person:
    roster = store.people()
    for person in roster:
        if person.name == name:
            return person
    names = ", ".join(plain(person.name) for person in roster)
    raise NotThere(f"{name} is not on the roster.", f"These are: {names}." if names else f"Nobody is yet: {_ADD}")


def _list(store: Store) -> None:
    roster, addresses = store.people(), store.addresses()
    if not roster:
        click.echo(f"Nobody is on the roster yet, so everybody may do everything. Begin it with: {_ADD}")
        return
    rows = [
        (person.name, person.role if person.active else f"{person.role}, left", addresses.get(person.name, ""))
        for person in roster
    ]
    if addresses:
        click.echo(draw(("NAME", "ROLE", "SIGNS IN AS"), rows, width()))
    else:
        click.echo(draw(("NAME", "ROLE"), [row[:2] for row in rows], width()))
