"""What a sentence says in passing: of a person's title, age and nationality, and of what was done before what it tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from claims.statements import inflection
from claims.statements.clauses import Branching, has_happened
from claims.statements.meaning import (
    SPEECH,
    WISHES,
    is_actual,
    is_closed,
    is_hedge,
    is_modal,
    is_negated,
    is_quantified,
)
from claims.statements.people import BODIES, HONORIFICS, NAMESAKES, PEOPLE, PROFESSING, RANKS, WARES
from claims.statements.subjects import antecedent, frame_over, is_plural, name_of, subject_of, told_elsewhere
from claims.statements.tree import FINITE, HELPERS, Word, above, below, conjuncts, joiner
from claims.statements.variants import Piece, piece_of
from claims.statements.wording import Item

# Before an -ing form, words after which it tells what was done, too: "jailed after admitting theft". So does "by" of a means.
_FACTUAL = frozenset(["after", "despite", "since"])


def described(word: Word, tree: Branching) -> Iterator[Piece]:
    """What is said of a noun in passing: its place, its title, its nationality, its parts."""
    if (
        word.pos not in {"NOUN", "PROPN"}
        or is_quantified(word)
        or is_closed(word)
        or not (word.pos == "PROPN" or is_actual(word))
        or _is_of_none(word)
    ):
        return
    frame = frame_over(word, tree)
    if word.dep == "attr" and _describes(word) and word.lower not in PROFESSING:
        subject = subject_of(word.head, tree)
        verb = word.head
        for child in word.all("amod"):
            if child.entity == "NORP" and not _is_of_ware(child):
                yield piece_of(frame, (*subject, *_copula(verb)), below(child), below(child))
    if _is_named_person(word):
        yield from _entitle(word, frame)
    yield from _age(word, tree, frame)


def _describes(noun: Word) -> bool:
    verb = noun.head
    return verb.lemma == "be" and bool(verb.first("nsubj")) and not is_negated(verb) and is_actual(verb)


def _is_of_ware(nationality: Word) -> bool:
    """Whether the nationality may be that of what somebody deals in, or no birthright: "a Chinese restaurant owner"."""
    noun = nationality.head
    before = [child for child in noun.children if child.i < noun.i]
    return any(child.lower in WARES and child.i > nationality.i for child in before) or any(
        child.lower == "honorary" for child in before
    )


def _copula(verb: Word) -> tuple[Item, ...]:
    return (*[child for child in verb.children if child.dep in HELPERS and child.i < verb.i], verb)


def titled(words: Iterable[Word]) -> set[Word]:
    """The words of titles and ages that are told of the people named behind them, and need not be said with the name again."""
    told: set[Word] = set()
    for name in words:
        if not _is_named_person(name) or is_closed(name) or is_quantified(name) or _is_of_none(name):
            continue
        title = _title(name)
        if title is not None:
            told.update(title.words, name.all("det"), title.owner)
            told.update(word for word in below(name) if word.dep == "det" and word.i < title.words[-1].i)
        told.update(word for child in name.all("amod") if _is_age(child) for word in below(child))
    return told


def _is_of_none(name: Word) -> bool:
    """Whether nobody is said to be what the name bears as a title: "there is no such person as detective Korda"."""
    return (
        name.dep == "pobj"
        and name.head.lower == "as"
        and any(is_closed(near) for step in above(name) for near in (step, *step.children))
    )


def _is_named_person(word: Word) -> bool:
    return word.entity == "PERSON" and word.pos == "PROPN"


@dataclass(frozen=True, slots=True)
class _Title:
    """The words before a name that say what its bearer is, whose ("Korda's"), and those of the name before its last."""

    words: list[Word]
    owner: list[Word]
    own: list[Word]


def _title(name: Word) -> _Title | None:
    """As in "Italian production designer Ana Korda"; None where nothing stands there, or the parse is not to be trusted."""
    parts = [child for child in name.children if child.dep in {"compound", "amod", "nmod"} and child.i < name.i]
    titles = [child for child in parts if child.entity != "PERSON" or _is_misnamed(child)]
    words = [word for child in titles for word in below(child) if word.dep != "det" and not _is_age(child)]
    own = [word for child in parts if child not in titles for word in below(child)]
    if (
        not words
        or words[-1].lower in HONORIFICS
        or (words[-1].lower in NAMESAKES and words[-1].text[0].isupper())
        or not (words[-1].pos == "NOUN" or words[-1].lower in PEOPLE)
        or name.first("case")
        or words[-1].tag not in {"NN", "NNP"}
        or (own and own[0].i < words[-1].i)
        or any(word.tag == "VBG" and word.lower not in RANKS and not word.children for word in words)
        or any(word.tag in FINITE - {"MD"} or word.dep in {"cc", "appos"} for word in (*words, *own))
    ):
        return None
    owner = [word for child in name.all("poss") for word in below(child)]
    if any(map(is_closed, (*owner, *words))) or (owner and owner[-1].i > words[0].i):
        return None
    return _Title(words, owner, own)


def _entitle(name: Word, frame: tuple[Item, ...]) -> Iterator[Piece]:
    """As in "Italian production designer Ana Korda" → "Ana Korda is an Italian production designer", "Ana Korda is Italian"."""
    title = _title(name)
    if title is None:
        return
    first, last = title.words[0], title.words[-1]
    capital = first.text[0].isupper() and first.tag == "NNP" and not first.opens
    put_in: tuple[Item, ...] = () if capital and last.text[0].isupper() else (inflection.article(first.lower),)
    if any(word.tag in {"POS", "PRP$"} for word in title.words):
        put_in = ()
    put_in = tuple(title.owner) or put_in
    shown = [word.lower if _is_misnamed(word) or _is_of_rank(word) else word for word in title.words]
    yield Piece((*frame, *title.own, name, "is", *put_in, *shown), first.start, last.end)
    if first.entity == "NORP" and first.pos == "ADJ" and last.lower not in PROFESSING and first.i + 1 == last.i:
        yield piece_of((*frame, *title.own, name, "is"), (), [first], [first])


def _is_misnamed(word: Word) -> bool:
    """Whether the word is a title that the parser took for a name: "Midfielder Adam Korda"."""
    return word.opens and word.lower in PEOPLE and word.lower not in NAMESAKES and not word.children


def _is_of_rank(word: Word) -> bool:
    """Whether the word has its capital only from opening a sentence: "Vice president Ana Korda"."""
    return word.opens and word.lower in RANKS and word.head.i > word.i


def _age(noun: Word, tree: Branching, frame: tuple[Item, ...]) -> Iterator[Piece]:
    """As in "16-year-old Ana Korda" → "Ana Korda is 16 years old"."""
    age = next((child for child in noun.all("amod") if _is_age(child)), None)
    if age is None or not (noun.entity == "PERSON" or noun.lower in PEOPLE):
        return
    unit = age.children[0]
    number = unit.first("nummod")
    if number is None:
        return
    name = _known_as(noun, tree, age)
    if name == (noun,) and noun.tag == "NN":
        return  # a title whose name the parse has hung elsewhere
    own = [word for word in below(age) if word.dep != "punct"]
    years = unit.lower.removesuffix("s") + "s"
    yield piece_of((*frame, *name, "are" if noun.tag in {"NNS", "NNPS"} else "is", number, years, "old"), (), [], own)


def _known_as(noun: Word, tree: Branching, age: Word) -> tuple[Item, ...]:
    """Whose age it is: the noun, or what it is said to be another word for."""
    if noun.dep == "attr" and noun.head.is_verbal:
        return subject_of(noun.head, tree)
    if noun.dep == "compound" and noun.head.entity == "PERSON":  # "22-year-old nurse Ana Korda"
        return (*[part for part in noun.head.all("compound") if part.entity == "PERSON"], noun.head)
    renamed = noun.dep == "appos" and noun.head.entity == "PERSON"
    name = name_of(noun.head if renamed else noun, tree, [age])
    clause = next((step for step in above(noun) if step.dep == "relcl"), None)
    if clause is None:
        return name
    owner = (*antecedent(clause.head, tree), "'s")  # "Ilic, whose 12-year-old son ..."
    return tuple(part for item in name for part in (owner if isinstance(item, Word) and item.tag == "WP$" else (item,)))


def _is_age(word: Word) -> bool:
    """Whether the word is the "old" of "16-year-old"."""
    measure = word.first("npadvmod") if word.lower == "old" else None
    return measure is not None and measure.lower in {"year", "month"} and measure is word.children[0]


def done_before(word: Word, tree: Branching) -> Iterator[Piece]:
    """As in "Ilic was jailed after admitting theft" → "Ilic admitted theft"; each of "theft and hiding a gun" alone."""
    if word.dep != "pcomp" or word.pos != "VERB" or not _is_told_of_subject(word) or _runs_on(word, tree):
        return
    chain = [link for link in conjuncts(word) if link.is_verbal]
    if len(chain) > 1 and (joiner(chain) != "and" or any(map(_is_weakened, chain))):
        return
    verb = word.head.head
    subject = tuple(item for item in subject_of(verb, tree) if not _is_aside(item, verb))
    for link in chain:
        words = _told_before(link, verb, tree, [*chain, *(child for each in chain for child in each.all("cc"))])
        if subject and words:
            own = sorted([link, *(item for item in words if isinstance(item, Word))], key=lambda item: item.i)
            yield Piece((*frame_over(word, tree), *subject, *words), own[0].start, own[-1].end)


def _told_before(link: Word, verb: Word, tree: Branching, others: list[Word]) -> list[Item]:
    """The words of an -ing clause in the past, without those of the ``others``; none where its form is another."""
    helpers = [child.lower for child in link.all(*HELPERS)]
    if (link.tag == "VBG" and not helpers) or helpers == ["having"]:
        form: list[Item] = [inflection.past(link.lemma)]
    elif link.first("auxpass"):
        form = ["were" if is_plural(verb) else "was", link]
    else:
        return []
    apart = {*told_elsewhere(link, tree), *others} - {link}
    words = [item for item in below(link, apart) if item.dep not in HELPERS or item.head is not link]
    before = [item for item in words if item.i < link.i]
    after = [item for item in words if item.i > link.i]
    return [form[0], *before, *form[1:], *after] if len(form) > 1 else [*before, *form, *after]


def _is_weakened(verb: Word) -> bool:
    return any(child.dep in {"neg", "preconj"} or is_hedge(child) for child in verb.children)


def _is_aside(item: Item, verb: Word) -> bool:
    """Whether the item belongs to an apposition of the verb's subject: "Ilic, a nurse and mother, ..."."""
    doer = verb.first("nsubj", "nsubjpass")
    return (
        isinstance(item, Word)
        and doer is not None
        and doer.entity == "PERSON"
        and any(step.dep == "appos" and step.head is doer for step in (item, *above(item)))
    )


