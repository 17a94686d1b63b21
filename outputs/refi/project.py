"""A study as a REFI-QDA project: a zip of ``project.qde`` and the plain text of every document."""

import textwrap
import xml.etree.ElementTree as ET
import zipfile
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from coding.judging import withheld
from coding.model import Decision, Status
from coding.snapshot import Snapshot
from corpus.model import Document, TextVersion
from outputs.anonymity import municipality_letters
from outputs.fragments import chosen
from outputs.records import Study, work_out
from outputs.refi.codebook import as_bytes, code_guid, codes
from outputs.refi.plain import guid, legal, plain
from outputs.refi.selections import Selection, Span, selections
from outputs.refi.variables import Values, case_values, source_values, variable_guid, variables
from outputs.wording import STATUSES, _, homes_of, source_line

NAMESPACE = "urn:QDA-XML:project:1.0"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_VERDICTS = {"accept": STATUSES["accepted"], "reject": STATUSES["rejected"]}


@dataclass(frozen=True, slots=True)
class Choice:
    """What of a study goes along: the same as the filters of `outputs.fragments.fragments`."""

    theme: str | None = None
    municipality: str | None = None
    statuses: tuple[Status, ...] = ("accepted",)
    coder: str = ""
    """Without the codes of passages that this coder is still to code blind."""
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class Project:
    """A project ready to be written: its XML, its texts by name in the zip, and how much it holds."""

    xml: bytes
    texts: Mapping[str, str]
    selections: int
    codings: int
    replaced: int
    """Characters in the texts that stand as U+FFFD because programs do not count them alike."""


@dataclass(frozen=True, slots=True)
class _Source:
    document: Document
    version: TextVersion
    selections: tuple[Selection, ...]

    @property
    def guid(self) -> str:
        return guid("source", self.version.id)


def make_project(snapshot: Snapshot, choice: Choice) -> Project:
    """Return the study as a project: documents of the analysis, and others where people coded.

    Raise ``ValueError`` for a status that is no coding (*rejected*).
    """
    if "rejected" in choice.statuses:
        raise ValueError(_("Een verworpen code is geen codering; die staan in csv en xlsx."))
    study = work_out(snapshot, anonymous=choice.anonymous)
    if choice.anonymous and choice.municipality is not None:
        letters = {name.casefold(): letter for name, letter in municipality_letters(snapshot).items()}
        wanted = letters.get(choice.municipality.casefold(), choice.municipality)
        choice = replace(choice, municipality=wanted)
    sources = _sources(study, choice, tuple(_held(snapshot, study.snapshot, choice.coder)))
    texts = {f"sources/{s.guid}.txt": plain(s.version.text) for s in sources}
    return Project(
        xml=as_bytes(_project(study.snapshot, sources)),
        texts=texts,
        selections=sum(len(s.selections) for s in sources),
        codings=sum(len(selection.marks) for s in sources for selection in s.selections),
        replaced=sum(
            text.count("\ufffd") - s.version.text.count("\ufffd")
            for s, text in zip(sources, texts.values(), strict=True)
        ),
    )


def write_project(project: Project, path: Path) -> Path:
    """Write the zip (.qdpx), the same bytes for the same project, and return its path."""
    contents = {"project.qde": project.xml, **{name: text.encode() for name, text in project.texts.items()}}
    with zipfile.ZipFile(path, "w") as file:
        for name in sorted(contents):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            file.writestr(entry, contents[name])
    return path


def _sources(study: Study, choice: Choice, held: Collection[Span]) -> list[_Source]:
    records = chosen(study, theme=choice.theme, municipality=choice.municipality, statuses=choice.statuses)
    found = selections(study, records, choice.statuses, choice.theme, held)
    wanted = choice.municipality.casefold() if choice.municipality is not None else None
    return [
        _Source(document, study.snapshot.versions[document.id], found.get(document.id, ()))
        for document in study.snapshot.documents
        if document.id in study.snapshot.versions
        and (document.included or document.id in found)
        and (wanted is None or wanted in (name.casefold() for name in homes_of(document)))
    ]


def _held(snapshot: Snapshot, shown: Snapshot, coder: str) -> Iterator[Span]:
    """Return where the passages a coder may not see stand in the texts as they are shown, names masked or not."""
    held = {(a.document_id, a.start) for a in withheld(snapshot.assigned, snapshot.blind, coder)}
    for as_is, document in zip(snapshot.documents, shown.documents, strict=True):
        passages = shown.passages.get(document.id, ())
        for passage, masked in zip(snapshot.passages.get(as_is.id, ()), passages, strict=True):
            if (as_is.id, passage.start) in held:
                yield document.id, masked.start, masked.end


