"""From value to norm to act: passages that say why, then what that asks, then what is done."""

import re
from dataclasses import dataclass

from coding.clauses import Span
from coding.concreteness import concreteness

_VALUE = re.compile(
    r"\b(?:(?:kern)?waarden?|geloven|gelooft|droom|dromen|visie|ambitie|streven|streeft|uitgangspunt(?:en)?"
    r"|vin(?:den|dt) (?:\w+ ){0,4}belangrijk"
    r"|(?:is|zijn|blijft) (?:\w+ ){0,4}(?:van (?:groot )?belang|belangrijk|cruciaal|essentieel)"
    r"|(?:iedereen|elke?|iedere?|alle)(?: \w+){0,3}"
    r" (?:verdien\w*|telt|heeft recht|hebben recht|moet\w* kunnen|mag|kan|kunnen)"
    r"|recht op|staat voorop|staan voorop|staat centraal|staan centraal)\b",
    re.IGNORECASE,
)
_NORM = re.compile(
    r"\b(?:daarom|moet|moeten|dient|dienen|hoort|horen|behoren|mogen niet|mag niet|is nodig|zijn nodig"
    r"|vraagt om|vragen om"
    r"|dat betekent dat|dit betekent dat|dat vraagt|dit vraagt|(?:we|wij) verwachten"
    r"|zorgen (?:we|wij)|(?:we|wij) zorgen)\b",
    re.IGNORECASE,
)
_ACTS = frozenset({"handeling", "handelingsnorm", "inzet"})
_NO_DEED = re.compile(r"subsidi|voorlichting|afspraken|onderzoek\b|toezicht|gesprekken|scholing", re.IGNORECASE)
"""Words for things among the cues of effort: who does something is not said."""
_MEANS = frozenset({"instrument", "bedrag", "getal", "termijn", "handelingsnorm"})


@dataclass(frozen=True, slots=True)
class Ladder:
    """Where a passage says its value, its norm and its act, in that order (code points in the text)."""

    value: Span
    norm: Span
    act: Span


def find_ladder(text: str) -> Ladder | None:
    """Return the first climb from value by norm to act, ``None`` where the passage makes none.

    The act is a cue that somebody does something, with a means beside it; the cues are those of `concreteness`.
    """
    value = _VALUE.search(text)
    if value is None:
        return None
    norm = _NORM.search(text, value.end())
    if norm is None:
        return None
    after = [c for c in concreteness(text).cues if c.start >= norm.start() and c.end > norm.end()]
    deeds = (c for c in after if c.term in _ACTS and not _NO_DEED.match(text, c.start))
    deed = next(deeds, None)
    if deed and any(c.term in _MEANS for c in after):
        return Ladder(value.span(), norm.span(), (deed.start, deed.end))
    return None
