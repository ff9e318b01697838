"""Other people's ClaimReview: their dirt is survived and told, never guessed at."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.errors import TooLarge, UnknownFormat
from claims.evidence.reviews import LONGEST, Review, read_claim_reviews
from claims.export.checked import Publisher, checked
from claims.export.claimreview import claim_reviews_json
from claims.store import Store
from tests.claims.conftest import bring

CLEAN: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://korda.example/checks/1",
    "datePublished": "2024-03-05",
    "author": {"@type": "Organization", "name": "The Korda Post"},
    "claimReviewed": "Some 312 inmates fled.",
    "itemReviewed": {
        "@type": "Claim",
        "author": {"@type": "Person", "name": "Marusa Ilic"},
        "datePublished": "2024-03-03",
        "appearance": [{"@type": "CreativeWork", "url": "https://ilic.example/1"}, "https://ilic.example/2"],
    },
    "reviewRating": {"@type": "Rating", "ratingValue": 1, "bestRating": 5, "worstRating": 1, "alternateName": "False"},
}


def _one(data: Any) -> Review:
    [found] = read_claim_reviews(json.dumps(data))
    return found


def test_a_clean_review_is_read_whole() -> None:
    """Each field has its place, and nothing is a problem."""
    found = _one(CLEAN)
    assert (found.claim, found.verdict, found.claimant) == ("Some 312 inmates fled.", "False", "Marusa Ilic")
    assert (found.rating, found.worst, found.best) == (1, 1, 5)
    assert (str(found.published), str(found.claimed)) == ("2024-03-05", "2024-03-03")
    assert found.appearances == ("https://ilic.example/1", "https://ilic.example/2")
    assert found.problems == ()


@pytest.mark.parametrize(
    ("change", "field", "value"),
    [
        ({"@type": ["Article", "ClaimReview"]}, "verdict", "False"),
        ({"@type": "http://schema.org/ClaimReview"}, "verdict", "False"),
        ({"author": "Korda Post"}, "publisher", "Korda Post"),
        ({"author": [{"name": "Ilic"}, {"name": "Korda"}]}, "publisher", "Ilic, Korda"),
        ({"claimReviewed": ["Two vans &amp; <b>one</b> car"]}, "claim", "Two vans & one car"),
        ({"claimReviewed": None, "itemReviewed": {"name": "Two vans"}}, "claim", "Two vans"),
        ({"itemReviewed": "Two vans"}, "claimant", ""),
        ({"itemReviewed": {"author": {"@id": "#x"}}}, "claimant", ""),
        ({"itemReviewed": {"appearance": "https://a.example/1, https://b.example/2"}}, "appearances",
         ("https://a.example/1", "https://b.example/2")),
        ({"itemReviewed": {"firstAppearance": {"url": "https://a.example/1"}, "appearance": "https://a.example/1"}},
         "appearances", ("https://a.example/1",)),
        ({"reviewRating": {"ratingValue": "3", "bestRating": "5", "worstRating": "1"}}, "rating", 3.0),
        ({"reviewRating": {"ratingValue": "3,5", "bestRating": 5}}, "rating", 3.5),
        ({"reviewRating": {"ratingValue": "2/7"}}, "best", 7.0),
        ({"reviewRating": {"ratingValue": -1, "bestRating": 5, "worstRating": 1}}, "rating", None),
        ({"reviewRating": {"ratingValue": "Mostly False"}}, "verdict", "Mostly False"),
        ({"reviewRating": [{"alternateName": "Missing context"}]}, "verdict", "Missing context"),
        ({"reviewRating": "False"}, "verdict", "False"),
        ({"reviewRating": None}, "verdict", ""),
        ({"datePublished": "March 5, 2024"}, "published", date(2024, 3, 5)),
        ({"datePublished": "2024-03-05T10:00:00+01:00"}, "published", date(2024, 3, 5)),
        ({"datePublished": "soon"}, "published", None),
        ({"url": ["https://korda.example/checks/1"]}, "url", "https://korda.example/checks/1"),
        ({"url": "javascript:alert(1)"}, "url", ""),
    ],
)  # fmt: skip
def test_dirt_is_survived(change: dict[str, Any], field: str, value: object) -> None:
    """What others write instead of what is defined is read as they meant it, or left empty."""
    assert getattr(_one(CLEAN | change), field) == value


def test_a_number_without_end_costs_no_other_review() -> None:
    """Python reads no reference of more digits than it reads in a number; a browser shows the stand-in."""
    found = read_claim_reviews(json.dumps([CLEAN, CLEAN | {"claimReviewed": f"Two &#{'9' * 5_000}; vans"}, CLEAN]))
    assert [each.claim for each in found] == [
        CLEAN["claimReviewed"],
        "Two \N{REPLACEMENT CHARACTER} vans",
        CLEAN["claimReviewed"],
    ]


def test_what_cannot_be_read_is_told() -> None:
    """A rating beside its scale and a day that is none are problems by name."""
    found = _one(
        CLEAN | {"datePublished": "soon", "reviewRating": {"ratingValue": 9, "bestRating": 5, "worstRating": 1}}
    )
    assert found.problems == (
        "The rating 9 is not on its scale, 1 to 5.",
        "The day of the review, 'soon', cannot be read.",
    )


@pytest.mark.parametrize(
    "wrapped",
    [
        [CLEAN], {"@graph": [{"@type": "WebPage"}, CLEAN]}, {"dataFeedElement": [{"item": [CLEAN]}]},
        {"@type": "NewsArticle", "review": CLEAN},
    ],
)  # fmt: skip
def test_reviews_are_found_wherever_they_stand(wrapped: Any) -> None:
    """In a list, a graph, a feed, or inside the article."""
    assert _one(wrapped) == _one(CLEAN)


def test_a_page_with_one_broken_script_has_others() -> None:
    """What one script spoils says nothing about the next; escaped JSON is read too."""
    text = json.dumps(CLEAN)
    page = (
        "<html><script type='application/ld+json'>{broken</script>"
        f'<SCRIPT id=x type="application/ld+json">{text};</SCRIPT>'
        f"<script type=application/ld+json>{text.replace(chr(34), '&quot;')}</script><p>{text}</p>"
    )
    assert read_claim_reviews(page) == [_one(CLEAN)] * 2


def test_what_is_no_page_and_no_json_is_refused() -> None:
    """Broken JSON alone is an error with a way on; nesting without end is left, and so is a flood."""
    with pytest.raises(UnknownFormat, match="neither a page nor JSON"):
        read_claim_reviews("[" * 100_000)
    with pytest.raises(TooLarge):
        read_claim_reviews("x" * (LONGEST + 1))
    assert read_claim_reviews("{" + '"a":{' * 200 + '"@type":"ClaimReview"' + "}" * 201) == []


VALUES = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*CLEAN, "name", "@value"]), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


@given(st.dictionaries(st.sampled_from(list(CLEAN)), VALUES, max_size=5))
def test_any_value_anywhere_is_read_without_a_crash(odd: dict[str, Any]) -> None:
    """Whatever stands where, each review is a review."""
    for found in read_claim_reviews(json.dumps([CLEAN | odd | {"@type": "ClaimReview"}])):
        assert isinstance(found, Review)


def test_our_own_is_read_back(desk: Store, names: list[str]) -> None:
    """What we write, we read."""
    bring(desk, names[0], "signed off")
    desk_of = Publisher("The Korda Post", "https://korda.example/checks/")
    [found] = read_claim_reviews(claim_reviews_json(checked(desk), desk_of))
    row = desk.claim(names[0])
    assert (found.claim, found.verdict, found.claimant) == (row["claim"], row["verdict"], row["speaker"])
    assert found.problems == ()


@pytest.mark.parametrize("odd", ["9" * 400, "9" * 5000, "1e999", "-1e999", "NaN", "Infinity", "-Infinity"])
def test_what_is_no_finite_number_is_no_rating(odd: str) -> None:
    """Neither as a number nor as text; the rest of the review is read."""
    for written in (odd, f'"{odd}"'):
        text = (
            f'{{"@type": "ClaimReview", "claimReviewed": "Guards left.", "reviewRating": {{"ratingValue": {written}}}}}'
        )
        [found] = read_claim_reviews(text)
        assert (found.claim, found.rating) == ("Guards left.", None)


@pytest.mark.parametrize("field", ["claimReviewed", "url", "author", "itemReviewed", "reviewRating", "datePublished"])
@pytest.mark.parametrize(("opens", "closes"), [("[", "]"), ('{"name":', "}"), ('{"url":', "}"), ('{"@value":', "}")])
def test_deep_nesting_is_no_end(field: str, opens: str, closes: str) -> None:
    """What is nested deeper than anybody writes is not said."""
    deep = opens * 400 + '"x"' + closes * 400
    assert len(read_claim_reviews(f'{{"@type": "ClaimReview", "{field}": {deep}}}')) == 1


@pytest.mark.parametrize(
    "begun", ["<script ", "<script type=application/ld+json>", "<script>", "<script type", "</script "]
)
def test_scripts_that_never_end_are_read_in_one_go(begun: str) -> None:
    """A million characters of them are read within a second, not an hour."""
    assert read_claim_reviews(begun * (1_000_000 // len(begun))) == []


@pytest.mark.parametrize(
    "page",
    [
        "\ufeff{}", '<script type="application/ld+json">\ufeff{}</script>', '<script type="application/ld+json">//<![CDATA[\n{}\n//]]></script>',
        '<script type="application/ld+json"><!-- {} --></script>', '<script data-x="a>b" type="application/ld+json">{};</script>',
        '<script type="application/ld+json">{{"@type": "WebPage"}}{}</script>', '<script type="application/ld+json">[{},]</script>',
    ],
)  # fmt: skip
def test_what_pages_put_around_their_json_is_taken_off(page: str) -> None:
    """A mark of the file's order, wrappings for older readers, two documents in one script, a comma too many."""
    [found] = read_claim_reviews(page.format(json.dumps(CLEAN)))
    assert found.verdict == "False"


