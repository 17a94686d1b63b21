"""From demo file to passage: every reference phrase is where a reader finds it, and furniture is nowhere else."""

import csv
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from corpus.model import CODED_KINDS, Extraction, Passage
from corpus.reading import find_sources, read_file

KEYS = ("BP", "B24", "B25", "KN", "OP", "VO", "RV", "EV", "UP")


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def holding(extraction: Extraction, phrase: str, *, coded: bool) -> list[Passage]:
    return [p for p in extraction.passages if phrase in plain(p.text) and (p.kind in CODED_KINDS) == coded]


def page_of(passage: Passage, phrase: str) -> int:
    found = re.search(re.escape(phrase).replace(r"\ ", r"\s+"), passage.text)
    assert found
    return passage.page_at(passage.start + found.start()) or 0


def of_document(expected: dict[str, Any], table: str, key: str) -> list[dict[str, Any]]:
    return [entry for entry in expected[table] if entry["document"] == key]


def test_metadata_names_every_demo_document_and_nothing_else(demo: Path, expected: dict[str, Any]) -> None:
    with (demo / "metadata.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    files = [source.name for source in find_sources([demo / "documents"])]
    assert sorted(row["file"] for row in rows) == sorted(files) == sorted(expected["documents"].values())


def test_demo_is_small(demo: Path) -> None:
    assert sum(file.stat().st_size for file in demo.rglob("*") if file.is_file()) < 1_500_000


@pytest.mark.parametrize("key", KEYS)
def test_document_reads_without_notice(key: str, extractions: dict[str, Extraction]) -> None:
    assert extractions[key].notices == ()


@pytest.mark.parametrize("key", KEYS)
def test_every_reference_phrase_is_in_one_coded_passage_on_its_page(
    key: str, extractions: dict[str, Extraction], expected: dict[str, Any]
) -> None:
    wrong = []
    for entry in of_document(expected, "passages", key):
        found = holding(extractions[key], entry["phrase"], coded=True)
        pages = [page_of(passage, entry["phrase"]) for passage in found]
        if pages != [entry["page"]]:
            wrong.append((entry["phrase"], entry["page"], pages))
    assert wrong == []


@pytest.mark.parametrize("key", KEYS)
def test_headings_are_found(key: str, extractions: dict[str, Extraction], expected: dict[str, Any]) -> None:
    headings = [plain(p.text) for p in extractions[key].passages if p.kind == "heading"]
    missing = [
        e["phrase"] for e in of_document(expected, "headings", key) if not any(e["phrase"] in h for h in headings)
    ]
    assert missing == []


@pytest.mark.parametrize("key", KEYS)
def test_running_headers_and_footers_are_in_no_coded_passage(
    key: str, extractions: dict[str, Extraction], expected: dict[str, Any]
) -> None:
    for entry in of_document(expected, "furniture", key):
        assert holding(extractions[key], entry["phrase"], coded=True) == []
        kept = [p for p in extractions[key].passages if p.kind == "furniture" and entry["phrase"] in plain(p.text)]
        assert kept, f"{entry['phrase']} is gone"


def test_paragraph_over_two_pages_is_one_passage(extractions: dict[str, Extraction]) -> None:
    [passage] = holding(extractions["KN"], "Hier wringt het", coded=True)
    assert (passage.page_from, passage.page_to) == (1, 2)
    assert plain(passage.text).endswith("eens per kwartaal naast elkaar te leggen.")


def test_paragraph_over_two_columns_is_one_passage(extractions: dict[str, Extraction]) -> None:
    [passage] = holding(extractions["KN"], "De supermarkt en de pinautomaat", coded=True)
    assert plain(passage.text).endswith("in het programma Vitaal platteland.")


@pytest.mark.parametrize("key", ["KN", "VO", "EV"])
def test_words_broken_at_line_ends_are_whole(key: str, extractions: dict[str, Extraction]) -> None:
    texts = " ".join(p.text for p in extractions[key].passages if p.kind in CODED_KINDS)
    assert re.findall(r"\w+-\s+(?!en\b|of\b)[a-z]\w*", texts) == []
    assert "\xad" not in texts  # the soft hyphen that some programs print at a line end


def test_contents_page_and_footnotes_are_not_coded(extractions: dict[str, Extraction]) -> None:
    contents = [p for p in extractions["BP"].passages if p.page_from == 2 and "Waar komen we vandaan" in p.text]
    assert {p.kind for p in contents} == {"toc"}
    assert holding(extractions["OP"], "Zie het privacyprotocol", coded=True) == []
    assert holding(extractions["EV"], "De registratie over 2019 is onvolledig", coded=True) == []


def test_passage_knows_the_headings_above_it(extractions: dict[str, Extraction]) -> None:
    [passage] = holding(extractions["OP"], "Bij vermoedens van onveiligheid", coded=True)
    assert [re.sub(r"^[\d.]+\s*", "", heading) for heading in passage.heading_path] == [
        "Wat wij van het team vragen",
        "Eén aanspreekpunt",
        "Veiligheid",
    ]


@pytest.mark.slow
def test_committed_files_are_what_their_sources_render(demo: Path, tmp_path: Path, expected: dict[str, Any]) -> None:
    pytest.importorskip("typst", reason="typst renders the sources; it is a development dependency")
    subprocess.run([sys.executable, str(demo / "sources" / "render.py"), str(tmp_path)], check=True)
    for name in expected["documents"].values():
        assert read_file(tmp_path / name).version.text == read_file(demo / "documents" / name).version.text, name
