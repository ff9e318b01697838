"""The record's writes: each makes an event and moves the revision, stale ones are refused, every act can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from threading import Thread
from typing import Any

import pytest

from claims.errors import ArticleExists, BadScale, NothingToUndo, NotThere, StaleWrite, StoreError
from claims.evidence import Source
from claims.store import Edit, Mark, Query, Store, events
from claims.store.people import DEFAULTS
from tests.claims.conftest import TEXT, make_article, make_claim, make_claims

ROLL_CALL = Source("https://korda.example/roll-call", quoted="273 were there.", stance="refutes")
Check = Callable[[Store], None]


def _wording(desk: Store, name: str) -> object:
    return desk.claim(name)["claim"]


def _edit(desk: Store, names: list[str]) -> None:
    desk.edit_claim(names[0], 1, {"claim": "312 inmates fled.", "assignee": "Tom", "kinds": ("numerical", "causal")})


def _mark(desk: Store, names: list[str]) -> None:
    desk.mark(
        names[0], 1, "Refuted", "high", rationale="The roll call says 273.", corrected_value="273", likelihood=0.1
    )


def _split(desk: Store, names: list[str]) -> None:
    article = make_article()
    parts = [make_claim(article, 26, 70, claim="312 inmates fled."), make_claim(article, claim="Ilic said so.")]
    desk.split_claim(names[0], 1, parts)


def _merge(desk: Store, names: list[str]) -> None:
    desk.merge_claims(
        names[:2], [1, 1], make_claim(make_article(), 26, 122, claim="312 inmates fled while vans waited.")
    )


def _drop(desk: Store, names: list[str]) -> None:
    desk.drop_claim(names[0], 1, "An opinion.")


def _add_claim(desk: Store, names: list[str]) -> None:
    assert names
    desk.add_claim(make_claim(make_article(), 88, 96, claim="There were two vans."))


def _add_source(desk: Store, names: list[str]) -> None:
    desk.add_source(names[0], 1, ROLL_CALL)


def _save(desk: Store, names: list[str]) -> None:
    mark = {"verdict": "Supported", "confidence": "low"}
    desk.save(names[0], 1, mark=mark, changes={"assignee": "Tom"}, sources=[ROLL_CALL])


def _edit_article(desk: Store, names: list[str]) -> None:
    assert names
    desk.edit_article(make_article().article_id, 1, {"title": "Guards leave", "published": None})


def _add_article(desk: Store, names: list[str]) -> None:
    assert names
    other = make_article("Ninety posts will go, the ministry said.", url=None)
    desk.add_article(other, [make_claim(other, 0, 20)])


def _assign(desk: Store, names: list[str]) -> None:
    desk.assign(names[0], 1, "Tom")


def _save_many(desk: Store, names: list[str]) -> None:
    desk.save_many([Edit(name, 1, Mark("Refuted", "low"), {"assignee": "Tom"}) for name in names])


def _add_person(desk: Store, names: list[str]) -> None:
    assert names
    desk.add_person("Ada")


def _set_scale(desk: Store, names: list[str]) -> None:
    assert names
    desk.set("scale", 0, "house")


def _set_second_reading(desk: Store, names: list[str]) -> None:
    assert names
    desk.set("second_reading", 0, value=False)


#: The steps of the work after the first mark are undone and redone in test_store_workflow, each from its own beginning.
ACTS = [
    _edit, _mark, _split, _merge, _drop, _add_claim, _add_source, _save, _edit_article, _add_article, _assign, _save_many,
    _add_person, _set_scale, _set_second_reading,
]  # fmt: skip


#: Acts on what stood before: each with what was done before it.
LATER: dict[str, tuple[Callable[[Store, str], Any], Callable[[Store, Any], object]]] = {
    "edit a source": (
        lambda desk, name: desk.add_source(name, 1, ROLL_CALL),
        lambda desk, source: desk.edit_source(source, 1, replace(ROLL_CALL, title="Roll call")),
    ),
    "remove a source": (
        lambda desk, name: desk.add_source(name, 1, ROLL_CALL),
        lambda desk, source: desk.remove_source(source, 1),
    ),
    "edit a person": (
        lambda desk, _: [desk.add_person("Jana"), desk.add_person("Tom")],
        lambda desk, _: desk.edit_person("Tom", 1, {"role": "editor"}),
    ),
    "somebody leaves": (
        lambda desk, _: [desk.add_person("Jana"), desk.add_person("Tom")],
        lambda desk, _: desk.edit_person("Tom", 1, {"active": False}),
    ),
    "change a setting": (
        lambda desk, _: desk.set("confidence", 0, "percent"),
        lambda desk, _: desk.set("confidence", 1, "words"),
    ),
    "take up again": (
        lambda desk, name: [desk.drop_claim(name, 1, "An opinion."), name][1],
        lambda desk, name: desk.edit_claim(name, 2, {"status": "new"}, why="It has a figure."),
    ),
    "mark again": (
        lambda desk, name: [desk.mark(name, 1, "Supported", "low"), name][1],
        lambda desk, name: desk.mark(name, 2, "Refuted", "high", rationale="273.", corrected_value="273"),
    ),
    "mark by another scale": (
        lambda desk, name: [desk.mark(name, 1, "Supported", "low"), desk.set("scale", 0, "house"), name][2],
        lambda desk, name: desk.mark(name, 2, "Wrong", "high"),
    ),
}


def _state(desk: Store) -> dict[str, Any]:
    """What people see of the record, without what counts its writes."""
    rows = desk.rows(Query(sort="article"), limit=100)
    return {
        "claims": [row | {"revision": 0, "scale": desk.claim(row["claim_id"])["scale"]} for row in rows],
        "articles": desk.articles().drop(columns=["revision"]).to_csv(),
        "sources": [[(each.source, each.added_by) for each in desk.sources(row["claim_id"])] for row in rows],
        "people": [(person.name, person.role) for person in desk.people() if person.active],
        "settings": {name: desk.setting(name) for name in DEFAULTS},
    }


@pytest.mark.parametrize("act", ACTS)
def test_every_act_is_an_event_undone_and_redone(desk: Store, names: list[str], act: Any, unchanged: Check) -> None:
    """An act makes events of one batch; undo restores what people saw before it, redo what they saw after it."""
    before, newest = _state(desk), desk.latest_event_seq()
    act(desk, names)
    after, events = _state(desk), desk.events_table()
    made = events[events["seq"] > newest]
    assert len(made) >= 1
    assert made["batch"].nunique() == 1
    assert set(made["actor"]) == {"Jana"}
    assert after != before
    assert desk.undo().act == "undone"
    assert _state(desk) == before
    assert desk.redo().act == "redone"
    assert _state(desk) == after
    unchanged(desk)


@pytest.mark.parametrize("act", LATER)
def test_every_later_act_is_undone_and_redone(desk: Store, names: list[str], act: str, unchanged: Check) -> None:
    """Also an act on what an earlier one left is taken back to that, and done again."""
    prepare, work = LATER[act]
    given = prepare(desk, names[0])
    before = _state(desk)
    work(desk, given)
    after = _state(desk)
    assert after != before
    desk.undo()
    assert _state(desk) == before
    desk.redo()
    assert _state(desk) == after
    unchanged(desk)


def test_undo_walks_back_and_redo_forward(desk: Store, names: list[str]) -> None:
    """Undo takes back one act after the other to the beginning; redo walks the same way forward."""
    desk.edit_claim(names[0], 1, {"claim": "one"})
    desk.edit_claim(names[0], 2, {"claim": "two"})
    first = TEXT[26:87]
    seen = [(desk.undo(), _wording(desk, names[0]))[1] for _ in range(2)]
    seen += [(desk.redo(), _wording(desk, names[0]))[1] for _ in range(2)]
    seen += [(desk.undo(), _wording(desk, names[0]))[1] for _ in range(2)]
    assert seen == ["one", first, "one", "two", "one", first]
    desk.undo()
    assert desk.count(Query()) == 0
    with pytest.raises(NothingToUndo):
        desk.undo()


def test_redo_ends_with_a_new_act(desk: Store, names: list[str]) -> None:
    """After something else was done, what was undone before is not done again."""
    desk.edit_claim(names[0], 1, {"claim": "one"})
    desk.undo()
    desk.edit_claim(names[1], 1, {"claim": "other"})
    with pytest.raises(NothingToUndo):
        desk.redo()


def test_undo_is_a_persons_own(desk: Store, names: list[str]) -> None:
    """Undo takes back the acts of the person who asks, and no one else's."""
    desk.edit_claim(names[0], 1, {"claim": "Tom's"}, actor="Tom")
    desk.edit_claim(names[1], 1, {"claim": "Jana's"})
    desk.undo("Tom")
    assert (_wording(desk, names[0]), _wording(desk, names[1])) == (TEXT[26:87], "Jana's")
    with pytest.raises(NothingToUndo):
        desk.undo("Tom")


