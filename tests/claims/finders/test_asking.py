"""Services are asked patiently and in turn: what may pass is asked again, when the service says; what is slow is given up."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler

import pytest

from claims.errors import BadAnswer, BadStatus, ClaimsError, NoAnswer
from claims.finders import SERVICES, Answer, Asker, Finder, Question, Search, shipped
from claims.finders.answers import needed
from claims.finders.asking import Ask
from claims.finders.candidate import Candidate
from claims.store import Store
from tests.claims.finders.conftest import LIMITS, Respond, Web, saying, send

FAST = 30.0


def ask_of(web: Web, asker: Asker, seconds: float = FAST) -> Ask:
    """How to ask a service that may be asked without a pause."""
    service = replace(SERVICES["gdelt"], address=f"{web.address}/gdelt", pause=0.0)
    return asker.of(service, "", time.monotonic() + seconds)


def test_too_often_is_asked_again_when_the_service_says(web: Web, asker: Asker) -> None:
    """After 429 with Retry-After the same question is asked once more, not before."""
    moments: list[float] = []

    def busy(handler: BaseHTTPRequestHandler, _: dict[str, str]) -> None:
        moments.append(time.monotonic())
        if len(moments) == 1:
            send(handler, b"", 429, Retry_After="1")
        else:
            send(handler, b'{"articles": []}')

    web.answers["/gdelt"] = busy
    assert ask_of(web, asker)({"query": "Korda"}, dict) == {"articles": []}
    assert moments[1] - moments[0] >= 1


def test_a_long_wait_is_told_and_not_waited(web: Web, asker: Asker) -> None:
    """A service that asks for an hour's patience gets none of the person's time."""
    web.answers["/gdelt"] = saying({}, 429, Retry_After="3600")
    with pytest.raises(BadStatus, match=r"asked too often \(status 429\)\. Search again in 60 minutes"):
        ask_of(web, asker)({"query": "Korda"}, dict)
    assert len(web.asked) == 1


@pytest.mark.parametrize("status", [429, 503])
def test_who_said_when_to_come_back_is_not_asked_before(web: Web, asker: Asker, status: int) -> None:
    """Whatever is asked for: each time the person is told when, and the service is left in peace until then."""
    web.answers["/gdelt"] = saying({}, status, Retry_After="600")
    for words in ("Korda", "Korda", "Marusa"):
        with pytest.raises(BadStatus, match=rf"\(status {status}\)\. Search again in 10 minutes\."):
            ask_of(web, asker)({"query": words}, dict)
    assert len(web.asked) == 1
    web.answers["/other"] = saying({"articles": []})
    other = replace(SERVICES["gdelt"], address=f"{web.address}/other", pause=0.0)
    assert asker.of(other, "", time.monotonic() + FAST)({"query": "Korda"}, dict) == {"articles": []}


def test_a_short_while_is_waited_by_who_asks_next(web: Web, asker: Asker) -> None:
    """What one was told another heeds, and is answered then."""
    web.answers["/gdelt"] = saying({}, 429, Retry_After="1")
    begun = time.monotonic()
    with pytest.raises(BadStatus):
        ask_of(web, asker, seconds=0.5)({"query": "Korda"}, dict)
    web.answers["/gdelt"] = saying({"articles": []})
    assert ask_of(web, asker)({"query": "Marusa"}, dict) == {"articles": []}
    assert time.monotonic() - begun >= 1
    assert len(web.asked) == 2


@pytest.mark.parametrize(
    ("wait", "told"), [("9" * 400, "365 days"), ("Wed, 21 Oct 2999 07:28:00 GMT", "365 days"), ("7201", "3 hours")]
)
def test_a_wait_without_end_is_told_in_days(web: Web, asker: Asker, wait: str, told: str) -> None:
    """What no calendar holds is told as the longest that is."""
    web.answers["/gdelt"] = saying({}, 429, Retry_After=wait)
    with pytest.raises(BadStatus, match=rf"Search again in {told}\."):
        ask_of(web, asker)({"query": "Korda"}, dict)


def test_a_service_that_stays_busy_is_named(web: Web, asker: Asker) -> None:
    """Three times 429 is the end of it."""
    web.answers["/gdelt"] = saying({}, 429, Retry_After="0")
    with pytest.raises(BadStatus, match="asked too often"):
        ask_of(web, asker)({"query": "Korda"}, dict)
    assert len(web.asked) == 3


def failing_once(fault: Respond) -> Respond:
    """A fault, and from then on an answer."""
    asked: list[str] = []

    def respond(handler: BaseHTTPRequestHandler, given: dict[str, str]) -> None:
        asked.append(handler.path)
        if len(asked) == 1:
            fault(handler, given)
        else:
            send(handler, b'{"articles": []}')

    return respond


def hanging_up(handler: BaseHTTPRequestHandler, _: dict[str, str]) -> None:
    """The connection closed, and nothing said."""
    handler.close_connection = True
    handler.connection.shutdown(socket.SHUT_RDWR)


def breaking_off(handler: BaseHTTPRequestHandler, _: dict[str, str]) -> None:
    """Less said than was announced."""
    handler.close_connection = True
    send(handler, b'{"articles"', Content_Length="400")


@pytest.mark.parametrize(
    "fault",
    [saying({}, 502), saying({}, 503), saying({}, 504), hanging_up, breaking_off],
    ids=["502", "503", "504", "hangs up", "breaks off"],
)
def test_what_passes_is_asked_again(web: Web, asker: Asker, fault: Respond) -> None:
    """A gateway's fault, a service that is away for a moment and a broken connection are asked again, and heard."""
    web.answers["/gdelt"] = failing_once(fault)
    assert ask_of(web, asker)({"query": "Korda"}, dict) == {"articles": []}
    assert len(web.asked) == 2


