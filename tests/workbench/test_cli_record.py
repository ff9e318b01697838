"""The command line on the record: proof, history, import, the move to another database, the roster and the settings."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result

import claims
from claims.store import Wanted, default_path
from tests.claims.conftest import bring
from tests.postgres import Server
from workbench.cli import main
from workbench.commands.asking import STORE_VARIABLE
from workbench.person import PERSON_VARIABLE

STORY = """Guards walk out in Korda

The prison service said that at least 312 inmates had fled on Sunday. Two vans waited at the gate.

Fares will rise by 20 percent on 1 June, the island line said on Thursday."""

Run = Callable[..., Result]
Edits = dict[int, dict[str, str]]


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test has a user's data folder, a working folder and an environment of its own; Jana gives the commands."""
    monkeypatch.setattr("claims.store.user_data_path", lambda *_, **__: tmp_path / "data")
    monkeypatch.delenv(STORE_VARIABLE, raising=False)
    monkeypatch.setenv(PERSON_VARIABLE, "Jana")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def run() -> Run:
    def invoke(*arguments: str | Path, **more: object) -> Result:
        return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False, **more)  # type: ignore[arg-type]

    return invoke


@pytest.fixture(scope="session")
def pattern_of_desk(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A store with one article, whose first claim Marusa marked, as the bytes of its file."""
    path = tmp_path_factory.mktemp("desk") / "desk.sqlite"
    with claims.Store(path, actor="Marusa") as store:
        article = claims.read_article(STORY, published="2024-03-07")
        store.add_article(article, claims.find_claims(article), actor="Ilic")
        first = store.rows(claims.Query(sort="article"))[0]
        store.mark(first["claim_id"], first["revision"], "Refuted", "moderate", rationale="The roll-call says 298.")
    return path.read_bytes()


@pytest.fixture
def desk(pattern_of_desk: bytes) -> Path:
    """The same where commands look for it."""
    path = default_path()
    path.parent.mkdir(parents=True)
    path.write_bytes(pattern_of_desk)
    return path


def told(result: Result) -> str:
    """The sentence on stderr of a mistake: exit code 2, no traceback."""
    assert result.exit_code == 2, result.output
    assert "Traceback" not in result.output
    return result.stderr


def done(result: Result) -> str:
    """What a command that went well printed."""
    assert result.exit_code == 0, result.output
    return result.stdout


def wrong(result: Result) -> str:
    """What a proof that found something wrong printed."""
    assert result.exit_code == 1, result.output
    return " ".join(result.stdout.split())


def tampered(path: Path, *statements: str) -> None:
    """Somebody writes in the store with another program."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def claim_ids(path: Path) -> list[str]:
    with claims.Store(path) as store:
        return [row["claim_id"] for row in store.rows(claims.Query(sort="article"))]


# every command


ON_A_STORE = [
    ["export", "out.csv"],
    ["import", "in.csv"],
    ["history", "c1"],
    ["undo"],
    ["redo"],
    ["verify"],
    ["rebuild"],
    ["backup"],
    ["copy", "--to", "other.sqlite"],
]


@pytest.mark.parametrize("command", [*ON_A_STORE, ["people"], ["settings"]], ids=lambda command: command[0])
def test_a_store_that_is_not_there_is_not_begun(run: Run, tmp_path: Path, command: list[str]) -> None:
    """What reads a store says that there is none and how to begin one, and makes none."""
    assert "workbench add" in told(run("--store", tmp_path / "gone.sqlite", *command))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ON_A_STORE[1:], ids=lambda command: command[0])
def test_an_empty_store_says_what_to_do_next(run: Run, tmp_path: Path, command: list[str]) -> None:
    """Where nothing is in the store, no command speaks as if something were."""
    claims.Store(tmp_path / "bare.sqlite").close()
    assert "workbench add" in told(run(*command, "--store", tmp_path / "bare.sqlite"))


@pytest.mark.parametrize("command", [*ON_A_STORE, ["people"], ["settings"]], ids=lambda command: command[0])
def test_what_is_no_store_is_named(run: Run, tmp_path: Path, command: list[str]) -> None:
    """A letter under a store's name is left as it is."""
    letter = tmp_path / "letter.sqlite"
    letter.write_text("Dear reader, " * 100, encoding="utf-8")
    assert "letter.sqlite" in told(run("--store", letter, *command))
    assert letter.read_text(encoding="utf-8").startswith("Dear reader")


def test_a_server_that_is_not_there_is_named_without_its_password(run: Run, desk: Path) -> None:  # noqa: ARG001
    """Neither the store's address nor the target's shows what is secret in it."""
    address = "postgresql://jana:hidden@127.0.0.1:9/desk"
    for command in (["--store", address, "verify"], ["copy", "--to", address]):
        sentence = told(run(*command))
        assert "does not answer" in sentence
        assert "hidden" not in sentence


# verify and rebuild


def test_a_sound_record_is_proven(run: Run, desk: Path) -> None:
    """verify counts what it proved and gives the head of the chain."""
    with claims.Store(desk) as store:
        events = store.events_table()
        n_claims = store.count(claims.Query(dropped=True))
    printed = done(run("verify"))
    counts = dict(re.findall(r"^(\w+) +([\d,]+)  ", printed, re.MULTILINE))
    assert counts == {
        "event": str(len(events)),
        "article": "1",
        "claim": str(n_claims),
        "mark": "1",
        "snapshot": "1",
    }
    assert f"event {len(events)}, {events['hash'].iloc[-1]}" in printed


