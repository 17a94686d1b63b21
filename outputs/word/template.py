"""The document a report starts from: empty, or the institute's own with its styles, margins, header and footer."""

import io
import zipfile
from copy import deepcopy
from pathlib import Path
from typing import Any

from outputs.wording import _

_AS_TEMPLATE = b"wordprocessingml.template.main+xml"
_AS_DOCUMENT = b"wordprocessingml.document.main+xml"
_CONTENT_TYPES = "[Content_Types].xml"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip can hold: the same study gives the same bytes."""


class TemplateError(ValueError):
    """A template that cannot be used; says why and what to do, in Dutch."""


def start(template: Path | None) -> Any:
    """Return an empty Word document, with the styles, page and running heads of the template when there is one.

    Raise `TemplateError` when the template is not there or is not a Word document.
    """
    import docx

    if template is None:
        return docx.Document()
    try:
        document = docx.Document(io.BytesIO(_as_document(template.read_bytes())))
        _clear(document.element.body)
    except OSError as error:
        raise TemplateError(
            _("Het sjabloon '%s' is niet te openen. Kijk of het pad klopt en of u het mag lezen.") % template
        ) from error
    except Exception as error:  # python-docx lets every kind of error through on a damaged package
        raise TemplateError(
            _(
                "Het sjabloon '%s' is geen Word-document dat te lezen is. Open het in Word, haal een wachtwoord eraf "
                "en sla het op als .docx."
            )
            % template
        ) from error
    return document


def _as_document(data: bytes) -> bytes:
    """Return a Word template (.dotx) as the document it would make; anything else as it is."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        types = package.read(_CONTENT_TYPES)
        if _AS_TEMPLATE not in types:
            return data
        parts = [(name, package.read(name)) for name in package.namelist()]
    made = types.replace(_AS_TEMPLATE, _AS_DOCUMENT)
    return _zipped([(name, made if name == _CONTENT_TYPES else part) for name, part in parts])


def repacked(data: bytes) -> bytes:
    """Return the same package without the time at which it was written."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return _zipped([(name, package.read(name)) for name in package.namelist()])


def _zipped(parts: list[tuple[str, bytes]]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts:
            package.writestr(zipfile.ZipInfo(name, _EPOCH), part, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _clear(body: Any) -> None:
    """Take everything out but the last section; it keeps the running heads it took over from earlier sections."""
    from docx.oxml.ns import qn

    last = body.get_or_add_sectPr()
    for earlier in reversed([s for s in body.iter(qn("w:sectPr")) if s is not last]):
        for tag in ("w:headerReference", "w:footerReference"):
            for reference in earlier.findall(qn(tag)):
                if not any(r.get(qn("w:type")) == reference.get(qn("w:type")) for r in last.findall(qn(tag))):
                    last.insert(0, deepcopy(reference))
    for element in [e for e in body if e is not last]:
        body.remove(element)
