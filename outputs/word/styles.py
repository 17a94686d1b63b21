"""The look of the Word documents, as styles: who changes a style changes it everywhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

TABLE_STYLE = "Rodedraad tabel"
TWIP = 635
"""English metric units in a twip."""
_INK, _SOFT, _LINE, _TINT = "1F3A4D", "51626E", "97BDD3", "EEF3F6"
_NORMAL = "Normal"
_FONT = "Arial"
"""On every machine, or with a font of the same widths in its place: pages fall the same."""


@dataclass(frozen=True, slots=True)
class Look:
    """A style by its name in Word, with the inner XML of ``w:pPr`` and ``w:rPr`` in the order of the schema."""

    name: str
    paragraph: str = ""
    text: str = ""
    character: bool = False
    built_in: bool = True
    based_on: str = _NORMAL


def text_width(section: Any) -> int:
    """Return how wide the text is, in English metric units."""
    return int(section.page_width - section.left_margin - section.right_margin)


def _spacing(before: int, after: int, line: int = 276) -> str:
    """Return white space in twips; ``line`` in 240ths of a line."""
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>'


def _indent(left: int, right: int = 0) -> str:
    return f'<w:ind w:left="{left}" w:right="{right}"/>'


def _type(size: int, *, bold: bool = False, colour: str = "") -> str:
    """Return type in half points."""
    shown = f'<w:color w:val="{colour}"/>' if colour else ""
    return f'{"<w:b/><w:bCs/>" if bold else ""}{shown}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'


def _bar(colour: str) -> str:
    return f'<w:pBdr><w:left w:val="single" w:sz="18" w:space="10" w:color="{colour}"/></w:pBdr>'


_KEEP = "<w:keepNext/><w:keepLines/>"
_EDGE = "EDGE"
"""Stands for the width of the text, in twips."""
_TO_THE_EDGE = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{_EDGE}"/></w:tabs>'
LOOKS = (
    Look("Title", _KEEP + _spacing(480, 120, 240), _type(56, bold=True, colour=_INK)),
    Look("Subtitle", _spacing(0, 160, 264), _type(26, colour=_SOFT)),
    Look("Heading 1", _KEEP + _spacing(480, 160, 252) + '<w:outlineLvl w:val="0"/>', _type(34, bold=True, colour=_INK)),
    Look("Heading 2", _KEEP + _spacing(360, 100, 252) + '<w:outlineLvl w:val="1"/>', _type(25, bold=True, colour=_INK)),
    Look(
        "Heading 3", _KEEP + _spacing(260, 80, 252) + '<w:outlineLvl w:val="2"/>', _type(21, bold=True, colour="34749B")
    ),
    Look("Quote", "<w:keepNext/>" + _bar(_LINE) + _spacing(60, 0, 264) + _indent(340, 340), _type(19)),
    Look("Caption", _spacing(240, 100, 252), _type(18, bold=True, colour=_INK)),
    Look("TOC Heading", _KEEP + _spacing(480, 160, 252), _type(30, bold=True, colour=_INK)),
    Look("toc 1", _TO_THE_EDGE + _spacing(100, 20, 252), _type(20, bold=True)),
    Look("toc 2", _TO_THE_EDGE + _spacing(0, 0, 264) + _indent(340), _type(19)),
    Look("Header", _spacing(0, 0, 240), _type(16, colour=_SOFT)),
    Look("Footer", _spacing(0, 0, 240) + '<w:jc w:val="right"/>', _type(16, colour=_SOFT)),
    Look("Strong", text="<w:b/><w:bCs/>", character=True),
    Look("Emphasis", text="<w:i/><w:iCs/>", character=True),
    Look(
        "Bronregel",
        '<w:keepNext w:val="0"/><w:keepLines/>' + _spacing(0, 220, 252),
        '<w:i w:val="0"/><w:iCs w:val="0"/>' + _type(17, colour=_SOFT),
        built_in=False,
        based_on="Quote",
    ),
    Look("Citaatkop", _KEEP + _spacing(120, 20, 252), _type(18, bold=True), built_in=False),
    Look("Toelichting", _spacing(80, 140, 264), _type(17, colour=_SOFT), built_in=False),
    Look(
        "Kader",
        _bar("D9822B") + f'<w:shd w:val="clear" w:color="auto" w:fill="{_TINT}"/>' + _spacing(160, 200) + _indent(227),
        built_in=False,
    ),
    Look("Tabeltekst", _spacing(20, 20, 240), _type(17), built_in=False),
    Look("Figuur", "<w:keepNext/>" + _spacing(160, 0, 240), built_in=False),
    Look("Bron", "<w:keepLines/>" + _spacing(0, 120) + '<w:ind w:left="567" w:hanging="567"/>', built_in=False),
    Look("Treffer", text='<w:shd w:val="clear" w:color="auto" w:fill="FBEBC8"/>', character=True, built_in=False),
)
_TABLE = f"""
<w:style {{namespace}} w:type="table" w:customStyle="1" w:styleId="Rodedraadtabel">
<w:name w:val="{TABLE_STYLE}"/><w:basedOn w:val="{{base}}"/><w:uiPriority w:val="99"/><w:qFormat/>
<w:tblPr><w:tblBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="{_INK}"/>
<w:bottom w:val="single" w:sz="8" w:space="0" w:color="{_INK}"/>
<w:insideH w:val="single" w:sz="4" w:space="0" w:color="D5DEE4"/></w:tblBorders>
<w:tblCellMar><w:top w:w="28" w:type="dxa"/><w:left w:w="70" w:type="dxa"/>
<w:bottom w:w="28" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr>
<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/><w:color w:val="{_INK}"/></w:rPr><w:tcPr><w:tcBorders>
<w:bottom w:val="single" w:sz="8" w:space="0" w:color="{_INK}"/></w:tcBorders>
<w:shd w:val="clear" w:color="auto" w:fill="{_TINT}"/></w:tcPr></w:tblStylePr>
<w:tblStylePr w:type="lastRow"><w:rPr><w:b/><w:bCs/></w:rPr><w:tcPr><w:tcBorders>
<w:top w:val="single" w:sz="8" w:space="0" w:color="{_INK}"/></w:tcBorders></w:tcPr></w:tblStylePr>
</w:style>"""


def prepare(document: Any, *, own: bool) -> dict[str, str]:
    """See to it that every style used is there; return per name its id.

    With ``own`` the document gets this module's look throughout; otherwise (an institute's template) a style that is
    there stays as it is, and only what is missing is added.
    """
    if own:
        _set_up(document)
    ids = {_NORMAL: document.styles[_NORMAL].style_id} if _NORMAL in document.styles else {}
    for look in LOOKS:
        ids[look.name] = _style(document.styles, look, text_width(document.sections[-1]) // TWIP, own=own)
    ids[TABLE_STYLE] = _table_style(document.styles)
    return ids


def _style(styles: Any, look: Look, width: int, *, own: bool) -> str:
    from docx.enum.style import WD_STYLE_TYPE

    kind = WD_STYLE_TYPE.CHARACTER if look.character else WD_STYLE_TYPE.PARAGRAPH
    known = next((s for s in styles if s.type == kind and s.name == look.name), None)
    if known is None:
        known = styles.add_style(look.name, kind, builtin=look.built_in)
        if not look.character and look.based_on in styles:
            known.base_style = styles[look.based_on]
    elif not own:
        return str(known.style_id)
    _dress(known.element, look.paragraph.replace(_EDGE, str(width)), look.text)
    return str(known.style_id)


def _dress(element: Any, paragraph: str, text: str) -> None:
    """Give a style these properties and no others."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn

    for tag, inner in (("w:pPr", paragraph), ("w:rPr", text)):
        for old in element.findall(qn(tag)):
            element.remove(old)
        if inner:
            element.append(parse_xml(f"<{tag} {nsdecls('w')}>{inner}</{tag}>"))


