"""An article read again at the desk and in the terminal: what changed is shown first, and taken over as one act."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html import unescape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner, Result
from streamlit.testing.v1 import AppTest

from claims import Article, Query, Store, find_claims, read_article
from claims.evidence import Source
from claims.store.rereading import GONE, REWORDED
from workbench.cli import main
from workbench.commands.asking import STORE_VARIABLE
from workbench.person import PERSON_VARIABLE, default_person

PAGE = "views/articles.py"

STORY = """Guards walk out at Korda

Some 312 inmates fled the prison on Sunday. Two vans waited at the north gate. The ministry will close the prison in May.
"""
EDITED = """Guards walk out at Korda

Some 273 inmates fled the prison on Sunday. A cook was hurt on Monday. The ministry will close the prison in May.
"""

Run = Callable[..., Result]


@pytest.fixture
def article(store: Store) -> Article:
    """The story in the store; its first claim is marked."""
    read = read_article(STORY, published="2024-03-04")
    store.add_article(read, find_claims(read))
    first = claims_of(store)["Some 312 inmates fled the prison on Sunday"]
    store.mark(str(first["claim_id"]), 1, "Refuted", "high", rationale="The roll call names 273.")
    return read


def claims_of(store: Store) -> dict[str, dict[str, object]]:
    """The claims in the work, by their passages."""
    return {str(row["quote"]).rstrip("."): row for row in store.rows(Query())}


# The terminal


@pytest.fixture
def run(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Commands on that store, given by Jana in a folder that holds the new version."""
    monkeypatch.setenv(STORE_VARIABLE, str(store.file))
    monkeypatch.setenv(PERSON_VARIABLE, "Jana")
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "now.txt").write_text(EDITED, encoding="utf-8")
    return lambda *words, **more: CliRunner().invoke(main, ["reread", *words], catch_exceptions=False, **more)


def test_it_shows_what_changed_and_writes_nothing(run: Run, store: Store, article: Article) -> None:
    """Old and new words stand beside each other with their score and the verdict; the record stays as it is."""
    newest = store.latest_event_seq()
    done = run(article.article_id, "now.txt", "--as", "Marusa")
    assert done.exit_code == 0
    assert "1 reworded, 1 gone, 1 new" in done.stdout
    lines = done.stdout.splitlines()
    [reworded] = [line for line in lines if line.startswith("reworded")]
    assert "Refuted (asks for a new" in reworded
    assert "“Some 312 inmates fled the prison on Sunday” → “Some 273 inmates fled the prison on Sunday”" in reworded
    assert [line.split()[0] for line in lines if line.startswith(("gone", "new "))] == ["gone", "new"]
    assert "add --write" in done.stderr
    assert store.latest_event_seq() == newest


@pytest.mark.parametrize("form", [[], ["--json"]], ids=["a table", "JSON"])
def test_it_tells_no_first_reading_to_who_is_to_read_second(run: Run, article: Article, form: list[str]) -> None:
    """That the claim was read once, and that its verdict asks for a new look, is told to all; the verdict to its reader."""
    for who, told in (("Jana", False), ("Marusa", True)):
        done = run(article.article_id, "now.txt", "--as", who, *form)
        assert ("Refuted" in done.stdout) == told
        assert ("read once" in done.stdout) == (not told and not form)
        assert ("1 first reading is kept back from Jana" in done.stderr) != told
        assert ('"asks_for_new_look": true' if form else "(asks for a") in done.stdout


def test_with_write_it_is_one_act_that_undo_takes_back(run: Run, store: Store, article: Article) -> None:
    """The new version stands, the reworded claim asks for a new look, and one undo brings everything back."""
    before = claims_of(store)
    done = run(article.article_id, "now.txt", "--write")
    assert "1 verdict asks for a new look" in done.stderr
    now = claims_of(store)
    assert store.article(article.article_id).text == read_article(EDITED).text
    assert now["Some 273 inmates fled the prison on Sunday"]["status"] == "in progress"
    assert now["Some 273 inmates fled the prison on Sunday"]["tags"] == REWORDED
    assert now["Two vans waited at the north gate"]["tags"] == GONE
    assert "A cook was hurt on Monday" in now
    store.undo("Jana")
    assert {name: {**row, "revision": 0} for name, row in claims_of(store).items()} == {
        name: {**row, "revision": 0} for name, row in before.items()
    }


def test_json_tells_every_claim(run: Run, article: Article) -> None:
    """Those that stand as they stood, too."""
    told = json.loads(run(article.article_id, "now.txt", "--json").stdout)
    assert sorted(each["state"] for each in told)[:2] == ["gone", "moved"]
    [reworded] = [each for each in told if each["state"] == "reworded"]
    assert reworded["asks_for_new_look"]
    assert reworded["now"] == "Some 273 inmates fled the prison on Sunday"


