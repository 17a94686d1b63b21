"""What a file is, by its content: a name can lie, the first bytes seldom do."""

import io
import re
import stat
import zipfile
from pathlib import Path
from typing import Literal

from corpus.formats.decoding import decode
from corpus.model import Notice, UnreadableError

Format = Literal["pdf", "docx", "odt", "html", "cvdr", "markdown", "plain"]

HEAD = 4096
_MARKDOWN = (".md", ".markdown")
_PLAIN = (".txt", ".text", "")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_APPLE_DOUBLE = (b"\x00\x05\x16\x07", b"\x00\x05\x16\x00")
_IMAGES = (b"\xff\xd8\xff", b"\x89PNG", b"II*\x00", b"MM\x00*", b"GIF8")
_HTML = re.compile(r"(?:\s|<\?xml[^>]*>|<!--.*?-->)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_CVDR = re.compile(r"<(?:\w+:)?(?:cvdr|regeling|gemeenteblad)\b", re.I)
_MAIL = re.compile(r"(?:From|Received|Return-Path|MIME-Version): ")


def sniff(path: Path) -> Format:
    """Say how to read ``path``.

    Raises:
        UnreadableError: nobody here can read it; its notice says what it is and what to do.
    """
    try:
        with open_file(path) as file:
            head = file.read(HEAD)
    except OSError as error:
        raise unreadable_path(path, error) from error
    if not head:
        raise _refuse("empty", "Het bestand is leeg (0 bytes). Haal het opnieuw op bij de bron.")
    _refuse_known(head, path)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _sniff_zip(path)
    return _sniff_text(head, path)


def open_file(path: Path) -> io.BufferedReader:
    """Open a file to read. Raise `UnreadableError` for a pipe or device, which could keep us waiting for ever."""
    if not stat.S_ISREG(path.stat().st_mode) and not path.is_dir():
        raise _refuse("no_file", "Dit is geen gewoon bestand (maar een pijp of apparaat) en wordt niet gelezen.")
    return path.open("rb")


def unreadable_path(path: Path, error: OSError) -> UnreadableError:
    """An operating system error about ``path``, in words."""
    if isinstance(error, FileNotFoundError):
        return _refuse("missing", "Het bestand bestaat niet (meer). Controleer de naam en de map.")
    if isinstance(error, PermissionError):
        return _refuse("permission", "Het bestand mag niet gelezen worden. Vraag leesrechten, of kopieer het.")
    if path.is_dir():
        return _refuse("folder", "Dit is een map, geen bestand.")
    return _refuse("unreadable", f"Het bestand is niet te lezen: {error.strerror or error}. Kopieer het opnieuw.")


def _refuse(reason: str, message: str) -> UnreadableError:
    return UnreadableError(Notice(reason, message))


def _refuse_known(head: bytes, path: Path) -> None:
    """Refuse what is recognised but not read."""
    if head.startswith(_APPLE_DOUBLE):
        raise _refuse(
            "not_a_document",
            "Dit is geen document maar een bijbestand dat macOS naast het echte bestand zet (AppleDouble). "
            "Gooi het weg; het document zelf heeft dezelfde naam zonder '._' ervoor.",
        )
    if head.startswith(_OLE):
        raise _refuse_ole(path)
    if head.startswith(b"{\\rtf"):
        raise _refuse("not_supported", "Rtf wordt niet gelezen. Sla het bestand in Word op als .docx.")
    if head.startswith(_IMAGES) or head[4:12] == b"ftypheic":
        raise _refuse(
            "not_supported", "Dit is een afbeelding. Maak er een pdf van en laat tekstherkenning (OCR) erop los."
        )
    if not head.strip(b"\x00"):
        raise _refuse("broken", "Het bestand bevat alleen nullen: de download is mislukt. Haal het opnieuw op.")


def _refuse_ole(path: Path) -> UnreadableError:
    """Old Office files, and encrypted new ones, share one container; its directory names what is inside."""
    with path.open("rb") as file:
        data = file.read(64 * 1024 * 1024)
    if "EncryptedPackage".encode("utf-16-le") in data:
        return _refuse(
            "password",
            "Het bestand is met een wachtwoord beveiligd. Open het in Office, verwijder het wachtwoord en sla het op.",
        )
    if "WordDocument".encode("utf-16-le") in data:
        return _refuse("not_supported", "Oud Word-bestand (.doc) wordt niet gelezen. Sla het in Word op als .docx.")
    if "Workbook".encode("utf-16-le") in data:
        return _refuse(
            "not_supported",
            "Oud Excel-bestand (.xls) wordt niet gelezen. Sla de tekst die ertoe doet op als pdf of docx.",
        )
    return _refuse("not_supported", "Oud Office-bestand wordt niet gelezen. Sla het op als .docx of pdf.")


def _sniff_zip(path: Path) -> Format:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            kind = archive.read("mimetype")[:200].decode("ascii", "replace") if "mimetype" in names else ""
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError) as error:
        raise _refuse(
            "broken", "Het bestand is beschadigd of niet compleet (een zip zonder einde). Haal het opnieuw op."
        ) from error
    if "word/document.xml" in names:
        return "docx"
    if kind.startswith("application/vnd.oasis.opendocument.text"):
        return "odt"
    if any(name.startswith("xl/") for name in names) or "opendocument.spreadsheet" in kind:
        raise _refuse(
            "not_supported",
            "Een rekenblad (Excel) wordt niet gelezen. Sla de tekst die ertoe doet op als pdf of docx.",
        )
    if any(name.startswith("ppt/") for name in names) or "opendocument.presentation" in kind:
        raise _refuse("not_supported", "Een presentatie wordt niet gelezen. Exporteer haar als pdf.")
    if kind.startswith("application/epub"):
        raise _refuse("not_supported", "Een e-boek (epub) wordt niet gelezen. Zet het om naar pdf of docx.")
    raise _refuse("not_supported", "Dit is een zip-bestand. Pak het uit en voeg de documenten erin toe.")


