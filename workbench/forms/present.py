"""What the meeting looks at, in words for a room: the claim, its passage, both readings, the sources, what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from claims import Store
from claims.article import Article
from claims.paragraphs import find_paragraphs
from claims.store import Ballot, Item, Meeting, Rules, StoredSource
from claims.verdict import Scale
from workbench.columns import (
    SIGNS,
    date_words,
    day_words,
    figure_words,
    said_by,
    veiled,
    verdict_colour,
)  # fmt: skip
from workbench.shown import escape

Row = Mapping[str, Any]

#: Claims of up to so many signs, and how large they are written, largest first; longer ones are scrolled.
_SIZES = ((110, "huge"), (260, "large"), (900, "plain"))

#: Signs of the article that are shown before and after the claim.
_AROUND = 260

_STANCES = {"supports": ("green", "✓ supports"), "refutes": ("red", "✗ refutes"), "context": ("gray", "○ context")}


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of the claim: whose, and what it says; ``label`` empty where it is kept back."""

    name: str
    reader: str
    label: str = ""
    confidence: str = ""
    why: str = ""
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """All that is shown of the item that the meeting looks at, read at one moment."""

    at: datetime
    meeting: Meeting
    items: Sequence[Item]
    item: Item
    row: Row
    article: Article
    sources: Sequence[StoredSource]
    readings: Sequence[Reading]
    ballot: Ballot
    rules: Rules
    scale: Scale

    @property
    def place(self) -> int:
        """Where the item stands on the agenda, from 0."""
        return next(place for place, each in enumerate(self.items) if each.item_id == self.item.item_id)


def going_on(store: Store) -> list[Meeting]:
    """The meetings that are open and look at something, the latest day first."""
    return [each for each in store.meetings() if each.state == "open" and each.item_id is not None]


def meant(held: Sequence[Meeting], asked: str, last: str) -> Meeting | None:
    """The meeting that a screen is to show, None where that is not sure: nobody is to vote in another one unawares.

    The address ``asked`` for it by its name or the end of it. Where it asks for none, it is the one that this screen looked
    at ``last``, and on a screen that has looked at none, the only one.
    """
    found = [each for each in held if each.meeting_id.endswith(asked or last)]
    return found[0] if len(found) == 1 else None


def short(meeting_id: str) -> str:
    """What an address calls a meeting where it is written by hand: the end of its name, which is left to chance.

    >>> short("066155f061c7ddee9086029d0791f3fe")
    'f3fe'
    """
    return meeting_id[-4:]


def take(store: Store, meeting: Meeting) -> Stage:
    """The stage of this meeting, which is open.

    Readings are shown as to somebody who may be asked to read second: the whole room looks at them. Votes are nobody's.
    """
    items = store.agenda(meeting.meeting_id)
    item = next(each for each in items if each.item_id == meeting.item_id)
    rules = store.rules()
    row = veiled(store.claim(item.claim_id), "", read_twice=rules.second_reading)
    return Stage(
        datetime.now(UTC), meeting, items, item, row, store.article(row["article_id"]), store.sources(item.claim_id),
        _readings(store, row), store.votes(item.item_id, ""), rules, store.scale_named(item.scale or rules.scale.name),
    )  # fmt: skip


def head_html(stage: Stage) -> str:
    """Which meeting, which item, how long it has been looked at, and how many have voted."""
    held, ballot = stage.meeting, stage.ballot
    there = len({*held.present, *ballot.voters})
    voted = f"{len(ballot.voters)} of {there} have voted" if there else "Nobody follows yet"
    return (
        f'<div class="stage-head"><span>{escape(held.title)} · {day_words(held.day)}</span>'
        f"<span>Item {stage.place + 1} of {len(stage.items)}</span>"
        f'<span class="right"><time class="clock">{clock_words(stage.item.taken(stage.at))}</time> on this claim</span>'
        f'<span class="voted">{voted}</span></div>'
    )


def clock_words(seconds: float) -> str:
    """A stretch of time as a clock shows it.

    >>> clock_words(192.4), clock_words(3723)
    ('03:12', '62:03')
    """
    return f"{int(seconds) // 60:02}:{int(seconds) % 60:02}"


def claim_html(stage: Stage) -> str:
    """The claim, as large as it can be, and beside it who said it, its figures and dates, and why it is here."""
    row = stage.row
    published = row["published"] and f"published {day_words(row['published'])}"
    facts = [said_by(row), published, figure_words(row), date_words(row)]
    told = "".join(f"<span>{escape(str(fact))}</span>" for fact in facts if fact)
    told += "".join(f'<span class="why">{escape(reason)}</span>' for reason in stage.item.reasons)
    return f'<div class="claim-large {size(row["claim"])}">{escape(row["claim"])}</div><div class="facts">{told}</div>'


