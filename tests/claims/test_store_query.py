"""Reading the claims: filters, words, orders, pages, counts, and the numbers beside the filters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from claims.evidence import Source
from claims.store import SORTS, Query, Store
from claims.store.query import ordered, where
from claims.store.schema import listing
from claims.table import COLUMNS, NAMES
from tests.claims.conftest import make_article, make_claim, make_claims
from tests.conftest import DATABASES, place_on


@pytest.fixture(scope="module", params=DATABASES)
def full(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """What :func:`_fill` puts on a desk, for all the tests that only read it."""
    with (
        place_on(request.param, request, tmp_path_factory.mktemp("full")) as place,
        Store(place, actor="Jana") as store,
    ):
        _fill(store)
        yield store


def _fill(desk: Store) -> None:
    """The three claims (marked with a source, assigned, dropped) and two of a later article (plain, with odd words)."""
    article = make_article()
    desk.add_article(article, make_claims(article))
    names = [claim.claim_id for claim in make_claims(article)]
    desk.save(names[0], 1, mark={"verdict": "Refuted", "confidence": "low", "rationale": "Die Straße says 273."},
              sources=[Source("https://korda.example/roll-call", stance="refutes")])  # fmt: skip
    desk.edit_claim(names[1], 1, {"status": "assigned", "assignee": "Tom"})
    desk.drop_claim(names[2], 1, "An opinion.")
    later = make_article("Prices rose 100% in snake_case. It's “odd” | \\.", title="Prices", url=None)
    none: dict[str, Any] = {
        "figure_low": None,
        "figure_high": None,
        "quantifier": "",
        "date_text": "",
        "date_first": None,
    }
    desk.add_article(
        later,
        [
            make_claim(later, 0, 31, 1, figure_low=None, figure_high=100, kinds=("position",), date_first=date(2023, 1, 1), speaker="",
                       priority="normal", checkability=0.9),
            make_claim(later, 32, 47, 2, **none, kinds=("event", "causal"), checkability=0.8),
        ],
    )  # fmt: skip


def _quotes(store: Store, query: Query) -> list[str]:
    return [quote.split()[0] for quote in store.page(query)["quote"]]


#: The first words of the claims: Some (marked), Two (assigned), The (dropped), Prices, It's.
FILTERS: list[tuple[Query, set[str]]] = [
    (Query(), {"Some", "Two", "Prices", "It's"}),
    (Query(dropped=True), {"Some", "Two", "The", "Prices", "It's"}),
    (Query(statuses=("dropped",)), {"The"}),
    (Query(statuses=("new", "assigned")), {"Two", "Prices", "It's"}),
    (Query(statuses=("new", "dropped")), {"The", "Prices", "It's"}),
    (Query(verdicts=("Refuted",)), {"Some"}),
    (Query(verdicts=("Supported",)), set()),
    (Query(confidences=("low", "high")), {"Some"}),
    (Query(kinds=("event",)), {"Two", "It's"}),
    (Query(kinds=("eve",)), set()),
    (Query(kinds=("position",)), {"Prices"}),
    (Query(kinds=("a",)), set()),
    (Query(speakers=("Marusa Ilic",)), {"Some", "It's"}),
    (Query(priorities=("low", "normal")), {"Two", "Prices"}),
    (Query(has_figure=True), {"Some", "Prices"}),
    (Query(has_figure=False), {"Two", "It's"}),
    (Query(has_date=True), {"Some", "Prices"}),
    (Query(has_sources=True), {"Some"}),
    (Query(has_sources=False), {"Two", "Prices", "It's"}),
    (Query(marked=True), {"Some"}),
    (Query(marked=False), {"Two", "Prices", "It's"}),
    (Query(kinds=("event",), marked=False, statuses=("assigned",)), {"Two"}),
    (Query(assignees=("Tom",)), {"Two"}),
    (Query(assignees=("", "Jana")), {"Some", "Prices", "It's"}),
    (Query(agreements=("disputed",)), set()),
    (Query(dated_from=date(2023, 1, 1)), {"Some", "Prices"}),
    (Query(dated_from=date(2023, 1, 2)), {"Some"}),
    (Query(dated_to=date(2023, 1, 1)), {"Prices"}),
    (Query(dated_from=date(2024, 1, 1), dated_to=date(2024, 3, 3)), {"Some"}),
    (Query(dated_from=date(2024, 3, 4)), set()),
    (Query(text="INMATES fled"), {"Some"}),
    (Query(text="fled inmates"), {"Some"}),
    (Query(text="inmates vans"), set()),
    (Query(text="ilic"), {"Some", "It's"}),
    (Query(text="strasse"), {"Some"}),
    (Query(text="STRAẞE"), {"Some"}),
    (Query(text="guards korda"), {"Some", "Two"}),
    (Query(text="guards vans"), {"Two"}),
    (Query(text="100%"), {"Prices"}),
    (Query(text="%"), set()),
    (Query(text="SNAKE_CASE"), {"Prices"}),
    (Query(text="snake"), {"Prices"}),
    (Query(text="nake"), set()),
    (Query(text="in"), {"Prices"}),
    (Query(text="pric"), {"Prices", "It's"}),
    (Query(text="pr"), set()),
    (Query(text="pri"), {"Some", "Prices", "It's"}),
    (Query(text="straße says"), {"Some"}),
    (Query(text="straße inmates"), set()),
    (Query(text="_"), set()),
    (Query(text="it's"), {"It's"}),
    (Query(text="“odd”"), {"It's"}),
    (Query(text="'; DROP TABLE claims; --"), set()),
    (Query(text="\\"), set()),
    (Query(text="/"), set()),
    (Query(text="\0 \ud800"), set()),
]


@pytest.mark.parametrize(("query", "found"), FILTERS)
def test_a_filter_lets_through_what_it_says(full: Store, query: Query, found: set[str]) -> None:
    """Each filter, under every order, gives the same claims; the count and each claim's position agree."""
    for sort in SORTS:
        asked = replace(query, sort=sort)
        rows = full.rows(asked)
        assert {row["quote"].split()[0] for row in rows} == found
        assert full.count(asked) == len(rows) == len(found)
        assert [full.position(asked, row["claim_id"]) for row in rows] == list(range(len(found)))
    assert full.table(asked).equals(full.page(asked))


