"""The verbs export (coded fragments, projects for other programs) and matrix (summaries per municipality × theme)."""

import csv
import sys
import tempfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from coding.cli.messages import say
from coding.cli.telling import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import pandas

    from coding.model import Status
    from coding.snapshot import Snapshot

Folder = Annotated[Path, typer.Argument(help="The study's folder.", show_default=False)]


class Table(StrEnum):
    """File formats of the coded fragments; qdc of the codebook alone."""

    csv = "csv"
    xlsx = "xlsx"
    qdpx = "qdpx"
    qdc = "qdc"


class Form(StrEnum):
    """File formats of the framework matrix."""

    docx = "docx"
    xlsx = "xlsx"
    csv = "csv"


class Standing(StrEnum):
    """Where a code stands: `coding.model.Status`."""

    suggested = "suggested"
    accepted = "accepted"
    rejected = "rejected"
    oneens = "oneens"


@dataclass(frozen=True, slots=True)
class _Filters:
    """What the options of export ask for."""

    theme: str | None = None
    municipality: str | None = None
    statuses: "tuple[Status, ...]" = ()
    coder: str = ""


def register(app: typer.Typer) -> None:
    """Add the verbs to the command line."""
    app.command("export", epilog="Example: rodedraad export study --to qdpx --out study.qdpx")(export)
    app.command("matrix", epilog="Example: rodedraad matrix study --to docx --out matrix.docx")(matrix)


def export(
    folder: Folder,
    to: Annotated[
        Table,
        typer.Option("--to", help="csv or xlsx; qdpx or qdc (REFI-QDA) for ATLAS.ti, NVivo and MAXQDA."),
    ],
    theme: Annotated[str | None, typer.Option("--theme", help="Only this theme or sub-theme (its id).")] = None,
    municipality: Annotated[str | None, typer.Option("--municipality", help="Only this municipality.")] = None,
    status: Annotated[
        list[Standing] | None,
        typer.Option("--status", help="Only fragments that stand so; may be repeated. Default all; qdpx: accepted."),
    ] = None,
    coder: Annotated[str, typer.Option("--coder", help="Without what this coder is still to code blind.")] = "",
    anonymous: Annotated[
        bool, typer.Option("--anonymous", help="qdpx and qdc: without names of municipalities, documents and coders.")
    ] = False,
    out: Annotated[Path | None, typer.Option("--out", help="File to write; default stdout.")] = None,
) -> None:
    """Write coded fragments with quote and page, or a project or codebook for other programs: to stdout or --out."""
    from coding.cli.studies import present_state

    if to in (Table.xlsx, Table.qdpx) and out is None and sys.stdout.isatty():
        raise typer.BadParameter(f"geef een bestand op: --out fragmenten.{to}", param_hint=f"--to {to}")
    if anonymous and to in (Table.csv, Table.xlsx):
        raise typer.BadParameter(
            "hoort bij --to qdpx of qdc; tabellen zonder namen schrijft rodedraad report --anonymous",
            param_hint="--anonymous",
        )
    snapshot = present_state(folder)
    _check_theme(theme, list(snapshot.codebook.by_id))
    filters = _Filters(theme, municipality, tuple(s.value for s in status or ()), coder)
    if to is Table.qdc:
        _export_codebook(snapshot, filters, out, anonymous=anonymous)
    elif to is Table.qdpx:
        _export_project(snapshot, filters, out, anonymous=anonymous)
    else:
        _export_table(snapshot, filters, out, to)


def _export_table(snapshot: "Snapshot", filters: _Filters, out: Path | None, to: Table) -> None:
    from coding.judging import withheld
    from outputs.fragments import fragments

    table = fragments(snapshot, theme=filters.theme, municipality=filters.municipality, statuses=filters.statuses)
    held = {(a.document_id, a.start) for a in withheld(snapshot.assigned, snapshot.blind, filters.coder)}
    if held:
        table = table[[place not in held for place in zip(table["document_id"], table["start"], strict=True)]]
    if to is Table.csv:
        _write_csv(table, out)
    else:
        _write_xlsx(table, out, snapshot.name)
    say(f"{counted(len(table), 'fragment', 'fragmenten')}.")


def _export_codebook(snapshot: "Snapshot", filters: _Filters, out: Path | None, *, anonymous: bool) -> None:
    from outputs.anonymity import anonymise
    from outputs.refi import write_codebook

    if filters != _Filters():
        raise typer.BadParameter("een codeboek heeft geen fragmenten om te kiezen; laat de filters weg")
    shown = anonymise(snapshot) if anonymous else snapshot
    _write_file(lambda path: write_codebook(shown.codebook, shown.method.program, path), out, "codebook.qdc")
    say(f"{counted(len(shown.codebook.codes), 'code', 'codes')}.")


