"""A comparison as an answer: the sentence first, then what to mind, the figures, quotes for and against, and words."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from coding.estimation import Interval
from corpus.model import Document
from outputs.comparing import (
    FEW_DOCUMENTS,
    REST,
    SMALL,
    Comparison,
    ComparisonError,
    Contrast,
    Group,
    comparable,
    compare,
)
from outputs.coverage import UNKNOWN, Dimension, Named, grouped, named_within, readable
from outputs.figures import Drawing
from outputs.figures.contrasts import dumbbell, over_years, tree, word_bars
from outputs.figures.coverage import heat_map_of
from outputs.keyness import LEAST, Keyword, Wording, count_words, keywords, top
from outputs.likeness import ENOUGH, Likeness, likeness
from outputs.quotes import Shown, quotable, theme_quotes
from outputs.records import Record, Study
from outputs.wording import UNKNOWN_MUNICIPALITY, _, decimal, listing, number, percent

TITLES: dict[Dimension, str] = {
    "municipality": _("Gemeenten"),
    "size_class": _("Grootte van de gemeente"),
    "province": _("Provincie"),
    "kind": _("Soort document"),
    "year": _("Jaar"),
    "law": _("Wet"),
    "source": _("Beleid en praktijk"),
}
"""The dimensions in the order in which a report compares them."""
STEMS: dict[Dimension, str] = {
    "municipality": "gemeente",
    "size_class": "grootte",
    "province": "provincie",
    "kind": "soort",
    "year": "jaar",
    "law": "wet",
    "source": "bron",
}
"""What files of a dimension are called."""
_QUOTES = 2
"""Quotes for and against each."""
_NAMED = 3
"""Differences that the answer names."""


@dataclass(frozen=True, slots=True)
class GroupWords:
    """The words that mark a group against the others, names and laws apart."""

    group: str
    words: tuple[Keyword, ...]
    names: tuple[Keyword, ...]
    laws: tuple[Keyword, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A comparison as it is shown. ``claim`` is what the quotes speak for and against."""

    name: str
    title: str
    comparison: Comparison
    sentences: tuple[str, ...]
    named: tuple[tuple[str, tuple[Named, ...]], ...]
    """Per group 'n van de N gemeenten' a theme; empty where the groups are municipalities or were chosen."""
    cautions: tuple[str, ...]
    drawings: tuple[Drawing, ...]
    claim: str
    quotes_for: tuple[tuple[str, Shown], ...]
    quotes_against: tuple[tuple[str, Shown], ...]
    words: tuple[GroupWords, ...]


def answer(study: Study, comparison: Comparison, wording: Wording, about: tuple[str, str] | None = None) -> Answer:
    """Return the answer to a comparison.

    ``about`` is the stem of its files and what it is called, of one of chosen groups or documents; without it the
    comparison is of a whole dimension.
    """
    stem, shown_title = about or (f"vergelijking-{STEMS[comparison.by]}", TITLES[comparison.by])
    whole = about is None
    known = [g for g in comparison.groups if not g.is_unknown] or list(comparison.groups)
    words = tuple(_words(group, known, wording, with_names=not study.anonymous) for group in known)
    alike = None if comparison.by == "year" or _overlaps(known) else likeness(comparison.table)
    top_contrast = next((c for c in comparison.contrasts[:1] if c.points > 0), None)
    records = quotable(study)
    pro = _quotes(records, top_contrast, top_contrast.high, top_contrast.low) if top_contrast else ()
    con = _quotes(records, top_contrast, top_contrast.low, top_contrast.high) if top_contrast else ()
    return Answer(
        name=stem,
        title=shown_title,
        comparison=comparison,
        sentences=(*_sentences(comparison), *([_alike(alike)] if alike else [])),
        named=named_within(study, comparison.by) if whole and comparison.by != "municipality" else (),
        cautions=(*_cautions(comparison, known), *([_tree_note(alike)] if alike else [])),
        drawings=tuple(_drawings(stem, shown_title, comparison, words, alike)),
        claim=_claim(comparison.by, top_contrast) if top_contrast else "",
        quotes_for=pro,
        quotes_against=con,
        words=words,
    )