def test_undo_is_refused_where_somebody_worked_on(desk: Store, names: list[str]) -> None:
    """An act on which a colleague has built since is not taken back under them."""
    desk.edit_claim(names[0], 1, {"claim": "one"})
    desk.edit_claim(names[0], 2, {"claim": "two"}, actor="Tom")
    with pytest.raises(StaleWrite) as refused:
        desk.undo()
    assert refused.value.current["claim"] == "two"
    assert _wording(desk, names[0]) == "two"


def test_undoing_an_article_is_refused_once_a_colleague_gave_a_source(desk: Store, names: list[str]) -> None:
    """A claim with a colleague's evidence does not vanish with its article."""
    desk.add_source(names[0], 1, ROLL_CALL, actor="Tom")
    with pytest.raises(StaleWrite):
        desk.undo()


def test_a_stale_write_is_refused_with_both_versions(desk: Store, names: list[str], unchanged: Check) -> None:
    """Every write that names an old revision is refused, tells how it stands and what was typed, and changes nothing."""
    source = desk.add_source(names[0], 1, ROLL_CALL)
    desk.edit_source(source, 1, replace(ROLL_CALL, title="Roll call"), actor="Tom")
    desk.edit_claim(names[0], 1, {"claim": "Tom's words"}, actor="Tom")
    desk.edit_article(make_article().article_id, 1, {"title": "Tom's title"}, actor="Tom")
    article, newest = make_article(), desk.latest_event_seq()
    stale: list[Callable[[], object]] = [
        lambda: desk.edit_claim(names[0], 1, {"claim": "mine"}),
        lambda: desk.mark(names[0], 1, "Refuted", "low"),
        lambda: desk.drop_claim(names[0], 1, "Mine."),
        lambda: desk.add_source(names[0], 1, ROLL_CALL),
        lambda: desk.save(names[0], 1, changes={"claim": "mine"}),
        lambda: desk.split_claim(names[0], 1, make_claims(article)),
        lambda: desk.merge_claims(names[:2], [1, 1], make_claim(article)),
        lambda: desk.edit_source(source, 1, ROLL_CALL),
        lambda: desk.remove_source(source, 1),
        lambda: desk.edit_article(article.article_id, 1, {"title": "mine"}),
    ]
    for write in stale:
        with pytest.raises(StaleWrite) as refused:
            write()
        assert refused.value.current["revision"] == 2
        assert refused.value.typed
    assert refused.value.current["title"] == "Tom's title"
    assert refused.value.typed == {"title": "mine"}
    assert desk.latest_event_seq() == newest
    unchanged(desk)


