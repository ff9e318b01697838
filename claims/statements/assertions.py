"""From the branches of a tree to pieces: each one assertion, with its subject and its frame put back."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from claims.statements import inflection
from claims.statements.clauses import PLACES, Branching, is_age, is_named_at_once, is_one_of_them, is_parallel, tense
from claims.statements.meaning import is_bare_report, is_negated, is_proviso, is_quantified
from claims.statements.passing import described, done_before, titled
from claims.statements.people import PEOPLE
from claims.statements.subjects import (
    antecedent,
    first_of,
    frame_over,
    is_plural,
    lent_helpers,
    name_of,
    subject_of,
    told_elsewhere,
)
from claims.statements.tree import HELPERS, SUBJECTS, Word, above, below
from claims.statements.variants import Piece, piece_of, variants
from claims.statements.wording import Item

_STATES = frozenset(
    [
        "know",
        "call",
        "name",
        "title",
        "locate",
        "base",
        "consider",
        "situate",
        "entitle",
        "dub",
        "nickname",
        "own",
        "make",
        "compose",
        "design",
    ]
)
_MOST_PIECES = 40
# What says or orders something, which it did and was not doing: "a report accusing the mayor".
_TEXTS = frozenset(
    """
    law bill rule order decree act report letter statement article study video film photo picture image document email
    message tweet post treaty resolution ruling
    """.split()
)
# Adverbs with which an apposition tells what somebody no longer is: "Ilic, once a striker".
_FORMERLY = frozenset("once formerly previously then earlier".split())


def assertions(
    tree: Branching, silent: Collection[int] = (), covered: Collection[int] = (), *, framing: bool = False
) -> list[Piece]:
    """The pieces of a sentence; a verb whose index is in ``silent`` asserts nothing itself, nor, in a frame, does a fragment.

    What a verb whose index is in ``covered`` reports is told elsewhere.
    """
    pieces: list[Piece] = []
    for head in tree.heads:
        if head.dep == "ccomp" and head.head.i in covered:
            continue
        if head.i not in silent and not _is_frame(head, tree) and not (framing and _is_fragment(head)):
            pieces += _tell(head, tree)
    if tree.fine:
        pieces = _briefly(pieces, tree)
        for word in tree.words:
            pieces += [*described(word, tree), *done_before(word, tree)]
    provisos = [word for word in tree.words if word.i not in silent and is_proviso(word)]
    return [_provided(piece, provisos) for piece in pieces[:_MOST_PIECES]]


def _briefly(pieces: list[Piece], tree: Branching) -> list[Piece]:
    """The pieces with people called by their names alone, where what they are is told apart."""
    gone = titled(tree.words)
    names = {noun: words for noun, words in _names(tree) if noun not in gone}
    return [_called(piece, gone, names) for piece in pieces]


def _names(tree: Branching) -> Iterator[tuple[Word, list[Word]]]:
    """Nouns with the name that stands beside each: "a classmate, Ivan Dorn," → "Ivan Dorn"."""
    for name in tree.heads:
        noun = name.head
        if name.dep == "appos" and name.entity == "PERSON" and noun.pos == "NOUN" and noun.tag == "NN":
            plain = noun.dep in {"nsubj", "nsubjpass", "dobj", "pobj"} and not is_quantified(noun)
            if plain and not noun.first("conj") and not name.first("conj", "poss"):
                yield noun, [*name.all("compound"), name]


def _called(piece: Piece, gone: Collection[Word], names: dict[Word, list[Word]]) -> Piece:
    """The piece without the words that are ``gone``, and with each name in place of the noun that it renames."""
    items = [item for item in piece.items if item not in gone]
    for noun, name in names.items():
        if noun in items and name[-1] not in items:
            phrase = set(below(noun))
            place = next(place for place, item in enumerate(items) if item in phrase)
            kept = [item for item in items if item not in phrase]
            items = [*kept[:place], *name, *kept[place:]]
    return Piece(tuple(items), piece.start, piece.end)


def _provided(piece: Piece, provisos: list[Word]) -> Piece:
    """The piece with the provisos of its sentence that it lacks: "according to police, ..."."""
    missing = [word for word in provisos if word not in piece.items]
    if not missing:
        return piece
    opening: list[Item] = []
    for word in missing:
        opening += [*below(word), ","]
    return Piece((*opening, *piece.items), piece.start, piece.end)


def _is_frame(head: Word, tree: Branching) -> bool:
    """Whether all that the verb says is the content told apart ("he said that ...")."""
    return is_bare_report(head) or any(
        child.dep in {"ccomp", "parataxis"} and child in tree.apart and not is_parallel(child)
        for child in head.children
    )


def _is_fragment(head: Word) -> bool:
    """Whether the word opens something that is no main clause."""
    return head.is_root and (head.first("mark") is not None or not (head.is_verbal and head.first(*SUBJECTS)))


def _tell(head: Word, tree: Branching) -> Iterator[Piece]:
    frame = frame_over(head, tree)
    if head.dep == "appos":
        yield from _tell_apposition(head, tree, frame)
        return
    if _is_participle(head):
        yield from _tell_participle(head, tree, frame)
        return
    if head.dep == "prep":
        words = below(head, told_elsewhere(head, tree))
        yield piece_of(
            frame, (*name_of(head.head, tree), "are" if head.head.tag in {"NNS", "NNPS"} else "is"), words, words
        )
        return
    if not head.is_verbal:
        if head.is_root:
            words = below(head, told_elsewhere(head, tree))
            yield piece_of((), (), words, words)
        return
    own = head.first(*SUBJECTS)
    if head.dep == "relcl" or (own is not None and own.tag in {"WDT", "WP"} and first_of(head) is not head):
        yield from _tell_relative(head, tree, frame)
        return
    subject: tuple[Item, ...] = () if own is not None else (*subject_of(head, tree), *lent_helpers(head))
    yield from variants(head, tree, frame, subject)


def _is_participle(verb: Word) -> bool:
    """Whether the verb, or the one it is coordinated with, is a participle that describes: "built in 1931 and closed"."""
    first = first_of(verb)
    opens = first.dep == "acl" or (first.dep == "advcl" and first.tag in {"VBG", "VBN"} and not first.first(*SUBJECTS))
    if verb is first:
        return opens
    forms = {"VBG", "VBN", "VBD"} if first.dep == "acl" and first.tag == "VBN" else {"VBG", "VBN"}
    return opens and verb.tag in forms and not verb.first(*SUBJECTS, *HELPERS)


def _tell_apposition(noun: Word, tree: Branching, frame: tuple[Item, ...]) -> Iterator[Piece]:
    """As in "Bali, spokesman for the guards" → "Bali is spokesman for the guards"; "Bali, 34," → "Bali is 34 years old"."""
    apart = {*told_elsewhere(noun, tree), *_set_off(noun)}
    words = [word for word in below(noun, apart) if word.dep != "punct" or word.head is not noun]
    several = noun.head if noun.first("conj") else noun
    plural = "NNS" in {noun.tag, several.tag} or "NNPS" in {noun.tag, several.tag}
    copula: tuple[Item, ...] = ("are" if plural else "is",)
    if any(word.lower in _FORMERLY for word in words if word.head is noun):
        copula = ("were" if plural else "was",)
    if noun.entity in PLACES and noun.head.entity in PLACES:
        copula = ("is", "in")
    if is_age(noun):
        yield Piece((*frame, *name_of(noun.head, tree), *copula, noun, "years", "old"), noun.start, noun.end)
    elif (
        noun.entity in {"PERSON", "ORG"} and not noun.first("conj") and (_is_title(noun.head) or is_named_at_once(noun))
    ):
        title = name_of(noun.head, tree)
        named = noun.head.first("poss") is not None or noun.head.first("det") is not None or noun.head.pos == "PROPN"
        put_in = () if named else (inflection.article(below(noun.head)[0].lower),)
        yield Piece((*frame, *words, "is", *put_in, *title), words[0].start, words[-1].end)
    else:
        yield piece_of(frame, (*name_of(noun.head, tree), *copula), words, words)


def _set_off(noun: Word) -> list[Word]:
    """What a comma parts from an apposition, and so belongs to the list around it: "Ana Ilic, his wife, and her son"."""
    other = noun.first("conj")
    link = noun.first("cc")
    if other is None or link is None or other.first("conj"):
        return []
    return [link, other] if any(mark.i == link.i - 1 for mark in noun.all("punct")) else []


def _is_title(noun: Word) -> bool:
    """Whether the noun says what somebody is, without saying of whom there is only one: "a lawyer", "harbour chief"."""
    before = [word for word in below(noun) if word.i < noun.i]
    names_none = noun.entity != "PERSON" and (noun.pos == "NOUN" or noun.lower in PEOPLE)
    return names_none and not any(word.lower == "the" or word.tag in {"POS", "PRP$"} for word in before)


def _tell_participle(verb: Word, tree: Branching, frame: tuple[Item, ...]) -> Iterator[Piece]:
    """As in "..., killing three" → "The fire killed three"; "a van parked nearby" → "A van was parked nearby"."""
    first = first_of(verb)
    noun = first.head
    if first.dep == "acl":
        main = next((step for step in above(noun) if step.is_verbal), noun)
        subject = subject_of(main, tree) if noun.dep == "attr" and noun.head is main else name_of(noun, tree)
        plural = noun.tag in {"NNS", "NNPS"}
        if is_one_of_them(noun):
            subject, plural = antecedent(noun, tree), is_plural(main)
    else:
        main = noun
        subject = subject_of(main, tree)
        plural = is_plural(main)
    is_past = tense(main) == "past"
    words = below(verb, told_elsewhere(verb, tree))
    before = [word for word in words if word.i < verb.i and word.dep != "punct"]
    after = [word for word in words if word.i > verb.i]
    form: tuple[Item, ...]
    if verb.tag in {"VBN", "VBD"}:
        now = verb.lemma in _STATES and not is_past
        form = ("are" if plural else "is", *before, verb) if now else ("were" if plural else "was", *before, verb)
    elif first.dep == "acl" and not (is_past and noun.lemma in _TEXTS):
        form = (("were" if plural else "was") if is_past else ("are" if plural else "is"), *before, verb)
    else:
        form = (
            *before,
            inflection.past(verb.lemma) if is_past else verb.lemma if plural else inflection.third(verb.lemma),
        )
    yield Piece(
        (*frame, *subject, *form, *after), words[0].start if words[0].dep != "punct" else words[1].start, words[-1].end
    )


def _tell_relative(head: Word, tree: Branching, frame: tuple[Item, ...]) -> Iterator[Piece]:
    """As in "the van, which he sold to Korda" → "he sold the van to Korda"."""
    noun = first_of(head).head
    whole = below(head, told_elsewhere(head, tree))
    relative = next(
        (
            word
            for word in whole
            if word.lower in {"who", "which", "that", "whom", "whose"} and word.tag in {"WDT", "WP", "WP$"}
        ),
        None,
    )
    name = antecedent(noun, tree)
    own = head.first(*SUBJECTS)
    if own is not relative and is_negated(head):
        name = _known(name)
    words = [word for word in whole if word is not relative]
    if not words:
        return
    if relative is not None and relative.dep == "poss":
        # "whose wife left": "Ilic's wife left"
        possessive = (*name, "'" if isinstance(name[-1], Word) and name[-1].tag in {"NNS", "NNPS"} else "'s")
        yield Piece((*frame, *possessive, *words), words[0].start, words[-1].end)
    elif (relative is None and own is None) or (relative is not None and relative is own):
        yield from _variants_of(head, tree, frame, name, words)
    elif own is not None and own is not relative:
        if relative is not None and relative.dep in SUBJECTS | {"det"}:
            return  # "who they said was armed": the subject of a clause further down
        preps = [word for word in words if word.dep == "prep"]
        anchor = next((word for word in preps if not word.children or relative in word.children), None)
        if anchor is not None and anchor in below(own):  # "one of whom died"
            ahead = [word for word in words if word.i <= anchor.i]
            behind = [word for word in words if word.i > anchor.i]
            yield Piece((*frame, *ahead, *name, *behind), words[0].start, words[-1].end)
        elif anchor is not None and relative is not None and relative in anchor.children:
            rest = [word for word in words if word is not anchor]
            yield Piece((*frame, *rest, anchor, *name), words[0].start, words[-1].end)
        else:
            anchor = anchor or head
            ahead = [word for word in words if word.i <= anchor.i]
            behind = [word for word in words if word.i > anchor.i]
            yield Piece((*frame, *ahead, *name, *behind), words[0].start, words[-1].end)


def _known(name: tuple[Item, ...]) -> tuple[Item, ...]:
    """The name of things already told of: not to know "a man" is to know none, not to know "the man" is not to know this one."""
    first = name[0] if name else None
    if not isinstance(first, Word) or not (first.lower in {"a", "an"} or first.tag == "CD"):
        return name
    return ("the", *name) if first.tag == "CD" else ("the", *name[1:])


def _variants_of(
    head: Word, tree: Branching, frame: tuple[Item, ...], name: tuple[Item, ...], words: list[Word]
) -> Iterator[Piece]:
    """The variants of a relative clause that speaks of its noun as subject."""
    relative = [
        word for word in below(head) if word.tag in {"WDT", "WP"} and word.head is head and word.dep in SUBJECTS
    ][:1]
    for piece in variants(head, tree, frame, ()):
        items = tuple(item for item in piece.items if item not in relative)
        place = len(frame)
        yield Piece(
            (*items[:place], *name, *items[place:]),
            max(words[0].start, piece.start),
            piece.end,
        )
