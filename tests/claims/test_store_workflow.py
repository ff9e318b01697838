"""The work on a claim, step by step: what each asks, who may not, what a lock keeps, and what reopening clears."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from claims.errors import ClaimLocked, NotAllowed, SignOffRefused, StaleWrite, StoreError
from claims.evidence import Source
from claims.status import LOCKED, SETTABLE, STATUSES, STEPS, Step, is_kept_back, may, step
from claims.store import Edit, Mark, Query, Store
from claims.store.events import Act, Change, new_id, record, row_of
from tests.claims.conftest import (
    ROLL_CALL,
    Verb,
    agree,
    ask_for_second,
    bring,
    decide,
    dispute,
    documented,
    make_article,
    make_claim,
    make_claims,
    mark_fully,
    publish,
    sign_off,
    void,
)

Check = Callable[[Store], None]


def _assign(store: Store, name: str, revision: int) -> int:
    return store.edit_claim(name, revision, {"status": "assigned", "assignee": "Tom"})


def _to(status: str, why: str = "") -> Verb:
    return lambda store, name, revision: store.edit_claim(name, revision, {"status": status}, why=why)


def _reopen(store: Store, name: str, revision: int) -> int:
    return store.reopen(name, revision, "New figures came.")


#: The verb that goes a step, by what the step is called; by where it leads, where one name has two.
VERBS: dict[str, Verb] = {
    "claim assigned": _assign,
    "claim begun": _to("in progress"),
    "claim marked": mark_fully,
    "claim dropped": _to("dropped", "An opinion."),
    "claim handed back": _to("new"),
    "claim taken up again": _to("in progress", "New figures came."),
    "second reading asked for": ask_for_second,
    "agreed": agree,
    "disputed": dispute,
    "claim decided": decide,
    "claim signed off": sign_off,
    "claim published": publish,
    "claim voided": void,
    "claim reopened": _reopen,
    "claim taken up": _to("new", "It has a figure."),
}


def _named(way: Step) -> str:
    return f"{way.old} to {way.new}"


@pytest.mark.parametrize("way", STEPS, ids=_named)
def test_every_step_is_gone_by_its_verb(desk: Store, names: list[str], way: Step, unchanged: Check) -> None:
    """A step is an event by the name the table gives it, from the one status to the other; undo goes back, redo forth.

    What readers were told of is not taken back: see ``test_store_undoing.py``.
    """
    if way.old == "marked":
        desk.set("second_reading", 0, value=False)
    revision = bring(desk, names[0], way.old)
    newest = desk.latest_event_seq()
    before = desk.claim(names[0])
    verb = VERBS[way.new if way.new in VERBS else way.act]
    assert verb(desk, names[0], revision) == revision + 1
    after = desk.claim(names[0])
    [event] = [event for event in desk.history(names[0]) if event.seq > newest and event.subject_kind == "claim"]
    assert event.act == way.act
    assert ((event.old or {})["status"], event.new["status"]) == (way.old, way.new)
    passing = {"revision": 0, "seen_by": []}
    taken_back = () if way.new in {"published", "void"} else ((desk.undo, before), (desk.redo, after))
    for again, there in taken_back:
        again(event.actor)
        assert desk.claim(names[0]) | passing == there | passing
    unchanged(desk)


@pytest.mark.parametrize("old", STATUSES)
def test_no_other_step_is_gone(desk: Store, names: list[str], old: str) -> None:
    """What the table does not hold is refused, with any reason, and nothing is written."""
    revision = bring(desk, names[0], old)
    newest = desk.latest_event_seq()
    verbs = {"published": publish, "void": void, "signed off": sign_off, "decided": decide}
    for new in STATUSES:
        if new == old or step(old, new):
            continue
        with pytest.raises(StoreError):
            desk.edit_claim(names[0], revision, {"status": new}, why="" if old in LOCKED else "Because.")
        if new in verbs:
            with pytest.raises(StoreError, match=f"A claim that is '{old}' cannot become '{new}'"):
                verbs[new](desk, names[0], revision)
    assert desk.latest_event_seq() == newest


@pytest.mark.parametrize("way", [way for way in STEPS if way.asks], ids=_named)
def test_a_step_that_asks_why_is_not_gone_without(desk: Store, names: list[str], way: Step) -> None:
    """A blank reason is none; the message says what is asked."""
    revision = bring(desk, names[0], way.old)
    verbs: dict[str, Callable[[], object]] = {
        "claim reopened": lambda: desk.reopen(names[0], revision, " \n"),
        "claim voided": lambda: desk.void(names[0], revision, " \n"),
    }
    verb = verbs.get(way.act, lambda: desk.edit_claim(names[0], revision, {"status": way.new}, why=" \n"))
    with pytest.raises(StoreError, match=f"needs {way.asks}"):
        verb()
    assert desk.claim(names[0])["revision"] == revision


@pytest.mark.parametrize("status", ["agreed", "disputed", "decided"])
@pytest.mark.parametrize("many", [False, True])
def test_a_checker_clears_no_reading_and_no_decision_of_others(
    desk: Store, names: list[str], status: str, unchanged: Check, *, many: bool
) -> None:
    """To take up what was read twice takes a reviewer and a reason, one by one and together; undo brings all of it back."""
    revision = bring(desk, names[0], status)
    desk.add_person("Ana", "admin", actor="Ana")
    desk.add_person("Rok", "reviewer", actor="Ana")
    desk.add_person("Ilic", actor="Ana")
    before = desk.claim(names[0])

    def take_up(actor: str, why: str) -> object:
        changes = {"status": "in progress"}
        if many:
            return desk.save_many([Edit(names[0], revision, None, changes)], why=why, actor=actor)
        return desk.edit_claim(names[0], revision, changes, why=why, actor=actor)

    with pytest.raises(
        NotAllowed, match=f"Ilic is a checker here; to make a claim 'in progress' that is '{status}' takes"
    ):
        take_up("Ilic", "I see it otherwise.")
    with pytest.raises(StoreError, match="needs a reason"):
        take_up("Rok", " ")
    assert desk.claim(names[0]) == before
    take_up("Rok", "A new count came.")
    after = desk.claim(names[0])
    assert (after["status"], after["second_verdict"], after["decided_by"]) == ("in progress", None, None)
    desk.undo("Rok")
    assert desk.claim(names[0]) | {"revision": 0} == before | {"revision": 0}
    unchanged(desk)


@pytest.mark.parametrize("status", sorted({*STATUSES} - {*SETTABLE, "dropped"}))
def test_what_is_given_by_an_act_is_not_set_by_a_form(desk: Store, names: list[str], status: str) -> None:
    """Nobody makes a claim agreed, decided, signed off, published or void by an edit or a mark: no checklist is passed by."""
    before = next(way.old for way in STEPS if way.new == status)
    revision = bring(desk, names[0], before)
    newest = desk.latest_event_seq()
    with pytest.raises(StoreError):
        desk.edit_claim(names[0], revision, {"status": status}, why="Because.")
    with pytest.raises(StoreError):
        desk.mark(names[0], revision, "Supported", "high", status=status)
    with pytest.raises(StoreError):
        desk.save_many([Edit(names[0], revision, changes={"status": status})], why="Because.")
    assert desk.latest_event_seq() == newest


def test_a_bare_mark_is_not_signed_off_by_an_edit(desk: Store, names: list[str]) -> None:
    """A claim with neither rationale nor source does not become signed off by its status being set."""
    revision = desk.mark(names[0], 1, "Refuted", "low")
    with pytest.raises(StoreError):
        desk.edit_claim(names[0], revision, {"status": "signed off"})
    assert desk.claim(names[0])["status"] == "marked"


@pytest.mark.parametrize("status", ["marked", "second reading"])
def test_the_first_reader_does_not_read_second(desk: Store, names: list[str], status: str) -> None:
    """Two readings are by two people."""
    revision = bring(desk, names[0], status)
    with pytest.raises(StoreError, match="The first reader does not read second"):
        desk.read_second(names[0], revision, "Supported", "high")
    assert desk.claim(names[0])["revision"] == revision


def test_who_has_seen_the_first_reading_reads_no_second_time(desk: Store, names: list[str]) -> None:
    """Both are shown once both are in: who takes theirs back and gives another knows the answer. A new first reading is unknown."""
    desk.read_second(names[0], bring(desk, names[0], "marked"), "Refuted", "low", actor="Tom")
    desk.undo(actor="Tom")
    revision = desk.claim(names[0])["revision"]
    with pytest.raises(StoreError, match="would not be blind"):
        desk.read_second(names[0], revision, "Supported", "low", actor="tom")
    revision = desk.mark(names[0], revision, "Conflicting evidence", "high")
    assert is_kept_back(desk.claim(names[0]), "Tom", read_twice=True)
    desk.read_second(names[0], revision, "Refuted", "low", actor="Tom")
    assert desk.claim(names[0])["agreement"] == "disputed"


def test_a_second_reading_that_was_never_blind_may_be_given_again(desk: Store, names: list[str]) -> None:
    """Where the desk reads once, the first reading is open to everybody from the start."""
    revision = bring(desk, names[0], "marked")
    desk.set("second_reading", 0, value=False)
    desk.read_second(names[0], revision, "Refuted", "low", actor="Tom")
    desk.undo(actor="Tom")
    desk.read_second(names[0], desk.claim(names[0])["revision"], "Supported", "low", actor="Tom")
    assert desk.claim(names[0])["agreement"] == "agreed"


def test_who_has_seen_the_first_reading_may_mark_it_anew(desk: Store, names: list[str]) -> None:
    """Nothing is kept back from them, by row or by filter; the first reader reads second then."""
    desk.read_second(names[0], bring(desk, names[0], "marked"), "Refuted", "low", actor="Tom")
    desk.undo(actor="Tom")
    claim = desk.claim(names[0])
    assert [is_kept_back(claim, reader, read_twice=True) for reader in ("Tom", "Eva", "")] == [False, True, True]
    for reader, found in (("Tom", 1), ("Eva", 0)):
        assert desk.count(Query(verdicts=("Supported",), reader=reader, read_twice=True)) == found
    checker = claim["checker"]
    revision = desk.mark(names[0], claim["revision"], "Refuted", "low", actor="Tom")
    desk.read_second(names[0], revision, "Refuted", "high", actor=checker)
    assert desk.claim(names[0])["agreement"] == "agreed"


def test_a_name_is_spelled_as_the_record_has_it(desk: Store, names: list[str]) -> None:
    """In any case of letters, those of no ASCII too; a name that nobody has stays as it is."""
    desk.mark(names[0], 1, "Supported", "high", actor="Ärna Ilić")
    assert [desk.spelled(name) for name in ("ärna ilić", "ÄRNA ILIĆ", "Ärna Ilić", "Tom")] == [
        *["Ärna Ilić"] * 3,
        "Tom",
    ]


def test_a_colleague_reads_second_where_one_took_theirs_back(desk: Store, names: list[str]) -> None:
    """Whoever has not seen the first reading may; and who took theirs back may do it again as it was."""
    desk.read_second(names[0], bring(desk, names[0], "marked"), "Refuted", "low", actor="Tom")
    desk.undo(actor="Tom")
    desk.redo(actor="Tom")
    assert desk.claim(names[0])["second_verdict"] == "Refuted"
    desk.undo(actor="Tom")
    desk.read_second(names[0], desk.claim(names[0])["revision"], "Supported", "low", actor="Ines")
    assert desk.claim(names[0])["second_reader"] == "Ines"


@pytest.mark.parametrize(("verdict", "agreement"), [("Supported", "agreed"), ("Refuted", "disputed")])
@pytest.mark.parametrize("status", ["marked", "second reading"])
def test_two_readings_agree_or_not(desk: Store, names: list[str], status: str, verdict: str, agreement: str) -> None:
    """Equal verdicts agree, whatever the confidence; unequal ones are disputed. The first stands, the second is beside it."""
    desk.read_second(names[0], bring(desk, names[0], status), verdict, "low", rationale="Counted.", actor="Tom")
    claim = desk.claim(names[0])
    assert (claim["status"], claim["agreement"], claim["verdict"]) == (agreement, agreement, "Supported")
    assert (claim["second_reader"], claim["second_verdict"], claim["second_confidence"]) == ("Tom", verdict, "low")
    kept = desk.history(names[0])[-1]
    assert (kept.new["reading"], kept.new["reader"], kept.new["rationale"]) == ("second", "Tom", "Counted.")


@pytest.mark.parametrize("status", sorted({*STATUSES} - {"marked", "second reading"}))
def test_only_a_marked_claim_is_read_second(desk: Store, names: list[str], status: str) -> None:
    """Before a first mark, and after the readings, there is no second one."""
    revision = bring(desk, names[0], status)
    with pytest.raises(StoreError, match="waits for no second reading"):
        desk.read_second(names[0], revision, "Supported", "high", actor="Tom")


def test_without_a_verdict_a_claim_is_not_marked(desk: Store, names: list[str], unchanged: Check) -> None:
    """A form's status says nothing that nobody has judged; with the mark beside it, or an earlier one, it does."""
    for write in (
        lambda: desk.edit_claim(names[0], 1, {"status": "marked"}),
        lambda: desk.save(names[0], 1, changes={"status": "marked"}),
        lambda: desk.save_many([Edit(names[0], 1, None, {"status": "marked"})]),
    ):
        with pytest.raises(StoreError, match=r"does not become 'marked'\. Give its verdict, and save the mark\."):
            write()
    assert desk.claim(names[0])["revision"] == 1
    revision = desk.save(names[0], 1, mark=Mark("Supported", "low"), changes={"status": "marked"})
    revision = desk.edit_claim(names[0], revision, {"status": "in progress"})
    desk.edit_claim(names[0], revision, {"status": "marked"})
    assert (desk.claim(names[0])["status"], desk.claim(names[0])["verdict"]) == ("marked", "Supported")
    unchanged(desk)


