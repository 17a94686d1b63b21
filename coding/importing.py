"""Take in codings made elsewhere (ATLAS.ti, Excel, R): a table whose rows point at passages, with a code each."""

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from codebook.model import Code, Codebook
from coding import store
from coding.deciding import SHEET, WORDS, Desk, Row, RowError
from coding.events import Said, Spot, new_decision
from coding.loading import load_documents, standing_decisions
from coding.model import Decision, Manner, Verdict
from coding.placing import count_quote, place_quote
from corpus import store as corpus_store
from corpus.model import CODED_KINDS, Document, Passage, TextVersion
from corpus.study import Study
from corpus.tables import TableError, read_table

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "theme": ("theme", "thema", "code", "codes"),
    "document": ("document", "file", "bestand"),
    "quote": ("quote", "citaat", "fragment", "text", "tekst"),
    "page": ("page", "pagina", "bladzijde"),
    "memo": ("memo", "opmerking", "comment"),
    "decision": ("decision", "beslissing"),
    "document_id": ("document_id",),
    "version": ("version",),
    "start": ("start",),
    "end": ("end",),
}
"""Our name of each column, and the headings by which it is known, in any case."""
_SEVERAL = re.compile(r"[;\n]")


@dataclass(frozen=True, slots=True)
class Manners:
    """What the person who imports says of how the coder worked: it cannot be told from the rows."""

    blind: bool = False
    """No suggestions and no codes of others were in view."""
    complete: bool = False
    """The documents named were read whole: a passage without a row has no code."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import came to, in decisions; ``problems`` are (row number, what is wrong)."""

    new: int
    known: int
    read: int
    """Passages of which, with `Manners.complete`, was added that nothing else applies."""
    divided: int
    """Rows whose words run over several passages: a decision in each."""
    skipped: int
    """Rows without a decision in a table that has a column for it."""
    problems: tuple[tuple[int, str], ...]


def read_codings(path: Path) -> list[Row]:
    """Return the rows of a CSV, workbook (sheet ``fragments``, or the first) or JSONL file, by our column names.

    Raise `TableError` when the file cannot be read as a table, or lacks the columns to place a code.
    """
    names, rows = (_read_jsonl if path.suffix.lower() in (".jsonl", ".ndjson") else _read_rows)(path)
    placed = {"document", "document_id"} & names and ("quote" in names or {"start", "end"} <= names)
    if not ("theme" in names and placed):
        raise TableError(
            f"{path}: de kolommen zeggen niet waar welke code hoort. Nodig zijn een kolom met de code (theme of code) "
            "en document met quote (het fragment letterlijk; page erbij als het vaker voorkomt), of document_id, start "
            "en end uit een eigen export."
        )
    return rows


