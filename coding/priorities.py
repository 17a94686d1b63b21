"""Which principle a text puts first: priority between goals, and, kept apart from it, an order of procedure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from coding.clauses import Span
from coding.language import lowered, sentences

Kind = Literal["doel", "volgorde"]
"""*doel*: one goal goes before others. *volgorde*: what is done or tried first; that says nothing of its worth."""
REACH = 90
"""Characters between the marker and the principle it puts first: further off it is about something else."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """One place where a text puts a principle first. Spans are code points in the text."""

    first: str
    over: str | None
    """The principle that comes after it, where the text names it and the codebook knows it."""
    kind: Kind
    marker: Span
    sentence: Span
    terms: tuple[Span, ...]
    """The words that stand for ``first`` and ``over``."""


@dataclass(frozen=True, slots=True)
class _Rule:
    """``first`` and ``over``: on which side of the marker stands what goes first, and what it goes before.

    The pattern searches the text in lower case: ignoring case makes the search many times slower. A group ``inner`` in
    it is what stands between the two parts of a verb: the subject, where it names one.
    """

    kind: Kind
    pattern: re.Pattern[str]
    first: Literal["before", "after"]
    over: Literal["", "before", "after"] = ""


def _rule(
    kind: Kind, pattern: str, first: Literal["before", "after"], over: Literal["", "before", "after"] = ""
) -> _Rule:
    return _Rule(kind, re.compile(rf"\b(?:{pattern})(?!\w)"), first, over)


_INNER = r"(?P<inner>(?:[\w’'\-,]+ ){0,10}?)"
_TOP = r"(?:voorop|bovenaan|op de eerste plaats|op (?:nummer )?(?:1|één))"
_PUT = r"(?:sta|staat|staan|blijft|blijven|komt|komen|stel|stelt|stellen|zet|zetten|plaatst|plaatsen)"
_GIVE = r"(?:heeft|hebben|krijgt|krijgen|geeft|geven|verdient|verdienen|gaven|gaf)"
_RANK = r"(?:absolute |hoge |hoogste |eerste |altijd |de |grote |grootste )*(?:voorrang|(?:top)?prioriteit)"
_BE = r"(?:is|zijn|blijft|blijven|wordt|worden|vormt|vormen|waren|was)"
_GOAL = (
    r"(?:uitgangspunt(?:en)?|doel(?:en|stelling|stellingen)?|principes?|waarden?|opdracht|opgaven?|pijlers?|prioriteit(?:en)?"
    r"|taak|taken|ambities?|streven|inzet)"
)
_FIRST_GOAL = rf"(?:belangrijkste|voornaamste|leidende?|hoogste|primaire?|allereerste) {_GOAL}"
_LATER = r"(?:dan|daarna|pas|vervolgens|en niet)\b"
_AT_FIRST = "(?:primair|in de eerste plaats|als eerste|eerst)"
_STANDS = "(?:sta|staat|staan|stelt|stellen|gesteld|zetten|zet|komt|komen)"
_LOOKS = r"(?:kijk\w*|bekijken|bekijkt|zoek\w*|onderzoek\w*|beziet|bezien)"
_LOOKED = r"(?:gekeken|bekeken|gezocht|onderzocht|kijken|zoeken|bezien|beoordeeld)"
_RULES = (
    _rule("doel", rf"{_PUT} {_INNER}{_TOP}", "before"),
    _rule("doel", rf"(?:voorop|bovenaan|op de eerste plaats)(?: te| (?:komt|komen) te)? {_STANDS}", "before"),
    _rule("doel", r"(?:voorop|bovenaan|op de eerste plaats) (?:staat|staan|komt|komen)", "after"),
    _rule("doel", rf"{_GIVE} {_INNER}{_RANK}(?! (?:aan|op|boven)\b)", "before"),
    _rule("doel", rf"{_RANK} (?:heeft|hebben|krijgt|krijgen|verdient|verdienen|moet(?:en)? krijgen)", "before"),
    _rule("doel", rf"(?:{_GIVE} {_INNER})?{_RANK} (?:gegeven |te geven |geven )?aan", "after"),
    _rule("doel", rf"{_GIVE} {_INNER}{_RANK} (?:op|boven)", "before", "after"),
    _rule(
        "doel",
        rf"(?:{_BE}|maakt|maken|als|laat|laten) {_INNER}(?:leidend|doorslaggevend)"
        r"(?! (?:tot|worden|naar|in het \w+en)\b)",
        "before",
    ),
    _rule("doel", r"leidend (?:is|zijn|blijft|blijven|worden|wordt|te laten zijn|moet(?:en)? zijn)", "before"),
    _rule("doel", rf"(?:{_BE}|als) {_INNER}(?:het |de |ons |onze |een )?(?:{_FIRST_GOAL}|topprioriteit)", "before"),
    _rule(
        "doel",
        rf"{_FIRST_GOAL}(?: van \w+(?: \w+){{0,3}})?(?: hierbij| daarbij| hierin| daarin| voor \w+)? ?(?:{_BE}|:)",
        "after",
    ),
    _rule("doel", rf"(?:gaat|gaan) {_INNER}(?:vóór|boven)", "before", "after"),
    _rule(
        "doel",
        rf"(?:weegt|wegen) {_INNER}zwaarder dan|zwaarder (?:weegt|wegen) dan|prevale(?:ert|ren)(?: boven)?",
        "before",
        "after",
    ),
    _rule("doel", rf"{_BE} {_INNER}belangrijker dan", "before", "after"),
    _rule("doel", rf"(?:{_BE}|blijven) (?:\w+ ){{0,2}}ondergeschikt (?:blijven |zijn )?aan", "after", "before"),
    _rule("doel", r"(?:is|zijn) (?:er )?primair (?:gericht )?op", "after"),
    _rule("volgorde", rf"(?<!het )(?<!aller)eerst(?! na\b)(?=[^.;]{{3,120}}?\b{_LATER})", "after", "after"),
    _rule(
        "volgorde", rf"(?<!het )eerst (?:\w+ ){{0,2}}{_LOOKED}(?: \w+){{0,3}}? (?:naar|of|wat|welke|binnen)", "after"
    ),
    _rule("volgorde", rf"{_LOOKS} (?:\w+ ){{0,4}}eerst (?:naar|of|wat|welke|binnen)", "after"),
    _rule("volgorde", "in eerste instantie", "after"),
    _rule("volgorde", rf"{_AT_FIRST}(?: zelf)?(?= (?:\w+ ){{0,3}}verantwoordelijk)", "after"),
    _rule("volgorde", r"(?:ligt|liggen) (?:primair|in de eerste plaats|allereerst) bij", "after"),
)
SEARCHED = (
    *("gaat vóór", "gaat boven", "staat voorop", "staat bovenaan", "komt op de eerste plaats", "heeft voorrang"),
    *("heeft prioriteit", "is leidend", "is doorslaggevend", "weegt zwaarder dan", "is belangrijker dan"),
    *("prevaleert", "ondergeschikt aan", "belangrijkste uitgangspunt of doel", "primair gericht op"),
)
"""The words by which a priority between goals is found, as a report names them."""
SEARCHED_ORDER = ("eerst … dan", "kijken eerst naar", "in eerste instantie", "in de eerste plaats verantwoordelijk")
"""The words by which an order of procedure is found."""
_WALL = re.compile(
    r"[;:•▪●()]|[.!?]\s|,\s(?:maar|waarbij|zodat|terwijl|omdat|want|doordat|waardoor|tenzij|mits|zonder)\b"
    r"|\s(?:dat|omdat|zodat|waarbij|terwijl|zonder|welke|hoe)\s|\sen\sniet\s",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:niet|geen|nooit|zonder|te vaak|te veel|onvoldoende|nauwelijks|minder)\b", re.IGNORECASE)
_FILLER = frozenset(
    (
        *(
            "hierbij",
            "daarbij",
            "altijd",
            "dan",
            "steeds",
            "dus",
            "weer",
            "ook",
            "wel",
            "hierin",
            "daarin",
            "immers",
            "nu",
        ),
        *(
            "voor",
            "ons",
            "wij",
            "we",
            "zij",
            "dit",
            "dat",
            "bij",
            "onze",
            "een",
            "het",
            "de",
            "als",
            "echter",
            "daarom",
        ),
        *("absoluut", "te", "met", "alles", "toch", "zo", "er", "in", "elk", "geval", "blijven", "staan"),
        *("komende", "jaren", "jaar", "periode", "deze", "die", "ieder", "geheel", "hele", "ons"),
    )
)
_ALLOTTED = re.compile(r"\bvoorrang\b", re.IGNORECASE)
_LOT = re.compile(
    r"aanbested|toewijz|toegewez|woning|huur|inkoop|vergunning|wachtlijst|stroomnet|elektriciteitsnet|tender", re.I
)
"""Who gets a scarce good first is no priority between goals."""
_ASIDE = re.compile(r"\b(?:bij|rond|tijdens|binnen) (?:de |het |een )?$", re.IGNORECASE)
"""'Bij preventie staat de wijk voorop': what comes first is something else."""
_AFTERWARDS = re.compile(rf"\b{_LATER}", re.IGNORECASE)


def find_rankings(text: str, terms: Mapping[str, Sequence[Span]]) -> list[Ranking]:
    """Return where the text puts one of the principles first, in the order of the text.

    ``terms`` are, per code, the places of its words in the text. A sentence gives at most one ranking a code and kind.
    A marker that is denied ('staat niet voorop') gives none.
    """
    if not any(terms.values()):
        return []
    found: dict[tuple[Span, str, Kind], Ranking] = {}
    lower = lowered(text)
    for here in sentences(text):
        for rule in _RULES:
            for match in rule.pattern.finditer(lower, *here):
                for ranking in _rankings(text, here, rule, match, terms):
                    found.setdefault((here, ranking.first, ranking.kind), ranking)
    return sorted(found.values(), key=lambda r: (r.marker, r.first))


def _rankings(
    text: str, here: Span, rule: _Rule, match: re.Match[str], terms: Mapping[str, Sequence[Span]]
) -> Iterator[Ranking]:
    if _NOT.search(match.group()) or _NOT.search(text, max(here[0], match.start() - 25), match.start()):
        return
    if _ALLOTTED.search(match.group()) and _LOT.search(text, *here):
        return
    before, after = _zones(text, here, match)
    zones = {"before": before, "after": after}
    first_zone, over_zone = zones[rule.first], zones.get(rule.over)
    if rule.kind == "volgorde":
        later = _AFTERWARDS.search(text, *after)
        if later:
            first_zone, over_zone = (after[0], later.start()), (later.end(), min(here[1], later.end() + REACH))
    if over_zone is not None and _NOT.search(text, *over_zone):
        over_zone = None
    over, over_term = _standing(terms, over_zone)
    for code, places in terms.items():
        term = next((t for t in places if _within(t, first_zone) and not _ASIDE.search(text, here[0], t[0])), None)
        if term and code != over:
            stood = (term,) if over_term is None else (term, over_term)
            yield Ranking(code, over, rule.kind, match.span(), here, stood)


def _zones(text: str, here: Span, match: re.Match[str]) -> tuple[Span, Span]:
    """Return where what the marker is about can stand: before it (or inside it, if that names something), after it."""
    wall = max((m.end() for m in _WALL.finditer(text, here[0], match.start())), default=here[0])
    before = (max(wall, match.start() - REACH), match.start())
    inner = match.groupdict().get("inner") or ""
    if any(word.strip(",").lower() not in _FILLER for word in inner.split()):
        before = match.span("inner")
    end = _WALL.search(text, match.end(), here[1])
    return before, (match.end(), min(end.start() if end else here[1], match.end() + REACH))


def _standing(terms: Mapping[str, Sequence[Span]], zone: Span | None) -> tuple[str | None, Span | None]:
    if zone is None:
        return None, None
    placed = [(t, code) for code, places in terms.items() for t in places if _within(t, zone)]
    return (min(placed)[1], min(placed)[0]) if placed else (None, None)


def _within(term: Span, zone: Span) -> bool:
    return zone[0] <= term[0] and term[1] <= zone[1]