def test_where_nobody_has_judged_nobody_reads_second(desk: Store, names: list[str]) -> None:
    """A claim that a record holds as marked without a verdict gets its first reading first, and is no dispute."""
    with desk._database.writing() as connection:
        act = Act(connection, "Jana", datetime.now(UTC), new_id())
        row = row_of(connection, "claim", names[0])
        record(act, [Change("claim marked", "claim", names[0], row, {"status": "marked"})])
    with pytest.raises(StoreError, match="no first verdict to read against"):
        desk.read_second(names[0], 2, "Refuted", "low", actor="Tom")
    with pytest.raises(StoreError, match="does not become 'second reading'"):
        ask_for_second(desk, names[0], 2)
    assert desk.edit_claim(names[0], 2, {"tags": "gate"}) == 3


def test_a_decision_needs_its_reason(desk: Store, names: list[str]) -> None:
    """A blank rationale is none."""
    revision = bring(desk, names[0], "disputed")
    with pytest.raises(StoreError, match="A decision needs its reason"):
        desk.decide(names[0], revision, "Refuted", "high", rationale=" \n")


def test_a_decision_stands_over_both_readings(desk: Store, names: list[str]) -> None:
    """The verdict is then the desk's, with who decided and when; both readings stay on record beside it."""
    revision = bring(desk, names[0], "disputed")
    desk.decide(names[0], revision, "Refuted", "high", rationale="273.", corrected_value="273", actor="Ana")
    claim = desk.claim(names[0])
    assert (claim["verdict"], claim["confidence"], claim["rationale"], claim["corrected_value"]) == (
        "Refuted", "high", "273.", "273",
    )  # fmt: skip
    assert (claim["decided_by"], claim["checker"], claim["second_reader"]) == ("Ana", "Jana", "Tom")
    assert claim["decided_at"] is not None
    kept = [event.new for event in desk.history(names[0]) if event.subject_kind == "mark"]
    assert [(mark["reading"], mark["verdict"]) for mark in kept] == [
        ("first", "Supported"), ("second", "Refuted"), ("decision", "Refuted"),
    ]  # fmt: skip


