"""Marks: one reader's judgement of a claim. Each is kept; the newest stands in the claim's row beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from claims.errors import StoreError
from claims.evidence import Source
from claims.store import rows
from claims.store.edits import check_step, edited, seen
from claims.store.events import Act, Change, made, record
from claims.store.sourcing import new_source, sourced
from claims.verdict import check_confidence, load_scale


@dataclass(frozen=True, slots=True)
class Mark:
    """A judgement as a reader gives it.

    ``confidence`` is how sure the reader is of the verdict; ``likelihood``, from 0 to 1, how likely the claim is.
    ``as_of`` is the day whose knowledge it rests on: today, where it is None.
    """

    verdict: str
    confidence: str
    rationale: str = ""
    likelihood: float | None = None
    corrected_value: str = ""
    as_of: date | None = None
    status: str = "marked"


def save(
    act: Act,
    claim_id: str,
    revision: int,
    mark: Mark | None,
    changes: Mapping[str, object],
    added: Sequence[Source],
    scale: str,
) -> int:
    """A mark, changes of the claim and new sources as one act. Returns the revision the claim then has."""
    typed = {**changes, **(_mirror(act, mark) if mark else {})}
    row = seen(act, claim_id, revision, typed)
    change = edited(act, row, changes) if changes else None
    new = dict(change.new) if change else {}
    about: list[Change] = [new_source(act, claim_id, source) for source in added]
    if mark:
        _check(mark, scale)
        check_step(str(new.get("status", row["status"])), mark.status)
        new |= _mirror(act, mark)
        about.append(_kept(act, claim_id, mark, scale))
    if new:
        name = "claim marked" if mark else change.name if change else ""
        about.insert(0, Change(name, "claim", claim_id, row, new))
    record(act, about)
    if added:
        sourced(act, claim_id)
    return revision + 1 if new else revision


def _check(mark: Mark, scale: str) -> None:
    load_scale(scale).verdict(mark.verdict)
    check_confidence(mark.confidence)
    if mark.likelihood is not None and not 0 <= mark.likelihood <= 1:
        raise StoreError(
            f"A likelihood of {mark.likelihood} cannot be.", "Give a number from 0 to 1, or leave it empty."
        )


def _mirror(act: Act, mark: Mark) -> rows.Row:
    """What a mark puts into the claim's row."""
    return {
        "status": mark.status,
        "verdict": mark.verdict,
        "confidence": mark.confidence,
        "likelihood": None if mark.likelihood is None else float(mark.likelihood),
        "corrected_value": mark.corrected_value or None,
        "rationale": mark.rationale or None,
        "verdict_as_of": mark.as_of or act.at.date(),
        "checker": act.actor or None,
        "checked_at": act.at,
    }


def _kept(act: Act, claim_id: str, mark: Mark, scale: str) -> Change:
    mark_id = uuid4().hex
    row = {
        "mark_id": mark_id,
        "claim_id": claim_id,
        "reader": act.actor,
        "reading": "first",
        "scale": scale,
        "verdict": mark.verdict,
        "confidence": mark.confidence,
        "likelihood": mark.likelihood,
        "corrected_value": mark.corrected_value or None,
        "rationale": mark.rationale or None,
        "as_of": mark.as_of or act.at.date(),
        "marked_at": act.at,
        "withdrawn": False,
    }
    return made("mark kept", "mark", mark_id, row)
