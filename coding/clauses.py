"""Cut a sentence where its claims part: at punctuation and at connectives."""

import re

_BREAK = re.compile(
    r"""[;:()–—]                     # marks that part claims
      | ,(?=\s)                      # a comma, not the one in a number
      | \s-\s                        # a dash
      | \s(?=(?:maar|echter|mits|tenzij|zolang|zodat|doordat|omdat|waardoor|waarbij|terwijl|hoewel|ofschoon|hoezeer
              |indien|wanneer|want|zonder|ondanks|tegelijk|tegelijkertijd|anderzijds|enerzijds|binnen|alleen\sals
              |voor\szover|op\svoorwaarde)\b)
    """,
    re.VERBOSE | re.IGNORECASE,
)


def split_clauses(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Return (start, end) of each clause of ``text[start:end]``, a sentence, without the white space around it."""
    stop = len(text) if end is None else end
    edges = [start, *(at for m in _BREAK.finditer(text, start, stop) for at in (m.start(), m.end())), stop]
    spans = zip(edges[::2], edges[1::2], strict=True)
    return [trimmed for span in spans if (trimmed := _trim(text, *span))]


def clause_at(clauses: list[tuple[int, int]], offset: int) -> int:
    """Return the number of the clause that ``offset`` stands in, or that comes before it (-1: none does)."""
    return sum(1 for start, _ in clauses if start <= offset) - 1


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    return (start + left, start + len(piece.rstrip())) if piece.strip() else None
