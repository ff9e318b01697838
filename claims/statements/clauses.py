"""Which branches of a sentence's tree are assertions of their own, and what each takes over from the words above it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from claims.statements import inflection
from claims.statements.meaning import (
    ATTRIBUTING,
    FACTIVE,
    SPEECH,
    UNTOLD,
    grants_nothing,
    is_actual,
    is_closed,
    is_condition,
    is_finite,
    is_hedge,
    is_modal,
    is_negated,
    is_proviso,
    is_quantified,
    is_question,
)
from claims.statements.people import BODIES, PEOPLE
from claims.statements.tree import HELPERS, SUBJECTS, Word, above, below, conjuncts, joiner

PLACES = frozenset({"GPE", "LOC", "FAC"})
_RELATIVES = frozenset("who which that whom whose where when why".split())
_PERCENT = frozenset({"percent", "%", "cent"})
# Participles that do not grant what follows: "a man feared drowned".
_OPINED = frozenset("fear believe think presume suspect say report assume allege rumour rumor".split())
# What is done to people only.
_PERSONAL = frozenset("accuse charge convict jail arrest acquit sentence bear elect appoint age marry".split())
# Verbs whose object is seen doing something, in a picture that may be false.
_SHOWING = frozenset("show depict portray picture imagine".split())
_LEADING = frozenset("of with to for from at into about".split())
# Conjunctions that set a clause's event beside another, which need not have happened for this one to be a fact.
_MOMENTS = frozenset(["after", "when"])
_CONTRASTS = frozenset(["although", "though", "whereas"])


@dataclass(frozen=True, slots=True)
class Branching:
    """A tree with the branches that stand apart: each is a statement, and is left out of the one it hangs on."""

    words: tuple[Word, ...]
    heads: tuple[Word, ...]
    apart: frozenset[Word]
    fine: bool


def branch(words: list[Word], *, fine: bool, framing: bool = False) -> Branching:
    """Decide for each word of the tree whether an assertion of its own starts there."""
    heads: list[Word] = []
    apart: set[Word] = set()
    for word in _from_the_top(words):
        if word.is_root:
            if word.dep != "punct":
                heads.append(word)
                apart.add(word)
        elif is_proviso(word):
            continue
        elif (word.dep == "conj" and _is_separate_conjunct(word, apart)) or _is_apart(word, apart, fine=fine):
            heads.append(word)
            apart.add(word)
        elif (fine or (framing and word.head.is_root and word.i > word.head.i)) and _is_also(word):
            heads.append(word)
    heads.sort(key=lambda word: word.i)
    joints = {
        child
        for word in words
        if any(other.dep == "conj" and other in apart for other in word.children)
        for child in word.children
        if child.dep in {"cc", "preconj"}
    }
    return Branching(tuple(words), tuple(heads), frozenset(apart | joints), fine)


def _from_the_top(words: list[Word]) -> Iterator[Word]:
    """Every word after the word that governs it."""
    layer = [word for word in words if word.is_root]
    while layer:
        yield from layer
        layer = [child for word in layer for child in word.children]


def _is_separate_conjunct(word: Word, apart: Collection[Word]) -> bool:
    """Whether a coordinated clause can be said without the one before it."""
    first = word.head
    while first.dep == "conj":
        first = first.head
    if not (word.is_verbal and first.is_verbal and word.head in apart and first in apart):
        return False
    chain = [link for link in conjuncts(first) if link.is_verbal]
    has_subject = any(child.dep in SUBJECTS for child in word.children)
    conditional = any(is_condition(child) for link in chain for child in link.all("advcl"))
    if _shares_object(word.head, word) or (leans(word) and word.tag == "VBN" and not joiner(chain)):
        return False
    if conditional or joiner(chain) in {"or", "nor", "neither", "either", "than"}:
        return False
    if has_subject:
        return first.is_root or is_finite(word)
    shares_limit = any(is_closed(child) for child in first.all(*SUBJECTS)) or (is_negated(word.head) and leans(word))
    return not shares_limit and not _is_misread(word, first)


def _shares_object(verb: Word, other: Word) -> bool:
    """Whether the verb breaks off before what the other verb leads to: "accused of, but never charged with, fraud"."""
    return any(
        child.lower in _LEADING and not child.children and verb.i < child.i < other.i for child in verb.all("prep")
    )


def _is_misread(word: Word, first: Word) -> bool:
    """Whether the two cannot share a subject, so that the parse is wrong ("spent years ... and meet", "they set ... is")."""
    own = first.first("nsubj", "nsubjpass")
    if own is not None and word.tag == "VBZ" and own.lower in {"they", "we", "you", "i", "these", "those"}:
        return True
    bare = word.tag == "VB" and not word.first(*HELPERS) and inflection.past(word.lower) != word.lower
    return bare and first.tag != "VB" and not first.first(*HELPERS)


def leans(word: Word) -> bool:
    """Whether a conjunct borrows the auxiliaries of the first: "did not eat and drink", "could close and cost"."""
    if word.first(*HELPERS):
        return False
    return word.tag in {"VB", "VBN", "VBG"} or (word.lower == word.lemma and is_modal(word.head))


def _is_apart(word: Word, apart: Collection[Word], *, fine: bool) -> bool:
    """Whether the branch becomes a statement and leaves the one it hangs on."""
    head = word.head
    match word.dep:
        case "ccomp" | "parataxis":
            return head in apart and _is_content(word) and (is_parallel(word) or _is_granted(word))
        case "relcl" | "acl":
            takes = _takes_relative(word) if word.dep == "relcl" else _takes_participle(word)
            return takes and _is_separable(word, fine=fine)
        case "appos":
            nominal = head.pos in {"NOUN", "PROPN"} and word.pos in {"NOUN", "PROPN", "NUM"}
            return nominal and (is_appositive(word) or (fine and is_named_at_once(word)))
        case "prep":
            return fine and _places(word)
        case "advcl":
            return _is_free_participle(word) or (_mark(word) in _CONTRASTS and _has_subject(word))
    return False


def _is_granted(word: Word) -> bool:
    """Whether the verb over a content clause neither turns it nor makes it a condition."""
    return not grants_nothing(word.head) and not any(is_condition(child) for child in word.head.children)


def _is_separable(word: Word, *, fine: bool) -> bool:
    """Whether the noun is known without the clause that describes it."""
    if is_loose(word):
        return True
    if _is_part_of_many(word.head):
        return False
    return not _completes_existence(word) and (
        _describes_subject(word.head) or (fine and (may_shrink(word.head) or is_of_event(word.head)))
    )


def _is_part_of_many(noun: Word) -> bool:
    """Whether some, or all, of these are counted, so that what limits them says of how many: "all of the men arrested"."""
    number = noun.first("nummod")
    if number is not None and any(child.lower == "of" for child in number.children):
        return True
    if noun.dep != "pobj" or noun.head.lower != "of":
        return False
    return noun.head.head.pos == "NUM" or is_quantified(noun.head.head)


def is_one_of_them(noun: Word) -> bool:
    """Whether the subject is said to be one of these, so that what limits them holds of it: "one of the men who fled"."""
    if noun.dep != "pobj" or noun.head.lower != "of":
        return False
    one = noun.head.head
    return one.lower == "one" and one.dep == "attr" and one.head.lemma == "be" and is_actual(one)


def is_of_event(noun: Word) -> bool:
    """Whether it happened once to some people, so that there were such: "police investigating ... have arrested"."""
    verb = noun.head
    return (
        noun.dep in {"nsubj", "nsubjpass"}
        and noun.lemma in PEOPLE | BODIES
        and has_happened(verb)
        and verb.lemma != "be"
        and not is_quantified(noun)
        and not is_closed(noun)
        and is_actual(noun)
    )


def has_happened(verb: Word) -> bool:
    """Whether the verb is in the past or perfect."""
    forms = [*verb.all(*HELPERS), verb]
    perfect = verb.tag == "VBN" and forms[0].lemma == "have" and forms[0].tag in {"VBZ", "VBP"}
    return forms[0].tag == "VBD" or perfect


def is_said_to_exist(noun: Word) -> bool:
    """Whether "there is" or "there are" tells of the noun, or of what it is coordinated with."""
    while noun.dep == "conj":
        noun = noun.head
    return noun.dep in {"attr", "nsubj", "dobj"} and noun.head.first("expl") is not None


def _completes_existence(word: Word) -> bool:
    """Whether "there are 300 people" would say something else without the clause: "missing", "who fled".

    Of one thing of its kind, a relative clause can be told apart: there is a camp, and it holds 12,000 people.
    """
    return is_said_to_exist(word.head) and (word.dep == "acl" or word.head.tag not in {"NN", "NNP"})


def _takes_participle(word: Word) -> bool:
    """Whether "built in 1931" or "running to Korda" can be told of its noun as fact."""
    noun = word.head
    if (
        noun.pos not in {"NOUN", "PROPN"}
        or word.tag not in {"VBN", "VBG"}
        or _has_subject(word)
        or not _may_be_told_of(noun)
        or (word.lemma in _PERSONAL and noun.lemma not in PEOPLE | BODIES and not noun.entity and _names(noun))
        or (word.text[0].isupper() and not word.opens)  # "the film Burning Bridges"
        or (word.tag == "VBN" and word.lemma in _OPINED)
        or (noun.head.lemma in _SHOWING and noun.dep == "dobj")
        or (noun.lower in _PERCENT and noun.i + 1 == word.i)  # "was 92 percent contained": how much of it was
    ):
        return False
    # An -ing form some words behind its noun often belongs to another word.
    return word.tag == "VBN" or is_loose(word) or (noun.i + 1 == word.i and noun.entity != "DATE")


def _is_also(word: Word) -> bool:
    """Whether the branch is a statement too, though the one it hangs on keeps it."""
    if is_one_of_them(word.head) and word.tag in {"VBD", "VBN"} and word.lower != "were":
        return _takes_relative(word) if word.dep == "relcl" else word.dep == "acl" and _takes_participle(word)
    if word.dep == "relcl":  # "there are 300 people who fled" says that 300 people fled
        return is_said_to_exist(word.head) and _takes_relative(word) and is_actual(word)
    if word.dep != "advcl" or _mark(word) not in FACTIVE or not _has_subject(word):
        return False
    doer = word.first(*SUBJECTS)
    if doer is not None and doer.i > word.i:
        return False  # "as was Ilic"
    if any(step.dep == "ccomp" for step in above(word)) and not has_happened(word):
        return False  # "Ilic believes that tolls rise after the road is sold"
    return is_actual(word) or (_mark(word) in _MOMENTS and _is_presupposed(word))


def _is_presupposed(word: Word) -> bool:
    """Whether the clause tells when something did not happen, and so what did: "nobody was hurt when the bus crashed"."""
    verb = word.head
    denies_nothing_else = not (is_modal(verb) or is_condition(verb) or any(map(is_hedge, verb.children)))
    return (
        has_happened(word)
        and verb.is_root
        and is_past_negative(verb)
        and denies_nothing_else
        and not (is_negated(word) or is_modal(word) or any(map(is_hedge, word.children)))
    )


def is_past_negative(verb: Word) -> bool:
    """Whether the verb says that something did not happen: "nobody was hurt", "did not leave"."""
    return is_negated(verb) and tense(verb) == "past"


def is_parallel(word: Word) -> bool:
    """Whether a clause that the parser took for a complement merely stands beside its head ("A; B")."""
    if word.dep == "parataxis":
        return word.head.lemma not in SPEECH and word.lemma not in SPEECH
    return word.i < word.head.i and word.head.lemma not in ATTRIBUTING


def _is_content(word: Word) -> bool:
    """Whether the clause is finite, no question, and said, introduced by "that" or set beside its head."""
    if not (word.is_verbal and _has_subject(word) and is_finite(word)) or is_question(word):
        return False
    return word.head.lemma in SPEECH or _mark(word) == "that" or is_parallel(word)


def _has_subject(word: Word) -> bool:
    return any(child.dep in SUBJECTS for child in word.children)


def _mark(word: Word) -> str:
    """The conjunction that opens the clause, "" for none."""
    return next((child.lower for child in word.children if child.dep in {"mark", "advmod"} and child.i < word.i), "")


def is_loose(word: Word) -> bool:
    """Whether a comma, dash or bracket sets the branch off, or its noun is a name that needs no limiting."""
    first = below(word)[0]
    marks = [
        child for child in [*word.head.children, *word.children] if child.dep == "punct" and child.i == first.i - 1
    ]
    return (
        first.dep == "punct"
        or bool(marks)
        or (word.head.pos == "PROPN" and word.head.entity in {"PERSON", "ORG", "GPE", "LOC", "FAC"})
    )


def _names(noun: Word) -> bool:
    """Whether the noun is somebody's, of whom what follows may be told: "the trial of Ana Korda, accused of ..."."""
    return any(part.entity == "PERSON" for part in below(noun))


