"""Verbs on a study: new, add, code, report, run, demo, status."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coding.cli.messages import progress, say
from coding.cli.telling import counted, coverage_lines, same_content, status_lines, summary_lines

if TYPE_CHECKING:
    from coding.pipeline import Added
    from coding.snapshot import Snapshot
    from corpus.study import Study
    from outputs.records import Study as Results

WORKBOOK = "codings.xlsx"
EXAMPLES = 3
"""Passages shown per code of what would come and go."""

Docs = Annotated[list[Path], typer.Argument(help="Files, or folders to walk through.", show_default=False)]
Folder = Annotated[Path, typer.Argument(help="The study's folder.", show_default=False)]
CodebookFile = Annotated[Path | None, typer.Option("--codebook", help="Codebook file; default the bundled one.")]
MetadataFile = Annotated[Path | None, typer.Option("--metadata", help="metadata.csv or .xlsx with what you know.")]
Password = Annotated[str, typer.Option("--password", help="Password for files that ask for one.")]
Anonymous = Annotated[bool, typer.Option("--anonymous", help="Name quotes by kind and year only.")]


class Format(StrEnum):
    """Formats of the report."""

    html = "html"
    docx = "docx"
    md = "md"


def register(app: typer.Typer) -> None:
    """Add the verbs to the command line."""
    app.command("demo", epilog="Example: rodedraad demo demo-study")(demo)
    app.command("run", epilog="Example: rodedraad run documents/ --study study")(run)
    app.command("new", epilog="Example: rodedraad new study --codebook mijn-codeboek.toml")(new)
    app.command("add", epilog="Example: rodedraad add study documents/ plan.pdf")(add)
    app.command("code", epilog="Example: rodedraad code study")(code)
    app.command("report", epilog="Example: rodedraad report study --anonymous")(report)
    app.command("freeze", epilog='Example: rodedraad freeze study "artikel 2026"')(freeze)
    app.command("status", epilog="Example: rodedraad status study")(status)


def new(folder: Folder, codebook: CodebookFile = None, metadata: MetadataFile = None) -> None:
    """Make a new, empty study."""
    study = _create(folder, codebook, metadata)
    say(f"Nieuwe studie in {study.path}. Voeg documenten toe met `rodedraad add {study.path} MAP`.")


def add(folder: Folder, docs: Docs, password: Password = "") -> None:
    """Read documents into a study; what it already has is left as it is."""
    from coding.store import open_store
    from corpus.study import open_study

    study = open_study(folder)
    with closing(open_store(study)) as store:
        raise typer.Exit(1 if _add(study, store, docs, password).failed else 0)


def code(
    folder: Folder,
    preview: Annotated[bool, typer.Option("--preview", help="Only show what would change.")] = False,
) -> None:
    """Code what is new or changed: documents, codebook, settings or model."""
    from coding.store import open_store
    from corpus.study import open_study

    if preview:
        _preview(folder)
        return
    study = open_study(folder)
    with closing(open_store(study)) as store:
        _code(study, store)


def report(
    folder: Folder,
    out: Annotated[Path | None, typer.Option("--out", help="Where to write; default outputs/ in the study.")] = None,
    form: Annotated[
        Format, typer.Option("--format", help="html; docx or md to edit into a publication.")
    ] = Format.html,
    template: Annotated[Path | None, typer.Option("--template", help="Word file whose styles docx takes.")] = None,
    anonymous: Anonymous = False,
) -> None:
    """Write the report: html with workbook (Excel) and tables (CSV), docx with an appendix of quotes, or Markdown."""
    from corpus.study import Study

    if template is not None and form is not Format.docx:
        raise typer.BadParameter("een sjabloon hoort bij --format docx", param_hint="--template")
    snapshot = present_state(folder)
    _warn_when_behind(folder, snapshot)
    target = out or Study(folder).outputs
    if form is Format.docx:
        for path in _write_word(snapshot, target, template, anonymous=anonymous):
            typer.echo(path)
    elif form is Format.md:
        typer.echo(_write_markdown(snapshot, target, anonymous=anonymous))
    else:
        typer.echo(_write_outputs(snapshot, target, anonymous=anonymous)[0])


def run(
    docs: Docs,
    study: Annotated[Path, typer.Option("--study", help="The study's folder; made when it is not there.")],
    codebook: CodebookFile = None,
    metadata: MetadataFile = None,
    password: Password = "",
    anonymous: Anonymous = False,
) -> None:
    """Do everything in one go: new, add, code and report. Running it again does only what is new."""
    page, _, failed = _run_line(docs, study, codebook, metadata, password=password, anonymous=anonymous)
    typer.echo(page)
    raise typer.Exit(1 if failed else 0)


def demo(
    folder: Annotated[Path, typer.Argument(help="Where to make the demo study.")] = Path("demo-study"),
) -> None:
    """Run the main line on the bundled documents of fictional municipalities."""
    from importlib import resources

    with resources.as_file(resources.files("corpus") / "demo") as bundled:
        page, results, _ = _run_line([bundled / "documents"], folder, None, bundled / "metadata.csv")
    for line in coverage_lines(results):
        typer.echo(line)
    typer.echo(f"\nHet rapport: {page}\nHet werkboek: {page.with_name(WORKBOOK)}")


def status(folder: Folder) -> None:
    """Tell what is in a study: documents, passages, codings by status, what failed and why."""
    for line in status_lines(present_state(folder)):
        typer.echo(line)


def freeze(
    folder: Folder,
    name: Annotated[str, typer.Argument(help="Name of the version, as you will cite it.", show_default=False)],
) -> None:
    """Keep a citable version: texts, codebook, codings, decisions and figures, which later work does not change."""
    from coding.freezing import seal, start_frozen
    from coding.store import open_store
    from corpus.study import open_study

    study = open_study(folder)
    snapshot = present_state(folder)
    with closing(open_store(study)) as store:
        target = start_frozen(study, store, name)
    _write_outputs(snapshot, target / "outputs", anonymous=False)
    seal(target, snapshot.method.program, f"{snapshot.codebook.name} {snapshot.codebook.content}")
    typer.echo(target)


def present_state(folder: Path) -> "Snapshot":
    """Return the study in a folder as it stands now. Raise `corpus.study.StudyError` and what else reading raises."""
    from codebook.reading import read_codebook
    from coding.loading import load_snapshot
    from coding.manifest import method_of
    from coding.store import open_store
    from corpus.study import open_study

    study = open_study(folder)
    with closing(open_store(study)) as store:
        codebook = read_codebook(study.codebook)
        return load_snapshot(study, store, codebook, method_of(codebook, study.models))


def _preview(folder: Path) -> None:
    """Print per code how many passages gain or lose a suggestion, with the first of each."""
    from coding.previewing import open_trial, preview
    from corpus.study import open_study

    trial = open_trial(open_study(folder))
    with progress("Proef", len(trial.snapshot.documents)) as tick:
        shifts = preview(trial, tick)
    for shift in shifts:
        typer.echo(f"{shift.code}: {len(shift.gained)} erbij, {len(shift.lost)} eraf ({shift.decided} al beoordeeld)")
        for sign, moved in (("+", shift.gained), ("-", shift.lost)):
            for document, passage in moved[:EXAMPLES]:
                page = "" if passage.page_from is None else f", p. {passage.page_from}"
                typer.echo(f"  {sign} {document.file_name}{page}: {' '.join(passage.text.split())[:110]}")
    say("Niets is gewijzigd." if shifts else "Er verandert niets.")


def _warn_when_behind(folder: Path, snapshot: "Snapshot") -> None:
    """Say so when codebook, model or settings changed since the documents were coded."""
    from coding.pipeline import due_documents, stale_documents
    from coding.store import open_store
    from corpus.study import open_study

    study = open_study(folder)
    with closing(open_store(study)) as store:
        due = due_documents(study, store, snapshot.codebook, snapshot.method.coder)
        behind = {d.id for d in [*stale_documents(study, store), *due]}
    if behind:
        which = counted(len(behind), "document is", "documenten zijn")
        say(f"Let op: {which} nog niet bij; draai eerst `rodedraad code {folder}`.")


def _run_line(
    docs: Sequence[Path],
    folder: Path,
    codebook: Path | None,
    metadata: Path | None,
    *,
    password: str = "",
    anonymous: bool = False,
) -> "tuple[Path, Results, bool]":
    """Do new (where needed), add, code and report; return the report, the study worked out, whether files failed."""
    from coding.store import open_store
    from corpus.study import SETTINGS, open_study

    missing = [path for path in docs if not path.exists()]
    if len(missing) == len(docs):
        raise typer.BadParameter(f"{missing[0]} bestaat niet", param_hint="DOCS")
    if (folder / SETTINGS).exists():
        study = open_study(folder)
        _replace_inputs(study, codebook, metadata)
    else:
        study = _create(folder, codebook, metadata)
    with closing(open_store(study)) as store:
        failed = _add(study, store, docs, password).failed
        _code(study, store, password)
    snapshot = present_state(folder)
    page, results = _write_outputs(snapshot, study.outputs, anonymous=anonymous)
    for line in summary_lines(results):
        say(line)
    return page, results, bool(failed)


def _write_outputs(snapshot: "Snapshot", folder: Path, *, anonymous: bool) -> "tuple[Path, Results]":
    """Write report, workbook and tables; return the report's path and the study worked out."""
    from outputs.insights import insights
    from outputs.records import work_out
    from outputs.report import write_page
    from outputs.tables import sheets
    from outputs.tables_csv import write_tables
    from outputs.workbook import write_book

    results = work_out(snapshot, anonymous=anonymous)
    layer = insights(results)
    page = write_page(results, folder, layer)
    tables = sheets(results, layer)
    write_tables(tables, folder)
    write_book(snapshot.name, tables, page.with_name(WORKBOOK))
    return page, results


