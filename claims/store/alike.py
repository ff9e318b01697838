"""The same claim elsewhere, and claims that cannot hold beside it: found by the search's index, whatever its size.

Who may be alike shares rare words with a claim, by their meaning; the index knows them, so that nothing has to be kept
beside it. Whether two are alike :mod:`claims.matching` says. A finding links two claims; it changes neither.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from heapq import nlargest

from sqlalchemy import Connection, func, or_, select

from claims.matching import READS, Assertion, Clash, Match, Point, assertion_of, findings, forms_of, timeline
from claims.matching.assertion import WORD
from claims.store import rows, searching
from claims.store.events import row_of
from claims.store.schema import LINKED, articles, claims
from claims.table import split_values

#: Claims that are compared at most, the likest first.
MOST = 50

#: A word that more claims than these say tells too little, and is not read.
FREQUENT = 2_000

#: Words that two claims share at least.
_SHARED = 2

#: Frequent words that are asked for together, where a claim has hardly any other.
_TOGETHER = 4

#: Claims that are asked for in one statement.
_ASKED = 500


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What the record says besides one claim: claims that cannot hold beside it, the firm ones first, and its repeats.

    ``contradicted_by`` and ``repeated_by`` are the claims in whose own columns a person has linked them to this one.
    """

    clashes: tuple[Clash, ...]
    repeats: tuple[Match, ...]
    contradicted_by: tuple[str, ...] = ()
    repeated_by: tuple[str, ...] = ()


def elsewhere(connection: Connection, claim_id: str) -> Elsewhere:
    """What the other claims of the record are to this one; those that were dropped are none."""
    asked = assertion_of(_own(connection, claim_id))
    near = _rows(connection, _near(connection, asked))
    found = list(findings(asked, (assertion_of(row) for row in near if row["claim_id"] != claim_id)))
    return Elsewhere(
        tuple(sorted((each for each in found if isinstance(each, Clash)), key=lambda clash: not clash.firm)),
        tuple(sorted((each for each in found if isinstance(each, Match)), key=lambda match: -match.score)),
        **_linking(connection, claim_id),
    )


def _linking(connection: Connection, claim_id: str) -> dict[str, tuple[str, ...]]:
    """The claims that are linked to this one, by the side that tells of it here; those that were dropped are none."""
    columns = {"repeated_by": claims.c.repeat_of, "contradicted_by": claims.c.contradicts}
    named = or_(*(column.contains(claim_id, autoescape=True) for column in columns.values()))
    asked = select(claims.c.claim_id, *columns.values()).where(LINKED, named, claims.c.status != "dropped")
    found = connection.execute(asked.order_by(claims.c.no)).mappings().all()
    return {
        side: tuple(row["claim_id"] for row in found if claim_id in split_values(row[column.name] or ""))
        for side, column in columns.items()
    }


def story(connection: Connection, claim_id: str) -> list[Point]:
    """The figure of a claim as the claims near it tell it, by date."""
    row = _own(connection, claim_id)
    near = _near(connection, assertion_of(row), most=10 * MOST)
    return timeline(row, (other for other in _rows(connection, near) if other["claim_id"] != claim_id))


def _own(connection: Connection, claim_id: str) -> rows.Row:
    """The claim that is asked about, dropped or not, as far as matching reads it."""
    [row] = _rows(connection, [row_of(connection, "claim", claim_id)["no"]], dropped=True)
    return row


def _near(connection: Connection, asked: Assertion, *, most: int = MOST) -> list[int]:
    """Numbers of the claims that share the most words of weight with this one, by how rare those are."""
    total = connection.execute(select(func.max(claims.c.no))).scalar() or 0
    meanings = [forms for word, weight in asked.words.items() if weight >= WORD and (forms := _forms(word))]
    shared: Counter[int] = Counter()
    scores: dict[int, float] = {}
    frequent = []
    for forms in meanings:
        found = searching.numbers_saying(connection, [forms], FREQUENT + 1)
        if len(found) > FREQUENT:
            frequent.append(forms)
            continue
        shared.update(found)
        rarity = math.log1p(total / max(len(found), 1))
        for no in found:
            scores[no] = scores.get(no, 0.0) + rarity
    if len(meanings) - len(frequent) < _SHARED <= len(frequent):  # a story that everybody writes about
        for no in searching.numbers_saying(connection, frequent[:_TOGETHER], FREQUENT):
            shared[no] += _SHARED
            scores[no] = scores.get(no, 0.0) + _SHARED
    near = (no for no, words in shared.items() if words + len(frequent) >= _SHARED)
    return nlargest(most + 1, near, key=lambda no: (scores[no], no))


def _forms(meant: str) -> list[list[str]]:
    """The words of a meaning as the index has them: each list are the words of one."""
    return [words for form in forms_of(meant) if (words := searching.words_of(form))]


def _rows(connection: Connection, numbers: Iterable[int], *, dropped: bool = False) -> list[rows.Row]:
    """The claims with these numbers, as far as matching reads them, in this order."""
    wanted = list(numbers)
    columns = [articles.c.published if name == "published" else claims.c[name] for name in READS]
    found: dict[int, rows.Row] = {}
    for at in range(0, len(wanted), _ASKED):
        some = (
            select(claims.c.no, claims.c.status, *columns)
            .join(articles)
            .where(claims.c.no.in_(wanted[at : at + _ASKED]))
        )
        found |= {row["no"]: dict(row) for row in connection.execute(some).mappings()}
    return [found[no] for no in wanted if no in found and (dropped or found[no]["status"] != "dropped")]
