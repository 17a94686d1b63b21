"""The main line as steps on a study: add documents, bring stale texts up to date, code."""

import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from codebook.model import Codebook
from coding import store
from coding.flag_store import flag_log
from coding.loading import load_documents
from coding.model import Coder, Coding, Evidence, Score, Unit
from coding.relations import Sought, find_flags
from corpus import reading
from corpus import store as corpus_store
from corpus.inference import infer
from corpus.isolation import read_all
from corpus.model import (
    CODED_KINDS,
    Document,
    Extraction,
    Notice,
    Passage,
    SegmentSettings,
    UnreadableError,
)
from corpus.reading import Source
from corpus.study import Settings, Study

CHUNK = 256
_MAY_PASS = frozenset({"timeout", "memory", "crashed", "no_worker", "unexpected"})
"""Reasons of failure that another moment or setting may take away."""
Tick = Callable[[str], None]
"""Called with a file's name when it is done, for a progress bar."""


@dataclass(frozen=True, slots=True)
class Added:
    """What adding a batch came to."""

    new: int
    failed: tuple[tuple[str, Notice], ...]


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What reading stale documents anew came to; the counts are of decisions that moved along or lost their place."""

    placed: int
    unplaced: int
    failed: tuple[tuple[str, Notice], ...]


def new_sources(connection: sqlite3.Connection, sources: Sequence[Source]) -> tuple[list[Source], list[Source]]:
    """Split sources in those to read and those whose content the study already has (by hash, once each)."""
    known = set(corpus_store.current_extractors(connection))
    new: list[Source] = []
    old: list[Source] = []
    for source in sources:
        try:
            document_id = reading.fingerprint(source.path)
        except UnreadableError:
            new.append(source)  # reading it will say what is wrong
            continue
        (old if document_id in known else new).append(source)
        known.add(document_id)
    return new, old


def add_documents(
    study: Study,
    connection: sqlite3.Connection,
    sources: Sequence[Source],
    *,
    password: str = "",
    tick: Tick = lambda _: None,
) -> Added:
    """Read new files (`new_sources`) into the study, each stored at once; a file that fails costs that file only.

    A file that this reader could not read before is not tried again, unless there is a password now.
    """
    settings = study.settings()
    marks = {source.name: _marks(source, settings.segmentation) for source in sources}
    remembered = {} if password else corpus_store.failed_before(connection)
    again = {n: remembered[m] for n, m in marks.items() if m in remembered and remembered[m].reason not in _MAY_PASS}
    failed = list(again.items())
    for name, notice in again.items():
        _save_failure(connection, name, notice, marks)
        tick(name)
    for source, result in _read([s for s in sources if s.name not in again], settings, password):
        if isinstance(result, Notice):
            _save_failure(connection, source.name, result, marks)
            failed.append((source.name, result))
        else:
            study.keep_source(result.version.document_id, source.path, source.name)
            corpus_store.save_document(connection, infer(source.name, result), result)
        tick(source.name)
    return Added(len(sources) - len(failed), tuple(failed))


def stale_documents(study: Study, connection: sqlite3.Connection) -> list[Document]:
    """Return documents whose text another extractor version or setting than the present one read."""
    settings = study.settings().segmentation
    current = corpus_store.current_extractors(connection)
    return [d for d in corpus_store.documents(connection) if _is_stale(study, d, settings, current[d.id][1])]


def refresh_texts(
    study: Study,
    connection: sqlite3.Connection,
    stale: Sequence[Document],
    *,
    password: str = "",
    tick: Tick = lambda _: None,
) -> Refreshed:
    """Extract stale documents anew from the study's copies and give decisions their place in the new texts.

    Texts that are neither current nor referred to by a decision go. A file that fails keeps its earlier text.
    """
    sources = [Source(study.source(d.id, d.file_name), d.file_name) for d in stale]
    failed: list[tuple[str, Notice]] = []
    for source, result in _read(sources, study.settings(), password):
        if isinstance(result, Notice):
            failed.append((source.name, result))
        else:
            corpus_store.save_document(connection, infer(source.name, result), result)
        tick(source.name)
    # Also without stale documents: an earlier run may have been broken off before this point.
    placed, unplaced = store.place_decisions(connection, corpus_store.current_versions(connection).values())
    judged = {d.version for d in store.decision_log(connection)}
    judged |= {quote.version for e in flag_log(connection) for quote in (e.left, e.right)}
    corpus_store.drop_versions(connection, keep=judged)
    store.drop_codings(connection, keep={v for v, _ in corpus_store.current_extractors(connection).values()})
    return Refreshed(placed, unplaced, tuple(failed))


def due_documents(study: Study, connection: sqlite3.Connection, codebook: Codebook, coder: str) -> list[Document]:
    """Return the documents whose text or coder (by its name) changed since they were coded."""
    done = store.coders_of_versions(connection)
    current = corpus_store.current_extractors(connection)
    name = _coding_name(codebook, coder)
    return [d for d in load_documents(study, connection) if done.get(current[d.id][0]) != name]


def code_study(
    connection: sqlite3.Connection,
    codebook: Codebook,
    coder: Coder,
    due: Sequence[Document],
    *,
    tick: Tick = lambda _: None,
) -> None:
    """Code these documents and find their flags, each stored at once, and keep the codebook that was used."""
    store.keep_codebook(connection, codebook)
    current = corpus_store.current_versions(connection)
    sought = Sought(codebook)
    for document in due:
        version = current[document.id]
        passages = corpus_store.passages_of(connection, version)
        codings = code_passages(coder, passages, version.id, document.kind or "")
        flags = find_flags(sought, document.id, version, passages, codings)
        store.save_codings(connection, version.id, _coding_name(codebook, coder.name), codings, flags)
        tick(document.file_name)


def code_passages(
    coder: Coder,
    passages: Sequence[Passage],
    version_id: str,
    document_kind: str = "",
    only: Collection[int] | None = None,
) -> list[Coding]:
    """Return suggestions for the passages that carry policy, with offsets in the version's text.

    ``only``: where the passages begin that are asked for; all by default.
    """
    carrying = [p for p in passages if p.kind in CODED_KINDS]
    pairs = [
        (p, u)
        for p, u in zip(carrying, make_units(carrying, document_kind), strict=True)
        if only is None or p.start in only
    ]
    coded, units = [p for p, _ in pairs], [u for _, u in pairs]
    codings: list[Coding] = []
    for at in range(0, len(coded), CHUNK):
        found = coder.code(units[at : at + CHUNK])
        for passage, scores in zip(coded[at : at + CHUNK], found, strict=True):
            codings += [_coding(passage, score, version_id, coder.name) for score in scores]
    return codings


def make_units(passages: Sequence[Passage], document_kind: str) -> Iterator[Unit]:
    """Yield what a coder reads of each passage: its text, its headings and its neighbours."""
    for i, passage in enumerate(passages):
        yield Unit(
            text=passage.text,
            heading_path=passage.heading_path,
            before=passages[i - 1].text if i else "",
            after=passages[i + 1].text if i + 1 < len(passages) else "",
            kind=passage.kind,
            document_kind=document_kind,
        )


def _coding_name(codebook: Codebook, coder: str) -> str:
    """Relations are part of what is found in a document, and not part of the coder's own name."""
    return f"{coder} {codebook.relating}"


