"""Word documents (.docx): order, styles, lists, tables and notes as Word recorded them."""

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import docx
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from lxml import etree

from corpus.formats.laying import Block, Reading, clean, line, table_text
from corpus.formats.markup import broken, open_zip, parse_xml
from corpus.model import Notice, PassageKind

_HEADING = re.compile(r"(?:heading|kop) ?(\d)$", re.I)
_TOC = re.compile(r"(?:toc|inhopg)[ \d]|table of figures|lijst met afbeeldingen", re.I)
_ENDED = (".", ":", ";", ",", "?", "!")
_NOTES = ("footnotes", "endnotes")
_LAYOUT = 8
"""A table cell with more paragraphs than this is a column of the page, not a cell."""


@dataclass(slots=True)
class _Word:
    """What reading a body needs to know of the document around it."""

    styles: Mapping[str, "_Style"]
    notes: Mapping[tuple[str, str], str]
    bold_headings: bool = False
    pending: list[Block] = field(default_factory=list)
    """Notes referred to since the last heading: they close the section."""


@dataclass(frozen=True, slots=True)
class _Style:
    name: str = ""
    level: int | None = None
    listed: bool = False


def read_docx(data: bytes) -> Reading:
    """Read a .docx: body in order, then running headers and footers as furniture.

    Tracked insertions count, deletions do not, as if all changes were accepted. Raises `UnreadableError`.
    """
    with open_zip(data):
        pass
    try:
        document = docx.Document(io.BytesIO(data))
        word = _Word(_styles(document), _notes(document))
    except Exception as error:  # python-docx lets every kind of error through on a damaged package
        raise broken() from error
    body = document.element.body
    word.bold_headings = not any(_style(word, p).level for p in body.iter(qn("w:p")))
    blocks = [*_blocks(body, word), *word.pending, *_furniture(document)]
    title = line(document.core_properties.title or "") or next((b.text for b in blocks if b.kind == "title"), None)
    return Reading(tuple(blocks), title, _notices(body))


def _notices(body: etree._Element) -> tuple[Notice, ...]:
    if next(body.iter(qn("w:ins"), qn("w:del")), None) is None:
        return ()
    message = "Er staan nog wijzigingen in (bijgehouden); gelezen is de tekst alsof ze alle zijn aanvaard."
    return (Notice("tracked_changes", message),)


def _blocks(parent: etree._Element, word: _Word) -> Iterator[Block]:
    for child in parent.iterchildren():
        if child.tag == qn("w:p"):
            yield from _paragraph(child, word)
        elif child.tag == qn("w:tbl"):
            yield from _table(child, word)
        elif child.tag == qn("w:sdt"):
            yield from _content_control(child, word)
        elif child.tag in (qn("w:ins"), qn("w:customXml"), qn("w:smartTag")):
            yield from _blocks(child, word)


def _content_control(sdt: etree._Element, word: _Word) -> Iterator[Block]:
    gallery = sdt.find(f"{qn('w:sdtPr')}/{qn('w:docPartObj')}/{qn('w:docPartGallery')}")
    content = sdt.find(qn("w:sdtContent"))
    if content is None:
        return
    is_toc = gallery is not None and "contents" in (gallery.get(qn("w:val")) or "").lower()
    for block in _blocks(content, word):
        yield Block("toc", block.text) if is_toc else block


def _paragraph(paragraph: etree._Element, word: _Word) -> Iterator[Block]:
    text, style = clean(_text(paragraph)), _style(word, paragraph)
    kind: PassageKind = "paragraph"
    level = style.level or 0
    if not level and word.bold_headings and _is_bold_heading(paragraph, text):
        level = 1
    if _TOC.match(style.name):
        kind = "toc"
    elif style.name in ("title", "titel"):
        kind = "title"
    elif level:
        kind = "heading"
    elif "caption" in style.name or "bijschrift" in style.name:
        kind = "caption"
    elif "quote" in style.name or "citaat" in style.name:
        kind = "quote"
    elif _is_listed(paragraph, style):
        kind = "list_item"
    if kind == "heading" and text:
        yield from word.pending
        word.pending = []
    yield Block(kind, line(text) if kind == "heading" else text, level or 1)
    word.pending += _referred_notes(paragraph, word)
    for box in paragraph.iter(qn("w:txbxContent")):
        if not any(a.tag.endswith("}Fallback") for a in box.iterancestors()):
            yield from (Block("box", clean(_text(p))) for p in box.iter(qn("w:p")))


def _referred_notes(paragraph: etree._Element, word: _Word) -> Iterator[Block]:
    for kind in _NOTES:
        for reference in paragraph.iter(qn(f"w:{kind.removesuffix('s')}Reference")):
            if text := word.notes.get((kind, reference.get(qn("w:id")) or "")):
                yield Block("footnote", text)


def _table(table: etree._Element, word: _Word) -> Iterator[Block]:
    """A table as one passage; a frame of one cell as a box; a table that lays out a page as the text in it."""
    rows = [list(_cells(row)) for row in table.iter(qn("w:tr")) if _owner(row) is table]
    cells = [cell for row in rows for cell in row]
    laid_out = any(
        len([p for p in cell.iter(qn("w:p")) if _text(p).strip()]) > _LAYOUT
        or any(_style(word, p).level for p in cell.iter(qn("w:p")))
        or cell.find(f".//{qn('w:tbl')}") is not None
        for cell in cells
    )
    if laid_out and (len(cells) == 1 or max(map(len, rows)) <= 3):
        for cell in cells:
            yield from _blocks(cell, word)
    elif len(cells) == 1:
        for block in _blocks(cells[0], word):
            yield Block("box", block.text)
    else:
        yield Block("table", table_text([[_text(cell) for cell in row] for row in rows]))
        word.pending += [note for p in table.iter(qn("w:p")) for note in _referred_notes(p, word)]


