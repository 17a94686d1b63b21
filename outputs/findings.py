"""What stands out, on the front page: by rule from the tables, each with its figure, a quote and how sure it is."""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import groupby

from coding.priorities import SEARCHED
from outputs.ambiguity import Ambiguous, Use, differing
from outputs.concrete import Placed
from outputs.coverage import Named
from outputs.finding import Finding, Matter
from outputs.priorities import Priorities
from outputs.quotes import Meeting
from outputs.wording import STATUSES, UNKNOWN_MUNICIPALITY, _, counted, listing, number, percent

MOST = 5
_TOGETHER = _("Het citaat is de passage die de meeste uitgangspunten samen noemt.")
FEW_WORDS = 3000
"""Words (some ten pages) under which a municipality's silence says little."""
NAMED = 3
"""Municipalities that a caution names; more are counted."""
RARE = 0.05
"""Share under which something is called rare."""
ENOUGH = 10
"""Passages of a theme from which a share of it may stand in a finding."""


def findings(matter: Matter) -> tuple[Finding, ...]:
    """Return at most five findings, in the order of the rules; a rule that the data do not bear gives none."""
    if not matter.table.total.basis.documents:
        return ()
    found = (rule(matter) for rule in _RULES)
    return tuple([finding for finding in found if finding is not None][:MOST])


def _spread(matter: Matter) -> Finding | None:
    """Which principles all municipalities have, and which the fewest."""
    homes = matter.named[0].of if matter.named else 0
    having = {n.theme.id: len(n.named) + len(n.candidate) for n in matter.named}
    if homes < 2 or not any(having.values()):
        return None
    everywhere = [n for n in matter.named if having[n.theme.id] == homes]
    least = min(matter.named, key=lambda n: (having[n.theme.id], -len(n.none)))
    text = _("%(all)s van de %(themes)s %(state)s in alle %(homes)s gemeenten") % {
        "all": number(len(everywhere)),
        "themes": counted(len(matter.named), _("uitgangspunt"), _("uitgangspunten")),
        "state": _state_verb(everywhere or matter.named, plural=len(everywhere) != 1),
        "homes": number(homes),
    }
    if having[least.theme.id] < homes:
        alike = [n for n in matter.named if having[n.theme.id] == having[least.theme.id]]
        homed = having[least.theme.id] and len(alike) == 1
        text += _("; %(theme)s het minst: in %(n)s%(where)s") % {
            "theme": listing([n.theme.label.lower() for n in alike]) if len(alike) <= NAMED else _least(len(alike)),
            "n": number(having[least.theme.id]),
            "where": f" ({listing((*least.named, *least.candidate))})" if homed else "",
        }
    return Finding(
        id="spreiding",
        title=_("Wat gemeenten delen"),
        sentence=f"{text}.",
        figure=_("%(n)s van %(of)s") % {"n": number(len(everywhere)), "of": number(len(matter.named))},
        unit=_("uitgangspunten in alle gemeenten"),
        standing=_standing(matter, sum(len(n.named) for n in matter.named)),
        caution=_thin(matter),
        quote=matter.quotes.get(least.theme.id) or next(iter(matter.quotes.values()), None),
        chapter="themas",
    )


def _ranking(matter: Matter) -> Finding | None:
    """Whether municipalities that endorse principles rank them."""
    endorsing = [p for p in matter.priorities if len(p.endorsed) > 1]
    if not endorsing:
        return None
    ranking = [p for p in endorsing if p.goals]
    silent = [p for p in endorsing if not p.goals]
    searched = _("gezocht is op %(words)s en %(more)s andere wendingen") % {
        "words": ", ".join(f"‘{words}’" for words in SEARCHED[:5]),
        "more": number(len(SEARCHED) - 5),
    }
    if ranking:
        first = _("In %(n)s van de %(of)s gemeenten zet een tekst een uitgangspunt voorop: %(which)s") % {
            "n": number(len(ranking)),
            "of": number(len(endorsing)),
            "which": listing(
                [_("%(theme)s in %(home)s") % {"theme": _themes(p), "home": p.municipality} for p in ranking[:3]]
            ),
        }
    else:
        first = _("In geen van de %s gemeenten is een uitgangspunt gevonden dat voorop staat") % number(len(endorsing))
    most = max(silent, key=lambda p: len(p.endorsed), default=None)
    if most is not None:
        first += _("; bij %(home)s zijn er %(n)s %(state)s en is geen rangorde gevonden") % {
            "home": most.municipality,
            "n": number(len(most.endorsed)),
            "state": _ranking_state(most),
        }
    quoted = next((Placed(p.municipality, r.quote) for p in ranking for r in p.goals), None)
    return Finding(
        id="rangorde",
        title=_ranking_title(len(ranking), len(silent)),
        sentence=f"{first} ({searched}).",
        figure=_("%(n)s van %(of)s") % {"n": number(len(silent)), "of": number(len(endorsing))},
        unit=_("gemeenten zonder gevonden rangorde"),
        standing=_standing(matter, sum(len(p.named) for p in endorsing)),
        caution=" ".join(filter(None, (_thin(matter), _TOGETHER if matter.together and not quoted else ""))),
        quote=quoted or matter.together,
        chapter="rangorde",
    )


