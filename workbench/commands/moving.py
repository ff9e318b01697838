"""A desk moves: from its file to a server, and back."""
# ruff: noqa: PLC0415

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench.commands.asking import Desk, file_of, on_a_store, width
from workbench.commands.drawing import draw
from workbench.nouns import count_words

if TYPE_CHECKING:
    from claims import Store


@click.command(
    epilog="""\b
Examples:
  workbench copy --to postgresql://user@host/name
  workbench --store postgresql://user@host/name copy --to desk.sqlite

A server's database is made before: createdb name. The password may stand in the file ~/.pgpass.""",
)
@click.option("--to", "target", metavar="PATH|URL", required=True, help="Where the copy goes: a new or an empty store.")
@on_a_store
@click.pass_obj
def copy(desk: Desk, target: str) -> None:
    """Copy the store to a file or a server.

    Everything is copied and checked row by row. The copy is kept whole or not at all; the store itself stays as it is.
    """
    from claims.store.copying import copy as copy_store

    with desk.filled() as source:
        events = source.latest_event_seq()
        with (
            _begun(target) as record,
            # One step an event that is copied, that is made anew from, that is checked.
            click.progressbar(length=3 * events, label="Copying", file=sys.stderr) as bar,
        ):
            reached = {"made anew": 2 * events, "events, checked": 3 * events}

            def tell(what: str, number: int) -> None:
                if what == "events" or what in reached:
                    bar.update(max(reached.get(what, number) - bar.pos, 0))

            rows = copy_store(source, record, tell)
            places = source.place, record.place
    click.echo(draw(("TABLE", "ROWS, EACH CHECKED"), [(name, f"{number:,}") for name, number in rows.items()], width()))
    click.echo(f"\n{count_words(sum(rows.values()), 'row')} copied from {places[0]} to {places[1]}")


@contextmanager
def _begun(target: str) -> Iterator[Store]:
    """The store that is copied to. A file that was not there before is there only if it was copied whole."""
    file = file_of(target)
    is_new = file is not None and not file.exists()
    try:
        with Desk(target).open(new=True) as record:
            yield record
    except BaseException:
        if file and is_new:
            _remove(file)
        raise


def _remove(file: Path) -> None:
    """Take a record's file away, with what SQLite keeps beside it."""
    for name in (file, file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm")):
        name.unlink(missing_ok=True)
