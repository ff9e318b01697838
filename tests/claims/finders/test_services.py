"""Each service is asked over real HTTP and answers in its recorded shape: its pages, its errors, its malformed answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from claims.finders import Answer, Asker, Question, Search, shipped
from claims.store import Store
from tests.claims.finders.conftest import Web, saying, saying_by

KEY = {"WORKBENCH_FACTCHECK_KEY": "korda-key"}

#: One result of each service, as it was recorded, with invented names.
RECORDED: dict[str, Callable[[int], Any]] = {
    "factchecks": lambda number: {
        "text": f"785 detainees fled ({number})",
        "claimant": "Jana Ilic",
        "claimDate": "2019-10-13T00:00:00Z",
        "claimReview": [
            {
                "publisher": {"name": "Marusa Checks", "site": "marusa.example"},
                "url": f"https://marusa.example/check-{number}",
                "title": f"No, 785 detainees did not flee <b>Korda</b> ({number})",
                "reviewDate": "2019-10-20T00:00:00Z",
                "textualRating": "Mostly false",
                "languageCode": "en",
            }
        ],
    },
    "wikipedia": lambda number: {
        "ns": 0,
        "title": f"Korda camp {number}",
        "pageid": number,
        "snippet": 'The <span class="searchmatch">Korda</span> camp &amp; its yard',
        "timestamp": "2020-01-02T03:04:05Z",
    },
    "wikidata": lambda number: {
        "id": f"Q{number}",
        "title": f"Q{number}",
        "concepturi": f"http://www.wikidata.org/entity/Q{number}",
        "label": "Korda",
        "description": "camp of the north",
        "match": {"type": "label", "language": "en", "text": "Korda"},
    },
    "gdelt": lambda number: {
        "url": f"https://post.example/{number}",
        "url_mobile": "",
        "title": "Korda : 785 gone",
        "seendate": "20191014T040000Z",
        "socialimage": "",
        "domain": "post.example",
        "language": "English",
        "sourcecountry": "Korda",
    },
    "crossref": lambda number: {
        "DOI": f"10.1234/korda.{number}",
        "URL": f"http://dx.doi.org/10.1234/korda.{number}",
        "title": ["Camps of the north"],
        "publisher": "Korda Press",
        "container-title": ["Journal of Camps"],
        "issued": {"date-parts": [[2018, 5]]},
        "abstract": "<jats:p>Who fled, and when.</jats:p>",
    },
}

#: How each service wraps its results.
WRAPPED: dict[str, Callable[[list[Any]], Any]] = {
    "factchecks": lambda found: {"claims": found},
    "wikipedia": lambda found: {"batchcomplete": True, "query": {"search": found}},
    "wikidata": lambda found: {"searchinfo": {"search": "Korda"}, "search": found, "success": 1},
    "gdelt": lambda found: {"articles": found},
    "crossref": lambda found: {"status": "ok", "message": {"total-results": len(found), "items": found}},
}


def asked(web: Web, asker: Asker, name: str, words: str = "785 detainees fled Korda", **more: Any) -> Answer:
    """How it stands with one service after a search."""
    environment = web.environment(name, **KEY)
    with Store(":memory:") as store:
        finders = [finder for finder in shipped(store, environment) if finder.name == name]
        [answer] = Search(Question(words), finders, asker, environment=environment, **more).wait()
    return answer


@pytest.mark.parametrize("name", RECORDED)
def test_a_recorded_answer_becomes_candidates(web: Web, asker: Asker, name: str) -> None:
    """Each service's answer is read: title, address, publisher, day, excerpt as plain words."""
    web.answers[f"/{name}"] = saying(WRAPPED[name]([RECORDED[name](1)]))
    answer = asked(web, asker, name)
    assert (answer.state, answer.why) == ("found", "")
    [found] = answer.candidates
    assert found.finder == name
    assert found.title
    assert "<" not in found.title + found.excerpt
    assert found.address.startswith("http")
    assert found.publisher


def test_a_fact_check_keeps_its_verdict_as_theirs(web: Web, asker: Asker) -> None:
    """The rating stands as its publisher's, with its day; the key goes in a header and never in an address."""
    web.answers["/factchecks"] = saying(WRAPPED["factchecks"]([RECORDED["factchecks"](1)]))
    [found] = asked(web, asker, "factchecks").candidates
    assert (found.kind, found.verdict, found.verdict_by) == ("fact-check", "Mostly false", "Marusa Checks")
    assert found.verdict_on == date(2019, 10, 20)
    assert web.headers[0]["x-goog-api-key"] == "korda-key"
    assert "korda-key" not in str(web.asked)


def test_without_its_key_a_service_is_named_as_not_configured(web: Web, asker: Asker) -> None:
    """A service that asks a key is not asked without one, and says which variable holds it."""
    environment = web.environment("factchecks")
    with Store(":memory:") as store:
        answers = Search(Question("Korda"), shipped(store, environment), asker, environment=environment).wait()
    assert [(answer.finder.name, answer.state) for answer in answers] == [
        ("library", "found"), ("shelf", "found"), ("factchecks", "not configured"),
    ]  # fmt: skip
    assert "WORKBENCH_FACTCHECK_KEY" in answers[2].why
    assert not web.asked