def _owner(element: etree._Element) -> etree._Element | None:
    return next((a for a in element.iterancestors() if a.tag == qn("w:tbl")), None)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    """The cells of a row; the lower parts of a vertically merged cell are left out as empty cells."""
    for cell in row.iter(qn("w:tc")):
        if next(cell.iterancestors(qn("w:tr"))) is row:
            merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            if merge is None or merge.get(qn("w:val")) == "restart":
                yield cell


def _text(element: etree._Element) -> str:
    """Text of a paragraph or cell as it stands after all changes are accepted, without text boxes and field codes."""
    pieces: list[str] = []
    stack: list[etree._Element | str] = [element]
    while stack:
        one = stack.pop()
        if isinstance(one, str):
            pieces.append(one)
            continue
        name = etree.QName(one).localname if isinstance(one.tag, str) else ""
        if name == "t":
            pieces.append(one.text or "")
        elif name in _GLYPHS and one.getparent().tag != qn("w:tabs"):  # type: ignore[union-attr]  # never the root
            pieces.append(_GLYPHS[name])
        elif name and name not in _SKIPPED:
            if name == "p" and one is not element:
                stack.append("\n")
            stack.extend(reversed(one))
    return "".join(pieces)


_GLYPHS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_SKIPPED = frozenset({"del", "moveFrom", "instrText", "txbxContent", "Fallback", "pPr", "rPr", "delText"})


def _is_listed(paragraph: etree._Element, style: _Style) -> bool:
    number = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
    return style.listed if number is None else number.get(qn("w:val")) != "0"


def _is_bold_heading(paragraph: etree._Element, text: str) -> bool:
    """A short bold line on its own, in a document without a single heading style."""
    runs = [r for r in paragraph.iter(qn("w:r")) if "".join(t.text or "" for t in r.iter(qn("w:t"))).strip()]
    if not runs or len(text) > 100 or "\n" in text or text.endswith(_ENDED) or len(text) < 3:
        return False
    marks = [run.find(f"{qn('w:rPr')}/{qn('w:b')}") for run in runs]
    return all(mark is not None and mark.get(qn("w:val")) not in ("0", "false") for mark in marks)


def _style(word: _Word, paragraph: etree._Element) -> _Style:
    properties = paragraph.find(qn("w:pPr"))
    named = properties.find(qn("w:pStyle")) if properties is not None else None
    style = word.styles.get((named.get(qn("w:val")) or "") if named is not None else "", _Style())
    outline = properties.find(qn("w:outlineLvl")) if properties is not None else None
    if outline is not None and (level := int(outline.get(qn("w:val")) or 9)) < 9:
        return _Style(style.name, level + 1, style.listed)
    return style


def _styles(document: WordDocument) -> dict[str, _Style]:
    """Per style id its name (lower case), heading level and whether it makes list items, parents included."""
    elements = {s.get(qn("w:styleId")) or "": s for s in document.styles.element.iter(qn("w:style"))}
    return {style_id: _chain(style_id, elements) for style_id in elements}


def _chain(style_id: str, elements: Mapping[str, etree._Element]) -> _Style:
    name, level, listed, seen = "", None, False, set[str]()
    while style_id in elements and style_id not in seen:
        seen.add(style_id)
        element = elements[style_id]
        own = _value(element, "w:name").lower()
        name = name or own
        if level is None and (heading := _HEADING.match(own)):
            level = int(heading[1])
        if level is None and (outline := _value(element, f"{qn('w:pPr')}/{qn('w:outlineLvl')}")).isdigit():
            level = int(outline) + 1 if int(outline) < 9 else 0
        listed = listed or element.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None or own.startswith("list")
        style_id = _value(element, "w:basedOn")
    return _Style(name, level or None, listed)


def _value(element: etree._Element, path: str) -> str:
    found = element.find(path if path.startswith("{") else qn(path))
    return (found.get(qn("w:val")) or "") if found is not None else ""


def _notes(document: WordDocument) -> dict[tuple[str, str], str]:
    notes: dict[tuple[str, str], str] = {}
    for relation in document.part.rels.values():
        kind = relation.reltype.rsplit("/", 1)[-1]
        if kind in _NOTES and not relation.is_external:
            for number, note in enumerate(_real_notes(parse_xml(relation.target_part.blob)), 1):
                notes[kind, note.get(qn("w:id")) or ""] = f"{number} {line(_text(note))}"
    return notes


def _real_notes(root: etree._Element) -> Iterable[etree._Element]:
    return (note for note in root if isinstance(note.tag, str) and note.get(qn("w:type")) in (None, "normal"))


def _furniture(document: WordDocument) -> Iterator[Block]:
    seen = set[str]()
    for section in document.sections:
        for part in (section.header, section.first_page_header, section.footer, section.first_page_footer):
            if not part.is_linked_to_previous and (text := clean(_text(part._element))) and text not in seen:
                seen.add(text)
                yield Block("furniture", text)
