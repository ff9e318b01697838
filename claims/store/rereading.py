"""An article is read again: its new text is kept, its claims' anchors are healed, and changed claims ask for a new look, as one act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select

from claims.errors import ArticleExists, StaleWrite, StoreError
from claims.status import OPEN
from claims.store import articles as shelf
from claims.store import rows, snapshots, sourcing
from claims.store.again import judged_again
from claims.store.edits import free_names, fresh, new_claim, stepped
from claims.store.events import Act, Change, record, row_of
from claims.store.schema import articles, claims, events, sources
from claims.store.tagging import retagged

if TYPE_CHECKING:
    from claims.article import Article
    from claims.claim import Claim
    from claims.rereading import Finding

#: What the desk finds claims by whose passage the newest version has no more, words otherwise, or has again as it was judged.
GONE, REWORDED, AGAIN = "gone from the article", "reworded in the article", "again as it was judged"

#: What happened to the passage, as the record calls it.
HEALED = {
    "unchanged": "passage found again", "moved": "passage found again", "reworded": "passage reworded", "gone": "passage gone",
}  # fmt: skip

#: Where a claim stands in its article. Healing it is no change of what was signed off.
ANCHOR = ("start", "end", "quote", "prefix", "suffix", "sentence_no", "seq")

# What the engine says of a passage, and may say anew while nobody has worked on the claim.
_READ = (
    "claim", "kinds", "speaker", "cue", "attribution", "figure_low", "figure_high", "figure_unit", "quantifier", "date_text",
    "date_first", "date_last", "checkability", "reasons", "priority",
)  # fmt: skip
_UNTOUCHED = {"claim found", "claim assigned", "claim handed back", *HEALED.values()}
_COMPARED = ("claim_id", "claim", "start", "end", "quote", "prefix", "suffix", "tags", "revision")
_TOGETHER = 900

# Statuses in which a claim waits for nobody: only its anchor follows the text.
_LEFT = ("dropped", "void")


@dataclass(frozen=True, slots=True)
class Reread:
    """Another version of an article, compared with the record and not yet written: what :meth:`Store.reread_article` takes.

    ``revision`` is the article's, when it was compared; ``article`` is the new version. ``headline`` is what the record calls
    the article and what its page does, if the page's headline was edited since it was read last; ``day`` are the two days of
    publication, if the page has another one. Both become the record's when the version is written.
    """

    article_id: str
    revision: int
    article: Article
    findings: tuple[Finding, ...]
    headline: tuple[str, str] | None = None
    day: tuple[date | None, date] | None = None


def compare(connection: Connection, article_id: str, article: Article, found: Sequence[Claim]) -> Reread:
    """What became of the article's claims, dropped ones too, in another version of it."""
    # Brings the parser, which the record does without.
    from claims.claim import find_claims  # noqa: PLC0415
    from claims.rereading import compare_versions  # noqa: PLC0415
    from claims.rereading.day import is_redated  # noqa: PLC0415
    from claims.rereading.headline import is_edited  # noqa: PLC0415

    row = row_of(connection, "article", article_id)
    asked = select(*(claims.c[name] for name in _COMPARED)).where(claims.c.article_id == article_id)
    standing = connection.execute(asked.order_by(claims.c.seq, claims.c.start, claims.c.no)).mappings().all()
    old = shelf.article_of(connection, article_id)
    edited = is_edited(old, _own(connection, article_id, "title") or "", article)
    version = article if edited else replace(article, title=old.title)
    redated = is_redated(old, _own(connection, article_id, "published"), article)
    if not redated and article.published != old.published:
        version = replace(version, published=old.published, published_from=old.published_from)
        found = find_claims(version) if found else found  # what is new is of the day that the record keeps
    findings = compare_versions(old, map(dict, standing), version, found)
    by_name = {row["claim_id"]: row for row in standing}
    again = judged_again(connection, old, by_name, version, findings, frozenset({REWORDED, GONE}))
    told = tuple(replace(each, again=bool(each.claim_id) and each.claim_id in again) for each in findings)
    headline = (old.title, article.title) if edited else None
    day = (old.published, article.published) if redated and article.published else None
    return Reread(article_id, row["revision"], version, told, headline, day)


