"""The queue of sources that wait for a copy in the Internet Archive: asked for, tried, left waiting, found, kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler
from threading import Barrier

import pytest
from sqlalchemy import text

from claims.errors import SourceRefused
from claims.evidence import Source
from claims.evidence.archive_links import Archive
from claims.finders import archiving as archiving_of_finders
from claims.finders.archiving import BUSY, WHY, Outcome, work
from claims.store import ArchiveTry, Store, archiving
from claims.store.archiving import ENOUGH, NOTED, SYSTEM
from tests.claims.conftest import ON_PAPER, bring, make_article, make_claims
from tests.internet_archive import CLOSEST, COPY, FOUND, NONE, PAGE, Service, running, send

ROLL_CALL = Source(PAGE, title="Roll call", quoted="249 were absent.")


@pytest.fixture
def service() -> Iterator[Service]:
    """The services, which answer nothing yet."""
    with running() as service:
        yield service


@pytest.fixture
def names(store: Store) -> list[str]:
    """The claims of an article in the store."""
    article = make_article()
    claims = make_claims(article)
    store.add_article(article, claims)
    return [claim.claim_id for claim in claims]


@pytest.fixture
def source(store: Store, names: list[str]) -> str:
    """A source on the first claim, whose copy Tom has asked for."""
    name = store.add_source(names[0], 1, ROLL_CALL)
    assert store.ask_archived([name], actor="Tom") == 1
    return name


def archived(store: Store, claim_id: str) -> str:
    """The link that the claim's one source has."""
    [kept] = store.sources(claim_id)
    return kept.source.archived


def test_what_is_found_is_an_event_of_its_own(store: Store, names: list[str], source: str, service: Service) -> None:
    """The link is told with its reason, and undo takes it back; nothing waits any more."""
    service.answers["/available"] = [send(200, FOUND)]
    [outcome] = work(store, service.archive(), store.archive_queue(), actor="Tom")
    assert (outcome.address, outcome.problem) == (COPY, "")
    assert archived(store, names[0]) == COPY
    told = store.history(names[0])[-1]
    assert (told.act, told.actor, told.why, told.new) == (NOTED, "Tom", WHY, {"archived": COPY})
    assert store.archive_queue() == []
    store.undo("Tom")
    assert archived(store, names[0]) == ""
    assert store.archive_queue() == []
    assert source in store.without_copy()


def test_offline_it_waits_and_online_it_is_found(
    store: Store, names: list[str], source: str, service: Service, unchanged: Callable[[Store], None]
) -> None:
    """What cannot be reached stays on the list, with when and why, is due later, and then found."""
    nowhere = Archive("http://127.0.0.1:9/available", "http://127.0.0.1:9", "", service.archive().limits)
    [outcome] = work(store, nowhere, store.archive_queue(), actor="Tom")
    assert "cannot be reached" in outcome.problem
    [waits] = store.archive_queue(names[0])
    assert (waits.source_id, waits.tries, waits.problem) == (source, 1, outcome.problem)
    assert waits.tried_at is not None
    assert waits.next_at == waits.tried_at + archiving.FIRST
    assert not waits.is_due(waits.tried_at)
    assert waits.is_due(waits.next_at)
    assert archived(store, names[0]) == ""
    unchanged(store)
    service.answers["/available"] = [send(200, FOUND)]
    work(store, service.archive(), store.archive_queue(), actor="Tom")
    assert archived(store, names[0]) == COPY


def test_each_failure_waits_longer_up_to_a_day(store: Store, source: str) -> None:
    """Five minutes, then four times as long after each, and never more than a day."""
    waits = []
    for _ in range(7):
        store.note_archived(source, "The Internet Archive cannot be reached.")
        [each] = store.archive_queue()
        assert each.tried_at is not None
        waits.append(each.next_at - each.tried_at)
    assert waits[:3] == [timedelta(minutes=5), timedelta(minutes=20), timedelta(minutes=80)]
    assert waits[-1] == timedelta(days=1)


