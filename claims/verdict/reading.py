"""Reading a scale from TOML or from the record: what does not hold is refused by file and row, with what to do."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from reprlib import repr as shown
from typing import Any
from unicodedata import category

from claims.errors import BadScale
from claims.verdict.scales import COLOURS, Scale, Verdict

DEFAULT_SCALE = "averitec"

_MOST_BYTES = 64 * 1024
_LONGEST_LINE = 1000  # a name of 30,000 parts between dots keeps the TOML reader busy for a quarter of a minute
_FEWEST_LABELS, _MOST_LABELS = 2, 40
_LONGEST_LABEL = 60  # what still reads as a button
_HIGHEST = 100

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_KEY = re.compile(r"[1-9]?")

_SCALE: dict[str, type] = {"name": str, "title": str, "source": str, "best": int, "worst": int, "verdict": list}
_ROW: dict[str, type] = {
    "label": str,
    "key": str,
    "colour": str,
    "meaning": str,
    "wants_correction": bool,
    "rating": int,
}
#: Fields that may be left out, and those that may be empty.
_OPTIONAL, _MAY_BE_EMPTY = {"rating"}, {"key"}

_TYPES: dict[type, str] = {
    str: "a text in quotation marks",
    int: "a whole number",
    bool: "true or false",
    list: "rows that begin with [[verdict]]",
}

#: Unicode's line ends, control characters and halves of characters, which no label or sentence holds.
_UNREADABLE = {"Cc", "Cs", "Zl", "Zp"}


def scale_names() -> tuple[str, ...]:
    """The scales that come with the program, the default first.

    >>> scale_names()
    ('averitec', 'aap', 'house', 'politifact', 'snopes')
    """
    folder = resources.files("claims") / "scales"
    names = {item.name.removesuffix(".toml") for item in folder.iterdir() if item.name.endswith(".toml")}
    return (DEFAULT_SCALE, *sorted(names - {DEFAULT_SCALE}))


@cache
def load_scale(name: str = DEFAULT_SCALE) -> Scale:
    """A scale that comes with the program.

    >>> load_scale().labels
    ('Supported', 'Refuted', 'Conflicting evidence', 'Not enough evidence')
    >>> load_scale("tea-leaves")
    Traceback (most recent call last):
    ...
    claims.errors.BadScale: There is no scale 'tea-leaves'. Use one of: averitec, aap, house, politifact, snopes.
    """
    if name not in scale_names():
        raise BadScale(f"There is no scale {name!r}.", f"Use one of: {', '.join(scale_names())}.")
    file = resources.files("claims") / "scales" / f"{name}.toml"
    return parse_scale(file.read_text(encoding="utf-8"), f"{name}.toml")


def parse_scale(text: str, name: str) -> Scale:
    """A desk's own scale from the text of its TOML file ``name``; ``claims/scales/house.toml`` is one to copy.

    >>> parse_scale("name = house", "desk.toml")
    Traceback (most recent call last):
    ...
    claims.errors.BadScale: desk.toml is not TOML: Invalid value (at line 1, column 8). Mend that place, or begin again \
from a copy of claims/scales/house.toml.

    At most 64 kB, lines of 1,000 characters, and 40 labels.
    """
    try:
        size = len(text.encode("utf-8"))
    except UnicodeEncodeError as error:
        raise BadScale(f"{name} holds half a character.", "Save the file as UTF-8 and read it again.") from error
    if size > _MOST_BYTES:
        raise BadScale(f"{name} is larger than 64 kB.", "Keep to the labels and a sentence for each.")
    for number, line in enumerate(text.splitlines(), 1):
        if len(line) > _LONGEST_LINE:
            raise BadScale(f"{name} has more than {_LONGEST_LINE:,} characters in line {number}.", "Shorten that line.")
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        fault = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        remedy = "Mend that place, or begin again from a copy of claims/scales/house.toml."
        raise BadScale(f"{name} is not TOML: {fault}.", remedy) from error
    return scale_from(data, name)


def scale_from(data: Mapping[str, Any], name: str = "The scale in the record") -> Scale:
    """A scale from plain values, as ``Scale.as_data`` gives them; ``name`` says in errors where they come from.

    >>> data = load_scale("house").as_data()
    >>> scale_from(data).labels
    ('Right', 'Right in the main', 'Misleading', 'Wrong', 'Not settled')
    >>> data["verdict"][3]["colour"] = "pink"
    >>> scale_from(data, "desk.toml")
    Traceback (most recent call last):
    ...
    claims.errors.BadScale: desk.toml, verdict 4 has the colour 'pink', which the desk does not know. Use one of: green, \
