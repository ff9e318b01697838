"""One clause, told as often as it has parts that can be told alone: the members of a list, each circumstance."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise

from claims.statements import inflection
from claims.statements.clauses import Branching, has_happened, is_of_event, is_said_to_exist, keeps, may_shrink, tense
from claims.statements.coordination import alternatives, speaks_jointly
from claims.statements.meaning import (
    FACTIVE,
    is_actual,
    is_closed,
    is_condition,
    is_modal,
    is_negated,
    is_quantified,
    opens_story,
)
from claims.statements.people import BODIES, PEOPLE
from claims.statements.subjects import first_of, told_elsewhere
from claims.statements.tree import HELPERS, NOMINALS, SUBJECTS, Word, above, below, conjuncts
from claims.statements.wording import Item

# Verbs that reach their whole object: who hated films about war need not have hated films.
_TASTES = frozenset("love like hate prefer enjoy fear dislike support oppose ban need want favour favor forbid".split())

# Verbs whose passive says little without when, where, by whom or as what: what "was built" or "was based" is there anyway.
_INCOMPLETE = frozenset(
    """
    bear base locate situate headquarter know call name title dub use employ link connect associate relate involve
    include see regard view consider describe inspire compose comprise make set mean intend design aim place
    position surround replace follow accompany lead require need divide split find hold give send put leave
    build construct create establish found discover open launch start begin release publish record produce direct
    write film shoot host stage inaugurate commission distribute document indicate credit raise educate
    exempt protect excuse insure value cut want
    introduce develop form replay win contest equip embroil take reunite certify rename appoint broadcast televise
    play perform receive erect screen market feature expect believe think
    """.split()
)
# Prepositions whose phrase belongs to what it follows: without it that says something else.
_BINDING = frozenset("of without despite except unlike to as like than into per".split())
# Helpers under which a noun is any of its kind: "may sell a house in Korda".
_POSSIBLE = frozenset("may might can could would should must".split())
# Verbs whose passive says nothing without its agent: "is marked by".
_DEFINED = frozenset(
    """
    characterize characterise define determine mark dominate cause drive accompany follow surround replace divide affect
    govern represent power join bound
    """.split()
)
# Verbs of what may be done and what not.
_RULES = frozenset("allow permit ban bar forbid prohibit require oblige entitle exempt accept admit".split())
# Prepositions of where and when, which two verbs may share.
_PLACING = frozenset("in at on near during".split())
# Nouns that go on with "to", though the parser may hang that on the verb before them.
_LEADERS = frozenset(
    """
    way trip visit journey flight return road route plot plan bid attempt effort plea scheme conspiracy campaign
    threat decision refusal failure promise order request right offer proposal pledge vow deal move
    """.split()
)
# Verbs that say little, and which a bare noun after a preposition completes; and the prepositions of such idioms.
_LIGHT = frozenset("set put take bring hold keep leave throw place turn send get come go call".split())
_IDIOMATIC = frozenset("on in into at under to for out off".split())
# What is done only in or on these is not done in fact, or not wholly.
_UNREAL = frozenset("effigy paper part theory principle jest vain".split())
_LIMITING = frozenset("only solely exclusively alone".split())
_SOME = frozenset("some many most certain several few".split())
_SHARES = frozenset("part parts half most some many places".split())
# Those of whom a trial or an approval holds, and of nobody else.
_STUDIED = frozenset(
    """
    mouse mice rat animal monkey pig adult child man woman patient smoker infant baby teenager adolescent toddler
    pensioner senior volunteer athlete
    """.split()
)
_MEASURING = frozenset("serve last weigh measure cost stretch span".split())
_PROSPECTIVE = frozenset("due set able".split())

# Verbs that say enough without an object: "Two vans burned".
_COMPLETE = frozenset(
    """
    die resign collapse explode crash burn erupt survive disappear vanish flee retire drown faint protest
    surrender sink quit apologise apologize testify marry divorce
    """.split()
)
# With one of these a verb means something else: "crashed out of the cup".
_PARTICLES = frozenset("out off up down away back apart".split())

_MAGNITUDES = frozenset("k m mn bn tn million billion trillion".split())


@dataclass(frozen=True, slots=True)
class Piece:
    """One assertion: its wording, and the span of the words that are its own."""

    items: tuple[Item, ...]
    start: int
    end: int


def variants(head: Word, tree: Branching, frame: tuple[Item, ...], subject: tuple[Item, ...]) -> Iterator[Piece]:
    """The clause once, or once for each of its coordinated parts and (fine) of its circumstances."""
    whole = below(head, told_elsewhere(head, tree))
    opens = next((word.i for word in whole if _opens_clause(word, head)), whole[0].i - 1)
    ahead = head.dep == "advcl"  # "three days after ..."
    words = [word for word in whole if not _opens_clause(word, head) and not (ahead and word.i < opens)]
    if is_negated(head) or any(is_condition(child) for child in head.children):
        yield piece_of(frame, subject, words, words)
        return
    words = sorted([*words, *_borrowed_object(head, tree)], key=lambda word: word.i)
    peels = _circumstances(head, words) if tree.fine else []
    loose = {word for peel in peels for word in peel}
    core = [word for word in words if word not in loose]
    if peels and not _says_enough(head, core, peels):
        shortest = next((peel for peel in peels if peel[0].i > head.i), peels[0])
        peels.remove(shortest)
        if head.lemma == "be":  # "is in Korda": what "is" says stays with it
            loose -= set(shortest)
        base = [word for word in words if word not in loose or word in shortest]
    else:
        base = core
    yield from _distribute(head, base, tree, frame, subject)
    for peel in peels:
        kept = [word for word in words if word not in loose or word in peel]
        yield from _distribute(head, kept, tree, frame, subject, within=peel)


def _opens_clause(word: Word, head: Word) -> bool:
    """Whether the word only ties the clause to another ("because", "when")."""
    compares = word.lower == "as" and any(child.i == word.i + 1 for child in _amounts(head))
    return (
        not compares
        and word.head is head
        and (
            word.dep == "mark"
            or (word.dep == "advmod" and word.lower in FACTIVE and word.i < head.i and head.dep == "advcl")
        )
    )


def _amounts(head: Word) -> list[Word]:
    """The "many" of "as many guards were killed as ..."."""
    doer = head.first("nsubj", "nsubjpass")
    near = [doer, *doer.children] if doer is not None else []
    return [word for word in near if word.lower in {"many", "much", "few", "little"}]


def _borrowed_object(head: Word, tree: Branching) -> list[Word]:
    """The object that a verb shares with the next: "wrote and directed the film"."""
    after = next((child for child in head.children if child.i > head.i and child.dep != "punct"), None)
    if after is None or after.dep != "cc" or after.i != head.i + 1:
        return []
    lender = next(
        (child for child in head.all("conj") if child in tree.apart and child.i == after.i + 1 and child.is_verbal),
        None,
    )
    if lender is None or lender.first(*SUBJECTS):
        return []
    lent = [child for child in lender.all("dobj", "prep", "agent") if child.dep != "prep" or child.lower in _PLACING]
    return [word for child in lent for word in below(child, told_elsewhere(child, tree)) if _is_loose_part(child)]


def _distribute(
    head: Word,
    words: list[Word],
    tree: Branching,
    frame: tuple[Item, ...],
    subject: tuple[Item, ...],
    within: Collection[Word] | None = None,
) -> Iterator[Piece]:
    """The clause once for each member of its first coordination (of one that starts ``within``), else once."""
    drops = _coordination(head, words, tree, words if within is None else within)
    if tree.fine and not drops and (examples := _examples(words)):
        noun, opening, members = examples
        dropped = set(below(opening))
        yield piece_of(
            frame,
            subject,
            [word for word in words if word not in dropped],
            [word for word in words if word not in dropped],
        )
        gone = {*below(noun), *below(opening)}
        for member in members:
            named = below(member, {*member.all("conj", "cc"), *told_elsewhere(member, tree)})
            kept = sorted({*(word for word in words if word not in gone), *named}, key=lambda word: word.i)
            yield piece_of(frame, subject, kept, named)
        return
    for place, drop in enumerate(drops):
        kept = [word for word in words if word not in drop]
        earlier = {word for other in drops[:place] for word in words if word not in other}
        yield _agreeing(head, frame, subject, kept, [word for word in kept if word not in earlier] or kept)
    if not drops:
        yield piece_of(frame, subject, words, words)


def _examples(words: list[Word]) -> tuple[Word, Word, list[Word]] | None:
    """A noun, the phrase that gives examples of it, and the examples: "several films, including A and B"."""
    for word in words:
        opens = word.lower == "including" or (
            word.lower == "as" and word.first("amod", "advmod") is not None and word.children[0].lower == "such"
        )
        if not opens or word.is_root or word.head.pos not in {"NOUN", "PROPN"}:
            continue
        noun, first = word.head, word.first("pobj", "dobj")
        if (
            first is not None
            and first in words
            and not is_closed(noun)
            and (noun.tag == "NNS" or not is_quantified(noun))
        ):
            members = [link for link in conjuncts(first) + conjuncts(noun)[1:] if link in words and link.i > word.i]
            if all(link.pos in {"NOUN", "PROPN"} for link in members):
                return noun, word, members
    return None


def _coordination(head: Word, words: list[Word], tree: Branching, within: Collection[Word]) -> list[list[Word]]:
    """What to drop for each member of the clause's first coordination that may be taken apart; none where there is none."""
    inside = set(words)
    for word in words:
        members = [link for link in conjuncts(word) if link in inside] if word.dep != "conj" and word in within else []
        if not members[1:]:
            continue
        if word.is_verbal:
            if word.dep == "relcl" and (not _is_of_one(word.head) or _lends_relative(members)):
                continue
            if (
                word is head
                or word.dep not in {"xcomp", "acl", "advcl", "pcomp", "relcl"}
                or not all(m.is_verbal for m in members)
            ):
                continue
            if any(is_negated(step) for step in above(word) if step.is_verbal) or any(is_negated(m) for m in members):
                continue
        elif (
            not tree.fine
            or not (word.pos in NOMINALS | {"ADP"} or word.dep == "acomp")
            or speaks_jointly(word.head)
            or speaks_jointly(head)
            or (_is_counted(word) and any(link.first("acl", "relcl", "prep") for link in members))
        ) or (
            word.head is not head
            and not (
                word.head.dep in {"prep", "agent"}
                and word.head.head in {head, *head.all("xcomp", "dobj", "attr", "acomp")}
            )
        ):
            continue
        drops = alternatives(members)
        if drops:
            return drops
    return []


