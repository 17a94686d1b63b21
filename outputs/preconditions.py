"""Preconditions by municipality: a principle that needs another, and whether that other was found.

That something is *not* there is said only of a cell that people searched (`coding.cells`): what the program does not
suggest may well be there in other words.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Literal

from codebook.model import Relation
from outputs.cells import searched_text
from outputs.coverage import Cell, Table
from outputs.records import Study
from outputs.tensions import label_of
from outputs.wording import UNKNOWN_MUNICIPALITY, _, counted, listing, number

Outcome = Literal["beide genoemd", "voorwaarde niet gevonden", "nog niet beoordeeld", "niet aan de orde"]


@dataclass(frozen=True, slots=True)
class Precondition:
    """One relation in one municipality: what ``needing`` needs is ``needed``; each with where its cell stands."""

    municipality: str
    relation: str
    needing: str
    needing_label: str
    needing_state: str
    needed: str
    needed_label: str
    needed_state: str
    outcome: Outcome
    finding: str
    """The outcome in a sentence."""
    searched: str
    """What was read before ``needed`` was called *niet gevonden*; else empty."""
    said: int
    """Places in the municipality's documents where the text itself says that the one needs the other."""


COLUMNS = tuple(f.name for f in fields(Precondition))


def preconditions(study: Study, table: Table) -> list[Precondition]:
    """Return every precondition of the codebook for every known municipality, a relation at a time.

    ``table`` is the study's coverage by municipality.
    """
    relations = [r for r in study.snapshot.codebook.relations if r.kind == "precondition" and len(r.codes) == 2]
    cells = {
        row.name: {cell.theme.id: cell for cell in row.cells} for row in table.rows if row.name != UNKNOWN_MUNICIPALITY
    }
    said = _said(study)
    return [
        _precondition(study, relation, name, cells[name], said[relation.id, name])
        for relation in relations
        for name in cells
    ]


def in_short(rows: Sequence[Precondition]) -> list[str]:
    """Say per relation in a sentence in which municipalities what is needed was not found, and what is left to read."""
    sentences = []
    for relation in dict.fromkeys(r.relation for r in rows):
        own = [r for r in rows if r.relation == relation]
        missing = [r.municipality for r in own if r.outcome == "voorwaarde niet gevonden"]
        both = sum(r.outcome == "beide genoemd" for r in own)
        unread = sum(r.outcome == "nog niet beoordeeld" for r in own)
        parts = [_("beide genoemd in %s") % counted(both, _("gemeente"), _("gemeenten"))] if both else []
        if missing:
            parts.append(_("wel %(needing)s, geen %(needed)s gevonden in %(names)s") % {
                "needing": own[0].needing_label.lower(), "needed": own[0].needed_label.lower(),
                "names": listing(missing),
            })  # fmt: skip
        if unread:
            parts.append(_("nog niet beoordeeld in %s") % counted(unread, _("gemeente"), _("gemeenten")))
        labels = f"{own[0].needing_label} vraagt {own[0].needed_label.lower()}"
        sentences.append(f"{labels}: {'; '.join(parts) or _('in geen gemeente aan de orde')}.")
    return sentences


def _precondition(study: Study, relation: Relation, name: str, cells: Mapping[str, Cell], said: int) -> Precondition:
    needed, needing = relation.codes
    one, other = cells.get(needing), cells.get(needed)
    labels = label_of(study.snapshot.codebook, needing), label_of(study.snapshot.codebook, needed)
    outcome = _outcome(one, other)
    standing = other.standing if other is not None else None
    return Precondition(
        municipality=name,
        relation=relation.id,
        needing=needing,
        needing_label=labels[0],
        needing_state=_state(one),
        needed=needed,
        needed_label=labels[1],
        needed_state=_state(other),
        outcome=outcome,
        finding=_finding(outcome, labels, one, other),
        searched=searched_text(standing) if standing and outcome == "voorwaarde niet gevonden" else "",
        said=said,
    )


def _outcome(needing: Cell | None, needed: Cell | None) -> Outcome:
    if needing is not None and needing.state == "niet gevonden":
        return "niet aan de orde"
    if needing is None or needed is None or needing.state != "genoemd":
        return "nog niet beoordeeld"
    if needed.state == "genoemd":
        return "beide genoemd"
    return "voorwaarde niet gevonden" if needed.state == "niet gevonden" else "nog niet beoordeeld"


def _finding(outcome: Outcome, labels: tuple[str, str], needing: Cell | None, needed: Cell | None) -> str:
    one, other = labels[0], labels[1].lower()
    if outcome == "beide genoemd":
        return _("%(one)s en %(other)s zijn beide genoemd") % {"one": one, "other": other}
    if outcome == "voorwaarde niet gevonden":
        return _("%(one)s genoemd, %(other)s niet gevonden in deze documenten") % {"one": one, "other": other}
    if outcome == "niet aan de orde":
        return _("%s niet gevonden in deze documenten") % one
    unread = [
        label if cell is None else f"{label} ({_brief(cell)})"
        for label, cell in zip(labels, (needing, needed), strict=True)
        if cell is None or cell.state not in ("genoemd", "niet gevonden")
    ]
    return _("nog niet beoordeeld: %s") % listing(unread)


def _brief(cell: Cell) -> str:
    """Return the state with its number, to stand between brackets: ``kandidaat: 5``."""
    return f"{cell.state}: {number(cell.candidates)}" if cell.state == "kandidaat" else cell.state


def _state(cell: Cell | None) -> str:
    return cell.state_text if cell is not None else _("geen hoofdthema")


def _said(study: Study) -> Counter[tuple[str, str]]:
    homes = {d.id: [m.name for m in d.municipalities] for d in study.snapshot.documents if d.included}
    return Counter(
        (flag.relation, name) for flag in study.snapshot.flags for name in homes.get(flag.left.document_id, ())
    )