HEADED = STORY.replace("walk out", "strike")
DATED = (
    '<html><head><meta property="article:published_time" content="2024-03-10T08:00:00Z"></head>'
    f"<body><article>{''.join(f'<p>{line}</p>' for line in STORY.split(chr(10)) if line)}</article></body></html>"
)
CITED = STORY.replace("prison on Sunday.", "prison on Sunday, the ministry said.")


def test_another_headline_is_told(run: Run, store: Store, article: Article, tmp_path: Path) -> None:
    """It stands under the claims, beside the JSON too, and the record's follows with --write."""
    (tmp_path / "now.txt").write_text(HEADED, encoding="utf-8")
    line = "The headline was “Guards walk out at Korda”, is “Guards strike at Korda”."
    assert line in run(article.article_id, "now.txt").stdout
    assert line in run(article.article_id, "now.txt", "--json", "--write").stderr
    assert store.article(article.article_id).title == "Guards strike at Korda"
    store.undo("Jana")
    assert store.article(article.article_id).title == "Guards walk out at Korda"


def test_another_day_of_publication_is_told(run: Run, store: Store, article: Article, tmp_path: Path) -> None:
    """It stands under the claims, with what becomes of it, and the record's follows with --write."""
    (tmp_path / "now.html").write_text(DATED, encoding="utf-8")
    line = "The day of publication was 4 March 2024, is 10 March 2024."
    assert line in run(article.article_id, "now.html").stdout
    assert line in run(article.article_id, "now.html", "--json", "--write").stderr
    assert store.article(article.article_id).published == date(2024, 3, 10)


def test_another_speaker_is_told_in_words(run: Run, article: Article, tmp_path: Path) -> None:
    """The claim's own words are the same: the line says what is otherwise."""
    (tmp_path / "now.txt").write_text(CITED, encoding="utf-8")
    assert "said by the ministry" in " ".join(run(article.article_id, "now.txt").stdout.split())
    told = json.loads(run(article.article_id, "now.txt", "--json").stdout)
    assert [each["told"] for each in told if each["told"]] == ["It was the article’s own, is said by the ministry."]


