"""Read a study's present state from its store: the snapshot that reports, exports and the review page start from."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeVar

from codebook.model import Codebook
from coding import cell_store, store
from coding.carrying import carry
from coding.cell_loading import present_closings, present_summaries
from coding.flag_store import flag_log
from coding.flagging import present_flag_events
from coding.judging import withheld
from coding.model import Decision, Failure, Look
from coding.presence import weak_flags
from coding.snapshot import Assigned, Method, Sampled, Snapshot
from corpus import metadata
from corpus import store as corpus_store
from corpus.model import Document, Passage, TextVersion
from corpus.study import Study

Drawn = TypeVar("Drawn", Sampled, Assigned)


def load_snapshot(study: Study, connection: sqlite3.Connection, codebook: Codebook, method: Method) -> Snapshot:
    """Return the study as it stands. Raise `corpus.metadata.MetadataError` when metadata.csv cannot be read."""
    documents = load_documents(study, connection)
    versions = corpus_store.current_versions(connection)
    version_ids = [versions[d.id].id for d in documents]
    log = store.decision_log(connection)
    standing = standing_decisions(connection, codebook, versions, log)
    blind = standing_decisions(connection, codebook, versions, [d for d in log if d.manner == "blind"])
    passages = {i: corpus_store.passages_of(connection, v) for i, v in versions.items()}
    snapshot = Snapshot(
        name=study.settings().name,
        codebook=codebook,
        method=method,
        documents=documents,
        versions=versions,
        passages=passages,
        codings=tuple(store.codings_of(connection, version_ids)),
        decisions=tuple(standing.placed),
        blind=tuple(blind.placed),
        looks=tuple(standing.looks),
        unplaced=tuple(standing.unplaced),
        flags=tuple(store.flags_of(connection, version_ids)),
        failures=tuple(
            Failure(name, n.reason, n.message, n.page, document_id)
            for name, document_id, n in corpus_store.failures(connection)
        ),
        codebook_history=store.codebook_history(connection),
        sample=tuple(_present(store.sample_of(connection), passages)),
        closings=tuple(present_closings(cell_store.closings(connection), codebook)),
        summaries=tuple(present_summaries(cell_store.summaries(connection), codebook, versions, passages)),
        flag_events=tuple(present_flag_events(store.in_force(flag_log(connection)), codebook, versions, passages)),
        cell_settings=study.settings().cells,
        assigned=tuple(_present(store.assignments(connection), passages)),
    )
    return replace(snapshot, flags=(*snapshot.flags, *weak_flags(snapshot)))


def _present(sample: Iterable[Drawn], passages: Mapping[str, Sequence[Passage]]) -> Iterator[Drawn]:
    """Move drawn passages to where they stand now; one that was cut otherwise since is not among them any more."""
    sample = list(sample)
    starts: dict[tuple[str, str], list[int]] = {}
    for document, cut in passages.items() if sample else ():
        for passage in cut:
            starts.setdefault((document, passage.text), []).append(passage.start)
    for drawn in sample:
        same = starts.get((drawn.document_id, drawn.quote))
        if same:
            yield replace(drawn, start=min(same, key=lambda start: abs(start - drawn.start)))


def withheld_from(connection: sqlite3.Connection, codebook: Codebook, coder: str) -> list[Assigned]:
    """Return the passages whose codes a coder may not see, where they stand now: see `coding.judging.withheld`."""
    assigned = [a for a in store.assignments(connection) if a.coder == coder and a.blind]
    if not assigned:
        return []
    versions = corpus_store.current_versions(connection)
    needed = {a.document_id for a in assigned} & versions.keys()
    passages = {i: corpus_store.passages_of(connection, versions[i]) for i in needed}
    log = [d for d in store.decision_log(connection) if d.manner == "blind" and d.coder == coder]
    blind = standing_decisions(connection, codebook, versions, log).placed
    return withheld(_present(assigned, passages), blind, coder)


def load_documents(study: Study, connection: sqlite3.Connection) -> tuple[Document, ...]:
    """Return the documents with the researcher's metadata applied."""
    overrides = metadata.read_overrides(study.metadata) if study.metadata.exists() else []
    return tuple(metadata.apply(d, overrides) for d in corpus_store.documents(connection))


class Standing(NamedTuple):
    """The decisions in force: with a place in a current version, without one, and called back for a second look."""

    placed: list[Decision]
    unplaced: list[Decision]
    looks: list[Look]


def standing_decisions(
    connection: sqlite3.Connection,
    codebook: Codebook,
    versions: Mapping[str, TextVersion],
    log: Iterable[Decision] | None = None,
) -> Standing:
    """Return the decisions in force (of the whole log, or of the part given) under the codebook's present ids.

    Those with a place are moved to it; see `coding.carrying` for codes that changed.
    """
    log = store.decision_log(connection) if log is None else list(log)
    known = {codebook.content: codebook}
    known |= store.kept_codebooks(connection, {d.codebook for d in log} - set(known))
    decisions, looks = carry(log, codebook, known)
    found = store.placements(connection)
    placed, unplaced = _place(decisions, versions, found)
    waiting = {look.decision.id: look for look in looks}
    seen, lost = _place((look.decision for look in looks), versions, found)
    unplaced += [d for d in lost if not waiting[d.id].counts]
    return Standing(placed, unplaced, [replace(waiting[d.id], decision=d) for d in seen])


def _place(
    decisions: Iterable[Decision],
    versions: Mapping[str, TextVersion],
    found: Mapping[tuple[str, str], tuple[int, int] | None],
) -> tuple[list[Decision], list[Decision]]:
    placed: list[Decision] = []
    unplaced: list[Decision] = []
    ids = {document_id: version.id for document_id, version in versions.items()}
    for decision in decisions:
        version_id = ids.get(decision.document_id, "")
        span = found.get((decision.id, version_id))
        if version_id == decision.version:
            placed.append(decision)
        elif span is not None:
            placed.append(replace(decision, version=version_id, start=span[0], end=span[1]))
        else:
            unplaced.append(decision)
    return placed, unplaced
