"""The command line: ``workbench`` opens the desk; its commands read, split and export without it.

What a command needs is imported where it is needed: ``workbench --help`` waits for neither pandas nor the parser.
"""
# ruff: noqa: PLC0415

from __future__ import annotations

import io
import json
import os
import shutil
import socket
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from claims.errors import ArticleExists, ClaimsError, EmptyText, FetchError, NoSuchFile, ReadingError
from claims.status import STATUSES

if TYPE_CHECKING:
    from claims import Article, Claim, Store

#: The desk's store, for the screens: the command line hands it on, a server's administrator may set it.
STORE_VARIABLE = "WORKBENCH_STORE"

_ENTRY = Path(__file__).with_name("app.py")


class Mistake(click.ClickException):
    """A user's mistake: one sentence on stderr, exit code 2, no traceback."""

    exit_code = 2


class Commands(click.Group):
    """The one place where what the engine raises is worded for the terminal."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a ClaimsError becomes a Mistake."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="replace")  # a terminal that cannot write ≥ still gets its table
        try:
            return super().invoke(ctx)
        except ClaimsError as error:
            raise Mistake(str(error)) from error


_store = click.option(
    "--store",
    metavar="PATH|URL",
    help="The store to work on: a file, sqlite:///... or postgresql://...  [default: the desk's own]",
)
_published = click.option(
    "--published",
    metavar="YYYY-MM-DD",
    help="The day of publication, against which “on Sunday” and “last week” are resolved.",
)
_port = click.option(
    "--port", type=click.IntRange(1, 65535), help="The port to listen on.  [default: 8501, or the next free]"
)
_no_browser = click.option("--no-browser", is_flag=True, help="Do not open the browser; only say the address.")


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="""\b
Examples:
  workbench                                  open the desk in the browser
  workbench demo                             the same, with three invented articles
  workbench add stories/ https://example.org/story --published 2024-03-03
  workbench split story.html                 see an article's claims, keep nothing
  workbench export verdicts.csv --verdicts-only

Each command has its own help: workbench add --help""",
)
@click.option(
    "--store",
    metavar="PATH|URL",
    envvar=STORE_VARIABLE,
    show_envvar=True,
    help="The store to work on: a file, sqlite:///... or postgresql://...  [default: desk.sqlite in your data folder]",
)
@_port
@_no_browser
@click.version_option(package_name="claims-workbench", message="%(package)s %(version)s")
@click.pass_context
def main(ctx: click.Context, store: str | None, port: int | None, *, no_browser: bool) -> None:
    """A fact-checking desk: an article in, its checkable claims marked by people, the verdicts out.

    Without a command, opens the desk in the browser. Stop it with Ctrl+C; everything marked is already kept.
    """
    ctx.obj = store
    if ctx.invoked_subcommand is None:
        _open_desk(_address(ctx, None), port, no_browser=no_browser)


@main.command(
    epilog="""\b
Examples:
  workbench demo                             begin, or go on where you stopped
  workbench demo --fresh                     begin anew; the old demo is moved aside, not deleted""",
)
@click.option("--fresh", is_flag=True, help="Begin anew; the old demo is moved aside, not deleted.")
@click.option("--store", metavar="PATH", help="Where the demo is kept.  [default: demo.sqlite in your data folder]")
@_port
@_no_browser
@click.pass_context
def demo(ctx: click.Context, store: str | None, port: int | None, *, fresh: bool, no_browser: bool) -> None:
    """Open the desk on three invented articles.

    The demo has a store of its own: nothing in it mixes with the desk's.
    """
    from workbench.demonstration import demo_path, fill, set_aside

    group = ctx.find_root()
    if group.get_parameter_source("store") is ParameterSource.COMMANDLINE:  # the environment's is the desk's
        store = store or group.params["store"]
    if fresh:
        if store and "://" in store:
            raise Mistake(
                "--fresh moves a file aside, and a database is none. Leave --fresh out, or give --store a path."
            )
        if aside := set_aside(Path(store) if store else demo_path()):
            click.echo(f"The old demo is now {aside}", err=True)
    address = store or str(demo_path())
    with _open(address) as record:
        if added := fill(record):
            click.echo(f"{added} invented articles and their claims were put in.", err=True)
    _open_desk(address, port, no_browser=no_browser)


@main.command(
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
@_store
@click.pass_context
def add(
    ctx: click.Context, sources: tuple[str, ...], published: str | None, store: str | None, *, new_version: bool
) -> None:
    """Read articles, find their claims and put them in the store.

    A SOURCE is a file (.txt .md .html .docx .pdf), a folder of them, or a web address.
    """
    from claims import find_claims, read_article
    from workbench.desk import default_person

    person = default_person()
    pieces = list(_each_source(sources))
    told: list[str] = []
    failed: list[str] = []
    undated: list[str] = []
    with (
        _open(_address(ctx, store)) as record,
        click.progressbar(pieces, label="Reading", file=sys.stderr, show_pos=True) as bar,
    ):
        for source in bar:
            try:
                _check_folder(source)
                article = read_article(source, published=published)
                found = find_claims(article)
                name = record.add_article(article, found, actor=person, new_version=new_version)
                told.append(f"added          {name}  {_counted(len(found))}  {_called(article, source)}")
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


@main.command(
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
    """Show the claims of an article, in order of appearance; nothing is kept and no store is needed.

    SOURCE is a file (.txt .md .html .docx .pdf), a web address, or - for standard input.
    """
    from claims import claims_table, find_claims, read_article

    if csv_file and as_json:
        raise Mistake("--csv and --json are two forms of one table. Give one of them.")
    article = read_article(_source(source), published=published)
    found = find_claims(article)
    if csv_file:
        _write_csv(claims_table(found), csv_file)
    elif as_json:
        click.echo(_json_of(found))
    else:
        _show(article, found)
    if article.published is None:
        _note_undated([source])


@main.command(
    epilog="""\b
