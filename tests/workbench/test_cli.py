"""The command line: what it prints, what it keeps, and the sentence that each mistake gets."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path

import click
import pytest
import streamlit.web.cli
from click.testing import CliRunner, Result

import claims
from claims.store import default_path
from workbench.cli import main
from workbench.commands.asking import STORE_VARIABLE
from workbench.demonstration import demo_path, fill, stories
from workbench.person import PERSON_VARIABLE
from workbench.terminal import draw_claims

ROOT = Path(__file__).parents[2]

STORY = "Guards walk out in Korda\n\nThe prison service said that at least 312 inmates had fled on Sunday. Two vans waited at the gate."
OTHER = "Ferry fares rise\n\nFares will rise by 20 percent on 1 June, the island line said on Thursday."

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test has a user's data folder, a working folder and an environment of its own."""
    monkeypatch.setattr("claims.store.user_data_path", lambda *_, **__: tmp_path / "data")
    monkeypatch.delenv(STORE_VARIABLE, raising=False)
    monkeypatch.delenv(PERSON_VARIABLE, raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def run() -> Run:
    def invoke(*arguments: str | Path, **more: object) -> Result:
        return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False, **more)  # type: ignore[arg-type]

    return invoke


@dataclass
class Started:
    """What Streamlit was started with."""

    arguments: list[list[str]] = field(default_factory=list)
    stores: list[str] = field(default_factory=list)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Iterator[Started]:
    """Streamlit's own command is not run but written down."""
    seen = Started()
    monkeypatch.setattr(sys, "argv", ["workbench"])
    monkeypatch.setenv(STORE_VARIABLE, "")
    monkeypatch.delenv(STORE_VARIABLE)

    def start() -> None:
        seen.arguments.append(sys.argv[:])
        seen.stores.append(os.environ[STORE_VARIABLE])

    monkeypatch.setattr(streamlit.web.cli, "main", start)
    yield seen
    os.environ.pop(STORE_VARIABLE, None)


def written(path: Path, text: str = STORY) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def told(result: Result) -> str:
    """The sentence on stderr of a mistake: exit code 2, no traceback."""
    assert result.exit_code == 2, result.output
    assert "Traceback" not in result.output
    return result.stderr


def test_help_is_quick() -> None:
    """Asking for help loads neither Streamlit nor pandas nor the parser."""
    code = "import sys, workbench.cli; print(*{name.partition('.')[0] for name in sys.modules})"
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"streamlit", "pandas", "spacy", "sqlalchemy", "requests"} & set(loaded)


def every_command(group: click.Group, *above: str) -> Iterator[tuple[str, ...]]:
    """The group and all its commands, as they are typed."""
    yield above
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from every_command(command, *above, name)
        else:
            yield (*above, name)


@pytest.mark.parametrize("command", [*every_command(main)], ids=" ".join)
def test_help_needs_no_manual(run: Run, command: tuple[str, ...]) -> None:
    """Every command's help says what it does and shows examples."""
    result = run(*command, "--help")
    assert result.exit_code == 0
    assert "Examples:" in result.stdout


def test_the_version_is_the_packages(run: Run) -> None:
    """--version names the program and its version."""
    assert re.fullmatch(r"claims-workbench \d+\.\d+\.\d+\n", run("--version").stdout)


# split


def test_split_shows_every_claim_with_its_facts(run: Run, tmp_path: Path) -> None:
    """The table holds the wording, the speaker, the figure and the resolved day; nothing is kept."""
    result = run("split", written(tmp_path / "story.txt"), "--published", "2024-03-03", env={"COLUMNS": "140"})
    assert result.exit_code == 0
    assert all(words in result.stdout for words in ("CHECK", "≥ 312 inmates", "3 Mar 2024", "Two vans waited"))
    assert result.stderr == ""
    assert not default_path().exists()


@pytest.mark.parametrize("width", [40, 80, 100, 200])
def test_the_table_keeps_to_the_window(width: int) -> None:
    """No line is wider than the window, and no claim is cut short."""
    found = [claim for story in stories() for claim in claims.find_claims(story)]
    table = draw_claims(found, width)
    assert max(map(len, table.splitlines())) <= width
    assert all(word in table for claim in found for word in claim.claim.split() if len(word) < 12)


