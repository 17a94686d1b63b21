"""Training, the model's files, levels, the combination and its evidence, on sentences of our own."""

import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codebook.model import Code, Codebook, Pattern
from codebook.reading import bundled
from coding.classifier import ARRAYS, SENTENCES, Model, load_model, save_model, together
from coding.combination import ProgramCoder, program_coder
from coding.concepts import LEXICON, concepts, lexicon_digest
from coding.dictionary import DictionaryCoder
from coding.features import read_units
from coding.levels import LOWER_BOUND, calibrate, choose_cuts, level, wilson_lower
from coding.manifest import MANIFEST, SHIPPED, Cuts, ModelError, method_of, read_manifest
from coding.model import Unit
from coding.training import Example, read_examples, train

GROEN = ["Wij planten bomen in de straat", "Meer groen in het park", "Bomen en struiken geven schaduw"]
GELD = ["De begroting sluit met een tekort", "Wij sparen geld voor later", "Het tekort op de begroting groeit"]
NIETS = ["De vergadering begint om acht uur", "De notulen zijn vastgesteld", "Het loket sluit om vijf uur"]


def small_codebook(name: str = "tuin") -> Codebook:
    codes = (
        Code("groen", "main", "Groen", "Groen.", patterns=(Pattern("boom", 0.6), Pattern("groen", 0.6))),
        Code("groen.park", "main", "Park", "Park.", patterns=(Pattern("park", 0.8),)),
        Code("geld", "main", "Geld", "Geld.", patterns=(Pattern("tekort", 0.6),)),
        Code("spel", "main", "Spel", "Spel.", patterns=(Pattern("speeltuin", 0.7),)),
        Code("water", "auxiliary", "Water", "Water.", patterns=(Pattern("sloot", 0.7),)),
    )
    return Codebook(name, "1", "nl", "Tuin", codes)


def small_examples() -> list[Example]:
    examples = []
    for group in "abcd":
        for kind, texts in (("groen", GROEN), ("geld", GELD), ("", NIETS)):
            for i, text in enumerate(texts):
                codes = frozenset([kind] if kind else [])
                examples.append(Example(f"{group}{kind}{i}", f"{text} in {group}dorp.", codes, group))
    return examples


def missing_patterns(model: Model, codebook: Codebook) -> list[str]:
    """Return the pattern features (code, tab, pattern) of both readers that the codebook lacks."""
    known = {f"{c.id}\t{p.text}" for c in codebook.codes for p in c.patterns}
    layers = [layer for layer in (model.whole, model.sentence) if layer]
    return sorted({key for layer in layers for key in layer.features.patterns} - known)


@pytest.fixture(scope="module")
def model() -> Model:
    return train(small_examples(), small_codebook())


def test_the_same_examples_give_the_same_bytes(model: Model, tmp_path: Path) -> None:
    save_model(model, tmp_path / "one")
    save_model(train(small_examples(), small_codebook()), tmp_path / "two")
    for name in (ARRAYS, MANIFEST):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_a_saved_model_says_the_same(model: Model, tmp_path: Path) -> None:
    save_model(model, tmp_path)
    readings = read_units(DictionaryCoder(small_codebook()), [Unit(t) for t in GROEN + GELD + NIETS])
    assert np.array_equal(load_model(tmp_path).probabilities(readings), model.probabilities(readings))


def test_it_learns_what_it_is_shown(model: Model) -> None:
    coder = ProgramCoder(small_codebook(), model)
    best = [scores[0].code for scores in coder.code([Unit("Bomen in het park geven schaduw."), Unit("Een tekort.")])]
    assert best == ["groen", "geld"]


def test_examples_from_one_group_are_refused() -> None:
    with pytest.raises(ValueError, match="twee groepen"):
        train([e for e in small_examples() if e.group == "a"], small_codebook())


def test_a_theme_that_one_sentence_of_many_carries_is_found_in_that_sentence(model: Model) -> None:
    text = " ".join(f"{t}." for t in [*NIETS, *NIETS, GROEN[0], *NIETS, *NIETS])
    reading = read_units(DictionaryCoder(small_codebook()), [Unit(text)])
    groen = model.themes.index("groen")
    whole = replace(model, sentence=None)
    assert model.raw(reading)[0, groen] - whole.raw(reading)[0, groen] > SENTENCES * np.log(2)


@given(st.lists(st.floats(-12, 25), min_size=1, max_size=6))
def test_sentences_together_are_the_chance_that_one_at_least_has_the_theme(odds: list[float]) -> None:
    none = np.prod([1 / (1 + np.exp(x)) for x in odds])
    added = together(np.zeros((1, 1)), np.array(odds)[:, None], np.zeros(len(odds), dtype=int))[0, 0]
    assert added == pytest.approx(float(SENTENCES * np.log((1 - none) / none)), abs=1e-6)


