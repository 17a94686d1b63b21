"""What people made of the flags in figures, and the tensions they made of two quotes themselves."""

from collections import Counter
from dataclasses import dataclass, fields, replace

from coding.flag_events import FlagEvent
from coding.flagging import joined
from coding.levels import wilson_lower
from coding.snapshot import Snapshot
from outputs.quotes import Meeting, meeting
from outputs.records import Study
from outputs.tensions import label_of, ordered_judged, relation_label, wording_of
from outputs.wording import _, municipality_of, title_of

OWN = _("onderzoekersduiding")


@dataclass(frozen=True, slots=True)
class FlagPrecision:
    """How many flags of one claim people confirmed, of those on which their judgements agree."""

    grade: int
    wording: str
    flags: int
    """All flags of this claim, judged or not."""
    accepted: int
    rejected: int
    disputed: int
    """Judged differently by coders, and in neither of the two."""

    @property
    def judged(self) -> int:
        """Flags with one judgement, or several that agree."""
        return self.accepted + self.rejected

    @property
    def share(self) -> float | None:
        """Confirmed share (0 to 1) of the judged; ``None`` of nothing."""
        return self.accepted / self.judged if self.judged else None

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval of the share (E.B. Wilson, JASA 22, 1927)."""
        return wilson_lower(self.accepted, self.judged), 1 - wilson_lower(self.rejected, self.judged)


def flag_precision(snapshot: Snapshot) -> tuple[FlagPrecision, ...]:
    """Return a row per claim (grade of a tension, precondition, phrase); nothing before anybody judged a flag."""
    counts: dict[tuple[str, int], Counter[str]] = {}
    judged = ordered_judged(snapshot)
    for j in judged:
        counts.setdefault((wording_of(snapshot.codebook, j.flag), j.flag.grade), Counter())[j.status] += 1
    if all(j.status == "suggested" for j in judged):
        return ()
    return tuple(
        FlagPrecision(grade, wording, n.total(), n["accepted"], n["rejected"], n["oneens"])
        for (wording, grade), n in counts.items()
    )


def own_tensions(study: Study) -> tuple[Meeting, ...]:
    """Return people's own tensions between included documents as the report shows them, with their rationale."""
    counted = {d.id for d in study.snapshot.documents if d.included}
    events = [e for e in joined(study.snapshot) if {*e.documents} <= counted]
    return tuple(
        replace(meeting(e.flag, study), wording=OWN, address="", rationale=e.memo, made_by=e.coder) for e in events
    )


@dataclass(frozen=True, slots=True)
class OwnTension:
    """One row: a tension that a person made of two quotes, and why."""

    relation: str
    relation_label: str
    municipality: str
    coder: str
    time: str
    rationale: str
    left_code: str
    left_document: str
    left_page: str
    left_quote: str
    right_code: str
    right_document: str
    right_page: str
    right_quote: str
    placed: str
    included: str
    left_document_id: str
    left_start: int
    left_end: int
    right_document_id: str
    right_start: int
    right_end: int
    id: str


OWN_COLUMNS = tuple(f.name for f in fields(OwnTension))


def own_rows(snapshot: Snapshot) -> list[OwnTension]:
    """Return people's own tensions as rows, oldest first."""
    return [_own_row(event, snapshot) for event in joined(snapshot)]


def _own_row(event: FlagEvent, snapshot: Snapshot) -> OwnTension:
    documents = {d.id: d for d in snapshot.documents}
    left, right = (documents.get(i) for i in event.documents)
    codes = [label_of(snapshot.codebook, code) for code in event.flag.codes]
    return OwnTension(
        relation=event.flag.relation,
        relation_label=relation_label(snapshot.codebook, event.flag),
        municipality=municipality_of(left) if left else "",
        coder=event.coder,
        time=event.time.isoformat(timespec="seconds"),
        rationale=event.memo,
        left_code=codes[0],
        left_document=title_of(left) if left else "",
        left_page="" if event.left.page is None else str(event.left.page),
        left_quote=event.left.quote,
        right_code=codes[1],
        right_document=title_of(right) if right else "",
        right_page="" if event.right.page is None else str(event.right.page),
        right_quote=event.right.quote,
        placed=_("ja") if event.left.is_placed and event.right.is_placed else _("nee"),
        included=_("ja") if all(d and d.included for d in (left, right)) else _("nee"),
        left_document_id=event.left.document_id,
        left_start=event.left.start,
        left_end=event.left.end,
        right_document_id=event.right.document_id,
        right_start=event.right.start,
        right_end=event.right.end,
        id=event.id,
    )
