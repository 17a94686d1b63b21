"""What was coded where and by whom: the stretches of text that an exchanged project holds."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from coding.judging import by_passage, judgements, status_of
from coding.model import Decision, Status
from outputs.records import Record, Study
from outputs.wording import _, decimal, pages

Span = tuple[str, int, int]
"""Document id, start and end (code points in the document's present text)."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One code that one coder gave one stretch; ``coder`` and ``time`` are ``None`` for the program's suggestion."""

    code: str
    coder: str | None
    time: datetime | None


@dataclass(frozen=True, slots=True)
class Selection:
    """A coded stretch of a document's present text, with the memos on it; ``told``: its page, headings and levels."""

    start: int
    end: int
    told: tuple[str, ...]
    marks: tuple[Mark, ...]
    memos: tuple[Decision, ...]


@dataclass(slots=True)
class _Growing:
    told: list[str]
    marks: dict[tuple[str, str | None], Mark]
    memos: dict[str, Decision]


def selections(
    study: Study, records: Iterable[Record], statuses: Collection[Status], theme: str | None, held: Collection[Span]
) -> dict[str, tuple[Selection, ...]]:
    """Return per document id the stretches that were coded in these records, in the order of the text.

    A person's coding is the stretch and code that person chose. A sub-theme coders do not agree on counts as its theme
    unless ``statuses`` has *oneens*. ``theme``: only this code and those under it. What overlaps a span of ``held``
    stays out, with its memos.
    """
    decisions = by_passage(study.snapshot)
    growing: dict[Span, _Growing] = {}
    for record in records:
        place = record.place
        said = decisions.get((place.document.id, place.passage.number), [])
        marked = [
            (span, mark)
            for span, mark in (*_peoples(record, said, statuses), *_programs(record))
            if _is_under(mark.code, theme) and not _overlaps(span, held)
        ]
        for span, mark in marked:
            known = growing.setdefault(span, _Growing(_where(record, span), {}, {}))
            known.marks.setdefault((mark.code, mark.coder), mark)
            if mark.coder is None and (line := _level(study, record, mark)):
                known.told.append(line)
        for memo in _memos(record, said, theme) if marked else ():
            span = (place.document.id, memo.start, memo.end)
            if not _overlaps(span, held):
                growing[span if span in growing else marked[0][0]].memos.setdefault(memo.id, memo)
    return _by_document(growing)


def _by_document(growing: Mapping[Span, _Growing]) -> dict[str, tuple[Selection, ...]]:
    found: dict[str, list[Selection]] = {}
    for (document, start, end), grown in sorted(growing.items(), key=lambda item: item[0]):
        made = Selection(start, end, tuple(grown.told), tuple(grown.marks.values()), tuple(grown.memos.values()))
        found.setdefault(document, []).append(made)
    return {document: tuple(made) for document, made in found.items()}


def _peoples(record: Record, said: Sequence[Decision], statuses: Collection[Status]) -> Iterator[tuple[Span, Mark]]:
    if record.status in ("suggested", "rejected"):
        return
    for decision in said:
        if decision.verdict == "accept" and _is_under(decision.code, record.theme.id):
            agreed = status_of(judgements(said, decision.code)) in statuses
            code = decision.code if agreed else record.theme.id
            yield (decision.document_id, decision.start, decision.end), Mark(code, decision.coder, decision.time)


def _programs(record: Record) -> Iterator[tuple[Span, Mark]]:
    if record.status == "suggested":
        passage = record.place.passage
        for code in (record.theme.id, *record.subs):
            yield (record.place.document.id, passage.start, passage.end), Mark(code, None, None)


def _memos(record: Record, said: Sequence[Decision], theme: str | None) -> Iterator[Decision]:
    for decision in said:
        if decision.memo and _is_under(decision.code, record.theme.id) and _is_under(decision.code, theme):
            yield decision


def _is_under(code: str, theme: str | None) -> bool:
    return theme is None or code == theme or code.startswith(f"{theme}.")


def _overlaps(span: Span, held: Collection[Span]) -> bool:
    document, start, end = span
    return any(document == d and start < e and s < end for d, s, e in held)


def _where(record: Record, span: Span) -> list[str]:
    passage = record.place.passage
    page = pages(passage.page_at(span[1]), passage.page_at(span[2] - 1))
    return [line for line in (f"p. {page}" if page else "", " > ".join(passage.heading_path)) if line]


def _level(study: Study, record: Record, mark: Mark) -> str:
    if mark.code != record.theme.id or record.level is None:
        return ""
    label = study.snapshot.codebook[mark.code].label
    return _("Voorstel van het programma: %(label)s, %(level)s (%(score)s)") % {
        "label": label,
        "level": record.level,
        "score": decimal(record.score),
    }