def test_fact_checks_are_turned_page_by_page(web: Web, asker: Asker) -> None:
    """The token of a page brings the next one, until there are enough."""

    def page(given: dict[str, str]) -> Any:
        first = int(given.get("pageToken", "0"))
        return {
            "claims": [RECORDED["factchecks"](first + number) for number in range(10)],
            "nextPageToken": str(first + 10),
        }

    web.answers["/factchecks"] = saying_by(page)
    found = asked(web, asker, "factchecks").candidates
    assert len({each.address for each in found}) == len(found) == 20
    assert [given.get("pageToken") for _, given in web.asked] == [None, "10"]


def test_wikipedia_is_turned_page_by_page(web: Web, asker: Asker) -> None:
    """The offset that an answer names brings the next page; without one the search is over."""

    def page(given: dict[str, str]) -> Any:
        more = {} if "sroffset" in given else {"continue": {"sroffset": 10, "continue": "-||"}}
        numbers = range(10, 13) if "sroffset" in given else range(10)
        return more | WRAPPED["wikipedia"]([RECORDED["wikipedia"](number) for number in numbers])

    web.answers["/wikipedia"] = saying_by(page)
    assert len(asked(web, asker, "wikipedia").candidates) == 13
    assert [given.get("sroffset") for _, given in web.asked] == [None, "10"]


def test_crossref_is_turned_page_by_page(web: Web, asker: Asker) -> None:
    """A page that is not full is the last."""

    def page(given: dict[str, str]) -> Any:
        first = int(given["offset"])
        return WRAPPED["crossref"]([RECORDED["crossref"](first + number) for number in range(10 if first == 0 else 4)])

    web.answers["/crossref"] = saying_by(page)
    found = asked(web, asker, "crossref").candidates
    assert len(found) == 14
    assert (found[0].published, found[0].address) == (date(2018, 5, 1), "https://doi.org/10.1234/korda.0")


def test_wikidata_is_asked_by_names(web: Web, asker: Asker) -> None:
    """Wikidata knows things by their names: each name is asked for, what is found twice stands once."""
    web.answers["/wikidata"] = saying(WRAPPED["wikidata"]([RECORDED["wikidata"](7)]))
    found = asked(web, asker, "wikidata", "Jana Ilic 785 detainees fled Korda").candidates
    assert [given["search"] for _, given in web.asked] == ["Jana Ilic", "Korda"]
    assert [each.address for each in found] == ["https://www.wikidata.org/entity/Q7"]


@pytest.mark.parametrize("name", RECORDED)
@pytest.mark.parametrize(
    ("answer", "status", "words"),
    [
        (b"<html>Our robots are busy</html>", 200, "something else than JSON"),
        (b'{"articles": [', 200, "something else than JSON"),
        (b"", 200, "something else than JSON"),
        (None, 200, "answered with null"),
        (b"[" * 50_000, 200, "more than 20,000 bytes"),
        (["Korda"], 200, "stands where"),
        ("Korda", 200, "stands where"),
        ({"error": {"code": 500}}, 500, "fault of its own"),
        ({"error": {"code": 400}}, 400, "refuses the question"),
    ],
)
def test_a_bad_answer_is_named(web: Web, asker: Asker, name: str, answer: Any, status: int, words: str) -> None:
    """What is no JSON, has another shape, is too large or an error is named with a sentence, and finds nothing."""
    web.answers[f"/{name}"] = saying(answer, status)
    found = asked(web, asker, name)
    assert (found.state, found.candidates) == ("failed", ())
    assert words in found.why
    assert web.address not in found.why


@pytest.mark.parametrize("name", RECORDED)
@pytest.mark.parametrize("spoilt", [7, ["Korda"], {"Korda": 7}, True])
def test_a_wrong_type_is_named(web: Web, asker: Asker, name: str, spoilt: Any) -> None:
    """A title that is no text is named, not shown."""
    field = {"factchecks": "text", "wikidata": "label"}.get(name, "title")
    result = RECORDED[name](1) | {field: [spoilt] if name == "crossref" else spoilt}
    web.answers[f"/{name}"] = saying(WRAPPED[name]([result]))
    answer = asked(web, asker, name)
    assert (answer.state, answer.candidates) == ("failed", ())
    assert "stands where" in answer.why


@pytest.mark.parametrize("name", RECORDED)
def test_nothing_found_is_an_answer(web: Web, asker: Asker, name: str) -> None:
    """A service that finds nothing, as each says so, has answered."""
    web.answers[f"/{name}"] = saying({})
    answer = asked(web, asker, name)
    assert (answer.state, answer.candidates, answer.why) == ("found", (), "")


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/hosts", "https://jana:secret@post.example/"])
def test_no_address_but_of_the_web_is_taken(web: Web, asker: Asker, address: str) -> None:
    """An address that a browser would run, or that carries a password, is left out of what was found."""
    web.answers["/gdelt"] = saying(WRAPPED["gdelt"]([RECORDED["gdelt"](1) | {"url": address}]))
    [found] = asked(web, asker, "gdelt").candidates
    assert found.address == ""


def test_long_texts_are_cut(web: Web, asker: Asker) -> None:
    """A title of any length is cut to one line."""
    web.answers["/gdelt"] = saying(WRAPPED["gdelt"]([RECORDED["gdelt"](1) | {"title": "Korda " * 900}]))
    [found] = asked(web, asker, "gdelt").candidates
    assert len(found.title) == 300
    assert found.title.endswith("…")


def test_gdelt_is_not_asked_in_vain(web: Web, asker: Asker) -> None:
    """Where every word is shorter than it takes, nothing is found and nothing is asked."""
    answer = asked(web, asker, "gdelt", "UN 12")
    assert (answer.state, answer.candidates) == ("found", ())
    assert not web.asked
