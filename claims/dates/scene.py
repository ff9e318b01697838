"""What a time expression is read against: the day of publication, the dates already read, the tense around it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from claims.dates.periods import Period, a_day

Tense = Literal["past", "future", "unknown"]

# How far (characters) a verb is looked for, to the left and to the right, inside the sentence.
_LEFT, _RIGHT = 160, 90

#: From fine to coarse.
GRAINS = ("day", "weekend", "week", "fortnight", "month", "season", "quarter", "half", "year", "decade", "century")

_SENTENCE_END = re.compile(
    r"""# a full stop that ends no initial, title, month or "p.m."
        (?: (?<![A-Z])(?<!\.m)
            (?<!\bJan|\bFeb|\bMar|\bApr|\bJun|\bJul|\bAug|\bOct|\bNov|\bDec|\bMrs)(?<!\bMr|\bMs|\bDr|\bSt)(?<!\bSept)\.
          | [!?] )["”’)]{0,3}\s{1,3}(?=[A-Z“"0-9])
      | \n(?=\s|[A-Z“"]) | [;:]\s""",
    re.VERBOSE,
)

_VERB = re.compile(
    r"""\b(?:
    (?P<future>
        # will be held, 'll go, is going to open: the verb behind is part of it
        (?:will|shall|won['’]t|['’]ll|would)(?:\s+(?:not|also|be|have|been|then|\w+ly)\b)*(?:\s+\w+)?
        # is to meet, are due to vote, is expected to be released
      | (?:is|are|was|were|be|been)\s+(?:\w+ly\s+)?
            (?:to|due|expected|scheduled|set|slated|likely|supposed|poised|going|planned|about|forecast|predicted)(?:\s+(?:to|for))?
            (?:\s+be)?(?:\s+\w+)?
      | (?:expected|scheduled|set|slated|due|likely|planned|planning|hoping|aiming)\s+(?:to|for|on|in|by)\b
            (?:\s+be)?(?:\s+\w+)?
        # plans to sell, hopes to finish
      | (?:plan|expect|hope|intend|aim|want|need|agree|promise|vow|prepare|pledge|threaten)(?:s|d|ed|ing|ning)?\s+to\b
            (?:\s+be)?(?:\s+\w+)?
      | (?:upcoming|forthcoming|deadline|payable|redeemable|no\s+later\s+than)\b
      | (?:can|could|(?-i:may)|might|must|should)\b(?:\s+be)?(?:\s+\w+)?
      | to\s+(?:be\s+held|begin|start|open|take\s+place)
        # the vote is on Wednesday, talks begin Monday, he arrives Friday
      | (?:beginning|starting|effective|begins?|starts?|opens|ends|takes?\s+place|arrives?|meets?|expires?|resumes?|goes|votes?|kicks?\s+off
            |gets?\s+under\s+way|closes?|convenes?|departs?|concludes?)
            (?=\s+(?:(?:on|in|at)\s)?(?-i:[A-Z0-9]|early|late|mid|noon|midnight|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b))
        # hosts Korda Sunday, reports its results on Friday
      | (?:hosts|plays|faces|visits|travels|returns|reports|releases|publishes|addresses|speaks|testifies|holds|leaves
            |decides|debates|marks|auctions|flies|heads)
            (?=(?:\s+[^\W\d]\w*){0,4}?\s+(?:on\s+)?(?-i:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|at\s[1-9]|tomorrow|next\s))
        # is meeting, are leaving: of things arranged
      | (?:is|are|am)\s+(?:\w+ly\s+)?(?:meeting|leaving|coming|arriving|flying|heading|travell?ing|returning|opening
            |starting|beginning|holding|hosting|visiting|playing|facing|launching|retiring)
    )
    | (?P<past>
        (?:was|were|had|did|has|have|said|told|made|took|came|went|got|gave|saw|held|met|won|lost|fell|rose|grew|led
          |left|began|became|found|sold|bought|paid|sent|kept|put|shot|hit|cut|set|ran|wrote|spoke|stood|brought|built
          |broke|chose|died|drew|fled|flew|knew|rode|sank|sat|sought|stole|swore|taught|threw|woke|wore|thought|felt
          |heard|read|quit|spent|shut|struck|dropped|launched)(?:\s+(?:been|not|also|\w+ly))?
      | \w{2,}ed
    )
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
# Without any verb, "by Wednesday" and "until Wednesday" are spoken of what is to come.
_DEADLINE = re.compile(r"\b(?:until|till|by)\s+$", re.IGNORECASE)
# Words in -ed that are no verb of the past.
_NOT_VERBS = frozenset(
    ("need", "speed", "indeed", "hundred", "united", "feed", "seed", "exceed", "proceed", "succeed", "breed", "limited")
)


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb, or words like "due to", that tell the tense around them."""

    start: int
    end: int
    tense: Tense


def _verbs(text: str, first: int, last: int) -> list[Verb]:
    """The verbs of one sentence, from left to right."""
    return [
        Verb(*match.span(), "future" if match["future"] else "past")
        for match in _VERB.finditer(text, first, last)
        if match[0].lower() not in _NOT_VERBS
    ]


@dataclass(slots=True)
class Scene:
    """One text while it is read from its beginning to its end."""

    text: str
    published: date | None
    #: The last date that was read with certainty, and where it ended.
    focus: Period | None = None
    focus_end: int = -1
    #: The last one of each grain: "the quarter" means the last quarter spoken of.
    spoken_of: dict[str, Period] = field(default_factory=dict)
    #: The last month and day that were read together, so that "to 13" can follow.
    month_of_day: tuple[int, int] | None = None
    #: Where the last reading ended.
    last_end: int = 0
    #: Where sentences begin, and the verbs of the sentence at hand; found when they are first asked for.
    bounds: list[int] | None = None
    verbs: dict[int, list[Verb]] = field(default_factory=dict)

    @property
    def today(self) -> Period | None:
        """The day of publication, if it is known."""
        return a_day(self.published) if self.published else None

    def base(self, unit: str) -> Period | None:
        """What "the following ``unit``" counts from: the date in focus unless it is too coarse, else publication."""
        focus = self.focus
        if focus and GRAINS.index(focus.grain) <= GRAINS.index(unit):
            return focus
        return self.today

    def stepped(self, base: Period, count: float, unit: str) -> Period | None:
        """``count`` units on from ``base``; a year from a quarter is that quarter of another year."""
        if unit == "year" and base.grain in {"quarter", "half", "season"}:
            return base.a_step(count, unit)
        return base.step(count, unit)

    def before(self, start: int, width: int = 24) -> str:
        """The few characters to the left of ``start``."""
        return self.text[max(start - width, 0) : start]

    def after(self, end: int, width: int = 24) -> str:
        """The few characters to the right of ``end``."""
        return self.text[end : end + width]

    def sentence(self, start: int) -> tuple[int, int]:
        """Where the sentence around ``start`` begins and ends; semicolons and colons divide it as well."""
        if self.bounds is None:
            self.bounds = [0, *(match.end() for match in _SENTENCE_END.finditer(self.text)), len(self.text)]
        after = min(max(bisect_right(self.bounds, start), 1), len(self.bounds) - 1)
        return self.bounds[after - 1], self.bounds[after]

    def same_sentence(self, start: int, end: int) -> bool:
        """Whether both places stand in one sentence and not far apart."""
        return end - start < _LEFT and self.sentence(start) == self.sentence(end)

    def tense(self, start: int, end: int) -> Tense:
        """The tense of the verb nearest to ``text[start:end]`` in its sentence; a verb to the left is preferred."""
        first, last = self.sentence(start)
        if first not in self.verbs:
            # only the sentence at hand is kept: readings go from left to right
            self.verbs = {first: _verbs(self.text, first, last)}
        verbs = self.verbs[first]
        place = bisect_left(verbs, start, key=lambda verb: verb.start)
        left = verbs[place - 1] if place else None
        right = next((verb for verb in verbs[place : place + 5] if verb.start >= end), None)
        left_gap = max(start - left.end, 0) if left else _LEFT
        # to the right the subject still stands between, so a verb there must be a good deal nearer
        right_gap = 2 * (right.start - end) + 20 if right else 2 * _RIGHT
        if left and left_gap < _LEFT and left_gap <= right_gap:
            return left.tense
        if right and right.start - end < _RIGHT:
            return right.tense
        return "future" if _DEADLINE.search(self.before(start)) else "unknown"

    def remember(self, period: Period, end: int) -> None:
        """Put a date in focus."""
        self.focus, self.focus_end = period, end
        self.spoken_of[period.grain] = period
