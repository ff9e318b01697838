"""Sources on a claim: added, corrected, removed. They do not move the claim's revision: no open form grows stale by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from claims.errors import ReadingError, SourceRefused
from claims.evidence import Source, page_key, source_problems
from claims.evidence.fetched import may_be_of, site_of
from claims.store import rows, texts
from claims.store.edits import fresh, seen, unlocked
from claims.store.events import Act, Change, made, new_id, record, row_of
from claims.store.schema import sources
from claims.store.snapshots import fetches_of, snapshot, text_of

_FIELDS = tuple(Source.__slots__)

#: What is empty in the record where a source does not have it.
_OPTIONAL = ("snapshot", "reliability", "credibility", "archived")


@dataclass(frozen=True, slots=True)
class StoredSource:
    """A source in the record, and who put it there."""

    source_id: str
    source: Source
    added_by: str
    added_at: datetime
    revision: int


def add(act: Act, claim_id: str, revision: int, source: Source) -> str:
    """One more source on a claim. Returns its name."""
    row = seen(act, claim_id, revision, asdict(source))
    [change] = new_sources(act, row, [source])
    record(act, [*reopened(act, row), change])
    return change.subject


def edit(act: Act, source_id: str, revision: int, source: Source) -> int:
    """The same source, corrected. Returns the revision it then has.

    The document of one page is no evidence of another: an address of another page brings its own document, or none.
    """
    row = _seen(act, source_id, revision, source)
    new = {name: value for name, value in _columns(act, source).items() if value != row[name]}
    if not new:
        return revision
    claim = row_of(act.connection, "claim", row["claim_id"])
    others = [each for each in of_claim(act.connection, row["claim_id"]) if each.source_id != source_id]
    _check(act.connection, claim, source, others)
    _check_document(act.connection, source, row)
    record(act, [*reopened(act, claim), Change("source edited", "source", source_id, row, new)])
    return revision + 1


def remove(act: Act, source_id: str, revision: int) -> int:
    """Take a source off its claim; it stays in the record. Returns the revision it then has."""
    row = fresh(row_of(act.connection, "source", source_id), revision, {"removed": True}, "source")
    if row["removed"]:
        return revision
    about = reopened(act, row_of(act.connection, "claim", row["claim_id"]))
    record(act, [*about, Change("source removed", "source", source_id, row, {"removed": True})])
    return revision + 1


def new_sources(act: Act, claim: rows.Row, added: Sequence[Source]) -> list[Change]:
    """The changes that put sources on a claim, whose row this is; each must be evidence, and none twice."""
    standing = of_claim(act.connection, claim["claim_id"]) if added else []
    changes = []
    for source in added:
        _check(act.connection, claim, source, standing)
        _check_document(act.connection, source)
        changes.append(new_source(act, claim["claim_id"], source))
        standing.append(StoredSource(changes[-1].subject, source, act.actor or "", act.at, 1))
    return changes


def typed(added: Sequence[Source]) -> dict[str, object]:
    """Sources that come with a judgement, as a write that is refused hands them back; nothing where there are none."""
    return {"sources": [asdict(source) for source in added]} if added else {}


def new_source(act: Act, claim_id: str, source: Source) -> Change:
    """The change that puts a source on a claim."""
    row = {"source_id": new_id(), "claim_id": claim_id, **_columns(act, source)}
    row |= {"added_by": act.actor, "added_at": act.at, "removed": False}
    return made("source added", "source", row["source_id"], row)


def reopened(act: Act, row: rows.Row) -> list[Change]:
    """The change that reopens a locked claim, so that its sources may change; none where it is open."""
    _, new = unlocked(act, row)
    return [Change("claim reopened", "claim", row["claim_id"], row, new)] if new else []


def of_claim(connection: Connection, claim_id: str) -> list[StoredSource]:
    """The sources that stand on a claim, in the order they came."""
    standing = select(sources).where(sources.c.claim_id == claim_id, sources.c.removed.is_(False))
    found = connection.execute(standing.order_by(sources.c.added_at, sources.c.source_id)).mappings()
    return [stored(row) for row in found]


def stored(row: rows.Found) -> StoredSource:
    """A source's row as a record, with who put it there."""
    return StoredSource(row["source_id"], source_of(row), row["added_by"], row["added_at"], row["revision"])


