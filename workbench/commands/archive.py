"""An archive split by a Dask cluster, or by this machine's cores, into tables of Parquet."""
# ruff: noqa: PLC0415

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import click

from workbench.nouns import count_words

if TYPE_CHECKING:
    from claims.archive import Progress


@click.command(
    epilog="""\b
Examples:
  workbench archive stories/ --out archive/
  workbench archive crawl.warc.gz years.parquet addresses.txt --out archive/ --match
  workbench archive /shared/stories --out /shared/archive --cluster tcp://10.0.0.5:8786
  workbench archive stories/ --out archive/ --again --match
  workbench import archive/                  its articles and claims into the store

Stopped by whatever, the same command goes on where it was. A cluster's workers need the same paths and the same
version of this program; what is set for reading, such as WORKBENCH_ALLOW_HOSTS, goes with each task.

The exit code is 3 where all is done, but something stands in unread/ or a source has changed since it was read; the pages
that a crawl failed to fetch do not count. It is 2 where the run could not be done, else 0.""",
)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--out", metavar="FOLDER", required=True, type=click.Path(path_type=Path), help="Where the tables go.")
@click.option("--cluster", metavar="ADDRESS", help="The Dask cluster to work on.  [default: one on this machine]")
@click.option("--workers", metavar="N", type=click.IntRange(1), help="Processes on this machine.  [default: its cores]")
@click.option(
    "--memory",
    metavar="MB",
    type=click.IntRange(400),
    default=1_500,
    show_default=True,
    help="What one worker may use; an article that needs more is told as unreadable.",
)
@click.option("--match", is_flag=True, help="Find which claims repeat and which contradict each other, too.")
@click.option("--again", is_flag=True, help="Read anew what could not be read, and what has changed since.")
@click.pass_context
def archive(
    ctx: click.Context,
    sources: tuple[str, ...],
    out: Path,
    cluster: str | None,
    workers: int | None,
    memory: int,
    *,
    match: bool,
    again: bool,
) -> None:
    """Split more articles than a desk reads.

    A SOURCE is a folder, a file (.txt .md .html .docx .pdf), JSON by lines (.jsonl with text or html, title, published, url), .parquet with such columns, .warc(.gz), a web address, or a text file of addresses, one a line.

    FOLDER gets claims/ and articles/ as Parquet, and unread/, which says what could not be read and why.
    """
    from claims.archive import Ledger
    from claims.archive import archive as split_archive
    from claims.archive.batch import Limits
    from workbench.commands.asking import Mistake

    if cluster and workers:
        raise Mistake("--workers is for this machine: a cluster has its own. Give --cluster or --workers, not both.")
    with _Bar() as bar:
        reached = split_archive(
            sources,
            out,
            cluster=cluster,
            workers=workers,
            limits=Limits(memory=memory * 1_000_000),
            match=match,
            again=again,
            tell=bar.hear,
        )
    _tell_read(out, reached, match=match)
    _tell_outdated(0 if match else reached.outdated)
    _tell_left_out(reached)
    _tell_changed(reached.changed)
    unread = _tell_unread(out, reached.unread)
    if reached.changed or (unread and unread > Ledger(out.absolute()).failures()):
        ctx.exit(_UNSETTLED)


def _tell_read(out: Path, reached: Progress, *, match: bool) -> None:
    """What stands in the archive, and how much of it this run has brought."""
    from claims.archive import count_rows

    held = (
        f"{count_words(count_rows(out, 'articles'), 'article')} and {count_words(count_rows(out, 'claims'))} in {out}"
    )
    click.echo(
        f"{held}; this time {count_words(reached.articles, 'article')} read, {count_words(reached.claims)} found."
    )
    if match:
        pairs = count_words(count_rows(out, "pairs"), "pair")
        click.echo(
            f"{pairs} that repeat or contradict each other in {out / 'pairs'}; {reached.pairs:,} found this time."
        )


