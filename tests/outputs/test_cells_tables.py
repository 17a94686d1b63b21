"""Niet gevonden in tables, preconditions that rest on it, and the framework matrix as Word, workbook and CSV."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from codebook.model import Relation
from coding.cell_events import Chosen, Closing, Summary
from coding.snapshot import Snapshot
from corpus.study import CellSettings
from outputs.cells import cell_rows, how_searched
from outputs.coverage import coverage, named, named_within
from outputs.framework import framework, framework_sheets, how_far
from outputs.preconditions import Precondition, in_short, preconditions
from outputs.records import Study, work_out
from outputs.report import compose, render
from outputs.summary import summary
from outputs.tables import sheets
from outputs.word import write_matrix, write_word
from outputs.wording import at_most
from outputs.workbook import write_book

NEEDS = Relation("preventie-vraagt-maatwerk", "precondition", ("maatwerk", "preventie"))
WHEN = datetime(2026, 3, 2, 10, tzinfo=UTC)


def texts(town: str) -> list[str]:
    return [f"In {town} staat als punt nummer {i} wat de raad heeft besloten" for i in range(9)]


@pytest.fixture
def two_towns(study, town) -> Snapshot:
    """Lindeveen: preventie genoemd, maatwerk read and not found. Ommeren: preventie genoemd, maatwerk not yet read."""
    study.codebook = replace(study.codebook, relations=(*study.codebook.relations, NEEDS))
    linde = study.document("linde.pdf", texts("Lindeveen"), homes=[town("Lindeveen")], title="Plan van Lindeveen")
    ommeren = study.document("ommeren.pdf", texts("Ommeren"), homes=[town("Ommeren")])
    for where in (linde, ommeren):
        study.suggest(where, 0, "maatwerk")
        study.suggest(where, 1, "maatwerk", "twijfel")
        study.suggest(where, 2, "maatwerk")
        study.suggest(where, 3, "preventie")
        study.decide(where, 3, "preventie", "accept")
    bare = replace(study.snapshot(), cell_settings=CellSettings(candidates=2, sample=4, seed=3))
    cell = work_out(bare).cells["Lindeveen", "maatwerk"].cell
    read = {number for group in cell.groups for _document, number in group.places}
    study.suggest(linde, max({4, 5, 6, 7, 8} - read), "maatwerk")  # a third suggestion that nobody has to read
    bare = replace(bare, codings=tuple(study.codings))
    for (document, number), *_ in (group.places for group in cell.groups):
        study.decide(document, number, "maatwerk", "reject")
    read = replace(bare, decisions=tuple(study.decisions))
    standing = work_out(read).cells["Lindeveen", "maatwerk"]
    searched = standing.searched(bare.cell_settings)
    closing = Closing("c" * 32, WHEN, "anna", "Lindeveen", "maatwerk", "x", searched)
    return replace(read, closings=(closing,))


def needs(snapshot: Snapshot) -> list[Precondition]:
    study = work_out(snapshot)
    return preconditions(study, coverage(study))


def cell(study: Study, name: str, theme: str):
    (row,) = [r for r in coverage(study).rows if r.name == name]
    return next(c for c in row.cells if c.theme.id == theme)


@pytest.mark.parametrize("anonymous", [False, True])
def test_a_searched_cell_is_not_found_with_its_bound_and_another_is_not(two_towns: Snapshot, anonymous: bool) -> None:
    study = work_out(two_towns, anonymous=anonymous)
    states = sorted(c.state for row in coverage(study).rows for c in row.cells if c.theme.id == "maatwerk")
    assert states == ["kandidaat", "niet gevonden"]
    found = next(c for row in coverage(study).rows for c in row.cells if c.state == "niet gevonden")
    assert found.state_text == f"niet gevonden ({at_most(found.standing.most, found.standing.most_share)})"
    assert (found.standing.cell.rest, len(found.standing.sample)) == (7, 4)
    assert found.group == ("Lindeveen" if not anonymous else found.group)
    assert ("Lindeveen" in found.group) != anonymous


@pytest.mark.parametrize(
    ("count", "share", "text"),
    [(0, 0.0, "alles gelezen"), (9, 0.0914, "≤ 9,2%"), (1, 0.0001, "≤ 0,1%"), (5, 1.0, "≤ 100,0%")],
)
def test_a_bound_is_rounded_up(count: int, share: float, text: str) -> None:
    assert at_most(count, share) == text


def test_not_found_stands_apart_in_names_and_summary(two_towns: Snapshot) -> None:
    study = work_out(two_towns)
    table = coverage(study)
    maatwerk = next(n for n in named(table) if n.theme.id == "maatwerk")
    assert (maatwerk.candidate, maatwerk.not_found, maatwerk.none) == (("Ommeren",), ("Lindeveen",), ())
    assert ", in 1 'niet gevonden'; de rest" in summary(study, table, named(table))[2]
    assert "1 niet gevonden" in how_searched(study)


def test_part_of_the_documents_is_not_called_searched(two_towns: Snapshot) -> None:
    """The bound holds for the municipality's documents together, not for those of one kind or year."""
    study = work_out(two_towns)
    assert all(not n.not_found for _value, group in named_within(study, "kind") for n in group)


