"""Asking a service through the one way out: in turn, patiently, of late answers from memory, JSON and no more.

What passes by itself is asked again, up to three times and within the deadline: 429, when the service says; 502, 503
and 504, which a server says of another; a connection that breaks, and no answer in time. Any other status is an answer:
500 is the service's own fault, and 400, 401, 403 and 404 would be said again. So are an answer too large, and one that
is no JSON. What has said when it may be asked again is not asked before, whoever asks and whatever for; "soon" says no
moment. Only an answer that its finder could read is remembered.
"""

from __future__ import annotations

import json
import math
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from threading import Lock
from typing import Any, Protocol, TypeVar
from urllib.parse import urlencode, urlsplit

from claims.errors import BadAnswer, BadStatus, FetchError, NoAnswer, TooLarge
from claims.fetch import JSON, Limits, Page, fetch
from claims.finders.candidate import plain
from claims.finders.services import Service

T = TypeVar("T")


class Ask(Protocol):
    """A question to a service by its parameters, and how its answer is read, which is JSON of whatever shape."""

    def __call__(self, given: Mapping[str, str], read: Callable[[Any], T], /) -> T:
        """What is read of the answer; ``read`` raises BadAnswer where the answer is not what it should be."""


#: Bytes that an answer may have, seconds for which one is remembered, how many are, and how often one is asked for.
LARGEST, REMEMBERED, MOST_REMEMBERED, TRIES = 2_000_000, 300.0, 64, 3

#: Seconds that a service may ask us to wait; more, and the person is told rather than kept waiting.
LONGEST_WAIT = 10.0

#: Seconds that are told at most, whatever a service says: a year.
LONGEST_TOLD = 365 * 86_400.0

_HOUR, _DAY = 3_600, 86_400
_TOO_OFTEN, _FIRST_WAIT = 429, 0.5

#: Statuses of what may have passed a moment later; 500, the service's own fault, is none.
_PASSING = frozenset({_TOO_OFTEN, 502, 503, 504})

#: Characters of an answer in plain words that are quoted.
_QUOTED = 200

# What words in no markup do not begin with, or have within.
_NO_WORDS = re.compile(r"\s*[\[{<]|.*</?[a-z!]", re.DOTALL | re.IGNORECASE)


