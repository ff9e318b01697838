"""What is PostgreSQL's own: who is let in, a server that goes away, locks, turns taken in making the tables, sorting."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Barrier, Thread

import psycopg
import pytest
from sqlalchemy import make_url, text

from claims.errors import StoreCorrupt, StoreError, StoreLocked, StoreUnwritable
from claims.store import Query, Store, database, people
from claims.store.schema import Instant, Words, metadata
from tests.claims.conftest import make_article, make_claims
from tests.postgres import Server, missing

ABSENT = r"does not answer\. See that it runs"
STRANGER = r"does not let this user in\. See that the user's name and password"

WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"

#: An address made from that of a database, and what the store says of it.
CLOSED: list[tuple[Callable[[str], str], type[StoreError], str]] = [
    (lambda there: there.replace("/desk_", "/nowhere_"), StoreError, r"has no database of this name\. Make it"),
    (lambda there: there.replace("desk@", "guarded:5ecret@"), StoreError, STRANGER),
    (lambda there: there.replace("desk@", "guarded@") + "&password=5ecret", StoreError, STRANGER),
    (lambda there: there.replace("desk@", "guarded@"), StoreError, STRANGER),
    (lambda there: there.replace("desk@", "stranger:5ecret@"), StoreError, STRANGER),
    (lambda there: there.replace("desk@", "asleep:5ecret@"), StoreError, STRANGER),
    (lambda there: there.replace("desk@", "crowd:5ecret@"), StoreLocked, r"takes no more connections\. Close other"),
    (lambda there: there.replace("desk@", "guest:5ecret@"), StoreUnwritable, r"may not be used like this by its user\. Ask"),
    (lambda _: "postgresql://desk:5ecret@127.0.0.1:1/desk", StoreError, ABSENT),
    (lambda _: "postgresql://desk:5ecret@nowhere.invalid/desk", StoreError, ABSENT),
    (lambda _: "postgresql://desk@/desk?host=/nowhere&password=5ecret", StoreError, ABSENT),
    (lambda _: "postgresql://desk:p@5ecret@127.0.0.1/desk", StoreError, r"address of the record cannot be read\. Write it"),
    (lambda _: "postgresql:desk:5ecret@host/desk", StoreError, r"address of the record cannot be read\. Write it"),
    (lambda _: "postgresql://desk:5ecret/desk", StoreError, r"address of the record cannot be read\. Write it"),
]  # fmt: skip


@pytest.fixture(scope="module")
def door(postgresql: Server) -> Iterator[str]:
    """The address of a record on a server that also knows people who may do less than its owner."""
    roles = {
        "guarded": "LOGIN PASSWORD 'another'",
        "asleep": "NOLOGIN",
        "crowd": "LOGIN CONNECTION LIMIT 0",
        "guest": "LOGIN",
    }
    for role, may in roles.items():
        postgresql.say(f"CREATE ROLE {role} {may}")
    with postgresql.database() as address:
        yield address
    for role in roles:
        postgresql.say(f"DROP ROLE {role}")


@pytest.fixture
def address(postgresql: Server) -> Iterator[str]:
    """Where the store of a test lies on the server."""
    with postgresql.database() as found:
        yield found


@pytest.fixture
def bare(postgresql: Server) -> Iterator[str]:
    """A database without even tables."""
    with postgresql.database("template0") as found:
        yield found


@pytest.mark.parametrize(("changed", "kind", "sentence"), CLOSED)
def test_a_closed_door_is_a_sentence(
    door: str, changed: Callable[[str], str], kind: type[StoreError], sentence: str
) -> None:
    """Who is not let in, and why, is told with the place and never with the password."""
    with pytest.raises(StoreError, match=sentence) as refused:
        Store(changed(door))
    assert type(refused.value) is kind
    told: BaseException | None = refused.value
    while told is not None:
        assert "5ecret" not in str(told)
        told = told.__cause__


def test_a_server_ends_with_whoever_started_it() -> None:
    """Tests that are killed leave neither their server running nor its folder."""
    if lacking := missing():
        pytest.skip(lacking)
    script = (
        "from tests.postgres import served\n"
        "with served() as server:\n"
        "    print(server.folder, (server.folder / 'data' / 'postmaster.pid').read_text().split()[0], flush=True)\n"
        "    input()"
    )
    command = [sys.executable, "-c", script]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as starter:
        assert starter.stdout is not None
        folder, server = starter.stdout.readline().split()
        assert _runs(server)
        starter.kill()
        assert starter.wait() == -signal.SIGKILL
        # The keeper holds the other end of this pipe, and nobody else does: it closes when all is tidied up.
        assert starter.stdout.read() == ""
    assert not Path(folder).exists()
    assert not _runs(server)


def _runs(process: str) -> bool:
    """Whether it is at work; one that has ended and that nobody asks for its result has no command line."""
    told = Path("/proc", process, "cmdline")
    return told.exists() and told.read_bytes() != b""


def test_a_place_is_named_without_its_password(door: str) -> None:
    """A store that is open names its place as it was given, but for the password."""
    with Store(door + "&password=5ecret") as store:
        assert make_url(store.place) == make_url(door)


def test_a_server_that_comes_back_is_used_again(postgresql: Server, address: str) -> None:
    """While it is away a call ends in a sentence; once it is back, the next one works, whatever connections there were."""
    article = make_article()
    with Store(address) as store:
        store.add_article(article, make_claims(article))
        with postgresql.away():
            for call in (
                lambda: store.count(Query()),
                lambda: store.edit_article(article.article_id, 1, {"title": "A"}),
            ):
                with pytest.raises(StoreError, match=ABSENT):
                    call()
        assert store.count(Query()) == 3
        assert store.edit_article(article.article_id, 1, {"title": "A"}) == 2


@pytest.mark.parametrize("how", ["fast", "immediate"])
def test_an_act_that_the_server_dies_in_leaves_nothing(postgresql: Server, address: str, how: str) -> None:
    """What was not acknowledged is not there, what was is; the next act goes through."""

    def die_halfway(store: Store) -> None:
        with store._database.writing() as connection:
            connection.execute(text("UPDATE articles SET title = 'Half'"))
            with postgresql.away(how):
                pass
            connection.execute(text("UPDATE articles SET title = 'Whole'"))

    article = make_article()
    with Store(address) as store:
        store.add_article(article, make_claims(article))
        with pytest.raises(StoreError, match=ABSENT):
            die_halfway(store)
        assert store.article(article.article_id) == article
        assert store.edit_article(article.article_id, 1, {"title": "A"}) == 2
        assert store.verify() is None
        assert store.differences() == []


def test_a_held_record_is_told_and_works_again(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """While another program holds the record a write ends in a sentence and reading goes on; afterwards it goes through."""
    monkeypatch.setattr(database, "_PATIENCE", 0.05)
    article = make_article()
    with Store(address) as store, Store(address) as other:
        with other._database.writing():
            with pytest.raises(StoreLocked, match=r"is held by another program\. Close the other program"):
                store.add_article(article, [])
            assert store.articles().empty
        store.add_article(article, [])
        assert store.verify() is None


def test_a_vacuum_by_hand_holds_off_no_writer(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """While somebody vacuums or analyses the events, which takes this lock of them, a mark is kept."""
    monkeypatch.setattr(database, "_PATIENCE", 0.05)
    article = make_article()
    with Store(address) as store, psycopg.connect(address) as other:
        store.add_article(article, make_claims(article))
        other.execute("LOCK TABLE events IN SHARE UPDATE EXCLUSIVE MODE")
        first = store.rows(Query(), limit=1)[0]
        assert store.mark(first["claim_id"], first["revision"], "Refuted", "low") == 2
        assert store.verify() is None


def test_a_vacuum_by_hand_waits_for_no_writer(address: str) -> None:
    """While somebody writes, the events can be vacuumed."""
    article = make_article()
    with Store(address) as store, psycopg.connect(address, autocommit=True) as other:
        store.add_article(article, make_claims(article))
        with store._database.writing():
            other.execute("SET lock_timeout = 50")
            other.execute("VACUUM (ANALYZE) events")


def test_a_program_that_locks_the_events_is_waited_for(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An older program of ours takes its turn by the table's lock: neither of the two writes while the other does."""
    monkeypatch.setattr(database, "_PATIENCE", 0.05)
    with Store(address) as store, psycopg.connect(address) as older:
        older.execute("LOCK TABLE events IN EXCLUSIVE MODE")
        with pytest.raises(StoreLocked, match=r"is held by another program\. Close the other program"):
            store.add_article(make_article(), [])
        older.rollback()
        with store._database.writing(), pytest.raises(psycopg.errors.LockNotAvailable):
            older.execute("LOCK TABLE events IN EXCLUSIVE MODE NOWAIT")


