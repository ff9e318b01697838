"""What a drawing of the desk takes from the record: a page of the queue, an article's claims, and how a person may see them."""

from __future__ import annotations

from itertools import chain
from typing import Any

import streamlit as st

from claims import Query, Store
from claims.store import Rules
from workbench import desk
from workbench.columns import dressed, veiled
from workbench.recall import Recall

Row = dict[str, Any]

#: Claims on a page of the queue.
PAGE = 50


def page_at(recall: Recall, query: Query, place: int) -> list[Row]:
    """The page of the queue with this place on it."""
    return recall(recall.store.rows, query, offset=place // PAGE * PAGE, limit=PAGE)


def claim_at(recall: Recall, query: Query, place: int) -> str | None:
    """The claim at a place of the queue, from 0; None where it has no such place."""
    if place < 0:
        return None
    rows = page_at(recall, query, place)
    return str(rows[place % PAGE]["claim_id"]) if place % PAGE < len(rows) else None


def place_of(recall: Recall, query: Query, claim_id: str) -> int | None:
    """Where a claim stands in the queue, from 0; None where it does not.

    It is looked for on the page that was looked at last, and asked for where it is not there.
    """
    first = st.session_state.get("page at", 0)
    names = [row["claim_id"] for row in page_at(recall, query, first)]
    place = first + names.index(claim_id) if claim_id in names else recall(recall.store.position, query, claim_id)
    if place is not None:
        st.session_state["page at"] = place // PAGE * PAGE
    return place


def take_page(recall: Recall, query: Query) -> tuple[list[Row], int | None]:
    """The page of the queue around the claim in hand, and where in the queue that claim stands (from 0).

    A claim stays in hand when the filter leaves it out: what is typed for it is not taken away.
    """
    if desk.chosen() is None:
        desk.choose(claim_at(recall, query, 0))
    at = place_of(recall, query, str(desk.chosen()))
    return page_at(recall, query, at or 0), at


def take_article(recall: Recall, article_id: str) -> list[Row]:
    """The article's claims that are not dropped, in order, read some at a time."""

    def of_article(article_id: str) -> list[Row]:
        return list(chain.from_iterable(recall.store.batches(Query(article_id=article_id, sort="article"))))

    return recall(of_article, article_id)


def see(store: Store, rules: Rules, rows: list[Row]) -> list[Row]:
    """The rows as the person who sits here may see them, each verdict in the colour of the scale it was given by."""
    labels = (None, *rules.scale.labels)
    names = {row["claim_id"] for row in rows if row["verdict"] not in labels}
    strange = store.claims_named(names) if names else {}
    given_by = {claim_id: row["scale"] for claim_id, row in strange.items()}
    scales = {name: store.scale_named(name) for name in set(given_by.values())}
    reader = desk.person()
    return [
        dressed(
            veiled(row, reader, read_twice=rules.second_reading),
            scales.get(given_by.get(row["claim_id"]), rules.scale),
        )
        for row in rows
    ]
