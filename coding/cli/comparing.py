"""The verbs compare (groups of documents set against each other) and figures (for a paper)."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from coding.cli.studies import Anonymous, Folder, present_state

COMPARISONS = "comparisons"
"""Folder in a study's outputs in which comparisons are written."""


class By(StrEnum):
    """What documents are grouped by: `outputs.coverage.Dimension`."""

    municipality = "municipality"
    size_class = "size"
    province = "province"
    kind = "kind"
    year = "year"
    law = "law"
    source = "source"


def register(app: typer.Typer) -> None:
    """Add the verbs to the command line."""
    app.command("compare", epilog="Example: rodedraad compare study --by municipality --groups Amersfoort Zeist")(
        compare
    )
    app.command("figures", epilog="Example: rodedraad figures study --out figuren-artikel")(figures)


def compare(
    folder: Folder,
    by: Annotated[By, typer.Option("--by", help="What documents are grouped by; source is beleid against praktijk.")],
    groups: Annotated[
        tuple[str, str] | None,
        typer.Option("--groups", help="Only these two groups; 'overige' is all other documents.", show_default=False),
    ] = None,
    municipality: Annotated[
        str | None, typer.Option("--municipality", help="Only documents of this municipality.", show_default=False)
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Where to write; default outputs/comparisons/ in the study.")
    ] = None,
    anonymous: Anonymous = False,
) -> None:
    """Compare groups of documents: themes, wording and likeness, with quotes for and against, as text and a page."""
    from corpus.study import Study
    from outputs.answering import TITLES, ask
    from outputs.comparison_page import comparison_lines, write_comparison
    from outputs.records import work_out

    study = work_out(present_state(folder), anonymous=anonymous)
    dimension = next(d for d in TITLES if d == by.name)
    answer = ask(study, dimension, names=groups, municipality=municipality)
    for line in comparison_lines(answer):
        typer.echo(line)
    typer.echo(f"\n{write_comparison(study, answer, out or Study(folder).outputs / COMPARISONS)}")


def figures(
    folder: Folder,
    out: Annotated[
        Path | None, typer.Option("--out", help="Where to write; default outputs/figuren/ in the study.")
    ] = None,
    anonymous: Anonymous = False,
) -> None:
    """Write every figure of the report for a paper: SVG, PNG at 300 dpi, and its data as CSV."""
    from corpus.study import Study
    from outputs.figures.files import FIGURES, write_figures
    from outputs.records import work_out
    from outputs.report import compose

    report = compose(work_out(present_state(folder), anonymous=anonymous))
    typer.echo(write_figures(report, out or Study(folder).outputs / FIGURES)[-1])
