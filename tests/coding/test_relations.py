"""Where principles meet: tensions, as many look-alikes, and what a flag must carry."""

import sys
from dataclasses import replace
from pathlib import Path
from types import FrameType

import pytest

from codebook.model import Codebook, Relation
from codebook.reading import bundled, read_codebook
from coding.dictionary import DictionaryCoder
from coding.model import Coding, Evidence, Flag, Level, Unit
from coding.relations import Sought, find_flags
from corpus.model import Anchor, Box, Passage, PassageKind, TextVersion

BUNDLED = bundled()
CODER = DictionaryCoder(BUNDLED)
SOUGHT = Sought(BUNDLED)
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
    return find_flags(
        SOUGHT if book is BUNDLED else Sought(book), "doc", version, passages, code(passages, coder, version.id)
    )


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
        "Enerzijds doen we een beroep op de eigen kracht, anderzijds zijn we het vangnet voor wie het niet redt.",
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
    ("nabijheid_efficientie", 4, "Hulp dichtbij moet ook goedkoper worden, met een bezuiniging. Soms botst dat."),
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
    # poles that are heard only beside a marker
    (
        "efficientie_vangnet",
        3,
        "Gezinnen krijgen de zorg die nodig is, maar we houden de stijgende kosten scherp in de gaten.",
    ),
    (
        "efficientie_vangnet",
        3,
        "De jeugdhulp blijft toegankelijk voor kwetsbare kinderen, terwijl we tegelijk de uitgaven omlaag brengen.",
    ),
    (
        "kwaliteit_efficientie",
        3,
        "Wij besparen op de uitvoering van de Wmo, zonder dat dit ten koste gaat van de kwaliteit van de hulp.",
    ),
    (
        "maatwerk_efficientie",
        4,
        "Onze medewerkers leveren steeds meer maatwerk, waardoor de doelmatigheid verloren gaat.",
    ),
    ("efficientie_vangnet", 4, "De bezuinigingen zetten de hulp aan kwetsbare inwoners onder druk."),
    (
        "zelfredzaamheid_vangnet",
        3,
        "Waar eigen kracht niet toereikend is, biedt het wijkteam professionele ondersteuning.",
    ),
    (
        "zelfredzaamheid_vangnet",
        3,
        "Als het eigen netwerk tekortschiet, krijgt de inwoner aanvullende hulp van het team.",
    ),
    (
        "zelfredzaamheid_vangnet",
        3,
        "We kijken eerst naar eigen kracht en het netwerk. Pas als dit onvoldoende is, komt er specialistische hulp.",
    ),
    ("zelfredzaamheid_vangnet", 3, "De gemeente helpt wie dat nodig heeft, maar inwoners zijn eerst zelf aan zet."),
    (
        "ruimte_beheersing",
        4,
        "We vertrouwen op het vakmanschap van de consulenten. Afrekenen op prestaties past daar niet bij.",
    ),
    (
        "maatwerk_beheersing",
        3,
        "De aanpak van fraude mag er niet toe leiden dat er geen ruimte is voor de menselijke maat.",
    ),
    (
        "nabijheid_efficientie",
        3,
        "We digitaliseren en werken efficiënter. Tegelijk blijft hulp dichtbij in de wijk beschikbaar.",
    ),
    (
        "keuzevrijheid_efficientie",
        3,
        "Om de hulp betaalbaar te houden kiezen we vaste aanbieders, ook als dat de keuze voor cliënten beperkt.",
    ),
    ("veiligheid_privacy", 3, "De privacy van ouders mag niet verloren gaan in de zorg om de veiligheid van het kind."),
    (
        "zelfredzaamheid_vangnet",
        4,
        "Er is evenwicht nodig tussen de eigen verantwoordelijkheid van inwoners en de zorgplicht van de gemeente.",
    ),
    ("nabijheid_efficientie", 3, "Persoonlijk contact met de consulent blijft, ook als dat meer tijd kost."),
    (
        "integraal_privacy",
        3,
        "Het wijkteam deelt informatie met de partners rond het gezin, mits de ouders toestemming geven.",
    ),
    (
        "zelfredzaamheid_vangnet",
        3,
        "Zelfzorg is waardevol, zolang zij niet gebruikt wordt om te bezuinigen op hulp die nodig is.",
    ),
    (
        "wederkerigheid_keuzevrijheid",
        3,
        "Vrijwilligerswerk naar vermogen hoort bij de uitkering, maar mag geen dwang worden en blijft een vrije keuze.",
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
    "Gelet op de Participatiewet, de Wmo 2015 en de Jeugdwet, maar ook op de Algemene wet bestuursrecht.",
    "Een maatwerkvoorziening wordt geweigerd, tenzij deze langdurig noodzakelijk is en doelmatig kan worden verstrekt.",
    "maatwerk – kostenbeheersing – privacy",
    "De commissie toetst de rechtmatigheid en doelmatigheid, maar de accountant controleert de jaarrekening.",
]