def test_nothing_is_deleted(desk: Store, names: list[str]) -> None:
    """Dropped claims, removed sources and undone articles stay readable by name."""
    source = desk.add_source(names[0], 1, ROLL_CALL)
    desk.remove_source(source, 1)
    desk.drop_claim(names[0], 1, "An opinion.")
    claim = desk.claim(names[0])
    assert (claim["status"], claim["dropped_why"], claim["n_sources"]) == ("dropped", "An opinion.", 0)
    assert [event.act for event in desk.history(names[0])] == [
        "claim found", "source added", "source removed", "claim dropped",
    ]  # fmt: skip
    for _ in range(4):
        desk.undo()
    assert desk.articles().empty
    assert desk.article(make_article().article_id) == make_article()
    assert desk.claim(names[0])["quote"] == TEXT[26:87]


def test_an_edit_that_changes_nothing_is_no_event(desk: Store, names: list[str]) -> None:
    """Saving what stands there already neither makes an event nor moves the revision."""
    newest = desk.latest_event_seq()
    assert desk.edit_claim(names[0], 1, {"speaker": "Marusa Ilic", "figure_low": 312}) == 1
    assert desk.edit_article(make_article().article_id, 1, {"title": "Guards walk out at Korda"}) == 1
    assert desk.latest_event_seq() == newest