class Import:
    """Rows on their way into a study: where each belongs, and what it says. Nothing is guessed."""

    def __init__(self, study: Study, connection: sqlite3.Connection, codebook: Codebook, rows: Sequence[Row]) -> None:
        self._connection, self._codebook, self._rows = connection, codebook, rows
        self._documents = _by_name(load_documents(study, connection))
        self._codes = _by_label(codebook)
        self._passages: dict[str, tuple[Passage, ...]] = {}

    def run(self, coder: str, how: Manners) -> Imported:
        """Record what the rows say as this coder's decisions, all good rows together; reading again adds nothing."""
        desk = Desk(self._connection, self._codebook, coder)
        pile = _Pile(self._connection, self._codebook, coder, "blind" if how.blind else "")
        problems: list[tuple[int, str]] = []
        divided = skipped = 0
        named: dict[str, None] = {}
        for row in self._rows:
            if "decision" in row.cells and not row.cells["decision"]:
                skipped += 1
                continue
            try:
                version, spans = self._place(desk, row)
                for span in () if how.blind else spans:
                    desk.refuse_blind(version.document_id, span)
                verdict, codes = self._said(row, problems)
            except RowError as error:
                problems.append((row.number, str(error)))
                continue
            named[version.document_id] = None
            divided += len(spans) > 1
            for span in spans:
                for code in codes:
                    pile.put(
                        Spot(version, *span, desk.page(version, span[0])), code, verdict, row.cells.get("memo", "")
                    )
        new, known = len(pile.new), pile.known
        read = sum(self._finish(pile, desk, document) for document in named) if how.complete else 0
        store.append_decisions(self._connection, pile.new)
        store.place_decisions(self._connection, desk.current.values())
        return Imported(new, known, read, divided, skipped, tuple(problems))

    def _finish(self, pile: "_Pile", desk: Desk, document: str) -> int:
        """Say of every passage of a document that nothing else applies; return of how many that was new."""
        version, before = desk.current[document], len(pile.new)
        for passage in _coded(self._passages_of(version)):
            if pile.manner != "blind" and desk.withholds(document, (passage.start, passage.end)):
                continue
            pile.put(Spot(version, passage.start, passage.end, passage.page_from), "", "read", "")
        return len(pile.new) - before

    def _said(self, row: Row, problems: list[tuple[int, str]]) -> tuple[Verdict, list[str]]:
        """Return what a row says of which codes; without a code that nothing applies. Unknown codes are problems."""
        word = row.cells.get("decision", "")
        verdict = WORDS.get(word.casefold()) if word else "accept"
        if verdict is None:
            raise RowError(f"decision {word!r}: kies accept of reject (of ja, nee)")
        names = [name.strip() for name in _SEVERAL.split(row.cells.get("theme", "")) if name.strip()]
        if not names:
            return "read", [""]
        codes = []
        for name in names:
            found = self._codes.get(name.casefold(), [])
            if len(found) == 1:
                codes.append(found[0].id)
            else:
                problems.append((row.number, _unknown_code(name, found)))
        return verdict, codes

    def _place(self, desk: Desk, row: Row) -> tuple[TextVersion, list[tuple[int, int]]]:
        """Return the text and the spans in it, one per passage. Raise `RowError` where that is not certain."""
        version, (start, end) = self._find(desk, row)
        passages = self._passages_of(version)
        spans = [span for p in _coded(passages) if (span := _clip(version.text, (start, end), p))]
        if not spans:
            raise RowError("deze woorden staan in een kop, voetregel of inhoudsopgave; daar wordt niet gecodeerd")
        return version, spans

    def _find(self, desk: Desk, row: Row) -> tuple[TextVersion, tuple[int, int]]:
        cells = row.cells
        document = self._document(cells.get("document_id") or cells.get("document", ""))
        current = desk.current.get(document.id)
        if current is None:
            raise RowError(f"van {document.file_name} is geen tekst gelezen")
        if cells.get("start") and cells.get("end"):
            given = {"document_id": document.id, "version": cells.get("version") or current.id}
            found = desk.find(Row(row.number, {**cells, **given}))
            if found.now is None:
                raise RowError("de tekst is intussen opnieuw gelezen en dit citaat is daarin niet teruggevonden")
            return current, found.now
        quote = cells.get("quote", "").strip().removeprefix("'")
        if not quote:
            raise RowError("er staat geen fragment (quote) en geen plaats (start, end)")
        page = cells.get("page", "").strip()
        return current, self._by_page(current, quote, page) if page else _by_quote(current.text, quote)

    def _by_page(self, version: TextVersion, quote: str, page: str) -> tuple[int, int]:
        numbers = re.findall(r"\d+", page)
        if not numbers:
            raise RowError(f"bladzijde {page!r} is geen getal")
        first, last = int(numbers[0]), int(numbers[-1])
        here = [
            p
            for p in self._passages_of(version)
            if p.page_from is not None and p.page_from <= last and first <= (p.page_to or p.page_from)
        ]
        if not here:
            raise RowError(f"het document heeft geen bladzijde {page} met tekst")
        low, high = min(p.start for p in here), max(p.end for p in here)
        found = place_quote(quote, "", "", version.text[low:high])
        if found is None:
            times = count_quote(quote, version.text[low:high])
            raise RowError(f"het fragment staat {_times(times)} op bladzijde {page} (de hoeveelste van het bestand)")
        return low + found[0], low + found[1]

    def _passages_of(self, version: TextVersion) -> tuple[Passage, ...]:
        if version.id not in self._passages:
            self._passages[version.id] = corpus_store.passages_of(self._connection, version)
        return self._passages[version.id]

    def _document(self, name: str) -> Document:
        found = self._documents.get(name.strip().casefold(), [])
        if len(found) == 1:
            return found[0]
        if not name.strip():
            raise RowError("er staat niet bij uit welk document dit komt")
        if not found:
            raise RowError(f"de studie heeft geen document {name!r} (bestandsnaam, titel of document_id)")
        raise RowError(f"{name!r} kan elk zijn van {', '.join(sorted(d.file_name for d in found))}; noem het hele pad")