def _marked(given: Mark, *sources: Source) -> Verb:
    return lambda desk, name, _: desk.save(name, 1, mark=given, sources=[documented(desk, each) for each in sources])


def _marked_by_what_became_the_article(desk: Store, name: str, _: int) -> int:
    """A source of its own page, which the article's address is corrected to afterwards."""
    revision = desk.save(name, 1, mark=FULL, sources=[ITSELF])
    article_id = desk.claim(name)["article_id"]
    desk.edit_article(article_id, 1, {"url": ITSELF.location})
    return revision


FULL = Mark("Refuted", "high", "The roll call says 273.", corrected_value="273")
ITSELF = Source("https://korda.example/guards-walk-out", quoted="Some 312 inmates fled.", stance="supports")

#: What is missing of a checklist, and how a claim that misses it alone was marked and read second.
MISSING: dict[str, tuple[Verb, str | None]] = {
    "rationale": (_marked(replace(FULL, rationale=" "), ROLL_CALL), "Refuted"),
    "quoted passage": (_marked(FULL, replace(ROLL_CALL, quoted=" ")), "Refuted"),
    "quoted passage, evidence beyond the article": (_marked_by_what_became_the_article, "Refuted"),
    "corrected value": (_marked(replace(FULL, corrected_value=""), ROLL_CALL), "Refuted"),
    "second reading": (_marked(FULL, ROLL_CALL), None),
}


