"""From value to norm to act, on sentences of our own."""

import pytest

from coding.ladder import find_ladder

CLIMBS = [
    (
        "Wij vinden nabijheid belangrijk. Daarom moet hulp te vinden zijn in de wijk. Wij openen twee steunpunten.",
        ("vinden nabijheid belangrijk", "Daarom", "Wij openen"),
    ),
    (
        "Iedereen telt mee. Dat vraagt ruimte voor wie achterblijft. De gemeente organiseert een spreekuur.",
        ("Iedereen telt", "Dat vraagt", "De gemeente organiseert"),
    ),
    (
        "Ieder kind verdient een goede start. Scholen moeten op tijd hulp vragen. De gemeente financiert een coach.",
        ("Ieder kind verdient", "moeten", "De gemeente financiert"),
    ),
]
NONE = [
    "Wij vinden nabijheid belangrijk.",
    "Wij vinden nabijheid belangrijk. Daarom moet hulp te vinden zijn in de wijk.",
    "Wij openen twee steunpunten in de wijk voor € 20.000.",
    "Wij openen twee steunpunten. Daarom moet de wijk open zijn. Nabijheid vinden wij belangrijk.",
    "De gemeente moet bezuinigen en schrapt het spreekuur.",
    "Inwoners vinden groen belangrijk. Er moet subsidie komen.",
]


@pytest.mark.parametrize(("text", "expected"), CLIMBS)
def test_passage_climbs_from_value_to_act(text: str, expected: tuple[str, str, str]) -> None:
    ladder = find_ladder(text)
    assert ladder is not None
    assert tuple(text[slice(*span)] for span in (ladder.value, ladder.norm, ladder.act)) == expected


@pytest.mark.parametrize("text", NONE)
def test_passage_that_stops_halfway_or_goes_the_other_way(text: str) -> None:
    assert find_ladder(text) is None
