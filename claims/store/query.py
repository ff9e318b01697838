"""What is asked of the claims table: a query, and the orders in which it can be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, any_, exists, literal, not_, or_, select, true
from sqlalchemy.dialects.postgresql import ARRAY

from claims.status import TAKEN_UP, keeping_back
from claims.store.rows import PRIORITIES, listed_name
from claims.store.schema import NO_DAY, NO_FIGURE, articles, claims, listing, marks
from claims.store.searching import matching, said_by, words_of
from claims.table import SEPARATOR, join_values

#: A column of the claims table, and whether it runs from the greatest down.
Key = tuple[str, bool]

UP, DOWN = False, True

#: Words of a search that are heeded.
_MOST_WORDS = 40

FLAGS = ("has_figure", "has_date", "has_sources")

#: Orders whose first column says whether a claim has a figure or a date, and what stands there where it has none.
_NONE: dict[str, tuple[str, str, Any]] = {
    "figure": ("has_figure", "by_figure", NO_FIGURE),
    "date": ("has_date", "by_date", NO_DAY),
}

_marked = claims.alias("marked")

#: The orders, by the names that a face may offer; what is equal stands as it came. Each has its index in schema.
SORTS: dict[str, tuple[Key, ...]] = {
    "rank": (("by_rank", UP), ("no", UP)),  # priority, then checkability
    "article": (("article_no", UP), ("seq", UP), ("start", UP), ("no", UP)),  # as they were read
    "newest": (("added_at", DOWN), ("article_no", DOWN), ("seq", UP), ("start", UP), ("no", UP)),
    "figure": (("by_figure", DOWN), ("no", UP)),  # the greatest first, without one last
    "date": (("by_date", UP), ("no", UP)),  # the earliest first, without one last
    "checked_at": (("by_checked", DOWN), ("no", UP)),  # the latest first, unmarked last
}


@dataclass(frozen=True, slots=True)
class Query:
    """Which claims, in which order. An empty filter lets all pass; None asks nothing; several values of one mean "or".

    ``text``: each of its words must begin a word of the claim, its quote, its speaker or the article's title, or else each
    one of the rationale; whatever the case and the accents, and words of one or two letters whole.
    ``dropped`` lets dropped claims in; naming that status does so too. ``sort`` is a name of :data:`SORTS`.
    ``dated_from`` and ``dated_to`` bound the first day of the claim's date; a claim without one is in no such stretch.

    ``reader`` is who asks; None may know all. Until a claim is read second, its verdict, confidence and rationale match
    nothing for anyone but its first reader; without ``read_twice``, only while that second reading is asked for.
    """

    article_id: str | None = None
    statuses: Sequence[str] = ()
    verdicts: Sequence[str] = ()
    confidences: Sequence[str] = ()
    kinds: Sequence[str] = ()
    speakers: Sequence[str] = ()
    priorities: Sequence[str] = ()
    assignees: Sequence[str] = ()
    agreements: Sequence[str] = ()
    tags: Sequence[str] = ()
    text: str = ""
    has_figure: bool | None = None
    has_date: bool | None = None
    has_sources: bool | None = None
    marked: bool | None = None
    dropped: bool = False
    dated_from: date | None = None
    dated_to: date | None = None
    reader: str | None = None
    read_twice: bool = True
    sort: str = "rank"

    @property
    def hiding(self) -> tuple[str, ...]:
        """The statuses in which a claim's first reading is kept back from who asks.

        >>> Query().hiding, Query(reader="Jana", read_twice=False).hiding
        ((), ('second reading',))
        """
        return () if self.reader is None else keeping_back(read_twice=self.read_twice)


def where(connection: Connection, query: Query) -> ColumnElement[bool]:
    """The query's filters as a condition on the listing; words are looked for by the index."""
    return met(query, listing.c, connection)


def met(query: Query, among: Any, by_index: Connection | None = None) -> ColumnElement[bool]:
    """The query's filters as a condition on the listing or a part of it, with its columns.

    Words are looked for claim by claim, which is cheap where few are asked, or through the index of this connection.
    """
    conditions = [*_faceted(query, among), *_others(query, among), *_blind(query, among)]
    if query.text.strip():
        asked = words_asked(query)
        if by_index is None:
            said, own = said_by(asked, among.no), said_by(asked, among.no, why=False)
        else:
            said, own = matching(by_index, asked, among.no), matching(by_index, asked, among.no, why=False)
        conditions.append(_told(query, among, said, own))
    return and_(true(), *conditions)