def test_a_service_that_asks_for_patience_is_asked_no_more(
    store: Store, names: list[str], source: str, service: Service
) -> None:
    """After a 429 the others stay as they wait, and the first is due when the service says."""
    other = store.add_source(names[1], 1, ROLL_CALL)
    store.ask_archived([other])
    service.answers["/available"] = [send(429, b"", Retry_After="3600")]
    outcomes = work(store, service.archive(), store.archive_queue())
    assert [bool(each.problem) for each in outcomes] == [True, False]
    assert len(service.asked) == 1
    first = next(each for each in store.archive_queue() if each.source_id == source)
    assert first.tried_at is not None
    assert first.next_at - first.tried_at == timedelta(hours=1)
    assert [each.tries for each in store.archive_queue()] == [0, 1]


def test_a_copy_is_only_made_where_somebody_allowed_it(
    store: Store, names: list[str], source: str, service: Service
) -> None:
    """None is there: it is said, and looked for again in a day; with leave, one is asked for and found."""
    service.answers["/available"] = [send(200, NONE)]
    service.answers["/save/"] = [send(302, b"", Location=f"/web/20240304101500/{PAGE}")]
    service.answers["/web/"] = [send(200, b"<html>Roll call</html>")]
    work(store, service.archive(), store.archive_queue())
    [waits] = store.archive_queue()
    assert waits.problem == "The Internet Archive has no copy of this page."
    assert not any(path.startswith("/save") for path in service.asked)
    assert store.ask_archived([source], save=True, actor="Tom") == 0
    work(store, service.archive(), store.archive_queue())
    assert archived(store, names[0]) == COPY


def test_a_copy_that_is_being_made_is_given_its_time(
    store: Store, names: list[str], source: str, service: Service
) -> None:
    """It is not asked for again within the hour, and found once the service lists it."""
    service.answers["/available"] = [send(200, NONE), send(200, FOUND)]
    service.answers["/save/"] = [send(200, b"<html>Your capture will begin shortly</html>")]
    store.ask_archived([source], save=True)
    [outcome] = work(store, service.archive(), store.archive_queue())
    assert outcome.problem == "The Internet Archive was asked for a copy, and is making it."
    [waits] = store.archive_queue()
    assert waits.tried_at is not None
    assert waits.next_at - waits.tried_at == timedelta(hours=1)
    work(store, service.archive(), [waits])
    assert archived(store, names[0]) == COPY
    assert sum(path.startswith("/save/") for path in service.asked) == 1


def test_nobodys_correction_is_overwritten(store: Store, names: list[str], source: str, service: Service) -> None:
    """A link that a colleague gives while the service is asked stays theirs."""
    [waits] = store.archive_queue()
    [kept] = store.sources(names[0])
    theirs = "https://archive.ph/aB3xZ"
    store.edit_source(source, kept.revision, Source(PAGE, title="Roll call", archived=theirs), actor="Ilic")
    service.answers["/available"] = [send(200, FOUND)]
    work(store, service.archive(), [waits])
    assert archived(store, names[0]) == theirs


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (Source(title="The roll call of 4 March"), "no page of the web"),
        (Source(PAGE, archived=COPY), "has the address of a copy"),
    ],
)
def test_what_needs_no_copy_is_not_looked_for(store: Store, names: list[str], source: Source, told: str) -> None:
    """A document's name and a source that has its link are refused, and not among those without one."""
    name = store.add_source(names[0], 1, source)
    assert name not in store.without_copy()
    with pytest.raises(SourceRefused, match=told):
        store.ask_archived([name])