@pytest.mark.parametrize("missing", MISSING)
def test_a_sign_off_names_each_item_that_is_missing(desk: Store, names: list[str], missing: str) -> None:
    """Where the checklist is not met, the refusal lists what is missing and how to mend it, and nothing is written."""
    mark, second = MISSING[missing]
    revision = mark(desk, names[0], 1)
    if second:
        revision = desk.read_second(names[0], revision, second, "high", actor="Tom")
    items = [item for item in desk.checklist(names[0]) if not item.met]
    assert ", ".join(item.name for item in items) == missing
    with pytest.raises(SignOffRefused) as refused:
        desk.sign_off(names[0], revision)
    assert refused.value.missing == tuple((item.what, item.remedy) for item in items)
    assert all(item.remedy in str(refused.value) for item in items)
    assert desk.claim(names[0])["revision"] == revision


def test_a_dispute_is_decided_before_a_sign_off(desk: Store, names: list[str]) -> None:
    """A disputed claim is not signed off; once it is decided, it is."""
    revision = bring(desk, names[0], "disputed")
    assert "no open dispute" in [item.name for item in desk.checklist(names[0]) if not item.met]
    with pytest.raises(StoreError, match="'disputed' cannot become 'signed off'"):
        desk.sign_off(names[0], revision)
    sign_off(desk, names[0], decide(desk, names[0], revision))
    assert desk.claim(names[0])["signed_off_by"] == "Ana"


