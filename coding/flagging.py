"""What people made of the flags: verdicts joined to the flags they are on, and people's own tensions.

A flag is known by its relation and the places of both quotes. After a re-coding or a re-reading a verdict goes to the
flag that stands on the same places, else to the one whose quotes overlap them; where there is none, what was judged
stays as it was judged, and is said not to be found any more.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from codebook.model import Codebook
from coding.cell_events import Chosen
from coding.cell_loading import present_chosen
from coding.flag_events import FlagEvent, with_quotes
from coding.judging import status_of
from coding.model import Flag, Status
from coding.snapshot import Snapshot
from corpus.model import Passage, TextVersion

Spot = tuple[str, int, int]
FlagKey = tuple[str, Spot, Spot]
"""Relation, and document, start and end of both quotes, the earlier place first: a flag may turn its poles."""


@dataclass(frozen=True, slots=True)
class JudgedFlag:
    """A flag with what people said of it: in force, one event a coder."""

    flag: Flag
    status: Status
    verdicts: tuple[FlagEvent, ...] = ()
    is_found: bool = True
    """Whether the program still points at it; what a person judged stays either way."""
    is_placed: bool = True
    """Whether both quotes stand in the present texts."""


def flag_key(flag: Flag) -> FlagKey:
    """Return by what a flag is known."""
    one, other = sorted((q.document_id, q.start, q.end) for q in (flag.left, flag.right))
    return flag.relation, one, other


def judged_flags(snapshot: Snapshot) -> list[JudgedFlag]:
    """Return every flag with its verdicts: those of the program in their order, then what it points at no more."""
    events = [e for e in snapshot.flag_events if e.verdict != "join"]
    if not events:
        return [JudgedFlag(flag, "suggested") for flag in snapshot.flags]
    flags = {flag_key(f): f for f in snapshot.flags if f.grade > 1}
    by_flag: dict[FlagKey, list[FlagEvent]] = {}
    for event in events:
        by_flag.setdefault(_key_now(event, flags), []).append(event)
    found = [_judged(f, by_flag.pop(flag_key(f), ()) if f.grade > 1 else ()) for f in snapshot.flags]
    gone = [_judged(group[-1].flag, group, is_found=False) for group in by_flag.values()]
    return found + gone


def joined(snapshot: Snapshot) -> list[FlagEvent]:
    """Return the tensions that people made of two quotes, oldest first."""
    return [e for e in snapshot.flag_events if e.verdict == "join"]


def present_flag_events(
    events: Iterable[FlagEvent],
    codebook: Codebook,
    versions: Mapping[str, TextVersion],
    passages: Mapping[str, Sequence[Passage]],
) -> Iterator[FlagEvent]:
    """Yield events under the present ids of their codes, each quote where it stands in the present text."""
    renamed = codebook.renamed

    def now(chosen: Chosen) -> Chosen:
        return present_chosen(chosen, versions.get(chosen.document_id), passages.get(chosen.document_id, ()))

    for event in events:
        one, other = (renamed.get(code, code) for code in event.flag.codes)
        moved = replace(event, flag=replace(event.flag, codes=(one, other)))
        yield with_quotes(moved, now(event.left), now(event.right))


def _judged(flag: Flag, events: Sequence[FlagEvent], *, is_found: bool = True) -> JudgedFlag:
    given = {e.coder: e.verdict == "accept" for e in events}
    is_placed = all(c.is_placed for e in events for c in (e.left, e.right))
    return JudgedFlag(flag, status_of(given), tuple(events), is_found, is_placed)


def _key_now(event: FlagEvent, flags: Mapping[FlagKey, Flag]) -> FlagKey:
    key = flag_key(event.flag)
    if key in flags or not (event.left.is_placed and event.right.is_placed):
        return key
    return next((k for k in flags if k[0] == key[0] and _meet(k[1], key[1]) and _meet(k[2], key[2])), key)


def _meet(one: Spot, other: Spot) -> bool:
    return one[0] == other[0] and one[1] < other[2] and other[1] < one[2]
