"""Dates written out: "on Wednesday" → "on Wednesday, 9 October 2019"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from claims.statements.tree import Word

if TYPE_CHECKING:
    from claims.dates import Date

_DEICTIC = frozenset(["today", "yesterday", "tomorrow"])
_WEEKDAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues?|wed|thu(?:rs)?|fri|sat|sun"
_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_WEEKDAY = re.compile(rf"\b(?:{_WEEKDAYS})\b", re.IGNORECASE)
_NAMES_DAY = re.compile(rf"\b(?:{_WEEKDAYS}|to(?:day|night|morrow)|yesterday|this|last)\b", re.IGNORECASE)
# A month and a day of it, without a year: "Oct. 9", "October 9th", "9 October"
_DAY_OF_MONTH = re.compile(r"[A-Z][a-z]{2,8}\.? \d{1,2}(?:st|nd|rd|th)?|\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]{2,8}\.?")
# "January", "the end of January"; but not "last January", which needs no year beside it but an explanation
_MONTH = re.compile(rf"(?:.*\bof )?(?:{_MONTHS})", re.IGNORECASE | re.DOTALL)
_SPANNING = frozenset("-/\N{EN DASH}\N{EM DASH}")
_YEAR = re.compile(r"\d{4}")


def written_out(words: Sequence[Word], dates: Iterable[Date]) -> dict[int, str]:
    """Other words for the words of ``words`` that name a day, month or year without saying which."""
    found: dict[int, str] = {}
    for when in dates:
        inside = [word for word in words if when.start <= word.start and word.end <= when.end]
        if not inside or when.first is None or when.last is None or _YEAR.search(when.text):
            continue
        last = inside[-1]
        if when.kind == "TIME" and not _NAMES_DAY.search(when.text):
            continue  # "at noon": the day is a guess
        runs_on = any(word.i == last.i + 1 and not last.gap and word.text[0] in _SPANNING for word in words)
        if runs_on or any(child.tag == "POS" for child in last.children):
            continue  # "today's", "June 6-10"
        if when.text.lower() in _DEICTIC:
            if when.first == when.last:
                found[last.i] = f"on {_day(when.first)}"
        elif added := _addition(when.text, when.first, when.last):
            found[last.i] = last.text + added
    return found


def _addition(text: str, first: date, last: date) -> str:
    """What to put behind a date's words so that they can be read in any year, "" for nothing."""
    if first == last:
        if _WEEKDAY.search(text):
            return f", {_day(first)}"
        if _DAY_OF_MONTH.fullmatch(text):
            return f" {first.year}" if text[0].isdigit() else f", {first.year}"
        return f" ({_day(first)})"
    after = last + timedelta(days=1)
    if first.day == after.day == 1 and after - first <= timedelta(days=31):
        return f" {first.year}" if _MONTH.fullmatch(text) else f" ({first:%B %Y})"
    if first.year == last.year and (first.month, first.day, after.month, after.day) == (1, 1, 1, 1):
        return f" ({first.year})"
    return ""


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
