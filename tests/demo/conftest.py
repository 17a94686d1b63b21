"""The demo documents as read and coded once for all tests in this folder."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from codebook.model import Codebook
from codebook.reading import bundled
from coding.model import Coding
from corpus.model import Extraction
from corpus.reading import read_file

HERE = Path(__file__).resolve().parent
DEMO = HERE.parents[1] / "corpus" / "demo"


@pytest.fixture(scope="session")
def demo() -> Path:
    return DEMO


@pytest.fixture(scope="session")
def expected() -> dict[str, Any]:
    return tomllib.loads((HERE / "expected.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def extractions(expected: dict[str, Any]) -> dict[str, Extraction]:
    """By the abbreviation that `expected.toml` gives a document."""
    return {key: read_file(DEMO / "documents" / name) for key, name in expected["documents"].items()}


@pytest.fixture(scope="session")
def codebook() -> Codebook:
    return bundled()


@pytest.fixture(scope="session")
def codings(codebook: Codebook, extractions: dict[str, Extraction]) -> dict[str, list[Coding]]:
    from coding.combination import program_coder
    from coding.pipeline import code_passages

    coder = program_coder(codebook)
    return {key: code_passages(coder, e.passages, e.version.id) for key, e in extractions.items()}
