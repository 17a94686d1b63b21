"""Where principles meet: thirty tensions, thirty look-alikes, and what a flag must carry."""

import pytest

from codebook.model import Codebook
from codebook.reading import bundled
from coding.dictionary import DictionaryCoder
from coding.model import Coding, Evidence, Flag, Level, Unit
from coding.relations import find_flags
from corpus.model import Anchor, Box, Passage, PassageKind, TextVersion

BUNDLED = bundled()
CODER = DictionaryCoder(BUNDLED)
KINDS = {relation.id: relation.kind for relation in BUNDLED.relations}


def read(texts: list[str], kind: PassageKind = "paragraph", path: tuple[str, ...] = ()) -> list[Passage]:
    """Lay texts under one another as passages, each on a page of its own."""
    passages, at = [], 0
    for number, text in enumerate(texts):
        anchors = (Anchor(at, at + len(text), Box(number + 1, 0, 0, 1, 1)),)
        passages.append(Passage(number, kind, path, at, at + len(text), text, anchors))
        at += len(text) + 2
    return passages


def code(passages: list[Passage], coder: DictionaryCoder, version: str, level: Level | None = None) -> list[Coding]:
    codings = []
    for passage in passages:
        for score in coder.code([Unit(passage.text, kind=passage.kind)])[0]:
            decided: Level = level or ("waarschijnlijk" if score.score >= 0.5 else "twijfel")
            evidence = tuple(Evidence(e.start + passage.start, e.end + passage.start, e.term) for e in score.evidence)
            codings.append(
                Coding(
                    version,
                    passage.start,
                    passage.end,
                    score.code,
                    coder.name,
                    score.score,
                    decided,
                    score.methods,
                    evidence,
                )
            )
    return codings


def flags_of(passages: list[Passage], book: Codebook = BUNDLED, coder: DictionaryCoder = CODER) -> list[Flag]:
    version = TextVersion("doc", "test", "\n\n".join(p.text for p in passages))
    return find_flags(book, "doc", version, passages, code(passages, coder, version.id))


def tensions(*texts: str) -> list[Flag]:
    return [f for f in flags_of(read(list(texts))) if KINDS[f.relation] == "tension"]


TENSIONS = [
    # named by the text itself
    ("maatwerk_gelijkheid", 4, "Er bestaat spanning tussen maatwerk en rechtsgelijkheid."),
    ("maatwerk_gelijkheid", 4, "Maatwerk staat soms op gespannen voet met de gelijke behandeling van inwoners."),
    ("integraal_privacy", 4, "Professionals ervaren een dilemma tussen integraal werken en de privacy van het gezin."),
    ("ruimte_efficientie", 4, "We zoeken een balans tussen ruimte voor de professional en kostenbeheersing."),
    (
        "zelfredzaamheid_vangnet",
        4,
        "Enerzijds doen we een beroep op de eigen kracht van inwoners, anderzijds zijn we het vangnet voor wie het niet redt.",
    ),
    (
        "ruimte_gelijkheid",
        4,
        "Aan de ene kant krijgen professionals handelingsruimte, aan de andere kant eisen inwoners rechtszekerheid.",
    ),
    ("veiligheid_privacy", 4, "De veiligheid van het kind en de privacy van de ouders kunnen botsen."),
    (
        "maatwerk_efficientie",
        4,
        "Maatwerk en kostenbeheersing staan op gespannen voet. Het college legt dit dilemma voor aan de raad.",
    ),
    (
        "wederkerigheid_keuzevrijheid",
        4,
        "Wij vragen een tegenprestatie van inwoners met een uitkering. Dat schuurt met de keuzevrijheid van mensen.",
    ),
    (
        "efficientie_vangnet",
        4,
        "De bezuiniging op de jeugdhulp gaat ten koste van kwetsbare inwoners die op ons rekenen.",
    ),
    (
        "zelfredzaamheid_veiligheid",
        4,
        "Tussen de eigen regie van het gezin en de veiligheid van het kind kan spanning ontstaan.",
    ),
    # the one limits the other
    ("ruimte_efficientie", 3, "Consulenten krijgen de ruimte om af te wijken, mits zij binnen het budget blijven."),
    ("maatwerk_efficientie", 3, "We leveren maatwerk binnen het beschikbare budget."),
    ("maatwerk_efficientie", 3, "Binnen de financiële kaders bieden we iedere inwoner maatwerk."),
    ("maatwerk_efficientie", 3, "Wij bieden ondersteuning op maat, maar de Wmo moet betaalbaar blijven."),
    (
        "zelfredzaamheid_veiligheid",
        3,
        "Het gezin houdt de regie over het eigen leven, tenzij de veiligheid van het kind in het geding is.",
    ),
    (
        "zelfredzaamheid_vangnet",
        3,
        "Inwoners lossen problemen op eigen kracht op. Tegelijkertijd laten we niemand tussen wal en schip vallen.",
    ),
    ("zelfredzaamheid_vangnet", 3, "We gaan uit van zelfredzaamheid, maar houden een vangnet in stand."),
    (
        "zelfredzaamheid_vangnet",
        3,
        "Hoewel eigen kracht het uitgangspunt is, blijft er een vangnet voor wie hulp nodig heeft.",
    ),
    (
        "integraal_privacy",
        3,
        "Partners werken integraal samen rond het gezin, voor zover de privacy van de gezinsleden dat toelaat.",
    ),
    (
        "integraal_privacy",
        3,
        "Eén gezin, één plan is het uitgangspunt. Persoonsgegevens mogen echter alleen met toestemming worden gedeeld.",
    ),
    ("maatwerk_gelijkheid", 3, "We leveren maatwerk, zolang gelijke gevallen gelijk worden behandeld."),
    ("maatwerk_gelijkheid", 3, "Maatwerk is mogelijk zonder dat er willekeur ontstaat."),
    (
        "wederkerigheid_keuzevrijheid",
        3,
        "We vragen een tegenprestatie voor de uitkering, maar inwoners houden keuzevrijheid.",
    ),
    ("efficientie_vangnet", 3, "Kostenbeheersing mag niet ten koste gaan van het vangnet voor wie dat nodig heeft."),
    (
        "efficientie_vangnet",
        3,
        "We houden de uitgaven voor de jeugdhulp beheersbaar zonder dat kinderen tussen wal en schip vallen.",
    ),
    (
        "veiligheid_privacy",
        3,
        "Persoonsgegevens blijven vertrouwelijk, behalve als de veiligheid van een kind in gevaar is.",
    ),
    (
        "ruimte_gelijkheid",
        3,
        "De professional krijgt handelingsvrijheid, mits de rechtszekerheid van de inwoner is gewaarborgd.",
    ),
    ("ruimte_efficientie", 3, "Wijkteams krijgen mandaat en vertrouwen; wel sturen we op doelmatigheid."),
    (
        "ruimte_efficientie",
        3,
        "Hulpverleners krijgen meer autonomie, ook als dat de kostenbeheersing in de zorg lastiger maakt.",
    ),
]

