"""The verb sample: defensible figures from a part."""

from contextlib import closing
from itertools import groupby
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coding.cli.comparing import By
from coding.cli.messages import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coding.estimation import Interval
    from coding.sampling import ThemeEstimate
    from outputs.estimating import GroupEstimate

MORE = 200
FIRM = 400
"""Judged passages from which recall's intervals held 94 % of the time over all themes, 90 % for the rarest two

(`benchmarks/estimation.py`: 91 and 92 % over all themes with 100 and 200).
"""


def register(app: typer.Typer) -> None:
    """Add the verb to the command line."""
    app.command("sample", epilog="Example: rodedraad sample study --size 300")(sample)


def sample(
    folder: Annotated[Path, typer.Argument(help="The study's folder.", show_default=False)],
    size: Annotated[int, typer.Option("--size", min=0, help="Draw a sample of so many passages.")] = 0,
    seed: Annotated[
        int, typer.Option("--seed", help="Another seed draws other passages; the same with a larger size adds some.")
    ] = 0,
    by: Annotated[By | None, typer.Option("--by", help="Also per group of documents.", show_default=False)] = None,
    more: Annotated[int, typer.Option("--more", min=1, help="How many more judgements to look ahead.")] = MORE,
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
        if not drawn:
            say(f"Er zijn geen passages om uit te trekken; voeg documenten toe met `rodedraad add {folder} MAP`.")
            raise typer.Exit(1)
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
    labels = {t.id: t.label for t in snapshot.codebook.themes}
    for line in lines(estimates(snapshot, more), labels, len(snapshot.sample), more):
        typer.echo(line)
    if by is not None:
        from outputs.answering import TITLES
        from outputs.estimating import estimate_groups
        from outputs.records import work_out

        dimension = next(d for d in TITLES if d == by.name)
        for line in group_lines(estimate_groups(work_out(snapshot), dimension, more), more):
            typer.echo(line)


def lines(found: "list[ThemeEstimate]", labels: "Mapping[str, str]", size: int, more: int) -> list[str]:
    """Return the estimates as a table to read, and where more judgements help most."""
    width = max(len(label) for label in labels.values()) + 2
    rows = [f"Steekproef van {size} passages.", ""]
    rows.append(f"{'thema':{width}}{'beoordeeld':>10}{'wel':>5}  {'aandeel passages':24}{'precisie':22}recall")
    for f in found:
        start = f"{labels[f.theme]:{width}}{f.judged:>10}{f.positive:>5}  "
        if f.estimate is None:
            rows.append(f"{start}nog te weinig beoordeeld")
        else:
            e = f.estimate
            rows.append(f"{start}{_show(e.share):24}{_show(e.precision):22}{_show(e.recall)}")
    known = [(f.estimate.share.margin, f) for f in found if f.estimate and f.margin_with_more is not None]
    if known:
        margin, widest = max(known, key=lambda pair: pair[0])
        rows += ["", _ahead(more, labels[widest.theme], margin, widest.margin_with_more)]
        rows.append("Een beslissing is hier een passage die op elk thema is beoordeeld, getrokken uit de hele studie.")
        rows.append(f"Trek ze erbij met --size {size + more} en dezelfde --seed: wat is beoordeeld, blijft meetellen.")
    rows += ["", "Tussen haakjes: 95%-interval (gestratificeerde schatting, Cochran 1977)."]
    judged = max((f.judged for f in found), default=0)
    if judged < FIRM:
        rows.append(
            f"Met minder dan {FIRM} beoordeelde passages bevat het interval van recall de waarheid minder vaak dan"
        )
        rows.append("95%, bij zeldzame thema's veel minder vaak: gebruik recall dan als indruk.")
    else:
        rows.append("Bij zeldzame thema's bevat het interval van recall de waarheid iets minder vaak dan 95%.")
    return rows


def group_lines(found: "list[GroupEstimate]", more: int) -> list[str]:
    """Return group × theme as a table to read, and where more judgements help most."""
    width = max((len(f.theme.label) for f in found), default=0) + 2
    rows: list[str] = []
    for name, own in groupby(found, key=lambda f: f.group):
        cells = list(own)
        rows += ["", f"{name} ({cells[0].passages} passages)"]
        most = max(f.judged for f in cells)
        if not any(f.share for f in cells):
            rows.append(f"  hoogstens {most} beoordeeld: te weinig voor een cijfer")
            continue
        for f in cells:
            shown = _show(f.share) if f.share else "te weinig beoordeeld voor een cijfer"
            rows.append(f"  {f.theme.label:{width}}{f.judged:>5} beoordeeld  {shown}")
    known = [(f.share.margin, f) for f in found if f.share and f.margin_with_more is not None]
    if known:
        margin, widest = max(known, key=lambda pair: pair[0])
        rows += ["", _ahead(more, f"{widest.theme.label} in {widest.group}", margin, widest.margin_with_more)]
    rows += [
        "",
        "Tussen haakjes: 95%-interval voor codeerfouten. Hoe minder in een groep zelf is beoordeeld, hoe meer het",
    ]
    return [
        *rows,
        "cijfer leunt op de andere groepen (hiërarchisch model, Rao en Molina 2015); dan is het interval breder.",
    ]


def _ahead(more: int, what: str, now: float, then: float | None) -> str:
    """Say in a plain sentence what more judgements, drawn over the whole study, do for an interval."""
    after = f"±{100 * (now if then is None else then):.1f}".replace(".", ",")
    before = f"±{100 * now:.1f}".replace(".", ",")
    if before == after:
        return f"Met {more} beslissingen erbij blijft het interval voor {what} {before} punten."
    verb = "krimpt" if then is not None and then < now else "verandert"
    return f"Met {more} beslissingen erbij {verb} het interval voor {what} van {before} naar {after} punten."


def _show(interval: "Interval") -> str:
    if isnan(interval.value):
        return "niet te zeggen"
    return f"{interval.value:.1%} ({interval.low:.1%}–{interval.high:.1%})".replace(".", ",")
