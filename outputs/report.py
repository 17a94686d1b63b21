"""The report: one HTML file in Dutch that opens from disk, prints well and shows the words behind every figure."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from codebook.model import Code
from coding.agreement import FEW
from coding.model import Failure, Flag
from coding.snapshot import Snapshot
from corpus.model import Document
from outputs import explanations, figures, wording
from outputs.aims import LABELS
from outputs.answering import Answer, answers, changes, general_cautions, words_note
from outputs.cells import HOW_TO_READ
from outputs.contents import contents
from outputs.coverage import (
    Cell,
    Named,
    SubTheme,
    Table,
    coverage,
    named,
    readable,
    sub_themes,
)
from outputs.figures import Drawing
from outputs.flag_judgements import FlagPrecision, flag_precision, own_tensions
from outputs.insights import Insights, insights
from outputs.keyness import count_words, in_context
from outputs.method import Cut, Remark, cuts, remarks, state_date
from outputs.preconditions import Precondition, in_short
from outputs.quotes import Group, Meeting, meeting, quotable, shortened, theme_quotes
from outputs.records import Study, work_out
from outputs.reliability import Trust, interval, known, trust
from outputs.search import Searchable, searchable
from outputs.summary import summary
from outputs.tensions import counted_flags, ordered_flags, ordered_judged, relation_counts, wording_of
from outputs.what_how import WhatHow
from outputs.wording import UNKNOWN_MUNICIPALITY, _, number

FLAGS_SHOWN = {4: 30, 3: 30, 2: 15}
"""Flags of a grade that the report quotes; the workbook has all."""
SMALL = 3000
"""Words (some ten pages) under which a basis is called small."""
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Chapter:
    """One theme with its figures and quotes."""

    theme: Code
    colour: str
    total: Cell
    named: Named
    subs: tuple[SubTheme, ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A document that counts: its size and how many of its passages hold a theme."""

    document: Document
    pages: int | None
    passages: int
    coded: int


@dataclass(frozen=True, slots=True)
class Figures:
    """The drawings of the page and the paper alike."""

    heat_map: Drawing
    heat_maps: tuple[Drawing, ...]
    """The same in parts that fit on paper."""
    bars: Drawing
    what_how: Drawing
    network: Drawing | None
    """The tensions, where there are any."""
    map: Drawing | None
    """The municipalities on the map, where they are on it and may be named."""
    scale: str


@dataclass(frozen=True, slots=True)
class Report:
    """All that the template shows."""

    study: Study
    date: str
    summary: tuple[str, ...]
    table: Table
    auxiliary: Table
    named: tuple[Named, ...]
    comparisons: tuple[Answer, ...]
    comparing_cautions: tuple[str, ...]
    """What holds of every comparison, and how the words that mark a group were found."""
    changes: tuple[Answer, ...]
    figures: Figures
    basis_warning: str
    meetings: tuple[Meeting, ...]
    own_tensions: tuple[Meeting, ...]
    flag_precision: tuple[FlagPrecision, ...]
    relations: tuple[tuple[str, int, int, int], ...]
    preconditions: tuple[Precondition, ...]
    preconditions_short: tuple[str, ...]
    what_how: tuple[WhatHow, ...]
    insights: Insights
    search: Searchable
    flags_left_out: int
    weak: int
    chapters: tuple[Chapter, ...]
    excluded: tuple[Document, ...]
    sources: tuple[Source, ...]
    failures: tuple[Failure, ...]
    """What could not be read."""
    notices: tuple[Failure, ...]
    """What was read, with something to know of it: by text recognition, with tracked changes …"""
    unread: int
    """Files of which nothing could be read."""
    unknown: tuple[tuple[str, tuple[Document, ...]], ...]
    trust: Trust
    remarks: tuple[Remark, ...]
    cuts: tuple[Cut, ...]

    @property
    def is_regional(self) -> bool:
        """Some document that counts is of several municipalities, so that rows do not add up to the total."""
        return any(len(s.document.municipalities) > 1 for s in self.sources)