def _export_project(snapshot: "Snapshot", filters: _Filters, out: Path | None, *, anonymous: bool) -> None:
    from outputs.refi import Choice, make_project, write_project

    if "rejected" in filters.statuses:
        raise typer.BadParameter(
            "een verworpen code is geen codering; --status rejected hoort bij --to csv en xlsx", param_hint="--status"
        )
    statuses = filters.statuses or ("accepted",)
    choice = Choice(filters.theme, filters.municipality, statuses, filters.coder, anonymous)
    project = make_project(snapshot, choice)
    _write_file(lambda path: write_project(project, path), out, "project.qdpx")
    parts = (
        counted(project.selections, "fragment", "fragmenten"),
        counted(project.codings, "codering", "coderingen"),
        counted(len(project.texts), "document", "documenten"),
    )
    say("{} met {} in {}.".format(*parts))
    if project.replaced:
        signs = counted(project.replaced, "teken", "tekens")
        say(f"{signs} (emoji en dergelijke) staan als � in de tekst: programma's tellen die verschillend.")
    if not project.selections and not filters.statuses:
        say("Er is nog niets aanvaard; --status suggested neemt de voorstellen van het programma mee.")


def matrix(
    folder: Folder,
    to: Annotated[Form, typer.Option("--to", help="docx, xlsx, or csv for its cells one below the other.")],
    out: Annotated[Path | None, typer.Option("--out", help="File to write; default stdout.")] = None,
    theme: Annotated[str | None, typer.Option("--theme", help="Only this theme (its id).")] = None,
    municipality: Annotated[str | None, typer.Option("--municipality", help="Only this municipality.")] = None,
    template: Annotated[Path | None, typer.Option("--template", help="Word file whose styles docx takes.")] = None,
    anonymous: Annotated[bool, typer.Option("--anonymous", help="Without names of municipalities.")] = False,
) -> None:
    """Write the framework matrix: your summary of each municipality × theme, with the quotes you chose for it."""
    from coding.cli.studies import present_state
    from outputs.framework import framework, framework_sheets, how_far
    from outputs.records import work_out
    from outputs.word import write_matrix
    from outputs.workbook import write_book

    if to is not Form.csv and out is None and sys.stdout.isatty():
        raise typer.BadParameter(f"geef een bestand op: --out matrix.{to}", param_hint=f"--to {to}")
    if template is not None and to is not Form.docx:
        raise typer.BadParameter("een sjabloon hoort bij --to docx", param_hint="--template")
    snapshot = present_state(folder)
    _check_theme(theme, [t.id for t in snapshot.codebook.themes])
    study = work_out(snapshot, anonymous=anonymous)
    cells = framework(study, theme=theme, municipality=municipality)
    tables = framework_sheets(study, cells)
    if to is Form.csv:
        _write_rows([list(tables[1].columns), *tables[1].rows], out)
    elif to is Form.docx:
        _write_file(lambda path: write_matrix(study, cells, path, template), out, "matrix.docx")
    else:
        _write_file(lambda path: write_book(study.snapshot.name, tables, path), out, "matrix.xlsx")
    say(how_far(cells))


def _check_theme(theme: str | None, known: "Sequence[str]") -> None:
    if theme is not None and theme not in known:
        raise typer.BadParameter(
            f"het codeboek heeft geen code {theme!r}; wel: {', '.join(known)}", param_hint="--theme"
        )


def _write_csv(table: "pandas.DataFrame", out: Path | None) -> None:
    _write_rows([list(table.columns), *table.itertuples(index=False)], out)


def _write_rows(rows: "Iterable[Sequence[Any]]", out: Path | None) -> None:
    """Write for Excel and R alike: UTF-8 with byte order mark in a file, bare on stdout."""
    from outputs.tables_csv import guard

    guarded = ([guard(value) for value in row] for row in rows)
    if out is None:
        csv.writer(sys.stdout).writerows(guarded)
    else:
        with out.open("w", encoding="utf-8-sig", errors="replace", newline="") as file:
            csv.writer(file).writerows(guarded)


def _write_xlsx(table: "pandas.DataFrame", out: Path | None, name: str) -> None:
    from outputs.sheet import Sheet
    from outputs.workbook import write_book

    rows = tuple(tuple(None if v != v else v for v in row) for row in table.itertuples(index=False))
    sheet = Sheet("fragments", tuple(table.columns), rows)
    _write_file(lambda path: write_book(name, [sheet], path), out, "fragments.xlsx")


def _write_file(write: "Callable[[Path], Path]", out: Path | None, name: str) -> None:
    """Write to the file asked for, or by way of a file of this name to stdout."""
    if out is not None:
        write(out)
        return
    with tempfile.TemporaryDirectory() as folder:
        data = write(Path(folder) / name).read_bytes()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
