"""PDFs made for these tests: one small document per rule, typeset on the spot."""

from collections.abc import Callable
from pathlib import Path

import pytest
import typst

from corpus.model import Extraction, SegmentSettings
from corpus.pdf.reading import read_pdf

PAGE = '#set page(paper: "a4", margin: 2.2cm)\n#set text(font: "Libertinus Serif", size: 10pt, lang: "nl")\n'
SENTENCES = (
    "De gemeente werkt samen met de wijkteams aan passende ondersteuning voor alle inwoners.",
    "Wij gaan uit van wat mensen zelf kunnen en van de hulp die hun omgeving kan bieden.",
    "De toegang tot zorg is dichtbij, in het buurthuis of op school, en altijd goed bereikbaar.",
    "Het college legt ieder jaar aan de raad uit hoe het met de uitgaven en de resultaten staat.",
    "Voor inwoners met een klein inkomen blijft een vangnet nodig dat niemand buitensluit.",
)


def prose(count: int, start: int = 0) -> str:
    """``count`` sentences of running text."""
    return " ".join(SENTENCES[(start + i) % len(SENTENCES)] for i in range(count))


Typeset = Callable[[str], Path]
Read = Callable[..., Extraction]


@pytest.fixture
def typeset(tmp_path: Path) -> Typeset:
    """A PDF of typst source, in A4 and a plain book face unless the source says otherwise."""

    def make(source: str) -> Path:
        text = tmp_path / "source.typ"
        text.write_text(PAGE + source, encoding="utf-8")
        out = tmp_path / "document.pdf"
        typst.compile(str(text), output=str(out))
        return out

    return make


@pytest.fixture
def read(typeset: Typeset) -> Read:
    """The passages of typst source."""

    def run(source: str, settings: SegmentSettings | None = None) -> Extraction:
        return read_pdf(typeset(source), "0" * 64, settings or SegmentSettings())

    return run