def where(by: Dimension, name: str) -> str:
    """Say where, in a sentence: ``in Zeist``, ``in de G4``, ``in documenten over de Wmo``."""
    if name == REST:
        return _("in de overige documenten")
    if name in (UNKNOWN, UNKNOWN_MUNICIPALITY):
        return _("waar dat onbekend is")
    if by == "size_class":
        return _("in de overige gemeenten") if name == "overig" else _("in de %s") % name
    forms = {
        "province": _("in gemeenten in %s"),
        "kind": _("in ‘%s’"),
        "law": _("in documenten over de %s"),
    }
    return forms.get(by, _("in %s")) % name


def _sentences(comparison: Comparison) -> list[str]:
    firm = [c for c in comparison.contrasts if not c.doubts]
    count = len(comparison.contrasts)
    if not firm:
        first = comparison.contrasts[0]
        if first.points <= 0:
            return [_("Er is bij geen enkel thema een verschil.")]
        return [
            _("Bij geen enkel thema houdt een verschil stand. Het grootste is dat bij %(what)s, maar %(doubts)s.")
            % {"what": _stated(comparison.by, first), "doubts": listing(first.doubts)}
        ]
    named = [_stated(comparison.by, c) for c in firm[:_NAMED]]
    text = _("Het duidelijkst is het verschil bij %s.") % "; ".join(named)
    rest = count - len(firm)
    if rest:
        text += " " + _("Bij %(rest)s van de %(all)s thema's is er geen verschil dat standhoudt.") % {
            "rest": number(rest),
            "all": number(count),
        }
    return [text]


def _stated(by: Dimension, contrast: Contrast) -> str:
    margin = contrast.interval
    text = _("%(theme)s (%(high)s van de passages %(there)s, %(low)s %(here)s%(margin)s)")
    return text % {
        "theme": contrast.theme.label.lower(),
        "high": _share(contrast, 0),
        "there": where(by, contrast.high.name),
        "low": _share(contrast, 1),
        "here": where(by, contrast.low.name),
        "margin": _("; verschil %s") % _points(margin) if margin else "",
    }


def _share(contrast: Contrast, side: int) -> str:
    shown = percent(contrast.shares[side])
    return _("naar schatting %s") % shown if contrast.interval and side == 0 else shown


def _points(interval: Interval) -> str:
    """Write a difference in percentage points with its interval."""
    value, low, high = (decimal(100 * x, 1).replace("-", "−") for x in (interval.value, interval.low, interval.high))
    return _("%(value)s punt, 95%%-interval voor codeerfouten %(low)s tot %(high)s") % {
        "value": value,
        "low": low,
        "high": high,
    }


def _claim(by: Dimension, contrast: Contrast) -> str:
    text = _("%(theme)s staat er vaker %(high)s dan %(low)s") % {
        "theme": contrast.theme.label,
        "high": where(by, contrast.high.name),
        "low": where(by, contrast.low.name),
    }
    return text + _(" (houdt geen stand)") if contrast.doubts else text


def _alike(found: Likeness) -> str:
    known = {
        **dict(zip("ab", found.closest[:2], strict=True)),
        "d": decimal(found.closest[2]),
        **dict(zip("vw", found.farthest[:2], strict=True)),
        "e": decimal(found.farthest[2]),
    }
    return (
        _(
            "In de verdeling over de thema's lijken %(a)s en %(b)s het meest op elkaar (afstand %(d)s op een schaal "
            "van 0 tot 1), %(v)s en %(w)s het minst (%(e)s)."
        )
        % known
    )


def _cautions(comparison: Comparison, known: Sequence[Group]) -> list[str]:
    """Return what a reader must mind of this comparison: size, and what else sets the groups apart."""
    texts = []
    few = [f"{g.name} ({len(g.documents)})" for g in known if len(g.documents) < FEW_DOCUMENTS]
    if few:
        texts.append(
            _("Minder dan %(few)s documenten: %(names)s.") % {"few": number(FEW_DOCUMENTS), "names": listing(few)}
        )
    small = [f"{g.name} ({number(g.row.basis.words)})" for g in known if g.is_small]
    if small:
        texts.append(_("Minder dan %(words)s woorden: %(names)s.") % {"words": number(SMALL), "names": listing(small)})
    texts += _confounded(comparison)
    if _overlaps(known):
        texts.append(_("Een document dat in meer dan één groep valt, telt in elk ervan mee."))
    return texts


def _overlaps(groups: Sequence[Group]) -> bool:
    return len({d.id for g in groups for d in g.documents}) < sum(len(g.documents) for g in groups)


