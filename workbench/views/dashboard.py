"""The dashboard: what needs a person first, then how far the work is, who does it, and how well two readers agree."""

from __future__ import annotations

import altair as alt
import streamlit as st

from claims import Store
from workbench import desk
from workbench.charts import bars, months, told
from workbench.forms import counted as numbers
from workbench.forms import waiting
from workbench.forms.counted import Counted
from workbench.nouns import count_words
from workbench.shown import showable


@desk.worded()
def page() -> None:
    """A lead, then two columns: the wide one tells of claims and people, the narrow one of the same in numbers."""
    store = desk.store()
    with st.container(key="dashboard"):
        desk.show_said()
        counted = numbers.take(store)
        draw_lead(counted)
        if not counted.progress.claims:
            st.write("Nothing to count yet. Read an article: its claims, and what becomes of them, are counted here.")
            st.page_link("views/articles.py", label="Read an article", icon=":material/add:")
            return
        for number, (wide, narrow) in enumerate(ROWS):
            with st.container(key=f"dashboard-row-{number}"):
                left, right = st.columns([3, 2], gap="large")
            with left:
                wide(store, counted)
            with right:
                narrow(store, counted)


def draw_lead(counted: Counted) -> None:
    """The whole of it in a sentence."""
    with st.container(key="dashboard-head", horizontal=True, vertical_alignment="center"):
        st.title("Dashboard", anchor=False)
        numbers.watch(counted)
    if counted.progress.claims:
        st.html(f'<p class="lead">{told.lead(counted.progress)}</p>')


def draw_articles(_store: Store, counted: Counted) -> None:
    """Articles with unfinished claims; a click on one, or its choice below, opens it on the desk."""
    found = counted.articles
    st.subheader("Articles at work", anchor=False)
    if not found.rows:
        st.caption("Every claim is signed off, published or void. Read another article to go on.")
        return
    st.html(f'<div class="key">{told.articles_key(found)}</div>')
    chart = bars.articles(found.rows, says="Claims of each article: all, marked, signed off")
    chosen = st.altair_chart(
        chart, theme=None, key="chart-articles", on_select="rerun", selection_mode="article"
    ).selection["article"]
    with st.expander("Articles at work as a table"):
        st.html(told.articles_table(found.rows))
        titles = {each.article_id: showable(each.title) or "(no title)" for each in found.rows}
        picked = st.selectbox(
            "Open on the desk", list(titles), index=None, format_func=titles.__getitem__, key="open-article",
            placeholder="Choose an article",
        )  # fmt: skip
    if article_id := chosen[0]["article_id"] if chosen else picked:
        desk.open_article(article_id)


def draw_ages(_store: Store, counted: Counted) -> None:
    """How long unfinished claims have been there."""
    st.subheader("Age of the queue", anchor=False)
    rows = [bars.Bar(name, number, f"{number:,}") for name, number in counted.ages.items()]
    st.html(
        f'<div class="key">{count_words(counted.progress.unfinished, "unfinished claim")}, by time since read</div>'
    )
    draw_figure("Age of the queue", bars.counted(rows, says="Unfinished claims by age"), told.bars_table("Age", rows))


def draw_people(_store: Store, counted: Counted) -> None:
    """Who has how much in hand, and who did what lately."""
    st.subheader("People", anchor=False)
    if not counted.people:
        st.caption(f"Nobody has a claim in hand or marked one in the last {numbers.LATELY} days. Take one on the desk.")
        return
    st.html(
        f'<div class="key">In hand now; the rest in the last {numbers.LATELY} days. Each number counts claims.</div>'
    )
    chart = bars.work(counted.people, says="Claims in hand, marked, read second, decided and signed off, by person")
    draw_figure("People", chart, told.people_table(counted.people))


def draw_verdicts(_store: Store, counted: Counted) -> None:
    """Verdicts by scale, each in its colour, without what a second reader may not know yet."""
    st.subheader("Verdicts", anchor=False)
    if hidden := told.hidden(counted.progress):
        st.html(f'<div class="key">{hidden}</div>')
    found = told.verdict_bars(counted.verdicts, counted.scales)
    for scale, rows in found.items():
        title = "Verdicts" if len(found) == 1 else f"Verdicts, {counted.scales[scale].title}"
        draw_figure(title, bars.counted(rows, says=title), told.bars_table("Verdict", rows))


def draw_confidence(_store: Store, counted: Counted) -> None:
    """How sure the desk is of the verdicts that are counted beside."""
    st.subheader("Confidence", anchor=False)
    if not (rows := told.confidence_bars(counted.confidences)):
        st.caption("No confidence to show before there is a verdict to show.")
        return
    draw_figure("Confidence", bars.counted(rows, says="Claims by confidence"), told.bars_table("Confidence", rows))


def draw_agreement(_store: Store, counted: Counted) -> None:
    """How often two readers agree, over time; by scale and by pair in the table."""
    st.subheader("Agreement of two readers", anchor=False)
    st.html(f'<div class="key">{told.agreement_words(counted.agreement, counted.agreed)}</div>')
    if any(each.enough for each in counted.months.values()):
        chart = months.agreement(counted.months, says="Share of claims on which both readers agree, by month")
        table = told.agreement_tables(counted.months, counted.by_scale, counted.by_pair, counted.scales)
        draw_figure("Agreement", chart, table)


def draw_figure(name: str, chart: alt.LayerChart, table: str) -> None:
    """A chart, and the same as a table under it."""
    st.altair_chart(chart, theme=None, key=f"chart-{name}")
    with st.expander(f"{name} as a table"):
        st.html(table)


#: The page from top to bottom: what stands in the wide column, and beside it in the narrow one.
ROWS = (
    (waiting.draw_disputed, waiting.draw_overdue),
    (draw_articles, draw_ages),
    (draw_people, draw_verdicts),
    (draw_agreement, draw_confidence),
)

page()