def size(claim: str) -> str:
    """How large a claim is written.

    >>> size("Two vans waited."), size("x" * 10_000)
    ('huge', 'long')
    """
    return next((name for most, name in _SIZES if len(claim) <= most), "long")


def passage_html(stage: Stage) -> str:
    """The claim's place in its article, marked, with what stands around it."""
    text, start, end = stage.article.text, stage.row["start"], stage.row["end"]
    around = next(((a, b) for a, b in find_paragraphs(text) if a <= start < b), (start, end))
    first, last = max(around[0], start - _AROUND), min(max(around[1], end), end + _AROUND)
    before = ("… " if first > around[0] else "") + text[first:start]
    after = text[end:last] + (" …" if last < around[1] else "")
    title = stage.row["article_title"] or "the article"
    by = f"{title}, {stage.row['publisher']}" if stage.row["publisher"] else title
    if start == end:  # a newer version has it no more
        before, after, by = stage.row["quote"], "", f"{by}, in an earlier version"
    return (
        f'<blockquote class="passage">{escape(before)}<mark>{escape(text[start:end])}</mark>{escape(after)}'
        f"<footer>{escape(by)}</footer></blockquote>"
    )


def evidence_html(stage: Stage) -> str:
    """Both readings, and the sources with their stance and grade."""
    cards = "".join(map(_reading_html, stage.readings))
    count = len(stage.sources)
    counted = f"{count}, of which {stage.row['n_independent']} independent" if count else ""
    kept = "".join(_source_html(each) for each in stage.sources) or "<li>No source stands on it.</li>"
    cards += f"<section><h3>Sources{f' · {counted}' if counted else ''}</h3><ul>{kept}</ul></section>"
    return f'<div class="evidence">{cards}</div>'


def outcome_html(stage: Stage) -> str:
    """What the meeting decided, or what it wants to know first; empty while it has done neither."""
    item = stage.item
    seen_to = ", ".join(part for part in (item.owner or "", item.due and f"by {day_words(item.due)}") if part)
    tail = f"<p>Seen to by {escape(seen_to)}</p>" if seen_to else ""
    if item.state == "needs evidence":
        return f'<div class="outcome gray"><h3>Needs more evidence</h3><p>{escape(item.question or "")}</p>{tail}</div>'
    if item.state != "decided":
        return ""
    colour = verdict_colour(item.verdict, stage.scale)
    against = "".join(
        f"<p>{escape(each.name)} would have: {escape(each.verdict)}{f' — {escape(each.words)}' if each.words else ''}</p>"
        for each in item.dissent
    )
    return (
        f'<div class="outcome {colour}"><h3>Decided by {escape(item.decided_by or "")}</h3><b>{SIGNS.get(colour, "")} '
        f"{escape(item.verdict or '')}</b> · {escape(item.confidence or '')} confidence"
        f"<p>{escape(item.rationale or '')}</p>{against}{tail}</div>"
    )


def _readings(store: Store, row: Row) -> list[Reading]:
    """The first reading and the second that stand; while the second is not in, none of the first."""
    if row.get("veiled"):
        return [Reading("First reading", "", why="Kept back until the second reading is in.")]
    counts = {"first": row["verdict"], "second": row["verdict"] and row["second_verdict"]}
    return [
        Reading(
            f"{name.capitalize()} reading", read.reader, read.verdict, read.confidence, read.rationale,
            verdict_colour(read.verdict, store.scale_named(read.scale)),
        )
        for name, read in store.both_readings(row["claim_id"]).items()
        if counts[name]
    ]  # fmt: skip


def _reading_html(reading: Reading) -> str:
    by = f"{reading.name} · {reading.reader}" if reading.reader else reading.name
    label = f"{SIGNS.get(reading.colour, '')} {reading.label}"
    judged = f'<b class="{reading.colour}">{escape(label)}</b> · {escape(reading.confidence)}' if reading.label else ""
    return f"<section><h3>{escape(by)}</h3>{judged}<p>{escape(reading.why)}</p></section>"


def _source_html(kept: StoredSource) -> str:
    source = kept.source
    colour, stance = _STANCES[source.stance]
    grade = source.reliability + source.credibility
    about = [source.publisher, f"group: {source.origin}" if source.origin else ""]
    told = " · ".join(part for part in about if part)
    return (
        f"<li>{escape(source.title or source.location)} {f'<i>{grade}</i> ' if grade else ''}"
        f'<b class="{colour}">{stance}</b>{f" <small>{escape(told)}</small>" if told else ""}</li>'
    )
