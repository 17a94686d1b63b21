"""What is normal in a document: the style of its running text and the distance between its lines."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.pdf.lines import Line

_NO_SIGNS = frozenset("€$£%&([{\"'‘’“”„")
Style = tuple[float, bool, bool, str]


@dataclass(frozen=True, slots=True)
class Norms:
    """Style of the running text, distances between lines (points), glyphs that serve as bullets."""

    size: float
    bold: bool
    italic: bool
    colour: str
    font: str
    leading: dict[float, float]
    """By size, rounded to half points."""
    bullets: frozenset[tuple[str, str]] = frozenset()
    """Glyph and font of signs that start four lines or more and are in another font than what follows."""
    page_leading: dict[tuple[int, float], float] = field(default_factory=dict)

    def step(self, line: Line) -> float:
        """Usual distance from the line before, for this line's size and page."""
        size = round(line.size * 2) / 2
        known = self.page_leading.get((line.page, size)) or self.leading.get(size)
        return known or line.size * max(1.25, self.leading.get(round(self.size * 2) / 2, 0.0) / self.size)


def _family(font: str) -> str:
    """Name of a font without the mark of its subset."""
    return font.split("+")[-1]


def sign_of(line: Line) -> tuple[str, str]:
    """First sign of a line and the font it is in, as `Norms.bullets` knows them."""
    return line.text.split(" ", 1)[0], _family(line.first_font)


def text_style(pages: Iterable[Sequence[Line]]) -> Line | None:
    """A line in the commonest style: size, weight, slant, colour and font of running text."""
    weight: Counter[tuple[Style, str]] = Counter()
    example: dict[tuple[Style, str], Line] = {}
    for lines in pages:
        for line in lines:
            words = line.text.count(" ")
            if words >= 3:
                key = (line.style, line.font)
                weight[key] += len(line.text)
                example.setdefault(key, line)
    if not weight:
        return next((line for lines in pages for line in lines), None)
    sizes: Counter[float] = Counter()
    for (style, _), n in weight.items():
        sizes[style[0]] += n
    size = sizes.most_common(1)[0][0]
    best = max((k for k in weight if k[0][0] == size), key=lambda k: weight[k])
    return example[best]


def norms_of(flows: Iterable[Sequence[Line]], example: Line | None) -> Norms:
    """Measure the distances in lines that are in the order of reading, column by column."""
    steps: dict[float, Counter[float]] = defaultdict(Counter)
    page_steps: dict[tuple[int, float], Counter[float]] = defaultdict(Counter)
    signs: Counter[tuple[str, str]] = Counter()
    written: Counter[str] = Counter()
    for lines in flows:
        right = max((line.x1 for line in lines), default=0.0)
        left = min((line.x0 for line in lines), default=0.0)
        for a, b in pairwise(lines):
            step = b.base - a.base
            size = round(b.size * 2) / 2
            if abs(a.size - b.size) < 0.3 and 0.85 * b.size < step < 2.6 * b.size:
                full = a.x1 > right - 0.2 * (right - left)
                weight = 3.0 if full and not a.text.endswith((".", ":", ";")) else 1.0
                steps[size][round(step * 4) / 4] += weight  # type: ignore[assignment]
                page_steps[b.page, size][round(step * 4) / 4] += weight  # type: ignore[assignment]
        for line in lines:
            written[_family(line.font)] += len(line.text.split())
            sign = line.text.split(" ", 1)[0]
            font = _family(line.first_font)
            if len(sign) == 1 and sign not in _NO_SIGNS and " " in line.text and font != _family(line.font):
                signs[sign, font] += 1
    leading = {size: _mode(c) for size, c in steps.items() if sum(c.values()) >= 12}
    pages = {
        key: mode
        for key, c in page_steps.items()
        if sum(c.values()) >= 24 and c[mode := _mode(c)] >= 0.4 * sum(c.values())
    }
    bullets = frozenset(k for k, n in signs.items() if n >= 4 and (not k[0].isalnum() or not written[k[1]]))
    if example is None:
        return Norms(10.0, False, False, "0,0,0", "", leading, bullets, pages)
    return Norms(example.size, example.bold, example.italic, example.colour, example.font, leading, bullets, pages)


def _mode(counts: "Counter[float]") -> float:
    """The commonest distance, neighbours counted in; the smaller of two that are as common."""
    return max(counts, key=lambda s: (counts[s] + 0.5 * (counts[s - 0.25] + counts[s + 0.25]), -s))
