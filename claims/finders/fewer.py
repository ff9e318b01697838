"""Asking once more with fewer words, where a service wants every word to be there and so finds nothing by many."""

from __future__ import annotations

from collections.abc import Iterator

from claims.finders.asking import Ask
from claims.finders.candidate import Candidate
from claims.finders.finder import Find
from claims.finders.question import SIZES, Question, is_when
from claims.finders.told import Remark, Told

#: Words that are asked for again at most; and at least, where a name is among them, and where none is.
_MOST, _NAMED, _UNNAMED = 5, 2, 3


def or_fewer(find: Find) -> Find:
    """A finder that asks once more by the rarest words, and says so, where the whole question finds nothing.

    >>> def one_of_korda(question, ask):
    ...     return [Candidate("atlas", "page", "Korda")] if question.words == "785 Korda" else []
    >>> [remark, found] = or_fewer(one_of_korda)(Question("785 detainees fled Korda camp"), None)
    >>> remark.words
    'Nothing for “785 detainees fled Korda camp”; asked again with “785 Korda”.'
    """

    def found(question: Question, ask: Ask) -> Iterator[Told]:
        nothing = True
        for piece in find(question, ask):
            nothing = nothing and not isinstance(piece, Candidate)
            yield piece
        words = rarest(question.words)
        if nothing and words:
            yield Remark(f"Nothing for “{question.words}”; asked again with “{words}”.")
            yield from find(Question(words, question.row), ask)

    return found


def rarest(words: str) -> str:
    """The names and figures among some words, but no month and no year; the longest of the others, where those are too few.

    >>> rarest("Jana Ilic 785 detainees fled Korda camp October 2019"), rarest("budget Korda €40 million last spring")
    ('Jana Ilic 785 Korda', 'Korda €40 million')
    >>> rarest("price of bread rose 3 percent"), rarest("agency moved Korda 2019")
    ('price 3 percent', 'agency Korda')

    Empty where there are no fewer words to ask by:

    >>> rarest("Korda camp"), rarest("Korda"), rarest("price of bread")
    ('', '', '')
    """
    every = words.split()
    telling = [at for at, word in enumerate(every) if not is_when(word)]
    kept = [at for at in telling if _is_figure(every[at]) or every[at][:1].isupper() or _is_size(every, at)][:_MOST]
    least = _NAMED if any(not _is_figure(every[at]) and not _is_size(every, at) for at in kept) else _UNNAMED
    others = sorted((at for at in telling if at not in kept), key=lambda at: -len(every[at]))
    kept = sorted([*kept, *others[: max(0, least - len(kept))]])
    return " ".join(every[at] for at in kept) if len(kept) < len(every) else ""


def _is_figure(word: str) -> bool:
    return any(sign.isdigit() for sign in word)


def _is_size(words: list[str], at: int) -> bool:
    """Whether a word says how many its figure means: "million" after "40"."""
    return at > 0 and words[at] in SIZES and _is_figure(words[at - 1])
