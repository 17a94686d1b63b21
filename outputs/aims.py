"""What the principles are for: life in society, or how the authority and its professionals work."""

from dataclasses import dataclass

from codebook.model import Aim, Code
from outputs.coverage import Row, Table
from outputs.wording import _

LABELS: dict[Aim, str] = {"societal": _("maatschappelijk doel"), "organisational": _("organisatorisch doel")}


@dataclass(frozen=True, slots=True)
class Aimed:
    """One group (or the total) × aim: codings of the themes with that aim, and their share in all that have one."""

    group: str
    aim: Aim
    themes: tuple[Code, ...]
    coded: int
    share: float | None


def aims(table: Table) -> tuple[Aimed, ...]:
    """Return societal and organisational aims per row of a coverage table, the total last; nothing without aims.

    A passage with two themes counts for each: these are codings, not passages.
    """
    if not any(theme.aim for theme in table.themes):
        return ()
    return tuple(aimed for row in (*table.rows, table.total) for aimed in _of_row(row))


def _of_row(row: Row) -> list[Aimed]:
    by_aim = {aim: [c for c in row.cells if c.theme.aim == aim] for aim in LABELS}
    counts_by_aim = {aim: sum(c.coded for c in cells) for aim, cells in by_aim.items()}
    whole = sum(counts_by_aim.values())
    return [
        Aimed(row.name, aim, tuple(c.theme for c in cells), count, count / whole if whole else None)
        for (aim, cells), count in zip(by_aim.items(), counts_by_aim.values(), strict=True)
    ]
