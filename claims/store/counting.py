"""Counting: how far the work is, who does it, and what waits for a person. The database counts; no table is loaded for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, and_, exists, func, select

from claims.review.agreement import Pair
from claims.status import LOCKED, keeping_back
from claims.store import rows
from claims.store.people import rules
from claims.store.query import is_read_before
from claims.store.schema import articles, claims, events, listing, marks

T = TypeVar("T")

#: Statuses in which nothing is left to be done on a claim, and those whose verdict the desk stands by.
FINISHED = (*LOCKED, "dropped")
STANDS_BY = ("signed off", "published")

#: How long a claim has been there: the name of each age, and the days at which it begins.
AGES: tuple[tuple[str, int], ...] = (
    ("under a day", 0), ("1 to 3 days", 1), ("3 to 7 days", 3), ("7 to 30 days", 7), ("over 30 days", 30),
)  # fmt: skip

_unfinished = listing.c.status.not_in(FINISHED)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far claims have come; dropped ones are left out. Each number counts claims.

    ``waiting`` of the marked ones wait for a second reading; ``unfinished`` ones are not yet signed off, published or void.
    """

    claims: int = 0
    marked: int = 0
    waiting: int = 0
    read_twice: int = 0
    signed_off: int = 0
    unfinished: int = 0


@dataclass(frozen=True, slots=True)
class ArticleProgress:
    """How far the claims of one article have come; dropped ones are left out. ``signed_off`` counts published ones too."""

    article_id: str
    title: str
    claims: int
    marked: int
    read_twice: int
    signed_off: int


@dataclass(frozen=True, slots=True)
class Work:
    """What one person has in hand (``assigned``: unfinished claims, now) and has done since a moment, each in claims.

    What was done and taken back does not count, and a claim that somebody marked twice counts once.
    """

    name: str
    assigned: int = 0
    marked: int = 0
    read_second: int = 0
    decided: int = 0
    signed_off: int = 0


@dataclass(frozen=True, slots=True)
class VerdictCount:
    """How many claims have this verdict of this scale."""

    scale: str
    verdict: str
    claims: int


@dataclass(frozen=True, slots=True)
class Disputed:
    """A claim that two people read differently and nobody has decided yet: who read what, why, and since when."""

    claim_id: str
    claim: str
    article_title: str
    scale: str
    first_reader: str
    first_verdict: str
    first_rationale: str
    second_reader: str
    second_verdict: str
    second_rationale: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Overdue:
    """A claim whose day for a new look has passed. Its ``verdict`` may not be shown to everybody: ask ``is_kept_back``."""

    claim_id: str
    claim: str
    article_title: str
    status: str
    checker: str | None
    verdict: str | None
    review_by: date
    read_before: bool


@dataclass(frozen=True, slots=True)
class First(Generic[T]):
    """The first of so many."""

    rows: tuple[T, ...]
    of: int


def progress(connection: Connection) -> Progress:
    """How far the claims of all articles have come."""
    waits = _waiting(connection)
    counted: Counter[str] = Counter()
    for values, number in _facets(connection):
        counted["claims"] += number
        counted["marked"] += number * bool(values["verdict"])
        counted["waiting"] += number * (bool(values["verdict"]) and values["status"] in waits)
        counted["signed_off"] += number * (values["status"] in STANDS_BY)
        counted["unfinished"] += number * (values["status"] not in FINISHED)
    twice = select(func.count()).where(listing.c.agreement.is_not(None), listing.c.dropped.is_(False))
    return Progress(**counted, read_twice=connection.execute(twice).scalar_one())


def progress_by_article(connection: Connection, limit: int) -> First[ArticleProgress]:
    """Articles with unfinished claims, the newest first: at most ``limit`` of how many there are."""
    counted = (
        select(
            listing.c.article_no,
            func.count().label("claims"),
            func.count(listing.c.verdict).label("marked"),
            func.count(listing.c.agreement).label("read_twice"),
            func.count().filter(listing.c.status.in_(STANDS_BY)).label("signed_off"),
        )
        .where(listing.c.dropped.is_(False))
        .group_by(listing.c.article_no)
        .having(func.count().filter(_unfinished) > 0)
        .order_by(listing.c.article_no.desc())
        .limit(limit)
        .subquery()
    )
    columns = [
        articles.c.article_id,
        articles.c.title,
        *(column for column in counted.c if column.name != "article_no"),
    ]
    joined = select(*columns).join(counted, counted.c.article_no == articles.c.no).order_by(articles.c.no.desc())
    found = connection.execute(joined).mappings()
    at_work = exists().where(listing.c.article_no == articles.c.no, _unfinished)
    of = connection.execute(select(func.count()).select_from(articles).where(at_work)).scalar_one()
    return First(tuple(ArticleProgress(**row) for row in found), of)


