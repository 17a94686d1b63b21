"""The WordprocessingML (ECMA-376, part 1) that python-docx has no words for: fields, contents, tables by hand."""

from collections.abc import Sequence
from typing import Any

_CHARACTER = 105
"""Twips a character of a table's head is wide, on the safe side."""
_AFTER_UPDATE_FIELDS = frozenset(
    (
        *("hdrShapeDefaults", "footnotePr", "endnotePr", "compat", "docVars", "rsids", "mathPr", "attachedSchema"),
        *("themeFontLang", "clrSchemeMapping", "doNotIncludeSubdocsInStats", "doNotAutoCompressPictures"),
        *("forceUpgrade", "captions", "readModeInkLockDown", "smartTagType", "schemaLibrary", "shapeDefaults"),
        *("doNotEmbedSmartTags", "decimalSymbol", "listSeparator"),
    )
)
"""Settings that stand after ``w:updateFields`` in the schema."""


def _new(tag: str, **attributes: object) -> Any:
    """Return an element in Word's namespace, with attributes in it."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element: Any = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    return element


def _add(parent: Any, tag: str, **attributes: object) -> Any:
    element = _new(tag, **attributes)
    parent.append(element)
    return element


def new_paragraph(style: str | None) -> Any:
    """Return a paragraph in the style of that id."""
    paragraph = _new("p")
    if style is not None:
        paragraph.style = style
    return paragraph


def keep_with_next(paragraph: Any) -> None:
    """Keep the paragraph on the page of the one after it."""
    paragraph.get_or_add_pPr()._insert_keepNext(_new("keepNext"))


def align_right(paragraph: Any) -> None:
    """Set the paragraph to the right, for figures."""
    paragraph.get_or_add_pPr()._insert_jc(_new("jc", val="right"))


def add_run(paragraph: Any, text: str, style: str | None = None) -> None:
    """Add text, in the character style of that id; line ends and tabs become Word's."""
    run = _add(paragraph, "r")
    if style is not None:
        run.style = style
    run.text = text


def break_before(paragraph: Any) -> None:
    """Start the paragraph on a new page."""
    paragraph.get_or_add_pPr()._insert_pageBreakBefore(_new("pageBreakBefore"))


def add_field(paragraph: Any, instruction: str, shown: str) -> None:
    """Add a field that Word works out anew; until then it shows ``shown``."""
    _begin_field(paragraph, instruction)
    add_run(paragraph, shown)
    _add(_add(paragraph, "r"), "fldChar", fldCharType="end")


def _begin_field(paragraph: Any, instruction: str) -> None:
    _add(_add(paragraph, "r"), "fldChar", fldCharType="begin")
    code = _add(_add(paragraph, "r"), "instrText")
    code.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    code.text = f" {instruction} "
    _add(_add(paragraph, "r"), "fldChar", fldCharType="separate")


def add_bookmarked(paragraph: Any, text: str, name: str, number: int) -> None:
    """Add text that other places can refer to by ``name``."""
    _add(paragraph, "bookmarkStart", id=number, name=name)
    add_run(paragraph, text)
    _add(paragraph, "bookmarkEnd", id=number)


def new_contents() -> Any:
    """Return the frame in which Word offers to update a table of contents; what is in it goes in its last child."""
    frame = _new("sdt")
    part = _add(_add(frame, "sdtPr"), "docPartObj")
    _add(part, "docPartGallery", val="Table of Contents")
    _add(part, "docPartUnique")
    _add(frame, "sdtContent")
    return frame


def fill_contents(content: Any, headings: Sequence[tuple[int, str, str]], styles: tuple[str, str]) -> None:
    """Fill the table of contents with headings (level, text, bookmark), for a reader that does not update it."""
    for i, (level, text, bookmark) in enumerate(headings):
        paragraph = new_paragraph(styles[level - 1])
        if i == 0:
            _begin_field(paragraph, r'TOC \o "1-2" \h \z \u')
        link = _add(paragraph, "hyperlink", anchor=bookmark, history=1)
        add_run(link, f"{text}\t")
        add_field(link, rf"PAGEREF {bookmark} \h", "–")
        if i == len(headings) - 1:
            _add(_add(paragraph, "r"), "fldChar", fldCharType="end")
        content.append(paragraph)


def update_on_opening(settings: Any) -> None:
    """Have Word fill in the page numbers of the contents when it opens the document."""
    from docx.oxml.ns import qn

    for old in settings.findall(qn("w:updateFields")):
        settings.remove(old)
    later = next((e for e in settings if e.tag.rpartition("}")[2] in _AFTER_UPDATE_FIELDS), None)
    place = len(settings) if later is None else settings.index(later)
    settings.insert(place, _new("updateFields", val="true"))


def new_table(style: str, widths: Sequence[int], *, total: bool) -> Any:
    """Return an empty table with columns of these widths (twips)."""
    table = _new("tbl")
    properties = _add(table, "tblPr")
    _add(properties, "tblStyle", val=style)
    _add(properties, "tblW", w=sum(widths), type="dxa")
    _add(properties, "tblLayout", type="fixed")
    flags = {"firstRow": 1, "lastRow": int(total), "firstColumn": 0, "lastColumn": 0, "noHBand": 1, "noVBand": 1}
    _add(properties, "tblLook", val="0660" if total else "0620", **flags)
    grid = _add(table, "tblGrid")
    for width in widths:
        _add(grid, "gridCol", w=width)
    return table


def keep_together(table: Any, count: int) -> None:
    """Keep the first rows, as many as ``count``, on the page of the row after them."""
    for row in table.tr_lst[:count]:
        for cell in row.tc_lst:
            for paragraph in cell.p_lst:
                keep_with_next(paragraph)


def add_row(table: Any, *, head: bool = False, longest: int = 0) -> Any:
    """Add a row; a head is repeated on every page, and is as high as its longest upright text (characters)."""
    row = _add(table, "tr")
    properties = _add(row, "trPr")
    _add(properties, "cantSplit")
    if longest:
        _add(properties, "trHeight", val=longest * _CHARACTER + 140, hRule="atLeast")
    if head:
        _add(properties, "tblHeader")
    return row


def add_cell(row: Any, width: int, *, upright: bool = False) -> Any:
    """Add a cell that still needs a paragraph; ``upright`` text reads from the bottom up."""
    cell = _add(row, "tc")
    properties = _add(cell, "tcPr")
    _add(properties, "tcW", w=width, type="dxa")
    if upright:
        _add(properties, "textDirection", val="btLr")
    return cell
