"""What a document is called, and the titles that its bookmarks and contents page list."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from corpus.pdf.blocks import Block
from corpus.pdf.headings import plain
from corpus.pdf.lines import Line
from corpus.pdf.pages import Sheet

_POOR = re.compile(
    r"\.(docx?|pdf|indd|pptx?|xlsx?|odt)\b|^microsoft|^untitled|^naamloos|^powerpoint|^landingspagina|^document\d*$|^\W*$",
    re.IGNORECASE,
)
_LONGEST = 150


def outline(pdf: Any) -> dict[str, int]:
    """Titles of the bookmarks (bare) with their depth; the first counts where one comes back."""
    found: dict[str, int] = {}
    try:
        for i, entry in enumerate(pdf.doc.get_outlines()):
            title = entry[1]
            if isinstance(title, bytes):
                title = title.decode("utf-8", "replace")
            if isinstance(title, str) and plain(title):
                found.setdefault(plain(title), max(1, int(entry[0])))
            if i > 5000:
                break
    except Exception:  # bookmarks are a help; a file without them, or with broken ones, is read without
        return found if len(found) > 2 else {}
    return found


def listed(lines: Iterable[Line], known: Mapping[str, int]) -> dict[str, int]:
    """Titles from the lines of contents pages, bookmarks first; 0 stands for a depth that is not known."""
    found = dict(known)
    for line in lines:
        title = re.sub(r"[\s.…_·]*\d{0,3}\.?$", "", line.text).strip()
        if len(plain(title)) >= 5 and not title.isdigit():
            found.setdefault(plain(title), 0)
    return found


def document_title(blocks: Sequence[Block], sheets: Sequence[Sheet], metadata: str | None) -> str | None:
    """The title on the cover, else the subject a letter names, else that of the metadata, else the first heading that
    says something; at most 150 characters.
    """
    cover = [b for b in blocks if b.kind == "title" and sum(c.isalpha() for c in b.text) >= 3]
    if cover:
        size = max(b.lines[0].size for b in cover)
        texts = dict.fromkeys(b.text for b in cover if b.lines[0].size >= 0.9 * size)
        if len(text := " ".join(texts)) >= 5:
            return _short(text)
    return _subject(blocks) or _sensible(metadata) or _first_heading(blocks) or _largest(sheets)


def _subject(blocks: Sequence[Block]) -> str | None:
    """What stands behind or under the word ``Onderwerp`` on the first page of a letter."""
    opening = [b for b in blocks if b.lines[0].page == 1 and b.kind != "furniture"]
    for i, block in enumerate(opening):
        after = opening[i + 1] if i + 1 < len(opening) else None
        match = re.match(r"(?:onderwerp|betreft)\b\s*:?\s*(.*)", block.text, re.IGNORECASE)
        if match and len(match[1]) < 250:
            text = match[1] or (after.text if after is not None else "")
            if 12 <= len(text) <= 250:
                return _short(text)
    return None


def _first_heading(blocks: Sequence[Block]) -> str | None:
    heads = [b for b in blocks if b.kind == "heading" and b.lines[0].page <= 2]
    if not heads:
        return None
    size = max(b.lines[0].size for b in heads)
    large = [b for b in heads if b.lines[0].size >= 0.95 * size]
    return _short(next((b for b in large if len(b.text.split()) >= 3), large[0]).text)


def _largest(sheets: Sequence[Sheet]) -> str | None:
    for sheet in sheets[:5]:
        worded = [line for line in sheet.lines if sum(c.isalpha() for c in line.text) >= 3]
        if worded:
            size = max(line.size for line in worded)
            lines = sorted((x for x in worded if x.size >= 0.95 * size), key=lambda x: x.base)
            return _short(" ".join(x.text for x in lines)) or None
    return None


def _sensible(title: str | None) -> str | None:
    text = " ".join((title or "").split())
    text = re.sub(r"^Microsoft (?:Word|PowerPoint) - ", "", text)
    return _short(text) if len(text) >= 6 and " " in text and not _POOR.search(text) else None


def _short(text: str) -> str:
    text = re.sub(r"(\w)- (?=[a-z])", r"\1", " ".join(text.split()))
    if len(text) <= _LONGEST:
        return text
    return text[:_LONGEST].rsplit(" ", 1)[0].rstrip(",;:- ") + "…"
