"""What people establish or write about a whole cell (municipality × theme), as events that are only ever added."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

CellKey = tuple[str, str]
"""Municipality (name) and theme (code id)."""


@dataclass(frozen=True, slots=True)
class Searched:
    """What had been read and rejected when a cell was closed, in passages, near-duplicates counted once."""

    candidates: int
    sample: int
    """Read at random out of the ``rest``: the passages that are not among the best candidates."""
    rest: int
    seed: int
    documents: Mapping[str, str]
    """Fingerprint of the words of each document then searched, by document id."""


@dataclass(frozen=True, slots=True)
class Closing:
    """An event: somebody established that a theme was not found in a municipality's documents."""

    id: str
    """UUID in hex."""
    time: datetime
    coder: str
    municipality: str
    theme: str
    codebook: str
    """``content`` hash of the codebook that was in force."""
    searched: Searched

    @property
    def cell(self) -> CellKey:
        """The cell it is about."""
        return self.municipality, self.theme


@dataclass(frozen=True, slots=True)
class Chosen:
    """A quote chosen for a summary, literally as it stands in that version of the document's text."""

    document_id: str
    version: str
    start: int
    end: int
    quote: str
    before: str
    """32 characters before the quote."""
    after: str
    """32 characters after the quote."""
    page: int | None
    page_to: int | None
    is_placed: bool = True
    """Whether the quote was found in the document's present text."""


@dataclass(frozen=True, slots=True)
class Summary:
    """An event: a researcher's own summary of a cell with the quotes it rests on; the latest of a cell stands."""

    id: str
    """UUID in hex."""
    time: datetime
    coder: str
    municipality: str
    theme: str
    codebook: str
    """``content`` hash of the codebook that was in force."""
    text: str
    quotes: tuple[Chosen, ...] = ()

    @property
    def cell(self) -> CellKey:
        """The cell it is about."""
        return self.municipality, self.theme