def write_report(snapshot: Snapshot, folder: Path, *, anonymous: bool = False) -> Path:
    """Write ``report.html`` in ``folder`` (made if need be) and return its path.

    The same snapshot gives the same bytes. Raise ``OSError`` when the file cannot be written.
    """
    return write_page(work_out(snapshot, anonymous=anonymous), folder)


def write_page(study: Study, folder: Path, layer: Insights | None = None) -> Path:
    """Write the report of a study already worked out; see `write_report`."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "report.html"
    path.write_text(printable(render(compose(study, layer))), encoding="utf-8", newline="\n")
    return path


def printable(page: str) -> str:
    """Return the page without characters that no page shows."""
    return _CONTROL.sub("", page)


def render(report: Report) -> str:
    """Return the page; every text that came from a file is escaped."""
    template = page_environment().get_template("report.html.j2")
    return template.render(
        r=report,
        sections=contents(report),
        small=SMALL,
        grades=wording.GRADES,
        unknown_home=UNKNOWN_MUNICIPALITY,
        few=FEW,
        aim_labels=LABELS,
        how_read=HOW_TO_READ,
    )


def page_environment() -> Environment:
    """Return what turns a template into a page: every text that came from a file is escaped."""
    environment = Environment(
        loader=PackageLoader("outputs"),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.install_gettext_translations(wording.TRANSLATIONS, newstyle=True)  # type: ignore[attr-defined]  # added by the extension
    environment.policies["ext.i18n.trimmed"] = True
    environment.globals["explain"] = explanations
    environment.filters |= {"number": wording.number, "percent": wording.percent, "decimal": wording.decimal}
    environment.filters |= {"listing": wording.listing, "title_of": wording.title_of}
    environment.filters |= {"inline": figures.inline, "in_context": in_context, "shortened": shortened}
    environment.filters |= {"known": known, "interval": interval, "figure": lambda value: wording.decimal(known(value))}
    environment.filters["municipality_of"] = wording.municipality_of
    return environment


def compose(study: Study, layer: Insights | None = None) -> Report:
    """Work out everything the report shows; ``layer`` is what stands out, where that was worked out before."""
    layer = layer or insights(study)
    table = layer.table
    names = named(table)
    statuses = {j.flag: j.status for j in ordered_judged(study.snapshot)}
    codebook = study.snapshot.codebook
    phrases = {r.id for r in codebook.relations if r.kind == "ambiguity"}  # they have a chapter of their own
    flags = [f for f in counted_flags(study) if f.relation not in phrases]
    by_claim = groupby(flags, key=lambda f: (f.grade, wording_of(codebook, f)))
    groups = [list(group) for _claim, group in by_claim]
    shown = [f for group in groups for f in _varied(group, FLAGS_SHOWN[group[0].grade])]
    words = count_words(study)
    compared = answers(study, words)
    said = tuple(w for w in layer.said if w.group == table.total.name)
    return Report(
        study=study,
        date=state_date(study),
        summary=summary(study, table, names),
        table=table,
        auxiliary=coverage(study, group="auxiliary"),
        named=names,
        comparisons=compared,
        comparing_cautions=(
            *general_cautions(study, measured=any(a.comparison.intervals for a in compared)),
            words_note(),
        ),
        changes=changes(study, words),
        figures=_figures(study, table, said),
        basis_warning=_basis_warning(table),
        meetings=tuple(meeting(f, study, statuses[f]) for f in shown),
        own_tensions=own_tensions(study),
        flag_precision=flag_precision(study.snapshot),
        relations=relation_counts(study),
        preconditions=layer.preconditions,
        preconditions_short=tuple(in_short(layer.preconditions)),
        what_how=said,
        insights=layer,
        search=searchable(study),
        flags_left_out=len(flags) - len(shown),
        weak=len(ordered_flags(study.snapshot, "weak")),
        chapters=_chapters(study, table, names),
        excluded=tuple(d for d in study.snapshot.documents if not d.included),
        sources=_sources(study),
        failures=tuple(f for f in study.snapshot.failures if not f.was_read),
        notices=tuple(f for f in study.snapshot.failures if f.was_read),
        unread=len({f.file_name for f in study.snapshot.failures if f.page is None and not f.was_read}),
        unknown=_unknown(study),
        trust=trust(study),
        remarks=tuple(remarks(study)),
        cuts=tuple(cuts(study)),
    )


def _figures(study: Study, table: Table, said: Sequence[WhatHow]) -> Figures:
    relations = relation_counts(study)
    return Figures(
        heat_map=figures.heat_map(table),
        heat_maps=tuple(figures.heat_maps(table)),
        bars=figures.theme_bars(table.total.cells),
        what_how=figures.what_how_bars(said),
        network=figures.tension_network(relations) if relations else None,
        map=None if study.anonymous else figures.theme_maps(table, readable(study)),
        scale=figures.scale_text(table.rows),
    )


def _varied(flags: Sequence[Flag], most: int) -> list[Flag]:
    """Return at most so many flags, of as many relations and documents as can be, in the order given."""
    seen: Counter[tuple[str, str]] = Counter()
    turns = []
    for i, flag in enumerate(flags):
        key = (flag.relation, flag.left.document_id)
        seen[key] += 1
        turns.append((seen[key], i))
    return [flags[i] for i in sorted(i for _turn, i in sorted(turns)[:most])]


def _chapters(study: Study, table: Table, names: Sequence[Named]) -> tuple[Chapter, ...]:
    records = quotable(study)
    subs = [s for s in sub_themes(study) if s.group == table.total.name]
    return tuple(
        Chapter(
            theme=theme,
            colour=theme.colour if _COLOUR.fullmatch(theme.colour) else "#777777",
            total=table.total.cells[i],
            named=names[i],
            subs=tuple(s for s in subs if s.code.parent == theme.id),
            groups=tuple(theme_quotes(records, theme.id)),
        )
        for i, theme in enumerate(table.themes)
    )


def _sources(study: Study) -> tuple[Source, ...]:
    passages = Counter(p.document.id for p in study.places)
    coded = {
        (r.place.document.id, r.place.passage.number) for r in study.records if r.is_coded and r.theme.group == "main"
    }
    having = Counter(document for document, _number in coded)
    ordered = sorted(readable(study), key=lambda d: (wording.municipality_of(d), d.year_from or 9999, d.file_name))
    return tuple(Source(d, study.snapshot.versions[d.id].pages, passages[d.id], having[d.id]) for d in ordered)


def _unknown(study: Study) -> tuple[tuple[str, tuple[Document, ...]], ...]:
    """Return, per thing that is unknown of included documents, which documents that are."""
    fields = (
        (_("gemeente"), "municipalities"),
        (_("jaar"), "year_from"),
        (_("soort"), "kind"),
        (_("status (vastgesteld, concept, vervallen)"), "standing"),
    )
    found = ((label, tuple(d for d in readable(study) if not getattr(d, field))) for label, field in fields)
    return tuple((label, documents) for label, documents in found if documents)


def _basis_warning(table: Table) -> str:
    """Say in words how far the bases of the municipalities lie apart, when they do."""
    sized = sorted((row for row in table.rows if row.basis.words), key=lambda row: row.basis.words)
    if not sized or sized[-1].basis.words < 5 * sized[0].basis.words:
        return ""
    smallest, largest = sized[0], sized[-1]
    return _(
        "Let op de omvang: van %(largest)s is %(times)s keer zo veel tekst gelezen als van %(smallest)s. Vergelijk "
        "aandelen, geen aantallen, en bij weinig tekst ook aandelen met zorg."
    ) % {
        "largest": largest.name,
        "smallest": smallest.name,
        "times": number(largest.basis.words / smallest.basis.words),
    }
