"""One text from the blocks of a document, with for every printed line where it stands on paper."""

import re
from collections.abc import Sequence

from corpus.model import Anchor, Box, Extraction, Passage, TextVersion
from corpus.pdf.blocks import Block
from corpus.pdf.hyphens import join, vocabulary
from corpus.pdf.lines import Line


def assemble(blocks: Sequence[Block], document_id: str, extractor: str, pages: int) -> Extraction:
    """Number the blocks, give each its heading path, and join their texts with an empty line between."""
    words = vocabulary([line.text for block in blocks for line in block.lines])
    ranks = sorted({b.style for b in blocks if b.kind == "heading"}, reverse=True)
    passages: list[Passage] = []
    trail: list[tuple[int, str]] = []
    texts: list[str] = []
    start = 0
    for block in blocks:
        text, anchors = _text(block, words, start)
        if not text.strip():
            continue
        path = tuple(title for _, title in trail)
        if block.kind == "heading":
            level = _level(text, ranks.index(block.style) + 1)
            trail = [entry for entry in trail if entry[0] < level]
            path = tuple(title for _, title in trail)
            trail.append((level, text))
        end = start + len(text)
        passages.append(Passage(len(passages) + 1, block.kind, path, start, end, text, anchors))
        texts.append(text)
        start = end + 2
    return Extraction(TextVersion(document_id, extractor, "\n\n".join(texts), pages), tuple(passages))


def _level(text: str, rank: int) -> int:
    number = re.match(r"(\d{1,2}(?:\.\d{1,2})*)\.?\s", text)
    return number.group(1).count(".") + 1 if number else rank


def _text(block: Block, words: dict[str, int], start: int) -> tuple[str, tuple[Anchor, ...]]:
    lines = [line for line in block.lines if line.text]
    text, spans = "", list[tuple[int, int, Line]]()
    for line in lines:
        if not text:
            spans.append((0, len(line.text), line))
            text = line.text
            continue
        separate = block.kind in ("table", "toc", "furniture")
        left, between, right = (text, " ", line.text) if separate else join(text, line.text, words)
        if len(left) < len(text):  # the hyphen went
            spans[-1] = (spans[-1][0], len(left), spans[-1][2])
        text = left + between
        spans.append((len(text), len(text) + len(right), line))
        text += right
    return text, tuple(
        Anchor(start + a, start + b, Box(line.page, line.x0, line.top, line.x1, line.bottom)) for a, b, line in spans
    )