def _confounded(comparison: Comparison) -> list[str]:
    """Say what else sets the two groups of the first contrast apart: kinds of document, a single municipality."""
    if not comparison.contrasts:
        return []
    texts = []
    groups = (comparison.contrasts[0].high, comparison.contrasts[0].low)
    kinds = [{d.kind or UNKNOWN for d in g.documents} for g in groups]
    if comparison.by != "kind" and kinds[0] != kinds[1]:
        pairs = zip(groups, (kinds[0] - kinds[1], kinds[1] - kinds[0]), strict=True)
        alone = [
            _("alleen %(where)s %(kinds)s") % {"where": where(comparison.by, g.name), "kinds": listing(sorted(k))}
            for g, k in pairs
            if k
        ]
        both = (
            _("De groepen hebben geen soort document gemeen")
            if not kinds[0] & kinds[1]
            else _("De groepen verschillen in soort document")
        )
        texts.append(
            _("%(both)s (%(alone)s): een verschil kan daarvan komen.") % {"both": both, "alone": "; ".join(alone)}
        )
    homes = [{m.name for d in g.documents for m in d.municipalities} for g in groups]
    single = [f"{g.name}: {next(iter(h))}" for g, h in zip(groups, homes, strict=True) if len(h) == 1]
    if comparison.by not in ("municipality", "year") and single and homes[0] != homes[1]:
        texts.append(_("Een groep die uit één gemeente bestaat, zegt iets over die gemeente (%s).") % "; ".join(single))
    return texts


def general_cautions(study: Study, *, measured: bool) -> tuple[str, str]:
    """Return what holds of every comparison: how sure the coding is, and that nothing reaches beyond the study.

    ``measured``: a judged sample gave intervals.
    """
    chosen = _(
        "De documenten zijn gekozen, niet getrokken: dit zegt niets over gemeenten of documenten buiten de studie."
    )
    if measured:
        sure = _(
            "Het interval is dat van codeerfouten, uit de beoordeelde steekproef van %s passages; het rekent mee dat "
            "het programma in de ene groep meer mist of ten onrechte aanwijst dan in de andere. Een verschil houdt "
            "stand als het daarbuiten valt, het grootste aandeel ten minste anderhalf keer het kleinste is en uit vijf "
            "of meer passages bestaat, en het niet aan één document hangt."
        ) % number(len(study.snapshot.sample))
    else:
        sure = _(
            "Zonder beoordeelde steekproef (‘rodedraad sample’) is er geen interval voor codeerfouten. Een verschil "
            "houdt hier stand als het grootste aandeel ten minste anderhalf keer het kleinste is en uit vijf of meer "
            "passages bestaat, en het verschil blijft: of nu alleen telt wat zeker of aanvaard is, ook wat "
            "waarschijnlijk is of ook alle twijfel, en zonder elk document apart."
        )
    return sure, chosen


def _quotes(records: Sequence[Record], contrast: Contrast, group: Group, other: Group) -> tuple[tuple[str, Shown], ...]:
    """Return the best quotes of the contrast's theme in a group and not in the other, of as many municipalities."""
    ids = {d.id for d in group.documents} - {d.id for d in other.documents}
    homes = theme_quotes([r for r in records if r.place.document.id in ids], contrast.theme.id)
    turns = [(i, g.municipality, quote) for g in homes for i, quote in enumerate(g.quotes)]
    return tuple((home, quote) for _i, home, quote in sorted(turns, key=lambda t: t[0])[:_QUOTES])


def _words(group: Group, groups: Sequence[Group], wording: Wording, *, with_names: bool) -> GroupWords:
    own = {d.id for d in group.documents}
    others: dict[str, Document] = {d.id: d for g in groups for d in g.documents if d.id not in own}
    found = keywords(wording, group.documents, list(others.values())) if others else []
    names = tuple(top(found, "name", 6)) if with_names else ()
    return GroupWords(group.name, tuple(top(found, "word")), names, tuple(top(found, "law", 6)))


def words_note() -> str:
    """Say how the words that mark a group were found."""
    return _(
        "Aantal keer in de groep / in de andere groepen, in lopende tekst. Maat: log-odds met een informatieve "
        "Dirichlet-prior (Monroe, Colaresi en Quinn 2008), z ten minste 1,96, ten minste %(least)s keer en in twee "
        "documenten waar die er zijn. Namen (hoofdletter midden in de zin) en wetten staan apart. Dit is geen toets: "
        "van duizenden woorden halen er altijd enkele de grens, en een woord kan bij één soort document horen."
    ) % {"least": number(LEAST)}


