"""Who a speaker is: the full name behind "Korda", "the mayor", "he" and "it", where the text leaves no doubt."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claims.grammar import Token
from claims.paragraphs import find_paragraphs
from claims.quotes.cues import NAMING, WEAK, Cue, phrase_of
from claims.quotes.mentions import Mention, Mentions
from claims.quotes.reading import Range, Reading
from claims.quotes.reports import Report

#: Pronouns that stand for a speaker, and the form they are resolved as.
_PRONOUNS = {
    **dict.fromkeys(("he", "him", "his"), "he"),
    **dict.fromkeys(("she", "her"), "she"),
    **dict.fromkeys(("it", "its"), "it"),
    **dict.fromkeys(("they", "them", "their"), "they"),
}
_RELATIVE = frozenset({"who", "that", "which"})

#: Cues with which the last speaker goes on, whoever else was named; and those with which the other one answers.
_ADDING = frozenset("add conclude continue elaborate go reiterate sum".split())
_ANSWERING = frozenset("answer counter interrupt object reply respond retort".split())
_ASKING = frozenset({"ask", "inquire"})

#: Cues that need no speaker: "it" may be any thing that was named, "it refers to a bridge".
_SAID_OF_THINGS = (
    WEAK | NAMING | frozenset("answer encourage hint predict promise recall reveal signal suggest".split())
)

_MOST_TURNS = 12


@dataclass(frozen=True, slots=True)
class _Turn:
    """A report with a speaker: ``noun`` heads who speaks (for the "who" of a relative clause, whom that means)."""

    noun: Token
    cue: Cue | None
    ranges: list[Range]
    passages: list[int]

    @property
    def place(self) -> int:
        """The token at which somebody is reported to speak: the cue, or the words that go on without one."""
        return self.ranges[0][0] if self.cue is None else self.cue.first

    @property
    def end(self) -> int:
        """The last token of the report."""
        return max(self.ranges[-1][1] - 1, self.place)

    def holds(self, at: int) -> bool:
        """Whether token ``at`` is among the words reported."""
        return any(first <= at < last for first, last in self.ranges)


def name_speakers(reading: Reading, reports: Sequence[Report]) -> list[str | None]:
    """The speaker of each report as fully as the text is sure of it, else the words as written; None for nobody.

    A pronoun means who spoke last, where that one fits and nobody else who fits has come between; else the only one
    who fits, in its paragraph so far, or in that and the one before.
    """
    cast = _Cast(reading, reports)
    return [None if report.speaker is None else cast.name_of(report.speaker) for report in reports]


class _Cast:
    """The people and bodies of one text, and whom each pronoun that speaks means."""

    def __init__(self, reading: Reading, reports: Sequence[Report]) -> None:
        self._reading = reading
        self._doc = reading.doc
        self._quoted = reading.quoted
        self._starts = [start for start, _ in find_paragraphs(reading.text)]
        self._turns = sorted(
            (
                _Turn(_meant_by(report.speaker), report.cue, report.ranges, report.passages)
                for report in reports
                if report.speaker is not None
            ),
            key=lambda turn: turn.place,
        )
        self._hosts = _hosts(len(reading.doc), self._turns)
        self._learned: dict[str, str] = {}
        self._meant: dict[int, Mention] = {}
        spoken = {turn.noun.i for turn in self._turns if turn.noun.pos_ != "PRON"}
        self._mentions = Mentions(reading, spoken)
        for no, turn in enumerate(self._turns):
            self._resolve(no, turn)

    def name_of(self, speaker: Token) -> str:
        """The speaker's name as fully as the text is sure of it, else the words as written."""
        noun = _meant_by(speaker)
        meant = self._meant.get(noun.i)
        return self._mentions.written(noun) if meant is None else meant.name

    def _resolve(self, no: int, turn: _Turn) -> None:
        """Note whom the speaker of turn ``no`` means, and what pronoun has thereby been used of whom."""
        noun = turn.noun
        if noun.i in self._meant:
            return
        if noun.pos_ != "PRON":
            self._meant[noun.i] = self._mentions.headed_by(noun) or Mention(noun, self._mentions.full(noun), "unknown")
        elif (pronoun := _PRONOUNS.get(noun.lower_)) is not None and not _may_be_thing(turn, pronoun):
            meant = self._going_on(no, turn, pronoun) or self._only(turn, pronoun)
            if meant is not None:
                self._meant[noun.i] = meant
                if pronoun in {"he", "she"} and meant.kind == "person":
                    self._learned[meant.name] = pronoun

    def _fits(self, mention: Mention, pronoun: str) -> bool:
        """Whether a pronoun can mean somebody, by all that is known so far."""
        kind = self._learned.get(mention.name, mention.kind)
        if pronoun in {"he", "she"}:
            return kind in {pronoun, "person", "unknown"}
        return kind in ({"it", "paper", "unknown", "thing"} if pronoun == "it" else {"they", "it"})

    def _is_known(self, mention: Mention, pronoun: str) -> bool:
        """Whether "he" or "she" is known to fit somebody, by title, office, given name or earlier use."""
        return pronoun in {"he", "she"} and self._learned.get(mention.name, mention.kind) == pronoun

    def _going_on(self, no: int, turn: _Turn, pronoun: str) -> Mention | None:
        """The last speaker who fits, in this paragraph or the one before, if nobody else who fits has come between."""
        if turn.cue is None or turn.cue.lemma in _ANSWERING:
            return None
        is_adding = turn.cue.lemma in _ADDING
        hosts = self._hosts_of(turn.noun.i)
        for before in reversed(self._turns[max(0, no - _MOST_TURNS) : no]):
            if self._paragraph(turn.noun) - self._paragraph(self._doc[before.end]) > 1:
                return None
            if before.noun == turn.noun or not self._hosts_of(before.place) <= hosts:
                continue  # the same words, or somebody quoted by the one before
            meant = self._meant.get(before.noun.i)
            if meant is None and _PRONOUNS.get(before.noun.lower_) == pronoun:
                return None
            if meant is None or not self._fits(meant, pronoun):
                continue
            is_asked = not is_adding and before.cue is not None and before.cue.lemma in _ASKING
            own = self._named_in(turn)
            rivals = [
                rival
                for rival in self._between(before, turn, any_role=not is_adding)
                if self._fits(rival, pronoun) and rival.name not in {meant.name, *own}
            ]
            is_sure = all(self._is_outdone(rival, meant, pronoun) for rival in rivals)
            return meant if is_sure and not is_asked and meant.name not in own else None
        return None

    def _is_outdone(self, rival: Mention, other: Mention, pronoun: str) -> bool:
        """Whether a pronoun means ``other`` rather than ``rival``: it is known to fit only there, and the other acts."""
        return self._is_known(other, pronoun) and not self._is_known(rival, pronoun) and not rival.is_subject

    def _between(self, before: _Turn, turn: _Turn, *, any_role: bool) -> Iterator[Mention]:
        """The mentions after the speaker of ``before`` who could speak next: subjects, or with ``any_role`` all.

        Who is only spoken about does not count, unless as the subject of what was said before what is said without marks.
        Nor does before words in marks who is named beside the speaker: "Korda told Ilic ... “We left,” he said."
        """
        first, last = self._described(before)
        hosts = self._hosts_of(turn.noun.i)
        for mention in self._mentions.back_to(turn.noun.i, before.noun.idx):
            at = mention.token.i
            if first <= at < last or turn.holds(at):
                continue
            if not self._hosts_of(at) <= hosts:
                counts = any_role and mention.is_subject and not turn.passages
            else:
                is_apart = self._reading.sentence(at)[0] > before.place
                counts = mention.is_subject or (any_role and (is_apart or not turn.passages))
            if counts:
                yield mention

    def _described(self, turn: _Turn) -> Range:
        """The tokens that say who speaks, with all that describes him, up to the cue."""
        noun = turn.noun
        first, last = phrase_of(noun, self._quoted)
        end = max(last, noun.right_edge.i + 1)
        return first, end if turn.cue is None or turn.cue.first < noun.i else min(end, turn.cue.first)

    def _only(self, turn: _Turn, pronoun: str) -> Mention | None:
        """The only one that a pronoun can mean: in its paragraph so far, else in that and the one before."""
        own = self._named_in(turn)
        paragraph = self._paragraph(turn.noun)
        for first in (paragraph, paragraph - 1):
            start = self._starts[first] if first >= 0 else 0
            meant = [
                mention
                for mention in self._mentions.back_to(turn.noun.i, start)
                if self._fits(mention, pronoun) and mention.name not in own and not turn.holds(mention.token.i)
            ]
            if meant:
                best = next((one for one in meant if one.is_subject and self._is_known(one, pronoun)), meant[0])
                is_sure = best.kind not in {"unknown", "thing"} and (pronoun != "they" or best.kind == "they")
                is_one = all(one.name == best.name or self._is_outdone(one, best, pronoun) for one in meant)
                return best if is_sure and is_one else None
        return None

    def _named_in(self, turn: _Turn) -> set[str]:
        """The names in what is reported: nobody calls himself by his name."""
        return self._mentions.names_in(self._doc[at] for first, last in turn.ranges for at in range(first, last))

    def _paragraph(self, token: Token) -> int:
        return bisect_right(self._starts, token.idx) - 1

    def _hosts_of(self, at: int) -> set[int]:
        """The turns in whose words a token stands."""
        found: set[int] = set()
        host = self._hosts[at]
        while host >= 0 and host not in found:
            found.add(host)
            host = self._hosts[self._turns[host].place]
        return found


