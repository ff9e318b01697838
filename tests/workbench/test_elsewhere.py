"""What the record says elsewhere of the claim in hand, and the story of its figure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from inspect import Parameter, signature

import pytest
from click.testing import CliRunner
from streamlit.testing.v1 import AppTest

from claims import Article, Query, Store, find_claims
from claims.evidence import Source
from workbench.cli import main
from workbench.columns import verdict_words
from workbench.forms.elsewhere import finding_html

TOLD = [
    ("Detainees flee", "785 detainees escaped from the Korda camp on Sunday, the camp's director said.", date(2024, 3, 3)),
    ("Figures fall", "About 100 inmates fled the Korda camp on Sunday, the ministry said.", date(2024, 3, 4)),
    ("Search widens", "Nearly 800 detainees had escaped from the Korda camp on Sunday, the mayor said.", date(2024, 3, 5)),
]  # fmt: skip


@pytest.fixture
def told(store: Store) -> dict[str, str]:
    """The same story in three articles, the last one's claim marked: the claims' names by their first word."""
    for title, text, day in TOLD:
        article = Article(text, title=title, published=day)
        store.add_article(article, find_claims(article))
    names = {row["claim"].partition(" ")[0]: row["claim_id"] for row in store.rows(Query(), limit=9)}
    store.set("second_reading", store.setting_revision("second_reading"), value=False)
    store.mark(names["Nearly"], 1, "Supported", "moderate", rationale="The roll call counts 785.")
    return names


def at(app: AppTest, claim_id: str) -> AppTest:
    app.query_params["show"] = "All"
    app.query_params["claim"] = claim_id
    return app.run()


def drawn(app: AppTest) -> str:
    return " ".join(each.body for each in app.get("html"))  # type: ignore[attr-defined]


def test_a_clash_and_a_repeat_stand_in_the_form_with_why(app: AppTest, told: dict[str, str]) -> None:
    """What cannot hold beside the claim comes first, then what says the same, with where that stands."""
    words = drawn(at(app, told["785"]))
    assert words.index("≠ Cannot both hold") < words.index("= The same again")
    assert "785 and About 100 cannot both hold" in words
    assert "Search widens · 5 Mar 2024 · ✓ Supported" in words


def test_a_claim_that_stands_alone_says_nothing_of_it(app: AppTest, filled: Store) -> None:
    """Where the record has nothing like it, there is no heading either."""
    at(app, filled.rows(Query(), limit=1)[0]["claim_id"])
    assert "Elsewhere in the record" not in drawn(app)


def test_a_figure_that_clashes_with_nothing_leads_to_its_story(app: AppTest, store: Store) -> None:
    """A toll that rises from day to day contradicts none of those before it."""
    for count, day in ((210, 6), (1_300, 9)):
        text = f"The earthquake in Tesna killed {count:,} people."
        article = Article(text, title="Tesna", published=date(2023, 2, day))
        store.add_article(article, find_claims(article))
    newest = store.rows(Query(), limit=1)[0]["claim_id"]
    at(app, newest)
    assert "Elsewhere in the record" not in drawn(app)
    assert [link.proto.label for link in app.get("page_link") if "figure" in link.proto.label] == ["The figure by date"]
    assert len(store.story(newest)) == 2


def test_the_third_claim_of_a_finding_can_be_taken_in_hand(app: AppTest, store: Store) -> None:
    """A share that does not fit two counts names one of them and quotes the other: both are a press away."""
    text = "Almost all detainees fled the Korda camp. 785 detainees fled the Korda camp. The Korda camp held 950 detainees."
    article = Article(text, title="Korda", published=date(2024, 3, 3))
    store.add_article(article, find_claims(article))
    names = {row["claim"].split()[0]: row["claim_id"] for row in store.rows(Query(), limit=9)}
    at(app, names["Almost"])
    assert "≠ May not both hold" in drawn(app)
    app.button(key=f"third-{names['785']}").click().run()
    assert app.session_state["chosen"] == names["The"]


def test_the_other_claim_can_be_taken_in_hand(app: AppTest, told: dict[str, str]) -> None:
    """Open goes to it."""
    at(app, told["785"]).button(key=f"elsewhere-{told['About']}").click().run()
    assert app.session_state["chosen"] == told["About"]


def test_a_verdict_is_taken_over_into_the_form_and_saved_by_a_person(
    app: AppTest, told: dict[str, str], store: Store
) -> None:
    """Taking over fills the form, says where it comes from and writes nothing; saving does."""
    asked = told["785"]
    at(app, asked).button(key=f"take-over-{told['Nearly']}").click().run()
    assert store.claim(asked)["verdict"] is None
    assert app.session_state[f"rationale:{asked}"].startswith("Checked before as “Nearly 800")
    app.button(key="save").click().run()
    row = store.claim(asked)
    assert (row["verdict"], row["confidence"]) == ("Supported", "moderate")
    assert "The roll call counts 785." in row["rationale"]


def test_a_verdict_that_is_taken_over_stays_of_its_day(app: AppTest, told: dict[str, str], store: Store) -> None:
    """Nobody has looked anew: the day is the one that it was given as of."""
    asked, other = told["785"], told["Nearly"]
    store.mark(other, 2, "Supported", "moderate", as_of=date(2024, 3, 6))
    at(app, asked).button(key=f"take-over-{other}").click().run()
    app.button(key="save").click().run()
    assert store.claim(asked)["verdict_as_of"] == date(2024, 3, 6)


def test_a_slip_is_mended_without_a_new_day(app: AppTest, told: dict[str, str], store: Store) -> None:
    """The screens save an edited reason as of the day that stood, so that later evidence is still missed at the sign-off."""
    asked = told["785"]
    store.mark(asked, 1, "Refuted", "high", rationale="The rol call.", as_of=date(2024, 3, 4))
    at(app, asked)
    app.session_state[f"rationale:{asked}"] = "The roll call."
    app.run().button(key="save").click().run()
    row = store.claim(asked)
    assert (row["rationale"], row["verdict_as_of"]) == ("The roll call.", date(2024, 3, 4))


def test_where_a_verdict_was_taken_over_from_is_in_the_record(app: AppTest, told: dict[str, str], store: Store) -> None:
    """The event says it, whatever becomes of the reason's words; another verdict than the one taken over says nothing of it."""
    asked = told["785"]
    at(app, asked).button(key=f"take-over-{told['Nearly']}").click().run()
    app.session_state[f"rationale:{asked}"] = "My own words."
    app.run().button(key="save").click().run()
    [marked] = [event for event in store.history(asked) if event.act == "claim marked"]
    assert marked.why == f"The verdict was taken over from claim {told['Nearly']}."