def test_an_article_cannot_command_the_terminal(run: Run, tmp_path: Path) -> None:
    """Escape sequences in an article are not sent to the terminal."""
    story = written(
        tmp_path / "story.txt", "At least 312 inmates fled \x1b[2J\x1b]0;owned\x07 on Sunday, officials said."
    )
    assert not {"\x1b", "\x07"} & set(run("split", story).output)


def test_an_unknown_day_of_publication_is_said(run: Run, tmp_path: Path) -> None:
    """Without a day nothing is resolved against a guess, and stderr says how to give one."""
    result = run("split", written(tmp_path / "story.txt"), env={"COLUMNS": "140"})
    assert result.exit_code == 0
    assert "Sunday" in result.stdout
    assert "→" not in result.stdout
    assert "--published" in result.stderr


def test_split_reads_standard_input(run: Run) -> None:
    """SOURCE - is what is piped in."""
    assert "≥ 312" in run("split", "-", input=STORY.encode()).stdout


def test_json_is_the_claims_table(run: Run, tmp_path: Path) -> None:
    """--json gives the table's columns: null where empty, ISO 8601 dates, lists where a cell holds several."""
    result = run("split", written(tmp_path / "story.txt"), "--published", "2024-03-03", "--json")
    rows = json.loads(result.stdout)
    first = next(row for row in rows if row["figure_low"])
    assert list(first) == [column.name for column in claims.COLUMNS]
    assert (first["figure_low"], first["figure_high"], first["date_first"]) == (312, None, "2024-03-03")
    assert isinstance(first["kinds"], list)
    assert STORY[first["start"] : first["end"]] == first["quote"]


def test_csv_reads_back_as_the_same_table(run: Run, tmp_path: Path) -> None:
    """--csv writes what claims.read_csv reads back unchanged."""
    story = written(tmp_path / "story.txt")
    assert run("split", story, "--published", "2024-03-03", "--csv", tmp_path / "out.csv").exit_code == 0
    expected = claims.claims_table(claims.find_claims(claims.read_article(story, published="2024-03-03")))
    assert claims.read_csv(tmp_path / "out.csv").equals(expected)


def test_csv_to_standard_output_is_only_the_csv(run: Run, tmp_path: Path) -> None:
    """--csv - can be piped on: the file's own bytes and nothing else."""
    story = written(tmp_path / "story.txt")
    run("split", story, "--published", "2024-03-03", "--csv", tmp_path / "out.csv")
    piped = run("split", story, "--published", "2024-03-03", "--csv", "-")
    assert piped.stdout_bytes == (tmp_path / "out.csv").read_bytes()


BAD_SOURCES = {
    "missing.txt": None,
    "empty.txt": b"",
    "numbers.txt": b"1 2 3",
    "picture.txt": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)),
    "table.xlsx": b"PK\x03\x04 not read here",
    "broken.pdf": b"%PDF-1.7 and then nothing",
}


@pytest.mark.parametrize("name", BAD_SOURCES)
def test_a_bad_source_gets_a_sentence(run: Run, tmp_path: Path, name: str) -> None:
    """What cannot be read is named on stderr, with what to do."""
    content = BAD_SOURCES[name]
    if content is not None:
        (tmp_path / name).write_bytes(content)
    sentence = told(run("split", tmp_path / name))
    assert sentence.startswith("Error: ")
    assert sentence.rstrip().endswith(".")


@pytest.mark.parametrize("address", ["ftp://example.org/story", "file:///etc/hostname"])
def test_only_web_addresses_are_fetched(run: Run, address: str) -> None:
    """Another scheme is refused by name, not tried."""
    assert address.partition(":")[0] in told(run("split", address))


@pytest.mark.parametrize("day", ["tomorrow", "2999-01-01", "2024-02-30"])
def test_a_day_that_cannot_be_is_refused(run: Run, tmp_path: Path, day: str) -> None:
    """A publication date in the future or in no calendar is a mistake, for one article as for many."""
    story = written(tmp_path / "story.txt")
    assert day in told(run("split", story, "--published", day))
    assert told(run("add", story, story, "--published", day)).count(day) == 1


def test_one_form_at_a_time(run: Run, tmp_path: Path) -> None:
    """--csv and --json together are a mistake."""
    assert "one of them" in told(run("split", written(tmp_path / "story.txt"), "--csv", "out.csv", "--json"))


def test_a_folder_that_is_not_there_takes_no_csv(run: Run, tmp_path: Path) -> None:
    """A CSV that cannot be written is a mistake with a sentence."""
    story = written(tmp_path / "story.txt")
    assert "nowhere" in told(run("split", story, "--csv", tmp_path / "nowhere" / "out.csv"))


