"""The same claim elsewhere, and claims that cannot hold beside it: found by the search's index, whatever its size.

Who may be alike shares rare words with a claim, by their meaning; the index knows them, so that nothing has to be kept
beside it. Whether two are alike :mod:`claims.matching` says. A finding links two claims; it changes neither.

Where sixty papers print one report, one copy of it is compared before a second is, so that copies hide nobody who says otherwise.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import islice

import numpy as np
from sqlalchemy import Connection, func, or_, select

from claims.matching import READS, Assertion, Clash, Match, Point, act_alone, assertion_of, findings, forms_of, timeline
from claims.matching.assertion import WORD
from claims.matching.index import day_number, number_of, one_of_each
from claims.store import rows, searching
from claims.store.events import row_of
from claims.store.schema import LINKED, articles, claims
from claims.table import split_values

#: Claims that are compared at most, the likest first.
MOST = 50

#: Claims that are looked at where more are near than are compared, and wordings of theirs that are read.
_LOOKED_AT, _READ = 2_000, 250

#: Characters of a claim that says nothing but how many did what.
_SHORT = 60

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
    near = {row["no"]: row for row in (*_near(connection, asked), *_beside(connection, asked))}
    found = list(findings(asked, map(assertion_of, near.values())))
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
    return timeline(row, _near(connection, assertion_of(row), most=10 * MOST))


def _own(connection: Connection, claim_id: str) -> rows.Row:
    """The claim that is asked about, dropped or not, as far as matching reads it."""
    [row] = _rows(connection, [row_of(connection, "claim", claim_id)["no"]], dropped=True)
    return row


def _near(connection: Connection, asked: Assertion, *, most: int = MOST) -> list[rows.Row]:
    """The other claims that share the most words of weight with this one, by how rare those are, as far as matching reads them."""
    scores = _sharing(connection, asked)
    near = [row for row in _rows(connection, scores) if row["claim_id"] != asked.claim_id]
    return near if len(near) <= most else _one_of_each(asked, near, scores)[:most]


def _beside(connection: Connection, asked: Assertion) -> list[rows.Row]:
    """The other claims of its article, of which one says nothing but how many did what: "About 100 fled." shares one word with any."""
    beside = [claims.c.article_id == asked.article_id]
    if not act_alone(asked.text):
        beside.append(func.length(claims.c.claim) <= _SHORT)
    numbers = connection.execute(select(claims.c.no).where(*beside).order_by(claims.c.no).limit(_LOOKED_AT)).scalars()
    others = (row for row in _rows(connection, numbers) if row["claim_id"] != asked.claim_id)
    return [row for row in others if act_alone(asked.text) or act_alone(row["claim"])]


def _one_of_each(asked: Assertion, near: Sequence[rows.Row], scores: Mapping[int, float]) -> list[rows.Row]:
    """The same claims, but one of each saying before a second of any; the last are those whose wording is not read."""
    wordings: dict[Hashable, list[rows.Row]] = {}
    for row in near:
        wordings.setdefault((row["claim"], row["date_first"], row["date_last"]), []).append(row)
    # Each with the likest of its wording, which is the first.
    read = [(told[0], row) for told in islice(wordings.values(), _READ) for row in told]
    order = one_of_each(
        asked,
        np.array([number_of(assertion_of(likest)) for likest, _ in read], dtype=np.int64),
        np.array([scores[likest["no"]] for likest, _ in read]),
        np.array([day_number(row["published"]) for _, row in read], dtype=np.int32),
    )
    unread = (row for told in islice(wordings.values(), _READ, None) for row in told)
    return [*(read[at][1] for at in order.tolist()), *unread]


def _sharing(connection: Connection, asked: Assertion) -> dict[int, float]:
    """Numbers of the claims that share words of weight with this one, by how many and how rare; the likest first."""
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
    return {no: scores[no] for no in nlargest(_LOOKED_AT, near, key=lambda no: (scores[no], no))}


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
