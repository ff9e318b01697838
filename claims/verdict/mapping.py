"""From one scale to another: what a verdict becomes there, and what that loses.

Nothing is rewritten: an old mark keeps its own label and scale.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from claims.verdict.reading import DEFAULT_SCALE, load_scale, scale_names
from claims.verdict.scales import Scale

#: A scale without a map of its own to another goes by way of this one.
_HUB = DEFAULT_SCALE

_Rows = dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Mapped:
    """What a verdict becomes: ``label`` is None where there is no honest counterpart.

    ``loses`` says what is lost, or why there is none; empty where nothing is lost.
    """

    label: str | None
    loses: str


def map_verdict(label: str, from_scale: Scale, to_scale: Scale) -> Mapped:
    """What ``label`` of one scale becomes on another.

    >>> politifact, averitec = load_scale("politifact"), load_scale("averitec")
    >>> map_verdict("False", politifact, averitec)
    Mapped(label='Refuted', loses='')
    >>> map_verdict("Half True", politifact, averitec)
    Mapped(label='Conflicting evidence', loses="PolitiFact's Half True becomes AVeriTeC's Conflicting evidence: that part \
of it is right is lost.")
    >>> map_verdict("Not enough evidence", averitec, politifact)
    Mapped(label=None, loses="AVeriTeC's Not enough evidence has no counterpart in PolitiFact: the Truth-O-Meter has no \
rating for what cannot be settled.")
    >>> map_verdict("Mostly harmless", politifact, averitec)
    Traceback (most recent call last):
    ...
    claims.errors.BadScale: 'Mostly harmless' is no verdict of the scale politifact. Use one of: True, Mostly True, Half \
True, Mostly False, False, Pants on Fire.

    The maps are data (``claims/scales/maps``). By way of AVeriTeC, the losses of both steps are told.
    """
    from_scale.verdict(label)
    if from_scale == to_scale:
        return Mapped(label, "")
    if from_scale.name == to_scale.name:  # the desk has changed its scale since
        return Mapped(label, "") if label in to_scale.labels else _none(label, from_scale, to_scale, "it is gone there")
    if _HUB in (from_scale.name, to_scale.name) or to_scale.name in _maps(from_scale.name):
        return _step(label, from_scale, to_scale)
    first = _step(label, from_scale, load_scale(_HUB))
    if first.label is None:
        return first
    second = _step(first.label, load_scale(_HUB), to_scale)
    return Mapped(second.label, " ".join(told for told in (first.loses, second.loses) if told))


def _step(label: str, from_scale: Scale, to_scale: Scale) -> Mapped:
    """One map's answer; a desk's own scale, or a label that it has added, has none."""
    row = _maps(from_scale.name).get(to_scale.name, {}).get(label)
    if row is None or row.get("becomes", to_scale.labels[0]) not in to_scale.labels:
        return _none(label, from_scale, to_scale, "no map between the two holds it")
    becomes, lost = row.get("becomes"), row.get("loses", "")
    if becomes is None:
        return _none(label, from_scale, to_scale, lost)
    told = f"{_called(from_scale)}'s {label} becomes {_called(to_scale)}'s {becomes}: {lost} is lost." if lost else ""
    return Mapped(becomes, told)


def _none(label: str, from_scale: Scale, to_scale: Scale, why: str) -> Mapped:
    return Mapped(None, f"{_called(from_scale)}'s {label} has no counterpart in {_called(to_scale)}: {why}.")


def _called(scale: Scale) -> str:
    """What people call the scale for short: its title up to the first comma."""
    return scale.title.partition(",")[0]


@cache
def _maps(name: str) -> dict[str, _Rows]:
    """The maps that lead from the scale of this name, by the scale they lead to."""
    if name not in scale_names():
        return {}
    file = resources.files("claims") / "scales" / "maps" / f"{name}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))
