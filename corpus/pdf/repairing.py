"""Mend words in which a ligature lost its letters: ``Ini%a%ef`` for *Initiatief*, by the document's own words."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.pdf.lines import Line
from corpus.pdf.pages import Sheet

_SIGNS = r"[%#$!\"<=>~^|\\{}\[\]_`Ɵƫƞ\ufffd]"
_BROKEN = re.compile(rf"[^\W\d_]+(?:{_SIGNS}[^\W\d_]+)+")
_INSIDE = re.compile(rf"(?<=[^\W\d_]){_SIGNS}(?=[^\W\d_])")
_LETTERS = ("ti", "tt", "ft", "fi", "fl", "ff", "ffi", "tti", "ffl", "tf", "fj", "th", "ct", "st")
_WORD = re.compile(r"[^\W\d_]{3,}")


def with_ligatures(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Sheets in which a sign within words reads as the letters that make words of the document out of them.

    Judged per font and sign; where no letters make known words of half of them, the text stays as it is.
    """
    broken: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for line in _lines(sheets):
        for match in _BROKEN.finditer(line.text):
            signs = set(_INSIDE.findall(match[0]))
            if len(signs) == 1:
                broken[line.font, signs.pop()][match[0].lower()] += 1
    if not broken:
        return list(sheets)
    known = {w.lower() for line in _lines(sheets) for w in _WORD.findall(line.text)}
    letters = {key: found for key, words in broken.items() if (found := _letters(key[1], words, known))}
    return [_mended(sheet, letters) for sheet in sheets] if letters else list(sheets)


def _lines(sheets: Sequence[Sheet]) -> Iterator[Line]:
    return (line for sheet in sheets for line in sheet.everything)


def _letters(sign: str, words: Counter[str], known: set[str]) -> str:
    hits = {letters: sum(w.replace(sign, letters) in known for w in words) for letters in _LETTERS}
    best = max(_LETTERS, key=lambda x: hits[x])
    return best if hits[best] and hits[best] * 2 >= len(words) else ""


def _mended(sheet: Sheet, letters: dict[tuple[str, str], str]) -> Sheet:
    fonts = {font for font, _ in letters}
    return replace(sheet, lines=[_line(x, letters) if x.font in fonts else x for x in sheet.lines])


def _line(line: Line, letters: dict[tuple[str, str], str]) -> Line:
    text = _INSIDE.sub(lambda m: letters.get((line.font, m[0]), m[0]), line.text)
    return replace(line, text=text, gaps=()) if text != line.text else line
