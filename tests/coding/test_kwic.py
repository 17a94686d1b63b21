"""Keyword in context: what patterns find, and that a bad one ends politely."""

import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from coding import kwic, store
from corpus import store as corpus_store
from corpus.model import Anchor, Box, Document, Extraction, Passage, TextVersion
from corpus.study import Study, create_study

TEXT = "Kop\nEigen kracht, de eigen\nkrachten van vroegsignalering: vroeg signaal. Veerkracht (kracht)!"


@pytest.mark.parametrize(
    ("pattern", "way", "found"),
    [
        ("kracht", "glob", ["kracht", "kracht"]),
        ("EIGEN KRACHT", "glob", ["Eigen kracht"]),
        ("eigen kracht*", "glob", ["Eigen kracht", "eigen\nkrachten"]),
        ("vroeg*", "glob", ["vroegsignalering", "vroeg"]),
        ("*kracht", "glob", ["kracht", "Veerkracht", "kracht"]),
        ("k?p", "glob", ["Kop"]),
        ("de * krachten", "glob", ["de eigen\nkrachten"]),
        ("(kracht)!", "glob", ["(kracht)!"]),
        ("[a-z]", "glob", []),
        (r"\bvroeg\b", "regex", ["vroeg"]),
        ("x*", "regex", []),
        ("eigen kracht", "lemma", ["Eigen kracht", "eigen\nkrachten"]),
    ],
)
def test_patterns_find(pattern: str, way: str, found: list[str]) -> None:
    spans = kwic.finder(pattern, way)(TEXT)  # type: ignore[arg-type]  # one of the three ways
    assert [TEXT[slice(*span)] for span in spans] == found


@pytest.mark.parametrize(("pattern", "way"), [("(", "regex"), ("*a", "regex"), ("", "glob"), (" ", "lemma")])
def test_pattern_that_cannot_be_searched_for_says_so(pattern: str, way: str) -> None:
    with pytest.raises(kwic.PatternError):
        kwic.finder(pattern, way)  # type: ignore[arg-type]  # one of the three ways


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    made = create_study(tmp_path / "s", "")
    text = "Furniture kracht\n" + TEXT + "a" * 40
    anchors = (Anchor(17, 50, Box(3, 0, 0, 1, 1)), Anchor(50, len(text), Box(4, 0, 0, 1, 1)))
    passages = (
        Passage(1, "furniture", (), 0, 16, text[:16]),
        Passage(2, "paragraph", ("Kop", "Onder"), 17, len(text), text[17:], anchors),
    )
    with closing(store.open_store(made)) as connection:
        document = Document("d", "plan.pdf")
        corpus_store.save_document(connection, document, Extraction(TextVersion("d", "pdf 1", text, 4), passages))
    return made


def test_hits_come_with_their_passage_page_and_headings(study: Study) -> None:
    with closing(store.open_store(study)) as connection:
        lines = list(kwic.concordance(study, connection, kwic.finder("eigen kracht*", "glob")))
    assert [(line.keyword, line.page, line.heading_path) for line in lines] == [
        ("Eigen kracht", 3, "Kop > Onder"),
        ("eigen krachten", 3, "Kop > Onder"),
    ]
    assert lines[0].left == "Kop "
    assert lines[0].right.startswith(", de eigen krachten van")


def test_expression_that_never_ends_is_broken_off(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kwic, "SECONDS_PER_PASSAGE", 0.2)
    started = time.monotonic()
    with closing(store.open_store(study)) as connection, pytest.raises(kwic.TooSlowError):
        list(kwic.concordance(study, connection, kwic.finder("(a+)+$b", "regex")))
    assert time.monotonic() - started < 10
