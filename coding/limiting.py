"""The words by which one claim limits, concedes or outranks another (grade 3)."""

import re
from collections.abc import Iterator

from coding.claims import FIRM, NEGATION, Opposition, Order, any_of, claims
from coding.clauses import Span, clause_end, walls

_SHORT = 6
"""Words in a clause at most, for 'that' in it to be the sentence before: 'Wij verlangen dat, maar …'."""
_CONTRAST = any_of(
    "maar",
    "echter",
    "daarentegen",
    "tegelijkertijd",
    "tegelijk",
    "toch",
    "niettemin",
    "desondanks",
    "desalniettemin",
    "daar staat(?: wel)? tegenover",
    "daartegenover staat",
    "daarbij wel",
    "(?:dat|dit) neemt niet weg dat",
    "daar hoort wel",
)
_ADVERB = re.compile(r"(?:(?<=[,;]\s)|(?<=\sen\s))wel\b(?! degelijk)|(?<=[,;]\s)alleen\b(?=\s(?:moet|mag|kan|wel))")
_ALSO = re.compile(
    r"maar (?:(?:vooral |juist |wel |dus |zeker )?ook|\w+ ook|liefst|liever|even|vooral|bovendien|tevens|één|een keer"
    r"|eens|weten|kennen|merken|ervaren|enkele|weinig|twee|drie|\d+)\b"
    r"|(?:tegelijk|tegelijkertijd) (?:ook|met|een kans|kansen)\b"
    r"|toch (?:ook|nog|al|maar|zeker|zijn|is|heeft|hebben)\b|maar\)",
    re.IGNORECASE,
)
_NO_BUT = re.compile(
    r"\b(?:alleen|zo veel|zoveel|zo lang|zolang|zo goed|meer|nog|zo|des te|dan|zodra|waar|wat|wie|steeds) $", re.I
)
_NOT_ONLY = any_of(
    "niet (?:alleen(?! (?:redt|redden|kan|kunnen|aan|af))|enkel|slechts|uitsluitend|zozeer|langer|meer)",
    "zowel",
    "niet zo ?zeer",
)
_WHO = re.compile(r"\b(?:die|wie)\b", re.IGNORECASE)
_GOES_ON = re.compile(
    r"maar\s(?:\w+\s){0,2}?(?:blijft|blijven|houdt|houden|moet|moeten|mag|mogen|wil|willen|krijgt|krijgen|zorgt|zorgen|laat|laten"
    r"|stelt|stellen|vraagt|vragen|biedt|bieden|gaat|gaan)\b",
    re.IGNORECASE,
)
"""A clause of its own after 'maar': what was denied before is not replaced."""
_FINITE = (
    "blijft|blijven|houdt|houden|moet|moeten|mag|mogen|wil|willen|krijgt|krijgen|zorgt|zorgen|laat|laten|biedt|bieden"
    "|gaat|gaan|kan|kunnen|zetten|kiezen|is|zijn|werkt|werken|levert|leveren|deelt|delen|streven|maakt|maken|heeft|hebben"
)
_VERB = re.compile(rf"\s(?=(?:{_FINITE})\s)")
"""Where the main clause begins after an opening without a comma: 'Ondanks de kosten bieden we …'."""
_AND_ON = re.compile(rf"\sen\s(?=(?:{_FINITE}|wordt|worden)\s)")
"""Where a second claim begins: '… binnen het budget en gaat over …'."""
_ASIDE = re.compile(rf",\s(?=(?:{_FINITE})\s)")
"""Where it goes on after an aside: 'Maatwerk, mits goed geregeld, is …'."""
_CONCEDE = any_of(
    "hoewel",
    "ofschoon",
    "ondanks(?: dat)?",
    r"terwijl (?:\w+ )?(?:we|wij|tegelijk|tegelijkertijd)",
    r"(?:ook|zelfs) (?:als|wanneer|al) (?:dat|dit|het|er|daardoor)(?! \w+ niet\b)",
    r"(?<=, )al (?:zal|zullen|vragen|willen|moeten|moet|mag|mogen|blijft|blijven|is|zijn|hebben|geldt|gelden)",
    r"(?<=, )al (?:verwachten|stellen|sturen) (?:we|wij)",
)
_LIMIT = any_of(
    r"mits(?! van\b)",
    "tenzij",
    "zolang",
    "voor ?zover",
    "(?:op|onder) (?:de )?voorwaarde dat|met dien verstande dat",
    "(?<!niet )(?:alleen|slechts|enkel|uitsluitend|pas) (?:dan )?(?:als|wanneer|indien|met)",
    "behalve (?:als|wanneer|bij)",
    r"zonder (?:dat|te|daarbij|daarmee|afbreuk|concessies|verlies)",
    r"zonder(?= (?:(?!kom)[\w\-]+ ){1,6}te \w+en\b)",
    r"niet (?:\w+ ){0,2}ten koste (?:\w+ ){0,2}van",
    r"(?:mag|mogen) (?:\w+ ){0,2}niet (?:\w+ ){0,3}(?:leiden tot|toe leiden|betekenen)",
    "(?:mag|mogen) (?:nooit |niet )(?:ontaarden in|uitmonden in|doorslaan naar|verworden tot|botsen met)",
    r"(?:mag|mogen) (?:\w+ ){0,2}geen(?! doel)",
    r"geen(?=\s(?:[\w\-]+\s){1,3}(?:mag|mogen) (?:worden|zijn))",
    "met inachtneming van",
    r"met behoud van(?! (?:een |de |hun )?(?:uitkering|loon|bijstand|salaris))",
    "met respect voor",
    "rekening houdend met",
)
_WITHIN = re.compile(
    r"\bbinnen\s(?:(?:de|het|een|onze|ons|deze|dit|hun|zijn|die|dat|alle)\s)?(?:[\w\-]+\s){0,3}?"
    r"(?:\w*kaders?|\w*budget(?:ten)?|middelen|\w*begroting|grenzen|\w*voorwaarden|tarie(?:f|ven)|\w*tarief|plafond"
    r"|\w*mogelijkheden|financiën|bandbreedte|speelruimte)\b",
    re.IGNORECASE,
)
_BOUNDS = any_of(
    r"(?:stelt|stellen|zet|zetten) (?:\w+ ){0,3}(?:grens|grenzen)(?: aan)?",
    "(?<!het )(?<!te )(?:begrenst|begrenzen|belemmert|belemmeren|bemoeilijkt|bemoeilijken)",
    "ma(?:akt|ken) het (?:moeilijk|lastig|onmogelijk)",
    "(?:dat|dit|wat) beperkt (?:de|het|onze|hun)",
    r"houdt op (?:bij|waar)|stopt (?:bij|waar)",
    r"niet (?:verloren (?:gaat|gaan|mag gaan|mogen gaan)|ondersneeuwt|ondersneeuwen) (?:in|door|bij|onder)",
)
_FAILS = re.compile(
    r"\b(?:waar|als|wanneer|indien|zodra)\b(?=[^,;.]{3,120}?\b(?:(?:niet|onvoldoende)\b[^,;.]{0,25}?\b(?:toereikend|voldoende"
    r"|genoeg|volstaat|volstaan|lukt|lukken|mogelijk|opgelost|redden|redt|aankan|aankunnen|uitkomt|uitkomen)"
    r"|tekortschiet|tekortschieten|ontoereikend)\b)",
    re.IGNORECASE,
)
"""'Waar eigen kracht tekortschiet': what follows comes after it, an order of procedure."""
_BOUNDED = any_of(
    r"(?:wordt|worden|is|zijn) (?:\w+ )?(?:begrensd|beperkt|ingeperkt|ingekaderd) door",
    r"(?:stuit|stuiten|loopt aan|lopen aan|loopt vast|lopen vast|strandt|stranden) (?:\w+ )?(?:op|tegen)",
    "(?:moet|moeten)? ?wijken voor",
)
_UNHARMED = re.compile(
    r"\b(?:mag|mogen)\s(?P<other>[^.;,]{3,80}?)\s(?:niet|nooit)\s(?:aantasten|schaden|ondergraven|ondermijnen|verdringen"
    r"|belemmeren|verzwakken|beperken|raken|in de weg (?:staan|zitten)|in gevaar brengen|onder druk zetten)\b",
    re.IGNORECASE,
)
_RANKS = any_of(
    r"(?:weegt|wegen) (?:\w+ )?zwaarder dan|zwaarder (?:te )?(?:weegt|wegen) dan",
    r"(?:gaat|gaan) (?:\w+ )?(?:vóór|boven)",
    r"(?:heeft|hebben|krijgt|krijgen) (?:\w+ )?(?:voorrang|prioriteit) (?:op|boven)",
    "prevaleert boven|prevaleren boven",
)
_COMMA = re.compile(r",(?=\s)|;|\)")
_CAN = re.compile(r"\b(?:kan|kunnen|lukt) $", re.IGNORECASE)
"""'Dat kan alleen als': what comes is needed, it does not limit."""
_THAT = re.compile(r"\W*(?:Dat|Dit|Deze|Die|Zij|Ze)\b(?!.*\bdat\b)|.*\b(?:dat|dit),?\s*$")
_IT = re.compile(r"\b(?:dit|dat|deze|die|hiermee|daarmee)\b", re.IGNORECASE)
"""'Alleen als dit niet lukt': the condition is what the sentence before is about."""
_MARK = re.compile(r"^[•▪●○■➢✓–\-*\s]+")
_OPENS_WITHIN = 4
"""Words before an adverb of contrast at most, for it to open the sentence: 'In de praktijk blijkt echter …'."""


