"""Out of the store: the claims in one of their forms, or the whole record as tables in a folder."""
# ruff: noqa: PLC0415

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from claims.errors import StoreUnwritable
from claims.status import STATUSES
from workbench.commands.asking import Desk, for_a_person, note_kept_back, on_a_store
from workbench.nouns import count_words

if TYPE_CHECKING:
    import pandas as pd

    from claims import Query, Store
    from claims.export.forms import Form


@click.command(
    epilog="""\b
Examples:
  workbench export everything.csv
  workbench export verdicts.csv --verdicts-only
  workbench export story.csv --article 3f9c0a2b51d7e846
  workbench export refuted.csv --verdict Refuted --verdict "Conflicting evidence"
  workbench export claims.xlsx               Excel, with lists to choose from
  workbench export report.html               signed-off verdicts, for readers; report.md is the same as Markdown
  workbench export evidence.zip              report, tables, documents and what proves them whole
  workbench export claimreview.json          also averitec.json and annotations.json
  workbench export tables/                   claims.csv, sources.csv, events.csv and what their columns mean; tables.zip too

Reports, packs and JSON hold what was signed off, and nothing else. In tables a first reading that you are yet to read
second is left empty; --as says who you are, and workbench backup keeps all. After an edit in a spreadsheet: workbench import""",
)
@click.argument("target", metavar="FILE|FOLDER")
@click.option("--article", "article_id", metavar="ID", help="Only the claims of this article.")
@click.option("--verdicts-only", is_flag=True, help="Only claims that have a verdict.")
@click.option(
    "--verdict", "verdicts", multiple=True, metavar="LABEL", help="Only claims with this verdict; may be repeated."
)
@click.option(
    "--status",
    "statuses",
    multiple=True,
    metavar="STATUS",
    type=click.Choice(STATUSES),
    help="Only claims of this status; may be repeated.",
)
@click.option("--text", default="", metavar="WORDS", help="Only claims in which all these words occur.")
@on_a_store
@for_a_person
@click.pass_obj
def export(
    desk: Desk,
    target: str,
    article_id: str | None,
    verdicts: tuple[str, ...],
    statuses: tuple[str, ...],
    text: str,
    *,
    verdicts_only: bool,
) -> None:
    """Write claims to a file.

    FILE's ending says in which form: .csv, .xlsx, .parquet, .html, .md, .zip, or a name such as claimreview.json; - is CSV on standard output. A FOLDER (one that is there, or a name that ends in /) gets the whole record: the
    claims, dropped ones too, their sources and the events that made them; or of a choice of claims, what belongs to them.
    """
    from claims import Query
    from claims.export.forms import form_of
    from claims.export.record import WHOLE

    chosen = bool(article_id or verdicts or statuses or text or verdicts_only)
    folder = target.endswith(("/", os.sep)) or Path(target).is_dir()
    query = Query(
        article_id=article_id,
        verdicts=verdicts,
        statuses=statuses,
        text=text,
        marked=True if verdicts_only else None,
        sort="article",
    )
    form = form_of("claims.csv" if target == "-" or folder else target)
    if not chosen and (folder or form.name == "tables"):
        query = WHOLE
    with desk.open() as store:
        query = replace(query, reader=store.spelled(desk.writer), read_twice=store.rules().second_reading)
        _check_verdicts(store, query)
        if article_id:
            store.article(article_id)  # an unknown one is a mistake, not an empty table
        if folder or not form.signed_off:
            note_kept_back(desk, len(store.kept_back(query)))
        if folder:
            _write_folder(store, query, Path(target))
            return
        if form.name == "csv":
            empty = not write_to(store.frames(query), target)
        else:
            empty = not _write_form(store, query, form, Path(target))
    if empty and not chosen:
        click.echo("The store holds no claim yet. Put articles in with: workbench add SOURCE...", err=True)


def _write_form(store: Store, query: Query, form: Form, target: Path) -> int:
    """Claims in this form to a file, told on stderr; returns how many the store has of the query."""
    from claims.export import write_file
    from claims.export.checked import count_checked
    from claims.export.forms import pieces

    write_file(target, pieces(form.made(store, query, datetime.now(UTC))))
    count = store.count(query)
    told = count_checked(store, query) if form.signed_off else count
    click.echo(f"{count_words(told)}{' signed off' if form.signed_off else ''} in {target}", err=True)
    return count


def write_to(frames: Iterable[pd.DataFrame], target: str, what: str = "claim") -> int:
    """A table, which may come in several parts, as CSV to a file or to standard output; returns how many rows it has.

    Of a file, stderr is told by ``what`` its rows are.
    """
    from claims.export import csv_parts, write_file

    written = 0

    def counted() -> Iterator[pd.DataFrame]:
        nonlocal written
        for frame in frames:
            written += len(frame)
            yield frame

    if target == "-":
        sys.stdout.buffer.writelines(csv_parts(counted()))
        return written
    write_file(Path(target), csv_parts(counted()))
    click.echo(f"{count_words(written, what)} in {target}", err=True)
    return written


def _write_folder(store: Store, query: Query, folder: Path) -> None:
    """The three tables of some claims, or of all, as they are at one moment, and what their columns mean."""
    from claims.export import write_file
    from claims.export.dictionary import data_package
    from claims.export.pages import json_bytes
    from claims.export.record import record_tables

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnwritable(
            f"The folder {folder} cannot be made.", "See that it may be made there, or choose another place."
        ) from error
    with store.moment():
        for name, frames in record_tables(store, query):
            write_to(frames, str(folder / f"{name}.csv"), name.removesuffix("s"))
    write_file(folder / "datapackage.json", json_bytes(data_package()))


def _check_verdicts(store: Store, query: Query) -> None:
    """Refuse a label that is neither on the desk's scale nor in its record: scales change, old marks stay."""
    from claims import Query

    scale = store.rules().scale
    strange = [label for label in query.verdicts if label not in scale.labels]
    if strange:
        given = store.facets(Query(dropped=True, reader=query.reader, read_twice=query.read_twice))["verdict"]
        for label in strange:
            if label not in given:
                scale.verdict(label)
