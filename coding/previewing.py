"""What a changed codebook or model would do to a study, before it is done."""

import itertools
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from codebook.model import Codebook
from codebook.reading import CodebookError, read_codebook
from coding import store
from coding.combination import program_coder
from coding.dictionary import changed_terms
from coding.loading import load_snapshot
from coding.manifest import ModelError, dictionary_name, method_of
from coding.model import Coder
from coding.patterns import PatternSet
from coding.pipeline import code_passages
from coding.snapshot import Snapshot
from corpus.database import DatabaseError
from corpus.metadata import MetadataError
from corpus.model import CODED_KINDS, Document, Passage
from corpus.study import Study, StudyError, open_study


@dataclass(frozen=True, slots=True)
class Shift:
    """One code with the passages that would gain or lose its suggestion (doubtful ones do not count)."""

    code: str
    gained: tuple[tuple[Document, Passage], ...]
    lost: tuple[tuple[Document, Passage], ...]
    decided: int
    """Of the passages that would lose it, how many people judged: their decisions stay."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What is tried: the study under the edited codebook, cut down to the documents that are to be coded anew."""

    snapshot: Snapshot
    coder: Coder
    earlier: Mapping[str, Codebook] = field(default_factory=dict)
    """By text version the codebook its suggestions were made with, where the model is still the same."""


def open_trial(study: Study) -> Trial:
    """Return what applying a study's codebook file would do anew; raise as reading codebook, model and store."""
    codebook = read_codebook(study.codebook)
    coder = program_coder(codebook, study.models)
    with closing(store.open_store(study)) as connection:
        snapshot = load_snapshot(study, connection, codebook, method_of(codebook, study.models))
        # The name of a coding is the coder's, with a hash of the relations, which change no suggestion.
        done = {v: name.rpartition(" ")[0] for v, name in store.coders_of_versions(connection).items()}
        due = {d.id: snapshot.versions[d.id].id for d in snapshot.documents}
        due = {document: version for document, version in due.items() if done.get(version) != coder.name}
        history = reversed(snapshot.codebook_history)
        kept = (book for content in history for book in store.kept_codebooks(connection, [content]).values())
        earlier = made_with({v: done[v] for v in due.values() if v in done}, coder, codebook, kept)
    versions = set(due.values())
    part = replace(
        snapshot,
        documents=tuple(d for d in snapshot.documents if d.id in due),
        codings=tuple(c for c in snapshot.codings if c.version in versions),
    )
    return Trial(part, coder, earlier)


def made_with(
    made_by: Mapping[str, str], coder: Coder, codebook: Codebook, kept: Iterable[Codebook]
) -> dict[str, Codebook]:
    """Return by text version the kept codebook by which its coder (``made_by``) differs from ``coder``, and in no more.

    A version that another model coded, or a codebook that was not kept, is not among them.
    """
    model = coder.name.removeprefix(dictionary_name(codebook))
    wanted = {name for name in made_by.values() if name != coder.name}
    known: dict[str, Codebook] = {}
    books = iter(kept)
    while wanted - known.keys() and (book := next(books, None)):
        known.setdefault(dictionary_name(book) + model, book)
    return {version: known[name] for version, name in made_by.items() if name in known}


def preview(trial: Trial, tick: Callable[[str], None] = lambda _: None) -> list[Shift]:
    """Return per code what coding anew would change, in the order of the codebook; nothing is stored.

    Where the earlier codebook is known, only passages that hold a term that changed are coded: the others have the
    same features, and so the same scores.
    """
    snapshot = trial.snapshot
    renamed = snapshot.codebook.renamed  # a code by another id gains and loses nothing by that
    now = {(c.version, c.start, renamed.get(c.code, c.code)) for c in snapshot.codings if c.level != "twijfel"}
    then: set[tuple[str, int, str]] = set()
    places: dict[tuple[str, int], tuple[Document, Passage]] = {}
    books = {book.content: book for book in trial.earlier.values()}
    terms = {content: PatternSet(changed_terms(book, snapshot.codebook)) for content, book in books.items()}
    for document in snapshot.documents:
        version, passages = snapshot.versions[document.id], snapshot.passages[document.id]
        book = trial.earlier.get(version.id)
        asked = [p for p in passages if p.kind in CODED_KINDS and (not book or terms[book.content].find(p.text))]
        places |= {(version.id, p.start): (document, p) for p in asked}
        only = {p.start for p in asked}
        coded = code_passages(trial.coder, passages, version.id, document.kind or "", only) if asked else []
        then |= {(c.version, c.start, c.code) for c in coded if c.level != "twijfel"}
        tick(document.file_name)
    return list(_shifts(snapshot, {key for key in now if key[:2] in places}, then, places))


def _shifts(
    snapshot: Snapshot,
    now: set[tuple[str, int, str]],
    then: set[tuple[str, int, str]],
    places: Mapping[tuple[str, int], tuple[Document, Passage]],
) -> Iterator[Shift]:
    order = {place: i for i, place in enumerate(places)}
    judged = {(d.version, d.start, d.code) for d in snapshot.decisions}
    codes = [*dict.fromkeys([*(c.id for c in snapshot.codebook.codes), *sorted({k[2] for k in now | then})])]
    for code in codes:
        came, went = ([k for k in keys if k[2] == code] for keys in (then - now, now - then))
        if came or went:
            gained, lost = (
                tuple(places[key[:2]] for key in sorted(keys, key=lambda k: order[k[:2]])) for keys in (came, went)
            )
            yield Shift(code, gained, lost, len(judged & set(went)))


def main(folder: str) -> None:
    """Preview a study's edited codebook; print a line of JSON per document done, and one with what would move."""
    if hasattr(os, "nice"):
        os.nice(5)  # people at the review page go first
    trial = open_trial(open_study(Path(folder)))
    count, total = itertools.count(1), len(trial.snapshot.documents)
    print(json.dumps({"done": 0, "total": total}), flush=True)
    shifts = preview(trial, lambda _: print(json.dumps({"done": next(count), "total": total}), flush=True))
    moved = [
        {
            "code": s.code,
            "gained": [(d.id, p.start) for d, p in s.gained],
            "lost": [(d.id, p.start) for d, p in s.lost],
            "decided": s.decided,
        }
        for s in shifts
    ]
    print(json.dumps({"content": trial.snapshot.codebook.content, "moved": moved}), flush=True)


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except (CodebookError, StudyError, DatabaseError, ModelError, MetadataError) as problem:
        sys.exit(str(problem))
