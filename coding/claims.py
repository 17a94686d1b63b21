"""What a sentence claims, denies or refers back to, and what it is for two stretches of text to be opposed."""

import re
from dataclasses import dataclass
from typing import Literal

from coding.clauses import Span

Order = Literal["either", "limited first"]


@dataclass(frozen=True, slots=True)
class Opposition:
    """A marker in a text, and the two stretches between which it makes a relation.

    ``order`` *limited first*: what stands in ``second`` limits what stands in ``first``; *either*: no direction.
    """

    grade: Literal[3, 4]
    rule: str
    marker: Span
    first: Span
    second: Span
    order: Order = "either"
    least: float = 0.35
    """What the terms of a pole must say together to stand in a stretch."""
    total: float = 0.0
    """What those of both poles must come to, where the stretches are in two sentences."""


PLAIN, HALF = 0.35, 0.5
"""Least weight of a pole: one weak term; a plain term where one thing is said to need another."""
FIRM = 1.0
"""Least weight of both poles together where they are in two sentences: a plain and a weak term."""


def any_of(*alternatives: str) -> re.Pattern[str]:
    """Return a pattern of whole words: any of these, case ignored."""
    return re.compile(rf"\b(?:{'|'.join(alternatives)})\b", re.IGNORECASE)


_DENIED = re.compile(r"\b(?:geen|niet|zonder|nooit|nauwelijks)\b(?:\s\w+){0,3}\s$", re.IGNORECASE)
_NOT_AFTER = re.compile(r"(?:\s\w+){0,2}\s(?:niet|nooit|nauwelijks)\b", re.IGNORECASE)
_BACK = re.compile(r"(?:Dat|Dit|Deze|Die|Hier|Hierbij|Hierin|Daar|Daarin|Daarmee|Daarbij|Zo|Beide|Tegelijk|Soms)\b")
NEGATION = any_of("niet", "geen", "nooit", "minder")
_AUTHORITY = any_of("het college", "de gemeente", "burgemeester en wethouders")
_AGREES = any_of(
    "dankzij",
    r"(?:versterken|ondersteunen|bevorderen|aanvullen|vullen) elkaar|hand in hand|horen bij elkaar",
    r"gaan (?:\w+ ){0,2}samen|draagt (?:\w+ ){0,3}bij|dragen (?:\w+ ){0,3}bij",
)
_WISH = re.compile(r"\W*(?:Meer|Minder|Geen|Ruimte|Betere|Goede)\b")
_CLAIM = re.compile(
    r"\b(?:moet|moeten|dient|dienen|wil|willen|mag|mogen|krijgt|krijgen|biedt|bieden|zorgt|zorgen|blijft|blijven|streeft"
    r"|streven|verwacht\w*|vraagt|vragen|beogen|beoogt|behoudt|behouden|houdt|houden|kiest|kiezen|stuurt|sturen|geldt"
    r"|gelden|levert|leveren|uitgangspunt|nodig|belangrijk|cruciaal|essentieel|onmisbaar|gaat uit|gaan uit|centraal"
    r"|verantwoordelijk|recht op|voorop|(?:we|wij)(?! (?:zien|zagen|merken|weten|constateren|horen))|staat|staan|laat"
    r"|laten|beslist|beslissen|verlangen|hopen|werkt|werken|lossen|zetten|is het doel)\b",
    re.IGNORECASE,
)
_OBSERVED = any_of(
    "blijkt|blijken|lijkt|in de praktijk|groeit|groeien|stijgt|stijgen",
    r"(?:neemt|nemen) (?:\w+ ){0,2}(?:toe|af)",
    "leest u|hoofdstuk|paragraaf|bijlage|agenda",
    "(?:constateren|zien|merken|horen|weten) (?:we|wij)|te maken (?:hebben|heeft|krijgen|krijgt)",
)
"""A sentence that reports how things are: it may well stand beside a claim without limiting it."""


def denied_before(text: str, here: Span, at: int) -> bool:
    """Say whether what stands at ``at`` in the sentence is denied by the words before it."""
    return bool(_DENIED.search(text, here[0], at))


def is_denied(text: str, here: Span, match: re.Match[str]) -> bool:
    """Say whether the words around a match in the sentence, or its own, deny it."""
    return bool(
        denied_before(text, here, match.start())
        or NEGATION.search(match.group())
        or _NOT_AFTER.match(text, match.end(), here[1])
    )


def prescribes(text: str, sentence: Span) -> bool:
    """Say whether a sentence claims something, or says what the authority may or does."""
    return claims(text, sentence) or bool(_AUTHORITY.search(text, *sentence))


def refers_back(text: str, sentence: Span) -> bool:
    """Say whether a sentence opens with a word for what stands before it."""
    return bool(_BACK.match(text, *sentence))


def agrees(text: str, sentence: Span) -> bool:
    """Say whether a sentence holds that what it names goes together."""
    return bool(_AGREES.search(text, *sentence))


def claims(text: str, sentence: Span) -> bool:
    """Say whether a sentence wants, does or orders something; a fragment of one may well."""
    if text[sentence[0]].islower() or _WISH.match(text, *sentence):
        return True
    return bool(_CLAIM.search(text, *sentence)) and not _OBSERVED.search(text, *sentence)