NEAR_MISSES = [
    "De kosten van de zorg stijgen, maar de bijdrage van het Rijk blijft gelijk.",
    "De uitgaven voor jeugdhulp lopen op, waardoor de betaalbaarheid onder druk staat.",
    "De kwaliteit van de zorg is goed, maar de wachttijd voor professionele hulp is lang.",
    "Wij zorgen voor betaalbare en toegankelijke zorg, maar ook voor goede informatie.",
    "Als het bezwaar niet mogelijk is, kan de inwoner naar de rechter; het team biedt hulp.",
    "Waar de bus niet rijdt, is vrijwillig vervoer mogelijk. De kosten blijven laag.",
    "Het team zet schaarse middelen doelmatig in, zodat hulp voor kwetsbare inwoners beschikbaar blijft.",
    "Mantelzorgers verdienen steun. Toch zijn er veel die de weg naar hulp niet vinden.",
    "Het nieuwe hek past daar niet bij. We versterken de eigen regie en het vangnet.",
    "De veiligheid op het plein is verbeterd, maar de camera's zijn stuk. Privacy is geregeld.",
    "Door eerder te helpen besparen we kosten en krijgen kwetsbare inwoners sneller ondersteuning.",
    "Zonder vrijwilligers is er geen hulp voor kwetsbare inwoners en stijgen de kosten.",
    "De jeugdzorg blijft betaalbaar dankzij hulp die nodig is op het juiste moment, maar de cijfers volgen later.",
    "Mensen die zorg nodig hebben maar zelf hun hulp regelen, kunnen bij het loket terecht.",
    "De kwaliteit van de weg is slecht, waardoor de veiligheid in gevaar komt en de kosten oplopen.",
    "Door de zorg die nodig is dichtbij te organiseren, houden we de kosten beheersbaar.",
    "We willen de kosten beheersen, maar dat lukt alleen als hulp op tijd komt.",
    "De gemeente helpt inwoners die hulp nodig hebben, maar de wachtlijst is lang.",
    "Wie hulp nodig heeft, krijgt die zonder dat dit geld kost.",
    "Mantelzorg is zwaar, maar wij bieden passende ondersteuning.",
    "De inwoner krijgt passende hulp zonder hoge kosten.",
    "We bewaken de kwaliteit van de hulp, maar ook de uitgaven beperken we.",
    "De besparing op papier is binnen, maar de kwaliteit van het drukwerk moet beter.",
    "De gemeente ondersteunt verenigingen waar nodig, maar leden zijn zelf aan zet bij het onderhoud van het clubhuis.",
    "Inwoners lossen veel zelf op en helpen buren, maar weten niet altijd dat er professionele hulp is.",
    "De regio werkt efficiënter samen, terwijl de hulp dichtbij blijft dankzij het wijkteam.",
    "Het beleidskader is vastgesteld binnen het beschikbare budget en gaat over hulp voor kwetsbare mensen.",
    "Wij vragen het Rijk om voldoende budget, zodat hulp die nodig is beschikbaar blijft.",
    "Als een voorziening niet mogelijk is binnen het budget, zoekt het team een andere oplossing.",
    "De kwaliteit van leven van ouderen neemt toe, terwijl de zorgkosten dalen.",
    "Toezicht op aanbieders is verbeterd, maar professionals ervaren nog weinig ruimte.",
    "Hulp is vrijwillig, tenzij de rechter anders beslist.",
    "In het gezin is veel spanning, waardoor de veiligheid van de kinderen onder druk staat en eigen regie ontbreekt.",
    "De gemeente heeft een zorgplicht. Inwoners hebben hun eigen verantwoordelijkheid. Daarover gaat dit hoofdstuk.",
    "Passende hulp kost geld, maar levert ook veel op.",
    "De raad vraagt om een balans tussen inkomsten en uitgaven.",
    # nothing in the second sentence points at the first
    "Hulp dichtbij is de grootste winst van de wijkteams. Tegelijk botst het. Dossiers blijven dicht.",
]
"""Words that may stand for a pole, and a marker, but nothing limited."""


