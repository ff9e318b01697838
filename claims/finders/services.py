"""The services of the web that are asked: where each stands, how often it may be asked, and by which terms. A table of data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from claims.errors import ClaimsError


@dataclass(frozen=True, slots=True)
class Service:
    """``pause`` are the seconds between two questions to its host; ``key`` the variable that holds a key, where it asks one.

    ``terms`` say by what one may ask, ``robots`` what its robots.txt has to do with it: the addresses here are made for
    programs, and no page is followed from them.
    """

    name: str
    title: str
    address: str
    pause: float
    terms: str
    robots: str
    key: str = ""


_FOR_PROGRAMS = "An interface made for programs, asked at a person's request; no page is followed from it."

SERVICES: dict[str, Service] = {
    each.name: each
    for each in (
        Service(
            "factchecks", "Google Fact Check Tools", "https://factchecktools.googleapis.com/v1alpha1/claims:search", 0.2,
            "Google APIs Terms of Service; a key of one's own. Verdicts are their publishers'.", _FOR_PROGRAMS,
            key="WORKBENCH_FACTCHECK_KEY",
        ),
        Service(
            "wikipedia", "Wikipedia", "https://en.wikipedia.org/w/api.php", 0.5,
            "Wikimedia's User-Agent policy and API etiquette: who asks is named, with a contact (WORKBENCH_CONTACT), one "
            "question at a time. CC BY-SA 4.0.",
            _FOR_PROGRAMS,
        ),
        Service(
            "wikidata", "Wikidata", "https://www.wikidata.org/w/api.php", 0.5,
            "Wikimedia's User-Agent policy and API etiquette: who asks is named, with a contact (WORKBENCH_CONTACT), one "
            "question at a time. CC0.",
            _FOR_PROGRAMS,
        ),
        Service(
            "gdelt", "GDELT DOC 2.0", "https://api.gdeltproject.org/api/v2/doc/doc", 5.0,
            "Free for any use with a citation; no more than one question in five seconds. The last three months of news.",
            _FOR_PROGRAMS,
        ),
        Service(
            "crossref", "Crossref", "https://api.crossref.org/works", 0.2,
            "Open metadata, no sign-up; the rate limit that its headers name.", _FOR_PROGRAMS,
        ),
    )
}  # fmt: skip

#: Which finders of the web the desk asks, names with blanks or commas between, or "all"; none where it is not set.
SWITCH = "WORKBENCH_FINDERS"

_ALL = "all"


def placed(service: Service, environment: Mapping[str, str]) -> Service:
    """The service at the address that WORKBENCH_<NAME>_ADDRESS names, as a mirror or a test does; else at its own.

    >>> placed(SERVICES["wikipedia"], {"WORKBENCH_WIKIPEDIA_ADDRESS": "https://de.wikipedia.org/w/api.php"}).address
    'https://de.wikipedia.org/w/api.php'
    >>> placed(SERVICES["crossref"], {}).address
    'https://api.crossref.org/works'
    """
    return replace(service, address=environment.get(f"WORKBENCH_{service.name.upper()}_ADDRESS", "") or service.address)


def switched_on(environment: Mapping[str, str]) -> set[str]:
    """The names of the services that the desk may ask: by default none, since the desk needs nothing but itself.

    >>> switched_on({}), sorted(switched_on({SWITCH: "gdelt, wikipedia"})), len(switched_on({SWITCH: "all"}))
    (set(), ['gdelt', 'wikipedia'], 5)
    >>> switched_on({SWITCH: "gdelt wikipeda"})
    Traceback (most recent call last):
        ...
    claims.errors.ClaimsError: WORKBENCH_FINDERS names 'wikipeda', which is none of the services. Write some of: factchecks, \
wikipedia, wikidata, gdelt, crossref; or all.
    """
    named = list(dict.fromkeys(environment.get(SWITCH, "").replace(",", " ").lower().split()))
    unknown = [name for name in named if name not in {*SERVICES, _ALL}]
    if unknown:
        raise ClaimsError(
            f"{SWITCH} names {', '.join(map(repr, unknown))}, which {'is' if len(unknown) == 1 else 'are'} none of the services.",
            f"Write some of: {', '.join(SERVICES)}; or {_ALL}.",
        )
    return set(SERVICES) if _ALL in named else set(named)
