"""Which reported words stand for an assertion of their speaker, so that they may be put down as the speaker's own."""

from __future__ import annotations

from collections.abc import Iterator

from claims.grammar import Doc, Span, Token
from claims.quotes import Quote

#: Cues that take back, ask for, want or only play with what they report: "denied that the gate was open".
NOT_ASSERTING = frozenset(
    """
    ask call challenge contest contradict counter decline demand denial deny disavow discourage dispute doubt forbid
    hint imply inquire insinuate joke mock muse order petition propose question rebut recommend refuse refute reject
    request ridicule speculate threat threaten urge wonder
    """.split()
)
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
_OPEN = frozenset("whether if why how what who whom whose which when where".split())
_NO = frozenset("nobody none neither no nothing few".split())
_CONDITIONS = frozenset("if unless whether lest".split())
_LEADS_ON = frozenset({"go", "continue", "proceed"})
_CLOSING = (
    "\"'\N{RIGHT DOUBLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}"
)
_REACH = 6


def is_asserted(doc: Doc, quote: Quote) -> bool:
    """Whether the speaker asserts the content: words in quotation marks, or a clause under a verb that puts it forward.

    A denial, a demand or a question does not, nor what somebody never said or may say: without its frame the content
    would say what nobody said.

    >>> from claims.grammar import parse
    >>> from claims.quotes import quotes_of
    >>> for text in ("Ilic said that the gate was open.", "Ilic denied that the gate was open.",
    ...              "Ilic did not say that the gate was open.", "“Was the gate open?” Ilic asked."):
    ...     doc = parse(text)
    ...     [is_asserted(doc, quote) for quote in quotes_of(doc)]
    [True]
    [False]
    [False]
    [False]
    """
    spans = [doc.char_span(start, end, alignment_mode="expand") for start, end in quote.content]
    sentences = [sentence for span in spans if span is not None for sentence in _sentences(span)]
    cue = doc.char_span(*quote.cue_span, alignment_mode="expand") if quote.cue_span else None
    if cue is not None and not _puts_forward(cue, is_direct=quote.kind == "direct"):
        return False
    if quote.kind == "direct":
        return any(not _is_question(sentence) and not _is_order(sentence) for sentence in sentences)
    tokens = [token for sentence in sentences for token in sentence if not token.is_punct]
    if not tokens or tokens[0].lower_ in _OPEN:
        return False
    return any(token.tag_ in _FINITE for token in tokens) and any(token.dep_ in _SUBJECTS for token in tokens)


def _puts_forward(cue: Span, *, is_direct: bool) -> bool:
    """Whether the words were said, by somebody, as true: not "denied", "did not say", "nobody said", "may say"."""
    if any(token.lemma_.lower() in NOT_ASSERTING for token in cue):
        return False
    verb = cue.root
    if verb.pos_ not in {"VERB", "AUX"}:
        return True
    is_denied = any(_denies(child) for child in verb.lefts)
    is_open = not is_direct and any(child.tag_ == "MD" for child in verb.lefts)
    is_wanted = any(child.tag_ == "TO" for child in verb.lefts) and verb.head.lemma_.lower() not in _LEADS_ON
    return not (is_denied or is_open or is_wanted or _is_supposed(verb))


def _denies(word: Token) -> bool:
    """Whether a word before the verb says that it did not happen: "not", "never", "nobody", "no guard"."""
    if word.dep_ == "neg":
        return True
    return word.dep_ in _SUBJECTS and (word.lower_ in _NO or any(child.lower_ in _NO for child in word.lefts))


def _is_supposed(verb: Token) -> bool:
    """Whether the verb stands under "if", or in the reporter's question."""
    above: Token = verb
    for _ in range(_REACH):
        if any(child.dep_ == "mark" and child.lower_ in _CONDITIONS for child in above.lefts):
            return True
        if above.dep_ not in {"conj", "ccomp", "xcomp"}:
            break
        above = above.head
    aux = next((child for child in verb.lefts if child.dep_ in {"aux", "auxpass"}), None)
    subject = next((child for child in verb.lefts if child.dep_ in _SUBJECTS), None)
    return aux is not None and subject is not None and aux.i < subject.i  # "Did Ilic say that ...?"


def _sentences(span: Span) -> Iterator[Span]:
    """The sentences of a span, or the parts of them that lie in it."""
    first = span.start
    for at in range(span.start + 1, span.end + 1):
        if at == span.end or span.doc[at].is_sent_start:
            yield span.doc[first:at]
            first = at


def _is_question(sentence: Span) -> bool:
    return sentence.text.rstrip().rstrip(_CLOSING).endswith("?")


def _is_order(sentence: Span) -> bool:
    """Whether it tells somebody to do something: "Open the gate!"."""
    verb = sentence.root
    return verb.tag_ == "VB" and not any(child.dep_ in _SUBJECTS | {"aux"} for child in verb.lefts)
