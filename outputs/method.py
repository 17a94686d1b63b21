"""How the codings came about, and what they do not say: the method section, for the report and the workbook alike."""

import re
from collections import Counter
from dataclasses import dataclass

from corpus.model import CODED_KINDS
from outputs import cells
from outputs.coverage import readable
from outputs.near_duplicates import SHINGLE, THRESHOLD
from outputs.records import Study
from outputs.wording import PASSAGE_KINDS, _, counted, decimal, listing, number


@dataclass(frozen=True, slots=True)
class Remark:
    """One item of the method section: what it is about and what there is to say, in plain Dutch."""

    topic: str
    text: str


@dataclass(frozen=True, slots=True)
class Cut:
    """The levels of one theme: from which score *waarschijnlijk* and *zeker*, and on what that rests."""

    theme: str
    label: str
    likely: float
    certain: float | None
    note: str


def remarks(study: Study) -> list[Remark]:
    """Return the method section's items in reading order."""
    return [
        Remark(_("Wat dit is"), _what_it_is()),
        Remark(_("Stand"), _state(study)),
        Remark(_("Codeboek"), _codebook(study)),
        Remark(_("Programma"), _program(study)),
        Remark(_("Niveaus"), _levels(study)),
        Remark(_("Wat telt"), _counts()),
        Remark(_("Niet gevonden"), cells.how_searched(study)),
        Remark(_("Herhalingen"), _repeats(study)),
        Remark(_("Regionale documenten"), _regional(study)),
        Remark(_("Niet gecodeerd"), _not_coded(study)),
        Remark(_("Niet gelezen"), _not_read(study)),
        Remark(_("Beslissingen zonder plaats"), _unplaced(study)),
        *([Remark(_("Beslissingen die wachten"), _waiting(study))] if study.snapshot.looks else []),
        *([Remark(_("Anonimiteit"), _anonymity())] if study.anonymous else []),
        Remark(_("Grenzen"), _limits()),
    ]


def cuts(study: Study) -> list[Cut]:
    """Return the cuts per code, in the order of the codebook; a code unknown to it comes last."""
    codes = list(study.snapshot.codebook.by_id)
    themes = sorted(study.snapshot.method.themes, key=lambda t: codes.index(t.code) if t.code in codes else len(codes))
    known = study.snapshot.codebook.by_id
    return [
        Cut(t.code, known[t.code].label if t.code in known else t.code, t.threshold, t.certain, _in_dutch(t.note))
        for t in themes
    ]


def _in_dutch(note: str) -> str:
    """Write the figures of a model's note with a decimal comma, as everywhere in a report."""
    return re.sub(r"(?<=\d)\.(?=\d)", ",", note)


def state_date(study: Study) -> str:
    """Return the day of the latest decision (``2026-11-24``), the only date a study's content has, or nothing."""
    latest = max((d.time for d in (*study.snapshot.decisions, *study.snapshot.unplaced)), default=None)
    return latest.date().isoformat() if latest else ""


def _what_it_is() -> str:
    return _(
        "Een programma heeft in de tekst passages aangewezen waarin een thema lijkt te staan. Zo'n aanwijzing is een "
        "voorstel, geen codering: dat wordt zij pas als een mens haar aanvaardt. Een gemeente heet hier 'genoemd' bij "
        "een thema als ten minste één passage door een mens is aanvaard, 'kandidaat' als er alleen voorstellen zijn en "
        "'geen kandidaat' als er geen van beide zijn. 'Geen kandidaat' is niet hetzelfde als 'niet gevonden': zo heet "
        "een thema pas als mensen de beste voorstellen en een steekproef uit de rest hebben gelezen en verworpen."
    )


def _state(study: Study) -> str:
    statuses = Counter(r.status for r in study.records if r.status != "suggested")
    if not statuses:
        return _("Nog niemand heeft een voorstel beoordeeld; alles hieronder is werk van het programma.")
    return _(
        "%(accepted)s aanvaard, %(rejected)s verworpen%(disputed)s%(date)s. Hulpcodes, herhalingen en documenten "
        "buiten de analyse zijn hier meegeteld."
    ) % {
        "accepted": counted(statuses["accepted"], _("voorstel of eigen code"), _("voorstellen of eigen codes")),
        "rejected": number(statuses["rejected"]),
        "disputed": _(", over %s zijn codeurs het oneens") % number(statuses["oneens"]) if statuses["oneens"] else "",
        "date": _("; laatste beslissing op %s") % state_date(study) if state_date(study) else "",
    }


def _codebook(study: Study) -> str:
    codebook = study.snapshot.codebook
    text = _("%(title)s (%(name)s, versie %(version)s; vingerafdruk %(hash)s).") % {
        "title": codebook.title,
        "name": codebook.name,
        "version": codebook.version,
        "hash": study.codebook,
    }
    used = len(study.snapshot.codebook_history)
    if used > 1:
        text += _(" In deze studie zijn %s versies van het codeboek gebruikt; alle zijn bewaard.") % number(used)
    return text


def _program(study: Study) -> str:
    method = study.snapshot.method
    return _("%(program)s, codeur %(coder)s.") % {"program": method.program, "coder": method.coder}


def _levels(study: Study) -> str:
    text = _(
        "Het programma geeft een passage per thema een score van 0 tot 1. Vanaf een drempel per thema heet een "
        "voorstel 'waarschijnlijk', vanaf een tweede, hogere drempel 'zeker'; daaronder ligt 'twijfel', dat niet "
        "meetelt maar wel als bandbreedte wordt getoond. De drempels staan in de tabel hieronder."
    )
    measured = study.snapshot.method.measured_on
    if measured:
        return text + " " + _("Gemeten op: %s") % measured.rstrip(".") + "."
    return text + " " + _("Waarop de drempels zijn gemeten, is bij deze studie niet vastgelegd: lees elk voorstel na.")


