"""The desk's filters: a view as address, chips and query, and what the screen makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from claims import Query, Store
from claims.status import OPEN
from workbench.person import default_person
from workbench.view import FILTERS, NONE, ORDERS, SHOWN, View, chips, cleared, query_of, read, with_part, without

ARTICLES = {"a1": "Forty guards walk out", "a2": ""}

#: Every filter at once.
FULL: View = {
    "show": ("All",),
    "order": ("Largest figure",),
    "find": ("roll call & 50%",),
    "article": ("a1",),
    "status": ("new", "marked"),
    "verdict": ("Refuted", NONE),
    "confidence": ("high", "70%"),
    "agreement": ("disputed",),
    "speaker": ("Jana Ilic", NONE),
    "kind": ("numerical", "quote"),
    "assignee": (NONE, "Tom"),
    "tag": ("#1 = wire?",),
    "figure": ("with",),
    "date": ("without",),
    "from": ("2024-03-03",),
    "to": ("2024-03-09",),
    "sources": ("without",),
}


def lists(view: View) -> dict[str, list[str]]:
    return {name: list(values) for name, values in view.items()}


def test_a_view_goes_through_an_address_and_back() -> None:
    """The address of a view opens that view, whatever signs stand in it."""
    assert FULL.keys() == {"show", "order", *FILTERS}
    assert read(parse_qs(urlencode(lists(FULL), doseq=True)), ARTICLES) == (FULL, [])


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "show": st.sampled_from(SHOWN[1:]).map(lambda value: (value,)),
            "order": st.sampled_from(list(ORDERS)[1:]).map(lambda value: (value,)),
            "find": st.text(st.characters(codec="utf-8"), min_size=1, max_size=40)
            .filter(str.strip)
            .map(lambda v: (v,)),
            "tag": st.lists(
                st.text(st.characters(codec="utf-8"), min_size=1, max_size=40), min_size=1, unique=True, max_size=5
            ).map(tuple),
        },
    )
)
def test_any_words_go_through_an_address(view: dict[str, tuple[str, ...]]) -> None:
    """What people type and tag comes back as it was."""
    assert read(parse_qs(urlencode(lists(view), doseq=True), keep_blank_values=True), []) == (view, [])


NONSENSE: list[Mapping[str, list[str]]] = [
    {"show": ["Sideways"]},
    {"order": [""]},
    {"article": ["nowhere"]},
    {"status": ["done"]},
    {"confidence": ["very", "101%", "-1%"]},
    {"agreement": ["quarrel"]},
    {"figure": ["maybe"]},
    {"from": ["2024-02-30"], "to": ["20240303"]},
    {"find": ["x" * 1000]},
    {"verdcit": ["Refuted"]},
    {"verdict": [""]},
    {"__proto__": ["1"], "find": ["  "]},
]


@pytest.mark.parametrize("address", NONSENSE)
def test_nonsense_in_an_address_is_left_out_and_named(address: Mapping[str, list[str]]) -> None:
    """Nothing of it reaches the view, and each part of it is said."""
    view, strange = read({**address, "kind": ["event"]}, ARTICLES)
    assert view == {"kind": ("event",)}
    assert len(strange) == sum(map(len, address.values()))
    assert all(len(each) < 80 for each in strange)


def test_of_very_many_values_some_are_heeded() -> None:
    """An address of thousands of values makes no query of thousands."""
    view, _ = read({"tag": [str(number) for number in range(5000)]}, [])
    assert len(view["tag"]) == 50


def test_every_filter_reaches_the_query() -> None:
    """Each part of a view sets its own field of the query, and who asks is named in it."""
    asked = query_of(FULL, "Tom", read_twice=False)
    plain = Query(reader="Tom", read_twice=False, sort="figure")
    set_here = {name for name in Query.__dataclass_fields__ if getattr(asked, name) != getattr(plain, name)}
    assert set_here == {known.field for known in FILTERS.values()}
    assert (asked.assignees, asked.speakers, asked.verdicts) == (("", "Tom"), ("Jana Ilic", ""), ("Refuted", ""))
    assert (asked.has_figure, asked.has_date, asked.has_sources) == (True, False, False)


def test_each_chip_takes_its_own_value_away() -> None:
    """Taking all chips away one by one leaves what clearing leaves."""
    view = FULL
    told = chips(view, ARTICLES)
    assert len(told) == sum(len(FULL[name]) for name in FILTERS)
    assert len({chip.words for chip in told}) == len(told)
    for chip in told:
        view = without(view, chip.name, chip.value)
        assert chip.value not in view.get(chip.name, ())
    assert view == cleared(FULL) == {"show": ("All",), "order": ("Largest figure",)}


def test_what_is_shown_gives_way_to_a_filter_that_it_contradicts() -> None:
    """A status or an assignee that is chosen is looked for among all claims; a choice of what is shown lets go of them."""
    assert with_part({}, "status", ["marked"]) == {"status": ("marked",), "show": ("All",)}
    assert with_part({"show": ("Mine",)}, "assignee", ["Tom"]) == {"show": ("All",), "assignee": ("Tom",)}
    assert with_part({"show": ("Mine",)}, "status", ["new"]) == {"show": ("Mine",), "status": ("new",)}
    assert with_part({"show": ("All",), "assignee": ("Tom",), "tag": ("x",)}, "show", ["Mine"]) == {
        "show": ("Mine",),
        "tag": ("x",),
    }
    assert with_part({"order": ("Date",)}, "order", ["Worth checking"]) == {}


# The screen


def run(app: AppTest) -> AppTest:
    app.run()
    assert not app.exception, [error.value for error in app.exception]
    return app


def count_of(app: AppTest) -> str:
    return next(each.proto.body for each in app.get("html") if 'class="count"' in each.proto.body)


def address_of(app: AppTest) -> dict[str, list[str]]:
    held = dict(app.query_params)
    return {name: [values] if isinstance(values, str) else list(values) for name, values in held.items()}


def view_of(app: AppTest) -> Any:
    return app.session_state["view"]


def test_a_link_opens_the_view_that_it_was_made_from(app: AppTest, filled: Store) -> None:
    """What one person filters stands in the address, and a colleague who opens that address sees the same claims."""
    run(app)
    app.text_input(key="find").input("guards").run()
    app.selectbox(key="order").select("Largest figure")
    run(app)
    link = address_of(app)
    assert link == {"find": ["guards"], "order": ["Largest figure"]}
    colleague = AppTest.from_file(app._script_path, default_timeout=60)
    for name, values in link.items():
        colleague.query_params[name] = values
    run(colleague)
    assert view_of(colleague) == view_of(app)
    expected = filled.rows(Query(statuses=OPEN, text="guards", sort="figure", reader=default_person()))
    assert colleague.session_state["chosen"] == expected[0]["claim_id"]
    assert f"of {len(expected)}" in count_of(colleague)
    assert colleague.text_input(key="find").value == "guards"


def test_an_address_of_nonsense_is_refused_kindly(app: AppTest, filled: Store) -> None:
    """The desk opens without it, says what it left out, and the address keeps nothing of it."""
    app.query_params["order"] = "sideways"
    app.query_params["<script>"] = "1"
    app.query_params["find"] = "inmates"
    run(app)
    (said,) = [each.proto.body for each in app.get("html") if 'class="misread"' in each.proto.body]
    assert "order “sideways”" in said
    assert "filter “&lt;script&gt;”" in said
    assert "<script>" not in said
    assert address_of(app) == {"find": ["inmates"]}
    assert filled.count(Query(text="inmates")) > 0
    app.button(key="clear").click()
    run(app)
    assert not [each for each in app.get("html") if 'class="misread"' in each.proto.body]
    assert address_of(app) == {}


def test_a_chip_goes_with_one_click(app: AppTest, filled: Store) -> None:
    """Each chip takes its filter away; Clear takes all."""
    app.query_params["kind"] = ["numerical", "event"]
    app.query_params["sources"] = "without"
    run(app)
    named = [button.label for button in app.button if str(button.key).startswith("chip-")]
    assert named == ["Kind\\: numerical", "Kind\\: event", "without sources"]
    app.button(key="chip-kind-numerical").click()
    run(app)
    assert view_of(app) == {"kind": ("event",), "sources": ("without",)}
    app.button(key="clear").click()
    run(app)
    assert view_of(app) == {}
    assert f"of {filled.count(Query(statuses=OPEN))}" in count_of(app)


def test_coming_back_to_the_desk_keeps_the_view(app: AppTest, filled: Store) -> None:
    """Another screen and back, without any address: the filters are as they were left."""
    run(app)
    app.text_input(key="find").input("guards")
    run(app)
    app.switch_page("views/export.py")
    app.query_params.clear()
    run(app)
    app.switch_page("views/desk.py")
    run(app)
    assert app.text_input(key="find").value == "guards"
    assert address_of(app) == {"find": ["guards"]}
    assert filled.count(Query(text="guards")) > 0


def test_a_claim_can_be_linked_to(app: AppTest, filled: Store) -> None:
    """An address may name the claim to have in hand; one that is not there is passed over."""
    wanted = filled.rows(Query(), limit=2)[1]["claim_id"]
    app.query_params["claim"] = wanted
    run(app)
    assert app.session_state["chosen"] == wanted
    other = AppTest.from_file(app._script_path, default_timeout=60)
    other.query_params["claim"] = "nobody"
    run(other)
    assert other.session_state["chosen"] == filled.rows(Query(), limit=1)[0]["claim_id"]


def test_a_second_reader_finds_nothing_by_the_first_verdict(app: AppTest, filled: Store) -> None:
    """The verdict filter, in an address or anywhere, does not show a claim that waits for this person's second reading."""
    first = filled.rows(Query(), limit=1)[0]["claim_id"]
    filled.mark(first, 1, "Refuted", "high", rationale="The warder said so.", actor="Jana")
    app.query_params["show"] = "All"
    app.query_params["verdict"] = "Refuted"
    run(app)
    assert count_of(app) == '<div class="count">none</div>'
    app.session_state["person"] = "Jana"
    run(app)
    assert "1 of 1" in count_of(app)
    app.session_state["person"] = "Tom"
    app.button(key="clear").click()
    run(app)
    app.text_input(key="find").input("warder")
    run(app)
    assert "none" in count_of(app)


