"""The five reports with known source text: the level that extraction has reached is kept."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from corpus.model import SegmentSettings
from corpus.pdf.reading import read_pdf

REPORTS = Path(__file__).resolve().parents[4] / "shared" / "extraction"
LEAST = {
    "sequence": 0.997,
    "boundary_f1": 0.995,
    "passages_exact": 0.98,
    "heading_precision": 0.99,
    "heading_recall": 0.99,
    "footnotes": 0.99,
    "tables": 0.98,
    "hyphen_soft": 0.99,
    "hyphen_hard": 0.97,
    "hyphen_suspended": 0.99,
}
MOST = {"furniture": 0.0, "leaked": 0.01}


def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("extraction_score", REPORTS / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.skipif(not REPORTS.exists(), reason="../shared is not there")
def test_level_reached() -> None:
    score, rows = scorer().score, []
    for path in sorted((REPORTS / "gold").glob("*.json")):
        pdf = REPORTS / "pdf" / f"{path.stem}.pdf"
        found = read_pdf(pdf, "0" * 64, SegmentSettings())
        passages = [
            {"kind": p.kind, "text": p.text, "heading_path": list(p.heading_path), "page_from": p.page_from}
            for p in found.passages
        ]
        rows.append(score(json.loads(path.read_text(encoding="utf-8")), passages, pdf))
    means = {k: sum(r[k] for r in rows if k in r) / sum(k in r for r in rows) for k in {*LEAST, *MOST}}
    assert {k: v for k, v in means.items() if v < LEAST.get(k, -1) or v > MOST.get(k, 2)} == {}
