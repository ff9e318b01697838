"""What stands in the form of a judgement while it is not saved, and which reading of the claim it is for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import streamlit as st

from claims.errors import StaleWrite
from claims.status import LOCKED, OPEN, may_follow
from claims.store import Rules
from claims.verdict import CONFIDENCES, look_again
from workbench import desk
from workbench.recall import Recall
from workbench.shown import showable

Row = Mapping[str, Any]

#: The first day that a judgement may rest on.
EARLIEST = date(1700, 1, 1)

_READINGS = ("first", "second", "decision")

#: What is written by hand, and is known to the browser alone until its field is left.
WRITTEN = ("rationale", "corrected_value")

#: Fields that hold a day, which a draft writes as text.
_DAYS = {"verdict_as_of", "review_by"}

#: Per cent of one who is sure.
_WHOLE = 100


def reading_of(row: Row) -> str:
    """Which judgement of a claim this person may give next: "first", "second" or "decision"; empty where none.

    ``row`` is as this person may see it. What was begun stays what it is while something is typed in it: a colleague
    who was faster does not turn a first reading into a second one.
    """
    begun = st.session_state.get(f"reading:{row['claim_id']}")
    return begun if begun and is_begun(row["claim_id"]) else _next(row)


def _next(row: Row) -> str:
    status = row["status"]
    if status in OPEN:
        return "first"
    if status in ("marked", "second reading"):
        return "second" if row.get("veiled") else "first"
    if status == "disputed" or (status == "agreed" and desk.task() == "decide"):
        return "decision"
    return ""


def is_locked(row: Row) -> bool:
    """Whether a claim may be changed only by reopening it, with a reason."""
    return row["status"] in LOCKED


def is_begun(claim_id: str) -> bool:
    """Whether something is typed in the claim's form that is not saved."""
    first = st.session_state.get(f"first:{claim_id}")
    return first is not None and {name: st.session_state.get(f"{name}:{claim_id}") for name in first} != first


def read(row: Row, rules: Rules) -> dict[str, Any]:
    """What stands in the form: what was typed, else what is stored. The revision seen is the one first drawn.

    A form in which nothing was typed follows the record, as who sits here may see it: what a colleague does meanwhile shows,
    and somebody else who sits down sees no more than that.
    """
    claim_id, reading = row["claim_id"], reading_of(row)
    stored = _stored(row, reading, rules)
    drawn = tuple(st.session_state.get(f"{name}:{claim_id}") for name in ("seen", "reading", "first"))
    if drawn != (row["revision"], reading, stored) and not is_begun(claim_id):
        desk.forget(claim_id)
    if f"seen:{claim_id}" not in st.session_state:
        st.session_state[f"first:{claim_id}"] = {
            name: st.session_state.setdefault(f"{name}:{claim_id}", value) for name, value in stored.items()
        }
        st.session_state[f"seen:{claim_id}"] = row["revision"]
        st.session_state[f"reading:{claim_id}"] = reading
    typed = {name: st.session_state.get(f"{name}:{claim_id}", value) for name, value in stored.items()}
    sure = f"{typed['percent']}%" if typed["percent"] is not None else ""
    return typed | {
        "confidence": typed["confidence"] if rules.confidence == "words" else sure,
        "seen": st.session_state[f"seen:{claim_id}"],
        "reading": reading,
    }


def _stored(row: Row, reading: str, rules: Rules) -> dict[str, Any]:
    """What the form shows before anything is typed: a second reader's and a dispute's begin empty."""
    anew = reading == "second" or (reading == "decision" and row["agreement"] == "disputed")
    verdict = row["verdict"] if row["verdict"] in rules.scale.labels and not anew else None
    sure = "" if anew else row["confidence"] or ""
    return {
        "verdict": verdict,
        "confidence": sure if sure in CONFIDENCES else None,
        "percent": int(sure.removesuffix("%")) if sure.endswith("%") else None,
        "rationale": "" if anew else showable(row["rationale"] or ""),
        "corrected_value": "" if anew else showable(row["corrected_value"] or ""),
        "verdict_as_of": _day(row, reading, is_edited=verdict is not None),
        "review_by": _new_look(row),
        "status": "marked" if may_follow(row["status"], "marked") else row["status"],
    }


def _day(row: Row, reading: str, *, is_edited: bool) -> date:
    """The day that a judgement is proposed to be as of.

    A new one rests on what is known today, a decision on its readings' day. A judgement that stands and is edited stays of
    its own day: who mends a word has not looked anew.
    """
    if reading == "decision":
        store = desk.store()
        return Recall(store)(store.day_of_readings, row["claim_id"]) or today()
    stands: date | None = row["verdict_as_of"] if is_edited else None
    return stands or today()


def _new_look(row: Row) -> date | None:
    """The day that is proposed for the next look: the one that stands, unless it has come, which this judgement answers."""
    stands: date | None = row["review_by"]
    return stands if stands and stands > today() else look_again(row, today())


def draft(claim_id: str) -> dict[str, Any]:
    """What stands in the claim's form, once it was read, as JSON holds it: ``reading``, ``seen``, ``typed`` and ``taken``."""
    typed = {name: st.session_state.get(f"{name}:{claim_id}") for name in st.session_state[f"first:{claim_id}"]}
    return {
        "reading": st.session_state[f"reading:{claim_id}"],
        "seen": st.session_state[f"seen:{claim_id}"],
        "typed": {name: value.isoformat() if isinstance(value, date) else value for name, value in typed.items()},
        "taken": list(st.session_state.get(f"taken:{claim_id}", ())),
    }


