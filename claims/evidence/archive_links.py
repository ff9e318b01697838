"""Copies in the Internet Archive: whether one is there, and one more asked for. Only an address that it answered with is given."""

from __future__ import annotations

import json
import re
import time
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from ipaddress import IPv4Address, IPv6Address, ip_address
from threading import Lock
from typing import Any
from urllib.parse import urldefrag, urlencode, urljoin, urlsplit

from claims.connections import is_public
from claims.errors import BadAddress, BadAnswer, BadStatus, FetchError, NoAnswer, TooLarge
from claims.evidence.addresses import address_problem, archived_original, page_key
from claims.fetch import JSON, PAGE, Limits, Page, fetch

#: Where its copies stand, whatever address it was asked at.
COPIES = "https://web.archive.org"

#: The variables that name other addresses of its services, as a mirror or a test has them, and the keys of an account.
ADDRESS, SAVE_ADDRESS, KEY = "WORKBENCH_ARCHIVE_ADDRESS", "WORKBENCH_ARCHIVE_SAVE_ADDRESS", "WORKBENCH_ARCHIVE_KEY"

_NAME = "The Internet Archive"
_TOO_OFTEN = 429
_AGAIN = "It is tried again later."

#: Seconds between two questions to one of its hosts, whoever of this process asks; after a copy was asked for, so many times that.
BETWEEN, _SAVING = 1.0, 5

# Ends of names that are of one's own network though the root of the internet, or the list of public suffixes, knows of them.
_INNER = frozenset({"arpa", "onion", "local", "localhost", "internal", "test", "invalid"})

# The end of names that stand in examples (RFC 2606): nobody's network.
_EXAMPLE = "example"

# How a number begins that a browser takes for an address, in whatever way it is written.
_NUMBER = re.compile(r"\d|0x", re.IGNORECASE)

_COPY = re.compile(r"/web/(?P<moment>\d{14})(?:[a-z]{2}_)?/(?P<page>.+)", re.DOTALL)
_JOB = re.compile(r"[\w-]{1,200}")


@dataclass(frozen=True, slots=True)
class Archive:
    """The Internet Archive: its availability service, the host of its copies and of Save Page Now, an account's keys.

    ``pause`` are the seconds between two looks at how far a copy is, ``patience`` those after which it is left to itself,
    ``between`` those between any two questions to one host.
    The shapes are those of archive.org/help/wayback_api.php and of the Save Page Now 2 public API (2023).
    """

    available: str = "https://archive.org/wayback/available"
    web: str = COPIES
    keys: str = ""
    limits: Limits = field(default_factory=lambda: replace(Limits(), read_seconds=30.0, total_seconds=60.0))
    pause: float = 3.0
    patience: float = 60.0
    between: float = field(default_factory=lambda: BETWEEN)


def archive_of(environment: Mapping[str, str]) -> Archive:
    """The Internet Archive as these settings name it.

    >>> archive_of({}).available
    'https://archive.org/wayback/available'
    >>> archive_of({ADDRESS: "http://127.0.0.1:8000/available"}).available
    'http://127.0.0.1:8000/available'
    """
    usual = Archive()
    return Archive(
        environment.get(ADDRESS, "") or usual.available,
        (environment.get(SAVE_ADDRESS, "") or usual.web).rstrip("/"),
        environment.get(KEY, ""),
    )


