"""A table that was exported and edited in a spreadsheet comes home: shown first, then written as one act."""
# ruff: noqa: PLC0415

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workbench.commands.asking import Desk, Mistake, by_a_person, confirmed, on_a_store, width
from workbench.commands.drawing import draw, plain
from workbench.nouns import count_words

if TYPE_CHECKING:
    from claims.imports import Cell, Plan

#: Lines of the preview before the rest is only counted.
_SHOWN = 50
#: What the kinds of cells are called, and their order where not all are shown.
_KINDS = {"stop": "problem", "conflict": "conflict", "change": "change", "note": "note"}


@click.command(
    "import",
    epilog="""\b
Examples:
  workbench import claims.csv --dry-run      only show what it would change
  workbench import claims.csv
  workbench import claims.xlsx --good-rows   leave the rows with problems out
  workbench --as Jana import claims.csv --yes --take-file
  workbench import archive/                  what workbench archive made: its articles and their claims

workbench undo takes an import back as one act.""",
)
@click.argument("file", metavar="FILE.csv|FILE.xlsx|FOLDER")
@click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")
@click.option("--good-rows", is_flag=True, help="Write the rows without problems and leave the others as they are.")
@click.option("--take-file", is_flag=True, help="Where file and record were both changed, take the file's.")
@click.option("--keep-record", is_flag=True, help="Where file and record were both changed, keep the record's.")
@click.option("--all", "show_all", is_flag=True, help=f"Show every change, not only the first {_SHOWN}.")
@click.option("--unfinished", is_flag=True, help="Take an archive that is not read to its end as it is.")
@click.option("--yes", is_flag=True, help="Write without asking.")
@on_a_store
@by_a_person
@click.pass_obj
def import_(
    desk: Desk,
    file: str,
    *,
    dry_run: bool,
    good_rows: bool,
    take_file: bool,
    keep_record: bool,
    show_all: bool,
    unfinished: bool,
    yes: bool,
) -> None:
    """Take the edits of an exported table in.

    All of them are written as one act, or none. Each cell is compared with what was exported and with the record as it is now. What only the file changed is taken;
    where both changed, you choose. Everything is shown by row and column before anything is written.

    A FOLDER is an archive: its articles are kept with their claims, those that are there already left as they are.
    """
    from claims.imports import apply_import, plan_import

    if take_file and keep_record:
        raise Mistake("--take-file and --keep-record are two answers to one question. Give one of them.")
    if Path(file).is_dir():
        _import_archive(desk, Path(file), dry_run=dry_run, unfinished=unfinished)
        return
    take: bool | tuple[int, ...] = () if keep_record else take_file
    person = desk.writer
    with desk.filled() as store:
        plan = plan_import(store, Path(file), reader=store.spelled(person))
        click.echo(_summary(plan))
        if table := _preview(plan, None if show_all else _SHOWN):
            click.echo(f"\n{table}\n")
        rows = _rows(plan, good_rows=good_rows, take=take)
        if not rows:
            click.echo("Nothing is written: no row changes the record.")
            return
        if dry_run:
            click.echo(f"Without --dry-run, {count_words(rows, 'row')} would be written.")
            return
        if not yes and not confirmed(f"Write {count_words(rows, 'row')} as {person}?"):
            click.echo("Nothing was written.")
            return
        done = apply_import(store, plan, actor=person, good_rows_only=good_rows, take_file=take)
    left = f", {count_words(done.n_left, 'row')} left as they were" if done.n_left else ""
    click.echo(f"{count_words(done.n_written, 'row')} written as one act{left}.")
    click.echo(f"{plain(done.why)}. To take it back: workbench --as {shlex.quote(person)} undo")