def test_a_head_that_was_written_down_is_found_again(run: Run, desk: Path) -> None:
    """What was the head before is still in the chain after more was written, whole or by its first twelve signs."""
    with claims.Store(desk) as store:
        head, number = store.events_table()["hash"].iloc[-1], store.latest_event_seq()
        store.undo("Marusa")
    for given in (head, head[:12].upper()):
        assert f"event {number}'s" in done(run("verify", "--expect", given))


def test_a_history_that_was_cut_off_is_found_by_its_head(run: Run, desk: Path) -> None:
    """A chain whose end was cut off is whole in itself; the head that was written down is missing from it."""
    with claims.Store(desk) as store:
        head = store.events_table()["hash"].iloc[-1]
    desk.unlink()
    with claims.Store(desk) as store:
        article = claims.read_article(STORY, published="2024-03-07")
        store.add_article(article, [])
    done(run("verify"))
    assert head in wrong(run("verify", "--expect", head))


@pytest.mark.parametrize("given", ["hello", "abc", "", "g" * 64])
def test_what_is_no_hash_is_a_mistake(run: Run, desk: Path, given: str) -> None:  # noqa: ARG001
    """--expect takes the signs of a hash, and enough of them."""
    assert "no hash" in told(run("verify", "--expect", given))


BROKEN = {
    "changed": ("UPDATE events SET actor = 'Korda' WHERE seq = 2", "Event 2 was changed after it was written."),
    "lost": ("DELETE FROM events WHERE seq = 2", "Event 2 is missing."),
    "no JSON": ("UPDATE events SET new = 'fled' WHERE seq = 2", "Event 2 was changed after it was written."),
    "no moment": ("UPDATE events SET at = 'yesterday' WHERE seq = 2", "Event 2 was changed after it was written."),
}


@pytest.mark.parametrize("how", BROKEN)
def test_the_first_broken_link_is_named(run: Run, desk: Path, how: str) -> None:
    """An event that was changed, lost or made unreadable is found, and nothing is built upon the chain."""
    statement, sentence = BROKEN[how]
    tampered(desk, statement)
    assert sentence in wrong(run("verify"))
    assert sentence in wrong(run("rebuild"))
    assert len(list(desk.parent.glob("*before-rebuild*"))) == 0


TAMPERED = {
    "a value": ("UPDATE claims SET verdict = 'Supported' WHERE verdict IS NOT NULL", "“Supported”, the events say “Refuted”"),
    "a row gone": ("DELETE FROM marks", "mark .*: the events tell of it, and the table does not hold it"),
    "a row too many": ("INSERT INTO people VALUES ('Ghost', 'admin', 1, 1)", "person Ghost: .* no event tells of it"),
    "a snapshot": ("UPDATE snapshots SET content = x'00'", "snapshot .*: its bytes were changed"),
    "the list": (
        "UPDATE listing SET verdict = NULL",
        "verdict: the list that searches read holds nothing, which does not follow from the claim’s row: that gives “Refuted”",
    ),
    "a place in the list": ("DELETE FROM listing WHERE seq = 2", "claim .*: it is not in its place in the list"),
}  # fmt: skip


@pytest.mark.parametrize("what", TAMPERED)
def test_what_differs_from_the_events_is_told_in_words(run: Run, desk: Path, what: str) -> None:
    """A table that was written past the record is found."""
    statement, words = TAMPERED[what]
    tampered(desk, statement)
    assert re.search(words, wrong(run("verify")))


def test_a_changed_value_is_told_once(run: Run, desk: Path) -> None:
    """What the events say is told of the claim that was changed, and nothing else of what is worked out of it."""
    tampered(desk, "UPDATE claims SET speaker = 'Bob' WHERE seq = 1")
    printed = wrong(run("verify"))
    assert "the table holds “Bob”" in printed
    assert "the events say “Bob”" not in printed
    assert printed.count("speaker") == 1


def test_twenty_differences_are_named_and_each_sort_is_among_them(
    run: Run, pattern_of_desk: bytes, tmp_path: Path
) -> None:
    """A thousand differences are a screenful, and the rare one is not hidden by the many."""
    path = tmp_path / "crowd.sqlite"
    path.write_bytes(pattern_of_desk)
    with claims.Store(path) as store:
        sentences = " ".join(f"At least {number} inmates fled the Korda prison." for number in range(30, 60))
        article = claims.read_article(sentences)
        store.add_article(article, claims.find_claims(article))
    tampered(path, "UPDATE claims SET speaker = 'Ghost'", "UPDATE snapshots SET content = x'00'")
    printed = run("verify", "--store", path)
    assert printed.exit_code == 1
    named = [line for line in printed.stdout.splitlines() if re.match(r"  \w", line)]
    assert len(named) == 20
    assert any("snapshot" in line for line in named)
    assert "more" in printed.stdout.splitlines()[-1]