def work_by_person(connection: Connection, since: datetime) -> list[Work]:
    """What each person has in hand and has done since then: who did most first, then by name."""
    done: dict[str, Counter[str]] = {}
    for name, what, number in _done(connection, since):
        done.setdefault(name, Counter())[what] += number
    people = [Work(name, **counted) for name, counted in done.items()]
    return sorted(
        people, key=lambda each: (-(each.marked + each.read_second + each.decided + each.signed_off), each.name)
    )


def verdicts(connection: Connection) -> list[VerdictCount]:
    """How many claims have each verdict, by the scale that it was given by; the most frequent of a scale first.

    A claim that waits for its second reading is not counted: from a few numbers a reader could tell the first verdict.
    """
    counted: Counter[str] = Counter()
    for values, number in _open(connection):
        counted[values["verdict"]] += number
    scales: dict[str, set[str]] = {}
    used = select(marks.c.scale, marks.c.verdict).where(marks.c.withdrawn.is_(False)).distinct()
    for scale, verdict in connection.execute(used):
        scales.setdefault(verdict, set()).add(scale)
    found = [
        VerdictCount(next(iter(scales.get(verdict) or {""})), verdict, number)
        for verdict, number in counted.items()
        if len(scales.get(verdict, ())) <= 1
    ]
    found += _shared(connection, [verdict for verdict in counted if len(scales.get(verdict, ())) > 1])
    return sorted(found, key=lambda each: (each.scale, -each.claims, each.verdict))


def confidences(connection: Connection) -> dict[str, int]:
    """How many claims have each confidence, a word or a percentage; those that wait for a second reading are not counted."""
    counted: Counter[str] = Counter()
    for values, number in _open(connection):
        counted[values["confidence"]] += number
    return dict(counted.most_common())


def queue_age(connection: Connection, now: datetime) -> dict[str, int]:
    """How many unfinished claims have been there for how long, by the names of :data:`AGES`, in their order."""
    begins = [now - timedelta(days=days) for _, days in AGES]
    at_least = [func.count().filter(listing.c.added_at <= begin) for begin in begins[1:]]
    older = [*connection.execute(select(func.count(), *at_least).where(_unfinished)).one(), 0]
    return {name: here - beyond for (name, _), (here, beyond) in zip(AGES, pairwise(older), strict=True)}


def pairs(connection: Connection, since: datetime | None = None) -> list[Pair]:
    """The two readings of each claim that was read twice, the newest that stand, in the order of the second readings.

    The first of a pair is the newest that came before the second: what its reader wrote after it was not written blind. Two
    readings by different scales are no pair. With ``since``, those whose second reading came later.
    """
    first, second, other = marks.alias("first"), marks.alias("second"), marks.alias("other")
    before = (
        select(func.max(other.c.mark_id))
        .where(
            other.c.claim_id == second.c.claim_id,
            other.c.reading == "first",
            other.c.withdrawn.is_(False),
            other.c.mark_id < second.c.mark_id,
        )
        .scalar_subquery()
    )
    asked = (
        select(
            second.c.claim_id, second.c.scale, first.c.reader, first.c.verdict, second.c.reader, second.c.verdict,
            second.c.marked_at,
        )
        .select_from(second)
        .join(first, first.c.mark_id == before)
        .where(second.c.reading == "second", second.c.withdrawn.is_(False), first.c.scale == second.c.scale)
        .order_by(second.c.mark_id)
    )  # fmt: skip
    if since is not None:
        asked = asked.where(second.c.mark_id > _name_at(since))
    newest: dict[str, Pair] = {}
    for claim_id, *read in connection.execute(asked):
        newest.pop(claim_id, None)  # an earlier pair, from before the claim was taken up again
        newest[claim_id] = Pair(claim_id, *read)
    return list(newest.values())


def disputed(connection: Connection, limit: int) -> First[Disputed]:
    """Claims that two people read differently and nobody has decided yet, those most worth checking first."""
    here = and_(listing.c.agreement == "disputed", listing.c.status == "disputed")
    chosen = select(listing.c.no).where(here).order_by(listing.c.by_rank, listing.c.no).limit(limit)
    numbers = list(connection.execute(chosen).scalars())
    second = marks.alias("second")
    other = marks.alias("other")
    newest = (
        select(func.max(other.c.mark_id))
        .where(other.c.claim_id == claims.c.claim_id, other.c.reading == "second", other.c.withdrawn.is_(False))
        .scalar_subquery()
    )
    asked = (
        select(
            claims.c.no, claims.c.claim_id, claims.c.claim, articles.c.title.label("article_title"),
            second.c.scale, claims.c.checker.label("first_reader"), claims.c.verdict.label("first_verdict"),
            claims.c.rationale.label("first_rationale"), second.c.reader.label("second_reader"),
            second.c.verdict.label("second_verdict"), second.c.rationale.label("second_rationale"),
            second.c.marked_at.label("since"),
        )
        .join(articles, articles.c.article_id == claims.c.article_id)
        .join(second, second.c.mark_id == newest)
        .where(claims.c.no.in_(numbers))
    )  # fmt: skip
    found = {row["no"]: _filled(row) for row in connection.execute(asked).mappings()}
    of = connection.execute(select(func.count()).select_from(listing).where(here)).scalar_one()
    return First(tuple(Disputed(**found[number]) for number in numbers if number in found), of)


