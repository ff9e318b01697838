"""What may not be taken apart: the words that turn, weaken or condition an assertion."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from claims.quotes.cues import SAYING
from claims.statements.tree import FINITE, HELPERS, SUBJECTS, Word, above, below

#: Adverbs that weaken what they stand with; they go into every piece they govern.
HEDGES = frozenset(
    """
    allegedly apparently arguably conceivably evidently hopefully likely maybe ostensibly perhaps possibly
    potentially presumably probably purportedly reportedly rumouredly seemingly supposedly theoretically
    unlikely unofficially almost nearly barely hardly scarcely virtually partly partially falsely wrongly
    mistakenly unsuccessfully sometimes often usually rarely seldom occasionally generally normally typically
    mostly mainly
    """.split()
)
#: Words after which less cannot be said truly: "nobody fled the camp" does not mean that nobody fled.
_NEGATIVE = frozenset(
    """
    no not n't n’t never neither nor none nobody nothing nowhere without hardly scarcely barely rarely seldom
    few little only just merely solely alone exactly
    """.split()
)
# Words that make a number a most, or the only one.
_CEILINGS = frozenset(
    "most maximum to under below only just fewer few barely hardly scarcely exactly precisely".split()
)
_NAUGHT = frozenset("no none nobody nothing neither no-one nowhere few little".split())
#: Prepositions whose phrase, said of nothing, denies the whole: "by nobody", but "with no money".
_REACHING = frozenset("by at in on under to from during among".split())
#: Verbs that do not grant what they govern.
_UNGRANTED = frozenset(
    """
    deny doubt refuse fail reject avoid prevent stop dispute refute decline neglect forbid ban prohibit
    disbelieve question lack cease forget hesitate oppose rule exclude omit abstain refrain
    """.split()
)
#: Nouns and adjectives of the same kind.
_UNGRANTED_NOMINALS = frozenset(
    """
    denial doubt refusal failure absence lack unable unwilling unlikely impossible false untrue unclear
    uncertain unsure reluctant refusing alleged suspected
    """.split()
)
#: Conjunctions that make a clause a condition of another.
_CONDITIONS = frozenset("if unless whether provided providing lest assuming supposing once until till".split())
#: Conjunctions whose clause is reported as fact.
FACTIVE = frozenset("after because although though while whereas since as when even".split())
_MODALS = frozenset("may might can could would should must will shall 'll ’ll 'd ought wo ca sha".split())
#: Verbs under whose infinitive nothing has happened yet.
WISHES = frozenset(
    """
    want hope plan intend wish aim promise threaten vow agree decide offer try attempt seek expect propose
    demand ask order urge call require prepare like need force allow tell fear believe think claim say suggest
    warn consider imagine pretend suspect predict accuse charge suppose schedule set due
    """.split()
)
#: Verbs whose object need not exist.
_IMAGINED = frozenset(
    """
    seek want need demand request propose plan imagine expect envisage describe depict portray tell draw paint dream
    invent design foresee predict await promise offer require lack
    """.split()
)
#: Things whose content is made up, or may be.
_STORIES = frozenset(
    """
    novel film movie story tale play book song poem legend myth drama series dream game fable cartoon show episode
    opera sitcom soap sketch simulation exercise drill
    """.split()
)
# Those of them that, put first, frame the sentence; a game, a show or an exercise may be a real one.
_FRAMING_STORIES = _STORIES - {"game", "show", "exercise", "drill", "poem", "song"}
#: Determiners of a noun that no word may be taken from.
_QUANTIFIERS = frozenset(
    """
    no every any all each few fewer most less least more many much both either neither half only same other
    another such
    """.split()
)
_ORDINAL = frozenset(
    """
    first last second third next only same sole final former late then ex fake false alleged suspected accused
    purported supposed reputed putative so-called
    """.split()
)
#: Nouns whose clause is only claimed, feared, planned: it is told of nothing.
UNTOLD = frozenset(
    """
    claim idea rumour rumor allegation case event condition way reason fact hope fear possibility suggestion
    theory belief assumption chance risk threat plan proposal notion view argument accusation charge speculation
    doubt denial lie myth impression illusion prospect time moment
    """.split()
)
#: Verbs of saying and thinking: their content may stand before them ("The guards left, he said").
SPEECH = frozenset(
    """
    say tell add write tweet announce claim report state note argue warn explain insist reply ask continue
    conclude declare confirm admit acknowledge believe think suggest recall stress post allege assert contend
    maintain estimate reveal predict joke comment observe remark point complain promise vow agree hope fear know
    feel read quote cite find show learn indicate reckon
    """.split()
)
#: Verbs that, behind a clause ("The mill was unsafe, a judge ruled"), say whose it is; "hop" is what the lemmatiser makes of "hoped".
ATTRIBUTING = (
    SPEECH
    | SAYING
    | frozenset(
        "assume calculate decide determine guess hear hold hop judge presume protest rule suspect testify understand".split()
    )
)
# Verbs of these after which less is not what was said, feared or asked.
_WISHING_SPEECH = frozenset("ask hope fear promise vow agree predict quote cite read joke".split())
#: Verbs of these that say nothing without what is said: "Ilic told reporters on Sunday".
_REPORTING = frozenset(
    "say tell ask write tweet announce state note explain insist declare find show learn reply".split()
)
_CIRCUMSTANCES = frozenset("in on at during after before to over via through".split())
#: What a sentence is true in or by: "in the film", "according to police". It goes with all that the sentence says.
_WORLDS = frozenset(
    """
    word theory principle film movie novel book story dream simulation fiction draft scenario opinion view plan
    proposal estimate forecast projection fantasy legend myth rumour rumor drill
    """.split()
)
# Verbs that are done to nobody: "a man attempted to ..." is no man who was attempted.
_UNDERGONE_BY_NONE = frozenset("attempt try fail refuse decline manage decide agree struggle hesitate vow hope".split())
# Verbs that, with "to" and no object, are told of their subject: "a woman thought to be ill was ...".
_OPINED = frozenset("think believe say allege know suspect presume rumour rumor".split())


def is_proviso(word: Word) -> bool:
    """Whether the phrase says according to whom, or in which imagined world, its sentence holds."""
    if word.lower == "according":
        return True
    if word.dep in {"parataxis", "ccomp"} and word.lemma in SPEECH | {"seem", "appear"}:
        # "Ilic, the minister claims, hid the files": words put into the middle of what they attribute
        inside = word.head.i > word.i and any(
            child.dep in SUBJECTS and child.i < word.i for child in word.head.children
        )
        return inside and word.first(*SUBJECTS) is not None and word.first("ccomp", "dobj", "mark") is None
    if word.dep == "prep" and word.lower in {"in", "on"} and is_condition(word):
        return True
    if word.dep == "advcl" and word.lemma in SPEECH | {"put", "see"} and _is_as_said(word):
        return True
    place = word.first("pobj") if word.dep == "prep" and word.lower in {"in", "under", "by"} else None
    if place is None or not word.head.is_verbal or place.first("relcl"):
        return False
    return place.lemma in _WORLDS or (word.i < word.head.i and place.lemma in _FRAMING_STORIES)


def _is_as_said(verb: Word) -> bool:
    """Whether the clause only says whose words these are: "as the mayor put it"; not "as the mayor announced the fare"."""
    opens = any(child.lower == "as" and child.dep in {"mark", "advmod"} for child in verb.children if child.i < verb.i)
    told = verb.all("dobj", "ccomp", "xcomp")
    return opens and all(child.lower in {"it", "this"} for child in told)


def is_bare_report(verb: Word) -> bool:
    """Whether the verb reports and what it reports is not there: "the committee found in May"."""
    if verb.lemma not in _REPORTING or is_negated(verb) or is_modal(verb) or verb.first("auxpass", "nsubjpass"):
        return False
    if not verb.first("nsubj"):
        return False
    addressee = {"ask", "tell"} & {verb.lemma}
    return all(
        child.dep in {"nsubj", "aux", "advmod", "npadvmod", "punct", "cc", "prt", "mark", "dative", "advcl"}
        or (child.dep == "conj" and child.i > verb.i + 2)  # but "wrote and directed the film"
        or (child.dep == "prep" and child.lower in _CIRCUMSTANCES)
        or (child.dep == "dobj" and addressee)
        for child in verb.children
    )


def is_hedge(word: Word) -> bool:
    """Whether the word must stay with every piece of the verb that it modifies."""
    return word.lower in HEDGES


def is_condition(word: Word) -> bool:
    """Whether ``word`` heads a clause that the rest depends on ("if", "unless", "had they known")."""
    if word.dep == "prep":
        case = word.first("pobj")
        return case is not None and case.lemma in {"case", "event", "condition"}
    marks = {
        child.lower for child in word.children if child.dep in {"mark", "advmod", "prep", "cc"} and child.i < word.i
    }
    if marks & _CONDITIONS or {"long"} & marks or {"soon"} & marks:
        return True
    opening = min((child for child in word.children if child.dep in HELPERS), key=lambda child: child.i, default=None)
    subject = next((child for child in word.children if child.dep in SUBJECTS), None)
    return bool(
        word.dep == "advcl"
        and opening
        and subject
        and opening.lower in {"had", "should", "were"}
        and opening.i < subject.i
    )


def is_tangled(words: Iterable[Word], silent: Collection[int] = ()) -> bool:
    """Whether the parse cannot be right where it matters.

    A condition opens the main clause, a verb has two subjects, or whose finding it is hangs on the wrong word; a verb
    whose index is in ``silent`` is told as a quote's cue, wherever it hangs.
    """
    return any(
        (word.dep == "mark" and word.lower in _CONDITIONS and word.head.is_root)
        or (word.lemma in SPEECH and word.is_root and len(word.all("nsubj")) > 1)
        or (word.i not in silent and _is_stray_report(word))
        or _is_misread(word)
        for word in words
    )


def _is_misread(word: Word) -> bool:
    """Whether the word cannot be what the parse takes it for."""
    aim = word.first("xcomp")
    leads_to = aim is not None and any(child.lower == "to" for child in aim.all("aux"))
    doers = word.all("nsubj", "nsubjpass")
    if word.opens and word.text in {"That", "Not"}:
        return _opens_oddly(word)
    match word.dep:
        case "conj":
            return _is_gapped(word)
        case "acl" if word.tag == "VBN":
            return _is_active(word) or (leads_to and word.lemma in _UNDERGONE_BY_NONE)
        case "advcl" if word.tag in {"VBZ", "VBP"} or word.lower in {"was", "were"}:
            return not doers and not word.first("mark", "expl", "csubj")
    is_opinion = leads_to and word.lemma in _OPINED and word.tag == "VBD" and word.first("dobj") is None
    return is_opinion or (len(doers) > 1 and _is_between(doers[0], doers[1]))


def _opens_oddly(word: Word) -> bool:
    """Whether a clause that is a subject, or an inversion, opens the sentence: "That Ilic fled ...", "Not only was ..."."""
    near = (*word.children, word.head)
    return (
        word.tag == "IN" or word.head.pos == "PROPN"
        if word.text == "That"
        else any(other.lower == "only" for other in near)
    )


def _is_active(participle: Word) -> bool:
    """Whether the participle is its sentence's only verb, and says by doing what: "Ilic survived by eating snow"."""
    noun = participle.head
    means = any(phrase.first("pcomp") for phrase in participle.all("prep", "agent") if phrase.lower == "by")
    acts = means or participle.first("dobj") is not None
    return acts and noun.is_root and not any(child.tag in FINITE for child in noun.children)


