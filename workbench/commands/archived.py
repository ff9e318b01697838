"""The links to copies in the Internet Archive that sources lack: looked for from the terminal, or by a clock."""
# ruff: noqa: PLC0415

from __future__ import annotations

import os
import sys
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from workbench.commands.asking import Desk, by_a_person, on_a_store, width
from workbench.commands.drawing import draw
from workbench.nouns import count_words

if TYPE_CHECKING:
    from claims import Store
    from claims.evidence.archive_links import Archive
    from claims.finders.archiving import Outcome
    from claims.store import ArchiveTry


@click.command(
    epilog="""\b
Examples:
  workbench archived                         look for copies of the pages that sources name
  workbench archived --save                  and ask for one where there is none: it is public
  */30 * * * * workbench archived            the same from a crontab: what failed is tried again when it is due

\b
The Internet Archive hears the addresses of the pages. WORKBENCH_ARCHIVE_KEY=ACCESS:SECRET, from
archive.org/account/s3.php, saves by your account.""",
)
@click.option("--save", is_flag=True, help="Ask for a copy to be made where there is none.")
@click.option("--now", is_flag=True, help="Try again at once what failed a moment ago, and what rests.")
@click.option("--wait", is_flag=True, help="Stay until the service has answered for each: as long as one is offline.")
@on_a_store
@by_a_person
@click.pass_obj
def archived(desk: Desk, *, save: bool, now: bool, wait: bool) -> None:
    """Look for copies of the sources' pages in the Internet Archive, and keep their links.

    A source gets the link in its history, and a claim that is signed off stays so. What cannot be reached waits and is tried again;
    what has no copy rests after ten answers.
    """
    from claims.evidence.archive_links import archive_of

    archive = archive_of(os.environ)
    with desk.open() as store:
        queue = store.archive_queue()
        known = {each.source_id for each in queue if each.save or not save}
        store.ask_archived([name for name in store.without_copy() if name not in known], save=save, actor=desk.writer)
        if now:
            _wake(store, [each for each in queue if each.rests and each.source_id in known], desk.writer)
        outcomes = _work(store, archive, desk.writer, now=now)
        while wait and any(each.unanswered for each in outcomes):
            _tell(store, outcomes)
            _rest(store, outcomes)
            outcomes = _work(store, archive, desk.writer, now=False)
        _tell(store, outcomes)


def _work(store: Store, archive: Archive, writer: str, *, now: bool) -> list[Outcome]:
    from claims.finders.archiving import work

    due = [each for each in store.archive_queue() if now or each.is_due(datetime.now(UTC))]
    with click.progressbar(length=len(due), label="Looking", file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        return work(store, archive, due, actor=writer, tell=bar.update)


def _wake(store: Store, resting: list[ArchiveTry], writer: str) -> None:
    """Ask again for what rests, with the leave to have a copy made that it was asked for with."""
    for save in (False, True):
        store.ask_archived([each.source_id for each in resting if each.save == save], save=save, actor=writer)


def _rest(store: Store, outcomes: list[Outcome]) -> None:
    """Wait until what the service did not answer is due."""
    unanswered = {each.tried.source_id for each in outcomes if each.unanswered}
    until = max((each.due_at for each in store.archive_queue() if each.source_id in unanswered), default=None)
    if until:
        click.echo(f"Tried again at {until.astimezone():%H:%M}. Ctrl+C stops; what waits is kept.", err=True)
        time.sleep(max((until - datetime.now(UTC)).total_seconds(), 0))


def _tell(store: Store, outcomes: list[Outcome]) -> None:
    queue = store.archive_queue()
    resting = {each.source_id for each in queue if each.rests}
    rows = [(_state(each, resting), each.tried.location, _came(each)) for each in outcomes]
    if rows:
        click.echo(draw(("STATE", "SOURCE", "LINK, OR WHY NOT"), rows, width()))
    found, left = sum(bool(each.address) for each in outcomes), [each for each in queue if not each.rests]
    first = min((each.due_at for each in left), default=None)
    later = f"; the next is tried at {first.astimezone():%Y-%m-%d %H:%M} or later" if first else ""
    rest = f"; {count_words(len(resting), 'source')} at rest, which --now asks for again" if resting else ""
    click.echo(
        f"{count_words(found, 'link')} found, {count_words(len(left), 'source')} waiting{later}{rest}.", err=True
    )


def _state(each: Outcome, resting: set[str]) -> str:
    if each.address:
        return "found"
    if each.offered:
        return "old"
    return "rests" if each.tried.source_id in resting else "waits"


def _came(each: Outcome) -> str:
    """The link; or why there is none, with the copy that a person has to look at."""
    return each.address or " ".join(part for part in (each.problem or "Not asked yet.", each.offered) if part)
