"""Everything works for a codebook with other themes: terms alone at first, a classifier once there are examples."""

from pathlib import Path

import pytest

from codebook.reading import parse
from coding.classifier import Model, load_model, save_model
from coding.combination import ProgramCoder, program_coder
from coding.evaluation import evaluate, leave_out, render
from coding.model import Unit
from coding.training import Example, train

FILE = Path(__file__).parents[1] / "codebook" / "klimaat.toml"
FOURTH = '\n[[code]]\nid = "lucht"\nlabel = "Schone lucht"\nterms = ["fijnstof"]\n'
BOOK = parse(FILE.read_text(encoding="utf-8").replace("\n[[relation]]", f"{FOURTH}\n[[relation]]"), "klimaat.toml")
SAYINGS = {
    "water": ["De wadi vangt de bui op", "Bij hoosbuien loopt de kelder onder", "Wij koppelen de regenpijp af"],
    "hitte": ["Hittestress treft ouderen", "In tropennachten slaapt niemand", "Het plein wordt gloeiend heet"],
    "groen": ["Er komen bomen langs de singel", "Klimop bedekt de gevel", "Een bloemrijke berm trekt bijen"],
    "lucht": ["Fijnstof wordt gemeten", "Houtrook prikt in de keel", "De uitstoot van scooters daalt"],
    "": ["De vergadering begint om acht uur", "De notulen zijn vastgesteld", "Het loket sluit om vijf uur"],
}
EXAMPLES = [
    Example(f"{place} {text}", f"{text} in {place}.", frozenset([theme] if theme else []), place)
    for place in ("Aldorp", "Beveen", "Colmond", "Dalwoude")
    for theme, texts in SAYINGS.items()
    for text in texts
]


@pytest.fixture(scope="module")
def model() -> Model:
    return train(EXAMPLES, BOOK)


def test_without_examples_only_terms_are_found_and_nothing_is_certain() -> None:
    texts = ["Fijnstof wordt gemeten.", "Houtrook prikt in de keel."]
    known, unknown = program_coder(BOOK).code([Unit(text) for text in texts])
    assert [(s.code, s.level) for s in known] == [("lucht", "waarschijnlijk")]
    assert unknown == []


def test_with_examples_wordings_that_are_no_terms_are_found(model: Model, tmp_path: Path) -> None:
    save_model(model, tmp_path)
    coder = ProgramCoder(BOOK, load_model(tmp_path))
    texts = {"Houtrook hangt in Emmerveld.": "lucht", "De kelder in Emmerveld liep onder.": "water"}
    assert [scores[0].code for scores in coder.code([Unit(text) for text in texts])] == list(texts.values())


def test_it_is_evaluated_on_its_own_themes_with_whole_groups_left_out() -> None:
    found = evaluate(leave_out(BOOK, EXAMPLES), "proef")
    assert [(t.code, t.n) for t in found.themes] == [(t.id, 12) for t in BOOK.themes]
    assert len(found.themes) == 4
    assert (found.macro_f1.value or 0) > 0.9
    assert "zelfredzaamheid" not in render(found)
