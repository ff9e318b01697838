"""Which cue a passage in quotation marks belongs to: the words after it, the words before it, the voice that goes on."""

from __future__ import annotations

from claims.grammar import Token
from claims.quotes.cues import DASHES, SAYING, Cue
from claims.quotes.reading import LIGHT, Range, Reading

_LONGEST_ASIDE = 200  # characters between two passages of one voice
_LONGEST_NAME = 9  # words

Attribution = tuple[Cue, Token | None]


def attribute(reading: Reading, no: int) -> Attribution | None:
    """The cue of passage ``no`` and the head of its speaker's noun phrase."""
    is_whole = is_sentence(reading, no)
    found = None
    if is_whole or reading.last_said(no) in ",?!":
        found = _after(reading, no)
    if found is None and is_whole:
        found = _before(reading, no)
    return found


def is_sentence(reading: Reading, no: int) -> bool:
    """Whether a passage begins a sentence, or follows its cue like one; words inside the reporter's sentence do not."""
    before = reading.before(no)
    if reading.begins_line(no) or reading.quoted[before] >= 0:
        return True
    token = reading.doc[before]
    if token.text in {".", "!", "?", ";", ":"}:
        return True
    return reading.begins_capital(no) and (
        token.text == "," or token.lower_ == "that" or token.lemma_.lower() in SAYING
    )


def continues(reading: Reading, no: int, cue: Cue | None) -> bool:
    """Whether passage ``no``, which has no cue of its own, goes on in the voice of the one before it, whose is ``cue``."""
    between = reading.between(no - 1, no)
    if reading.passages[no].single or len(between) > _LONGEST_ASIDE:
        return False
    is_inside = cue is not None and reading.ranges[no - 1][1] <= cue.first < reading.ranges[no][0]
    if is_inside and "\n" not in between and between.rstrip().endswith(","):
        return True
    if not reading.begins_capital(no) or reading.last_said(no) not in ".?!…,":
        return False
    return reading.begins_line(no) if "\n" in between else between.rstrip().endswith((".", ",", ";"))


def _after(reading: Reading, no: int) -> Attribution | None:
    """The cue that follows: "...," said the mayor; "...," the mayor of Dolin said."""
    if (signed := _signature(reading, no)) is not None:
        return signed
    start, end = reading.gap_after(no)
    said = reading.last_said(no)
    for cue in reading.cues_in(start, end)[:2]:
        lead = reading.doc[start : cue.first]
        if any(token.dep_ == "mark" for token in lead):
            return None  # "..., after he admitted that"
        if cue.is_phrase:
            return (cue, cue.speaker) if all(token.is_punct for token in lead) else None
        if not cue.is_saying or cue.head.tag_ == "VBG":
            continue
        if all(token.pos_ in LIGHT for token in lead):
            known = cue.speaker is not None and start <= cue.speaker.i < end
            speaker = cue.speaker if known else reading.noun_after(cue.last, end)
        else:
            known = cue.speaker is not None and start <= cue.speaker.i < cue.first
            speaker = cue.speaker if known else reading.noun_before(start, cue.first)
        leads_on = said == "." and reading.doc[end - 1].text == ":"
        is_tag = said == "," and cue.head.i == cue.first == start
        if speaker is not None and not leads_on and (is_tag or not _has_clause(cue, end)):
            return cue, speaker
    return None


def _before(reading: Reading, no: int) -> Attribution | None:
    """The cue that leads on: Korda tweeted: "...", or: The mayor said, "...", with the passage last."""
    opener = reading.before(no)
    if opener < 0 or (reading.begins_line(no) and reading.doc[opener].text != ":"):
        return None
    start, end = reading.gap_before(opener + 1)
    said = [cue for cue in reading.cues_in(start, end) if cue.is_saying]
    if not said:
        return _colon(reading, (start, end)) if reading.doc[opener].text == ":" else None
    cue = said[-1]
    is_near = (end == cue.last and not reading.is_title(no)) or reading.doc[opener].text == ":"
    if is_near or (reading.doc[opener].text == "," and not _has_clause(cue, end)):
        return cue, cue.speaker or reading.noun_before(start, cue.first)
    return None


def _colon(reading: Reading, gap: Range) -> Attribution | None:
    """A colon that stands for the verb, as in: Korda on the mill: "..."."""
    start, end = gap
    if end - 1 == start:
        return None
    root = reading.doc[start : end - 1].root
    subject = next((child for child in root.children if child.dep_ == "nsubj" and start <= child.i < end), None)
    speaker = subject or (root if root.pos_ == "PROPN" else None)
    return None if speaker is None else (Cue(end - 1, end, reading.doc[end - 1], speaker), speaker)


def _signature(reading: Reading, no: int) -> Attribution | None:
    """A name after a dash that ends the line: "..." - Korda."""
    doc, at = reading.doc, reading.ranges[no][1]
    while at < len(doc) and doc[at].is_space:
        at += 1
    if at + 1 >= len(doc) or doc[at].text not in DASHES or not doc[at + 1].text[0].isupper():
        return None
    end = at + 1
    while end < len(doc) and reading.is_free(end) and end - at < _LONGEST_NAME:
        end += 1
    if end < len(doc) and "\n" not in doc[end].text:
        return None
    speaker = doc[at + 1 : end].root
    return (Cue(at, at + 1, doc[at], speaker), speaker) if speaker.pos_ in {"PROPN", "NOUN"} else None


def _has_clause(cue: Cue, end: int) -> bool:
    """Whether the cue reports a clause of its own, between itself and token ``end``."""
    return any(child.dep_ == "ccomp" and cue.last <= child.i < end for child in cue.head.children)
