"""What stands in the way of taking an act back: what colleagues have judged by it or hung on it since, and what readers were told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import shorten
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, exists, or_, select

from claims.errors import ClaimLocked, StaleWrite
from claims.status import STEPS
from claims.store import rows
from claims.store.articles import count_closed
from claims.store.edits import ADDING_UNDONE, CLEARED, unlocked
from claims.store.events import Act, Event, row_of
from claims.store.meetings import DROPPED, TOLD, UNCLOSED
from claims.store.people import check_taken_back
from claims.store.rereading import ANCHOR
from claims.store.schema import KEYS, LINKED, claims, events, items, marks, meetings, sources, votes
from claims.store.signing import ENTERED
from claims.store.snapshots import FETCHED, KEPT, REREAD
from claims.table import split_values

#: The course of a meeting, which nobody takes back: what was shown was seen. Votes are cast and the agenda led otherwise.
#: Nor does anybody take back that they came: who undid it would be shut out; or that a document is kept, how it came,
#: or what was read in it.
COURSE = (
    "meeting opened", "meeting closed", "meeting led on", "meeting joined", "meeting left", "item taken up", "item left",
    "vote cast", "votes shown", "votes asked again", "vote set aside",
    ENTERED, KEPT, FETCHED, REREAD,
)  # fmt: skip

#: What undoes the making of a subject, since nothing is deleted.
_TAKEN_OUT: dict[str, rows.Row] = {
    "article": {"withdrawn": True},
    "claim": {"status": "dropped", "dropped_why": ADDING_UNDONE},
    "source": {"removed": True},
    "mark": {"withdrawn": True},
    "person": {"active": False},
    "setting": {"value": None},
    "meeting": {"state": "called off"},
    "item": {"state": DROPPED},
    "vote": {"withdrawn": True},
}

#: What of a claim is judgement: that of its first reader, and what an earlier reading, decision and sign-off left there.
JUDGEMENT = frozenset(
    {
        "verdict", "confidence", "likelihood", "corrected_value", "rationale", "verdict_as_of", "scale", "checker", "checked_at",
        *CLEARED,
    }
)  # fmt: skip

#: What of a claim is judged: what it says, of what and whom.
_SAID = frozenset(
    {
        "claim", "quote", "kinds", "speaker", "figure_low", "figure_high", "figure_unit", "quantifier", "date_text", "date_first",
        "date_last",
    }
)  # fmt: skip

#: Statuses of which readers were told, and what to do instead of taking back that they were.
_TOLD_READERS: dict[str, tuple[str, str]] = {
    "published": (
        "This verdict is published: what readers have seen is not taken back by undoing it.",
        "Reopen it with a reason, or withdraw it with a correction notice.",
    ),
    "void": (
        "This verdict is withdrawn, with a notice to its readers: that is not taken back by undoing it.",
        "Reopen it with a reason, and judge it anew.",
    ),
}

#: The acts by which readers are told.
TELLING = tuple(dict.fromkeys(way.act for way in STEPS if way.new in _TOLD_READERS))

#: Names that are asked for in one statement; SQLite takes no more than some thousands.
_TOGETHER = 900

#: Signs of a claim in a refusal.
_SIGNS = 120


@dataclass(frozen=True, slots=True)
class Hindrance:
    """Why an act is not taken back from a subject, and what to do next."""

    problem: str
    remedy: str = "Look at its history, and change it by hand."


#: The subjects of an act on which something has been built since, by their kinds and names.
Hindrances = Mapping[tuple[str, str], Hindrance]

_JUDGED = Hindrance("Somebody has judged this claim since, so that the act cannot be taken back.")


@dataclass(frozen=True, slots=True)
class _Hung:
    """What may hang on a subject that taking back would take out: rows of a table that stand, and why they keep it there."""

    on: str
    kind: str
    table: Table
    stands: ColumnElement[bool]
    why: Hindrance


_AHEAD = select(meetings.c.meeting_id).where(meetings.c.state.in_(UNCLOSED))
_OVER = select(meetings.c.meeting_id).where(meetings.c.state == "closed")

#: The one table of what hangs on what.
_HUNG = (
    _Hung(
        "claim", "source", sources, sources.c.removed.is_(False),
        Hindrance("Somebody has given this claim a source since, so that the act cannot be taken back."),
    ),
    _Hung(
        "claim", "item", items, (items.c.state != DROPPED) & items.c.meeting_id.in_(_AHEAD),
        Hindrance(
            "This claim was put on the agenda of a meeting since, so that the act cannot be taken back.",
            "Take it off that agenda first, or leave the claim as it is.",
        ),
    ),
    _Hung(
        "claim", "item", items, items.c.state.in_(TOLD) & items.c.meeting_id.in_(_OVER),
        Hindrance(
            "A meeting that is closed by now has dealt with this claim since, so that the act cannot be taken back.",
            "Leave the claim as it is, or drop it with a reason.",
        ),
    ),
    _Hung(
        "meeting", "item", items, items.c.state != DROPPED,
        Hindrance(
            "There are claims on the agenda of this meeting by now, so that it is not called off by undoing it.",
            "Take them off its agenda first, or leave the meeting as it is.",
        ),
    ),
    _Hung(
        "item", "vote", votes, votes.c.withdrawn.is_(False),
        Hindrance(
            "There is a vote on this item by now, so that the act cannot be taken back.",
            "Take it off the agenda by hand, if the meeting is to pass over it.",
        ),
    ),
)  # fmt: skip


def before(event: Event) -> rows.Row:
    """What taking an event back makes of the columns that it changed."""
    return event.old if event.old is not None else _TAKEN_OUT[event.subject_kind]


def hindrances(connection: Connection, done: Sequence[Event]) -> Hindrances:
    """What has been built since on the subjects of an act, whose events these are; what stands there first is told."""
    found: dict[tuple[str, str], Hindrance] = {}
    for find in (_judged, _hung, _linked, _displaced, _read):
        for kind, subject, why in find(connection, done):
            found.setdefault((kind, subject), why)
    return found


def check_may(act: Act, event: Event, row: rows.Row) -> None:
    """Refuse to take an event back to whom what it did would be refused now, or where a lock keeps it."""
    kind = event.subject_kind
    if kind in {"person", "setting"}:
        check_taken_back(act, kind, row, before(event))
    elif kind == "source" and not _only_noted(event):
        unlocked(act, row_of(act.connection, "claim", row["claim_id"]))
    elif kind == "claim" and "status" not in event.new and not _only_healed(event):
        unlocked(act, row)
    elif kind == "article" and event.old is not None:
        count_closed(act, event.subject_id)


def check_unchanged(event: Event, row: rows.Row, found: Hindrances) -> None:
    """Refuse to take an event back where its subject is no longer as it left it, or something was built on it since."""
    kind = event.subject_kind
    why = found.get((kind, event.subject_id))
    left = dict.fromkeys(rows.TOLD[kind]) | event.new if event.old is None else event.new
    if event.old is None and not event.new.get("archived"):
        left.pop("archived", None)  # where a copy stands may be noted since: it goes with its source
    if why is None and any(row[column] != value for column, value in left.items()):
        why = _hindrance(kind)
    if why is not None:
        raise StaleWrite(why.problem, why.remedy, rows.shown(kind, row), event.old or {})


def check_untold(event: Event) -> None:
    """Refuse to take back what readers were told of."""
    told = event.new.get("status") if event.subject_kind == "claim" else None
    if told in _TOLD_READERS:
        raise ClaimLocked(*_TOLD_READERS[told])


def check_told_no_more(done: Iterable[Event]) -> None:
    """Refuse to have a claim published or withdrawn again by taking back what reopened it."""
    if any(event.subject_kind == "claim" and before(event).get("status") in _TOLD_READERS for event in done):
        raise ClaimLocked(
            "This reopened what readers had been told, and something else was done since: no claim is published or withdrawn "
            "again in passing.",
            "Judge it anew, and sign it off.",
        )


def _only_healed(event: Event) -> bool:
    """Whether the event did no more than put a claim where its passage stands."""
    return event.new.keys() <= {*ANCHOR, "tags"} and not event.new.keys().isdisjoint(ANCHOR)


def _only_noted(event: Event) -> bool:
    """Whether the event did no more than say where a copy of a source stands: no judgement rests on that, locked or not."""
    return event.new.keys() == {"archived"}


def _judged(connection: Connection, done: Sequence[Event]) -> Iterator[tuple[str, str, Hindrance]]:
    """The claims of which the act changed the judgement or what is judged, and of which other marks stand now than did right after it."""
    about = [event for event in done if event.subject_kind == "claim" and not (JUDGEMENT | _SAID).isdisjoint(event.new)]
    for some in _some(about):
        asked = select(marks.c.mark_id, marks.c.claim_id, marks.c.withdrawn).where(marks.c.claim_id.in_(some))
        there = {row.mark_id: row for row in connection.execute(asked)}
        for name, was in _then(connection, "mark", there, done).items():
            if was.get("withdrawn", there[name].withdrawn) != there[name].withdrawn:
                yield "claim", there[name].claim_id, _JUDGED


def _hung(connection: Connection, done: Sequence[Event]) -> Iterator[tuple[str, str, Hindrance]]:
    """The subjects that taking the act back would take out, and on which something else hangs since."""
    own = {(event.subject_kind, event.subject_id) for event in done}
    for hung in _HUNG:
        key, parent = hung.table.c[KEYS[hung.kind]], hung.table.c[KEYS[hung.on]]
        for some in _some(_going_out(done, hung.on)):
            asked = select(key.label("name"), parent.label("on")).where(parent.in_(some), hung.stands)
            there = {row.name: row.on for row in connection.execute(asked)}
            for name, was in _then(connection, hung.kind, there, done).items():
                if _is_out(hung.kind, was) and (hung.kind, name) not in own:
                    yield hung.on, there[name], hung.why


def _linked(connection: Connection, done: Sequence[Event]) -> Iterator[tuple[str, str, Hindrance]]:
    """The claims that taking the act back would take out, and which another claim names since as repeated or contradicted."""
    out = {event.subject_id for event in _going_out(done, "claim")}
    if not out:
        return
    columns = (claims.c.claim_id, claims.c.claim, claims.c.status, claims.c.repeat_of, claims.c.contradicts)
    linked = connection.execute(select(*columns).where(LINKED, claims.c.status != "dropped")).mappings()
    there = {row["claim_id"]: row for row in linked if row["claim_id"] not in out and not out.isdisjoint(_links(row))}
    for name, was in _then(connection, "claim", there, done).items():
        why = Hindrance(
            f"{quoted(there[name]['claim'])} was linked to this claim since, so that the act cannot be taken back.",
            "Take the link out of that claim first, or leave this one as it is.",
        )
        for other in sorted(out & _links(there[name]) - _links({**there[name], **was})):
            yield "claim", other, why


def _links(row: rows.Found) -> set[str]:
    """The claims that one names as those that it repeats or contradicts; one that is out of the work names none.

    >>> sorted(_links({"status": "new", "repeat_of": "c1|c2", "contradicts": None}))
    ['c1', 'c2']
    """
    return (
        set()
        if _is_out("claim", row)
        else {*split_values(row["repeat_of"] or ""), *split_values(row["contradicts"] or "")}
    )


def _displaced(connection: Connection, done: Sequence[Event]) -> Iterator[tuple[str, str, Hindrance]]:
    """The items that would come back on an agenda where they could not be put now."""
    coming = [
        event
        for event in done
        if event.subject_kind == "item" and _is_out("item", event.new) and not _is_out("item", before(event))
    ]
    other = items.alias()
    again = exists().where(
        other.c.meeting_id == items.c.meeting_id, other.c.claim_id == items.c.claim_id,
        other.c.item_id != items.c.item_id, other.c.state != DROPPED,
    )  # fmt: skip
    why = Hindrance(
        "This item cannot come back: its claim was dropped or is on the agenda again, or the meeting is closed.",
        "Look at the claim and at the meeting, and put it on an agenda by hand.",
    )
    for some in _some(coming):
        asked = select(items.c.item_id).join(claims, claims.c.claim_id == items.c.claim_id)
        asked = asked.join(meetings, meetings.c.meeting_id == items.c.meeting_id).where(items.c.item_id.in_(some))
        kept_off = or_(claims.c.status == "dropped", meetings.c.state.not_in(UNCLOSED), again)
        for row in connection.execute(asked.where(kept_off)):
            yield "item", row.item_id, why


def _read(connection: Connection, done: Sequence[Event]) -> Iterator[tuple[str, str, Hindrance]]:
    """The articles whose reading, or reading again, is taken back under claims that it did not bring."""
    brought = exists().where(
        events.c.subject_id == claims.c.claim_id, events.c.subject_kind == "claim",
        events.c.seq.between(done[0].seq, done[-1].seq),
    )  # fmt: skip
    anew = [event for event in done if event.subject_kind == "article" and event.old and "sha256" in event.old]
    for about, others in ((_going_out(done, "article"), ~brought), (anew, claims.c.no > done[-1].seq)):
        for some in _some(about):
            standing = (claims.c.article_id.in_(some), claims.c.status != "dropped")
            asked = select(claims.c.article_id).where(*standing, others)
            for name in connection.execute(asked.distinct()).scalars():
                yield "article", name, _hindrance("article")


def _then(connection: Connection, kind: str, names: Iterable[str], done: Sequence[Event]) -> dict[str, rows.Row]:
    """Those of these subjects that were made or changed since the act, each with its changed columns as they were right after it."""
    then: dict[str, rows.Row] = {}
    for some in _batches(names):
        since = select(events.c.subject_id, events.c.old).where(
            events.c.subject_kind == kind, events.c.subject_id.in_(some), events.c.seq > done[-1].seq
        )
        for event in connection.execute(since.order_by(events.c.seq.desc())):
            was = _TAKEN_OUT[kind] if event.old is None else rows.from_json(kind, event.old)
            then[event.subject_id] = then.get(event.subject_id, {}) | was
    return then


def _hindrance(kind: str) -> Hindrance:
    if kind == "item":  # opening the meeting takes up the first, whoever put it there
        return Hindrance(
            "This item has been taken up or changed since, so that the act cannot be taken back.",
            "Take it off the agenda by hand, if the meeting is to pass over it.",
        )
    return Hindrance(f"Somebody has worked on this {kind} since, so that the act cannot be taken back.")


def _is_out(kind: str, columns: Mapping[str, Any]) -> bool:
    """Whether these columns of a subject take it out of the work.

    >>> _is_out("claim", {"status": "dropped", "dropped_why": "An opinion."}), _is_out("claim", {"status": "new"})
    (True, False)
    """
    column, value = next(iter(_TAKEN_OUT[kind].items()))
    return column in columns and bool(columns[column] == value)


def _going_out(done: Sequence[Event], kind: str) -> list[Event]:
    """The events of an act by which taking it back takes a subject of this kind out of the work."""
    return [event for event in done if event.subject_kind == kind and _is_out(kind, before(event))]


def _some(about: Iterable[Event]) -> Iterator[list[str]]:
    """The names of what these events are about, so many at a time."""
    return _batches(event.subject_id for event in about)


def _batches(names: Iterable[str]) -> Iterator[list[str]]:
    """These names, each once, so many at a time."""
    each = list(dict.fromkeys(names))
    return (each[at : at + _TOGETHER] for at in range(0, len(each), _TOGETHER))


def quoted(wording: str) -> str:
    """A claim's wording as a refusal names it.

    >>> quoted("Some 312 inmates fled.")
    '“Some 312 inmates fled.”'
    """
    return f"“{shorten(wording, _SIGNS, placeholder=' …')}”"
