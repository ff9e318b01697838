"""The corpus itself: large enough, and nothing in it twice."""

from __future__ import annotations

from tests.hostile.addresses import ADDRESSES
from tests.hostile.files import FILES
from tests.hostile.texts import TEXTS


def test_the_corpus_is_as_large_as_was_promised() -> None:
    """At least three hundred hostile inputs, each of them once."""
    texts = [text for texts in TEXTS.values() for text in texts]
    addresses = [address for addresses in ADDRESSES.values() for address in addresses]
    names = [file.name for file in FILES]
    assert len(set(texts)) == len(texts) >= 300
    assert len(set(addresses)) == len(addresses) >= 150
    assert len(set(names)) == len(names) >= 90
    assert len({*texts, *addresses}) == len(texts) + len(addresses)
