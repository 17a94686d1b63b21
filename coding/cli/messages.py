"""What the command line says to people: messages and progress on stderr, data alone on stdout."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer

OUR_ROOMS = ("codebook.", "corpus.", "coding.", "outputs.")
INTERRUPTED = 130
"""Exit code after Ctrl-C."""
debug = False
"""Whether the user asked for tracebacks."""


def say(message: str) -> None:
    """Print a message to stderr."""
    typer.echo(message, err=True)


def explain(error: Exception) -> str:
    """Return one clear line (or one a problem) for an error that ended a verb."""
    if type(error).__module__.startswith(OUR_ROOMS):
        return str(error)
    if isinstance(error, OSError):
        return _explain_file(error)
    if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
        return "De studie is bezet: een ander proces schrijft erin. Wacht tot dat klaar is en probeer het opnieuw."
    if isinstance(error, sqlite3.OperationalError) and ("readonly" in str(error) or "full" in str(error)):
        return f"De studie kan niet worden geschreven ({error}). Controleer de schijfruimte en uw rechten op de map."
    return f"Onverwachte fout: {type(error).__name__}: {error}. Met `rodedraad --debug …` staat erbij waar."


def _explain_file(error: OSError) -> str:
    reasons: dict[type[OSError], str] = {
        FileNotFoundError: "bestaat niet; controleer de naam en de map",
        PermissionError: "mag niet gelezen of geschreven worden; is het open in een ander programma?",
        IsADirectoryError: "is een map, geen bestand",
        NotADirectoryError: "is een bestand, geen map",
    }
    reason = next((words for kind, words in reasons.items() if isinstance(error, kind)), error.strerror or str(error))
    return f"{error.filename}: {reason}" if error.filename else reason


def names_of(given: list[str] | None) -> list[str]:
    """Read names given one by one or with commas between them."""
    return [name.strip() for part in given or () for name in part.split(",") if name.strip()]


@contextmanager
def progress(title: str, total: int) -> Iterator[Callable[[str], None]]:
    """Show a progress bar on stderr while the block runs; call the function given with the name of what is done."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[name]}", markup=False),
    )
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not total or not console.is_terminal) as bar:
        task = bar.add_task(title, total=total, name="")
        yield lambda name: bar.update(task, advance=1, name=name[-40:])
