"""Links to copies in the Internet Archive, from the terminal and from a card, against its services on this machine."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from click.testing import CliRunner, Result
from streamlit.testing.v1 import AppTest

from claims import Query, Store
from claims.errors import StoreError
from claims.evidence import Source, archive_links
from claims.store import ArchiveTry, archiving
from tests.internet_archive import CLOSEST, COPY, FOUND, NONE, PAGE, Service, running, send
from workbench import ending
from workbench.cli import main
from workbench.forms.sources import retrying as retrying_module
from workbench.forms.sources.retrying import Retrying


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    """The services, which the program asks here."""
    with running() as service:
        for name, value in service.environment.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(archive_links, "BETWEEN", 0.0)
        yield service


@pytest.fixture
def source(filled: Store) -> str:
    """A source on the first claim of the queue."""
    row = filled.rows(Query())[0]
    return filled.add_source(row["claim_id"], row["revision"], Source(PAGE, title="Roll call"))


def archived(store: Store) -> list[str]:
    """The links that the sources have."""
    return [kept.source.archived for row in store.rows(Query()) for kept in store.sources(row["claim_id"])]


def run(*words: str) -> Result:
    """The command, by Tom."""
    return CliRunner().invoke(main, ["archived", "--as", "Tom", *words], catch_exceptions=False)


@pytest.mark.usefixtures("source")
def test_the_command_finds_and_keeps_links(filled: Store, service: Service) -> None:
    """Each source with what came of it, the link in the record by who gave the command, and nothing left waiting."""
    service.answers["/available"] = [send(200, FOUND)]
    done = run()
    assert done.exit_code == 0
    assert "found" in done.stdout
    assert COPY in "".join(done.stdout.split())
    assert "1 link found, 0 sources waiting." in done.stderr
    assert archived(filled) == [COPY]
    [told] = [
        event
        for row in filled.rows(Query())
        for event in filled.history(row["claim_id"])
        if event.act == "archived copy noted"
    ]
    assert told.actor == "Tom"
    assert run().stderr == "0 links found, 0 sources waiting.\n"


@pytest.mark.usefixtures("source")
def test_offline_the_command_leaves_it_waiting_until_it_is_due(filled: Store, service: Service) -> None:
    """A clock that comes back too early asks nobody; with --now it is asked, and found."""
    service.answers["/available"] = [send(503, b"")]
    assert "did not do what it was asked (status 503)" in " ".join(run().stdout.split())
    asked = len(service.asked)
    early = run()
    assert "0 links found, 1 source waiting; the next is tried at" in early.stderr
    assert len(service.asked) == asked
    service.answers["/available"] = [send(200, FOUND)]
    run("--now")
    assert archived(filled) == [COPY]


@pytest.mark.usefixtures("source")
def test_the_command_waits_for_the_service(filled: Store, service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    """With --wait it stays while the service asks for patience, and ends when it has answered."""
    monkeypatch.setattr(archiving, "FIRST", timedelta(0))
    service.answers["/available"] = [send(429, b"", Retry_After="0"), send(429, b"", Retry_After="0"), send(200, FOUND)]
    assert "Tried again at" in run("--wait").stderr
    assert archived(filled) == [COPY]
    assert len(service.asked) == 3


@pytest.mark.usefixtures("source")
def test_only_with_leave_a_copy_is_asked_for(filled: Store, service: Service) -> None:
    """Without --save none is made; with it, also for what has been waiting."""
    service.answers["/available"] = [send(200, NONE)]
    service.answers["/save/"] = [send(302, b"", Location=f"/web/20240304101500/{PAGE}")]
    service.answers["/web/"] = [send(200, b"<html>Roll call</html>")]
    assert "has no copy of this page" in " ".join(run().stdout.split())
    assert archived(filled) == [""]
    run("--save")
    assert archived(filled) == [COPY]


@pytest.mark.usefixtures("source")
def test_what_rests_is_told_and_asked_for_again_with_now(filled: Store, service: Service) -> None:
    """After ten answers the command asks no more, and says so; with --now it does."""
    service.answers["/available"] = [send(200, NONE)]
    for _ in range(archiving.ENOUGH):
        done = run("--now")
    assert "rests" in done.stdout
    assert "0 sources waiting; 1 source at rest, which --now asks for again." in done.stderr
    asked = len(service.asked)
    run()
    assert len(service.asked) == asked
    service.answers["/available"] = [send(200, FOUND)]
    run("--now")
    assert archived(filled) == [COPY]


@pytest.mark.usefixtures("source")
def test_an_old_copy_is_told_and_not_taken(filled: Store, service: Service) -> None:
    """The command names its address and its day, and writes nothing."""
    old = COPY.replace("2024", "1997", 1)
    service.answers["/available"] = [send(200, {"archived_snapshots": {"closest": CLOSEST | {"url": old}}})]
    told = "".join(run().stdout.split())
    assert "of4March1997" in told
    assert old in told
    assert archived(filled) == [""]


def words(app: AppTest) -> str:
    """What the cards say."""
    assert not app.exception
    return " ".join(html.body for html in app.get("html"))


def test_nothing_is_asked_before_somebody_presses(app: AppTest, source: str, service: Service) -> None:
    """A desk that is looked at tells the Internet Archive nothing."""
    app.run()
    assert app.button(key=f"archived-{source}")
    assert service.asked == []


def test_a_press_finds_the_copy(app: AppTest, filled: Store, source: str, service: Service) -> None:
    """The link stands on the card, as the correction of who pressed, and Undo takes it back."""
    service.answers["/available"] = [send(200, FOUND)]
    app.run()
    app.button(key=f"archived-{source}").click().run()
    assert f'href="{COPY}"' in words(app)
    assert archived(filled) == [COPY]
    assert f"archived-{source}" not in [button.key for button in app.button]
    app.button(key="undo").click().run()
    assert archived(filled) == [""]


def test_a_press_offline_waits_and_says_so(
    app: AppTest, filled: Store, source: str, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When it was tried, what was the matter and from when it is tried again; another press tries at once."""
    monkeypatch.setenv("WORKBENCH_ARCHIVE_ADDRESS", "http://127.0.0.1:9/available")
    app.run()
    app.button(key=f"archived-{source}").click().run()
    assert "cannot be reached, or did not answer in time" in words(app)
    assert "tried again from" in words(app)
    monkeypatch.setenv("WORKBENCH_ARCHIVE_ADDRESS", f"{service.address}/available")
    service.answers["/available"] = [send(200, FOUND)]
    app.button(key=f"archived-{source}").click().run()
    assert archived(filled) == [COPY]
    assert "tried again from" not in words(app)


