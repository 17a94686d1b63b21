"""Write the golden tables of the demo anew: `.venv/bin/python tests/demo/regenerate.py`.

The tables hold what the reader and the *dictionary* make of the demo documents: how many passages of each kind, and
coverage from PDF to table. The classifier stays out of them, so that a newly trained model leaves them as they are.
Regenerate after a change of the reader, the bundled codebook or the tables, read the difference (`git diff
tests/demo`) and commit it only when the difference is meant.
"""

import csv
import sys
from collections import Counter
from pathlib import Path

from codebook.reading import bundled
from coding.dictionary import DictionaryCoder
from coding.model import Coding, Unit
from coding.snapshot import Method, Snapshot
from corpus.inference import infer
from corpus.metadata import apply, read_overrides
from corpus.model import CODED_KINDS, Document, Extraction
from corpus.reading import find_sources, read_file
from outputs.tables_csv import write_csvs

HERE = Path(__file__).resolve().parent
DEMO = HERE.parents[1] / "corpus" / "demo"
DECIDED_FROM = 0.5
GOLDEN = ("segmentation.csv", "coverage.csv", "named.csv")


def read_demo() -> list[tuple[Document, Extraction]]:
    """Read every demo document, with the metadata that goes with the demo."""
    overrides = read_overrides(DEMO / "metadata.csv")
    result = []
    for source in find_sources([DEMO / "documents"]):
        extraction = read_file(source.path)
        result.append((apply(infer(source.name, extraction), overrides), extraction))
    return result


def code_by_dictionary(extraction: Extraction, coder: DictionaryCoder) -> list[Coding]:
    """Code a document by the codebook's terms alone."""
    passages = [p for p in extraction.passages if p.kind in CODED_KINDS]
    scores = coder.code([Unit(p.text, p.heading_path, kind=p.kind) for p in passages])
    return [
        Coding(
            version=extraction.version.id,
            start=passage.start,
            end=passage.end,
            code=score.code,
            coder=coder.name,
            score=score.score,
            level="waarschijnlijk" if score.score >= DECIDED_FROM else "twijfel",
            methods=score.methods,
            evidence=(),
        )
        for passage, found in zip(passages, scores, strict=True)
        for score in found
    ]


def write_golden(folder: Path) -> None:
    """Write the golden tables into ``folder``."""
    codebook = bundled()
    coder = DictionaryCoder(codebook)
    demo = read_demo()
    snapshot = Snapshot(
        name="demo",
        codebook=codebook,
        method=Method("rodedraad", "dictionary"),
        documents=tuple(d for d, _ in demo),
        versions={d.id: e.version for d, e in demo},
        passages={d.id: e.passages for d, e in demo},
        codings=tuple(coding for _, e in demo for coding in code_by_dictionary(e, coder)),
    )
    for path in write_csvs(snapshot, folder):
        if path.name not in GOLDEN:
            path.unlink()
    write_segmentation(demo, folder / "segmentation.csv")


def write_segmentation(demo: list[tuple[Document, Extraction]], path: Path) -> None:
    """Write pages and number of passages per kind of every document."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("document", "pages", "kind", "passages"))
        for document, extraction in demo:
            kinds = Counter(p.kind for p in extraction.passages)
            rows = [(document.file_name, extraction.version.pages, kind, kinds[kind]) for kind in sorted(kinds)]
            writer.writerows(rows)


if __name__ == "__main__":
    write_golden(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "golden")
