"""The command line: ``workbench`` opens the desk; its commands, one file a theme in ``commands/``, work without it.

What a command needs is imported where it is needed: ``workbench --help`` waits for neither pandas nor the parser.
"""
# ruff: noqa: PLC0415

from __future__ import annotations

import os
import re
import socket
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click
from click.core import ParameterSource

from claims.errors import ClaimsError
from workbench.commands.alike import alike
from workbench.commands.archive import archive
from workbench.commands.archived import archived
from workbench.commands.articles import add, split
from workbench.commands.asking import STORE_VARIABLE, Commands, Desk, Mistake
from workbench.commands.history import history, redo, undo
from workbench.commands.importing import import_
from workbench.commands.keeping import backup, restore
from workbench.commands.moving import copy
from workbench.commands.proof import rebuild, verify
from workbench.commands.rereading import reread
from workbench.commands.roster import people
from workbench.commands.rules import settings
from workbench.commands.tables import export
from workbench.configuration import CONFIG_VARIABLE, take
from workbench.person import PERSON_VARIABLE

if TYPE_CHECKING:
    from workbench.signin import Settings

_ENTRY = Path(__file__).with_name("serving.py")

#: All addresses of this machine.
_EVERYWHERE = "0.0.0.0"  # noqa: S104 - what --public asks for, and check_open refuses without a sign-in
_ALL = frozenset({_EVERYWHERE, "::", "", None})


def _configure(_ctx: click.Context, _parameter: click.Parameter, named: str | None) -> None:
    """Before any other option is looked at: what the file of configuration says stands where the environment says nothing."""
    if named:
        os.environ[CONFIG_VARIABLE] = named
    try:
        take()
    except ClaimsError as error:
        raise Mistake(str(error)) from error


_port = click.option(
    "--port", type=click.IntRange(1, 65535), help="The port to listen on.  [default: 8501, or the next free]"
)
_no_browser = click.option("--no-browser", is_flag=True, help="Do not open the browser; only say the address.")
_public = click.option(
    "--public", is_flag=True, help="Listen on the network too, behind the sign-in that README.md shows how to set."
)


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
  workbench verify                           prove that the record is as it was written

Each command has its own help: workbench add --help""",
)
@click.option(
    "--store",
    metavar="PATH|URL",
    envvar=STORE_VARIABLE,
    show_envvar=True,
    help="The store to work on: a file, sqlite:///... or postgresql://...  [default: desk.sqlite in your data folder]",
)
@click.option(
    "--as",
    "person",
    metavar="NAME",
    envvar=PERSON_VARIABLE,
    show_envvar=True,
    help="Who writes, and who asks: what they are yet to read second is kept back.  [default: your name on this computer]",
)
@click.option(
    "--config",
    metavar="FILE",
    envvar=CONFIG_VARIABLE,
    show_envvar=True,
    is_eager=True,
    expose_value=False,
    callback=_configure,
    help="What README.md lists, in TOML.  [default: workbench.toml in your configuration folder]",
)
@_port
@_public
@_no_browser
@click.version_option(package_name="claims-workbench", message="%(package)s %(version)s")
@click.pass_context
def main(
    ctx: click.Context, store: str | None, person: str | None, port: int | None, *, public: bool, no_browser: bool
) -> None:
    """A fact-checking desk: an article in, its checkable claims marked by people, the verdicts out.

    Without a command, opens the desk in the browser. Stop it with Ctrl+C; everything marked is already kept.
    """
    ctx.obj = Desk(store, person)
    if ctx.invoked_subcommand is None:
        _open_desk(ctx.obj, port, public=public, no_browser=no_browser)


@main.command(
    epilog="""\b
