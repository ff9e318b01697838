"""The queue of sources that wait for a copy in the Internet Archive, worked once: each is looked for, and what is found kept."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from claims.errors import BadStatus, ClaimsError, NoAnswer, NotAllowed, SourceRefused
from claims.evidence.archive_links import Archive, copied_at, find_copy, save_copy
from claims.finders.asking import told_wait
from claims.store import Store
from claims.store.archiving import LONGEST, NONE_THERE, SYSTEM, ArchiveTry

_log = logging.getLogger(__name__)

T = TypeVar("T")

#: What stands in the history beside the link.
WHY = "Found in the Internet Archive."

#: What is said beside that where the desk takes nothing from whoever asked, since they gave no name.
NAMELESS = "Who asked for it gave no name."

#: What is told where somebody else asks for the same page at this moment.
BUSY = "It is being asked for just now."

#: How long a copy that was asked for is given before it is looked for: the service lists it a while after it is made.
_MADE = timedelta(hours=1)

#: By how much a copy may be older than the page's day, as days are not the same everywhere; and than what it is a source for, where the
#: page gives no day.
_ELSEWHERE, _UNDATED = timedelta(days=1), timedelta(days=365)

#: Statuses by which a service says that it is asked too often, or is out of order.
_NOT_NOW = {429, *range(500, 600)}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one try: the copy's address, or a problem; ``offered`` is a copy that a person has to look at first.

    It is ``unanswered`` where the service could not be reached or asked for patience, and where it was not asked any more;
    ``lost`` where the record did not even take what came of it.
    """

    tried: ArchiveTry
    address: str = ""
    problem: str = ""
    unanswered: bool = False
    offered: str = ""
    lost: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    """What the service came to: an address that may be taken, or what is noted of a try that gave none."""

    address: str = ""
    problem: str = ""
    wait: timedelta | None = None
    unanswered: bool = False
    offered: str = ""


def work(
    store: Store,
    archive: Archive,
    due: Iterable[ArchiveTry],
    *,
    actor: str | None = None,
    tell: Callable[[int], None] | None = None,
) -> list[Outcome]:
    """Try these one after the other, and keep what comes of each; ``tell`` hears of each that it is done.

    Once the service cannot be reached, asks for patience or is out of order, the rest is left as it waits; whatever else goes wrong
    with one is noted of that one, and the others are tried. Only an address that the service answered with is written to a source,
    by ``actor``, who presses for it just now; where nobody does, or they have left the desk since, by the program, which says who
    asked: what is found meanwhile is nobody's newest act. What rests is left to rest.
    """
    outcomes: list[Outcome] = []
    away = False
    for each in due:
        outcomes.append(Outcome(each, unanswered=True) if away else _tried(store, archive, each, actor))
        away = away or outcomes[-1].unanswered
        if tell:
            tell(1)
    return outcomes


def _tried(store: Store, archive: Archive, each: ArchiveTry, actor: str | None) -> Outcome:
    """One try, whatever goes wrong with it."""
    if each.rests:
        return Outcome(each, problem=each.problem, offered=each.offered)
    try:
        if not _written(lambda who, _: store.hold_archived(each, actor=who), each, actor):
            return Outcome(each, problem=BUSY)
        found = _asked(archive, each)
        if found.address:
            return _kept(store, each, found.address, actor)
        _note(store, each, found, actor)
    except Exception as error:  # noqa: BLE001 - one that cannot even be noted keeps no other from its copy
        _log.warning("What came of looking for a copy of the source %s was not kept: %s", each.source_id, error)
        return Outcome(each, problem=_sentence(error), lost=True)
    return Outcome(each, problem=found.problem, unanswered=found.unanswered, offered=found.offered)


def _asked(archive: Archive, each: ArchiveTry) -> _Found:
    """What the service says; no error of its own, or of ours, comes through."""
    try:
        address = find_copy(each.location, archive)
        if each.save and (not address or _too_old(each, address)):
            address = save_copy(each.location, archive)
            if not address:
                return _Found(problem="The Internet Archive was asked for a copy, and is making it.", wait=_MADE)
        if old := _too_old(each, address):
            return _Found(problem=old, wait=LONGEST, offered=address)
        return _Found(address) if address else _Found(problem=NONE_THERE, wait=LONGEST)
    except BadStatus as error:
        seconds = min(told_wait(error.retry_after) or 0.0, LONGEST.total_seconds())
        return _Found(problem=error.problem, wait=timedelta(seconds=seconds), unanswered=error.status in _NOT_NOW)
    except Exception as error:  # noqa: BLE001 - noted of this page, and the others are tried
        if not isinstance(error, ClaimsError):
            _log.warning("A copy of the source %s could not be looked for.", each.source_id, exc_info=True)
        return _Found(problem=_sentence(error), unanswered=isinstance(error, NoAnswer))


def _kept(store: Store, each: ArchiveTry, address: str, actor: str | None) -> Outcome:
    """Write the address to the source as it stands now; where somebody was faster, they are not overwritten."""
    try:
        kept = _written(
            lambda who, why: store.keep_archived(each.source_id, each.location, address, why=why, actor=who),
            each,
            actor,
        )
    except SourceRefused as error:
        _note(store, each, _Found(problem=error.problem), actor)
        return Outcome(each, problem=error.problem)
    return Outcome(each, address) if kept else Outcome(each, problem="The source was changed meanwhile.")


def _note(store: Store, each: ArchiveTry, found: _Found, actor: str | None) -> None:
    _written(
        lambda who, _: store.note_archived(
            each.source_id, found.problem, found.wait, answered=not found.unanswered, offered=found.offered, actor=who
        ),
        each,
        actor,
    )


def _sentence(error: Exception) -> str:
    """What went wrong, as it stands on the list."""
    if isinstance(error, ClaimsError):
        return error.problem
    return f"It could not be looked for ({type(error).__name__}: {str(error)[:200]})."


def _written(write: Callable[[str, str], T], each: ArchiveTry, actor: str | None) -> T:
    """Have what came of it written by who presses for it; else by the program, whose reason says who asked for it once."""
    if actor is not None:
        with suppress(NotAllowed):
            return write(actor, WHY)
    asker = f"{each.asked_by} asked for it." if each.asked_by.strip() else NAMELESS
    return write(SYSTEM, f"{WHY} {asker}")


def _too_old(each: ArchiveTry, address: str) -> str:
    """Why a copy cannot stand for the page without a look at it: it is older; empty where it can, and where there is none."""
    if not address:
        return ""
    made = copied_at(address).date()
    told = f"The newest copy in the Internet Archive is of {made.day} {made:%B %Y}"
    if each.published:
        day = each.published
        if made < day - _ELSEWHERE:
            return f"{told}, and the page of {day.day} {day:%B %Y}: look at the copy before you take it."
    elif made < each.wanted_on - _UNDATED:
        return f"{told}, more than a year before the page was wanted: look at the copy before you take it."
    return ""
