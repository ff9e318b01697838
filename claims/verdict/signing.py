"""What a sign-off requires: a checklist that a person can read, each item with how to mend it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from claims.errors import BadScale
from claims.evidence import Passage, Source, source_problems
from claims.verdict.confidence import check_confidence
from claims.verdict.scales import Scale

#: What is added to an address to follow its readers, and says nothing of what stands there.
_TRACKING = re.compile(
    r"""
    utm_.*                                                  # a campaign
    | (?:fb|g|d|y|tt|tw)clid | msclkid | [gw]braid          # a click on an advertisement
    | mc_[ce]id | _hs(?:enc|mi) | igshid? | _ga | ref_src   # a newsletter, a shared post
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SCHEME = re.compile(r"^(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
_USUAL_PORT = re.compile(r":(?:80|443)?$")


@dataclass(frozen=True, slots=True)
class Requirement:
    """One item of the checklist: what a sign-off requires, whether it is met, and a sentence how to mend it.

    An ``excusable`` one is no hindrance where the sign-off gives a reason.
    """

    name: str
    what: str
    met: bool
    remedy: str
    excusable: bool = False


@dataclass(frozen=True, slots=True)
class _Case:
    """A claim as the checklist sees it: ``beyond`` are its sources other than the checked article, ``looked`` their passages.

    Of these None stands in a document without text, such as a picture; of ``unkept`` many there is no document to look in.
    ``added`` is when each source came.
    """

    claim: Mapping[str, Any]
    scale: Scale
    beyond: Sequence[Source]
    looked: Sequence[Passage | None]
    unkept: int
    added: Mapping[Source, datetime]

    def is_undated(self, source: Source) -> bool:
        return is_undated(source, self.claim, self.added.get(source))

    def has(self, column: str) -> bool:
        return bool(str(self.claim.get(column) or "").strip())


def sign_off_checklist(
    claim: Mapping[str, Any],
    sources: Sequence[Source],
    scale: Scale,
    *,
    second_reading: bool = True,
    reworded: bool = False,
    passages: Mapping[Source, Passage | None] | None = None,
    added: Mapping[Source, datetime] | None = None,
) -> list[Requirement]:
    """What a sign-off of this claim requires, in order, and which of it is met.

    ``claim`` is a row by column name, ``sources`` stand on it, and ``scale`` is the one it was judged by. A corrected value
    is asked only where the verdict wants one, a second reading only where the desk does, that it be read as it is worded now
    where it was ``reworded`` since it was judged, evidence of its day where some was published later, and where a source is
    quoted, that its passage be in the document kept with it, by the ``passages`` that were looked for: None, of a picture, and
    one that is unread nobody can look for but by eye; what is not among them has no document. Evidence of its day is also
    asked where a quoted source has no date and the verdict is as of an earlier day than it was given or decided, or than the
    source was ``added``.

    >>> from claims.verdict import load_scale
    >>> from claims.evidence import find_passage
    >>> row = {"verdict": "Refuted", "confidence": "high", "rationale": "The roll call names 249."}
    >>> roll = Source("https://example.org/roll-call", quoted="249 were absent.", snapshot="a")
    >>> looked = {roll: find_passage(roll.quoted, "Of 785, 249 were absent.")}
    >>> for item in sign_off_checklist(row, [roll], load_scale(), second_reading=False, passages=looked):
    ...     print("met" if item.met else item.remedy, "-", item.name)
    met - verdict
    met - confidence
    met - rationale
    met - quoted passage
    met - passage in its document
    met - evidence beyond the article
    Write what would have been right, such as the true figure. - corrected value
    met - no open dispute
    """
    beyond = [each for each in sources if not source_problems(each) and not is_article(each, claim)]
    found = passages or {}
    looked = [found[each] for each in beyond if each in found]
    unkept = sum(each not in found for each in beyond if each.quoted.strip())
    case = _Case(claim, scale, beyond, looked, unkept, added or {})
    wants = {
        "wording": reworded,
        _OF_ITS_DAY: any(is_later(each, claim.get("verdict_as_of")) for each in sources)
        or any(case.is_undated(each) for each in beyond if each.quoted.strip()),
        _IN_DOCUMENT: bool(looked or unkept),
        "corrected value": scale.wants_correction(claim.get("verdict")),
        "second reading": second_reading,
    }
    return [
        Requirement(name, what + _beside(case, name), met(case), mend, excusable=name in _EXCUSABLE)
        for name, what, mend, met in _ITEMS
        if wants.get(name, True)
    ]


def is_later(source: Source, as_of: date | None) -> bool:
    """Whether the source was published after the day whose knowledge a verdict rests on.

    >>> is_later(Source(title="Roll call", published=date(2024, 3, 5)), date(2024, 3, 3))
    True
    >>> is_later(Source(title="Roll call"), date(2024, 3, 3)), is_later(Source(title="Roll call"), None)
    (False, False)
    """
    return as_of is not None and source.published is not None and source.published > as_of


def is_undated(source: Source, claim: Mapping[str, Any], added_at: datetime | None = None) -> bool:
    """Whether nobody can tell if the source was there to be known: it has no date, and the verdict is as of an earlier day.

    That is a day before the verdict was given or decided, or before the source was put on the claim at ``added_at``.

    >>> row = {"verdict_as_of": date(2024, 3, 4), "checked_at": datetime(2024, 6, 1, 12)}
    >>> is_undated(Source(title="Roll call"), row), is_undated(Source(title="Roll call", published=date(2024, 3, 1)), row)
    (True, False)
    >>> is_undated(Source(title="Roll call"), {"verdict_as_of": date(2024, 6, 1), "checked_at": datetime(2024, 6, 1, 12)})
    False
    >>> march = {"verdict_as_of": date(2024, 3, 4), "checked_at": datetime(2024, 3, 4, 12)}
    >>> is_undated(Source(title="Roll call"), march), is_undated(Source(title="Roll call"), march, datetime(2024, 6, 1, 12))
    (False, True)
    """
    return source.published is None and _looks_back(claim, added_at)


def is_article(source: Source, claim: Mapping[str, Any]) -> bool:
    """Whether the source is the checked article itself: the same address, or the same title and publisher.

    >>> row = {"article_url": "https://www.example.org/escape/", "article_title": "Two vans", "publisher": "The Gazette"}
    >>> is_article(Source("http://example.org/escape?utm_source=mail#top"), row)
    True
    >>> is_article(Source(title="Two vans", publisher="The Courier"), row)
    False

    A publisher left out makes no difference between two sources of one title.
    """
    address = _address(source.location)
    if address and address == _address(claim.get("article_url") or ""):
        return True
    title = _plain(source.title)
    publishers = {_plain(source.publisher), _plain(claim.get("publisher"))} - {""}
    return bool(title) and title == _plain(claim.get("article_title")) and len(publishers) <= 1


def _address(location: str) -> str:
    """An address without scheme, "www.", usual port, trailing slash, fragment and tracking; its query in one order."""
    bare = _SCHEME.sub("", location.strip(), count=1)
    try:
        parts = urlsplit(f"//{bare}")
        asked = sorted(
            pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(pair[0])
        )
    except ValueError:  # such as a bracket that opens and never closes
        return bare
    host = _USUAL_PORT.sub("", parts.netloc.lower().removeprefix("www."))
    return f"{host}{parts.path.rstrip('/')}?{urlencode(asked)}" if host else ""


def _plain(text: str | None) -> str:
    return " ".join((text or "").casefold().split())


def _is_sure(case: _Case) -> bool:
    """Whether a confidence is given, in either form: the desk may have changed its form since."""
    try:
        check_confidence(case.claim.get("confidence"), "either")
    except BadScale:
        return False
    return True


def _read_twice(case: _Case) -> bool:
    return case.has("agreement") or case.has("decided_by")


def _looks_back(claim: Mapping[str, Any], added_at: datetime | None) -> bool:
    """Whether the verdict is as of an earlier day than it was given or decided, or a source was added, whichever was last.

    On that last day what the verdict rests on was there; of an earlier one nobody can tell.
    The day before is none: the desk's day and that of the record, which is UTC's, may be two.
    """
    as_of, given = claim.get("verdict_as_of"), claim.get("checked_at")
    if as_of is None or given is None:
        return as_of is not None
    moments = (each for each in (given, claim.get("decided_at"), added_at) if each is not None)
    last = max(each.date() if isinstance(each, datetime) else each for each in moments)
    return bool(as_of < last - timedelta(days=1))


def _bearing(case: _Case) -> list[Source]:
    """The quoted sources that bear the verdict: those of its own stance, and any where it leans to no side."""
    verdict = case.claim.get("verdict")
    # what wants a correction says that the claim is wrong, whatever its colour
    stances = _AGAINST if case.scale.wants_correction(verdict) else _STANCES.get(case.scale.colour(verdict))
    return [each for each in case.beyond if each.quoted.strip() and (stances is None or each.stance in stances)]


def _known_then(case: _Case) -> bool:
    """Whether what bears the verdict could be known on its day; that a passage is quoted at all is an item of its own.

    Of a verdict that rests on both sides, each side that is quoted: else one of them is only known by now.
    """
    if not any(source.quoted.strip() for source in case.beyond):
        return True
    as_of, bearing = case.claim.get("verdict_as_of"), _bearing(case)
    known = [each for each in bearing if not is_later(each, as_of) and not case.is_undated(each)]
    both = _STANCES.get(case.scale.colour(case.claim.get("verdict"))) == _BOTH
    return bool(known) and (not both or {each.stance for each in known} == {each.stance for each in bearing})


def _beside(case: _Case, name: str) -> str:
    """What is added to an item: how many sources that bear the verdict have no date, and how many documents are not read, or in part."""
    counted: list[tuple[int, str, str]] = []
    if name == _OF_ITS_DAY:
        count = sum(case.is_undated(each) for each in _bearing(case))
        counted = [(count, "source has no date and is not counted", "sources have no date and are not counted")]
    elif name == _IN_DOCUMENT:
        unread = sum(each is not None and each.state == "unread" for each in case.looked)
        in_part = sum(bool(each and each.unread and not each.holds) for each in case.looked) - unread
        counted = [
            (
                case.unkept,
                "passage has no document: nobody looked for it",
                "passages have no document: nobody looked for them",
            ),
            (
                sum(each is None for each in case.looked),
                "document has no text to look in",
                "documents have no text to look in",
            ),
            (unread, "document could not be read by the program", "documents could not be read by the program"),
            (in_part, "document was read in part", "documents were read in part"),
        ]
    return "".join(f" One {one}." if count == 1 else f" {count} {more}." for count, one, more in counted if count)


def _settled(case: _Case) -> bool:
    """Whether it was decided, or what the readers say is one: what the record calls agreed is held to both verdicts as they stand.

    One of another scale than the claim is judged by cannot be compared so.
    """
    agreement, second = case.claim.get("agreement"), case.claim.get("second_verdict")
    differ = agreement == "agreed" and second in case.scale.labels and second != case.claim.get("verdict")
    return case.has("decided_by") or not (agreement == "disputed" or differ)


_IN_DOCUMENT, _OF_ITS_DAY = "passage in its document", "evidence of its day"

#: Items that a reason at the sign-off stands in for: the page may have said it otherwise than it was kept, and what has no
#: date, or a later one, may tell what was known before.
_EXCUSABLE = {_IN_DOCUMENT, _OF_ITS_DAY}

#: The stances that bear a verdict, by its colour; any bears one that leans to no side.
_AGAINST, _BOTH = {"refutes"}, {"supports", "refutes"}
_STANCES = {"green": {"supports"}, "red": _AGAINST, "violet": _BOTH}

#: Each item: its name, what is required, how to mend it, and whether it is met.
_ITEMS: tuple[tuple[str, str, str, Callable[[_Case], bool]], ...] = (
    (
        "verdict",
        "A verdict of the desk's scale is given.",
        "Choose one of the scale's verdicts and save the mark.",
        lambda case: case.claim.get("verdict") in case.scale.labels,
    ),
    (
        "confidence",
        "A confidence in the verdict is given.",
        "Choose how sure the desk is of the verdict and save the mark.",
        _is_sure,
    ),
    (
        "rationale",
        "A rationale is given.",
        "Write what the sources show, and how they lead to the verdict.",
        lambda case: case.has("rationale"),
    ),
    (
        "quoted passage",
        "A source other than the checked article is quoted.",
        "Copy into a source the passage that the verdict rests on.",
        lambda case: any(source.quoted.strip() for source in case.beyond),
    ),
    (
        _IN_DOCUMENT,
        "Each quoted passage stands in the document kept with its source, with nothing else that may change what it says.",
        "Keep its page or file, quote it as that has it, or sign off with the reason: why it is not there, or who read it by eye.",
        lambda case: not case.unkept and all(each is not None and each.holds for each in case.looked),
    ),
    (
        "evidence beyond the article",
        "There is evidence beyond the checked article itself.",
        "Add a source that is not the checked article; if it only bears the same title, name its publisher.",
        lambda case: bool(case.beyond),
    ),
    (
        _OF_ITS_DAY,
        "A quoted passage that bears the verdict was there to be known on the verdict's day.",
        "Quote a source of the verdict's stance, of both where it rests on both, dated no later than its day, judge as of a later day, or give the reason.",
        _known_then,
    ),
    (
        "wording",
        "The verdict was given on the claim as it is worded now.",
        "Judge it once more as it is worded now: by a reading, or by a decision that says so.",
        lambda _case: False,  # asked only where it was reworded since
    ),
    (
        "corrected value",
        "What would have been right is given, as the verdict wants it.",
        "Write what would have been right, such as the true figure.",
        lambda case: case.has("corrected_value"),
    ),
    (
        "second reading",
        "A second person has read the claim.",
        "Ask a colleague to read it without seeing the first verdict.",
        _read_twice,
    ),
    (
        "no open dispute",
        "The readers agree, or their dispute is decided.",
        "Bring the claim before the meeting, or have an editor decide it.",
        _settled,
    ),
)