@dataclass(slots=True)
class Asker:
    """What all who ask share: the limits, whose turn it is at each host, who may not be asked yet, the last answers."""

    limits: Limits = field(default_factory=lambda: replace(Limits(), largest_file=LARGEST))
    remembered: float = REMEMBERED
    _turns: dict[str, float] = field(default_factory=dict)
    _not_yet: dict[str, tuple[float, BadStatus]] = field(default_factory=dict)
    _answers: dict[str, tuple[float, Any]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def of(self, service: Service, key: str, deadline: float) -> Ask:
        """How a finder asks this service until ``deadline``, by :func:`time.monotonic`.

        What is asked with is the question's parameters by their names, and how the JSON of the answer is read; what
        comes back is what was read. Raises BadStatus, NoAnswer, BadAnswer, TooLarge or another FetchError, each naming
        the service, and not later than the deadline.

        >>> from claims.finders.services import SERVICES
        >>> here = replace(SERVICES["gdelt"], address="http://127.0.0.1/doc")
        >>> Asker().of(here, "", time.monotonic() + 1)({"query": "Korda"}, dict)
        Traceback (most recent call last):
            ...
        claims.errors.BadAddress: GDELT DOC 2.0 could not be asked. The address http://127.0.0.1/doc leads into a \
private network (127.0.0.1). Use an address on the public web, or allow the host '127.0.0.1' by \
name in WORKBENCH_ALLOW_HOSTS.
        """

        def ask(given: Mapping[str, str], read: Callable[[Any], T], /) -> T:
            address = f"{service.address}?{urlencode(given)}"
            answer, known = self._remembered(address)
            if not known:
                answer = self._patiently(service, address, key, deadline)
            try:
                found = read(answer)
            except BadAnswer as error:
                raise BadAnswer(
                    f"{service.title} gave no answer that can be used. {error.problem}", error.remedy
                ) from error
            if not known:
                self._remember(address, answer)
            return found

        return ask

    def _remembered(self, address: str) -> tuple[Any, bool]:
        """The answer of the last minutes, and whether there is one."""
        with self._lock:
            at, answer = self._answers.get(address, (-math.inf, None))
        return answer, time.monotonic() < at + self.remembered

    def _remember(self, address: str, answer: Any) -> None:
        with self._lock:
            self._answers.pop(address, None)
            while len(self._answers) >= MOST_REMEMBERED:
                self._answers.pop(next(iter(self._answers)))
            self._answers[address] = (time.monotonic(), answer)

    def _patiently(self, service: Service, address: str, key: str, deadline: float) -> Any:
        """Ask, and where the fault may pass, ask again, as long as there is time."""
        failed: FetchError | None = None
        cause: BaseException | None
        for attempt in range(1, TRIES + 1):
            self._heed_refusal(service, deadline)
            try:
                self._wait_for_turn(service, deadline)
            except NoAnswer as error:
                if failed:
                    raise failed from error  # why it was to be asked again says more than that it may not be yet
                raise
            try:
                return self._fetched(service, address, key, deadline)
            except BadStatus as error:
                if error.status not in _PASSING:
                    raise _refused(service, error) from error
                cause, wait = error, waiting(error.retry_after, attempt)
                failed = _not_now(service, error, wait)
                if told_wait(error.retry_after) is not None:
                    self._keep_refusal(service, error, wait)
            except NoAnswer as error:
                cause, wait, failed = error.__cause__, waiting("", attempt), error
            if attempt == TRIES or wait > LONGEST_WAIT or time.monotonic() + wait > deadline:
                raise failed from cause
            time.sleep(wait)
        raise AssertionError("the last try returns or raises")

    def _keep_refusal(self, service: Service, error: BadStatus, wait: float) -> None:
        with self._lock:
            self._not_yet[service.address] = time.monotonic() + wait, error

    def _heed_refusal(self, service: Service, deadline: float) -> None:
        """Wait until a service may be asked that has said when; BadStatus, as it said, where that is too long."""
        with self._lock:
            until, error = self._not_yet.get(service.address, (-math.inf, None))
        left = until - time.monotonic()
        if error is None or left <= 0:
            return
        if left > LONGEST_WAIT or time.monotonic() + left > deadline:
            raise _not_now(service, error, left)
        time.sleep(left)

    def _wait_for_turn(self, service: Service, deadline: float) -> None:
        """Wait until the host's pause is over; NoAnswer where that is not in time."""
        host, now = urlsplit(service.address).netloc, time.monotonic()
        with self._lock:
            turn = max(now, self._turns.get(host, -math.inf))
            if turn < deadline:
                self._turns[host] = turn + service.pause
        if turn >= deadline:
            raise NoAnswer(f"{service.title} may not be asked again so soon.", "Search again in some seconds.")
        time.sleep(turn - now)

    def _fetched(self, service: Service, address: str, key: str, deadline: float) -> Any:
        left = max(deadline - time.monotonic(), 0.0)
        limits = replace(self.limits, total_seconds=min(self.limits.total_seconds, left))
        try:
            page = fetch(
                address, limits=limits, accept=JSON, secret={"X-Goog-Api-Key": key} if key else None, patient=False
            )
        except BadStatus:
            raise
        except TooLarge as error:
            raise TooLarge(
                f"{service.title} answered with more than {limits.largest_file:,} bytes.", "Search with other words."
            ) from error
        except NoAnswer as error:
            raise NoAnswer(
                f"{service.title} did not answer in time, or cannot be reached.",
                "Look at the connection to the internet, and search again.",
            ) from error
        except FetchError as error:
            told = error.problem.replace(address, service.address)
            raise type(error)(f"{service.title} could not be asked. {told}", error.remedy) from error
        return _read(service, page)


def _read(service: Service, page: Page) -> Any:
    """The JSON of an answer, though signs of control stand in its texts as they are."""
    later = "Search again later; if it stays so, the service has changed."
    try:
        answer = json.loads(page.content, strict=False)
    except (ValueError, RecursionError) as error:
        if said := _said(page.content):
            raise BadAnswer(
                f"{service.title} answered in words: “{said}”", "Search with other words, or later."
            ) from error
        raise BadAnswer(f"{service.title} answered with something else than JSON.", later) from error
    if answer is None:  # it did not find nothing, which each of them says otherwise
        raise BadAnswer(f"{service.title} answered with null, which says nothing.", later)
    return answer


def _said(content: bytes) -> str:
    r"""The first words of an answer in plain text; empty where it is markup, half of some JSON, or no text at all.

    >>> _said(b"Your query was too short or too long.")
    'Your query was too short or too long.'
    >>> {_said(answer) for answer in (b"<html>busy</html>", b'{"articles": [', b"\xff\x00")}
    {''}
    """
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return "" if _NO_WORDS.match(text) else plain(text, _QUOTED)


def waiting(retry_after: str, attempt: int) -> float:
    """The seconds to wait before one more question: as the service says, in seconds or as a moment; else ever longer.

    >>> waiting("3", 1), waiting("", 1), waiting("", 2), waiting("soon", 3), waiting("Wed, 21 Oct 2015 07:28:00 GMT", 1)
    (3.0, 0.5, 1.0, 2.0, 0.0)
    >>> waiting("9" * 400, 1) == waiting("Wed, 21 Oct 2999 07:28:00 GMT", 1) == LONGEST_TOLD
    True
    """
    asked = told_wait(retry_after)
    return _FIRST_WAIT * 2.0 ** (attempt - 1) if asked is None else asked


def told_wait(retry_after: str) -> float | None:
    """The seconds that a service asks us to wait; None where it names neither a number of them nor a moment.

    >>> told_wait("3"), told_wait("Wed, 21 Oct 2015 07:28:00 GMT"), told_wait("soon"), told_wait("")
    (3.0, 0.0, None, None)
    """
    if retry_after.isascii() and retry_after.strip().isdigit():
        return min(float(retry_after), LONGEST_TOLD)
    try:
        asked = (parsedate_to_datetime(retry_after) - datetime.now(UTC)).total_seconds()
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(0.0, asked), LONGEST_TOLD)