def _lends_relative(members: list[Word]) -> bool:
    """Whether a "where" or "who" that opens the clause hangs on a later verb of it, so that the first would lose it."""
    return any(
        child.i < members[0].i and child.tag in {"WRB", "WP", "WDT"} for link in members[1:] for child in link.children
    )


def _is_of_one(noun: Word) -> bool:
    """Whether the noun is one known thing ("the man who ..."), of which each half of a description holds."""
    return (
        noun.tag in {"NN", "NNP"}
        and bool(noun.first("det"))
        and not is_quantified(noun)
        and not is_closed(noun)
        and is_actual(noun)
    )


def _circumstances(head: Word, words: list[Word]) -> list[list[Word]]:
    """The parts of the clause that say when, where, how or why, each of which may be told without the others."""
    if any(child.tag in {"WRB", "WP", "WDT"} or _is_counted(child) for child in head.children):
        return []
    if any(word.lower == "respectively" for word in words) or _is_rule(head) or _weighs(head, words):
        return []
    if any(link.i > head.i for link in head.all("cc")) and not head.first("conj"):
        return []  # "rose in Korda but not in Vell"
    inside = set(words)
    loose: list[Word] = []
    verbs = [head]
    for verb in verbs:
        verbs += [
            child
            for child in (*verb.children, *_prospects(verb))
            if child.dep == "xcomp" and child in inside and not is_negated(child)
        ]
        loose += [
            child
            for child in verb.children
            if child in inside
            and (
                child.dep in {"prep", "npadvmod", "advcl"}
                or (child.dep == "agent" and verb is head and head.lemma not in _DEFINED)
            )
            and _is_loose_part(child)
            and not _is_magnitude(child, words)
            and not _measures(child, words)
            and not _is_continued(child, words)
            and not _leads_on(child)
        ]
        for noun in verb.children:
            if noun.dep in {"dobj", "attr", "oprd"} and noun in inside and _may_lose_phrases(noun, head):
                loose += [
                    child
                    for child in noun.children
                    if child in inside and (child.dep == "prep" or _is_purpose(child)) and _is_loose_part(child)
                ]
    doer = head.first("nsubj", "nsubjpass")
    if doer is not None and _is_one_of_many(doer, head):
        loose += [child for child in doer.all("prep") if child in inside and _is_loose_part(child)]
    loose.sort(key=lambda word: word.i)
    parts = [_whole([word for word in part if word in inside], words) for child in loose for part in _stages(child)]
    return _rejoined(parts, words)


