"""Stretches of characters: drawn one after another in one style on one baseline, what is raised put on its line.

Characters are taken from pdfminer's layout as they were drawn.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from pdfminer.layout import LTChar

_HEAVY = re.compile(r"bold|black|heavy|semibold|demi(?!ta)|extrab|ultrab|-bd\b|,b\b", re.IGNORECASE)
_SLANTED = re.compile(r"italic|oblique|kursiv|-it\b|,i\b|slanted|cursief", re.IGNORECASE)
_NAMELESS = re.compile(r"^(?:[A-Z]{6}\+)?(?:CIDFont\+|Cairo|Type3)?[A-Za-z]{0,2}_?\d{1,4}(?:_\d+)*$|^unknown$")
Turn = int


@dataclass(slots=True)
class Stretch:
    """Characters drawn one after another in one style on one baseline (points from the bottom left)."""

    glyphs: list[Any]
    font: str
    size: float
    colour: str
    base: float
    drop: float
    raised: int = 0
    """1 raised, -1 lowered, 0 on the line."""
    x0: float = 0.0
    x1: float = 0.0

    def close(self) -> None:
        """Fix the ends once all characters are in."""
        self.x0 = min(g.x0 for g in self.glyphs)
        self.x1 = max(g.x1 for g in self.glyphs)


@dataclass(slots=True)
class Turned:
    """A character of text that does not run from left to right, as it would be if it did."""

    text: str
    x0: float
    x1: float
    y0: float
    y1: float

    def get_text(self) -> str:
        """Same as pdfminer's."""
        return self.text


@lru_cache(maxsize=4096)
def heavy(font: str) -> bool:
    """Whether the font's name says it is a bold one."""
    return bool(_HEAVY.search(font.split("+")[-1]))


@lru_cache(maxsize=4096)
def slanted(font: str) -> bool:
    """Whether the font's name says it is an italic one."""
    return bool(_SLANTED.search(font.split("+")[-1]))


def colour_name(value: object) -> str:
    """A colour as a short text: two colours that print alike get the same one."""
    parts = value if isinstance(value, (tuple, list)) else (value,)
    numbers = [float(v) for v in parts if isinstance(v, (int, float))]
    if len(numbers) == 1:
        numbers = numbers * 3
    elif len(numbers) == 4:
        c, m, y, k = numbers
        numbers = [(1 - c) * (1 - k), (1 - m) * (1 - k), (1 - y) * (1 - k)]
    if len(numbers) != 3:
        return "0,0,0"
    return ",".join(str(round(min(1.0, max(0.0, v)) * 10)) for v in numbers)


@dataclass(slots=True)
class _Colours:
    """Names of colours seen, so that each is worked out once."""

    known: dict[object, str] = field(default_factory=dict)

    def name(self, value: object) -> str:
        try:
            found = self.known.get(value)
        except TypeError:
            return colour_name(value)
        if found is None:
            found = self.known[value] = colour_name(value)
        return found


def nameless(font: str) -> bool:
    """Whether a font's name says nothing about its style: ``CIDFont+F2``, ``T3``."""
    return bool(_NAMELESS.match(font))


def letter_widths(groups: Iterable[Sequence[Stretch]]) -> dict[str, dict[str, float]]:
    """Widths of letters (shares of the size) of fonts without a telling name, to see which one is the bold one."""
    widths: dict[str, dict[str, float]] = {}
    for group in groups:
        for stretch in group:
            if nameless(stretch.font):
                known = widths.setdefault(stretch.font, {})
                for glyph in stretch.glyphs[:20]:
                    if (text := glyph.get_text()).islower():
                        known[text] = (glyph.x1 - glyph.x0) / stretch.size
    return widths


def stretches(characters: Iterable[LTChar], width: float, height: float) -> dict[Turn, list[Stretch]]:
    """Group characters in stretches, by the direction in which they run: 0 to the right, 90 up, 180, 270 down."""
    found: dict[Turn, list[Stretch]] = {}
    colours = _Colours()
    last_state: object = None
    current: Stretch | None = None
    glyphs: list[Any] = []
    turn = 0
    for char in characters:
        state = char.graphicstate
        if state is last_state and turn == 0:
            glyphs.append(char)
            continue
        last_state = state
        a, b, _c, d, _, f = char.matrix
        turn = 0 if a > 0 and abs(b) <= a else _turn(a, b, d)
        if turn:
            _add_turned(found.setdefault(turn, []), char, turn, width, height, colours)
            current = None
            continue
        size = char.size
        if not size > 0.5:
            last_state = None
            continue
        colour = colours.name(state.ncolor)
        if current is not None:
            last = glyphs[-1]
            if (
                current.font == char.fontname
                and abs(current.base - f) < 0.05
                and abs(current.size - size) < 0.05
                and current.colour == colour
                and -0.4 * size < char.x0 - last.x1 < 3 * size
                and char.x0 >= last.x0
            ):
                glyphs.append(char)
                continue
        glyphs = [char]
        current = Stretch(glyphs, char.fontname, size, colour, f, (char.y0 - f) / size)
        found.setdefault(0, []).append(current)
    for group in found.values():
        for stretch in group:
            stretch.close()
        _level(group)
    return found