def _write_word(snapshot: "Snapshot", folder: Path, template: Path | None, *, anonymous: bool) -> tuple[Path, Path]:
    from outputs.records import work_out
    from outputs.word import write_quotes, write_word

    results = work_out(snapshot, anonymous=anonymous)
    return write_word(results, folder, template), write_quotes(results, folder)


def _write_markdown(snapshot: "Snapshot", folder: Path, *, anonymous: bool) -> Path:
    from outputs.markdown import write_markdown
    from outputs.records import work_out

    return write_markdown(work_out(snapshot, anonymous=anonymous), folder)


def _create(folder: Path, codebook: Path | None, metadata: Path | None) -> "Study":
    from codebook.reading import bundled, read_codebook
    from corpus.metadata import write_template
    from corpus.study import create_study

    study = create_study(folder, (read_codebook(codebook) if codebook else bundled()).source)
    _replace_inputs(study, None, metadata)
    if not metadata:
        write_template(study.metadata, ())
    return study


def _replace_inputs(study: "Study", codebook: Path | None, metadata: Path | None) -> None:
    """Take over a codebook or metadata file that was named anew."""
    import shutil

    from codebook.reading import read_codebook
    from corpus.metadata import read_overrides

    if codebook:
        study.codebook.write_text(read_codebook(codebook).source, encoding="utf-8")
    if metadata:
        read_overrides(metadata)  # a file that cannot be read must not take the place of one that can
        target = study.path / f"metadata{metadata.suffix.lower()}"
        if metadata.resolve() != target.resolve():
            shutil.copyfile(metadata, target)


