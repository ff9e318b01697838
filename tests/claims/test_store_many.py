"""Many claims at once: as they stand, as they stood, and written together or not at all."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.errors import BadScale, ClaimLocked, NothingToUndo, StaleWrite, StoreError
from claims.evidence import Source
from claims.store import Edit, Entry, Mark, Query, Store
from tests.claims.conftest import bring, make_article, make_claims

Check = Callable[[Store], None]

MARK = Mark("Refuted", "low", "The roll call says 273.")


def test_many_are_written_as_one_act(desk: Store, names: list[str], unchanged: Check) -> None:
    """Marks and changes of several claims are one batch, give each new revision in order, and are undone together."""
    newest = desk.latest_event_seq()
    edits = [
        Edit(names[2], 1, MARK),
        Edit(names[0], 1, None, {"priority": "low"}),
        Edit(names[1], 1, MARK, {"assignee": "Tom"}),
    ]
    assert desk.save_many(edits) == [2, 2, 2]
    events = desk.events_table()
    assert events[events["seq"] > newest]["batch"].nunique() == 1
    standing = desk.claims_named(names)
    assert [standing[name]["verdict"] for name in names] == [None, "Refuted", "Refuted"]
    assert (standing[names[0]]["priority"], standing[names[1]]["assignee"]) == ("low", "Tom")
    desk.undo()
    assert {row["verdict"] for row in desk.claims_named(names).values()} == {None}
    unchanged(desk)


def test_what_changes_nothing_keeps_its_revision(desk: Store, names: list[str]) -> None:
    """Of many edits, only those that change something move a revision; none at all is no event."""
    newest = desk.latest_event_seq()
    assert desk.save_many([Edit(names[0], 1), Edit(names[1], 1, None, {"priority": "low"})]) == [1, 1]
    assert desk.save_many([]) == []
    assert desk.latest_event_seq() == newest


def test_a_stale_one_stops_all_and_every_stale_one_is_named(desk: Store, names: list[str], unchanged: Check) -> None:
    """Where some were changed since, nothing is written, and both versions of each of those are told by name."""
    for name in names[:2]:
        desk.edit_claim(name, 1, {"claim": f"Tom's {name}"}, actor="Tom")
    newest = desk.latest_event_seq()
    edits = [Edit(name, 1, MARK, {"speaker": "Jana Vey"}) for name in names]
    with pytest.raises(StaleWrite, match="2 of 3 claims were changed since") as refused:
        desk.save_many(edits)
    assert {name: row["claim"] for name, row in refused.value.current.items()} == {
        name: f"Tom's {name}" for name in names[:2]
    }
    assert {name: (row["verdict"], row["speaker"]) for name, row in refused.value.typed.items()} == dict.fromkeys(
        names[:2], ("Refuted", "Jana Vey")
    )
    assert desk.latest_event_seq() == newest
    unchanged(desk)


@pytest.mark.parametrize(
    "bad",
    [
        Edit("", 1, Mark("Mostly harmless", "low")),
        Edit("", 1, Mark("Refuted", "90 %")),
        Edit("", 1, None, {"quote": "Other words."}),
        Edit("", 1, None, {"status": "decided"}),
    ],
    ids=["verdict", "confidence", "column", "status"],
)
def test_one_that_is_refused_stops_all(desk: Store, names: list[str], bad: Edit, unchanged: Check) -> None:
    """A verdict off the scale, a column that stays, a step that is none: nothing of the rest is kept."""
    newest = desk.latest_event_seq()
    with pytest.raises(Exception, match=r".+") as refused:
        desk.save_many([Edit(names[0], 1, MARK), Edit(names[1], 1, bad.mark, bad.changes), Edit(names[2], 1, MARK)])
    assert type(refused.value).__module__ == "claims.errors"
    assert desk.latest_event_seq() == newest
    unchanged(desk)


def test_a_locked_one_stops_all(desk: Store, names: list[str]) -> None:
    """Without a reason none is written; with one, the locked claim is reopened and all are."""
    revision = bring(desk, names[0], "signed off")
    edits = [Edit(names[1], 1, MARK), Edit(names[0], revision, MARK)]
    with pytest.raises(ClaimLocked):
        desk.save_many(edits)
    assert desk.claim(names[1])["verdict"] is None
    assert desk.save_many(edits, why="New figures came.") == [2, revision + 1]
    assert {row["status"] for row in desk.claims_named(names[:2]).values()} == {"marked"}


def test_a_claim_twice_leaves_the_record_sound(desk: Store, names: list[str], unchanged: Check) -> None:
    """Two edits of one claim in one act are refused, or are one after the other: never half of each."""
    with suppress(StoreError):
        desk.save_many([Edit(names[0], 1, MARK), Edit(names[0], 1, None, {"speaker": "Jana Vey"})])
    unchanged(desk)


def test_one_that_is_not_there_stops_all(desk: Store, names: list[str]) -> None:
    """A name that no claim has is refused with the rest."""
    newest = desk.latest_event_seq()
    with pytest.raises(StoreError):
        desk.save_many([Edit(names[0], 1, MARK), Edit("nobody", 1, MARK)])
    assert desk.latest_event_seq() == newest


def test_many_are_read_by_name_as_each_is(desk: Store, names: list[str]) -> None:
    """What is not there is left out; any number may be asked, twice too."""
    bring(desk, names[0], "agreed")
    asked = [*names, "nobody", "\ud800", *(f"x{number}" for number in range(2000)), names[0]]
    assert desk.claims_named(asked) == {name: desk.claim(name) for name in names}
    assert desk.claims_named([]) == {}


def test_revisions_that_never_were_are_left_out(desk: Store, names: list[str]) -> None:
    """Neither 0, nor one too many, nor of a claim that is not there; any number may be asked."""
    desk.edit_claim(names[0], 1, {"claim": "One."})
    asked = {names[0]: 3, names[1]: 0, names[2]: -1, "nobody": 1} | {f"x{number}": 1 for number in range(2000)}
    assert desk.claims_as_of(asked) == {}
    assert desk.claims_as_of({names[0]: 2, names[1]: 1}).keys() == set(names[:2])


_TEXTS = st.text(st.characters(exclude_categories=()), min_size=1, max_size=20)
_EDITS = st.fixed_dictionaries(
    {},
    optional={
        "claim": _TEXTS.filter(str.strip),  # one of no words is refused
        "speaker": st.none() | _TEXTS,
        "kinds": st.lists(st.sampled_from(["numerical", "event", "causal"]), unique=True),
        "figure_low": st.none()
        | st.floats(max_value=40, allow_nan=False, allow_infinity=False),  # no more than its end
        "date_first": st.none() | st.dates(max_value=date(2024, 3, 3)),
        "priority": st.sampled_from(["high", "normal", "low"]),
    },
)
_STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("edit"), _EDITS),
        st.tuples(st.just("mark"), st.tuples(st.sampled_from(["Supported", "Refuted"]), _TEXTS)),
        st.tuples(st.just("undo"), st.none()),
        st.tuples(st.just("redo"), st.none()),
    ),
    max_size=12,
)
_NUMBERS = count()


def _step(store: Store, name: str, what: str, given: Any) -> None:
    revision = store.claim(name)["revision"]
    if what == "edit":
        store.edit_claim(name, revision, given)
    elif what == "mark":
        store.mark(name, revision, given[0], "low", rationale=given[1])
    else:
        with suppress(NothingToUndo):
            getattr(store, what)()


@given(steps=_STEPS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_revision_comes_back_as_it_was(store: Store, steps: list[tuple[str, Any]]) -> None:
    """Through any edits, marks, undos and redos: what was read at a revision is what it is known to have been."""
    article = make_article(url=None)
    name = store.add_article(article, make_claims(article)[:1], new_version=True, actor="Tom")
    [claim_id] = store.claims_of(name)["claim_id"]
    store.actor = f"Jana {next(_NUMBERS)}"
    read = {1: store.claims_named([claim_id])[claim_id]}
    for what, typed in steps:
        _step(store, claim_id, what, typed)
        row = store.claims_named([claim_id])[claim_id]
        read[row["revision"]] = row
    assert sorted(read) == list(range(1, max(read) + 1))
    for revision, row in read.items():
        [known] = store.claims_as_of({claim_id: revision}).values()
        assert known.keys() - row.keys() == {"added_at"}
        assert {column: row[column] for column in known if column != "added_at"} == {
            column: value for column, value in known.items() if column != "added_at"
        }


def test_all_of_a_random_work_is_sound(store: Store, unchanged: Check) -> None:
    """Many claims written together, again and again with undos between, leave the chain whole and the tables true."""
    article = make_article()
    store.add_article(article, make_claims(article))
    for number in range(6):
        rows = store.rows(Query())
        store.save_many([Edit(row["claim_id"], row["revision"], None, {"speaker": f"{number}"}) for row in rows])
        if number % 2:
            store.undo()
    unchanged(store)


def _entry() -> Entry:
    article = make_article()
    found = make_claims(article)
    mark = Mark("Refuted", "low", "The roll call says 273.", corrected_value="273")
    source = Source("https://korda.example/roll-call", quoted="273 were there.", stance="refutes")
    return Entry(article, found, {found[0].claim_id: mark}, {found[0].claim_id: [source], found[2].claim_id: [source]})


def test_an_article_comes_with_its_marks_and_sources(store: Store, unchanged: Check) -> None:
    """What others made of the claims is there with their events, as one act, and one undo takes all of it back."""
    [name] = store.add_articles([_entry()])
    first, second, third = (row["claim_id"] for row in store.rows(Query(sort="article")))
    claim = store.claim(first)
    assert (claim["verdict"], claim["status"], claim["checker"], claim["scale"]) == (
        "Refuted",
        "marked",
        "Jana",
        "averitec",
    )
    assert [store.claim(each)["n_sources"] for each in (first, second, third)] == [1, 0, 1]
    assert store.count(Query(has_sources=True)) == 2
    assert [event.act for event in store.history(first)] == ["claim found", "mark kept", "source added"]
    assert store.count(Query(text="roll call")) == 1
    unchanged(store)
    store.undo()
    assert store.count(Query(dropped=True, statuses=("new", "marked"))) == 0
    unchanged(store)
    assert store.article(name).title


def test_the_same_again_doubles_nothing(store: Store) -> None:
    """An entry that is there already is passed over, with its marks and sources."""
    store.add_articles([_entry()])
    before = store.chain()
    assert store.add_articles([_entry()]) == []
    assert store.chain() == before


def test_a_mark_that_cannot_be_keeps_the_whole_entry_out(store: Store) -> None:
    """A verdict of another scale refuses the articles that came with it, all of them."""
    entry = _entry()
    wrong = replace(entry, marks={key: replace(mark, verdict="Pants on Fire") for key, mark in entry.marks.items()})
    with pytest.raises(BadScale, match="Pants on Fire"):
        store.add_articles([wrong])
    assert store.chain().events == 0
