"""What coders' decisions on one passage come to, theme by theme: the one rule that tables, page and figures follow."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping

from coding.model import Decision, Status
from coding.snapshot import Assigned, Snapshot

Place = tuple[str, int]
"""Document id and passage number."""


def judgements(decisions: Iterable[Decision], code: str) -> dict[str, bool]:
    """Return per coder whether a code applies to a passage, by that coder's decisions on the passage.

    An accepted sub-theme or fragment accepts the theme; a rejected sub-theme leaves it open. *Read, nothing here*
    rejects what that coder did not accept. A coder who said nothing about the code is not among them. Once a
    disagreement was settled, the adjudicator's word is the only one.
    """
    decisions = list(decisions)
    settled = {d.coder: d.verdict == "accept" for d in decisions if d.manner == "adjudication" and d.code == code}
    if settled:
        return settled
    given: dict[str, bool] = {}
    for decision in decisions:
        within = decision.code == code or decision.code.startswith(f"{code}.")
        if decision.manner == "adjudication":
            continue
        if decision.verdict == "accept" and within:
            given[decision.coder] = True
        elif decision.verdict == "read" or (decision.verdict == "reject" and decision.code == code):
            given.setdefault(decision.coder, False)
    return given


def status_of(given: Mapping[str, bool]) -> Status:
    """Return what judgements come to: nobody's, all the same, or *oneens*."""
    if not given:
        return "suggested"
    if len(set(given.values())) == 2:
        return "oneens"
    return "accepted" if next(iter(given.values())) else "rejected"


def finished(blind: Iterable[Decision]) -> set[tuple[str, str, int]]:
    """Return coder, document and start of every passage whose blind coding is complete: *read* ends it."""
    return {(d.coder, d.document_id, d.start) for d in blind if d.verdict == "read"}


def withheld(assigned: Iterable[Assigned], blind: Iterable[Decision], coder: str) -> list[Assigned]:
    """Return the passages whose codes a coder may not see: those of batches to be coded blind that are not done.

    ``blind`` are the blind codings, placed where ``assigned`` is.
    """
    done = finished(blind)
    mine = [a for a in assigned if a.blind and a.coder == coder]
    unfinished_batches = {a.batch for a in mine if (coder, a.document_id, a.start) not in done}
    return [a for a in mine if a.batch in unfinished_batches]


def by_passage(snapshot: Snapshot) -> dict[Place, list[Decision]]:
    """Group decisions in force by passage; a fragment's decision goes to the passage it begins in."""
    grouped: dict[Place, list[Decision]] = {}
    starts = {i: [p.start for p in passages] for i, passages in snapshot.passages.items()}
    for decision in sorted(snapshot.decisions, key=lambda d: (d.time, d.id)):
        passages = snapshot.passages.get(decision.document_id, ())
        at = bisect_right(starts.get(decision.document_id, []), decision.start) - 1
        if at >= 0:
            grouped.setdefault((decision.document_id, passages[at].number), []).append(decision)
    return grouped
