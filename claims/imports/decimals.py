"""Numbers as spreadsheets show them: 2.000.000 and 2,000,000, 312,0 and 312.0, 2E+06."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal, InvalidOperation
from functools import lru_cache

#: Which mark stands before the fraction.
POINT, COMMA = "point", "comma"

_NUMBER = r"""
    (?P<sign>[+-]?)
    (?P<whole> [1-9]\d{{0,2}} (?P<group>[{groups}\x20'’\N{{NO-BREAK SPACE}}\N{{NARROW NO-BREAK SPACE}}]) \d{{3}}
               (?: (?P=group)\d{{3}} )*               # 2,000,000
             | \d*)
    (?: [{mark}] (?P<fraction>\d*) )?
    (?: E (?P<power>[+-]?\d{{1,3}}) )?                # 2E+06
    \x20? (?P<percent>%?)
"""
_STYLES = {
    style: re.compile(_NUMBER.format(mark=mark, groups=groups), re.VERBOSE | re.IGNORECASE | re.ASCII)
    for style, mark, groups in ((POINT, ".", ","), (COMMA, ",", "."))
}
_MINUS = str.maketrans({"\N{MINUS SIGN}": "-", "\N{EN DASH}": "-"})
_LONGEST = 64

#: Digits that a spreadsheet keeps of a number, and how many it must show before a rounded one is taken for the same.
_KEPT, _ENOUGH, _ENOUGH_OF_POWER = 15, 6, 3


@lru_cache(maxsize=65536)
def amounts(cell: str) -> Mapping[str, Decimal]:
    """What a cell says as a number, by the style in which it is read; none if it is no number.

    >>> {style: str(amount) for style, amount in amounts("2.000.000").items()}
    {'comma': '2000000'}
    >>> sorted({str(amount) for amount in amounts("1.234").values()})  # who knows?
    ['1.234', '1234']
    >>> str(amounts("70%")["point"]), dict(amounts("about 300"))
    ('0.70', {})
    """
    text = cell.strip().removeprefix("'").translate(_MINUS)
    found: dict[str, Decimal] = {}
    if len(text) > _LONGEST:
        return found
    for style, pattern in _STYLES.items():
        match = pattern.fullmatch(text)
        if match and (match["whole"] or match["fraction"]):
            whole = re.sub(r"\D", "", match["whole"])
            amount = Decimal(f"{match['sign']}{whole or 0}.{match['fraction'] or ''}E{match['power'] or 0}")
            found[style] = amount.scaleb(-2) if match["percent"] else amount
    return found


def styles_of(cell: str, exact: Decimal) -> frozenset[str]:
    """The styles in which a cell shows this number, exactly or at the digits that it shows.

    >>> sorted(styles_of("312,0", Decimal(312))), sorted(styles_of("1.2346E+15", Decimal(1234567890123456)))
    (['comma'], ['point'])
    >>> styles_of("0.4", Decimal("0.35"))  # this was typed
    frozenset()
    """
    return frozenset(style for style, amount in amounts(cell).items() if _shows(amount, exact, cell))


def same_amount(cell: str, text: str) -> bool:
    """Whether a cell is this text after a spreadsheet took it for a number.

    >>> same_amount("1200", "1,200"), same_amount("1.23457E+134", "123456789012e123"), same_amount("12", "12 vans")
    (True, True, False)
    """
    exact = amounts(text).get(POINT)
    return exact is not None and bool(styles_of(cell, exact))


def _shows(amount: Decimal, exact: Decimal, cell: str) -> bool:
    if amount == exact:
        return True
    digits = len(amount.as_tuple().digits)
    roundings: tuple[str, ...] = (ROUND_HALF_UP,)
    if "e" in cell.lower():
        shown = digits if digits >= _ENOUGH_OF_POWER else 0
    elif len(exact.as_tuple().digits) > _KEPT and amount == amount.to_integral_value():
        shown, roundings = _KEPT, (ROUND_HALF_UP, ROUND_DOWN)  # what is typed is cut, what is worked out is rounded
    else:
        shown = digits if digits >= _ENOUGH and amount != amount.to_integral_value() else 0
    try:
        return shown > 0 and any(Context(prec=shown, rounding=way).plus(exact) == amount for way in roundings)
    except InvalidOperation:
        return False
