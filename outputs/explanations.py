"""How to read the chapters on what stands out: the same words in page and Word."""

from coding.phrases import SURE, VAGUE
from coding.priorities import SEARCHED, SEARCHED_ORDER
from outputs.wording import _, decimal

RANKING = _(
    "Gezocht is in passages met een thema, op wendingen die het ene doel voor het andere zetten: %(goals)s. Staat de "
    "wending vlak bij een woord van het thema, dan geldt zij als rangschikking. Een volgorde van werken (%(orders)s) "
    "staat apart: wat eerst wordt geprobeerd, weegt daarmee niet zwaarder. ‘Geen gevonden’ wil zeggen: niet met deze "
    "woorden."
) % {"goals": ", ".join(SEARCHED), "orders": ", ".join(SEARCHED_ORDER)}
AMBIGUITY = _(
    "Frases die op meer manieren te lezen zijn, met wat er in elke gemeente bij staat: de thema's die de passage door "
    "andere woorden heeft, hoe vaak er een middel of norm bij staat en met welke woorden, en één citaat. De eerste "
    "komen uit het codeboek. Wat daarna komt is gevonden: twee tot vijf woorden, waaronder een van %(words)s woorden "
    "waarvan de maat afhangt van wie oordeelt (passend, goed, nodig, extra …), in ten minste drie gemeenten (twee als "
    "de studie er niet meer dan drie heeft), en vaker in gecodeerde passages dan daarbuiten (log-kansverhouding, "
    "z ≥ %(z)s). Bij één of twee passages zegt een verschil niets."
) % {"words": len(VAGUE), "z": decimal(SURE)}
AIMS = _(
    "Elk uitgangspunt dient volgens het codeboek een maatschappelijk doel (hoe inwoners en samenleving leven) of een "
    "organisatorisch doel (hoe gemeente en professionals werken). Geteld zijn coderingen: een passage met twee thema's "
    "telt bij elk."
)
PROFILES = _(
    "Elke gemeente op één bladzijde. Het aandeel is dat van de passages met het thema in alle passages van de gemeente."
)
NONE_ALONE = _("Geen passage in een document dat alleen in deze groep valt.")
BARS = _(
    "De balk is dat aandeel, het streepje het aandeel in alle documenten samen; de langste is in elke gemeente even "
    "lang, dus vergelijk tussen gemeenten de percentages."
)
BASIS = _(
    "Passages: alinea's, lijstonderdelen, citaten, kaders en tabelcellen met tekst. Documenten zonder bladzijden "
    "(Word, web, tekst) tellen niet mee bij de pagina's."
)
REGIONAL = _(
    "Een document van meer gemeenten telt bij elk van hen en in het totaal één keer: de rijen tellen niet op tot het "
    "totaal."
)
REPEATED = _("Herhaalde passages zijn hier meegeteld; in de andere tabellen tellen zij één keer.")
NO_FINDINGS = _("De documenten in deze studie dragen nog geen bevinding: er is te weinig gelezen of gecodeerd.")
MEANS = _(
    "In hoeveel passages zo'n middel is gevonden; een passage kan er meer noemen, en bij meer dan één thema horen. Hoe "
    "vaak een handelingsnorm wordt gemist, is niet gemeten."
)


def findings_title(count: int) -> str:
    """Name the chapter with the findings."""
    return _("Vijf bevindingen") if count == 5 else _("Bevindingen")
