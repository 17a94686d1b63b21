"""Open zipped and XML files that somebody else made: no entities, no network, no bombs."""

import io
import zipfile

from lxml import etree

from corpus.model import Notice, UnreadableError

MAX_PART = 64 * 1024 * 1024
MAX_TOTAL = 512 * 1024 * 1024
"""Bytes after unpacking. A thousand pages of text take some 20 MB; pictures make up the rest."""


def parse_xml(data: bytes) -> etree._Element:
    """Parse XML without entities, DTD or network. Raises `UnreadableError` when it is not well-formed."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise broken() from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableError(Notice("unsafe", "Het bestand definieert zelf tekens (DTD); zoiets wordt niet gelezen."))
    return root


def open_zip(data: bytes) -> zipfile.ZipFile:
    """Open a zipped document after weighing what it would unpack to. Raises `UnreadableError`."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise broken() from error
    xml = max((m.file_size for m in members if m.filename.endswith((".xml", ".rels"))), default=0)
    if xml > MAX_PART or sum(m.file_size for m in members) > MAX_TOTAL or len(members) > 20_000:
        raise UnreadableError(
            Notice(
                "too_large",
                "Het bestand pakt uit tot een veelvoud van zijn grootte (mogelijk een zipbom) en is niet geopend. "
                "Sla het opnieuw op, of lever het aan als pdf.",
            )
        )
    if any(m.flag_bits & 1 for m in members):
        raise UnreadableError(locked())
    return archive


def read_part(archive: zipfile.ZipFile, name: str) -> bytes:
    """One member of the archive. Raises `UnreadableError` when it is missing or damaged."""
    try:
        return archive.read(name)
    except (KeyError, zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise broken() from error
    except Exception as error:  # zlib.error is no OSError
        raise broken() from error


def locked() -> Notice:
    """What to do about a file that needs a password."""
    return Notice(
        "password",
        "Het bestand is met een wachtwoord beveiligd. Open het, verwijder het wachtwoord en sla het opnieuw op.",
    )


def broken() -> UnreadableError:
    """A file that is damaged or cut off."""
    return UnreadableError(
        Notice(
            "broken",
            "Het bestand is beschadigd of niet compleet. Haal het opnieuw op, of open het in een tekstverwerker en sla "
            "het opnieuw op.",
        )
    )


def name_of(element: etree._Element) -> str:
    """Tag without namespace, lower case; empty for comments and processing instructions."""
    return etree.QName(element).localname.lower() if isinstance(element.tag, str) else ""


def inner_text(element: etree._Element, skip: frozenset[str] = frozenset()) -> str:
    """The text of an element and everything in it, without the elements named in ``skip`` (but with their tails)."""
    pieces = [element.text or ""]
    stack: list[etree._Element | str] = list(reversed(element))
    while stack:  # no recursion: web pages nest a thousand deep
        one = stack.pop()
        if isinstance(one, str):
            pieces.append(one)
            continue
        name = name_of(one)
        stack.append(one.tail or "")
        if name == "br":
            pieces.append("\n")
        elif name and name not in skip:
            pieces.append(one.text or "")
            stack.extend(reversed(one))
    return "".join(pieces)