def _is_gapped(name: Word) -> bool:
    """Whether the name opens a clause without its verb: "Ilic was held in Korda and Dorn in Vell"."""
    phrase = name.head.head
    if name.entity != "PERSON" or name.head.entity == "PERSON" or name.head.dep != "pobj":
        return False
    return any(near.lower == phrase.lower and near.i == name.i + 1 for near in (*name.children, *phrase.head.children))


def _is_between(first: Word, second: Word) -> bool:
    """Whether a clause of the first subject runs into the second: "a man claiming to be her brother was held"."""
    clauses = [child for child in first.children if child.dep == "acl" and first.i < child.i < second.i]
    marks = [child for doer in (first, second) for child in doer.children if child.text == ","]
    return bool(clauses) and not marks


def _is_stray_report(verb: Word) -> bool:
    """Whether the verb reports what stands before it, but was taken for a part of it: "..., a committee found in May"."""
    if verb.dep == "conj":
        between = [child for child in verb.head.children if child.dep == "cc" and child.i < verb.i]
        return is_bare_report(verb) and not between and any(child.text == "," for child in verb.all("punct"))
    # A verb in the past does not describe a noun, nor does a time ("a committee", to the parser) get found.
    is_misread = verb.tag == "VBD" or (verb.tag == "VBN" and verb.head.dep == "npadvmod")
    return verb.dep == "acl" and verb.lemma in _REPORTING and is_misread