def test_a_slow_answer_is_asked_for_again(web: Web) -> None:
    """No answer in the time that one question has is no end, while there is time for another."""
    web.answers["/gdelt"] = failing_once(lambda *_: web.over.wait() and None)
    hasty = Asker(replace(LIMITS, read_seconds=1.5))
    assert ask_of(web, hasty)({"query": "Korda"}, dict) == {"articles": []}
    assert len(web.asked) == 2


def test_a_service_that_is_away_says_for_how_long(web: Web, asker: Asker) -> None:
    """Retry-After counts for 503, too: not before it, and where it is too long the person is told at once."""
    web.answers["/gdelt"] = failing_once(saying({}, 503, Retry_After="1"))
    begun = time.monotonic()
    ask_of(web, asker)({"query": "Korda"}, dict)
    assert time.monotonic() - begun >= 1
    web.answers["/gdelt"] = saying({}, 503, Retry_After="3600")
    web.asked.clear()
    with pytest.raises(BadStatus, match=r"has a fault of its own \(status 503\)"):
        ask_of(web, asker)({"query": "Marusa"}, dict)
    assert len(web.asked) == 1


@pytest.mark.parametrize(
    ("respond", "told"),
    [
        (
            saying({}, 503, Retry_After="0"),
            r"GDELT DOC 2\.0 has a fault of its own \(status 503\)\. Search again later\.",
        ),
        (hanging_up, r"GDELT DOC 2\.0 did not answer in time, or cannot be reached\."),
    ],
    ids=["503", "hangs up"],
)
def test_what_stays_is_named(web: Web, asker: Asker, respond: Respond, told: str) -> None:
    """Three times the same fault is the end of it, and the sentence is that of the fault."""
    web.answers["/gdelt"] = respond
    with pytest.raises((BadStatus, NoAnswer), match=told):
        ask_of(web, asker)({"query": "Korda"}, dict)
    assert len(web.asked) == 3


@pytest.mark.parametrize("status", [400, 401, 403, 404, 500, 501])
def test_what_would_be_said_again_is_not_asked_again(web: Web, asker: Asker, status: int) -> None:
    """A refusal and a fault of the service's own are answers, whatever they say of asking again."""
    web.answers["/gdelt"] = saying({}, status, Retry_After="0")
    with pytest.raises(BadStatus, match=rf"\(status {status}\)"):
        ask_of(web, asker)({"query": "Korda"}, dict)
    assert len(web.asked) == 1


@pytest.mark.parametrize("respond", [saying({}, 503), saying({}, 503, Retry_After="5"), hanging_up])
def test_nobody_waits_beyond_the_deadline(web: Web, asker: Asker, respond: Respond) -> None:
    """Where one more question would come too late, the fault is told before the deadline."""
    web.answers["/gdelt"] = respond
    begun = time.monotonic()
    with pytest.raises((BadStatus, NoAnswer)):
        ask_of(web, asker, seconds=1.2)({"query": "Korda"}, dict)
    assert time.monotonic() - begun < 1.2


def test_a_turn_that_comes_too_late_does_not_hide_the_fault(web: Web, asker: Asker) -> None:
    """Where the pause of the host leaves no time to ask again, it is the fault that is named."""
    web.answers["/gdelt"] = saying({}, 503)
    service = replace(SERVICES["gdelt"], address=f"{web.address}/gdelt", pause=60.0)
    with pytest.raises(BadStatus, match=r"\(status 503\)"):
        asker.of(service, "", time.monotonic() + FAST)({"query": "Korda"}, dict)
    assert len(web.asked) == 1