def test_orders_run_as_they_are_called(full: Store) -> None:
    """Each order puts first what its name promises, and last what has none of it."""
    assert {sort: _quotes(full, Query(sort=sort)) for sort in SORTS} == {
        "rank": ["It's", "Some", "Prices", "Two"],
        "article": ["Some", "Two", "Prices", "It's"],
        "newest": ["Prices", "It's", "Some", "Two"],
        "figure": ["Some", "Prices", *sorted(["Two", "It's"], key=lambda word: _name_of(full, word))],
        "date": ["Prices", "Some", *sorted(["Two", "It's"], key=lambda word: _name_of(full, word))],
        "checked_at": ["Some", *sorted(["Two", "Prices", "It's"], key=lambda word: _name_of(full, word))],
    }


def _name_of(store: Store, word: str) -> str:
    table = store.table(Query())
    return str(table.loc[table["quote"].str.startswith(word), "claim_id"].iloc[0])


def test_pages_follow_each_other(full: Store) -> None:
    """Pages of one row, put together, are the whole table; one past the end is empty, with the same columns."""
    whole = full.table(Query())
    pages = [full.page(Query(), offset=at, limit=1) for at in range(5)]
    assert [len(page) for page in pages] == [1, 1, 1, 1, 0]
    assert [page["claim_id"][0] for page in pages[:4]] == whole["claim_id"].tolist()
    assert list(pages[4].columns) == list(NAMES)
    assert pages[4].dtypes.equals(whole.dtypes)
    assert [str(dtype) for dtype in whole.dtypes] == [column.dtype for column in COLUMNS]


def test_a_position_is_told_only_inside_the_query(full: Store, names: list[str]) -> None:
    """A claim that the filters leave out has no position."""
    assert full.position(Query(verdicts=("Refuted",)), names[1]) is None
    assert full.position(Query(), names[2]) is None
    assert full.position(Query(), "nobody") is None