def _takes_relative(word: Word) -> bool:
    """Whether the relative clause can be told of its noun as fact."""
    noun = word.head
    if noun.pos not in {"NOUN", "PROPN"} or is_quantified(noun) or is_closed(noun) or _is_cleft(noun):
        return False
    relatives = [
        inner for inner in below(word) if inner.lower in _RELATIVES and inner.tag in {"WDT", "WP", "WP$", "WRB", "IN"}
    ]
    if any(inner.lower in {"where", "when", "why"} for inner in relatives[:1]):
        return False
    return _may_be_told_of(noun) and not _reports_of(word)


def _reports_of(verb: Word) -> bool:
    """Whether the clause only says who says so, and what it says of the noun lies deeper: "a crime he says he saw"."""
    told = any(child.dep == "ccomp" for child in verb.children)
    return told and any(doer.tag not in {"WDT", "WP"} for doer in verb.all(*SUBJECTS))


def _is_cleft(noun: Word) -> bool:
    """Whether the noun is picked out by "it was ... who"."""
    doer = noun.head.first("nsubj")
    return noun.dep == "attr" and doer is not None and doer.lower == "it"


def _may_be_told_of(noun: Word) -> bool:
    """Whether the noun exists outside a wish, a negation or a condition: a name, or part of what is stated as fact."""
    if is_quantified(noun) or is_closed(noun) or noun.lemma in UNTOLD:
        return False
    return is_actual(noun) or (noun.pos == "PROPN" and noun.dep != "attr")


