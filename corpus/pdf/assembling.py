"""One text from the blocks of a document, with for every printed line where it stands on paper."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from corpus.model import Anchor, Box, Extraction, Passage, TextVersion
from corpus.pdf.blocks import Block
from corpus.pdf.hyphens import join, vocabulary
from corpus.pdf.lines import Line

Place = Callable[[Line], Box]
Joint = Callable[[str, str], tuple[str, str, str]]


def assemble(blocks: Sequence[Block], document_id: str, extractor: str, pages: int, place: Place) -> Extraction:
    """Number the blocks, give each its heading path, and join their texts with an empty line between.

    ``place`` gives the box of a line on the page as displayed. Offsets are code points.
    """
    words = vocabulary(line.text for block in blocks if block.kind != "furniture" for line in block.lines)
    passages: list[Passage] = []
    trail: list[tuple[int, str]] = []
    texts: list[str] = []
    start = 0
    for block in blocks:
        text, spans = _text(block, words)
        if not text.strip():
            continue
        if block.kind == "heading":
            trail = [entry for entry in trail if entry[0] < block.level]
        path = tuple(title for _, title in trail)
        if block.kind == "heading":
            trail.append((block.level, text))
        anchors = tuple(Anchor(start + a, start + b, place(line)) for a, b, line in spans if b > a)
        end = start + len(text)
        passages.append(Passage(len(passages) + 1, block.kind, path, start, end, text, anchors))
        texts.append(text)
        start = end + 2
    return Extraction(TextVersion(document_id, extractor, "\n\n".join(texts), pages), tuple(passages))


Span = tuple[int, int, Line]


def _text(block: Block, words: Mapping[str, int]) -> tuple[str, list[Span]]:
    if block.kind == "table" and block.rows:
        return _rows_text(block, words)
    if block.kind == "toc":
        return _chain(block.lines, _toc_joint)
    return _chain(block.lines, _prose_joint(words))


def _prose_joint(words: Mapping[str, int]) -> Joint:
    return lambda left, right: join(left, right, words)


def _toc_joint(left: str, right: str) -> tuple[str, str, str]:
    entry = not re.search(r"\d$|[._…]{3}$", left)
    return left, " " if entry or re.fullmatch(r"[\d.…_ ]+", right) else "\n", right


def _chain(lines: Sequence[Line], joint: Joint) -> tuple[str, list[Span]]:
    text, spans = "", list[Span]()
    for line in lines:
        if not line.text:
            continue
        if not text:
            text = line.text
            spans.append((0, len(text), line))
            continue
        left, between, right = joint(text, line.text)
        if len(left) < len(text):  # the hyphen went
            spans[-1] = (spans[-1][0], len(left), spans[-1][2])
        text = left + between
        spans.append((len(text), len(text) + len(right), line))
        text += right
    return text, spans


def _rows_text(block: Block, words: Mapping[str, int]) -> tuple[str, list[Span]]:
    """A table as text: a row a line, cells separated by a tab."""
    text, spans = "", list[Span]()
    for row in block.rows:
        cells = list(_cells(row, words))
        if not cells:
            continue
        text += "\n" if text else ""
        for i, (cell, inside) in enumerate(cells):
            text += "\t" if i else ""
            spans += [(len(text) + a, len(text) + b, line) for a, b, line in inside]
            text += cell
    return text, spans


def _cells(row: Sequence[Sequence[Line]], words: Mapping[str, int]) -> Iterator[tuple[str, list[Span]]]:
    joint = _prose_joint(words)
    for cell in row:
        text, spans = _chain(cell, joint)
        if text:
            yield text, spans