def test_a_reading_knows_its_sentences_at_their_own_places() -> None:
    text = "De boom staat.  Het tekort groeit! Klaar"
    sentences = read_units(DictionaryCoder(small_codebook()), [Unit(text)])[0].sentences
    assert [s.text for s in sentences] == ["De boom staat.", "Het tekort groeit!", "Klaar"]
    assert [[s.text[h.start : h.end] for h in s.hits] for s in sentences] == [["boom"], ["tekort"], []]
    assert [s.text[slice(*span)] for s in sentences for span in s.spans[-1:]] == ["staat", "groeit", "Klaar"]


def test_a_supplement_is_never_held_out() -> None:
    extra = [replace(e, supplement=True) for e in small_examples()]
    cuts = train(small_examples() + extra, small_codebook()).cuts
    assert [c.examples for c in cuts] == [12, 12, 0]


def test_a_pattern_the_codebook_lacks_counts_as_nothing(model: Model) -> None:
    book = small_codebook()
    poorer = replace(book, codes=(replace(book.codes[0], patterns=(Pattern("groen", 0.6),)), *book.codes[1:]))
    assert missing_patterns(model, poorer) == ["groen\tboom"]
    assert ProgramCoder(poorer, model).code([Unit("Bomen in de straat.")])[0]


@pytest.mark.parametrize("name", [ARRAYS, MANIFEST])
def test_a_broken_model_is_named(model: Model, tmp_path: Path, name: str) -> None:
    save_model(model, tmp_path)
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(ModelError, match="train het opnieuw"):
        load_model(tmp_path)


def test_a_model_of_an_earlier_format_is_named_with_what_helps(model: Model, tmp_path: Path) -> None:
    save_model(model, tmp_path)
    manifest = tmp_path / MANIFEST
    manifest.write_text(manifest.read_text(encoding="utf-8").replace('"format": 3', '"format": 2'), encoding="utf-8")
    with pytest.raises(ModelError, match=f"^{re.escape(str(tmp_path))}: formaat 2 is onbekend; haal deze map weg"):
        load_model(tmp_path)


def test_a_word_never_seen_counts_by_its_concept(model: Model) -> None:
    assert "GROEN" in concepts()["moestuin"]
    assert "moestuin" not in model.whole.features.words
    texts = ["De moestuin van Zwoelwold.", "De parkeergarage van Zwoelwold."]
    kin, other = model.probabilities(read_units(DictionaryCoder(small_codebook()), [Unit(text) for text in texts]))
    assert kin[0] > other[0]


def test_evidence_of_a_concept_stands_at_the_words_that_bring_it(model: Model) -> None:
    text = "Een heg om het plantsoen."
    reading = read_units(DictionaryCoder(small_codebook()), [Unit(text)])[0]
    found = [
        model.whole.features.places(int(c), reading)
        for c in model.whole.features.rows([reading]).indices
        if model.whole.features.telling(c)
    ]
    assert ("begrip groen", ["heg", "plantsoen"]) in [(name, [text[a:b] for a, b in spans]) for name, spans in found]


def test_every_line_of_the_lexicon_is_a_lemma_with_concepts() -> None:
    lines = [x for x in LEXICON.read_text(encoding="utf-8").splitlines() if not x.startswith("#")]
    assert [x for x in lines if not re.fullmatch(r"[^\t\s]+\t[A-Z_]+( [A-Z_]+){0,3}", x)] == []
    assert len(concepts()) == len(lines)
    assert lines == sorted(lines, key=lambda line: line.split("\t")[0])


def test_the_shipped_model_was_learned_with_this_lexicon() -> None:
    assert read_manifest(SHIPPED).lexicon == lexicon_digest(), "draai `make model`"


