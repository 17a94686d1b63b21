"""Where claims part in a sentence."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coding.clauses import clause_end, split_clauses, walls


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("We leveren maatwerk.", ["We leveren maatwerk."]),
        ("We leveren maatwerk, maar letten op de kosten.", ["We leveren maatwerk", "maar letten op de kosten."]),
        ("Ruimte binnen het budget", ["Ruimte", "binnen het budget"]),
        ("Hulp, mits de inwoner dat wil", ["Hulp", "mits de inwoner dat wil"]),
        ("Regie bij het gezin; veiligheid gaat voor", ["Regie bij het gezin", "veiligheid gaat voor"]),
        ("Het kost 1,5 miljoen per jaar", ["Het kost 1,5 miljoen per jaar"]),
        ("Het kan alleen als de ouders instemmen", ["Het kan", "alleen als de ouders instemmen"]),
        ("Samen – en dichtbij – helpen", ["Samen", "en dichtbij", "helpen"]),
        ("De (dure) zorg", ["De", "dure", "zorg"]),
        ("een één-op-één gesprek", ["een één-op-één gesprek"]),
    ],
)
def test_splits_at_punctuation_and_connectives(text: str, clauses: list[str]) -> None:
    assert [text[a:b] for a, b in split_clauses(text)] == clauses


def test_splits_only_the_stretch_it_is_given() -> None:
    text = "Eerst dit, dan dat. Nu hier, maar niet daar."
    assert [text[a:b] for a, b in split_clauses(text, 20, len(text))] == ["Nu hier", "maar niet daar."]


def test_a_clause_ends_where_the_next_begins() -> None:
    text = "binnen het budget, zodat er over blijft"
    assert text[: clause_end(text, 0, len(text))] == "binnen het budget"
    assert clause_end("binnen het budget", 0, 17) == 17


def test_walls_are_the_nearest_semicolons_and_colons() -> None:
    text = "Ten eerste: wij helpen maar sturen ook; verder niets."
    at = text.index("maar")
    left, right = walls(text, (0, len(text)), (at, at + 4))
    assert text[left:right] == " wij helpen maar sturen ook"


@given(st.text(alphabet="ab ,;:–()maarzodt.\n", max_size=60))
def test_clauses_follow_one_another_and_are_trimmed(text: str) -> None:
    spans = split_clauses(text)
    assert all(a < b and text[a:b] == text[a:b].strip() for a, b in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
