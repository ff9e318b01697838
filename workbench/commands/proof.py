"""Proof from the terminal: the chain of events walked, the tables compared with it, and made anew from it."""
# ruff: noqa: PLC0415

from __future__ import annotations

import re
from collections.abc import Sequence
from textwrap import wrap
from typing import TYPE_CHECKING

import click

from claims.errors import StoreCorrupt
from workbench.commands.asking import FOUND_WRONG, Desk, Mistake, file_of, on_a_store, width
from workbench.commands.differences import told
from workbench.commands.drawing import draw, plain
from workbench.nouns import count_words

if TYPE_CHECKING:
    from claims import Store
    from claims.store import Chain

#: Differences that are named before they are only counted.
_NAMED = 20
_HASH = re.compile(r"[0-9a-f]{12,64}")


@click.command(
    epilog="""\b
Examples:
  workbench verify
  workbench verify --expect 5e1c0b7d2a94     is the history that had this head still in it?

The exit code is 0 where all is as it was written, and 1 where something is not.""",
)
@click.option(
    "--expect",
    metavar="HASH",
    help="A head that was written down earlier: is it still in the chain? At least 12 signs.",
)
@on_a_store
@click.pass_context
def verify(ctx: click.Context, expect: str | None) -> None:
    """Prove that the record is as it was written.

    Walks the chain of events by its hashes and names the first broken link; compares each row of the tables with what
    its events add up to, and each snapshot with its SHA-256. Of a document that an early version kept no event tells
    the kind: its bytes alone are proved. Prints the head of the chain. Who can write the whole
    store can make a whole new chain, but none with your head in it: write the head down elsewhere, and give it to
    --expect later.
    """
    wanted = _hash(expect)
    desk: Desk = ctx.obj
    with desk.filled() as store:
        place, found, chain = store.place, _wrong(store), store.chain()
        at = store.event_of_hash(wanted) if wanted else None
    if wanted and at is None:
        found.append(
            f"The hash {wanted} is not in the chain: what was written up to it was rewritten or cut off since, "
            "or it is another record's."
        )
    if found:
        _say(f"The record {place} is not as it was written:", found)
        ctx.exit(FOUND_WRONG)
    click.echo(f"The record {plain(place)} is as it was written.\n")
    click.echo(_report(chain))
    click.echo(f"\nHead: event {chain.events:,}, {chain.head}")
    if at:
        click.echo(f"The hash that you gave is event {at:,}'s: all up to it is as it was then.")
    else:
        click.echo(f"Write it down elsewhere. Later: workbench verify --expect {chain.head[:12]}", err=True)


@click.command(
    epilog="""\b
Examples:
  workbench rebuild
  workbench --store desk.sqlite rebuild

The copy made before has the store's name and the moment; to go back to it, give it the store's name.""",
)
@on_a_store
@click.pass_context
def rebuild(ctx: click.Context) -> None:
    """Make the tables anew from the events.

    Says what differed before, and proves them equal after. A file is copied beside itself first. The events and the snapshots stay as they are. A chain that is broken is not
    built upon: the exit code is then 1, as where something still differs.
    """
    from claims.store.database import set_aside

    desk: Desk = ctx.obj
    with desk.filled() as store:
        if broken := store.verify():
            _say("Nothing was made anew, since the chain of events is not whole:", [broken.why])
            ctx.exit(FOUND_WRONG)
        before = store.differences()
        if file := file_of(desk.address):
            click.echo(f"Copied to {set_aside(file.absolute(), 'rebuild')}", err=True)
        rows = store.rebuild()
        after = store.differences()
    if before:
        _say("Before, this was not what the events say:", told(before))
    click.echo(f"{count_words(rows, 'row')} made anew from the events.")
    if after:
        _say("Still different, since it does not follow from the events:", told(after))
        ctx.exit(FOUND_WRONG)
    click.echo("The tables hold what the events say.")


def _wrong(store: Store) -> list[str]:
    """What is not as it was written, in sentences: the first broken link, then where tables and events differ."""
    broken = store.verify()
    found = [f"The chain of events is broken. {broken.why}"] if broken else []
    try:
        return found + told(store.differences())
    except StoreCorrupt as error:
        return [*found, str(error)]


def _report(chain: Chain) -> str:
    rows = [("event", chain.events, "each follows the one before it, as it was written")]
    rows += [
        (kind, number, "its bytes are what its SHA-256 says" if kind == "snapshot" else "what its events add up to")
        for kind, number in chain.kept.items()
        if number
    ]
    return draw(("PROVEN", "HOW MANY", "HOW"), [(kind, f"{number:,}", how) for kind, number, how in rows], width())


def _hash(given: str | None) -> str:
    """A hash as the chain writes it; "" where none was given."""
    if given is None:
        return ""
    text = given.strip().lower()
    if not _HASH.fullmatch(text):
        raise Mistake(f"{given!r} is no hash of the chain. Give 12 to 64 of the signs 0-9 and a-f.")
    return text


def _say(head: str, found: Sequence[str]) -> None:
    click.echo(plain(head))
    for sentence in found[:_NAMED]:
        click.echo("\n".join(wrap(sentence, width(), initial_indent="  ", subsequent_indent="    ")))
    if len(found) > _NAMED:
        click.echo(f"  ... and {len(found) - _NAMED:,} more")
