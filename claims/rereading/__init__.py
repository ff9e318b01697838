"""Two versions of an article compared: what became of each claim's passage, and which claims are new."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

from claims.anchoring import Anchor, Healed, State, context, heal
from claims.anchoring.wording import likeness
from claims.article import Article
from claims.claim import Claim, find_claims
from claims.evidence.folding import fold
from claims.rereading.heard import Heard, heard_otherwise, newly_denied, said_otherwise
from claims.rereading.notices import Notice, is_retold, new_notices

# What a new version takes over: whoever corrected it knows more than the page. Its headline and its day it may have anew.
_KNOWN = ("byline", "publisher", "url")
# How much of a claim found in the new text other claims cover, before it is none that is new.
_COVERED = 0.5


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of one claim, or a claim that is new.

    ``start``, ``end``, ``quote``, ``prefix``, ``suffix`` and ``sentence_no`` are its anchor in the new text; of one that is gone
    the quote and its context stay as they were, and it stands from ``start`` to ``start``. ``score``, ``was`` and ``now`` are as
    :class:`~claims.anchoring.Healed` has them; where the same words are heard otherwise, such as from another speaker, ``told``
    says so and the claim is reworded, too. ``again`` are words that were judged before and then changed. ``found`` is what the
    engine reads there now: of a new claim itself, of a reworded one what it may be worded by. ``revision`` is the one at which the
    claim was compared; a new one has none and no name.
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
    told: str = ""
    again: bool = False

    @property
    def is_changed(self) -> bool:
        """Whether the article says something else than before: a verdict on it wants a new look."""
        return self.state in {"reworded", "gone"}


def next_version(known: Article, read: Article) -> Article:
    """What was just read, as a version of an article that is known: what the desk knows of that stays as it is.

    Its headline and its day of publication are the new ones, where it gives any.

    >>> known = Article("Two vans waited.", title="Vans", publisher="The Courier")
    >>> version = next_version(known, Article("Three vans waited.", publisher="courier.example"))
    >>> version.title, version.publisher
    ('Vans', 'The Courier')
    """
    version = replace(read, title=read.title or known.title, **{name: getattr(known, name) for name in _KNOWN})
    if read.published is None:
        return replace(version, published=known.published, published_from=known.published_from)
    return version


def compare_versions(
    old: Article, claims: Iterable[Mapping[str, Any]], new: Article, found: Sequence[Claim] | None = None
) -> list[Finding]:
    """What became of the claims of ``old`` in ``new``, in the order in which they stand there, those that are new among them.

    ``claims`` are rows by column name: ``claim_id``, ``claim``, ``start``, ``end``, ``quote``, ``prefix``, ``suffix``,
    ``revision``; dropped ones too, so that none of them is found anew. ``found`` is :func:`~claims.find_claims` of ``new``,
    where that is there already. A claim of it is new unless half of its passage or more has a claim, or it is what a new notice
    of a correction says that the earlier text said. Words that are denied there now, or that a new notice is about, are reworded.

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
    heard = Heard(new, old.published)
    healed = heal(old, anchors, new)
    reading = _Reading(found, old, new)
    begins = [sentence.start for sentence in heard.sentences]
    findings = [
        _of_claim(row, each, new, max(bisect_right(begins, each.start), 1), reading)
        for row, each in zip(rows, healed, strict=True)
    ]
    notices = new_notices(old.text, new.text)
    if old.text != new.text and findings:
        before = Heard(old, old.published)
        findings = [
            _noticed(_heard(finding, anchor, before, heard, reading), anchor, before, heard, notices, reading)
            for finding, anchor in zip(findings, anchors, strict=True)
        ]
    covered = _joined((each.start, each.end) for each in healed)
    findings += [
        _new(claim)
        for claim in found
        if _shared(claim, covered) < _COVERED * (claim.end - claim.start)
        and not is_retold(claim.speaker, claim.start, notices)
    ]
    return sorted(findings, key=lambda finding: (finding.start, finding.end))


class _Reading:
    """What the engine reads in the new text; by the day of the new version, and what stood there before by that of the old."""

    def __init__(self, found: Sequence[Claim], old: Article, new: Article) -> None:
        self._found, self._old, self._new = found, old, new

    def there(self, start: int, end: int, was: str) -> Claim | None:
        """The engine's claim at a place: the one that shares most with it, if that is most of both."""
        claim = _best(self._found, start, end)
        if claim is None or self._old.published == self._new.published or claim.date_text not in was:
            return claim
        return _best(self._as_before, start, end)

    @cached_property
    def _as_before(self) -> list[Claim]:
        return find_claims(replace(self._new, published=self._old.published))


def _best(found: Iterable[Claim], start: int, end: int) -> Claim | None:
    def shared(claim: Claim) -> float:
        both = min(claim.end, end) - max(claim.start, start)
        return both / max(claim.end - claim.start, end - start, 1)

    best = max(found, key=shared, default=None)
    return best if best is not None and shared(best) > _COVERED else None


def _of_claim(row: Mapping[str, Any], healed: Healed, new: Article, sentence: int, reading: _Reading) -> Finding:
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
        reading.there(healed.start, healed.end, healed.was) if healed.state == "reworded" else None,
    )


def _heard(finding: Finding, anchor: Anchor, old: Heard, new: Heard, reading: _Reading) -> Finding:
    """The same finding, or a claim reworded, where its words are heard otherwise: as another's, or of another day."""
    before, after = (anchor.start, anchor.end), (finding.start, finding.end)
    if finding.state == "gone" or old.text[slice(*before)] != anchor.quote:
        return finding
    if finding.state == "reworded":
        return replace(finding, told=" ".join(said_otherwise(old, before, new, after)))
    if fold(anchor.quote).words != fold(finding.quote).words:
        return finding  # in capitals: the engine does not hear those as it hears the same words in small letters
    told = heard_otherwise(old, before, new, after)
    if not told:
        return finding
    was, now = old.sentence(before), new.sentence(after)
    claim = reading.there(*after, was)
    return replace(finding, state="reworded", told=told, was=was, now=now, score=likeness(was, now), found=claim)


def _noticed(
    finding: Finding, anchor: Anchor, old: Heard, new: Heard, notices: Sequence[Notice], reading: _Reading
) -> Finding:
    """The same finding, or a claim reworded, where the article takes it back now: by a denial or by a notice of a correction."""
    before, after = (anchor.start, anchor.end), (finding.start, finding.end)
    if finding.state == "gone" or old.text[slice(*before)] != anchor.quote:
        return finding
    denial = newly_denied(old, before, new, after)
    about = [
        each.words
        for each in notices
        if not each.start <= finding.start < each.end and each.is_about(f"{anchor.quote} {finding.quote}")
    ]
    told = [f"It is denied there now: “{denial}”."] if denial and denial not in finding.told else []
    told += [f"The article has a notice now: “{words}”." for words in about]
    if not told:
        return finding
    told = [each.replace(".”.", ".”") for each in told]
    if finding.state == "reworded":
        return replace(finding, told=" ".join(filter(None, [finding.told, *told])))
    was, now = (
        old.sentence(before),
        " ".join(dict.fromkeys([new.sentence(after), *([denial] if denial else []), *about])),
    )
    claim = reading.there(*after, was)
    return replace(
        finding, state="reworded", told=" ".join(told), was=was, now=now, score=likeness(was, now), found=claim
    )


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