def test_arrays_of_another_model_are_refused(model: Model, tmp_path: Path) -> None:
    save_model(model, tmp_path)
    manifest = json.loads((tmp_path / MANIFEST).read_text(encoding="utf-8"))
    manifest["digest"] = "0" * 12
    (tmp_path / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(ModelError, match="horen niet bij elkaar"):
        load_model(tmp_path)


def test_a_model_of_another_codebook_is_refused(model: Model, tmp_path: Path) -> None:
    save_model(model, tmp_path)
    with pytest.raises(ModelError, match="ander codeboek"):
        program_coder(small_codebook("moestuin"), tmp_path)


def test_without_a_model_nothing_is_certain(tmp_path: Path) -> None:
    coder = program_coder(small_codebook(), tmp_path)
    scores = coder.code([Unit("Bomen en groen in het park, een sloot, en een tekort.")])[0]
    assert {s.code: s.level for s in scores} == {
        "groen": "waarschijnlijk",
        "groen.park": "waarschijnlijk",
        "water": "waarschijnlijk",
        "geld": "waarschijnlijk",
    }
    assert all(theme.certain is None for theme in method_of(small_codebook()).themes)


def test_a_sub_theme_is_decided_only_where_its_theme_is(model: Model) -> None:
    never = replace(model, cuts=tuple(replace(c, threshold=1.0, certain=None) for c in model.cuts))
    scores = ProgramCoder(small_codebook(), never).code([Unit("Groen in het park.")])[0]
    assert {s.level for s in scores if s.code.startswith("groen")} == {"twijfel"}


def test_headings_and_empty_units_hold_no_codes(model: Model) -> None:
    coder = ProgramCoder(small_codebook(), model)
    assert coder.code([Unit("Bomen en groen", kind="heading"), Unit(""), Unit(" – ")]) == [[], [], []]
    assert coder.code([]) == []


def test_evidence_starts_in_the_sentence_that_carries_the_code(model: Model) -> None:
    text = "De vergadering begint om acht uur. Meer groen en bomen in het park."
    scores = ProgramCoder(small_codebook(), model).code([Unit(text)])[0]
    groen = next(s for s in scores if s.code == "groen")
    assert groen.evidence[0].start > text.index(".")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["Bomen", "groen", "😀", "tekort", "é", "\n", ". ", "park", "12"]), max_size=12))
def test_scores_and_evidence_stay_within_bounds(words: list[str]) -> None:
    text = " ".join(words)
    for score in PROPERTY_CODER.code([Unit(text)])[0]:
        assert 0.05 <= score.score <= 1
        assert score.level is not None
        assert all(0 <= e.start < e.end <= len(text) for e in score.evidence)


PROPERTY_CODER = ProgramCoder(small_codebook(), train(small_examples(), small_codebook()))


@given(st.floats(0, 1), st.floats(0, 1))
def test_levels_never_fall_as_scores_rise(a: float, b: float) -> None:
    order = ["twijfel", "waarschijnlijk", "zeker"]
    cuts = Cuts(1, 0, 0.4, 0.8, 10, 0.9, 0.8)
    low, high = sorted([a, b])
    assert order.index(level(low, cuts)) <= order.index(level(high, cuts))


def test_calibration_brings_scores_to_frequencies() -> None:
    random = np.random.default_rng(1)
    raw = random.normal(0, 3, 4000)
    truth = (random.random(4000) < 1 / (1 + np.exp(-(0.5 * raw - 1)))).astype(int)
    probability = calibrate(raw, choose_cuts([raw], [truth])[0])
    assert abs(probability.mean() - truth.mean()) < 0.01
    top = probability > 0.6
    assert abs(probability[top].mean() - truth[top].mean()) < 0.04


def scored(n: int, strength: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Scores of a theme with the codes they go with: the stronger, the better they tell."""
    random = np.random.default_rng(seed)
    truth = random.integers(0, 2, n)
    return random.normal(strength * (2 * truth - 1), 1.0), truth


def test_no_certainty_where_it_cannot_be_promised() -> None:
    (noise,) = choose_cuts(*([column] for column in scored(500, 0.0, 2)))
    (two,) = choose_cuts([np.array([3.0, -3.0])], [np.array([1, 0])])
    (good,) = choose_cuts(*([column] for column in scored(500, 1.5, 2)))
    assert (noise.certain, two.certain) == (None, None)
    assert good.certain is not None


def test_a_theme_of_few_examples_leans_on_the_others() -> None:
    few, many = scored(10, 1.5, 3), [scored(600, 1.5, seed) for seed in (4, 5)]
    raw, truth = zip(few, *many, strict=True)
    alone, among = choose_cuts([few[0]], [few[1]])[0], choose_cuts(raw, truth)[0]
    assert alone.certain is None
    assert among.certain is not None
    assert among.lower >= LOWER_BOUND


def test_a_theme_that_is_worse_than_the_others_is_certain_later_or_never() -> None:
    worse, many = scored(400, 0.5, 6), [scored(600, 1.5, seed) for seed in (7, 8)]
    raw, truth = zip(worse, *many, strict=True)
    first, *rest = choose_cuts(raw, truth)
    assert all((first.certain or 1.0) > (cuts.certain or 1.0) for cuts in rest)


def test_wilson_lower_bound() -> None:
    assert wilson_lower(0, 0) == 0
    assert wilson_lower(9, 10) == pytest.approx(0.5958, abs=1e-3)


def test_a_bad_line_of_reference_codes_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"id": 1, "text": "a", "themas": [], "municipality": "x"}\n{"id": 2}\n', encoding="utf-8")
    with pytest.raises(ValueError, match="regel 2"):
        read_examples(path)


def test_the_shipped_model_fits_the_bundled_codebook() -> None:
    shipped, book = load_model(SHIPPED), bundled()
    assert shipped.themes == tuple(t.id for t in book.themes)
    assert missing_patterns(shipped, book) == []
    assert "niet op codes van mensen" in method_of(book).measured_on
