"""A flag's quotes hold the words it rests on: what is claimed of a text can be read in what is shown."""

from typing import Any

import pytest

from coding.model import Flag, Quote
from corpus.model import Passage
from outputs.connecting import spoken, with_marker
from outputs.quotes import meeting
from outputs.records import work_out

TEXT = "Hier ligt een bewuste\nspanning. Zij beslissen zelf, binnen een budget. Verder niets. Tegelijk botst het."


def quote_of(passage: Passage, words: str) -> Quote:
    start = passage.start + passage.text.index(words)
    return Quote("d", "v", start, start + len(words), words, 1)


@pytest.mark.parametrize(
    ("marker", "text", "found"),
    [
        ("op gespannen voet", "Zij staan Op  gespannen\nvoet.", ["Op  gespannen\nvoet"]),
        ("mits", "Permits, mits het kan", ["mits"]),
        ("€ (vrij)", "tot € (vrij) besteedbaar", ["€ (vrij)"]),
        ("", "alles", []),
    ],
)
def test_markers_are_found_whatever_white_space_and_capitals(marker: str, text: str, found: list[str]) -> None:
    assert [text[a:b] for a, b in spoken(marker, text)] == found


@pytest.mark.parametrize(
    ("marker", "shown"),
    [
        ("een bewuste spanning", "Hier ligt een bewuste\nspanning. Zij beslissen zelf, binnen een budget."),
        ("botst", "Zij beslissen zelf, binnen een budget. Verder niets. Tegelijk botst het."),
        ("binnen", "Zij beslissen zelf, binnen een budget."),
        ("nergens", "Zij beslissen zelf, binnen een budget."),
        ("", "Zij beslissen zelf, binnen een budget."),
    ],
)
def test_quote_is_widened_to_the_sentence_with_its_marker(marker: str, shown: str) -> None:
    passage = Passage(0, "paragraph", (), 100, 100 + len(TEXT), TEXT, ())
    (wider,) = with_marker([quote_of(passage, "Zij beslissen zelf, binnen een budget.")], marker, [passage])
    assert wider.text == shown
    assert passage.text[wider.start - 100 : wider.end - 100] == wider.text


def test_quote_of_another_text_is_left_as_it_is() -> None:
    passage = Passage(0, "paragraph", (), 0, len(TEXT), TEXT, ())
    elsewhere = Quote("e", "w", 3, 12, "iets anders", 1)
    assert with_marker([elsewhere], "botst", [passage]) == [elsewhere]


def test_report_marks_the_words_that_connect(study: Any) -> None:
    document = study.document("a.pdf", [TEXT])
    (passage,) = study.passages[document]
    here = quote_of(passage, "Zij beslissen zelf, binnen een budget.")
    here = Quote(document, study.versions[document].id, here.start, here.end, here.text, 1)
    flag = Flag("maatwerk-gelijkheid", 4, "sentence", here, here, ("maatwerk", "gelijkheid"), "een bewuste spanning")
    ((_label, shown),) = meeting(flag, work_out(study.snapshot())).quotes
    assert [part.text for part in shown.parts if part.marked] == ["een bewuste\nspanning"]