@pytest.mark.parametrize(("relation", "grade", "text"), TENSIONS)
def test_finds_a_tension_with_its_grade(relation: str, grade: int, text: str) -> None:
    found = {(f.relation, f.grade) for f in tensions(text) if f.grade >= 3}
    assert found == {(relation, grade)}


@pytest.mark.parametrize("text", LOOKALIKES + NEAR_MISSES)
def test_sees_no_tension_in_a_look_alike(text: str) -> None:
    assert [(f.relation, f.grade, f.marker) for f in tensions(text) if f.grade >= 3] == []


def test_most_look_alikes_hold_both_poles_of_a_tension() -> None:
    pairs = [set(r.codes) for r in BUNDLED.relations if r.kind == "tension"]
    held = [{s.code for s in CODER.code([Unit(text)])[0] if s.score >= 0.35} for text in LOOKALIKES]
    assert len([codes for codes in held if any(pair <= codes for pair in pairs)]) >= 25


@pytest.mark.parametrize(
    ("text", "limited", "limiting"),
    [
        ("We leveren maatwerk binnen het beschikbare budget.", "maatwerk", "efficientie_effectiviteit"),
        ("Binnen de financiële kaders leveren we maatwerk.", "maatwerk", "efficientie_effectiviteit"),
        ("We beheersen de kosten van de zorg, mits er maatwerk blijft.", "efficientie_effectiviteit", "maatwerk"),
        ("Rechtsgelijkheid stelt grenzen aan maatwerk.", "maatwerk", "gelijkheid"),
        ("Maatwerk wordt begrensd door de rechtszekerheid.", "maatwerk", "gelijkheid"),
        ("Rechtsgelijkheid weegt zwaarder dan maatwerk.", "maatwerk", "gelijkheid"),
    ],
)
def test_the_limited_pole_comes_first(text: str, limited: str, limiting: str) -> None:
    [flag] = [f for f in tensions(text) if f.grade == 3]
    assert flag.codes == (limited, limiting)


@pytest.mark.parametrize(
    "text",
    [
        "Binnen het maatwerk is er budget.",
        "Het budget besteden we binnen de ruimte die professionals krijgen.",
    ],
)
def test_a_limit_the_other_way_round_is_not_the_same_claim(text: str) -> None:
    assert [f for f in tensions(text) if f.grade >= 3 and f.codes[1] == "efficientie_effectiviteit"] == []