def limits(text: str, before: Span | None, here: Span) -> Iterator[Opposition]:
    """Yield what the sentence ``here`` limits, concedes or outranks, in it or in the sentence before it."""
    yield from _contrasts(text, before, here)
    yield from _concessions(text, before, here)
    yield from _reservations(text, before, here)
    yield from _bounds(text, before, here)


def _contrasts(text: str, before: Span | None, here: Span) -> Iterator[Opposition]:
    for pattern in (_CONTRAST, _ADVERB):
        for match in pattern.finditer(text, *here):
            if _is_additive(text, here, match.start()):
                continue
            if _opens(text, here, match):
                if before and claims(text, before) and claims(text, here):
                    yield Opposition(3, "tegenstelling", match.span(), before, here, total=FIRM)
            elif claims(text, here):
                left, right = walls(text, here, match.span())
                if not text[left : match.start()].strip():
                    left = here[0]
                yield Opposition(3, "tegenstelling", match.span(), (left, match.start()), (match.end(), right))
                if before and _is_that(text, here, match.start()):
                    yield Opposition(3, "tegenstelling", match.span(), before, (match.end(), right), total=FIRM)


def _is_that(text: str, here: Span, at: int) -> bool:
    """A short opening clause that points back: what it is about stands in the sentence before."""
    opening = text[here[0] : at]
    return len(opening.split()) <= _SHORT and bool(_THAT.match(opening))