def _set_up(document: Any) -> None:
    """Make the library's own empty document an A4 in Dutch, without the table styles nobody uses."""
    from docx.oxml.ns import qn
    from docx.shared import Cm

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2.5)
    font = "".join(f' w:{a}="{_FONT}"' for a in ("ascii", "hAnsi", "cs", "eastAsia"))
    _dress(document.styles[_NORMAL].element, _spacing(0, 120, 288), f"<w:rFonts{font}/>{_type(20)}")
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "nl-NL")
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")  # else Word says that the file is an old one
    for style in list(_tables(document.styles)):
        if style.name not in ("Normal Table", "Table Grid"):
            style.delete()


def _table_style(styles: Any) -> str:
    """Return the template's own table style: its default or its first custom one; else this module's."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    default = styles.default(WD_STYLE_TYPE.TABLE)
    if default is not None and (default.name or "").casefold() not in ("normal table", "table normal"):
        return str(default.style_id)
    custom = next((s for s in _tables(styles) if not s.builtin), None)
    if custom is not None:
        return str(custom.style_id)
    base = default.style_id if default is not None else "TableNormal"
    styles.element.append(parse_xml(_TABLE.format(namespace=nsdecls("w"), base=base)))
    return "Rodedraadtabel"


def _tables(styles: Any) -> Iterator[Any]:
    from docx.enum.style import WD_STYLE_TYPE

    return (s for s in styles if s.type == WD_STYLE_TYPE.TABLE)
