"""Backups of the store, and the way back."""
# ruff: noqa: PLC0415

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from workbench.commands.asking import Desk, on_a_store
from workbench.nouns import count_words


@click.command(
    epilog="""\b
Examples:
  workbench backup                           a file with the moment in its name, in this folder
  workbench backup /backups/                 the same in another folder
  workbench backup desk-of-monday.sqlite
  15 3 * * *  workbench backup /backups/     every night, as a line of cron

The backup is a store: workbench --store desk-of-monday.sqlite opens it.""",
)
@click.argument("target", metavar="[FILE|FOLDER]", required=False, type=click.Path(path_type=Path))
@on_a_store
@click.pass_obj
def backup(desk: Desk, target: Path | None) -> None:
    """Keep the whole record in one new file, proved before it counts.

    People may go on working meanwhile. A record on a server is kept in a file too.
    """
    from claims.store.backing import backup as back_up

    name = f"desk-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.sqlite"
    target = Path(name) if target is None else target / name if target.is_dir() else target
    with desk.filled() as store, click.progressbar(length=100, label="Copying", file=sys.stderr) as bar:
        kept = back_up(store, target, lambda done, of: bar.update(100 * done // max(of, 1) - bar.pos))
    click.echo(f"{count_words(kept.events, 'event')} kept in {kept.path} ({kept.size / 1e6:.1f} MB), proved")
    click.echo(f"The newest event's hash is {kept.seal}")


@click.command(
    epilog="""\b
Examples:
  workbench --store new.sqlite restore desk-of-monday.sqlite
  workbench restore desk-of-monday.sqlite --replace
  workbench --store postgresql://user@host/name restore desk-of-monday.sqlite""",
)
@click.argument("source", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Replace what the store holds; it is set aside beside it first.")
@on_a_store
@click.pass_obj
def restore(desk: Desk, source: Path, *, replace: bool) -> None:
    """Bring a backup back. It is proved first, and nothing changes where it is not sound."""
    from claims.store.backing import prove
    from claims.store.backing import restore as bring_back

    if not desk.exists:
        prove(source)  # no empty store is begun for what cannot be restored
    with desk.open(new=True) as store:
        kept, aside = bring_back(source, store, replace=replace)
        if aside:
            click.echo(f"What was there is now in {aside}", err=True)
        click.echo(f"{count_words(kept.events, 'event')} restored to {store.place}. Restart the desk where it is open.")
