"""The researcher's table: what it changes, what it leaves, and what is said of cells that cannot be understood."""

from datetime import date

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.metadata import MetadataError, add_rows, apply, read_overrides, write_template
from corpus.model import Document, Municipality
from corpus.municipalities import by_name

ZEIST = by_name("Zeist")
PLAN = Document(
    "1" * 64,
    "zeist/plan.pdf",
    title="Plan",
    municipalities=(ZEIST,),
    kind="beleidsplan",
    year_from=2024,
    year_to=2024,
    origins={"kind": "bestandsnaam", "year": "bestandsnaam"},
)


def table(folder, *rows, name="metadata.csv", encoding="utf-8-sig"):
    path = folder / name
    path.write_bytes("\r\n".join(rows).encode(encoding))
    return path


def test_filled_cells_go_before_what_was_inferred_and_say_so(tmp_path):
    path = table(
        tmp_path,
        "file;title;municipality;kind;author;standing;year;laws;source;included;reason;confirmed_on",
        "zeist/plan.pdf;Ons plan;Zeist;kadernota;college;vastgesteld;2023-2026;Wmo;beleid;nee;vervangen;10-2-2025",
    )
    document = apply(PLAN, read_overrides(path))
    assert (document.title, document.kind, document.author, document.standing) == (
        *("Ons plan", "kadernota", "college", "vastgesteld"),
    )
    assert (document.period, document.laws, document.source) == ("2023-2026", ("Wmo",), "beleid")
    assert (document.included, document.included_reason) == (False, "vervangen")
    assert document.confirmed_on == date(2025, 2, 10)
    assert document.municipalities == (ZEIST,)
    assert "municipalities" not in document.origins  # the same as was inferred
    assert document.origins["kind"] == document.origins["year"] == "metadata.csv"


def test_empty_cells_and_missing_columns_leave_what_was_inferred(tmp_path):
    path = table(tmp_path, "file;title;kind", "zeist/plan.pdf;;")
    assert apply(PLAN, read_overrides(path)) == PLAN


def test_a_row_may_give_the_bare_file_name_but_the_full_name_goes_first(tmp_path):
    bare = table(tmp_path, "file;title", "plan.pdf;Kaal", name="a.csv")
    both = table(tmp_path, "file;title", "plan.pdf;Kaal", "zeist/plan.pdf;Vol", name="b.csv")
    assert apply(PLAN, read_overrides(bare)).title == "Kaal"
    assert apply(PLAN, read_overrides(both)).title == "Vol"


def test_a_regional_document_has_all_its_municipalities_and_an_unlisted_one_keeps_its_name(tmp_path):
    path = table(tmp_path, "file;municipality", '"zeist/plan.pdf";"Zeist; Veldmeer"')
    assert apply(PLAN, read_overrides(path)).municipalities == (ZEIST, Municipality("Veldmeer", "", "", ""))


def test_a_kind_that_is_no_policy_takes_the_document_out_unless_the_row_says_ja(tmp_path):
    out = table(tmp_path, "file;kind", "plan.pdf;motie", name="a.csv")
    kept = table(tmp_path, "file;kind;included;reason", "plan.pdf;motie;ja;overgenomen", name="b.csv")
    assert not apply(PLAN, read_overrides(out)).included
    assert apply(PLAN, read_overrides(out)).included_reason
    document = apply(PLAN, read_overrides(kept))
    assert (document.included, document.included_reason) == (True, "overgenomen")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_excel_may_save_the_table_as_it_likes(tmp_path, encoding, delimiter):
    path = table(tmp_path, delimiter.join(("file", "title")), delimiter.join(("plan.pdf", "Eén")), encoding=encoding)
    assert apply(PLAN, read_overrides(path)).title == "Eén"


def test_a_workbook_does_as_well(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["file", "year", "confirmed_on"])
    book.active.append(["plan.pdf", 2022, date(2025, 2, 10)])
    book.save(tmp_path / "metadata.xlsx")
    document = apply(PLAN, read_overrides(tmp_path / "metadata.xlsx"))
    assert (document.period, document.confirmed_on) == ("2022", date(2025, 2, 10))


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("author", "burgemeester"),
        ("standing", "definitief"),
        ("source", "krant"),
        ("included", "misschien"),
        ("year", "vorig jaar"),
        ("year", "2026-2023"),
        ("confirmed_on", "31-2-2025"),
    ],
)
def test_a_cell_that_cannot_be_understood_is_named_with_file_row_and_column(tmp_path, column, cell):
    path = table(tmp_path, f"file;{column}", "ander.pdf;", f"plan.pdf;{cell}")
    with pytest.raises(MetadataError, match=f"rij 3: {column}:"):
        read_overrides(path)


def test_every_problem_is_listed_at_once(tmp_path):
    path = table(tmp_path, "file;author", "a.pdf;x", "b.pdf;y", "c.pdf;raad", "c.pdf;raad")
    with pytest.raises(MetadataError) as caught:
        read_overrides(path)
    assert len(str(caught.value).splitlines()) == 3


@pytest.mark.parametrize(
    ("text", "why"),
    [("", "kolom file"), ("bestand;titel\r\nplan.pdf;Plan", "kolom file"), ("\x00\x01", "geen tekstbestand")],
)
def test_a_table_without_the_column_file_is_refused(tmp_path, text, why):
    with pytest.raises(MetadataError, match=why):
        read_overrides(table(tmp_path, text))


def test_a_file_that_is_no_workbook_is_refused_by_name(tmp_path):
    with pytest.raises(MetadataError, match=r"metadata\.xlsx"):
        read_overrides(table(tmp_path, "file", name="metadata.xlsx"))


names = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=20)


@given(title=names.filter(lambda t: t == t.strip() and not t.startswith("'")))
def test_what_is_written_is_read_back_the_same(tmp_path_factory, title):
    path = tmp_path_factory.mktemp("m") / "metadata.csv"
    document = Document("1" * 64, "plan.pdf", title=title, municipalities=(ZEIST,), laws=("Wmo", "Jeugdwet"))
    write_template(path, [document])
    assert apply(document, read_overrides(path)) == document


@pytest.mark.parametrize("title", ["=1+1", "+31", "-x", "@naam"])
def test_no_cell_begins_as_a_formula(tmp_path, title):
    document = Document("1" * 64, "plan.pdf", title=title)
    write_template(tmp_path / "metadata.csv", [document])
    assert f";{title}" not in (tmp_path / "metadata.csv").read_text("utf-8-sig")
    assert apply(document, read_overrides(tmp_path / "metadata.csv")).title == title


def test_new_documents_get_a_row_and_the_researchers_own_work_stays(tmp_path):
    path = table(tmp_path, "notitie,file,title", "let op,zeist/plan.pdf,Eigen titel")
    other = Document("2" * 64, "ede/nota.pdf", title="Nota, eerste deel")
    assert add_rows(path, [PLAN, other]) == 1
    assert add_rows(path, [PLAN, other]) == 0
    lines = path.read_text("utf-8-sig").splitlines()
    assert lines == ["notitie,file,title", "let op,zeist/plan.pdf,Eigen titel", ',ede/nota.pdf,"Nota, eerste deel"']


def test_new_documents_get_a_row_in_a_workbook_too(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["title", "file"])
    book.save(tmp_path / "metadata.xlsx")
    assert add_rows(tmp_path / "metadata.xlsx", [PLAN]) == 1
    sheet = openpyxl.load_workbook(tmp_path / "metadata.xlsx").active
    assert [cell.value for cell in sheet[2]] == ["Plan", "zeist/plan.pdf"]
