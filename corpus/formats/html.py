"""Web pages, budget sites among them: headings, paragraphs, lists and tables; navigation is furniture."""

import codecs
import re
from collections.abc import Iterator

import lxml.html
from lxml import etree

from corpus.formats.decoding import decode
from corpus.formats.laying import Block, Reading, clean, line, table_text
from corpus.formats.markup import broken, inner_text, name_of
from corpus.model import Notice, PassageKind

_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_DROPPED = frozenset(
    """
    script style noscript template svg canvas iframe object embed math head link meta select option datalist
    audio video map
    """.split()  # noqa: SIM905  # a table of tags reads best as text
)
_FURNITURE = frozenset({"nav", "footer", "aside", "form", "button", "dialog", "menu", "search"})
_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "complementary", "dialog", "alertdialog", "menu"})
_NAMED = re.compile(
    r"(?:^|[-_\s])(?:cookies?|breadcrumbs?|kruimelpad|nav(?:bar|igation|igatie)?|menu|skip-?links?|social|share|delen|"
    r"pagination|sidebar|footer)(?:$|[-_\s])",
    re.I,
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_KINDS: dict[str, PassageKind] = {
    "li": "list_item",
    "dt": "list_item",
    "dd": "list_item",
    "blockquote": "quote",
    "caption": "caption",
    "figcaption": "caption",
}
_INLINE = frozenset(
    """
    a abbr b bdi bdo big cite code data del dfn em font i img ins kbd label mark q s samp small span strike
    strong sub sup time tt u var wbr br
    """.split()  # noqa: SIM905  # a table of tags reads best as text
)
_MAX_DEPTH = 200


def read_html(data: bytes) -> Reading:
    """Read a web page. Scripts and styles are left out; navigation, banners and footers are labelled furniture.

    Raises `UnreadableError` when the bytes are no text or no page.
    """
    text, notices = _decode(data)
    try:
        text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
        parser = lxml.html.HTMLParser(no_network=True, huge_tree=True)
        root = lxml.html.document_fromstring(text, parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise broken() from error
    if any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
        raise broken()  # the rest of the page was left out
    body = root.find("body")
    main = root.xpath("//main | //*[@role='main']")
    title = line(root.findtext(".//title") or "")
    only = main[0] if isinstance(main, list) and len(main) == 1 and isinstance(main[0], etree._Element) else None
    blocks = tuple(_blocks(body if body is not None else root, "paragraph", only, 0))
    first = next((b.text for b in blocks if b.kind == "heading" and b.level == 1), None)
    return Reading(blocks, first or title or None, notices)


def _decode(data: bytes) -> tuple[str, tuple[Notice, ...]]:
    declared = _CHARSET.search(data[:4096])
    if declared and not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            name = codecs.lookup(declared[1].decode("ascii")).name
            # browsers read Latin-1 as Windows-1252: its curly quotes are what such pages hold
            return data.decode("cp1252" if name in ("iso8859-1", "ascii") else name), ()
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data)


def _blocks(element: etree._Element, kind: PassageKind, main: etree._Element | None, depth: int) -> Iterator[Block]:
    """The blocks in an element; text that stands between its blocks makes blocks of ``kind``."""
    pieces = [element.text or ""]
    for child in element:
        name = name_of(child)
        if name in _INLINE and not _has_blocks(child):
            pieces.append("\n" if name == "br" else inner_text(child, _DROPPED))
        elif name and name not in _DROPPED and not _is_hidden(child):
            yield from _flush(pieces, kind)
            pieces = []
            yield from _element(child, name, kind, main, depth + 1)
        pieces.append(child.tail or "")
    yield from _flush(pieces, kind)


def _element(
    element: etree._Element, name: str, kind: PassageKind, main: etree._Element | None, depth: int
) -> Iterator[Block]:
    if depth > _MAX_DEPTH:
        yield Block(kind, line(inner_text(element, _DROPPED)))
    elif _is_furniture(element, name, main):
        yield Block("furniture", line(inner_text(element, _DROPPED)))
    elif name in _HEADINGS:
        yield Block("heading", line(inner_text(element, _DROPPED)), _HEADINGS[name])
    elif name == "table" and not _is_layout(element):
        yield from _table(element)
    elif name in ("pre", "p", "summary"):
        yield from _blocks(element, kind, main, depth)
    else:
        yield from _blocks(element, _KINDS.get(name, kind), main, depth)


def _table(table: etree._Element) -> Iterator[Block]:
    for caption in table.findall("caption"):
        yield Block("caption", line(inner_text(caption, _DROPPED)))
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table"), None) is table]
    cells = [[_cell(cell) for cell in row if name_of(cell) in ("td", "th")] for row in rows]
    yield Block("table", table_text(cells))


def _cell(cell: etree._Element) -> str:
    return " ".join(block.text for block in _blocks(cell, "paragraph", None, 0))


def _is_layout(table: etree._Element) -> bool:
    """Whether a table only places parts of the page: it holds headings or other tables."""
    return any(name_of(e) in _HEADINGS or (e is not table and name_of(e) == "table") for e in table.iter())


def _has_blocks(element: etree._Element) -> bool:
    return any(
        name_of(e) not in _INLINE and name_of(e) not in _DROPPED and name_of(e) for e in element.iterdescendants()
    )


def _is_hidden(element: etree._Element) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return element.get("hidden") is not None or "display:none" in style


def _is_furniture(element: etree._Element, name: str, main: etree._Element | None) -> bool:
    if main is not None and main is not element and main not in element.iterancestors() and not _holds(element, main):
        return True
    if name in _FURNITURE or (element.get("role") or "").lower() in _ROLES:
        return not _holds(element, main)
    if name == "header":
        return not any(name_of(a) in ("main", "article", "section") for a in element.iterancestors())
    named = f"{element.get('id') or ''} {element.get('class') or ''}"
    return bool(_NAMED.search(named)) and name != "body" and not _holds(element, main)


def _holds(element: etree._Element, main: etree._Element | None) -> bool:
    return main is not None and element in main.iterancestors()


def _flush(pieces: list[str], kind: PassageKind) -> Iterator[Block]:
    # a line break in the source is a space; only <br>, which came in as a piece of its own, parts lines
    text = clean("".join(piece if piece == "\n" else re.sub(r"\s+", " ", piece) for piece in pieces))
    if re.search(r"\w", text):
        yield Block(kind, text)
