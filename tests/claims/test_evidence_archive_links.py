"""The Internet Archive, as it answers over real HTTP on this machine: a copy, none, patience, nonsense, silence."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from claims.errors import BadAddress, BadAnswer, BadStatus, NoAnswer
from claims.evidence.archive_links import Archive, find_copy, save_copy
from tests.internet_archive import CLOSEST, COPY, FOUND, NONE, PAGE, Service, running, send


@pytest.fixture
def service() -> Iterator[Service]:
    """The services, which answer nothing yet."""
    with running() as service:
        yield service


def test_a_copy_is_found(service: Service) -> None:
    """The address is what the service answered with, over TLS; it is asked by the page's address without its fragment."""
    service.answers["/available"] = [send(200, FOUND)]
    assert find_copy(f"{PAGE}#top", service.archive()) == COPY
    assert parse_qs(urlsplit(service.asked[0]).query) == {"url": [PAGE]}


@pytest.mark.parametrize("ask", [find_copy, save_copy])
@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.1/x",
        "http://10.0.0.7/x",
        "http://[::1]/x",
        "https://wiki/x",
        "https://wiki.internal/x",
        "https://wiki.internal./x",
        "https://wiki./x",
        "https://127.0.0.1./",
        "https://127.1/",
        "https://2130706433/",
        "https://0x7f.0.0.1/",
        "https://\u2460\u2461\u2466.0.0.1/",
        "http://[fe80::1%25eth0]/x",
        "http://[::ffff:93.184.216.34]/x",
        "https://wiki.korda.corp/x",
        "https://wiki.korda.lan/x",
        "https://wiki.korda.local./x",
        "https://wiki.korda.home.arpa/x",
        "https://wiki.kordanet/x",
        "https://korda\u3002corp/x",
        "http://Wiki.Korda.example/",
        "http://wiki.korda.example./",
    ],
)
def test_an_address_of_ones_own_network_is_told_to_nobody(
    service: Service, ask: Callable[[str, Archive], str], location: str
) -> None:
    """Inner numbers and names, and hosts that are allowed by name, are not asked about, let alone saved."""
    archive = service.archive()
    archive = replace(
        archive, limits=replace(archive.limits, allow_hosts=frozenset({"127.0.0.1", "wiki.korda.example"}))
    )
    with pytest.raises(BadAddress, match="told to nobody"):
        ask(location, archive)
    assert service.asked == []


@pytest.mark.parametrize("ask", [find_copy, save_copy])
@pytest.mark.parametrize(
    "location", ["https://[oops/page", "https://korda.example/\ud83d", "https://user:pw@korda.example/", "https:///x"]
)
def test_what_is_no_address_is_told_to_nobody(
    service: Service, ask: Callable[[str, Archive], str], location: str
) -> None:
    """An older record may hold one; it is refused in a sentence."""
    with pytest.raises(BadAddress):
        ask(location, service.archive())
    assert service.asked == []


def test_a_host_is_not_asked_without_a_pause(service: Service) -> None:
    """Between two questions to one host the pause is kept, by whichever thread they are asked."""
    service.answers["/available"] = [send(200, NONE)]
    archive = service.archive(between=0.2)
    begun = time.monotonic()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: find_copy(PAGE, archive), range(4)))
    assert time.monotonic() - begun >= 0.6
    assert Archive().between == 1.0


@pytest.mark.parametrize(
    "answer",
    [
        NONE,
        {"archived_snapshots": {"closest": CLOSEST | {"available": False}}},
        {"archived_snapshots": {"closest": CLOSEST | {"status": "404"}}},
    ],
    ids=["none", "not available", "a copy of an error"],
)
def test_no_whole_copy_is_none(service: Service, answer: object) -> None:
    """Nothing there, or only an error that was kept: no address, and no error of ours."""
    service.answers["/available"] = [send(200, answer)]
    assert find_copy(PAGE, service.archive()) == ""


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (b"<html>busy</html>", "something else than JSON"),
        ([], "another shape"),
        (None, "another shape"),
        ({"archived_snapshots": None}, "another shape"),
        ({"archived_snapshots": {"closest": None}}, "another shape"),
        ({"archived_snapshots": {"closest": CLOSEST | {"url": COPY.replace("20240304", "20249999")}}}, "a moment that is none"),
        ({"archived_snapshots": "none"}, "another shape"),
        ({"archived_snapshots": {"closest": CLOSEST | {"url": "javascript:alert(1)"}}}, "none of a copy"),
        ({"archived_snapshots": {"closest": CLOSEST | {"url": "https://evil.example/web/20240304101500/" + PAGE}}}, "none of a copy"),
        ({"archived_snapshots": {"closest": CLOSEST | {"url": COPY.replace("roll-call", "other")}}}, "another page"),
    ],
)  # fmt: skip
def test_a_malformed_answer_gives_no_address(service: Service, answer: object, told: str) -> None:
    """Nonsense, another shape, another host and another page are refused in a sentence."""
    service.answers["/available"] = [send(200, answer)]
    with pytest.raises(BadAnswer, match=told):
        find_copy(PAGE, service.archive())


