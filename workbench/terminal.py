"""How claims look in a terminal: a table as wide as the window, every claim in full."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from textwrap import wrap

from claims.claim import Claim
from claims.table import claim_row
from workbench.columns import date_words, figure_words, weight_words

HEADINGS = ("CHECK", "CLAIM", "SAID BY", "FIGURE", "DATE")

#: Below this width (characters) the facts stand under their claim instead of beside it.
NARROW = 100

_GAP = "  "
_INDENT = " " * 7
_WIDEST_FACT = 24


def draw_claims(claims: Sequence[Claim], width: int) -> str:
    """The claims, in the order given, in lines of at most ``width`` characters.

    >>> from claims import find_claims, read_article
    >>> article = read_article("Two vans waited at the gate on Sunday.", published="2024-03-03")
    >>> "Sunday → 3 Mar 2024" in draw_claims(find_claims(article), 60)
    True
    >>> draw_claims([], 80)
    ''
    """
    rows = [tuple(map(printable, row_of(claim))) for claim in claims]
    if not rows:
        return ""
    return "\n".join(_beside(rows, width) if width >= NARROW else _under(rows, width))


def row_of(claim: Claim) -> tuple[str, ...]:
    """A claim in words: how much it is worth checking, its wording, who said it, its figure, its days."""
    row = claim_row(claim)
    return weight_words(claim.checkability), claim.claim, claim.speaker, figure_words(row), date_words(row)


def printable(text: str) -> str:
    r"""The text without what a terminal would act on or cannot show: an article may hold escape sequences.

    >>> printable("Two\nvans \x1b[2J waited")
    'Two vans [2J waited'
    """
    return " ".join("".join(character if character.isprintable() else " " for character in text).split())


def _beside(rows: Sequence[tuple[str, ...]], width: int) -> list[str]:
    """Columns side by side; the claim takes what the others leave."""
    table = [HEADINGS, *rows]
    widths = [min(max(len(row[column]) for row in table), _WIDEST_FACT) for column in range(len(HEADINGS))]
    widths[1] = width - sum(widths) + widths[1] - len(_GAP) * (len(HEADINGS) - 1)
    lines = []
    for row in table:
        cells = [wrap(cell, size) for cell, size in zip(row, widths, strict=True)]
        lines += [
            _GAP.join(part.ljust(size) for part, size in zip(parts, widths, strict=True)).rstrip()
            for parts in zip_longest(*cells, fillvalue="")
        ]
    return lines


def _under(rows: Sequence[tuple[str, ...]], width: int) -> list[str]:
    """Each claim over its facts."""
    lines = []
    for check, claim, *facts in rows:
        body = [
            *wrap(claim, max(width - len(_INDENT), 20)),
            *wrap(" · ".join(filter(None, facts)), max(width - len(_INDENT), 20)),
        ]
        lines += [f"{check:>5}{_GAP}{body[0]}", *(_INDENT + line for line in body[1:])]
    return lines