@pytest.mark.parametrize(
    ("url", "remedy"),
    [
        ("https://user:secret@korda.example/guards", "take out all between // and @"),
        ("javascript:alert(1)", "use one that starts with http:// or https://"),
        ("https://korda.example/two words", "copy it again from the browser"),
    ],
)
def test_an_article_gets_no_address_that_leads_to_no_page(store: Store, url: str, remedy: str) -> None:
    """It is refused by what to do; one that an import brought stays beside what is corrected, until it is itself."""
    brought = make_article(url="javascript:alert(2)")
    store.add_article(brought, [])
    newest = store.latest_event_seq()
    with pytest.raises(StoreError, match=remedy):
        store.edit_article(brought.article_id, 1, {"title": "Guards leave", "url": url})
    assert store.latest_event_seq() == newest
    store.edit_article(brought.article_id, 1, {"title": "Guards leave", "url": brought.url})
    store.edit_article(brought.article_id, 2, {"url": "https://korda.example/guards"})
    assert store.article(brought.article_id).url == "https://korda.example/guards"


def test_a_mark_stands_in_the_row_and_in_the_events(desk: Store, names: list[str]) -> None:
    """A mark fills the judgement's columns, moves the status, and is kept by itself with its scale."""
    before = datetime.now(UTC)
    _mark(desk, names)
    claim = desk.claim(names[0])
    assert (claim["verdict"], claim["confidence"], claim["status"], claim["checker"]) == (
        "Refuted",
        "high",
        "marked",
        "Jana",
    )
    assert claim["verdict_as_of"] == claim["checked_at"].date()
    assert before <= claim["checked_at"] <= datetime.now(UTC)
    marked, kept = desk.history(names[0])[-2:]
    assert (marked.old or {})["verdict"] is None
    assert (kept.new["scale"], kept.new["reading"], kept.new["verdict"]) == ("averitec", "first", "Refuted")


def test_marks_keep_to_the_scale(desk: Store, names: list[str]) -> None:
    """A verdict, confidence or likelihood that the scale does not hold is refused, and nothing is written."""
    for verdict, confidence, likelihood in (("False", "high", None), ("Refuted", "90 %", None), ("Refuted", "high", 2)):
        with pytest.raises((BadScale, StoreError)):
            desk.mark(names[0], 1, verdict, confidence, likelihood=likelihood)
    assert desk.claim(names[0])["revision"] == 1


def test_saving_a_form_is_one_act(desk: Store, names: list[str]) -> None:
    """A mark, a change and a source saved together move the revision once and are undone together."""
    _save(desk, names)
    claim = desk.claim(names[0])
    assert (claim["revision"], claim["assignee"], claim["verdict"], claim["n_sources"]) == (2, "Tom", "Supported", 1)
    desk.undo()
    claim = desk.claim(names[0])
    assert (claim["revision"], claim["assignee"], claim["verdict"], claim["n_sources"]) == (3, None, None, 0)


def test_a_form_that_cannot_be_saved_leaves_nothing(desk: Store, names: list[str]) -> None:
    """Where one part of a form is refused, no part is kept."""
    newest = desk.latest_event_seq()
    with pytest.raises(StoreError):
        desk.save(names[0], 1, mark={"verdict": "Refuted", "confidence": "low"}, sources=[Source(stance="maybe")])
    assert desk.latest_event_seq() == newest


def test_a_source_does_not_make_a_form_stale(desk: Store, names: list[str]) -> None:
    """A colleague's source moves no claim's revision: the open form can still be saved."""
    desk.add_source(names[0], 1, ROLL_CALL, actor="Tom")
    assert desk.mark(names[0], 1, "Refuted", "low") == 2