def is_negated(verb: Word) -> bool:
    """Whether a negation, "only" or a comparison reaches over all that the verb says."""
    for child in verb.children:
        if child.dep == "neg" or (child.dep in {"advmod", "preconj", "cc", "det"} and child.lower in _NEGATIVE):
            return True
        if child.dep in HELPERS and any(grandchild.dep == "neg" for grandchild in child.children):
            return True
        if child.dep in SUBJECTS | {"dobj", "attr", "pobj", "dative"} and is_closed(child):
            return True
        if child.dep in {"advmod", "acomp", "attr", "npadvmod"} and _compares(child):
            return True
        if _negates_from_within(child):
            return True
    return _is_ungranting(verb) or verb.lower in _UNGRANTED_NOMINALS


def _negates_from_within(phrase: Word) -> bool:
    """Whether the phrase says that it never, nowhere or through nobody was so: "by no one", "at no time"."""
    noun = phrase.first("pobj") if phrase.dep in {"prep", "agent"} and phrase.lower in _REACHING else None
    return noun is not None and (
        noun.lower in _NAUGHT or any(child.lower in _NAUGHT for child in noun.children if child.i < noun.i)
    )


def opens_story(phrase: Word) -> bool:
    """Whether the phrase sets what happened in something made up: "in the second series"."""
    noun = phrase.first("pobj")
    return noun is not None and noun.lemma in _STORIES


