"""The address for programs, asked over real HTTP: who has the token reads, nobody writes, errors are sentences."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests
from starlette.applications import Starlette
from starlette.middleware import Middleware

from claims import Source, Store, find_claims, read_article
from claims.export import read_csv
from claims.store import Query
from claims.table import NAMES
from tests.workbench.conftest import serving
from workbench import record
from workbench.api import ROUTES, guard
from workbench.api.document import document
from workbench.serving import HEADERS, Headers

TOKEN = "a token that nobody guesses"

Ask = Callable[..., requests.Response]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The routes on a server of their own."""
    with serving(Starlette(routes=ROUTES, middleware=[Middleware(Headers)])) as address:
        yield address


@pytest.fixture
def ask(address: str, filled: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ask]:  # noqa: ARG001 - asked of it
    """Asks a path of the desk with one story, with the token unless another is given."""
    monkeypatch.setenv(guard.TOKEN_VARIABLE, TOKEN)

    def get(path: str, *, token: str | None = TOKEN, method: str = "GET", **asked: Any) -> requests.Response:
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        return requests.request(method, address + path, params=asked, headers=headers, timeout=30)

    yield get
    record.let_go()


def test_without_the_token_nothing_is_told(ask: Ask) -> None:
    """Every path but health and the document asks for it; a wrong one is as none."""
    for token in (None, "", TOKEN[:-1], TOKEN + "x", "ümlaut"):
        for path in ("/api/claims", "/api/articles/x", "/api/claimreview/x", "/api/nothing", "/api"):
            answer = ask(path, token=token and token.encode("utf-8").decode("latin-1"))
            assert answer.status_code == 401
            assert set(answer.json()) == {"problem", "remedy"}


@pytest.mark.parametrize("token", ["", "short"])
def test_a_desk_without_a_token_is_closed(ask: Ask, monkeypatch: pytest.MonkeyPatch, token: str) -> None:
    """Where none is set, or one that can be guessed, nobody is let in, with the way to open it."""
    monkeypatch.setenv(guard.TOKEN_VARIABLE, token)
    answer = ask("/api/claims", token=token)
    assert answer.status_code == 403
    assert guard.TOKEN_VARIABLE in answer.json()["remedy"]


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/nothing", "/api/claims/x/y", "/api/bell"])
def test_what_is_not_there_is_told_as_an_error(ask: Ask, path: str) -> None:
    """As programs read it, and not as a page."""
    answer = ask(path)
    assert (answer.status_code, answer.json()) == (
        404, {"problem": f"There is nothing at {path!r}.", "remedy": "See /api/openapi.json."},
    )  # fmt: skip


