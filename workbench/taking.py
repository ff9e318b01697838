"""What a drawing of the desk takes from the record: a page of the queue, an article's claims, and how a person may see them."""

from __future__ import annotations

from itertools import chain
from typing import Any

from claims import Query, Store
from claims.store import Rules
from workbench import desk, steps
from workbench.columns import dressed, veiled

Row = dict[str, Any]


def take_page(store: Store, query: Query) -> tuple[list[Row], int, int | None]:
    """The page of the queue around the claim in hand, how many match, and which of them is in hand (from 0).

    A claim stays in hand when the filter leaves it out: what is typed for it is not taken away.
    """
    if desk.chosen() is None:
        desk.choose(steps.at_place(store, query, 0))
    at = store.position(query, str(desk.chosen()))
    rows = store.rows(query, offset=(at or 0) // steps.PAGE * steps.PAGE, limit=steps.PAGE)
    return rows, desk.count(query), at


def take_article(store: Store, article_id: str) -> list[Row]:
    """The article's claims that are not dropped, in order, read some at a time."""
    return list(chain.from_iterable(store.batches(Query(article_id=article_id, sort="article"))))


def see(store: Store, rules: Rules, rows: list[Row]) -> list[Row]:
    """The rows as the person who sits here may see them, each verdict in the colour of the scale it was given by."""
    labels = (None, *rules.scale.labels)
    strange = store.claims_named({row["claim_id"] for row in rows if row["verdict"] not in labels})
    names = {claim_id: row["scale"] for claim_id, row in strange.items()}
    scales = {name: store.scale_named(name) for name in set(names.values())}
    reader = desk.person()
    return [
        dressed(
            veiled(row, reader, read_twice=rules.second_reading),
            scales.get(names.get(row["claim_id"]), rules.scale),
        )
        for row in rows
    ]
