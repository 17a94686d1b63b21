"""Take in decisions that people made in a table of fragments: the workbook or a CSV with ``decision`` filled in."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from codebook.model import Codebook
from coding import store
from coding.events import Said, Spot, new_decision, surrounded
from coding.loading import standing_decisions, withheld_from
from coding.model import Decision, Verdict
from coding.placing import fold, place_quote
from corpus import store as corpus_store
from corpus.model import Passage, TextVersion
from corpus.tables import TableError, read_table

SHEET = "fragments"
NEEDED = ("document_id", "version", "start", "end", "theme", "decision")
WORDS: Mapping[str, Verdict] = {
    **dict.fromkeys(("accept", "accepted", "ja", "j", "yes", "y", "1"), "accept"),
    **dict.fromkeys(("reject", "rejected", "nee", "n", "no", "0"), "reject"),
}
_COMPARED = 200
"""Characters of a quote compared with the text, so that a row whose cells were sorted apart is noticed."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row with a decision, as it stands in the table; ``number`` is the row's as a spreadsheet shows it."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Taken:
    """What taking in a table came to; ``problems`` are (row number, what is wrong)."""

    new: int
    known: int
    problems: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Where a row's words stand: the version and span recorded, and the span in the current version."""

    version: TextVersion
    span: tuple[int, int]
    now: tuple[int, int] | None


class RowError(Exception):
    """What is wrong with one row."""


def read_rows(path: Path) -> list[Row]:
    """Return the rows of a workbook's sheet ``fragments`` (or first sheet) or a CSV in which a decision is filled in.

    Raise `TableError` when the file is no such table.
    """
    table = read_table(path, SHEET)
    header = next(table, [])
    missing = [name for name in NEEDED if name not in header]
    if missing:
        raise TableError(
            f"{path}: de kolom {missing[0]} ontbreekt. Neem het blad fragments van het werkboek, of een export."
        )
    rows = (
        Row(number, {name: cell.strip() if name != "quote" else cell for name, cell in zip(header, row, strict=False)})
        for number, row in enumerate(table, 2)
    )
    return [row for row in rows if row.cells.get("decision")]


def take_decisions(connection: sqlite3.Connection, codebook: Codebook, rows: Sequence[Row], coder: str) -> Taken:
    """Record a coder's decisions, all good rows together; what was taken in before is not recorded again.

    A row that cannot be understood, whose words are not found, or that is about a passage this coder is still to code
    blind, is a problem and costs that row only.
    """
    desk = Desk(connection, codebook, coder)
    new: list[Decision] = []
    known = 0
    problems: list[tuple[int, str]] = []
    seen: dict[tuple[object, ...], tuple[int, str]] = {}
    for row in rows:
        try:
            decision, target = desk.judge(row)
        except RowError as error:
            problems.append((row.number, str(error)))
            continue
        first = seen.setdefault(target, (row.number, decision.verdict if decision else ""))
        if decision is None:
            known += 1
        elif first == (row.number, decision.verdict):
            new.append(decision)
        elif first[1] != decision.verdict:
            problems.append((row.number, f"spreekt rij {first[0]} tegen; die is genomen"))
    store.append_decisions(connection, new)
    store.place_decisions(connection, desk.current.values())
    return Taken(len(new), known, tuple(problems))


