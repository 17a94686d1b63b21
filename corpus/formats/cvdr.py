"""Local regulations as published (CVDR and Gemeenteblad XML): articles with their path, nothing guessed."""

from collections.abc import Iterator

from lxml import etree

from corpus.formats.laying import Block, Reading, clean, line, table_text
from corpus.formats.markup import inner_text, name_of, parse_xml
from corpus.model import Notice, PassageKind, UnreadableError

_DIVISIONS = frozenset(
    """
    hoofdstuk titeldeel afdeling paragraaf subparagraaf artikel bijlage divisie circulaire.divisie
    tekst.divisie nota-toelichting algemeen artikelsgewijs toelichting boek deel enig-artikel
    """.split()  # noqa: SIM905  # a table of tags reads best as text
)
_TEXT = frozenset({"al", "context.al", "considerans.al", "afkondiging", "wie", "slotformulering", "functie", "datum"})
_HEADLINES = frozenset({"tussenkop", "tussenkop1", "titel"})
_META = frozenset({"meta", "meta-data", "owms-mantel", "metadata", "plaatje", "illustratie", "redactionele-correcties"})
_NOTES = frozenset({"noot", "noot.nr", "noot.al"})


def read_cvdr(data: bytes) -> Reading:
    """Read a regulation: divisions and articles as headings, members and their lists as passages.

    Raises `UnreadableError` when the XML is broken or holds no regulation.
    """
    root = parse_xml(data)
    body = next((e for e in root.iter() if name_of(e) in ("body", "regeling", "gemeenteblad")), root)
    blocks = tuple(_blocks(body, 0, ""))
    if not blocks:
        raise UnreadableError(
            Notice("empty", "Er staat geen regeling in dit XML-bestand. Lever de tekst als pdf of html.")
        )
    official = next((e for e in root.iter() if name_of(e) in ("title", "citeertitel", "intitule")), None)
    return Reading(blocks, (line(inner_text(official)) or None) if official is not None else None)


def _blocks(parent: etree._Element, level: int, mark: str) -> Iterator[Block]:
    """The blocks in an element; ``mark`` is the number of the member or list item, put before its first words."""
    for child in parent:
        name = name_of(child)
        if not name or name in _META or name in ("kop", "lidnr", "li.nr"):
            continue
        if name in _DIVISIONS:
            yield from _division(child, level + 1)
        elif name == "intitule":
            yield Block("title", line(inner_text(child, _NOTES)))
        elif name in _HEADLINES:
            yield Block("heading", line(inner_text(child, _NOTES)), level + 1)
        elif name in ("lid", "li"):
            yield from _blocks(child, level, line(child.get("nr") or _first(child, "lidnr", "li.nr")))
        elif name in _TEXT:
            yield from _text(child, mark)
            mark = ""
        elif name in ("table", "tgroup"):
            yield Block("table", table_text(_rows(child)))
        elif name == "noot":
            yield Block("footnote", line(inner_text(child)))
        else:
            yield from _blocks(child, level, mark)
            mark = ""


def _division(element: etree._Element, level: int) -> Iterator[Block]:
    heading = next((child for child in element if name_of(child) == "kop"), None)
    if heading is None:
        yield from _blocks(element, level - 1, "")
        return
    parts = (line(inner_text(child, _NOTES)) for child in heading)
    text = " ".join(part for part in parts if part) or line(heading.text or "")
    yield Block("heading", text, level)
    yield from _blocks(element, level, "")


def _text(element: etree._Element, mark: str) -> Iterator[Block]:
    parent = element.getparent()
    kind: PassageKind = "list_item" if parent is not None and name_of(parent) == "li" else "paragraph"
    text = clean(" ".join(inner_text(element, _NOTES).split()))
    if text:
        yield Block(kind, f"{mark} {text}".strip())
    for note in (e for e in element.iter() if name_of(e) == "noot"):
        yield Block("footnote", line(inner_text(note)))


def _rows(table: etree._Element) -> Iterator[list[str]]:
    for row in (e for e in table.iter() if name_of(e) in ("row", "tr")):
        yield [inner_text(cell, _NOTES) for cell in row if name_of(cell) in ("entry", "td", "th")]


def _first(element: etree._Element, *names: str) -> str:
    return next((inner_text(child) for child in element if name_of(child) in names), "")
