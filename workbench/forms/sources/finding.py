"""Find evidence: the words to search by, shown and changed; what each finder found; and the way of a find into the form.

A search runs in threads of its own while the person goes on; nothing that it finds is kept by itself, and no verdict is given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from claims import Store
from claims.finders import SWITCH, Answer, Asker, Candidate, Question, Search, Service, shipped, words_for
from claims.finders.question import LONGEST
from claims.store import Rules
from workbench import desk
from workbench.columns import day_words, time_words
from workbench.forms import typed
from workbench.forms.sources import taking
from workbench.nouns import count_words
from workbench.shown import escape

#: What the desk's task is called while evidence is looked for.
TASK = "find evidence"

#: Seconds between two looks at how far a search is, and within which most of the library's are over.
_PULSE, _SOON = 0.7, 0.5

#: Finds of one finder that are shown until more are asked for.
_FIRST = 3


@st.cache_resource(show_spinner=False)
def _asker() -> Asker:
    """Who asks the services for all sessions: they share the turns and the answers of the last minutes."""
    return Asker()


def draw(store: Store, row: Mapping[str, Any]) -> None:
    """The way into the search, or the search with what it found so far."""
    if desk.task() != TASK:
        st.button(
            desk.keyed("Find evidence", "F"),
            icon=":material/search:",
            key="find-evidence",
            width="stretch",
            on_click=desk.begin,
            args=(TASK,),
            help="Past claims of this desk with their verdicts, kept documents, and the services that are switched on.",
        )
        return
    name = row["claim_id"]
    with st.container(border=True, key="finding"):
        _draw_words(store, row)
        search = _search_of(name)
        if search is None:
            _draw_whom(store)
        else:
            rules = store.rules()
            if search.is_over:
                _draw_answers(store, row, rules, search.answers)
            else:
                st.fragment(_draw_under_way, run_every=_PULSE, key="found")(store, row, rules, search)
        st.button("Close", key="close-finding", width="stretch", on_click=desk.begin, args=(None,))


def _draw_words(store: Store, row: Mapping[str, Any]) -> None:
    key = _words_key(row["claim_id"])
    st.session_state.setdefault(key, words_for(row))
    with st.form("finding-words", border=False):
        st.text_input("Words to search by", key=key, persist_state="session", max_chars=LONGEST)
        st.form_submit_button(
            desk.keyed("Search", "⏎"), key="search-evidence", type="primary", width="stretch",
            on_click=_begin, args=(store, row),
        )  # fmt: skip


def _draw_whom(store: Store) -> None:
    """Who will be asked, before anybody is."""
    finders = shipped(store)
    asked = ", ".join(finder.title for finder in finders)
    more = "" if len(finders) > 1 else f" Services of the web are asked where {SWITCH} names them."
    st.html(f'<div class="about">Asks: {escape(asked)}.{escape(more)}</div>')
    if services := [finder.service for finder in finders if finder.service]:
        with st.expander("Terms of the services that get these words"):
            st.html("".join(map(terms_html, services)))


def _begin(store: Store, row: Mapping[str, Any]) -> None:
    """Search by the words as they are now; most of what the library has is there before the form is drawn."""
    name = row["claim_id"]
    words = (st.session_state.get(_words_key(name)) or "").strip()
    if not words:
        desk.want("Give some words to search by.")
        return
    search = Search(Question(words, row), shipped(store), _asker())
    search.settle(_SOON)
    st.session_state[f"found:{name}"] = search


def _draw_under_way(store: Store, row: Mapping[str, Any], rules: Rules, search: Search) -> None:
    """The same while somebody is still asked, again and again; then the desk is drawn once more, without the pulse.

    What is being typed elsewhere stays in its fields. A find that was taken meanwhile has closed the search.
    """
    answers = search.answers
    asked = sum(answer.state == "asking" for answer in answers)
    if not asked or desk.task() != TASK:
        st.rerun(scope="app")
    st.html(f'<div class="about" role="status">Still asking {count_words(asked, "finder")} …</div>')
    _draw_answers(store, row, rules, answers)


def _draw_answers(store: Store, row: Mapping[str, Any], rules: Rules, answers: Sequence[Answer]) -> None:
    """What each finder found, in the order of the list; who failed is named with the sentence why."""
    for answer in answers:
        _draw_answer(store, row, rules, answer)


def _draw_answer(store: Store, row: Mapping[str, Any], rules: Rules, answer: Answer) -> None:
    count = {"found": f"{len(answer.candidates)}" if answer.candidates else "nothing"}.get(answer.state, answer.state)
    title = f'<div class="section">{escape(answer.finder.title)} · {escape(count)}</div>'
    until = f" It is not asked before {time_words(answer.not_before, desk.zone())}." if answer.not_before else ""
    st.html(title + (f'<div class="about">{escape(answer.why + until)}</div>' if answer.why else ""))
    for number, candidate in enumerate(answer.candidates[:_FIRST]):
        _draw_candidate(store, row, rules, candidate, f"{answer.finder.name}-{number}")
    if rest := answer.candidates[_FIRST:]:
        with st.expander(f"{len(rest)} more"):
            for number, candidate in enumerate(rest, _FIRST):
                _draw_candidate(store, row, rules, candidate, f"{answer.finder.name}-{number}")


def _draw_candidate(store: Store, row: Mapping[str, Any], rules: Rules, candidate: Candidate, name: str) -> None:
    with st.container(key=f"source-found-{name}", gap=None):
        st.html(card(candidate))
        with st.container(key=f"found-acts-{name}", horizontal=True, gap="xsmall"):
            if candidate.kind == "past claim":
                due = typed.reading_of(row) in ("first", "decision") and candidate.verdict in rules.scale.labels
                st.button(
                    "Take its verdict into the form", key=f"take-{name}", type="tertiary", icon=":material/input:",
                    disabled=not due, on_click=partial(taking.take_verdict, store, row, candidate),
                    help="Nothing is saved: look at it, change it, then save it as your own.",
                )  # fmt: skip
            else:
                st.button(
                    "Use as source", key=f"use-{name}", type="tertiary", icon=":material/add:",
                    on_click=partial(taking.use, row, candidate), help="Fills the form for a source in; nothing is kept yet.",
                )  # fmt: skip


def terms_html(service: Service) -> str:
    """Where a service is asked, how often at most, and by which terms.

    >>> print(terms_html(Service("atlas", "Atlas", "https://atlas.example/api?x", 5.0, "Free for any use.", "Made for programs.")))
    <div class="about"><b>Atlas</b>, atlas.example, at most one question in 5 s. Free for any use. Made for programs.</div>
    """
    host = urlsplit(service.address).hostname or service.address
    key = f" Only where {service.key} holds a key." if service.key else ""
    told = f"{host}, at most one question in {service.pause:g} s.{key} {service.terms} {service.robots}"
    return f'<div class="about"><b>{escape(service.title)}</b>, {escape(told)}</div>'


def card(candidate: Candidate) -> str:
    """The words of a find, each from outside escaped; a verdict is said to be theirs.

    >>> print(card(Candidate("f", "fact-check", "2 < 3", verdict="False", verdict_by="Korda Checks")))
    <div class="source"><div class="name">2 &lt; 3</div><div class="about">fact-check</div><div class="about">Their \
