"""The agenda: rows of the claims table and a desk's rules in, the meeting's items out, the most pressing first."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from claims.review.opposed import opposed_figures
from claims.review.rules import Rule
from claims.table import split_values

Row: TypeAlias = Mapping[str, Any]

#: What fills the braces of a rule's sentence, by the name of each claim that the rule puts on the agenda.
Found: TypeAlias = dict[str, dict[str, str]]

#: Statuses in which a claim has a verdict, and nobody has decided on it yet.
UNDECIDED = ("marked", "second reading", "agreed", "disputed")

#: Statuses that want no new look.
_GONE = ("dropped", "void")

#: Characters of another claim's wording that a reason shows.
_SHOWN = 120


@dataclass(frozen=True, slots=True)
class Item:
    """A claim for the agenda: the ``rules`` that put it there by name, a sentence for each, and what they add up to."""

    claim_id: str
    rules: tuple[str, ...]
    reasons: tuple[str, ...]
    minutes: float
    weight: float


@dataclass(frozen=True, slots=True)
class Case:
    """What a rule looks at: the rows by the claims' names, the statuses in which a reading may be told, and the day."""

    rows: Mapping[str, Row]
    told: tuple[str, ...]
    today: date

    def undecided(self) -> dict[str, Row]:
        """The rows with a verdict that nobody has decided on."""
        return {name: row for name, row in self.rows.items() if row["status"] in UNDECIDED and row.get("verdict")}


#: A rule at work.
Check: TypeAlias = Callable[[Case, Rule], Found]


def agenda(rows: Iterable[Row], rules: Sequence[Rule], today: date, *, read_twice: bool = True) -> list[Item]:
    """What a meeting should look at, the most pressing first, then in the order of the rows; a row given twice counts once.

    >>> from claims.review.rules import shipped_rules
    >>> row = {"claim_id": "c1", "claim": "Two vans waited.", "status": "disputed", "checker": "Korda", "verdict":
    ...     "Refuted", "second_reader": "Ilic", "second_verdict": "Supported", "n_independent": 1}
    >>> [item] = agenda([row, row | {"claim_id": "c2", "status": "decided"}], shipped_rules(), date(2024, 3, 4))
    >>> item.reasons
    ('Korda reads it as Refuted, Ilic as Supported.', 'It is marked and rests on one independent source.')
    >>> item.weight, item.minutes
    (8, 6)

    The weight is the sum of its reasons' weights; it takes as long as the longest of them. Every rule but ``overdue`` asks
    only of claims with a verdict that nobody has decided on. No reason tells what is kept from a second reader; with
    ``read_twice``, as in a ``claims.Query``, a marked claim waits for one too.
    """
    case = Case({row["claim_id"]: row for row in rows}, _told(read_twice=read_twice), today)
    reasons: dict[str, list[tuple[Rule, str]]] = {name: [] for name in case.rows}
    for rule in rules:
        if rule.on:
            for name, words in CHECKS[rule.name](case, rule).items():
                reasons[name].append((rule, rule.sentence.format_map(words)))
    items = [
        Item(
            name,
            tuple(rule.name for rule, _ in why),
            tuple(sentence for _, sentence in why),
            max(rule.minutes for rule, _ in why),
            sum(rule.weight for rule, _ in why),
        )
        for name, why in reasons.items()
        if why
    ]
    return sorted(items, key=lambda item: -item.weight)


def total_minutes(items: Iterable[Item]) -> float:
    """How long the meeting is thought to take.

    >>> overdue, disputed = Item("c1", ("overdue",), ("It is late.",), 3, 2), Item("c2", ("disputed",), ("Apart.",), 6, 5)
    >>> total_minutes([overdue, disputed])
    9
    """
    return sum(item.minutes for item in items)


def filters(rule: Rule, *, read_twice: bool = True) -> dict[str, Any] | None:
    """The filters of a ``claims.Query`` that lets every claim through which the rule may put on the agenda, and few others.

    >>> from claims.review.rules import shipped_rules
    >>> disputed, *_, overdue = shipped_rules()
    >>> filters(disputed), filters(overdue)
    ({'statuses': ('disputed',)}, None)

    None for overdue claims: no query asks for that day, but ``Store.overdue`` names them.
    """
    return _FILTERS[rule.name](rule, _told(read_twice=read_twice))