class _Pile:
    """Decisions to record, each once: what this coder said before of the same words is not said again."""

    def __init__(self, connection: sqlite3.Connection, codebook: Codebook, coder: str, manner: Manner) -> None:
        self.new: list[Decision] = []
        self.known = 0
        self._coder, self.manner, self._content = coder, manner, codebook.content
        standing = standing_decisions(connection, codebook, corpus_store.current_versions(connection))
        own = [d for d in standing.placed if d.coder == coder and d.manner != "adjudication"]
        self._mine = {(d.document_id, d.start, d.end, d.code): d for d in own}

    def put(self, spot: Spot, code: str, verdict: Verdict, memo: str) -> None:
        target = (spot.version.document_id, spot.start, spot.end, code)
        earlier = self._mine.get(target)
        if earlier and (earlier.verdict, earlier.memo, earlier.manner) == (verdict, memo, self.manner):
            self.known += 1
            return
        said = Said(code, verdict, memo, self.manner)
        decision = new_decision(self._coder, spot, said, self._content, earlier)
        self._mine[target] = decision
        self.new.append(decision)


def _by_quote(text: str, quote: str) -> tuple[int, int]:
    found = place_quote(quote, "", "", text)
    if found is None:
        times = count_quote(quote, text)
        more = "; zet de bladzijde erbij (page)" if times > 1 else ""
        raise RowError(f"het fragment staat {_times(times)} in het document{more}")
    return found


def _times(count: int) -> str:
    return f"{count} keer" if count else "niet letterlijk"


def _unknown_code(name: str, found: Sequence[Code]) -> str:
    if found:
        return f"{name!r} kan elk zijn van {', '.join(code.id for code in found)}; gebruik de id"
    return f"het codeboek heeft geen code of label {name!r}"


def _clip(text: str, span: tuple[int, int], passage: Passage) -> tuple[int, int] | None:
    """Return the part of a span that lies in a passage, without white space at its ends; ``None`` for nothing."""
    start, end = max(span[0], passage.start), min(span[1], passage.end)
    words = text[start:end]
    if start >= end or not words.strip():
        return None
    return start + len(words) - len(words.lstrip()), start + len(words.rstrip())


def _coded(passages: Sequence[Passage]) -> list[Passage]:
    return [p for p in passages if p.kind in CODED_KINDS]


def _by_name(documents: Sequence[Document]) -> dict[str, list[Document]]:
    """Return the documents by every name they may be called: id, path, file name with or without ending, title."""
    names: dict[str, list[Document]] = {}
    for document in documents:
        path = PurePosixPath(document.file_name)
        for name in {document.id, str(path), path.name, path.stem, document.title or ""} - {""}:
            known = names.setdefault(name.casefold(), [])
            if document not in known:
                known.append(document)
    return names


def _by_label(codebook: Codebook) -> dict[str, list[Code]]:
    """Return the codes by id (also a former one) and by label."""
    names: dict[str, list[Code]] = {}
    for code in codebook.codes:
        for name in {code.id.casefold(), code.label.casefold()}:
            names.setdefault(name, []).append(code)
    for former, present in codebook.renamed.items():
        names.setdefault(former.casefold(), []).append(codebook.by_id[present])
    return names


def _read_rows(path: Path) -> tuple[set[str], list[Row]]:
    table = read_table(path, SHEET)
    header = [_column(name) for name in next(table, [])]
    double = next((name for name in header if name and header.count(name) > 1), "")
    if double:
        raise TableError(f"{path}: twee kolommen zijn allebei te lezen als {double}; haal er een weg.")
    rows = (
        Row(number, {name: cell for name, cell in zip(header, row, strict=False) if name})
        for number, row in enumerate(table, 2)
    )
    return set(header), [row for row in rows if any(cell.strip() for cell in row.cells.values())]


def _read_jsonl(path: Path) -> tuple[set[str], list[Row]]:
    rows = list(_json_rows(path))
    return {name for row in rows for name in row.cells}, rows


def _json_rows(path: Path) -> Iterator[Row]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise TableError(f"{path}: dit bestand is niet in UTF-8; sla het zo op.") from None
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            given = json.loads(line)
        except json.JSONDecodeError as error:
            raise TableError(f"{path}, regel {number}: geen geldige JSON ({error.msg}).") from None
        if not isinstance(given, dict):
            raise TableError(f"{path}, regel {number}: verwacht een object met kolommen, {{…}}.")
        yield Row(number, {name: _text(value) for key, value in given.items() if (name := _column(key))})


def _text(value: object) -> str:
    if isinstance(value, list):
        return ";".join(str(part) for part in value)
    return "" if value is None else str(value)


def _column(heading: str) -> str:
    """Return our name of a column by its heading; empty for one that says nothing to us."""
    wanted = heading.strip().casefold()
    return next((name for name, known in COLUMNS.items() if wanted in known), "")
