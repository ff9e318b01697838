"""Each service is asked over real HTTP and answers in its recorded shape: its pages, its errors, its malformed answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from claims.errors import ClaimsError
from claims.finders import SERVICES, Answer, Asker, Question, Search, shipped
from claims.store import Store
from tests.claims.finders.conftest import LIMITS, Web, saying, saying_by, send

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


def asked(web: Web, asker: Asker, name: str, words: str = "", **more: Any) -> Answer:
    """How it stands with one service after a search; Wikidata, unless other words are given, is asked for a name."""
    words = words or ("Korda" if name == "wikidata" else "785 detainees fled Korda")
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
    assert found[0].address == "https://doi.org/10.1234/korda.0"


@pytest.mark.parametrize(
    ("issued", "published", "excerpt"),
    [
        ([2018, 5, 7], date(2018, 5, 7), "Who fled, and when."),
        ([2018, 5], None, "Issued 2018-05. Who fled, and when."),
        ([2018], None, "Issued 2018. Who fled, and when."),
        ([None], None, "Who fled, and when."),
    ],
)
def test_only_a_whole_day_is_a_day(
    web: Web, asker: Asker, issued: list[int | None], published: date | None, excerpt: str
) -> None:
    """A month or a year stands in the excerpt as it is, and counts as no day."""
    work = RECORDED["crossref"](1) | {"issued": {"date-parts": [issued]}}
    web.answers["/crossref"] = saying(WRAPPED["crossref"]([work]))
    [found] = asked(web, asker, "crossref").candidates
    assert (found.published, found.excerpt) == (published, excerpt)


def test_an_edit_is_no_publication(web: Web, asker: Asker) -> None:
    """The day of a page's last edit is told in the excerpt, and is not the day of the page."""
    web.answers["/wikipedia"] = saying(WRAPPED["wikipedia"]([RECORDED["wikipedia"](1)]))
    [found] = asked(web, asker, "wikipedia").candidates
    assert found.published is None
    assert found.excerpt == "Last edited 2 January 2020. The Korda camp & its yard"


@pytest.mark.parametrize(
    ("contact", "mailto"),
    [("desk@korda.example", "desk@korda.example"), ("https://korda.example/desk", None), ("", None)],
)
def test_crossref_hears_of_an_e_mail_address(web: Web, asker: Asker, contact: str, mailto: str | None) -> None:
    """Only where the contact is one; without a contact nothing is made up."""
    web.answers["/crossref"] = saying(WRAPPED["crossref"]([]))
    environment = web.environment("crossref", WORKBENCH_CONTACT=contact)
    with Store(":memory:") as store:
        Search(Question("Korda"), shipped(store, environment), asker, environment=environment).wait()
    assert [given.get("mailto") for _, given in web.asked] == [mailto]


def test_wikidata_is_asked_by_names(web: Web, asker: Asker) -> None:
    """Wikidata knows things by their names: each name is asked for, what is found twice stands once."""
    web.answers["/wikidata"] = saying(WRAPPED["wikidata"]([RECORDED["wikidata"](7)]))
    answer = asked(web, asker, "wikidata", "Jana Ilic 785 detainees fled Korda")
    assert [given["search"] for _, given in web.asked] == ["Jana Ilic", "Korda"]
    assert [each.address for each in answer.candidates] == ["https://www.wikidata.org/entity/Q7"]
    assert "Asked for “Jana Ilic” and “Korda” alone" in answer.why


def test_wikidata_says_nothing_of_words_that_it_was_asked_all_of(web: Web, asker: Asker) -> None:
    """Nor where the question is one name."""
    web.answers["/wikidata"] = saying(WRAPPED["wikidata"]([RECORDED["wikidata"](7)]))
    assert asked(web, asker, "wikidata", "Jana Ilic").why == ""


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
    """A service that finds nothing has answered."""
    web.answers[f"/{name}"] = saying(WRAPPED[name]([]))
    answer = asked(web, asker, name, "Korda")
    assert (answer.state, answer.candidates, answer.why) == ("found", (), "")


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("factchecks", "found"),
        ("gdelt", "found"),
        ("wikipedia", "failed"),
        ("wikidata", "failed"),
        ("crossref", "failed"),
    ],
)
def test_an_empty_answer_is_nothing_only_where_the_service_says_so(
    web: Web, asker: Asker, name: str, state: str
) -> None:
    """Google and GDELT say {} where they find nothing; from the others it is no answer."""
    web.answers[f"/{name}"] = saying({})
    assert asked(web, asker, name, "Korda").state == state


@pytest.mark.parametrize("name", ["gdelt", "wikipedia", "wikidata", "crossref"])
def test_an_answer_without_its_list_is_named(web: Web, asker: Asker, name: str) -> None:
    """JSON that says something else than what was found does not find nothing."""
    web.answers[f"/{name}"] = saying({"status": "maintenance"})
    answer = asked(web, asker, name)
    assert answer.state == "failed"
    assert answer.why.startswith(f"{answer.finder.title} gave no answer that can be used. It holds no ")


