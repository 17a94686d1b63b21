"""Where claims part in a sentence: at punctuation and at connectives."""

import re

Span = tuple[int, int]

_BREAK = re.compile(
    r"""[;:()•▪●–—]                  # marks that part claims
      | ,(?=\s)                      # a comma, not the one in a number
      | \s-\s                        # a dash
      | \s(?=(?:maar|echter|mits|tenzij|zolang|zodat|doordat|omdat|waardoor|waarbij|terwijl|hoewel|ofschoon
              |indien|wanneer|want|zonder|ondanks|tegelijk|tegelijkertijd|anderzijds|enerzijds|binnen|opdat
              |(?:alleen|pas|slechts|ook|zelfs)\sals|voor\szover|op\svoorwaarde)\b)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_WALL = re.compile(r"[;•▪●]|:(?=\s)|\n\s*\n")


def split_clauses(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Return (start, end) of each clause of ``text[start:end]``, a sentence, without the white space around it."""
    stop = len(text) if end is None else end
    edges = [start, *(at for m in _BREAK.finditer(text, start, stop) for at in (m.start(), m.end())), stop]
    spans = zip(edges[::2], edges[1::2], strict=True)
    return [trimmed for span in spans if (trimmed := _trim(text, *span))]


def clause_end(text: str, start: int, stop: int) -> int:
    """Return where the clause that begins at ``start`` ends, at most ``stop``."""
    for match in _BREAK.finditer(text, start + 1, stop):
        if text[start : match.start()].strip():
            return match.start()
    return stop


def walls(text: str, here: Span, marker: Span) -> tuple[int, int]:
    """Return how far claims around a marker reach in the sentence: to the nearest semicolon, colon or bullet."""
    left = max((m.end() for m in _WALL.finditer(text, here[0], marker[0])), default=here[0])
    right = _WALL.search(text, marker[1], here[1])
    return left, right.start() if right else here[1]


def _trim(text: str, start: int, end: int) -> Span | None:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    return (start + left, start + len(piece.rstrip())) if piece.strip() else None
