"""Coded passages with their quotes: one row per passage and theme."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Literal

from coding.concreteness import concreteness
from coding.model import Status
from coding.snapshot import Snapshot
from outputs.records import Place, Record, Study, work_out
from outputs.wording import homes_of, municipality_of, pages, title_of

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True, slots=True)
class Fragment:
    """One row. ``decision`` and ``memo`` are for people to fill in and read back; ``quote`` is the passage, literally.

    ``document_id``, ``version``, ``start`` and ``end`` (code points in that version's text) lead back to the place.
    """

    municipality: str
    document: str
    title: str
    year: str
    document_kind: str
    page: str
    heading_path: str
    theme: str
    theme_label: str
    sub_theme: str
    group: Literal["main", "auxiliary"]
    status: Status
    level: str
    score: float | None
    methods: str
    evidence: str
    what_how: str
    """wat, middel or handelingsnorm; empty for a suggestion that does not count."""
    how_cues: str
    decision: str
    memo: str
    quote: str
    repeats: str
    """Where the same words stood before in this municipality (title and page); empty for the first."""
    counts: str
    """``ja`` for what counts in the totals: a passage that counts as coded, of those that repeat each other one."""
    counts_for: str
    """The municipalities in whose row of ``coverage`` it counts."""
    included: str
    passage_kind: str
    document_id: str
    version: str
    start: int
    end: int


COLUMNS = tuple(f.name for f in fields(Fragment))


def fragments(
    snapshot: Snapshot, *, theme: str | None = None, municipality: str | None = None, statuses: Collection[Status] = ()
) -> "pandas.DataFrame":
    """Return one row per coded passage and theme (columns: `Fragment`), in the order of year, file and text.

    See `chosen` for which. Raise ``ValueError`` for a theme that the codebook does not have.
    """
    import pandas

    if theme is not None and theme not in snapshot.codebook.by_id:
        raise ValueError(f"Het codeboek heeft geen code {theme!r}; `rodedraad codebook show` noemt ze alle.")
    study = work_out(snapshot)
    records = chosen(study, theme=theme, municipality=municipality, statuses=statuses)
    rows = [_row(r, study.repeats) for r in records]
    return pandas.DataFrame([[getattr(r, c) for c in COLUMNS] for r in rows], columns=list(COLUMNS))


def chosen(
    study: Study, *, theme: str | None = None, municipality: str | None = None, statuses: Collection[Status] = ()
) -> list[Record]:
    """Return the records that an export holds, by theme or sub-theme, municipality and statuses (none: any).

    What the program decides for (*zeker*, *waarschijnlijk*) and what people decided on; its doubts are left out.
    Suggestions in documents left out of the analysis are too, but people's decisions there are not.
    """
    wanted = municipality.casefold() if municipality is not None else None
    return [
        record
        for record in study.records
        if _belongs(record, doubtful=False)
        and (theme is None or theme in (record.theme.id, *record.subs))
        and (wanted is None or wanted in (name.casefold() for name in homes_of(record.place.document)))
        and (not statuses or record.status in statuses)
    ]


def fragment_rows(study: Study, *, doubtful: bool = False) -> list[Fragment]:
    """Return the rows; with ``doubtful`` also the suggestions that do not count as such."""
    return [_row(r, study.repeats) for r in study.records if _belongs(r, doubtful)]


def _belongs(record: Record, doubtful: bool) -> bool:
    if record.status != "suggested":
        return True
    return record.place.document.included and (doubtful or not record.is_doubtful)


def _row(record: Record, origins: Mapping[tuple[str, int], Place]) -> Fragment:
    document, passage = record.place.document, record.place.passage
    said = concreteness(passage.text) if record.is_coded else None
    origin = origins.get((document.id, passage.number))
    return Fragment(
        municipality=municipality_of(document),
        document=document.file_name,
        title=title_of(document),
        year=document.period,
        document_kind=document.kind or "",
        page=pages(passage.page_from, passage.page_to),
        heading_path=" > ".join(passage.heading_path),
        theme=record.theme.id,
        theme_label=record.theme.label,
        sub_theme="; ".join(record.subs),
        group=record.theme.group,
        status=record.status,
        level=record.level or "",
        score=None if record.score is None else round(record.score, 3),
        methods="; ".join(f"{name} {score:.2f}" for name, score in record.methods.items()),
        evidence="; ".join(terms(record)),
        what_how=said.kind if said else "",
        how_cues="; ".join(dict.fromkeys(passage.text[c.start : c.end] for c in said.cues)) if said else "",
        decision="",
        memo=record.memo,
        quote=passage.text,
        repeats=f"{title_of(origin.document)}, p. {pages(origin.passage.page_from, None)}".removesuffix(", p. ")
        if origin
        else "",
        counts="ja" if record.is_coded and record.counts else "nee",
        counts_for="; ".join(record.counts_for) if record.is_coded else "",
        included="ja" if document.included else "nee",
        passage_kind=passage.kind,
        document_id=document.id,
        version=record.place.version,
        start=passage.start,
        end=passage.end,
    )


def terms(record: Record) -> Iterable[str]:
    """Return the words in the text that weighed, each once, in the order of the text."""
    offset, text = record.place.passage.start, record.place.passage.text
    found = (text[e.start - offset : e.end - offset] or e.term for e in sorted(record.evidence, key=lambda e: e.start))
    return dict.fromkeys(" ".join(word.split()) for word in found)
