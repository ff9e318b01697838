"""Two versions of an article compared: what became of each claim's passage, and which claims are new."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from claims.anchoring import Anchor, Healed, State, context, heal
from claims.article import Article
from claims.claim import Claim, find_claims
from claims.grammar import parse
from claims.sentences import sentences_of

# What a new version takes over: whoever corrected it knows more than the page.
_KNOWN = ("title", "byline", "publisher", "published", "published_from", "url")
# How much of a claim found in the new text other claims cover, before it is none that is new.
_COVERED = 0.5


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of one claim, or a claim that is new.

    ``start``, ``end``, ``quote``, ``prefix``, ``suffix`` and ``sentence_no`` are its anchor in the new text; of one that is gone
    the quote and its context stay as they were, and it stands from ``start`` to ``start``. ``score``, ``was`` and ``now`` are as
    :class:`~claims.anchoring.Healed` has them. ``found`` is what the engine reads there now: of a new claim itself, of a reworded
    one what it may be worded by. ``revision`` is the one at which the claim was compared; a new one has none and no name.
    """

    state: State | Literal["new"]
    claim: str
    start: int
    end: int
    quote: str
    prefix: str
    suffix: str
    sentence_no: int
    score: float
    was: str
    now: str
    claim_id: str = ""
    revision: int = 0
    found: Claim | None = None

    @property
    def is_changed(self) -> bool:
        """Whether the article says something else than before: a verdict on it wants a new look."""
        return self.state in {"reworded", "gone"}


def next_version(known: Article, read: Article) -> Article:
    """What was just read, as a version of an article that is known: what the desk knows of that stays as it is.

    >>> next_version(Article("Two vans waited.", title="Vans"), Article("Three vans waited.", title="Page 3")).title
    'Vans'
    """
    return replace(read, **{name: getattr(known, name) for name in _KNOWN})


def compare_versions(
    old: Article, claims: Iterable[Mapping[str, Any]], new: Article, found: Sequence[Claim] | None = None
) -> list[Finding]:
    """What became of the claims of ``old`` in ``new``, in the order in which they stand there, those that are new among them.

    ``claims`` are rows by column name: ``claim_id``, ``claim``, ``start``, ``end``, ``quote``, ``prefix``, ``suffix``,
    ``revision``; dropped ones too, so that none of them is found anew. ``found`` is :func:`~claims.find_claims` of ``new``,
    where that is there already. A claim of it is new unless half of its passage or more has a claim.

    >>> from claims.table import claim_row
    >>> old, new = Article("Some 785 inmates fled on Monday."), Article("Some 249 inmates fled on Monday. Two vans waited.")
    >>> rows = [claim_row(claim) for claim in find_claims(old)]
    >>> [(each.state, each.was, each.now) for each in compare_versions(old, rows, new)]
    [('reworded', 'Some 785 inmates fled on Monday', 'Some 249 inmates fled on Monday'), ('new', '', 'Two vans waited')]
    >>> [each.state for each in compare_versions(old, rows, old)]
    ['unchanged']
    """
    found = find_claims(new) if found is None else found
    rows = list(claims)
    anchors = [Anchor(row["start"], row["end"], row["quote"], row["prefix"] or "", row["suffix"] or "") for row in rows]
    healed = heal(old, anchors, new)
    begins = [sentence.start for sentence in sentences_of(parse(new.text))]
    findings = [
        _of_claim(row, each, new, max(bisect_right(begins, each.start), 1), found)
        for row, each in zip(rows, healed, strict=True)
    ]
    covered = _joined((each.start, each.end) for each in healed)
    findings += [_new(claim) for claim in found if _shared(claim, covered) < _COVERED * (claim.end - claim.start)]
    return sorted(findings, key=lambda finding: (finding.start, finding.end))


def _of_claim(row: Mapping[str, Any], healed: Healed, new: Article, sentence: int, found: Sequence[Claim]) -> Finding:
    quote, (prefix, suffix) = healed.quote, context(new.text, healed.start, healed.end)
    if healed.state == "gone":
        quote, prefix, suffix = row["quote"], row["prefix"] or "", row["suffix"] or ""
    return Finding(
        healed.state,
        row["claim"],
        healed.start,
        healed.end,
        quote,
        prefix,
        suffix,
        sentence,
        healed.score,
        healed.was,
        healed.now,
        row["claim_id"],
        row["revision"],
        _read_there(healed, found) if healed.state == "reworded" else None,
    )


def _read_there(healed: Healed, found: Sequence[Claim]) -> Claim | None:
    """The engine's claim at a place: the one that shares most with it, if that is most of both."""

    def shared(claim: Claim) -> float:
        both = min(claim.end, healed.end) - max(claim.start, healed.start)
        return both / max(claim.end - claim.start, healed.end - healed.start, 1)

    best = max(found, key=shared, default=None)
    return best if best is not None and shared(best) > _COVERED else None


def _new(claim: Claim) -> Finding:
    place = claim.start, claim.end, claim.quote, claim.prefix, claim.suffix, claim.sentence_no
    return Finding("new", claim.claim, *place, 0.0, "", claim.quote, found=claim)


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order, those that touch made one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def _shared(claim: Claim, covered: Sequence[tuple[int, int]]) -> int:
    """How many characters of a claim's passage are covered."""
    at = max(bisect_right(covered, (claim.start, claim.start)) - 1, 0)
    shared = 0
    for start, end in covered[at:]:
        if start >= claim.end:
            break
        shared += max(min(end, claim.end) - max(start, claim.start), 0)
    return shared