# add


def test_add_keeps_files_and_folders(run: Run, tmp_path: Path) -> None:
    """Files and the readable files of folders are read, split and kept; each is told with its id."""
    written(tmp_path / "pile" / "deep" / "a.txt")
    written(tmp_path / "pile" / "notes.rtf", "not an article")
    result = run("add", tmp_path / "pile", written(tmp_path / "b.txt", OTHER), "--published", "2024-03-07")
    assert result.exit_code == 0
    with claims.Store(default_path()) as store:
        kept = store.articles()
        assert set(kept["title"]) == {"Guards walk out in Korda", "Ferry fares rise"}
        assert all(article_id in result.stdout for article_id in kept["article_id"])
        assert store.count(claims.Query()) == kept["n_claims"].sum() > 0


def test_one_bad_source_does_not_stop_the_rest(run: Run, tmp_path: Path) -> None:
    """What cannot be read is named, the rest goes on, and the exit code is 2."""
    result = run("add", tmp_path / "missing.txt", written(tmp_path / "a.txt"))
    assert "missing.txt" in told(result)
    assert "added" in result.stdout
    assert "--published" in result.stderr


def test_an_article_already_there_is_said_with_its_id(run: Run, tmp_path: Path) -> None:
    """The same text again is no failure; --new-version keeps it once more."""
    story = written(tmp_path / "a.txt")
    run("add", story)
    again = run("add", story)
    assert again.exit_code == 0
    assert claims.read_article(story).article_id in again.stdout
    run("add", story, "--new-version")
    with claims.Store(default_path()) as store:
        assert sorted(store.articles()["version"]) == [1, 2]


def test_a_folder_without_articles_is_a_mistake(run: Run, tmp_path: Path) -> None:
    """An empty folder is told, not passed over."""
    (tmp_path / "empty").mkdir()
    assert "empty" in told(run("add", tmp_path / "empty"))


def test_a_folder_without_articles_does_not_stop_the_rest(run: Run, tmp_path: Path) -> None:
    """An empty folder is named like a file that cannot be read, and the sources after it are kept."""
    (tmp_path / "bare").mkdir()
    result = run("add", tmp_path / "bare", written(tmp_path / "a.txt"))
    assert f"Not read: {tmp_path / 'bare'}: The folder holds no article." in told(result)
    assert "added" in result.stdout