@pytest.mark.parametrize("level", ["read committed", "repeatable read", "serializable"])
def test_who_waited_for_the_turn_sees_what_was_written_meanwhile(postgresql: Server, address: str, level: str) -> None:
    """However the server begins transactions: two that write at once are kept one after the other, in one chain."""
    postgresql.say(f"ALTER DATABASE {make_url(address).database} SET default_transaction_isolation = '{level}'")
    with Store(address) as store, Store(address) as other, psycopg.connect(address, autocommit=True) as watching:
        writer = Thread(target=lambda: other.add_person("Ilic", actor="Jana"))
        with store._act("add_person", "Jana") as act:
            writer.start()
            while writer.is_alive() and watching.execute(WAITING).fetchone() == (0,):
                pass
            people.add(act, "Jana", "admin")
        writer.join()
        assert {person.name: person.role for person in store.people()} == {"Jana": "admin", "Ilic": "checker"}
        assert store.verify() is None


def test_tables_are_brought_up_to_date_while_nobody_writes(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who opens an older record waits for whoever writes in it, and changes nothing meanwhile."""
    monkeypatch.setattr(database, "_PATIENCE", 0.05)
    with Store(address) as store:
        store.add_article(make_article(), [])
        with psycopg.connect(address) as older:
            older.execute("DROP INDEX claims_linked")
            older.execute("UPDATE alembic_version SET version_num = '0008'")
        with store._database.writing(), pytest.raises(StoreLocked, match=r"is held by another program"):
            Store(address)
        with Store(address) as newer:
            assert newer.differences() == []


def test_a_record_that_may_only_be_read_is_told(postgresql: Server, address: str) -> None:
    """A server that takes no writes, as a copy of another does, says so; reading goes on."""
    article = make_article()
    with Store(address) as store:
        store.add_article(article, [])
    postgresql.say(f"ALTER DATABASE {make_url(address).database} SET default_transaction_read_only = on")
    with Store(address) as store:
        with pytest.raises(StoreUnwritable, match=r"can only be read just now\. Ask"):
            store.edit_article(article.article_id, 1, {"title": "Other"})
        assert len(store.articles()) == 1


def test_programs_that_open_an_empty_database_at_once_find_one_record(bare: str) -> None:
    """Whoever comes first makes the tables, all others wait for it."""
    together, found = Barrier(6), []

    def open_it() -> None:
        together.wait()
        try:
            with Store(bare) as store:
                found.append(store.latest_event_seq())
        except StoreError as error:
            found.append(error)

    threads = [Thread(target=open_it) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [0] * 6


def test_tables_are_made_whole_or_not_at_all(postgresql: Server, bare: str) -> None:
    """A migration that fails halfway leaves nothing; once its cause is gone, the record opens."""
    name = str(make_url(bare).database)
    postgresql.say("CREATE TYPE marks AS (reader text)", name)  # a table may not be called like a type
    with pytest.raises(StoreError, match=r'refused this: .*"marks" already exists'):
        Store(bare)
    postgresql.say("DROP TYPE marks", name)
    with Store(bare) as store:
        assert store.count(Query()) == 0


def test_another_programs_database_is_refused(postgresql: Server, bare: str) -> None:
    """A database that holds other tables is left as it is."""
    postgresql.say("CREATE TABLE recipes (name text)", str(make_url(bare).database))
    with pytest.raises(StoreCorrupt, match="holds something else"):
        Store(bare)


def test_text_sorts_by_code_point_whatever_the_servers_language(address: str) -> None:
    """Each text that the program may sort or compare has an order of its own: the walk over a record relies on it."""
    asked = (
        "SELECT table_name, column_name, collation_name FROM information_schema.columns WHERE table_schema = 'public'"
    )
    with Store(address) as store, store._database.reading() as connection:
        found = {(table, column): collation for table, column, collation in connection.execute(text(asked))}
    texts = [
        (table.name, column.name)
        for table in metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, Words | Instant)
    ]
    assert texts
    assert {name: found[name] for name in texts} == dict.fromkeys(texts, "C")
