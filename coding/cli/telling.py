"""What verbs tell of a study in the terminal: the same figures as its report, in a few lines."""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coding.snapshot import Snapshot
    from corpus.model import Document, PassageKind
    from corpus.reading import Source
    from outputs.coverage import Table
    from outputs.records import Study as Results

LISTED = 3
"""Documents left out for one reason that are each named; more are counted."""
SHOWN = 10
"""Files with the content of another that are named."""
PASSAGE_KINDS: "Mapping[PassageKind, str]" = {
    "paragraph": "alinea's",
    "list_item": "lijstonderdelen",
    "heading": "koppen",
    "quote": "citaten",
    "box": "in kaders",
    "caption": "bijschriften",
    "table": "in tabellen",
    "footnote": "voetnoten",
    "toc": "inhoudsopgave",
    "title": "titels",
    "furniture": "kop- en voetregels",
}


def counted(count: int, one: str, many: str) -> str:
    """Write a number with its noun: ``1 document``, ``12 documenten``."""
    return f"{count} {one if count == 1 else many}"


def coverage_lines(results: "Results") -> list[str]:
    """Return theme × municipality in passages, to read in a terminal."""
    from outputs.coverage import coverage

    table = coverage(results)
    label = max(len(theme.label) for theme in table.themes)
    heads = [row.name[:14] for row in table.rows]
    widths = [max(len(head), 5) for head in heads]
    lines = ["Passages die het programma voorstelt of mensen bevestigden, per thema en gemeente:", ""]
    lines.append(f"{'':{label}}  " + "  ".join(f"{head:>{width}}" for head, width in zip(heads, widths, strict=True)))
    for i, theme in enumerate(table.themes):
        counts = (f"{row.cells[i].coded:>{width}}" for row, width in zip(table.rows, widths, strict=True))
        lines.append(f"{theme.label:{label}}  " + "  ".join(counts))
    bases = (f"{row.basis.passages:>{width}}" for row, width in zip(table.rows, widths, strict=True))
    return [*lines, f"{'(van zoveel passages)':{label}}  " + "  ".join(bases)]


def summary_lines(results: "Results") -> list[str]:
    """Return what came out, in a few lines, in the figures of the report: what counts, repeats once."""
    from outputs.coverage import coverage

    snapshot, table = results.snapshot, coverage(results)
    certain = sum(cell.certain for cell in table.total.cells)
    likely = sum(cell.suggested for cell in table.total.cells) - certain
    unknown = [d.file_name for d in snapshot.documents if not d.municipalities]
    lines = [
        f"{_documents(snapshot)}; {_passages(table)}; voorstellen voor de thema's: {certain} zeker, "
        f"{likely} waarschijnlijk."
    ]
    if unknown:
        lines.append(
            f"Gemeente onbekend van {len(unknown)}: {unknown[0]}{' …' if len(unknown) > 1 else ''}; vul in "
            "metadata.csv de kolom municipality aan."
        )
    if snapshot.unplaced:
        lost = counted(len(snapshot.unplaced), "beslissing vond haar", "beslissingen vonden hun")
        lines.append(f"{lost} plaats niet terug; zie het verslag.")
    return lines


def _documents(snapshot: "Snapshot") -> str:
    included = sum(d.included for d in snapshot.documents)
    every = counted(len(snapshot.documents), "document", "documenten")
    return every if included == len(snapshot.documents) else f"{every}, waarvan {included} meetellen"


def _passages(table: "Table") -> str:
    basis = table.total.basis
    repeats = counted(basis.repeats, "herhaling", "herhalingen")
    counting = counted(basis.passages, "passage", "passages")
    return f"{counting} ({repeats} niet geteld)" if basis.repeats else counting