def test_the_claims_and_their_number_are_of_one_moment(
    ask: Ask, filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a colleague writes between the two readings is in neither."""
    [article_id] = filled.titles()
    before, rows = filled.count(Query()), Store.rows
    late = iter(range(1, 9))

    def meanwhile(*asked: Any, **more: Any) -> list[dict[str, Any]]:
        found = rows(*asked, **more)
        story = read_article(f"Some {next(late)},000 vans waited at the gate of Korda prison on Monday.")
        filled.add_article(story, find_claims(story))
        return found

    monkeypatch.setattr(Store, "rows", meanwhile)
    answer = ask("/api/claims").json()
    assert (answer["count"], len(answer["claims"])) == (before, before)
    assert ask(f"/api/articles/{article_id}").json()["count"] == before
    assert filled.count(Query()) > before


def test_claims_come_a_page_at_a_time(ask: Ask, filled: Store) -> None:
    """The pages together are the table, in order, each claim once, with its columns."""
    count = filled.count(Query())
    first = ask("/api/claims", per_page=1).json()
    assert (first["count"], first["pages"]) == (count, count)
    assert set(first["claims"][0]) == set(NAMES)
    found = [ask("/api/claims", per_page=1, page=page).json()["claims"][0]["claim_id"] for page in range(1, count + 1)]
    assert found == [row["claim_id"] for row in filled.rows(Query())]
    assert ask("/api/claims", page=count + 1, per_page=1).json()["claims"] == []


def test_claims_are_filtered_as_on_the_desk(ask: Ask, filled: Store) -> None:
    """A filter's name and values are the desk's; what it does not know is an error that names it."""
    found = ask("/api/claims", find="escaped").json()["claims"]
    assert found
    assert len(found) < filled.count(Query())
    assert ask("/api/claims", verdict="Refuted").json()["count"] == 0
    assert "numerical" in ask("/api/claims", kind="numerical").json()["claims"][0]["kinds"]
    for asked in (
        {"verdcit": "Refuted"},
        {"order": "sideways"},
        {"page": "0"},
        {"per_page": "10000"},
        {"format": "xml"},
    ):
        answer = ask("/api/claims", **asked)
        assert answer.status_code == 400, asked
        assert answer.json()["problem"]


def test_csv_is_the_desks_own_table(ask: Ask, filled: Store) -> None:
    """What comes as CSV is read as the claims table."""
    answer = ask("/api/claims", format="csv", order="As in the article")
    assert answer.headers["content-type"].startswith("text/csv")
    assert read_csv(answer.content).equals(filled.table(Query(sort="article")))


def test_an_article_brings_its_text_and_claims(ask: Ask, filled: Store) -> None:
    """Each claim's span is its quote in the text."""
    [article_id] = filled.titles()
    found = ask(f"/api/articles/{article_id}").json()
    assert found["sha256"].startswith(article_id)
    assert found["claims"]
    assert all(found["text"][each["start"] : each["end"]] == each["quote"] for each in found["claims"])
    assert ask("/api/articles/nobody").status_code == 404


def test_an_article_s_claims_come_a_page_at_a_time(ask: Ask, filled: Store) -> None:
    """The pages together are all of them; what the address asks and is not known is refused, as everywhere."""
    [article_id] = filled.titles()
    whole = ask(f"/api/articles/{article_id}").json()
    pages = [
        ask(f"/api/articles/{article_id}", per_page="1", page=str(number)).json()
        for number in range(1, whole["count"] + 1)
    ]
    assert [page["claims"][0] for page in pages] == whole["claims"]
    assert {page["pages"] for page in pages} == {whole["count"]}
    assert ask(f"/api/articles/{article_id}", per_page="0").status_code == 400
    assert ask(f"/api/articles/{article_id}", format="csv").status_code == 400
    assert ask(f"/api/claimreview/{whole['claims'][0]['claim_id']}", page="2").status_code == 400


def test_a_first_reading_is_not_told_before_the_second(ask: Ask, filled: Store) -> None:
    """While a claim waits for its second reading, its verdict can neither be seen nor found by asking for it."""
    row = filled.rows(Query(), limit=1)[0]
    filled.mark(row["claim_id"], row["revision"], "Refuted", "high", rationale="The roll call.", actor="Jana")
    for asked in ({}, {"verdict": "Refuted"}, {"confidence": "high"}):
        found = ask("/api/claims", **asked).json()["claims"]
        assert not [each for each in found if each["verdict"] or each["rationale"] or each["confidence"]]
    assert "Refuted" not in ask("/api/claims", format="csv").text
    [article_id] = filled.titles()
    assert "The roll call." not in ask(f"/api/articles/{article_id}").text


def marked_by_the_roll_call(store: Store, verdict: str, stance: str) -> tuple[str, int]:
    """The desk's first claim, judged by Jana by one source of this stance; its name and revision."""
    row = store.rows(Query(), limit=1)[0]
    name = row["claim_id"]
    revision = store.mark(name, row["revision"], verdict, "high", rationale="The roll call says so.", actor="Jana")
    source = Source("https://korda.example/roll-call", "Roll call", quoted="All are named.", stance=stance)
    store.add_source(name, revision, source)
    return name, revision


def test_what_the_sources_say_is_not_counted_before_the_second_reading(ask: Ask, filled: Store) -> None:
    """One that refutes would tell the verdict; how many there are does not. Once both readings are in, it is told."""
    row = filled.rows(Query(), limit=1)[0]
    name, revision = marked_by_the_roll_call(filled, "Refuted", "refutes")

    def counted() -> list[tuple[int, int | None, int | None]]:
        article = ask(f"/api/articles/{row['article_id']}").json()["claims"]
        listed = [*article, *ask("/api/claims").json()["claims"]]
        told = [each for each in listed if each["claim_id"] == name]
        return [(each["n_sources"], each["n_supporting"], each["n_refuting"]) for each in told]

    assert counted() == [(1, None, None)] * 2
    table = read_csv(ask("/api/claims", format="csv").content).set_index("claim_id")
    assert table.loc[name, ["n_supporting", "n_refuting"]].isna().all()
    filled.read_second(name, revision, "Refuted", "high", rationale="So it is.", actor="Ilic")
    assert counted() == [(1, 0, 1)] * 2


def test_only_a_signed_off_claim_has_a_review(ask: Ask, filled: Store) -> None:
    """Before, and for a name that is none, there is none."""
    name = filled.rows(Query(), limit=1)[0]["claim_id"]
    assert ask(f"/api/claimreview/{name}").status_code == 404
    assert ask("/api/claimreview/nobody").status_code == 404


def test_a_signed_off_claim_brings_its_review(ask: Ask, filled: Store) -> None:
    """By its name alone, with the desk's name and address; where neither is set, the answer says so."""
    name, revision = marked_by_the_roll_call(filled, "Supported", "supports")
    revision = filled.read_second(name, revision, "Supported", "high", rationale="So it does.", actor="Ilic")
    filled.sign_off(name, revision, why="Ilic read it on paper.")
    assert "names who checked" in ask(f"/api/claimreview/{name}").json()["problem"]
    for setting, value in (("publisher", "The Korda Post"), ("site", "https://korda.example/checks/")):
        filled.set(setting, 0, value)
    review = ask(f"/api/claimreview/{name}").json()
    assert (review["claimReviewed"], review["reviewRating"]["alternateName"]) == (
        filled.claim(name)["claim"],
        "Supported",
    )
    assert review["url"] == f"https://korda.example/checks/#claim-{name}"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_can_be_written(ask: Ask, method: str) -> None:
    """There is no way in."""
    assert ask("/api/claims", method=method).status_code == 405


def test_health_needs_no_token_and_tells_nothing(ask: Ask) -> None:
    """Whoever watches the program learns that it runs."""
    assert ask("/healthz", token=None).json() == {"status": "ok"}


def test_every_answer_carries_its_headers(ask: Ask) -> None:
    """No guessing of types, nobody's frame, also on an error."""
    for path in ("/healthz", "/api/claims", "/nowhere"):
        answer = ask(path, token=None)
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS


def test_the_document_says_what_is_answered(ask: Ask) -> None:
    """Each path of the document is there, and a claim has the document's fields and no other."""
    told = ask("/api/openapi.json", token=None).json()
    assert told == document()
    elsewhere = {"/api/openapi.json", "/api", "/api/{rest:path}"}
    assert {route.path for route in ROUTES} - elsewhere == set(told["paths"])  # type: ignore[attr-defined]
    claim = ask("/api/claims", per_page=1).json()["claims"][0]
    assert set(claim) == set(told["components"]["schemas"]["Claim"]["properties"])
    for parameter in told["paths"]["/api/claims"]["get"]["parameters"]:
        if "default" in parameter["schema"]:
            assert ask("/api/claims", **{parameter["name"]: parameter["schema"]["default"]}).status_code == 200


@pytest.mark.parametrize(
    "asked",
    [
        {"per_page": "0000000000019999"},
        {"page": "0000000000010000000000000000000000000000000"},
        {"page": "0" * 11 + "1" * 5000},
        {"per_page": "1001"},
        {"per_page": "\N{ARABIC-INDIC DIGIT FIVE}"},
        {"page": ""},
    ],
)
def test_a_page_that_cannot_be_is_an_error(ask: Ask, asked: dict[str, str]) -> None:
    """However many digits it has: the whole number is held against the limit."""
    answer = ask("/api/claims", **asked)
    assert answer.status_code == 400
    assert "is a whole number from 1 to" in answer.json()["problem"]


def test_the_end_of_a_line_is_none_of_the_token(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A token that was read from a file ends in a new line."""
    monkeypatch.setenv(guard.TOKEN_VARIABLE, f" {TOKEN}\r\n")
    assert ask("/api/claims").status_code == 200
    monkeypatch.setenv(guard.TOKEN_VARIABLE, "short" + "\n" * 20)
    assert ask("/api/claims", token="short").status_code == 403


@pytest.mark.parametrize("odd", [b"\xff\xfe" + b"x" * 20, "ein Schl\u00fcssel, den niemand r\u00e4t \u00e0".encode()])
def test_a_token_is_its_bytes(ask: Ask, monkeypatch: pytest.MonkeyPatch, odd: bytes) -> None:
    """Whatever they mean in whatever encoding, who brings the same is let in, and nobody else."""
    monkeypatch.setenv(guard.TOKEN_VARIABLE, os.fsdecode(odd))
    assert ask("/api/claims", token=odd.decode("latin-1")).status_code == 200
    assert ask("/api/claims").status_code == 401


def test_what_nobody_thought_of_is_told_as_an_error(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """In the shape of every other, with nothing of what went wrong, which whoever runs the program finds in its log."""

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("the roll call")

    monkeypatch.setattr(Store, "rows", broken)
    monkeypatch.setattr(Store, "latest_event_seq", broken)
    for path in ("/api/claims", "/healthz"):
        answer = ask(path)
        assert answer.status_code == 500
        assert set(answer.json()) == {"problem", "remedy"}
        assert "roll call" not in answer.text
    logged = [each.exc_info for each in caplog.records if each.name == guard.__name__]
    assert [each and each[0] for each in logged] == [ZeroDivisionError] * 2


def test_the_document_names_every_form_and_header(ask: Ask) -> None:
    """The forms that claims come in, and the header with their number, are those that it answers with."""
    told = document()["paths"]["/api/claims"]["get"]["responses"]["200"]
    for form in ("json", "csv"):
        answer = ask("/api/claims", format=form)
        assert answer.headers["content-type"].partition(";")[0] in told["content"]
        assert set(told["headers"]) <= set(answer.headers)
    assert set(told["content"]) == {"application/json", "text/csv"}
    assert set(told["headers"]) == {"x-total-count"}
