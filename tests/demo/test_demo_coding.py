"""From demo passage to coding: what the codebook promises on text that nobody tuned it to."""

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import pytest

from codebook.model import Codebook
from coding.dictionary import DictionaryCoder
from coding.model import Coding, Flag, Unit
from corpus.model import CODED_KINDS, Extraction, Passage

KEYS = ("BP", "B24", "B25", "KN", "OP", "VO", "RV", "EV", "UP")
DECIDED = ("zeker", "waarschijnlijk")
LEAST_RECALL = 0.60
LEAST_PRECISION = 0.75
SOFT_TRAPS_SPRUNG = 3
TENSIONS_FOUND = 0.75


@dataclass(frozen=True)
class Judged:
    """A reference passage beside what the program decided for it."""

    entry: dict[str, Any]
    decided: frozenset[str]

    @property
    def missed(self) -> frozenset[str]:
        return frozenset(self.entry["codes"]) - self.decided

    @property
    def false(self) -> frozenset[str]:
        # The other cells of a table may say more than the phrase does.
        return (
            frozenset()
            if self.entry.get("table")
            else self.decided - {*self.entry["codes"], *self.entry.get("maybe", ())}
        )


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def passage_of(extraction: Extraction, phrase: str) -> Passage | None:
    return next((p for p in extraction.passages if p.kind in CODED_KINDS and phrase in plain(p.text)), None)


@pytest.fixture(scope="session")
def judged(
    expected: dict[str, Any],
    extractions: dict[str, Extraction],
    codings: dict[str, list[Coding]],
    codebook: Codebook,
) -> list[Judged]:
    themes = {code.id for code in codebook.themes}
    result = []
    for entry in expected["passages"]:
        passage = passage_of(extractions[entry["document"]], entry["phrase"])
        decided = (
            {c.code for c in codings[entry["document"]] if c.start == passage.start and c.level in DECIDED}
            if passage
            else set()
        )
        result.append(Judged(entry, frozenset(decided & themes)))
    return result


def test_hard_traps_are_never_decided(judged: list[Judged]) -> None:
    sprung = [(j.entry["phrase"], sorted(j.decided & set(j.entry.get("never", ())))) for j in judged]
    assert [trap for trap in sprung if trap[1]] == []


def test_hard_traps_hold_no_term_of_the_dictionary(
    codebook: Codebook, expected: dict[str, Any], extractions: dict[str, Extraction]
) -> None:
    coder = DictionaryCoder(codebook)
    sprung = []
    for entry in expected["passages"]:
        passage = passage_of(extractions[entry["document"]], entry["phrase"])
        if passage and "never" in entry:
            [scores] = coder.code([Unit(passage.text, passage.heading_path, kind=passage.kind)])
            sprung += [
                (entry["phrase"], s.code, s.score) for s in scores if s.code in entry["never"] and s.score >= 0.5
            ]
    assert sprung == []


def test_few_soft_traps_are_decided(judged: list[Judged]) -> None:
    sprung = [(j.entry["phrase"], sorted(j.decided & set(j.entry.get("rather_not", ())))) for j in judged]
    assert len([trap for trap in sprung if trap[1]]) <= SOFT_TRAPS_SPRUNG


def test_most_reference_codes_are_decided(judged: list[Judged]) -> None:
    wanted = sum(len(j.entry["codes"]) for j in judged)
    missed = [(j.entry["phrase"], sorted(j.missed)) for j in judged if j.missed]
    recall = 1 - sum(len(codes) for _, codes in missed) / wanted
    assert recall >= LEAST_RECALL, f"recall {recall:.2f}; missed: {missed}"


def test_most_decided_codes_are_in_the_reference(judged: list[Judged]) -> None:
    rows = [j for j in judged if not j.entry.get("table")]
    decided = sum(len(j.decided) for j in rows)
    false = [(j.entry["phrase"], sorted(j.false)) for j in rows if j.false]
    precision = 1 - sum(len(codes) for _, codes in false) / decided
    assert precision >= LEAST_PRECISION, f"precision {precision:.2f}; false: {false}"


def test_every_theme_is_found_somewhere(judged: list[Judged], codebook: Codebook) -> None:
    found = {code for j in judged for code in j.decided & set(j.entry["codes"])}
    assert found == {code.id for code in codebook.themes}


@pytest.fixture(scope="session")
def flags(
    codebook: Codebook, extractions: dict[str, Extraction], codings: dict[str, list[Coding]]
) -> dict[str, list[Flag]]:
    from coding.relations import Sought, find_flags

    sought = Sought(codebook)
    found: dict[str, list[Flag]] = defaultdict(list)
    for key, extraction in extractions.items():
        found[key] = find_flags(sought, key, extraction.version, extraction.passages, codings[key])
    return found


def stands_at(flag: Flag, entry: dict[str, Any], extraction: Extraction) -> bool:
    """The flag joins these poles, and each of its quotes is in a passage of the entry's phrases."""
    if set(flag.codes) != set(entry["codes"]):
        return False
    passages = [passage_of(extraction, entry[side]) for side in ("left", "right")]
    return all(any(p and p.start <= quote.start < p.end for p in passages) for quote in (flag.left, flag.right))


def found_grade(entry: dict[str, Any], flags: list[Flag], extraction: Extraction) -> int:
    return max((flag.grade for flag in flags if stands_at(flag, entry, extraction)), default=0)


def test_most_tensions_that_the_text_states_are_flagged_as_stated(
    expected: dict[str, Any], flags: dict[str, list[Flag]], extractions: dict[str, Extraction]
) -> None:
    stated = [entry for entry in expected["tensions"] if entry["grade"] >= 3]
    missed = []
    for entry in stated:
        grade = found_grade(entry, flags[entry["document"]], extractions[entry["document"]])
        if grade < 3:
            missed.append((entry["document"], entry["codes"], entry["grade"], grade))
    assert len(missed) <= (1 - TENSIONS_FOUND) * len(stated), missed


def test_quotes_of_flags_stand_literally_in_the_text(
    flags: dict[str, list[Flag]], extractions: dict[str, Extraction]
) -> None:
    quotes = [(key, quote) for key, found in flags.items() for flag in found for quote in (flag.left, flag.right)]
    assert quotes
    for key, quote in quotes:
        assert extractions[key].version.text[quote.start : quote.end] == quote.text


@pytest.mark.parametrize("key", KEYS)
def test_ambiguous_phrases_are_flagged(
    key: str,
    expected: dict[str, Any],
    flags: dict[str, list[Flag]],
    extractions: dict[str, Extraction],
    codebook: Codebook,
) -> None:
    ambiguous = {relation.id for relation in codebook.relations if relation.kind == "ambiguity"}
    for entry in expected["ambiguities"]:
        if entry["document"] == key:
            passage = passage_of(extractions[key], entry["phrase"])
            assert passage
            assert [f for f in flags[key] if f.relation in ambiguous and passage.start <= f.left.start < passage.end], (
                entry["phrase"]
            )