def test_sources_come_back_as_given(desk: Store, names: list[str]) -> None:
    """A source is read as it was written, corrected in place, and counted on its claim."""
    wire = Source("https://wire.example/a", published=date(2024, 3, 3), stance="supports", origin="wire story")
    for given in (ROLL_CALL, wire, replace(wire, location="https://wire.example/b", origin="Wire story ")):
        desk.add_source(names[0], 1, given)
    stored = desk.sources(names[0])
    assert [one.source for one in stored][:2] == [ROLL_CALL, wire]
    assert (stored[0].added_by, stored[0].revision) == ("Jana", 1)
    claim = desk.claim(names[0])
    counts = [claim[name] for name in ("n_sources", "n_independent", "n_supporting", "n_refuting")]
    assert counts == [3, 2, 2, 1]
    assert claim["sources"] == "https://korda.example/roll-call|https://wire.example/a|https://wire.example/b"


def test_status_moves_along_the_table_only(desk: Store, names: list[str]) -> None:
    """A step that the table of transitions does not hold is refused, and the message names those it does."""
    with pytest.raises(StoreError, match=r"'new' cannot become 'signed off'\. From here it may become: assigned"):
        desk.edit_claim(names[0], 1, {"status": "signed off"})
    assert desk.edit_claim(names[0], 1, {"status": "assigned", "assignee": "Tom"}) == 2


def test_dropping_and_taking_up_again_need_a_reason(desk: Store, names: list[str]) -> None:
    """Neither goes without a why, which the history keeps."""
    with pytest.raises(StoreError, match="needs a reason"):
        desk.drop_claim(names[0], 1, "  ")
    desk.drop_claim(names[0], 1, "An opinion.")
    with pytest.raises(StoreError, match="needs a reason"):
        desk.edit_claim(names[0], 2, {"status": "new"})
    desk.edit_claim(names[0], 2, {"status": "new"}, why="It has a figure.")
    event = desk.history(names[0])[-1]
    assert (event.act, event.why, desk.claim(names[0])["dropped_why"]) == ("claim taken up", "It has a figure.", None)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"quote": "other words"}, "'quote' of a claim is not edited"),
        ({"claim": ""}, "cannot be empty"),
        ({"priority": "urgent"}, "'urgent' is no priority. Use one of: high"),
        ({"figure_low": "many"}, "figure_low holds a number"),
        ({"figure_low": float("nan")}, "figure_low holds a number"),
        ({"date_first": "Sunday"}, "date_first holds a day"),
        ({"date_first": datetime.now(UTC)}, "date_first holds a day"),
        ({"speaker": 7}, "speaker holds text"),
    ],
)
def test_what_a_column_cannot_hold_is_refused(desk: Store, names: list[str], changes: Any, sentence: str) -> None:
    """An edit of a fixed column, or a value of the wrong kind, is refused by a sentence that names the column."""
    with pytest.raises(StoreError, match=sentence):
        desk.edit_claim(names[0], 1, changes)


def test_a_split_stands_in_the_place_of_the_claim(desk: Store, names: list[str]) -> None:
    """The parts carry the claim's name and place, under names of their own even where their span is the claim's."""
    _split(desk, names)
    table = desk.claims_of(make_article().article_id)
    assert sorted(table["claim"][:2]) == ["312 inmates fled.", "Ilic said so."]
    assert table["claim_id"].tolist()[2:] == names[1:]
    part = desk.claim(f"{names[0]}-2")
    assert (part["origin"], part["parents"], part["seq"], part["claim"]) == ("split", [names[0]], 1, "Ilic said so.")
    assert f"{names[0]}-2" in desk.claim(names[0])["dropped_why"]


def test_a_merged_claim_takes_the_sources_over(desk: Store, names: list[str]) -> None:
    """The merged claim has copies of its parents' sources; the parents keep theirs and point to it."""
    desk.add_source(names[0], 1, ROLL_CALL)
    merged = desk.merge_claims(
        names[:2], [1, 1], make_claim(make_article(), 26, 122, claim="Both."), why="The same event."
    )
    assert [stored.source for stored in desk.sources(merged)] == [ROLL_CALL]
    assert len(desk.sources(names[0])) == 1
    assert desk.claim(merged)["parents"] == names[:2]
    assert desk.claim(names[1])["dropped_why"] == f"Merged into {merged}."
    assert desk.count(Query(has_sources=True)) == 1