def test_rebuild_mends_the_tables_and_says_what_was_wrong(run: Run, desk: Path) -> None:
    """The tables come from the events again; a copy of the file as it was lies beside it."""
    tampered(desk, "UPDATE claims SET verdict = 'Supported' WHERE verdict IS NOT NULL", "DELETE FROM marks")
    printed = done(run("rebuild"))
    assert "“Supported”, the events say “Refuted”" in " ".join(printed.split())
    assert "The tables hold what the events say." in printed
    done(run("verify"))
    (copy,) = desk.parent.glob("desk.sqlite.before-rebuild-*")
    wrong(run("verify", "--store", copy))


def test_what_events_cannot_mend_stays_told(run: Run, desk: Path) -> None:
    """The bytes of a snapshot follow from no event: rebuild says so, with the exit code of a fault."""
    tampered(desk, "UPDATE snapshots SET content = x'00'")
    assert "Still different" in wrong(run("rebuild"))


# history, undo and redo


def test_a_history_is_told_oldest_first(run: Run, desk: Path) -> None:
    """Who did what, in sentences, with what changed."""
    printed = done(run("--as", "Marusa", "history", claim_ids(desk)[0]))
    assert printed.index("Ilic split the article") < printed.index("Marusa marked it Refuted, moderate confidence.")
    assert "The roll-call says 298." in printed


def test_a_history_as_json_holds_the_events(run: Run, desk: Path) -> None:
    """--json gives each event as it is kept, its hash too."""
    claim_id = claim_ids(desk)[0]
    listed = json.loads(done(run("history", claim_id, "--json", "--as", "Marusa")))
    with claims.Store(desk) as store:
        assert [each["hash"] for each in listed] == [event.hash for event in store.history(claim_id)]
    assert listed[-2]["new"]["verdict"] == "Refuted"


def test_a_history_tells_no_first_reading_to_who_is_to_read_second(run: Run, desk: Path) -> None:
    """Until theirs is in, by whatever name they are known; the first reader is told it, and then all are."""
    first = claim_ids(desk)[0]
    for who in (("--as", "Tom"), ()):
        result = run(*who, "history", first)
        assert "Marusa marked it; the verdict shows once the second reading is in." in " ".join(done(result).split())
        assert not _telling(result.stdout)
        assert f"kept back from {who[-1] if who else 'Jana'}" in result.stderr
    assert all(_telling(done(run("history", first, "--as", name))) for name in ("Marusa", "marusa"))
    with claims.Store(desk) as store:
        store.read_second(first, int(store.claim(first)["revision"]), "Supported", "low", actor="Tom")
    result = run("--as", "Tom", "history", first)
    assert _telling(done(result))
    assert "kept back" not in result.stderr


def test_events_that_tell_a_first_reading_are_left_out_whole(run: Run, desk: Path) -> None:
    """Of an act without its verdict, a hash would let that be guessed; what else happened to the claim is told as it is kept."""
    first = claim_ids(desk)[0]
    with claims.Store(desk) as store:
        store.add_source(first, 2, claims.Source("https://korda.example/roll-call"), actor="Ilic")
        store.undo("Marusa")
        store.redo("Marusa")
        kept = {event.hash: event for event in store.history(first)}
    printed = done(run("--as", "Tom", "history", first, "--json"))
    told = [kept[each["hash"]] for each in json.loads(printed)]
    assert [event.act for event in told] == ["claim found", "source added"]
    assert not _telling(printed)


def _telling(printed: str) -> set[str]:
    """What of Marusa's reading can be read there."""
    return {word for word in ("Refuted", "moderate", "roll-call says") if word in " ".join(printed.split())}


def test_an_unknown_claim_has_no_history(run: Run, desk: Path) -> None:  # noqa: ARG001
    """The mistake names the claim and where the names are found."""
    sentence = told(run("history", "nobody"))
    assert "'nobody'" in sentence
    assert "claim_id" in sentence


def test_undo_and_redo_are_the_persons_own(run: Run, desk: Path) -> None:
    """Jana has nothing to take back; Marusa takes her mark back and gives it again."""
    first = claim_ids(desk)[0]
    assert "nothing of yours" in told(run("undo"))
    assert first in done(run("--as", "Marusa", "undo"))
    with claims.Store(desk) as store:
        assert store.claim(first)["verdict"] is None
    done(run("redo", "--as", "Marusa"))
    with claims.Store(desk) as store:
        assert store.claim(first)["verdict"] == "Refuted"


def test_undo_says_that_a_publication_stays(run: Run, desk: Path) -> None:
    """Refused, it says so and how to go on; then what came before it is taken back."""
    _, second, third, *_ = claim_ids(desk)
    with claims.Store(desk) as store:
        store.edit_claim(third, 1, {"tags": "gate"}, actor="Ana")
        bring(store, second, "published")
    sentence = told(run("--as", "Ana", "undo"))
    assert "This verdict is published" in sentence
    assert "undo --past" in sentence
    assert third in done(run("--as", "Ana", "undo", "--past"))


