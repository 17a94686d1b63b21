"""The verb evaluate: how good the program's codes are against coded passages."""

from pathlib import Path
from typing import Annotated

import typer

from coding.cli.messages import say


def register(app: typer.Typer) -> None:
    """Add the verb to the command line."""
    app.command("evaluate", epilog="Example: rodedraad evaluate gold.jsonl --leave-out municipality")(evaluate)


def evaluate(
    gold: Annotated[Path, typer.Argument(help="JSONL with id, text, themas and municipality.", show_default=False)],
    leave_out: Annotated[
        str, typer.Option("--leave-out", help="Key whose groups are each coded by a model that never saw them.")
    ] = "",
    supplement: Annotated[
        list[Path] | None,
        typer.Option("--supplement", help="More passages, only to train on, at half weight; may be given again."),
    ] = None,
    codebook: Annotated[Path | None, typer.Option("--codebook", help="Codebook file; default the bundled one.")] = None,
    dictionary: Annotated[bool, typer.Option("--dictionary", help="The dictionary alone, without a model.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Every figure as JSON.")] = False,
) -> None:
    """Print precision, recall and F1 per theme with intervals, calibration, confusion and the worst mistakes.

    Without --leave-out the program is measured as it is: do so only with passages its model was not trained on.
    """
    from codebook.reading import bundled, read_codebook
    from coding.combination import fitting_model
    from coding.dictionary import DictionaryCoder
    from coding.evaluation import evaluate as measure
    from coding.evaluation import leave_out as leave_groups_out
    from coding.evaluation import predict, render, to_json
    from coding.features import read_units
    from coding.model import Unit
    from coding.training import own_examples, read_examples

    book = read_codebook(codebook) if codebook else bundled()
    examples = read_examples(gold, group=leave_out or "municipality")
    if leave_out and not dictionary:
        for path in supplement or []:
            examples += read_examples(path, supplement=True, group=leave_out)
        predictions = leave_groups_out(book, [*examples, *own_examples(book)])
        setting = f"Woordenboek en model; telkens één {leave_out} buiten de training gehouden, voorspellingen samen."
    else:
        model = None if dictionary else fitting_model(book)
        readings = read_units(DictionaryCoder(book), [Unit(e.text) for e in examples])
        predictions = predict(model, book, examples, readings)
        setting = "Woordenboek en model zoals zij zijn." if model else "Woordenboek alleen."
        if model:
            say("Let op: stonden deze passages in de training van het model, dan zijn de cijfers te mooi.")
    found = measure(predictions, setting)
    typer.echo(to_json(found) if as_json else render(found))