def test_a_claim_without_a_verdict_misses_nearly_all(desk: Store, names: list[str]) -> None:
    """The checklist of a new claim is read before anything is done to it."""
    assert [item.name for item in desk.checklist(names[0]) if not item.met] == [
        "verdict", "confidence", "rationale", "quoted passage", "evidence beyond the article", "second reading",
    ]  # fmt: skip


def test_a_fulfilled_checklist_is_signed_off(desk: Store, names: list[str]) -> None:
    """Who signed and when stands on the claim."""
    mark = Mark("Supported", "high", "The roll call bears it out.")
    revision = agree(desk, names[0], desk.save(names[0], 1, mark=mark, sources=[documented(desk, ROLL_CALL)]))
    assert all(item.met for item in desk.checklist(names[0]))
    desk.sign_off(names[0], revision, actor="Ana")
    claim = desk.claim(names[0])
    assert (claim["status"], claim["signed_off_by"]) == ("signed off", "Ana")
    assert claim["signed_off_at"] >= claim["checked_at"]


def test_a_desk_that_reads_once_signs_a_mark_off(desk: Store, names: list[str]) -> None:
    """With the second reading switched off a marked claim is signed off as it is."""
    desk.set("second_reading", 0, value=False)
    assert sign_off(desk, names[0], bring(desk, names[0], "marked")) == 3
    assert "second reading" not in [item.name for item in desk.checklist(names[0])]


# Locks

Write = Callable[[Store, str, int, str], object]


def _edit_source(desk: Store, name: str, _: int, why: str) -> object:
    [stored] = desk.sources(name)
    return desk.edit_source(stored.source_id, stored.revision, replace(ROLL_CALL, title="Other"), why=why)


def _remove_source(desk: Store, name: str, _: int, why: str) -> object:
    [stored] = desk.sources(name)
    return desk.remove_source(stored.source_id, stored.revision, why=why)