def test_the_same_question_is_remembered(web: Web, asker: Asker) -> None:
    """Asked again within minutes, an answer comes from memory; another question does not, nor one that is forgotten."""
    web.answers["/gdelt"] = saying({"articles": []})
    ask = ask_of(web, asker)
    ask({"query": "Korda"}, dict)
    ask({"query": "Korda"}, dict)
    assert len(web.asked) == 1
    ask({"query": "Marusa"}, dict)
    assert len(web.asked) == 2
    forgetful = ask_of(web, Asker(LIMITS, remembered=0))
    forgetful({"query": "Korda"}, dict)
    forgetful({"query": "Korda"}, dict)
    assert len(web.asked) == 4


def test_only_what_could_be_read_is_remembered(web: Web, asker: Asker) -> None:
    """An answer that its finder cannot read is asked for anew, and heard once it is mended."""
    web.answers["/gdelt"] = failing_once(saying({"articles": 7}))
    ask = ask_of(web, asker)
    with pytest.raises(
        BadAnswer, match=r"^GDELT DOC 2\.0 gave no answer that can be used\. An int stands where a list should"
    ):
        ask({"query": "Korda"}, lambda answer: needed(answer, "articles"))
    assert ask({"query": "Korda"}, lambda answer: needed(answer, "articles")) == []
    assert len(web.asked) == 2


def test_a_refusal_in_words_is_quoted(web: Web, asker: Asker) -> None:
    """What a service says in plain text instead of JSON is shown, as far as it may be; markup is not."""
    web.answers["/gdelt"] = saying(b"Your query was too short or too long.\n" + b"More " * 90, Content_Type="text/html")
    with pytest.raises(BadAnswer) as refused:
        ask_of(web, asker)({"query": "Korda"}, dict)
    assert refused.value.problem.startswith(
        "GDELT DOC 2.0 answered in words: “Your query was too short or too long. More"
    )
    assert len(refused.value.problem) < 250


def test_a_sign_of_control_spoils_no_answer(web: Web, asker: Asker) -> None:
    """A raw bell in a title is left out, and the title read."""
    web.answers["/gdelt"] = saying(
        b'{"articles": [{"title": "Korda\x07 camp\tnorth", "url": "https://post.example/"}]}'
    )
    [found] = searched(web, asker).candidates
    assert found.title == "Korda camp north"