def _is_rule(verb: Word) -> bool:
    """Whether the verb says what may be done, which holds only where and when it says: "dogs are allowed in winter"."""
    return verb.lemma in _RULES and tense(verb) == "present" and not has_happened(verb)


def _weighs(verb: Word, words: list[Word]) -> bool:
    """Whether the clause compares one place or time with another: "twice as many in Korda as in Vell"."""
    doer = verb.first("nsubj", "nsubjpass")
    if doer is not None and any(word.tag == "JJR" for word in doer.children):
        return any(word.lower == "than" and word.i > verb.i for word in words)
    sides = [word for word in words if word.head is verb and word.dep == "prep" and word.lower in {"as", "than"}]
    return any(
        (side.lower == "than" and not any(word.lower == "rather" and word.i == side.i - 1 for word in words))
        or any(word.lower == "as" and word.dep != "prep" and word.i < side.i for word in words)
        for side in sides
    )


def _rejoined(parts: list[list[Word]], words: list[Word]) -> list[list[Word]]:
    """The parts, with what continues the last noun of another put back behind it: "on her way", "to a meeting"."""
    before = {after.i: word for word, after in pairwise(words)}
    continuing = {part[0].i: part for part in parts if _continues(part[0], before.get(part[0].i))}
    ends = {part[-1].i for part in parts}
    kept = [part for part in parts if part[0].i not in continuing]
    return [[*part, *(continuing.get(part[-1].i + 1, []) if part[-1].i in ends else [])] for part in kept]


