"""The queue of sources that wait for a copy in the Internet Archive: asked for, tried, left waiting, found, kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from claims.errors import SourceRefused
from claims.evidence import Source
from claims.evidence.archive_links import Archive
from claims.finders.archiving import WHY, work
from claims.store import Store, archiving
from tests.claims.conftest import bring, make_article, make_claims
from tests.internet_archive import COPY, FOUND, NONE, PAGE, Service, running, send

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


def test_what_is_found_is_a_correction_of_the_source(
    store: Store, names: list[str], source: str, service: Service
) -> None:
    """The link is an event with its reason, which undo takes back; nothing waits any more."""
    service.answers["/available"] = [send(200, FOUND)]
    [outcome] = work(store, service.archive(), store.archive_queue(), actor="Tom")
    assert (outcome.address, outcome.problem) == (COPY, "")
    assert archived(store, names[0]) == COPY
    told = store.history(names[0])[-1]
    assert (told.act, told.actor, told.why, told.new) == ("source edited", "Tom", WHY, {"archived": COPY})
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


def test_a_locked_claim_is_left_alone(store: Store, names: list[str], source: str) -> None:
    """A link would reopen what is signed off: its sources neither wait nor are looked for."""
    revision = bring(store, names[0], "signed off")
    assert store.claim(names[0])["revision"] == revision
    assert store.archive_queue() == []
    assert source not in store.without_copy()
    with pytest.raises(SourceRefused, match="would reopen it"):
        store.ask_archived([source])
