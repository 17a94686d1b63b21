"""The verbs codebook show and codebook check."""

from pathlib import Path
from typing import Annotated

import typer

KINDS = {"tension": "spanning", "precondition": "voorwaarde", "ambiguity": "meerduidig"}
File = Annotated[Path | None, typer.Argument(help="Codebook file; default the bundled one.")]


def register(app: typer.Typer) -> None:
    """Add the verbs to the command line."""
    group = typer.Typer(rich_markup_mode=None, no_args_is_help=True)
    group.command("show", epilog="Example: rodedraad codebook show")(show)
    group.command("check", epilog="Example: rodedraad codebook check mijn-codeboek.toml")(check)
    app.add_typer(group, name="codebook", help="Print or check a codebook.", epilog="Example: rodedraad codebook show")


def show(file: File = None) -> None:
    """Print a codebook's codes with their definitions and number of terms, and its relations."""
    from codebook.reading import bundled, read_codebook

    book = read_codebook(file) if file else bundled()
    typer.echo(f"{book.title} ({book.name} {book.version}, {book.content})\n")
    for code in book.codes:
        indent = "  " if code.parent else ""
        extra = ", hulpcode" if code.group == "auxiliary" else ""
        typer.echo(f"{indent}{code.id}: {code.label} ({len(code.patterns)} termen{extra})")
        if code.definition:
            typer.echo(f"{indent}    {code.definition}")
    typer.echo("")
    for relation in book.relations:
        joint = " → " if relation.kind == "precondition" else " × "
        poles = joint.join(book[code].label for code in relation.codes if code in book.by_id)
        told = ", ".join(f"‘{phrase}’" for phrase in relation.phrases) if relation.kind == "ambiguity" else poles
        typer.echo(f"{KINDS[relation.kind]}: {told}")


def check(file: File = None) -> None:
    """List what is wrong with a codebook, each problem with its line; exit 1 when it cannot be used."""
    from codebook.checking import check as find_problems
    from codebook.reading import bundled

    text = _text(file) if file else bundled().source
    name = file or "beleidsuitgangspunten"
    problems = find_problems(text)
    for problem in problems:
        word = "fout" if problem.severity == "error" else "let op"
        typer.echo(f"{name}: {word}: {problem}")
    if not problems:
        typer.echo(f"{name}: in orde")
    raise typer.Exit(1 if any(p.severity == "error" for p in problems) else 0)


def _text(file: Path) -> str:
    """Return the file's text; `read_codebook` says what is wrong with one that is no text."""
    from codebook.reading import read_codebook

    try:
        return file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        return read_codebook(file).source