def _disputed(case: Case, _: Rule) -> Found:
    return {
        name: {
            "first_reader": _line(row.get("checker")) or "The first reader",
            "first_verdict": _line(row["verdict"]),
            "second_reader": _line(row.get("second_reader")) or "the second reader",
            "second_verdict": _line(row["second_verdict"]),
        }
        for name, row in case.undecided().items()
        if row["status"] == "disputed" and row.get("second_verdict")
    }


def _contradicts(case: Case, _: Rule) -> Found:
    """Claims of which a person has said that they cannot hold beside another one, on whichever of the two they said it."""
    others = {name: split_values(row.get("contradicts") or "") for name, row in case.undecided().items()}
    for name, said in [(name, each) for name, found in others.items() for each in found]:
        if said in others and name not in others[said]:
            others[said].append(name)
    return {name: {"other": _named(case, found)} for name, found in others.items() if found}


def _figures(case: Case, rule: Rule) -> Found:
    opposed = opposed_figures(
        case.undecided().values(), words=rule.threshold("words"), apart=rule.threshold("percent") / 100
    )
    return {name: {"other": _named(case, [other])} for name, other in opposed.items()}


def _single_source(case: Case, rule: Rule) -> Found:
    counted = {name: row.get("n_independent") or 0 for name, row in case.undecided().items()}
    most = rule.threshold("independent")
    return {name: {"sources": _sources(number)} for name, number in counted.items() if number <= most}


def _low_confidence(case: Case, rule: Rule) -> Found:
    below = rule.threshold("percent")
    return {
        name: {"confidence": row["confidence"]}
        for name, row in case.undecided().items()
        if row["status"] in case.told and row.get("priority") == "high" and _is_low(row.get("confidence"), below)
    }


def _overdue(case: Case, rule: Rule) -> Found:
    days = {
        name: row["review_by"] for name, row in case.rows.items() if row.get("review_by") and row["status"] not in _GONE
    }
    let_pass = rule.threshold("days")
    return {
        name: {"day": f"{day.day} {day:%B %Y}", "ago": "1 day" if late == 1 else f"{late:,} days"}
        for name, day in days.items()
        if (late := (case.today - day).days) > let_pass
    }


#: What each rule asks, by its name in agenda.toml.
CHECKS: dict[str, Check] = {
    "disputed": _disputed,
    "contradicts": _contradicts,
    "figures": _figures,
    "single_source": _single_source,
    "low_confidence": _low_confidence,
    "overdue": _overdue,
}

#: What a query asks for each of them; a rule that looks at a reading asks only for the statuses in which it may be told.
_FILTERS: dict[str, Callable[[Rule, tuple[str, ...]], dict[str, Any] | None]] = {
    "disputed": lambda _, __: {"statuses": ("disputed",)},
    "contradicts": lambda _, __: {"statuses": UNDECIDED, "marked": True},
    "figures": lambda _, __: {"statuses": UNDECIDED, "marked": True, "has_figure": True},
    "single_source": lambda _, __: {"statuses": UNDECIDED, "marked": True},
    "low_confidence": lambda rule, told: {
        "statuses": told,
        "priorities": ("high",),
        "confidences": ("low", *(f"{share}%" for share in range(min(math.ceil(rule.threshold("percent")), 101)))),
    },
    "overdue": lambda _, __: None,
}


def _told(*, read_twice: bool) -> tuple[str, ...]:
    """The undecided claims' statuses in which the first reading is kept from nobody."""
    return ("agreed", "disputed") if read_twice else ("marked", "agreed", "disputed")


def _is_low(confidence: str | None, below: float) -> bool:
    """Whether a confidence, a word or a percentage, is low."""
    if confidence is None or not confidence.endswith("%"):
        return confidence == "low"
    return int(confidence[:-1]) < below


def _sources(number: int) -> str:
    if number == 0:
        return "no source"
    return "one independent source" if number == 1 else f"only {number} independent sources"


def _named(case: Case, others: Sequence[str]) -> str:
    """The wording of the first of these claims that is among the rows, or else the name of the first."""
    known = next((line for other in others if other in case.rows and (line := _line(case.rows[other]["claim"]))), "")
    line = known or f"claim {_line(others[0])}"
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN].rstrip()} …"


def _line(value: Any) -> str:
    return " ".join(str(value or "").split())