@pytest.mark.parametrize(
    ("relation", "grade", "text"),
    [
        ("ruimte_voor_maatwerk", 4, "Om maatwerk te kunnen leveren hebben professionals handelingsruimte nodig."),
        ("ruimte_voor_integraal", 4, "Integraal werken vraagt om professionals met mandaat."),
        ("ruimte_voor_maatwerk", 4, "Handelingsvrijheid voor de professional is een voorwaarde voor maatwerk."),
        ("ruimte_voor_maatwerk", 4, "Zonder mandaat voor professionals is maatwerk onmogelijk."),
        (
            "ruimte_voor_maatwerk",
            4,
            "Wij leveren maatwerk. Daarvoor is handelingsvrijheid van de professional noodzakelijk.",
        ),
        ("ruimte_voor_maatwerk", 3, "Professionals krijgen de ruimte en het vertrouwen om maatwerk te leveren."),
    ],
)
def test_finds_what_is_said_to_be_needed(relation: str, grade: int, text: str) -> None:
    flags = [f for f in flags_of(read([text])) if KINDS[f.relation] == "precondition"]
    assert [(f.relation, f.grade) for f in flags] == [(relation, grade)]
    assert flags[0].codes == BUNDLED_CODES[relation]


@pytest.mark.parametrize(
    "text",
    [
        "We bieden maatwerk en professionals krijgen mandaat.",
        "Maatwerk en handelingsvrijheid voor professionals zijn nodig om de doelen te halen.",
        "Dit vraagt om maatwerk, mandaat voor professionals en nabijheid.",
    ],
)
def test_sees_no_precondition_where_both_are_only_named(text: str) -> None:
    assert [f for f in flags_of(read([text])) if KINDS[f.relation] == "precondition"] == []


BUNDLED_CODES = {relation.id: relation.codes for relation in BUNDLED.relations}


@pytest.mark.parametrize(
    ("address", "text"),
    [
        ("geprioriteerd", "Maatwerk botst met rechtsgelijkheid; maatwerk gaat dan voor."),
        ("geprioriteerd", "Maatwerk staat op gespannen voet met rechtsgelijkheid. Het maatwerk staat daarbij voorop."),
        ("geprioriteerd", "Rechtsgelijkheid weegt zwaarder dan maatwerk."),
        ("geprioriteerd", "We bieden maatwerk, maar primair geldt de rechtszekerheid van de inwoner."),
        ("afgewogen", "Er is spanning tussen maatwerk en rechtsgelijkheid; de consulent weegt dit per geval af."),
        ("afgewogen", "Er is spanning tussen maatwerk en rechtsgelijkheid. Daarvoor gelden criteria."),
        ("afgewogen", "Maatwerk botst met rechtsgelijkheid, daarom is er een hardheidsclausule."),
        ("afgewogen", "We leveren alleen maatwerk als het belang zwaarder weegt dan de rechtsgelijkheid."),
        ("niet geadresseerd", "Er is spanning tussen maatwerk en rechtsgelijkheid."),
        ("niet geadresseerd", "Er is spanning tussen maatwerk en rechtsgelijkheid in het primair onderwijs."),
        ("niet geadresseerd", "Er is spanning tussen maatwerk en rechtsgelijkheid; het budget per inwoner is laag."),
        ("niet geadresseerd", "Er is spanning tussen maatwerk en rechtsgelijkheid. De bibliotheek staat voorop."),
        (
            "niet geadresseerd",
            "In eerste instantie gaan we uit van eigen kracht, maar houden een vangnet in stand als dat niet lukt.",
        ),
        ("niet geadresseerd", "Er is spanning tussen maatwerk en rechtsgelijkheid. In ieder geval is dat zo."),
    ],
)
def test_says_whether_the_text_ranks_or_weighs(address: str, text: str) -> None:
    assert {f.address for f in tensions(text) if f.grade >= 3} == {address}


def test_quotes_are_sentences_literally_from_the_text_with_their_page_and_marker() -> None:
    texts = ["Een inleiding.", "Wij helpen graag. Wij leveren maatwerk. Tegelijk sturen we op kostenbeheersing. Punt."]
    passages = read(texts, path=("1 Visie",))
    whole = "\n\n".join(texts)
    [flag] = [f for f in flags_of(passages) if f.grade == 3]
    assert (flag.left.text, flag.right.text) == ("Wij leveren maatwerk.", "Tegelijk sturen we op kostenbeheersing.")
    assert all(whole[q.start : q.end] == q.text for q in (flag.left, flag.right))
    assert (flag.left.page, flag.right.page, flag.left.heading_path) == (2, 2, ("1 Visie",))
    assert (flag.marker, flag.rule, flag.scope) == ("Tegelijk", "tegenstelling", "passage")