def test_a_damaged_pdf_gets_one_sentence(tmp_path: Path) -> None:
    """What the reader of PDFs remarks on a broken file does not stand before the sentence."""
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4\nnothing more")
    result = subprocess.run(
        [sys.executable, "-m", "workbench", "split", str(tmp_path / "broken.pdf")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 2
    assert re.fullmatch(r"Error: .*broken\.pdf is damaged or not a PDF at all\. [^\n]*\n", result.stderr), result.stderr


@pytest.mark.parametrize("place", ["command", "group", "environment"])
def test_the_store_can_be_named_anywhere(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    """--store after the command, before it, or in the environment."""
    story, store = str(written(tmp_path / "a.txt")), str(tmp_path / "own.sqlite")
    if place == "environment":
        monkeypatch.setenv(STORE_VARIABLE, store)
    arguments = {"command": ["add", story, "--store", store], "group": ["--store", store, "add", story]}
    assert run(*arguments.get(place, ["add", story])).exit_code == 0
    with claims.Store(store) as record:
        assert len(record.articles()) == 1
    assert not default_path().exists()


def test_a_nearer_store_wins(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands on the command line wins over the environment."""
    monkeypatch.setenv(STORE_VARIABLE, str(tmp_path / "far.sqlite"))
    run("--store", tmp_path / "near.sqlite", "add", written(tmp_path / "a.txt"))
    assert (tmp_path / "near.sqlite").exists()
    assert not (tmp_path / "far.sqlite").exists()


# export


@pytest.fixture
def marked(tmp_path: Path) -> Path:
    """A store with two articles and one verdict."""
    path = tmp_path / "marked.sqlite"
    with claims.Store(path, actor="Marusa") as store:
        for text in (STORY, OTHER):
            article = claims.read_article(text, published="2024-03-07")
            store.add_article(article, claims.find_claims(article))
        first = store.page(claims.Query(sort="article")).iloc[0]
        store.mark(
            first["claim_id"], int(first["revision"]), "Refuted", "moderate", rationale="The roll-call says 298."
        )
    return path


def test_export_writes_the_whole_table(run: Run, marked: Path, tmp_path: Path) -> None:
    """The file is the store's claims table, article by article."""
    assert run("--as", "Marusa", "export", tmp_path / "all.csv", "--store", marked).exit_code == 0
    with claims.Store(marked) as store:
        assert claims.read_csv(tmp_path / "all.csv").equals(store.table(claims.Query(sort="article")))


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--verdicts-only"], {"Guards walk out in Korda"}),
        (["--verdict", "Refuted"], {"Guards walk out in Korda"}),
        (["--verdict", "Supported"], set()),
        (["--status", "new", "--text", "percent fares"], {"Ferry fares rise"}),
    ],
)
def test_export_filters(run: Run, marked: Path, tmp_path: Path, options: list[str], expected: set[str]) -> None:
    """Only what was asked for is written; an empty table is a table."""
    assert run("--as", "Marusa", "export", tmp_path / "some.csv", "--store", marked, *options).exit_code == 0
    assert set(claims.read_csv(tmp_path / "some.csv")["article_title"]) == expected


def test_export_of_one_article(run: Run, marked: Path, tmp_path: Path) -> None:
    """--article keeps to that article; one that is not there is a mistake."""
    article_id = claims.read_article(OTHER).article_id
    run("export", tmp_path / "one.csv", "--store", marked, "--article", article_id)
    assert set(claims.read_csv(tmp_path / "one.csv")["article_id"]) == {article_id}
    assert "nobody" in told(run("export", tmp_path / "none.csv", "--store", marked, "--article", "nobody"))
    assert not (tmp_path / "none.csv").exists()


def test_export_begins_no_store(run: Run, tmp_path: Path) -> None:
    """Exporting from a store that is not there is a mistake, and makes none."""
    assert "gone.sqlite" in told(run("export", tmp_path / "out.csv", "--store", tmp_path / "gone.sqlite"))
    assert not (tmp_path / "gone.sqlite").exists()


def test_an_unknown_verdict_is_a_mistake(run: Run, marked: Path, tmp_path: Path) -> None:
    """A label outside the scale is refused with the labels that there are."""
    assert "Supported" in told(run("export", tmp_path / "out.csv", "--store", marked, "--verdict", "Mostly harmless"))


def test_what_is_no_store_is_said(run: Run, tmp_path: Path) -> None:
    """A file that is no store is left as it is and named."""
    other = written(tmp_path / "letter.sqlite", "Dear reader, " * 100)
    assert "letter.sqlite" in told(run("export", tmp_path / "out.csv", "--store", other))
    assert other.read_text(encoding="utf-8").startswith("Dear reader")


# the desk and the demo


def test_the_desk_opens_on_its_store(run: Run, started: Started, tmp_path: Path) -> None:
    """Streamlit is started on the screens, which find the store's address in the environment; it is said who can reach it."""
    opened = run("--store", tmp_path / "own.sqlite", "--no-browser")
    assert opened.exit_code == 0
    assert "Listens on this machine only." in opened.stderr
    (arguments,) = started.arguments
    assert arguments[:2] == ["streamlit", "run"]
    assert Path(arguments[2]).name == "serving.py"
    assert arguments[3:] == ["--server.headless=true"]
    assert started.stores == [str(tmp_path / "own.sqlite")]


def test_the_desk_has_a_store_of_its_own(run: Run, started: Started) -> None:
    """Without --store it is the one in the user's data folder."""
    run()
    assert started.stores == [str(default_path())]


def test_a_damaged_store_is_told_before_the_browser_opens(run: Run, started: Started, tmp_path: Path) -> None:
    """What keeps the desk from opening is a sentence in the terminal."""
    other = written(tmp_path / "letter.sqlite", "Dear reader, " * 100)
    assert "letter.sqlite" in told(run("--store", other))
    assert started.arguments == []


def test_a_port_that_is_taken_is_a_mistake(run: Run, started: Started) -> None:
    """--port names a port that another program listens on: told, with what to do."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert str(port) in told(run("--port", str(port)))
    assert started.arguments == []


def test_the_desk_answers_to_this_machine_only(tmp_path: Path) -> None:
    """The real server, started from another folder, takes its settings from the package: it listens on 127.0.0.1."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "workbench",
        "--no-browser",
        "--port",
        str(port),
        "--store",
        str(tmp_path / "own.sqlite"),
    ]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("STREAMLIT_")}
    environment |= {"PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    ) as server:
        try:
            wait_for(lambda: healthy("127.0.0.1", port) or server.poll() is not None)
            assert healthy("127.0.0.1", port)
            assert not healthy("127.0.0.2", port)  # this machine too, but only where all interfaces are listened on
        finally:
            server.kill()


@pytest.fixture
def machine(tmp_path: Path) -> dict[str, str]:
    """The environment of a user who has set nothing yet, in a home of their own."""
    (tmp_path / "home" / ".streamlit").mkdir(parents=True)
    clean = {name: value for name, value in os.environ.items() if not name.startswith("STREAMLIT_")}
    return clean | {"PYTHONPATH": str(ROOT), "HOME": str(tmp_path / "home")}


def secrets(machine: dict[str, str], **told: object) -> None:
    """Write the settings of a sign-in to the user's home."""
    given = {
        "redirect_uri": "http://127.0.0.1:{port}/oauth2callback", "cookie_secret": "x" * 32, "client_id": "desk",
        "client_secret": "known to two", "server_metadata_url": "https://id.korda.example/.well-known/openid-configuration",
        "allow": ["korda.example"],
    }  # fmt: skip
    lines = [f"{name} = {json.dumps(value)}" for name, value in (given | told).items()]
    written(Path(machine["HOME"]) / ".streamlit" / "secrets.toml", "\n".join(["[auth]", *lines]))


def refused(machine: dict[str, str], *command: str) -> str:
    """What a real start of the program says before it ends, having listened nowhere."""
    done = subprocess.run(
        [sys.executable, "-m", *command], env=machine, cwd=machine["HOME"], capture_output=True, text=True, timeout=120,
        check=False,
    )  # fmt: skip
    assert done.returncode != 0, done.stderr
    return done.stderr


NO_SIGN_IN = "whoever finds it could enter: no sign-in is set."


def test_a_desk_for_all_wants_a_sign_in(machine: dict[str, str]) -> None:
    """--public without one is refused with a sentence, and so is an address of the environment's."""
    for public, environment in ((["--public"], {}), ([], {"STREAMLIT_SERVER_ADDRESS": "0.0.0.0"})):
        said = refused(machine | environment, "workbench", "--no-browser", *public)
        assert f"The desk would listen on the network at 0.0.0.0, and {NO_SIGN_IN}" in said
        assert "Traceback" not in said


def test_streamlit_itself_opens_no_desk_for_all(machine: dict[str, str]) -> None:
    """Whoever starts the screens past our command line meets the same refusal."""
    script = str(ROOT / "workbench" / "serving.py")
    said = refused(machine, "streamlit", "run", script, "--server.address=0.0.0.0", "--server.headless=true")
    assert NO_SIGN_IN in said


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"allow": []}, "does not say who may enter"),
        ({"client_secret": ""}, "lacks client_secret"),
        ({"cookie_secret": "short"}, "has fewer than 32 characters"),
    ],
)
def test_a_sign_in_that_is_set_wrongly_is_no_reason_to_go_without(
    machine: dict[str, str], told: dict[str, object], why: str
) -> None:
    """The desk does not start, on this machine either: else a slip in a file would open it."""
    secrets(machine, **told)
    assert why in refused(machine, "workbench", "--no-browser")


