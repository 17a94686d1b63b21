"""The verb agree: how far coders agree."""

import csv
import sys
from collections.abc import Mapping
from enum import StrEnum
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coding.cli.messages import names_of, say

if TYPE_CHECKING:
    from coding.reliability import Reliability, Spans

UNITS = {"sentence": "zin", "passage": "passage", "document": "document", "municipality": "gemeente"}


class Unit(StrEnum):
    """What two coders are compared on."""

    sentence = "sentence"
    passage = "passage"
    document = "document"
    municipality = "municipality"


def register(app: typer.Typer) -> None:
    """Add the verb to the command line."""
    app.command("agree", epilog="Example: rodedraad agree study --unit passage --program")(agree)


def agree(
    folder: Annotated[Path, typer.Argument(help="The study's folder.", show_default=False)],
    unit: Annotated[Unit, typer.Option("--unit", help="sentence, passage, document, municipality.")] = Unit.passage,
    coders: Annotated[list[str] | None, typer.Option("--coders", help="Only these people.")] = None,
    program: Annotated[bool, typer.Option("--program", help="The program as one more coder.")] = False,
    anchored: Annotated[bool, typer.Option("--anchored", help="Also codings given with suggestions shown.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="As CSV, with every figure in full.")] = False,
) -> None:
    """Tell per theme how far coders agree: percent, Cohen's kappa, Gwet's AC1, Krippendorff's alpha, F1.

    By blind codings only (see assign), for who has a suggestion in view is anchored by it. Where coders coded fragments
    of their own choice, also how far these begin and end at the same place: u-alpha and cu-alpha.
    """
    from coding.cli.studies import present_state
    from coding.reliability import Who, reliability, spans

    snapshot = present_state(folder)
    who = Who(tuple(names_of(coders)), program, anchored)
    everybody = {d.coder for d in snapshot.decisions}
    unknown = [name for name in who.coders if name not in everybody]
    if unknown:
        known = ", ".join(sorted(everybody)) or "niemand"
        raise typer.BadParameter(f"van {unknown[0]} is er geen codering; wel van {known}", param_hint="--coders")
    found = reliability(snapshot, unit.value, who)
    if len(found.coders) < 2:
        what = "beslissingen" if anchored else "blinde coderingen"
        say(
            f"Er zijn {what} van minder dan twee codeurs{'' if program else ' (met --program telt het programma mee)'}."
        )
        say(f"Laat passages dubbel en blind coderen: rodedraad assign {folder} --sample 100 --double")
        if not anchored:
            say("Met --anchored telt ook wat is besloten met voorstellen in beeld; dat valt te gunstig uit.")
        raise typer.Exit(1)
    if as_csv:
        _print_csv(found, spans(snapshot, who))
    else:
        labels = {code.id: code.label for code in snapshot.codebook.codes}
        for line in [*lines(found, labels), *span_lines(spans(snapshot, who), labels)]:
            typer.echo(line)


def lines(found: "Reliability", labels: Mapping[str, str]) -> list[str]:
    """Return the figures as a table to read, with what they do and do not say."""
    from coding.agreement import FEW

    width = _width(labels)
    head = f"{'thema':{width}}{'n':>6}{'met':>6}{'aandeel':>9}" + "".join(
        f"{x:>8}" for x in ("gelijk", "kappa", "AC1", "alfa")
    )
    head += f"  {'95%-interval':14}{'F1':>6}"
    rows = [
        f"Codeurs: {', '.join(found.coders)}. Eenheid: {UNITS[found.unit]}; {found.passages} passages die twee of meer "
        "van hen beoordeelden.",
        "Alleen blinde coderingen." if found.blind else "Let op: ook coderingen met voorstellen in beeld.",
        "",
        head,
    ]
    for a in found.themes:
        figures = "".join(f"{_figure(x):>8}" for x in (a.percent, a.kappa, a.ac1, a.alpha))
        interval = "–" if isnan(a.alpha_low) else f"{_figure(a.alpha_low)} – {_figure(a.alpha_high)}"
        counts = f"{labels.get(a.code, a.code):{width}}{a.units:>6}{a.given:>6}{_figure(a.prevalence):>9}"
        rows.append(f"{counts}{figures}  {interval:14}{_figure(a.f1):>6}")
    if found.unit == "sentence":
        rows.append("")
        rows.append(
            "Wie een hele passage codeerde, codeerde daarmee elke zin erin; het interval houdt zinnen bij elkaar."
        )
    return [
        *rows,
        "",
        "n: eenheden die twee of meer codeurs beoordeelden; met: waarin ten minste een van hen het thema zag; aandeel:",
        "van hun oordelen, dus in de steekproef en niet in alle tekst. kappa en F1: gemiddeld over paren.",
        "In het vak geldt alfa vanaf 0,80 als stevig en vanaf 0,667 als voorlopig; die grenzen beslissen niets. Is een",
        "thema zeldzaam, dan zakt alfa al bij een enkel verschil en blijft AC1 hoog: lees ze samen, en kijk naar het",
        f"interval. Zagen codeurs een thema in minder dan {FEW} eenheden, dan is dat interval te smal: deel meer uit.",
    ]


def _width(labels: Mapping[str, str]) -> int:
    return max((len(label) for label in labels.values()), default=0) + 2


def span_lines(found: "Spans | None", labels: Mapping[str, str]) -> list[str]:
    """Return the agreement on boundaries, where coders coded fragments of their own choice."""
    if found is None:
        return []
    width = _width(labels)
    rows = [f"{labels.get(theme, theme):{width}}{_figure(a.u):>8}" for theme, a in found.themes]
    return [
        "",
        "Waar een code begint en eindigt (Krippendorff e.a. 2016), per teken:",
        "",
        f"{'thema':{width}}{'u-alfa':>8}",
        *rows,
        f"{'alle thema’s samen':{width}}{_figure(found.together.u):>8}",
        "",
        f"cu-alfa {_figure(found.together.cu)}: of waar twee codeurs allebei iets codeerden, het dezelfde thema’s zijn "
        f"({found.together.coverage:.0%} van wat zij lazen).",
    ]


def _figure(value: float) -> str:
    return "–" if isnan(value) else f"{value:.2f}".replace(".", ",")


def _print_csv(found: "Reliability", boundaries: "Spans | None") -> None:
    from coding.agreement import FIGURES

    u = {theme: a.u for theme, a in boundaries.themes} if boundaries else {}
    writer = csv.writer(sys.stdout)
    writer.writerow([*FIGURES, "u_alpha", "unit", "coders", "blind", "first_day", "last_day"])
    basis = (found.unit, "; ".join(found.coders), "ja" if found.blind else "nee", *found.days)
    for a in found.themes:
        figures = [getattr(a, name) for name in FIGURES] + [u.get(a.code, float("nan"))]
        writer.writerow([*("" if isinstance(x, float) and isnan(x) else x for x in figures), *basis])
