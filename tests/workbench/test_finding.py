"""Finding evidence without a browser: the words, what the library answers, and the way of a find into the forms."""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from claims import Query, Store, find_claims, read_article
from claims.errors import ClaimsError
from claims.evidence import Source
from claims.finders import SERVICES
from tests.claims.finders.conftest import Web, saying, web
from workbench.configuration import CONFIG_VARIABLE, take

__all__ = ["web"]

EARLIER = """Korda counts again

Exactly 249 inmates escaped from the Korda prison on Saturday, the prison service said on Sunday.
"""


def sound(app: AppTest) -> AppTest:
    """The same screens, drawn without an exception."""
    assert not app.exception
    return app


def shown(app: AppTest) -> str:
    """All that is said in our own HTML."""
    return "\n".join(html.body for html in app.get("html"))


@pytest.fixture
def checked(filled: Store) -> Store:
    """The store with a second article, whose claim is checked, with a source."""
    filled.set("second_reading", 0, value=False)
    article = read_article(EARLIER, published="2024-03-03")
    claims = find_claims(article)
    filled.add_article(article, claims)
    [past] = [claim.claim_id for claim in claims if "249" in claim.claim]
    filled.add_source(past, 1, Source("https://prison.example/roll", "Roll call of Korda prison"))
    filled.mark(past, filled.claim(past)["revision"], "Refuted", "high", rationale="The roll call says 249.")
    return filled


def switch_on(monkeypatch: pytest.MonkeyPatch, web: Web, *finders: str) -> None:
    """Have these services asked, at their stands on this machine."""
    for variable, value in web.environment(*finders, WORKBENCH_ALLOW_HOSTS="127.0.0.1").items():
        monkeypatch.setenv(variable, value)


def searching(app: AppTest, store: Store) -> str:
    """The claim of 312 inmates is in hand, and the search is over."""
    sound(app.run())
    [name] = [row["claim_id"] for row in store.rows(Query(text="312"))]
    app.session_state["chosen"] = name
    sound(app.run())
    sound(app.button(key="find-evidence").click().run())
    return name


def search(app: AppTest) -> None:
    """The button is pressed, and everybody has answered."""
    sound(app.button(key="search-evidence").click().run())
    while "Still asking" in shown(app):
        sound(app.run())


def test_the_words_come_from_the_claim_and_may_be_changed(app: AppTest, checked: Store) -> None:
    """The words name the figure and the place; other words find other things, here nothing."""
    name = searching(app, checked)
    words = app.text_input(key=f"find-words:{name}")
    assert {"312", "inmates", "Korda"} <= set(words.value.split())
    words.input("zeppelin")
    search(app)
    assert "The desk’s own library · nothing" in shown(app)


def test_a_past_verdict_is_taken_into_the_form_and_not_saved(app: AppTest, checked: Store) -> None:
    """The past claim shows its verdict and what is other; taken over, the form holds it and the record is as it was."""
    name = searching(app, checked)
    before = checked.latest_event_seq()
    search(app)
    assert "Its verdict: <b>Refuted</b>" in shown(app)
    assert "other figure (249, here At least 312)" in shown(app)
    sound(app.button(key="take-library-0").click().run())
    assert app.session_state[f"verdict:{name}"] == "Refuted"
    assert "Checked before" in app.session_state[f"rationale:{name}"]
    assert checked.latest_event_seq() == before


def test_a_find_fills_the_source_form(app: AppTest, checked: Store) -> None:
    """Its title and address stand in the form; nothing is kept until the person keeps it."""
    name = searching(app, checked)
    search(app)
    sound(app.button(key="use-shelf-0").click().run())
    assert app.text_input(key=f"source-title:{name}").value == "Roll call of Korda prison"
    assert app.text_input(key=f"source-location:{name}").value == "https://prison.example/roll"
    assert not checked.sources(name)


def test_a_kept_document_does_not_prove_a_source_at_another_address(app: AppTest, checked: Store) -> None:
    """The find brings its document; with the address of a page that cannot be read, it stays behind, and the form says so."""
    kept = checked.keep_snapshot(b"Roll call: 312 inmates escaped from the Korda prison on Sunday.", "text/plain")
    [past] = [row for row in checked.rows(Query()) if row["n_sources"]]
    [stored] = checked.sources(past["claim_id"])
    checked.edit_source(stored.source_id, stored.revision, replace(stored.source, snapshot=kept))
    name = searching(app, checked)
    search(app)
    sound(app.button(key="use-shelf-0").click().run())
    assert app.session_state[f"source-snapshot:{name}"] == kept
    sound(app.text_input(key=f"source-location:{name}").input("https://127.0.0.1:9/other").run(timeout=20))
    assert "The document that is kept is of another page" in shown(app)
    sound(app.button(key="keep-source").click().run())
    [found] = checked.sources(name)
    assert (found.source.location, found.source.snapshot) == ("https://127.0.0.1:9/other", "")
    assert checked.passages(name) == {}


