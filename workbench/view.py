"""What the desk looks at: a view, as the address that opens it, as chips that name its filters, and as a query.

A view is the parts of its address, each with its values. A part that is not there asks nothing; :data:`NONE` asks for
what has none. Pure functions, no Streamlit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from claims import Query
from claims.kinds import KINDS
from claims.status import LOCKED, OPEN, STATUSES, awaiting
from claims.verdict import CONFIDENCES
from workbench.columns import cut_words, day_words

#: The parts of a view's address, each with its values; empty for the desk as it opens first.
View = Mapping[str, tuple[str, ...]]

#: In an address: claims that have none of it.
NONE = "-"

#: What is shown, by name; the part of the query that each sets depends on who sits here and on the desk's rules.
SHOWN = ("To check", "Mine", "Second reading", "To sign off", "Closed", "All", "Dropped")

#: Orders of the queue, by name.
ORDERS: dict[str, str] = {
    "Worth checking": "rank",
    "As in the article": "article",
    "Newest": "newest",
    "Largest figure": "figure",
    "Date": "date",
    "Last checked": "checked_at",
}

#: Values and signs of a value that an address is heeded for; more is nonsense, or somebody's attempt.
_MOST, LONGEST = 50, 300


@dataclass(frozen=True, slots=True)
class Filter:
    """One part of a view: its name before its values, the field of the query that it sets, and which values it may have.

    ``words`` gives a value as a person reads it, ``none`` what has none of it; ``one`` says that it has one value.
    """

    label: str
    field: str
    allowed: Callable[[str], bool] = bool
    none: str = ""
    one: bool = False
    words: Callable[[str], str] = str
    value: Callable[[str], Any] = str


def _is_day(value: str) -> bool:
    try:
        return len(value) == len("2024-03-03") and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _is_confidence(value: str) -> bool:
    """A word, or a percentage: the desk may have judged by both."""
    number = value.removesuffix("%")
    return value in CONFIDENCES or (value != number and number.isascii() and number.isdigit() and int(number) <= 100)  # noqa: PLR2004


def _whether(what: str, field: str) -> Filter:
    return Filter(
        what, field, ("with", "without").__contains__, one=True, words=lambda value: f"{value} {what.lower()}",
        value=lambda value: value == "with",
    )  # fmt: skip


def _day(label: str, field: str) -> Filter:
    return Filter(
        label, field, _is_day, one=True, words=lambda value: day_words(date.fromisoformat(value)),
        value=date.fromisoformat,
    )  # fmt: skip


#: The filters, by their names in an address, in the order of their chips.
FILTERS: dict[str, Filter] = {
    "find": Filter("Find", "text", lambda value: bool(value.strip()), one=True, words=lambda value: f"“{value}”"),
    "article": Filter("Article", "article_id", one=True),
    "status": Filter("Status", "statuses", STATUSES.__contains__),
    "verdict": Filter("Verdict", "verdicts", none="not marked"),
    "confidence": Filter("Confidence", "confidences", _is_confidence, none="not marked"),
    "agreement": Filter("Readings", "agreements", ("agreed", "disputed").__contains__, none="not read twice"),
    "speaker": Filter("Said by", "speakers", none="the article itself"),
    "kind": Filter("Kind", "kinds", KINDS.__contains__),
    "assignee": Filter("With", "assignees", none="nobody"),
    "tag": Filter("Tag", "tags"),
    "figure": _whether("A figure", "has_figure"),
    "date": _whether("A date", "has_date"),
    "from": _day("Date from", "dated_from"),
    "to": _day("Date up to", "dated_to"),
    "sources": _whether("Sources", "has_sources"),
}


def shown_by(name: str, person: str, *, read_twice: bool) -> dict[str, Any]:
    """The part of a query that shows these claims.

    >>> shown_by("To sign off", "Jana", read_twice=True)
    {'statuses': ('agreed', 'disputed', 'decided')}
    >>> shown_by("All", "Jana", read_twice=True)
    {}
    """
    parts: dict[str, dict[str, Any]] = {
        "To check": {"statuses": OPEN},
        "Mine": {"assignees": (person,)},
        "Second reading": {"statuses": awaiting(read_twice=read_twice)},
        "To sign off": {"statuses": (*(() if read_twice else ("marked",)), "agreed", "disputed", "decided")},
        "Closed": {"statuses": LOCKED},
        "Dropped": {"statuses": ("dropped",)},
    }
    return parts.get(name, {})


def shown(view: View) -> str:
    """The name of what is shown."""
    return view.get("show", (SHOWN[0],))[0]


def order(view: View) -> str:
    """The name of the order."""
    return view.get("order", (next(iter(ORDERS)),))[0]


def query_of(view: View, person: str, *, read_twice: bool) -> Query:
    """What a view asks of the record, as this person may ask it.

    >>> asked = query_of({"verdict": ("Refuted", "-"), "sources": ("without",)}, "Jana", read_twice=True)
    >>> asked.statuses, asked.verdicts, asked.has_sources, asked.reader
    (('new', 'assigned', 'in progress'), ('Refuted', ''), False, 'Jana')
    """
    asked = shown_by(shown(view), person, read_twice=read_twice)
    for name, known in FILTERS.items():
        if values := view.get(name):
            asked[known.field] = known.value(values[0]) if known.one else tuple(map(_cell, values))
    return Query(**asked, reader=person, read_twice=read_twice, sort=ORDERS[order(view)])


def _cell(value: str) -> str:
    return "" if value == NONE else value


def with_part(view: View, name: str, values: Iterable[str]) -> View:
    """The view with one part changed; what would contradict it gives way.

    >>> with_part({"show": ("Closed",)}, "status", ["marked"])
    {'show': ('All',), 'status': ('marked',)}
    >>> with_part({"show": ("All",), "status": ("marked",)}, "show", ["To check"])
    {}
    """
    values = tuple(dict.fromkeys(value for value in values if value))
    changed = {part: view[part] for part in view if part != name} | ({name: values} if values else {})
    if name == "show":
        fields = shown_by(shown(changed), "", read_twice=True)
        changed = {part: given for part, given in changed.items() if part == "show" or _field(part) not in fields}
    elif values and _field(name) in shown_by(shown(view), "", read_twice=True):
        changed["show"] = ("All",)
    if changed.get("show") == SHOWN[:1]:
        del changed["show"]
    if order(changed) == next(iter(ORDERS)):
        changed.pop("order", None)
    return changed


def _field(part: str) -> str:
    return FILTERS[part].field if part in FILTERS else ""


def without(view: View, name: str, value: str) -> View:
    """The view without one value of a filter.

    >>> without({"verdict": ("Refuted", "Supported"), "find": ("roll call",)}, "verdict", "Refuted")
    {'verdict': ('Supported',), 'find': ('roll call',)}
    """
    left = tuple(each for each in view.get(name, ()) if each != value)
    return {part: left if part == name else view[part] for part in view if part != name or left}


def cleared(view: View) -> View:
    """The view without its filters: what is shown, and in which order, stay."""
    return {part: values for part, values in view.items() if part not in FILTERS}


@dataclass(frozen=True, slots=True)
class Chip:
    """One value of one filter, as it is named above the queue."""

    name: str
    value: str
    words: str


def chips(view: View, titles: Mapping[str, str]) -> list[Chip]:
    """What is filtered, a chip for each value; ``titles`` are the articles'.

    >>> [chip.words for chip in chips({"verdict": ("Refuted", "-"), "sources": ("without",), "from": ("2024-03-03",)}, {})]
    ['Verdict: Refuted', 'Verdict: not marked', 'Date from: 3 Mar 2024', 'without sources']
    """
    return [
        Chip(name, value, _chip_words(name, known, value, titles))
        for name, known in FILTERS.items()
        for value in view.get(name, ())
    ]


def _chip_words(name: str, known: Filter, value: str, titles: Mapping[str, str]) -> str:
    if name in ("figure", "date", "sources"):
        return known.words(value)
    said = (titles.get(value) or "(no title)") if name == "article" else known.words(value)
    return f"{known.label}: {known.none if value == NONE and known.none else said}"


def read(address: Mapping[str, Sequence[str]], articles: Iterable[str]) -> tuple[View, list[str]]:
    """The view that an address opens, and what of the address the desk does not know and leaves out.

    >>> read({"show": ["All"], "verdict": ["Refuted"], "order": ["sideways"], "verdcit": ["Refuted"]}, [])
    ({'show': ('All',), 'verdict': ('Refuted',)}, ['order “sideways”', 'filter “verdcit”'])
    >>> read({"from": ["yesterday"], "article": ["a1"], "status": ["new", "marked"]}, ["a1"])
    ({'article': ('a1',), 'status': ('new', 'marked')}, ['date from “yesterday”'])
    """
    known = set(articles)
    allowed: dict[str, Callable[[str], bool]] = {"show": SHOWN.__contains__, "order": ORDERS.__contains__}
    allowed |= {name: each.allowed for name, each in FILTERS.items()} | {"article": known.__contains__}
    view: dict[str, tuple[str, ...]] = {}
    strange: list[str] = []
    for name, values in address.items():
        if name not in allowed:
            strange.append(f"filter “{cut_words(name, 40)}”")
            continue
        one = name not in FILTERS or FILTERS[name].one
        given = list(dict.fromkeys(values))[: 1 if one else _MOST]
        good = [value for value in given if _is_good(name, value, allowed[name])]
        what = FILTERS[name].label.lower() if name in FILTERS else name
        strange += [f"{what} “{cut_words(value, 40)}”" for value in given if value not in good]
        view |= {name: tuple(good)} if good else {}
    opened: View = {}
    for name in ("show", "order", *FILTERS):
        if name in view:
            opened = {**opened, name: view[name]}
    return {name: values for name, values in opened.items() if not _is_first(name, values)}, strange


def _is_good(name: str, value: str, allowed: Callable[[str], bool]) -> bool:
    none = name in FILTERS and bool(FILTERS[name].none)
    return 0 < len(value) <= LONGEST and (allowed(value) or (value == NONE and none))


def _is_first(name: str, values: tuple[str, ...]) -> bool:
    return (name == "show" and values == SHOWN[:1]) or (name == "order" and values == (next(iter(ORDERS)),))
