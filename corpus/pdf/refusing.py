"""Files and pages from which no text can be had: why, and what to do about it, in Dutch."""

from collections.abc import Sequence
from pathlib import Path

from corpus.model import Notice, UnreadableError
from corpus.pdf.legibility import Verdict
from corpus.pdf.pages import Sheet

_WHOLE = {
    "scanned": "De pdf bestaat uit scans zonder tekst. Laat er tekstherkenning (OCR) op los.",
    "empty": "Er staat geen tekst in de pdf. Vraag het oorspronkelijke bestand op.",
    "no_pages": "De pdf heeft geen pagina's. Vraag het bestand opnieuw op.",
    "garbled": "De tekstlaag van de pdf is onleesbaar (de letters kloppen niet). "
    "Laat er tekstherkenning (OCR) op los, of vraag het oorspronkelijke bestand op.",
    "foreign": "De tekst van de pdf is niet in het Nederlands en is niet gelezen. Lever de Nederlandse versie.",
    "password": "De pdf vraagt een wachtwoord. Geef het op, of lever een versie zonder beveiliging.",
    "broken": "De pdf is afgebroken of beschadigd en kan niet worden gelezen. Vraag het bestand opnieuw op.",
    "not_pdf": "Dit is geen pdf, al heet het zo. Vraag het oorspronkelijke bestand op.",
}
_PAGE = {
    "scanned": "Deze pagina is een scan of afbeelding zonder tekst en is niet gelezen.",
    "garbled": "De tekst van deze pagina is onleesbaar en is niet gecodeerd. Lees haar zelf.",
    "foreign": "Deze pagina is niet in het Nederlands en is niet gecodeerd.",
}


def check_file(path: Path) -> None:
    """Raise `UnreadableError` when the file is empty or no PDF."""
    if path.stat().st_size == 0:
        raise UnreadableError(Notice("empty", "Het bestand is leeg (0 bytes). Vraag het opnieuw op."))
    with path.open("rb") as file:
        if b"%PDF-" not in file.read(1024):
            raise _error("not_pdf")


def unopened(error: Exception) -> UnreadableError:
    """What an exception of pdfminer or pdfplumber means; theirs are often wrapped in one another."""
    names = {type(e).__name__ for e in (error, error.__cause__, error.__context__, *error.args) if e is not None}
    if any("Password" in n or "Encryption" in n for n in names):
        return _error("password")
    return _error("broken")


def refuse(sheets: Sequence[Sheet], verdicts: Sequence[Verdict], scanned: set[int]) -> None:
    """Raise `UnreadableError` when nothing, or hardly anything, of the document can be read."""
    if not sheets:
        raise UnreadableError(Notice("broken", _WHOLE["no_pages"]))
    blank = [i for i, s in enumerate(sheets) if sum(len(line.text) for line in s.everything) < 20]
    if len(blank) == len(sheets):
        raise _error("scanned" if scanned or any(s.pictures > 0.02 for s in sheets) else "empty")
    if len(scanned) > 0.8 * len(sheets):
        raise _error("scanned")
    for reason in ("garbled", "foreign"):
        bad = sum(v == reason for v in verdicts)
        if bad > 0.5 * (len(sheets) - len(blank)):
            raise _error(reason)


def page_notice(reason: str, page: int) -> Notice:
    """What is the matter with one page (1-based)."""
    return Notice(reason, _PAGE[reason], page)


def ocr_notice(page: int, confidence: float) -> Notice:
    """That a page (1-based) was read by text recognition, and how sure that was of its words (0 to 1)."""
    message = f"Deze pagina is met tekstherkenning gelezen (zekerheid {confidence:.0%}). Vergelijk citaten met haar."
    return Notice("ocr", message, page)


def _error(reason: str) -> UnreadableError:
    return UnreadableError(Notice(reason, _WHOLE[reason]))
