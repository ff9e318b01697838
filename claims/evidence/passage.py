"""A source's quoted passage in its document: found word for word, found with differences, each shown, or not found.

Word for word means the same words in the same order. White space, the form of quotation marks and dashes, ligatures, soft
hyphens and what else is not seen may differ: they are the typesetter's, and change with every copy; so may what a page puts
between the words, as a hyphen at the line's end or a running head. Anything else that differs is shown. A figure and its bound,
a negation, an opposite, and a word of weight that one side alone has are no small difference, however few letters they have.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from claims.evidence.closest import Place, closest, exact, exact_in_order, parts_of
from claims.evidence.denials import denial_of
from claims.evidence.edges import beside
from claims.evidence.folding import fold
from claims.evidence.layout import Page, plain_page
from claims.evidence.omissions import between, count_words
from claims.evidence.runs import Run, side_by_side
from claims.evidence.telling import alters, exchanged

State = Literal["verbatim", "differs", "missing", "unread"]


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a passage stands in its document: ``text[start:end]`` is the whole place, ``spans`` its parts without omissions.

    ``score`` is out of 100. ``runs`` lay the passage beside what was found, word by word, in order; ``omitted`` is what an
    ellipsis of the passage leaves out, each as it stands in the document, and ``turned`` tells that this may turn the sense; so are
    words directly before or behind it that bear on its first or last ones, as "fewer than" before a figure.
    ``denied`` is what the document says before it or next, where that takes the passage back. A missing passage has none of these, and -1 for its place.
    ``around`` tells that it stands in the page around the article, whose words these are then.
    An "unread" one was not looked for. ``unread`` is a sentence why, or where it is not verbatim, which part of its document was read.
    """

    state: State
    start: int = -1
    end: int = -1
    score: float = 0.0
    found: str = ""
    spans: tuple[tuple[int, int], ...] = ()
    runs: tuple[Run, ...] = ()
    omitted: tuple[str, ...] = ()
    turned: bool = False
    denied: str = ""
    unread: str = ""
    around: bool = False

    @property
    def differences(self) -> tuple[Run, ...]:
        """What differs, in order."""
        return tuple(run for run in self.runs if not run.same)

    @property
    def alters(self) -> bool:
        """Whether what differs, or what an ellipsis leaves out, may change what the passage says."""
        said = ["", *(run.quoted for run in self.runs), ""]
        return (
            self.turned
            or any(
                not run.same and not run.aside and alters(run.quoted, run.found, last, following)
                for run, last, following in zip(self.runs, said, said[2:], strict=False)
            )
            or exchanged([(run.quoted, run.found) for run in self.differences if not run.aside])
        )

    @property
    def holds(self) -> bool:
        """Whether the document bears the passage out: it is found, nothing that differs may change what it says, and it stands."""
        return self.state not in {"missing", "unread"} and not self.alters and not self.denied


_MISSING = Passage("missing")

#: What is to be said of a passage whose source has no document.
UNKEPT = "No document is kept: nobody looked for this passage"


def passage_words(passage: Passage | None) -> str:
    """What came of looking for a passage in its document, in words; None is a document that has no text, as a picture.

    >>> passage_words(find_passage("Two vans … north", "Two vans waited north"))
    'Found word for word in the kept document, with 1 word left out'
    >>> passage_words(find_passage("Two vans waited", "Ten vans waited"))
    'Found in the kept document with differences that may change what it says'
    >>> passage_words(find_passage("Two vans … north", "Two vans never went north"))
    'Found in the kept document, but the 2 words left out may change what it says'
    >>> passage_words(find_passage("Two vans waited", "Two vans waited there. That is false."))
    'Found word for word in the kept document, which denies it: “That is false.”'
    >>> passage_words(replace(find_passage("Two vans", "Two vans waited"), around=True))
    'Found word for word in the page around the article, in the kept document'
    >>> passage_words(None)
    'Not found by the program: the kept document has no text'
    >>> passage_words(Passage("unread", unread="The document could not be read within 60 seconds."))
    'Not looked for by the program: the document could not be read within 60 seconds'
    >>> passage_words(Passage("missing", unread="Of 9,000 characters of its text, the first 8,000 are kept."))
    'Not found in the part of the kept document that was read: of 9,000 characters of its text, the first 8,000 are kept'
    """
    if passage is None:
        return "Not found by the program: the kept document has no text"
    why = passage.unread[:1].lower() + passage.unread[1:].removesuffix(".")
    if passage.state == "unread":
        return f"Not looked for by the program: {why}"
    if passage.state == "missing":
        part = f" the part of the kept document that was read: {why}" if why else " the kept document"
        return f"Not found in{part}"
    back = f", which denies it: “{passage.denied}”" if passage.denied else ""
    return _found_words(passage) + back + (f"; {why}" if why else "")


def _found_words(passage: Passage) -> str:
    count = sum(count_words(words) for words in passage.omitted)
    words = f"{count:,} {'word' if count == 1 else 'words'}"
    where = "the page around the article, in the kept document" if passage.around else "the kept document"
    if passage.turned:
        return f"Found in {where}, but the {words} left out may change what it says"
    if passage.state == "verbatim":
        return f"Found word for word in {where}{f', with {words} left out' if count else ''}"
    if passage.omitted and not passage.differences:
        return f"Found in {where} in parts, with {words} left out between them"
    return f"Found in {where} with differences{' that may change what it says' if passage.alters else ''}"