Examples:
  workbench demo                             begin, or go on where you stopped
  workbench demo --fresh                     begin anew; the old demo is moved aside, not deleted""",
)
@click.option("--fresh", is_flag=True, help="Begin anew; the old demo is moved aside, not deleted.")
@click.option("--store", metavar="PATH", help="Where the demo is kept.  [default: demo.sqlite in your data folder]")
@_port
@_public
@_no_browser
@click.pass_context
def demo(
    ctx: click.Context, store: str | None, port: int | None, *, fresh: bool, public: bool, no_browser: bool
) -> None:
    """Open the desk on three invented articles.

    The demo has a store of its own: nothing in it mixes with the desk's.
    """
    from claims import Store
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
    desk = Desk(store or str(demo_path()), ctx.obj.person)
    with Store(desk.address) as record:
        if added := fill(record):
            click.echo(f"{added} invented articles and their claims were put in.", err=True)
    _open_desk(desk, port, public=public, no_browser=no_browser)


for _command in (
    add,
    split,
    reread,
    export,
    import_,
    archived,
    alike,
    history,
    undo,
    redo,
    people,
    settings,
    verify,
    rebuild,
    backup,
    restore,
    copy,
    archive,
):
    main.add_command(_command)


def _open_desk(desk: Desk, port: int | None, *, public: bool, no_browser: bool) -> None:
    """Start Streamlit on the screens; what keeps it from starting is told here and not in the browser."""
    from claims import Store

    if port:
        _check_port(port)
    given: dict[str, object] = {
        "server.port": port,
        "server.address": _EVERYWHERE if public else None,
        "server.headless": no_browser or None,
    }
    flags = {name: value for name, value in given.items() if value is not None}
    where = _where_it_listens(flags)
    flags |= _where_it_is_found()
    with Store(desk.address) as record:
        place = record.place
    from streamlit.web import cli as streamlit

    click.echo(f"Store: {place}\n{where}\nStop with Ctrl+C.", err=True)
    os.environ[STORE_VARIABLE] = desk.address
    if desk.person:
        os.environ[PERSON_VARIABLE] = desk.person
    sys.argv = ["streamlit", "run", *_words(flags)]
    streamlit.main()


def _where_it_listens(flags: Mapping[str, object]) -> str:
    """Where the desk is to be found and by whom, in a sentence; ClaimsError for a network without a sign-in."""
    from streamlit import config

    from workbench.signin import check_open, is_own

    _take_settings(flags)
    address = config.get_option("server.address")
    sign_in = check_open(address)
    if sign_in is None:
        return "Listens on this machine only."
    found = "on this machine only" if is_own(address) else f"on the network at {address}"
    if not is_own(address) and sign_in.redirect_uri.startswith("http://"):
        click.echo("redirect_uri is not https: whoever listens on the network can read what is sent.", err=True)
    told = "" if "{port}" in sign_in.address else f" They find it at {sign_in.address}"
    return f"Listens {found}, for those who sign in at {sign_in.provider}.{told}"


def _where_it_is_found() -> dict[str, object]:
    """The name by which Streamlit tells where the desk is; unless it has one, it asks Amazon for this machine's address."""
    from streamlit import config

    from workbench.signin import settings

    if config.is_manually_set("browser.serverAddress") or config.get_option("server.address") not in _ALL:
        return {}
    return {"browser.serverAddress": _name(settings(), encrypts=bool(config.get_option("server.sslCertFile")))}


def _name(sign_in: Settings | None, *, encrypts: bool) -> str:
    """The host of redirect_uri, where the desk itself answers there, and no proxy does that takes the encryption off."""
    led = urlsplit(sign_in.redirect_uri if sign_in else "")
    host = re.sub(r":[^:\]]*$", "", led.netloc)  # a port, or Streamlit's word for its own
    return host if host and (led.scheme == "https") is encrypts else "localhost"


def _take_settings(flags: Mapping[str, object]) -> None:
    """Have Streamlit read its settings as it will when it runs: the files', its variables', these flags."""
    from streamlit import config
    from streamlit.web import bootstrap
    from streamlit.web.cli import main_run

    config._main_script_path = str(_ENTRY)  # noqa: SLF001 - settings lie beside the entry script, which does not run yet
    told = main_run.make_context("run", _words(flags), auto_envvar_prefix="STREAMLIT_RUN").params
    bootstrap.load_config_options({name: value for name, value in told.items() if name not in {"target", "args"}})


def _words(flags: Mapping[str, object]) -> list[str]:
    """What Streamlit is to run, and how, on its command line."""
    return [str(_ENTRY), *(f"--{name}={str(value).lower()}" for name, value in flags.items())]


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            raise Mistake(f"Port {port} is taken by another program. Give another with --port, or leave --port out.")
