"""A Word document written from top to bottom: headings, texts, quotes, tables, figures and fields."""

import io
import re
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from textwrap import wrap
from typing import Any

from outputs.figures import Drawing, png
from outputs.paper import Table, Text
from outputs.word import elements, styles, template
from outputs.wording import _

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What XML cannot hold, and control characters that no page shows."""
_WIDEST = 16.0
"""Centimetres a figure is wide at most: the text of an A4."""
_LONGEST_PROPERTY = 255
"""Characters that a property of a document may have."""
_SHORT = 14
"""Rows up to which a table of figures is kept on one page."""
_HIGHEST = 30
"""Characters that an upright head of a table is high at most."""


def printable(text: str) -> str:
    """Return the text without characters that a Word document cannot hold."""
    return _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


class WordPaper:
    """A document in the making; each method adds to its end."""

    def __init__(self, source: Path | None = None) -> None:
        """Start empty, or with the styles of the template ``source``; raise `TemplateError` when it is unusable."""
        self._document = template.start(source)
        self._ids = styles.prepare(self._document, own=source is None)
        self._section = self._document.element.body.sectPr
        self._headings: list[tuple[int, str, str]] = []
        self._contents: Any = None
        self._counts: Counter[str] = Counter()
        self._is_own = source is None
        self._is_new_page = False

    def running_heads(self, title: str) -> None:
        """Put the title in the header and the page number in the footer, unless the template has its own."""
        if self._is_own:
            section = self._document.sections[0]
            for part, style in ((section.header, "Header"), (section.footer, "Footer")):
                paragraph = part.paragraphs[0]._p
                paragraph.style = self._ids[style]
                if style == "Header":
                    elements.add_run(paragraph, _line(title))
                else:
                    elements.add_field(paragraph, "PAGE", "1")

    def heading(self, text: str, level: int) -> None:
        """Add a heading of level 1 to 3; the first two levels stand in the table of contents."""
        paragraph = self._paragraph(f"Heading {level}")
        if level > 2:
            elements.add_run(paragraph, _line(text))
            return
        name = f"_Toc{len(self._headings) + 1:09d}"
        elements.add_bookmarked(paragraph, _line(text), name, len(self._headings) + 1)
        self._headings.append((level, _line(text), name))

    def paragraph(self, text: Text, style: str = "Normal", *, keep: bool = False) -> None:
        """Add a paragraph in a paragraph style; ``keep`` it on the page of the next."""
        paragraph = self._paragraph(style)
        if keep:
            elements.keep_with_next(paragraph)
        self._fill(paragraph, text)

    def caption(self, label: str, text: str) -> None:
        """Add a caption that Word numbers, *Tabel* or *Figuur*; a table's stays with the table below it."""
        self._counts[label] += 1
        paragraph = self._paragraph("Caption")
        if label == _("Tabel"):
            elements.keep_with_next(paragraph)
        elements.add_run(paragraph, f"{label} ")
        elements.add_field(paragraph, rf"SEQ {label} \* ARABIC", str(self._counts[label]))
        elements.add_run(paragraph, f". {_line(text)}")

    def table(
        self,
        head: Sequence[str],
        rows: Table,
        widths: Sequence[float],
        *,
        numbers: frozenset[int] = frozenset(),
        total: bool = False,
        upright: bool = False,
    ) -> None:
        """Add a table as wide as the text; its head is repeated on every page.

        ``widths`` are relative; ``numbers`` are the columns set to the right; ``total``: the last row is one;
        ``upright``: the head, but for its first cell, is turned a quarter, for many narrow columns.
        """
        share = styles.text_width(self._document.sections[-1]) // styles.TWIP / sum(widths)
        cells = [round(width * share) for width in widths]
        table = elements.new_table(self._ids[styles.TABLE_STYLE], cells, total=total)
        longest = max((_folded(_line(text)) for text in head[1:]), default=0) if upright else 0
        self._row(table, cells, [[(text, "")] for text in head], numbers, head=True, longest=longest)
        for row in rows:
            self._row(table, cells, row, numbers)
        elements.keep_together(table, len(rows) if numbers and len(rows) <= _SHORT else 1)
        self._section.addprevious(table)

    def figure(self, drawing: Drawing) -> None:
        """Add a figure with its caption, and a text for who cannot see it."""
        from docx.shared import Cm, Emu
        from docx.text.paragraph import Paragraph

        run = Paragraph(self._paragraph("Figuur"), self._document._body).add_run()
        shape = run.add_picture(io.BytesIO(png(drawing)))
        widest = Emu(min(Cm(_WIDEST), styles.text_width(self._document.sections[-1])))
        if shape.width > widest:
            shape.height, shape.width = Emu(round(shape.height * widest / shape.width)), widest
        shape._inline.docPr.set("descr", printable(drawing.alt))
        for side in "TBLR":
            shape._inline.set(f"dist{side}", "0")  # else LibreOffice puts its own white space around it
        self.caption(_("Figuur"), drawing.title)

    def contents(self, title: str) -> None:
        """Add the table of contents here: filled in when the document is saved, kept up by Word."""
        self._contents = elements.new_contents()
        self._section.addprevious(self._contents)
        heading = elements.new_paragraph(self._ids["TOC Heading"])
        elements.add_run(heading, title)
        self._contents[-1].append(heading)

    def turn(self, *, wide: bool) -> None:
        """Go on, on a new page, on paper turned to landscape (``wide``) or portrait; nothing when it is so already."""
        from docx.enum.section import WD_ORIENT, WD_SECTION

        section = self._document.sections[-1]
        is_wide = section.page_width > section.page_height
        if is_wide == wide:
            return
        section = self._document.add_section(WD_SECTION.NEW_PAGE)
        self._document.element.body.sectPr.getprevious().style = self._ids["Tabeltekst"]
        section.different_first_page_header_footer = False
        section.page_width, section.page_height = section.page_height, section.page_width
        section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
        self._section = self._document.element.body.sectPr

    def new_page(self) -> None:
        """Start the next paragraph at the top of a page."""
        self._is_new_page = True

    def save(self, path: Path, *, title: str, subject: str, author: str, day: str) -> Path:
        """Write the document to ``path`` (its folder is made if need be); ``day`` (ISO, or empty) is its only date.

        The same content gives the same bytes. Raise ``OSError`` when the file cannot be written, for instance because
        it is open in Word.
        """
        if self._contents is not None:
            ids = (self._ids["toc 1"], self._ids["toc 2"])
            elements.fill_contents(self._contents[-1], self._headings, ids)
            elements.update_on_opening(self._document.settings.element)
        when = datetime.fromisoformat(day) if day else datetime(2000, 1, 1)
        about = self._document.core_properties
        about.title, about.subject, about.author = (_line(t)[:_LONGEST_PROPERTY] for t in (title, subject, author))
        about.created = about.modified = when
        about.last_modified_by = about.comments = about.keywords = about.category = ""
        about.revision, about.language = 1, "nl-NL"
        file = io.BytesIO()
        self._document.save(file)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(template.repacked(file.getvalue()))
        return path

    def _paragraph(self, style: str) -> Any:
        paragraph = elements.new_paragraph(self._ids.get(style))
        if self._is_new_page:
            elements.break_before(paragraph)
            self._is_new_page = False
        self._section.addprevious(paragraph)
        return paragraph

    def _fill(self, paragraph: Any, text: Text) -> None:
        for stretch, style in [(text, "")] if isinstance(text, str) else text:
            elements.add_run(paragraph, printable(stretch), self._ids[style] if style else None)

    def _row(
        self,
        table: Any,
        widths: Sequence[int],
        texts: Sequence[Text],
        numbers: frozenset[int],
        *,
        head: bool = False,
        longest: int = 0,
    ) -> None:
        row = elements.add_row(table, head=head, longest=longest)
        for i, (width, text) in enumerate(zip(widths, texts, strict=True)):
            cell = elements.add_cell(row, width, upright=longest > 0 and i > 0)
            paragraph = elements.new_paragraph(self._ids["Tabeltekst"])
            if i in numbers and not longest:
                elements.align_right(paragraph)
            self._fill(paragraph, text)
            cell.append(paragraph)


def _folded(text: str) -> int:
    """Return how many characters the text is long over two lines, or as many as a head can be high."""
    return next((width for width in range(4, _HIGHEST) if len(wrap(text, width)) <= 2), _HIGHEST)


def _line(text: str) -> str:
    return " ".join(printable(text).split())
