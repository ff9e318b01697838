"""What a cue reports by its place in the parse: "X said that S", "S, X said", "according to X, S", "called for S"."""

from __future__ import annotations

from collections.abc import Iterator

from claims.grammar import Token
from claims.quotes.cues import ADDRESSING, LEADING, NAMING, SAYING, TELLING, WEAK, Cue, clause_of, is_dash, phrase_of
from claims.quotes.reading import Range, Reading

_OBJECTS = frozenset({"dobj", "oprd", "xcomp", "ccomp", "attr", "acomp"})
_LOOSE = _OBJECTS | {"prep", "advcl", "dative"}
_BACKSHIFTED = frozenset({"would", "could", "might"})
_RESUMES = frozenset({"adding", "saying", "noting", "citing", "referring", "calling", "telling", "according"})

_REACH = 6
_LONGEST = 200  # words; a complement longer than this is a list gone wrong


def reported(reading: Reading, cue: Cue) -> list[Range]:
    """The token ranges that ``cue`` reports, in order; none where it reports nothing."""
    if cue.is_phrase:
        return _around_phrase(reading, cue)
    head = cue.head
    if head.pos_ == "NOUN":
        clause = clause_of(head)
        return [] if clause is None else _from(reading, cue, clause.left_edge.i, clause.right_edge.i + 1)
    clauses = [child for child in head.children if child.dep_ == "ccomp"] if cue.lemma in SAYING | TELLING else []
    for clause in clauses:
        if clause.i > cue.first and (cue.lemma not in WEAK or any(mark.lower_ == "that" for mark in clause.lefts)):
            return _from(reading, cue, max(clause.left_edge.i, cue.last), clause.right_edge.i + 1)
    for clause in clauses:
        if (
            clause.i < cue.first
            and not _is_joined_on(reading, cue)
            and any(token.is_punct for token in reading.doc[clause.i : cue.first])
        ):
            return _before(reading, cue, clause)
    if head.dep_ == "parataxis" and cue.is_saying and cue.speaker is not None:
        return _around_aside(reading, cue)
    return _objects(reading, cue)


def _is_joined_on(reading: Reading, cue: Cue) -> bool:
    """Whether "and" or "but" stands before "X said", so that what stands before that is another's clause."""
    first = cue.first if cue.speaker is None or cue.speaker.i > cue.first else phrase_of(cue.speaker, reading.quoted)[0]
    return first > 0 and reading.doc[first - 1].pos_ == "CCONJ"


def _objects(reading: Reading, cue: Cue) -> list[Range]:
    """What a cue without a clause reports: "called it “a shame”", "urged the guards to stay", "called for calm"."""
    children = [child for child in cue.head.children if child.i >= cue.last]
    objects = [child for child in children if child.dep_ in _OBJECTS]
    right = max((child.right_edge.i + 1 for child in children), default=cue.last)
    if cue.last - cue.first > 1 and reading.doc[cue.last - 1].lower_ in LEADING.get(cue.lemma, ()):
        return _from(reading, cue, cue.last, max(right, cue.head.right_edge.i + 1))
    is_complete = cue.lemma not in ADDRESSING or any(child.dep_ in {"xcomp", "ccomp"} for child in objects)
    if objects and is_complete and cue.lemma in TELLING:
        return _from(reading, cue, objects[0].left_edge.i, objects[-1].right_edge.i + 1)
    for child in children:
        first, last = child.left_edge.i, child.right_edge.i + 1
        passages = {no for no in reading.quoted[first:last] if no >= 0}
        if child.dep_ in _LOOSE and passages and (cue.lemma in NAMING or not all(map(reading.is_title, passages))):
            named = objects[0].left_edge.i if objects and cue.lemma in NAMING else first
            return _from(reading, cue, min(first, named), last)
    return []


def _from(reading: Reading, cue: Cue, first: int, last: int) -> list[Range]:
    """A complement after its cue: to its own end, on to the sentence's where the cue governs it, not past a turn.

    The parse often ends a complement early ("the mill was old but he would keep it"), so what follows is added until
    the reporter speaks again: at a spaced dash, at ", adding", at a new cue, at ", but" with a subject of its own.
    """
    doc, quoted, head = reading.doc, reading.quoted, cue.head
    if first >= reading.sentence(head.i)[1]:
        return []  # the cue ends its sentence: what follows belongs to another
    governed = reading.sentence(first)[1] if head.dep_ in {"ROOT", "conj"} else head.right_edge.i + 1
    limit = min(max(last, governed), first + _LONGEST)
    turns = {at for at in _turns(cue) if at > first} | {
        other.first - 1 for other in reading.cues_in(first + 1, limit) if _resumes(cue, other)
    }
    at = first + 1
    while at < limit and at not in turns:
        token, after_comma = doc[at], doc[at - 1].text == ","
        if quoted[at] >= 0:
            at = reading.ranges[quoted[at]][1]
        elif is_dash(token) or "\n" in token.text or (after_comma and token.lower_ in _RESUMES):
            break
        else:
            at += 1
    return _trimmed(reading, first, at)