verdict: <b>False</b> (Korda Checks)</div></div>
    """
    name = escape(candidate.title)
    if candidate.address:
        name = f'<a href="{escape(candidate.address)}" target="_blank" rel="noopener noreferrer">{name}</a>'
    published = day_words(candidate.published) if candidate.published else ""
    about = " · ".join(escape(part) for part in (candidate.kind, candidate.publisher, published) if part)
    said = ""
    if candidate.verdict:
        day = day_words(candidate.verdict_on) if candidate.verdict_on else ""
        by = ", ".join(part for part in (candidate.verdict_by, day) if part)
        whose = "Its verdict" if candidate.kind == "past claim" else "Their verdict"
        said = f'<div class="about">{whose}: <b>{escape(candidate.verdict)}</b>{f" ({escape(by)})" if by else ""}</div>'
    apart = f'<div class="about">Beside yours: {escape(candidate.difference)}</div>' if candidate.difference else ""
    excerpt = f"<q>{escape(candidate.excerpt)}</q>" if candidate.excerpt else ""
    return f'<div class="source"><div class="name">{name}</div><div class="about">{about}</div>{said}{apart}{excerpt}</div>'


def _search_of(name: str) -> Search | None:
    found: Search | None = st.session_state.get(f"found:{name}")
    return found


def _words_key(name: str) -> str:
    return f"find-words:{name}"