def wait_words(seconds: float) -> str:
    """How long that is, in whole minutes, hours or days, never less than it is.

    >>> wait_words(2), wait_words(720), wait_words(3600), wait_words(3601), wait_words(200_000)
    ('1 minute', '12 minutes', '60 minutes', '2 hours', '3 days')
    """
    if seconds <= _HOUR:
        size, name = 60, "minute"
    else:
        size, name = (_HOUR, "hour") if seconds <= _DAY else (_DAY, "day")
    number = max(1, math.ceil(seconds / size))
    return f"{number} {name}" if number == 1 else f"{number:,} {name}s"


def _not_now(service: Service, error: BadStatus, wait: float) -> BadStatus:
    """What is said of a service that may be asked again in so many seconds, which stand with it if it has told them."""
    again = "" if told_wait(error.retry_after) is None else f"{math.ceil(wait)}"
    if error.status != _TOO_OFTEN:
        told = _refused(service, error)
        remedy = f"Search again in {wait_words(wait)}." if again and wait else told.remedy
        return BadStatus(told.problem, remedy, error.status, again)
    problem = f"{service.title} has been asked too often (status {error.status})."
    return BadStatus(problem, f"Search again in {wait_words(wait)}.", error.status, again)


def _refused(service: Service, error: BadStatus) -> BadStatus:
    fault = error.status // 100 == 5  # noqa: PLR2004 - the hundred of a server's own faults
    means = "has a fault of its own" if fault else "refuses the question"
    remedy = "Search again later." if fault else f"See that {service.key or 'the address'} is set as the service asks."
    again = "" if told_wait(error.retry_after) is None else error.retry_after
    return BadStatus(f"{service.title} {means} (status {error.status}).", remedy, error.status, again)
