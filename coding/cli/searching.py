"""The verb search: keyword in context."""

import csv
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coding.cli.messages import say
from coding.cli.telling import counted

if TYPE_CHECKING:
    from coding.kwic import Line

WIDTH = 50
"""Characters of context on either side in print; CSV holds the whole passage's."""


def register(app: typer.Typer) -> None:
    """Add the verb to the command line."""
    app.command("search", epilog='Example: rodedraad search study "vroegsignal*"')(search)


def search(
    folder: Annotated[Path, typer.Argument(help="The study's folder.", show_default=False)],
    pattern: Annotated[str, typer.Argument(help="Words, with * and ? for letters left open.", show_default=False)],
    regex: Annotated[bool, typer.Option("--regex", help="PATTERN is a regular expression.")] = False,
    lemma: Annotated[bool, typer.Option("--lemma", help="PATTERN in codebook notation: any inflection.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print a table.")] = False,
) -> None:
    """Show every place where words stand, in context, with municipality, document and page."""
    from coding.kwic import PatternError, TooSlowError, concordance, finder
    from coding.store import open_store
    from corpus.study import open_study

    if regex and lemma:
        raise typer.BadParameter("kies er een", param_hint="--regex / --lemma")
    try:
        find = finder(pattern, "regex" if regex else "lemma" if lemma else "glob")
    except PatternError as error:
        raise typer.BadParameter(str(error), param_hint="PATTERN") from error
    study = open_study(folder)
    lines: list[Line] = []
    with closing(open_store(study)) as store:
        try:
            lines.extend(concordance(study, store, find))
        except TooSlowError as error:
            say(str(error))
            raise typer.Exit(1) from None
    _print_csv(lines) if as_csv else _print(lines)
    hits = counted(len(lines), "treffer", "treffers")
    say(f"{hits} in {counted(len({line.document for line in lines}), 'document', 'documenten')}.")


def _print(lines: "list[Line]") -> None:
    keyword = min(40, max((len(line.keyword) for line in lines), default=0))
    for line in lines:
        place = f"{line.municipality}, {line.document}" + (f", p. {line.page}" if line.page else "")
        typer.echo(f"{line.left[-WIDTH:]:>{WIDTH}} [{line.keyword}]{'':{max(0, keyword - len(line.keyword))}} "
                   f"{line.right[:WIDTH]:<{WIDTH}}  {place}")  # fmt: skip


def _print_csv(lines: "list[Line]") -> None:
    from outputs.tables_csv import guard

    writer = csv.writer(sys.stdout)
    writer.writerow(["municipality", "document", "page", "heading_path", "left", "keyword", "right"])
    for line in lines:
        cells = (line.municipality, line.document, line.page, line.heading_path, line.left, line.keyword, line.right)
        writer.writerow([guard(cell) for cell in cells])