OTHER = Source("https://korda.example/other", quoted="Some.", stance="refutes")
AGAIN = Mark("Refuted", "low", "On second thoughts.")
WRITES: dict[str, Write] = {
    "edit": lambda desk, name, revision, why: desk.edit_claim(name, revision, {"claim": "Other."}, why=why),
    "save changes": lambda desk, name, revision, why: desk.save(name, revision, changes={"speaker": "Tom"}, why=why),
    "save a mark": lambda desk, name, revision, why: desk.save(name, revision, mark=AGAIN, why=why),
    "save a source": lambda desk, name, revision, why: desk.save(name, revision, sources=[OTHER], why=why),
    "save all": lambda desk, name, revision, why: desk.save(
        name, revision, mark=AGAIN, changes={"speaker": "Tom"}, sources=[OTHER], why=why
    ),
    "save many": lambda desk, name, revision, why: desk.save_many(
        [Edit(name, revision, AGAIN, {"claim": "Other."})], why=why
    ),
    "add a source": lambda desk, name, revision, why: desk.add_source(name, revision, OTHER, why=why),
    "edit a source": _edit_source,
    "remove a source": _remove_source,
}


@pytest.mark.parametrize(
    ("write", "status"), [*((write, "signed off") for write in WRITES), ("save all", "published"), ("save all", "void")]
)
def test_a_lock_opens_with_a_reason_only(
    desk: Store, names: list[str], write: str, status: str, unchanged: Check
) -> None:
    """A locked claim refuses every write; with a reason the same write reopens it in one act, and one undo locks it again."""
    revision = bring(desk, names[0], status)
    before, evidence, newest = desk.claim(names[0]), desk.sources(names[0]), desk.latest_event_seq()
    for why in ("", " \n"):
        with pytest.raises(ClaimLocked, match=rf"This claim is {status}.*Reopen it with a reason"):
            WRITES[write](desk, names[0], revision, why)
    assert desk.latest_event_seq() == newest
    WRITES[write](desk, names[0], revision, "New figures came.")
    after = desk.claim(names[0])
    assert after["status"] in {"in progress", "marked"}
    assert {after[name] for name in ("signed_off_by", "second_reader", "agreement", "notice")} == {None}
    made = [event for event in desk.history(names[0]) if event.seq > newest]
    assert {event.why for event in made} == {"New figures came."}
    assert len({event.batch for event in made}) == 1
    desk.undo()
    assert desk.claim(names[0]) | {"revision": 0} == before | {"revision": 0}
    assert [stored.source for stored in desk.sources(names[0])] == [stored.source for stored in evidence]
    unchanged(desk)


@pytest.mark.parametrize("status", LOCKED)
def test_a_plain_mark_does_not_open_a_lock(desk: Store, names: list[str], status: str) -> None:
    """A mark has no reason to give, and so is refused."""
    revision = bring(desk, names[0], status)
    with pytest.raises(ClaimLocked):
        desk.mark(names[0], revision, "Refuted", "low")


@pytest.mark.parametrize("status", LOCKED)
def test_a_locked_claim_is_not_given_to_somebody(desk: Store, names: list[str], status: str) -> None:
    """Who a claim is given to is part of it: what is locked is reopened first, as an edit of the same column is."""
    revision = bring(desk, names[0], status)
    with pytest.raises(ClaimLocked):
        desk.assign(names[0], revision, "Ines")
    assert desk.claim(names[0])["assignee"] is None


@pytest.mark.parametrize("status", LOCKED)
def test_a_locked_claim_is_not_taken_apart(desk: Store, names: list[str], status: str) -> None:
    """Neither split nor merge takes a locked claim, with or without a reason: it is reopened first."""
    revision = bring(desk, names[0], status)
    newest = desk.latest_event_seq()
    parts = make_claims(make_article())[:2]
    for why in ("", "New figures came."):
        with pytest.raises(ClaimLocked, match="is not taken apart"):
            desk.split_claim(names[0], revision, parts, why=why)
        with pytest.raises(ClaimLocked, match="is not taken apart"):
            desk.merge_claims(names[:2], [revision, 1], make_claim(make_article(), 26, 122), why=why)
    assert desk.latest_event_seq() == newest