def find_passage(quoted: str, text: str) -> Passage:
    r"""Where a quoted passage stands in the text of its document.

    >>> text = "Of 785 guards,\n249 were “not present”, Ilic said. They did not strike."
    >>> place = find_passage('249 were "not  present"', text)
    >>> place.state, text[place.start : place.end]
    ('verbatim', '249 were “not present”')
    >>> place = find_passage("Of 785 guards, 429 were not present", text)
    >>> place.state, [(run.quoted, run.found) for run in place.differences], place.holds
    ('differs', [('429', '249'), ('not', '“not')], False)
    >>> place = find_passage("Of 785 guards … Ilic said", text)
    >>> place.state, place.omitted, place.holds
    ('differs', (',\n249 were “not present”,',), False)
    >>> find_passage("Of over 785 guards", text).holds, find_passage("Of 785 former guards", text).holds
    (False, False)
    >>> place = find_passage("785 guards, 249 were", "Fewer than 785 guards, 249 were men.")
    >>> place.state, place.omitted, place.holds
    ('verbatim', ('Fewer than',), False)
    >>> find_passage("The prison was stormed at dawn", text).state, find_passage(" ", text).state
    ('missing', 'missing')

    An ellipsis, also in brackets, leaves words out: the parts around it are found in order. Such a passage is verbatim
    where each part is, and what it leaves out is short, of the same sentence, and none of what may turn it: a figure, a hedge, a
    negation, the end of a clause (:func:`~claims.evidence.omissions.omission`). What stands in square brackets
    is an editor's: it differs, but lowers no score. A passage begins and ends where words and figures do: "5 were" is not
    in "785 were". The time is about linear in the text.
    """
    found = _found(quoted, text)
    return _uncut(replace(found, denied=_denied(found, text)), text) if found.state != "missing" else found


def _uncut(found: Passage, text: str) -> Passage:
    """The same passage, turned where it is cut from words that bear on its ends; these are left out, too."""
    if not found.holds or not any(cut := beside(text, found.start, found.end)):
        return found
    before, behind = ((words,) if words else () for words in cut)
    return replace(found, omitted=(*before, *found.omitted, *behind), turned=True)


def _denied(found: Passage, text: str) -> str:
    """What takes the passage back, around it or among what it leaves out."""
    if denial := denial_of(text, found.start, found.end):
        return denial
    omitted = " ".join(" ".join(found.omitted).split())
    denials = (denial_of(text, *span) for span in found.spans) if omitted else ()
    return next((denial for denial in denials if denial and denial in omitted), "")


def _found(quoted: str, text: str) -> Passage:
    parts, whole_quoted = parts_of(quoted), quoted
    whole = fold(text)
    if place := exact(quoted, whole, 0, len(text)):
        return _told([place], Page(text, text))
    if not parts:
        return _MISSING
    straight = _told(exact_in_order(parts, whole), Page(text, text))
    if straight.state == "verbatim":
        return straight
    page = plain_page(text, quoted)
    quoted = plain_page(quoted, "").text  # it may be copied from a page, with its hyphens
    parts = parts_of(quoted)
    if not parts:
        return straight  # nothing but what a page puts around its words, such as its number
    if page.text != text or quoted != whole_quoted:
        whole = fold(page.text)
        first = exact(quoted, whole, 0, len(page.text))
        joined = _told([first] if first else exact_in_order(parts, whole), page)
        straight = straight if straight.holds or joined.state == "missing" else joined
    return straight if straight.state != "missing" else _told(closest(parts, whole), page)


def _told(places: Sequence[Place], page: Page) -> Passage:
    """The places of a passage's parts as what was found; none is a passage that is missing."""
    if not places:
        return _MISSING
    spans = [page.span(place.start, place.end) for place in places]
    gaps = between(places, page.text)
    start, end = spans[0][0], spans[-1][1]
    straight = all(place.exact for place in places) and not page.perhaps(start, end)
    runs = (
        ()
        if straight
        else tuple(run for place, span in zip(places, spans, strict=True) for run in _runs(place, span, page))
    )
    verbatim = (
        not any(not run.same for run in runs)
        and all(place.exact for place in places)
        and not any(gap.shown for gap in gaps)
    )
    return Passage(
        "verbatim" if verbatim else "differs",
        start,
        end,
        min(place.score for place in places),
        page.source[start:end],
        tuple(part for span in spans for part in page.without(*span)),
        () if verbatim else runs,
        tuple(gap.words for gap in gaps),
        any(gap.turns for gap in gaps),
    )


def _runs(place: Place, span: tuple[int, int], page: Page) -> list[Run]:
    """A part beside what stands at its place; a line that may be the page's own is told from the document's words."""
    perhaps = {" ".join(line.split()) for line in page.perhaps(*span)}
    if place.exact and not perhaps:
        return [Run(place.quoted, page.source[slice(*span)], same=True)]
    runs = side_by_side(place.quoted, page.shown(*span))
    both = {*perhaps, " ".join(" ".join(page.perhaps(*span)).split())}
    return [replace(run, aside=not run.quoted and run.found in both) for run in runs]