def _add(study: "Study", store: sqlite3.Connection, docs: Sequence[Path], password: str) -> "Added":
    from coding.pipeline import add_documents, new_sources
    from corpus.reading import find_sources

    sources = find_sources(docs)
    if not sources:
        say("Geen bestanden gevonden. Geef een map met documenten of de bestanden zelf.")
    new, known = new_sources(store, sources)
    with progress("Lezen", len(new)) as tick:
        added = add_documents(study, store, new, password=password, tick=tick)
    for name, notice in added.failed:
        say(f"{name}: {notice.message}")
    for line in same_content(store, known):
        say(line)
    say(
        f"{counted(added.new, 'bestand', 'bestanden')} gelezen, {len(known)} {'was' if len(known) == 1 else 'waren'} "
        f"er al, {len(added.failed)} niet te lezen."
    )
    _list_documents(study, store)
    return added


def _code(study: "Study", store: sqlite3.Connection, password: str = "") -> None:
    from codebook.reading import read_codebook
    from coding.manifest import method_of
    from coding.pipeline import code_study, due_documents, refresh_texts, stale_documents
    from coding.store import keep_codebook

    codebook = read_codebook(study.codebook)
    stale = stale_documents(study, store)
    with progress("Opnieuw lezen", len(stale)) as tick:
        refreshed = refresh_texts(study, store, stale, password=password, tick=tick)
    for name, notice in refreshed.failed:
        say(f"{name}: {notice.message} (de tekst van eerder blijft staan)")
    if stale:
        say(
            f"{counted(len(stale) - len(refreshed.failed), 'document', 'documenten')} opnieuw gelezen; beslissingen: "
            f"{refreshed.placed} teruggevonden, {refreshed.unplaced} niet (zie het verslag)."
        )
    due = due_documents(study, store, codebook, method_of(codebook, study.models).coder)
    if not due:
        keep_codebook(store, codebook)  # also one that codes the same
        say("Alles was al gecodeerd.")
        return
    from coding.combination import program_coder  # the coder itself takes a second to make

    with progress("Coderen", len(due)) as tick:
        code_study(store, codebook, program_coder(codebook, study.models), due, tick=tick)
    coded = counted(len(due), "document", "documenten")
    say(f"{coded} gecodeerd; de rest was al bij.")


def _list_documents(study: "Study", store: sqlite3.Connection) -> None:
    """Give every document a row in the researcher's metadata table, with what was inferred."""
    from corpus.metadata import add_rows, write_template
    from corpus.store import documents

    if study.metadata.exists():
        add_rows(study.metadata, list(documents(store)))
    else:
        write_template(study.metadata, list(documents(store)))