def test_where_there_is_no_copy_one_may_be_asked_for(
    app: AppTest, filled: Store, source: str, service: Service
) -> None:
    """The first press only looks; the second is worded as what it does, and has one made."""
    service.answers["/available"] = [send(200, NONE)]
    service.answers["/save/"] = [send(302, b"", Location=f"/web/20240304101500/{PAGE}")]
    service.answers["/web/"] = [send(200, b"<html>Roll call</html>")]
    app.run()
    app.button(key=f"archived-{source}").click().run()
    assert "has no copy of this page" in words(app)
    assert app.button(key=f"archived-{source}").label == "Have a public copy made"
    app.button(key=f"archived-{source}").click().run()
    assert archived(filled) == [COPY]


def test_an_old_copy_is_offered_on_the_card(app: AppTest, filled: Store, source: str, service: Service) -> None:
    """Its day is told, with a link to look at it; a press takes it, and Undo takes it off."""
    old = COPY.replace("2024", "1997", 1)
    service.answers["/available"] = [send(200, {"archived_snapshots": {"closest": CLOSEST | {"url": old}}})]
    app.run()
    app.button(key=f"archived-{source}").click().run()
    assert "of 4 March 1997" in words(app)
    assert f'href="{old}"' in words(app)
    assert archived(filled) == [""]
    app.button(key=f"offered-{source}").click().run()
    assert archived(filled) == [old]
    app.button(key="undo").click().run()
    assert archived(filled) == [""]


def test_what_rests_says_so_on_the_card(app: AppTest, filled: Store, source: str) -> None:
    """How often it was asked for; the button asks again."""
    filled.ask_archived([source], actor="Tom")
    for _ in range(archiving.ENOUGH):
        filled.note_archived(source, archiving.NONE_THERE, answered=True, actor="Tom")
    app.run()
    assert "Asked 10 times; it rests until somebody asks again." in words(app)
    assert app.button(key=f"archived-{source}").label == "Have a public copy made"