def _continues(word: Word, noun: Word | None) -> bool:
    """Whether "to", or an age, goes on from the noun before it, though it hangs on another word."""
    if noun is not None and noun.lemma in _STUDIED and word.lower in {"over", "under", "above", "below"}:
        aged = word.first("pobj")
        return aged is not None and aged.pos == "NUM"
    if word.lower != "to" or noun is None:
        return False
    return noun.pos == "NOUN" and noun.lemma in _LEADERS and noun not in above(word)


def _prospects(verb: Word) -> list[Word]:
    """What somebody is "due to" or "set to" do."""
    return [child for state in verb.all("acomp") if state.lower in _PROSPECTIVE for child in state.all("xcomp")]


def _is_one_of_many(doer: Word, verb: Word) -> bool:
    """Whether the subject is new to the reader, or people, so that less said of it misleads nobody: "a woman from Korda".

    Prices in Korda are not prices, nor is the rate in Korda the rate.
    """
    is_new = any(child.lower in {"a", "an"} or child.dep == "nummod" for child in doer.children)
    return (
        (is_new or doer.lemma in PEOPLE | BODIES)
        and not doer.first("conj")
        and has_happened(verb)
        and verb.lemma != "be"
        and (may_shrink(doer) or is_of_event(doer))
    )


def _is_counted(noun: Word) -> bool:
    """Whether "there are" counts the noun, so that what follows belongs to the number: "12 soldiers in Korda"."""
    return noun.first("nummod") is not None and is_said_to_exist(noun)


def _whole(part: list[Word], words: list[Word]) -> list[Word]:
    """The part with what its last number counts in: "by 3 bn"."""
    after = next((word for word in words if part and word.i == part[-1].i + 1), None)
    return [*part, after] if after is not None and _is_magnitude(after, words) else part