@pytest.mark.parametrize("name", ["wikipedia", "wikidata"])
@pytest.mark.parametrize(
    "answer",
    [
        {"error": {"code": "cirrussearch-too-busy-error", "info": "Search is currently too busy. Please try again later."}},
        {"errors": [{"code": "cirrussearch-too-busy-error", "text": "Search is currently too busy. Please try again later."}]},
        {"error": {"code": "cirrussearch-too-busy-error", "info": "Search is currently too busy. Please try again later."}, "query": {"search": []}, "search": []},
    ],
    ids=["error", "errors", "error beside an empty list"],
)  # fmt: skip
def test_an_error_with_the_status_of_success_is_named(web: Web, asker: Asker, name: str, answer: Any) -> None:
    """MediaWiki's errors are told by their code and words, and are not remembered: asked again, it is heard."""
    web.answers[f"/{name}"] = saying(answer)
    failed = asked(web, asker, name)
    assert (failed.state, failed.candidates) == ("failed", ())
    assert failed.why == (
        f"{failed.finder.title} gave no answer that can be used. It says cirrussearch-too-busy-error: “Search is currently "
        "too busy. Please try again later.” Search again later, or with other words."
    )
    web.answers[f"/{name}"] = saying(WRAPPED[name]([RECORDED[name](1)]))
    assert len(asked(web, asker, name).candidates) == 1


@pytest.mark.parametrize("name", RECORDED)
def test_one_spoilt_record_spoils_no_other(web: Web, asker: Asker, name: str) -> None:
    """It is left out, and how many were is said."""
    field = {"factchecks": "text", "wikidata": "label"}.get(name, "title")
    spoilt = RECORDED[name](2) | {field: [7] if name == "crossref" else 7}
    web.answers[f"/{name}"] = saying(WRAPPED[name]([RECORDED[name](1), spoilt, RECORDED[name](3)]))
    answer = asked(web, asker, name)
    assert (answer.state, len(answer.candidates)) == ("found", 2)
    assert answer.why == "1 of 3 finds could not be read and is left out: an int stands where text should."


def test_one_spoilt_review_spoils_no_other(web: Web, asker: Asker) -> None:
    """Of a claim that several have checked, each check is read by itself."""
    claim = RECORDED["factchecks"](1)
    claim["claimReview"] = [claim["claimReview"][0] | {"title": 7}, *claim["claimReview"]]
    web.answers["/factchecks"] = saying(WRAPPED["factchecks"]([claim]))
    answer = asked(web, asker, "factchecks")
    assert len(answer.candidates) == 1
    assert answer.why.startswith("1 of 2 finds could not be read")


@pytest.mark.parametrize("name", RECORDED)
def test_each_is_asked_again_when_it_says(web: Web, asker: Asker, name: str) -> None:
    """Each service that is asked too often says when to come back, and then answers; a long wait is told and not waited."""
    busy, wait = [True], ["1"]

    def respond(handler: BaseHTTPRequestHandler, _: dict[str, str]) -> None:
        if busy[0]:
            busy[0] = wait[0] != "1"
            send(handler, b"{}", 429, Retry_After=wait[0])
        else:
            send(handler, json.dumps(WRAPPED[name]([RECORDED[name](1)])).encode())

    web.answers[f"/{name}"] = respond
    assert asked(web, asker, name).state == "found"
    busy[0], wait[0] = True, "3600"
    answer = asked(web, asker, name, "Marusa")
    assert answer.state == "failed"
    assert "(status 429)" in answer.why
    assert "60 minutes" in answer.why


@pytest.mark.parametrize("name", RECORDED)
def test_each_is_waited_for_so_long_and_no_longer(web: Web, name: str) -> None:
    """A service that takes the question and says nothing is named; what it would have said is nobody's loss of time."""
    web.answers[f"/{name}"] = lambda *_: web.over.wait() and None
    hasty = Asker(replace(LIMITS, read_seconds=0.3, total_seconds=1))
    answer = asked(web, hasty, name, deadline=1.5)
    assert answer.state in {"failed", "too slow"}
    assert not answer.candidates
    assert answer.why


@pytest.mark.parametrize("status", [500, 429])
@pytest.mark.parametrize("name", ["factchecks", "wikipedia", "crossref", "wikidata"])
def test_a_page_that_fails_takes_no_other_along(web: Web, asker: Asker, name: str, status: int) -> None:
    """What the first page found stands, and it is said that there may be more, and why."""

    def respond(handler: BaseHTTPRequestHandler, given: dict[str, str]) -> None:
        if {"pageToken", "sroffset", "continue"} & set(given) or given.get("offset", "0") != "0":
            send(handler, b"{}", status, Retry_After="3600")
            return
        more = {"nextPageToken": "10", "continue": {"sroffset": 10}, "search-continue": 10}
        send(handler, json.dumps(WRAPPED[name]([RECORDED[name](number) for number in range(10)]) | more).encode())

    web.answers[f"/{name}"] = respond
    answer = asked(web, asker, name)
    assert (answer.state, len(answer.candidates)) == ("found", 10)
    assert answer.why.startswith(f"There may be more. {answer.finder.title} ")
    assert f"(status {status})" in answer.why


