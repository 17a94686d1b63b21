"""The main line on a study: each file stored at once, a re-run does only what is new, no decision is ever lost."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from codebook.model import Codebook
from codebook.reading import parse
from coding import pipeline, store
from coding.dictionary import DictionaryCoder
from coding.loading import load_snapshot
from coding.model import Decision
from coding.snapshot import Method, Snapshot
from corpus import store as corpus_store
from corpus.model import CODED_KINDS
from corpus.reading import find_sources
from corpus.study import Study, create_study

BOOK = """\
[codebook]
name = "klein"
version = "1"
language = "nl"
title = "Klein"

[[code]]
id = "nabijheid"
label = "Nabijheid"
definition = "Dichtbij."
terms = ["dichtbij"]

[[code]]
id = "maatwerk"
label = "Maatwerk"
definition = "Op maat."
terms = ["maatwerk"]
"""
PLAN = """\
# Samen {name}

De hulp is dichtbij in {name}.

Het team doet drie dingen:

- het biedt maatwerk aan elk gezin;
- het is dichtbij, ook in de avond;
- het werkt samen met scholen.

Alles is maatwerk.
"""
MERGED = "merge_lists = true"


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return create_study(tmp_path / "studie", BOOK)


@pytest.fixture
def connection(study: Study) -> Iterator[sqlite3.Connection]:
    with closing(store.open_store(study)) as opened:
        yield opened


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "documenten"
    folder.mkdir()
    for name in ("Noord", "Oost", "Zuid"):
        (folder / f"{name}.md").write_text(PLAN.format(name=name), encoding="utf-8")
    return folder


def add(study: Study, connection: sqlite3.Connection, folder: Path, **options: object) -> pipeline.Added:
    new, _ = pipeline.new_sources(connection, find_sources([folder]))
    return pipeline.add_documents(study, connection, new, **options)  # type: ignore[arg-type]  # its own options


def code(study: Study, connection: sqlite3.Connection, codebook: Codebook) -> int:
    coder = DictionaryCoder(codebook)
    due = pipeline.due_documents(study, connection, codebook, coder.name)
    pipeline.code_study(connection, codebook, coder, due)
    return len(due)


def state(study: Study, connection: sqlite3.Connection, codebook: Codebook) -> Snapshot:
    return load_snapshot(study, connection, codebook, Method("rodedraad", "dictionary"))


def decide_everything(study: Study, connection: sqlite3.Connection, codebook: Codebook) -> list[Decision]:
    """One decision on every passage that carries policy, and one on a few words in it."""
    made = []
    snapshot = state(study, connection, codebook)
    for document_id, passages in snapshot.passages.items():
        version = snapshot.versions[document_id]
        for passage in (p for p in passages if p.kind in CODED_KINDS):
            for start, end in ((passage.start, passage.end), (passage.start, passage.start + 12)):
                made.append(
                    Decision(
                        id=f"{len(made):032x}",
                        time=datetime(2025, 1, 1, tzinfo=UTC),
                        coder="Anna",
                        document_id=document_id,
                        version=version.id,
                        start=start,
                        end=end,
                        code="nabijheid",
                        verdict="accept",
                        quote=version.text[start:end],
                        before=version.text[max(0, start - 32) : start],
                        after=version.text[end : end + 32],
                        page=None,
                        codebook=codebook.content,
                    )
                )
    store.append_decisions(connection, made)
    return made


def set_segmentation(study: Study, line: str) -> None:
    (study.path / "study.toml").write_text(f"name = 's'\n[segmentation]\n{line}\n")


def refresh(study: Study, connection: sqlite3.Connection) -> pipeline.Refreshed:
    return pipeline.refresh_texts(study, connection, pipeline.stale_documents(study, connection))


def test_files_are_read_coded_and_lead_back_to_their_words(
    study: Study, connection: sqlite3.Connection, docs: Path
) -> None:
    book = parse(BOOK, "klein")
    assert add(study, connection, docs) == pipeline.Added(3, ())
    assert code(study, connection, book) == 3
    snapshot = state(study, connection, book)
    texts = {v.id: v.text for v in snapshot.versions.values()}
    words = {texts[c.version][e.start : e.end] for c in snapshot.codings for e in c.evidence}
    assert words == {"dichtbij", "maatwerk"}
    assert {c.code for c in snapshot.codings} == {"nabijheid", "maatwerk"}
    assert len(list((study.path / "sources").iterdir())) == 3


def test_second_run_reads_and_codes_nothing(study: Study, connection: sqlite3.Connection, docs: Path) -> None:
    book = parse(BOOK, "klein")
    add(study, connection, docs)
    code(study, connection, book)
    before = list(connection.iterdump())
    (docs / "kopie van Noord.md").write_bytes((docs / "Noord.md").read_bytes())
    assert add(study, connection, docs) == pipeline.Added(0, ())
    assert pipeline.stale_documents(study, connection) == []
    assert refresh(study, connection) == pipeline.Refreshed(0, 0, ())
    assert code(study, connection, book) == 0
    assert list(connection.iterdump()) == before


def test_interrupted_add_keeps_what_was_read_and_goes_on_from_there(
    study: Study, connection: sqlite3.Connection, docs: Path
) -> None:
    def interrupt(_: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        add(study, connection, docs, tick=interrupt)
    assert [d.file_name for d in corpus_store.documents(connection)] == ["Noord.md"]
    assert add(study, connection, docs).new == 2
    assert [d.file_name for d in corpus_store.documents(connection)] == ["Noord.md", "Oost.md", "Zuid.md"]


def test_unreadable_file_costs_that_file_only_and_is_read_once_mended(
    study: Study, connection: sqlite3.Connection, docs: Path
) -> None:
    (docs / "Midden.md").write_bytes(b"")
    added = add(study, connection, docs)
    assert (added.new, [name for name, _ in added.failed]) == (3, ["Midden.md"])
    assert [name for name, _ in add(study, connection, docs).failed] == ["Midden.md"]
    (docs / "Midden.md").write_text(PLAN.format(name="Midden"))
    assert add(study, connection, docs) == pipeline.Added(1, ())
    assert corpus_store.failures(connection) == []


@pytest.mark.parametrize(
    "name",
    ["'; DROP TABLE document; --.md", "=HYPERLINK(1).md", "<script>alert(1)</script>.md".replace("/", "∕"),
     "naïef “plan” €.md", "a\nb.md", "-rf.md", "%s%n.md", "x" * 200 + ".md"],
)  # fmt: skip
def test_hostile_file_names_are_only_names(
    study: Study, connection: sqlite3.Connection, tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / name).write_text(PLAN.format(name="Noord"), encoding="utf-8")
    assert add(study, connection, folder) == pipeline.Added(1, ())
    assert [d.file_name for d in corpus_store.documents(connection)] == [name]


def test_only_a_change_of_what_finds_codes_codes_anew(study: Study, connection: sqlite3.Connection, docs: Path) -> None:
    first = parse(BOOK, "klein")
    reworded = parse(BOOK.replace("Op maat.", "Passend bij het gezin."), "klein")
    widened = parse(BOOK.replace('["maatwerk"]', '["maatwerk", "scholen"]'), "klein")
    add(study, connection, docs)
    assert code(study, connection, first) == 3
    assert code(study, connection, reworded) == 0
    assert code(study, connection, widened) == 3
    assert store.codebook_history(connection) == (first.content, reworded.content, widened.content)


def test_two_segmentations_move_or_list_every_decision(
    study: Study, connection: sqlite3.Connection, docs: Path
) -> None:
    book = parse(BOOK, "klein")
    add(study, connection, docs)
    made = decide_everything(study, connection, book)
    before = state(study, connection, book)
    set_segmentation(study, MERGED)
    assert len(pipeline.stale_documents(study, connection)) == 3
    refreshed = refresh(study, connection)
    assert refreshed.placed + refreshed.unplaced == len(made)
    after = state(study, connection, book)
    assert sum(map(len, after.passages.values())) < sum(map(len, before.passages.values()))
    assert {d.id for d in (*after.decisions, *after.unplaced)} == {d.id for d in made}
    texts = {v.id: v.text for v in after.versions.values()}
    assert all(texts[d.version][d.start : d.end] == d.quote for d in after.decisions)
    assert store.decision_log(connection) == made
    assert refreshed.placed >= len(made) * 0.9
    assert pipeline.stale_documents(study, connection) == []


def test_segmentation_changed_and_changed_back_finds_every_decision_at_its_old_place(
    study: Study, connection: sqlite3.Connection, docs: Path
) -> None:
    book = parse(BOOK, "klein")
    add(study, connection, docs)
    made = decide_everything(study, connection, book)
    for line in (MERGED, "merge_lists = false"):
        set_segmentation(study, line)
        refresh(study, connection)
    assert list(state(study, connection, book).decisions) == made


def test_decisions_on_a_text_that_says_something_else_now_are_listed(
    study: Study, connection: sqlite3.Connection, docs: Path
) -> None:
    book = parse(BOOK, "klein")
    add(study, connection, docs)
    made = decide_everything(study, connection, book)
    for document in list(corpus_store.documents(connection)):
        version = corpus_store.current_versions(connection)[document.id]
        passages = corpus_store.passages_of(connection, version)
        changed = replace(version, extractor="other", text="x" * len(version.text))
        shown = tuple(replace(p, text=changed.text[p.start : p.end]) for p in passages)
        corpus_store.save_document(connection, document, pipeline.Extraction(changed, shown))
    # broken off here: a next run places decisions although no document is stale any more
    refreshed = pipeline.refresh_texts(study, connection, [])
    assert (refreshed.placed, refreshed.unplaced) == (0, len(made))
    snapshot = state(study, connection, book)
    assert snapshot.decisions == ()
    assert list(snapshot.unplaced) == made


def test_decision_on_a_renamed_code_is_carried_along(study: Study, connection: sqlite3.Connection, docs: Path) -> None:
    add(study, connection, docs)
    decide_everything(study, connection, parse(BOOK, "klein"))
    renamed = parse(BOOK.replace('id = "nabijheid"', 'id = "dichtbij"\nwas = ["nabijheid"]'), "klein")
    assert {d.code for d in state(study, connection, renamed).decisions} == {"dichtbij"}
    assert {d.code for d in store.decision_log(connection)} == {"nabijheid"}
