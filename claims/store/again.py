"""Claims whose article changed after they were judged, and now says again what they were judged by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select

from claims.store import rows, snapshots
from claims.store.marking import last_judged
from claims.store.schema import events
from claims.table import split_values

if TYPE_CHECKING:
    from claims.article import Article
    from claims.rereading import Finding

_PLACE = ("start", "end", "quote", "prefix", "suffix")


def judged_again(
    connection: Connection,
    known: Article,
    standing: Mapping[str, rows.Found],
    version: Article,
    findings: Iterable[Finding],
    changed: frozenset[str],
) -> set[str]:
    """The claims by name whose passage, and what the engine hears around it, is in ``version`` as it was when they were judged.

    Asked of those alone that are reworded, or have one of the tags ``changed`` since an earlier version, and are not gone.
    """
    from claims.rereading import compare_versions  # noqa: PLC0415 - brings the parser, which the record does without

    asked = [
        standing[each.claim_id]
        for each in findings
        if each.claim_id
        and each.state != "gone"
        and (each.state == "reworded" or changed & {*split_values(standing[each.claim_id]["tags"] or "")})
    ]
    judged: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in asked:
        if (since := connection.execute(last_judged(row["claim_id"])).scalar()) is not None:
            text = _then(connection, "article", known.article_id, since, {"sha256": known.sha256})["sha256"]
            if text != known.sha256:
                place = _then(connection, "claim", row["claim_id"], since, {name: row[name] for name in _PLACE})
                judged[text].append({**row, **place})
    again = set()
    for sha256, claims in judged.items():
        text = snapshots.text_of(snapshots.snapshot(connection, sha256).content)
        then = replace(known, text=text, furniture=())
        told = compare_versions(then, claims, replace(version, furniture=()), ())
        again |= {each.claim_id for each in told if each.state in {"unchanged", "moved"}}
    return again


def _then(connection: Connection, kind: str, subject: str, since: int, now: Mapping[str, Any]) -> dict[str, Any]:
    """Columns of a subject as they were after that event: what the first change of each since left behind."""
    later = select(events.c.old, events.c.new).where(
        events.c.subject_kind == kind, events.c.subject_id == subject, events.c.seq > since
    )
    then = dict(now)
    for event in connection.execute(later.order_by(events.c.seq.desc())):
        if event.old:
            then |= {name: value for name, value in rows.from_json(kind, event.old).items() if name in now}
    return then
