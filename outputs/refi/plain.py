"""Texts as other programs can hold them: every character stays one character, so that offsets keep their meaning."""

import re
import unicodedata
from uuid import NAMESPACE_URL, uuid5

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 cannot hold."""
_MOVING = re.compile("[\x00-\x08\x0b-\x1f\ufeff\ud800-\udfff\ufffe\uffff\U00010000-\U0010ffff]")
"""What a program may refuse, drop or count as more or less than one character."""
_UNKNOWN = "\ufffd"
_NAMESPACE = uuid5(NAMESPACE_URL, "urn:rodedraad:refi-qda")


def plain(text: str) -> str:
    """Return a text of the same length (code points) in which every program counts the same characters.

    Each character is changed by itself, so that a part of a text is changed as it is in the whole. Line ends are LF;
    CR (of CRLF too) and other control characters become spaces. A character outside the Basic Multilingual Plane is
    two to programs that count UTF-16 units (NVivo): it becomes its plain form where that is one character (𝗯 → b), or
    else U+FFFD.
    """
    return _MOVING.sub(_stand_in, text)


def _stand_in(found: re.Match[str]) -> str:
    character = found[0]
    if character == "\ufeff":
        return "\u2060"  # also without width; at the head of a file the other is dropped as a byte order mark
    if character < " ":
        return " "
    simple = unicodedata.normalize("NFKC", character) if character > "\uffff" else _UNKNOWN
    return simple if len(simple) == 1 and simple <= "\uffff" else _UNKNOWN


def legal(text: str) -> str:
    """Return a name or memo as XML can hold it; line ends are LF."""
    return _ILLEGAL.sub(_UNKNOWN, text.replace("\r\n", "\n").replace("\r", "\n"))


def guid(kind: str, *parts: str | int) -> str:
    """Return the same GUID for the same thing at every export (UUID version 5), so that a second import knows it."""
    name = "\x1f".join((kind, *map(str, parts)))
    return str(uuid5(_NAMESPACE, name.encode("utf-8", "backslashreplace").decode()))