def test_another_verdict_than_the_one_taken_over_is_the_readers_own(
    app: AppTest, told: dict[str, str], store: Store
) -> None:
    """Who takes a verdict over and then chooses another has taken nothing over."""
    asked = told["785"]
    at(app, asked).button(key=f"take-over-{told['Nearly']}").click().run()
    app.session_state[f"verdict:{asked}"] = "Refuted"
    app.run().button(key="save").click().run()
    assert [event.why for event in store.history(asked) if event.act == "claim marked"] == [""]


@pytest.mark.parametrize(("word", "column"), [("Nearly", "repeat_of"), ("About", "contradicts")])
def test_a_finding_is_linked_and_unlinked_by_a_person(
    app: AppTest, told: dict[str, str], store: Store, word: str, column: str
) -> None:
    """The link stands in the claim's own column; what is typed meanwhile is kept and can still be saved."""
    asked, other = told["785"], told[word]
    at(app, asked)
    app.session_state[f"rationale:{asked}"] = "Half a thought"
    app.run().button(key=f"link-{other}").click().run()
    assert store.claim(asked)[column] == other
    assert "· linked" in drawn(app)
    assert app.session_state[f"rationale:{asked}"] == "Half a thought"
    assert app.session_state[f"seen:{asked}"] == store.claim(asked)["revision"]
    app.button(key=f"link-{other}").click().run()
    assert store.claim(asked)[column] is None