@pytest.mark.parametrize("status", LOCKED)
def test_dropping_what_is_locked_needs_a_reason_and_is_one_act(desk: Store, names: list[str], status: str) -> None:
    """A locked claim is dropped with the reason that any dropping needs; undo brings it back locked."""
    revision = bring(desk, names[0], status)
    with pytest.raises(ClaimLocked):
        desk.drop_claim(names[0], revision, " ")
    desk.drop_claim(names[0], revision, "It was never said.")
    assert desk.claim(names[0])["dropped_why"] == "It was never said."
    desk.undo()
    assert desk.claim(names[0])["status"] == status


@pytest.mark.parametrize("status", LOCKED)
def test_an_edit_before_the_lock_is_not_undone_under_it(desk: Store, names: list[str], status: str) -> None:
    """Whose words were signed off cannot take them back by an undo: that would change a locked claim without a reason."""
    revision = desk.edit_claim(names[0], 1, {"claim": "312 inmates fled."}, actor="Ines")
    for verb in {"signed off": (sign_off,), "published": (sign_off, publish), "void": (sign_off, void)}[status]:
        if verb is sign_off:
            revision = agree(desk, names[0], mark_fully(desk, names[0], revision))
        revision = verb(desk, names[0], revision)
    with pytest.raises((ClaimLocked, StaleWrite)):
        desk.undo("Ines")
    claim = desk.claim(names[0])
    assert (claim["claim"], claim["status"], claim["revision"]) == ("312 inmates fled.", status, revision)


def test_a_verdict_is_not_undone_under_a_sign_off(desk: Store, names: list[str]) -> None:
    """A second mark that left the status as it was stays, once it was signed off."""
    desk.set("second_reading", 0, value=False)
    revision = mark_fully(desk, names[0], 1)
    revision = desk.mark(names[0], revision, "Not enough evidence", "low", rationale="No list was found.", actor="Ines")
    sign_off(desk, names[0], revision)
    with pytest.raises((ClaimLocked, StaleWrite)):
        desk.undo("Ines")
    assert desk.claim(names[0])["verdict"] == "Not enough evidence"


@pytest.mark.parametrize("status", LOCKED)
def test_a_source_before_the_lock_is_not_undone_under_it(desk: Store, names: list[str], status: str) -> None:
    """Evidence that a sign-off rests on is not taken back by an undo."""
    desk.add_source(names[0], 1, OTHER, actor="Ines")
    bring(desk, names[0], status)
    with pytest.raises((ClaimLocked, StaleWrite)):
        desk.undo("Ines")
    assert len(desk.sources(names[0])) == 2


def test_a_locked_claim_may_be_saved_as_it_is(desk: Store, names: list[str]) -> None:
    """A form that changes nothing neither opens the lock nor is refused."""
    revision = bring(desk, names[0], "signed off")
    assert desk.edit_claim(names[0], revision, {"speaker": "Marusa Ilic"}) == revision
    assert desk.claim(names[0])["status"] == "signed off"


def test_what_is_withdrawn_keeps_its_notice(desk: Store, names: list[str]) -> None:
    """The correction notice stands on the claim, and in the event as its reason, until the claim is reopened."""
    revision = desk.void(names[0], bring(desk, names[0], "published"), "The roll call was of another day.")
    assert desk.claim(names[0])["notice"] == "The roll call was of another day."
    assert desk.history(names[0])[-1].why == "The roll call was of another day."
    desk.reopen(names[0], revision, "The right roll call came.")
    assert desk.claim(names[0])["notice"] is None


def test_reopening_clears_the_review_and_keeps_the_mark(desk: Store, names: list[str]) -> None:
    """The second reading, the decision and the sign-off are to be given anew; the first mark and the sources stand."""
    revision = bring(desk, names[0], "decided")
    revision = desk.reopen(names[0], sign_off(desk, names[0], revision), "New figures came.")
    claim = desk.claim(names[0])
    cleared = (
        "second_reader", "second_verdict", "second_confidence", "agreement", "decided_by", "decided_at", "signed_off_by",
        "signed_off_at", "notice",
    )  # fmt: skip
    assert [claim[name] for name in cleared] == [None] * len(cleared)
    assert (claim["status"], claim["verdict"], claim["checker"], claim["n_sources"]) == (
        "in progress", "Supported", "Jana", 1,
    )  # fmt: skip
    with pytest.raises(StoreError, match="'in progress' cannot become 'signed off'"):
        desk.sign_off(names[0], revision)


