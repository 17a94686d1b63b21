"""What every table and column holds, in Dutch: a sheet of the workbook, a CSV, and a note at each head."""

from collections.abc import Iterable

from outputs.sheet import Sheet
from outputs.wording import _

TABLES = {
    "coverage": _("Een rij per gemeente en thema (totaal: alles samen): aantallen passages en waarop zij rusten."),
    "fragments": _("Een rij per passage en thema, met het citaat. Hier vult u decision en memo in; zie `decide`."),
    "tensions": _("Een rij per plaats waar twee uitgangspunten elkaar raken; ook wat mensen verwierpen."),
    "documents": _("Een rij per document, en per bestand dat niet te lezen was."),
    "codebook": _("Een rij per code van het codeboek."),
    "method": _("Wat over de werkwijze te vermelden is, en per thema de drempels."),
    "named": _("Een rij per thema: in hoeveel van de gemeenten, met hun namen; ook per soort, jaar, wet …"),
    "groups": _("Hetzelfde als coverage, naar soort document, jaar, grootteklasse, provincie, wet en bron."),
    "sub_themes": _("Een rij per gemeente en subthema."),
    "what_how": _("Een rij per gemeente en thema: zeggen passages alleen wat, of noemen zij een middel of norm."),
    "priorities": _("Een rij per plaats waar een tekst een uitgangspunt voorop zet of eerst probeert."),
    "ambiguity": _("Een rij per meerduidige frase en gemeente."),
    "aims": _("Een rij per gemeente en doel (samenleving of organisatie)."),
    "telling_quotes": _("Per thema het concreetste en het abstractste citaat; passages van waarde naar handeling."),
    "auxiliary": _("Hetzelfde als coverage, voor de hulpcodes."),
    "cells": _("Een rij per gemeente en thema: wat mensen ervan lazen en wat zij vaststelden."),
    "preconditions": _("Een rij per gemeente en per uitgangspunt dat een ander nodig heeft."),
    "weak": _("Een rij per paar dat alleen ergens in dezelfde gemeente staat; kolommen als tensions."),
    "reliability": _("Een rij per thema: hoe ver codeurs het eens zijn."),
    "duidingen": _("Een rij per onderzoekersduiding: twee citaten die een mens naast elkaar legde, en waarom."),
    "tension_precision": _("Een rij per soort aanwijzing: hoeveel mensen er beoordeelden en bevestigden."),
    "unplaced": _("Een rij per beslissing die haar plaats in de tekst niet terugvond."),
}
"""Per table what a row is."""
_COUNTS = {
    "suggested": _("passages die het programma voorstelt (zeker of waarschijnlijk) en die nog niemand beoordeelde"),
    "certain": _("daarvan met niveau zeker"),
    "accepted": _("passages die mensen aanvaardden"),
    "rejected": _("passages die mensen verwierpen"),
    "disputed": _("passages waarover codeurs het oneens zijn"),
    "doubtful": _("twijfelgevallen: telt niet mee"),
    "coded": _("passages die meetellen: accepted + suggested + disputed; herhaalde passages één keer"),
    "share_passages": _("coded gedeeld door passages (0 tot 1; in Excel als percentage getoond)"),
    "share_passages_with_doubtful": _("hetzelfde als alle twijfelgevallen zouden kloppen: de bovenkant van het bereik"),
    "share_words": _("woorden in die passages gedeeld door words"),
    "documents_with_theme": _("documenten waarin het thema meetelt"),
    "documents": _("documenten die meetellen"),
    "pages": _("bladzijden van die documenten; bestanden zonder bladzijden tellen niet mee"),
    "passages": _("passages waarin is gezocht, herhalingen één keer: de noemer van de aandelen"),
    "repeats_left_out": _("passages die niet meetellen omdat dezelfde gemeente ze al (bijna) letterlijk had"),
    "words": _("woorden in passages"),
}
_PLACE = {
    "municipality": _("gemeente, of meer met ; ertussen bij een regionaal document; totaal is alles samen"),
    "document": _("bestand, met zijn map"),
    "title": _("titel van het document"),
    "year": _("jaar of looptijd"),
    "document_kind": _("soort document"),
    "page": _("de hoeveelste bladzijde van het bestand, niet het nummer dat erop gedrukt staat"),
    "heading_path": _("de koppen erboven"),
    "quote": _("de passage, letterlijk; in een CSV met een apostrof ervoor als zij met = + - of @ begint"),
    "source": _("document, jaar en bladzijde van het citaat"),
    "document_id": _("kenmerk van het bestand (SHA-256); laat staan"),
    "version": _("kenmerk van de tekst zoals zij is uitgelezen; laat staan"),
    "start": _("waar het citaat in die tekst begint, in tekens; laat staan"),
    "end": _("waar het citaat eindigt; laat staan"),
    "id": _("kenmerk van de beslissing"),
}
_CODE = {
    "theme": _("id van het thema in het codeboek; meer met ; ertussen"),
    "theme_label": _("naam van het thema"),
    "themes": _("thema's die erbij horen, met ; ertussen"),
    "sub_theme": _("id van het subthema; meer met ; ertussen"),
    "sub_theme_label": _("naam van het subthema"),
    "state": _("genoemd: een mens aanvaardde een passage; kandidaat (voorstellen); geen kandidaat; niet gevonden"),
    "group": _("main: thema; auxiliary: hulpcode"),
    "dimension": _(
        "naar wat is gegroepeerd: kind soort, year jaar, size_class grootte, law wet, source bron; all alles"
    ),
    "value": _("de groep: welke soort, welk jaar …"),
    "relation": _("id van de relatie in het codeboek"),
    "relation_label": _("de uitgangspunten die elkaar raken"),
    "coder": _("wie besliste"),
    "time": _("wanneer, in UTC"),
    "memo": _("toelichting van wie besliste"),
    "marker": _("de woorden in de tekst waarop het rust"),
}
_FRAGMENT = {
    "status": _("suggested voorgesteld, accepted aanvaard, rejected verworpen, oneens"),
    "level": _("zeker, waarschijnlijk of twijfel; leeg als alleen mensen de code gaven"),
    "score": _("score van het programma, 0 tot 1"),
    "methods": _("score van woordenboek (dictionary) en model (classifier) apart"),
    "evidence": _("woorden in de passage waarop het voorstel rust"),
    "what_how": _("wat, middel of handelingsnorm; leeg bij wat niet meetelt"),
    "how_cues": _("woorden waaraan dat is gezien"),
    "decision": _("hier vult u accept of reject in"),
    "repeats": _("waar dezelfde woorden in deze gemeente eerder stonden; leeg bij de eerste keer"),
    "counts": _("ja: telt mee in het totaal van coverage, kolom coded"),
    "counts_for": _("gemeenten in wier rij van coverage zij meetelt"),
    "included": _("telt het document mee: ja of nee"),
    "passage_kind": _("paragraph alinea, list_item lijstonderdeel, quote citaat, box kader, table tabel"),
}
_TENSION = {
    "relation_kind": _("spanning, voorwaarde of meerduidige frase"),
    "grade": _("sterkte: 4 de tekst benoemt de spanning, 3 het ene begrenst het andere, 2 naast elkaar, 1 mogelijk"),
    "wording": _("de sterkte in woorden"),
    "scope": _("hoe dicht bijeen: sentence zin, passage, section paragraaf, municipality gemeente"),
    "rule": _("de regel die het vond"),
    "address": _("wat de tekst met de spanning doet: geprioriteerd, afgewogen of niet geadresseerd"),
    "judged_by": _("wie het beoordeelde"),
    "found": _("leeg, of waarom het programma dit nu niet meer aanwijst"),
    "right_document": _("document van het tweede citaat, als dat een ander is"),
    "claim": _("soort aanwijzing"),
    "flags": _("aanwijzingen van die soort"),
    "judged": _("daarvan beoordeeld, zonder wat oneens is"),
    "precision": _("aandeel bevestigd van wat is beoordeeld"),
    "low": _("ondergrens van het 95%-interval (Wilson)"),
    "high": _("bovengrens van het 95%-interval"),
    "rationale": _("waarom, in de woorden van wie de duiding maakte"),
    "placed": _("staan beide citaten nog in de tekst van nu: ja of nee"),
    **{
        f"{side}_{column}": text % which
        for side, which in (("left", _("eerste")), ("right", _("tweede")))
        for column, text in (
            ("code", _("code van het %s citaat")),
            ("page", _("bladzijde van het %s citaat")),
            ("quote", _("het %s citaat, letterlijk")),
            ("document", _("document van het %s citaat")),
            ("document_id", _("kenmerk van het bestand met het %s citaat")),
            ("start", _("waar het %s citaat begint, in tekens")),
            ("end", _("waar het %s citaat eindigt")),
        )
        if (side, column) != ("right", "document")
    },
}
_DOCUMENT = {
    "cbs_code": _("code van de gemeente bij het CBS"),
    "province": _("provincie"),
    "size_class": _("G4, G40 of overig"),
    "kind": _("soort document"),
    "author": _("van wie: college, raad, partij of overig"),
    "standing": _("vastgesteld, concept of vervallen"),
    "laws": _("wetten waarover het gaat"),
    "reason": _("waarom het niet meetelt, of waarom toch"),
    "confirmed_on": _("dag waarop de gemeente bevestigde dat dit het geldende stuk is"),
    "origins": _("waar elk gegeven vandaan komt"),
    "problem": _("wat niet te lezen was, en waarom"),
}
_CODEBOOK = {
    "code": _("id van de code"),
    "parent": _("het thema waar een subthema onder valt"),
    "label": _("naam"),
    "definition": _("definitie"),
    "includes": _("wat eronder valt"),
    "excludes": _("wat er niet onder valt"),
    "examples": _("voorbeelden"),
    "counter_examples": _("tegenvoorbeelden"),
    "patterns": _("termen van het woordenboek"),
    "exclusions": _("termen die een treffer wegnemen"),
    "colour": _("kleur in figuren"),
    "aim": _("societal: doel voor inwoners en samenleving; organisational: hoe gemeente en professionals werken"),
    "topic": _("onderwerp, of het thema van een drempel"),
    "text": _("wat erover te zeggen is"),
    "likely_from": _("score vanaf waar een voorstel waarschijnlijk heet"),
    "certain_from": _("score vanaf waar een voorstel zeker heet; leeg: nooit"),
}
_CELLS = {
    "settled": _("genoemd, niet gevonden, of leeg: nog niet vastgesteld"),
    "candidates": _("voorstellen die te lezen zijn, de beste eerst"),
    "candidates_rejected": _("daarvan gelezen en verworpen"),
    "sample": _("gelote passages uit de rest die te lezen zijn"),
    "sample_rejected": _("daarvan gelezen en verworpen"),
    "rest": _("passages waaruit is geloot"),
    "seed": _("zaad van de loting"),
    "at_most_share": _("bovengrens (95%): hoogstens dit deel van de rest bevat het thema toch"),
    "at_most_passages": _("diezelfde bovengrens in passages"),
    "closed_by": _("wie het vaststelde"),
    "closed_at": _("wanneer, in UTC"),
    "changed_since": _("documenten die daarna veranderden; de vaststelling geldt dan niet meer"),
    "needing": _("id van het uitgangspunt dat een ander nodig heeft"),
    "needing_label": _("naam van dat uitgangspunt"),
    "needing_state": _("hoe dat er in de gemeente voor staat"),
    "needed": _("id van wat het nodig heeft"),
    "needed_label": _("naam van wat het nodig heeft"),
    "needed_state": _("hoe dat er in de gemeente voor staat"),
    "outcome": _("beide genoemd, voorwaarde niet gevonden, niet aan de orde, of nog niet beoordeeld"),
    "finding": _("de uitkomst in woorden"),
    "searched": _("wat mensen lazen voordat zij dat vaststelden"),
    "said": _("plaatsen waar de tekst de voorwaarde zelf noemt"),
}
_INSIGHT = {
    "wat": _("passages die alleen zeggen wat de gemeente wil"),
    "middel": _("passages die een instrument, regeling, getal, bedrag of termijn noemen"),
    "handelingsnorm": _("passages die zeggen wie doet, weegt of beslist, en wanneer"),
    "share_how": _("aandeel met een middel of norm (0 tot 1)"),
    "names_actor": _("passages die zeggen wie het doet"),
    "names_instrument": _("passages die een instrument noemen"),
    "names_norm": _("passages met een norm"),
    "names_bedrag": _("passages met een bedrag of getal"),
    "names_termijn": _("passages met een termijn"),
    "over": _("wat ervoor moet wijken, als de tekst dat zegt"),
    "phrase": _("de meerduidige frase"),
    "z": _("hoe veel vaker in gecodeerde passages (log-kansverhouding, z); leeg bij frases uit het codeboek"),
    "hoe": _("passages met de frase waarin een middel of norm staat"),
    "cues": _("woorden waaraan dat is gezien"),
    "aim_label": _("het doel in woorden"),
    "share": _("aandeel in de coderingen van de gemeente"),
    "what": _("meest concreet, meest abstract, of van waarde naar handeling"),
}
_AGREEMENT = {
    "units": _("passages die twee of meer codeurs beoordeelden"),
    "given": _("daarvan met het thema volgens ten minste één codeur"),
    "alpha": _("Krippendorffs alfa"),
    "alpha_low": _("ondergrens van het 95%-interval van alfa"),
    "alpha_high": _("bovengrens van het 95%-interval van alfa"),
    "ac1": _("Gwets AC1"),
    "kappa": _("Cohens kappa, gemiddeld over paren"),
    "percent": _("aandeel gelijke oordelen"),
    "prevalence": _("aandeel oordelen dat het thema ziet"),
    "f1": _("F1, gemiddeld over paren"),
    "u_alpha": _("u-alfa: beginnen en eindigen fragmenten op dezelfde plaats"),
    "coders": _("wie codeerden"),
    "blind": _("codeerden zij zonder voorstellen te zien"),
    "first_day": _("dag van de eerste codering"),
    "last_day": _("dag van de laatste codering"),
    "verdict": _("accept, reject of read (gelezen, verder niets)"),
    "before": _("tekst voor het citaat"),
    "after": _("tekst na het citaat"),
}
COLUMNS = {
    **_PLACE, **_CODE, **_COUNTS, **_FRAGMENT, **_TENSION, **_DOCUMENT,
    **_CODEBOOK, **_CELLS, **_INSIGHT, **_AGREEMENT,
}  # fmt: skip
"""Per column what it holds, the same in every table that has it but for `_OTHERWISE`."""
_OTHERWISE = {
    ("named", "municipalities"): _("gemeenten met zulke documenten: de N van 'n van de N'"),
    ("named", "named"): _("gemeenten waar het genoemd is"),
    ("named", "candidates"): _("gemeenten waar het kandidaat is"),
    ("named", "doubtful_only"): _("gemeenten met alleen twijfelgevallen"),
    ("named", "none"): _("gemeenten zonder kandidaat of twijfel"),
    ("named", "not_found"): _("gemeenten waar mensen zochten en niets vonden"),
    **{
        ("named", f"{which}_names"): _("hun namen")
        for which in ("named", "candidate", "doubtful_only", "none", "not_found")
    },
    ("priorities", "named"): _("hoeveel uitgangspunten er genoemd zijn"),
    ("priorities", "candidate"): _("hoeveel uitgangspunten er kandidaat zijn"),
    ("priorities", "kind"): _("doel: voorop gezet; volgorde: eerst geprobeerd; geen gevonden"),
    ("ambiguity", "passages"): _("passages met de frase"),
    ("ambiguity", "themes"): _("thema's die de passage door andere woorden heeft, met aantal"),
    ("documents", "pages"): _("bladzijden; leeg bij een formaat zonder bladzijden"),
    ("documents", "passages"): _("stukken tekst, met koppen, voetnoten en herhalingen"),
    ("documents", "source"): _("beleid of praktijk"),
    ("codebook", "group"): _("main: thema; auxiliary: hulpcode"),
    ("reliability", "theme"): _("id van het thema; de laatste rij is alles samen"),
    ("cells", "candidates"): _("voorstellen die te lezen zijn, de beste eerst"),
    ("tension_precision", "accepted"): _("daarvan bevestigd"),
    ("tension_precision", "rejected"): _("daarvan verworpen"),
    ("tension_precision", "disputed"): _("waarover codeurs het oneens zijn"),
    ("tensions", "counts"): _("ja: telt mee in de aantallen van het rapport; nee: verworpen, of een herhaling"),
    ("duidingen", "included"): _("tellen beide documenten mee: ja of nee"),
}
"""What a column holds in one table, where that differs."""
GUIDE = "uitleg"
"""Name of the table that explains the others."""


def meaning(table: str, column: str) -> str:
    """Return in Dutch what a column of a table holds, or nothing for one of no table of a study."""
    if table not in TABLES:
        return ""
    return _OTHERWISE.get((table, column)) or COLUMNS.get(column, "")


def guide(tables: Iterable[Sheet]) -> Sheet:
    """Return the table that says of each of these tables what a row is, and what each column holds."""
    rows = []
    for sheet in tables:
        rows.append((sheet.name, "", TABLES.get(sheet.name, "")))
        rows += [(sheet.name, column, meaning(sheet.name, column)) for column in sheet.columns]
    return Sheet(GUIDE, ("table", "column", "meaning"), tuple(rows))