@pytest.mark.parametrize(
    "kind", ["schema:ClaimReview", "https://schema.org#ClaimReview", "http://schema.org/ClaimReview"]
)
def test_a_type_is_known_by_its_last_word(kind: str) -> None:
    """Whatever vocabulary it is said to be of."""
    assert _one(CLEAN | {"@type": kind}).verdict == "False"


@pytest.mark.parametrize("ends", [-1, 0, 3])
def test_a_rating_without_a_scale_is_none(ends: int) -> None:
    """-1 from -1 to -1 is not the best of marks: nothing was rated."""
    found = _one(
        CLEAN | {"reviewRating": {"ratingValue": ends, "bestRating": ends, "worstRating": ends, "alternateName": "x"}}
    )
    assert found.rating is None
    assert "has no scale" in found.problems[0]


def test_another_type_behind_a_name_like_it_is_no_json_ld() -> None:
    """data-type is the page's own."""
    script = f'<script data-type="application/ld+json" type="text/template">{json.dumps(CLEAN)}</script>'
    assert read_claim_reviews(f"<p>{script}</p>") == []


def test_a_review_that_cannot_be_read_is_told() -> None:
    """A page whose one ClaimReview is torn is not a page without any."""
    with pytest.raises(UnknownFormat):
        read_claim_reviews('<script type="application/ld+json">{"@type": "ClaimReview", "claimReviewed": "Tw</script>')


@pytest.mark.parametrize(
    ("best", "worst", "told", "rating"),
    [
        (1, 5, -1, None), ("", "-1", "-1", None), (5, -1, -1, None), ("", "", -1, None), (5, 1, -1, None), (5, -2, -1, None),
        (1, 5, 3, 3.0), (1, 5, 1, 1.0), (1, 5, 5, 5.0), (1, 5, 6, None), (1, 5, 0, None), (5, 1, 0, None), (5, 0, 0, 0.0),
    ],
)  # fmt: skip
def test_a_rating_is_on_its_scale_whichever_way_it_runs(
    best: object, worst: object, told: object, rating: object
) -> None:
    """-1 says on any scale that nothing was rated; a scale whose best is its least number has its two ends too."""
    found = _one(CLEAN | {"reviewRating": {"ratingValue": told, "bestRating": best, "worstRating": worst}})
    assert found.rating == rating
    assert (rating is None) == any(problem.startswith("The rating") for problem in found.problems)