def _abstract(matter: Matter) -> Finding | None:
    """How much says only what is wanted, and for which theme most."""
    passages = sum(matter.overall.values())
    if passages < ENOUGH:
        return None
    only, norms = matter.overall["wat"], matter.overall["handelingsnorm"]
    text = _(
        "%(what)s van de %(all)s zegt alleen wat de gemeente wil; in %(norm)s is een norm gevonden om naar te handelen"
    ) % {
        "what": percent(only / passages),
        "all": counted(passages, _("passage"), _("passages")),
        "norm": percent(norms / passages),
    }
    sized = [w for w in matter.said if w.passages >= ENOUGH]
    extremes = {e.theme.id: e for e in matter.extremes}
    quote = None
    if sized:
        most = max(sized, key=lambda w: w.what / w.passages)
        quote = extremes[most.theme.id].abstract if most.theme.id in extremes else None
        text += _(
            ". Van de thema's met %(enough)s passages of meer blijft %(theme)s het vaakst bij wat: %(n)s van de %(of)s"
        ) % {
            "enough": number(ENOUGH),
            "theme": most.theme.label.lower(),
            "n": number(most.what),
            "of": number(most.passages),
        }
    return Finding(
        id="wat-of-hoe",
        title=_abstract_title(only / passages, norms / passages),
        sentence=f"{text}.",
        figure=percent(only / passages),
        unit=_("zegt alleen ‘wat’"),
        standing=_standing(matter, matter_accepted(matter)),
        caution=_("Bepaald met regels op woorden; ‘hoe’ is een middel, bedrag, termijn of norm."),
        quote=quote or next((e.abstract for e in matter.extremes if e.abstract), None),
        chapter="wat-hoe",
    )


def _tension(matter: Matter) -> Finding | None:
    """The tension that the texts themselves speak of in most municipalities."""
    ordered = sorted(matter.meetings, key=lambda m: m.label)
    groups = [list(group) for _label, group in groupby(ordered, key=lambda m: m.label)]
    if not groups:
        return None
    spread = [(len(_homes(group)), len(group)) for group in groups]
    best = max(groups, key=lambda g: (len(_homes(g)), len(g), max(m.grade for m in g), g[0].label))
    meetings = sorted(best, key=lambda m: -m.grade)
    is_first = spread.count(max(spread)) == 1 and len(groups) > 1
    homes = _homes(meetings)
    open_ones = sum(m.address == "niet geadresseerd" for m in meetings)
    named = sum(m.grade > 3 for m in meetings)
    text = _("%(label)s: op %(n)s in %(homes)s %(verb)s; %(open)s is gevonden wat voorgaat of wie afweegt") % {
        "label": meetings[0].label,
        "n": counted(len(meetings), _("plaats"), _("plaatsen")),
        "homes": listing(homes) if len(homes) <= 3 else counted(len(homes), _("gemeente"), _("gemeenten")),
        "verb": _("benoemt de tekst de spanning") if named == len(meetings) else _tension_verb(named),
        "open": _("op %s") % number(len(meetings) - open_ones) if open_ones < len(meetings) else _("nergens"),
    }
    return Finding(
        id="spanning",
        title=_("De spanning die in de meeste gemeenten staat") if is_first else _("Een spanning in de tekst"),
        sentence=f"{text}.",
        figure=_("%(n)s van %(of)s") % {"n": number(len(meetings)), "of": number(len(matter.meetings))},
        unit=_("plaatsen waar uitgangspunten elkaar begrenzen"),
        standing=_tension_standing(meetings),
        caution="",
        quote=_meeting_quote(meetings[0]),
        chapter="spanningen",
    )


