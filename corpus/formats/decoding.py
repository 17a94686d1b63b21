"""From bytes to text: UTF-8, UTF-16 with a byte order mark, else Windows-1252 with a notice."""

import codecs
import re

from corpus.model import Notice, UnreadableError

_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_RESAVE = "Open het bestand in een tekstverwerker en sla het op als 'Unicode (UTF-8)'."


def decode(data: bytes) -> tuple[str, tuple[Notice, ...]]:
    """Return the text and what its reader must know about the encoding.

    Raises:
        UnreadableError: the bytes are no text in an encoding we can be sure of (``encoding``, ``binary``).
    """
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return _strict(data, "utf-32"), ()
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _strict(data, "utf-16"), ()
    if b"\x00" in data[:4096]:
        raise _no_text(data)
    try:
        text = data.decode("utf-8-sig")
        notices: tuple[Notice, ...] = ()
    except UnicodeDecodeError:
        text, notices = _windows(data)
    if len(_CONTROLS.findall(text)) > len(text) // 200:
        raise _no_text(data)
    return text, notices


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        message = f"De tekst zegt {encoding.upper()} te zijn, maar is dat niet. {_RESAVE}"
        raise UnreadableError(Notice("encoding", message)) from error


def _windows(data: bytes) -> tuple[str, tuple[Notice, ...]]:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        message = f"De tekencodering van deze tekst is niet te herkennen. {_RESAVE}"
        raise UnreadableError(Notice("encoding", message)) from error
    message = (
        "De tekst is geen UTF-8; ze is gelezen als Windows-1252. Kloppen letters als é en ë niet, "
        "sla het bestand dan op als 'Unicode (UTF-8)' en voeg het opnieuw toe."
    )
    return text, (Notice("encoding", message),)


def _no_text(data: bytes) -> UnreadableError:
    halves = data[:4096][0::2].count(0), data[:4096][1::2].count(0)
    if max(halves) > len(data[:4096]) // 4:
        return UnreadableError(Notice("encoding", f"De tekst lijkt UTF-16 zonder kenmerk vooraan. {_RESAVE}"))
    message = "Dit is geen tekst maar een binair bestand van een onbekende soort. Lever het aan als pdf, docx of txt."
    return UnreadableError(Notice("binary", message))
