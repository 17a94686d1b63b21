"""The findings in three sentences: what was read, what stands out, and what it is worth."""

from collections import Counter
from collections.abc import Sequence

from outputs.coverage import Named, Table
from outputs.records import Study
from outputs.tensions import relation_counts
from outputs.what_how import coded_places
from outputs.wording import UNKNOWN_MUNICIPALITY, _, counted, listing, number

_LISTED = 3
"""Themes alike that are each named."""


def summary(study: Study, table: Table, names: Sequence[Named]) -> tuple[str, ...]:
    """Return three sentences on a study, from its coverage by municipality and 'n van N' per theme."""
    if not table.total.basis.documents:
        return (
            _("In deze studie is nog geen document dat meetelt."),
            _("Er zijn dus geen thema's te tellen en geen citaten te tonen."),
            _("Voeg documenten toe met `rodedraad add`, of kijk hieronder wat niet is meegenomen en waarom."),
        )
    return (_what_was_read(study, table), _what_stands_out(study, table, names), _what_it_is_worth(study, table, names))


def _what_was_read(study: Study, table: Table) -> str:
    basis = table.total.basis
    homes = sum(row.name != UNKNOWN_MUNICIPALITY for row in table.rows)
    coded = sum(name == table.total.name for name, _place in coded_places(study))
    pages = counted(basis.pages, _("pagina"), _("pagina's"))
    return _(
        "In %(documents)s%(pages)s van %(homes)s %(verb)s %(passages)s aangewezen waarin een of meer van de "
        "%(themes)s staan of lijken te staan."
    ) % {
        "documents": counted(basis.documents, _("document"), _("documenten")),
        "pages": f" ({pages})" if basis.pages else "",
        "homes": counted(homes, _("gemeente"), _("gemeenten")) if homes else _("een onbekende gemeente"),
        "verb": _("is") if coded == 1 else _("zijn"),
        "passages": counted(coded, _("passage"), _("passages")),
        "themes": counted(len(table.themes), _("thema"), _("thema's")),
    }


def _what_stands_out(study: Study, table: Table, names: Sequence[Named]) -> str:
    order = sorted(range(len(names)), key=lambda i: -table.total.cells[i].coded)
    cells = [table.total.cells[i] for i in order]
    if not cells or not cells[0].coded:
        if any(cell.rejected for cell in cells):
            return _("Geen enkel thema heeft nog een voorstel: wat het programma aanwees, is door mensen verworpen.")
        return _("Geen enkel thema heeft een voorstel; hooguit twijfelgevallen, die niet meetellen.")
    most = [i for i in order if table.total.cells[i].coded == cells[0].coded]
    least = [i for i in order if table.total.cells[i].coded == cells[-1].coded]
    relations = relation_counts(study)
    return _(
        "Het vaakst aangewezen %(verb)s %(most)s, het minst %(least)s; %(tensions)s benoemt de tekst zelf een spanning "
        "tussen twee uitgangspunten en %(limits)s begrenst het ene het andere."
    ) % {
        "verb": _("is") if len(most) == 1 else _("zijn"),
        "most": _themes(table, names, most),
        "least": _themes(table, names, least),
        "tensions": _times(sum(named for _label, named, _limits, _beside in relations)),
        "limits": _times(sum(limits for _label, _named, limits, _beside in relations)),
    }


def _times(count: int) -> str:
    return _("nergens") if not count else _("op %s") % counted(count, _("plaats"), _("plaatsen"))


def _themes(table: Table, names: Sequence[Named], alike: Sequence[int]) -> str:
    """Name the themes with one number of passages; more than three are counted."""
    if len(alike) == 1:
        return _theme(table, names, alike[0])
    labels = [names[i].theme.label.lower() for i in alike]
    passages = counted(table.total.cells[alike[0]].coded, _("passage"), _("passages"))
    named = listing(labels) if len(labels) <= _LISTED else counted(len(labels), _("thema"), _("thema's"))
    return _("%(themes)s (elk %(passages)s)") % {"themes": named, "passages": passages}


def _theme(table: Table, names: Sequence[Named], i: int) -> str:
    known = _("%(theme)s (%(passages)s, %(n)s van de %(of)s)") if names[i].of else _("%(theme)s (%(passages)s)")
    return known % {
        "theme": names[i].theme.label.lower(),
        "passages": counted(table.total.cells[i].coded, _("passage"), _("passages")),
        "n": number(len(names[i].named) + len(names[i].candidate)),
        "of": counted(names[i].of, _("gemeente"), _("gemeenten")),
    }


def _what_it_is_worth(study: Study, table: Table, names: Sequence[Named]) -> str:
    statuses = Counter(r.status for r in study.records if r.place.document.included)
    if not statuses["accepted"] and not statuses["rejected"] and not statuses["oneens"]:
        return _(
            "Dit zijn voorstellen van een programma die nog niemand heeft beoordeeld: geen enkel thema kan op grond "
            "hiervan 'genoemd' heten."
        )
    found, missing = sum(len(n.named) for n in names), sum(len(n.not_found) for n in names)
    cells, judged = sum(n.of for n in names), table.total.cells
    not_found = _(", in %s 'niet gevonden'") % number(missing) if missing else ""
    rest = _("; de rest is voorstel en nog geen codering") if found + missing < cells else ""
    said = _("Mensen hebben %(accepted)s en %(rejected)s")
    where = _(
        "; in %(named)s van de %(cells)s combinaties van gemeente en thema is het thema daarmee "
        "'genoemd'%(not_found)s%(rest)s"
    )
    return f"{said}{where if cells else ''}." % {
        "accepted": counted(sum(c.accepted for c in judged), _("codering aanvaard"), _("coderingen aanvaard")),
        "rejected": _("%s verworpen") % number(sum(c.rejected for c in judged)),
        "named": number(found),
        "cells": number(cells),
        "not_found": not_found,
        "rest": rest,
    }