def test_a_list_that_cannot_be_worked_is_looked_at_again(
    filled: Store, source: str, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever goes wrong once, the thread lives, and finds the copy the next time."""
    monkeypatch.setattr(retrying_module, "AGAIN", 0.01)
    service.answers["/available"] = [send(200, FOUND)]
    filled.ask_archived([source], actor="Tom")
    queue, failed = filled.archive_queue, []

    def once() -> list[ArchiveTry]:
        if not failed:
            failed.append(True)
            raise RuntimeError("The record is being moved.")
        return queue()

    monkeypatch.setattr(filled, "archive_queue", once)
    retrying = Retrying(filled)
    retrying.wake()
    assert retrying.thread is not None
    retrying.thread.join(20)
    assert archived(filled) == [COPY]
    assert not retrying._runs


def test_a_service_that_is_away_is_asked_once_for_all(filled: Store, source: str, service: Service) -> None:
    """Of two that are due, the second is not asked for before the first is due again."""
    row = filled.rows(Query())[1]
    other = filled.add_source(row["claim_id"], row["revision"], Source(PAGE, title="Roll call"))
    filled.ask_archived([source, other], actor="Tom")
    service.answers["/available"] = [send(429, b"")]
    retrying = Retrying(filled)
    retrying.wake()
    assert retrying.thread is not None
    while not any(each.tries for each in filled.archive_queue()):
        time.sleep(0.01)
    retrying.wake()
    retrying.thread.join(0.5)
    retrying.stop()
    retrying.thread.join(20)
    assert len(service.asked) == 1


def test_what_waits_is_tried_again_while_the_desk_runs(
    filled: Store, source: str, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Offline twice, it is tried when it is due, and found by the program, so that it is no act of who asked; then nothing runs any more."""
    monkeypatch.setattr(archiving, "FIRST", timedelta(milliseconds=10))
    service.answers["/available"] = [send(429, b"", Retry_After="0"), send(429, b"", Retry_After="0"), send(200, FOUND)]
    filled.ask_archived([source], actor="Tom")
    retrying = Retrying(filled)
    retrying.wake()
    assert retrying.thread is not None
    retrying.thread.join(20)
    assert archived(filled) == [COPY]
    assert len(service.asked) == 3
    assert filled.undo("workbench").act == "undone"
    retrying.wake()
    retrying.thread.join(20)
    assert not retrying.thread.is_alive()


def test_what_waits_for_later_ends_with_the_desk(filled: Store, source: str, service: Service) -> None:
    """It sleeps until something is due, and is stopped in its sleep; the list is kept."""
    filled.ask_archived([source], actor="Tom")
    filled.note_archived(source, "The Internet Archive cannot be reached.", actor="Tom")
    retrying = Retrying(filled)
    retrying.wake()
    assert retrying.thread is not None
    retrying.stop()
    retrying.thread.join(20)
    assert not retrying.thread.is_alive()
    assert service.asked == []
    assert [each.source_id for each in filled.archive_queue()] == [source]


def test_a_desk_that_has_ended_opens_no_record(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits in a record that cannot be opened is asked after until the desk is over, and not once more."""
    asked = []

    def locked() -> Store:
        asked.append(True)
        raise StoreError("The record is being moved.", "Wait.")

    monkeypatch.setattr(retrying_module, "AGAIN", 0.001)
    monkeypatch.setattr(retrying_module.record, "store", locked)
    begun = retrying_module.begin(lambda: len(asked) > 2)
    begun.join(20)
    assert not begun.is_alive()
    assert len(asked) == 3


def test_what_waits_is_tried_by_the_desks_own_server_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that serves the desk otherwise has no end that could be told to it."""
    begun: list[bool] = []
    monkeypatch.setattr(retrying_module, "begin", lambda *_: begun.append(True))

    async def run() -> None:
        async with ending.lifespan(None):
            pass

    # In a thread of its own: one that a browser is driven from has a loop already.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: asyncio.run(run())).result()
    assert begun == []
