"""Quotes for the report: which passages stand for a theme, and how they are shown."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from coding.model import Flag, Quote, Status
from outputs.connecting import spoken, with_marker
from outputs.records import Place, Record, Study
from outputs.tensions import label_of, relation_label, wording_of
from outputs.wording import STATUSES, UNKNOWN_MUNICIPALITY, decimal, homes_of, municipality_of, pages, title_of

PER_MUNICIPALITY = 3
"""Quotes a municipality and theme at most."""
LONGEST = 650
"""Characters of a passage that are shown; a longer one is cut at sentences around what weighed."""
_BREAK = re.compile(r"(?<=[.!?;:])\s+|\n+")
_TELLING = 4
"""Characters a marked word has: 'een' and 'wat' weigh for the classifier, and tell a reader nothing."""
READABLE = 8
"""Words from which a passage can stand alone as a quote."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a quote; marked where the evidence is."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A quote as it stands in the report; ``before``/``after``: text of the passage was left out there."""

    parts: tuple[Part, ...]
    before: bool
    after: bool
    source: str
    """Document, year and page."""
    heading: str
    note: str
    """Status or level with the score."""
    accepted: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The quotes of one municipality for one theme, and how many passages there are."""

    municipality: str
    quotes: tuple[Shown, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Meeting:
    """One flag as shown: both quotes (one when they are the same stretch) with the code each stands for."""

    label: str
    grade: int
    wording: str
    address: str
    marker: str
    municipality: str
    """All its municipalities in one text, as tables show them."""
    homes: tuple[str, ...]
    """Its municipalities one by one, to count them."""
    quotes: tuple[tuple[str, Shown], ...]
    status: str = ""
    """What people made of it; empty where nobody judged it."""
    rationale: str = ""
    """Of a person's own tension: why, and by whom."""
    made_by: str = ""


def quotable(study: Study) -> list[Record]:
    """Return the records that may be quoted: coded, in a document that counts, one of those that repeat each other."""
    return [r for r in study.records if r.is_coded and r.counts_for]


def theme_quotes(records: Iterable[Record], theme: str) -> list[Group]:
    """Return the quotes of one theme, the best of each municipality: accepted first, then by level and score.

    Of each document one quote comes before any second.
    """
    by_home: dict[str, list[Record]] = {}
    for record in records:
        if record.theme.id == theme:
            for home in record.counts_for:
                by_home.setdefault(home, []).append(record)
    return [
        Group(home, tuple(quoted(r) for r in _best(records)), len(records))
        for home, records in sorted(
            by_home.items(), key=lambda item: (item[0] == UNKNOWN_MUNICIPALITY, item[0].lower())
        )
    ]


def meeting(flag: Flag, study: Study, status: Status = "suggested") -> Meeting:
    """Return a flag as the report shows it, with what people made of it."""
    snapshot = study.snapshot
    documents = {d.id: d for d in snapshot.documents}
    same = (flag.left.start, flag.left.end, flag.left.version) == (flag.right.start, flag.right.end, flag.right.version)
    left, right = (label_of(snapshot.codebook, code) for code in flag.codes)
    labels = [f"{left} · {right}"] if same else [left, right]
    near = snapshot.passages.get(flag.left.document_id, ())
    quotes = with_marker([flag.left] if same else [flag.left, flag.right], flag.marker, near)
    return Meeting(
        label=relation_label(snapshot.codebook, flag),
        grade=flag.grade,
        wording=wording_of(snapshot.codebook, flag),
        address=flag.address,
        marker=flag.marker,
        municipality=municipality_of(documents[flag.left.document_id]),
        homes=homes_of(documents[flag.left.document_id]),
        quotes=tuple((label, _flag_quote(q, flag.marker, study)) for label, q in zip(labels, quotes, strict=True)),
        status="" if status == "suggested" else STATUSES[status],
    )


def _best(records: Sequence[Record]) -> list[Record]:
    ranked = sorted(records, key=rank)
    taken: dict[str, int] = {}
    rounds = []
    for record in ranked:
        taken[record.place.document.id] = taken.get(record.place.document.id, 0) + 1
        rounds.append((taken[record.place.document.id], record))
    rounds.sort(key=lambda pair: (pair[1].status != "accepted", pair[0]))
    return [record for _, record in rounds[:PER_MUNICIPALITY]]


def rank(record: Record) -> tuple[bool, bool, bool, float]:
    """Return the key by which the best quote comes first: accepted, readable, firm, then the score."""
    hard_to_read = record.place.words < READABLE or record.place.passage.kind == "table"
    return (record.status != "accepted", hard_to_read, record.level != "zeker", -(record.score or 0))


def quoted(record: Record, spans: Iterable[tuple[int, int]] | None = None) -> Shown:
    """Return a record's passage as a quote, with its evidence marked, or these ``spans`` (in the passage's text)."""
    document, passage = record.place.document, record.place.passage
    status = STATUSES[record.status] if record.status != "suggested" else record.level or ""
    score = decimal(record.score) if record.status == "suggested" else ""
    marks = list(spans or ())
    if spans is None:
        marks = [(max(0, a - passage.start), b - passage.start) for a, b in record.marks if b > passage.start]
        marks = [(a, b) for a, b in marks if b - a >= _TELLING]
    return show(
        passage.text,
        marks,
        source=_source(title_of(document), document.period, pages(passage.page_from, passage.page_to)),
        heading=" › ".join(passage.heading_path[-2:]),
        note=f"{status} {score}".strip(),
        accepted=record.status == "accepted",
    )


def show_place(place: Place, spans: Iterable[tuple[int, int]]) -> Shown:
    """Return a passage as a quote with these spans of its text marked, without saying what it was coded."""
    document, passage = place.document, place.passage
    return show(
        passage.text,
        spans,
        source=_source(title_of(document), document.period, pages(passage.page_from, passage.page_to)),
        heading=" › ".join(passage.heading_path[-2:]),
        note="",
        accepted=False,
    )


def _flag_quote(quote: Quote, marker: str, study: Study) -> Shown:
    document = next(d for d in study.snapshot.documents if d.id == quote.document_id)
    return show(
        quote.text,
        spoken(marker, quote.text),
        source=_source(title_of(document), document.period, "" if quote.page is None else str(quote.page)),
        heading=" › ".join(quote.heading_path[-2:]),
        note="",
        accepted=False,
    )


def _source(title: str, period: str, page: str) -> str:
    named = title if not period or period in title else f"{title}, {period}"
    return f"{named}, p. {page}" if page else named


def show(
    text: str,
    marks: Iterable[tuple[int, int]],
    *,
    source: str,
    heading: str,
    note: str,
    accepted: bool,
    longest: int = LONGEST,
) -> Shown:
    """Show the text, or the sentences around the first mark of a long one; every part is literally in ``text``."""
    joined = _joined(marks, len(text))
    start, end = (0, len(text)) if len(text) <= longest else _window(text, joined[0] if joined else (0, 0), longest)
    parts, at = [], start
    for a, b in joined:
        a, b = max(a, start), min(b, end)
        if a < b:
            parts += [Part(text[at:a], False), Part(text[a:b], True)]
            at = b
    parts.append(Part(text[at:end], False))
    return Shown(tuple(p for p in parts if p.text), start > 0, end < len(text), source, heading, note, accepted)


def shortened(shown: Shown, longest: int) -> Shown:
    """Return the quote at most about so many characters long, cut at sentences around what is marked first."""
    text = "".join(part.text for part in shown.parts)
    if len(text) <= longest:
        return shown
    marks, at = [], 0
    for part in shown.parts:
        marks += [(at, at + len(part.text))] if part.marked else []
        at += len(part.text)
    cut = show(
        text,
        marks,
        source=shown.source,
        heading=shown.heading,
        note=shown.note,
        accepted=shown.accepted,
        longest=longest,
    )
    return replace(cut, before=cut.before or shown.before, after=cut.after or shown.after)


def _window(text: str, mark: tuple[int, int], longest: int) -> tuple[int, int]:
    starts = [0, *(m.end() for m in _BREAK.finditer(text))]
    start = max((s for s in starts if s <= mark[0]), default=0)
    if mark[1] - start > longest:
        start = text.rfind(" ", 0, max(1, mark[0] - longest // 3)) + 1
    earlier = [s for s in starts if s < start and mark[1] - s <= longest // 2]
    start = min(earlier, default=start)
    ends = [e for s in [*starts[1:], len(text)] if mark[1] <= (e := len(text[:s].rstrip())) <= start + longest]
    if ends:
        return start, max(ends)
    space = text.rfind(" ", mark[1], start + longest)
    return start, space if space > 0 else min(len(text), max(mark[1], start + longest))


def _joined(marks: Iterable[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    result: list[tuple[int, int]] = []
    for a, b in sorted((a, min(b, length)) for a, b in marks if a < min(b, length)):
        if result and a <= result[-1][1]:
            result[-1] = (result[-1][0], max(b, result[-1][1]))
        else:
            result.append((a, b))
    return result
