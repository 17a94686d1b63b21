"""A codebook as REFI-QDA holds it: codes with colour and description, sub-codes inside their theme."""

import re
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

from codebook.model import Code, Codebook
from outputs.refi.plain import guid, legal
from outputs.wording import _

NAMESPACE = "urn:QDA-XML:codebook:1.0"
_COLOUR = re.compile("#[0-9a-fA-F]{6}")


def write_codebook(codebook: Codebook, program: str, path: Path) -> Path:
    """Write the codebook (.qdc) and return its path; raise ``ValueError`` when it has no codes."""
    if not codebook.codes:
        raise ValueError(_("Het codeboek heeft geen codes; voeg er een toe in codebook.toml."))
    root = ET.Element("CodeBook", {"xmlns": NAMESPACE, "origin": legal(program)})
    root.append(codes(codebook))
    path.write_bytes(as_bytes(root))
    return path


def codes(codebook: Codebook) -> ET.Element:
    """Return the element ``Codes``: themes in the order of the codebook, each with its sub-codes inside."""
    root = ET.Element("Codes")
    labels = Counter(code.label for code in codebook.codes)
    made: dict[str, ET.Element] = {}
    for code in sorted(codebook.codes, key=lambda c: c.id.count(".")):
        # Two codes of one name are one code to ATLAS.ti.
        name = code.label if labels[code.label] == 1 else f"{code.label} ({code.id})"
        element = ET.SubElement(made.get(code.parent or "", root), "Code", _attributes(codebook, code, name))
        if described := _description(code):
            ET.SubElement(element, "Description").text = legal(described)
        made[code.id] = element
    return root


def code_guid(codebook: Codebook, code: str) -> str:
    """Return the GUID of a code: that of its id in this codebook, whatever its label or definition."""
    return guid("code", codebook.name, code)


def as_bytes(root: ET.Element) -> bytes:
    """Return the XML as it stands in a file: UTF-8, declared, indented."""
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _attributes(codebook: Codebook, code: Code, name: str) -> dict[str, str]:
    colour = {"color": code.colour} if _COLOUR.fullmatch(code.colour) else {}
    return {"guid": code_guid(codebook, code.id), "name": legal(name), "isCodable": "true", **colour}


def _description(code: Code) -> str:
    """Return all that the codebook tells coders, for the standard has one field for it."""
    lists = (
        (_("Omvat"), code.includes),
        (_("Niet"), code.excludes),
        (_("Voorbeelden"), code.examples),
        (_("Tegenvoorbeelden"), code.counter_examples),
    )
    parts = [code.definition] if code.definition else []
    parts += ["\n".join([f"{title}:", *(f"- {item}" for item in items)]) for title, items in lists if items]
    if code.group == "auxiliary":
        parts.append(_("Hulpcode."))
    return "\n\n".join(parts)
