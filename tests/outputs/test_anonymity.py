"""Anonymous outputs name no municipality and no document, and quote the masked text literally."""

import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coding.model import Look
from outputs.anonymity import anonymise
from outputs.coverage import coverage
from outputs.masking import Mask
from outputs.records import work_out
from outputs.report import write_report
from outputs.tables_csv import write_csvs
from outputs.workbook import write_workbook


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("Lindeveen", "De gemeente Lindeveen wil.", "De gemeente [gemeente] wil."),
        ("Lindeveen", "LINDEVEEN en lindeveen.nl", "[gemeente] en [gemeente].nl"),
        ("Lindeveen", "De Lindeveense aanpak van Lindeveners", "De [gemeente] aanpak van [gemeente]"),
        ("Lindeveen", "Linde en veen", "Linde en veen"),
        ("Zwolle", "Zwolse inwoners", "[gemeente] inwoners"),
        (
            "Den Haag",
            "in Den\nHaag, 's-Gravenhage en de Haagse aanpak",
            "in [gemeente], [gemeente] en de [gemeente] aanpak",
        ),
        ("Den Haag", "www.denhaag.nl/den-haag", "www.[gemeente].nl/[gemeente]"),
        ("Best", "Best is het best", "[gemeente] is het best"),
        (
            "Leiden",
            "Dat kan leiden tot, zegt Leiden op leiden.nl",
            "Dat kan leiden tot, zegt [gemeente] op [gemeente].nl",
        ),
        ("Berk-Zandhoek", "Wie in Zandhoek woont", "Wie in [gemeente] woont"),
        ("Bergen (NH.)", "Bergen en bergen", "[gemeente] en bergen"),
    ],
)
def test_name_is_masked_in_every_form(name: str, text: str, expected: str) -> None:
    assert Mask([name], [])(text) == expected


def test_title_is_masked_across_a_line_break() -> None:
    assert Mask([], ["Samen sterk in de wijk"])("Zie samen sterk\nin de wijk, blz. 3") == "Zie [document], blz. 3"


@given(st.text(alphabet="ab \nLindeven", max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_stretch_of_masked_text_is_the_masked_stretch(text: str, one: int, other: int) -> None:
    mask = Mask(["Lindeven"], [])
    shift = mask.shift(text)
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    assert 0 <= shift.start(start) <= shift.end(end) <= len(shift.text)
    cut = [(a, b) for a, b in shift.cuts if a < start < b or a < end < b]
    if not cut:
        inside = [(a - start, b - start) for a, b in shift.cuts if start <= a and b <= end]
        expected = text[start:end]
        for a, b in reversed(inside):
            expected = expected[:a] + "[gemeente]" + expected[b:]
        assert shift.text[shift.start(start) : shift.end(end)] == expected


def named_study(study: Any, town: Any) -> None:
    for name in ("Lindeveen", "Oosterwal"):
        text = f"In {name} krijgt iedere {name}se inwoner maatwerk, zie {name}s beleid samen sterk {name}."
        document = study.document(
            f"{name}/beleid {name}.pdf",
            [text, f"Iets anders over {name} en gelijkheid.", text],
            homes=(town(name),),
            title=f"Samen sterk {name}",
            headings=(f"Beleid van {name}",),
        )
        study.suggest(document, 0, "maatwerk", "zeker", "maatwerk")
        study.suggest(document, 1, "gelijkheid", "zeker", "gelijkheid")
        study.decide(document, 0, "maatwerk", "accept", coder="anna", memo=f"Zo doet {name} het.")
        study.unplaced.append(study.decision(document, 1, "maatwerk", "accept", coder=f"codeur van {name}"))
        study.looks.append(
            Look(study.decision(document, 0, "oud", "accept", coder=f"codeur van {name}"), "retired", (), False)
        )
        study.flag(document, 0, 1)
    left = study.document(
        "Lindeveen/motie.pdf", ["Motie over maatwerk."], excluded="motie in Lindeveen", title="Motie M1 Lindeveen"
    )
    study.suggest(left, 0, "maatwerk")
    study.failures.append(failure("Oosterwal/kapot.pdf", "Oosterwal/kapot.pdf is beschadigd."))


def failure(file_name: str, message: str) -> Any:
    from coding.model import Failure

    return Failure(file_name, "broken", message)


def everything_in(folder: Path) -> str:
    texts = [str(path.relative_to(folder)) for path in folder.rglob("*")]
    for path in folder.rglob("*"):
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as archive:
                texts += [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
        elif path.is_file():
            texts.append(path.read_text(encoding="utf-8"))
    return "\n".join(texts)


def test_no_output_names_a_municipality_or_document(study: Any, town: Any, tmp_path: Path) -> None:
    named_study(study, town)
    snapshot = study.snapshot()
    for anonymous, folder in ((False, tmp_path / "open"), (True, tmp_path / "anon")):
        write_report(snapshot, folder, anonymous=anonymous)
        write_workbook(snapshot, folder / "werkboek.xlsx", anonymous=anonymous)
        write_csvs(snapshot, folder / "csv", anonymous=anonymous)
    secret = re.compile(
        "lindeve|oosterwal|samen sterk|motie m1|beleid li|kapot|codeur van|" + study.documents[0].id, re.I
    )
    assert secret.search(everything_in(tmp_path / "open"))
    assert secret.findall(everything_in(tmp_path / "anon")) == []
    page = (tmp_path / "anon" / "report.html").read_text(encoding="utf-8")
    assert "gemeente A" in page
    assert "gemeente B" in page
    assert "beleidsplan, 2024" in page
    assert "[gemeente]" in page


def test_figures_are_the_same_without_names(study: Any, town: Any) -> None:
    named_study(study, town)
    snapshot = study.snapshot()
    plain, masked = (coverage(work_out(snapshot, anonymous=a)) for a in (False, True))

    def figures(table: Any) -> Any:
        return sorted(
            (row.basis.passages, row.basis.words, *((c.coded, c.accepted, c.coded_words) for c in row.cells))
            for row in (*table.rows, table.total)
        )

    assert figures(plain) == figures(masked)


def test_masked_quotes_stand_literally_in_the_masked_text(study: Any, town: Any) -> None:
    named_study(study, town)
    masked = anonymise(study.snapshot())
    for document, passages in masked.passages.items():
        text = masked.versions[document].text
        assert all(text[p.start : p.end] == p.text for p in passages)
    for coding in masked.codings:
        text = next(v.text for v in masked.versions.values() if v.id == coding.version)
        assert all(text[e.start : e.end] == e.term for e in coding.evidence)
    for flag in masked.flags:
        assert masked.versions[flag.left.document_id].text[flag.left.start : flag.left.end] == flag.left.text
