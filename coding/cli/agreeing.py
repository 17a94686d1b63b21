"""The verb agree: how far coders agree."""

import csv
import sys
from dataclasses import astuple, fields
from enum import StrEnum
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coding.cli.messages import say

if TYPE_CHECKING:
    from coding.reliability import Reliability


class Unit(StrEnum):
    """What two coders are compared on."""

    passage = "passage"
    document = "document"
    municipality = "municipality"


def register(app: typer.Typer) -> None:
    """Add the verb to the command line."""
    app.command("agree", epilog="Example: rodedraad agree study --unit passage --program")(agree)


def agree(
    folder: Annotated[Path, typer.Argument(help="The study's folder.", show_default=False)],
    unit: Annotated[Unit, typer.Option("--unit", help="passage, document or municipality.")] = Unit.passage,
    program: Annotated[bool, typer.Option("--program", help="The program as one more coder.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="As CSV, with every figure in full.")] = False,
) -> None:
    """Tell per theme how far coders agree: percent, Cohen's kappa, Gwet's AC1, Krippendorff's alpha, F1."""
    from coding.cli.studies import present_state
    from coding.reliability import reliability

    found = reliability(present_state(folder), unit.value, program=program)
    if len(found.coders) < 2:
        say("Er zijn beslissingen van minder dan twee codeurs; laat een tweede codeur dezelfde passages beoordelen.")
        raise typer.Exit(1)
    if as_csv:
        _print_csv(found)
    else:
        for line in lines(found):
            typer.echo(line)


def lines(found: "Reliability") -> list[str]:
    """Return the figures as a table to read, with what they do and do not say."""
    head = f"{'thema':28}{'n':>6}{'aandeel':>9}" + "".join(f"{x:>8}" for x in ("gelijk", "kappa", "AC1", "alfa"))
    head += f"  {'95%-interval':14}{'F1':>6}"
    rows = [f"Codeurs: {', '.join(found.coders)}. Eenheid: {found.unit}.", "", head]
    for a in found.themes:
        figures = "".join(f"{_figure(x):>8}" for x in (a.percent, a.kappa, a.ac1, a.alpha))
        interval = f"{_figure(a.alpha_low)} – {_figure(a.alpha_high)}"
        rows.append(f"{a.code:28}{a.units:>6}{_figure(a.prevalence):>9}{figures}  {interval:14}{_figure(a.f1):>6}")
    return [
        *rows,
        "",
        "n: eenheden die twee of meer codeurs beoordeelden. In het vak geldt alfa vanaf .80 als stevig en vanaf .667",
        "als voorlopig; die grenzen beslissen niets. Wie een voorstel van het programma voor zich had, is erdoor",
        "verankerd: alleen codes die zonder voorstel zijn gegeven, meten de overeenstemming zuiver.",
    ]


def _figure(value: float) -> str:
    return "–" if isnan(value) else f"{value:.2f}"


def _print_csv(found: "Reliability") -> None:
    from coding.agreement import Agreement

    writer = csv.writer(sys.stdout)
    writer.writerow([f.name for f in fields(Agreement)])
    writer.writerows([["" if isinstance(x, float) and isnan(x) else x for x in astuple(a)] for a in found.themes])