def _turn(a: float, b: float, d: float) -> Turn:
    if abs(b) > abs(a):
        return 90 if b > 0 else 270
    return 180 if a < 0 and d < 0 else 0


def turn_box(
    box: tuple[float, float, float, float], turn: Turn, width: float, height: float
) -> tuple[float, float, float, float]:
    """A box (bottom-left points) on the page turned so that text of this direction runs to the right."""
    x0, y0, x1, y1 = box
    if turn == 90:
        return y0, width - x1, y1, width - x0
    if turn == 270:
        return height - y1, x0, height - y0, x1
    if turn == 180:
        return width - x1, height - y1, width - x0, height - y0
    return box


def _add_turned(group: list[Stretch], char: LTChar, turn: Turn, width: float, height: float, colours: _Colours) -> None:
    x0, y0, x1, y1 = turn_box((char.x0, char.y0, char.x1, char.y1), turn, width, height)
    e, f = char.matrix[4], char.matrix[5]
    base = turn_box((e, f, e, f), turn, width, height)[1]
    size = y1 - y0
    if size <= 0.5:
        return
    glyph = Turned(char.get_text(), x0, x1, y0, y1)
    colour = colours.name(char.graphicstate.ncolor)
    last = group[-1] if group else None
    if (
        last is not None
        and last.font == char.fontname
        and abs(last.base - base) < 0.05
        and abs(last.size - size) < 0.05
        and last.colour == colour
        and -0.4 * size < x0 - last.glyphs[-1].x1 < 3 * size
    ):
        last.glyphs.append(glyph)
    else:
        group.append(Stretch([glyph], char.fontname, size, colour, base, (y0 - base) / size))


def _level(group: list[Stretch]) -> None:
    """Put raised text (also text raised by the drawing command, not by its place) on the line it belongs to."""
    usual: dict[str, Counter[float]] = {}
    for stretch in group:
        usual.setdefault(stretch.font, Counter())[round(stretch.drop, 2)] += len(stretch.glyphs)
    for stretch in group:
        shift = (stretch.drop - usual[stretch.font].most_common(1)[0][0]) * stretch.size
        if abs(shift) > 0.5:
            stretch.base += shift
    by_base = sorted(group, key=lambda s: s.base)
    bases = [s.base for s in by_base]
    largest = max((s.size for s in group), default=0.0)
    for stretch in group:
        if len(stretch.glyphs) > 5 or stretch.size > 0.84 * largest:
            continue
        reach = 0.75 * largest
        near = by_base[bisect_left(bases, stretch.base - reach) : bisect_right(bases, stretch.base + 0.35 * largest)]
        host = min(
            (s for s in near if s is not stretch and _hosts(s, stretch)),
            key=lambda s: (_covers(s, stretch), abs(s.base - stretch.base), s.size),
            default=None,
        )
        if host is not None:
            stretch.raised = 1 if stretch.base > host.base else -1
            stretch.base = host.base


def _covers(host: Stretch, small: Stretch) -> bool:
    """Whether letters of the host are printed where the raised text stands: then it belongs to another line."""
    middle = (small.glyphs[0].x0 + small.glyphs[0].x1) / 2
    return any(g.x0 < middle < g.x1 and not g.get_text().isspace() for g in host.glyphs)


def _hosts(host: Stretch, small: Stretch) -> bool:
    rise = small.base - host.base
    if small.size > 0.84 * host.size or host.raised:
        return False
    if not (0.12 * host.size < rise < 0.75 * host.size or -0.35 * host.size < rise < -0.06 * host.size):
        return False
    if small.base + small.drop * small.size > host.base + 0.95 * host.size:
        return False
    reach = 0.4 * host.size
    return host.x0 - 1.5 * reach <= small.x1 and small.x0 <= host.x1 + reach