def test_the_parts_of_a_claim_take_its_sources_over(desk: Store, names: list[str], unchanged: Check) -> None:
    """Each part has copies of the standing sources, the claim keeps its own; undo takes all of it back."""
    desk.add_source(names[0], 1, ROLL_CALL)
    removed = desk.add_source(names[0], 1, replace(ROLL_CALL, location="https://korda.example/removed"))
    desk.remove_source(removed, 1)
    before = _state(desk)
    _split(desk, names)
    parts = [name for name in desk.claims_of(make_article().article_id)["claim_id"] if name not in names]
    copies = [desk.sources(part) for part in parts]
    assert [[stored.source for stored in found] for found in copies] == [[ROLL_CALL], [ROLL_CALL]]
    own = desk.sources(names[0])
    assert len({stored.source_id for found in (*copies, own) for stored in found}) == 3
    assert desk.count(Query(has_sources=True)) == 2
    after = _state(desk)
    desk.undo()
    assert _state(desk) == before
    assert [desk.sources(part) for part in parts] == [[], []]
    assert desk.sources(names[0]) == own
    desk.redo()
    assert _state(desk) == after
    unchanged(desk)


def test_an_added_claim_stands_where_it_begins(desk: Store, names: list[str]) -> None:
    """A person's claim comes after the last one that begins no later, and once only."""
    added = make_claim(make_article(), 92, 122, claim="Vans waited.")
    desk.add_claim(added)
    assert desk.claims_of(added.article_id)["claim_id"].tolist() == [*names[:2], added.claim_id, names[2]]
    with pytest.raises(StoreError, match=r"in the table as a claim already\. Open it"):
        desk.add_claim(added)
    desk.drop_claim(added.claim_id, 1, "Twice.")
    with pytest.raises(StoreError, match="Take it up again"):
        desk.add_claim(added)


def test_what_is_not_there_is_told(desk: Store) -> None:
    """Reading or writing under a name that nothing has is NotThere, whatever the name is made of."""
    for name in ("nobody", "", "\ud800", "\0", "' OR 1=1 --", "x" * 100_000):
        with pytest.raises(NotThere):
            desk.claim(name)
        with pytest.raises(NotThere):
            desk.article(name)
        with pytest.raises(NotThere):
            desk.mark(name, 1, "Refuted", "low")
        assert desk.history(name) == []
        assert desk.sources(name) == []


def test_the_same_text_is_kept_once_unless_asked(desk: Store, unchanged: Check) -> None:
    """The same text again is refused and says where it stands; as a new version it gets a name and claims of its own."""
    article = make_article(title="Under another title")
    with pytest.raises(ArticleExists) as refused:
        desk.add_article(article, make_claims(article))
    assert refused.value.article_id == article.article_id
    second = desk.add_article(article, make_claims(article), new_version=True)
    third = desk.add_article(article, make_claims(article), new_version=True)
    assert (second, third) == (f"{article.article_id}-2", f"{article.article_id}-3")
    assert desk.articles()["version"].tolist() == [3, 2, 1]
    assert desk.article(second) == replace(article, copy=2)
    assert (len(desk.claims_of(second)), desk.count(Query())) == (3, 9)
    unchanged(desk)


def test_undone_versions_come_back_under_their_names(desk: Store) -> None:
    """Versions whose reading was undone are taken up again one by one before a new name is given."""
    article = make_article()
    keep = [desk.add_article(article, make_claims(article), new_version=True) for _ in range(2)]
    desk.undo()
    desk.undo()
    again = [desk.add_article(article, make_claims(article), new_version=True) for _ in range(3)]
    assert again == [*keep, f"{article.article_id}-4"]
    assert desk.differences() == []


def test_another_text_at_the_same_address_is_the_next_version(desk: Store) -> None:
    """A page that was rewritten is a version of its story, without being asked for."""
    desk.add_article(make_article("Guards went back to work on Tuesday."), [])
    assert desk.articles()["version"].tolist() == [2, 1]


