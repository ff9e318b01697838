"""Cues: the verbs and phrases that put words into a mouth, and the noun phrase whose mouth it is."""

from __future__ import annotations

from dataclasses import dataclass

from claims.grammar import Doc, Token

#: Verbs that report a clause or words in quotation marks, by lemma. Thinking, feeling and wanting are left out.
SAYING = frozenset(
    """
    acknowledge add admit advise agree allege announce answer argue ask assert assure bark begin boast brag
    cable call caution chant charge chide cite clarify comment complain concede conclude confess confirm contend
    continue counter criticise criticize crow cry declare demand deny describe disclose echo elaborate email
    emphasise emphasize estimate exclaim explain fume go gush hint imply indicate inform inquire insist
    interject interrupt joke lament lecture maintain marvel mention message mouth mumble murmur muse mutter note
    object observe opine order plead pledge point posit post predict proclaim promise pronounce propose quip
    quote rant rave read recall recount reiterate relate remark remind repeat reply report request respond
    retort retweet reveal rule say scoff scold scream shout sigh signal sing snap sneer specify speculate start
    state stipulate stress suggest sum summarise summarize swear tell testify text theorize thunder tout tweet
    urge volunteer vow warn whisper wonder write yell
    """.split()
)

#: Verbs of ``SAYING`` with other uses: their clause is reported only when it says "that".
WEAK = frozenset(
    """
    agree begin call charge cite describe estimate go imply indicate order point post quote read relate rule
    signal start sum
    """.split()
)

#: Verbs that report what they have for an object: "denied the report", "urged the guards to stay".
TELLING = frozenset(
    """
    accuse acknowledge admit advise allege announce ask bash bemoan blame blast call caution cite claim condemn
    confirm criticise criticize declare demand denounce deny describe disclose discuss dispute emphasize encourage
    explain highlight lament mention note pledge predict proclaim promise propose question recall recommend
    reiterate remind repeat report reveal slam stress suggest tell threaten tout urge vow warn
    """.split()
)

#: Verbs of ``TELLING`` whose object hears what is said: "told the guards to stay", but not "told reporters in Dolin".
ADDRESSING = frozenset("advise ask caution inform remind tell threaten urge warn".split())

#: Verbs that name or judge: they report words in quotation marks, and the thing named with them.
NAMING = frozenset(
    """
    attack bash bemoan blame blast brand call cast characterise characterize chastise commend condemn decry deem
    denounce depict deride describe dismiss dub encourage hail label lambast lambaste laud liken mock name paint
    portray praise refer reject ridicule rip slam term use
    """.split()
)

#: Verbs that report through a preposition: "called for calm", "warned of rain".
LEADING = {
    "apologize": {"for"},
    "argue": {"for", "against"},
    "ask": {"for", "about"},
    "boast": {"about", "of"},
    "brag": {"about", "of"},
    "call": {"for", "on"},
    "comment": {"on"},
    "complain": {"about", "of"},
    "object": {"to"},
    "point": {"to"},
    "refer": {"to"},
    "respond": {"to"},
    "speak": {"of", "about", "against"},
    "talk": {"about", "of"},
    "warn": {"of", "against", "about"},
}

#: Nouns that report the clause after "that": "the claim that the mill was safe".
_NOUNS = frozenset(
    """
    accusation admission allegation announcement argument assertion boast claim comment complaint declaration
    denial pledge prediction promise remark report statement suggestion threat tweet vow warning
    """.split()
)

_VERBS = SAYING | TELLING | NAMING | LEADING.keys()
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ"})
_BEFORE_HEAD = frozenset({"det", "compound", "amod", "poss", "nummod", "nmod", "quantmod", "predet"})
_NAMES = frozenset({"NOUN", "PROPN", "PRON"})
_HANGING = frozenset({"conj", "advcl", "xcomp", "pcomp", "prep", "acl", "dobj", "pobj"})
_REACH = 6
_LONGEST_DATELINE = 10

DASHES = frozenset({"-", "--", "\N{EN DASH}", "\N{EM DASH}", "\N{HORIZONTAL BAR}"})


@dataclass(frozen=True, slots=True)
class Cue:
    """Tokens ``first`` to ``last`` (excluded) report; ``speaker`` heads the noun phrase that speaks, if it is known."""

    first: int
    last: int
    head: Token
    speaker: Token | None

    @property
    def lemma(self) -> str:
        """The cue's verb in the form of a dictionary."""
        return self.head.lemma_.lower()

    @property
    def is_phrase(self) -> bool:
        """Whether it is "according to", which has no clause of its own."""
        return self.head.lower_ == "according"

    @property
    def is_saying(self) -> bool:
        """Whether it is a verb that can report a whole sentence."""
        return self.lemma in SAYING and self.head.pos_ != "NOUN" and not self.is_phrase


def find_cues(doc: Doc, quoted: list[int]) -> list[Cue]:
    """The cues of ``doc`` outside its passages, in order."""
    cues: list[Cue] = []
    for token, after, passage in zip(doc, [*doc.tokens[1:], None], quoted, strict=False):
        if passage >= 0:
            continue
        if token.lower_ == "according" and after is not None and after.lower_ == "to":
            cues.append(Cue(token.i, token.i + 2, token, _object_of(after)))
        elif token.pos_ in {"VERB", "AUX"} and (lemma := token.lemma_.lower()) in _VERBS:
            is_long = after is not None and (after.lower_ in LEADING.get(lemma, ()) or after.dep_ == "prt")
            cues.append(Cue(token.i, token.i + 1 + is_long, token, speaker_of(token, quoted)))
        elif token.pos_ == "NOUN" and token.lemma_.lower() in _NOUNS and clause_of(token) is not None:
            owner = next((child for child in token.lefts if child.dep_ == "poss" and quoted[child.i] < 0), None)
            if owner is not None:
                cues.append(Cue(token.i, token.i + 1, token, owner))
    return cues


