"""The words by which a text sets two claims against each other, and where each of the two must then stand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Literal

from coding.clauses import Span, clause_end, walls

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
_SHORT = 6
"""Words in a clause at most, for 'that' in it to be the sentence before: 'Wij verlangen dat, maar …'."""


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(alternatives)})\b", re.IGNORECASE)


_TENSION = (
    "spanningsveld(?:en)?|spanning(?:en)?|dilemma['’]?s?|balans|evenwicht|afweging(?:en)?|frictie|spagaat|tegenstelling"
    "|conflict|wrijving|middenweg|balanceren|balanceert|laveren|laveert|schipperen|klem|verschil van belang"
)
_BETWEEN = re.compile(rf"\b(?:{_TENSION})\b(?:\s[\w\-]+){{0,4}}?\stussen\b", re.IGNORECASE)
_BETWEEN_FIRST = re.compile(
    rf"\btussen\b(?=[^.;]{{10,180}}?\b(?P<noun>{_TENSION}|schuurt|wringt|botst|knelt)\b)", re.IGNORECASE
)
_BETWEEN_RULE = "spanning tussen"
_AND = re.compile(r"\s(?:en|versus|tegenover|of)\s", re.IGNORECASE)
_COMMA_AND = re.compile(r",\s(?:en|of)\s", re.IGNORECASE)
_HARD = re.compile(
    r"\b(?:lastig|moeilijk|ingewikkeld|uitdaging|kunst|opgave)\b(?:\s\w+){0,3}?\som\s(?P<one>[^.;]{3,120}?)\s"
    r"en (?:daarbij |daarmee )?(?:tegelijk|tegelijkertijd|toch)\s",
    re.IGNORECASE,
)
_AGAINST = _any(
    "op gespannen voet (?:staan |staat )?met",
    "haaks op",
    "(?:botst|botsen|schuurt|schuren|wringt|wringen|conflicteert|conflicteren|strookt niet|stroken niet) met",
    "(?:in strijd|strijdig|onverenigbaar|niet te rijmen|moeilijk te rijmen|lastig te rijmen) (?:is |zijn )?met",
    r"verdra(?:agt|gen) zich (?:\w+ )?(?:slecht|niet|moeilijk) met",
    r"verhoud(?:t|en) zich (?:\w+ )?(?:slecht|niet|moeilijk|moeizaam) (?:tot|met)",
    r"(?:gaat|gaan|ging) (?:(?!niet|nooit)\w+ ){0,2}ten koste van",
    r"(?:kan|kunnen|dreigt|dreigen) (?:(?!niet|nooit)\w+ ){0,2}ten koste (?:te )?gaan van",
    "(?:moeilijk|lastig|slecht|niet) (?:te )?(?:verenigen|combineren) met",
)
_EACH_OTHER = _any(
    r"op gespannen voet(?! met (?!elkaar))",
    r"elkaar (?:\w+ ){0,2}in de weg (?:kunnen )?(?:zitten|staan|zit)",
    r"elkaar (?:\w+ )?(?:bijten|tegenspreken|tegenwerken|uitsluiten)",
    r"(?:botsen|schuren|wringen|conflicteren|knellen)(?: (?:met|tegen) elkaar)?(?! (?:met|tegen) (?!elkaar))",
)
_NAMED = _any(
    "spanningsveld(?:en)?",
    "dilemma['’]?s?",
    "spagaat",
    r"(?:een|de|die|deze|enige|dit) (?:(?!sociale|maatschappelijke|psychische|onderlinge)\w+ )?spanning"
    r"(?! (?:en|of|in (?:het|een|de) (?:gezin|huis|wijk|buurt))\b)",
    r"(?:levert|geeft|leidt tot|zorgt voor|ontstaat|ontstaan) (?:\w+ )?spanning(?:en)?"
    r"(?! (?:en|of|in (?:het|een|de) (?:gezin|huis|wijk|buurt)|onder)\b)",
    "(?:lastige|moeilijke|ingewikkelde|voortdurende) afweging",
    r"tegenstrijdige (?:belangen|eisen|opdrachten|doelen|verwachtingen)|(?:is|zijn|lijken) tegenstrijdig",
)
_DENIED = re.compile(r"\b(?:geen|niet|zonder|nooit|nauwelijks)\b(?:\s\w+){0,3}\s$", re.IGNORECASE)
_NOT_AFTER = re.compile(r"(?:\s\w+){0,2}\s(?:niet|nooit|nauwelijks)\b", re.IGNORECASE)
_BACK = re.compile(r"(?:Dat|Dit|Deze|Die|Hier|Hierbij|Hierin|Daar|Daarin|Daarmee|Daarbij|Zo|Beide|Tegelijk|Soms)\b")
_CLASHES = _any("schuurt", "wringt", "botst", "knelt", "bijt elkaar", "op gespannen voet", "haaks op elkaar")
_SIDES = (
    (_any("enerzijds"), _any("anderzijds")),
    (_any("aan (?:de )?ene kant", "de ene kant"), _any("aan (?:de )?andere kant", "de andere kant")),
)
_CONTRAST = _any(
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
    r"|eens|enkele|weinig|twee|drie|\d+)\b"
    r"|(?:tegelijk|tegelijkertijd) (?:ook|met|een kans|kansen)\b"
    r"|toch (?:ook|nog|al|maar|zeker|zijn|is|heeft|hebben)\b|maar\)",
    re.IGNORECASE,
)
_NO_BUT = re.compile(
    r"\b(?:alleen|zo veel|zoveel|zo lang|zolang|zo goed|meer|nog|zo|des te|dan|zodra|waar|wat|wie|steeds) $", re.I
)
_NOT_ONLY = _any(
    "niet (?:alleen(?! (?:redt|redden|kan|kunnen|aan|af))|enkel|slechts|uitsluitend|zozeer|langer|meer)",
    "zowel",
    "niet zo ?zeer",
)
_NOT = _any("niet", "geen", "nooit", "minder")
_AUTHORITY = _any("het college", "de gemeente", "burgemeester en wethouders")
_AGREES = _any(
    "dankzij",
    r"(?:versterken|ondersteunen|bevorderen|aanvullen|vullen) elkaar|hand in hand|horen bij elkaar",
    r"gaan (?:\w+ ){0,2}samen|draagt (?:\w+ ){0,3}bij|dragen (?:\w+ ){0,3}bij",
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
_ASIDE = re.compile(rf",\s(?=(?:{_FINITE})\s)")
"""Where it goes on after an aside: 'Maatwerk, mits goed geregeld, is …'."""
_WISH = re.compile(r"\W*(?:Meer|Minder|Geen|Ruimte|Betere|Goede)\b")
_CONCEDE = _any(
    "hoewel",
    "ofschoon",
    "ondanks(?: dat)?",
    r"terwijl (?:\w+ )?(?:we|wij|tegelijk|tegelijkertijd)",
    r"(?:ook|zelfs) (?:als|wanneer|al) (?:dat|dit|het|er|daardoor)(?! \w+ niet\b)",
    r"(?<=, )al (?:zal|zullen|vragen|willen|moeten|moet|mag|mogen|blijft|blijven|is|zijn|hebben|geldt|gelden)",
    r"(?<=, )al (?:verwachten|stellen|sturen) (?:we|wij)",
)
_CLAIM = re.compile(
    r"\b(?:moet|moeten|dient|dienen|wil|willen|mag|mogen|krijgt|krijgen|biedt|bieden|zorgt|zorgen|blijft|blijven|streeft"
    r"|streven|verwacht\w*|vraagt|vragen|beogen|beoogt|behoudt|behouden|houdt|houden|kiest|kiezen|stuurt|sturen|geldt"
    r"|gelden|levert|leveren|uitgangspunt|nodig|belangrijk|cruciaal|essentieel|onmisbaar|gaat uit|gaan uit|centraal"
    r"|verantwoordelijk|recht op|voorop|(?:we|wij)(?! (?:zien|zagen|merken|weten|constateren|horen))|staat|staan|laat"
    r"|laten|beslist|beslissen|verlangen|hopen|werkt|werken|lossen|zetten|is het doel)\b",
    re.IGNORECASE,
)
_OBSERVED = _any(
    "blijkt|blijken|lijkt|in de praktijk|groeit|groeien|stijgt|stijgen",
    r"(?:neemt|nemen) (?:\w+ ){0,2}(?:toe|af)",
    "leest u|hoofdstuk|paragraaf|bijlage|agenda",
    "(?:constateren|zien|merken|horen|weten) (?:we|wij)|te maken (?:hebben|heeft|krijgen|krijgt)",
)
"""A sentence that reports how things are: it may well stand beside a claim without limiting it."""
_LIMIT = _any(
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
    r"(?:mag|mogen) (?:\w+ ){0,2}niet (?:\w+ ){0,3}(?:leiden tot|betekenen)",
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
_BOUNDS = _any(
    r"(?:stelt|stellen|zet|zetten) (?:\w+ ){0,3}(?:grens|grenzen)(?: aan)?",
    "(?<!het )(?<!te )(?:begrenst|begrenzen|belemmert|belemmeren|bemoeilijkt|bemoeilijken)",
    "ma(?:akt|ken) het (?:moeilijk|lastig|onmogelijk)",
    "(?:dat|dit|wat) beperkt (?:de|het|onze|hun)",
    r"houdt op (?:bij|waar)|stopt (?:bij|waar)",
)
_BOUNDED = _any(
    r"(?:wordt|worden|is|zijn) (?:\w+ )?(?:begrensd|beperkt|ingeperkt|ingekaderd) door",
    r"(?:stuit|stuiten|loopt aan|lopen aan|loopt vast|lopen vast|strandt|stranden) (?:\w+ )?(?:op|tegen)",
    "(?:moet|moeten)? ?wijken voor",
)
_UNHARMED = re.compile(
    r"\b(?:mag|mogen)\s(?P<other>[^.;,]{3,80}?)\s(?:niet|nooit)\s(?:aantasten|schaden|ondergraven|ondermijnen|verdringen"
    r"|belemmeren|verzwakken|beperken|raken|in de weg (?:staan|zitten)|in gevaar brengen|onder druk zetten)\b",
    re.IGNORECASE,
)
_RANKS = _any(
    r"(?:weegt|wegen) (?:\w+ )?zwaarder dan|zwaarder (?:te )?(?:weegt|wegen) dan",
    r"(?:gaat|gaan) (?:\w+ )?(?:vóór|boven)",
    r"(?:heeft|hebben|krijgt|krijgen) (?:\w+ )?(?:voorrang|prioriteit) (?:op|boven)",
    "prevaleert boven|prevaleren boven",
)
_COMMA = re.compile(r",(?=\s)|;|\)")
_CAN = re.compile(r"\b(?:kan|kunnen|lukt) $", re.IGNORECASE)
"""'Dat kan alleen als': what comes is needed, it does not limit."""
_THAT = re.compile(r"\W*(?:Dat|Dit|Deze|Die|Zij|Ze)\b(?!.*\bdat\b)|.*\b(?:dat|dit),?\s*$")
_MARK = re.compile(r"^[•▪●○■➢✓–\-*\s]+")
_OPENS_WITHIN = 4
"""Words before an adverb of contrast at most, for it to open the sentence: 'In de praktijk blijkt echter …'."""


def oppositions(text: str, before: Span | None, here: Span, after: Span | None = None) -> Iterator[Opposition]:
    """Yield what the markers in the sentence ``here`` oppose, in it or in it and the sentence before or after it."""
    yield from _between(text, here)
    yield from _sides(text, here, after)
    yield from _against(text, before, here)
    yield from _hard(text, here)
    yield from _named(text, before, here, after)
    name = _name(text, before) or _name(text, after)
    for found in chain(
        _contrasts(text, before, here),
        _concessions(text, before, here),
        _limits(text, before, here),
        _bounds(text, before, here),
    ):
        yield replace(found, grade=4, rule="spanning genoemd", marker=name) if name else found


def _name(text: str, sentence: Span | None) -> Span | None:
    """Return where a sentence names a tension."""
    match = _NAMED.search(text, *sentence) if sentence else None
    return match.span() if match and sentence and not _is_denied(text, sentence, match) else None


def _is_denied(text: str, here: Span, match: re.Match[str]) -> bool:
    return bool(
        _DENIED.search(text, here[0], match.start())
        or _NOT.search(match.group())
        or _NOT_AFTER.match(text, match.end(), here[1])
    )


def _between(text: str, here: Span) -> Iterator[Opposition]:
    for match in _BETWEEN.finditer(text, *here):
        if _DENIED.search(text, here[0], match.start()):
            continue
        stop = clause_end(text, match.end(), here[1])
        if _COMMA_AND.match(text, stop):
            stop = clause_end(text, stop + 1, here[1])
        for joint in _AND.finditer(text, match.end(), stop):
            yield Opposition(4, _BETWEEN_RULE, match.span(), (match.end(), joint.start()), (joint.end(), stop))
    for match in _BETWEEN_FIRST.finditer(text, *here):
        noun = match.span("noun")
        if _DENIED.search(text, here[0], noun[0]):
            continue
        for joint in _AND.finditer(text, match.end(), noun[0]):
            yield Opposition(4, _BETWEEN_RULE, noun, (match.end(), joint.start()), (joint.end(), noun[0]))


def _sides(text: str, here: Span, after: Span | None) -> Iterator[Opposition]:
    end = after[1] if after else here[1]
    for one, other in _SIDES:
        first = one.search(text, *here)
        second = other.search(text, first.end(), end) if first else None
        if first and second:
            stop = end if second.start() >= here[1] else here[1]
            yield Opposition(
                4, "enerzijds, anderzijds", second.span(), (first.end(), second.start()), (second.end(), stop)
            )


def _against(text: str, before: Span | None, here: Span) -> Iterator[Opposition]:
    for match in _AGAINST.finditer(text, *here):
        if _DENIED.search(text, here[0], match.start()):
            continue
        left, right = walls(text, here, match.span())
        yield Opposition(4, "botst met", match.span(), (left, match.start()), (match.end(), right))
        if before and _BACK.match(text, here[0]):
            yield Opposition(4, "botst met", match.span(), before, (match.end(), right))
    for match in _EACH_OTHER.finditer(text, *here):
        if _is_denied(text, here, match):
            continue
        left, _ = walls(text, here, match.span())
        for joint in _AND.finditer(text, left, match.start()):
            yield Opposition(4, "botsen", match.span(), (left, joint.start()), (joint.end(), match.start()))


def _hard(text: str, here: Span) -> Iterator[Opposition]:
    for match in _HARD.finditer(text, *here):
        marker = (match.end("one") + 1, match.end() - 1)
        yield Opposition(4, "lastig te verenigen", marker, match.span("one"), (match.end(), here[1]))


def _named(text: str, before: Span | None, here: Span, after: Span | None) -> Iterator[Opposition]:
    for match in _NAMED.finditer(text, *here):
        if _is_denied(text, here, match):
            continue
        yield Opposition(4, "spanning genoemd", match.span(), here, here)
        if before and _BACK.match(text, here[0]):
            yield Opposition(4, "spanning genoemd", match.span(), before, before, total=FIRM)
            yield Opposition(4, "spanning genoemd", match.span(), before, here, total=FIRM)
        elif after:
            yield Opposition(4, "spanning genoemd", match.span(), after, after, total=FIRM)
    for match in _CLASHES.finditer(text, *here):
        if before and _BACK.match(text, here[0]) and not _is_denied(text, here, match):
            yield Opposition(4, "dat botst", match.span(), before, before)
            yield Opposition(4, "dat botst", match.span(), before, here)


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


def _opens(text: str, here: Span, match: re.Match[str]) -> bool:
    opening = _MARK.sub("", text[here[0] : match.start()])
    if match.group().lower() == "maar":
        return not opening.strip()
    return len(opening.split()) <= _OPENS_WITHIN and "," not in opening


def _is_additive(text: str, here: Span, at: int) -> bool:
    """'Maar ook', 'niet alleen … maar', 'niet dit, maar dat', 'mensen die … maar …': nothing is limited."""
    if _ALSO.match(text, at) or _NO_BUT.search(text, here[0], at) or _NOT_ONLY.search(text, here[0], at):
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
    return bool(_NOT.search(text, last, at)) and not _GOES_ON.match(text, at)


def _concessions(text: str, before: Span | None, here: Span) -> Iterator[Opposition]:
    for match in _CONCEDE.finditer(text, *here):
        yield from _parted(text, before, here, match, "toegeving", "either")


def _limits(text: str, before: Span | None, here: Span) -> Iterator[Opposition]:
    for match in _LIMIT.finditer(text, *here):
        yield from _parted(text, before, here, match, "voorbehoud", "limited first")
    for match in _WITHIN.finditer(text, *here):
        left, right = walls(text, here, match.span())
        bound = (match.start(), clause_end(text, match.end(), right))
        yield Opposition(3, "binnen", match.span(), (left, match.start()), bound, "limited first")
        yield Opposition(3, "binnen", match.span(), (match.end(), right), match.span(), "limited first")


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


_ASKS = _any(
    r"(?:vraagt|vragen|vergt|vergen|vereist|vereisen)(?: (?:dan |ook |daarbij |wel )?om)?(?! we\b| wij\b)",
    r"(?:kan|kunnen|lukt|slaagt|werkt) (?:\w+ ){0,2}(?:alleen|slechts|pas) (?:als|met|wanneer|indien)",
    "staat of valt met|staan of vallen met",
)
_SERVES = _any(
    "(?:rand)?voorwaarden? (?:voor|om)",
    "(?:noodzakelijk|nodig|onmisbaar|essentieel|cruciaal|onontbeerlijk) (?:voor|om|bij)",
    "ma(?:akt|ken) (?:\\w+ ){0,3}mogelijk",
)
_WITHOUT = re.compile(
    r"(?:Zonder)\s(?P<needed>[^.;]{3,80}?)\s(?:is|zijn|kan|kunnen|lukt|komt|geen)\s(?=[^.;]*\b(?:onmogelijk|niet|geen|nooit)\b)"
)
_FOR_THIS = _any(
    r"(?:daarvoor|hiervoor|daartoe|hiertoe|daarbij) (?:is|zijn|hebben|heeft|krijgen|krijgt)",
    "(?:dat|dit) (?:vraagt|vergt|vereist)(?: (?:ook )?om)?",
    "(?:dat|dit) kan alleen (?:als|met|wanneer)",
)
_TO = re.compile(r"\bom\s(?=(?:[\w\-,]+\s){1,8}te\s\w)", re.IGNORECASE)
_AIM = re.compile(r"(?:Om|Voor)\b", re.IGNORECASE)
_NEEDED = _any(
    "nodig", "vereist", "noodzakelijk", "onmisbaar", "voorwaarde", "randvoorwaarde", "essentieel", "cruciaal"
)


def needs(text: str, before: Span | None, here: Span) -> Iterator[Opposition]:
    """Yield where the sentence ``here`` says that something (``first``) is needed for something else (``second``)."""
    for match in _ASKS.finditer(text, *here):
        left, right = walls(text, here, match.span())
        yield Opposition(4, "vraagt om", match.span(), (match.end(), right), (left, match.start()), least=HALF)
    for match in _SERVES.finditer(text, *here):
        left, right = walls(text, here, match.span())
        yield Opposition(4, "voorwaarde voor", match.span(), (left, match.start()), (match.end(), right), least=HALF)
    for match in _FOR_THIS.finditer(text, *here):
        if before and len(text[here[0] : match.start()].split()) <= 1:
            yield Opposition(4, "daarvoor nodig", match.span(), (match.start(), here[1]), before, least=HALF)
    for match in _TO.finditer(text, *here):
        if text[here[0] : match.start()].strip():
            stop = clause_end(text, match.end(), here[1])
            yield Opposition(3, "om te", match.span(), (here[0], match.start()), (match.end(), stop), least=HALF)
    without = _WITHOUT.match(text, *here)
    if without:
        marker = (here[0], here[0] + len("Zonder"))
        yield Opposition(4, "niet zonder", marker, without.span("needed"), (without.end(), here[1]), least=HALF)
    aim = _AIM.match(text, here[0])
    need = _NEEDED.search(text, *here)
    if aim and need:
        for comma in re.compile(r",\s|\s(?:is|zijn|hebben|heeft)\s").finditer(text, here[0], need.start()):
            yield Opposition(
                4, "nodig voor", need.span(), (comma.end(), here[1]), (aim.end(), comma.start()), least=HALF
            )