def test_an_undone_article_can_be_read_again(desk: Store, names: list[str], unchanged: Check) -> None:
    """Reading a text again after its reading was undone brings it and its claims back."""
    desk.undo()
    assert (desk.count(Query()), len(desk.articles())) == (0, 0)
    article = make_article()
    desk.add_article(article, make_claims(article))
    assert desk.table(Query(sort="article"))["claim_id"].tolist() == names
    assert desk.claim(names[0])["status"] == "new"
    unchanged(desk)


def test_many_articles_are_read_as_they_come(store: Store, unchanged: Check) -> None:
    """Articles come from a generator; those that stand there already are passed over, also among themselves."""
    given = [make_article(f"Story {number % 250}: 40 guards left.", url=None) for number in range(300)]
    names = store.add_articles((article, [make_claim(article, 0, 5)]) for article in given)
    assert len(names) == len(set(names)) == 250
    assert store.add_articles((article, []) for article in given) == []
    assert store.count(Query()) == 250
    unchanged(store)


def test_an_article_comes_back_exactly(store: Store) -> None:
    """Any text comes back: half characters, NULs, right-to-left words, a line of 100,000 characters, our own escape."""
    hard = "40 fled.\0\ud83d \udc00 ␛0041 \u202eשלום\u202c 🏛 'quoted' \"x\" % _ \r\n" + "9" * 100_000
    article = make_article(hard, title="\ud800", furniture=((0, 3, "line"), (4, 8, "day line")), removed="cookie text")
    name = store.add_article(article, [make_claim(article, 0, 15, speaker="\0", claim="\udfff␛")])
    assert store.article(name) == article
    [claim] = store.claims_of(name)["claim_id"]
    assert (store.claim(claim)["claim"], store.claim(claim)["speaker"]) == ("\udfff␛", "\0")
    store.add_source(claim, 1, Source("\ud800"))
    assert (len(store.articles()), len(store.sources_table()), store.page(Query())["article_id"][0]) == (1, 1, name)
    assert (store.articles()["title"][0], store.page(Query())["claim"][0]) == ("␛d800", "\udfff␛")
    assert store.verify() is None
    assert store.differences() == []


def test_figures_beyond_any_database_are_kept_as_the_greatest(store: Store) -> None:
    """A number of 400 digits neither stops an import nor breaks the chain."""
    article = make_article()
    store.add_article(article, [make_claim(article, figure_low=10**400, figure_high=-(10**400))])
    assert store.table(Query())["figure_low"][0] > 1e308
    assert store.differences() == []


def test_a_reading_sees_one_moment(desk: Store, names: list[str]) -> None:
    """What a colleague writes while something is read in several steps shows in none of them."""
    with desk._database.reading() as connection:
        before = events.newest(connection)
        desk.edit_claim(names[0], 1, {"claim": "Tom's words"}, actor="Tom")
        assert events.newest(connection) == before
        assert events.row_of(connection, "claim", names[0])["revision"] == 1
    assert desk.claim(names[0])["revision"] == 2


def test_threads_lose_nothing(desk: Store, names: list[str], place: str, unchanged: Check) -> None:
    """Eight threads on two stores of one record: no error but stale writes, and every acknowledged write is there."""
    written: list[str] = []
    errors: list[Exception] = []
    with Store(place, actor="Tom") as other:

        def work(number: int) -> None:
            store = (desk, other)[number % 2]
            done = 0
            while done < 5:
                revision = store.claim(names[0])["revision"]
                wording = f"{number}-{done}"
                try:
                    store.edit_claim(names[0], revision, {"claim": wording})
                except StaleWrite:
                    continue
                except Exception as error:  # noqa: BLE001  (whatever a thread meets, the test must see)
                    errors.append(error)
                    return
                written.append(wording)
                done += 1

        threads = [Thread(target=work, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert errors == []
    told = [event.new["claim"] for event in desk.history(names[0]) if event.act == "claim edited"]
    assert sorted(told) == sorted(written)
    assert desk.claim(names[0])["revision"] == 1 + 40
    unchanged(desk)
