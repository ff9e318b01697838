"""Articles in the record: kept with their claims, corrected, and given back exactly as they were read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, or_, select

from claims.errors import ArticleExists, ClaimLocked, StoreError
from claims.evidence.addresses import address_problem
from claims.status import LOCKED
from claims.store import rows, snapshots
from claims.store.edits import ADDING_UNDONE, CLEARED, check_settable, fresh, new_claim, stepped
from claims.store.events import Act, Change, made, record, row_of
from claims.store.marking import Mark, checked, given, kept_mark, looked_at
from claims.store.people import Rules, check_role, rules
from claims.store.schema import articles, claims
from claims.store.sourcing import new_source

if TYPE_CHECKING:
    from claims.article import Article
    from claims.claim import Claim
    from claims.evidence import Source


@dataclass(frozen=True, slots=True)
class Entry:
    """An article to be kept, its claims, and what others have made of them already: first marks and sources by claim_id."""

    article: Article
    claims: Sequence[Claim]
    marks: Mapping[str, Mark] = field(default_factory=dict)
    sources: Mapping[str, Sequence[Source]] = field(default_factory=dict)


#: Claims of the articles that are written together: few enough to be held, many enough that they share a commit, which
#: writes each page of an index once however many of its entries are new.
TOGETHER = 16_000

_UNWORKED = dict.fromkeys(CLEARED)
_EDITABLE = ("title", "byline", "publisher", "published", "url")
_FIELDS = (
    "title", "byline", "publisher", "published", "published_from", "url", "source", "removed",
)  # fmt: skip


def add(act: Act, entries: Sequence[Entry], *, new_version: bool = False, strict: bool = True) -> list[str]:
    """Keep articles and their claims. Returns the names under which they stand, in order.

    A text that is there already is refused; kept once more as the next version of its story where ``new_version``;
    passed over where not ``strict``. A known address with another text is the next version of that story.
    """
    shelf = _Shelf(act, [entry.article for entry in entries])
    names, changes = [], []
    for entry in entries:
        article = entry.article
        twin = shelf.twin(article)
        if twin and not new_version:
            if strict:
                raise ArticleExists(
                    "This article is in the record already.", "Open it there, or keep this one as a new version.", twin
                )
            continue
        name, more = shelf.put(entry)
        names.append(name)
        changes += more
    texts = [entry.article for entry in entries]
    snapshots.keep(act.connection, ((snapshots.text_bytes(each.text), snapshots.ARTICLE) for each in texts))
    record(act, changes)
    return names


def chunks(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """The same entries, a few at a time: read before the record is locked, so that slow reading holds up nobody."""
    held: list[Entry] = []
    claims_held = 0
    for entry in entries:
        held.append(entry)
        claims_held += len(entry.claims) + 1
        if claims_held >= TOGETHER:
            yield held
            held, claims_held = [], 0
    if held:
        yield held


def edit(act: Act, article_id: str, revision: int, changes: Mapping[str, object]) -> int:
    """Correct what an article says of itself; its text stays as it was read. Returns the revision it then has.

    What was signed off was signed off with it: then a reason is needed, and the claims stay as they are.
    """
    row = fresh(row_of(act.connection, "article", article_id), revision, changes, "article")
    new = {name: value for name in changes if (value := _checked(name, changes[name])) != row[name]}
    if not new:
        return revision
    # Only what is new: an address that an import brought stays beside a title that is corrected.
    if problem := address_problem(str(new.get("url") or "")):
        raise StoreError(f"This cannot be the article's address. {problem}", "Or leave it empty.")
    check_closed(act, article_id)
    record(act, [Change("article edited", "article", article_id, row, new)])
    return revision + 1


def check_closed(act: Act, article_id: str) -> None:
    """Refuse what changes an article of which claims are closed, without a reason that others can read."""
    number = count_closed(act, article_id)
    if number and not act.why.strip():
        raise ClaimLocked(
            f"{number} {'claim' if number == 1 else 'claims'} of this article {'is' if number == 1 else 'are'} signed off, "
            "published or void: what they were signed off with does not change by itself.",
            "Say why it is corrected, for those who ask later.",
        )


def count_closed(act: Act, article_id: str) -> int:
    """How many claims of an article are closed; NotAllowed where there are any and the person may not change it."""
    closed = select(func.count()).where(claims.c.article_id == article_id, claims.c.status.in_(LOCKED))
    number = act.connection.execute(closed).scalar_one()
    if number:
        check_role(act, "reviewer", "change an article of which claims are closed")
    return number


def article_of(connection: Connection, article_id: str) -> Article:
    """The article as it was read, with what was corrected since."""
    # Whoever only looks at claims does not wait for the readers of pages and files.
    from claims.article import Article  # noqa: PLC0415

    row = row_of(connection, "article", article_id)
    text = snapshots.text_of(snapshots.snapshot(connection, row["sha256"]).content)
    furniture = tuple((start, end, why) for start, end, why in row["furniture"])
    _, _, copy = article_id.partition("-")
    article = Article(text, **{name: row[name] for name in _FIELDS}, furniture=furniture, copy=int(copy or 1))
    return article if article.article_id == article_id else replace(article, kept_as=article_id)


class _Shelf:
    """What the record knows of the articles about to be put there: asked once for many."""

    def __init__(self, act: Act, coming: list[Article]) -> None:
        self._act = act
        self._desk: Rules | None = None
        self._gone: set[tuple[str, str]] = set()
        hashes = {article.sha256 for article in coming}
        urls = {article.url for article in coming if article.url}
        columns = [articles.c[name] for name in ("article_id", "story", "url", "sha256", "withdrawn")]
        named = {article.text_id: article.sha256 for article in coming}
        near = select(*columns).where(
            or_(articles.c.sha256.in_(hashes), articles.c.url.in_(urls), articles.c.article_id.in_(named))
        )
        self._texts: dict[str, list[str]] = {}
        self._withdrawn: dict[str, list[str]] = {}
        self._stories: dict[str, str] = {}
        for row in act.connection.execute(near.order_by(articles.c.no)):
            if row.withdrawn:
                self._withdrawn.setdefault(row.sha256, []).append(row.article_id)
            else:
                self._texts.setdefault(row.sha256, []).append(row.article_id)
                if (
                    named.get(row.article_id, row.sha256) != row.sha256
                ):  # an earlier text of an article that was read again
                    self._texts.setdefault(named[row.article_id], []).append(row.article_id)
                    self._stories[named[row.article_id]] = row.story
                self._stories |= {row.sha256: row.story} | ({row.url: row.story} if row.url else {})
        latest = select(articles.c.story, func.max(articles.c.version)).group_by(articles.c.story)
        stories = set(self._stories.values())
        self._versions = dict(act.connection.execute(latest.where(articles.c.story.in_(stories))).all())
        self._last = act.connection.execute(select(func.coalesce(func.max(articles.c.no), 0))).scalar_one()

    def twin(self, article: Article) -> str | None:
        """The article that stands in the record with the same text."""
        return next(iter(self._texts.get(article.sha256, ())), None)

    def put(self, entry: Entry) -> tuple[str, list[Change]]:
        """The changes that keep this article and its claims, and the name that it gets."""
        article, found = entry.article, entry.claims
        if strangers := {*entry.marks, *entry.sources} - {claim.claim_id for claim in found}:
            raise StoreError(
                f"A mark or a source is given for {min(strangers)}, which is no claim of this article.", "Leave it out."
            )
        twins = self._texts.setdefault(article.sha256, [])
        if withdrawn := self._withdrawn.get(article.sha256):
            twins.append(withdrawn.pop(0))
            return twins[-1], self._brought_back(twins[-1], entry)
        suffix = self._suffix(article, len(twins) + 1) if twins else ""
        name = article.article_id + suffix
        story = self._stories.get(article.sha256) or self._stories.get(article.url or "") or name
        self._versions[story] = self._versions.get(story, 0) + 1
        self._last += 1
        twins.append(name)
        self._stories |= {article.sha256: story} | ({article.url: story} if article.url else {})
        row = self._row(article) | {
            "article_id": name, "no": self._last, "version": self._versions[story], "story": story,
        }  # fmt: skip
        changes = [made("article read", "article", name, row)]
        for claim in found:
            put = self._claim(claim, name, claim.claim_id + suffix, (self._last, article.title))
            changes += self._judged(put, entry.marks.get(claim.claim_id), entry.sources.get(claim.claim_id, ()))
        return name, changes

    def _suffix(self, article: Article, number: int) -> str:
        """What sets a further keeping of a text apart; articles that were read again have kept theirs."""
        like = select(articles.c.article_id).where(articles.c.article_id.startswith(f"{article.article_id}-"))
        taken = set(self._act.connection.execute(like).scalars())
        while f"{article.article_id}-{number}" in taken:
            number += 1
        return f"-{number}"

    def _row(self, article: Article) -> rows.Row:
        kept = {name: getattr(article, name) for name in (*_FIELDS, "sha256")}
        about = {"furniture": [list(stretch) for stretch in article.furniture], "withdrawn": False}
        return {**kept, **about, "read_at": self._act.at, "read_by": self._act.actor}

    def _claim(self, claim: Claim, article_id: str, claim_id: str, place: tuple[int, str]) -> Change:
        named = {"claim_id": claim_id, "article_id": article_id, "added_at": self._act.at}
        return new_claim(claim, place, **named, origin="found")

    def _judged(self, put: Change, mark: Mark | None, sources: Sequence[Source]) -> list[Change]:
        """A new claim's change, with its first mark and its sources beside it."""
        changes = [put]
        if mark is not None:
            if self._desk is None:
                self._desk = rules(self._act.connection)
            mark = checked(mark, self._desk)
            way = put.new["status"], check_settable(mark.status)
            if way not in self._gone:  # the step is the same for many, and asks the record who may take it
                stepped(self._act, {**_UNWORKED, "status": way[0]}, way[1])
                self._gone.add(way)
            judged = {**put.new, **given(self._act, mark), "status": mark.status, "scale": self._desk.scale.name}
            judged |= {"checker": self._act.actor or None, "checked_at": self._act.at}
            judged |= looked_at(self._act, {"review_by": None, **put.new}, {})
            kept = kept_mark(self._act, put.subject, mark, self._desk, "first")
            changes = [made(put.name, put.kind, put.subject, judged, put.place), kept]
        return changes + [new_source(self._act, put.subject, source) for source in sources]

    def _brought_back(self, name: str, entry: Entry) -> list[Change]:
        """An article whose reading was taken back is read again: it and its claims stand as if new.

        A claim that somebody has taken up since stays as they left it.
        """
        article = entry.article
        row = row_of(self._act.connection, "article", name)
        standing = select(claims).where(claims.c.article_id == name)
        there = {claim["claim_id"]: dict(claim) for claim in self._act.connection.execute(standing).mappings()}
        changes = [_difference("article read", "article", name, row, self._row(article))]
        suffix = name.removeprefix(article.article_id)
        for claim in entry.claims:
            put = self._claim(claim, name, claim.claim_id + suffix, (row["no"], article.title))
            before = there.get(put.subject)
            if before and before["dropped_why"] != ADDING_UNDONE:
                continue
            first, *more = self._judged(put, entry.marks.get(claim.claim_id), entry.sources.get(claim.claim_id, ()))
            if before:
                anew = {**dict.fromkeys(rows.TOLD["claim"]), **first.new}
                first = _difference(first.name, "claim", put.subject, before, anew)
            changes += [first, *more]
        return changes


def _difference(name: str, kind: str, subject: str, row: rows.Row, wanted: Mapping[str, object]) -> Change:
    new = {column: value for column, value in wanted.items() if column != "revision" and value != row[column]}
    return Change(name, kind, subject, row, new)


def _checked(name: str, value: object) -> object:
    if name not in _EDITABLE:
        raise StoreError(f"{name!r} of an article is not edited.", f"These are: {', '.join(_EDITABLE)}.")
    if name == "published":
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        raise StoreError(f"{value!r} is no day.", "Give a day of the calendar, or leave it empty.")
    if name == "url":
        value = value or None
    elif value is None:
        value = ""
    if isinstance(value, str) or value is None:
        return value
    raise StoreError(f"The {name} of an article is text, not {value!r}.", "Give text.")
