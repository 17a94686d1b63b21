"""The words by which a text says that one thing is needed for another: preconditions."""

import re
from collections.abc import Iterator

from coding.claims import HALF, Opposition, any_of
from coding.clauses import Span, clause_end, walls

_ASKS = any_of(
    r"(?:vraagt|vragen|vergt|vergen|vereist|vereisen)(?: (?:dan |ook |daarbij |wel )?om)?(?! we\b| wij\b)",
    r"(?:kan|kunnen|lukt|slaagt|werkt) (?:\w+ ){0,2}(?:alleen|slechts|pas) (?:als|met|wanneer|indien)",
    "staat of valt met|staan of vallen met",
)
_SERVES = any_of(
    "(?:rand)?voorwaarden? (?:voor|om)",
    "(?:noodzakelijk|nodig|onmisbaar|essentieel|cruciaal|onontbeerlijk) (?:voor|om|bij)",
    "ma(?:akt|ken) (?:\\w+ ){0,3}mogelijk",
)
_WITHOUT = re.compile(
    r"(?:Zonder)\s(?P<needed>[^.;]{3,80}?)\s(?:is|zijn|kan|kunnen|lukt|komt|geen)\s(?=[^.;]*\b(?:onmogelijk|niet|geen|nooit)\b)"
)
_FOR_THIS = any_of(
    r"(?:daarvoor|hiervoor|daartoe|hiertoe|daarbij) (?:is|zijn|hebben|heeft|krijgen|krijgt)",
    "(?:dat|dit) (?:vraagt|vergt|vereist)(?: (?:ook )?om)?",
    "(?:dat|dit) kan alleen (?:als|met|wanneer)",
)
_TO = re.compile(r"\bom\s(?=(?:[\w\-,]+\s){1,8}te\s\w)", re.IGNORECASE)
_AIM = re.compile(r"(?:Om|Voor)\b", re.IGNORECASE)
_NEEDED = any_of(
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
