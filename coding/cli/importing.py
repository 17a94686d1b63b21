"""The verb import-codings: take in codings made elsewhere."""

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from coding.cli.messages import say


def register(app: typer.Typer) -> None:
    """Add the verb to the command line."""
    example = 'Example: rodedraad import-codings study atlas-export.xlsx --coder "B. Jansen" --blind'
    app.command("import-codings", epilog=example)(import_codings)


def import_codings(
    folder: Annotated[Path, typer.Argument(help="The study's folder.", show_default=False)],
    file: Annotated[Path, typer.Argument(help="CSV, XLSX or JSONL with a code a row.", show_default=False)],
    coder: Annotated[str, typer.Option("--coder", help="Who coded.", show_default=False)],
    blind: Annotated[bool, typer.Option("--blind", help="This coder saw no suggestions: counts in agree.")] = False,
    complete: Annotated[bool, typer.Option("--complete", help="Passages without a row have no code.")] = False,
) -> None:
    """Take in codings made in ATLAS.ti, Excel or R, as one more coder's.

    A row names a code (id or label; several with ; between them) and a place: document and quote, with page where the
    quote stands there more than once; or document_id, start and end from an export of ours. A row without a code says
    that nothing applies to that passage. What cannot be placed is listed by row with the reason; nothing is guessed.
    """
    from codebook.reading import read_codebook
    from coding.importing import Import, Manners, read_codings
    from coding.store import keep_codebook, open_store
    from corpus.study import open_study

    if not coder.strip():
        raise typer.BadParameter("geef de naam van wie codeerde", param_hint="--coder")
    study = open_study(folder)
    codebook = read_codebook(study.codebook)
    rows = read_codings(file)
    with closing(open_store(study)) as store:
        keep_codebook(store, codebook)
        taken = Import(study, store, codebook, rows).run(coder.strip(), Manners(blind, complete))
    for number, problem in taken.problems:
        say(f"{file}, rij {number}: {problem}")
    say(
        f"{taken.new} coderingen van {coder.strip()} opgenomen, {taken.known} waren al bekend; "
        f"{len({number for number, _ in taken.problems})} van {len(rows)} rijen niet of niet geheel opgenomen."
    )
    if taken.divided:
        say(f"{taken.divided} fragmenten lopen over meer passages; elk is in elke passage opgenomen.")
    if taken.skipped:
        say(f"{taken.skipped} rijen zonder beslissing in kolom decision overgeslagen.")
    if complete:
        say(f"Van {taken.read} passages is vastgelegd dat er verder geen code van toepassing is.")
    else:
        say("Passages zonder rij tellen als niet gelezen; las deze codeur de documenten helemaal, geef dan --complete.")
    if not blind:
        say("In agree telt dit alleen mee met --anchored; zag deze codeur geen voorstellen, geef dan --blind.")
    raise typer.Exit(1 if taken.problems else 0)
