"""Matching: the same claim elsewhere, and claims that cannot both hold.

    "Some 785 detainees fled the Korda camp"  /  "Nearly 800 inmates escaped from the Korda camp"     a repeat
    "785 detainees fled the Korda camp"       /  "About 100 inmates escaped from the Korda camp"      a figure clashes
    "Almost all detainees fled the camp"      /  "785 of the 950 detainees fled the camp"             a share against its band
    "Almost all detainees fled the camp"      /  "785 detainees fled" and "The camp held 950"         the same, of three claims
    "785 foreign detainees fled the camp"     /  "950 detainees fled the camp"                        neither: a part
    "785 detainees escaped from the camp"     /  "About 100 fled", in one article                     uncertain: perhaps not of all
    "Police arrested 12 men in Korda"         /  "Police arrested 5 men", said a day later                uncertain: perhaps two acts

The rooms: ``vocabulary`` knows which words mean the same (an editable table), ``assertion`` reads a claim, ``amounts`` its
figures as stretches that rounding and hedges allow, ``ranks`` places, ages, scores and hours, ``tolls`` what a death toll counts;
``index`` finds who is worth comparing, ``agreement`` what two share, ``days``, ``standing``, ``comparing``, ``recurring``,
``events`` and ``places`` whether they speak of one time, one thing and one event; ``numbers`` (with ``counting``, ``ellipses`` and
``holding``) and ``denials`` are ways to clash, and a ``clash`` says why; ``repeats`` and ``contradictions`` judge two claims,
``proportions`` three, ``told`` writes a finding as cells of a table, and ``timeline`` draws one figure by date. A finding links two claims and
says why; it merges nothing and is no verdict. Where anything may tell two things apart, there is no finding, or one that is not
firm.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

import pandas as pd

from claims.matching.agreement import agreement
from claims.matching.assertion import Assertion, assertion_of
from claims.matching.clash import Clash
from claims.matching.contradictions import contradiction
from claims.matching.ellipses import act_alone
from claims.matching.index import READS, Index
from claims.matching.proportions import proportions, tells_share
from claims.matching.repeats import Match, repeat
from claims.matching.timeline import Point, timeline
from claims.matching.told import TOLD, told
from claims.matching.vocabulary import forms_of, meaning

__all__ = [
    "READS",
    "TOLD",
    "Assertion",
    "Clash",
    "Index",
    "Match",
    "Point",
    "act_alone",
    "assertion_of",
    "compared",
    "contradiction",
    "contradictions",
    "finding",
    "findings",
    "forms_of",
    "meaning",
    "pairs",
    "proportions",
    "repeat",
    "repeats",
    "tells_share",
    "timeline",
    "told",
]

#: The copies of a claim that are worth comparing where the claim itself was found.
Copies = Callable[[Assertion], Iterable[Assertion]]


def repeats(row: Mapping[str, Any], index: Index) -> list[Match]:
    """The claims of the index that say what this one says, the surest first.

    >>> index = Index([{"claim_id": "a", "article_id": "1", "claim": "785 detainees fled the Korda camp."}])
    >>> row = {"claim_id": "b", "article_id": "1", "claim": "Nearly 800 inmates escaped from the Korda camp."}
    >>> [(match.other_id, match.parts[1]) for match in repeats(row, index)]
    [('a', 'figure: Nearly 800 / 785')]
    >>> repeats(row | {"claim": "Nearly 800 guards searched the Korda camp."}, index)
    []
    """
    asked = assertion_of(row)
    found = compared(asked, index.candidates(asked), partial(index.copies, asked=asked), judge=repeat)
    return sorted((each for each, _ in found if isinstance(each, Match)), key=lambda match: -match.score)


def contradictions(row: Mapping[str, Any], index: Index) -> list[Clash]:
    """The claims of the index that cannot hold beside this one, the firm ones first.

    >>> index = Index([{"claim_id": "a", "article_id": "1", "claim": "785 of the 950 detainees fled the Korda camp."}])
    >>> row = {"claim_id": "b", "article_id": "1", "claim": "Almost all detainees fled the Korda camp."}
    >>> print(contradictions(row, index)[0].why)
    Almost all (90% to 99%) and 785 of the 950 (83%) do not fit: both speak of "detainees", "fled", "Korda", "camp".
    """
    asked = assertion_of(row)
    found = findings(asked, index.candidates(asked), partial(index.copies, asked=asked))
    return sorted((each for each in found if isinstance(each, Clash)), key=lambda clash: not clash.firm)


def finding(one: Assertion, other: Assertion) -> Match | Clash | None:
    """What two assertions are to each other: a clash before a repeat, None where they are neither.

    >>> fled = assertion_of({"claim_id": "a", "claim": "785 detainees fled the Korda camp."})
    >>> finding(fled, assertion_of({"claim_id": "b", "claim": "Wheat is dear."})) is None
    True
    """
    shared = agreement(one, other)
    return contradiction(one, other, shared) or repeat(one, other, shared)


def compared(
    asked: Assertion,
    others: Iterable[Assertion],
    copies: Copies = lambda _other: (),
    *,
    judge: Callable[[Assertion, Assertion], Match | Clash | None] = finding,
) -> Iterator[tuple[Match | Clash, Assertion]]:
    """What one assertion is to each of the others, with that other; where one is found, its copies are compared too.

    >>> fled, fewer, again = (assertion_of({"claim_id": name, "article_id": "1", "claim": f"{told} detainees fled the Korda camp."})
    ...     for name, told in (("a", "785"), ("b", "About 100"), ("c", "About 100")))
    >>> [other.claim_id for _, other in compared(fled, [fewer], lambda _other: [fewer, again])]
    ['b', 'c']
    """
    others = list(others)
    seen = {id(asked), *map(id, others)}
    followed: set[Hashable] = set()
    for other in others:
        if not (found := judge(asked, other)):
            continue
        yield found, other
        if other.saying not in followed:
            followed.add(other.saying)
            more = (copy for copy in copies(other) if id(copy) not in seen and copy.claim_id != asked.claim_id)
            yield from ((again, copy) for copy in more if (again := judge(asked, copy)))


def findings(
    asked: Assertion, others: Iterable[Assertion], copies: Copies = lambda _other: ()
) -> Iterator[Match | Clash]:
    """What one assertion is to each of the others and to copies of those, then to two of them together.

    >>> most, part, whole = (assertion_of({"claim_id": name, "article_id": "1", "claim": claim}) for name, claim in (
    ...     ("a", "Almost all detainees fled the Korda camp."), ("b", "785 detainees fled the Korda camp."),
    ...     ("c", "The Korda camp held 950 detainees.")))
    >>> [(found.kind, found.other_id) for found in findings(most, [part, whole])]
    [('share', 'b')]
    """
    others = list(others)
    yield from (found for found, _ in compared(asked, others, copies))
    yield from proportions(asked, others)


def pairs(
    table: Iterable[Mapping[str, Any]] | pd.DataFrame | Index, *, tell: Callable[[int], object] = lambda _done: None
) -> Iterator[Match | Clash]:
    """Every repeat and every clash of a whole table, each pair once, as they are found; ``tell`` hears of each claim compared.

    >>> rows = [{"claim_id": str(n), "article_id": "1", "claim": f"{n} men fled the Korda camp."} for n in (12, 12, 90)]
    >>> [(type(found).__name__, found.claim_id, found.other_id) for found in pairs(rows)]
    [('Clash', '90', '12'), ('Clash', '90', '12')]
    """
    index = table if isinstance(table, Index) else Index(table)
    for number, asked in enumerate(index.assertions):
        tell(1)
        near = index.candidates(asked, before=number)
        yield from (found for found, _ in compared(asked, near, partial(index.copies, asked=asked, before=number)))
        if tells_share(asked):  # of three claims the share tells, once, whatever their order
            yield from proportions(asked, index.candidates(asked))
