"""The report in Markdown (CommonMark with tables): the words, tables and figures of the Word report."""

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from outputs.figures import Drawing, png
from outputs.figures.files import FIGURES
from outputs.paper import Table, Text
from outputs.records import Study
from outputs.report import compose
from outputs.word.report import fill
from outputs.wording import _

_MEANT = re.compile(r"([\\`*_{}\[\]<>|~$])")
"""Characters that Markdown reads as its own."""
_ENTITY = re.compile(r"&(?=#?\w+;)")
_OPENING = re.compile(r"^(\s*)([#+=-]|\d+[.)])", re.MULTILINE)
"""What would make a list or a heading of a line that begins with it."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_QUOTED = frozenset({"Quote", "Bronregel", "Kader"})
_FORMS = {"Title": "# %s", "Subtitle": "*%s*", "Citaatkop": "**%s**"}


def write_markdown(study: Study, folder: Path) -> Path:
    """Write ``report.md`` in ``folder`` (made if need be) with its figures (PNG) in a folder beside it.

    The same study gives the same bytes. Raise ``OSError`` when a file cannot be written.
    """
    paper = MarkdownPaper(folder)
    fill(paper, compose(study))
    return paper.save("report.md")


class MarkdownPaper:
    """A Markdown document in the making; see `outputs.paper.Paper`."""

    def __init__(self, folder: Path) -> None:
        """Start empty; figures go in a folder in ``folder``, made here."""
        (folder / FIGURES).mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._blocks: list[str] = []
        self._headings: list[tuple[int, str]] = []
        self._contents: int | None = None
        self._counts: Counter[str] = Counter()
        self._is_quoting = False

    def heading(self, text: str, level: int) -> None:
        """Add a heading; the first two levels stand in the table of contents."""
        anchor = ""
        if level <= 2:
            self._headings.append((level, _line(text)))
            anchor = f'<a id="deel-{len(self._headings)}"></a>\n\n'
        self._add(f"{anchor}{'#' * (level + 1)} {_escaped(_line(text))}")

    def paragraph(self, text: Text, style: str = "Normal", *, keep: bool = False) -> None:  # noqa: ARG002  # paper's
        """Add a paragraph; a quote and the line with its source are one block."""
        lines = _shown(text).strip().split("\n")
        if style in _QUOTED:
            block = "\n".join(f"> {line}".rstrip() for line in "\\\n".join(lines).split("\n"))
            self._add(block, quoted=style != "Quote" and self._is_quoting)
            self._is_quoting = style == "Quote"
        elif any(lines):
            self._add(_FORMS.get(style, "%s") % "\\\n".join(lines))

    def caption(self, label: str, text: str) -> None:
        """Add a numbered caption."""
        self._counts[label] += 1
        self._add(f"**{label} {self._counts[label]}.** {_escaped(_line(text))}")

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
        """Add a table with pipes; lines in a cell are kept by ``<br>``."""
        del widths, total, upright  # of paper
        lines = [_row([_escaped(_line(cell)) for cell in head])]
        lines.append(_row(["---:" if i in numbers else "---" for i in range(len(head))]))
        lines += [_row([_shown(cell).strip().replace("\n", "<br>") for cell in row]) for row in rows]
        self._add("\n".join(lines))

    def figure(self, drawing: Drawing) -> None:
        """Write the figure beside the document and add it with its caption."""
        name = f"{drawing.data.name}.png"
        (self._folder / FIGURES / name).write_bytes(png(drawing))
        self._add(f"![{_escaped(_line(drawing.alt))}]({FIGURES}/{name})")
        self.caption(_("Figuur"), drawing.title)

    def contents(self, title: str) -> None:
        """Add the table of contents here: filled in when the document is saved."""
        self._add(f"**{_escaped(title)}**")
        self._contents = len(self._blocks)

    def turn(self, *, wide: bool) -> None:
        """Do nothing: Markdown has no paper to turn."""

    def new_page(self) -> None:
        """Do nothing: Markdown has no pages."""

    def save(self, name: str) -> Path:
        """Write the document in its folder and return its path."""
        blocks = list(self._blocks)
        if self._contents is not None:
            items = (
                f"{'  ' * (level - 1)}- [{_escaped(text)}](#deel-{i})"
                for i, (level, text) in enumerate(self._headings, 1)
            )
            blocks.insert(self._contents, "\n".join(items))
        path = self._folder / name
        path.write_text("\n\n".join(blocks) + "\n", encoding="utf-8", newline="\n")
        return path

    def _add(self, block: str, *, quoted: bool = False) -> None:
        if quoted:
            self._blocks[-1] += f"\n>\n{block}"
        else:
            self._blocks.append(block)
        self._is_quoting = False


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _shown(text: Text) -> str:
    """Return the text with its marks, escaped."""
    if isinstance(text, str):
        return _escaped(text)
    return "".join(_marked(stretch, style) for stretch, style in text)


def _marked(stretch: str, style: str) -> str:
    """Set a stretch in bold (or italics), without white space or punctuation at its ends, which would undo it."""
    sign = {"Strong": "**", "Treffer": "**", "Emphasis": "*"}.get(style, "")
    bare = re.fullmatch(r"(\W*)(.*?%?)(\W*)", stretch, re.DOTALL)
    if not sign or bare is None or not bare[2] or "\n" in bare[2]:
        return _escaped(stretch)
    before, middle, after = (_escaped(part) for part in bare.groups())
    return f"{before}{sign}{middle}{sign}{after}"


def _escaped(text: str) -> str:
    """Return the text so that it is read as it stands."""
    clean = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    safe = _ENTITY.sub(r"\\&", _MEANT.sub(r"\\\1", clean))
    return _OPENING.sub(lambda m: f"{m[1]}{m[2][:-1]}\\{m[2][-1]}", safe)


def _line(text: str) -> str:
    return " ".join(_CONTROL.sub("", text).split())