def test_line_ends_within_a_sentence_hide_no_marker() -> None:
    [flag] = [f for f in tensions("Maatwerk staat op gespannen\nvoet met\u00a0rechtsgelijkheid.") if f.grade == 4]
    assert flag.left.text == "Maatwerk staat op gespannen\nvoet met\u00a0rechtsgelijkheid."
    assert flag.marker == "op gespannen voet met"


def test_a_contrast_reaches_back_over_a_passage_break_in_one_section() -> None:
    texts = ["Wij leveren maatwerk.", "Tegelijkertijd sturen we op kostenbeheersing."]
    [flag] = flags_of(read(texts))
    assert (flag.grade, flag.left.page, flag.right.page) == (3, 1, 2)
    apart = [replace(p, heading_path=(str(p.number),)) for p in read(texts)]
    assert flags_of(apart) == []


def test_claims_side_by_side_are_flagged_once_a_section() -> None:
    texts = ["Wij leveren maatwerk.", "We sturen op kostenbeheersing.", "Wij bieden maatwerk.", "We zijn doelmatig."]
    flags = flags_of(read(texts, path=("2 Zorg",)))
    assert [(f.relation, f.grade, f.scope, f.marker) for f in flags] == [("maatwerk_efficientie", 2, "section", "")]


def test_claims_far_apart_or_in_other_sections_are_not_side_by_side() -> None:
    far = ["Wij leveren maatwerk.", *["Een tussenzin."] * 6, "We sturen op kostenbeheersing."]
    assert flags_of(read(far)) == []
    sections = [replace(p, heading_path=(str(p.number),)) for p in read([far[0], far[-1]])]
    assert flags_of(sections) == []


def test_doubtful_codings_do_not_stand_side_by_side() -> None:
    passages = read(["Wij leveren maatwerk.", "We sturen op kostenbeheersing."])
    version = TextVersion("doc", "test", "\n\n".join(p.text for p in passages))
    doubtful = code(passages, CODER, version.id, level="twijfel")
    assert find_flags(SOUGHT, "doc", version, passages, doubtful) == []


def test_what_only_the_classifier_sees_is_no_pole() -> None:
    passages = read(["We leveren maatwerk binnen het beschikbare budget."])
    version = TextVersion("doc", "test", passages[0].text)
    codings = [replace(c, methods={"classifier": 0.9}) for c in code(passages, CODER, version.id)]
    assert [f for f in find_flags(SOUGHT, "doc", version, passages, codings) if f.grade >= 3] == []


@pytest.mark.parametrize("kind", ["heading", "toc", "furniture", "title"])
def test_headings_and_furniture_hold_no_flags(kind: PassageKind) -> None:
    passages = read(["We leveren maatwerk binnen het beschikbare budget. Wij doen wat nodig is."])
    version = TextVersion("doc", "test", passages[0].text)
    codings = code(passages, CODER, version.id)
    assert find_flags(SOUGHT, "doc", version, [replace(p, kind=kind) for p in passages], codings) == []


def test_an_ambiguous_phrase_is_flagged_once_a_passage_with_its_sentence() -> None:
    [flag] = flags_of(read(["Dag. Wij doen wat nodig is. Echt wat nodig is."]))
    assert (flag.relation, flag.left.text, flag.left) == ("doen_wat_nodig_is", "Wij doen wat nodig is.", flag.right)
    assert flag.marker == "doen wat nodig is"