def _is_ungranting(verb: Word) -> bool:
    """Whether the verb takes back what it governs; a court that rules does so only where it rules something out."""
    return verb.lemma in _UNGRANTED and (verb.lemma != "rule" or any(child.lower == "out" for child in verb.children))


def _compares(word: Word) -> bool:
    """Whether the word compares ("more than", "as tall as", "so ... that"), which needs both of its sides."""
    return word.tag in {"JJR", "RBR"} or any(
        child.lower in {"as", "so", "too", "than", "enough", "more", "less"} for child in word.children
    )


def is_closed(noun: Word) -> bool:
    """Whether the noun means less, more or nothing if a word around it goes ("no camp", "few guards", "up to 50")."""
    for child in noun.children:
        if child.lower in _NEGATIVE and child.dep in {"det", "advmod", "neg", "predet", "amod", "nummod"}:
            return True
        if child.dep == "nummod" and _is_capped({word.lower for word in below(child)}):
            return True
    return noun.lower in _NEGATIVE or noun.lower == "maximum"


def _is_capped(number: set[str]) -> bool:
    """Whether the number is a most, or its only one: of "more than 200", what is told less closely stays true."""
    is_floor = {"more", "than"} <= number and not number & _NEGATIVE
    return bool(number & _CEILINGS) or ("than" in number and not is_floor)


def is_quantified(noun: Word) -> bool:
    """Whether what limits the noun belongs to its amount or rank ("all guards of the camp", "the oldest in Korda")."""
    return (
        any(
            child.lower in _QUANTIFIERS | _ORDINAL or child.tag in {"JJS", "RBS", "JJR"}
            for child in noun.children
            if child.dep in {"det", "amod", "predet", "nummod", "advmod", "poss"}
        )
        or noun.lower in _QUANTIFIERS | _NEGATIVE
    )


def grants_nothing(governor: Word) -> bool:
    """Whether what ``governor`` takes as its complement is turned or doubted by it ("denied that", "failed to")."""
    return is_negated(governor) or any(
        child.dep in {"acomp", "attr", "dobj"} and child.lemma in _UNGRANTED_NOMINALS for child in governor.children
    )


def is_actual(word: Word) -> bool:
    """Whether the clauses around ``word`` state it as fact: nothing above it is modal, negated, wished or conditional."""
    reached_from = word
    for step in (word, *above(word)):
        if not _is_plain(step, reached_from):
            return False
        reached_from = step
    return True


def is_question(word: Word) -> bool:
    """Whether the clause asks ("whether it rained", "who did it", "how many fled")."""
    return any(
        child.lower in {"whether", "if", "how", "why", "what", "who", "which", "where", "when"} and child.dep != "relcl"
        for child in word.children
        if child.i < word.i
    )


def is_finite(word: Word) -> bool:
    """Whether the verb, or one that helps it, is in a tense or a modal."""
    return any(link.tag in FINITE for link in (word, *word.all(*HELPERS)))


def _is_told_as_said(content: Word) -> bool:
    """Whether the clause is what its sentence's main verb reports, so that all told of it is told with who says so."""
    verb = content.head
    return (
        content.dep == "ccomp"
        and verb.is_root
        and verb.lemma in SPEECH - _WISHING_SPEECH
        and content.first(*SUBJECTS) is not None
        and is_finite(content)
        and not is_question(content)
        and not grants_nothing(verb)
        and not any(map(is_condition, verb.children))
    )


def _is_plain(step: Word, reached_from: Word) -> bool:
    """Whether ``step`` leaves what it governs through ``reached_from`` a fact."""
    if step.lemma in _STORIES and reached_from.dep == "prep":
        return False
    if step.pos not in {"VERB", "AUX"} and not step.first(*HELPERS):
        content = reached_from.dep in {"acl", "ccomp"} or reached_from.first("mark") is not None
        return not is_closed(step) and not (step.lemma in UNTOLD and content)
    if is_modal(step) or (step.lemma in _IMAGINED and reached_from.dep in {"dobj", "prep", "oprd"}):
        return False
    if reached_from is not step and reached_from.dep == "conj":
        return True
    is_complement = reached_from is not step and reached_from.dep in {"xcomp", "ccomp"}
    wished = is_complement and step.lemma in WISHES and not _is_told_as_said(reached_from)
    return not (wished or is_negated(step) or is_condition(step) or any(map(is_hedge, step.children)))


def is_modal(verb: Word) -> bool:
    """Whether the verb stands under "may", "will", "could" or an infinitive's "to"."""
    return any(child.dep in HELPERS and (child.lower in _MODALS or child.lower == "to") for child in verb.children)