def test_a_refused_undo_gives_the_next_step(run: Run, desk: Path) -> None:
    """What a colleague has hung on an act is named, with what to do first and how to pass over it."""
    with claims.Store(desk) as store:
        meeting_id = store.plan_meeting("Review meeting", date(2024, 3, 8), "Ana", actor="Ana")
        store.put_on_agenda(meeting_id, [Wanted(claim_ids(desk)[0])], actor="Tom")
    sentence = told(run("--as", "Ana", "undo"))
    assert "Take them off its agenda first" in sentence
    assert "undo --past" in sentence


def test_undo_goes_past_what_a_colleague_went_over(run: Run, desk: Path) -> None:
    """Refused, it says how; then it names what it leaves, and takes back what came before."""
    first, second, *_ = claim_ids(desk)
    with claims.Store(desk) as store:
        revisions = [int(store.claim(name)["revision"]) for name in (first, second)]
        store.edit_claim(first, revisions[0], {"tags": "gate"}, actor="Ilic")
        store.edit_claim(second, revisions[1], {"tags": "gate"}, actor="Ilic")
        store.edit_claim(second, revisions[1] + 1, {"tags": "vans"}, actor="Marusa")
    assert "undo --past" in told(run("--as", "Ilic", "undo"))
    result = run("--as", "Ilic", "undo", "--past")
    assert first in done(result)
    assert "Left as it is: Somebody has worked on this claim since" in result.stderr


# import


@pytest.fixture
def edited(run: Run, desk: Path, tmp_path: Path) -> Callable[[Edits], Path]:  # noqa: ARG001
    """Exports the desk, edits cells (by place of the claim and column) and gives the file."""

    def edit(edits: Edits) -> Path:
        file = tmp_path / "claims.csv"
        done(run("export", file))
        with file.open(newline="", encoding="utf-8") as opened:
            rows = list(csv.DictReader(opened))
        for place, cells in edits.items():
            rows[place] |= cells
        with file.open("w", newline="", encoding="utf-8") as opened:
            writer = csv.DictWriter(opened, rows[0])
            writer.writeheader()
            writer.writerows(rows)
        return file

    return edit


GIVEN = {"verdict": "Supported", "confidence": "high"}


def test_an_import_is_shown_asked_for_and_written_as_one_act(
    run: Run, desk: Path, edited: Callable[[Edits], Path]
) -> None:
    """Each change stands in the preview; after a yes it is in the record, and one undo takes all of it back."""
    file = edited({1: GIVEN, 2: {"speaker": "Ilic"}})
    result = run("import", file, input="y\n")
    assert "nothing → “Supported”" in done(result)
    assert "Write 2 rows as Jana?" in result.stderr
    _, second, third = claim_ids(desk)[:3]
    with claims.Store(desk) as store:
        assert store.claim(second)["checker"] == "Jana"
        assert store.claim(third)["speaker"] == "Ilic"
    assert "workbench --as Jana undo" in result.stdout
    done(run("--as", "Jana", "undo"))
    with claims.Store(desk) as store:
        assert (store.claim(second)["verdict"], store.claim(third)["speaker"] == "Ilic") == (None, False)


@pytest.mark.parametrize(
    ("options", "answer", "code"), [(["--dry-run"], "", 0), ([], "n\n", 0), ([], "", 2)], ids=["dry", "no", "nobody"]
)
def test_nothing_is_written_without_a_yes(
    run: Run, desk: Path, edited: Callable[[Edits], Path], options: list[str], answer: str, code: int
) -> None:
    """A dry run, a no and an input at its end leave the record as it is."""
    file = edited({1: GIVEN})
    with claims.Store(desk) as store:
        before = store.latest_event_seq()
        assert run("import", file, *options, input=answer).exit_code == code
        assert store.latest_event_seq() == before


def test_a_row_with_a_problem_stops_all_unless_the_good_rows_are_asked_for(
    run: Run, desk: Path, edited: Callable[[Edits], Path]
) -> None:
    """The problem is told by row and column; --good-rows writes the rest."""
    file = edited({1: {**GIVEN, "verdict": "Refutd"}, 2: {"speaker": "Ilic"}})
    result = run("import", file, "--yes")
    assert "--good-rows" in told(result)
    assert re.search(r"^3 +verdict +problem +“Refutd”", result.stdout, re.MULTILINE)
    assert "1 row left as they were" in done(run("import", file, "--yes", "--good-rows"))
    with claims.Store(desk) as store:
        _, second, third = claim_ids(desk)[:3]
        assert (store.claim(second)["verdict"], store.claim(third)["speaker"]) == (None, "Ilic")


@pytest.mark.parametrize(("answer", "speaker"), [("--take-file", "Ilic"), ("--keep-record", "Berin")])
def test_a_conflict_waits_for_an_answer(
    run: Run, desk: Path, edited: Callable[[Edits], Path], answer: str, speaker: str
) -> None:
    """Where file and record both changed, all three values are shown, and only an answer lets it through."""
    file = edited({1: {"speaker": "Ilic"}, 2: {"priority": "low"}})
    name = claim_ids(desk)[1]
    with claims.Store(desk, actor="Marusa") as store:
        store.edit_claim(name, 1, {"speaker": "Berin"})
    result = run("import", file, "--yes")
    assert answer in told(result)
    assert "record “Berin”; file “Ilic”" in result.stdout
    done(run("import", file, "--yes", answer))
    with claims.Store(desk) as store:
        assert store.claim(name)["speaker"] == speaker
        assert store.claim(claim_ids(desk)[2])["priority"] == "low"