def _describes_subject(noun: Word) -> bool:
    """Whether the noun says what its clause's subject is ("the Kurds are allies"), so that what limits it holds of both."""
    verb = noun.head
    return noun.dep == "attr" and _has_subject(verb) and not is_negated(verb) and not is_modal(verb) and is_actual(noun)


def may_shrink(noun: Word) -> bool:
    """Whether the statement stays true when what limits the noun is left out: "a man from Korda was hurt"."""
    if is_quantified(noun) or is_closed(noun) or not is_actual(noun):
        return False
    if noun.pos == "PROPN":
        return True
    limits = {child.lower for child in noun.children if child.dep in {"det", "nummod"}}
    return bool(limits) and noun.tag in {"NN", "NNS"}


def _places(word: Word) -> bool:
    """Whether the phrase says where its noun is or comes from: "a camp in Korda", "Ana Ilic from Korda"."""
    noun, place = word.head, word.first("pobj")
    if word.lower not in {"from", "in", "at", "near"} or place is None or place.entity not in PLACES | {"ORG"}:
        return False
    if noun.entity == "PERSON" and word.lower != "from":
        return False  # "beaten by Ilic in Korda" says where they played
    definite = noun.pos == "PROPN" or any(child.lower == "the" for child in noun.children)
    return (
        definite
        and noun.pos in {"NOUN", "PROPN"}
        and noun.entity_no != place.entity_no
        and noun.dep != "attr"
        and may_shrink(noun)
    )