def test_settings_that_cannot_be_read_open_nothing(machine: dict[str, str]) -> None:
    """A file that is no TOML is named; none of what is in it is shown."""
    file = written(Path(machine["HOME"]) / ".streamlit" / "secrets.toml", '[auth]\ncookie_secret = "hush\n')
    said = refused(machine, "workbench", "--no-browser")
    assert f"The settings of the sign-in cannot be read: {file}" in said
    assert "hush" not in said


@pytest.mark.parametrize(
    ("public", "said"),
    [
        ([], "Listens on this machine only, for those who sign in at id.korda.example."),
        (["--public"], "Listens on the network at 0.0.0.0, for those who sign in at id.korda.example."),
    ],
)
def test_behind_a_sign_in_the_desk_listens_where_it_is_told(
    machine: dict[str, str], tmp_path: Path, public: list[str], said: str
) -> None:
    """The real server: on all addresses with --public, on this machine's own without; it says which."""
    secrets(machine)
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    words = ["--no-browser", "--port", str(port), "--store", str(tmp_path / "own.sqlite"), *public]
    told = tmp_path / "said.txt"
    with (
        told.open("w") as out,
        subprocess.Popen(
            [sys.executable, "-m", "workbench", *words],
            cwd=tmp_path,
            env=machine,
            stderr=out,
            stdout=subprocess.DEVNULL,
        ) as server,
    ):
        try:
            wait_for(lambda: healthy("127.0.0.1", port) or server.poll() is not None)
            assert healthy("127.0.0.1", port)
            assert healthy("127.0.0.2", port) is bool(public)
        finally:
            server.kill()
    assert said in told.read_text(encoding="utf-8")