def test_an_import_tells_no_first_reading_to_who_is_to_read_second(run: Run, desk: Path, tmp_path: Path) -> None:
    """A table with another verdict in the row is no way to be shown the one that stands, nor to write over it."""
    done(run("--as", "Marusa", "export", "all.csv"))
    table = (tmp_path / "all.csv").read_text(encoding="utf-8")
    (tmp_path / "all.csv").write_text(table.replace(",Refuted,", ",Supported,"), encoding="utf-8")
    result = run("--as", "Tom", "import", "all.csv", "--yes")
    assert "Refuted" not in done(result)
    assert "kept back from you" in result.stdout
    with claims.Store(desk) as store:
        assert store.claim(claim_ids(desk)[0])["verdict"] == "Refuted"
    assert "“Refuted” → “Supported”" in done(run("--as", "Marusa", "import", "all.csv", "--dry-run"))


def test_an_unedited_table_changes_nothing(run: Run, edited: Callable[[Edits], Path]) -> None:
    """What comes back as it went out is no act."""
    assert "no row changes the record" in done(run("import", edited({})))


@pytest.mark.parametrize("width", [40, 80, 140])
def test_the_preview_keeps_to_the_window(run: Run, edited: Callable[[Edits], Path], width: int) -> None:
    """No line of the preview is wider than the window, whatever is in a cell."""
    file = edited({1: {"speaker": "Ilic \x1b[2J of the island line, " * 20}})
    printed = done(run("import", file, "--dry-run", env={"COLUMNS": str(width)}))
    table = printed.split("\n\n")[1]
    assert "island" in table
    assert "\x1b" not in table
    assert max(map(len, table.splitlines())) <= width


@pytest.mark.parametrize(
    "content", [None, b"", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)), b"name,age\n"]
)
def test_what_is_no_table_is_told(run: Run, desk: Path, tmp_path: Path, content: bytes | None) -> None:  # noqa: ARG001
    """A file that is missing, empty, a picture or another table gets a sentence."""
    if content is not None:
        (tmp_path / "in.csv").write_bytes(content)
    assert told(run("import", tmp_path / "in.csv")).startswith("Error: The file ")


def test_two_answers_to_one_question_are_a_mistake(run: Run, desk: Path) -> None:  # noqa: ARG001
    """--take-file and --keep-record together are refused before anything is read."""
    assert "one of them" in told(run("import", "in.csv", "--take-file", "--keep-record"))


# copy


def test_a_copy_that_is_refused_leaves_no_file(run: Run, desk: Path, tmp_path: Path) -> None:
    """A place where nothing was is as empty as before; a store that was there already stays."""
    (tmp_path / "kept").mkdir()
    claims.Store(tmp_path / "kept" / "bare.sqlite").close()
    tampered(desk, "UPDATE events SET actor = 'Tom' WHERE seq = 2")
    for target in ("c2.sqlite", "kept/bare.sqlite"):
        assert "not sound" in told(run("copy", "--to", tmp_path / target))
    assert [file.name for file in tmp_path.glob("c2*")] == []
    assert (tmp_path / "kept" / "bare.sqlite").exists()


def test_a_desk_moves_to_a_server_and_back(run: Run, desk: Path, tmp_path: Path, postgresql: Server) -> None:
    """Every event arrives with its hash; the passwords in the addresses are shown nowhere."""
    with postgresql.database("template0") as bare:
        address = bare.replace("desk@", "desk:hidden@", 1)
        there = run("copy", "--to", address)
        back = run("--store", address, "copy", "--to", tmp_path / "back.sqlite")
    with claims.Store(desk) as old, claims.Store(tmp_path / "back.sqlite") as new:
        assert new.events_table().equals(old.events_table())
        assert re.search(rf"^events +{old.latest_event_seq()}$", done(there), re.MULTILINE)
    done(back)
    assert "hidden" not in there.output + back.output


def test_two_desks_are_not_mixed(run: Run, desk: Path, tmp_path: Path) -> None:
    """A target that holds something is refused and stays as it is."""
    other = tmp_path / "other.sqlite"
    done(run("copy", "--to", other))
    before = other.read_bytes()
    assert "not empty" in told(run("copy", "--to", other))
    assert "not empty" in told(run("copy", "--to", desk))
    assert other.read_bytes() == before


# people and settings


def test_the_first_on_the_roster_keeps_it(run: Run) -> None:
    """Whoever is put on it first is its admin; after that the roster says who may change it."""
    assert "Marusa is on the roster as admin" in done(run("people", "add", "Marusa"))
    done(run("--as", "Marusa", "people", "add", "Ilic", "--role", "reviewer"))
    assert done(run("people")).split() == ["NAME", "ROLE", "Ilic", "reviewer", "Marusa", "admin"]
    assert "--as NAME" in told(run("people", "change", "Ilic", "--role", "editor"))


def test_somebody_leaves_and_comes_back(run: Run) -> None:
    """Who left stays on the roster."""
    for name in ("Jana", "Ilic"):
        done(run("people", "add", name))
    assert re.search(r"Ilic +checker, left", done(run("people", "change", "Ilic", "--left")))
    assert re.search(
        r"Ilic +editor$", done(run("people", "change", "Ilic", "--back", "--role", "editor")), re.MULTILINE
    )


