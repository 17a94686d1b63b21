"""Codes of passages whose text is kept elsewhere find their passages again, by their words alone."""

import importlib.util
import re
from pathlib import Path

TOOL = Path(__file__).resolve().parents[2] / "tools" / "corpus_examples.py"
SPEC = importlib.util.spec_from_file_location("corpus_examples", TOOL)
assert SPEC
assert SPEC.loader
corpus_examples = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(corpus_examples)


def test_a_passage_is_known_by_its_words_whatever_their_spacing() -> None:
    codes = {corpus_examples.passage_key("Wij helpen elkaar."): ["wederkerigheid"]}
    passages = [
        {"document": "Zilverhorn/plan.pdf", "text": "Iets anders."},
        {"document": "Zilverhorn/plan.pdf", "text": "Wij  helpen\nelkaar."},
        {"document": "Elders/plan.pdf", "text": "wij helpen elkaar."},
    ]
    (found,) = corpus_examples.join(passages, codes)
    assert found["themas"] == ["wederkerigheid"]
    assert (found["municipality"], found["text"]) == ("Zilverhorn", "Wij  helpen\nelkaar.")


def test_the_codes_hold_no_text_and_only_themes_of_the_codebook() -> None:
    from codebook.reading import bundled

    codes = corpus_examples.read_codes()
    assert codes
    assert [key for key in codes if not re.fullmatch("[0-9a-f]{16}", key)] == []
    assert {theme for themes in codes.values() for theme in themes} <= {t.id for t in bundled().themes}
