"""The dashboard: what needs a person comes first, no rate below the least number, and nothing that a reader may not know."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from claims import Query, Store, find_claims, read_article
from claims.review.agreement import MINIMUM, Pair, agreement, by_pair, by_scale, over_time
from claims.store.counting import ArticleProgress, VerdictCount
from claims.verdict import load_scale
from workbench.charts import bars, months, told

PAGE = "views/dashboard.py"


def opened(app: AppTest) -> AppTest:
    app.run()
    app.switch_page(PAGE).run()
    assert not app.exception, [error.value for error in app.exception]
    return app


def written(app: AppTest) -> str:
    """All that stands in the page as words; its styles are none."""
    parts = [*app.get("html"), *app.caption, *app.markdown, *app.subheader]
    words = [str(getattr(part, "value", None) or part.proto.body) for part in parts]
    return " ".join(each for each in words if not each.startswith("<style>"))


def dispute(store: Store) -> str:
    name = str(store.rows(Query(), limit=1)[0]["claim_id"])
    store.mark(name, 1, "Refuted", "high", rationale="The roll call counts 249.", actor="Jana")
    store.read_second(name, 2, "Supported", "low", rationale="Two <b>vans</b> left.", actor="Korda")
    return name


def test_an_empty_dashboard_says_what_to_do(app: AppTest) -> None:
    """Without claims there is no chart, and the way to an article."""
    opened(app)
    assert app.title[0].value == "Dashboard"
    assert not app.get("vega_lite_chart")
    assert "Read an article" in " ".join(each.value for each in app.markdown)


def test_a_dispute_is_listed_with_both_readings_and_opens_on_the_desk(app: AppTest, filled: Store) -> None:
    """Who read what and why is shown as text, and the claim is one click away."""
    name = dispute(filled)
    opened(app)
    words = written(app)
    assert "Jana" in words
    assert "The roll call counts 249." in words
    assert "Two &lt;b&gt;vans&lt;/b&gt; left." in words
    app.button(key=f"disputed-{name}").click().run()
    assert app.session_state["chosen"] == name


def test_an_overdue_claim_opens_on_the_desk(app: AppTest, filled: Store) -> None:
    """The one that was clicked is in hand, wherever it stands in the queue."""
    name = str(filled.rows(Query())[-1]["claim_id"])
    filled.edit_claim(name, 1, {"review_by": date.today() - timedelta(days=9)})  # noqa: DTZ011
    opened(app)
    app.button(key=f"overdue-{name}").click().run()
    assert not app.exception
    assert app.session_state["chosen"] == name


def test_few_readings_give_no_rate(app: AppTest, filled: Store) -> None:
    """One claim read twice is counted, and said to be too few."""
    dispute(filled)
    words = written(opened(app))
    assert "Both readers agreed on 0 of 1 claims; too few for a rate." in words
    assert "%)" not in words


def test_a_first_verdict_is_in_no_word_of_the_page(app: AppTest, filled: Store) -> None:
    """A claim that waits for its second reading is counted as marked; its verdict and confidence are nowhere, even overdue."""
    name = str(filled.rows(Query(), limit=1)[0]["claim_id"])
    filled.mark(name, 1, "Refuted", "high", rationale="The roll call.", actor="Jana")
    filled.edit_claim(name, 2, {"review_by": date.today() - timedelta(days=9)})  # noqa: DTZ011
    words = written(opened(app))
    assert "1 is marked" in words
    assert "9 days ago" in words
    assert "Refuted" not in words
    assert "roll call" not in words
    assert not any("Refuted" in str(chart.proto) for chart in app.get("vega_lite_chart"))


def test_what_is_written_since_is_counted(app: AppTest, filled: Store) -> None:
    """Drawn again, the page holds what was marked meanwhile."""
    assert "0 are marked" in written(opened(app))
    dispute(filled)
    assert "1 is marked" in written(app.run())


def test_each_chart_has_its_table(app: AppTest, filled: Store) -> None:
    """Under every chart stands the same as a table with heads, for who does not see the chart."""
    dispute(filled)
    opened(app)
    charts = app.get("vega_lite_chart")
    tables = [each for each in app.expander if each.label.endswith("as a table")]
    assert len(charts) == len(tables) >= 5
    for each in tables:
        words = " ".join(str(part.proto.body) for part in each.get("html"))
        assert words.count('<th scope="col">') >= 2
        assert '<th scope="row">' in words


def test_an_article_opens_from_its_table(app: AppTest, filled: Store) -> None:
    """Who chooses an article on the dashboard has a claim of it in hand on the desk."""
    other = read_article(
        "Two vans left <b>Vell</b> on Monday. Some 40 guards stayed.", published="2024-03-04", title="<b>Vell</b> $x$"
    )
    filled.add_article(other, find_claims(other))
    opened(app)
    assert '<th scope="row">&lt;b&gt;Vell&lt;/b&gt; $x$</th>' in written(app)
    for article_id in filled.titles():
        app.selectbox(key="open-article").select(article_id).run()
        assert not app.exception
        assert filled.claim(app.session_state["chosen"])["article_id"] == article_id
        app.switch_page(PAGE).run()


def pairs(count: int, month: int = 3, apart: int = 0) -> list[Pair]:
    """So many claims read twice in a month, of which so many were read differently."""
    at = datetime(2024, month, 4, tzinfo=UTC)
    second = ["Supported"] * apart + ["Refuted"] * (count - apart)
    return [
        Pair(f"c{month}-{number}", "averitec", "Jana", "Refuted", "Ilic", verdict, at)
        for number, verdict in enumerate(second)
    ]


def data(chart: Any) -> list[dict[str, Any]]:
    """The rows that a chart draws."""
    [rows] = chart.to_dict()["datasets"].values()
    return list(rows)


@pytest.mark.parametrize("count", [1, MINIMUM - 1, MINIMUM, MINIMUM + 1])
def test_no_rate_stands_below_the_least_number(count: int) -> None:
    """In the sentence, the chart, the tables and beside the bars: a rate from so many claims on, and never before."""
    found = pairs(count, apart=1)
    scales = {"averitec": load_scale("averitec")}
    drawn = [
        told.agreement_words(agreement(found), count - 1),
        told.agreement_tables(over_time(found), by_scale(found), by_pair(found), scales).replace("95 % interval", ""),
        json.dumps(data(months.agreement(over_time(found), says="Agreement"))),
        json.dumps(
            [bar.words for bar in told.verdict_bars([VerdictCount("averitec", "Refuted", count)], scales)["averitec"]]
        ),
        json.dumps([bar.words for bar in told.confidence_bars({"high": count})]),
    ]
    assert [" %" in words for words in drawn] == [count >= MINIMUM] * len(drawn)


def test_a_month_with_too_few_readings_is_named_and_has_no_point() -> None:
    """Among months with enough, it says so where its point would be."""
    found = over_time([*pairs(12, 3, apart=3), *pairs(2, 4), *pairs(10, 5)])
    rows = data(months.agreement(found, says="Agreement"))
    assert [(row["month"], row["percent"], row["words"]) for row in rows] == [
        ("Mar 2024", 75.0, "75 %"), ("Apr 2024", None, "too few"), ("May 2024", 100.0, "100 %"),
    ]  # fmt: skip


def test_charts_bear_a_name_and_the_pages_own_colours() -> None:
    """A screen reader says what a chart is; each verdict has its colour, its sign and its word; none is a colour of Vega's."""
    scales = {"averitec": load_scale("averitec")}
    found = told.verdict_bars([VerdictCount("averitec", "Refuted", 3)], scales)["averitec"]
    chart = bars.counted(found, says="Verdicts").to_dict()
    assert chart["description"] == "Verdicts"
    [refuted] = [row for row in data(bars.counted(found, says="Verdicts")) if row["n"]]
    assert (refuted["name"], refuted["fill"], refuted["words"]) == ("✗ Refuted", "var(--red)", "3 of 3")
    assert chart["usermeta"]["embedOptions"] == {"renderer": "svg", "actions": False}