Examples:
  workbench export everything.csv
  workbench export verdicts.csv --verdicts-only
  workbench export story.csv --article 3f9c0a2b51d7e846
  workbench export refuted.csv --verdict Refuted --verdict "Conflicting evidence"

The columns and their meanings are those of the desk's Export page; claims.read_csv reads the file back.""",
)
@click.argument("file", metavar="FILE.csv")
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
@_store
@click.pass_context
def export(
    ctx: click.Context,
    file: str,
    article_id: str | None,
    verdicts: tuple[str, ...],
    statuses: tuple[str, ...],
    text: str,
    store: str | None,
    *,
    verdicts_only: bool,
) -> None:
    """Write the claims table of the store as CSV to FILE.csv; - is standard output."""
    from claims import Query, load_scale

    for label in verdicts:
        load_scale().verdict(label)
    query = Query(
        article_id=article_id,
        verdicts=verdicts,
        statuses=statuses,
        text=text,
        marked=True if verdicts_only else None,
        sort="article",
    )
    with _open(_address(ctx, store), new=False) as record:
        if article_id:
            record.article(article_id)  # an unknown one is a mistake, not an empty table
        frame = record.table(query)
    _write_csv(frame, file)


def _address(ctx: click.Context, own: str | None) -> str:
    """The store meant: the command's own option, the group's, the environment's, or the desk's."""
    from claims.store import default_path

    return own or ctx.obj or str(default_path())


def _open(address: str, *, new: bool = True) -> Store:
    from claims import Store

    if not new and "://" not in address and not Path(address).exists():
        raise NoSuchFile(f"There is no store at {address}.", "Put articles in with: workbench add SOURCE...")
    return Store(address)


def _open_desk(address: str, port: int | None, *, no_browser: bool) -> None:
    """Start Streamlit on the screens; what keeps it from starting is told here and not in the browser."""
    _open(address).close()
    flags = []
    if port:
        _check_port(port)
        flags.append(f"--server.port={port}")
    if no_browser:
        flags.append("--server.headless=true")
    from streamlit.web import cli as streamlit

    click.echo(f"Store: {address}\nStop with Ctrl+C.", err=True)
    os.environ[STORE_VARIABLE] = address
    sys.argv = ["streamlit", "run", str(_ENTRY), *flags]
    streamlit.main()


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            raise Mistake(f"Port {port} is taken by another program. Give another with --port, or leave --port out.")


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


def _write_csv(frame: Any, target: str) -> None:
    from claims import write_csv

    if target == "-":
        write_csv(frame, sys.stdout.buffer)
        return
    write_csv(frame, Path(target))
    click.echo(f"{_counted(len(frame))} in {target}", err=True)


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
    head = " · ".join(filter(None, [article.title or "", article.publisher or "", published, _counted(len(claims))]))
    click.echo(printable(head) + "\n")
    if claims:
        click.echo(draw_claims(claims, shutil.get_terminal_size((120, 24)).columns))


def _called(article: Article, source: object) -> str:
    from workbench.terminal import printable

    return printable(article.title or str(source))


def _counted(number: int) -> str:
    return "1 claim" if number == 1 else f"{number:,} claims"


def _note_undated(sources: list[str]) -> None:
    which = sources[0] if len(sources) == 1 else f"{len(sources)} articles, such as {sources[0]}"
    click.echo(
        f"Note: no publication date is known for {which}, so words such as “on Sunday” were left unresolved. "
        "Give it with --published YYYY-MM-DD.",
        err=True,
    )
