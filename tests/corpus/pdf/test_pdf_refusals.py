"""Files from which nothing can be had, said in Dutch."""

import codecs
from pathlib import Path

import pytest

from corpus.model import SegmentSettings, UnreadableError
from corpus.pdf.reading import read_pdf

HARD = Path(__file__).resolve().parents[4] / "shared" / "hard_pdfs"


def reason(path: Path, password: str | None = None) -> str:
    with pytest.raises(UnreadableError) as caught:
        read_pdf(path, "0" * 64, SegmentSettings(ocr=False), password)
    assert len(caught.value.notice.message) > 20
    return caught.value.notice.reason


def test_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "leeg.pdf"
    path.touch()
    assert reason(path) == "empty"


def test_no_pdf(tmp_path: Path) -> None:
    path = tmp_path / "brief.pdf"
    path.write_text("Geachte raad,")
    assert reason(path) == "not_pdf"


def test_file_cut_off(typeset, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "half.pdf"
    path.write_bytes(typeset("Tekst van een pagina.").read_bytes()[:600])
    assert reason(path) == "broken"


def test_blank_page(typeset) -> None:  # type: ignore[no-untyped-def]
    assert reason(typeset("#v(1cm)")) == "empty"


def test_gibberish(typeset) -> None:  # type: ignore[no-untyped-def]
    text = codecs.encode("De gemeente werkt samen met de wijkteams aan goede hulp voor alle inwoners. " * 12, "rot13")
    assert reason(typeset(text)) == "garbled"


def test_another_language(typeset) -> None:  # type: ignore[no-untyped-def]
    text = "The city works with the teams that are in the neighbourhood, and it is open to all of the people. " * 8
    assert reason(typeset(text)) == "foreign"


@pytest.mark.shared
@pytest.mark.skipif(not HARD.exists(), reason="../shared is not there")
@pytest.mark.parametrize("path", sorted(HARD.glob("*.pdf")), ids=lambda p: p.stem)
def test_hard_file_is_refused(path: Path) -> None:
    reason(path)


@pytest.mark.shared
@pytest.mark.skipif(not HARD.exists(), reason="../shared is not there")
def test_password_opens() -> None:
    assert reason(HARD / "pdfminer__enc_aes-128.pdf") == "password"
    assert reason(HARD / "pdfminer__enc_aes-128.pdf", "foo") != "password"