def test_rows_say_what_was_read_by_whom_and_what_changed(two_towns: Snapshot) -> None:
    rows = {(r.municipality, r.theme): r for r in cell_rows(work_out(two_towns))}
    row = rows["Lindeveen", "maatwerk"]
    assert (row.settled, row.candidates, row.candidates_rejected, row.sample, row.sample_rejected, row.rest) == (
        *("niet gevonden", 2, 2, 4, 4, 7),
    )
    assert (row.seed, row.closed_by, row.at_most_passages) == (3, "anna", 2)
    (closing,) = two_towns.closings
    old = replace(closing, searched=replace(closing.searched, documents={"weg": "x"}))
    rows = {(r.municipality, r.theme): r for r in cell_rows(work_out(replace(two_towns, closings=(old,))))}
    row = rows["Lindeveen", "maatwerk"]
    assert (row.settled, row.at_most_share) == ("", None)
    assert row.changed_since == "linde.pdf; niet meer in de studie"
    anonymous = {r.theme: r for r in cell_rows(work_out(two_towns, anonymous=True)) if r.settled == "niet gevonden"}
    assert anonymous["maatwerk"].closed_by == ""


def test_what_is_needed_is_only_said_to_be_absent_where_people_searched(two_towns: Snapshot) -> None:
    rows = {p.municipality: p for p in needs(two_towns)}
    assert rows["Lindeveen"].outcome == "voorwaarde niet gevonden"
    assert rows["Lindeveen"].finding == "Preventie genoemd, maatwerk niet gevonden in deze documenten"
    assert (
        "2 voorstellen en 4 gelote passages gelezen en verworpen, uit 7 overige passages" in rows["Lindeveen"].searched
    )
    assert rows["Ommeren"].outcome == "nog niet beoordeeld"
    assert rows["Ommeren"].finding == "nog niet beoordeeld: Maatwerk (kandidaat: 2)"
    assert rows["Ommeren"].searched == ""
    (short,) = in_short(list(rows.values()))
    assert short.startswith("Preventie vraagt maatwerk: wel preventie, geen maatwerk gevonden in Lindeveen; nog niet ")


def test_both_named_or_the_needing_one_not_found(two_towns: Snapshot) -> None:
    turned = replace(NEEDS, codes=("preventie", "maatwerk"))
    codebook = replace(two_towns.codebook, relations=(turned,))
    rows = {p.municipality: p for p in needs(replace(two_towns, codebook=codebook))}
    assert (rows["Lindeveen"].outcome, rows["Ommeren"].outcome) == ("niet aan de orde", "nog niet beoordeeld")
    same = replace(NEEDS, codes=("preventie", "preventie"))
    codebook = replace(two_towns.codebook, relations=(same,))
    outcomes = {p.outcome for p in needs(replace(two_towns, codebook=codebook))}
    assert outcomes == {"beide genoemd"}


def test_a_precondition_on_an_auxiliary_code_is_never_judged(two_towns: Snapshot) -> None:
    other = replace(NEEDS, codes=("privacy", "preventie"))
    codebook = replace(two_towns.codebook, relations=(other,))
    (row, _other) = needs(replace(two_towns, codebook=codebook))
    assert (row.outcome, row.needed_state) == ("nog niet beoordeeld", "geen hoofdthema")


def test_report_in_page_and_word_shows_the_states_and_preconditions(two_towns: Snapshot, tmp_path: Path) -> None:
    from docx import Document as Read

    study = work_out(two_towns)
    page = render(compose(study))
    path = write_word(study, tmp_path)
    tables = [c.text for t in Read(str(path)).tables for r in t.rows for c in r.cells]
    bound = cell(study, "Lindeveen", "maatwerk").state_text
    for text in (bound, "Preventie genoemd, maatwerk niet gevonden in deze documenten", "1 ongelezen"):
        assert text in page
        assert any(text in found for found in tables)
    assert "gelezen, niet gevonden" in page