def status_lines(snapshot: "Snapshot") -> list[str]:
    """Return what is in a study, a line each."""
    from outputs.coverage import coverage
    from outputs.records import work_out

    results = work_out(snapshot)
    table = coverage(results)
    cells = table.total.cells
    settled = Counter(standing.settled for standing in results.cells.values())
    included = sum(d.included for d in snapshot.documents)
    lines = [
        f"studie        {snapshot.name}",
        f"codeboek      {snapshot.codebook.name} {snapshot.codebook.version} ({snapshot.codebook.content})",
        f"documenten    {len(snapshot.documents)}, waarvan {included} meetellen",
        f"gelezen       {_kinds(snapshot)}",
        f"passages      {_passages(table).replace('passages', 'die meetellen', 1)}",
        f"coderingen    {sum(c.suggested for c in cells)} voorgesteld, {sum(c.accepted for c in cells)} bevestigd, "
        f"{sum(c.rejected for c in cells)} verworpen, {sum(c.disputed for c in cells)} oneens "
        f"({sum(c.doubtful for c in cells)} twijfelachtig): passages × thema's, in wat meetelt",
        f"beslissingen  {len(snapshot.decisions) + len(snapshot.unplaced)}, waarvan {len(snapshot.unplaced)} "
        "zonder plaats in de tekst van nu",
        f"cellen        {len(results.cells)} (gemeente × thema), waarvan {settled['genoemd']} genoemd en "
        f"{settled['niet gevonden']} niet gevonden",
    ]
    if snapshot.looks:
        waiting = sum(not look.counts for look in snapshot.looks)
        looks = counted(len(snapshot.looks), "beslissing, want haar", "beslissingen, want hun")
        lines.append(f"tweede blik   {looks} code veranderde; {waiting} tellen nu niet")
    lines += _left_out(snapshot.documents)
    lines += [f"onbekend      {d.file_name}: gemeente" for d in snapshot.documents if not d.municipalities]
    return [*lines, *_failures(snapshot)]


def _failures(snapshot: "Snapshot") -> Iterator[str]:
    """Yield what could not be read, the pages of a file with the same trouble together."""
    pages: dict[tuple[str, str, str], list[int]] = {}
    for failure in snapshot.failures:
        label = "let op" if failure.document_id else "mislukt"
        found = pages.setdefault((label, failure.file_name, failure.message), [])
        found += [failure.page] if failure.page else []
    for (label, name, message), numbers in pages.items():
        several = "pagina's" if len(numbers) > 1 else "pagina"
        where = f" ({several} {', '.join(map(str, numbers))})" if numbers else ""
        yield f"{label:14}{name}{where}: {message}"


def _kinds(snapshot: "Snapshot") -> str:
    kinds = Counter(PASSAGE_KINDS[p.kind] for ps in snapshot.passages.values() for p in ps)
    if not kinds:
        return "nog niets"
    return f"{kinds.total()} stukken tekst: {', '.join(f'{n} {kind}' for kind, n in kinds.most_common())}"


def _left_out(documents: "Sequence[Document]") -> Iterator[str]:
    """Yield why documents do not count, each named where they are few, else together by reason."""
    reasons: dict[str, list[str]] = {}
    for document in documents:
        if not document.included:
            reasons.setdefault(document.included_reason, []).append(document.file_name)
    for reason, names in reasons.items():
        if len(names) <= LISTED:
            yield from (f"niet geteld   {name}: {reason}" for name in names)
        else:
            yield f"niet geteld   {len(names)} documenten: {reason} (alle in metadata.csv, kolom included)"


def same_content(store: sqlite3.Connection, known: "Sequence[Source]") -> Iterator[str]:
    """Yield which files say the same as a file of another name: each document is in a study once.

    That a regional document stands in the folder of every municipality makes it one document of the first.
    """
    from corpus.reading import fingerprint
    from corpus.store import documents

    names = {document.id: document.file_name for document in documents(store)}
    pairs = [(source.name, names.get(fingerprint(source.path), source.name)) for source in known]
    twice = [(name, first) for name, first in pairs if name != first]
    yield from (f"{name}: zelfde inhoud als {first}, dus niet nog eens opgenomen." for name, first in twice[:SHOWN])
    if len(twice) > SHOWN:
        yield f"… en nog {len(twice) - SHOWN} met dezelfde inhoud als een ander."
    if twice:
        yield (
            "Hoort zo'n document bij meer gemeenten, zet die dan in metadata.csv in de kolom municipality, met ; "
            "ertussen: dan telt het bij elk."
        )