def test_people_are_given_the_address_they_sign_in_with(run: Run, desk: Path) -> None:
    """The roster shows it, whoever signs in with it is that person, and what is no address is a mistake."""
    done(run("people", "add", "Jana"))
    assert "SIGNS IN AS" not in done(run("people"))
    shown = done(run("people", "change", "Jana", "--address", "Jana@korda.example"))
    assert re.search(r"Jana +admin +jana@korda\.example", shown)
    assert "is no e-mail address" in told(run("people", "change", "Jana", "--address", "Jana"))
    with claims.Store(desk) as store:
        assert store.enter("jana@korda.example", "J. Hollin").name == "Jana"


def test_people_who_are_not_there_are_not_changed(run: Run, desk: Path) -> None:  # noqa: ARG001
    """A name that is not on the roster is told with those that are; a change of nothing is a mistake."""
    assert "workbench people add" in told(run("people", "change", "Ilic", "--left"))
    done(run("people", "add", "Jana"))
    assert "Jana" in told(run("people", "change", "Ilic", "--left"))
    assert "--role" in told(run("people", "change", "Jana"))
    assert "king" in told(run("people", "add", "Ilic", "--role", "king"))


def test_settings_are_listed_with_their_meaning(run: Run, desk: Path) -> None:  # noqa: ARG001
    """Each setting of the store stands there, with what it is and what it may be."""
    printed = done(run("settings"))
    assert re.search(r"^scale +averitec ", printed, re.MULTILINE)
    assert re.search(r"^second_reading +on .*on or off", printed, re.MULTILINE)
    assert "politifact" in printed


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("second_reading", "off", False),
        ("confidence", "percent", "percent"),
        ("scale", "snopes", "snopes"),
    ],
)
def test_a_setting_is_set(run: Run, desk: Path, name: str, value: str, kept: object) -> None:
    """What was said is kept, as an event of who said it."""
    done(run("settings", "set", name, value))
    with claims.Store(desk) as store:
        assert store.setting(name) == kept
        assert store.events_table()["actor"].iloc[-1] == "Jana"


def test_another_scale_says_where_it_loses_meaning(run: Run, desk: Path) -> None:  # noqa: ARG001
    """On standard error, each label with what it becomes and what that loses; nothing where the scale stays."""
    result = run("settings", "set", "scale", "politifact")
    done(result)
    words = " ".join(result.stderr.split())
    assert re.search(r"^Refuted +False *$", result.stderr, re.MULTILINE)
    assert re.search(r"^Not enough evidence +none ", result.stderr, re.MULTILINE)
    assert "stay as they are" in words
    assert "BECOMES" not in result.stdout
    assert not run("settings", "set", "scale", "politifact").stderr


def test_a_scale_of_ones_own_comes_from_a_file(run: Run, desk: Path, tmp_path: Path) -> None:
    """A TOML file becomes the desk's scale, and its labels can be asked for."""
    text = Path(claims.__file__).with_name("scales").joinpath("house.toml").read_text(encoding="utf-8")
    (tmp_path / "ours.toml").write_text(text.replace('name = "house"', 'name = "ours"'), encoding="utf-8")
    assert "Misleading" in done(run("settings", "set", "scale", "ours.toml"))
    with claims.Store(desk) as store:
        assert store.rules().scale.name == "ours"
    done(run("export", "out.csv", "--verdict", "Misleading"))
    done(run("--as", "Marusa", "export", "out.csv", "--verdict", "Refuted"))  # a mark that was given before stays
    assert len(claims.read_csv("out.csv")) == 1


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("scale", "tea-leaves", "averitec"),
        ("scale", "gone.toml", "gone.toml"),
        ("scale", "bad.toml", "bad.toml"),
        ("scale", "picture.toml", "UTF-8"),
        ("second_reading", "maybe", "on or off"),
        ("confidence", "signs", "percent"),
        ("colour", "red", "second_reading"),
    ],
)
def test_what_no_setting_can_be_is_refused(
    run: Run, desk: Path, tmp_path: Path, name: str, value: str, says: str
) -> None:
    """An unknown setting, scale, file or value gets a sentence with what there is, and nothing is written."""
    (tmp_path / "bad.toml").write_text("name = house", encoding="utf-8")
    (tmp_path / "picture.toml").write_bytes(b"\x89PNG\xff")
    with claims.Store(desk) as store:
        before = store.latest_event_seq()
        assert says in told(run("settings", "set", name, value))
        assert store.latest_event_seq() == before


# who writes


def test_the_nearest_name_writes(run: Run, desk: Path) -> None:
    """--as after the command, then before it, then the environment."""
    for options, name in ((["--as", "Far"], "Near"), (["--as", "Far"], ""), ([], "")):
        near = ["--as", name] if name else []
        with claims.Store(desk) as store:
            value = "off" if store.setting("second_reading") else "on"
        done(run(*options, "settings", "set", "second_reading", value, *near))
    with claims.Store(desk) as store:
        assert store.events_table()["actor"].tail(3).tolist() == ["Near", "Far", "Jana"]


