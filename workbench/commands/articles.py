"""Articles from the terminal: read, split and kept, or only shown."""
# ruff: noqa: PLC0415

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from claims.errors import ArticleExists, EmptyText, FetchError, ReadingError
from workbench.commands.asking import Desk, Mistake, by_a_person, on_a_store, width
from workbench.commands.tables import write_to
from workbench.nouns import count_words

if TYPE_CHECKING:
    from claims import Article, Claim

_published = click.option(
    "--published",
    metavar="YYYY-MM-DD",
    help="The day of publication, against which “on Sunday” and “last week” are resolved.",
)


@click.command(
    epilog="""\b
Examples:
  workbench add story.txt --published 2024-03-03
  workbench add https://example.org/story another.pdf
  workbench add stories/                     every .txt, .md, .html, .docx and .pdf in the folder

What cannot be read is named and the rest goes on; the exit code is then 2.""",
)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@_published
@click.option("--new-version", is_flag=True, help="Keep an article that is already there once more, as a new version.")
@on_a_store
@by_a_person
@click.pass_context
def add(ctx: click.Context, sources: tuple[str, ...], published: str | None, *, new_version: bool) -> None:
    """Read articles, find and keep their claims.

    A SOURCE is a file (.txt .md .html .docx .pdf), a folder of them, or a web address.
    """
    from claims import find_claims, read_article

    desk: Desk = ctx.obj
    person = desk.writer
    pieces = list(_each_source(sources))
    told: list[str] = []
    failed: list[str] = []
    undated: list[str] = []
    with (
        desk.open(new=True) as record,
        click.progressbar(pieces, label="Reading", file=sys.stderr, show_pos=True) as bar,
    ):
        for source in bar:
            try:
                _check_folder(source)
                article = read_article(source, published=published)
                found = find_claims(article)
                name = record.add_article(article, found, actor=person, new_version=new_version)
                told.append(f"added          {name}  {count_words(len(found))}  {_called(article, source)}")
                if article.published is None:
                    undated.append(str(source))
            except ArticleExists as there:
                told.append(f"already there  {there.article_id}  {source}")
            except (ReadingError, FetchError) as error:  # what else goes wrong would go wrong with every source
                failed.append(f"{source}: {error}")
    for line in told:
        click.echo(line)
    if undated:
        _note_undated(undated)
    for line in failed:
        click.echo(f"Not read: {line}", err=True)
    if failed:
        ctx.exit(Mistake.exit_code)


@click.command(
    epilog="""\b
Examples:
  workbench split story.html
  workbench split https://example.org/story --published 2024-03-03 --csv claims.csv
  pbpaste | workbench split - --json         the text that was copied
  workbench split story.txt --csv - | head   the CSV itself

CHECK is how much a claim is worth checking, from 0 to 1.
FIGURE: ≥ at least, ≤ at most, ≈ about. DATE: as written → the day it means, where that is known.""",
)
@click.argument("source")
@_published
@click.option("--csv", "csv_file", metavar="FILE", help="Write the claims table as CSV to FILE; - is standard output.")
@click.option("--json", "as_json", is_flag=True, help="Write the claims table as JSON to standard output.")
def split(source: str, published: str | None, csv_file: str | None, *, as_json: bool) -> None:
    """Show the claims of an article.

    They come in order of appearance; nothing is kept and no store is needed.

    SOURCE is a file (.txt .md .html .docx .pdf), a web address, or - for standard input.
    """
    from claims import claims_table, find_claims, read_article

    if csv_file and as_json:
        raise Mistake("--csv and --json are two forms of one table. Give one of them.")
    article = read_article(_source(source), published=published)
    found = find_claims(article)
    if csv_file:
        write_to([claims_table(found)], csv_file)
    elif as_json:
        click.echo(_json_of(found))
    else:
        _show(article, found)
    if article.published is None:
        _note_undated([source])


def _source(given: str) -> Path | str | bytes:
    """What a person names on the command line: standard input, a web address, or a file; never the text itself."""
    if given == "-":
        return sys.stdin.buffer.read()
    return given if "://" in given else Path(given)


def _each_source(given: Iterable[str]) -> Iterable[Path | str]:
    """The sources named, with the readable files of a folder in the folder's place; an empty one stays itself."""
    from claims.documents import EXTENSIONS

    for name in given:
        path = Path(name)
        if "://" in name or not path.is_dir():
            yield name if "://" in name else path
            continue
        yield from (
            sorted(file for file in path.rglob("*") if file.is_file() and file.suffix.lower() in EXTENSIONS) or [path]
        )


def _check_folder(source: Path | str) -> None:
    """Refuse a folder: one that is still a source held nothing to put in its place."""
    from claims.documents import EXTENSIONS

    if isinstance(source, Path) and source.is_dir():
        raise EmptyText("The folder holds no article.", f"Put files there that end in {', '.join(EXTENSIONS)}.")


def _json_of(claims: list[Claim]) -> str:
    """The claims table as a list of objects: null where a cell is empty, ISO 8601 dates, a list where it holds several."""
    from claims.table import COLUMNS, claim_row, split_values

    several = {column.name for column in COLUMNS if column.several}
    rows = [
        {column.name: row.get(column.name) for column in COLUMNS}
        | {name: split_values(row.get(name) or "") for name in several}
        for row in map(claim_row, claims)
    ]
    return json.dumps(rows, indent=2, default=str, ensure_ascii=False)


def _show(article: Article, claims: list[Claim]) -> None:
    from workbench.terminal import draw_claims, printable

    published = f"published {article.published}" if article.published else "publication date not known"
    head = " · ".join(filter(None, [article.title or "", article.publisher or "", published, count_words(len(claims))]))
    click.echo(printable(head) + "\n")
    if claims:
        click.echo(draw_claims(claims, width()))


def _called(article: Article, source: object) -> str:
    from workbench.terminal import printable

    return printable(article.title or str(source))


def _note_undated(sources: list[str]) -> None:
    which = sources[0] if len(sources) == 1 else f"{len(sources)} articles, such as {sources[0]}"
    click.echo(
        f"Note: no publication date is known for {which}, so words such as “on Sunday” were left unresolved. "
        "Give it with --published YYYY-MM-DD.",
        err=True,
    )
