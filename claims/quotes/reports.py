"""Reports: every cue with the words it reports, found by quotation marks first and by the parse second."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from claims.grammar import Token
from claims.quotes.cues import Cue
from claims.quotes.direct import attribute, continues
from claims.quotes.indirect import reported
from claims.quotes.reading import Range, Reading
from claims.quotes.transcript import find_turns

_NOT_FINITE = frozenset({"VB", "VBG", "VBN"})


@dataclass(slots=True)
class Report:
    """One attribution: the tokens reported, the cue, the head of the speaker's noun phrase, and its passages."""

    ranges: list[Range]
    cue: Cue | None
    speaker: Token | None
    passages: list[int] = field(default_factory=list)


def find_reports(reading: Reading) -> list[Report]:
    """The reports of a text, in order of what they report."""
    spoken = _spoken(reading)
    cued = {report.cue.first for report in spoken if report.cue is not None}
    taken = {no for report in spoken for no in report.passages}
    told: list[Report] = []
    for cue in reading.cues:
        if cue.first in cued or not (ranges := reported(reading, cue)):
            continue
        passages = sorted({no for first, last in ranges for no in reading.quoted[first:last] if no >= 0})
        speaker = cue.speaker or _neighbour(reading, cue, ranges)
        is_anybody = speaker is None and not passages and not _is_finite(cue)
        if not is_anybody and taken.isdisjoint(passages):
            taken.update(passages)
            told.append(Report(ranges, cue, speaker, passages))
    turns = [Report([words], cue, cue.speaker) for cue, words in find_turns(reading)]
    outside = [report for report in spoken + told if not _is_within(report, turns)]
    return sorted(outside + turns, key=lambda report: report.ranges)


def _is_within(report: Report, turns: list[Report]) -> bool:
    """Whether a report is part of what a transcript's speaker says."""
    at = bisect_right(turns, report.ranges[0][0], key=lambda turn: turn.ranges[0][0]) - 1
    return at >= 0 and report.ranges[0][0] < turns[at].ranges[0][1]


def _spoken(reading: Reading) -> list[Report]:
    """The reports whose words are passages: those of one cue together, and those that go on in the same voice."""
    reports: dict[int, Report] = {}
    uncued: list[Report] = []
    voice: Report | None = None
    for no, span in enumerate(reading.ranges):
        found = attribute(reading, no)
        if found is not None:
            cue, speaker = found
            voice = reports.setdefault(cue.first, Report([], cue, speaker))
        elif voice is not None and continues(reading, no, voice.cue):
            if "\n" in reading.between(no - 1, no):
                voice = Report([], None, voice.speaker)
                uncued.append(voice)
        else:
            voice = None
            continue
        voice.ranges.append(span)
        voice.passages.append(no)
    for report in reports.values():
        _widen(reading, report)
    return [*reports.values(), *uncued]


def _widen(reading: Reading, report: Report) -> None:
    """Words of the reporter's sentence that a cue reports with its passage: It was “a shame,” the mayor said."""
    first, last = report.ranges[0]
    if report.cue is not None and last <= report.cue.first and not reading.begins_capital(report.passages[0]):
        start, _ = reading.gap_before(first)
        report.ranges[0] = (start, last)


def _is_finite(cue: Cue) -> bool:
    """Whether the cue is the verb of a clause: "said", "was announced", but not "to say" or "saying"."""
    helpers = [child for child in cue.head.lefts if child.dep_ in {"aux", "auxpass"} and child.lower_ != "to"]
    return cue.head.tag_ not in _NOT_FINITE or bool(helpers)


def _neighbour(reading: Reading, cue: Cue, ranges: list[Range]) -> Token | None:
    """The noun beside a cue whose speaker the parse lost: after it when the words reported stand before, else before it."""
    if cue.is_phrase or (cue.is_saying and ranges[0][0] < cue.first):
        return reading.noun_after(*reading.free_from(cue.last))
    return reading.noun_before(*reading.gap_before(cue.first)) if cue.head.tag_ not in _NOT_FINITE else None