def opened(app: AppTest, popover: str) -> AppTest:
    app.session_state[popover] = True
    return run(app)


def test_a_view_is_saved_opened_renamed_and_deleted(app: AppTest, filled: Store) -> None:
    """A name keeps what is shown for all of the desk; another person opens it, renames it and deletes it."""
    app.query_params["sources"] = "without"
    app.query_params["show"] = "All"
    opened(app, "views")
    app.text_input(key="view-name").input("Bare claims")
    app.button(key="view-save").click()
    run(app)
    (view,) = filled.views()
    assert (view.name, view.address) == ("Bare claims", {"show": ["All"], "sources": ["without"]})
    colleague = AppTest.from_file(app._script_path, default_timeout=60)
    opened(colleague, "views")
    colleague.button(key="view-open-Bare claims").click()
    run(colleague)
    assert view_of(colleague) == {"show": ("All",), "sources": ("without",)}
    opened(colleague, "views")
    colleague.button(key="view-edit-Bare claims").click()
    opened(colleague, "views")
    colleague.text_input(key="view-rename").input("No sources yet")
    colleague.button(key="view-rename-do").click()
    run(colleague)
    assert [view.name for view in filled.views()] == ["No sources yet"]
    opened(colleague, "views")
    colleague.button(key="view-delete-No sources yet").click()
    run(colleague)
    assert filled.views() == []


def test_the_filters_say_how_many_each_choice_would_show(app: AppTest, filled: Store) -> None:
    """An open list of filters offers what claims have, with numbers that heed the other filters."""
    app.query_params["show"] = "All"
    app.query_params["find"] = "inmates"
    opened(app, "more")
    there = filled.facets(Query(text="inmates"))["kinds"]
    assert app.multiselect(key="filter-kind").options == [f"{kind} ({number})" for kind, number in there.items()]
    app.multiselect(key="filter-kind").select(next(iter(there)))
    run(app)
    assert view_of(app)["kind"] == (next(iter(there)),)
