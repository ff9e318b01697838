"""Which coordinated words can be told one by one: "coins and notes", but not "between Korda and Marusa"."""

from __future__ import annotations

from claims.statements.meaning import is_closed, is_hedge, is_quantified
from claims.statements.tree import NOMINALS, SUBJECTS, Word, below, joiner

# Verbs of which two subjects speak together: "Ilic and Korda met" is not "Ilic met".
_TOGETHER = frozenset(
    """
    meet marry merge agree clash fight share combine divorce collide differ unite cooperate compete gather join
    talk negotiate separate split collaborate team reconcile resemble total compare discuss exchange argue date
    wed debate married
    """.split()
)
_JOINT_WORDS = frozenset(
    """
    together jointly both between among each other same either neither respectively combined mutually
    """.split()
)
_MOST_ALTERNATIVES = 12


def alternatives(chain: list[Word]) -> list[list[Word]]:
    """For each of the coordinated words, the words to drop if only that one is told; none where they belong together."""
    if (
        not 1 < len(chain) <= _MOST_ALTERNATIVES
        or joiner(chain) not in {"and", "&", "as", ""}
        or _belong_together(chain)
    ):
        return []
    first, last = chain[0], chain[-1]
    lends = {"det", "aux", "poss", "case", "mark"}
    if first.is_verbal:
        lends |= {"auxpass", "nsubj", "nsubjpass", "neg"}
    before = [
        child
        for child in first.children
        if child.i < first.i and (child.dep in lends or child.tag == "WRB" or (first.is_verbal and is_hedge(child)))
    ]
    behind = [child for child in first.children if child.dep in {"prep", "acl", "relcl"} and child.i > last.i]
    drops: list[list[Word]] = []
    for kept in chain:
        lent = list(behind)
        if kept is not first and kept.first(*SUBJECTS):
            lent += [child for child in before if child.dep == "mark" or child.tag == "WRB"]
        elif kept is not first and not kept.first("det", "aux", "poss", "mark"):
            lent += [child for child in before if child.lower not in {"a", "an"} or kept.tag in {"NN", "NNP"}]
        keep = {
            *below(kept, [link for link in chain if link.i > kept.i]),
            *(word for child in lent for word in below(child)),
        }
        keep -= set(kept.all("cc", "preconj"))
        drops.append([word for word in below(first) if word not in keep])
    return drops


def _belong_together(chain: list[Word]) -> bool:
    """Whether something is said of the coordinated words as one, or the parse mixes words of different kinds."""
    first, *others = chain
    if first.pos not in NOMINALS:
        return len({link.tag if first.is_verbal else link.pos for link in chain}) > 1
    if is_quantified(first) or is_closed(first) or first.head.lower in {"between", "among", "from", "both"}:
        return True
    counted = first.first("nummod", "preconj", "predet") is not None
    if any(part.lower == "both" for part in below(others[-1])):
        return True  # "Ilic and Korda, both of Vell" is of both
    if any(name.first("conj") for name in others[-1].all("appos")):
        return True  # "Ilic and Korda, a doctor and a nurse": each has one of the two
    return any(
        link.pos not in NOMINALS
        or (first.entity != "" and link.entity_no == first.entity_no)
        or (link.tag == "NN" and link.lower.endswith("ed"))  # "cleared of murder and freed": a verb taken for a noun
        or (counted and not link.first("nummod", "det"))  # "twelve men and women"
        for link in others
    )


def speaks_jointly(verb: Word) -> bool:
    """Whether the verb's subjects or objects act together, so that none can be named alone."""
    return (
        verb.lemma in _TOGETHER
        or any(aim.lemma in _TOGETHER for aim in verb.all("xcomp"))
        or any(child.lower in _JOINT_WORDS for child in verb.children)
        or any(grandchild.lower in _JOINT_WORDS for child in verb.children for grandchild in child.children)
    )