LOOKALIKES = [
    # enumerations
    "We werken vanuit maatwerk, nabijheid en efficiëntie.",
    "Onze waarden zijn eigen kracht, een vangnet, keuzevrijheid en wederkerigheid.",
    "Belangrijk zijn integraal werken, privacy, veiligheid van het kind en rechtsgelijkheid.",
    # additive, not limiting
    "We bieden niet alleen maatwerk, maar sturen ook op kostenbeheersing.",
    "We letten op de eigen kracht van inwoners, maar ook op een goed vangnet.",
    "Zowel maatwerk als doelmatigheid krijgen een plek in de nieuwe contracten.",
    "Het team werkt integraal en gaat daarnaast zorgvuldig om met persoonsgegevens.",
    "Maatwerk draagt bij aan doelmatigheid.",
    "Door in te zetten op zelfredzaamheid kunnen we het vangnet overeind houden.",
    # tension words of another kind
    "De spanning in het gezin loopt op; we versterken de eigen kracht en bieden een vangnet.",
    "Er zijn spanningen tussen bewoners en jongeren, daarom zetten we in op eigen kracht en een vangnet.",
    "Een gezonde balans tussen werk en privé vergroot de eigen kracht van mantelzorgers; er is een vangnet.",
    "De begroting is in evenwicht; we bieden maatwerk en letten op kostenbeheersing.",
    "In een ontspannen sfeer praten we over eigen regie en over de veiligheid van het kind.",
    "Tussen maatwerk en doelmatigheid bestaat geen tegenstelling.",
    # 'binnen' of place and time, and limits on something else
    "Binnen drie weken krijgt de inwoner maatwerk; de kostenbeheersing bespreken we jaarlijks.",
    "Binnen de wijk werken professionals met mandaat, en de gemeente stuurt op doelmatigheid.",
    "De kostenbeheersing bespreken we binnen het team dat maatwerk levert.",
    "We bieden maatwerk en kostenbeheersing, mits de raad instemt met de verordening.",
    "Maatwerk en doelmatigheid zijn uitgangspunten, maar de besluitvorming is uitgesteld.",
    # a new subject
    "We bieden maatwerk aan inwoners. De bibliotheek is echter op maandag gesloten. We sturen op kostenbeheersing.",
    "Gezinnen houden de eigen regie. Het overleg is verplaatst, maar de agenda blijft gelijk. Privacy is geregeld.",
    "Inwoners hebben keuzevrijheid. De tegenprestatie staat in de verordening.",
    # negation and replacement
    "We vertrekken niet vanuit kostenbeheersing, maar vanuit maatwerk.",
    "Het gaat niet om een vangnet, maar om eigen kracht.",
    "Geen standaardaanbod maar maatwerk is het uitgangspunt, zo werken we doelmatig.",
    # legal lists, names and fragments
    "Gelet op de Participatiewet, de Wet maatschappelijke ondersteuning en de Jeugdwet, maar ook de Algemene wet bestuursrecht.",
    "Een maatwerkvoorziening wordt geweigerd, tenzij deze langdurig noodzakelijk is en doelmatig kan worden verstrekt.",
    "maatwerk – kostenbeheersing – privacy",
    "De commissie toetst de rechtmatigheid en doelmatigheid, maar de accountant controleert de jaarrekening.",
]


@pytest.mark.parametrize(("relation", "grade", "text"), TENSIONS)
def test_finds_a_tension_with_its_grade(relation: str, grade: int, text: str) -> None:
    found = {(f.relation, f.grade) for f in tensions(text) if f.grade >= 3}
    assert found == {(relation, grade)}


@pytest.mark.parametrize("text", LOOKALIKES)
def test_sees_no_tension_in_a_look_alike(text: str) -> None:
    assert [(f.relation, f.grade, f.marker) for f in tensions(text) if f.grade >= 3] == []