def _drawings(
    stem: str, title: str, comparison: Comparison, words: Sequence[GroupWords], alike: Likeness | None
) -> list[Drawing]:
    groups = [g for g in comparison.groups if g.row.basis.passages and not g.is_unknown]
    rows = [g.row for g in groups] or [g.row for g in comparison.groups]
    drawings = []
    if comparison.by == "year" and len(rows) > 1:
        drawings.append(over_years(stem, _("Aandeel van de passages per thema, per jaar"), rows))
    elif len(rows) == 2:
        drawings.append(
            dumbbell(stem, _("Aandeel van de passages per thema"), (rows[0], rows[1]), comparison.intervals)
        )
    elif comparison.by != "municipality":
        drawings.append(
            heat_map_of(stem, _("%s en thema's: aantal gecodeerde passages") % title, rows, comparison.table.themes)
        )
    if alike:
        drawings.append(tree(f"{stem}-boom", _("Hoe de profielen op elkaar lijken"), alike))
    if len(words) == 2 and any(side.words for side in words):
        sides = [(side.group, side.words) for side in words]
        drawings.append(word_bars(f"{stem}-woorden", _("Woorden die elke groep onderscheiden"), sides))
    return drawings


def _tree_note(alike: Likeness) -> str:
    text = _(
        "Gelijkenis: Hellinger-afstand tussen de verdelingen van de gecodeerde passages over de thema's, samengevoegd "
        "met gemiddelde koppeling (UPGMA); cofenetische correlatie %s."
    ) % decimal(alike.fit)
    if alike.left_out:
        known = {"few": number(ENOUGH), "names": listing(alike.left_out)}
        text += " " + _("Met minder dan %(few)s gecodeerde passages niet ingedeeld: %(names)s.") % known
    return text


def ask(
    study: Study, by: Dimension, *, names: tuple[str, str] | None = None, municipality: str | None = None
) -> Answer:
    """Return the answer to one question: groups of a dimension, perhaps two by name, perhaps of one municipality.

    Raise `ComparisonError` when there is nothing to compare, or no group or municipality of that name.
    """
    documents = readable(study)
    homes = dict(grouped(documents, "municipality"))
    home = next((h for h in homes if municipality is not None and h.casefold() == municipality.casefold()), None)
    if municipality is not None and home is None:
        raise ComparisonError(
            _("Er zijn geen documenten van '%(name)s'; wel van: %(known)s.")
            % {"name": municipality, "known": ", ".join(homes)}
        )
    comparison = compare(study, by, names=names, among=documents if home is None else homes[home])
    parts = (*([home] if home else []), *([g.name for g in comparison.groups] if names else []))
    about = None
    if parts:
        stem = "-".join(("vergelijking", STEMS[by], *(_stem(part) for part in parts)))
        about = (stem, ": ".join((TITLES[by], ", ".join(parts))))
    return answer(study, comparison, count_words(study), about)


def _stem(name: str) -> str:
    """Return a name as part of a file's: letters and digits without accents, hyphens between."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "x"


def answers(study: Study, wording: Wording) -> tuple[Answer, ...]:
    """Return the answers for every dimension in which the study has two known groups, but not those of one name."""
    dimensions = [by for by in TITLES if comparable(study, by)]
    return tuple(answer(study, compare(study, by), wording) for by in dimensions)


def changes(study: Study, wording: Wording) -> tuple[Answer, ...]:
    """Return per municipality with documents of more than one year how it changed, within one kind where that can be.

    Of the kinds of document the one with the most years is taken: other years of another kind are no change.
    """
    found: list[Answer] = []
    for home, own in grouped(readable(study), "municipality"):
        years: dict[str, set[int]] = {}
        for document in own:
            if document.year_from is not None and document.kind:
                years.setdefault(document.kind, set()).add(document.year_from)
        kind = max(sorted(years), key=lambda k: len(years[k]), default="")
        if home == UNKNOWN_MUNICIPALITY or not kind or len(years[kind]) < 2:
            continue
        among = [d for d in own if d.kind == kind and d.year_from is not None]
        about = (f"jaren-{len(found) + 1}", f"{home}: {kind}, {min(years[kind])}–{max(years[kind])}")
        found.append(answer(study, compare(study, "year", among=among), wording, about))
    return tuple(found)