def _opens(text: str, here: Span, match: re.Match[str]) -> bool:
    opening = _MARK.sub("", text[here[0] : match.start()])
    if match.group().lower() == "maar":
        return not opening.strip()
    return len(opening.split()) <= _OPENS_WITHIN and "," not in opening


def _is_additive(text: str, here: Span, at: int) -> bool:
    """'Maar ook', 'niet alleen … maar', 'niet dit, maar dat', 'mensen die … maar …': nothing is limited."""
    if (
        (_ALSO.match(text, at) and not text.startswith("Toch ", at))
        or _NO_BUT.search(text, here[0], at)
        or _NOT_ONLY.search(text, here[0], at)
    ):
        return True
    if text[at : at + 4].lower() != "maar":
        return False
    left, _ = walls(text, here, (at, at))
    comma = text.rfind(", ", left, at)
    if _WHO.search(text, max(comma, left) if at - comma > 2 else left, at) and (
        at - comma > 2 or _WHO.match(text, at + 5)
    ):
        return True
    last = max(text.rfind(", ", left, max(at - 2, left)), left)
    return bool(NEGATION.search(text, last, at)) and not _GOES_ON.match(text, at)


def _concessions(text: str, before: Span | None, here: Span) -> Iterator[Opposition]:
    for match in _CONCEDE.finditer(text, *here):
        yield from _parted(text, before, here, match, "toegeving", "either")


