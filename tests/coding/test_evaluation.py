"""The evaluation's figures against scikit-learn's, and whole groups left out."""

import json
from dataclasses import replace

import numpy as np
import pytest
from sklearn.metrics import f1_score, precision_score, recall_score

from codebook.model import Code, Codebook, Pattern
from codebook.reading import bundled
from coding.evaluation import Predictions, evaluate, leave_out, render, to_json
from coding.training import Example, own_examples


def random_predictions(seed: int) -> Predictions:
    random = np.random.default_rng(seed)
    examples = tuple(Example(str(i), f"tekst {i}", frozenset(), f"g{i % 4}") for i in range(300))
    truth = random.random((300, 3)) < 0.2
    scores = np.clip(truth * 0.4 + random.random((300, 3)) * 0.6, 0, 1)
    return Predictions(examples, ("a", "b", "c"), truth, scores, scores >= 0.5, scores >= 0.7)


@pytest.mark.parametrize("seed", [0, 1])
def test_figures_are_scikit_learns(seed: int) -> None:
    p = random_predictions(seed)
    e = evaluate(p, "proef")
    assert e.macro_f1.value == pytest.approx(f1_score(p.truth, p.decided, average="macro"))
    assert e.micro_f1.value == pytest.approx(f1_score(p.truth, p.decided, average="micro"))
    for j, theme in enumerate(e.themes):
        assert theme.precision.value == pytest.approx(precision_score(p.truth[:, j], p.decided[:, j]))
        assert theme.recall.value == pytest.approx(recall_score(p.truth[:, j], p.decided[:, j]))
        assert theme.f1.low is not None
        assert theme.f1.high is not None
        assert theme.f1.low <= theme.f1.high
        assert theme.n == p.truth[:, j].sum()
    assert sum(b.count for b in e.reliability) == 900


def test_perfect_predictions_make_no_mistakes() -> None:
    p = random_predictions(3)
    perfect = Predictions(p.examples, p.themes, p.truth, p.truth.astype(float), p.truth, p.truth)
    e = evaluate(perfect, "proef")
    assert (e.macro_f1.value, e.ece, e.mistakes, e.confusion) == (1.0, 0.0, (), ())
    assert e.uncoded.value == 1.0


def test_the_worst_mistake_comes_first_and_is_shown() -> None:
    e = evaluate(random_predictions(4), "proef")
    gaps = [abs(m.score - m.reference) for m in e.mistakes]
    assert gaps == sorted(gaps, reverse=True)
    assert e.mistakes[0].text in render(e)
    assert json.loads(to_json(e))["macro_f1"]["value"] == e.macro_f1.value


def test_a_group_left_out_is_predicted_without_it() -> None:
    codes = (Code("boom", "main", "Boom", "Boom.", patterns=(Pattern("boom", 0.8),)),)
    book = Codebook("bomen", "1", "nl", "Bomen", codes)
    # 'zilver' tells the code in group d only: a model that had seen d would know
    texts = {g: (f"De boom staat in {g}dorp.", f"Het loket in {g}dorp sluit.") for g in "abc"}
    examples = [
        Example(f"{g}{k}{i}", t, frozenset(["boom"] if k == 0 else []), g)
        for g, pair in texts.items()
        for k, t in enumerate(pair)
        for i in range(4)
    ]
    examples += [Example(f"d{i}", "Zilver blinkt.", frozenset(["boom"]), "d") for i in range(4)]
    p = leave_out(book, examples)
    assert len(p.examples) == len(examples)
    assert not p.decided[[e.group == "d" for e in p.examples]].any()
    assert p.decided[[e.group != "d" and bool(e.codes) for e in p.examples]].all()


def test_a_supplement_of_a_group_left_out_does_not_teach_its_model() -> None:
    codes = (Code("boom", "main", "Boom", "Boom.", patterns=(Pattern("boom", 0.8),)),)
    book = Codebook("bos", "1", "nl", "Bos", codes)
    texts = {"De boom bloeit": {"boom"}, "De vergadering begint": set[str](), "Een knotwilg": set[str]()}
    examples = [
        Example(f"{g}{t}{n}", f"{t} in {g} {n}", frozenset(c), g)
        for g in "abc"
        for t, c in texts.items()
        for n in "123"
    ]
    taught = [Example(f"s{n}", "Een knotwilg", frozenset({"boom"}), "a", supplement=True) for n in range(30)]
    found = leave_out(book, [*examples, *taught])
    scores = {e.id: s for e, s in zip(found.examples, found.scores[:, 0], strict=True) if "knotwilg" in e.text}
    assert len(found.examples) == len(examples)
    assert scores["aEen knotwilg1"] < scores["bEen knotwilg1"]


def test_own_passages_carry_themes_of_the_codebook_and_stand_once() -> None:
    themes = {theme.id for theme in bundled().themes}
    examples = own_examples(bundled())
    assert len(examples) > 1000
    assert {code for e in examples for code in e.codes} == themes
    assert len({e.text for e in examples}) == len({e.id for e in examples}) == len(examples)
    assert {e.group for e in examples} == {""}


def test_a_codebook_without_passages_of_its_own_has_none() -> None:
    assert own_examples(replace(bundled(), name="eigen")) == []
