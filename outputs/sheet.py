"""One table as it goes into a workbook, a CSV file or a figure's data."""

from dataclasses import dataclass

Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: its name, its columns and its rows. ``shares`` are the columns that hold a share (0 to 1)."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    shares: frozenset[str] = frozenset()
    width: int = 0
    """Characters that its columns are wide; 0 for what suits each by its name."""
