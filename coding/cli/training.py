"""The verb train: the study's own decisions make its model better, or leave it as it is."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coding.cli.messages import say

if TYPE_CHECKING:
    import numpy as np

    from codebook.model import Codebook
    from coding.adapting import Change, Judged
    from coding.classifier import Model
    from coding.features import Reading
    from corpus.study import Study


def register(app: typer.Typer) -> None:
    """Add the verb to the command line."""
    app.command("train", epilog="Example: rodedraad train study")(train)


def train(
    folder: Annotated[Path, typer.Argument(help="The study's folder.", show_default=False)],
    force: Annotated[bool, typer.Option("--force", help="Keep the new model also where it is worse.")] = False,
    cuts_only: Annotated[
        bool,
        typer.Option("--cuts-only", help="Leave the weights; estimate the cuts on the study's random sample only."),
    ] = False,
) -> None:
    """Learn from the decisions in a study and show, on documents held out, what that changes.

    Once 200 passages of the random sample (verb sample) are judged, the cuts between zeker, waarschijnlijk and twijfel
    are estimated on those: what was chosen for review is no fair measure.

    A model that is worse is not kept. The earlier model stays in the study's folder models/, by its number.
    """
    from codebook.reading import read_codebook
    from coding.adapting import FRESH, compare, fresh_model, judged_passages
    from coding.classifier import save_model
    from coding.cli.studies import present_state
    from coding.combination import fitting_model
    from coding.dictionary import DictionaryCoder
    from coding.features import read_units
    from coding.model import Unit
    from corpus.study import open_study

    study = open_study(folder)
    book = read_codebook(study.codebook)
    judged = judged_passages(present_state(folder))
    readings = read_units(DictionaryCoder(book), [Unit(j.text) for j in judged])
    present = fitting_model(book, study.models)
    model = present or (fresh_model(book, readings, judged) if judged else None)
    if model is None:
        say(
            f"Nog te weinig om van te leren: {len(judged)} passages zijn beoordeeld, en geen thema heeft {FRESH} "
            f"passages ervoor en {FRESH} ertegen. Beoordeel er meer met `rodedraad review {folder}`."
        )
        raise typer.Exit(1)
    if cuts_only:
        adapted = _recut(folder, model, readings, judged)
    else:
        try:
            changes, adapted = compare(_probabilities(present, model, readings), model, readings, judged)
        except ValueError as error:
            say(f"Nog te weinig om van te leren: {error}.")
            raise typer.Exit(1) from None
        for line in lines(changes):
            typer.echo(line)
        if _is_worse(changes) and not force:
            say(
                "Het nieuwe model doet het op achtergehouden documenten niet beter; het oude blijft. "
                "Toch nemen: --force. Alleen de grenzen opnieuw schatten: --cuts-only."
            )
            raise typer.Exit(1)
    _put_aside(study, book)
    save_model(adapted, study.models)
    say(f"Het nieuwe model is bewaard. Codeer ermee: `rodedraad code {folder}`.")


def _recut(folder: Path, model: "Model", readings: "list[Reading]", judged: "list[Judged]") -> "Model":
    from coding.adapting import SAMPLED, recut

    drawn = sum(j.weight > 0 for j in judged)
    if drawn < SAMPLED:
        say(
            f"Nog te weinig: {drawn} passages van de willekeurige steekproef zijn beoordeeld, {SAMPLED} zijn nodig. "
            f"Trek ze met `rodedraad sample {folder} --size {SAMPLED}` en beoordeel ze in `rodedraad review {folder}`."
        )
        raise typer.Exit(1)
    adapted = recut(model, model.raw(readings), judged)
    for line in cut_lines(model, adapted):
        typer.echo(line)
    return adapted


def cut_lines(before: "Model", after: "Model") -> list[str]:
    """Return the cuts before and after as a table to read."""

    def shown(cut: float | None) -> str:
        return "–" if cut is None else f"{cut:.2f}"

    head = f"{'thema':28}{'drempel oud':>13}{'nieuw':>8}{'zeker oud':>12}{'nieuw':>8}"
    pairs = zip(before.themes, before.cuts, after.cuts, strict=True)
    return [
        head,
        *(
            f"{t:28}{o.threshold:>13.2f}{n.threshold:>8.2f}{shown(o.certain):>12}{shown(n.certain):>8}"
            for t, o, n in pairs
        ),
    ]


def lines(changes: "list[Change]") -> list[str]:
    """Return before and after as a table to read."""
    head = f"{'thema':28}{'n':>6}{'wel':>6}{'F1 oud':>9}{'F1 nieuw':>10}{'verlies oud':>13}{'verlies nieuw':>15}"
    rows = [
        f"{c.theme:28}{c.judged:>6}{c.positive:>6}{c.f1_before:>9.2f}{c.f1_after:>10.2f}"
        f"{c.loss_before:>13.3f}{c.loss_after:>15.3f}"
        for c in changes
    ]
    return [head, *rows, "", "Gemeten op beoordeelde passages van documenten die telkens buiten de training bleven."]


def _probabilities(present: "Model | None", model: "Model", readings: "list[Reading]") -> "np.ndarray":
    """What the program says now: the model's probabilities, or without a model the dictionary's scores."""
    import numpy as np

    if present is not None:
        return present.probabilities(readings)
    said = [{s.code: s.score for s in r.scores} for r in readings]
    return np.array([[s.get(theme, 0.0) for theme in model.themes] for s in said])


def _is_worse(changes: "list[Change]") -> bool:
    judged = sum(c.judged for c in changes) or 1
    before = sum(c.loss_before * c.judged for c in changes) / judged
    return sum(c.loss_after * c.judged for c in changes) / judged >= before


def _put_aside(study: "Study", book: "Codebook") -> None:
    """Keep the study's own earlier model beside the new one, by its number."""
    from coding.classifier import ARRAYS
    from coding.combination import fitting_model
    from coding.manifest import MANIFEST

    if (study.models / MANIFEST).exists():
        model = fitting_model(book, study.models)
        kept = study.models / (model.digest if model else "earlier")
        kept.mkdir(exist_ok=True)
        for name in (ARRAYS, MANIFEST):
            (study.models / name).replace(kept / name)
