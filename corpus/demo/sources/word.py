"""Write the one Word document of the demo from a small Markdown file, the way an office would type it."""

import zipfile
from datetime import datetime
from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document

STYLES = {"# ": "Heading 1", "## ": "Heading 2", "- ": "List Bullet"}


def write_word(source: Path, target: Path, created: datetime) -> None:
    """Write ``target`` from ``source``: ``title:`` and ``footer:``, then a paragraph, heading, item or row a line."""
    lines = [line for line in source.read_text(encoding="utf-8").splitlines() if line]
    title, footer = (lines[n].partition(": ")[2] for n in range(2))
    document = docx.Document()
    properties = document.core_properties
    properties.title, properties.author = title, "Gemeente Snippenwaarde (fictief)"
    properties.created = properties.modified = created
    document.sections[0].header.paragraphs[0].text = title
    document.sections[0].footer.paragraphs[0].text = footer
    document.add_heading(title, level=0)
    for line in lines[2:]:
        _add(document, line)
    content = BytesIO()
    document.save(content)
    target.write_bytes(_with_fixed_dates(content, created))


def _add(document: Document, line: str) -> None:
    if line.startswith("| "):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        first = cells[0] == "Kwartaal"
        table = document.add_table(0, len(cells), style="Table Grid") if first else document.tables[-1]
        for cell, text in zip(table.add_row().cells, cells, strict=True):
            cell.text = text
        return
    for mark, style in STYLES.items():
        if line.startswith(mark):
            document.add_paragraph(line.removeprefix(mark), style=style)
            return
    document.add_paragraph(line)


def _with_fixed_dates(content: BytesIO, created: datetime) -> bytes:
    """Give every part of the package the same date, so that the same source gives the same bytes."""
    result = BytesIO()
    with zipfile.ZipFile(content) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, created.timetuple()[:6]), old.read(name), zipfile.ZIP_DEFLATED)
    return result.getvalue()