@pytest.mark.parametrize(("word", "column"), [("Nearly", "repeat_of"), ("About", "contradicts")])
def test_a_link_is_seen_and_taken_back_from_its_other_end(
    app: AppTest, told: dict[str, str], store: Store, word: str, column: str
) -> None:
    """It is said once, on one of the two claims, and asked for again on neither."""
    asked, other = told["785"], told[word]
    store.edit_claim(other, store.claim(other)["revision"], {column: [asked]})
    assert "· linked" in drawn(at(app, asked))
    assert app.button(key=f"link-{other}").label == "Unlink"
    app.button(key=f"link-{other}").click().run()
    assert (store.claim(asked)[column], store.claim(other)[column]) == (None, None)
    assert "· linked" not in drawn(app)


def test_a_link_that_only_the_other_end_has_stands_there_though_no_comparison_finds_it(
    app: AppTest, told: dict[str, str], store: Store
) -> None:
    store.edit_claim(told["About"], 1, {"claim": "The gate was open.", "repeat_of": [told["785"]]})
    assert "A person linked the two" in drawn(at(app, told["785"]))


def test_what_is_linked_stands_there_though_no_comparison_finds_it(
    app: AppTest, told: dict[str, str], store: Store
) -> None:
    """A link of two claims whose words have nothing in common is shown, and can be taken back."""
    store.edit_claim(told["785"], 1, {"claim": "The gate was open.", "repeat_of": [told["About"]]})
    assert "A person linked the two" in drawn(at(app, told["785"]))
    app.button(key=f"link-{told['About']}").click().run()
    assert store.claim(told["785"])["repeat_of"] is None


def test_a_verdict_that_a_second_reader_may_not_know_is_not_offered(
    app: AppTest, told: dict[str, str], store: Store
) -> None:
    """With second readings on, the first one of the other claim stays hidden here too."""
    store.set("second_reading", store.setting_revision("second_reading"), value=True)
    words = drawn(at(app, told["785"]))
    assert "Search widens · 5 Mar 2024 · read once" in words
    assert f"take-over-{told['Nearly']}" not in {button.key for button in app.button}


def voided(store: Store, claim_id: str) -> None:
    """Signed off, published and taken back, with what readers were told."""
    document = store.keep_snapshot(b"785 were missing.", "text/plain")
    source = Source(
        "https://korda.example/r", title="Roll", quoted="785 were missing.", stance="supports", snapshot=document
    )
    store.add_source(claim_id, store.claim(claim_id)["revision"], source)
    revision = store.sign_off(claim_id, store.claim(claim_id)["revision"])
    store.void(claim_id, store.publish(claim_id, revision), "We were wrong: 249 fled, not 800.")


def test_a_verdict_that_was_taken_back_says_so_and_is_not_offered(
    app: AppTest, told: dict[str, str], store: Store
) -> None:
    """With its correction notice, beside its repeat and in the figure's table; once reopened, it is being reviewed."""
    other = told["Nearly"]
    voided(store, other)
    words = drawn(at(app, told["785"]))
    assert "Search widens · 5 Mar 2024 · ✓ Supported, withdrawn" in words
    assert "Correction notice: We were wrong: 249 fled, not 800." in words
    assert f"take-over-{other}" not in {button.key for button in app.button}
    app.switch_page("views/story.py")
    app.query_params["claim"] = told["785"]
    table = drawn(app.run())
    assert ", withdrawn<br>Correction notice: We were wrong: 249 fled, not 800.</td>" in table
    store.reopen(other, store.claim(other)["revision"], "New papers.")
    app.switch_page("views/desk.py")
    words = drawn(at(app, told["785"]))
    assert "✓ Supported, being reviewed" in words
    assert f"take-over-{other}" not in {button.key for button in app.button}


@pytest.mark.parametrize("words", [verdict_words, finding_html])
def test_nobody_tells_a_verdict_without_knowing_how_often_the_desk_reads(words: Callable[..., str]) -> None:
    """Whether it waits for a second reading is asked of every caller, and taken for granted by none."""
    assert signature(words).parameters["read_twice"].default is Parameter.empty


