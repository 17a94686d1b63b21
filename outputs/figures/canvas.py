"""What every figure is drawn with: a sheet measured in inches, its colours, its texts and its key."""

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

INK, SOFT = "#11202b", "#51626e"
"""Text and toned-down text; in a page they follow the page's own text colour."""
ON_LIGHT, ON_DARK = "#12212c", "#ffffff"
"""Text inside a filled box, which keeps its colour also where the page is dark."""
SCALE = ("#e8eff4", "#c6dae6", "#97bdd3", "#6399ba", "#34749b", "#1d5176", "#11344f")
"""One hue from light to dark: told apart in grey and with any colour vision."""
WARM = "#d9822b"
"""The second hue, for what people did and for the other of two groups; apart from blue with any colour vision."""
DASHED = {"facecolor": "none", "edgecolor": SOFT, "linewidth": 0.6, "linestyle": (0, (3, 2))}
WIDTH = 6.3
"""Inches: 16 cm, the text of an A4."""
SMALL = 7.5
"""Points of what stands beside; the rest is a point larger."""
_SIZE = 8.5
_CHARACTER = 0.078
"""Width of a character in inches, on the safe side."""
_LONGEST = 36
"""Characters of a name that are shown."""
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
Place = tuple[float, float, float, float]
"""Left, top, width and height in inches from the top left corner."""


@dataclass(frozen=True, slots=True)
class Canvas:
    """A matplotlib figure with axes in inches from the top left corner, ``y`` downwards."""

    figure: Any
    axes: Any

    def box(self, place: Place, **style: Any) -> None:
        """Draw a rectangle, unless it has no width."""
        from matplotlib.patches import Rectangle

        x, y, width, height = place
        if width > 0:
            self.axes.add_patch(Rectangle((x, y), width, height, **{"edgecolor": "none", **style}))

    def line(self, start: tuple[float, float], end: tuple[float, float], **style: Any) -> None:
        """Draw a straight line between two points."""
        look = {"color": SOFT, "linewidth": 0.6, "solid_capstyle": "round", **style}
        self.axes.plot((start[0], end[0]), (start[1], end[1]), **look)

    def dot(self, x: float, y: float, **style: Any) -> None:
        """Draw a round mark; ``s`` is its area in square points."""
        self.axes.scatter([x], [y], **{"s": 34, "linewidths": 0, "zorder": 3, **style})

    def text(self, x: float, y: float, text: str, **style: Any) -> None:
        """Write text around the height ``y``, from ``x`` on unless ``ha`` says otherwise."""
        look = {"va": "center_baseline", "fontsize": _SIZE, "color": INK, "parse_math": False, **style}
        self.axes.text(x, y, text, **look)

    def shape(self, patch: Any) -> None:
        """Draw a shape as it is; the sheet has its size, so that no limits are sought along all its points."""
        self.axes.add_artist(patch)

    def key(self, y: float, items: Sequence[tuple[dict[str, Any], str]], *, round_marks: bool = False) -> None:
        """Say what the colours stand for, in a row at the height ``y``."""
        x = 0.05
        for style, text in items:
            if round_marks:
                self.dot(x + 0.1, y, **style)
            else:
                self.box((x, y - 0.06, 0.16, 0.12), **style)
            self.text(x + 0.22, y, text, fontsize=SMALL)
            x += 0.22 + 0.062 * len(text) + 0.2


def canvas(height: float, width: float = WIDTH) -> Canvas:
    """Return an empty sheet of this size in inches."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    axes.axis("off")
    return Canvas(figure, axes)


def short(name: str, longest: int = _LONGEST) -> str:
    """Return a name on one line, cut with an ellipsis when it is long."""
    clean = " ".join(_CONTROL.sub(" ", name).split())
    return clean if len(clean) <= longest else clean[: longest - 1] + "…"


def folded(name: str, width: int) -> str:
    """Return a name over lines of at most ``width`` characters, where it can be broken."""
    return "\n".join(textwrap.wrap(short(name), width, break_long_words=False)) or name


def label_width(names: Sequence[str]) -> float:
    """Return the inches that the longest of the names takes."""
    return 0.2 + _CHARACTER * max((len(short(name)) for name in names), default=0)
