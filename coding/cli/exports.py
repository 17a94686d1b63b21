"""The verbs export (coded fragments with their quotes) and matrix (summaries per municipality × theme)."""

import csv
import sys
import tempfile
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from coding.cli.messages import say
from coding.cli.telling import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import pandas

Folder = Annotated[Path, typer.Argument(help="The study's folder.", show_default=False)]


class Table(StrEnum):
    """File formats of a table."""

    csv = "csv"
    xlsx = "xlsx"


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


def register(app: typer.Typer) -> None:
    """Add the verbs to the command line."""
    app.command("export", epilog="Example: rodedraad export study --to csv --theme maatwerk")(export)
    app.command("matrix", epilog="Example: rodedraad matrix study --to docx --out matrix.docx")(matrix)


def export(
    folder: Folder,
    to: Annotated[Table, typer.Option("--to", help="csv or xlsx.")],
    theme: Annotated[str | None, typer.Option("--theme", help="Only this theme or sub-theme (its id).")] = None,
    municipality: Annotated[str | None, typer.Option("--municipality", help="Only this municipality.")] = None,
    status: Annotated[Standing | None, typer.Option("--status", help="Only fragments that stand so.")] = None,
    coder: Annotated[str, typer.Option("--coder", help="Without what this coder is still to code blind.")] = "",
    out: Annotated[Path | None, typer.Option("--out", help="File to write; default stdout.")] = None,
) -> None:
    """Write coded fragments with quote and page: to stdout, or to a file with --out."""
    from coding.cli.studies import present_state
    from coding.judging import withheld
    from outputs.fragments import fragments

    if to is Table.xlsx and out is None and sys.stdout.isatty():
        raise typer.BadParameter("geef een bestand op: --out fragmenten.xlsx", param_hint="--to xlsx")
    snapshot = present_state(folder)
    _check_theme(theme, list(snapshot.codebook.by_id))
    table = fragments(snapshot, theme=theme, municipality=municipality, status=status.value if status else None)
    held = {(a.document_id, a.start) for a in withheld(snapshot.assigned, snapshot.blind, coder)}
    if held:
        table = table[[place not in held for place in zip(table["document_id"], table["start"], strict=True)]]
    if to is Table.csv:
        _write_csv(table, out)
    else:
        _write_xlsx(table, out, snapshot.name)
    say(f"{counted(len(table), 'fragment', 'fragmenten')}.")


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
