"""Learning from people's decisions: the model moves where they judged, and nowhere else."""

from dataclasses import replace

import numpy as np
import pytest

from codebook.model import Code, Codebook, Pattern
from codebook.reading import bundled
from coding.adapting import SAMPLED, Judged, adapt, compare, fresh_model, recut
from coding.classifier import Model
from coding.combination import fitting_model
from coding.dictionary import DictionaryCoder
from coding.features import Reading, read_units
from coding.model import Unit

FOR = ["De poort staat altijd open", "De poort is breed en van iedereen", "Onze poort kent geen slot"]
AGAINST = ["De begroting sluit", "Het loket gaat om vijf uur dicht", "De notulen zijn vastgesteld"]


def passages(theme: str, documents: int = 4, times: int = 5) -> list[Judged]:
    rows = []
    for document in range(documents):
        for i in range(times):
            rows += [Judged(f"{text} in jaar {i}.", f"d{document}", {theme: True}) for text in FOR]
            rows += [Judged(f"{text} in jaar {i}.", f"d{document}", {theme: False}) for text in AGAINST]
    return rows


def read(book: Codebook, judged: list[Judged]) -> list[Reading]:
    return read_units(DictionaryCoder(book), [Unit(j.text) for j in judged])


@pytest.fixture(scope="module")
def shipped() -> Model:
    model = fitting_model(bundled())
    assert model is not None
    return model


def test_a_wording_that_people_accept_is_found_afterwards_and_other_themes_stay(shipped: Model) -> None:
    judged = passages("nabijheid")
    readings = read(bundled(), judged)
    j = shipped.themes.index("nabijheid")
    others = [i for i in range(len(shipped.themes)) if i != j]
    before, after = shipped.probabilities(readings), adapt(shipped, readings, judged).probabilities(readings)
    accepted = np.array([judged_row.applies["nabijheid"] for judged_row in judged])
    assert before[accepted, j].max() < 0.5 < after[accepted, j].min()
    assert after[~accepted, j].max() < 0.5
    assert np.array_equal(before[:, others], after[:, others])


def test_too_few_judgements_move_nothing(shipped: Model) -> None:
    judged = [Judged(FOR[0], "d", {"nabijheid": True})] * 9 + [Judged(AGAINST[0], "d", {"nabijheid": False})] * 40
    readings = read(bundled(), judged)
    assert np.array_equal(adapt(shipped, readings, judged).whole.weights, shipped.whole.weights)


def test_comparison_is_on_documents_held_out_and_shows_the_gain(shipped: Model) -> None:
    judged = passages("nabijheid")
    readings = read(bundled(), judged)
    [change], adapted = compare(shipped.probabilities(readings), shipped, readings, judged)
    assert (change.theme, change.judged, change.positive) == ("nabijheid", 120, 60)
    assert change.f1_after > 0.95 > change.f1_before
    assert change.loss_after <= change.loss_before
    assert adapted.digest != shipped.digest


def test_judgements_without_pattern_are_seen_to_make_the_model_worse(shipped: Model) -> None:
    random = np.random.default_rng(1)
    judged = [
        Judged(f"{text} ({i})", f"d{i % 5}", {"nabijheid": bool(random.integers(2))})
        for i in range(100)
        for text in [AGAINST[i % 3]]
    ]
    sure = np.full((100, 11), 0.5)
    readings = read(bundled(), judged)
    [change], _ = compare(sure, shipped, readings, judged)
    assert change.loss_after > change.loss_before


def sampled(model: Model, right: float, n: int = SAMPLED) -> tuple[np.ndarray, list[Judged]]:
    """Scores with judgements of a random sample; codes scored high apply as often as ``right`` says."""
    random = np.random.default_rng(3)
    raw = np.where(random.random((n, len(model.themes))) < 0.3, 4.0, -6.0) + random.normal(0, 0.5, (n, 11))
    applies = (raw > 0) & (random.random(raw.shape) < right)
    rows = [dict(zip(model.themes, map(bool, row), strict=True)) for row in applies]
    return raw, [Judged("tekst", f"d{i % 7}", row, weight=10.0) for i, row in enumerate(rows)]


@pytest.mark.parametrize(("right", "certain"), [(0.99, True), (0.6, False)])
def test_a_random_sample_decides_what_is_certain_in_this_study(shipped: Model, right: float, certain: bool) -> None:
    raw, judged = sampled(shipped, right)
    cuts = recut(shipped, raw, judged).cuts
    assert {c.certain is not None for c in cuts} == {certain}


def test_passages_that_were_chosen_for_review_decide_no_cuts(shipped: Model) -> None:
    raw, judged = sampled(shipped, 0.6)
    assert recut(shipped, raw, [replace(j, weight=0.0) for j in judged]).cuts == shipped.cuts
    assert recut(shipped, raw[1:], judged[1:]).cuts == shipped.cuts  # one too few


def test_the_same_decisions_give_the_same_model(shipped: Model) -> None:
    judged = passages("nabijheid")
    readings = read(bundled(), judged)
    assert adapt(shipped, readings, judged).digest == adapt(shipped, readings, judged).digest


def test_one_document_is_too_few_to_compare(shipped: Model) -> None:
    judged = passages("nabijheid", documents=1)
    readings = read(bundled(), judged)
    with pytest.raises(ValueError, match="twee documenten"):
        compare(shipped.probabilities(readings), shipped, readings, judged)


def test_a_codebook_of_ones_own_gets_a_model_once_a_theme_has_enough() -> None:
    book = Codebook(
        "tuin",
        "1",
        "nl",
        "Tuin",
        (
            Code("open", "main", "Open", "", patterns=(Pattern("openheid"),)),
            Code("dicht", "main", "Dicht", ""),
        ),
    )
    judged = passages("open")
    readings = read(book, judged)
    assert fresh_model(book, readings[:30], judged[:30]) is None
    model = fresh_model(book, readings, judged)
    assert model is not None
    assert model.themes == ("open",)
    [change], adapted = compare(np.zeros((len(judged), 1)), model, readings, judged)
    assert change.f1_after > 0.95
    assert adapted.cuts[0].certain is not None
