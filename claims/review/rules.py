"""Rules: why a claim belongs on a meeting's agenda, as data that a desk reads and changes; agenda.toml is what ships."""

from __future__ import annotations

import string
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from reprlib import repr as shown
from typing import Any

from claims.errors import ClaimsError

#: The most that a rule may give: minutes, a weight, a threshold, and characters of its title and its sentence.
LONGEST, HEAVIEST, GREATEST = 240, 1000, 1_000_000
_TITLE, _SENTENCE = 80, 300


@dataclass(frozen=True, slots=True)
class Threshold:
    """A number that a rule turns on, and what it means."""

    name: str
    value: float
    meaning: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One reason to put a claim on the agenda.

    ``sentence`` is the reason as it stands beside the claim; its words in braces are filled in. A claim with this reason
    is thought to take ``minutes``, and is as pressing as ``weight`` says.
    """

    name: str
    title: str
    sentence: str
    on: bool
    minutes: float
    weight: float
    thresholds: tuple[Threshold, ...] = ()

    def threshold(self, name: str) -> float:
        """The value of this threshold.

        >>> shipped_rules()[2].threshold("words")
        3
        """
        return next(each.value for each in self.thresholds if each.name == name)

    @property
    def words(self) -> frozenset[str]:
        """What its sentence has in braces."""
        return frozenset(name for _, name, _, _ in string.Formatter().parse(self.sentence) if name is not None)


@cache
def shipped_rules() -> tuple[Rule, ...]:
    """The rules that come with the program.

    >>> [rule.name for rule in shipped_rules()]
    ['disputed', 'contradicts', 'figures', 'single_source', 'low_confidence', 'overdue']
    """
    tables = tomllib.loads((resources.files("claims") / "review" / "agenda.toml").read_text(encoding="utf-8"))
    return tuple(
        Rule(
            name,
            **table
            | {"thresholds": tuple(Threshold(each, **told) for each, told in table.get("thresholds", {}).items())},
        )
        for name, table in tables.items()
    )


def load_rules(data: Mapping[str, Any]) -> tuple[Rule, ...]:
    """The rules as a desk has changed them: for each by its name, what differs from what ships.

    >>> changed = load_rules({"overdue": {"on": False}, "figures": {"minutes": 8, "thresholds": {"percent": 5}}})
    >>> [(rule.name, rule.minutes) for rule in changed if rule.on][:3]
    [('disputed', 6), ('contradicts', 5), ('figures', 8.0)]
    >>> load_rules(as_dict(changed)) == changed, load_rules({}) == shipped_rules()
    (True, True)
    >>> load_rules({"gossip": {"on": True}})
    Traceback (most recent call last):
    ...
    claims.errors.ClaimsError: There is no rule 'gossip' for the agenda. Use these: disputed, contradicts, figures, \
single_source, low_confidence, overdue.

    A rule or a field that is left out stays as it ships, so that what a desk keeps outlives a rule that comes later.
    Raises ClaimsError.
    """
    shipped = {rule.name: rule for rule in shipped_rules()}
    told = _table(data, "The agenda's rules are", shipped)
    for name in told:
        if name not in shipped:
            raise ClaimsError(f"There is no rule {shown(name)} for the agenda.", f"Use these: {', '.join(shipped)}.")
    return tuple(_changed(rule, told[name]) if name in told else rule for name, rule in shipped.items())


def as_dict(rules: Iterable[Rule]) -> dict[str, dict[str, Any]]:
    """The rules as plain values, ready for JSON; :func:`load_rules` is the inverse.

    >>> as_dict(shipped_rules())["single_source"]["thresholds"]
    {'independent': 1}
    """
    return {
        rule.name: {
            "title": rule.title,
            "sentence": rule.sentence,
            "on": rule.on,
            "minutes": rule.minutes,
            "weight": rule.weight,
            "thresholds": {each.name: each.value for each in rule.thresholds},
        }
        for rule in rules
    }


def _changed(rule: Rule, told: Any) -> Rule:
    """A rule with these fields of its own."""
    where = f"The rule {rule.name}"
    fields = _table(told, f"{where} is", _FIELDS)
    for name in fields:
        if name not in _FIELDS:
            raise ClaimsError(f"{where} has the field {shown(name)}, which no rule has.", f"Use {', '.join(_FIELDS)}.")
    return replace(rule, **{name: _FIELDS[name](value, rule, where) for name, value in fields.items()})


def _title(value: Any, _: Rule, where: str) -> str:
    return _line(value, f"{where} has the title", _TITLE)


def _sentence(value: Any, rule: Rule, where: str) -> str:
    """A sentence that has in braces only what the rule can fill in."""
    line = _line(value, f"{where} has the sentence", _SENTENCE)
    known = next(each.words for each in shipped_rules() if each.name == rule.name)
    remedy = f"Use in braces only: {', '.join(sorted(known))}; write a brace itself twice."
    try:
        parts = list(string.Formatter().parse(line))
    except ValueError as error:
        raise ClaimsError(f"{where} has a brace in its sentence that belongs to no pair.", remedy) from error
    for _, name, form, conversion in parts:
        if name is not None and (name not in known or form or conversion):
            raise ClaimsError(f"{where} has {shown(name)} in the braces of its sentence.", remedy)
    return line


def _switch(value: Any, _: Rule, where: str) -> bool:
    if not isinstance(value, bool):
        raise ClaimsError(f"{where} has on = {shown(value)}.", "Use true or false.")
    return value


def _minutes(value: Any, _: Rule, where: str) -> float:
    if not _is_number(value) or not 0 < value <= LONGEST:
        raise ClaimsError(
            f"{where} has minutes = {shown(value)}.",
            f"Give a number above 0, up to {LONGEST}; switch the rule off by on.",
        )
    return float(value)


def _weight(value: Any, _: Rule, where: str) -> float:
    return _from_nought(value, f"{where} has weight", HEAVIEST)


def _thresholds(value: Any, rule: Rule, where: str) -> tuple[Threshold, ...]:
    known = {each.name: each for each in rule.thresholds}
    told = _table(value, f"The thresholds of the rule {rule.name} are", known)
    for name in told:
        if name not in known:
            remedy = f"Use {', '.join(known)}." if known else "Leave its thresholds out: it has none."
            raise ClaimsError(f"{where} has no threshold {shown(name)}.", remedy)
    return tuple(
        replace(each, value=_from_nought(told[name], f"{where} has {name}", GREATEST)) if name in told else each
        for name, each in known.items()
    )


#: What may be said of a rule, and what reads it.
_FIELDS: dict[str, Callable[[Any, Rule, str], Any]] = {
    "title": _title,
    "sentence": _sentence,
    "on": _switch,
    "minutes": _minutes,
    "weight": _weight,
    "thresholds": _thresholds,
}


def _table(value: Any, where: str, names: Iterable[str]) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise ClaimsError(f"{where} given as {shown(value)}.", f"Give a table by name: {', '.join(names)}.")
    return value


def _line(value: Any, where: str, most: int) -> str:
    """One line of text."""
    if not isinstance(value, str) or not value.strip() or len(value) > most or len(value.splitlines()) > 1:
        raise ClaimsError(f"{where} {shown(value)}.", f"Write one line of 1 to {most} characters.")
    return value.strip()


def _from_nought(value: Any, where: str, most: float) -> float:
    if not _is_number(value) or not 0 <= value <= most:
        raise ClaimsError(f"{where} = {shown(value)}.", f"Give a number from 0 to {most:,}.")
    return float(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
