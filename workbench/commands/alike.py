"""Every repeat and every clash of the whole record, as a table."""
# ruff: noqa: PLC0415

from __future__ import annotations

import sys
from itertools import chain
from pathlib import Path
from typing import Any

import click

from workbench.commands.asking import Desk, on_a_store
from workbench.nouns import count_words

#: The columns of the table, in order.
COLUMNS = ("finding", "why", "claim_id", "claim", "article_title", "other_id", "other_claim", "other_article_title")


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

    Each pair once, with one sentence why. Nothing is linked, merged or judged by it.
    """
    from claims.matching import Clash, Index, pairs

    with desk.open() as store:
        from claims import Query

        rows = {row["claim_id"]: row for row in chain.from_iterable(store.batches(Query()))}
    index = Index(rows.values())
    with click.progressbar(length=len(rows), label="Comparing", file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        found = [
            _line(finding, rows)
            for finding in pairs(index, tell=bar.update)
            if isinstance(finding, Clash) or not only_clashes
        ]
    _write(found, target)


def _line(finding: Any, rows: dict[str, dict[str, Any]]) -> dict[str, Any]:
    one, other = rows[finding.claim_id], rows[finding.other_id]
    return dict(
        zip(
            COLUMNS,
            (
                getattr(finding, "kind", "repeat"),
                finding.why,
                one["claim_id"],
                one["claim"],
                one["article_title"],
                other["claim_id"],
                other["claim"],
                other["article_title"],
            ),
            strict=True,
        )
    )


def _write(found: list[dict[str, Any]], target: str) -> None:
    import pandas as pd

    from claims import write_csv

    frame = pd.DataFrame(found, columns=list(COLUMNS), dtype="str")
    if target == "-":
        write_csv(frame, sys.stdout.buffer)
        return
    write_csv(frame, Path(target))
    click.echo(f"{count_words(len(found), 'pair')} in {target}", err=True)
