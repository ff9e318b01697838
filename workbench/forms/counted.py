"""What the dashboard shows, counted once for all who look and anew when something was written."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import streamlit as st

from claims import Store
from claims.review.agreement import Agreement, agreement, by_pair, by_scale, over_time
from claims.store.counting import ArticleProgress, Disputed, First, Overdue, Progress, VerdictCount, Work
from claims.verdict import Scale
from workbench import desk

#: Days for which people's work is counted, and days whose readings agreement is reckoned from.
LATELY, LONG = 30, 365

#: Claims that are listed of those that want a person, and articles that are drawn.
_LISTED, _ARTICLES = 4, 10

#: Seconds between two looks whether something was written, and for which a count holds where nothing was: ages grow.
_PULSE, _HOLDS = 20, 300


@dataclass(frozen=True, slots=True)
class Counted:
    """The numbers of one moment. ``scales`` holds those that verdicts were given by, under their names."""

    at: datetime
    newest: int
    progress: Progress
    disputed: First[Disputed]
    overdue: First[Overdue]
    articles: First[ArticleProgress]
    people: list[Work]
    ages: dict[str, int]
    verdicts: list[VerdictCount]
    confidences: dict[str, int]
    scales: dict[str, Scale]
    agreed: int
    agreement: Agreement
    months: dict[date, Agreement]
    by_scale: dict[str, Agreement]
    by_pair: dict[tuple[str, str], Agreement]


def take(store: Store) -> Counted:
    """The numbers as they stand; while nothing is written they are counted once for everybody."""
    return _counted(store, str(store.place), store.latest_event_seq(), datetime.now(desk.zone()).date())


@st.cache_data(ttl=_HOLDS, max_entries=8, show_spinner=False)
def _counted(_store: Store, place: str, newest: int, today: date) -> Counted:  # noqa: ARG001 - the place tells stores apart
    now = datetime.now(UTC)
    pairs = _store.pairs(now - timedelta(days=LONG))
    verdicts = _store.verdict_counts()
    disputed = _store.disputed(_LISTED)
    names = {row.scale for row in verdicts} | {pair.scale for pair in pairs} | {row.scale for row in disputed.rows}
    scales = {name: _store.scale_named(name or None) for name in sorted(names)}
    return Counted(
        at=now,
        newest=newest,
        progress=_store.progress(),
        disputed=disputed,
        overdue=_store.overdue(today, _LISTED),
        articles=_store.progress_by_article(_ARTICLES),
        people=_store.work_by_person(now - timedelta(days=LATELY)),
        ages=_store.queue_age(now),
        verdicts=verdicts,
        confidences=_store.confidence_counts(),
        scales=scales,
        agreed=Counter(pair.first_verdict == pair.second_verdict for pair in pairs)[True],
        agreement=agreement(pairs, scales),
        months=over_time(pairs, scales=scales),
        by_scale=by_scale(pairs, scales),
        by_pair=by_pair(pairs, scales),
    )


@st.fragment(run_every=_PULSE)
def watch(counted: Counted) -> None:
    """When the numbers were counted. Looks now and then whether something was written since, and only then draws anew."""
    if desk.store().latest_event_seq() != counted.newest:
        st.rerun()
    st.html(
        f'<div class="count">Counted at {counted.at.astimezone(desk.zone()):%H:%M}, and anew as the desk works</div>'
    )