def clause_of(noun: Token) -> Token | None:
    """The clause with "that" which a noun reports."""
    clauses = (child for child in noun.rights if child.dep_ in {"acl", "ccomp"})
    return next(
        (clause for clause in clauses if any(mark.lower_ == "that" and mark.dep_ == "mark" for mark in clause.lefts)),
        None,
    )


def speaker_of(verb: Token, quoted: list[int]) -> Token | None:
    """The head of the noun phrase that does the saying: the verb's subject, or that of the verb it hangs on."""
    token = _resumed(verb) or verb
    for _ in range(_REACH):
        subject = _subject(token)
        if subject is not None:
            break
        if token.dep_ == "acl" and (token.tag_ != "VBG" or token.head.dep_ in {"nsubj", "nsubjpass"}):
            subject = token.head
            break
        if token.dep_ not in _HANGING:
            subject = verb.head if verb.dep_ == "acl" else None
            break
        token = token.head
    is_nobody = subject is None or quoted[subject.i] >= 0 or subject.dep_ == "expl"
    is_nobody |= subject is not None and subject.dep_ == "nsubjpass" and subject.lower_ == "it"  # "it was announced"
    return None if is_nobody else subject


def _resumed(verb: Token) -> Token | None:
    """The verb that "added" goes on from in "said the mill was safe and added ...", where the parse joins it to "was"."""
    clause = verb.head
    is_inside = verb.dep_ == "conj" and clause.dep_ == "ccomp" and clause.head.lemma_.lower() in SAYING
    return clause.head if is_inside and clause.head.i < clause.i and clause.head.tag_ == verb.tag_ else None


def _subject(verb: Token) -> Token | None:
    """The noun that does what ``verb`` says; of a passive, who does it, else who is spoken of."""
    found: dict[str, Token] = {}
    for child in verb.children:
        found.setdefault(child.dep_, child)
    agent = _object_of(found["agent"]) if "agent" in found else None
    subject = agent or found.get("nsubj") or found.get("nsubjpass")
    return subject if subject is None or subject.i > verb.i else _past_dateline(subject, verb)


def _past_dateline(subject: Token, verb: Token) -> Token:
    """The subject after "DOLIN, Korda County - ", where the parse took the place for it."""
    words = subject.doc[subject.i : min(verb.i, subject.i + _LONGEST_DATELINE)]
    dash = next((word.i for word in words[1:] if is_dash(word)), None)
    if dash is None or subject.i - subject.sent.start > 1:
        return subject
    after = subject.doc[dash + 1 : verb.i]
    return next((word for word in after if word.pos_ in _NAMES and word.dep_ not in _BEFORE_HEAD), subject)


def _object_of(preposition: Token) -> Token | None:
    """The noun that a preposition governs."""
    return next((child for child in preposition.children if child.dep_ == "pobj" and child.pos_ in _NOMINAL), None)


def is_dash(token: Token) -> bool:
    """Whether a token is a dash between words: a blank stands before it, and it does not begin the text."""
    return token.text in DASHES and token.i > 0 and bool(token.nbor(-1).whitespace_)


def phrase_of(noun: Token, quoted: list[int]) -> tuple[int, int]:
    """The tokens (first, last excluded) of a noun phrase: its head, what describes it, and whose it is.

    Names lose what follows them ("Korda, the mayor, who ..." is "Korda"), other nouns keep it ("a guard at the mill").
    """
    first, last = noun.i, noun.i + 1
    for child in noun.lefts:
        if child.dep_ in _BEFORE_HEAD:
            first = min(first, child.left_edge.i)
    dashes = [word.i for word in noun.doc[first : noun.i] if is_dash(word)]
    first = dashes[-1] + 1 if dashes else first  # what stands before the dash is a dateline
    while first < noun.i and (noun.doc[first].is_punct or noun.doc[first].is_space):
        first += 1
    for child in noun.rights:
        joined = child.dep_ == "prep" and (noun.pos_ not in {"PROPN", "PRON"} or child.lower_ == "of")
        if child.left_edge.i == last and (joined or child.dep_ in {"cc", "conj"}):
            last = phrase_of(child, quoted)[1] if child.dep_ == "conj" else _object_end(child, noun.head)
    if noun.doc[last - 1].dep_ == "cc" or any(no >= 0 for no in quoted[first:last]):
        return noun.i, noun.i + 1
    return first, last


def _object_end(preposition: Token, verb: Token) -> int:
    """Where a preposition's phrase ends; its noun may hang on the verb: "a spokesman for Mayor Korda rejected"."""
    end = preposition.right_edge.i + 1
    if end > preposition.i + 1:
        return end
    nouns = (child for child in verb.lefts if child.left_edge.i == end and child.dep_ in {"nsubj", "nsubjpass", "dep"})
    return next((noun.i + 1 for noun in nouns), end)