def resume(row: Row, rules: Rules, kept: Any) -> bool:
    """Put a draft of an earlier session into the claim's form, over the revision that was seen then; whether it is one.

    ``kept`` is as :func:`draft` gave it, and comes from a browser: what the form could not hold is left out. Nothing is
    put over what is typed here, nor what stands in the record already; words go before those that were written here meanwhile.
    """
    claim_id = row["claim_id"]
    if is_begun(claim_id):
        return _join(claim_id, kept)
    try:
        reading, seen, typed = str(kept["reading"]), int(kept["seen"]), dict(kept["typed"])
    except (KeyError, TypeError, ValueError):
        return False
    if reading not in _READINGS or not 1 <= seen <= row["revision"]:
        return False
    first = _stored(row, reading, rules)
    fits = _fitting(rules)
    found = {name: typed[name] for name in fits.keys() & typed.keys() if fits[name](typed[name])}
    for day in _DAYS & {name for name in found if found[name]}:
        found[day] = date.fromisoformat(found[day])
    if not any(found[name] != first[name] for name in found):
        return False
    for name, value in (first | found).items():
        st.session_state[f"{name}:{claim_id}"] = value
    for name, value in (("first", first), ("seen", seen), ("reading", reading)):
        st.session_state[f"{name}:{claim_id}"] = value
    if taken := _taken(kept.get("taken"), rules):
        st.session_state[f"taken:{claim_id}"] = taken
    return True


def _taken(kept: Any, rules: Rules) -> tuple[str, str] | None:
    """Which claim of the record a draft's verdict was taken over from, and the verdict; None where it names none."""
    if not isinstance(kept, list) or [type(each) for each in kept] != [str, str]:
        return None
    other_id, verdict = kept
    is_there = verdict in rules.scale.labels and desk.store().claims_named([other_id])
    return (other_id, verdict) if is_there else None


def _join(claim_id: str, kept: Any) -> bool:
    """Put the words of a draft before those that are written in the form already; whether there were any that it has not."""
    joined = False
    try:
        words = {name: str(kept["typed"].get(name) or "") for name in WRITTEN}
    except (KeyError, TypeError, AttributeError):
        return False
    for name, came in words.items():
        stands = st.session_state.get(f"{name}:{claim_id}") or ""
        if came and came not in stands:
            st.session_state[f"{name}:{claim_id}"] = came if stands in came else f"{came} {stands}"
            joined = True
    return joined


def _fitting(rules: Rules) -> dict[str, Callable[[Any], bool]]:
    """What each field of the form can hold, of what a draft says; its status follows from the record."""
    return {
        "verdict": lambda value: value is None or value in rules.scale.labels,
        "confidence": lambda value: value is None or value in CONFIDENCES,
        "percent": lambda value: value is None or (type(value) is int and 0 <= value <= _WHOLE),
        "rationale": lambda value: isinstance(value, str),
        "corrected_value": lambda value: isinstance(value, str),
        "verdict_as_of": _is_past_day,
        "review_by": lambda value: value is None or _is_day(value),
    }


def _is_day(value: Any) -> bool:
    try:
        return date.fromisoformat(value) >= EARLIEST
    except (TypeError, ValueError):
        return False


def _is_past_day(value: Any) -> bool:
    return _is_day(value) and date.fromisoformat(value) <= today()


def take_over(
    claim_id: str, other_id: str, verdict: str, confidence: str | None, *reasons: str | None, between: str
) -> None:
    """Put another claim's judgement into the form, its reasons after what is typed there; a person saves it, or does not.

    It stays of the day that it was given as of: nobody has looked anew since.
    """
    if as_of := desk.store().claim(other_id)["verdict_as_of"]:
        st.session_state[f"verdict_as_of:{claim_id}"] = as_of
    st.session_state[f"taken:{claim_id}"] = other_id, verdict
    st.session_state[f"verdict:{claim_id}"] = verdict
    if confidence in CONFIDENCES:
        st.session_state[f"confidence:{claim_id}"] = confidence
    written = st.session_state.get(f"rationale:{claim_id}")
    st.session_state[f"rationale:{claim_id}"] = between.join(part for part in (written, *reasons) if part)


def taken_from(claim_id: str, verdict: str) -> str:
    """Where the verdict in the form was taken over from, for the record; empty where the person came to it anew."""
    other_id, taken = st.session_state.get(f"taken:{claim_id}", ("", ""))
    return f"The verdict was taken over from claim {other_id}." if other_id and taken == verdict else ""


def let_go(claim_id: str) -> None:
    """What was typed for a claim is saved, or not wanted: neither the form nor the browser keeps it."""
    desk.forget(claim_id)
    st.session_state.setdefault("drafts ended", []).append(claim_id)


def conflict(claim_id: str) -> StaleWrite | None:
    """What a colleague wrote meanwhile, until this person has chosen between it and what they typed."""
    found: StaleWrite | None = st.session_state.get(f"conflict:{claim_id}")
    return found


def keep_conflict(claim_id: str, error: StaleWrite) -> None:
    """Keep both versions in view until one is chosen."""
    st.session_state[f"conflict:{claim_id}"] = error


def rest_on(claim_id: str, revision: int) -> None:
    """Both versions were seen: what is typed now rests on the newer revision."""
    st.session_state[f"seen:{claim_id}"] = revision
    st.session_state.pop(f"conflict:{claim_id}", None)


def today() -> date:
    """The reader's own day."""
    return date.today()  # noqa: DTZ011 - the reader's own calendar