# export in a form


@pytest.mark.parametrize(
    ("file", "begins", "says"),
    [
        ("claims.xlsx", b"PK", "claims in claims.xlsx"),
        ("claims.parquet", b"PAR1", "claims in claims.parquet"),
        ("Report.HTML", b"<!doctype html>", "0 claims signed off in Report.HTML"),
        ("report.md", b"# Checked claims", "0 claims signed off in report.md"),
        ("evidence.zip", b"PK", "0 claims signed off in evidence.zip"),
        ("averitec.json", b"[]", "0 claims signed off in averitec.json"),
        ("annotations.json", b"{", "0 claims signed off in annotations.json"),
    ],
)
def test_the_ending_says_the_form(run: Run, desk: Path, file: str, begins: bytes, says: str) -> None:  # noqa: ARG001
    """Each form is a whole file, and how many claims it holds is told; nothing that is not signed off is in a public one."""
    result = run("export", file)
    done(result)
    assert Path(file).read_bytes().startswith(begins)
    assert says in result.stderr


def test_a_form_that_is_none_is_told_with_those_that_are(run: Run, desk: Path) -> None:  # noqa: ARG001
    """An unknown ending is a mistake; a ClaimReview asks who checks."""
    assert "claimreview.json" in told(run("export", "verdicts.ods"))
    assert "names who checked" in told(run("export", "claimreview.json"))
    done(run("settings", "set", "publisher", "The Korda Post"))
    done(run("settings", "set", "site", "https://korda.example/checks/"))
    done(run("export", "claimreview.json"))
    assert json.loads(Path("claimreview.json").read_text(encoding="utf-8"))["@graph"] == []


# export to a folder


def test_a_folder_gets_the_whole_record(run: Run, desk: Path, tmp_path: Path) -> None:
    """claims.csv, sources.csv and events.csv lie there together."""
    done(run("export", "backup/", "--as", "Marusa"))
    assert {path.name for path in (tmp_path / "backup").iterdir()} == {
        "claims.csv", "sources.csv", "events.csv", "datapackage.json",
    }  # fmt: skip
    with claims.Store(desk) as store:
        assert claims.read_csv(tmp_path / "backup" / "claims.csv").equals(
            store.table(claims.Query(sort="article", dropped=True))
        )
        with (tmp_path / "backup" / "events.csv").open(newline="", encoding="utf-8") as opened:
            assert [row["hash"] for row in csv.DictReader(opened)] == store.events_table()["hash"].tolist()


@pytest.mark.parametrize("target", ["record/", "tables.zip", "claims.csv", "claims.xlsx", "claims.parquet"])
def test_no_form_tells_a_first_reading_to_who_is_to_read_second(
    run: Run, desk: Path, tmp_path: Path, target: str
) -> None:
    """Its cells are empty and its events stay behind, and how many are kept back is told; nothing else is missing."""
    first = claim_ids(desk)[0]
    with claims.Store(desk) as store:
        store.add_person("Ana", "admin", actor="Ana")
    for who, told in (("Tom", False), ("Marusa", True)):
        result = run("export", target, "--as", who)
        done(result)
        assert ("1 first reading is kept back from Tom" in result.stderr) != told
        tables = _tables_in(tmp_path / target)
        assert bool(_telling(json.dumps(tables))) == told
        [row] = [row for row in tables["claims"] if row["claim_id"] == first]
        assert (row["checker"], row["status"]) == ("Marusa", "marked")
        if "events" in tables:
            acts = [event["act"] for event in tables["events"]]
            assert ("claim marked" in acts) == told
            assert {"article read", "claim found", "person added"} <= set(acts)


def test_a_first_reading_is_not_found_by_exporting_what_has_its_verdict(run: Run, desk: Path) -> None:  # noqa: ARG001
    """A choice by verdict finds it for its reader alone."""
    for who, found in (("Tom", 0), ("Marusa", 1)):
        printed = done(run("--as", who, "export", "-", "--verdict", "Refuted"))
        assert len(list(csv.DictReader(printed.splitlines()))) == found


def test_a_report_is_the_same_for_all(run: Run, desk: Path) -> None:  # noqa: ARG001
    """What was signed off is kept back from nobody, and a report speaks of nothing else."""
    result = run("--as", "Tom", "export", "report.md")
    done(result)
    assert "kept back" not in result.stderr


def _tables_in(path: Path) -> dict[str, list[dict[str, str]]]:
    """The rows of each table that an export holds, by the table's name."""
    if path.is_dir():
        return {each.stem: _rows_of(each.read_bytes()) for each in path.glob("*.csv")}
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as packed:
            return {Path(name).stem: _rows_of(packed.read(name)) for name in packed.namelist() if name.endswith(".csv")}
    if path.suffix == ".csv":
        return {"claims": _rows_of(path.read_bytes())}
    read = pd.read_parquet(path) if path.suffix == ".parquet" else pd.read_excel(path, engine="openpyxl")
    return {"claims": read.astype("str").to_dict("records")}


def _rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(content.decode("utf-8-sig").splitlines()))


