"""Documents, their text and the passages in it."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

PassageKind = Literal[
    "paragraph",
    "list_item",
    "heading",
    "quote",
    "box",
    "caption",
    "table",
    "footnote",
    "toc",
    "title",
    "furniture",
]
CODED_KINDS: frozenset[str] = frozenset({"paragraph", "list_item", "quote", "box", "table"})
"""Kinds that carry policy; headings are context, the rest is kept but not coded."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page: PDF points from the top left corner of the page as it is displayed."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a stretch of a version's text stands on paper: one printed line (or part of one)."""

    start: int
    end: int
    box: Box


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, list item, heading, …: ``start``/``end`` are code points in its version's text.

    Invariant: ``version.text[p.start:p.end] == p.text``. ``anchors`` lead from offsets to the page, in the order of
    the text; empty for formats without pages (txt, md, docx, html).
    """

    number: int
    kind: PassageKind
    heading_path: tuple[str, ...]
    start: int
    end: int
    text: str
    anchors: Sequence[Anchor] = ()
    ocr_confidence: float | None = None

    @property
    def page_from(self) -> int | None:
        """First page (1-based), or ``None`` for a format without pages."""
        return min((a.box.page for a in self.anchors), default=None)

    @property
    def page_to(self) -> int | None:
        """Last page (1-based), or ``None`` for a format without pages."""
        return max((a.box.page for a in self.anchors), default=None)

    @property
    def boxes(self) -> tuple[Box, ...]:
        """One bounding box a page."""
        pages: dict[int, list[Box]] = {}
        for anchor in self.anchors:
            pages.setdefault(anchor.box.page, []).append(anchor.box)
        return tuple(
            Box(
                page,
                min(b.x0 for b in bs),
                min(b.top for b in bs),
                max(b.x1 for b in bs),
                max(b.bottom for b in bs),
            )
            for page, bs in pages.items()
        )

    def page_at(self, offset: int) -> int | None:
        """Page on which the character at ``offset`` (code points in the version's text) is printed."""
        last = None
        for anchor in self.anchors:
            if last is not None and anchor.start > offset:
                break
            last = anchor.box.page
        return last


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about a file, or one page of it, that its user must know, in Dutch, with what to do about it."""

    reason: str
    """Short stable id: ``password``, ``broken``, ``scanned``, ``garbled``, ``empty``, ``not_supported``…"""
    message: str
    page: int | None = None


class UnreadableError(Exception):
    """A file from which no text can be had; carries the `Notice` that says why and what to do."""

    def __init__(self, notice: Notice) -> None:
        super().__init__(notice.message)
        self.notice = notice


@dataclass(frozen=True)  # without slots: its id is a hash over the whole text, kept once it was asked for
class TextVersion:
    """A document's text as one extractor version and setting read it; old ones stay while decisions refer to them."""

    document_id: str
    extractor: str
    """Name, version and settings of the reader, for instance ``pdf 3 join_pages=1``."""
    text: str
    pages: int | None = None

    @cached_property
    def id(self) -> str:
        """Hash over document, extractor and text (16 hex digits)."""
        parts = (self.document_id, self.extractor, hashlib.sha256(self.text.encode("utf-8", "replace")).hexdigest())
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Extraction:
    """What a reader makes of one file."""

    version: TextVersion
    passages: tuple[Passage, ...]
    title: str | None = None
    notices: tuple[Notice, ...] = ()
    """Pages that could not be read and the like; the rest of the document is fine."""


@dataclass(frozen=True, slots=True)
class SegmentSettings:
    """Choices a study may make in cutting text into passages; part of the extractor's name."""

    join_pages: bool = True
    """Join a paragraph that runs on over a column or page break."""
    merge_lists: bool = False
    """Keep a list with its introduction as one passage instead of a passage an item."""
    ocr: bool = True
    """Read scanned pages by text recognition, where that is installed (the extra [ocr], tesseract)."""


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality of the official list; ``size_class`` is ``G4``, ``G40`` or ``overig``."""

    name: str
    code: str
    province: str
    size_class: str


@dataclass(frozen=True, slots=True)
class Document:
    """A file of the study with what is known about it. ``None`` or ``()`` means unknown: listed, never guessed."""

    id: str
    """SHA-256 of the file (64 hex digits)."""
    file_name: str
    """Path as given relative to the folder added, with ``/``; only the name for a single file."""
    title: str | None = None
    municipalities: tuple[Municipality, ...] = ()
    kind: str | None = None
    """opdracht, beleidsplan, kadernota, begroting, jaarstukken, verordening, beleidsregels, evaluatie …"""
    author: str | None = None
    """college, raad, partij or overig."""
    standing: str | None = None
    """vastgesteld, concept or vervallen."""
    year_from: int | None = None
    year_to: int | None = None
    laws: tuple[str, ...] = ()
    source: str | None = None
    """beleid or praktijk."""
    included: bool = True
    included_reason: str = ""
    confirmed_on: date | None = None
    origins: Mapping[str, str] = field(default_factory=dict)
    """Per field where its value came from: ``mapnaam``, ``bestandsnaam``, ``titelpagina``, ``metadata.csv`` …"""

    @property
    def period(self) -> str:
        """``2024``, ``2022-2026`` or an empty string."""
        if self.year_from is None:
            return ""
        return str(self.year_from) if self.year_to in (None, self.year_from) else f"{self.year_from}-{self.year_to}"
