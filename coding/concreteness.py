"""What or how: does a passage only say what is wanted, does it name a means, or a norm that somebody can act on?

Rules on the words of the passage, each with the words it rests on. Points are the weights, rounded, of a logistic
regression on passages that a language model coded *wat* or *hoe* by the coding guide: with whole municipalities left
out it finds *hoe* with F1 .81 to .83, where length alone comes to .79.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from coding.language import lowered
from coding.model import Evidence

Kind = Literal["wat", "middel", "handelingsnorm"]
"""*wat*: an ambition, value or goal. *middel*: a programme, instrument, number, amount or deadline.
*handelingsnorm*: who does, weighs or decides what, and when: what a professional can act on."""
MEANS = {
    "actor": frozenset({"handeling", "handelingsnorm"}),
    "instrument": frozenset({"instrument"}),
    "norm": frozenset({"handelingsnorm"}),
    "bedrag": frozenset({"bedrag", "getal"}),
    "termijn": frozenset({"termijn"}),
}
"""Kinds of means and the cues that name one: who acts, with what, by which norm, how much, and when."""
ENOUGH = 0.8
"""Points from which a passage names a means."""


@dataclass(frozen=True, slots=True)
class Concreteness:
    """How concrete a passage is, with the cues it rests on (code points in the passage's text)."""

    kind: Kind
    points: float
    cues: tuple[Evidence, ...]

    @property
    def means(self) -> frozenset[str]:
        """The kinds of means that are named (keys of `MEANS`)."""
        named = {cue.term for cue in self.cues}
        return frozenset(kind for kind, terms in MEANS.items() if named & terms)


_YEAR = r"20[1-4]\d"
_MONTH = "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
_NUMBER = r"(?:\d+(?:[.,]\d+)*|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|twaalf|twintig|honderd)"
_ACTOR = (
    r"(?:we|wij|de gemeente|het college|het stadsdeel|de raad|de wethouder|het (?:\w+)?team|de (?:\w+)?teams|"
    r"de (?:\w+)?consulent(?:en)?|de (?:\w+)?professional(?:s)?|de (?:\w+)?medewerker(?:s)?|de (?:\w+)?regisseur|"
    r"de jeugdarts|de huisarts(?:en)?|de (?:\w+)?school|scholen|aanbieders|de aanbieder|de (?:\w+)?coach(?:es)?)"
)
_DEED = (
    r"(?:organiseer|richt|open|start|stel|breid|zet|subsidieer|financier|vergoed|huur|koop|bouw|train|schol|plaats|"
    r"benoem|wijs|voer|verstrek|bied|neem|maak|sluit|gebruik|steun|ondersteun|investeer|verhoog|verlaag|schrap|"
    r"reserveer|ontwikkel|werk|monitor|meet|rapporteer|evalueer|bezoek|bel|nodig|begeleid|koppel|verbind|"
    r"pas|leg|onderzoek|help|geef|lever|houd|verplicht|stimuleer)(?:t|en|den|de|te|ten)?"
)
_NORM_ACTOR = (
    r"(?:(?:de|een|het|elke|iedere|ieder) (?:\w+)?(?:consulent|professional|medewerker|regisseur|casemanager|team|"
    r"gezinswerker|hulpverlener|aanbieder|jeugdarts|huisarts|wijkwerker|contactpersoon|coördinator|beroepskracht|"
    r"procesregisseur|teamleider|klantmanager)|(?:consulenten|professionals|medewerkers|hulpverleners|aanbieders))"
)
_NORM_DEED = (
    r"(?:besli(?:st|ssen)|bepa(?:alt|len)|weeg(?:t)?|wegen|mag|mogen|hoeft|hoeven|legt|leggen|overleg(?:t|gen)|neemt|"
    r"nemen|stelt|stellen|bezoekt|bezoeken|belt|bellen|vraagt|vragen|bespreekt|bespreken|onderzoekt|onderzoeken|"
    r"maakt|maken|schakelt|schakelen|draagt|dragen|meldt|melden|voert|voeren|schrijft|schrijven|kiest|kiezen|"
    r"betrekt|betrekken|handelt|handelen|start|starten)"
)
_NORM_WHEN = (
    rf"(?:binnen (?:uiterlijk )?{_NUMBER} (?:werk)?(?:dag|dagen|week|weken|maand|maanden|uur)|als |wanneer |indien "
    r"|voordat |nadat |zodra |tenzij |altijd |eerst |zelf |in overleg met |ten minste "
    r"|zonder (?:toestemming|indicatie|overleg))"
)

_NAME = "eigennaam"
_RULES: tuple[tuple[str, float, str], ...] = (
    (
        "bedrag",
        1.3,
        r"€\s?\d+(?:[.,]\d+)*(?: (?:miljoen|mln|miljard)\b)?"
        r"|\b\d+(?:[.,]\d+)* (?:euro|miljoen|mln)\b|\bmiljoen euro\b",
    ),
    (
        "getal",
        0.4,
        rf"\b\d+(?:[.,]\d+)?\s?(?:%|procent)|\b{_NUMBER} (?:fte|uur|dagen|weken|maanden|plaatsen|plekken)\b",
    ),
    (
        "termijn",
        1.3,
        rf"\b(?:vóór|voor|uiterlijk|per|vanaf|eind|begin|medio|sinds|in de loop van) "
        rf"(?:\d{{1,2}} )?(?:(?:{_MONTH}) )?{_YEAR}"
        rf"|\b(?:eerste|tweede|derde|vierde) kwartaal\b|\b(?:jaarlijks|maandelijks|wekelijks|halfjaarlijks)\b"
        r"|\b(?:elk|ieder|per) (?:jaar|kwartaal|maand|week)\b"
        rf"|\bbinnen {_NUMBER} (?:werk)?(?:dagen|weken|maanden|jaar)\b"
        rf"|\b(?:in|tot|t/m) {_YEAR}\b",
    ),
    (
        "instrument",
        1.1,
        r"(?:regeling|subsidie|fonds|budget|verordening|convenant|protocol|spreekuur|loket|meldpunt|steunpunt|"
        r"inlooppunt|inloop|wijkteam|buurtteam|jeugdteam|consulent|coach|makelaar|ambassadeur|praktijkondersteuner|"
        r"jongerenwerker|coördinator|regisseur|stadspas|voucher|abonnement|training|cursus|workshop|project|pilot|"
        r"experiment|proeftuin|campagne|panel|adviesraad|bibliotheek|buurthuis|dorpshuis|wijkcentrum|huis van de wijk|"
        r"voorleesexpress|schuldhulpverlening|respijtzorg|dagbesteding|cliëntondersteuning|werkplaats|"
        r"leerwerkplek|stageplek|taalles|stappenplan|checklist|app|website|platform|inkoop|aanbesteding|contract|"
        r"uitvoeringsagenda|uitvoeringsplan|werkagenda|actieplan|plan van aanpak|programma|monitor|collectief|"
        r"maatje|hulplijn|huisbezoek|ontmoetingsplek|kringloopwinkel|korting|leerlingenvervoer|taxi|tarief|"
        r"eigen bijdrage|vergoeding|lening|bijstand|toeslag|mantelzorgwoning|quotumregeling|quotum)"
        r"(?:s|en|n|'s|jes|es|len|ken|ten|pen|men)?\b",
    ),
    (
        _NAME,
        0.6,
        r"(?<![.!?:•\-–]\s)(?<!^)\b(?:[A-Z][a-zé]+ ){1,3}[A-Z][a-zé]+\b|\b[A-Z]{3,6}\b|‘[A-Z][^’]{3,40}’",
    ),
    (
        "voorbeeld",
        0.8,
        r"\b(?:bijvoorbeeld|zoals|denk aan|waaronder|onder andere|onder meer|met inzet van|door middel van)\b",
    ),
    ("werkwijze", 1.0, r"\bdoor (?:\w+ ){1,10}te \w+en\b|\bvia (?:de |het |een )?\w+"),
    (
        "inzet",
        1.1,
        r"\b(?:investeren|investeert|investeringen|subsidi\w+|financier\w+|vergoed\w*|ingezet|inzetten van|inzet van|"
        r"aangesteld|ingericht|opgericht|georganiseerd|gestart|geopend|uitgebreid|ingevoerd|opgezet|uitgevoerd|aangeboden|"
        r"vastgesteld|ingekocht|gecontracteerd|verplicht\w*|behandelt|beoordeelt|uitvoering van|voeren|voert|"
        r"in samenwerking met|samen met (?:de |het )?\w+|trainen|scholing|voorlichting|gesprekken|afspraken|onderzoek|"
        r"toezicht|handhav\w+|openingstijden|gratis|kosteloze?|onafhankelijke?)\b",
    ),
    (
        "meer of minder",
        0.7,
        r"\bmeer (?:[a-zé]+(?:s|en)\b(?<!mensen)(?<!inwoners)(?<!jongeren)|\w+plekken|geld|uren|tijd)|"
        r"\b(?:extra|nieuwe|aanvullende|vaste) [a-zé]+\b|"
        r"\bin (?:elk|elke|ieder|iedere) (?:wijk|buurt|dorp|stadsdeel|school|buurtteam)\b",
    ),
    ("handeling", 0.8, rf"\b{_ACTOR} (?:\w+ ){{0,3}}?{_DEED}\b|\b{_DEED} {_ACTOR}\b"),
    (
        "wens",
        -0.8,
        r"\b(?:geloven|droom\w*|ambitie\w*|visie|streven\w*|streeft|wenselijk|belangrijk|uitgangspunt\w*|waarde\w*)\b",
    ),
)
_PATTERNS = tuple((name, points, re.compile(pattern)) for name, points, pattern in _RULES)
"""But for names these search the text in lower case: ignoring case makes the search many times slower."""
_NORM = re.compile(
    rf"\b{_NORM_ACTOR}\b[^.;:]{{0,80}}?\b{_NORM_DEED}\b[^.;]{{0,120}}?{_NORM_WHEN}"
    rf"|{_NORM_WHEN}[^.;]{{0,120}}?\b{_NORM_DEED}\b[^.;:]{{0,40}}?\b{_NORM_ACTOR}\b"
)


@lru_cache(maxsize=4096)  # tables, report and export ask for the same passages
def concreteness(text: str) -> Concreteness:
    """Return whether a passage says what, names a means, or gives a norm for acting, with the cues found.

    A rule counts once, however often it fires: a long passage has more words, not more of a means.
    """
    lower = lowered(text)
    norms = [Evidence(m.start(), m.end(), "handelingsnorm") for m in _NORM.finditer(lower)]
    fired = list(_fired(text, lower))
    points = sum(points for points, _ in fired)
    cues = sorted([*norms, *(e for _, found in fired for e in found)], key=lambda e: (e.start, e.end))
    if norms:
        return Concreteness("handelingsnorm", points, tuple(cues))
    return Concreteness("middel" if points >= ENOUGH else "wat", points, tuple(cues))


def _fired(text: str, lower: str) -> Iterator[tuple[float, list[Evidence]]]:
    for name, points, pattern in _PATTERNS:
        searched = text if name == _NAME else lower
        found = [Evidence(_word_start(text, m.start()), m.end(), name) for m in pattern.finditer(searched)]
        if found:
            yield points, found


def _word_start(text: str, start: int) -> int:
    """The instrument may be the tail of a compound (*welzijnssubsidie*): a cue is a whole word."""
    while start and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    return start