def copied_at(address: str) -> datetime:
    """When a copy was made, as its address says.

    >>> copied_at("https://web.archive.org/web/20240304101500/https://korda.example/roll-call").isoformat()
    '2024-03-04T10:15:00+00:00'
    """
    found = _COPY.fullmatch(address.removeprefix(COPIES))
    if found is None:
        raise BadAnswer(f"{_NAME} answered with an address that is none of a copy.", _AGAIN)
    try:
        return datetime.strptime(found["moment"], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError as error:
        raise BadAnswer(f"{_NAME} answered with a copy of a moment that is none.", _AGAIN) from error


def find_copy(location: str, archive: Archive) -> str:
    """The address of the newest whole copy of this page; empty where there is none.

    Asks the availability service, which hears the page's address. Raises FetchError in its kinds: BadStatus with what the
    service says of when to ask again, NoAnswer, BadAnswer.
    """
    _check_open(location, archive)
    answer = _answer(f"{archive.available}?{urlencode({'url': urldefrag(location).url})}", archive)
    match answer:
        case {"archived_snapshots": {"closest": {"available": True, "url": str(address), "status": "200"}}}:
            return _copy_of(address, location)
        case {"archived_snapshots": {"closest": {"available": True, "url": str(), "status": str()}}}:
            return ""  # an error that was kept
        case {"archived_snapshots": {"closest": {"available": False}}}:
            return ""
        case {"archived_snapshots": dict(found)} if not found:
            return ""
    raise _other_shape()


def save_copy(location: str, archive: Archive) -> str:
    """Ask for a copy to be made now; its address, empty where it is still being made.

    The copy is public. With the keys of an account the copy is asked for as a job, which is looked after until it is done;
    without, the service answers by sending on to the copy. Raises FetchError in its kinds.
    """
    _check_open(location, archive)
    asked = f"{archive.web}/save/{urldefrag(location).url}"
    if archive.keys:
        return _saved_by_job(asked, location, archive)
    page = _page(asked, archive, PAGE)
    told = (
        urljoin(page.final_url, page.headers.get("content-location", "")) if page.final_url == asked else page.final_url
    )
    if told.startswith(f"{archive.web}/web/"):
        return _copy_of(COPIES + told.removeprefix(archive.web), location)
    return ""


def _check_open(location: str, archive: Archive) -> None:
    """Refuse to tell an address of one's own network: a host allowed by name, an inner number, a name that is not public."""
    if problem := address_problem(location):
        raise BadAddress(problem, "Correct the source.")
    host = _plain(urlsplit(location).hostname or "")
    if host in {_plain(name) for name in archive.limits.allow_hosts} or not _is_public(host):
        raise BadAddress(
            f"The address leads into a network of one's own ({host or 'no host'}), and is told to nobody.",
            "Keep the page with the source.",
        )


def _plain(name: str) -> str:
    """A host as the network knows it: without a final dot, each sign in its plain form."""
    plain = unicodedata.normalize("NFKC", name).replace("\N{IDEOGRAPHIC FULL STOP}", ".")
    return plain.lower().rstrip(".")


def _is_public(host: str) -> bool:
    """Whether a host is of the open internet: a number that is, or a name below a public suffix.

    >>> [_is_public(host) for host in ("korda.org", "korda.example", "93.184.216.34")]
    [True, True, True]
    >>> [_is_public(host) for host in ("korda", "wiki.korda.corp", "wiki.internal", "127.0.0.1", "127.1", "0x7f.1", "")]
    [False, False, False, False, False, False, False]
    """
    # The list of suffixes that courlan, trafilatura's own, brings: only who asks an archive waits for it.
    from tld import is_tld  # noqa: PLC0415

    name, _, end = host.rpartition(".")
    if ":" in host or _NUMBER.match(end):
        try:
            number = ip_address(host)
        except ValueError:
            return False  # a number in a way of writing of its own
        return is_public(number) and not _dressed(number)
    return bool(name) and (end == _EXAMPLE or (end not in _INNER and is_tld(end)))


def _dressed(number: IPv4Address | IPv6Address) -> bool:
    """Whether this is an address of the old kind in the clothes of the new, which no page is published at."""
    return isinstance(number, IPv6Address) and bool(number.ipv4_mapped or number.sixtofour or number.teredo)


def _saved_by_job(asked: str, location: str, archive: Archive) -> str:
    job = _answer(asked, archive)
    name = job.get("job_id") if isinstance(job, dict) else None
    if not isinstance(name, str) or not _JOB.fullmatch(name):
        raise _refused(job) if isinstance(job, dict) and "message" in job else _other_shape()
    until = time.monotonic() + archive.patience
    while time.monotonic() < until:
        match state := _answer(f"{archive.web}/save/status/{name}", archive):
            case {"status": "success", "timestamp": str(moment), "original_url": str(page)}:
                return _copy_of(f"{COPIES}/web/{moment}/{page}", location)
            case {"status": "error"}:
                raise _refused(state)
            case {"status": "pending"}:
                time.sleep(archive.pause)
            case _:
                raise _other_shape()
    return ""


def _copy_of(address: str, location: str) -> str:
    """The address of a copy as it is kept; BadAnswer where it is none of this page."""
    bare = re.sub(r"^http://", "https://", address)
    place = bare.removeprefix(COPIES)
    if place == bare or not _COPY.fullmatch(place) or not archived_original(bare):
        raise BadAnswer(f"{_NAME} answered with an address that is none of a copy.", _AGAIN)
    copied_at(bare)
    if page_key(bare) != page_key(location):
        raise BadAnswer(f"{_NAME} answered with the copy of another page.", "Look for the copy with a browser.")
    return bare


def _refused(answer: Mapping[str, Any]) -> BadAnswer:
    said = " ".join(str(answer.get("message") or answer.get("status_ext") or "no reason given").split())[:200]
    return BadAnswer(f"{_NAME} could not make a copy: {said.rstrip('.')}.", _AGAIN)


def _other_shape() -> BadAnswer:
    return BadAnswer(f"{_NAME} answered in another shape than it says it does.", "If it stays so, it has changed.")


def _answer(address: str, archive: Archive) -> Any:
    try:
        return json.loads(_page(address, archive, JSON).content)
    except (ValueError, RecursionError) as error:
        raise BadAnswer(f"{_NAME} answered with something else than JSON.", _AGAIN) from error


class _Turns:
    """Whose turn it is at each host: nobody of this process asks before the pause after the last question is over."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._next: dict[str, float] = {}

    def wait(self, address: str, pause: float) -> None:
        """Wait until this address may be asked; the next to ask its host waits for ``pause`` after that."""
        host = urlsplit(address).netloc
        with self._lock:
            turn = max(time.monotonic(), self._next.get(host, 0.0))
            self._next[host] = turn + pause
        time.sleep(max(turn - time.monotonic(), 0.0))


_turns = _Turns()


def _page(address: str, archive: Archive, accept: str) -> Page:
    saves = address.startswith(f"{archive.web}/save/") and not address.startswith(f"{archive.web}/save/status/")
    _turns.wait(address, archive.between * (_SAVING if saves else 1))
    secret = {"Authorization": f"LOW {archive.keys}"} if archive.keys and address.startswith(archive.web) else None
    try:
        return fetch(address, limits=archive.limits, accept=accept, secret=secret)
    except BadStatus as error:
        means = "has been asked too often" if error.status == _TOO_OFTEN else "did not do what it was asked"
        raise BadStatus(f"{_NAME} {means} (status {error.status}).", _AGAIN, error.status, error.retry_after) from error
    except NoAnswer as error:
        raise NoAnswer(f"{_NAME} cannot be reached, or did not answer in time.", _AGAIN) from error
    except TooLarge as error:
        raise TooLarge(f"{_NAME} answered with more than is read.", _AGAIN) from error
    except FetchError as error:
        raise type(error)(f"{_NAME} could not be asked. {error.problem}", error.remedy) from error
