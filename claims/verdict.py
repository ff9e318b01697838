"""Verdict scales and confidence: the desk's words for a judgement. A verdict is a person's; nothing here gives one."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from claims.errors import BadScale

DEFAULT_SCALE = "averitec"

#: How sure the desk is of its verdict, never how likely the claim is; the words of ICD 203 (2015), section D.6.e.(2)(b).
CONFIDENCES: dict[str, str] = {
    "low": "The sources are few, weak or not independent; another reader might well judge otherwise.",
    "moderate": "The sources are credible and agree, but are not enough to rule out another reading.",
    "high": "Several good and independent sources agree, and nothing found speaks against them.",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """One label of a scale: its key on the keyboard, its colour's name, what it means."""

    label: str
    key: str
    colour: str
    meaning: str
    wants_correction: bool


@dataclass(frozen=True, slots=True)
class Scale:
    """The labels a desk judges by, in order."""

    name: str
    title: str
    source: str
    verdicts: tuple[Verdict, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels, in the scale's order."""
        return tuple(verdict.label for verdict in self.verdicts)

    def verdict(self, label: str) -> Verdict:
        """The verdict of this label.

        >>> load_scale().verdict("Refuted").wants_correction
        True
        >>> load_scale().verdict("Mostly harmless")
        Traceback (most recent call last):
        ...
        claims.errors.BadScale: 'Mostly harmless' is no verdict of the scale averitec. Use one of: Supported, Refuted, \
Conflicting evidence, Not enough evidence.
        """
        for verdict in self.verdicts:
            if verdict.label == label:
                return verdict
        raise BadScale(f"{label!r} is no verdict of the scale {self.name}.", f"Use one of: {', '.join(self.labels)}.")


def check_confidence(confidence: str) -> str:
    """The same word, if it is one of the desk's.

    >>> check_confidence("moderate")
    'moderate'
    >>> check_confidence("90 %")
    Traceback (most recent call last):
    ...
    claims.errors.BadScale: '90 %' is no confidence. Use one of: low, moderate, high.
    """
    if confidence not in CONFIDENCES:
        raise BadScale(f"{confidence!r} is no confidence.", f"Use one of: {', '.join(CONFIDENCES)}.")
    return confidence


@cache
def load_scale(name: str = DEFAULT_SCALE) -> Scale:
    """A scale that comes with the program.

    >>> load_scale().labels
    ('Supported', 'Refuted', 'Conflicting evidence', 'Not enough evidence')
    >>> load_scale("tea-leaves")
    Traceback (most recent call last):
    ...
    claims.errors.BadScale: There is no scale 'tea-leaves'. Use one of: averitec.
    """
    folder = resources.files("claims") / "scales"
    known = sorted(item.name.removesuffix(".toml") for item in folder.iterdir() if item.name.endswith(".toml"))
    if name not in known:
        raise BadScale(f"There is no scale {name!r}.", f"Use one of: {', '.join(known)}.")
    data = tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))
    return Scale(data["name"], data["title"], data["source"], tuple(Verdict(**row) for row in data["verdict"]))
