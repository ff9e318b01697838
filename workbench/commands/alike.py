"""Every repeat and every clash of the whole record, as a table."""
# ruff: noqa: PLC0415

from __future__ import annotations

import sys
from collections.abc import Mapping
from itertools import chain
from typing import TYPE_CHECKING, Any

import click

from workbench.commands.asking import Desk, on_a_store
from workbench.commands.tables import write_to

if TYPE_CHECKING:
    from claims.matching import Clash, Match

_SIDES = ("claim_id", "claim", "article_title")


@click.command(
    epilog="""\b
Examples:
  workbench alike                            which claims repeat or contradict each other, as CSV
  workbench alike clashes.csv --clashes      only those that cannot both hold, to a file""",
)
@click.argument("target", metavar="[FILE]", default="-")
@click.option("--clashes", "only_clashes", is_flag=True, help="Only claims that cannot both hold.")
@on_a_store
@click.pass_obj
def alike(desk: Desk, target: str, *, only_clashes: bool) -> None:
    """Write which claims repeat and which contradict each other, in one article and across all.

    Each pair once, with one sentence why; ``firm`` says of a clash whether it is sure, ``score`` of a repeat how sure. Nothing is
    linked, merged or judged by it.
    """
    import pandas as pd

    from claims import Query
    from claims.matching import TOLD, Clash, Index, pairs

    with desk.open() as store:
        rows = {row["claim_id"]: row for row in chain.from_iterable(store.batches(Query()))}
    index = Index(rows.values())
    with click.progressbar(length=len(rows), label="Comparing", file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        found = [
            _line(each, rows[each.claim_id], rows[each.other_id])
            for each in pairs(index, tell=bar.update)
            if isinstance(each, Clash) or not only_clashes
        ]
    write_to(
        [pd.DataFrame(found, columns=[*TOLD, *_SIDES, "other_id", "other_claim", "other_article_title"], dtype="str")],
        target,
        "pair",
    )


def _line(finding: Clash | Match, one: Mapping[str, Any], other: Mapping[str, Any]) -> tuple[str | None, ...]:
    from claims.matching import told

    return (*told(finding), *(side[name] for side in (one, other) for name in _SIDES))
