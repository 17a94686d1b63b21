"""The words by which a text sets two claims against each other, and where each of the two must then stand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Span = tuple[int, int]
Order = Literal["either", "limited first"]


@dataclass(frozen=True, slots=True)
class Opposition:
    """A marker in a text, and the two stretches between which it makes a tension.

    ``order`` *limited first*: what stands in ``second`` limits what stands in ``first``; *either*: no direction.
    """

    grade: Literal[3, 4]
    rule: str
    marker: Span
    first: Span
    second: Span
    order: Order = "either"


_TENSION = (
    r"spanningsveld(?:en)?|spanning(?:en)?|dilemma['’]?s?|balans|evenwicht|afweging(?:en)?|frictie|spagaat|tegenstelling"
    r"|conflict|wrijving|midden"
)
_BETWEEN = re.compile(rf"\b(?:{_TENSION})\b(?:\s[\w\-]+){{0,4}}?\stussen\b", re.IGNORECASE)
_BETWEEN_FIRST = re.compile(
    rf"\btussen\b(?=.{{10,160}}?\b(?P<noun>{_TENSION}|schuurt|wringt|botst|knelt)\b)", re.IGNORECASE
)
_AND = re.compile(r"\s(?:en|versus|tegenover)\s", re.IGNORECASE)
_CLASH = re.compile(
    r"\b(?:op gespannen voet|haaks op|schuurt|schuren|wringt|wringen|botst|botsen|conflicteert|conflicteren|knelt"
    r"|(?:elkaar|dat|dit) (?:kunnen |soms )?in de weg (?:kunnen )?(?:zitten|zit|staan|staat)|in de weg zitten"
    r"|in strijd met|strijdig met|tegenstrijdig\w*|paradox\w*|spagaat|dilemma['’]?s?|spanningsveld(?:en)?"
    r"|(?:gaat|gaan|ging) (?:\w+ ){0,2}ten koste van)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\b(?:een|de|die|deze|enige|soms|dit) (?:\w+ )?spanning\b(?! (?:en|of|in het gezin)\b)", re.IGNORECASE
)
_SIDES = (
    re.compile(r"\benerzijds\b", re.IGNORECASE),
    re.compile(r"\banderzijds\b", re.IGNORECASE),
    re.compile(r"\b(?:aan de|de|aan) ene kant\b", re.IGNORECASE),
    re.compile(r"\b(?:aan de|de|aan) andere kant\b", re.IGNORECASE),
)
_CONTRAST = re.compile(
    r"\b(?:maar|echter|daarentegen|tegelijkertijd|tegelijk|toch|niettemin|desondanks|desalniettemin|anderzijds"
    r"|daar staat tegenover|wel moet|wel moeten|daarbij geldt wel)\b",
    re.IGNORECASE,
)
_NO_CONTRAST = re.compile(
    r"maar (?:ook|liefst|liever|juist|even|zeker|vooral ook|vooral|bovendien|tevens|één|een keer)\b|maar\)",
    re.IGNORECASE,
)
_ONLY_BUT = re.compile(r"\b(?:alleen|zo veel|zoveel|meer|nog|zo|des te|dan|zodra|waar) $", re.IGNORECASE)
_NOT_ONLY = re.compile(r"\b(?:niet (?:alleen|enkel|slechts|uitsluitend)|zowel)\b", re.IGNORECASE)
_NOT = re.compile(r"\b(?:niet|geen|nooit)\b", re.IGNORECASE)
_CONCEDE = re.compile(r"\b(?:hoewel|ofschoon|ondanks(?: dat)?|terwijl)\b", re.IGNORECASE)
_LIMIT = re.compile(
    r"\b(?:mits|tenzij|zolang|voor ?zover|op voorwaarde dat|onder (?:de )?voorwaarde dat"
    r"|(?:alleen|slechts|enkel|uitsluitend|pas) (?:als|wanneer|indien|met)|behalve (?:als|wanneer)"
    r"|zonder (?:dat|te|daarbij|daarmee)|zonder|niet (?:\w+ ){0,2}ten koste (?:\w+ ){0,2}van"
    r"|met inachtneming van|met behoud van|met respect voor|rekening houdend met)\b",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"\bbinnen (?:(?:de|het|een|onze|ons|deze|dit|hun|zijn|die|dat|alle)\s)?(?:[\w\-]+\s){0,3}?"
    r"(?:\w*kaders?|\w*budget(?:ten)?|middelen|\w*begroting|grenzen|randvoorwaarden|tarie(?:f|ven)|\w*tarief|plafond"
    r"|\w*mogelijkheden|financiën)\b",
    re.IGNORECASE,
)
_COMMA = re.compile(r",(?=\s)|;|\)")


def oppositions(text: str, before: Span | None, here: Span, after: Span | None = None) -> Iterator[Opposition]:
    """Yield what the markers in the sentence ``here`` oppose, in it or in it and the sentence before or after it."""
    yield from _between(text, here)
    yield from _sides(text, here, after)
    yield from _clashes(text, before, here)
    yield from _contrasts(text, before, here)
    yield from _concessions(text, here)
    yield from _limits(text, here)


def _between(text: str, here: Span) -> Iterator[Opposition]:
    for match in _BETWEEN.finditer(text, *here):
        for joint in _AND.finditer(text, match.end(), here[1]):
            yield Opposition(4, "tussen", match.span(), (match.end(), joint.start()), (joint.end(), here[1]))
    for match in _BETWEEN_FIRST.finditer(text, *here):
        noun = match.span("noun")
        for joint in _AND.finditer(text, match.end(), noun[0]):
            yield Opposition(4, "tussen", noun, (match.end(), joint.start()), (joint.end(), noun[0]))


def _sides(text: str, here: Span, after: Span | None) -> Iterator[Opposition]:
    end = after[1] if after else here[1]
    for one, other in (_SIDES[:2], _SIDES[2:]):
        first = one.search(text, *here)
        second = other.search(text, first.end(), end) if first else None
        if first and second:
            stop = end if second.start() >= here[1] else here[1]
            yield Opposition(4, "enerzijds", second.span(), (first.end(), second.start()), (second.end(), stop))


def _clashes(text: str, before: Span | None, here: Span) -> Iterator[Opposition]:
    for pattern in (_CLASH, _NAMED):
        for match in pattern.finditer(text, *here):
            yield Opposition(4, "botst", match.span(), here, here)
            if before:
                yield Opposition(4, "botst", match.span(), before, here)
                yield Opposition(4, "botst", match.span(), before, before)


def _contrasts(text: str, before: Span | None, here: Span) -> Iterator[Opposition]:
    for match in _CONTRAST.finditer(text, *here):
        if _NO_CONTRAST.match(text, match.start()) or _ONLY_BUT.search(text, here[0], match.start()):
            continue
        if _NOT_ONLY.search(text, here[0], match.start()):
            continue
        opening = text[here[0] : match.start()]
        if len(opening.split()) <= 4 and "," not in opening:
            if before:
                yield Opposition(3, "tegenstelling", match.span(), before, here)
        else:
            yield Opposition(3, "tegenstelling", match.span(), (here[0], match.start()), (match.end(), here[1]))


def _concessions(text: str, here: Span) -> Iterator[Opposition]:
    for match in _CONCEDE.finditer(text, *here):
        yield from _parted(text, here, match, "toegeving", "either")


def _limits(text: str, here: Span) -> Iterator[Opposition]:
    for match in _LIMIT.finditer(text, *here):
        yield from _parted(text, here, match, "beperking", "limited first")
    for match in _WITHIN.finditer(text, *here):
        yield Opposition(3, "binnen", match.span(), (here[0], match.start()), match.span(), "limited first")
        yield Opposition(3, "binnen", match.span(), (match.end(), here[1]), match.span(), "limited first")


def _parted(text: str, here: Span, match: re.Match[str], rule: str, order: Order) -> Iterator[Opposition]:
    """The marker's clause against what comes before it, or, where it opens the sentence, what comes after."""
    if text[here[0] : match.start()].strip():
        yield Opposition(3, rule, match.span(), (here[0], match.start()), (match.end(), here[1]), order)
        return
    comma = _COMMA.search(text, match.end(), here[1])
    if comma:
        yield Opposition(3, rule, match.span(), (comma.end(), here[1]), (match.end(), comma.start()), order)
