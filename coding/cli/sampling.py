"""The verb sample: defensible figures from a part."""

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coding.cli.messages import say

if TYPE_CHECKING:
    from coding.estimation import Interval
    from coding.sampling import ThemeEstimate

MORE = 200


def register(app: typer.Typer) -> None:
    """Add the verb to the command line."""
    app.command("sample", epilog="Example: rodedraad sample study --size 300")(sample)


def sample(
    folder: Annotated[Path, typer.Argument(help="The study's folder.", show_default=False)],
    size: Annotated[int, typer.Option("--size", min=0, help="Draw a new sample of so many passages.")] = 0,
    seed: Annotated[int, typer.Option("--seed", help="Another seed draws other passages.")] = 0,
) -> None:
    """Draw a random sample to judge, or tell what the judged sample says of all passages.

    Per theme: the share of passages that have it, and the program's precision and recall, with 95 % intervals.
    """
    from coding.cli.studies import present_state
    from coding.sampling import draw, estimates
    from coding.store import open_store, replace_sample
    from corpus.study import open_study

    snapshot = present_state(folder)
    if size:
        drawn = draw(snapshot, size, seed=seed)
        with closing(open_store(open_study(folder))) as store:
            replace_sample(store, drawn)
        say(f"{len(drawn)} passages getrokken. Beoordeel ze met `rodedraad review {folder}`, bij 'Uit' de steekproef.")
        return
    if not snapshot.sample:
        say(f"Deze studie heeft nog geen steekproef; trek er een met `rodedraad sample {folder} --size 300`.")
        raise typer.Exit(1)
    if any(s.coder != snapshot.method.coder for s in snapshot.sample):
        say(
            "Let op: het programma codeert nu anders dan bij het trekken van de steekproef; trek haar opnieuw (--size)."
        )
    for line in lines(estimates(snapshot, MORE), len(snapshot.sample)):
        typer.echo(line)


def lines(found: "list[ThemeEstimate]", size: int) -> list[str]:
    """Return the estimates as a table to read, and where more judgements help most."""
    rows = [f"Steekproef van {size} passages.", ""]
    rows.append(f"{'thema':28}{'beoordeeld':>11}{'wel':>5}  {'aandeel passages':24}{'precisie':22}{'recall':22}")
    for f in found:
        if f.estimate is None:
            rows.append(f"{f.theme:28}{f.judged:>11}{f.positive:>5}  nog te weinig beoordeeld")
        else:
            e = f.estimate
            shown = f"{_show(e.share):24}{_show(e.precision):22}{_show(e.recall):22}"
            rows.append(f"{f.theme:28}{f.judged:>11}{f.positive:>5}  {shown}")
    widest = max((f for f in found if f.estimate), key=lambda f: f.estimate.share.margin, default=None)  # type: ignore[union-attr]  # filtered
    if widest and widest.estimate and widest.margin_with_more is not None:
        now, then = widest.estimate.share.margin * 100, widest.margin_with_more * 100
        rows += [
            "",
            f"Met {MORE} oordelen meer wordt het interval voor {widest.theme} van ±{now:.1f} naar ±{then:.1f} punten.",
        ]
    return [*rows, "", "Tussen haakjes: 95%-interval (gestratificeerde schatting, Cochran 1977)."]


def _show(interval: "Interval") -> str:
    return f"{interval.value:.1%} ({interval.low:.1%}–{interval.high:.1%})"
