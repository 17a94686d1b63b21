"""The command line: one module a group of verbs; everything heavy is imported inside the verb that needs it."""

import os
import sys
from typing import Annotated

import typer

from coding.cli import (
    agreeing,
    assigning,
    codebooks,
    comparing,
    deciding,
    evaluating,
    exports,
    history,
    importing,
    messages,
    passages,
    reviewing,
    sampling,
    searching,
    studies,
    tagging,
    training,
    usage,
)

app = typer.Typer(
    name="rodedraad",
    cls=usage.Verbs,
    help="Thematic coding of Dutch municipal policy documents: from PDF to coverage table and quote with its page.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: rodedraad run documents/ --study study",
)
for module in (
    *(studies, passages, tagging, codebooks, exports, searching, comparing),
    *(deciding, importing, reviewing, history, assigning, agreeing, evaluating, training, sampling),
):
    module.register(app)


@app.callback()
def options(
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an unexpected error.")] = False,
) -> None:
    """Take the options that hold for every verb."""
    messages.debug = debug


def main() -> None:
    """Run the command line; every error ends in one clear line and an exit code: 1 for the data, 2 for usage."""
    # What is no valid text (half a surrogate pair) is written as its escape, which is also how JSON writes it.
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]  # a text stream
    sys.stderr.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # a text stream
    try:
        app()
    except SystemExit as end:
        if end.code == messages.INTERRUPTED:
            messages.say("Afgebroken. Wat klaar was is bewaard; draai hetzelfde commando opnieuw om verder te gaan.")
        raise
    except Exception as error:
        if messages.debug:
            raise
        messages.say(messages.explain(error))
        raise SystemExit(1) from None
    finally:
        _close_stdout()


def _close_stdout() -> None:
    """Flush what is left; a reader that has gone away is no error, also not when Python itself ends."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