def _project(snapshot: Snapshot, sources: list[_Source]) -> ET.Element:
    program = legal(snapshot.method.program)
    root = ET.Element("Project", {"xmlns": NAMESPACE, "name": legal(snapshot.name), "origin": program})
    users = ET.SubElement(root, "Users")
    ET.SubElement(users, "User", {"guid": _user(None), "name": program})
    for name in sorted(_coders(sources)):
        ET.SubElement(users, "User", {"guid": _user(name), "name": legal(name)})
    if snapshot.codebook.codes:
        ET.SubElement(root, "CodeBook").append(codes(snapshot.codebook))
    homes = {m.name: m for s in sources for m in s.document.municipalities}
    of_cases = {name: case_values(homes.get(name)) for s in sources for name in homes_of(s.document)}
    of_sources = [source_values(s.document) for s in sources]
    _append(root, "Variables", variables([*of_sources, *of_cases.values()]))
    _append(root, "Cases", [_case(name, of_cases[name], sources) for name in sorted(of_cases)])
    names = _names(sources)
    filled = zip(sources, names, of_sources, strict=True)
    _append(root, "Sources", [_source(snapshot, s, name, values) for s, name, values in filled])
    _append(root, "Notes", list(_notes(snapshot, sources)))
    ET.SubElement(root, "Description").text = legal(f"{snapshot.codebook.title} {snapshot.codebook.version}")
    return root


def _append(root: ET.Element, tag: str, children: list[ET.Element]) -> None:
    """Add a list; an empty one breaks the schema."""
    if children:
        ET.SubElement(root, tag).extend(children)


def _coders(sources: list[_Source]) -> set[str]:
    found = [s for source in sources for s in source.selections]
    return {m.coder for s in found for m in s.marks if m.coder is not None} | {d.coder for s in found for d in s.memos}


def _user(coder: str | None) -> str:
    return guid("program") if coder is None else guid("user", coder)


def _names(sources: list[_Source]) -> list[str]:
    """Return what each source is called, apart from each other: programs take two of one name for one."""
    lines = [source_line(s.document, None, None) for s in sources]
    count = Counter(lines)
    return [
        line if count[line] == 1 else f"{line} ({source.document.file_name})"
        for source, line in zip(sources, lines, strict=True)
    ]


def _case(name: str, values: Values, sources: list[_Source]) -> ET.Element:
    case = ET.Element("Case", {"guid": guid("case", name), "name": legal(name)})
    _set_values(case, values)
    for source in sources:
        if name in homes_of(source.document):
            ET.SubElement(case, "SourceRef", {"targetGUID": source.guid})
    return case


def _set_values(element: ET.Element, values: Values) -> None:
    for name, (kind, value) in values.items():
        outer = ET.SubElement(element, "VariableValue")
        ET.SubElement(outer, "VariableRef", {"targetGUID": variable_guid(name, kind)})
        ET.SubElement(outer, f"{kind}Value").text = legal(value)


def _source(snapshot: Snapshot, source: _Source, name: str, values: Values) -> ET.Element:
    attributes = {"guid": source.guid, "name": legal(name), "plainTextPath": f"internal://{source.guid}.txt"}
    element = ET.Element("TextSource", {**attributes, "creatingUser": _user(None)})
    reason = source.document.included_reason
    left_out = [] if source.document.included else [_("Niet in de analyse: %s") % reason if reason else ""]
    told = [source.document.file_name, *left_out]
    ET.SubElement(element, "Description").text = legal("\n".join(filter(None, told)))
    text = plain(source.version.text)
    for selection in source.selections:
        element.append(_selection(snapshot, source, selection, text[selection.start : selection.end]))
    _set_values(element, values)
    return element


def _selection(snapshot: Snapshot, source: _Source, selection: Selection, quote: str) -> ET.Element:
    span = (source.version.id, selection.start, selection.end)
    first = selection.marks[0]
    # The standard calls the end the last character; in programs' files (qualitative-coding's) it is the one after it.
    place = {"startPosition": str(selection.start), "endPosition": str(selection.end)}
    name = {"name": legal(textwrap.shorten(quote, 60, placeholder=" …"))}
    element = ET.Element(
        "PlainTextSelection", {"guid": guid("selection", *span), **name, **place, **_made(first.coder, first.time)}
    )
    if selection.told:
        ET.SubElement(element, "Description").text = legal("\n".join(selection.told))
    for mark in selection.marks:
        number = guid("coding", *span, mark.code, _user(mark.coder))
        coding = ET.SubElement(element, "Coding", {"guid": number, **_made(mark.coder, mark.time)})
        ET.SubElement(coding, "CodeRef", {"targetGUID": code_guid(snapshot.codebook, mark.code)})
    for memo in selection.memos:
        ET.SubElement(element, "NoteRef", {"targetGUID": guid("note", memo.id)})
    return element


def _notes(snapshot: Snapshot, sources: list[_Source]) -> Iterator[ET.Element]:
    for source in sources:
        for memo in (memo for selection in source.selections for memo in selection.memos):
            made = {"guid": guid("note", memo.id), "name": legal(_note_name(snapshot, memo))}
            note = ET.Element("Note", {**made, **_made(memo.coder, memo.time)})
            ET.SubElement(note, "PlainTextContent").text = legal(memo.memo)
            yield note


def _note_name(snapshot: Snapshot, memo: Decision) -> str:
    return _("Memo van %(coder)s bij %(code)s (%(verdict)s)") % {
        "coder": memo.coder,
        "code": snapshot.codebook[memo.code].label if memo.code in snapshot.codebook.by_id else memo.code,
        "verdict": _VERDICTS.get(memo.verdict, memo.verdict),
    }


def _made(coder: str | None, time: datetime | None) -> dict[str, str]:
    """Return by whom and when; the store keeps no time of suggestions, which are made anew at every run."""
    when = {} if time is None else {"creationDateTime": time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}
    return {"creatingUser": _user(coder), **when}