def test_a_contact_is_told_where_there_is_one(web: Web, asker: Asker, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those who are asked hear whom they may write to."""
    monkeypatch.setenv("WORKBENCH_CONTACT", "https://korda.example/desk")
    web.answers["/gdelt"] = saying({"articles": []})
    ask_of(web, asker)({"query": "Korda"}, dict)
    assert "; contact: https://korda.example/desk)" in web.headers[0]["user-agent"]


@pytest.mark.parametrize("contact", ["desk@korda.example\r\nX-Key: 7", "Čorda", "desk) Mozilla (x"])
def test_a_contact_that_cannot_be_told_is_refused(
    web: Web, asker: Asker, contact: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is named by its variable, and nobody is asked."""
    monkeypatch.setenv("WORKBENCH_CONTACT", contact)
    with pytest.raises(ClaimsError, match=r"^The environment variable WORKBENCH_CONTACT is "):
        ask_of(web, asker)({"query": "Korda"}, dict)
    assert not web.asked


def test_a_host_is_asked_in_turn(web: Web, asker: Asker) -> None:
    """Two questions to one host keep its pause between them."""
    web.answers["/gdelt"] = saying({"articles": []})
    service = replace(SERVICES["gdelt"], address=f"{web.address}/gdelt", pause=0.4)
    ask = asker.of(service, "", time.monotonic() + FAST)
    begun = time.monotonic()
    ask({"query": "Korda"}, dict)
    ask({"query": "Marusa"}, dict)
    assert time.monotonic() - begun >= 0.4


def test_it_is_json_that_is_asked_for(web: Web, asker: Asker) -> None:
    """The service hears that a program asks, which, and for JSON."""
    web.answers["/gdelt"] = saying({"articles": []})
    ask_of(web, asker)({"query": "Korda"}, dict)
    assert web.headers[0]["accept"] == "application/json"
    assert web.headers[0]["user-agent"].startswith("claims-workbench/")


@pytest.mark.parametrize("target", ["http://localhost:1/", "http://169.254.169.254/latest/", "http://[::1]/"])
def test_a_redirect_into_the_own_network_is_refused(web: Web, asker: Asker, target: str) -> None:
    """A service cannot send the program to a machine behind the firewall."""
    web.answers["/gdelt"] = saying({}, 302, Location=target)
    answer = searched(web, asker)
    assert answer.state == "failed"
    assert "private network" in answer.why


def test_a_redirect_elsewhere_does_not_carry_the_key(web: Web) -> None:
    """A key is told to the origin that was asked, and to no other."""
    port = web.address.rpartition(":")[2]
    web.answers["/factchecks"] = saying({}, 302, Location=f"http://localhost:{port}/elsewhere")
    web.answers["/elsewhere"] = saying({"claims": []})
    service = replace(SERVICES["factchecks"], address=f"{web.address}/factchecks", pause=0.0)
    both = replace(LIMITS, allow_hosts=frozenset({"127.0.0.1", "localhost"}))
    assert Asker(both).of(service, "korda-key", time.monotonic() + FAST)({"query": "Korda"}, dict) == {"claims": []}
    assert ["x-goog-api-key" in headers for headers in web.headers] == [True, False]


def searched(web: Web, asker: Asker, seconds: float = 5.0) -> Answer:
    """How it stands with GDELT after a search."""
    environment = web.environment("gdelt")
    with Store(":memory:") as store:
        found = Search(Question("Korda"), shipped(store, environment), asker, deadline=seconds, environment=environment)
        answers = found.wait()
    assert [answer.state for answer in answers[:2]] == [
        "found"
    ] * 2  # the desk's own answer whatever becomes of the others
    return answers[2]


def test_the_moment_is_told_from_which_a_service_may_be_asked(web: Web, asker: Asker) -> None:
    """As it has said; of one that said nothing, none is told."""
    web.answers["/gdelt"] = saying({}, 429, Retry_After="600")
    told = searched(web, asker).not_before
    assert told is not None
    assert timedelta(seconds=590) < told - datetime.now(UTC) <= timedelta(seconds=600)
    again = searched(web, asker).not_before
    assert again is not None
    assert abs(again - told) < timedelta(seconds=3)
    web.answers["/gdelt"] = saying({}, 404)
    assert searched(web, Asker(LIMITS)).not_before is None


@pytest.mark.parametrize("status", [400, 429, 503])
def test_a_word_that_is_no_moment_tells_none(web: Web, asker: Asker, status: int) -> None:
    """ "soon" is waited for as if nothing were said: no moment is told, and who asks next asks the service."""
    web.answers["/gdelt"] = saying({}, status, Retry_After="soon")
    with pytest.raises(BadStatus) as refused:
        ask_of(web, asker, seconds=0.4)({"query": "Korda"}, dict)
    assert refused.value.retry_after == ""
    web.answers["/gdelt"] = saying({"articles": []})
    assert ask_of(web, asker, seconds=0.4)({"query": "Marusa"}, dict) == {"articles": []}
    assert len(web.asked) == 2


def test_a_silent_service_is_given_up(web: Web, asker: Asker) -> None:
    """A service that says nothing is named at the deadline, and the library has answered."""
    web.answers["/gdelt"] = lambda *_: web.over.wait() and None
    begun = time.monotonic()
    answer = searched(web, asker, seconds=0.5)
    assert answer.state in {"too slow", "failed"}
    assert "did not answer" in answer.why
    assert time.monotonic() - begun < 2


def test_a_search_tells_how_far_it_is(web: Web) -> None:
    """While one finder is still asked, what the other found is there."""

    def slow(_: Question, __: Ask) -> list[Candidate]:
        web.over.wait()
        return []

    def quick(_: Question, __: Ask) -> list[Candidate]:
        return [Candidate("quick", "page", "Korda")]

    search = Search(Question("Korda"), [Finder("slow", "Slow", slow), Finder("quick", "Quick", quick)])
    while search.answers[1].state == "asking":
        time.sleep(0.001)
    assert [answer.state for answer in search.answers] == ["asking", "found"]
    assert not search.is_over
    web.over.set()
    assert [answer.state for answer in search.wait()] == ["found", "found"]
    assert search.is_over


def test_what_was_told_before_the_deadline_stays(web: Web) -> None:
    """A finder that is given up is named as too slow, beside what it had found by then."""

    def slow(_: Question, __: Ask) -> Iterator[Candidate]:
        yield Candidate("slow", "page", "Korda")
        web.over.wait()

    [answer] = Search(Question("Korda"), [Finder("slow", "Slow", slow)], deadline=0.3).wait()
    assert (answer.state, [each.title for each in answer.candidates]) == ("too slow", ["Korda"])
    assert "did not answer within 0.3 seconds" in answer.why


def test_a_fault_of_one_finder_is_named() -> None:
    """Whatever goes wrong in a finder, the search goes on and says whose fault it was."""

    def broken(_: Question, __: Ask) -> list[Candidate]:
        raise ZeroDivisionError

    [answer] = Search(Question("Korda"), [Finder("broken", "The broken shelf", broken)]).wait()
    assert answer.why == "The broken shelf failed by a fault of its own (ZeroDivisionError)."
