"""Where patterns are found."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codebook.notation import NotationError
from coding.patterns import PatternSet


def found(pattern: str, text: str) -> list[str]:
    return [text[m.start : m.end] for m in PatternSet([pattern]).find(text)]


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("eigen kracht", "Vanuit EIGEN krachten en eigen, kracht.", ["EIGEN krachten"]),
        ("zorg", "Zorg, zorgen en zorgzaam; jeugdzorg.", ["Zorg"]),
        ("laagdrempelig", "een laagdrempelige plek", ["laagdrempelige"]),
        ("vroegsignal*", "Vroegsignalering en (vroegsignaleren)", ["Vroegsignalering", "vroegsignaleren"]),
        ("*verlener", "de zorgverleners en hulpverlener", ["zorgverleners", "hulpverlener"]),
        ("*signal*", "vroegsignalering", ["vroegsignalering"]),
        ("bin*dig", "een bindige, binnendig plan", ["binnendig"]),
        ("sociaal cohesie", "de sociale cohesie", ["sociale cohesie"]),
        ("binnen * budget", "binnen het budget; binnen budget; binnen het krappe budget", ["binnen het budget"]),
        ('"doen wat nodig is"', "Doen wat nodig is. Gedaan wat nodig is.", ["Doen wat nodig is"]),
        ('"gehoord"', "Dat hoort zo; zij worden gehoord.", ["gehoord"]),
        ("/zo (?:licht|kort) als mogelijk/", "Zo licht als mogelijk.", ["Zo licht als mogelijk"]),
        ("/zorg/", "jeugdzorg en zorgzaam", []),
        ("ruimte ~3 consulent|team", "ruimte voor consulenten", ["ruimte voor consulenten"]),
        ("ruimte ~3 consulent|team", "Teams hebben ruimte", ["Teams hebben ruimte"]),
        ("ruimte ~3 consulent", "ruimte voor onze eigen goede consulent", []),
        ("ruimte ~9 consulent", "Er is ruimte. Een consulent komt.", []),
        ("eerst >3 netwerk", "Het netwerk komt eerst", []),
        ("eerst >3 netwerk", "eerst het netwerk", ["eerst het netwerk"]),
        ("één plan", "één gezin, één plan", ["één plan"]),
    ],
)
def test_finds_whole_words_only_where_they_stand(pattern: str, text: str, expected: list[str]) -> None:
    assert found(pattern, text) == expected


def test_gives_matches_in_the_order_of_the_text_with_their_pattern() -> None:
    matches = PatternSet(["zorg", "hulp|zorg"]).find("hulp en zorg")
    assert [(m.index, m.start, m.end) for m in matches] == [(1, 0, 4), (0, 8, 12), (1, 8, 12)]


def test_refuses_an_unreadable_pattern() -> None:
    with pytest.raises(NotationError):
        PatternSet(["zorg", "/(/"])


@settings(deadline=None)  # the first example loads spaCy
@given(
    st.lists(st.sampled_from(["Zorg", "zorgen", " ", ". ", "é", "hulp", "\n", "-", "😀", "vroegsignaal"]), max_size=20)
)
def test_spans_lie_within_the_text_at_the_edges_of_words(pieces: list[str]) -> None:
    text = "".join(pieces)
    for match in PatternSet(["zorg", "*signal*", "hulp ~4 zorg", "/hulp/"]).find(text):
        span = text[match.start : match.end]
        assert span
        assert span == span.strip()
