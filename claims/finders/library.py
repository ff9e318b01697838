"""The desk's own library: claims that it has checked before, and the sources and documents that it has kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any

from claims.errors import ReadingError
from claims.finders.asking import Ask
from claims.finders.candidate import Candidate
from claims.finders.finder import MOST
from claims.finders.question import Question
from claims.matching import assertion_of, contradiction, repeat
from claims.matching.comparing import comparable
from claims.status import OPEN, awaiting
from claims.store import Query, Store, StoredSource
from claims.store.searching import words_of

NAME = "library"

#: Words of a question that are looked up, the rarest, and claims that are looked at for each pair of them.
_RAREST, _EACH = 6, 20

#: Claims whose sources are looked through, and characters of a document around the words.
_SOURCED, _AROUND = 40, 280

#: Statuses in which a claim's verdict is no one's to tell: it has none, or it was taken back.
_UNTOLD = {*OPEN, "dropped", "void", "disputed"}

Row = Mapping[str, Any]


def find(question: Question, _: Ask, store: Store) -> list[Candidate]:
    """Past claims with their verdicts, those that share most words first; then the sources that stand on such claims.

    A verdict that waits for its second reading is kept back, whoever asks.
    """
    hidden = _UNTOLD | set(awaiting(read_twice=store.rules().second_reading))
    near = _near(store, question)
    past = [_past(question, row) for row in near if row["verdict"] and row["status"] not in hidden]
    sourced = [row["claim_id"] for row in near if row["n_sources"]][:_SOURCED]
    kept = (source for claim_id in sourced for source in store.sources(claim_id))
    return [*past[:MOST], *_documents(store, question, kept)]


def _near(store: Store, question: Question) -> list[Row]:
    """Claims that share words with the question, its own claim left out: those with all of them, then with pairs of the rarest."""
    counted = {word: store.count(Query(text=word, reader="")) for word in words_of(question.words)}
    known = sorted((word for word, count in counted.items() if count), key=lambda word: (counted[word], word))
    asked = [" ".join(known), *(" ".join(pair) for pair in combinations(known[:_RAREST], 2))] if known else []
    rows: dict[str, Row] = {}
    shared: Counter[str] = Counter()
    for text in dict.fromkeys(asked):
        rows |= {found["claim_id"]: found for found in store.rows(Query(text=text, reader=""), limit=_EACH)}
    rows.pop(question.claim_id, None)
    for claim_id, row in rows.items():
        said = set(words_of(row["claim"], row["quote"], row["speaker"], row["article_title"]))
        shared[claim_id] = sum(word in said for word in known)
    return [rows[claim_id] for claim_id, _ in shared.most_common()]


def _past(question: Question, row: Row) -> Candidate:
    checked = row["checked_at"]
    return Candidate(
        NAME,
        "past claim",
        row["claim"],
        publisher=row["article_title"] or "",
        published=row["published"],
        excerpt=row["rationale"] or "",
        verdict=row["verdict"],
        verdict_by=row["decided_by"] or row["checker"] or "",
        verdict_on=row["verdict_as_of"] or (checked.date() if checked else None),
        claim_id=row["claim_id"],
        difference=difference(question.row, row) if question.row else "",
    )


def difference(row: Row, past: Row) -> str:
    """What sets a past claim apart from the claim in hand, in words; where matching finds a repeat or a clash, that.

    >>> row = {"claim_id": "a", "claim": "785 detainees fled the Korda camp.", "speaker": "Jana Ilic"}
    >>> difference(row, {"claim_id": "b", "claim": "About 100 inmates escaped from the Korda camp.", "speaker": "Jana Ilic"})
    'same speaker, other figure (About 100, here 785)'
    >>> difference(row, {"claim_id": "c", "claim": "Nearly 800 inmates escaped from the Korda camp.", "speaker": "Marusa"})
    'other speaker, figure that fits (Nearly 800, here 785)'
    """
    one, other = assertion_of(row), assertion_of(past)
    said = [_alike("speaker", row.get("speaker"), past.get("speaker"))]
    if amounts := comparable(one, other):
        mine, yours = amounts
        same = "same figure" if mine.text == yours.text else "figure that fits" if mine.fits(yours) else "other figure"
        said.append(same if mine.text == yours.text else f"{same} ({yours.text}, here {mine.text})")
    said.append(_alike("date", row.get("date_first"), past.get("date_first")))
    if repeat(one, other):
        said.append("the same claim in other words")
    elif (clash := contradiction(one, other)) and clash.kind not in {"figure", "share"}:
        said.append(f"cannot both hold, by their {clash.kind}")
    return ", ".join(part for part in said if part)


def _alike(what: str, mine: object, yours: object) -> str:
    if not mine or not yours:
        return ""
    return f"same {what}" if str(mine).casefold() == str(yours).casefold() else f"other {what}"


def _documents(store: Store, question: Question, kept: Iterable[StoredSource]) -> list[Candidate]:
    """The sources that stand on such claims and share a word with the question, each once; those kept whole with the passage."""
    asked = words_of(question.words)
    found: dict[str, tuple[int, Candidate]] = {}
    for each in kept:
        source = each.source
        text = _text(store, source.snapshot)
        known = set(words_of(source.title, source.publisher, source.quoted, text))
        shared = sum(word in known for word in asked)
        name = source.location or source.title
        if not shared or (name in found and found[name][0] >= shared):
            continue
        candidate = Candidate(
            NAME,
            "document" if source.snapshot else "page",
            source.title or source.location,
            source.location if source.is_web else "",
            source.publisher,
            source.published,
            source.quoted or passage(text, asked),
            snapshot=source.snapshot,
        )
        found[name] = (shared, candidate)
    ranked = sorted(found.values(), key=lambda each: -each[0])
    return [candidate for _, candidate in ranked[:MOST]]


def _text(store: Store, sha256: str) -> str:
    """The text of a document that was kept; empty where it has none, as a picture."""
    if not sha256:
        return ""
    try:
        return store.snapshot_text(sha256)
    except ReadingError:
        return ""


def passage(text: str, asked: Iterable[str]) -> str:
    r"""The stretch of a text that says most of these words; its beginning where it says none.

    >>> passage("It rained all week.\n\nIn Korda, 785 detainees fled.", ["785", "korda"])
    'In Korda, 785 detainees fled.'
    """
    wanted = set(asked)
    paragraphs = [paragraph.strip() for paragraph in text.split("\n\n") if paragraph.strip()]
    best = max(paragraphs, key=lambda paragraph: len(wanted & set(words_of(paragraph))), default="")
    return best[:_AROUND]