def _coding(passage: Passage, score: Score, version_id: str, coder: str) -> Coding:
    evidence = tuple(Evidence(e.start + passage.start, e.end + passage.start, e.term) for e in score.evidence)
    return Coding(
        version=version_id,
        start=passage.start,
        end=passage.end,
        code=score.code,
        coder=coder,
        score=round(score.score, 4),
        level=score.level or "twijfel",
        methods={name: round(value, 4) for name, value in score.methods.items()},
        evidence=evidence,
    )


def _marks(source: Source, settings: SegmentSettings) -> tuple[str, str]:
    """Return fingerprint and extractor of a file, empty when it cannot even be opened."""
    try:
        return reading.fingerprint(source.path), reading.extractor_name(source.path, settings)
    except UnreadableError:
        return "", ""


def _save_failure(
    connection: sqlite3.Connection, name: str, notice: Notice, marks: Mapping[str, tuple[str, str]]
) -> None:
    fingerprint, extractor = marks[name]
    corpus_store.save_failure(connection, name, notice, fingerprint=fingerprint, extractor=extractor)


def _read(sources: Sequence[Source], settings: Settings, password: str) -> Iterator[tuple[Source, Extraction | Notice]]:
    return read_all(
        sources,
        settings.segmentation,
        jobs=settings.jobs,
        seconds_per_100_pages=settings.seconds_per_100_pages,
        memory_mb=settings.memory_mb,
        passwords={s.name: password for s in sources} if password else {},
    )


def _is_stale(study: Study, document: Document, settings: SegmentSettings, extractor: str) -> bool:
    try:
        return reading.extractor_name(study.source(document.id, document.file_name), settings) != extractor
    except UnreadableError:
        return False  # the copy is gone; the text in the store is all there is
