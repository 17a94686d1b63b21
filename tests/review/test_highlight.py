"""Marked segments are exactly the text, whatever the spans."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coding.review.highlight import Segment, Span, cut, telling


@pytest.mark.parametrize(
    ("text", "spans", "expected"),
    [
        ("eigen kracht", [], [Segment(0, "eigen kracht", ())]),
        ("op eigen kracht", [Span(3, 15, "z")], [Segment(0, "op ", ()), Segment(3, "eigen kracht", ("z",))]),
        (
            "zorg dichtbij huis",
            [Span(0, 13, "a"), Span(5, 18, "b")],
            [Segment(0, "zorg ", ("a",)), Segment(5, "dichtbij", ("a", "b")), Segment(13, " huis", ("b",))],
        ),
        ("kort", [Span(-3, 2, "a"), Span(9, 12, "b")], [Segment(0, "ko", ("a",)), Segment(2, "rt", ())]),
        ("", [Span(0, 2, "a")], []),
    ],
)
def test_spans_become_segments_without_overlap(text, spans, expected) -> None:
    assert cut(text, spans) == expected


spans_in = st.builds(Span, st.integers(-5, 60), st.integers(-5, 60), st.sampled_from("abc"))


@given(st.text(max_size=50), st.lists(spans_in, max_size=8))
def test_segments_joined_are_the_text_and_each_character_has_its_codes(text, spans) -> None:
    segments = cut(text, spans)
    assert "".join(s.text for s in segments) == text
    for segment in segments:
        for offset in range(segment.start, segment.start + len(segment.text)):
            assert set(segment.codes) == {s.code for s in spans if s.start <= offset < s.end}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["de buurt", "buurt"], ["de buurt"]),
        (["dat het", "zorg"], ["zorg"]),
        (["zorg", "zorg"], ["zorg"]),
        (["zorg dichtbij", "dichtbij in"], ["zorg dichtbij", "dichtbij in"]),
        (["Het"], []),
    ],
)
def test_only_words_that_tell_something_are_shown_as_evidence(words, expected) -> None:
    text = "Het is zo dat het team zorg dichtbij in de buurt biedt."
    spans = [Span(text.index(w), text.index(w) + len(w), "nabijheid") for w in words]
    assert [text[s.start : s.end] for s in telling(text, spans)] == expected