def _is_magnitude(word: Word, words: list[Word]) -> bool:
    """Whether the word is what a number before it counts in, whatever the parse made of it: "£440 m"."""
    return word.lower in _MAGNITUDES and any(before.i == word.i - 1 and before.pos == "NUM" for before in words)


def _is_continued(part: Word, words: list[Word]) -> bool:
    """Whether what follows belongs to the part, and stays: the rest of a score, "to a wedding" after "on his way"."""
    last = below(part)[-1]
    after = [word for word in words if last.i < word.i <= last.i + 2]
    if last.pos == "NUM" and [word.text in {"-", "–"} or word.pos == "NUM" for word in after] == [True, True]:
        return True
    if last.pos == "NUM" and any(word.lower in {"per", "percent", "%"} for word in after[:1]):
        return True
    return last.lemma in _LEADERS and any(word.dep == "prep" and word.lower == "to" for word in after[:1])


def _measures(part: Word, words: list[Word]) -> bool:
    """Whether the part is the measure that its verb, or "aged", asks for: "served six years", "died aged 80"."""
    if part.dep != "npadvmod":
        return False
    first = below(part)[0].i
    return part.head.lemma in _MEASURING or any(word.i == first - 1 and word.lower == "aged" for word in words)


def _stages(phrase: Word) -> list[list[Word]]:
    """The phrase, before it the phrase without what only limits its noun: "at a house", "at a house in Korda"."""
    noun = phrase.first("pobj")
    inner = (
        [child for child in noun.all("prep") if _is_loose_part(child)]
        if noun is not None and _may_shrink_here(noun)
        else []
    )
    return [below(phrase, inner), below(phrase)] if inner else [below(phrase)]


def _leads_on(word: Word) -> bool:
    """Whether the phrase names who is to do what the verb then says: "called on the state to ..."."""
    aim = word.head.first("xcomp")
    return (
        word.dep == "prep" and aim is not None and word.head.i < word.i < aim.i and tense(aim) == "" and is_modal(aim)
    )


def _is_purpose(word: Word) -> bool:
    """Whether the word opens what its noun is for: "a campaign to ..."."""
    return word.dep == "acl" and any(child.lower == "to" for child in word.all("aux")) and not word.first("conj")


def _may_lose_phrases(noun: Word, verb: Word) -> bool:
    """Whether the object stays true without the phrases after it: "earned a degree (in law) (from Korda)"."""
    if noun.first("conj"):
        return False
    return _may_shrink_here(noun) or (
        noun.tag in {"NN", "NNS"}
        and tense(verb) != ""
        and verb.lemma not in _TASTES
        and verb.tag in {"VBD", "VBN"}
        and not is_quantified(noun)
        and not is_closed(noun)
        and is_actual(noun)
    )


def _may_shrink_here(noun: Word) -> bool:
    """Whether the clause stays true with less said of the noun: in fact, or under "will" or "allegedly", which it keeps."""
    if may_shrink(noun):
        return True
    limits = {child.dep for child in noun.children}
    if not (noun.pos == "PROPN" or limits & {"det", "nummod"}) or is_quantified(noun) or is_closed(noun):
        return False
    for step in above(noun):
        turns = is_negated(step) or is_condition(step) if step.is_verbal else is_closed(step) or opens_story(step)
        if turns or step.lemma in _TASTES or any(child.lower in _POSSIBLE for child in step.all("aux")):
            return False
        if step.dep not in {"prep", "pobj", "dobj", "xcomp", "agent", "attr"}:
            return True
    return True


def _is_loose_part(word: Word) -> bool:
    """Whether the part can be left out without the rest saying more than the text."""
    if keeps(word) or _is_rate(word) or (word.dep == "advcl" and word.i < word.head.i and is_condition(word)):
        return False
    if word.dep != "prep":
        return True
    leads_nowhere = not word.children  # "on average one guard": what it leads to hangs elsewhere
    doing = word.first("pcomp") is not None
    if any(child.lower in _LIMITING for child in word.children):
        return False
    noun = word.first("pobj")
    if word.lower == "for" and noun is not None and noun.first("relcl") and not has_happened(word.head):
        return False  # "for drivers who have paid, the bridge will be free"
    if _is_idiom(word, noun) or _limits(word, noun):
        return False
    turns = doing and (word.lower in {"from", "against"} or (word.lower == "for" and not has_happened(word.head)))
    return not (leads_nowhere or turns or word.lower in _BINDING | _PARTICLES)


