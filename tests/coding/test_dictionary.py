"""The dictionary coder, on the bundled codebook and on another."""

from pathlib import Path

import pytest

from codebook.model import Codebook
from codebook.reading import bundled, parse, read_codebook
from coding.dictionary import CEILING, DictionaryCoder
from coding.model import Unit

SECOND = Path(__file__).parents[1] / "codebook" / "klimaat.toml"
FOUND_FROM = 0.5
BUNDLED = bundled()


@pytest.fixture(scope="module")
def coder() -> DictionaryCoder:
    return DictionaryCoder(BUNDLED)


@pytest.fixture(scope="module")
def second() -> DictionaryCoder:
    return DictionaryCoder(read_codebook(SECOND))


def codes(coder: DictionaryCoder, text: str, kind: str = "paragraph") -> dict[str, float]:
    return {s.code: s.score for s in coder.code([Unit(text, kind=kind)])[0]}


def found(coder: DictionaryCoder, text: str) -> set[str]:
    return {code for code, score in codes(coder, text).items() if score >= FOUND_FROM}


@pytest.mark.parametrize(("code", "text"), [(c.id, t) for c in BUNDLED if c.patterns for t in c.examples])
def test_finds_every_example_of_the_codebook(coder: DictionaryCoder, code: str, text: str) -> None:
    assert code in found(coder, text)


@pytest.mark.parametrize(("code", "text"), [(c.id, t) for c in BUNDLED for t in c.counter_examples])
def test_finds_no_counter_example_of_the_codebook(coder: DictionaryCoder, code: str, text: str) -> None:
    assert code not in found(coder, text)


@pytest.mark.parametrize(
    "text",
    [
        "De Participatiewet en de Wet inburgering regelen dit.",
        "De afdeling Participatie verhuist naar het stadhuis.",
        "De wethouder Zorg en Welzijn opent het gebouw.",
        "Wanneer komt u, vroeg hij.",
        "Wij communiceren effectief met onze ondernemers.",
        "Een maatwerkvoorziening kan worden geweigerd op grond van artikel 4.",
        "Het bevoegd gezag kan maatwerkvoorschriften stellen aan het bedrijf.",
        "Ondernemers krijgen de ruimte en het vertrouwen om te groeien.",
        "De energie-efficiënte verlichting langs het fietspad is vervangen.",
        "De prijs is inclusief btw.",
        "De brandweer doet aan brandpreventie en preventief onderhoud.",
        "De integrale veiligheid in het gebied wordt besproken met de aannemer.",
        "Het station ligt dichtbij het centrum.",
        "Scholen die meedoen aan het onderzoek ontvangen bericht.",
    ],
)
def test_sees_no_theme_in_names_homographs_and_other_fields(coder: DictionaryCoder, text: str) -> None:
    assert found(coder, text) & {theme.id for theme in BUNDLED.themes} == set()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Er is te weinig preventie.", "preventie"),
        ("Niet iedereen is zelfredzaam.", "zelfredzaamheid"),
        ("Zorgprofessionals krijgen geen ruimte om af te wijken.", "professionele_ruimte"),
        ("De sociale cohesie staat onder druk.", "wederkerigheid"),
    ],
)
def test_a_denial_or_criticism_still_speaks_of_the_theme(coder: DictionaryCoder, text: str, code: str) -> None:
    assert code in found(coder, text)


@pytest.mark.parametrize("kind", ["heading", "title", "toc", "furniture"])
def test_a_heading_is_not_coded(coder: DictionaryCoder, kind: str) -> None:
    assert codes(coder, "Preventie en vroegsignalering", kind) == {}


def test_a_hit_in_a_sub_theme_is_a_hit_in_its_theme(second: DictionaryCoder) -> None:
    scores = codes(second, "Regenwater zakt in de bodem.")
    assert scores["water.bodem"] == pytest.approx(0.9)
    assert scores["water"] >= scores["water.bodem"]


def test_weights_of_different_terms_add_up_and_repetition_does_not(second: DictionaryCoder) -> None:
    assert codes(second, "Schaduw, schaduw en schaduw.")["groen"] == pytest.approx(0.35)
    assert codes(second, "Natuurlijke schaduw.")["groen"] == pytest.approx(1 - 0.65**2)


def test_two_patterns_on_the_same_words_count_once(second: DictionaryCoder) -> None:
    book = parse(SECOND.read_text(encoding="utf-8").replace('"wadi"', '"wadi", "regen*"'), "klimaat")
    assert codes(DictionaryCoder(book), "Regenwater.") == codes(second, "Regenwater.")


def test_terms_alone_never_say_it_for_certain(coder: DictionaryCoder) -> None:
    text = " ".join(term for theme in BUNDLED.themes for term in theme.examples)
    assert max(codes(coder, text).values()) <= CEILING


def test_exclusions_take_away_overlapping_hits_only(second: DictionaryCoder) -> None:
    assert found(second, "De waterschapsbelasting stijgt.") == set()
    assert found(second, "De waterschapsbelasting betaalt de wadi.") == {"water"}
    assert found(second, "Een koele plek voor de wijn.") == set()
    assert found(second, "Een koele plek voor ouderen.") == {"hitte"}


def test_hits_and_evidence_stand_literally_in_the_text(coder: DictionaryCoder) -> None:
    unit = Unit("Wij vertrouwen op de veerkracht van inwoners en bieden laagdrempelige hulp in de wijk: “preventie”.")
    hits = coder.hits(unit)
    assert hits
    assert all(unit.text[h.start : h.end] == h.term for h in hits)
    spans = {(h.start, h.end) for h in hits}
    assert all((e.start, e.end) in spans for s in coder.code([unit])[0] for e in s.evidence)


def test_gives_units_back_in_their_order(second: DictionaryCoder) -> None:
    scores = second.code([Unit("hittestress"), Unit("niets"), Unit("wadi")])
    assert [[s.code for s in unit] for unit in scores] == [["hitte"], [], ["water"]]


def test_the_name_changes_with_the_terms_and_not_with_the_wording() -> None:
    def name(book: Codebook) -> str:
        return DictionaryCoder(book).name

    text = SECOND.read_text(encoding="utf-8")
    assert name(parse(text.replace("Regenwater vasthouden", "Regen opvangen"), "k")) == name(parse(text, "k"))
    assert name(parse(text.replace('"wadi"', '"greppel"'), "k")) != name(parse(text, "k"))