def test_a_verdict_that_is_taken_back_in_that_moment_is_not_taken_over(
    app: AppTest, told: dict[str, str], store: Store
) -> None:
    """The button of a page that was drawn before fills nothing in, and the desk says why."""
    asked, other = told["785"], told["Nearly"]
    button = at(app, asked).button(key=f"take-over-{other}")
    voided(store, other)
    button.click().run()
    assert not app.session_state[f"rationale:{asked}"]
    assert "The other claim was changed a moment ago." in " ".join(each.value for each in app.warning)
    assert f"take-over-{other}" not in {each.key for each in app.button}


def test_a_disputed_verdict_says_so_and_is_not_offered(app: AppTest, told: dict[str, str], store: Store) -> None:
    """While its readers disagree it is nobody's finding."""
    other = told["Nearly"]
    revision = store.edit_claim(other, store.claim(other)["revision"], {"status": "second reading"})
    store.read_second(other, revision, "Refuted", "high", actor="Tom")
    assert store.claim(other)["status"] == "disputed"
    assert "✓ Supported, disputed" in drawn(at(app, told["785"]))
    assert f"take-over-{other}" not in {button.key for button in app.button}


def test_how_alike_a_repeat_is_stands_with_it(app: AppTest, told: dict[str, str], store: Store) -> None:
    """The score of the comparison in the same words' line, and none of a link that a person made without it."""
    [match] = store.elsewhere(told["785"]).repeats
    assert f"{match.score:.0%} alike in words; agreeing too: figure" in drawn(at(app, told["785"]))
    store.edit_claim(told["785"], 1, {"claim": "The gate was open.", "repeat_of": [told["About"]]})
    assert "alike in" not in drawn(at(app, told["785"]))


def test_the_figure_by_date_is_drawn_and_told(app: AppTest, told: dict[str, str]) -> None:
    """A chart, and beside it the same as a table, in the order of the days."""
    at(app, told["785"])
    app.switch_page("views/story.py")
    app.query_params["claim"] = told["785"]
    words = drawn(app.run())
    assert "3 claims tell the figure, from 3 Mar 2024 to 5 Mar 2024." in words
    assert words.index("Detainees flee") < words.index("Figures fall") < words.index("Search widens")


def test_the_figures_table_tells_verdicts_sources_and_the_way_to_each_claim(
    app: AppTest, told: dict[str, str], store: Store
) -> None:
    """The verdict with its day, each source by title and address, the claim and the article as links to the desk."""
    checked = told["Nearly"]
    store.add_source(
        checked, store.claim(checked)["revision"], Source("https://korda.example/roll-call", title="The roll <call>")
    )
    app.switch_page("views/story.py")
    app.query_params["claim"] = told["785"]
    raw = " ".join(str(each.proto.body) for each in app.run().get("html"))
    assert "✓ Supported, as of" in raw
    assert "not checked yet" in raw
    assert 'The roll &lt;call&gt; · <a href="https://korda.example/roll-call"' in raw
    assert f'<a href="./?show=All&amp;claim={checked}">Nearly 800' in raw
    article = store.claim(checked)["article_id"]
    assert f'<a href="./?show=All&amp;order=As%20in%20the%20article&amp;article={article}">Search widens</a>' in raw


def test_a_first_reading_is_not_in_the_figures_table(app: AppTest, told: dict[str, str], store: Store) -> None:
    """Who may read second is told there that it was read, and no more."""
    store.set("second_reading", store.setting_revision("second_reading"), value=True)
    app.switch_page("views/story.py")
    app.query_params["claim"] = told["785"]
    words = drawn(app.run())
    assert "read once" in words
    assert "Supported" not in words


def test_the_command_line_lists_what_repeats_and_what_clashes(told: dict[str, str], store: Store) -> None:
    """Each pair of the whole record once, as CSV; or only what cannot both hold."""
    everything = CliRunner().invoke(main, ["--store", str(store.place), "alike"], catch_exceptions=False)
    assert everything.exit_code == 0
    assert {line.partition(",")[0] for line in everything.stdout.splitlines()} == {"finding", "figure", "repeat"}
    clashes = CliRunner().invoke(main, ["--store", str(store.place), "alike", "--clashes"], catch_exceptions=False)
    [_, clash] = clashes.stdout.splitlines()
    assert told["785"] in clash
    assert told["About"] in clash
