"""The words by which a text itself names a tension between two claims (grade 4)."""

import re
from collections.abc import Iterator

from coding.claims import FIRM, Opposition, any_of, denied_before, is_denied, refers_back
from coding.clauses import Span, clause_end, walls

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
_AGAINST = any_of(
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
_LOST = re.compile(
    r"\bwaardoor\s(?P<lost>[^.;]{3,80}?)\s(?:verloren gaat|verloren gaan|onder druk (?:komt|komen|staat|staan)"
    r"|in het gedrang (?:komt|komen)|in de knel (?:komt|komen|raakt|raken)|in gevaar (?:komt|komen))",
    re.IGNORECASE,
)
_PRESSES = re.compile(r"\b(?:zet|zetten)\s(?P<lost>[^.;,]{3,80}?)\sonder druk\b", re.IGNORECASE)
_AGAINST_THAT = any_of(
    "(?:past|passen) (?:daar|hier) (?:slecht |helemaal )?niet bij",
    "(?:staat|staan) (?:daar|hier) haaks op",
    "verdra(?:agt|gen) zich (?:daar|hier) (?:slecht|niet) mee",
)
_EACH_OTHER = any_of(
    r"op gespannen voet(?! met (?!elkaar))",
    r"elkaar (?:\w+ ){0,2}in de weg (?:kunnen )?(?:zitten|staan|zit)",
    r"elkaar (?:\w+ )?(?:bijten|tegenspreken|tegenwerken|uitsluiten)",
    r"(?:botsen|schuren|wringen|conflicteren|knellen)(?: (?:met|tegen) elkaar)?(?! (?:met|tegen) (?!elkaar))",
)
_NAMED = any_of(
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
_CLASHES = any_of("schuurt", "wringt", "botst", "knelt", "bijt elkaar", "op gespannen voet", "haaks op elkaar")
_WHEN = any_of("tegelijk", "soms")
_THAT = any_of("dat", "dit", "deze", "die", "daar", "hier", "beide", "zij", "ze")
_SIDES = (
    (any_of("enerzijds"), any_of("anderzijds")),
    (any_of("aan (?:de )?ene kant", "de ene kant"), any_of("aan (?:de )?andere kant", "de andere kant")),
)


def named_tensions(text: str, before: Span | None, here: Span, after: Span | None) -> Iterator[Opposition]:
    """Yield what the sentence ``here`` says is in tension, in it or in it and its neighbours."""
    yield from _between(text, here)
    yield from _sides(text, here, after)
    yield from _against(text, before, here)
    yield from _hard(text, here)
    yield from _named(text, before, here, after)


def named_in(text: str, sentence: Span | None) -> Span | None:
    """Return where a sentence names a tension."""
    match = _NAMED.search(text, *sentence) if sentence else None
    return match.span() if match and sentence and not is_denied(text, sentence, match) else None


def _between(text: str, here: Span) -> Iterator[Opposition]:
    for match in _BETWEEN.finditer(text, *here):
        if denied_before(text, here, match.start()):
            continue
        stop = clause_end(text, match.end(), here[1])
        if _COMMA_AND.match(text, stop):
            stop = clause_end(text, stop + 1, here[1])
        for joint in _AND.finditer(text, match.end(), stop):
            yield Opposition(4, _BETWEEN_RULE, match.span(), (match.end(), joint.start()), (joint.end(), stop))
    for match in _BETWEEN_FIRST.finditer(text, *here):
        noun = match.span("noun")
        if denied_before(text, here, noun[0]):
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
        if denied_before(text, here, match.start()):
            continue
        left, right = walls(text, here, match.span())
        yield Opposition(4, "botst met", match.span(), (left, match.start()), (match.end(), right))
        if before and refers_back(text, here):
            yield Opposition(4, "botst met", match.span(), before, (match.end(), right))
    for pattern in (_LOST, _PRESSES):
        for match in pattern.finditer(text, *here):
            if not is_denied(text, here, match):
                left, _ = walls(text, here, match.span())
                yield Opposition(4, "gaat ten koste", match.span(), (left, match.start()), match.span("lost"))
    for match in _AGAINST_THAT.finditer(text, *here):
        if before:
            yield Opposition(4, "botst met", match.span(), before, (here[0], match.start()), total=FIRM)
    for match in _EACH_OTHER.finditer(text, *here):
        if is_denied(text, here, match):
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
        if is_denied(text, here, match):
            continue
        yield Opposition(4, "spanning genoemd", match.span(), here, here)
        if before and refers_back(text, here):
            yield Opposition(4, "spanning genoemd", match.span(), before, before, total=FIRM)
            yield Opposition(4, "spanning genoemd", match.span(), before, here, total=FIRM)
        elif after:
            yield Opposition(4, "spanning genoemd", match.span(), after, after, total=FIRM)
    for match in _CLASHES.finditer(text, *here):
        if before and _points_back(text, here) and not is_denied(text, here, match):
            yield Opposition(4, "dat botst", match.span(), before, before)
            yield Opposition(4, "dat botst", match.span(), before, here)


def _points_back(text: str, here: Span) -> bool:
    """Say whether a sentence has a word for what stood before: *tegelijk botst het* has none, *soms botst dat* has."""
    opener = _WHEN.match(text, *here)
    return refers_back(text, here) and not (opener and not _THAT.search(text, opener.end(), here[1]))
