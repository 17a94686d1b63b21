"""OpenDocument text (.odt): order, outline levels, lists, tables and notes as the file says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from corpus.formats.laying import Block, Reading, clean, line, table_text
from corpus.formats.markup import inner_text, locked, name_of, open_zip, parse_xml, read_part
from corpus.model import PassageKind, UnreadableError

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_INDEXES = frozenset({"table-of-content", "illustration-index", "table-index", "alphabetical-index", "user-index"})
_SKIPPED = frozenset({"tracked-changes", "annotation", "annotation-end", "sequence-decls", "forms", "variable-decls"})
_NO_TEXT = _SKIPPED | {"note", "frame", "text-box", "change", "change-start", "change-end"}


@dataclass(slots=True)
class _Context:
    styles: Mapping[str, str]
    """Automatic style name to the named style it derives from, lower case."""
    pending: list[Block] = field(default_factory=list)
    """Notes referred to since the last heading: they close the section."""


def read_odt(data: bytes) -> Reading:
    """Read an .odt: body in order, then headers and footers as furniture. Raises `UnreadableError`."""
    with open_zip(data) as archive:
        names = archive.namelist()
        if "META-INF/manifest.xml" in names and b"encryption-data" in read_part(archive, "META-INF/manifest.xml"):
            raise UnreadableError(locked())
        content = parse_xml(read_part(archive, "content.xml"))
        styles = parse_xml(read_part(archive, "styles.xml")) if "styles.xml" in names else None
        meta = parse_xml(read_part(archive, "meta.xml")) if "meta.xml" in names else None
    context = _Context(_style_names(content, styles))
    body = next((e for e in content.iter() if name_of(e) == "text" and name_of_parent(e) == "body"), content)
    blocks = [*_blocks(body, context, "paragraph"), *context.pending, *_furniture(styles)]
    title = line(meta.findtext(".//{http://purl.org/dc/elements/1.1/}title") or "") if meta is not None else ""
    return Reading(tuple(blocks), title or next((b.text for b in blocks if b.kind == "title"), None))


def name_of_parent(element: etree._Element) -> str:
    """Tag of the parent without namespace; empty for the root."""
    parent = element.getparent()
    return name_of(parent) if parent is not None else ""


def _blocks(parent: etree._Element, context: _Context, kind: PassageKind) -> Iterator[Block]:
    for child in parent:
        name = name_of(child)
        if name in ("h", "p"):
            yield from _paragraph(child, context, kind)
        elif name == "table":
            yield from _table(child, context)
        elif name in _INDEXES:
            yield from (Block("toc", clean(_text(p))) for p in child.iter(f"{_TEXT}p", f"{_TEXT}h"))
        elif name == "list-item":
            yield from _blocks(child, context, "list_item")
        elif name and name not in _SKIPPED:
            yield from _blocks(child, context, kind)


def _paragraph(element: etree._Element, context: _Context, kind: PassageKind) -> Iterator[Block]:
    style = context.styles.get(element.get(f"{_TEXT}style-name") or "", "")
    text = clean(_text(element))
    if name_of(element) == "h" and text:
        yield from context.pending
        context.pending = []
        level = element.get(f"{_TEXT}outline-level") or "1"
        yield Block("heading", line(text), int(level) if level.isdigit() else 1)
    elif style in ("title", "titel"):
        yield Block("title", text)
    elif "quotation" in style or "citaat" in style:
        yield Block("quote", text)
    elif style in ("caption", "illustration", "table", "figure", "bijschrift"):
        yield Block("caption", text)
    else:
        yield Block(kind, text)
    for note in element.iter(f"{_TEXT}note"):
        cited, body = note.find(f"{_TEXT}note-citation"), note.find(f"{_TEXT}note-body")
        if body is not None:
            mark = inner_text(cited) if cited is not None else ""
            context.pending.append(Block("footnote", line(f"{mark} {_text(body)}")))
    for box in (e for e in element.iter() if name_of(e) == "text-box"):
        yield from _blocks(box, context, "box")


def _table(table: etree._Element, context: _Context) -> Iterator[Block]:
    rows = [row for row in table.iter(f"{_TABLE}table-row") if next(row.iterancestors(f"{_TABLE}table")) is table]
    cells = [[cell for cell in row if name_of(cell) == "table-cell"] for row in rows]
    laid_out = any(name_of(e) in ("h", "table") for row in cells for cell in row for e in cell.iterdescendants())
    if sum(map(len, cells)) == 1 or laid_out:
        kind: PassageKind = "paragraph" if laid_out else "box"
        for row in cells:
            for cell in row:
                yield from _blocks(cell, context, kind)
    else:
        yield Block("table", table_text([[_text(cell) for cell in row] for row in cells]))


def _text(element: etree._Element) -> str:
    """Text of a paragraph or cell, without notes, frames and comments; tabs and repeated spaces spelled out."""
    return "".join(_pieces(element))


def _pieces(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        name = name_of(child)
        if name in ("s", "tab"):
            yield " "
        elif name == "line-break":
            yield "\n"
        elif name and name not in _NO_TEXT:
            yield from _pieces(child)
            if name in ("p", "h"):
                yield "\n"
        yield child.tail or ""


def _style_names(*roots: etree._Element | None) -> dict[str, str]:
    parents: dict[str, str] = {}
    for root in roots:
        for style in root.iter(f"{_STYLE}style") if root is not None else ():
            name = style.get(f"{_STYLE}name") or ""
            parents.setdefault(name, style.get(f"{_STYLE}parent-style-name") or "")
    named = {}
    for name, parent in parents.items():
        # automatic styles are called P1, P2 …; a style of the user keeps its own name
        shown = parent if parent and name[:1] == "P" and name[1:].isdigit() else name
        named[name] = shown.replace("_20_", " ").lower()
    return named


def _furniture(styles: etree._Element | None) -> Iterator[Block]:
    seen = set[str]()
    for element in styles.iter(f"{_STYLE}header", f"{_STYLE}footer") if styles is not None else ():
        if (text := clean(_text(element))) and text not in seen:
            seen.add(text)
            yield Block("furniture", text)