def test_what_stands_before_a_claim_is_told_of_any(full: Store) -> None:
    """A claim outside the query has so many of its claims before it as stand before it in the order; inside, its position."""
    everything, later = Query(sort="article"), Query(sort="article", marked=False)
    names = full.page(everything)["claim_id"].tolist()
    assert [full.before(everything, name) for name in names] == [0, 1, 2, 3]
    assert [full.before(later, name) for name in names] == [0, 0, 1, 2]
    assert full.before(later, "nobody") is None


def test_facets_say_what_each_choice_would_show(full: Store) -> None:
    """The number beside a choice is the count of the query with that filter set to it alone."""
    fields = {"status": "statuses", "verdict": "verdicts", "confidence": "confidences", "priority": "priorities",
              "kinds": "kinds", "speaker": "speakers", "assignee": "assignees", "agreement": "agreements",
              "tags": "tags"}  # fmt: skip
    for query in (
        Query(),
        Query(priorities=("high",)),
        Query(statuses=("new", "dropped"), kinds=("event",)),
        Query(text="ilic"),
    ):
        facets = full.facets(query)
        assert set(facets) == set(fields)
        for name, counts in facets.items():
            chosen = {value: full.count(replace(query, **{fields[name]: (value,)})) for value in counts if value}
            assert chosen == {value: number for value, number in counts.items() if value}
    assert full.facets(Query())["verdict"] == {"": 3, "Refuted": 1}


def test_articles_count_their_claims(full: Store) -> None:
    """The list of articles is the newest first, with the claims that stand and how many of them are marked."""
    listed = full.articles()
    assert listed[["title", "n_claims", "n_marked"]].to_dict("records") == [
        {"title": "Prices", "n_claims": 2, "n_marked": 0},
        {"title": "Guards walk out at Korda", "n_claims": 2, "n_marked": 1},
    ]
    assert listed.dtypes.equals(full.articles().head(0).dtypes)


def test_a_claim_is_plain_values(full: Store, names: list[str]) -> None:
    """One claim has every column of the table as a plain value, and how it came beside them."""
    claim = full.claim(names[0])
    assert set(claim) == {*NAMES, "origin", "parents", "dropped_why", "notice", "scale"}
    assert (claim["published"], claim["date_first"], claim["n_sources"]) == (date(2024, 3, 4), date(2024, 3, 3), 1)
    assert (claim["origin"], claim["parents"], claim["assignee"]) == ("found", [], None)


def test_a_corrected_article_shows_on_its_claims(desk: Store, names: list[str]) -> None:
    """The article's title, publisher and day are read from the article, searched by, and never copied."""
    article = make_article()
    desk.edit_article(article.article_id, 1, {"title": "Wardens leave", "publisher": "", "published": None})
    claim = desk.claim(names[0])
    assert (claim["article_title"], claim["publisher"], claim["published"]) == ("Wardens leave", None, None)
    assert (desk.count(Query(text="wardens")), desk.count(Query(text="korda"))) == (3, 0)


@pytest.mark.parametrize("full", ["sqlite"], indirect=True)
@pytest.mark.parametrize("sort", SORTS)
def test_every_order_has_its_index(full: Store, sort: str) -> None:
    """Under every order SQLite walks an index to the first rows of a page, and sorts nothing."""
    query = Query(statuses=("new",), verdicts=("Refuted",), kinds=("event",), has_date=False, sort=sort)
    with full._database.reading() as connection:
        asked = select(listing.c.no).where(where(connection, query)).order_by(*ordered(query)).limit(50)
        statement = asked.compile(connection, compile_kwargs={"render_postcompile": True})
        values = tuple(statement.params[name] for name in statement.positiontup or ())
        steps = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
    assert re.fullmatch(rf"(SCAN|SEARCH) listing USING INDEX listing_by_{sort}( \(.*\))?", "; ".join(steps))


def test_the_newest_event_tells_of_any_change(desk: Store, names: list[str]) -> None:
    """The number stays while nothing is written and grows with every act."""
    seen = [desk.latest_event_seq(), desk.latest_event_seq()]
    desk.add_source(names[0], 1, Source("https://korda.example/"))
    desk.undo()
    assert (seen, desk.latest_event_seq()) == ([4, 4], 6)
    assert make_claims(make_article())[0].claim_id == names[0]