def _reservations(text: str, before: Span | None, here: Span) -> Iterator[Opposition]:
    for match in _LIMIT.finditer(text, *here):
        yield from _parted(text, before, here, match, "voorbehoud", "limited first")
    for match in _FAILS.finditer(text, *here):
        yield from _parted(text, before, here, match, "volgorde", "limited first")
    for match in _WITHIN.finditer(text, *here):
        left, right = walls(text, here, match.span())
        bound = (match.start(), clause_end(text, match.end(), right))
        yield Opposition(3, "binnen", match.span(), (left, match.start()), bound, "limited first")
        if len(text[left : match.start()].split()) <= _SHORT:
            on = _AND_ON.search(text, match.end(), right)
            limited = (match.end(), on.start() if on else right)
            yield Opposition(3, "binnen", match.span(), limited, match.span(), "limited first")


def _bounds(text: str, before: Span | None, here: Span) -> Iterator[Opposition]:
    for match in _BOUNDED.finditer(text, *here):
        left, right = walls(text, here, match.span())
        yield Opposition(3, "begrenst", match.span(), (left, match.start()), (match.end(), right), "limited first")
    for match in _UNHARMED.finditer(text, *here):
        left, _ = walls(text, here, match.span())
        marker = (match.end("other") + 1, match.end())
        yield Opposition(3, "begrenst", marker, (left, match.start()), match.span("other"), "limited first")
    for match in _RANKS.finditer(text, *here):
        left, right = walls(text, here, match.span())
        yield Opposition(3, "gaat voor", match.span(), (match.end(), right), (left, match.start()), "limited first")
    for match in _BOUNDS.finditer(text, *here):
        yield Opposition(3, "begrenst", match.span(), (match.end(), here[1]), (here[0], match.start()), "limited first")
        semicolon = text.rfind(";", here[0], match.start())
        if semicolon >= 0:
            first, second = (here[0], semicolon), (semicolon + 1, match.start())
            yield Opposition(3, "begrenst", match.span(), first, second, "limited first")
        elif before:
            yield Opposition(3, "begrenst", match.span(), before, (here[0], match.start()), "limited first", total=FIRM)


def _parted(
    text: str, before: Span | None, here: Span, match: re.Match[str], rule: str, order: Order
) -> Iterator[Opposition]:
    """The marker's clause against what comes before it, or, where it opens the sentence, what comes after."""
    left, right = walls(text, here, match.span())
    if text[left : match.start()].strip():
        aside = _ASIDE.search(text, match.end(), right)
        right = aside.start() if aside else right
        yield Opposition(3, rule, match.span(), (left, match.start()), (match.end(), right), order)
        if before and _is_that(text, here, match.start()) and not _CAN.search(text, here[0], match.start()):
            yield Opposition(3, rule, match.span(), before, (match.end(), right), order, total=FIRM)
        return
    comma = _COMMA.search(text, match.end(), right) or _VERB.search(text, match.end(), right)
    if comma:
        yield Opposition(3, rule, match.span(), (comma.end(), right), (match.end(), comma.start()), order)
        if before and _IT.search(text, match.end(), comma.start()):
            yield Opposition(3, rule, match.span(), (comma.end(), right), before, order, total=FIRM)
