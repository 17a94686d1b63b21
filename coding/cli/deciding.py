"""The verb decide: take in decisions made in Excel."""

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from coding.cli.messages import say
from coding.cli.telling import counted


def register(app: typer.Typer) -> None:
    """Add the verb to the command line."""
    app.command("decide", epilog='Example: rodedraad decide study fragments.xlsx --coder "A. de Vries"')(decide)


def decide(
    folder: Annotated[Path, typer.Argument(help="The study's folder.", show_default=False)],
    file: Annotated[Path, typer.Argument(help="Workbook or export, decision filled in.", show_default=False)],
    coder: Annotated[str, typer.Option("--coder", help="Who decided.", show_default=False)],
) -> None:
    """Record the decisions in a table of fragments: accept or reject (ja or nee) in column decision, memo if you like.

    Reading the same file again changes nothing; a later, different decision of the same coder takes the place of the
    earlier one, which stays in the history.
    """
    from codebook.reading import read_codebook
    from coding.deciding import read_rows, take_decisions
    from coding.store import keep_codebook, open_store
    from corpus.study import open_study

    if not coder.strip():
        raise typer.BadParameter("geef de naam van wie besliste", param_hint="--coder")
    study = open_study(folder)
    codebook = read_codebook(study.codebook)
    rows = read_rows(file)
    with closing(open_store(study)) as store:
        keep_codebook(store, codebook)
        taken = take_decisions(store, codebook, rows, coder.strip())
    for number, problem in taken.problems:
        say(f"{file}, rij {number}: {problem}")
    new = counted(taken.new, "beslissing", "beslissingen")
    say(f"{new} opgenomen, {taken.known} waren al bekend, {len(taken.problems)} niet opgenomen.")
    raise typer.Exit(1 if taken.problems else 0)
