"""Every table of a study, as workbook and CSV files hold them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, replace

from codebook.model import Code
from coding.concreteness import MEANS
from coding.model import Decision
from coding.snapshot import Snapshot
from corpus.model import Document
from outputs import cells, flag_judgements, fragments, preconditions, reliability, tensions
from outputs.columns import guide
from outputs.coverage import Cell, Dimension, Named, Table, coverage, named, named_within, sub_themes
from outputs.insight_tables import insight_sheets
from outputs.insights import Insights, insights
from outputs.method import cuts, remarks
from outputs.records import Study
from outputs.sheet import Sheet, Value
from outputs.what_how import WhatHow
from outputs.wording import municipality_of

_DIMENSIONS: tuple[Dimension, ...] = ("kind", "year", "size_class", "province", "law", "source")


def sheets(study: Study, layer: Insights | None = None) -> list[Sheet]:
    """Return the tables in the order of the workbook, `guide` first; ``unplaced`` only if a decision lost its place.

    ``reliability`` is among them only when two coders judged the same passages. ``layer`` is what stands out in the
    study, where that was worked out before.
    """
    layer = layer or insights(study)
    tables = [
        _coverage("coverage", layer.table),
        _fragments(study),
        _counted_tensions(study),
        _documents(study.snapshot),
        _codebook(study.snapshot),
        _method(study),
        _named(study, layer.table),
        _groups(study),
        _sub_themes(study),
        _what_how(layer.said),
        *insight_sheets(layer),
        _coverage("auxiliary", coverage(study, group="auxiliary")),
        _cells(study),
        _preconditions(layer.preconditions),
        _tensions("weak", tensions.tension_rows(study.snapshot, "weak")),
        *_reliability(study),
        *_judged_flags(study.snapshot),
        *([_unplaced(study.snapshot.unplaced)] if study.snapshot.unplaced else []),
    ]
    return [guide(tables), *tables]


_CELL = (
    *("theme", "theme_label", "state", "suggested", "certain", "accepted", "rejected", "disputed", "doubtful"),
    *("coded", "share_passages", "share_passages_with_doubtful", "share_words", "documents_with_theme"),
    *("documents", "pages", "passages", "repeats_left_out", "words"),
)
_SHARES = frozenset({"share_passages", "share_passages_with_doubtful", "share_words"})


def _cell(cell: Cell) -> tuple[Value, ...]:
    basis = cell.basis
    return (
        *(cell.theme.id, cell.theme.label, cell.state_text, cell.suggested, cell.certain, cell.accepted),
        *(cell.rejected, cell.disputed, cell.doubtful, cell.coded),
        *(_round(cell.share), _round(cell.share_most), _round(cell.share_words), cell.documents),
        *(basis.documents, basis.pages, basis.passages, basis.repeats, basis.words),
    )


def _coverage(name: str, table: Table) -> Sheet:
    rows = [(row.name, *_cell(cell)) for row in (*table.rows, table.total) for cell in row.cells]
    return Sheet(name, ("municipality", *_CELL), tuple(rows), _SHARES)


def _groups(study: Study) -> Sheet:
    tables = [coverage(study, by) for by in _DIMENSIONS]
    rows = [(t.dimension, row.name, *_cell(cell)) for t in tables for row in t.rows for cell in row.cells]
    return Sheet("groups", ("dimension", "value", *_CELL), tuple(rows), _SHARES)


def _sub_themes(study: Study) -> Sheet:
    columns = ("municipality", "theme", "sub_theme", "sub_theme_label", "coded", "accepted")
    rows = [(s.group, s.code.parent, s.code.id, s.code.label, s.coded, s.accepted) for s in sub_themes(study)]
    return Sheet("sub_themes", columns, tuple(rows))


def _what_how(said: Iterable[WhatHow]) -> Sheet:
    kinds = tuple(f"names_{kind}" for kind in MEANS)
    columns = ("municipality", "theme", "theme_label", "coded", "wat", "middel", "handelingsnorm", "share_how", *kinds)
    rows = [
        (
            *(w.group, w.theme.id, w.theme.label, w.passages, w.what, w.means, w.norm, _round(w.share_how)),
            *(count for _kind, count in w.kinds),
        )
        for w in said
    ]
    return Sheet("what_how", columns, tuple(rows), frozenset({"share_how"}))


def _cells(study: Study) -> Sheet:
    columns = cells.COLUMNS
    rows = [tuple(_round(v) if isinstance(v, float) else v for v in astuple(r)) for r in cells.cell_rows(study)]
    return Sheet("cells", columns, tuple(rows), frozenset({"at_most_share"}))


def _preconditions(needs: Iterable[preconditions.Precondition]) -> Sheet:
    return Sheet("preconditions", preconditions.COLUMNS, tuple(astuple(need) for need in needs))


def _named(study: Study, table: Table) -> Sheet:
    columns = (
        *(
            "dimension",
            "value",
            "theme",
            "theme_label",
            "municipalities",
            "named",
            "candidates",
            "doubtful_only",
            "none",
            "not_found",
        ),
        *("named_names", "candidate_names", "doubtful_only_names", "none_names", "not_found_names"),
    )
    parts = [("all", "", named(table))]
    parts += [(by, value, group) for by in _DIMENSIONS for value, group in named_within(study, by)]
    rows = [(dimension, value, *_named_cells(n)) for dimension, value, group in parts for n in group]
    return Sheet("named", columns, tuple(rows))


def _named_cells(n: Named) -> tuple[Value, ...]:
    lists = (n.named, n.candidate, n.doubtful, n.none, n.not_found)
    return (n.theme.id, n.theme.label, n.of, *(len(names) for names in lists), *("; ".join(names) for names in lists))


def _fragments(study: Study) -> Sheet:
    rows = fragments.fragment_rows(study, doubtful=True)
    columns = fragments.COLUMNS
    return Sheet("fragments", columns, tuple(tuple(getattr(r, c) for c in columns) for r in rows))


def _tensions(name: str, rows: Iterable[tensions.Tension]) -> Sheet:
    columns = tensions.COLUMNS
    return Sheet(name, columns, tuple(tuple(getattr(r, c) for c in columns) for r in rows))


def _counted_tensions(study: Study) -> Sheet:
    """Return the tensions with whether the report counts them."""
    counted = {(f.relation, f.left.document_id, f.left.start, f.right.start) for f in tensions.counted_flags(study)}
    found = tensions.tension_rows(study.snapshot)
    sheet = _tensions("tensions", found)
    keys = [(r.relation, r.document_id, r.left_start, r.right_start) for r in found]
    rows = [(*row, "ja" if key in counted else "nee") for row, key in zip(sheet.rows, keys, strict=True)]
    return replace(sheet, columns=(*sheet.columns, "counts"), rows=tuple(rows))


def _judged_flags(snapshot: Snapshot) -> Iterator[Sheet]:
    """Yield what people judged and made themselves, once there is any."""
    own = flag_judgements.own_rows(snapshot)
    if own:
        columns = flag_judgements.OWN_COLUMNS
        yield Sheet("duidingen", columns, tuple(tuple(getattr(r, c) for c in columns) for r in own))
    rows = flag_judgements.flag_precision(snapshot)
    if rows:
        head = ("claim", "grade", "flags", "judged", "accepted", "rejected", "disputed", "precision", "low", "high")
        shares = frozenset({"precision", "low", "high"})
        yield Sheet("tension_precision", head, tuple(_precision(r) for r in rows), shares)


def _precision(row: flag_judgements.FlagPrecision) -> tuple[Value, ...]:
    counts = (row.flags, row.judged, row.accepted, row.rejected, row.disputed)
    interval = map(_round, row.interval) if row.judged else (None, None)
    return (row.wording, row.grade, *counts, _round(row.share), *interval)


def _documents(snapshot: Snapshot) -> Sheet:
    columns = (
        *(
            "municipality",
            "cbs_code",
            "province",
            "size_class",
            "document",
            "title",
            "kind",
            "year",
            "author",
            "standing",
        ),
        *("laws", "source", "pages", "passages", "included", "reason", "confirmed_on", "origins", "document_id"),
        "problem",
    )
    rows = [_document(d, snapshot) for d in sorted(snapshot.documents, key=lambda d: (municipality_of(d), d.file_name))]
    known = {d.id for d in snapshot.documents}
    for failure in snapshot.failures:
        if failure.document_id not in known:
            gaps: tuple[Value, ...] = ("",) * 4
            rows.append((*gaps, failure.file_name, *("",) * 7, None, None, "nee", "", "", "", "", failure.message))
    return Sheet("documents", columns, tuple(rows))


def _document(document: Document, snapshot: Snapshot) -> tuple[Value, ...]:
    homes = document.municipalities
    version = snapshot.versions.get(document.id)
    problems = [
        f.message if f.page is None else f"p. {f.page}: {f.message}"
        for f in snapshot.failures
        if f.document_id == document.id
    ]
    return (
        "; ".join(m.name for m in homes),
        *("; ".join(dict.fromkeys(getattr(m, field) for m in homes)) for field in ("code", "province", "size_class")),
        *(document.file_name, document.title or "", document.kind or "", document.period),
        *(document.author or "", document.standing or "", "; ".join(document.laws), document.source or ""),
        *(version.pages if version else None, len(snapshot.passages.get(document.id, ()))),
        *("ja" if document.included else "nee", document.included_reason),
        document.confirmed_on.isoformat() if document.confirmed_on else "",
        "; ".join(f"{field}: {origin}" for field, origin in sorted(document.origins.items())),
        *(document.id, "\n".join(problems)),
    )


def _codebook(snapshot: Snapshot) -> Sheet:
    columns = (
        *("code", "parent", "group", "label", "definition", "includes", "excludes", "examples", "counter_examples"),
        *("patterns", "exclusions", "colour", "aim"),
    )
    return Sheet("codebook", columns, tuple(_code(c) for c in snapshot.codebook.codes))


def _code(code: Code) -> tuple[Value, ...]:
    lists: Sequence[Sequence[str]] = (code.includes, code.excludes, code.examples, code.counter_examples)
    return (
        *(code.id, code.parent or "", code.group, code.label, code.definition),
        *("\n".join(texts) for texts in lists),
        *("\n".join(p.text for p in code.patterns), "\n".join(code.exclusions), code.colour, code.aim or ""),
    )


def _method(study: Study) -> Sheet:
    rows: list[tuple[Value, ...]] = [(r.topic, r.text, None, None) for r in remarks(study)]
    rows += [(f"{c.label} ({c.theme})", c.note, c.likely, c.certain) for c in cuts(study)]
    return Sheet("method", ("topic", "text", "likely_from", "certain_from"), tuple(rows))


def _reliability(study: Study) -> list[Sheet]:
    rows = reliability.rows(study)
    return (
        [Sheet("reliability", reliability.COLUMNS, tuple(rows), frozenset({"percent", "prevalence"}))] if rows else []
    )


def _unplaced(decisions: Iterable[Decision]) -> Sheet:
    columns = ("time", "coder", "code", "verdict", "memo", "before", "quote", "after", "page", "document_id", "id")
    rows = [
        (
            d.time.isoformat(),
            d.coder,
            d.code,
            d.verdict,
            d.memo,
            d.before,
            d.quote,
            d.after,
            d.page,
            d.document_id,
            d.id,
        )
        for d in sorted(decisions, key=lambda d: (d.time, d.id))
    ]
    return Sheet("unplaced", columns, tuple(rows))


def _round(share: float | None) -> float | None:
    return None if share is None else round(share, 5)
