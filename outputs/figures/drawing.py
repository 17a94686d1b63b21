"""A figure as it leaves the program: in a page (SVG), in Word and Markdown (PNG), and as files with its data."""

import io
import re
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from outputs.figures.canvas import INK, SOFT
from outputs.sheet import Sheet
from outputs.tables_csv import write_table

DPI = 300
_FONTS = re.compile(r"'DejaVu Sans', [^;\"]*")
_FONT = "Arial, 'DejaVu Sans', sans-serif"
"""On every machine one of these, at most as wide as the letters that were measured."""
_PATH = re.compile(r' d="[^"]*"')
_FINE = re.compile(r"(\.\d\d)\d+")
"""Decimals of a point on the page that nobody can see."""
_PIXELS = 130
"""Pixels an inch of the figure may take in a page: text as large as the page's."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure with its data. ``title`` is its caption, ``description`` says in words what is to be seen.

    ``data.name`` is the stem of its files, and the first part of the ids in its SVG.
    """

    data: Sheet
    title: str
    description: str
    figure: Any
    """The matplotlib figure, in inches."""

    @property
    def alt(self) -> str:
        """The text for who cannot see the figure."""
        return f"{self.title.rstrip('.')}. {self.description}"


def inline(drawing: Drawing) -> Markup:
    """Return the SVG to put in a page: named for screen readers, its ids its own, no date, the page's text colour."""
    name = drawing.data.name
    svg = _svg(drawing.figure)
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg[svg.index("<svg") :], flags=re.S)
    svg = re.sub(r'(\bid="|url\(#|href="#)', rf"\g<1>{name}-", svg)
    svg = svg.replace(SOFT, "currentColor; opacity: .75").replace(INK, "currentColor")
    head, body = svg.split(">", 1)
    head = re.sub(r' (?:width|height)="[^"]*"', "", head)
    widest = round(_PIXELS * drawing.figure.get_figwidth())
    named = f'{head} style="max-width: {widest}px" role="img" aria-labelledby="{name}-titel {name}-uitleg">'
    about = ((escape(drawing.title), "title", "titel"), (escape(drawing.description), "desc", "uitleg"))
    texts = "".join(f'<{tag} id="{name}-{part}">{text}</{tag}>' for text, tag, part in about)
    return Markup(named + texts + body)  # noqa: S704 matplotlib escapes what it writes, the two texts are escaped here


def png(drawing: Drawing) -> bytes:
    """Return the figure at 300 dots an inch on white, the same bytes every time."""
    file = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # a name in a script the measuring font lacks
        drawing.figure.savefig(file, format="png", dpi=DPI, facecolor="white", metadata={"Software": None})
    return file.getvalue()


def write_drawing(drawing: Drawing, folder: Path) -> tuple[Path, Path, Path]:
    """Write the figure as SVG and PNG (300 dpi) and its data as CSV in ``folder``, which is there; return the paths."""
    svg, picture, data = (folder / f"{drawing.data.name}.{kind}" for kind in ("svg", "png", "csv"))
    svg.write_text(_svg(drawing.figure), encoding="utf-8", newline="\n")
    picture.write_bytes(png(drawing))
    return svg, picture, write_table(drawing.data, data)


def _svg(figure: Any) -> str:
    from matplotlib import rc_context

    file = io.StringIO()
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": "rodedraad"}), warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # a name in a script the measuring font lacks
        figure.savefig(file, format="svg", transparent=True, metadata={"Date": None})
    return _FONTS.sub(_FONT, _PATH.sub(lambda path: _FINE.sub(r"\1", path[0]), file.getvalue()))
