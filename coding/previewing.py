"""What a changed codebook or model would do to a study, before it is done."""

import itertools
import json
import os
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from codebook.reading import CodebookError, read_codebook
from coding import store
from coding.combination import program_coder
from coding.loading import load_snapshot
from coding.manifest import ModelError, method_of
from coding.model import Coder
from coding.pipeline import code_passages
from coding.snapshot import Snapshot
from corpus.database import DatabaseError
from corpus.metadata import MetadataError
from corpus.model import Document, Passage
from corpus.study import StudyError, open_study


@dataclass(frozen=True, slots=True)
class Shift:
    """One code with the passages that would gain or lose its suggestion (doubtful ones do not count)."""

    code: str
    gained: tuple[tuple[Document, Passage], ...]
    lost: tuple[tuple[Document, Passage], ...]
    decided: int
    """Of the passages that would lose it, how many people judged: their decisions stay."""


def preview(snapshot: Snapshot, coder: Coder, tick: Callable[[str], None] = lambda _: None) -> list[Shift]:
    """Return per code what coding anew would change, in the order of the codebook; nothing is stored."""
    renamed = snapshot.codebook.renamed  # a code by another id gains and loses nothing by that
    now = {(c.version, c.start, renamed.get(c.code, c.code)) for c in snapshot.codings if c.level != "twijfel"}
    then: set[tuple[str, int, str]] = set()
    places: dict[tuple[str, int], tuple[Document, Passage]] = {}
    for document in snapshot.documents:
        version, passages = snapshot.versions[document.id], snapshot.passages[document.id]
        places |= {(version.id, p.start): (document, p) for p in passages}
        coded = code_passages(coder, passages, version.id, document.kind or "")
        then |= {(c.version, c.start, c.code) for c in coded if c.level != "twijfel"}
        tick(document.file_name)
    judged = {(d.version, d.start, d.code) for d in snapshot.decisions}
    codes = [*dict.fromkeys([*(c.id for c in snapshot.codebook.codes), *sorted({k[2] for k in now | then})])]
    shifts = []
    for code in codes:
        gained = sorted(k for k in then - now if k[2] == code)
        lost = sorted(k for k in now - then if k[2] == code)
        if gained or lost:
            come, go = (tuple(places[v, s] for v, s, _ in keys) for keys in (gained, lost))
            shifts.append(Shift(code, come, go, len(judged & set(lost))))
    return shifts


def main(folder: str) -> None:
    """Preview a study's edited codebook; print a line of JSON per document done, and one with what would move."""
    if hasattr(os, "nice"):
        os.nice(15)  # people at the review page go first
    study = open_study(Path(folder))
    codebook = read_codebook(study.codebook)
    coder = program_coder(codebook, study.models)
    with closing(store.open_store(study)) as connection:
        snapshot = load_snapshot(study, connection, codebook, method_of(codebook, study.models))
        done = store.coders_of_versions(connection)
    # The name of a coding is the coder's, with a hash of the relations, which change no suggestion.
    due = [d for d in snapshot.documents if not done.get(snapshot.versions[d.id].id, "").startswith(f"{coder.name} ")]
    versions = {snapshot.versions[d.id].id for d in due}
    part = replace(
        snapshot, documents=tuple(due), codings=tuple(c for c in snapshot.codings if c.version in versions)
    )  # fmt: skip
    count = itertools.count(1)
    shifts = preview(part, coder, lambda _: print(json.dumps({"done": next(count), "total": len(due)}), flush=True))
    moved = [
        {
            "code": s.code,
            "gained": [(d.id, p.start) for d, p in s.gained],
            "lost": [(d.id, p.start) for d, p in s.lost],
            "decided": s.decided,
        }
        for s in shifts
    ]
    print(json.dumps({"content": codebook.content, "moved": moved}), flush=True)


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except (CodebookError, StudyError, DatabaseError, ModelError, MetadataError) as problem:
        sys.exit(str(problem))