def overdue(connection: Connection, today: date, limit: int) -> First[Overdue]:
    """Claims whose day for a new look was before ``today``, the longest overdue first; dropped and void ones want none."""
    asked = (
        select(
            claims.c.claim_id, claims.c.claim, articles.c.title.label("article_title"), claims.c.status, claims.c.checker,
            claims.c.verdict, claims.c.review_by, is_read_before(claims.c).label("read_before"),
            func.count().over().label("of"),
        )
        .join(articles, articles.c.article_id == claims.c.article_id)
        .where(claims.c.review_by < today, claims.c.status.not_in(("dropped", "void")))
        .order_by(claims.c.review_by, claims.c.no)
        .limit(limit)
    )  # fmt: skip
    found = [dict(row) for row in connection.execute(asked).mappings()]
    of = found[0]["of"] if found else 0
    return First(tuple(Overdue(**{name: row[name] for name in row if name != "of"}) for row in found), of)


def _facets(connection: Connection) -> Iterator[tuple[dict[str, str], int]]:
    """What claims that are not dropped have in common, and how many do: read from an index alone."""
    grouped = select(listing.c.facets, func.count()).group_by(listing.c.facets)
    for cell, number in connection.execute(grouped):
        values = dict(zip(rows.FACETS, cell.split(rows.BETWEEN), strict=True))
        if values["status"] != "dropped":
            yield values, number


def _open(connection: Connection) -> Iterator[tuple[dict[str, str], int]]:
    """The same of claims whose verdict everybody may see."""
    waits = _waiting(connection)
    for values, number in _facets(connection):
        if values["verdict"] and values["status"] not in waits:
            yield values, number


def _waiting(connection: Connection) -> tuple[str, ...]:
    """The statuses in which a claim that has a verdict waits for its second reading: one that was taken up again does too."""
    return keeping_back(read_twice=rules(connection).second_reading)


def _shared(connection: Connection, labels: Iterable[str]) -> list[VerdictCount]:
    """The verdicts whose label more than one scale holds: only the claims themselves tell by which they were judged."""
    labels = list(labels)
    if not labels:
        return []
    counted = (
        select(claims.c.scale, claims.c.verdict, func.count())
        .join(listing, listing.c.no == claims.c.no)
        .where(listing.c.verdict.in_(labels), listing.c.status.not_in(("dropped", *_waiting(connection))))
        .group_by(claims.c.scale, claims.c.verdict)
    )
    return [VerdictCount(scale or "", verdict, number) for scale, verdict, number in connection.execute(counted)]


def _done(connection: Connection, since: datetime) -> Iterator[tuple[str, str, int]]:
    """Who has or did what, and with how many claims."""
    in_hand = select(listing.c.assignee, func.count()).where(listing.c.assignee.is_not(None), _unfinished)
    for name, number in connection.execute(in_hand.group_by(listing.c.assignee)):
        yield name, "assigned", number
    read = (
        select(marks.c.reader, marks.c.reading, func.count(marks.c.claim_id.distinct()))
        .where(marks.c.mark_id > _name_at(since), marks.c.withdrawn.is_(False))
        .group_by(marks.c.reader, marks.c.reading)
    )
    names = {"first": "marked", "second": "read_second", "decision": "decided"}
    for name, reading, number in connection.execute(read):
        yield name, names[reading], number
    signed = select(events.c.subject_id).where(
        events.c.seq > _last_before(connection, since), events.c.act == "claim signed off"
    )
    standing = select(claims.c.signed_off_by, func.count()).where(
        claims.c.claim_id.in_(signed), claims.c.signed_off_by.is_not(None)
    )
    for name, number in connection.execute(standing.group_by(claims.c.signed_off_by)):
        yield name, "signed_off", number


def _name_at(moment: datetime) -> str:
    """What the name of a mark given at this moment begins with: they sort as they come (:func:`claims.store.events.new_id`)."""
    return f"{int(moment.timestamp() * 1_000_000):014x}"


def _last_before(connection: Connection, moment: datetime) -> int:
    """The number of the last event up to this moment; 0 where there is none. Events stand in the order of time."""
    low, high = 0, connection.execute(select(func.coalesce(func.max(events.c.seq), 0))).scalar_one()
    while low < high:
        middle = (low + high + 1) // 2
        upto = select(events.c.at).where(events.c.seq <= middle).order_by(events.c.seq.desc()).limit(1)
        low, high = (middle, high) if connection.execute(upto).scalar_one() <= moment else (low, middle - 1)
    return low


def _filled(row: rows.Found) -> dict[str, Any]:
    """A row's columns but its number, with empty text for none."""
    return {name: "" if row[name] is None else row[name] for name in row if name != "no"}
