"""What people read of each municipality × theme before it was called *genoemd* or *niet gevonden*, row by row."""

from collections import Counter
from dataclasses import dataclass, fields

from coding.cells import Standing
from outputs.records import Study
from outputs.wording import _, counted, listing, number

HOW_TO_READ = _(
    "Niet gevonden: mensen hebben de beste voorstellen en een steekproef uit de rest gelezen en verworpen; tussen "
    "haakjes hoogstens welk deel van die rest het thema dan toch kan bevatten (95% zeker). Ongelezen: voorstellen die "
    "niet bij de beste en niet in de steekproef zaten."
)


@dataclass(frozen=True, slots=True)
class CellRow:
    """One cell. The last columns are empty as long as nobody established *niet gevonden*."""

    municipality: str
    theme: str
    theme_label: str
    settled: str
    """*genoemd*, *niet gevonden* or empty."""
    candidates: int
    candidates_rejected: int
    sample: int
    sample_rejected: int
    rest: int
    """Passages (near-duplicates once) from which the sample was drawn: all but the candidates to read."""
    seed: int
    at_most_share: float | None
    """Upper 95 % bound on the share of the rest that holds the theme after all; ``at_most_passages`` in passages."""
    at_most_passages: int | None
    closed_by: str
    closed_at: str
    changed_since: str
    """Documents that came, went or read otherwise since the closing, which therefore does not hold any more."""


COLUMNS = tuple(f.name for f in fields(CellRow))


def cell_rows(study: Study) -> list[CellRow]:
    """Return the cells in the order of the alphabet and the codebook; anonymous ones without who closed them."""
    titles = {d.id: d.file_name for d in study.snapshot.documents}
    labels = {t.id: t.label for t in study.snapshot.codebook.themes}
    rows = [
        _row(name, theme, labels[theme], standing, study, titles)
        for (name, theme), standing in study.cells.items()
        if theme in labels
    ]
    order = list(labels)
    return sorted(rows, key=lambda r: (r.municipality.casefold(), r.municipality, order.index(r.theme)))


def how_searched(study: Study) -> str:
    """Say what *niet gevonden* means here, how it was established and how far it reaches."""
    settings = study.snapshot.cell_settings
    settled = Counter(standing.settled for standing in study.cells.values())
    text = _(
        "Een combinatie van gemeente en thema heet 'niet gevonden' als mensen de %(candidates)s beste voorstellen "
        "(twijfelgevallen inbegrepen) en een steekproef van %(sample)s uit de overige passages hebben gelezen en "
        "alle verworpen, en een van hen dat heeft vastgesteld. Tussen haakjes staat hoogstens welk deel van de "
        "overige passages het thema dan toch kan bevatten: de exacte eenzijdige 95%%-bovengrens bij trekken zonder "
        "teruglegging (Wright 1991; in het groot die van Clopper en Pearson 1934). De steekproef is getrokken met "
        "vaste toevalsgetallen (Ohlsson 1995; zaad %(seed)s) en geldt per gemeente voor alle thema's, zodat de "
        "grenzen binnen een gemeente samenhangen; van elke twintig grenzen kan er één te laag zijn. Zij rekenen op "
        "het oordeel van wie las. Verandert een document daarna, dan vervalt de vaststelling."
    ) % {"candidates": number(settings.candidates), "sample": number(settings.sample), "seed": settings.seed}
    if not study.cells:
        return text
    changed = sum(bool(s.changed) and s.settled is None for s in study.cells.values())
    counts = [_("%s genoemd") % number(settled["genoemd"]), _("%s niet gevonden") % number(settled["niet gevonden"])]
    if changed:
        counts.append(_("%s vervallen doordat documenten veranderden") % number(changed))
    total = counted(len(study.cells), _("combinatie"), _("combinaties"))
    return text + " " + _("Van %(total)s: %(counts)s.") % {"total": total, "counts": listing(counts)}


def searched_text(standing: Standing) -> str:
    """Say what was read of a cell that was not found: candidates, sample, and of how much."""
    candidates = counted(len(standing.candidates), _("voorstel"), _("voorstellen"))
    rest = counted(standing.cell.rest, _("overige passage"), _("overige passages"))
    if not standing.most:
        return _("%(candidates)s en %(rest)s gelezen en verworpen: alles") % {"candidates": candidates, "rest": rest}
    return _("%(candidates)s en %(sample)s gelezen en verworpen, uit %(rest)s; hoogstens %(most)s gemist") % {
        "candidates": candidates,
        "sample": counted(len(standing.sample), _("gelote passage"), _("gelote passages")),
        "rest": rest,
        "most": counted(standing.most, _("passage"), _("passages")),
    }


def _row(name: str, theme: str, label: str, standing: Standing, study: Study, titles: dict[str, str]) -> CellRow:
    found = standing.settled == "niet gevonden"
    closing = None if standing.is_named else standing.closing
    changed = () if closing is None or study.anonymous else standing.changed
    return CellRow(
        municipality=name,
        theme=theme,
        theme_label=label,
        settled=standing.settled or "",
        candidates=len(standing.candidates),
        candidates_rejected=standing.candidates.count("rejected"),
        sample=len(standing.sample),
        sample_rejected=standing.sample.count("rejected"),
        rest=standing.cell.rest,
        seed=study.snapshot.cell_settings.seed,
        at_most_share=standing.most_share if found else None,
        at_most_passages=standing.most if found else None,
        closed_by="" if closing is None or study.anonymous else closing.coder,
        closed_at="" if closing is None else closing.time.isoformat(timespec="seconds"),
        changed_since="; ".join(titles.get(i, _("niet meer in de studie")) for i in changed),
    )
