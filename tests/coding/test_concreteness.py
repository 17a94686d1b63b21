"""What or how, in sentences of our own, with the words it rests on."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coding.concreteness import concreteness

GOLD = Path(__file__).resolve().parents[3] / "shared" / "gold" / "municipal.jsonl"

WHAT = [
    "Iedere inwoner verdient een goed leven.",
    "Wij geloven in een samenleving waarin mensen naar elkaar omzien.",
    "Onze ambitie is dat kinderen gelukkig en veilig opgroeien.",
    "Preventie is belangrijk, want voorkomen is beter dan genezen.",
    "Zorg hoort menselijk te zijn en dicht bij de inwoner te staan.",
    "Meedoen is voor ons het uitgangspunt van al het beleid.",
]
MEANS = [
    ("In 2025 stellen we € 200.000 beschikbaar voor ontmoeting in de wijk.", "bedrag"),
    ("Uiterlijk 1 juli 2026 ligt er een voorstel voor de toegang.", "termijn"),
    ("Inwoners kunnen terecht bij het inlooppunt in de bibliotheek.", "instrument"),
    ("Nieuwe ouders krijgen een cursus opvoeden aangeboden.", "inzet"),
    ("Wij verminderen schulden door elke week met mensen te bellen.", "werkwijze"),
]
NORMS = [
    "De consulent beslist zelf over hulp tot duizend euro, zonder toestemming van de teamleider.",
    "Het team bezoekt het gezin binnen vijf werkdagen.",
    "Medewerkers mogen van de regels afwijken als de situatie daarom vraagt.",
    "Voordat hulp wordt gestart, overlegt de regisseur met de ouders.",
]


@pytest.mark.parametrize("text", WHAT)
def test_a_value_or_ambition_is_what(text: str) -> None:
    assert concreteness(text).kind == "wat"


@pytest.mark.parametrize(("text", "cue"), MEANS)
def test_a_means_is_how_with_the_words_it_rests_on(text: str, cue: str) -> None:
    found = concreteness(text)
    assert found.kind == "middel"
    assert cue in {e.term for e in found.cues}


@pytest.mark.parametrize("text", NORMS)
def test_who_does_or_decides_what_and_when_is_a_norm_for_acting(text: str) -> None:
    assert concreteness(text).kind == "handelingsnorm"


def test_saying_the_same_at_length_is_no_means() -> None:
    assert concreteness(" ".join(WHAT * 3)).kind == "wat"


def test_a_cue_is_a_whole_word() -> None:
    text = "Er komt een welzijnssubsidie."
    [cue] = [e for e in concreteness(text).cues if e.term == "instrument"]
    assert text[cue.start : cue.end] == "welzijnssubsidie"


@given(st.text(max_size=200))
def test_cues_lie_in_the_text_whatever_it_is(text: str) -> None:
    assert all(0 <= cue.start < cue.end <= len(text) for cue in concreteness(text).cues)


@pytest.mark.shared
@pytest.mark.skipif(not GOLD.exists(), reason="../shared is not there")
def test_how_is_found_in_reference_passages_better_than_by_length() -> None:
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    judged = [(r["text"], r["wat_hoe"] == "hoe") for r in rows if r["wat_hoe"]]

    def f1(found: list[bool]) -> float:
        right = sum(f and how for f, (_, how) in zip(found, judged, strict=True))
        return 2 * right / (sum(found) + sum(how for _, how in judged))

    by_length = max(f1([len(text.split()) >= n for text, _ in judged]) for n in range(0, 60, 5))
    by_rules = f1([concreteness(text).kind != "wat" for text, _ in judged])
    assert by_rules > max(0.80, by_length)
