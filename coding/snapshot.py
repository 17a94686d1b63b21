"""A study as it stands, read from its store in one go: all that tables, reports and exports are made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from codebook.model import Codebook
from coding.cell_events import Closing, Summary
from coding.flag_events import FlagEvent
from coding.model import Coding, Decision, Failure, Flag, Look
from corpus.model import Document, Passage, TextVersion
from corpus.study import CellSettings


@dataclass(frozen=True, slots=True)
class Theme:
    """How the program codes one theme in this study: its cuts, and what they rest on."""

    code: str
    threshold: float
    """Scores from here on are *waarschijnlijk*."""
    certain: float | None
    """Scores from here on are *zeker*; ``None`` where that precision cannot be promised."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Method:
    """What the method section must say about how the codings came about."""

    program: str
    """Name and version of rodedraad."""
    coder: str
    themes: tuple[Theme, ...] = ()
    measured_on: str = ""
    """On whose codes the cuts were measured, in Dutch."""


@dataclass(frozen=True, slots=True)
class Sampled:
    """A passage drawn at random for estimation; ``start`` is where it stands in the present text."""

    document_id: str
    start: int
    quote: str
    stratum: str
    coder: str
    """Name of the program by whose codings the strata were made."""


@dataclass(frozen=True, slots=True)
class Assigned:
    """A passage handed to one coder; ``start`` is where it stands in the present text."""

    batch: int
    """1, 2, …: what was handed out at one time."""
    document_id: str
    start: int
    quote: str
    coder: str
    blind: bool
    """To be coded without suggestions or others' codes in view; otherwise the coder's share of the work."""
    stratum: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything of one study, by document id. ``passages`` and ``versions`` are the current ones."""

    name: str
    codebook: Codebook
    method: Method
    documents: tuple[Document, ...]
    versions: Mapping[str, TextVersion]
    passages: Mapping[str, tuple[Passage, ...]]
    codings: tuple[Coding, ...]
    decisions: tuple[Decision, ...] = ()
    """In force (not superseded) and placed in the current version."""
    blind: tuple[Decision, ...] = ()
    """Blind codings as they were given and placed, also where their coder judged otherwise afterwards."""
    looks: tuple[Look, ...] = ()
    """Decisions that the codebook's changes call back to their coders, placed in the current version."""
    unplaced: tuple[Decision, ...] = ()
    flags: tuple[Flag, ...] = ()
    failures: tuple[Failure, ...] = ()
    codebook_history: tuple[str, ...] = field(default=())
    """``content`` hashes of every codebook version used, oldest first."""
    sample: tuple[Sampled, ...] = ()
    """The passages drawn for estimation that stand in a current text."""
    closings: tuple[Closing, ...] = ()
    """Every closing of a cell, oldest first."""
    summaries: tuple[Summary, ...] = ()
    """Every summary of a cell, oldest first, its quotes placed in the current texts where they were found."""
    flag_events: tuple[FlagEvent, ...] = ()
    """Verdicts on flags and people's own tensions in force, their quotes placed in the current texts where found."""
    cell_settings: CellSettings = field(default=CellSettings())
    assigned: tuple[Assigned, ...] = ()
    """The passages handed out to coders that stand in a current text."""
