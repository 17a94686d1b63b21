"""Weak signs: both poles of a tension somewhere in one municipality's documents, and nowhere together."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import product

from codebook.model import Relation
from coding.model import Coding, Flag, Quote
from coding.snapshot import Snapshot
from corpus.model import Passage

Best = Mapping[tuple[str, str], Coding]
"""Municipality and code to its firmest suggestion there."""


def weak_flags(snapshot: Snapshot) -> list[Flag]:
    """Return a flag of grade 1 per tension and municipality where both poles are suggested but never meet.

    ``rule`` says in how many municipalities both would stand by chance, were the poles independent of each other.
    """
    homes = {d.id: tuple(m.name for m in d.municipalities) for d in snapshot.documents if d.included}
    names = sorted({name for found in homes.values() for name in found})
    documents = {version.id: document for document, version in snapshot.versions.items()}
    met = {(f.relation, home) for f in snapshot.flags for home in homes.get(f.left.document_id, ())}
    best = _best(snapshot, homes, documents)
    flags = []
    for relation in (r for r in snapshot.codebook.relations if r.kind == "tension"):
        both = [n for n in names if all((n, code) in best for code in relation.codes)]
        for name in both:
            if (relation.id, name) not in met:
                poles = [best[name, code] for code in relation.codes]
                quotes = [_quote(snapshot, documents[c.version], c) for c in poles]
                flags.append(_flag(relation, quotes, _chance(relation, names, best, len(both))))
    return flags


def _best(snapshot: Snapshot, homes: Mapping[str, Iterable[str]], documents: Mapping[str, str]) -> Best:
    best: dict[tuple[str, str], Coding] = {}
    for coding in snapshot.codings:
        if coding.level == "twijfel":
            continue
        codes = {coding.code, coding.code.partition(".")[0]}
        for name, code in product(homes.get(documents.get(coding.version, ""), ()), codes):
            if (name, code) not in best or coding.score > best[name, code].score:
                best[name, code] = coding
    return best


def _chance(relation: Relation, names: list[str], best: Best, found: int) -> str:
    expected = float(len(names))
    for code in relation.codes:
        expected *= sum((name, code) in best for name in names) / len(names)
    return f"beide in {found} van de {len(names)} gemeenten; bij toeval verwacht in {expected:.1f}".replace(".", ",")


def _flag(relation: Relation, quotes: Sequence[Quote], rule: str) -> Flag:
    left, right = quotes
    codes = (relation.codes[0], relation.codes[1])
    return Flag(relation.id, 1, "municipality", left, right, codes, rule=rule)


def _quote(snapshot: Snapshot, document: str, coding: Coding) -> Quote:
    passage: Passage = next(p for p in snapshot.passages[document] if p.start == coding.start)
    return Quote(
        document, coding.version, passage.start, passage.end, passage.text, passage.page_from, passage.heading_path
    )