def _import_archive(desk: Desk, folder: Path, *, dry_run: bool, unfinished: bool) -> None:
    """The articles of an archive into the store, many as one act; given again, it goes on where it was stopped."""
    from claims.archive import Ledger, count_rows, entries, is_archive

    if not is_archive(folder):
        raise Mistake(f"{folder} is no archive. Make one with: workbench archive SOURCE... --out {folder}")
    ledger = Ledger(folder)
    if not unfinished and (left := ledger.unfinished()):
        are = "is" if left == 1 else "are"
        raise Mistake(
            f"{left:,} of {count_words(sum(1 for _ in ledger.batches()), 'batch', 'batches')} of {folder} {are} not read yet. "
            "Give its workbench archive command again first, or take what is there with --unfinished."
        )
    articles = count_rows(folder, "articles")
    if dry_run:
        click.echo(
            f"Without --dry-run, {count_words(articles, 'article')} would be kept, but for those that are there."
        )
        return
    person = desk.writer
    with (
        desk.open(new=True) as store,
        click.progressbar(entries(folder), length=articles, label="Keeping", file=sys.stderr, show_pos=True) as coming,
    ):
        names = store.add_articles(coming, actor=person)
    click.echo(f"{count_words(len(names), 'article')} kept, {articles - len(names):,} there already.")


def _rows(plan: Plan, *, good_rows: bool, take: bool | tuple[int, ...]) -> int:
    """How many rows the answers given write; a Mistake where they leave something open."""
    undecided = [row for row in plan.rows if row.contested and take is False]
    refused = [row for row in plan.rows if row.refusal and plan.takes(row, take_file=take)]
    stops = len(plan.stops) + len(refused)
    if not good_rows and (stops or undecided):
        said = " and ".join(
            [count_words(stops, "problem")] * bool(stops)
            + [count_words(len(undecided), "row") + " in conflict"] * bool(undecided)
        )
        remedies = ["Mend the file, or leave the rows with problems out with --good-rows."] * bool(stops)
        remedies += ["Settle the conflicts with --take-file or --keep-record."] * bool(undecided)
        raise Mistake(f"Nothing was written: {said}. {' '.join(remedies)}")
    left = {row.row for row in (*undecided, *refused)}
    return sum(
        bool(row.taking if plan.takes(row, take_file=take) else row.keeping) for row in plan.rows if row.row not in left
    )


def _summary(plan: Plan) -> str:
    parts = [
        count_words(plan.n_rows, "row"),
        f"{plan.n_unchanged:,} unchanged",
        count_words(len(plan.changes), "change"),
        count_words(len(plan.conflicts), "conflict"),
        count_words(len(plan.stops), "problem"),
    ]
    if plan.already:
        parts.append(f"{count_words(len(plan.already), 'cell')} that the record holds already")
    return f"{plain(plan.name)}: {', '.join(parts)}"


def _preview(plan: Plan, most: int | None) -> str:
    """Problems, conflicts and changes by row and column; empty where there are none."""
    lines = list(_lines(plan))
    if not lines:
        return ""
    order = tuple(_KINDS.values())
    shown = sorted(sorted(lines, key=lambda line: order.index(line[2]))[:most], key=lambda line: line[0])
    rows = [(row or "", column, kind, what) for row, column, kind, what in shown]
    table = draw(("ROW", "COLUMN", "WHAT", "IN WORDS"), rows, width())
    left = len(lines) - len(shown)
    return f"{table}\n... and {count_words(left, 'line')} more; see them with --all" if left else table


def _lines(plan: Plan) -> Iterator[tuple[int, str, str, str]]:
    """Row, column, kind and words of everything that a person should see."""
    for problem in plan.problems:
        kind = _KINDS["stop" if problem.stops else "note"]
        yield problem.row, problem.column, kind, f"{problem.sentence} {problem.remedy}"
    for row in plan.rows:
        if row.refusal:
            said = f"The file's value cannot be taken: {row.refusal.sentence} {row.refusal.remedy}"
            yield row.row, row.refusal.column, _KINDS["note"], said
    for cell in plan.cells:
        if cell.kind != "already":
            yield cell.row, cell.column, _KINDS[cell.kind], _change(cell)


def _change(cell: Cell) -> str:
    if cell.kind == "conflict":
        return f"was {_value(cell.exported)}; record {_value(cell.current)}; file {_value(cell.edited)}"
    return f"{_value(cell.exported)} → {_value(cell.edited)}"


def _value(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        value = f"{value:.0f}"
    return "nothing" if value is None else f"“{plain(str(value))}”"