def is_appositive(word: Word) -> bool:
    """Whether the noun renames its head, between commas, and is no list, year or fragment."""
    first, noun = below(word)[0], word.head
    comma = [
        child
        for child in [*noun.children, *word.children]
        if child.text in {",", "-", "–", "—", "--"} and child.i == first.i - 1
    ]
    shared = noun.dep == "conj" and word.first("conj") is not None
    if shared or _speaks_of_parts(word) or _is_address(word):
        return False
    if noun.first("conj") or (word.first("conj") and word.pos == "PROPN") or not comma or not _may_be_told_of(noun):
        return False
    if is_age(word):
        return True
    if noun.entity in PLACES and word.entity not in PLACES and word.tag in {"NNS", "NNPS"}:
        return False
    return (
        word.entity not in {"DATE", "TIME", "CARDINAL", "ORDINAL", "MONEY", "PERCENT", "QUANTITY"} and noun.pos != "NUM"
    )


def _speaks_of_parts(word: Word) -> bool:
    """Whether the apposition tells of some of what it stands beside: "40 people, most of them children"."""
    return any(part.lower in {"them", "which", "whom", "us"} for part in below(word) if part.i < word.i)


def _is_address(word: Word) -> bool:
    """Whether two names stand beside each other, one of them a place's, as in an address: "Mill Road, Korda"."""
    names = [word, word.head]
    kinds = {name.entity in PLACES for name in names}
    plain = word.tag == "NNP" and not any(child.dep in {"det", "poss", "amod"} for child in word.children)
    return plain and all(name.tag == "NNP" for name in names) and (kinds == {True, False} or _follows_of(word.head))