def stretch(query: Query) -> list[ColumnElement[bool]]:
    """What bounds the part of the query's order in which its claims lie, where they lie together in it."""
    if query.sort in _NONE:
        flag, column, none = _NONE[query.sort]
        if getattr(query, flag) is False:
            return [listing.c[column] == none]
    if query.sort == "rank" and query.priorities and set(query.priorities) <= PRIORITIES.keys():
        ranks = [PRIORITIES[name] for name in query.priorities]
        return [listing.c.by_rank >= 2 * min(ranks), listing.c.by_rank <= 2 * max(ranks) + 1]
    if query.sort == "date":
        return _dated(query, listing.c)
    return _of_article(query, listing.c) if query.sort == "article" else []


def narrow(query: Query) -> Iterator[ColumnElement[bool]]:
    """Conditions on the listing, each answered by an index of its own, that all of the query's claims meet."""
    for name, values in _given(query).items():
        if values and "" not in values:
            yield listing.c[name].in_(values)
    if query.tags:
        yield listing.c.tags.is_not(None)
    if of_article := _of_article(query, listing.c):
        yield and_(*of_article)
    if dated := _dated(query, listing.c):
        yield and_(*dated)
    if query.has_sources:
        yield listing.c.has_sources.is_(True)


def is_faceted(query: Query) -> bool:
    """Whether a query asks for nothing that the facets do not tell: no words, names or days, and nothing that is kept back.

    >>> is_faceted(Query(statuses=("new",), sort="date")), is_faceted(Query(text="roll call"))
    (True, False)
    """
    bare = replace(
        query, statuses=(), verdicts=(), confidences=(), priorities=(), kinds=(), marked=None, dropped=False,
        sort=Query().sort, reader=None, read_twice=True,
    )  # fmt: skip
    odd = any(SEPARATOR in value or "\\" in value for value in (*query.verdicts, *query.confidences, *query.kinds))
    return bare == Query() and not odd and not (query.hiding and (query.verdicts or query.confidences))


def kept_back(query: Query, among: Any) -> ColumnElement[bool]:
    """Whether a claim's first reading is kept back from who asks: for the listing, what ``is_kept_back`` is for a row."""
    known = or_(
        _marked.c.checker.is_(None), _marked.c.checker == query.reader, is_read_before(_marked.c),
        exists().where(marks.c.reader == query.reader, is_taken_back(marks.c, _marked.c)),
    )  # fmt: skip
    hidden = and_(among.status.in_(query.hiding), among.verdict.is_not(None))
    return and_(hidden, not_(exists().where(_marked.c.no == among.no, known)))


def is_taken_back(mark: Any, of: Any) -> ColumnElement[bool]:
    """Whether a mark is a second reading that was taken back, by somebody with a name, since a claim was marked last.

    Who gave it has seen that mark. ``mark`` are a mark's columns, ``of`` are the claim's.
    """
    since = and_(mark.claim_id == of.claim_id, mark.marked_at > of.checked_at)
    return and_(mark.reading == "second", mark.withdrawn.is_(True), mark.reader != "", since)


def is_read_before(of: Any) -> ColumnElement[bool]:
    """Whether a claim that was taken up again was read second or decided after its last mark; ``of`` are a claim's columns."""
    since = exists().where(
        marks.c.claim_id == of.claim_id,
        marks.c.reading != "first",
        marks.c.withdrawn.is_(False),
        marks.c.marked_at > of.checked_at,
    )
    return and_(of.status.in_(TAKEN_UP), of.verdict.is_not(None), since)


def _blind(query: Query, among: Any) -> list[ColumnElement[bool]]:
    """Who asks by verdict or confidence is not told by it what is kept back from them."""
    return [not_(kept_back(query, among))] if query.hiding and (query.verdicts or query.confidences) else []


