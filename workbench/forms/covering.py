"""What became of each sentence of an article: surveyed once, settled with the claims of now; and claims made of what was missed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

import streamlit as st

import claims
from claims import Article, Query, Store
from claims.errors import StoreError
from claims.table import plain_rows
from workbench import desk
from workbench.nouns import count_words
from workbench.shown import escape

if TYPE_CHECKING:
    from claims.coverage import Covered

#: What is shown beside all of them, before the natures.
ALL, MISSED = "all", "missed"


@dataclass(frozen=True, slots=True)
class Word:
    """What a nature is called: of one sentence, with a sign that goes with it, and of several in the filter."""

    one: str
    sign: str
    several: str


#: Each nature of a sentence in words; its colour has the nature's own name in style.css.
WORDS: dict[str, Word] = {
    "claim": Word("Claim", "●", "Claims"),
    "opinion": Word("Opinion", "◆", "Opinions"),
    "prediction": Word("Prediction", "▶", "Predictions"),
    "question": Word("Question", "?", "Questions"),
    "furniture": Word("Furniture", "▤", "Furniture"),
    "none": Word("Something else", "–", "Something else"),
}


def take(store: Store, article: Article) -> list[Covered]:
    """Every sentence of the article with the claims that stand on it now; settled anew when something was written."""
    return _settled(store, str(store.place), store.latest_event_seq(), article)


@st.cache_data(max_entries=16, show_spinner=False, hash_funcs={Article: repr})  # a text may have half characters
def _settled(_store: Store, place: str, newest: int, article: Article) -> list[Covered]:  # noqa: ARG001 - told apart by them
    return list(_coverage().settle(article, _survey(article), _standing(_store, article)))


def _coverage() -> Any:
    """The engine's part, loaded once the parser is: it takes a second, which no other screen should wait for."""
    desk.wait_for_engine()
    return import_module("claims.coverage")


@st.cache_data(max_entries=16, show_spinner="Reading each sentence …", hash_funcs={Article: repr})
def _survey(article: Article) -> list[Covered]:
    return list(_coverage().survey(article))


def _standing(store: Store, article: Article) -> list[dict[str, Any]]:
    """The article's claims that are not dropped."""
    return plain_rows(store.table(Query(article_id=article.article_id, sort="article")))


def choices(covered: Sequence[Covered]) -> dict[str, str]:
    """What can be shown, each with how many sentences that would be; of natures, those that there are."""
    counted = _coverage().tally(covered)
    missed = sum(each.missed for each in covered)
    natures = {nature: f"{WORDS[nature].several} {number:,}" for nature, number in counted.items() if number}
    return {ALL: f"All {len(covered):,}", MISSED: f"Perhaps missed {missed:,}", **natures}


def chosen(covered: Sequence[Covered], choice: str) -> list[Covered]:
    """The sentences that are to be shown."""
    return [each for each in covered if choice == ALL or (each.missed if choice == MISSED else each.nature == choice)]


def lead(covered: Sequence[Covered]) -> str:
    """The whole of it in a sentence.

    >>> lead([])
    'No sentence stands in this article.'
    """
    if not covered:
        return "No sentence stands in this article."
    held, missed = sum(bool(each.claim_ids) for each in covered), sum(each.missed for each in covered)
    said = "none is perhaps missed" if not missed else f"{missed:,} {'is' if missed == 1 else 'are'} perhaps missed"
    has = "has a claim" if held == 1 else "have a claim"
    return f"Of {count_words(len(covered), 'sentence')}, {held:,} {has} and {said}."


def strip_html(covered: Sequence[Covered]) -> str:
    """The article as a strip, a stretch for each run of sentences of one nature; what is perhaps missed stands out.

    It repeats what the list says, so that a screen reader passes it over.
    """
    runs: list[tuple[str, int]] = []
    for each in covered:
        name = f"is-{each.nature}{' missed' if each.missed else ''}"
        if runs and runs[-1][0] == name:
            runs[-1] = (name, runs[-1][1] + 1)
        else:
            runs.append((name, 1))
    drawn = "".join(f'<i class="{name}" style="flex-grow:{length}"></i>' for name, length in runs)
    return f'<div class="coverage-strip" aria-hidden="true">{drawn}</div>'


def sentence_html(each: Covered) -> str:
    """One sentence: its number, its words, what it is and why."""
    word = WORDS[each.nature]
    missed = '<b class="missed">Perhaps missed</b> ' if each.missed else ""
    return (
        f'<div class="sentence is-{each.nature}"><span class="no">{each.no}</span>'
        f'<p>{escape(each.text)}</p><div class="nature">{missed}<b>{word.sign} {word.one}</b> {escape(each.reason)}</div></div>'
    )


def make_claim(store: Store, article: Article, each: Covered) -> None:
    """Put a sentence in the table as a claim, as whoever adds one from its passage does."""
    desk.act(lambda: _add(store, article, each), "Claim added; Undo takes it out again")


def _add(store: Store, article: Article, each: Covered) -> str:
    """The new claim's name. One that was dropped at this very passage stays as it is; one that stands there is not doubled."""
    span = each.start, each.end
    if any((row["start"], row["end"]) == span for row in _standing(store, article)):
        raise StoreError("This sentence is in the table as a claim already.", "Open it on the desk and edit it there.")
    nth = store.claims_at(article.article_id, *span)
    return store.add_claim(claims.claim_at(article, *span, nth=nth), article.sha256, actor=desk.person())