def test_a_service_that_asks_for_patience_says_how_long(service: Service) -> None:
    """429 with Retry-After comes back with both."""
    service.answers["/available"] = [send(429, b"", Retry_After="120")]
    with pytest.raises(BadStatus, match="asked too often") as refused:
        find_copy(PAGE, service.archive())
    assert (refused.value.status, refused.value.retry_after) == (429, "120")


def test_a_service_that_is_silent_is_left(service: Service) -> None:
    """Where no answer comes in time, a sentence does."""
    service.answers["/available"] = [lambda _: service.over.wait(20) and None]
    with pytest.raises(NoAnswer, match="cannot be reached"):
        find_copy(PAGE, service.archive())


def test_nobody_there_is_a_sentence(service: Service) -> None:
    """Offline, the address of the service is not told as the page's."""
    archive = Archive("http://127.0.0.1:9/available", "http://127.0.0.1:9", "", service.archive().limits)
    with pytest.raises(NoAnswer, match="The Internet Archive cannot be reached"):
        find_copy(PAGE, archive)


def test_a_copy_is_made_without_keys(service: Service) -> None:
    """The save service sends on to the copy that it made, and that is its address."""
    service.answers["/save/"] = [send(302, b"", Location=f"/web/20240304101500/{PAGE}")]
    service.answers["/web/"] = [send(200, b"<html>Roll call</html>")]
    assert save_copy(f"{PAGE}#top", service.archive()) == COPY
    assert service.asked[0] == f"/save/{PAGE}"
    assert service.keys == [None, None]


def test_a_copy_that_is_named_in_a_header_is_taken(service: Service) -> None:
    """The older answer: the page itself, and where it was kept in Content-Location."""
    service.answers["/save/"] = [send(200, b"<html>Roll call</html>", Content_Location=f"/web/20240304101500/{PAGE}")]
    assert save_copy(PAGE, service.archive()) == COPY


def test_a_form_in_place_of_a_copy_is_none(service: Service) -> None:
    """Where it answers with a page of its own, nothing is made up."""
    service.answers["/save/"] = [send(200, b"<html>Your capture will begin shortly</html>")]
    assert save_copy(PAGE, service.archive()) == ""


def test_a_copy_is_made_by_a_job(service: Service) -> None:
    """With keys a job is asked for and looked after; the keys go in a header, to the host of the copies alone."""
    service.answers["/available"] = [send(200, NONE)]
    service.answers["/save/"] = [send(200, {"url": PAGE, "job_id": "spn2-9f3a"})]
    done = {"status": "success", "job_id": "spn2-9f3a", "timestamp": "20240304101500", "original_url": PAGE}
    service.answers["/save/status/"] = [send(200, {"status": "pending", "resources": []}), send(200, done)]
    assert save_copy(PAGE, service.archive("access:secret")) == COPY
    assert service.asked == [f"/save/{PAGE}", "/save/status/spn2-9f3a", "/save/status/spn2-9f3a"]
    assert set(service.keys) == {"LOW access:secret"}


def test_a_job_that_takes_long_is_left_to_itself(service: Service) -> None:
    """It is made all the same, and found at the next look."""
    service.answers["/save/"] = [send(200, {"job_id": "spn2-9f3a"})]
    service.answers["/save/status/"] = [send(200, {"status": "pending"})]
    assert save_copy(PAGE, service.archive("access:secret", patience=0.05)) == ""


@pytest.mark.parametrize(
    ("job", "state", "told"),
    [
        ({"message": "You need to be logged in to use Save Page Now."}, {}, "logged in"),
        ({"job_id": "../../x"}, {}, "another shape"),
        ({"job_id": "spn2-1"}, {"status": "error", "message": "The page refuses robots."}, "refuses robots"),
        ({"job_id": "spn2-1"}, {"status": "success"}, "another shape"),
        ({"job_id": "spn2-1"}, ["pending"], "another shape"),
    ],
)
def test_a_job_that_fails_says_why(service: Service, job: object, state: object, told: str) -> None:
    """The service's own words where it has some, and a sentence where it has none."""
    service.answers["/save/"] = [send(200, job)]
    service.answers["/save/status/"] = [send(200, state)]
    with pytest.raises(BadAnswer, match=told):
        save_copy(PAGE, service.archive("access:secret"))