def _counts() -> str:
    return _(
        "Geteld worden passages (alinea's, lijstonderdelen, citaten, kaders en tabelcellen met tekst) van documenten "
        "die in de analyse zijn opgenomen. Aandelen zijn gecodeerde passages gedeeld door alle zulke passages van "
        "die gemeente; ook het aandeel in woorden staat in de tabellen, want lange en korte passages tellen anders "
        "even zwaar. Een passage kan bij meer thema's horen. Een subthema telt mee bij zijn thema; hulpcodes tellen "
        "nooit mee bij de thema's."
    )


def _repeats(study: Study) -> str:
    return _(
        "Passages die in dezelfde gemeente (bijna) letterlijk terugkomen, zoals een begrotingstekst die het jaar "
        "erop is herhaald, tellen één keer: %(count)s van de %(all)s. Maat: overlap van reeksen van %(words)d "
        "woorden van ten minste %(threshold)s (Jaccard). Dezelfde woorden in twee gemeenten tellen bij beide."
    ) % {
        "count": number(len(study.repeats)),
        "all": counted(sum(p.document.included for p in study.places), _("passage"), _("passages")),
        "words": SHINGLE,
        "threshold": decimal(THRESHOLD, 1),
    }


def _regional(study: Study) -> str:
    regional = sum(len(d.municipalities) > 1 for d in readable(study))
    if not regional:
        return _("Geen: elk document hoort bij één gemeente.")
    return _(
        "%s: telt bij elk van zijn gemeenten mee, in totalen één keer. De rijen tellen daarom niet op tot het totaal."
    ) % counted(regional, _("document van meer dan één gemeente"), _("documenten van meer dan één gemeente"))


def _not_coded(study: Study) -> str:
    kinds: Counter[str] = Counter(p.kind for d in readable(study) for p in study.snapshot.passages.get(d.id, ()))
    rest = [counted(kinds[k], *names) for k, names in PASSAGE_KINDS.items() if k not in CODED_KINDS and kinds[k]]
    if not rest:
        return _("Alle tekst is gecodeerd.")
    return _("Wel bewaard, niet gecodeerd: %s. Koppen dienen als context.") % listing(rest)


def _not_read(study: Study) -> str:
    failures = [f for f in study.snapshot.failures if not f.was_read]
    files = len({f.file_name for f in failures if f.page is None})
    parts = len({(f.file_name, f.page) for f in failures if f.page is not None})
    recognised = {(f.file_name, f.page) for f in study.snapshot.failures if f.was_read and f.page is not None}
    scans = _(" Met tekstherkenning gelezen: %s; vergelijk citaten daaruit met de bladzijde.") % counted(
        len(recognised), _("bladzijde"), _("bladzijden")
    )
    if not files and not parts:
        return _("Alle bestanden zijn gelezen.") + (scans if recognised else "")
    unread = [counted(files, _("bestand"), _("bestanden"))] if files else []
    unread += [counted(parts, _("losse bladzijde"), _("losse bladzijden"))] if parts else []
    return _("%s; zie 'Wat niet is meegenomen'.") % listing(unread) + (scans if recognised else "")


def _unplaced(study: Study) -> str:
    count = len(study.snapshot.unplaced)
    if not count:
        return _("Geen: elke beslissing staat bij de tekst waarop zij slaat.")
    return _(
        "%s staan na het opnieuw uitlezen van een document niet meer vast aan een plek in de tekst. Zij tellen niet "
        "mee, zijn niet weg en staan in het werkboek op het blad 'unplaced'."
    ) % counted(count, _("beslissing"), _("beslissingen"))


def _waiting(study: Study) -> str:
    looks = study.snapshot.looks
    waiting = sum(not look.counts for look in looks)
    text = _(
        "Het codeboek veranderde nadat er beslissingen waren genomen. Wachtend op een tweede blik van hun codeur, en "
        "zolang niet meegeteld: %s over een code die is gesplitst, samengevoegd of vervallen; zij zijn niet weg."
    ) % counted(waiting, _("beslissing"), _("beslissingen"))
    if len(looks) > waiting:
        text += _(
            " Wel meegeteld, maar nog niet opnieuw bekeken: %s over een code die is samengevoegd of anders "
            "gedefinieerd."
        ) % counted(len(looks) - waiting, _("beslissing"), _("beslissingen"))
    return text


def _anonymity() -> str:
    return _(
        "Gemeenten heten 'gemeente A' en verder, documenten naar soort en jaar. In citaten en koppen is de naam van "
        "een gemeente vervangen door '[gemeente]' en de titel van een document door '[document]'; verder zijn "
        "citaten letterlijk. Namen van wijken, organisaties en personen kunnen nog in citaten staan: lees ze na voor "
        "u ze deelt. Beslissingen uit een anoniem werkboek kunnen niet worden teruggelezen."
    )


def _limits() -> str:
    return _(
        "Een thema dat in andere woorden staat dan het programma kent, wordt gemist; een woord dat op een thema "
        "lijkt, kan ten onrechte zijn voorgesteld. Tabellen en kolommen in PDF's worden niet altijd goed gelezen. De "
        "uitkomsten gaan over deze documenten en niet over andere gemeenten of over de praktijk. Let bij vergelijken "
        "op de omvang: een gemeente met drie bladzijden en een met driehonderd staan naast elkaar in dezelfde tabel."
    )