@pytest.mark.parametrize("name", ["wikipedia", "gdelt"])
def test_nothing_is_asked_again_with_fewer_words(web: Web, asker: Asker, name: str) -> None:
    """Who wants every word to be there is asked once more by names and figures, and the answer says so."""

    def answered(given: dict[str, str]) -> Any:
        words = given.get("srsearch") or given["query"]
        return WRAPPED[name]([RECORDED[name](1)] if words == "785 Korda" else [])

    web.answers[f"/{name}"] = saying_by(answered)
    free = replace(SERVICES[name], address=f"{web.address}/{name}", pause=0.0)
    with Store(":memory:") as store:
        [finder] = [each for each in shipped(store, web.environment(name)) if each.name == name]
    [answer] = Search(Question("785 detainees fled Korda camp"), [replace(finder, service=free)], asker).wait()
    assert (answer.state, len(answer.candidates)) == ("found", 1)
    assert answer.why == "Nothing for “785 detainees fled Korda camp”; asked again with “785 Korda”."


def test_a_failure_is_not_asked_again_with_fewer_words(web: Web, asker: Asker) -> None:
    """Only who has answered that there is nothing is asked by fewer words."""
    web.answers["/wikipedia"] = saying({"error": {"code": "ratelimited", "info": "Too often."}})
    assert asked(web, asker, "wikipedia").state == "failed"
    assert len(web.asked) == 1


def test_gdelt_is_asked_from_a_day_that_it_still_knows(web: Web, asker: Asker) -> None:
    """From the day before the claim's own, without an end, and the answer says so; a day long past sets no bound."""
    web.answers["/gdelt"] = saying(WRAPPED["gdelt"]([RECORDED["gdelt"](1)]))
    environment = web.environment("gdelt")
    for days in (10, 400):
        day = datetime.now(UTC).date() - timedelta(days=days)
        with Store(":memory:") as store:
            [finder] = [each for each in shipped(store, environment) if each.name == "gdelt"]
        free = replace(finder, service=replace(SERVICES["gdelt"], address=f"{web.address}/gdelt", pause=0.0))
        [answer] = Search(Question(f"Korda camp {days}", {"date_first": day}), [free], asker).wait()
        assert ("Asked for articles since" in answer.why) is (days == 10)
    since = datetime.now(UTC).date() - timedelta(days=11)
    assert [given.get("startdatetime") for _, given in web.asked] == [f"{since:%Y%m%d}000000", None]
    assert not any("enddatetime" in given for _, given in web.asked)


def test_gdelt_says_which_words_it_was_not_asked(web: Web, asker: Asker) -> None:
    """A word that it would refuse is left out, in the light; the signs of an amount are no part of a word to it."""
    web.answers["/gdelt"] = saying(WRAPPED["gdelt"]([RECORDED["gdelt"](1)]))
    answer = asked(web, asker, "gdelt", "UN $1.3bn Korda")
    assert web.asked[0][1]["query"] == "1.3bn Korda"
    assert answer.why == "Asked without “UN”: GDELT takes no word below 3 signs."


def test_wikidata_is_turned_page_by_page(web: Web, asker: Asker) -> None:
    """The place that an answer names brings the next page, until there are enough; several names share what is asked for."""

    def page(given: dict[str, str]) -> Any:
        first = int(given.get("continue", "0"))
        numbers = range(first, first + int(given["limit"]))
        return WRAPPED["wikidata"]([RECORDED["wikidata"](number) for number in numbers]) | {
            "search-continue": numbers.stop
        }

    web.answers["/wikidata"] = saying_by(page)
    assert len(asked(web, asker, "wikidata", "camp of Korda").candidates) == 20
    assert [given.get("continue") for _, given in web.asked] == [None, "10"]
    web.asked.clear()
    asked(web, asker, "wikidata", "Korda and Ilic and Marusa")
    assert [(given["search"], given["limit"]) for _, given in web.asked] == [
        ("Korda", "6"),
        ("Ilic", "6"),
        ("Marusa", "6"),
    ]


@pytest.mark.parametrize("named", ["wikipeda", "gdelt wikipeda", "all, wikipeda"])
def test_a_service_that_is_none_is_refused_by_name(named: str) -> None:
    """A name that is misspelt is not passed over: it is told, with those that there are."""
    with Store(":memory:") as store, pytest.raises(ClaimsError) as refused:
        shipped(store, {"WORKBENCH_FINDERS": named})
    assert str(refused.value) == (
        "WORKBENCH_FINDERS names 'wikipeda', which is none of the services. Write some of: factchecks, wikipedia, wikidata, "
        "gdelt, crossref; or all."
    )


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
    """Where every word is shorter than it takes, nothing is found and nothing is asked, and it is said why."""
    answer = asked(web, asker, "gdelt", "UN 12")
    assert (answer.state, answer.candidates) == ("found", ())
    assert answer.why == "Not asked for “UN 12”: GDELT takes no word below 3 signs."
    assert not web.asked
