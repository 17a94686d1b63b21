"""Read a study's present state from its store: the snapshot that reports, exports and the review page start from."""

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import replace

from codebook.model import Codebook
from coding import store
from coding.model import Decision, Failure
from coding.snapshot import Method, Snapshot
from corpus import metadata
from corpus import store as corpus_store
from corpus.model import Document, TextVersion
from corpus.study import Study


def load_snapshot(study: Study, connection: sqlite3.Connection, codebook: Codebook, method: Method) -> Snapshot:
    """Return the study as it stands. Raise `corpus.metadata.MetadataError` when metadata.csv cannot be read."""
    documents = load_documents(study, connection)
    versions = corpus_store.current_versions(connection)
    version_ids = [versions[d.id].id for d in documents if d.id in versions]
    placed, unplaced = _place(store.in_force(store.decision_log(connection)), versions, store.placements(connection))
    return Snapshot(
        name=study.settings().name,
        codebook=codebook,
        method=method,
        documents=documents,
        versions=versions,
        passages={i: corpus_store.passages_of(connection, v) for i, v in versions.items()},
        codings=tuple(store.codings_of(connection, version_ids)),
        decisions=tuple(placed),
        unplaced=tuple(unplaced),
        flags=tuple(store.flags_of(connection, version_ids)),
        failures=tuple(
            Failure(name, n.reason, n.message, n.page, document_id)
            for name, document_id, n in corpus_store.failures(connection)
        ),
        codebook_history=store.codebook_history(connection),
    )


def load_documents(study: Study, connection: sqlite3.Connection) -> tuple[Document, ...]:
    """Return the documents with the researcher's metadata applied."""
    overrides = metadata.read_overrides(study.metadata) if study.metadata.exists() else []
    return tuple(metadata.apply(d, overrides) for d in corpus_store.documents(connection))


def _place(
    decisions: Iterable[Decision],
    versions: Mapping[str, TextVersion],
    found: Mapping[tuple[str, str], tuple[int, int] | None],
) -> tuple[list[Decision], list[Decision]]:
    """Split decisions in those that stand in a current version (moved to their place there) and those that do not."""
    placed: list[Decision] = []
    unplaced: list[Decision] = []
    for decision in decisions:
        version = versions.get(decision.document_id)
        if version is not None and version.id == decision.version:
            placed.append(decision)
            continue
        span = found.get((decision.id, version.id)) if version else None
        if version is not None and span is not None:
            placed.append(replace(decision, version=version.id, start=span[0], end=span[1]))
        else:
            unplaced.append(decision)
    return placed, unplaced
