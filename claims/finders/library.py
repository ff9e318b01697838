"""The desk's own library: claims that it has checked before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import Any

from claims.finders.asking import Ask
from claims.finders.candidate import Candidate
from claims.finders.finder import MOST
from claims.finders.question import Question
from claims.finders.speakers import is_same_speaker
from claims.matching import assertion_of, contradiction, repeat
from claims.matching.comparing import comparable
from claims.status import settled
from claims.store import Query, Store
from claims.store.searching import words_of

NAME = "library"

#: Words of a question that are looked up, the rarest, and finds that are looked at for each pair of them.
_RAREST, EACH = 6, 20

Row = Mapping[str, Any]


def find(question: Question, _: Ask, store: Store) -> list[Candidate]:
    """Past claims with their verdicts, those that share most words first.

    A verdict that waits for its second reading is kept back, whoever asks.
    """
    checked = Query(marked=True, statuses=settled(read_twice=store.rules().second_reading))
    near = _near(store, question, words_of(question.words), checked)
    return [_past(question, row) for row in near[:MOST]]


def sets_of(counted: Mapping[str, int]) -> list[tuple[str, ...]]:
    """What is looked up of words that are known so often: all of them together, then pairs of the rarest.

    >>> sets_of({"korda": 9, "fled": 20, "zeppelin": 0})
    [('korda', 'fled')]
    >>> sets_of({"korda": 9})
    [('korda',)]
    """
    known = sorted((word for word, count in counted.items() if count), key=lambda word: (counted[word], word))
    return list(dict.fromkeys([tuple(known), *combinations(known[:_RAREST], 2)])) if known else []


def _near(store: Store, question: Question, asked: Sequence[str], among: Query) -> list[Row]:
    """Claims of the query that share words with the question, its own claim left out."""
    told = store.count_saying(asked)
    rows: dict[str, Row] = {row["claim_id"]: row for row in store.saying(sets_of(told), told, EACH, among)}
    rows.pop(question.claim_id, None)
    shared: Counter[str] = Counter()
    for claim_id, row in rows.items():
        said = set(words_of(row["claim"], row["quote"], row["speaker"], row["article_title"]))
        shared[claim_id] = sum(word in said for word in asked)
    return [rows[claim_id] for claim_id, _ in shared.most_common()]


def _past(question: Question, row: Row) -> Candidate:
    checked = row["checked_at"]
    return Candidate(
        NAME,
        "past claim",
        row["claim"],
        publisher=row["article_title"] or "",
        published=row["published"],
        excerpt=row["rationale"] or "",
        verdict=row["verdict"],
        verdict_by=row["decided_by"] or row["checker"] or "",
        verdict_on=row["verdict_as_of"] or (checked.date() if checked else None),
        claim_id=row["claim_id"],
        difference=difference(question.row, row) if question.row else "",
    )


def difference(row: Row, past: Row) -> str:
    """What sets a past claim apart from the claim in hand, in words; where matching finds a repeat or a clash, that.

    >>> row = {"claim_id": "a", "claim": "785 detainees fled the Korda camp.", "speaker": "Jana Ilic"}
    >>> difference(row, {"claim_id": "b", "claim": "About 100 inmates escaped from the Korda camp.", "speaker": "Jana Ilic"})
    'same speaker, other figure (About 100, here 785)'
    >>> difference(row, {"claim_id": "c", "claim": "Nearly 800 inmates escaped from the Korda camp.", "speaker": "Marusa"})
    'other speaker, figure that fits (Nearly 800, here 785)'
    """
    one, other = assertion_of(row), assertion_of(past)
    said = [_speakers(row.get("speaker") or "", past.get("speaker") or "")]
    if amounts := comparable(one, other):
        mine, yours = amounts
        same = "same figure" if mine.text == yours.text else "figure that fits" if mine.fits(yours) else "other figure"
        said.append(same if mine.text == yours.text else f"{same} ({yours.text}, here {mine.text})")
    said.append(_dates(row.get("date_first"), past.get("date_first")))
    if repeat(one, other):
        said.append("the same claim in other words")
    elif (clash := contradiction(one, other)) and clash.kind not in {"figure", "share"}:
        said.append(f"{'cannot' if clash.firm else 'may not'} both hold, by their {clash.kind}")
    return ", ".join(part for part in said if part)


def _speakers(mine: str, yours: str) -> str:
    """Whether the two names are one speaker's; nothing where they do not say so."""
    return {True: "same speaker", False: "other speaker", None: ""}[is_same_speaker(mine, yours)]


def _dates(mine: date | None, yours: date | None) -> str:
    if not mine or not yours:
        return ""
    return "same date" if mine == yours else "other date"
