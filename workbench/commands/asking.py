"""What every command asks: which store, who writes, and whether to go on; and the one seam where errors are worded."""
# ruff: noqa: PLC0415

from __future__ import annotations

import io
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from claims.errors import ClaimsError, NoSuchFile, NotAllowed
from workbench.commands.drawing import plain
from workbench.nouns import count_words
from workbench.person import default_person

if TYPE_CHECKING:
    from claims import Store

#: The desk's store, for the screens: the command line hands it on, an administrator may set it.
STORE_VARIABLE = "WORKBENCH_STORE"

#: Exit codes beside 0: ``verify`` or ``rebuild`` found something wrong; a mistake of whoever gave the command.
FOUND_WRONG, MISTAKEN = 1, 2

_SQLITE = "sqlite:///"
# "postgresql:/user@host", "user:password@host/name": an address that was not written out. One letter is a drive.
_HALF_AN_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|[^/\\\s]*:[^/\\\s]*@")

F = TypeVar("F", bound=Callable[..., Any])


class Mistake(click.ClickException):
    """A user's mistake: one sentence on stderr, exit code 2, no traceback."""

    exit_code = MISTAKEN


class Commands(click.Group):
    """The one place where what the engine raises is worded for the terminal."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The commands in the order of the work, as they were put in."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a ClaimsError becomes a Mistake."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="replace")  # a terminal that cannot write ≥ still gets its table
        try:
            return super().invoke(ctx)
        except NotAllowed as error:
            raise Mistake(f"{error} If you are somebody else, say so: workbench --as NAME ...") from error
        except ClaimsError as error:
            raise Mistake(str(error)) from error


@dataclass(frozen=True, slots=True)
class Desk:
    """The store and the person that were named; None where nobody named one."""

    store: str | None = None
    person: str | None = None

    @property
    def address(self) -> str:
        """Where the store lies: as it was named, or the desk's own."""
        from claims.store import default_path

        return self.store or str(default_path())

    @property
    def writer(self) -> str:
        """Who writes, and who asks: as they were named, or as the computer knows them."""
        return self.person or default_person()

    @property
    def exists(self) -> bool:
        """Whether the store is there; of a server's that is not asked here."""
        place = file_of(self.address)
        return place is None or place.exists()

    def open(self, *, new: bool = False) -> Store:
        """The store; only with ``new`` is one begun where there is none."""
        from claims import Store

        place = file_of(self.address)
        if place and not place.exists():
            if not new:
                raise NoSuchFile(f"There is no store at {place}.", "Put articles in with: workbench add SOURCE...")
            click.echo(f"A new store begins at {place}", err=True)
        return Store(self.address)

    @contextmanager
    def filled(self) -> Iterator[Store]:
        """The store, in which something must be."""
        with self.open() as store:
            if not store.latest_event_seq():
                raise Mistake(f"The store {store.place} is empty. Put articles in with: workbench add SOURCE...")
            yield store


def file_of(address: str) -> Path | None:
    """The file that an address names; None for a server. Mistake for what is neither: it may hold a password, and is not repeated.

    >>> file_of("sqlite:///desk.sqlite").name, file_of("postgresql://jana@/desk")
    ('desk.sqlite', None)
    >>> file_of("postgresql:/jana:secret@127.0.0.1/desk")
    Traceback (most recent call last):
        ...
    workbench.commands.asking.Mistake: The store is named by neither a file nor an address. Write postgresql://user@host/name, ...
    """
    path = address.removeprefix(_SQLITE)
    if "://" in path:
        return None
    if _HALF_AN_ADDRESS.match(path) and not Path(path).exists():
        raise Mistake(
            "The store is named by neither a file nor an address. Write postgresql://user@host/name, or the file's path."
        )
    return Path(path).expanduser()


def _nearer(ctx: click.Context, parameter: click.Parameter, value: str | None) -> None:
    """What stands after the command wins over what stands before it."""
    if value and parameter.name:
        ctx.obj = replace(ctx.obj, **{parameter.name: value})


def on_a_store(command: F) -> F:
    """The option ``--store`` after a command, as before it."""
    return click.option(
        "--store",
        metavar="PATH|URL",
        expose_value=False,
        callback=_nearer,
        help="The store to work on: a file, sqlite:///... or postgresql://...  [default: the desk's own]",
    )(command)


def by_a_person(command: F) -> F:
    """The option ``--as`` after a command, as before it."""
    return click.option(
        "--as", "person", metavar="NAME", expose_value=False, callback=_nearer, help="Who writes.  [default: you]"
    )(command)


def for_a_person(command: F) -> F:
    """The same after a command that tells verdicts: a first reading is kept back from who is yet to read second."""
    return click.option(
        "--as", "person", metavar="NAME", expose_value=False, callback=_nearer,
        help="Who asks: first readings are kept back from who is yet to read second, as on the desk.  [default: you]",
    )(command)  # fmt: skip


def note_kept_back(desk: Desk, count: int) -> None:
    """Say on stderr how many first readings are not among what is told, and from whom they are kept back; of none, nothing."""
    if count:
        click.echo(
            f"{count_words(count, 'first reading is', 'first readings are')} kept back from {plain(desk.writer)} until the "
            "second reading is in. "
            "If you are somebody else, say so: workbench --as NAME ...",
            err=True,
        )


def confirmed(question: str) -> bool:
    """Whether a person says yes; a Mistake where there is nobody to ask."""
    try:
        return click.confirm(question, err=True)
    except click.Abort as error:
        click.echo(err=True)
        raise Mistake("Nothing was written, since nobody said yes. To go on without being asked, add --yes.") from error


def width() -> int:
    """Columns of the terminal; where there is none, enough for a table."""
    return shutil.get_terminal_size((120, 24)).columns