def _meant_by(speaker: Token) -> Token:
    """Who speaks; for the "who" of a relative clause, whom that means."""
    is_relative = speaker.lower_ in _RELATIVE and speaker.head.dep_ == "relcl"
    return speaker.head.head if is_relative else speaker


def _may_be_thing(turn: _Turn, pronoun: str) -> bool:
    """Whether "it" or "they" need not speak: "it refers to a bridge", "it is wrong to say that", "it read"."""
    if pronoun not in {"it", "they"} or turn.cue is None or turn.cue.lemma in _ADDING:
        return False
    verb = turn.cue.head
    does = turn.noun.head in {verb, verb.head} and (turn.noun.head == verb or verb.dep_ in {"conj", "prep", "pobj"})
    is_weak = turn.cue.lemma in _SAID_OF_THINGS and not turn.passages
    return not (does or turn.cue.is_phrase or verb.pos_ == "NOUN") or is_weak or turn.cue.lemma == "read"


def _hosts(length: int, turns: Sequence[_Turn]) -> list[int]:
    """For each token the innermost turn in whose words it stands, or -1."""
    hosts = [-1] * length
    for no in sorted(range(len(turns)), key=lambda no: (turns[no].ranges[0][0], -turns[no].ranges[-1][1])):
        for first, last in turns[no].ranges:
            hosts[first:last] = [no] * (last - first)
    return hosts