def summary_of(snapshot: Snapshot, text: str, *, passage: int = 3, theme: str = "preventie") -> Summary:
    document = snapshot.documents[0]
    p, version = snapshot.passages[document.id][passage], snapshot.versions[document.id]
    chosen = Chosen(document.id, version.id, p.start, p.end, p.text, "", "", p.page_from, p.page_to)
    return Summary(f"{passage:032x}", WHEN, "anna", "Lindeveen", theme, "x", text, (chosen,))


def test_matrix_holds_every_cell_with_quotes_and_their_source(two_towns: Snapshot) -> None:
    study = work_out(replace(two_towns, summaries=(summary_of(two_towns, "Zet in op voorkomen."),)))
    cells = {(c.municipality, c.theme): c for c in framework(study)}
    assert len(cells) == 2 * 3
    written = cells["Lindeveen", "preventie"]
    assert (written.text, written.coder, written.state) == ("Zet in op voorkomen.", "anna", "genoemd")
    (quote,) = written.quotes
    assert quote.text == texts("Lindeveen")[3]
    assert quote.source == "Lindeveen, Plan van Lindeveen, 2024, p. 4"
    assert quote.note == ""
    assert cells["Lindeveen", "maatwerk"].state.startswith("niet gevonden (≤")
    assert "1 van 6 cellen zijn samengevat" in how_far(list(cells.values()))
    assert [c.municipality for c in framework(study, theme="preventie", municipality="lindeveen")] == ["Lindeveen"]


@pytest.mark.parametrize(
    ("passage", "is_placed", "note"),
    [(3, True, ""), (0, True, "verworpen"), (8, False, "niet teruggevonden in de tekst van nu")],
)
def test_a_quote_that_nobody_confirmed_says_so(two_towns: Snapshot, passage: int, is_placed: bool, note: str) -> None:
    theme = "preventie" if passage == 3 else "maatwerk"
    saved = summary_of(two_towns, "Tekst.", passage=passage, theme=theme)
    saved = replace(saved, quotes=(replace(saved.quotes[0], is_placed=is_placed),))
    (quote,) = [q for c in framework(work_out(replace(two_towns, summaries=(saved,)))) for q in c.quotes]
    assert quote.note == note


def test_the_latest_summary_counts_and_one_without_a_cell_is_kept(two_towns: Snapshot) -> None:
    old = summary_of(two_towns, "Oud.")
    new = replace(old, id="n" * 32, text="Nieuw.", time=WHEN.replace(hour=11))
    gone = replace(old, id="g" * 32, municipality="Verdwenen", text="Weg.")
    cells = framework(work_out(replace(two_towns, summaries=(new, old, gone))))
    assert [c.text for c in cells if c.text] == ["Nieuw.", "Weg."]
    assert cells[-1].state == "niet meer in de studie"


@pytest.mark.parametrize("anonymous", [False, True])
def test_matrix_in_word_and_workbook(two_towns: Snapshot, tmp_path: Path, anonymous: bool) -> None:
    from docx import Document as Read

    saved = summary_of(two_towns, "=Lindeveen zet in op voorkomen.")
    study = work_out(replace(two_towns, summaries=(saved,)), anonymous=anonymous)
    cells = framework(study)
    path = write_matrix(study, cells, tmp_path / "matrix.docx")
    words = "\n".join(c.text for t in Read(str(path)).tables for r in t.rows for c in r.cells)
    book = openpyxl.load_workbook(write_book("proef", framework_sheets(study, cells), tmp_path / "matrix.xlsx"))
    assert book.sheetnames == ["matrix", "summaries", "quotes"]
    grid = "\n".join(str(v) for row in book["matrix"].iter_rows(values_only=True) for v in row)
    for text in (words, grid):
        assert ("Lindeveen" in text) != anonymous
        assert "zet in op voorkomen." in text
        assert "staat als punt nummer 3 wat de raad heeft besloten” (" in text
        assert "niet gevonden (≤" in text
    assert ("In [gemeente] staat als punt nummer 3" in words) == anonymous


def test_every_table_can_be_made_of_a_study_without_documents(study) -> None:
    tables = {s.name: s for s in sheets(work_out(study.snapshot()))}
    assert tables["cells"].rows == ()
    assert tables["preconditions"].rows == ()
