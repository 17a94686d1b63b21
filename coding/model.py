"""From passage to coding: what coders read, what they say, and what people decide."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

from codebook.model import Code

Level = Literal["zeker", "waarschijnlijk", "twijfel"]
Verdict = Literal["accept", "reject", "read", "withdraw"]
"""``read``: read, nothing here. ``withdraw``: takes back the decision it supersedes (undo)."""
Status = Literal["suggested", "accepted", "rejected", "oneens"]
Manner = Literal["", "blind", "adjudication"]
"""How a decision was come to: with a suggestion perhaps in view; blind; or as the last word on a disagreement."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What a coder reads: a passage's text and, where known, what stands around it."""

    text: str
    heading_path: tuple[str, ...] = ()
    before: str = ""
    after: str = ""
    kind: str = "paragraph"
    document_kind: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why: ``start``/``end`` are code points in the unit's text, ``term`` the pattern or feature that weighed."""

    start: int
    end: int
    term: str


@dataclass(frozen=True, slots=True)
class Score:
    """How strongly one coder holds that a code applies (0 to 1), and why.

    ``level`` is empty from a coder that only scores; the combination fills it for the codes it decides for or doubts.
    ``methods`` says which method said what: ``{"dictionary": 0.8, "classifier": 0.64}``.
    """

    code: str
    score: float
    evidence: tuple[Evidence, ...] = ()
    methods: Mapping[str, float] = field(default_factory=dict)
    level: Level | None = None


class Coder(Protocol):
    """The one extension point: anything that scores units. Callers hand over chunks of at most 256."""

    @property
    def name(self) -> str:
        """Name, version and ``matching`` hash: says whether an earlier coding is still this coder's."""
        ...

    def code(self, units: Sequence[Unit]) -> list[list[Score]]:
        """Scores per unit, in the order of the units; scores under .05 are left out."""
        ...


@dataclass(frozen=True, slots=True)
class Coding:
    """One suggestion for one passage and code. ``start``/``end`` and evidence are offsets in the version's text."""

    version: str
    start: int
    end: int
    code: str
    coder: str
    score: float
    level: Level
    methods: Mapping[str, float]
    evidence: Sequence[Evidence]


@dataclass(frozen=True, slots=True)
class Decision:
    """An event: somebody's verdict on a code for a span (or ``read``: nothing here). Append-only.

    The quote with its surroundings lets the decision find its place again when a text is extracted anew.
    """

    id: str
    """UUID in hex."""
    time: datetime
    coder: str
    document_id: str
    version: str
    start: int
    end: int
    code: str
    """Code id; empty for verdict ``read``."""
    verdict: Verdict
    quote: str
    before: str
    """32 characters before the quote."""
    after: str
    """32 characters after the quote."""
    page: int | None
    codebook: str
    """``content`` hash of the codebook that was in force."""
    memo: str = ""
    supersedes: str | None = None
    manner: Manner = ""


Reason = Literal["split", "merged", "retired", "definition"]


@dataclass(frozen=True, slots=True)
class Look:
    """A decision that the codebook's changes call back to its coder.

    ``decision.code`` is the id of then, ``codes`` the present ids it may be about. ``counts``: it holds for now.
    ``then`` is the code as it was, where that version of the codebook was kept.
    """

    decision: Decision
    reason: Reason
    codes: tuple[str, ...]
    counts: bool
    then: Code | None = None


Grade = Literal[1, 2, 3, 4]


@dataclass(frozen=True, slots=True)
class Quote:
    """A stretch of a document's text with its page, literally as it stands there."""

    document_id: str
    version: str
    start: int
    end: int
    text: str
    page: int | None
    heading_path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Flag:
    """A claim that two principles meet in the text: a relation, both quotes, the rule and the marker that fired.

    ``grade``: 4 the text names the tension, 3 one limits the other, 2 side by side in one passage or section,
    1 only both somewhere in the municipality (weak, listed apart).
    """

    relation: str
    grade: Grade
    scope: Literal["sentence", "passage", "section", "municipality"]
    left: Quote
    right: Quote
    codes: tuple[str, str]
    marker: str = ""
    rule: str = ""
    address: Literal["geprioriteerd", "afgewogen", "niet geadresseerd"] = "niet geadresseerd"


@dataclass(frozen=True, slots=True)
class Failure:
    """A file, or a page of it, that could not be read, or that was read with something its user must know."""

    file_name: str
    reason: str
    message: str
    page: int | None = None
    document_id: str | None = None

    @property
    def was_read(self) -> bool:
        """The text is in the study: read by text recognition, with tracked changes, in a guessed encoding …"""
        return self.document_id is not None and (self.page is None or self.reason == "ocr")
