"""Headings: which short blocks are one, and how deep each stands."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from corpus.pdf.blocks import Block
from corpus.pdf.lines import Line
from corpus.pdf.norms import Norms

_NUMBERED = re.compile(r"^(\d{1,2}(?:\.\d{1,3})*)\.?[a-z]?(?:\s|$)")
_NAMED = re.compile(
    r"^(hoofdstuk|deel|bijlage|artikel|paragraaf|programma|thema)\s+(?:\d{1,3}|[ivx]+|[a-z])\b", re.IGNORECASE
)
_CAPTION = re.compile(
    r"^(?:tabel|figuur|fig\.|afbeelding|grafiek|kaart|foto|schema|diagram|illustratie|beeld|bron)"
    r"(?:\s+[\dA-Z][\d.\-]*[a-z]?)?\s*(?:[:.–—-]|\s(?=[A-Z‘'\"]))",
    re.IGNORECASE,
)
_NUMBERED_CAPTION = re.compile(
    r"^(?:tabel|figuur|afbeelding|grafiek|kaart|foto|schema|diagram)\s+\d[\d.\-]*", re.IGNORECASE
)
_OPENING = re.compile(r"^[‘’“”\"'„«‚]")
_DEEPEST = 6


def plain(text: str) -> str:
    """Text as titles are compared by: no case, spaces, dots or leading numbers' dots."""
    return re.sub(r"[\W_]+", "", text.lower())


def caption(text: str, body_like: bool) -> bool:
    """Whether a block names a table or a figure."""
    words = len(text.split())
    if words > 40:
        return False
    return bool(_NUMBERED_CAPTION.match(text) if body_like and words > 12 else _CAPTION.match(text))


def distinct(line: Line, norms: Norms) -> bool:
    """Whether a line is set in a style of its own."""
    return (
        abs(line.size - norms.size) > 0.06 * norms.size
        or (line.bold and not norms.bold)
        or (line.italic and not norms.italic)
        or line.colour != norms.colour
    )


def quotation(lines: Sequence[Line], norms: Norms) -> bool:
    """Whether a block is a pull quote: set apart in style, and in quotation marks or as large slanted text."""
    first = lines[0]
    if first.size < 0.95 * norms.size or not distinct(first, norms):
        return False
    text = " ".join(line.text for line in lines)
    words = len(text.split())
    if not 4 <= words <= 90:
        return False
    marked = bool(_OPENING.match(text)) and not text.startswith(
        ("'s ", "’s ", "'t ", "’t ", "‘t ", "'S-", "’s-", "'s-")
    )
    apart = first.size > 1.05 * norms.size or (first.italic and not norms.italic) or first.colour != norms.colour
    if marked and apart and (first.italic or len(lines) > 1 or re.search(r"[’'”\"»]\W*$", text)):
        return True
    large = first.size > 1.08 * norms.size and first.italic and not norms.italic
    return large and not first.bold and words >= 8 and len(lines) >= 2


def heading(lines: Sequence[Line], norms: Norms, titles: Mapping[str, int], followed: bool) -> bool:
    """Whether a block is a heading; ``titles`` are those of bookmarks and contents page, ``followed`` says that text
    comes right under it.
    """
    first = lines[0]
    text = " ".join(line.text for line in lines)
    words = text.split()
    letters = sum(c.isalpha() for c in text)
    if len(lines) > 5 or len(text) > 200 or letters < 3 or letters < 0.5 * len(text.replace(" ", "")):
        return False
    if (
        first.size < 0.85 * norms.size
        or text[0] in "(•*"
        or re.search(r"[;,]$", text)
        or re.search(r"https?:|www\.|@\w", text)
    ):
        return False
    if plain(text) in titles and (distinct(first, norms) or len(lines) == 1):
        return True
    if len(lines) > 1 and any(x.bold != first.bold or x.colour != first.colour for x in lines):
        return False
    if text[0].islower() and not first.size > 1.3 * norms.size:
        return False
    sentence = text.endswith((".", "!")) and not (len(words) <= 8 and len(lines) <= 2)
    if first.size > 1.12 * norms.size:
        return len(words) <= 30 and (not sentence or first.size > 1.5 * norms.size)
    if len(words) > 22 or sentence or len(lines) > 3:
        return False
    if all(line.bold for line in lines) and not norms.bold:
        return True
    if (
        first.colour != norms.colour
        and first.colour not in ("10,10,10", "0,0,0")
        and len(words) <= 14
        and len(lines) <= 2
    ):
        return not text.endswith(".") or len(words) <= 6
    if text.isupper() and not norms.bold and letters >= 4 and len(words) <= 12:
        return True
    if len(lines) > 1 or text.endswith((".", ":", "!")):
        return False
    if _NAMED.match(text) and len(words) <= 12 and followed:
        return True
    if first.italic and not norms.italic and len(words) <= 9:
        return followed
    return first.size > 1.06 * norms.size and len(words) <= 12 and followed


def with_levels(blocks: Iterable[Block], titles: Mapping[str, int]) -> list[Block]:
    """Give each heading its depth: that of its bookmark, else of its number, else of its style among the others."""
    listed = list(blocks)
    heads = [b for b in listed if b.kind == "heading"]
    known: dict[tuple[float, ...], Counter[int]] = defaultdict(Counter)
    for block in heads:
        level = titles.get(plain(block.text), 0) or _depth(block.text)
        if level:
            known[_rank(block)][level] += 1
    counts = Counter(_rank(b) for b in heads)
    levels: dict[tuple[float, ...], int] = {}
    above = 0
    for rank in sorted(counts, reverse=True):
        votes = known.get(rank)
        level = votes.most_common(1)[0][0] if votes and sum(votes.values()) >= 0.3 * counts[rank] else above + 1
        levels[rank] = min(level, _DEEPEST)
        above = max(above, levels[rank])
    return [replace(b, level=_level(b, titles, levels[_rank(b)])) if b.kind == "heading" else b for b in listed]


def _level(block: Block, titles: Mapping[str, int], by_style: int) -> int:
    return min(titles.get(plain(block.text), 0) or _depth(block.text) or by_style, _DEEPEST)


def _depth(text: str) -> int:
    """Depth that a heading's own number tells: ``2`` and ``Hoofdstuk 2`` 1, ``2.3`` 2; 0 without a number."""
    match = _NUMBERED.match(text)
    if match:
        return match[1].count(".") + 1
    named = _NAMED.match(text)
    return 1 if named and named[1].lower() in ("hoofdstuk", "deel", "bijlage") else 0


def _rank(block: Block) -> tuple[float, ...]:
    """Style as a reader ranks it: size first, then weight, capitals, colour; slanted below upright."""
    line = block.lines[0]
    return (
        round(line.size * 2) / 2,
        line.bold,
        block.text.isupper(),
        not line.italic,
        line.colour not in ("0,0,0", "1,1,1", "2,2,2"),
    )