def healthy(host: str, port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://{host}:{port}/_stcore/health", timeout=5) as answer:
            return bool(answer.status == HTTPStatus.OK)
    except OSError:
        return False


def wait_for(condition: Callable[[], bool]) -> None:
    """Return once it is so; a minute is more than any machine needs."""
    until = time.monotonic() + 60
    while not condition() and time.monotonic() < until:
        time.sleep(0.05)


def test_the_demo_shows_every_kind_of_claim() -> None:
    """Figures exact, at least and about; quantifiers; quotes; dates; several kinds; and figures that differ."""
    found = {story.publisher: claims.find_claims(story) for story in stories()}
    everything = [claim for listed in found.values() for claim in listed]
    amounts = {(claim.figure_low, claim.figure_high) for claim in everything}
    assert {(312, None), (312, 312), (2_000_000, 2_000_000), (900, 900)} <= amounts
    assert any(claim.quantifier.lower() == "almost all" for claim in everything)
    assert {"direct", "indirect", "article"} <= {claim.attribution for claim in everything}
    assert any(claim.date_first for claim in everything)
    assert {"numerical", "quote"} <= {kind for claim in everything for kind in claim.kinds}
    assert any((claim.figure_low, claim.figure_high) == (298, 298) for claim in found["Vell Observer"])


def test_the_demo_saved_from_the_web_keeps_its_furniture_out() -> None:
    """Navigation, sharing and the author's box of the second story give no claim."""
    page = stories()[1]
    assert {why for _, _, why in page.furniture}
    words = " ".join(claim.quote for claim in claims.find_claims(page))
    assert not any(
        piece in words for piece in ("Skip to", "newsletter", "Tomas Berin has", "Most read", "rights reserved")
    )


def test_the_demo_is_reused(run: Run, started: Started) -> None:
    """A second start finds the same articles, and what was marked in them."""
    for _ in range(2):
        assert run("demo", "--no-browser").exit_code == 0
    assert started.stores == [str(demo_path())] * 2
    with claims.Store(demo_path()) as store:
        assert len(store.articles()) == 3
        assert fill(store) == 0
    assert not default_path().exists()


def test_the_demo_is_kept_where_it_is_told(
    run: Run, started: Started, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """--store before the command or after it, the nearer first; the environment's store is the desk's."""
    near, far, desk = (tmp_path / f"{name}.sqlite" for name in ("near", "far", "desk"))
    monkeypatch.setenv(STORE_VARIABLE, str(desk))
    run("--store", far, "demo", "--no-browser")
    run("--store", far, "demo", "--no-browser", "--store", near)
    monkeypatch.setenv(STORE_VARIABLE, str(desk))  # the desk was opened: it names its store there
    run("demo", "--no-browser")
    assert started.stores == [str(far), str(near), str(demo_path())]
    assert not desk.exists()


def test_a_fresh_demo_moves_the_old_one_aside(run: Run, started: Started) -> None:
    """--fresh begins anew and loses nothing."""
    run("demo")
    with claims.Store(demo_path(), actor="Marusa") as store:
        first = store.page(claims.Query()).iloc[0]
        store.mark(first["claim_id"], int(first["revision"]), "Supported", "high")
    assert run("demo", "--fresh").exit_code == 0
    (aside,) = (path for path in demo_path().parent.glob("demo-*.sqlite"))
    with claims.Store(aside) as old, claims.Store(demo_path()) as new:
        assert old.count(claims.Query(marked=True)) == 1
        assert new.count(claims.Query(marked=True)) == 0
        assert len(new.articles()) == 3
    assert len(started.arguments) == 2


def test_a_database_server_is_not_moved_aside(run: Run, started: Started) -> None:
    """--fresh with a database's address is refused before anything is opened."""
    assert "--fresh" in told(run("demo", "--fresh", "--store", "postgresql://nobody@127.0.0.1/none"))
    assert started.arguments == []