class Desk:
    """What is needed to judge row after row: texts, passages and this coder's decisions in force."""

    def __init__(self, connection: sqlite3.Connection, codebook: Codebook, coder: str) -> None:
        self.current = corpus_store.current_versions(connection)
        self._connection = connection
        self._codebook = codebook
        self._coder = coder
        self._ids = {version.id: version for version in self.current.values()}
        self._passages: dict[str, tuple[Passage, ...]] = {}
        self._content = codebook.content
        self._blind = [
            (a.document_id, a.start, a.start + len(a.quote)) for a in withheld_from(connection, codebook, coder)
        ]
        self._mine = {
            (d.document_id, (d.start, d.end), d.code): d
            for d in standing_decisions(connection, codebook, self.current).placed
            if d.coder == coder and d.manner != "adjudication"
        }

    def judge(self, row: Row) -> tuple[Decision | None, tuple[object, ...]]:
        """Return the decision a row holds (``None``: already recorded) and its target. Raise `RowError`."""
        verdict = WORDS.get(row.cells["decision"].casefold())
        if verdict is None:
            raise RowError(f"decision {row.cells['decision']!r}: kies accept of reject (of ja, nee), of laat leeg")
        code = row.cells["theme"]
        if code not in self._codebook.by_id:
            raise RowError(f"het codeboek heeft geen code {code!r}")
        where = self.find(row)
        memo = row.cells.get("memo", "")
        target = (where.version.document_id, where.now or where.span, code)
        earlier = self._mine.get((where.version.document_id, where.now or where.span, code))
        if earlier and (earlier.verdict, earlier.memo) == (verdict, memo):
            return None, target
        self.refuse_blind(where.version.document_id, where.now or where.span)
        spot = Spot(where.version, *where.span, self.page(where.version, where.span[0]))
        return new_decision(self._coder, spot, Said(code, verdict, memo), self._content, earlier), target

    def refuse_blind(self, document_id: str, span: tuple[int, int]) -> None:
        """Raise `RowError` for words in a passage that the coder is still to code blind."""
        if self.withholds(document_id, span):
            raise RowError(
                f"deze passage codeert {self._coder} eerst blind, in rodedraad review; lees de rij daarna opnieuw in"
            )

    def withholds(self, document_id: str, span: tuple[int, int]) -> bool:
        """Tell whether words stand in a passage that the coder is still to code blind."""
        return any(held == document_id and start < span[1] and span[0] < end for held, start, end in self._blind)

    def find(self, row: Row) -> Found:
        """Return where a row with offsets stands, its quote compared. Raise `RowError` when that is not certain."""
        quote = row.cells.get("quote", "")
        document_id = row.cells["document_id"]
        current = self.current.get(document_id)
        given = row.cells["version"]
        version = self._ids.get(given) or corpus_store.text_of(self._connection, given)
        if version is not None:
            self._ids[given] = version
            span = _span(row, version.text)
            if version.document_id != document_id or (quote and not _agree(quote, version.text[slice(*span)])):
                raise RowError("het citaat hoort niet bij deze plaats; zijn kolommen los van elkaar gesorteerd?")
            if current is None or version.id == current.id:
                return Found(version, span, span)
            return Found(version, span, place_quote(*surrounded(version.text, span), current.text))
        if current is None:
            raise RowError("dit document zit niet in deze studie (een anoniem werkboek is niet terug te lezen)")
        now = place_quote(quote.removeprefix("'"), "", "", current.text)
        if now is None:
            raise RowError("de tekst is intussen opnieuw gelezen en dit citaat staat er niet precies één keer in")
        return Found(current, now, now)

    def page(self, version: TextVersion, offset: int) -> int | None:
        """Return the page of an offset, ``None`` where the document has none."""
        if version.id not in self._passages:
            self._passages[version.id] = corpus_store.passages_of(self._connection, version)
        inside = (p for p in self._passages[version.id] if p.start <= offset < p.end)
        return next((p.page_at(offset) for p in inside), None)


def _span(row: Row, text: str) -> tuple[int, int]:
    try:
        start, end = int(row.cells["start"]), int(row.cells["end"])
    except ValueError:
        raise RowError("start en end moeten gehele getallen zijn, zoals ze in het werkboek stonden") from None
    if not 0 <= start < end <= len(text):
        raise RowError("start en end vallen buiten de tekst van dit document")
    return start, end


def _agree(cell: str, text: str) -> bool:
    """Tell whether a cell holds these words, whatever a spreadsheet did to quotes, white space and length."""
    left, right = (
        "".join(filter(str.isprintable, fold(side[: 2 * _COMPARED].removeprefix("'"))[0]))[:_COMPARED]
        for side in (cell, text)
    )
    short = min(len(left), len(right))
    return left[:short] == right[:short] and (len(left) == len(right) or short >= _COMPARED // 2)