def _own(connection: Connection, article_id: str, name: str) -> Any:
    """The title or the day that the page had when it was read last, if a person has corrected it in the record since."""
    told = select(events.c.act, events.c.old, events.c.new).where(
        events.c.subject_kind == "article", events.c.subject_id == article_id
    )
    own = None
    for event in connection.execute(told.order_by(events.c.seq.desc())):
        if name not in rows.from_json("article", event.new):
            continue
        if event.act != "article edited":
            break
        own = rows.from_json("article", event.old)[name]
    return own


def reread(act: Act, read: Reread) -> int:
    """Write what was compared. Returns the revision that the article then has."""
    row = fresh(row_of(act.connection, "article", read.article_id), read.revision, {}, "article")
    if read.article.sha256 == row["sha256"]:
        if (read.article.title, read.article.published) == (row["title"], row["published"]):
            return read.revision
        shelf.check_closed(act, read.article_id)
        record(act, [_article(act, row, read.article)])
        return read.revision + 1
    _check_alone(act.connection, read)
    _check_no_evidence(act.connection, read)
    shelf.check_closed(act, read.article_id)
    standing = _seen(act.connection, read)
    order = _order(standing, read.findings)
    untouched = _untouched(act.connection, standing, read.findings)
    changes = [_article(act, row, read.article)]
    for finding in read.findings:
        if finding.claim_id:
            changes += _healed(act, standing[finding.claim_id], finding, order, untouched)
    changes += _found(act, row, read.findings, order)
    snapshots.keep(act.connection, [(snapshots.text_bytes(read.article.text), snapshots.ARTICLE)])
    record(act, changes)
    return read.revision + 1


def _check_alone(connection: Connection, read: Reread) -> None:
    """Refuse a text that stands in the record as an article of its own: its claims would be there twice."""
    same = select(articles.c.article_id).where(
        articles.c.sha256 == read.article.sha256,
        articles.c.article_id != read.article_id,
        articles.c.withdrawn.is_(False),
    )
    if (there := connection.execute(same.limit(1)).scalar()) is not None:
        raise ArticleExists(
            "This version is in the record already, as an article of its own.", "Open it there instead.", there
        )


def _check_no_evidence(connection: Connection, read: Reread) -> None:
    """Refuse a text that stands as a source's document on one of the article's own claims."""
    asked = (
        select(sources.c.snapshot, sources.c.title)
        .join(claims, claims.c.claim_id == sources.c.claim_id)
        .where(
            claims.c.article_id == read.article_id,
            claims.c.status != "dropped",
            sources.c.removed.is_(False),
            sources.c.snapshot.is_not(None),
        )
    )
    titles = {row.snapshot: row.title for row in connection.execute(asked.order_by(sources.c.added_at))}
    for name, title in titles.items():
        if name == read.article.sha256 or sourcing.holds(connection, name, read.article.text):
            source = f"“{title}”" if title else "one of its sources"
            raise StoreError(
                f"This version is word for word the document of {source}, and an article is no evidence for itself.",
                "Remove that source first, if it is no more than this article; else look at which text you gave.",
            )


def _seen(connection: Connection, read: Reread) -> dict[str, rows.Row]:
    """The article's claims, if each still stands as it was compared, and none came since."""
    asked = select(claims).where(claims.c.article_id == read.article_id)
    standing = {row["claim_id"]: dict(row) for row in connection.execute(asked).mappings()}
    compared = {finding.claim_id: finding for finding in read.findings if finding.claim_id}
    stale = {
        name
        for name in standing.keys() | compared.keys()
        if name not in standing or name not in compared or standing[name]["revision"] != compared[name].revision
    }
    if stale:
        raise StaleWrite(
            f"Somebody changed {len(stale)} of the article's claims since the versions were compared.",
            "Read it again.",
            {name: rows.shown("claim", standing[name]) for name in sorted(stale) if name in standing},
            {},
        )
    text = read.article.text
    for finding in read.findings:
        quote = "" if finding.state == "gone" else finding.quote
        if text[finding.start : finding.end] != quote:
            raise StoreError(f"“{finding.quote}” does not stand where it is said to.", "Read the article again.")
    return standing


