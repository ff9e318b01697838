"""The queue of sources that wait for a copy in the Internet Archive, worked once: each is looked for, and what is found kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from claims.errors import BadStatus, ClaimsError, NoAnswer
from claims.evidence.archive_links import Archive, find_copy, save_copy
from claims.finders.asking import waiting
from claims.store import Store
from claims.store.archiving import LONGEST, NONE_THERE, ArchiveTry

#: What stands in the history beside the link.
WHY = "Found in the Internet Archive."

#: How long a copy that was asked for is given before it is looked for: the service lists it a while after it is made.
_MADE = timedelta(hours=1)

#: Statuses by which a service says that it is asked too often, or is out of order.
_NOT_NOW = {429, *range(500, 600)}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one try: the copy's address, or a problem.

    It is ``unanswered`` where the service could not be reached or asked for patience, and where it was not asked any more.
    """

    tried: ArchiveTry
    address: str = ""
    problem: str = ""
    unanswered: bool = False


def work(
    store: Store,
    archive: Archive,
    due: Iterable[ArchiveTry],
    *,
    actor: str | None = None,
    tell: Callable[[int], None] | None = None,
) -> list[Outcome]:
    """Try these one after the other, and keep what comes of each; ``tell`` hears of each that it is done.

    Once the service cannot be reached, asks for patience or is out of order, the rest is left as it waits. Only an address that the
    service answered with is written to a source, as a correction by ``actor``.
    """
    outcomes: list[Outcome] = []
    for each in due:
        away = bool(outcomes) and outcomes[-1].unanswered
        outcomes.append(Outcome(each, unanswered=True) if away else _tried(store, archive, each, actor))
        if tell:
            tell(1)
    return outcomes


def _tried(store: Store, archive: Archive, each: ArchiveTry, actor: str | None) -> Outcome:
    wait, away = None, False
    try:
        address = find_copy(each.location, archive) or (save_copy(each.location, archive) if each.save else "")
        if address:
            _keep(store, each, address, actor)
            store.note_archived(each.source_id, actor=actor)
            return Outcome(each, address)
        problem = "The Internet Archive was asked for a copy, and is making it." if each.save else NONE_THERE
        wait = _MADE if each.save else LONGEST
    except ClaimsError as error:
        problem = error.problem
        away = isinstance(error, NoAnswer) or (isinstance(error, BadStatus) and error.status in _NOT_NOW)
        if isinstance(error, BadStatus) and error.retry_after:
            wait = timedelta(seconds=min(waiting(error.retry_after, 1), LONGEST.total_seconds()))
    store.note_archived(each.source_id, problem, wait, actor=actor)
    return Outcome(each, problem=problem, unanswered=away)


def _keep(store: Store, each: ArchiveTry, address: str, actor: str | None) -> None:
    """Write the address to the source as it stands now; StaleWrite where somebody is faster, who is then not overwritten."""
    now = next((kept for kept in store.sources(each.claim_id) if kept.source_id == each.source_id), None)
    if now and not now.source.archived and now.source.location == each.location:
        store.edit_source(now.source_id, now.revision, replace(now.source, archived=address), why=WHY, actor=actor)
