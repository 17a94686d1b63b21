"""What is known of documents and municipalities, as variables of an exchanged project."""

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping

from corpus.model import Document, Municipality
from outputs.refi.plain import guid
from outputs.wording import _, municipality_of

Values = Mapping[str, tuple[str, str]]
"""Per variable its kind (Text, Integer or Boolean) and value."""


def source_values(document: Document) -> Values:
    """Return what is known of a document; what is not known is left out."""
    return _known(
        (_("gemeente"), "Text", municipality_of(document)),
        (_("jaar"), "Integer", document.year_from),
        (_("jaar tot en met"), "Integer", document.year_to),
        (_("documentsoort"), "Text", document.kind),
        (_("auteur"), "Text", document.author),
        (_("vaststelling"), "Text", document.standing),
        (_("wetten"), "Text", "; ".join(document.laws)),
        (_("bron"), "Text", document.source),
        (_("in de analyse"), "Boolean", "true" if document.included else "false"),
    )


def case_values(municipality: Municipality | None) -> Values:
    """Return what is known of a municipality."""
    if municipality is None:
        return {}
    return _known(
        (_("provincie"), "Text", municipality.province), (_("grootteklasse"), "Text", municipality.size_class)
    )


def variables(values: Iterable[Values]) -> list[ET.Element]:
    """Return a definition of every variable that has a value somewhere."""
    used = dict.fromkeys((name, kind) for row in values for name, (kind, _value) in row.items())
    return [
        ET.Element("Variable", {"guid": variable_guid(name, kind), "name": name, "typeOfVariable": kind})
        for name, kind in used
    ]


def variable_guid(name: str, kind: str) -> str:
    """Return the GUID of a variable."""
    return guid("variable", name, kind)


def _known(*values: tuple[str, str, str | int | None]) -> Values:
    return {name: (kind, str(value)) for name, kind, value in values if value not in (None, "")}
