"""What a piece takes over from the words around it: its subject, its auxiliaries, the attributions above it."""

from __future__ import annotations

from collections.abc import Iterable

from claims.statements import inflection
from claims.statements.clauses import Branching, is_one_of_them, is_parallel, leans, tense
from claims.statements.meaning import is_hedge
from claims.statements.tree import HELPERS, SUBJECTS, Word, above, below
from claims.statements.wording import Item


def frame_over(word: Word, tree: Branching) -> tuple[Item, ...]:
    """The attributions over ``word``, the outermost first: "Ilic said that", "Korda wrote that Ilic believes that"."""
    frames: list[tuple[Item, ...]] = []
    below_it = word
    for step in above(word):
        if below_it.dep in {"ccomp", "parataxis"} and below_it in tree.apart and not is_parallel(below_it):
            frames.insert(0, _governor(step, below_it, tree))
        below_it = step
    return tuple(item for frame in frames for item in frame)


def _governor(verb: Word, content: Word, tree: Branching) -> tuple[Item, ...]:
    """The words that introduce ``content``: subject, verb and what stands between."""
    drop = {
        content,
        *told_elsewhere(verb, tree),
        *verb.all("mark", "cc"),
        *(child for child in verb.all("advcl") if child in tree.heads),
    }
    words = [
        word
        for word in below(verb, drop)
        if word.dep != "punct" or word.head is not verb or (word.text == "," and word.i < verb.i)
    ]
    own = verb.first(*SUBJECTS)
    subject: tuple[Item, ...] = () if own is not None else (*subject_of(verb, tree), *lent_helpers(verb))
    if own is not None and own.i > verb.i and content.i < verb.i:
        # “...,” said Ilic: the subject goes back in front of its verb
        front = set(below(own))
        words = [word for word in words if word in front] + [word for word in words if word not in front]
    claims = verb.tag == "VBG" and not verb.first(*HELPERS)
    told: list[Item] = [_finite(verb) if claims and word is verb else word for word in words]
    if content.first("mark") is not None and content.i > verb.i:
        return (*subject, *told, *content.all("mark"))
    if content.i > verb.i and below(content)[0].lower == "that":
        return (*subject, *told)
    return (*subject, *told, "that")


def _finite(participle: Word) -> str:
    """The participle as the verb of its own sentence, in the tense of the verb over it: "claiming" → "claimed"."""
    main = next((step for step in above(participle) if step.is_verbal), participle)
    if tense(main) != "present":
        return inflection.past(participle.lemma)
    return participle.lemma if is_plural(main) else inflection.third(participle.lemma)


def subject_of(verb: Word, tree: Branching) -> tuple[Item, ...]:
    """The words that name who does what ``verb`` says."""
    for step in (verb, *above(verb)):
        own = step.first(*SUBJECTS)
        if own is not None and own.tag in {"WDT", "WP"} and first_of(step).dep == "relcl":
            return antecedent(first_of(step).head, tree)
        if own is not None:
            return tuple(below(own, told_elsewhere(own, tree)))
        if step.dep in {"relcl", "acl"}:
            return antecedent(step.head, tree)
        if step.dep not in {"conj", "advcl", "xcomp"}:
            break
    return ()


def antecedent(noun: Word, tree: Branching) -> tuple[Item, ...]:
    """What a relative clause speaks of: its noun, or the subject that its noun describes."""
    verb = noun.head
    if noun.dep == "attr" and verb.is_verbal and not verb.first("expl"):
        return subject_of(verb, tree) or name_of(noun, tree)
    if is_one_of_them(noun):
        return subject_of(noun.head.head.head, tree) or name_of(noun, tree)
    if noun.dep == "appos" and noun in tree.apart and _is_one_who(noun):
        return name_of(noun.head, tree)
    return name_of(noun, tree)


def _is_one_who(noun: Word) -> bool:
    """Whether the apposition says who did something: "Ana Ilic, a nurse who fled"."""
    doers = [doer for clause in noun.all("relcl") if (doer := clause.first(*SUBJECTS)) is not None]
    new = any(child.lower in {"a", "an"} for child in noun.all("det"))
    return new and noun.head.pos == "PROPN" and any(doer.lower in {"who", "that", "which"} for doer in doers)


def name_of(noun: Word, tree: Branching, without: Iterable[Word] = ()) -> tuple[Item, ...]:
    """The noun with what limits it, but without what is told of it apart, and without its conjuncts."""
    circumstances = noun.all("prep") if noun.entity == "PERSON" else []
    apart = {*told_elsewhere(noun, tree), *noun.all("conj", "cc", "preconj", "relcl", "appos"), *circumstances}
    return tuple(word for word in below(noun, {*apart, *without}) if word.text not in {".", "!", "?"})


def lent_helpers(verb: Word) -> tuple[Item, ...]:
    """The auxiliaries and hedges that a coordinated verb leans on: "may lose and [may] fall"."""
    if verb.dep != "conj":
        return ()
    first = first_of(verb)
    lent = [child for child in first.children if is_hedge(child) and child.i < verb.i]
    if leans(verb):
        lent += [child for child in first.children if child.dep in HELPERS and child.i < verb.i]
    return tuple(word for child in sorted(lent, key=lambda word: word.i) for word in below(child))


def is_plural(verb: Word) -> bool:
    """Whether the verb's subject takes "are"."""
    for step in (verb, *above(verb)):
        own = step.first(*SUBJECTS)
        if own is not None:
            return own.tag in {"NNS", "NNPS"} or own.lower in {"they", "we", "you", "i"} or bool(own.all("conj"))
    return False


def first_of(head: Word) -> Word:
    """The first verb of the chain that ``head`` is coordinated with."""
    while head.dep == "conj":
        head = head.head
    return head


def told_elsewhere(word: Word, tree: Branching) -> set[Word]:
    """The branches told elsewhere."""
    return set(tree.apart) - {word}