def _follows_of(name: Word) -> bool:
    """Whether it is told where somebody is of: "Dorn, of Mill Road, Korda"."""
    return name.dep == "pobj" and name.head.lower in {"of", "from", "in", "at"} and name.entity not in PLACES


def is_named_at_once(word: Word) -> bool:
    """Whether the name stands right behind what its bearer is: "Peru's foreign minister Ana Korda"."""
    noun, first = word.head, below(word)[0]
    return (
        word.entity == "PERSON"
        and noun.tag == "NN"
        and not noun.entity
        and first.i == noun.i + 1
        and first.pos == "PROPN"
        and not noun.first("conj", "cc")
        and (noun.lemma in PEOPLE or noun.first("poss") is not None)
        and not any(map(is_closed, noun.all("poss")))
        and not word.first("conj", "cc", "poss")
        and _may_be_told_of(noun)
    )


def is_age(word: Word) -> bool:
    """Whether the apposition is a person's age: "Ana Korda, 34,"."""
    return word.text.isdigit() and len(word.text) in {1, 2} and word.head.entity == "PERSON" and not word.children


def _is_free_participle(word: Word) -> bool:
    """Whether the clause is a participle that its sentence's subject did or underwent: "..., killing three"."""
    verb = word.head
    if word.tag not in {"VBG", "VBN"} or any(
        child.dep in SUBJECTS | {"mark", "prep"} and child.i < word.i for child in word.children
    ):
        return False
    if any(child.dep in {"aux", "auxpass", "advmod"} and child.i < word.i for child in word.children):
        return False
    if verb.dep == "ccomp":  # "Ilic said that tolls rose, insisting ...": who insists is not sure
        return False
    alone = [child for child in word.children if child.i == word.i + 1 and child.text == ","]
    if alone and word.i > verb.i:
        return False  # "jailed for two years, suspended, in May": which word it describes is not sure
    set_off = is_loose(word) or below(word)[0].opens
    return set_off and is_actual(verb) and _has_subject(verb) and tense(verb) != ""


def tense(verb: Word) -> str:
    """As in "past" or "present" where the verb states a fact in one of them, else ""."""
    if is_modal(verb):
        return ""
    forms = [word.tag for word in (*verb.all(*HELPERS), verb)]
    if forms[0] == "VBD":
        return "past"
    if forms[0] in {"VBZ", "VBP"}:
        return "present"
    return tense(verb.head) if verb.dep == "conj" and verb.head.is_verbal and verb.head is not verb else ""


def keeps(word: Word) -> bool:
    """Whether the branch must stay with its verb: a hedge, a negation or a condition."""
    return is_hedge(word) or word.dep == "neg" or is_condition(word) or is_proviso(word)