def source_of(row: rows.Found) -> Source:
    """A source's row as a record."""
    return Source(**{name: row[name] for name in _FIELDS} | {name: row[name] or "" for name in _OPTIONAL})


def _seen(act: Act, source_id: str, revision: int, source: Source) -> rows.Row:
    row = fresh(row_of(act.connection, "source", source_id), revision, asdict(source), "source")
    if row["removed"]:
        raise SourceRefused("This source was removed.", "Add it again, or undo its removal.")
    return row


def _check(connection: Connection, claim: rows.Row, source: Source, others: Sequence[StoredSource]) -> None:
    """Refuse the article that is being checked as its own evidence, and a page that stands on the claim already."""
    article = row_of(connection, "article", claim["article_id"])
    keys = {page_key(place) for place in (source.location, source.archived)} - {""}
    own = {page_key(place or "") for place in (article["url"], article["source"])}
    if keys & own or (source.snapshot and _holds_article(connection, source.snapshot, article["sha256"])):
        raise SourceRefused(
            "This is the article that is being checked, and an article is no evidence for itself.",
            "Give the source that it rests on, or another that does not repeat it.",
        )
    for other in others:
        if keys & {page_key(place) for place in (other.source.location, other.source.archived)}:
            named = f"“{other.source.title}”" if other.source.title else "a source"
            by = f", added by {other.added_by}" if other.added_by else ""
            raise SourceRefused(
                f"This address stands on the claim already, as {named}{by}.",
                "Edit that source instead: another passage of it can be quoted there.",
            )


def _check_document(connection: Connection, source: Source, stands: rows.Row | None = None) -> None:
    """Refuse an address of another page than the document is of; how it was fetched and what it says of itself tell.

    A document that comes with the source may be of any page of the host that it was fetched from. A file that was never
    fetched is of the page that they say who put it in. While it stands with the source, it stays of its page.
    """
    page, sha256 = page_key(source.location), source.snapshot
    if not (page and sha256):
        return
    came = fetches_of(connection, [sha256]).get(sha256, [])
    pages = {page_key(address) for each in came for address in (each.asked, each.answered)}
    if stands is not None and stands["snapshot"] == sha256:
        pages.add(page_key(stands["location"]))
    elif site_of(page) in {site_of(each) for each in pages}:
        return
    if not pages or page in pages:
        return
    kept = snapshot(connection, sha256)
    if not any(may_be_of(each, page, kept.content, kept.media_type) for each in came):
        raise SourceRefused(
            "The document kept with this source is not of the page at this address.",
            "Keep the page or the file of this address with it, or take the document off the source.",
        )


def _holds_article(connection: Connection, sha256: str, article: str) -> bool:
    """Whether a document holds just the words of an article, whatever page stands around them."""
    return sha256 == article or holds(connection, sha256, text_of(snapshot(connection, article).content))


def holds(connection: Connection, sha256: str, text: str) -> bool:
    """Whether a document holds just the words of a text, however they are set."""
    try:
        return texts.text_in(connection, sha256).split() == text.split()
    except ReadingError:
        return False  # a picture, a page without an article: nothing to compare


def _columns(act: Act, source: Source) -> rows.Row:
    if problems := source_problems(source):
        raise SourceRefused(problems[0], " ".join(problems[1:]) or "Then save it again.")
    if source.snapshot:
        snapshot(act.connection, source.snapshot)
    return {name: getattr(source, name) for name in _FIELDS} | {
        name: getattr(source, name) or None for name in _OPTIONAL
    }