def _least(count: int) -> str:
    return _("%s andere") % number(count)


def _homes(meetings: Sequence[Meeting]) -> list[str]:
    """Return the municipalities, each once: a regional document is of several."""
    return sorted({home for m in meetings for home in m.homes})


def _ranking_title(ranking: int, silent: int) -> str:
    if not ranking:
        return _("Wel uitgangspunten, geen rangorde gevonden")
    return _("Meestal geen rangorde gevonden") if silent > ranking else _("Wat voorop staat")


def _ranking_state(priorities: Priorities) -> str:
    if not priorities.named:
        return _("kandidaat")
    return _("genoemd") if not priorities.candidate else _("genoemd of kandidaat")


def _abstract_title(only: float, norms: float) -> str:
    if only >= 0.5:
        return _("Vaker wat dan hoe")
    return _("Vaak een middel, zelden een norm gevonden") if norms < RARE else _("Wat en hoe")


def _tension_standing(meetings: Sequence[Meeting]) -> str:
    judged = sum(m.status == STATUSES["accepted"] for m in meetings)
    if not judged:
        return _("Aanwijzing van een programma: lees de citaten.")
    return _("Mensen hebben er %(n)s van de %(of)s aanvaard.") % {"n": number(judged), "of": number(len(meetings))}


def _tension_verb(named: int) -> str:
    if not named:
        return _("begrenst het ene het andere")
    return _("begrenst het ene het andere of noemt de tekst de spanning zelf")


def _missing(matter: Matter) -> Finding | None:
    """A principle that people found, without what it needs: only where people searched for that and found nothing."""
    lacking = [p for p in matter.preconditions if p.outcome == "voorwaarde niet gevonden"]
    if not lacking:
        return None
    relation = Counter(p.relation for p in lacking).most_common(1)[0][0]
    own = [p for p in lacking if p.relation == relation]
    judged = sum(p.relation == relation and p.outcome != "nog niet beoordeeld" for p in matter.preconditions)
    return Finding(
        id="voorwaarde",
        title=_("Een uitgangspunt zonder wat het nodig heeft"),
        sentence=_("%(homes)s: %(needing)s genoemd, %(needed)s niet gevonden in deze documenten.")
        % {
            "homes": listing([p.municipality for p in own]),
            "needing": own[0].needing_label.lower(),
            "needed": own[0].needed_label.lower(),
        },
        figure=_("%(n)s van %(of)s") % {"n": number(len(own)), "of": number(judged)},
        unit=_("beoordeelde gemeenten waar de voorwaarde ontbreekt"),
        standing=_("Door mensen gelezen: %s.") % own[0].searched,
        caution="",
        quote=matter.quotes.get(own[0].needing),
        chapter="voorwaarden",
    )


def _phrase(matter: Matter) -> Finding | None:
    """The phrase that goes with other themes in one municipality than in another."""
    phrase = differing(matter.ambiguous)
    return None if phrase is None else _of_phrase(phrase)


def _wide_phrase(matter: Matter) -> Finding | None:
    """A phrase of the codebook that stands in several municipalities, where none is seen to be read differently."""
    wide = (p for p in matter.ambiguous if len(p.uses) > 1 and p.relation is not None)
    phrase = next(wide, None)
    return None if phrase is None or differing(matter.ambiguous) else _of_phrase(phrase)


def _of_phrase(phrase: Ambiguous) -> Finding:
    text = _("%(phrase)s staat in %(homes)s (%(n)s)") % {
        "phrase": phrase.phrase,
        "homes": counted(len(phrase.uses), _("gemeente"), _("gemeenten")),
        "n": counted(phrase.passages, _("passage"), _("passages")),
    }
    apart = _told_apart(phrase)
    if apart is None:
        text += _("; bij %(n)s daarvan staat niet hoe") % {"n": number(sum(use.what for use in phrase.uses))}
    else:
        text += _(", maar gaat in %(one)s en in %(other)s") % {"one": _goes(apart[0]), "other": _goes(apart[1])}
    quoted = (apart or phrase.uses)[0]
    return Finding(
        id="meerduidig",
        title=_("Dezelfde woorden bij andere thema's") if apart else _("Woorden die meer kunnen betekenen"),
        sentence=f"{text}.",
        figure=number(phrase.passages),
        unit=_("passages met %s") % phrase.phrase,
        standing=_("Thema's zijn geteld zoals in de andere tabellen; wat de frase betekent, is aan de lezer."),
        caution="",
        quote=Placed(quoted.municipality, quoted.quote),
        chapter="meerduidig",
    )