def test_a_title_is_no_expression() -> None:
    """What an article is called reaches the chart as quoted text, whatever signs it holds."""
    title = "\"]; alert('x') // \\ \u2028 <b>Korda</b>"
    chart = bars.articles([ArticleProgress("a1", title, 3, 1, 0, 0)], says="Articles").to_dict()
    axis = next(layer["encoding"]["y"]["axis"] for layer in chart["layer"] if "y" in layer["encoding"])
    words, _, rest = axis["labelExpr"].removeprefix("(").partition(")[datum.value]")
    assert rest == ""
    assert json.loads(words) == {"a1": title}


@pytest.mark.parametrize(
    "chart",
    [
        bars.articles([ArticleProgress("a1", "Korda", 32, 7, 0, 0)], says="Articles"),
        bars.counted([bars.Bar("under a day", 32, "32")], says="Age"),
    ],
    ids=["articles", "counted"],
)
def test_the_words_behind_the_longest_bar_have_room(chart: Any) -> None:
    """Every layer of a chart goes to the same end, well behind its longest bar; one without a measure would end it there."""
    ends = [layer["encoding"]["x"].get("scale", {}).get("domain") for layer in chart.to_dict()["layer"]]
    assert all(end == ends[0] and end[1] > 1.8 * 32 for end in ends)