def _sniff_text(head: bytes, path: Path) -> Format:
    suffix = path.suffix.lower()
    named_pdf = suffix == ".pdf"
    try:
        text, _ = decode(_whole_characters(head))
    except UnreadableError as error:
        if named_pdf:
            raise _no_pdf("het is geen pdf en ook geen leesbare tekst") from error
        raise
    if named_pdf:
        raise _no_pdf("het is een webpagina" if _HTML.match(text) else "het is platte tekst")
    if _HTML.match(text) or suffix in (".html", ".htm", ".xhtml"):
        return "html"
    if text.lstrip().startswith(("<?xml", "<")) and suffix not in (*_MARKDOWN, *_PLAIN):
        if _CVDR.search(text):
            return "cvdr"
        raise _refuse(
            "not_supported",
            "Van XML wordt alleen lokale regelgeving (CVDR) gelezen. Lever het document aan als pdf, docx of html.",
        )
    if suffix in _MARKDOWN:
        return "markdown"
    if suffix in _PLAIN and not _MAIL.match(text):
        return "plain"
    raise _refuse(
        "not_supported",
        f"Een bestand van de soort '{suffix or 'e-mail'}' wordt niet gelezen. Lever het aan als pdf, docx, odt, html "
        "of txt.",
    )


def _no_pdf(what: str) -> UnreadableError:
    return _refuse(
        "not_a_pdf",
        f"Het bestand heet .pdf, maar {what}: er ging waarschijnlijk iets mis bij het downloaden. Haal het opnieuw op.",
    )


def _whole_characters(head: bytes) -> bytes:
    """The head without a UTF-8 character that was cut in two by the length of the head."""
    if len(head) < HEAD or head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return head
    for cut in range(1, 4):
        if head[-cut] >= 0xC0:
            return head[:-cut]
        if head[-cut] < 0x80:
            break
    return head