@pytest.mark.parametrize("status", ["signed off", "published", "void"])
def test_a_locked_claim_keeps_its_status(
    store: Store, names: list[str], source: str, service: Service, status: str, unchanged: Callable[[Store], None]
) -> None:
    """Its sources wait, are looked for, and get their link; undo takes it off; what was signed off stays so."""
    revision = bring(store, names[0], status)
    assert [each.source_id for each in store.archive_queue()] == [source]
    assert source in store.without_copy()
    service.answers["/available"] = [send(200, FOUND)]
    work(store, service.archive(), store.archive_queue(), actor="Tom")
    link = {kept.source_id: kept.source.archived for kept in store.sources(names[0])}
    assert link[source] == COPY
    store.undo("Tom")
    assert {kept.source_id: kept.source.archived for kept in store.sources(names[0])}[source] == ""
    store.redo("Tom")
    row = store.claim(names[0])
    assert (row["status"], row["revision"]) == (status, revision)
    assert [event.act for event in store.history(names[0])][-3:] == [NOTED, "undone", "redone"]
    unchanged(store)


@pytest.mark.usefixtures("source")
def test_a_sign_off_while_the_service_answers_stands(store: Store, names: list[str], service: Service) -> None:
    """A checker asked, an editor signs off and publishes meanwhile: the link is kept, and the claim stays published."""
    for name, role in {"Jana": "admin", "Ana": "editor", "Tom": "checker"}.items():
        store.add_person(name, role)
    revision = bring(store, names[0], "agreed")

    def slow(handler: BaseHTTPRequestHandler) -> None:
        published = store.publish(names[0], store.sign_off(names[0], revision, why=ON_PAPER, actor="Ana"), actor="Ana")
        assert published == store.claim(names[0])["revision"]
        send(200, FOUND)(handler)

    service.answers["/available"] = [slow]
    archive = service.archive()
    archive = replace(archive, limits=replace(archive.limits, read_seconds=20, total_seconds=20))
    [outcome] = work(store, archive, store.archive_queue())
    assert outcome.address == COPY
    assert store.claim(names[0])["status"] == "published"
    assert store.archive_queue() == []


@pytest.mark.usefixtures("source")
def test_who_has_left_keeps_nobody_waiting(store: Store, names: list[str], service: Service) -> None:
    """What Tom asked for before he left is done by the program all the same, which says who asked."""
    for name in ("Jana", "Tom"):
        store.add_person(name, "admin")
    other = store.add_source(names[1], 1, Source(PAGE, title="Roll call"))
    store.ask_archived([other], actor="Jana")
    store.edit_person("Tom", 1, {"active": False}, actor="Jana")
    service.answers["/available"] = [send(200, FOUND)]
    assert [each.address for each in work(store, service.archive(), store.archive_queue())] == [COPY, COPY]
    told = [store.history(name)[-1] for name in names[:2]]
    assert [event.actor for event in told] == [SYSTEM, SYSTEM]
    assert [event.why for event in told] == [f"{WHY} {who} asked for it." for who in ("Tom", "Jana")]


@pytest.mark.usefixtures("source")
def test_what_is_found_meanwhile_is_nobodys_newest_act(store: Store, names: list[str], service: Service) -> None:
    """Tom asked, and marked a claim since; his undo takes back the mark, not the copy that is found then."""
    store.mark(names[1], 1, "Supported", "high", actor="Tom")
    service.answers["/available"] = [send(200, FOUND)]
    work(store, service.archive(), store.archive_queue())
    assert store.undo("Tom").subject_id == names[1]
    assert archived(store, names[0]) == COPY


def test_who_gave_no_name_keeps_nobody_waiting(store: Store, names: list[str], service: Service) -> None:
    """What was asked for before the desk had a roster, by nobody's name, is done by the program, which says so in whole words."""
    name = store.add_source(names[0], 1, ROLL_CALL)
    store.ask_archived([name], actor="")
    store.add_person("Jana", "admin")
    service.answers["/available"] = [send(200, FOUND)]
    assert [each.address for each in work(store, service.archive(), store.archive_queue())] == [COPY]
    told = store.history(names[0])[-1]
    assert (told.actor, told.why) == (SYSTEM, f"{WHY} Who asked for it gave no name.")


