"""The desk's settings from the terminal: by which scale it judges, in which form, and whether it reads twice."""
# ruff: noqa: PLC0415

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from claims.errors import BadScale, NoSuchFile
from workbench.commands.asking import Desk, Mistake, by_a_person, on_a_store, width
from workbench.commands.drawing import draw, plain

if TYPE_CHECKING:
    from claims.verdict import Scale

#: What each setting means, and what it may be set to.
MEANINGS: dict[str, tuple[str, str]] = {
    "scale": ("The labels that a verdict is one of.", "{scales}, or a TOML file"),
    "confidence": ("How a confidence in the verdict is given.", "words or percent"),
    "second_reading": ("Whether a sign-off asks for a second reader.", "on or off"),
    "publisher": ("Under what name the desk tells its verdicts.", "any name"),
    "site": ("Where on the web it does.", "an address that begins with https:// or http://"),
}

_SWITCH = {"on": True, "yes": True, "true": True, "off": False, "no": False, "false": False}


@click.group(
    invoke_without_command=True,
    epilog="""\b
Examples:
  workbench settings
  workbench settings set scale politifact
  workbench settings set second_reading off""",
)
@on_a_store
@click.pass_context
def settings(ctx: click.Context) -> None:
    """List and change the desk's settings."""
    from claims.verdict import scale_names

    if ctx.invoked_subcommand is None:
        with ctx.obj.open() as store:
            desk = store.rules()
            values = {name: _shown(store.setting(name)) for name in MEANINGS}
        scales = ", ".join(scale_names())
        rows = [
            (name, values[name], f"{means} May be {choice.format(scales=scales)}.")
            for name, (means, choice) in MEANINGS.items()
        ]
        click.echo(draw(("SETTING", "IS", "MEANS"), rows, width()))
        click.echo(f"\nVerdicts: {', '.join(desk.scale.labels)}")


@settings.command(
    "set",
    epilog="""\b
Examples:
  workbench settings set scale house
  workbench settings set scale our-scale.toml
  workbench settings set confidence percent
  workbench --as Jana settings set second_reading off
  workbench settings set publisher 'The Korda Post'""",
)
@click.argument("name")
@click.argument("value")
@on_a_store
@by_a_person
@click.pass_obj
def set_(desk: Desk, name: str, value: str) -> None:
    """Set NAME to VALUE. Marks that were given stay as they are, on the scale that they were given by.

    For another scale it says, on standard error, what each label becomes there and where meaning is lost.
    """
    wanted = _scale(value) if name == "scale" else _switch(value) if name == "second_reading" else value
    with desk.open(new=True) as store:
        seen, before = store.setting_revision(name), store.rules().scale
        store.set(name, seen, wanted, actor=desk.writer)
        if name == "scale":
            _tell_losses(before, store.rules().scale)
        click.echo(f"{name} is now {_shown(store.setting(name))}.")
        if name == "scale":
            click.echo(f"Verdicts: {', '.join(store.rules().scale.labels)}")


def _tell_losses(before: Scale, now: Scale) -> None:
    """What each label of the scale before is on the one now, and what that loses; nothing where it is the same."""
    from claims.verdict import map_verdict

    if before == now:
        return
    mapped = [(label, map_verdict(label, before, now)) for label in before.labels]
    rows = [(plain(label), plain(became.label or "none"), plain(became.loses)) for label, became in mapped]
    click.echo(draw(("LABEL", "BECOMES", "WHAT IS LOST"), rows, width()), err=True)
    click.echo("Marks that were given stay as they are, with their label and scale.\n", err=True)


def _scale(value: str) -> str | dict[str, Any]:
    """A scale that comes with the program by its name, or one of the desk's own by its file."""
    from claims.verdict import parse_scale, scale_names

    path = Path(value)
    if value in scale_names():
        return value
    if path.suffix.lower() != ".toml" and not path.is_file():
        raise BadScale(f"There is no scale {value!r}.", f"Use one of: {', '.join(scale_names())}; or name a TOML file.")
    try:
        return parse_scale(path.read_text(encoding="utf-8"), path.name).as_data()
    except UnicodeDecodeError as error:
        raise BadScale(f"{path.name} is not UTF-8 text.", "Save it as UTF-8, or name a TOML file.") from error
    except OSError as error:
        raise NoSuchFile(f"The file {path} cannot be read.", "Check its name and folder.") from error


def _switch(value: str) -> bool:
    if value.lower() not in _SWITCH:
        raise Mistake(f"second_reading is on or off, not {value!r}. Give one of the two.")
    return _SWITCH[value.lower()]


def _shown(value: Any) -> str:
    """A setting's value as a person reads it.

    >>> _shown(True), _shown({"name": "our-scale"}), _shown("percent")
    ('on', 'our-scale', 'percent')
    """
    if isinstance(value, bool):
        return "on" if value else "off"
    return plain(str(value["name"] if isinstance(value, dict) else value))