def test_a_folder_s_tables_refer_to_each_other(run: Run, desk: Path, tmp_path: Path) -> None:
    """Every source's claim is there, a dropped one's too: what the data package calls a key is one."""
    with claims.Store(desk, actor="Jana") as store:
        row = store.rows(claims.Query(sort="article"))[-1]
        store.add_source(row["claim_id"], row["revision"], claims.Source("https://korda.example/roll-call"))
        revision = store.claim(row["claim_id"])["revision"]
        store.drop_claim(row["claim_id"], revision, "An opinion.")
    done(run("export", "backup/"))
    folder = tmp_path / "backup"
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    tables = {}
    for resource in package["resources"]:
        with (folder / resource["path"]).open(newline="", encoding="utf-8") as opened:
            tables[resource["name"]] = list(csv.DictReader(opened))
    assert len(tables["sources"]) == 1
    for resource in package["resources"]:
        for key in resource["schema"].get("foreignKeys", ()):
            [own], [there] = key["fields"], key["reference"]["fields"]
            known = {each[there] for each in tables[key["reference"]["resource"]]}
            assert {each[own] for each in tables[resource["name"]]} <= known
    [dropped] = [each for each in tables["claims"] if each["status"] == "dropped"]
    assert dropped["claim_id"] == row["claim_id"]


def test_a_folder_takes_a_choice_of_claims(run: Run, desk: Path, tmp_path: Path) -> None:
    """Then it holds those claims, their sources, and the events about them, their sources and articles: no word of another claim."""
    with claims.Store(desk, actor="Jana") as store:
        one, other, *_ = store.rows(claims.Query(sort="article"))
        for row in (one, other):
            source = claims.Source(f"https://korda.example/{row['claim_id']}", "Roll call")
            store.add_source(row["claim_id"], row["revision"], source)
            store.mark(row["claim_id"], row["revision"], "Refuted" if row is one else "Supported", "low")
        about = {event.subject_id for event in store.history(one["claim_id"])} | {one["article_id"]}
    done(run("export", "part/", "--verdict", "Refuted"))
    tables = {}
    for name in ("claims", "sources", "events"):
        with (tmp_path / "part" / f"{name}.csv").open(newline="", encoding="utf-8") as opened:
            tables[name] = list(csv.DictReader(opened))
    assert [each["claim_id"] for each in tables["claims"]] == [one["claim_id"]]
    assert [each["claim_id"] for each in tables["sources"]] == [one["claim_id"]]
    assert {each["subject_id"] for each in tables["events"]} == about
    assert other["claim_id"] not in json.dumps(tables)
    assert "no verdict" in told(run("export", "part/", "--verdict", "Refuted?"))


def test_tables_in_one_file_are_those_of_the_folder(run: Run, desk: Path, tmp_path: Path) -> None:  # noqa: ARG001
    """tables.zip holds to the byte what a folder gets, of all and of a choice."""
    for choice in ((), ("--text", "guards")):
        done(run("export", "backup/", *choice))
        done(run("export", "tables.zip", *choice))
        with zipfile.ZipFile(tmp_path / "tables.zip") as packed:
            assert {name: packed.read(name) for name in packed.namelist()} == {
                path.name: path.read_bytes() for path in (tmp_path / "backup").iterdir()
            }


def test_a_folder_that_cannot_be_made_is_a_mistake(run: Run, desk: Path, tmp_path: Path) -> None:  # noqa: ARG001
    """Below a file there is no folder."""
    (tmp_path / "letter").write_text("Dear reader", encoding="utf-8")
    assert "cannot be made" in told(run("export", "letter/backup/"))


# backup and restore


def test_a_backup_is_made_and_brought_back(run: Run, desk: Path, tmp_path: Path) -> None:  # noqa: ARG001
    """A folder gets a file with the moment in its name; it opens, and is restored where it is said."""
    (tmp_path / "kept").mkdir()
    printed = done(run("backup", "kept"))
    [file] = (tmp_path / "kept").glob("desk-*.sqlite")
    assert "proved" in printed
    assert done(run("--store", file, "verify"))
    assert "--replace" in told(run("restore", file))
    assert "restored" in done(run("restore", file, "--replace"))
    assert "restored" in done(run("--store", tmp_path / "new.sqlite", "restore", file))
    assert "no file" in told(run("restore", "gone.sqlite"))


def test_what_cannot_be_restored_begins_no_store(run: Run, tmp_path: Path) -> None:
    """A backup that is not sound leaves everything as it was, also where there was no store yet."""
    (tmp_path / "torn.sqlite").write_bytes(b"SQLite format 3\0 and no more")
    assert "is no record" in told(run("--store", tmp_path / "new.sqlite", "restore", tmp_path / "torn.sqlite"))
    assert not (tmp_path / "new.sqlite").exists()


@pytest.mark.parametrize(
    "address", ["postgresql:/jana:s3cret@127.0.0.1/desk", "jana:s3cret@127.0.0.1/desk", "postgres:s3cret"]
)
def test_a_password_in_a_misspelt_address_is_not_repeated(run: Run, tmp_path: Path, address: str) -> None:
    """It is taken for no file's name, and begins no store."""
    for command in (["verify"], ["add", "story.txt"]):
        said = told(run("--store", address, *command))
        assert "neither a file nor an address" in said
        assert "s3cret" not in said
    assert list(tmp_path.iterdir()) == []