def _tell_outdated(pairs: int) -> None:
    if pairs:
        are = "was" if pairs == 1 else "were"
        click.echo(
            f"{count_words(pairs, 'pair')} {are} taken away, since batches were read anew; add --match to compare anew.",
            err=True,
        )


def _tell_left_out(reached: Progress) -> None:
    if reached.left_out:
        counts = ", ".join(f"{number:,} in {ending}" for ending, number in reached.left_out.items())
        click.echo(f"Left out, files of the folders by how their names end: {counts}.", err=True)
    if reached.archives:
        click.echo(f"Passed over, for it is no source: {count_words(reached.archives, 'archive')} inside.", err=True)


def _tell_changed(changed: Sequence[str]) -> None:
    if changed:
        from workbench.terminal import printable

        said = f"Changed since the reading: {count_words(len(changed), 'source')}, the first {changed[0]}."
        click.echo(f"{printable(said)} What was read before stands as it was; --again reads it anew.", err=True)


def _tell_unread(out: Path, new: Sequence[int]) -> int:
    """Say what of the ``new`` batches could not be read, and return how much stands unread in all of them."""
    from claims.archive import count_rows
    from claims.archive.parts import path_of, read_part
    from workbench.terminal import printable

    if not (count := count_rows(out, "unread")):
        return 0
    names = (path_of(out, "unread", no).name for no in sorted(new))
    rows = chain.from_iterable(read_part(out, "unread", name).to_numpy().tolist() for name in names)
    for source, problem, remedy in islice(rows, _SHOWN):
        click.echo(f"Not read: {printable(_told(source, problem, remedy))}", err=True)
    click.echo(
        f"{count_words(count, 'source')} could not be read, told in {out / 'unread'}. See to them, then add --again.",
        err=True,
    )
    return count


def _told(source: str, problem: str, remedy: str) -> str:
    """What could not be read, its place named once.

    >>> _told("a.jsonl, line 3", "a.jsonl, line 3 is no JSON.", "Mend it."), _told("a.txt", "The text is empty.", "Fill it.")
    ('a.jsonl, line 3 is no JSON. Mend it.', 'a.txt: The text is empty. Fill it.')
    """
    return f"{problem} {remedy}" if source in problem else f"{source}: {problem} {remedy}"


#: What could not be read this time, until the rest is only counted.
_SHOWN = 20
#: The exit code of a run that is done and leaves something for a person to see to.
_UNSETTLED = 3


class _Bar:
    """The progress bar: parts done, how many articles and claims a second, and the time left."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._stage = ""
        self._begun = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.render_finish()

    def hear(self, progress: Progress) -> None:
        """Draw how far it is."""
        if progress.stage != self._stage:
            self._begin(progress)
        self._bar.update(progress.done - self._first - self._bar.pos, self._rate(progress))

    def _begin(self, progress: Progress) -> None:
        if progress.dashboard and not self._stage:
            click.echo(f"Dask's dashboard: {progress.dashboard}", err=True)
        if self._bar:
            self._bar.render_finish()
        if progress.done:
            click.echo(f"{count_words(progress.done, 'part')} of {progress.of:,} are there already.", err=True)
        self._stage, self._first, self._begun = progress.stage, progress.done, time.monotonic()
        label = {"articles": "Splitting", "pairs": "Comparing"}[progress.stage]
        self._bar = click.progressbar(
            length=progress.of - progress.done,
            label=label,
            file=sys.stderr,
            show_pos=True,
            item_show_func=lambda rate: rate,
        )
        self._bar.render_progress()

    def _rate(self, progress: Progress) -> str:
        taken = max(time.monotonic() - self._begun, 0.001)
        if progress.stage == "pairs":
            return f"{count_words(progress.pairs, 'pair')}"
        return f"{progress.articles / taken:,.1f} articles, {progress.claims / taken:,.0f} claims a second"
