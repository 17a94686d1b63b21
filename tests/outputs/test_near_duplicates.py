"""Repeated passages are found, and only those."""

import random

import pytest

from outputs.near_duplicates import find_repeats

LONG = (
    "De gemeente wil dat inwoners zo lang mogelijk zelfstandig thuis kunnen wonen en daarbij de steun vinden die past "
    "bij hun eigen situatie, met hulp van buren, vrijwilligers en beroepskrachten in de wijk waar zij leven."
)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([], []),
        ([""], [0]),
        (["", ""], [0, 1]),
        ([LONG, LONG], [0, 0]),
        ([LONG, LONG.upper().replace(",", "")], [0, 0]),
        ([LONG, f"{LONG} Dat blijft zo."], [0, 0]),
        ([LONG, "Iets heel anders over de aanleg van wegen en het onderhoud van bruggen in de stad.", LONG], [0, 1, 0]),
        (["Ja", "ja", "Nee"], [0, 0, 2]),
        ([LONG, " ".join(reversed(LONG.split()))], [0, 1]),
        (["a b c d e f g h", "a b c d e f g h i"], [0, 0]),  # four fifths, exactly
        (["a b c d e f g", "a b c d e f g h"], [0, 1]),
    ],
)
def test_text_points_at_the_first_that_says_the_same(texts: list[str], expected: list[int]) -> None:
    assert find_repeats(texts) == expected


def test_similarity_under_four_fifths_is_no_repeat() -> None:
    words = LONG.split()
    changed = [*words[: len(words) // 2], *("anders " * (len(words) // 2)).split()]
    assert find_repeats([LONG, " ".join(changed)]) == [0, 1]


def test_agrees_with_comparing_every_pair() -> None:
    chance = random.Random(3)  # noqa: S311 - texts, not secrets
    base = [[f"woord{chance.randrange(400)}" for _ in range(60)] for _ in range(40)]
    texts = []
    for words in base:
        texts.append(" ".join(words))
        cut = chance.randrange(1, 30)
        texts.append(" ".join(words[cut:]))

    def shingles(text: str) -> set[tuple[str, ...]]:
        words = text.split()
        return {tuple(words[i : i + 5]) for i in range(len(words) - 4)}

    expected = list(range(len(texts)))
    for i, left in enumerate(texts):
        for j in range(i):
            a, b = shingles(left), shingles(texts[j])
            if len(a & b) / len(a | b) >= 0.8:
                expected[i] = expected[j]
                break
    assert find_repeats(texts) == expected