def test_the_address_is_read_again(
    run: Run, store: Store, article: Article, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a file the article's own address is asked; the article is named by it just as well."""
    (tmp_path / "story.txt").write_text(EDITED, encoding="utf-8")
    monkeypatch.setenv("WORKBENCH_ALLOW_HOSTS", "127.0.0.1")
    with ThreadingHTTPServer(("127.0.0.1", 0), SimpleHTTPRequestHandler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/story.txt"
        store.edit_article(article.article_id, 1, {"url": address})
        done = run(address)
        server.shutdown()
    assert "1 reworded, 1 gone, 1 new" in done.stdout, done.stderr


def test_an_article_that_is_not_there_is_named(run: Run, article: Article) -> None:
    """The sentence says where the names stand; so does the one for an article without an address."""
    done = run("nothing-here")
    assert (done.exit_code, "There is no article nothing-here" in done.stderr) == (2, True)
    done = run(article.article_id)
    assert (done.exit_code, "has no address to ask" in done.stderr) == (2, True)


def test_what_is_signed_off_wants_a_reason(run: Run, store: Store, article: Article) -> None:
    """Without --why nothing is written."""
    claim = claims_of(store)["Some 312 inmates fled the prison on Sunday"]
    name = str(claim["claim_id"])
    store.set("second_reading", 0, value=False)
    mark = {"verdict": "Refuted", "confidence": "high", "rationale": "The roll call.", "corrected_value": "273"}
    store.save(name, 2, mark=mark, sources=[Source("https://korda.example/roll-call", quoted="273 were missing.")])
    store.sign_off(name, store.claim(name)["revision"], why="The roll call was read on paper.")
    newest = store.latest_event_seq()
    done = run(article.article_id, "now.txt", "--write")
    assert (done.exit_code, "signed off" in done.stderr) == (2, True)
    assert store.latest_event_seq() == newest
    assert run(article.article_id, "now.txt", "--write", "--why", "The Post gives 273 now.").exit_code == 0
    assert store.claim(name)["status"] == "in progress"


# The screen


def sound(app: AppTest) -> AppTest:
    assert not app.exception, [error.value for error in app.exception]
    return app


def html(app: AppTest) -> str:
    return unescape(" ".join(str(part.proto.body) for part in app.get("html")))


def compared(app: AppTest, article: Article, text: str = EDITED) -> AppTest:
    """The articles' screen with a new text of this article pasted and compared."""
    app.run()
    app.switch_page(PAGE).run()
    app.selectbox(key="reread-article").select(article.article_id).run()
    app.text_area(key="reread-pasted").input(text).run()
    return sound(app.button(key="reread-text").click().run())


def test_the_findings_stand_in_groups_with_what_differs(app: AppTest, article: Article) -> None:
    """Reworded and gone come first; what came and went in the words is marked up, not only coloured."""
    shown = html(compared(app, article))
    assert "Claims that changed: 1 reworded, 1 gone, 1 new." in shown
    assert shown.index("Reworded") < shown.index("Gone") < shown.index("+ New")
    assert "Some <del>312</del> inmates" in shown
    assert "Some <ins>273</ins> inmates" in shown


def test_nothing_is_written_before_it_is_taken_over(app: AppTest, store: Store, article: Article) -> None:
    """Reading writes nothing; the button does, in the name of who sits there."""
    newest = store.latest_event_seq()
    compared(app, article)
    assert store.latest_event_seq() == newest
    sound(app.button(key="reread-take").click().run())
    assert store.article(article.article_id).text == read_article(EDITED).text
    table = store.events_table()
    assert table[table["act"] == "article read again"]["actor"].tolist() == [default_person()]
    assert [toast.value for toast in app.toast] == ["Taken over; Undo brings the version before it back"]


def test_a_first_reading_is_not_told_to_who_reads_second(app: AppTest, article: Article) -> None:
    """That it is judged and asks for a new look is said; the verdict is not."""
    shown = html(compared(app, article))
    assert "asks for a new look" in shown
    assert "Refuted" not in shown


def test_the_same_text_says_so(app: AppTest, article: Article) -> None:
    """Nothing is there to be taken over."""
    compared(app, article, STORY)
    assert [each.value for each in app.success] == ["The text is the one that is kept: nothing was edited in it."]
    assert not [button for button in app.button if button.key == "reread-take"]


def test_the_screen_tells_of_the_headline_and_the_speaker(app: AppTest, store: Store, article: Article) -> None:
    """Both are told before anything is taken over."""
    shown = html(compared(app, article, CITED.replace("walk out", "strike")))
    assert [each.value for each in app.warning] == [
        "The headline was “Guards walk out at Korda”, is “Guards strike at Korda”."
    ]
    assert "It was the article’s own, is said by the ministry." in shown
    sound(app.button(key="reread-take").click().run())
    assert store.article(article.article_id).title == "Guards strike at Korda"


def test_the_screen_tells_of_the_day_though_the_text_is_the_same(
    app: AppTest, store: Store, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What becomes of the claims' days is said before anything is taken over."""
    dated = replace(article, published=date(2024, 3, 10))
    monkeypatch.setattr("workbench.forms.rereading.read_article", lambda *_given, **_named: dated)
    compared(app, article, STORY)
    [told] = [each.value for each in app.warning]
    assert told.startswith("The day of publication was 4 March 2024, is 10 March 2024.")
    assert "claims that were there keep the days that they have" in told
    sound(app.button(key="reread-take").click().run())
    assert store.article(article.article_id).published == date(2024, 3, 10)


def test_what_is_again_as_it_was_judged_is_told(app: AppTest, store: Store, article: Article) -> None:
    """Edited and edited back: the words are those of the verdict, and the claim waits all the same."""
    store.reread_article(store.compare_article(article.article_id, read_article(EDITED), []))
    shown = html(compared(app, article, STORY))
    assert "1 claim stands there again as judged before." in shown
    assert "It is again as it was when it was judged." in shown
    sound(app.button(key="reread-take").click().run())
    app.switch_page("views/desk.py")
    app.session_state["chosen"] = claims_of(store)["Some 312 inmates fled the prison on Sunday"]["claim_id"]
    sound(app.run())
    assert [each.value for each in app.info if "changed back" in each.value]


def test_what_cannot_be_read_is_told(app: AppTest, article: Article) -> None:
    """An empty text is refused in the engine's words, and nothing waits to be taken over."""
    compared(app, article, "  ")
    assert "The text of pasted text.txt is empty." in app.error[0].value.replace("\\", "")
    assert not [button for button in app.button if button.key == "reread-take"]


def test_markup_in_the_article_is_shown_as_text(app: AppTest, article: Article) -> None:
    """No text from outside is ever markup."""
    compared(app, article, EDITED.replace("inmates", "<b>inmates</b>"))
    raw = " ".join(str(part.proto.body) for part in app.get("html"))
    assert "<b>inmates" not in raw


def test_the_coverage_map_leads_here(app: AppTest, article: Article) -> None:
    """One click from an article's sentences to its new version."""
    app.run()
    app.query_params["article"] = article.article_id
    app.switch_page("views/coverage.py").run()
    sound(app.button(key="read-again").click().run())
    assert app.selectbox(key="reread-article").value == article.article_id
