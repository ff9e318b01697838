"""Copies in the Internet Archive: whether one is there, and one more asked for. Only an address that it answered with is given."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from ipaddress import ip_address
from typing import Any
from urllib.parse import urldefrag, urlencode, urljoin, urlsplit

from claims.errors import BadAddress, BadAnswer, BadStatus, FetchError, NoAnswer, TooLarge
from claims.evidence.addresses import archived_original, page_key
from claims.fetch import JSON, PAGE, Limits, Page, fetch

#: Where its copies stand, whatever address it was asked at.
COPIES = "https://web.archive.org"

#: The variables that name other addresses of its services, as a mirror or a test has them, and the keys of an account.
ADDRESS, SAVE_ADDRESS, KEY = "WORKBENCH_ARCHIVE_ADDRESS", "WORKBENCH_ARCHIVE_SAVE_ADDRESS", "WORKBENCH_ARCHIVE_KEY"

_NAME = "The Internet Archive"
_TOO_OFTEN = 429
_AGAIN = "It is tried again later."

_INNER = (".local", ".internal", ".lan", ".localhost", ".home.arpa")

_COPY = re.compile(r"/web/(?P<moment>\d{14})(?:[a-z]{2}_)?/(?P<page>.+)", re.DOTALL)
_JOB = re.compile(r"[\w-]{1,200}")


@dataclass(frozen=True, slots=True)
class Archive:
    """The Internet Archive: its availability service, the host of its copies and of Save Page Now, an account's keys.

    ``pause`` are the seconds between two looks at how far a copy is, ``patience`` those after which it is left to itself.
    The shapes are those of archive.org/help/wayback_api.php and of the Save Page Now 2 public API (2023).
    """

    available: str = "https://archive.org/wayback/available"
    web: str = COPIES
    keys: str = ""
    limits: Limits = field(default_factory=lambda: replace(Limits(), read_seconds=30.0, total_seconds=60.0))
    pause: float = 3.0
    patience: float = 60.0


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
        case {"archived_snapshots": dict()}:
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
    """Refuse to tell an address of one's own network: a host allowed by name, an inner number, a name without a domain."""
    host = (urlsplit(location).hostname or "").lower()
    try:
        inner = not ip_address(host).is_global
    except ValueError:
        inner = "." not in host or host.endswith(_INNER)
    if inner or host in archive.limits.allow_hosts:
        raise BadAddress(
            f"The address leads into a network of one's own ({host}), and is told to nobody.",
            "Keep the page with the source.",
        )


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


def _page(address: str, archive: Archive, accept: str) -> Page:
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
