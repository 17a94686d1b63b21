"""Where principles meet in the text: flags as rows, with both quotes and their page."""

from collections import Counter
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Literal

from codebook.model import Codebook, Relation
from coding.flagging import JudgedFlag, judged_flags
from coding.model import Flag, Quote, Status
from coding.snapshot import Snapshot
from corpus.model import Document
from outputs.wording import GRADES, _, municipality_of, title_of

if TYPE_CHECKING:
    from outputs.records import Study

RELATION_KINDS = {"tension": _("spanning"), "precondition": _("voorwaarde"), "ambiguity": _("meerduidige frase")}


@dataclass(frozen=True, slots=True)
class Tension:
    """One row: the claim (relation, grade and its wording) and the text it stands on, twice quoted."""

    relation: str
    relation_label: str
    relation_kind: str
    grade: int
    wording: str
    scope: str
    municipality: str
    document: str
    title: str
    year: str
    document_kind: str
    marker: str
    rule: str
    address: str
    status: Status
    """What people made of it: suggested, accepted, rejected or oneens."""
    judged_by: str
    memo: str
    found: str
    """Empty, or why the flag is not among those the program finds in the present texts."""
    left_code: str
    left_page: str
    left_quote: str
    right_code: str
    right_page: str
    right_quote: str
    right_document: str
    """Only where it is another document than the left quote's."""
    document_id: str
    left_start: int
    left_end: int
    right_start: int
    right_end: int


COLUMNS = tuple(f.name for f in fields(Tension))


Part = Literal["flagged", "weak"]
"""``weak`` are the flags of mere co-presence in a municipality (grade 1)."""


def ordered_flags(snapshot: Snapshot, part: Part = "flagged") -> list[Flag]:
    """Return the flags of included documents that nobody rejected, tensions first, then the firmest."""
    return [j.flag for j in ordered_judged(snapshot, part) if j.status != "rejected" and j.is_placed]


def ordered_judged(snapshot: Snapshot, part: Part = "flagged") -> list[JudgedFlag]:
    """Return all flags of included documents with what people said of them, in the order of `ordered_flags`."""
    counted = {d.id: d for d in snapshot.documents if d.included}
    order = {r.id: i for i, r in enumerate(snapshot.codebook.relations)}
    kinds = {r.id: list(RELATION_KINDS).index(r.kind) for r in snapshot.codebook.relations}

    def place(judged: JudgedFlag) -> tuple[int, int, int, str, str, int, int]:
        flag = judged.flag
        document = counted[flag.left.document_id]
        where = (municipality_of(document), document.file_name, flag.left.start, flag.right.start)
        return (kinds.get(flag.relation, 0), -flag.grade, order.get(flag.relation, len(order)), *where)

    every = (j for j in judged_flags(snapshot) if (j.flag.grade == 1) == (part == "weak"))
    both = (j for j in every if {j.flag.left.document_id, j.flag.right.document_id} <= counted.keys())
    return sorted(both, key=place)


def counted_flags(study: "Study") -> list[Flag]:
    """Return the flags that a report counts and quotes: `ordered_flags`, those in repeated passages once.

    A flag that people accepted stays, also in a repeat.
    """
    snapshot = study.snapshot
    spans: dict[str, list[tuple[int, int]]] = {}
    for place in study.places:
        if (place.document.id, place.passage.number) in study.repeats:
            spans.setdefault(place.document.id, []).append((place.passage.start, place.passage.end))

    def is_repeated(quote: Quote) -> bool:
        return any(start <= quote.start < end for start, end in spans.get(quote.document_id, ()))

    accepted = {j.flag for j in ordered_judged(snapshot) if j.status == "accepted"}
    flags = ordered_flags(snapshot)
    return [f for f in flags if f in accepted or not (is_repeated(f.left) and is_repeated(f.right))]