def _is_idiom(phrase: Word, noun: Word | None) -> bool:
    """Whether verb and phrase mean something together: "set on fire", "left for dead", "burned in effigy"."""
    if noun is None or phrase.lower not in _IDIOMATIC:
        return False
    if noun.pos == "ADJ" or noun.lower in _UNREAL:
        return not noun.children
    bare = noun.tag in {"NN", "NNS"} and noun.entity == "" and not noun.first("det", "poss", "nummod", "amod")
    return bare and phrase.head.lemma in _LIGHT


def _limits(phrase: Word, noun: Word | None) -> bool:
    """Whether the phrase says of how much, or of whom alone, the clause holds: "in some states", "in adults", "over 60"."""
    if noun is None:
        return False
    said = {word.lower for word in (*phrase.children, *noun.children)}
    if phrase.lower != "with" and (said & _LIMITING or {"all", "but"} <= {word.lower for word in below(noun)}):
        return True
    if any(child.lower in _SOME for child in noun.all("det", "amod")) or noun.lower in _SHARES:
        return phrase.lower in {"in", "to"} and phrase.head.is_verbal
    bare = noun.tag == "NNS" and not noun.first("det", "poss", "nummod")
    return bare and noun.lemma in _STUDIED and phrase.lower in {"in", "on", "for", "among", "to"}


def _is_rate(word: Word) -> bool:
    """Whether the part says how often, or for how many it holds: "each day", "on average"."""
    return any(child.lower in {"each", "every", "average"} for child in word.children) and word.dep in {
        "prep",
        "npadvmod",
    }


def _says_enough(head: Word, stays: list[Word], peels: list[list[Word]]) -> bool:
    """Whether the clause still says something once its circumstances are gone."""
    if _is_complete(head, peels):
        return True
    return any(
        child.dep in {"dobj", "attr", "acomp", "oprd", "xcomp", "ccomp", "agent", "prep"}
        and child in stays
        and child.lower != "according"
        for child in head.children
    )


def _is_complete(head: Word, peels: list[list[Word]]) -> bool:
    """Whether what happened is said by the verb alone: "A woman was arrested", "Two men died"."""
    if not has_happened(head) or any(child.lower in _PARTICLES or child.dep == "prt" for child in head.children):
        return False
    if any(opens_story(peel[0]) for peel in peels):
        return False
    if head.tag == "VBN" and head.first("auxpass"):
        return head.lemma not in _INCOMPLETE and (len(peels) > 1 or not head.first("agent"))
    return head.lemma in _COMPLETE


def _agreeing(
    head: Word, frame: tuple[Item, ...], subject: tuple[Item, ...], words: list[Word], own: list[Word]
) -> Piece:
    """The piece with its verb in the singular, where of several subjects one is left."""
    piece = piece_of(frame, subject, words, own)
    doer = head.first("nsubj", "nsubjpass")
    if doer is None or not doer.all("conj"):
        return piece
    left = [word for word in words if word is doer or (word.dep == "conj" and first_of(word) is doer)]
    if len(left) != 1 or left[0].tag not in {"NN", "NNP"}:
        return piece
    finite = min([*head.all(*HELPERS), head], key=lambda word: word.i)
    if finite.tag == "VBP" or finite.lower == "were":
        return Piece(
            tuple(inflection.third(finite.lower) if item is finite else item for item in piece.items),
            piece.start,
            piece.end,
        )
    return piece


def piece_of(frame: tuple[Item, ...], subject: tuple[Item, ...], words: list[Word], own: list[Word]) -> Piece:
    """The piece that says ``words`` of ``subject``, under ``frame``; ``own`` are the words that its span covers."""
    solid = [word for word in own if word.dep != "punct"] or own
    return Piece((*frame, *subject, *words), solid[0].start, solid[-1].end)