def _turns(cue: Cue) -> Iterator[int]:
    """The tokens after ``cue`` where its sentence goes on in the reporter's voice: "..., but the mill is open"."""
    joint: int | None = None
    for child in cue.head.rights:
        edge = child.left_edge.i
        if child.dep_ == "cc":
            joint = child.i
        elif child.dep_ == "conj" and joint is not None:
            subject = next((word for word in child.lefts if word.dep_ in {"nsubj", "nsubjpass"}), None)
            is_parallel = child.tag_ != "VBG" or cue.head.tag_ == "VBG"
            is_backshifted = any(word.lower_ in _BACKSHIFTED for word in child.lefts)
            if is_parallel if subject is None else subject.pos_ != "PRON" and not is_backshifted:
                yield joint
        elif child.dep_ in {"advcl", "prep"} and (child.doc[edge - 1].text == "," or _is_when(child)):
            yield edge


def _is_when(child: Token) -> bool:
    """Whether a phrase says when the cue's verb was said: "on Friday"."""
    return child.dep_ == "prep" and any(word.ent_type_ in {"DATE", "TIME"} for word in child.children)


def _resumes(cue: Cue, other: Cue) -> bool:
    """Whether a later cue takes the sentence up again from ``cue``: "said ... and added"."""
    is_joined = other.first > 0 and other.head.nbor(-1).dep_ == "cc"
    return is_joined and other.is_saying and other.head.tag_ == cue.head.tag_ and other.speaker == cue.speaker


def _before(reading: Reading, cue: Cue, clause: Token) -> list[Range]:
    """What stands before "X said", and what its clause goes on with after it."""
    stop = cue.first
    if cue.speaker is not None and clause.i < cue.speaker.i < cue.first:
        stop = phrase_of(cue.speaker, reading.quoted)[0]
    first = reading.sentence(clause.i)[0] if cue.head.dep_ == "ROOT" else clause.left_edge.i
    rest = _trimmed(reading, cue.head.right_edge.i + 1, clause.right_edge.i + 1)
    return _trimmed(reading, first, max(first, stop)) + (rest or _after_aside(reading, cue, clause, cue.head))


def _around_aside(reading: Reading, cue: Cue) -> list[Range]:
    """The clause that "X said" interrupts: "The mill, Korda said, will close"."""
    host = cue.head.head
    first = min([cue.first, *(child.left_edge.i for child in cue.head.lefts)])
    last = cue.head.right_edge.i + 1
    is_told = any(child.dep_ == "conj" and child.i > cue.first and not _goes_on(host, child) for child in host.rights)
    rest = [] if is_told else _trimmed(reading, last, host.right_edge.i + 1)
    return _trimmed(reading, host.left_edge.i, first) + rest


def _after_aside(reading: Reading, cue: Cue, clause: Token, head: Token) -> list[Range]:
    """What the parse joins to "said" and is reported: "The mill will close, Korda said, and nobody will be paid"."""
    joint = next((child for child in head.rights if child.dep_ == "cc" and child.nbor(-1).text == ","), None)
    other = next((child for child in head.rights if child.dep_ == "conj"), None)
    has_subject = other is not None and any(child.dep_ in {"nsubj", "nsubjpass", "expl"} for child in other.lefts)
    if joint is None or other is None or not has_subject or _tense(other) != "open" or _tense(clause) != "open":
        return []
    return _trimmed(reading, joint.i, other.right_edge.i + 1) if cue.last <= joint.i < other.i else []


def _goes_on(clause: Token, other: Token) -> bool:
    """Whether a clause after "X said" can go on what stands before: not what the reporter tells in the past."""
    return not (_tense(clause) == "open" and _tense(other) == "past")


def _tense(verb: Token) -> str:
    """The time of a verb: past, open for the present and the future, or empty for neither."""
    finite = [verb, *(child for child in verb.lefts if child.dep_ in {"aux", "auxpass"})]
    tags = {token.tag_ for token in finite}
    if tags & {"VBZ", "VBP", "MD"}:
        return "open"
    return "past" if "VBD" in tags else ""


def _around_phrase(reading: Reading, cue: Cue) -> list[Range]:
    """What "according to X" reports: the sentence it stands in, or the side clause, without itself."""
    verb = cue.head
    for _ in range(_REACH):
        verb = verb.head
        if verb.dep_ in {"ROOT", "relcl", "acl", "advcl"}:
            break
    is_side = verb.dep_ in {"relcl", "acl", "advcl"}
    first, last = (verb.left_edge.i, verb.right_edge.i + 1) if is_side else reading.sentence(verb.i)
    stop = cue.last if cue.speaker is None else cue.speaker.right_edge.i + 1
    return _trimmed(reading, first, cue.first) + _trimmed(reading, stop, last)


def _trimmed(reading: Reading, first: int, last: int) -> list[Range]:
    """A range without the punctuation and space at its ends, widened to whole passages; none if nothing is left."""
    doc, quoted, ranges = reading.doc, reading.quoted, reading.ranges
    while first < last and quoted[first] < 0 and (doc[first].is_punct or doc[first].is_space):
        first += 1
    while last > first and quoted[last - 1] < 0 and (doc[last - 1].is_punct or doc[last - 1].is_space):
        last -= 1
    if first >= last:
        return []
    start = ranges[quoted[first]][0] if quoted[first] >= 0 else first
    end = ranges[quoted[last - 1]][1] if quoted[last - 1] >= 0 else last
    return [(start, end)]