def _runs_on(word: Word, tree: Branching) -> bool:
    """Whether a finite verb stands right behind the clause, so that the parse has cut it: "selling what he said were"."""
    last = below(word)[-1]
    return any(other.i == last.i + 1 and other.tag in FINITE for other in tree.words)


def _is_told_of_subject(word: Word) -> bool:
    """Whether the -ing form after "after" tells, as a fact, what the subject of the verb before it had done."""
    preposition, verb = word.head, word.head.head
    means = preposition.lower == "by" and not verb.first("auxpass")
    if not (preposition.lower in _FACTUAL or means) or preposition.dep != "prep" or not has_happened(verb):
        return False
    doer = verb.first("nsubj", "nsubjpass")
    if (
        doer is None
        or doer.tag in {"WDT", "WP"}
        or is_quantified(doer)
        or not is_actual(verb)
        or word.first("neg")
        or is_modal(word)
    ):
        return False
    if verb.first("auxpass") and not _is_somebody(doer):
        return False  # "the case was reopened after reading the files"
    between = [child for child in verb.children if verb.i < child.i < preposition.i]
    clauses = any(child.dep in {"xcomp", "ccomp"} or child.first("pcomp") for child in between)
    return not clauses and verb.lemma not in WISHES | SPEECH


def _is_somebody(noun: Word) -> bool:
    """Whether the noun names people, or a body of them."""
    return (
        noun.lemma in PEOPLE | BODIES
        or noun.lower in {"he", "she", "they"}
        or noun.entity == "NORP"
        or noun.pos == "PROPN"
    )
