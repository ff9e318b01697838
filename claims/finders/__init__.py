"""Finding: where evidence on a claim may stand. Candidates for a person to look at; nothing found is ever a verdict.

    words_for(row)                    the words to search by, built from a claim, for the person to change
    Search(Question(words, row), shipped(store))      all finders at once: what each found, or why not

The desk's own claims and sources answer by themselves. Services of the web are asked where :data:`~claims.finders.services.SWITCH` names
them: by default the desk needs nothing but itself.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from claims.fetch import contact
from claims.finders import crossref, factchecks, gdelt, library, shelf, wikis
from claims.finders.asking import Asker
from claims.finders.candidate import KINDS, Candidate
from claims.finders.fewer import or_fewer
from claims.finders.finder import Find, Finder
from claims.finders.question import Question, words_for
from claims.finders.searching import Answer, Search
from claims.finders.services import SERVICES, SWITCH, Service, placed, switched_on
from claims.finders.told import Remark

if TYPE_CHECKING:
    from claims.store import Store

__all__ = [
    "KINDS", "SERVICES", "SWITCH", "Answer", "Asker", "Candidate", "Finder", "Question", "Remark", "Search", "Service",
    "shipped", "words_for",
]  # fmt: skip


def shipped(store: Store, environment: Mapping[str, str] = os.environ) -> list[Finder]:
    """The finders that come with the program: the desk's own claims and sources, and the services that are switched on.

    >>> from claims.store import Store
    >>> with Store(":memory:") as store:
    ...     [finder.name for finder in shipped(store, {"WORKBENCH_FINDERS": "gdelt wikipedia"})]
    ['library', 'shelf', 'wikipedia', 'gdelt']
    """
    at = {name: placed(service, environment) for name, service in SERVICES.items()}
    of_the_web: dict[str, Find] = {
        "factchecks": factchecks.find,
        "wikipedia": or_fewer(partial(wikis.wikipedia, service=at["wikipedia"])),
        "wikidata": partial(wikis.wikidata, service=at["wikidata"]),
        "gdelt": or_fewer(gdelt.find),
        "crossref": partial(crossref.find, contact=contact(environment)),
    }
    asked = switched_on(environment)
    return [
        Finder(library.NAME, "The desk’s own library", partial(library.find, store=store)),
        Finder(shelf.NAME, "What the desk has kept", partial(shelf.find, store=store)),
        *(Finder(name, at[name].title, find, at[name]) for name, find in of_the_web.items() if name in asked),
    ]
