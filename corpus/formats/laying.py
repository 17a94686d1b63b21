"""Lay the blocks a reader found into one text with passages on it; shared by every format without pages."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from corpus.model import Extraction, Notice, Passage, PassageKind, SegmentSettings, TextVersion

SEPARATOR = "\n\n"
_DROPPED = re.compile("[\u00ad\u200b\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_SPACES = re.compile(r"[^\S\n\t]+")
_LIGATURES = re.compile("[\ufb00-\ufb06]")


@dataclass(frozen=True, slots=True)
class Block:
    """One passage to be, in reading order; ``level`` is the depth of a heading (1 = highest)."""

    kind: PassageKind
    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader found in one file."""

    blocks: tuple[Block, ...]
    title: str | None = None
    notices: tuple[Notice, ...] = ()


def clean(text: str) -> str:
    """Compose accents, open ligatures, drop invisible characters and runs of spaces; line breaks and tabs stay."""
    text = _LIGATURES.sub(lambda m: unicodedata.normalize("NFKC", m[0]), unicodedata.normalize("NFC", text))
    text = _DROPPED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def line(text: str) -> str:
    """`clean`, with everything on one line."""
    return " ".join(clean(text).split())


def table_text(rows: Iterable[Iterable[str]]) -> str:
    """A table as text: a row a line, cells separated by a tab; empty rows left out."""
    laid = ("\t".join(line(cell) for cell in row).rstrip("\t") for row in rows)
    return "\n".join(row for row in laid if row.strip())


def lay(reading: Reading, document_id: str, extractor: str, settings: SegmentSettings) -> Extraction:
    """Number the blocks, give each its heading path and its place in the text (code points).

    A heading's path holds the headings above it, not itself. Empty blocks are left out.
    """
    blocks: Iterable[Block] = (replace(b, text=b.text.strip()) for b in reading.blocks)
    blocks = (b for b in blocks if b.text)
    if settings.merge_lists:
        blocks = _merge_lists(blocks)
    passages: list[Passage] = []
    path: list[tuple[int, str]] = []
    start = 0
    for number, block in enumerate(blocks, 1):
        if block.kind == "heading":
            path = [(level, text) for level, text in path if level < block.level]
        titles = tuple(text for _, text in path)
        passages.append(Passage(number, block.kind, titles, start, start + len(block.text), block.text))
        start += len(block.text) + len(SEPARATOR)
        if block.kind == "heading":
            path.append((block.level, line(block.text)))
    version = TextVersion(document_id, extractor, SEPARATOR.join(p.text for p in passages))
    return Extraction(version, tuple(passages), reading.title, reading.notices)


def _merge_lists(blocks: Iterable[Block]) -> Iterator[Block]:
    """Make one passage of a list and the paragraph that introduces it (one that ends with a colon)."""
    held: Block | None = None
    for block in blocks:
        if block.kind == "list_item" and held is not None and (held.kind == "list_item" or held.text.endswith(":")):
            held = Block("list_item", f"{held.text}\n{block.text}")
            continue
        if held is not None:
            yield held
        held = block if block.kind in ("list_item", "paragraph") else None
        if held is None:
            yield block
    if held is not None:
        yield held