def relation_counts(study: "Study") -> tuple[tuple[str, int, int, int], ...]:
    """Return per tension with flags its label and the number of flags of grade 4, 3 and 2, repeats once."""
    snapshot = study.snapshot
    counts: dict[str, Counter[int]] = {}
    for flag in counted_flags(study):
        if wording_of(snapshot.codebook, flag) not in GRADES.values():
            continue
        counts.setdefault(relation_label(snapshot.codebook, flag), Counter())[flag.grade] += 1
    rows = [(label, grades[4], grades[3], grades[2]) for label, grades in counts.items()]
    return tuple(sorted(rows, key=lambda row: (-row[1], -row[2], -row[3], row[0])))


def tension_rows(snapshot: Snapshot, part: Part = "flagged") -> list[Tension]:
    """Return the flags as rows, in the order of `ordered_flags`, also those that people rejected."""
    documents = {d.id: d for d in snapshot.documents}
    return [_row(judged, snapshot.codebook, documents) for judged in ordered_judged(snapshot, part)]


def relation_label(codebook: Codebook, flag: Flag) -> str:
    """Name a relation by its poles: ``Maatwerk × Gelijkheid``; with ``→`` where one needs the other."""
    relation = _relation(codebook, flag.relation)
    joint = " → " if relation is not None and relation.kind == "precondition" else " × "
    return joint.join(
        dict.fromkeys(label_of(codebook, code) for code in (relation.codes if relation else ()) or flag.codes)
    )


def wording_of(codebook: Codebook, flag: Flag) -> str:
    """Say what a flag claims: the grade of a tension, or that it is a precondition or an ambiguous phrase."""
    relation = _relation(codebook, flag.relation)
    if relation is None or relation.kind == "tension" or flag.grade == 1:
        return GRADES[flag.grade]
    return RELATION_KINDS[relation.kind]


def label_of(codebook: Codebook, code: str) -> str:
    """Return a code's label, or its id for a code the codebook no longer has."""
    known = codebook.by_id.get(code)
    return known.label if known else code


def _row(judged: JudgedFlag, codebook: Codebook, documents: dict[str, Document]) -> Tension:
    flag = judged.flag
    document = documents[flag.left.document_id]
    other = documents.get(flag.right.document_id)
    relation = _relation(codebook, flag.relation)
    return Tension(
        relation=flag.relation,
        relation_label=relation_label(codebook, flag),
        relation_kind=RELATION_KINDS[relation.kind] if relation else "",
        grade=flag.grade,
        wording=wording_of(codebook, flag),
        scope=flag.scope,
        municipality=municipality_of(document),
        document=document.file_name,
        title=title_of(document),
        year=document.period,
        document_kind=document.kind or "",
        marker=flag.marker,
        rule=flag.rule,
        address=flag.address,
        status=judged.status,
        judged_by="; ".join(e.coder for e in judged.verdicts if e.coder),
        memo="; ".join(e.memo for e in judged.verdicts if e.memo),
        found=_found(judged),
        left_code=label_of(codebook, flag.codes[0]),
        left_page=_page(flag.left),
        left_quote=flag.left.text,
        right_code=label_of(codebook, flag.codes[1]),
        right_page=_page(flag.right),
        right_quote=flag.right.text,
        right_document=title_of(other) if other and other.id != document.id else "",
        document_id=document.id,
        left_start=flag.left.start,
        left_end=flag.left.end,
        right_start=flag.right.start,
        right_end=flag.right.end,
    )


def _relation(codebook: Codebook, relation_id: str) -> Relation | None:
    return next((r for r in codebook.relations if r.id == relation_id), None)


def _found(judged: JudgedFlag) -> str:
    if not judged.is_placed:
        return _("citaat niet teruggevonden in de huidige tekst")
    return "" if judged.is_found else _("wijst het programma nu niet meer aan")


def _page(quote: Quote) -> str:
    return "" if quote.page is None else str(quote.page)