def _article(act: Act, row: rows.Row, article: Article) -> Change:
    new = {
        "sha256": article.sha256,
        "title": article.title,
        "published": article.published,
        "furniture": [list(stretch) for stretch in article.furniture],
        "removed": article.removed,
        "read_at": act.at,
        "read_by": act.actor,
    }
    changed = {name: value for name, value in new.items() if value != row[name]}
    if "published" in changed and article.published_from != row["published_from"]:
        changed["published_from"] = article.published_from
    return Change("article read again", "article", row["article_id"], row, changed)


def _healed(act: Act, row: rows.Row, finding: Finding, order: dict[str, int], untouched: set[str]) -> list[Change]:
    """The change that puts a claim where it stands now, and asks for a new look where what it was judged by was changed."""
    told = {name: getattr(finding, name) for name in ANCHOR if name != "seq"} | {"seq": order[row["claim_id"]]}
    told = {name: value or None if name in {"prefix", "suffix"} else value for name, value in told.items()}
    new = {name: value for name, value in told.items() if value != row[name]}
    name = HEALED[finding.state]
    if row["status"] not in _LEFT:
        if wants_look(row, finding):
            new |= stepped(act, row, "in progress", by_text=True)[1]
        if row["claim_id"] in untouched and finding.found is not None:
            read = rows.claim_columns(finding.found)
            new |= {column: read.get(column) for column in _READ if read.get(column) != row[column]}
        tags = retagged(row["tags"], *_TAGS["again" if finding.again else finding.state])
        new |= {"tags": tags} if tags != row["tags"] else {}
    return [Change(name, "claim", row["claim_id"], row, new)] if new else []


#: Which tags a claim gets, and which it loses.
_TAGS: dict[str, tuple[list[str], list[str]]] = {
    "unchanged": ([], [GONE]), "moved": ([], [GONE]), "reworded": ([REWORDED], [GONE, AGAIN]),
    "gone": ([GONE], [REWORDED, AGAIN]), "again": ([AGAIN], [REWORDED, GONE]),
}  # fmt: skip


def wants_look(row: rows.Found, finding: Finding) -> bool:
    """Whether the claim goes back to be judged anew: it is judged, and its article says something else since.

    ``row`` is the claim by column name. One that was gone before has been looked at since, or waits for it.
    """
    was_gone = finding.state == "gone" and row["start"] == row["end"]
    judged = bool(row["verdict"]) and row["status"] not in {*OPEN, *_LEFT}
    return finding.is_changed and judged and not was_gone


def _order(standing: dict[str, rows.Row], findings: Sequence[Finding]) -> dict[str, int]:
    """The place of each claim among the others: as it was, unless one went past another."""
    numbers = {name: row["seq"] for name, row in standing.items()}
    now = {finding.claim_id: finding.start for finding in findings if finding.claim_id}
    was = sorted(standing, key=lambda name: (standing[name]["start"], numbers[name], name))
    stand = sorted(standing, key=lambda name: (now[name], numbers[name], standing[name]["start"], name))
    if was == stand:
        return numbers
    return dict(zip(stand, sorted(numbers.values()), strict=True))


def _untouched(connection: Connection, standing: dict[str, rows.Row], findings: Sequence[Finding]) -> set[str]:
    """The reworded claims that nobody has worked on: all that is said of them is the engine's."""
    names = [
        finding.claim_id
        for finding in findings
        if finding.state == "reworded" and finding.found is not None and not standing[finding.claim_id]["verdict"]
    ]
    touched: set[str] = set()
    for at in range(0, len(names), _TOGETHER):
        asked = select(events.c.subject_id).where(
            events.c.subject_kind == "claim",
            events.c.subject_id.in_(names[at : at + _TOGETHER]),
            events.c.act.not_in(_UNTOUCHED),
        )
        touched.update(connection.execute(asked).scalars())
    return set(names) - touched


def _found(act: Act, row: rows.Row, findings: Sequence[Finding], order: dict[str, int]) -> list[Change]:
    """The changes that put the new claims in the table, each after the last claim that begins before it."""
    coming = [finding.found for finding in findings if finding.state == "new" and finding.found is not None]
    names = iter(free_names(act, coming))
    named = {"article_id": row["article_id"], "added_at": act.at, "origin": "found"}
    changes, seq = [], 1
    for finding in findings:
        if finding.claim_id:
            seq = max(seq, order[finding.claim_id])
        elif finding.found is not None:
            place = row["no"], row["title"]
            changes.append(new_claim(finding.found, place, **named, claim_id=next(names), seq=seq))
    return changes
