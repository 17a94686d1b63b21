"""Scanned pages: read where tesseract is there, reported where it is not."""

from pathlib import Path

import pypdfium2
import pytest

from corpus.model import SegmentSettings, UnreadableError
from corpus.pdf.extractor import can_recognise
from corpus.reading import extractor_name, read_file

DEMO = Path(__file__).resolve().parents[2] / "corpus" / "demo" / "documents"
ocr = pytest.mark.skipif(not can_recognise(), reason="tesseract with Dutch data, or pytesseract, is not installed")


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """A page of the demo as a picture in a PDF, without any text."""
    with pypdfium2.PdfDocument(DEMO / "veldmeer" / "beleidsplan-sociaal-domein-2024-2027.pdf") as document:
        image = document[2].render(scale=200 / 72).to_pil()
    image.convert("RGB").save(tmp_path / "scan.pdf", resolution=200)
    return tmp_path / "scan.pdf"


@ocr
def test_a_scanned_page_is_read_and_marked_with_how_sure_that_is(scan: Path) -> None:
    extraction = read_file(scan)
    assert [n.reason for n in extraction.notices] == ["ocr"]
    assert all(p.ocr_confidence is not None and 0.5 < p.ocr_confidence <= 1 for p in extraction.passages)
    assert "inwoners" in extraction.version.text
    assert all(extraction.version.text[p.start : p.end] == p.text for p in extraction.passages)


@ocr
def test_boxes_of_recognised_lines_lie_on_the_page(scan: Path) -> None:
    with pypdfium2.PdfDocument(scan) as document:
        width, height = document[0].get_size()
    for passage in read_file(scan).passages:
        for box in passage.boxes:
            assert 0 <= box.x0 < box.x1 <= width + 1
            assert 0 <= box.top < box.bottom <= height + 1


@ocr
def test_a_reader_that_recognises_has_a_name_of_its_own(scan: Path) -> None:
    assert "ocr=1" in extractor_name(scan, SegmentSettings())


def test_a_scanned_file_is_refused_with_what_to_do_where_it_is_not_read(scan: Path) -> None:
    with pytest.raises(UnreadableError, match="OCR"):
        read_file(scan, SegmentSettings(ocr=False))
    assert "ocr" not in extractor_name(scan, SegmentSettings(ocr=False))
