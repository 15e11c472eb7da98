"""Which language an Accept-Language header asks for."""

import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from languages.accept_language import preferred_language
from languages.catalogues import LANGUAGES


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("de", "de"),
        ("DE-at", "de"),
        ("de-Latn-DE-1996", "de"),
        ("fr;q=0.5, es;q=0.7", "es"),
        ("fr;q=0.7, es;q=0.7", "fr"),
        ("tlh, es;q=0.1, de;q=0.01", "es"),
        ("de;q=0, fr;q=0.001", "fr"),
        ("*, de;q=0.5", "de"),
        ("de ; q=0.5 , fr", "fr"),
        ("de;q=2, es;q=0.1", "es"),
        ("de;q=0.1234, es;q=0.1", "es"),
        ("de;level=1, es", "es"),
        ("deutsch", None),
        ("", None),
        (",,;q=1,", None),
    ],
)
def test_the_best_liked_language_is_found_as_rfc_9110_says(header: str, language: str | None):
    assert preferred_language(header, offered=LANGUAGES) == language


TAGS = st.sampled_from(["de", "en-GB", "es", "fr", "tlh", "*"])
RANGES = st.builds("{};q={:.3f}".format, TAGS, st.floats(0, 1))


@given(
    st.text() | st.text(string.printable) | st.lists(RANGES | st.text(";q=.01-*,d e")).map(",".join)
)
@example("a-" * 100_000)
@example("de;" + " " * 100_000 + "q")
def test_any_header_gives_a_language_that_there_is_or_none(header: str):
    assert preferred_language(header, offered=LANGUAGES) in {*LANGUAGES, None}


@given(st.lists(st.tuples(st.sampled_from(LANGUAGES), st.integers(1, 1000)), min_size=1))
def test_no_language_is_found_that_is_liked_less_than_another(wishes: list[tuple[str, int]]):
    wishes = wishes[:50]
    header = ", ".join(f"{language};q={weight / 1000:.3f}" for language, weight in wishes)

    most = max(weight for _, weight in wishes)
    assert preferred_language(header, offered=LANGUAGES) == next(
        language for language, weight in wishes if weight == most
    )
