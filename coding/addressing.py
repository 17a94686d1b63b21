"""Whether a text that sets two principles against each other also says how to deal with it."""

import re
from typing import Literal

Address = Literal["geprioriteerd", "afgewogen", "niet geadresseerd"]


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(alternatives)})\b", re.IGNORECASE)


_PRIORITY = _any(
    r"(?:gaat|gaan) (?:\w+ ){0,2}(?:vóór|voorop|boven)",
    r"ga(?:at|an) (?:altijd|steeds|dan) voor",
    r"(?:sta|staat|staan|stelt|stellen|zetten) (?:\w+ ){0,3}(?:voorop|bovenaan)",
    r"(?:heeft|hebben|krijgt|krijgen|geven|geeft) (?:\w+ ){0,4}(?:voorrang|prioriteit)",
    "prevaleert|prevaleren|prevaleer|doorslaggevend|ondergeschikt aan|op de eerste plaats|belangrijker dan",
    r"(?:weegt|wegen|weeg) (?:\w+ ){0,2}zwaarder|zwaarder (?:weegt|wegen)",
    "(?:is|zijn|blijft|blijven) leidend|leidend (?:is|zijn|blijft)",
    "wint van|wint het|gaat voor alles",
)
_FIRST = _any(r"primair(?! (?:\w+ ){0,2}onderwijs)", "in eerste instantie", "in de eerste plaats")
_PROCEDURE = _any(
    "pas (?:als|daarna|dan|wanneer|in)",
    "daarna|vervolgens|in tweede instantie|aanvullend|stap",
    "(?:als|wanneer|indien|lukt) (?:dat|dit|het) (?:niet|onvoldoende)",
    "eerst",
)
_JUDGE = r"(?:kijk|bekijk|beoorde|bepa|beslis|weeg|weg|afweg|besprek|bespreek)\w*"
_CASE = r"(?:per (?:geval|situatie|casus|gezin|inwoner)|van geval tot geval)"
_WEIGHED = _any(
    r"criteria (?:voor|om|waar\w*|op grond)",
    r"(?:op basis van|aan de hand van|volgens|gelden|hanteren) (?:\w+ ){0,2}criteria",
    "afwegingskader|hardheidsclausule|weegschema|beslisboom|escalatie(?:ladder|route|model)|opschalen naar",
    rf"{_JUDGE}[^.;]{{0,60}}? {_CASE}|{_CASE}[^.;]{{0,60}}? {_JUDGE}",
    "individuele afweging|belangenafweging|proportionaliteit|subsidiariteit",
    r"(?:weegt|wegen|weeg) (?:[\w\-]+ ){0,8}(?:af|mee|tegen elkaar)|afgewogen|wegen (?:we|wij)",
    "weegt (?:steeds|telkens|hij|zij)",
    r"(?:professional|consulent|medewerker|regisseur|college|team|teamleider|casusregisseur|manager|raad|arts|rechter)"
    r" (?:\w+ ){0,2}(?:beslist|beslissen|bepaalt|beoordeelt|weegt|maakt (?:\w+ )?afweging)",
    r"leg(?:t|gen) (?:dit|dat|dilemma['’]?s|het) voor|gemotiveerd (?:af\w+|wordt)|casusoverleg",
    r"(?:afwijking|keuze|besluit)\w* (?:\w+ ){0,2}motiveren",
)
_IF_HEAVIER = re.compile(
    r"\b(?:als|wanneer|indien|of|zodra|tenzij)\b[^.;]{0,80}?\bzwaarder (?:te )?(?:weegt|wegen)\b"
    r"|\b(?:als|wanneer|indien|of|zodra|tenzij)\b[^.;]{0,80}?\b(?:weegt|wegen) (?:\w+ ){0,2}zwaarder\b",
    re.IGNORECASE,
)
"""'Alleen als het nut zwaarder weegt': a test for each case, not a ranking for all."""
_ABOUT_THIS = re.compile(
    r"(?:Dat|Die|Dan|Zo)\b|.*?\b(?:(?:daar|hier)(?:bij|in|voor|mee|om|over|tussen)|dan|zulke|in (?:die|dat|dit|deze)"
    r"|dit|deze|beide|dilemma['’]?s?|spanning|afweging|haar op)\b",
    re.IGNORECASE | re.DOTALL,
)


def addressed(text: str, following: str = "") -> Address:
    """Say whether a text that sets two principles against each other ranks them, says how to weigh them, or neither.

    ``following`` is the sentence after it, heard where it speaks of what stands before. An order of procedure (first
    this, then that) ranks nothing.
    """
    if _ABOUT_THIS.match(following):
        text = f"{text} {following}"
    if _IF_HEAVIER.search(text):
        return "afgewogen"
    if _PRIORITY.search(text) or (_FIRST.search(text) and not _PROCEDURE.search(text)):
        return "geprioriteerd"
    return "afgewogen" if _WEIGHED.search(text) else "niet geadresseerd"
