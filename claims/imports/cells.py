"""One cell's text read as its column's value: whether it is still what was exported, and what it says if it is not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from claims.errors import BadScale
from claims.export import neutral, restored
from claims.imports.days import SERIAL, SERIAL_1904, days, same_day, same_moment
from claims.imports.decimals import COMMA, POINT, amounts, same_amount, styles_of
from claims.imports.letters import Loss, losses
from claims.imports.problems import quoted
from claims.kinds import KINDS
from claims.status import STATUSES
from claims.store.schema import as_read, instant_text, storable
from claims.table import DAY, NUMBER, TEXT, Column, join_values, split_values
from claims.verdict import Scale, check_confidence

#: A spreadsheet cuts a cell to 32,767 characters; white space that then stands at its end may be trimmed.
_CUT = 32_700
_TRUTHS = {"true": "true", "false": "false", "wahr": "true", "falsch": "false"}
_NO_STYLE: frozenset[str] = frozenset()
#: Digits alone are the same in both styles; so many are no figure.
_EITHER, _LONG = frozenset({POINT, COMMA}), 20

#: The columns that hold one of a few words, and what a word that is none of them is told.
_WORDS: dict[str, tuple[str, ...]] = {
    "priority": ("high", "normal", "low"),
    "attribution": ("direct", "mixed", "indirect", "article"),
    "status": STATUSES,
}
_NEVER_EMPTY = frozenset({"claim", *_WORDS})


@dataclass(frozen=True, slots=True)
class Unread:
    """Why a cell says nothing that its column could hold, and how it is to be written."""

    sentence: str
    remedy: str


def written(value: object, dtype: str) -> str:
    """A value as the exported file shows it, before any neutralising.

    >>> written(312.0, NUMBER), written(date(2024, 3, 3), DAY), written(None, TEXT)
    ('312.0', '2024-03-03', '')
    """
    if value is None:
        return ""
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if dtype == TEXT:
        return storable(str(value))
    return repr(float(value)) if dtype == NUMBER else str(value)  # type: ignore[arg-type]


def fits(cell: str, value: object, column: Column) -> frozenset[str] | None:
    """In which styles a cell is this value still, after what spreadsheets do; None where it is another.

    >>> from claims.table import COLUMNS
    >>> column = {column.name: column for column in COLUMNS}
    >>> fits("03.04.2024", date(2024, 4, 3), column["date_first"]), fits("TRUE", "True", column["speaker"])
    (frozenset({'day first'}), frozenset())
    >>> fits("'=1+1", "=1+1", column["claim"]) == fits(" =1+1", "=1+1", column["claim"])
    True
    >>> fits("Refuted", "Supported", column["verdict"]) is None
    True

    Nothing hangs on the style where the set is empty.
    """
    text = tidy(cell)
    if value is None or not text:
        return _NO_STYLE if not text and not tidy(written(value, column.dtype)) else None
    if column.dtype == TEXT:
        return _NO_STYLE if _same_text(text, written(value, TEXT)) else None
    if isinstance(value, datetime):
        return _NO_STYLE if same_moment(text, value) else None
    if isinstance(value, date):
        return frozenset(order for order, day in days(text, value.year).items() if day == value) or None
    if text.isdecimal() and text.isascii() and len(text) < _LONG and int(text) == value:
        return _EITHER
    shown = written(value, column.dtype)
    return styles_of(text, Decimal(shown)) or (_NO_STYLE if same_day(text, shown.removesuffix(".0")) else None)


def lost_in(cell: str, value: object, column: Column, page: str) -> frozenset[Loss]:
    """The letters that a cell lost if it is this value still, saved in an old page; none where it is not.

    >>> from claims.table import COLUMNS
    >>> claim = next(column for column in COLUMNS if column.name == "claim")
    >>> lost_in("'=Maru?a ", "=Maruša", claim, "latin-1"), lost_in("=Maru?a", "=Maruša", claim, "")
    (frozenset({('š', '?')}), frozenset())
    """
    if column.dtype != TEXT or value is None or not page:
        return frozenset()
    text, own = tidy(written(value, TEXT)), tidy(cell)
    return losses(own, text, page) or losses(own, neutral(text), page)


def tidy(text: str) -> str:
    r"""A text without what spreadsheets add or trim: white space at its ends, carriage returns.

    >>> tidy(" two\r\nvans ")
    'two\nvans'
    """
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


@dataclass(frozen=True, slots=True)
class Reader:
    """How the cells that changed are read: by the desk's scale, and in the styles that the unchanged cells prove.

    ``orders`` has a day's order for each column that proves one, ``style`` the file's decimal mark or "";
    ``confidence`` is the form in which the desk gives it (:data:`claims.verdict.FORMS`).
    """

    scale: Scale
    confidence: str = "words"
    orders: Mapping[str, str] = field(default_factory=dict)
    style: str = ""

    def read(self, cell: str, column: Column, near: object = None) -> Any:
        """The value of a cell, None for an empty one, or an :class:`Unread`; ``near`` is what was exported.

        >>> from claims.table import COLUMNS
        >>> from claims.verdict import load_scale
        >>> column = {column.name: column for column in COLUMNS}
        >>> Reader(load_scale()).read("refuted ", column["verdict"])
        'Refuted'
        >>> Reader(load_scale()).read("03/04/2024", column["date_first"]).sentence
        '“03/04/2024” may be 2024-04-03 or 2024-03-04.'
        >>> Reader(load_scale(), orders={"date_first": "day first"}).read("03/04/2024", column["date_first"])
        datetime.date(2024, 4, 3)
        """
        text = tidy(restored(tidy(cell)))
        if not text:
            return _empty(column)
        if column.dtype == DAY:
            return self._day(text, column, near)
        if column.dtype == NUMBER:
            return self._number(text, column)
        return self._text(as_read(text), column)

    def _text(self, text: str, column: Column) -> Any:
        name = column.name
        if name == "verdict":
            return _one_of(text, self.scale.labels, "is no verdict of the desk's scale")
        if name in _WORDS:
            return _one_of(text, _WORDS[name], f"is no {name}")
        if name == "confidence":
            try:
                return check_confidence(text, self.confidence)
            except BadScale as error:
                return Unread(f"{quoted(text)} is no confidence.", error.remedy)
        if name == "kinds":
            return _kinds(text)
        return join_values(value.strip() for value in split_values(text)) if column.several else text

    def _day(self, text: str, column: Column, near: object) -> Any:
        found = dict(days(text, near.year if isinstance(near, date) else None))
        proven = self.orders.get(column.name, "")
        if proven in found:
            return found[proven]
        # A bare number is a day only where others of its column are.
        meant = sorted({day for order, day in found.items() if order not in {SERIAL, SERIAL_1904}}, reverse=True)
        if len(meant) == 1:
            return meant[0]
        if not meant:
            return Unread(f"{quoted(text)} is no day.", "Write it as 2024-03-03, or leave the cell empty.")
        return Unread(f"{quoted(text)} may be {meant[0]} or {meant[1]}.", f"Write it as {meant[0]} or as {meant[1]}.")

    def _number(self, text: str, column: Column) -> Any:
        found = dict(amounts(text))
        amount = found.get(self.style)
        if amount is None and len({*found.values()}) > 1:
            low, high = sorted({*found.values()})
            return Unread(f"{quoted(text)} may be {low:f} or {high:f}.", f"Write it as {low:f}0 or as {high:f}.")
        if amount is None:
            amount = next(iter(found.values()), None)
        if amount is None or ("%" in text and column.name != "likelihood") or not _holds(amount):
            return Unread(
                f"{quoted(text)} is no number.", "Write digits alone, such as 312 or 0.5, or leave the cell empty."
            )
        if column.name == "likelihood" and not 0 <= amount <= 1:
            return Unread(
                f"A likelihood of {quoted(text)} cannot be.", "Give a number from 0 to 1, or leave the cell empty."
            )
        return float(amount)


def _holds(amount: Decimal) -> bool:
    return abs(float(amount)) < float("inf")


def _empty(column: Column) -> Unread | None:
    if column.name in _NEVER_EMPTY:
        return Unread(f"The {column.name} of a claim cannot be empty.", "Fill it in, or put back what was exported.")
    return None


def _one_of(text: str, words: tuple[str, ...], no: str) -> str | Unread:
    same = {word.casefold(): word for word in words}.get(text.casefold())
    return same if same is not None else Unread(f"{quoted(text)} {no}.", f"Use one of: {', '.join(words)}.")


def _kinds(text: str) -> str | Unread:
    named = [value.strip().lower() for value in split_values(text) if value.strip()]
    unknown = next((kind for kind in named if kind not in KINDS), None)
    if unknown is not None:
        return Unread(f"{quoted(unknown)} is no kind of claim.", f"Use these, with | between them: {', '.join(KINDS)}.")
    return join_values(dict.fromkeys(named))


def _same_text(cell: str, exported: str) -> bool:
    """Whether a cell, tidy, is a text after what spreadsheets do to one."""
    text, own = tidy(exported), tidy(restored(cell))
    return (
        text in {cell, own}
        or cell == tidy(neutral(exported))
        or (len(cell) >= _CUT and text.startswith(own.rstrip()))
        or (cell.lower() in _TRUTHS and _TRUTHS.get(text.lower()) == _TRUTHS[cell.lower()])
        or same_amount(cell, text)
        or same_day(cell, text)
    )
