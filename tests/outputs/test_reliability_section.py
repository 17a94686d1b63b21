"""The agreement between coders in report, Word and tables: what was coded blind, or a sentence when nothing was."""

from dataclasses import replace

import pytest

from outputs import reliability
from outputs.records import Study, work_out
from outputs.report import compose, render
from outputs.tables import sheets
from outputs.word import write_word


@pytest.fixture
def coded(study):
    """Four passages that anna and bo both read; on the third they differ over maatwerk."""

    def make(*, blind: bool = True, anonymous: bool = False, last: bool = False) -> Study:
        document = study.document("plan.pdf", ["Een", "Twee", "Drie", "Vier"])
        for coder, found in (("anna", (0, 2)), ("bo", (0,))):
            for passage in range(4):
                if passage in found:
                    study.decide(document, passage, "maatwerk", "accept", coder)
                study.decide(document, passage, "", "read", coder)
        manner = "blind" if blind else ""
        given = tuple(replace(d, manner=manner) for d in study.decisions)
        settled = replace(study.decision(document, 2, "maatwerk", "accept", "cy"), manner="adjudication", id="z")
        snapshot = replace(study.snapshot(), decisions=(*given, settled) if last else given, blind=given * blind)
        return work_out(snapshot, anonymous=anonymous)

    return make


def test_without_blind_codings_one_sentence_says_so(coded) -> None:
    page = render(compose(coded(blind=False)))
    assert "Er is niet blind gecodeerd, dus over de overeenstemming" in page
    assert "Krippendorffs α" not in page


def test_blind_codings_give_alpha_with_its_interval_and_say_who_and_when(coded) -> None:
    report = compose(coded())
    page = render(report)
    assert "anna en bo codeerden blind, op 2026-03-01; 4 passages door twee of meer van hen." in page
    assert "In 1 geval (een thema in een passage) zijn codeurs het nog oneens." in page
    [line] = [line for line in report.trust.lines if line.theme.id == "maatwerk"]
    assert (line.found.units, line.found.given, line.found.percent) == (4, 2, 0.75)
    assert "2*</td>" in page


def test_an_anonymous_report_numbers_the_coders(coded) -> None:
    page = render(compose(coded(anonymous=True)))
    assert "codeur 1 en codeur 2 codeerden blind" in page
    assert "anna" not in page


@pytest.mark.parametrize(("blind", "word"), [(True, "ja"), (False, "nee")])
def test_the_table_says_whether_it_was_blind(coded, blind, word) -> None:
    [sheet] = [sheet for sheet in sheets(coded(blind=blind)) if sheet.name == "reliability"]
    rows = [dict(zip(sheet.columns, row, strict=True)) for row in sheet.rows]
    assert {row["blind"] for row in rows} == {word}
    [row] = [row for row in rows if row["theme"] == "maatwerk"]
    assert (row["units"], row["percent"], row["coders"], row["u_alpha"]) == (4, 0.75, "anna; bo", None)
    assert row["alpha"] == pytest.approx(1 - (2 / 8) / (2 * 3 * 5 / 56), abs=1e-4)


def test_there_is_no_table_where_nobody_judged_what_another_did(study) -> None:
    study.document("plan.pdf", ["Een"])
    made = work_out(study.snapshot())
    assert reliability.rows(made) == []
    assert "reliability" not in {sheet.name for sheet in sheets(made)}


def test_word_has_the_section_too(coded, tmp_path) -> None:
    from docx import Document

    paper = Document(str(write_word(coded(), tmp_path)))
    assert "anna en bo codeerden blind" in "\n".join(p.text for p in paper.paragraphs)
    assert any(table.cell(0, 3).text == "Krippendorffs α" for table in paper.tables if len(table.columns) > 2)


def test_without_names_coders_who_disagree_still_do(coded) -> None:
    named = coded()
    statuses = [r.status for r in named.records]
    assert "oneens" in statuses
    assert [r.status for r in work_out(named.snapshot, anonymous=True).records] == statuses


def test_a_disagreement_on_which_somebody_had_the_last_word_is_not_open(coded) -> None:
    assert "zijn codeurs het nog oneens" not in render(compose(coded(last=True)))