def test_one_that_fails_in_an_unforeseen_way_keeps_no_other_waiting(
    store: Store, names: list[str], source: str, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is noted of that one, in a sentence, and it waits; the other is found."""
    other = store.add_source(names[1], 1, Source(PAGE, title="Roll call"))
    store.ask_archived([other])
    service.answers["/available"] = [send(200, FOUND)]
    find = archiving_of_finders.find_copy
    asked: list[str] = []

    def broken(location: str, archive: Archive) -> str:
        asked.append(location)
        if len(asked) == 1:
            raise ZeroDivisionError("of a page that nobody thought of")
        return find(location, archive)

    monkeypatch.setattr(archiving_of_finders, "find_copy", broken)
    first, second = work(store, service.archive(), store.archive_queue())
    assert "ZeroDivisionError: of a page that nobody thought of" in first.problem
    assert (first.lost, second.address) == (False, COPY)
    [waits] = store.archive_queue()
    assert (waits.source_id, waits.tries, waits.problem) == (source, 1, first.problem)
    assert waits.due_at == waits.next_at


@pytest.mark.usefixtures("source")
def test_of_several_at_once_one_asks(store: Store, place: str, service: Service) -> None:
    """Four workers on the same list, each with a store of its own: the service hears one question and one wish for a copy."""
    service.answers["/available"] = [send(200, NONE)]
    service.answers["/save/"] = [send(200, b"<html>Your capture will begin shortly</html>")]
    [waits] = store.archive_queue()
    store.ask_archived([waits.source_id], save=True, actor="Tom")
    stores = [Store(place, actor="Tom") for _ in range(4)]
    seen = [each.archive_queue() for each in stores]
    begun = Barrier(4)

    def worker(one: Store, queue: list[ArchiveTry]) -> list[Outcome]:
        begun.wait(20)
        return work(one, service.archive(), queue)

    with ThreadPoolExecutor(4) as pool:
        outcomes = [outcome for some in pool.map(worker, stores, seen) for outcome in some]
    for each in stores:
        each.close()
    assert sorted(each.problem == BUSY for each in outcomes) == [False, True, True, True]
    assert [path.partition("?")[0][:6] for path in service.asked] == ["/avail", "/save/"]
    assert [each.tries for each in store.archive_queue()] == [1]


def test_what_waited_in_an_older_record_waits_on(store: Store, source: str) -> None:
    """A list from before answers were counted has none, and counts from there."""
    with store._database._engine.begin() as connection:
        connection.execute(text("UPDATE archive_tries SET answers = NULL"))
    assert [each.answers for each in store.archive_queue()] == [0]
    store.note_archived(source, archiving.NONE_THERE, answered=True)
    assert [each.answers for each in store.archive_queue()] == [1]


def test_what_is_held_is_free_again(store: Store, source: str) -> None:
    """While one asks, nobody else may; a person's asking does not change that, and what came of it does."""
    [waits] = store.archive_queue()
    assert store.hold_archived(waits)
    assert not store.hold_archived(waits)
    store.ask_archived([source])
    [held] = store.archive_queue()
    assert held.held_until is not None
    assert held.due_at == held.held_until
    assert not store.hold_archived(held)
    store.note_archived(source, "The Internet Archive cannot be reached.")
    [free] = store.archive_queue()
    assert free.held_until is None
    assert store.hold_archived(free)


@pytest.mark.usefixtures("source")
def test_an_absent_page_rests_until_a_person_asks_again(store: Store, service: Service) -> None:
    """Ten answers without a copy, and it is due no more, though it stays on the list; asked for again, it is due."""
    service.answers["/available"] = [send(200, NONE)]
    for _ in range(ENOUGH):
        [waits] = store.archive_queue()
        assert not waits.rests
        work(store, service.archive(), [waits])
    [waits] = store.archive_queue()
    assert (waits.rests, waits.answers, waits.problem) == (True, ENOUGH, archiving.NONE_THERE)
    assert not waits.is_due(waits.next_at + timedelta(days=900))
    assert store.ask_archived([waits.source_id]) == 0
    [waits] = store.archive_queue()
    assert (waits.rests, waits.tries) == (False, ENOUGH)


@pytest.mark.usefixtures("source")
def test_what_nobody_answered_does_not_rest(store: Store, service: Service) -> None:
    """However long the desk is offline, it is tried again."""
    service.answers["/available"] = [send(503, b"")]
    for _ in range(ENOUGH + 2):
        work(store, service.archive(), store.archive_queue())
    [waits] = store.archive_queue()
    assert (waits.rests, waits.tries, waits.answers) == (False, ENOUGH + 2, 0)


@pytest.mark.parametrize(
    ("published", "moment", "told"),
    [
        (date(2024, 3, 4), "19970304101500", "of 4 March 1997, and the page of 4 March 2024"),
        (date(2024, 3, 4), "20240302235900", "of 2 March 2024, and the page of 4 March 2024"),
        (date(2024, 3, 4), "20240303101500", ""),
        (None, "19970304101500", "more than a year before the page was wanted"),
        (None, "20230901101500", ""),
    ],
)
def test_a_copy_older_than_the_page_is_offered_and_not_taken(
    store: Store, names: list[str], service: Service, published: date | None, moment: str, told: str
) -> None:
    """Its day is told beside the page's, and a person takes it or leaves it; a day's difference between clocks is none."""
    store.ask_archived([store.add_source(names[0], 1, Source(PAGE, published=published))], actor="Tom")
    copy = COPY.replace("20240304101500", moment)
    service.answers["/available"] = [send(200, {"archived_snapshots": {"closest": CLOSEST | {"url": copy}}})]
    [outcome] = work(store, service.archive(), store.archive_queue())
    assert archived(store, names[0]) == ("" if told else copy)
    if told:
        assert told in outcome.problem
        [waits] = store.archive_queue()
        assert (waits.offered, waits.has_none) == (copy, True)
        assert store.keep_archived(waits.source_id, PAGE, waits.offered, why="It was the same.", actor="Tom")
        assert archived(store, names[0]) == copy
    assert store.archive_queue() == []


def test_a_new_copy_is_made_where_only_an_old_one_is(store: Store, names: list[str], service: Service) -> None:
    """With leave, one is asked for, and that is taken."""
    name = store.add_source(names[0], 1, Source(PAGE, published=date(2024, 3, 4)))
    store.ask_archived([name], save=True, actor="Tom")
    old = COPY.replace("2024", "1997", 1)
    service.answers["/available"] = [send(200, {"archived_snapshots": {"closest": CLOSEST | {"url": old}}})]
    service.answers["/save/"] = [send(302, b"", Location=f"/web/20240304101500/{PAGE}")]
    service.answers["/web/"] = [send(200, b"<html>Roll call</html>")]
    work(store, service.archive(), store.archive_queue())
    assert archived(store, names[0]) == COPY


@pytest.mark.parametrize("wait", ["9" * 400, "Wed, 21 Oct 2999 07:28:00 GMT"])
@pytest.mark.usefixtures("source")
def test_patience_without_end_is_a_day(store: Store, service: Service, wait: str) -> None:
    """A service that asks for more than anybody's lifetime is asked again in a day."""
    service.answers["/available"] = [send(429, b"", Retry_After=wait)]
    work(store, service.archive(), store.archive_queue())
    [waits] = store.archive_queue()
    assert waits.tried_at is not None
    assert waits.next_at - waits.tried_at == timedelta(days=1)


def test_a_link_is_only_kept_where_the_source_still_stands(store: Store, names: list[str], source: str) -> None:
    """Removed, corrected to another page, or linked meanwhile: nothing is written; an address of no copy is refused."""
    assert not store.keep_archived(source, "https://korda.example/other", COPY)
    with pytest.raises(SourceRefused, match="no address of a copy"):
        store.keep_archived(source, PAGE, "https://korda.example/roll-call")
    store.remove_source(source, 1)
    assert not store.keep_archived(source, PAGE, COPY)
    assert [event.act for event in store.history(names[0])][-1] == "source removed"