def _aims(matter: Matter) -> Finding | None:
    """Whether the principles are for society or for the organisation."""
    total = {a.aim: a for a in matter.aims if a.group == matter.table.total.name}
    if len(total) < 2 or sum(a.coded for a in total.values()) < ENOUGH:
        return None
    society, work = total["societal"], total["organisational"]
    text = _(
        "%(society)s van de %(all)s coderingen hoort bij een doel voor inwoners en samenleving, %(work)s bij hoe "
        "gemeente en professionals werken"
    ) % {
        "society": percent(society.share),
        "all": number(society.coded + work.coded),
        "work": percent(work.share),
    }
    larger = max(society, work, key=lambda a: a.coded)
    return Finding(
        id="doelen",
        title=_("Waarvoor de uitgangspunten dienen"),
        sentence=f"{text}.",
        figure=percent(work.share),
        unit=_("gaat over de eigen organisatie"),
        standing=_standing(matter, matter_accepted(matter)),
        caution=_("Welk uitgangspunt waarvoor dient, zegt het codeboek."),
        quote=next((matter.quotes[t.id] for t in larger.themes if t.id in matter.quotes), None),
        chapter="doelen",
    )


_RULES: tuple[Callable[[Matter], Finding | None], ...] = (
    _spread,
    _ranking,
    _abstract,
    _tension,
    _missing,
    _phrase,
    _aims,
    _wide_phrase,
)


def matter_accepted(matter: Matter) -> int:
    """Return how many passages × themes people accepted."""
    return sum(cell.accepted for cell in matter.table.total.cells)


def _state_verb(named: Sequence[Named], *, plural: bool) -> str:
    """Say *genoemd* only of what people accepted everywhere."""
    verb = _("zijn") if plural else _("is")
    if not any(n.named for n in named):
        return _("%s kandidaat") % verb
    if not any(n.candidate for n in named):
        return _("%s genoemd") % verb
    return _("%s genoemd of kandidaat") % verb


def _standing(matter: Matter, accepted: int) -> str:
    if not matter_accepted(matter):
        return _("Kandidaat: door een programma aangewezen, door niemand nagelezen.")
    passages = sum(c.coded for c in matter.table.total.cells)
    return _("Mensen hebben %(accepted)s van de %(all)s aanvaard; de rest is kandidaat.") % {
        "accepted": number(matter_accepted(matter)),
        "all": counted(passages, _("codering"), _("coderingen")),
    } + ("" if accepted else " " + _("Van deze bevinding is nog niets door mensen aanvaard."))


def _thin(matter: Matter) -> str:
    thin = [r.name for r in matter.table.rows if r.basis.words < FEW_WORDS and r.name != UNKNOWN_MUNICIPALITY]
    if not thin:
        return ""
    homes = sum(row.name != UNKNOWN_MUNICIPALITY for row in matter.table.rows)
    which = listing(thin)
    if len(thin) > NAMED:
        which = _("%(n)s van de %(of)s gemeenten") % {"n": number(len(thin)), "of": number(homes)}
    if len(thin) == homes and homes > 1:
        which = _("alle %s gemeenten") % number(homes)
    return _("Van %s is weinig tekst gelezen: wat daar niet is gevonden, kan elders staan.") % which


def _themes(priorities: Priorities) -> str:
    return listing([theme.label.lower() for theme in priorities.ranked])


def _told_apart(phrase: Ambiguous) -> tuple[Use, Use] | None:
    """Return two municipalities in which other themes lead, those with most passages first."""
    leading = [use for use in phrase.uses if use.leading]
    for i, one in enumerate(leading):
        for other in leading[i + 1 :]:
            if one.leading != other.leading:
                return one, other
    return None


def _goes(use: Use) -> str:
    code, count = use.themes[0]
    return _("%(home)s het vaakst met %(theme)s (%(n)s van %(of)s)") % {
        "home": use.municipality,
        "theme": code.label.lower(),
        "n": number(count),
        "of": number(use.passages),
    }


def _meeting_quote(meeting: Meeting) -> Placed | None:
    """Return the quote with the marker, else the first."""
    shown = [quote for _label, quote in meeting.quotes]
    marked = next((q for q in shown if any(part.marked for part in q.parts)), None)
    return Placed(meeting.municipality, marked or shown[0]) if shown else None