def test_a_typed_source_is_not_overwritten(app: AppTest, checked: Store) -> None:
    """What stands in the source form stays, and the screen says why the find was not taken."""
    name = searching(app, checked)
    app.session_state[f"source-title:{name}"] = "My own note"
    search(app)
    sound(app.button(key="use-shelf-0").click().run())
    assert app.text_input(key=f"source-title:{name}").value == "My own note"
    assert any("A source is typed in the form already" in warning.value for warning in app.warning)


def test_the_terms_of_each_service_stand_there_before_it_is_asked(
    app: AppTest, checked: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whom the words are told, how often, by which terms, and what robots.txt has to do with it."""
    monkeypatch.setenv("WORKBENCH_FINDERS", "wikipedia gdelt")
    searching(app, checked)
    for name in ("wikipedia", "gdelt"):
        service = SERVICES[name]
        assert f"<b>{service.title}</b>, {urlsplit(service.address).hostname}" in shown(app)
        assert f"at most one question in {service.pause:g} s" in shown(app)
        assert escape(service.terms) in shown(app)
        assert escape(service.robots) in shown(app)
    assert SERVICES["crossref"].title not in shown(app)


def test_services_that_fail_or_lack_a_key_are_named(
    app: AppTest, checked: Store, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside what was found stands who failed, with the sentence why, and who is not configured."""
    web.answers["/crossref"] = saying(b"<html>busy</html>")
    switch_on(monkeypatch, web, "factchecks", "crossref")
    searching(app, checked)
    search(app)
    assert "Google Fact Check Tools · not configured" in shown(app)
    assert "Crossref answered with something else than JSON" in shown(app)
    assert "Its verdict: <b>Refuted</b>" in shown(app)


def test_what_is_only_a_part_is_shown_with_the_reason(
    app: AppTest, checked: Store, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside the find that could be read stands how many could not."""
    web.answers["/crossref"] = saying({"message": {"items": [{"title": ["Camps of Korda"]}, {"title": [7]}]}})
    switch_on(monkeypatch, web, "crossref")
    searching(app, checked)
    search(app)
    assert "Crossref · 1" in shown(app)
    assert "1 of 2 finds could not be read and is left out: an int stands where text should." in shown(app)
    assert "Camps of Korda" in shown(app)


def test_the_words_that_are_asked_again_are_shown(
    app: AppTest, checked: Store, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer says by which words it was asked once more; the person's own words stay in their field."""
    web.answers["/wikipedia"] = saying({"query": {"search": []}})
    switch_on(monkeypatch, web, "wikipedia")
    name = searching(app, checked)
    app.text_input(key=f"find-words:{name}").input("312 inmates fled Korda prison")
    search(app)
    assert "Nothing for “312 inmates fled Korda prison”; asked again with “312 Korda”." in shown(app)
    assert app.text_input(key=f"find-words:{name}").value == "312 inmates fled Korda prison"


@pytest.mark.parametrize("by_file", [True, False])
def test_a_misspelt_service_is_told_before_the_desk_opens(tmp_path: Path, *, by_file: bool) -> None:
    """Whether the file or the environment names it: it is refused by name, with those that there are."""
    file = tmp_path / "workbench.toml"
    file.write_text('[finders]\nask = ["wikipeda"]' if by_file else "")
    environment = {CONFIG_VARIABLE: str(file)} | ({} if by_file else {"WORKBENCH_FINDERS": "wikipeda"})
    with pytest.raises(
        ClaimsError, match=r"names 'wikipeda', which is none of the services\. Write some of: factchecks, "
    ):
        take(environment)


def test_a_contact_that_cannot_be_told_is_refused_before_the_desk_opens(tmp_path: Path) -> None:
    """It is read from the file like every other setting, and told by its variable."""
    file = tmp_path / "workbench.toml"
    file.write_text('[fetch]\ncontact = "desk@korda.example"')
    take(environment := {CONFIG_VARIABLE: str(file)})
    assert environment["WORKBENCH_CONTACT"] == "desk@korda.example"
    file.write_text('[fetch]\ncontact = "(Čorda)"')
    with pytest.raises(ClaimsError, match=r"^The environment variable WORKBENCH_CONTACT is "):
        take({CONFIG_VARIABLE: str(file)})


def test_a_service_that_wants_patience_is_told_with_its_moment(
    app: AppTest, checked: Store, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pressed again and again, it is asked once; the desk says until when it is left alone."""
    switch_on(monkeypatch, web, "gdelt")
    web.answers["/gdelt"] = saying({}, 429, Retry_After="600")
    name = searching(app, checked)
    search(app)
    app.text_input(key=f"find-words:{name}").input("Korda prison")
    search(app)
    assert len(web.asked) == 1
    assert re.search(r"Search again in 10 minutes\. It is not asked before \d+ \w{3} \d{4}, \d\d:\d\d\.", shown(app))
