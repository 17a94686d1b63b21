"""What a changed codebook or model would do to a study, before it is done."""

from collections.abc import Callable
from dataclasses import dataclass

from coding.model import Coder
from coding.pipeline import code_passages
from coding.snapshot import Snapshot
from corpus.model import Document, Passage


@dataclass(frozen=True, slots=True)
class Shift:
    """One code with the passages that would gain or lose its suggestion (doubtful ones do not count)."""

    code: str
    gained: tuple[tuple[Document, Passage], ...]
    lost: tuple[tuple[Document, Passage], ...]
    decided: int
    """Of the passages that would lose it, how many people judged: their decisions stay."""


def preview(snapshot: Snapshot, coder: Coder, tick: Callable[[str], None] = lambda _: None) -> list[Shift]:
    """Return per code what coding anew would change, in the order of the codebook; nothing is stored."""
    now = {(c.version, c.start, c.code) for c in snapshot.codings if c.level != "twijfel"}
    then: set[tuple[str, int, str]] = set()
    places: dict[tuple[str, int], tuple[Document, Passage]] = {}
    for document in snapshot.documents:
        version, passages = snapshot.versions[document.id], snapshot.passages[document.id]
        places |= {(version.id, p.start): (document, p) for p in passages}
        coded = code_passages(coder, passages, version.id, document.kind or "")
        then |= {(c.version, c.start, c.code) for c in coded if c.level != "twijfel"}
        tick(document.file_name)
    judged = {(d.version, d.start, d.code) for d in snapshot.decisions}
    codes = [*dict.fromkeys([*(c.id for c in snapshot.codebook.codes), *sorted({k[2] for k in now | then})])]
    shifts = []
    for code in codes:
        gained = sorted(k for k in then - now if k[2] == code)
        lost = sorted(k for k in now - then if k[2] == code)
        if gained or lost:
            come, go = (tuple(places[v, s] for v, s, _ in keys) for keys in (gained, lost))
            shifts.append(Shift(code, come, go, len(judged & set(lost))))
    return shifts