red, violet, gray.
    """
    if not isinstance(data, Mapping):
        raise BadScale(f"{name} is no table of fields.", f"Give it these: {', '.join(_SCALE)}.")
    _check_fields(data, _SCALE, name)
    if not _NAME.fullmatch(data["name"]):
        raise BadScale(
            f"{name} has the name {shown(data['name'])}, which is no plain name.",
            "Use lower-case letters, digits and hyphens, at most 40.",
        )
    best, worst = data["best"], data["worst"]
    if not 0 <= worst < best <= _HIGHEST:
        raise BadScale(
            f"{name} has worst = {shown(worst)} and best = {shown(best)}.",
            f"Use whole numbers from 0 to {_HIGHEST}, and a worst below the best.",
        )
    rows = data["verdict"]
    if not _FEWEST_LABELS <= len(rows) <= _MOST_LABELS:
        raise BadScale(
            f"{name} has {len(rows)} {'verdict' if len(rows) == 1 else 'verdicts'}.",
            f"Give it {_FEWEST_LABELS} to {_MOST_LABELS}, each a row that begins with [[verdict]].",
        )
    verdicts = tuple(_verdict(row, f"{name}, verdict {number}", best, worst) for number, row in enumerate(rows, 1))
    _check_unique(verdicts, name)
    return Scale(data["name"], data["title"], data["source"], verdicts, best, worst)


def _verdict(row: Any, where: str, best: int, worst: int) -> Verdict:
    if not isinstance(row, Mapping):
        raise BadScale(f"{where} is no row of fields.", f"Begin it with [[verdict]] and give it {', '.join(_ROW)}.")
    _check_fields(row, _ROW, where)
    if len(row["label"]) > _LONGEST_LABEL:
        raise BadScale(
            f"{where} has a label of {len(row['label'])} characters.",
            f"Shorten it to {_LONGEST_LABEL}; the meaning may say more.",
        )
    if not _KEY.fullmatch(row["key"]):
        raise BadScale(f"{where} has the key {shown(row['key'])}.", 'Use a digit from 1 to 9, or "" for none.')
    if row["colour"] not in COLOURS:
        raise BadScale(
            f"{where} has the colour {shown(row['colour'])}, which the desk does not know.",
            f"Use one of: {', '.join(COLOURS)}.",
        )
    if "rating" in row and not worst <= row["rating"] <= best:
        raise BadScale(
            f"{where} has the rating {shown(row['rating'])}.",
            f"Use a whole number from {worst} to {best}, or leave it out where the label has no place on the scale.",
        )
    return Verdict(**row)


def _check_fields(data: Mapping[str, Any], wanted: Mapping[str, type], where: str) -> None:
    """Whether the fields are those wanted, of their types, and their texts are readable."""
    for field in data:
        if field not in wanted:
            raise BadScale(f"{where} has the field {shown(field)}, which no scale has.", f"Use {', '.join(wanted)}.")
    for field, kind in wanted.items():
        if field not in data:
            if field in _OPTIONAL:
                continue
            raise BadScale(f"{where} has no {field}.", f"Give {field} as {_TYPES[kind]}.")
        value = data[field]
        if type(value) is not kind:
            raise BadScale(f"{where} has {field} = {shown(value)}.", f"Give {field} as {_TYPES[kind]}.")
        if isinstance(value, str):
            _check_text(value, field, where)


def _check_text(text: str, field: str, where: str) -> None:
    if not text.strip() and not (text == "" and field in _MAY_BE_EMPTY):
        raise BadScale(f"{where} has an empty {field}.", f"Write the {field} between the quotation marks.")
    if text != text.strip():
        raise BadScale(f"{where} has spaces around its {field}.", "Take them away.")
    if any(category(sign) in _UNREADABLE for sign in text):
        raise BadScale(
            f"{where} has a line end or a control character in its {field}.", f"Write the {field} in one plain line."
        )


def _check_unique(verdicts: tuple[Verdict, ...], name: str) -> None:
    """Whether no two verdicts share a label, be it in capitals or not, or a key."""
    for field, mend in (("label", "Give each verdict a label of its own."), ("key", 'Change one, or write "" there.')):
        first: dict[str, int] = {}
        for number, verdict in enumerate(verdicts, 1):
            value = getattr(verdict, field)
            if value and first.setdefault(value.casefold(), number) != number:
                raise BadScale(
                    f"{name}, verdict {number} has the {field} {value!r}, as verdict {first[value.casefold()]} has.",
                    mend,
                )