def test_reopening_what_is_open_is_refused(desk: Store, names: list[str]) -> None:
    """Only what was locked is reopened: a new claim is begun instead."""
    with pytest.raises(StoreError):
        desk.reopen(names[0], 1, "Because.")
    assert desk.claim(names[0])["status"] == "new"


def test_claims_are_found_by_their_agreement_and_assignee(desk: Store, names: list[str]) -> None:
    """The filters follow each step."""
    bring(desk, names[0], "disputed")
    bring(desk, names[1], "agreed")
    desk.assign(names[2], 1, "Ines")
    assert [row["claim_id"] for row in desk.rows(Query(agreements=("disputed",)))] == [names[0]]
    assert [row["claim_id"] for row in desk.rows(Query(agreements=("agreed",)))] == [names[1]]
    assert [row["claim_id"] for row in desk.rows(Query(assignees=("Ines",)))] == [names[2]]


def test_a_claim_is_given_and_handed_back(desk: Store, names: list[str]) -> None:
    """Giving a new claim assigns it; giving it to nobody makes it new; the same person again is no event."""
    assert desk.assign(names[0], 1, " Tom ") == 2
    assert desk.assign(names[0], 2, "Tom") == 2
    assert desk.assign(names[0], 2, "Ines") == 3
    assert (desk.claim(names[0])["status"], desk.claim(names[0])["assignee"]) == ("assigned", "Ines")
    assert desk.assign(names[0], 3, "") == 4
    assert (desk.claim(names[0])["status"], desk.claim(names[0])["assignee"]) == ("new", None)
    with pytest.raises(StaleWrite):
        desk.assign(names[0], 3, "Tom")


STALE: dict[str, tuple[str, Verb]] = {
    "read second": ("marked", agree),
    "decide": ("disputed", decide),
    "sign off": ("agreed", sign_off),
    "publish": ("signed off", publish),
    "void": ("published", void),
    "reopen": ("void", _reopen),
}


@pytest.mark.parametrize("verb", STALE)
def test_a_stale_step_is_refused(desk: Store, names: list[str], verb: str) -> None:
    """Each verb of the work names the revision that the person saw, and writes nothing over a newer one."""
    status, go = STALE[verb]
    revision = bring(desk, names[0], status)
    with pytest.raises(StaleWrite) as refused:
        go(desk, names[0], revision - 1)
    assert refused.value.current["revision"] == revision
    assert refused.value.typed
    assert desk.claim(names[0])["revision"] == revision


# Roles

#: Who stands on the roster, in which role, the greatest first.
ROSTER = {"Ada": "admin", "Edo": "editor", "Rea": "reviewer", "Cem": "checker"}


@pytest.mark.parametrize("way", [*(way for way in STEPS if way.role != "checker"), STEPS[0]], ids=_named)
def test_a_step_takes_its_role(desk: Store, names: list[str], way: Step) -> None:
    """Where there is a roster, whose role does not reach so far is refused by name; the least that does goes the step."""
    if way.old == "marked":
        desk.set("second_reading", 0, value=False)
    revision = bring(desk, names[0], way.old)
    for name, role in ROSTER.items():
        desk.add_person(name, role, actor="Ada")
    verb = VERBS[way.new if way.new in VERBS else way.act]
    for who, role in ROSTER.items():
        somebody: Any = _As(desk, who)
        if may(role, way.role):
            least = somebody
            continue
        with pytest.raises(NotAllowed, match=rf"{who} is a {role} here; .* takes the role {way.role}"):
            verb(somebody, names[0], revision)
    assert desk.claim(names[0])["revision"] == revision
    assert verb(least, names[0], revision) == revision + 1


class _As:
    """A store whose every verb is this person's, whoever else is named."""

    def __init__(self, store: Store, actor: str) -> None:
        self._store, self._actor = store, actor

    def __getattr__(self, name: str) -> Any:
        verb = getattr(self._store, name)
        return lambda *given, **named: verb(*given, **named | {"actor": self._actor})
