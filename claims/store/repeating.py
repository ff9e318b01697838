"""Repeating: the claims that people linked as saying the same, whichever of the two was linked to the other."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.engine import Connection

from claims.store.schema import LINKED, claims
from claims.table import split_values


def said_again(connection: Connection, names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """For each of these claims that has any: the claims that it was linked to as a repeat, and those linked to it; dropped ones left out."""
    linked = select(claims.c.claim_id, claims.c.repeat_of).where(
        LINKED, claims.c.repeat_of.is_not(None), claims.c.status != "dropped"
    )
    wanted = set(names)
    found: dict[str, dict[str, None]] = {}
    for name, cell in connection.execute(linked.order_by(claims.c.no)):
        for other in split_values(cell):
            for one, beside in ((name, other), (other, name)):
                if one in wanted:
                    found.setdefault(one, {})[beside] = None
    return {name: tuple(others) for name, others in found.items()}
