"""Which reported words stand for an assertion of their speaker, so that they may be put down as the speaker's own."""

from __future__ import annotations

from spacy.tokens import Doc

from claims.quotes import Quote

#: Verbs that take back, ask for or want what they report: "denied that the gate was open", "demanded that it open".
NOT_ASSERTING = frozenset(
    """
    ask call challenge contest contradict counter decline demand deny disavow discourage dispute doubt forbid inquire
    insinuate mock order petition propose question rebut recommend refuse refute reject request ridicule suggest
    threaten urge wonder
    """.split()
)
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
_OPEN = frozenset({"whether", "if", "why", "how", "what", "who", "when", "where"})


def is_asserted(doc: Doc, quote: Quote) -> bool:
    """Whether the speaker asserts the content: words in quotation marks, or a clause under a verb that puts it forward.

    A denial or a demand does not: without its frame its content would say what nobody said.

    >>> from claims.grammar import parse
    >>> from claims.quotes import quotes_of
    >>> for text in ("Ilic said that the gate was open.", "Ilic denied that the gate was open."):
    ...     doc = parse(text)
    ...     [is_asserted(doc, quote) for quote in quotes_of(doc)]
    [True]
    [False]
    """
    cue = doc.char_span(*quote.cue_span, alignment_mode="expand") if quote.cue_span else None
    if cue is not None and any(token.lemma_.lower() in NOT_ASSERTING for token in cue):
        return False
    if quote.kind == "direct":
        return True
    content = [doc.char_span(start, end, alignment_mode="expand") for start, end in quote.content]
    tokens = [token for span in content if span is not None for token in span]
    if tokens and tokens[0].lower_ in _OPEN:
        return False
    return any(token.tag_ in _FINITE for token in tokens) and any(token.dep_ in _SUBJECTS for token in tokens)