def test_works_with_any_codebook_and_its_own_markers() -> None:
    book = read_codebook(Path(__file__).parents[1] / "codebook" / "klimaat.toml")
    relations = (
        Relation("water_hitte", "tension", ("water", "hitte"), markers=("verdringt",)),
        Relation("bodem_groen", "tension", ("water.bodem", "groen")),
    )
    book = replace(book, relations=relations)
    coder = DictionaryCoder(book)

    def found(text: str) -> list[tuple[str, int, str]]:
        return [(f.relation, f.grade, f.rule) for f in flags_of(read([text]), book, coder) if f.grade >= 3]

    assert found("We bergen regenwater, maar bestrijden hittestress.") == [("water_hitte", 3, "tegenstelling")]
    assert found("We bergen regenwater. Dat verdringt de koele plek.") == [("water_hitte", 3, "eigen marker")]
    assert found("Regenwater zakt in de bodem, mits we vergroenen.") == [("bodem_groen", 3, "voorbehoud")]
    assert found("We bergen regenwater, mits we vergroenen.") == []


def test_a_term_whose_code_the_whole_coder_only_doubts_is_no_pole_by_itself() -> None:
    passages = read(["Maatwerk kost geld, waardoor de doelmatigheid verloren gaat."])
    version = TextVersion("doc", "test", passages[0].text)
    codings = code(passages, CODER, version.id)
    overruled = [
        replace(c, level="twijfel", score=0.2, methods={**c.methods, "classifier": 0.2}) if c.code == "maatwerk" else c
        for c in codings
    ]
    grades = [
        [f.grade for f in find_flags(SOUGHT, "doc", version, passages, found) if f.relation == "maatwerk_efficientie"]
        for found in (codings, overruled)
    ]
    assert grades == [[4], []]


def test_poles_are_heard_beside_a_marker_and_code_nothing() -> None:
    poles = {"efficientie_effectiviteit": ("portemonnee ~3 stad",), "maatwerk": ("apart pad",)}
    book = replace(BUNDLED, codes=tuple(replace(c, poles=poles.get(c.id, ())) for c in BUNDLED.codes))

    def found(text: str) -> list[str]:
        return [f.relation for f in flags_of(read([text]), book) if f.grade >= 3]

    text = "Consulenten leveren maatwerk, mits de portemonnee van de stad het toelaat."
    assert (found(text), tensions(text)) == (["maatwerk_efficientie"], [])
    assert found("Elk gezin krijgt een apart pad, mits de portemonnee van de stad het toelaat.") == []
    assert (book.matching, book.relating == BUNDLED.relating) == (BUNDLED.matching, False)
    assert DictionaryCoder(book).code([Unit(text)]) == CODER.code([Unit(text)])


def test_a_codebook_without_relations_gives_no_flags() -> None:
    assert flags_of(read(["We leveren maatwerk binnen het budget."]), replace(BUNDLED, relations=())) == []
    assert flags_of([]) == []


POLES_ONLY = [(c.id, text) for c in BUNDLED.codes if c.poles and not c.patterns for text in c.examples]


@pytest.mark.parametrize(("code", "text"), POLES_ONLY)
def test_a_code_that_is_only_a_pole_is_heard_in_its_examples(code: str, text: str) -> None:
    assert code in {pole for flag in flags_of(read([text])) for pole in flag.codes}


def test_flags_come_in_the_order_of_the_text() -> None:
    texts = [text for _, _, text in reversed(TENSIONS)]
    starts = [f.left.start for f in flags_of(read(texts))]
    assert starts == sorted(starts)


def test_a_very_long_stretch_without_full_stops_costs_no_more_than_its_length() -> None:
    def calls(times: int) -> int:
        """Functions called, which are the same on every machine, where seconds are not."""
        passages = read(["maatwerk binnen het budget maar ook tussen doelmatigheid en niet " * times])
        count = 0

        def counting(frame: FrameType, event: str, argument: object) -> None:
            nonlocal count
            count += 1

        sys.setprofile(counting)
        try:
            flags_of(passages)
        finally:
            sys.setprofile(None)
        return count

    calls(50)  # loads what is loaded once
    assert calls(1600) < 10 * calls(200)  # eight times the text; every pair of words would be 64 times the work
