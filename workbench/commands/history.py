"""What happened to a claim, in sentences; and the newest act taken back or done again."""
# ruff: noqa: PLC0415

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from textwrap import wrap
from typing import TYPE_CHECKING

import click

from claims.errors import NotThere, StoreError
from workbench.commands.asking import Desk, by_a_person, for_a_person, note_kept_back, on_a_store, width
from workbench.commands.drawing import plain

if TYPE_CHECKING:
    from claims.store import Event, Store
    from workbench.telling import Told

_INDENT = " " * 4


@click.command(
    epilog="""\b
Examples:
  workbench history 3f9c0a2b51d7e846
  workbench history 3f9c0a2b51d7e846 --json

A claim's ID stands in the column claim_id of workbench export. Times are UTC.
What you are yet to read second is kept back from you; --as says who you are.""",
)
@click.argument("claim_id", metavar="CLAIM_ID")
@click.option("--json", "as_json", is_flag=True, help="The events as they are kept, as JSON.")
@on_a_store
@for_a_person
@click.pass_obj
def history(desk: Desk, claim_id: str, *, as_json: bool) -> None:
    """Tell what happened to a claim.

    Everything that was done to it, its sources and its marks: when, by whom and what, oldest first.
    """
    from claims.status import is_kept_back
    from workbench.telling import named_in, tell_all

    with desk.filled() as store, store.moment():
        try:
            claim = store.claim(claim_id)
        except NotThere as error:
            raise NotThere(
                error.problem, "The column claim_id of workbench export FILE.csv has those that are."
            ) from error
        veiled = is_kept_back(claim, store.spelled(desk.writer), read_twice=store.rules().second_reading)
        events = store.history(claim_id)
        wordings = {name: row["claim"] for name, row in store.claims_named(named_in(events)).items()}
    note_kept_back(desk, int(veiled))
    if as_json:
        listed = [asdict(event) for event in (_open(events) if veiled else events)]
        click.echo(json.dumps(listed, indent=2, default=_moment, ensure_ascii=False))
        return
    columns = width()
    click.echo("\n".join(wrap(plain(f"{claim['claim']} · {claim['status']}"), columns)) + "\n")
    for told in tell_all(events, veiled=veiled, wordings=wordings):
        click.echo("\n".join(_lines(told, columns)))


@click.command(
    epilog="""\b
Examples:
  workbench undo
  workbench --as Jana undo

Each undo takes back one act, the newest first; workbench redo does it again.""",
)
@click.option(
    "--past", is_flag=True, help="Leave what cannot be taken back as it is, and take back what came before it."
)
@on_a_store
@by_a_person
@click.pass_obj
def undo(desk: Desk, *, past: bool) -> None:
    """Take back the newest act of yours.

    A mark, an import, whatever it was, if it still stands. Nothing leaves the record.
    """
    with desk.filled() as store:
        event = _undone(store, desk.writer, past=past)
    click.echo(f"Taken back{_about(event)}. workbench redo does it again.")


def _undone(store: Store, writer: str, *, past: bool) -> Event:
    """The newest act is taken back, or with ``past`` the newest that can be; what is left as it is, is told."""
    left: set[str] = set()
    while True:
        try:
            return store.undo(writer, past=left)
        except StoreError as error:
            if not error.batch:
                raise
            if not past:
                error.args = (f"{error} Or leave it as it is, and take back what came before: workbench undo --past",)
                raise
            left.add(error.batch)
            click.echo(f"Left as it is: {error.problem}", err=True)


@click.command(
    epilog="""\b
Examples:
  workbench redo
  workbench --as Jana redo""",
)
@on_a_store
@by_a_person
@click.pass_obj
def redo(desk: Desk) -> None:
    """Do again what you took back last.

    That is possible as long as you have done nothing else since.
    """
    with desk.filled() as store:
        event = store.redo(desk.writer)
    click.echo(f"Done again{_about(event)}. workbench undo takes it back.")


def _open(events: Sequence[Event]) -> list[Event]:
    """The events of acts that hold no judgement. The others are left out whole: by its hash, the rest of one would tell what was cut."""
    from workbench.columns import FIRST_READING

    told = {
        event.batch
        for event in events
        for side in (event.old or {}, event.new)
        if any(side.get(name) is not None for name in FIRST_READING)
    }
    return [event for event in events if told.isdisjoint({event.batch, event.undoes})]


def _about(event: Event) -> str:
    return f", on the {event.subject_kind} {plain(event.subject_id)}"


def _lines(told: Told, columns: int) -> Iterator[str]:
    """An event as lines: when and what, under it what changed and why."""
    head = f"{told.when:%Y-%m-%d %H:%M}  {plain(told.sentence)}{' (taken back)' if told.taken_back else ''}"
    yield from wrap(head, columns, subsequent_indent=_INDENT)
    for detail in told.details:
        old, new = (plain(value) or "nothing" for value in (detail.old, detail.new))
        words = f"{detail.what}: {new}" if not detail.old else f"{detail.what}: {old} → {new}"
        yield from wrap(words, columns, initial_indent=_INDENT, subsequent_indent=_INDENT * 2)
    if told.why:
        yield from wrap(f"Reason: {plain(told.why)}", columns, initial_indent=_INDENT, subsequent_indent=_INDENT * 2)


def _moment(value: object) -> str:
    """Days and moments in ISO 8601, which JSON does not know."""
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