def _told(query: Query, among: Any, said: ColumnElement[bool], own: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether a claim says the words, in its own or in a rationale that who asks may read."""
    return and_(said, or_(not_(kept_back(query, among)), own)) if query.hiding else said


def _faceted(query: Query, among: Any) -> list[ColumnElement[bool]]:
    """The filters by what the facets count."""
    chosen = {
        "status": query.statuses,
        "verdict": query.verdicts,
        "confidence": query.confidences,
        "priority": query.priorities,
    }
    conditions = [_among(getattr(among, name), values) for name, values in chosen.items() if values]
    if query.kinds:
        conditions.append(or_(*(_holds(among.kinds, kind) for kind in query.kinds)))
    if query.marked is not None:
        conditions.append(among.verdict.is_not(None) if query.marked else among.verdict.is_(None))
    if not query.dropped and "dropped" not in query.statuses:
        conditions.append(among.dropped.is_(False))
    return conditions


def _others(query: Query, among: Any) -> list[ColumnElement[bool]]:
    conditions = [_among(getattr(among, name), values) for name, values in _given(query).items() if values]
    if query.tags:
        conditions += [among.tags.is_not(None), or_(*(_holds(among.tags, tag) for tag in query.tags))]
    conditions += _of_article(query, among) + _dated(query, among)
    flags = {name: getattr(query, name) for name in FLAGS}
    return conditions + [getattr(among, name).is_(asked) for name, asked in flags.items() if asked is not None]


def _given(query: Query) -> dict[str, Sequence[str]]:
    """The filters by what not every claim has, by their columns."""
    return {
        "speaker": [listed_name(name) or "" for name in query.speakers],
        "assignee": [listed_name(name) or "" for name in query.assignees],
        "agreement": query.agreements,
    }


def _of_article(query: Query, among: Any) -> list[ColumnElement[bool]]:
    if query.article_id is None:
        return []
    return [
        among.article_no == select(articles.c.no).where(articles.c.article_id == query.article_id).scalar_subquery()
    ]


def _dated(query: Query, among: Any) -> list[ColumnElement[bool]]:
    """Bounds of the date; a claim without one lies behind them all."""
    if not (query.dated_from or query.dated_to):
        return []
    bounds = [among.by_date < NO_DAY]
    if query.dated_from:
        bounds.append(among.by_date >= query.dated_from)
    if query.dated_to:
        bounds.append(among.by_date <= query.dated_to)
    return bounds


def ordered(query: Query) -> list[ColumnElement[Any]]:
    """The query's order, as an index has it."""
    return [listing.c[name].desc() if down else listing.c[name].asc() for name, down in SORTS[query.sort]]


def before(query: Query, row: Any) -> ColumnElement[bool]:
    """The claims that stand before this row of the listing in the query's order."""
    earlier: list[ColumnElement[bool]] = []
    level: list[ColumnElement[bool]] = []
    for name, down in SORTS[query.sort]:
        column, value = listing.c[name], getattr(row, name)
        earlier.append(and_(true(), *level, column > value if down else column < value))
        level.append(column == value)
    return or_(*earlier)


def _among(column: ColumnElement[Any], values: Sequence[str]) -> ColumnElement[bool]:
    """Whether a cell is one of these; "" stands for none."""
    found = column.in_([value for value in values if value])
    return or_(found, column.is_(None)) if "" in values else found


def one_of(connection: Connection, column: ColumnElement[Any], values: Sequence[Any]) -> ColumnElement[bool]:
    """Whether a cell is one of thousands. PostgreSQL gets them as one value: one by one they take longer than what they find."""
    if connection.dialect.name == "postgresql":
        return column == any_(literal(values, ARRAY(column.type)))
    return column.in_(values)


def words_asked(query: Query) -> list[str]:
    """The words asked for: the longest, which tell most, where there are very many."""
    return sorted(words_of(query.text), key=len, reverse=True)[:_MOST_WORDS]


def _holds(cell: ColumnElement[Any], value: str) -> ColumnElement[bool]:
    """Whether a cell of several values, with a bar before and after each, holds this one."""
    return cell.contains(SEPARATOR + join_values([value]) + SEPARATOR, autoescape=True)
