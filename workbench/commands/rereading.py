"""An article that is in the record, read again: what became of its claims, shown first and taken over as one act."""
# ruff: noqa: PLC0415

from __future__ import annotations

import json
import shlex
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workbench.commands.asking import Desk, Mistake, by_a_person, note_kept_back, on_a_store, width
from workbench.commands.drawing import draw, plain
from workbench.nouns import count_words

if TYPE_CHECKING:
    from claims import Article
    from claims.rereading import Finding
    from claims.store import Reread, Store

#: What became of claims, in the order in which it is told, and how many of it in words.
STATES: dict[str, str] = {
    "reworded": "reworded", "gone": "gone", "new": "new", "moved": "moved with the same words", "unchanged": "unchanged",
}  # fmt: skip

# Told by their number unless all are asked for: nothing is to be done about them.
_QUIET = frozenset({"moved", "unchanged"})


@click.command(
    epilog="""\b
Examples:
  workbench reread https://example.org/story           ask for the page again, and only show
  workbench reread 019e0aea5e8f5fc6 story-now.html     compare with a file
  workbench reread https://example.org/story --write --why "The page gives another figure."

ALIKE is how much the old words and the new ones have in common, from 0 to 1.
workbench undo takes a version back as one act.""",
)
@click.argument("article", metavar="ARTICLE_ID|ADDRESS")
@click.argument("file", required=False, metavar="[FILE]")
@click.option("--write", is_flag=True, help="Take the new version over; without it nothing is written.")
@click.option("--why", default="", metavar="REASON", help="Why, where claims are signed off, published or void.")
@click.option("--all", "show_all", is_flag=True, help="Show the claims that stand as they stood, too.")
@click.option("--json", "as_json", is_flag=True, help="What became of every claim, as JSON.")
@on_a_store
@by_a_person
@click.pass_obj
def reread(desk: Desk, article: str, file: str | None, *, write: bool, why: str, show_all: bool, as_json: bool) -> None:
    """Read an article again and find what was edited in it.

    Its address is asked again, or FILE is read (- for standard input). Every claim is found in the new version by its words,
    their context, or words like them; those that the article has otherwise now, or no more, come first.

    With --write the new text is kept beside the old, the claims stand where their words do now, new ones are added, none is
    deleted, and verdicts on changed claims ask for a new look.
    """
    from claims import find_claims
    from claims.rereading.day import day_in_words

    with desk.filled() as store:
        article_id = _named(store, article)
        version = _read(store.article(article_id), file)
        read = store.compare_article(article_id, version, find_claims(version))
        rows = _rows(store, read, store.spelled(desk.writer))
        note_kept_back(desk, sum(bool(row.get("veiled")) for row in rows.values()))
        click.echo(_json_of(read, rows) if as_json else _shown(read, rows, show_all=show_all))
        if read.headline:
            was, now = map(plain, read.headline)
            click.echo(f"The headline was “{was}”, is “{now}”.", err=as_json)
        if read.day:
            click.echo(day_in_words(*read.day), err=as_json)
        if not write:
            click.echo("Nothing is written. To take this version over, add --write.", err=True)
            return
        if store.reread_article(read, why=why, actor=desk.writer) == read.revision:
            click.echo("Nothing is written: the text is the one that is kept.", err=True)
            return
    looks = sum(_wants_look(rows, finding) for finding in read.findings)
    click.echo(
        f"Taken over as one act; {count_words(looks, 'verdict')} {'asks' if looks == 1 else 'ask'} for a new look. "
        f"To take it back: workbench --as {shlex.quote(desk.writer)} undo",
        err=True,
    )


def _named(store: Store, name: str) -> str:
    """The article of this name, or the newest version at this address."""
    shelf = store.articles()
    for column in ("article_id", "url"):
        if found := list(shelf["article_id"][(shelf[column] == name).fillna(value=False)]):
            return str(found[0])
    raise Mistake(
        f"There is no article {name} in the store. The columns article_id and article_url of workbench export have those that are."
    )


def _read(known: Article, file: str | None) -> Article:
    """The new version: of a file, of standard input, or of the article's own address."""
    from claims import read_article
    from claims.rereading import next_version

    if file is None and not known.url:
        raise Mistake("The article has no address to ask. Give a FILE with its new version, or - for standard input.")
    source = known.url or "" if file is None else sys.stdin.buffer.read() if file == "-" else Path(file)
    return next_version(known, read_article(source))


def _rows(store: Store, read: Reread, reader: str) -> dict[str, dict[str, Any]]:
    """The claims by name as this person may see them; ``judged`` says whether they have a verdict, which may be kept back."""
    from workbench.columns import veiled

    twice = store.rules().second_reading
    found = store.claims_named({finding.claim_id for finding in read.findings})
    return {
        name: veiled(row, reader, read_twice=twice) | {"judged": bool(row["verdict"])} for name, row in found.items()
    }


def _shown(read: Reread, rows: Mapping[str, Mapping[str, Any]], *, show_all: bool) -> str:
    counts: Counter[str] = Counter(finding.state for finding in read.findings)
    summary = ", ".join(f"{counts[state]:,} {words}" for state, words in STATES.items() if counts[state])
    lines = list(_lines(read, rows, show_all=show_all))
    head = f"{plain(read.article.title or read.article_id)}: {summary or 'no claims'}"
    if not lines:
        return head
    return f"{head}\n\n{draw(('WHAT', 'ALIKE', 'VERDICT', 'IN WORDS'), lines, width())}\n"


def _lines(
    read: Reread, rows: Mapping[str, Mapping[str, Any]], *, show_all: bool
) -> Iterator[tuple[str, str, str, str]]:
    for state in STATES:
        for finding in read.findings:
            if finding.state == state and (show_all or state not in _QUIET):
                alike = f"{finding.score:.2f}" if state == "reworded" else ""
                row = rows.get(finding.claim_id, {})
                verdict = row.get("verdict") or ("read once" if row.get("veiled") else "")
                look = " (asks for a new look)" if _wants_look(rows, finding) else ""
                yield state, alike, f"{verdict}{look}", _words(finding)


def _words(finding: Finding) -> str:
    was, now = (f"“{plain(words)}”" if words else "" for words in (finding.was, finding.now))
    words = f"{was} → {now}" if was and now and was != now else now or was
    return " ".join(filter(None, [words, plain(finding.told), "Again as it was judged." if finding.again else ""]))


def _wants_look(rows: Mapping[str, Mapping[str, Any]], finding: Finding) -> bool:
    from claims.store.rereading import wants_look

    row = rows.get(finding.claim_id)
    return row is not None and wants_look({**row, "verdict": row["judged"]}, finding)


def _json_of(read: Reread, rows: Mapping[str, Mapping[str, Any]]) -> str:
    """Each finding as an object: null where there is nothing, scores to four places."""
    listed = [
        {
            "state": finding.state,
            "claim_id": finding.claim_id or None,
            "claim": finding.claim,
            "start": finding.start,
            "end": finding.end,
            "score": None if finding.state == "new" else round(finding.score, 4),
            "was": finding.was or None,
            "now": finding.now or None,
            "told": finding.told or None,
            "again_as_judged": finding.again,
            "verdict": rows.get(finding.claim_id, {}).get("verdict"),
            "status": rows.get(finding.claim_id, {}).get("status"),
            "asks_for_new_look": _wants_look(rows, finding),
        }
        for finding in read.findings
    ]
    return json.dumps(listed, indent=2, ensure_ascii=False)
