"""A snapshot in which municipalities and documents can no longer be told by name."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from codebook.model import Code, Codebook
from coding.cell_events import Chosen, Summary
from coding.flag_events import FlagEvent
from coding.model import Coding, Decision, Evidence, Failure, Flag, Look, Quote
from coding.snapshot import Sampled, Snapshot
from corpus.model import Anchor, Document, Municipality, Passage, TextVersion
from outputs.masking import Mask, Shift
from outputs.wording import UNKNOWN_MUNICIPALITY, _


@dataclass(frozen=True, slots=True)
class _Key:
    """By what everything goes in the anonymous study."""

    mask: Mask
    homes: Mapping[str, Municipality]
    """By name."""
    documents: Mapping[str, str]
    """New id per id."""
    texts: Mapping[str, TextVersion]
    """New version per document's old id."""
    shifts: Mapping[str, Shift]
    """Where offsets went, per version's old id."""
    versions: Mapping[str, str]
    """New id per version's old id."""
    coders: Mapping[str, str]

    def span(self, version: str, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch stands in the masked text; of a text the study has no more it stays."""
        shift = self.shifts.get(version)
        return (shift.start(start), shift.end(end)) if shift else (start, end)

    def document(self, number: str) -> str:
        """Return the new id of a document."""
        return self.documents.get(number, _("document onbekend"))


def anonymise(snapshot: Snapshot) -> Snapshot:
    """Return the snapshot with municipalities as 'gemeente A', documents as 'beleidsplan, 2024', names masked in texts.

    Documents stay in their order. Offsets are those of the masked text, so a quote is still literally in it.
    Names of districts, organisations and people stay: only the municipalities' and documents' own are known.
    """
    key = _key(snapshot)
    return replace(
        snapshot,
        name=_("zonder namen"),
        codebook=_codebook(snapshot.codebook, key.mask),
        method=replace(snapshot.method, measured_on=key.mask(snapshot.method.measured_on)),
        documents=tuple(_document(d, key) for d in snapshot.documents),
        versions={key.documents[i]: version for i, version in key.texts.items()},
        passages={
            key.documents[i]: tuple(_passage(p, key.shifts[snapshot.versions[i].id], key.mask) for p in passages)
            for i, passages in snapshot.passages.items()
        },
        codings=tuple(_coding(c, key) for c in snapshot.codings if c.version in key.shifts),
        decisions=tuple(_decision(d, key) for d in snapshot.decisions),
        blind=tuple(_decision(d, key) for d in snapshot.blind),
        assigned=(),  # no output shows who was handed what, and it holds the words of the passages
        unplaced=tuple(_unplaced(d, key) for d in snapshot.unplaced),
        looks=tuple(_look(look, key) for look in snapshot.looks),
        closings=(),
        sample=tuple(_sampled(s, snapshot, key) for s in snapshot.sample if s.document_id in snapshot.versions),
        summaries=tuple(_summary(s, key) for s in snapshot.summaries),
        flag_events=tuple(_flag_event(e, key) for e in snapshot.flag_events),
        flags=tuple(_flag(f, key) for f in snapshot.flags),
        failures=tuple(_failure(f, i, key) for i, f in enumerate(snapshot.failures, 1)),
    )


def _key(snapshot: Snapshot) -> _Key:
    names = [*(d.file_name for d in snapshot.documents), *(f.file_name for f in snapshot.failures)]
    mask = Mask(
        [m.name for d in snapshot.documents for m in d.municipalities],
        [
            *(d.title for d in snapshot.documents if d.title),
            *(part for name in names for part in (name, name.rpartition("/")[2])),
        ],
    )
    documents = _numbers([d.id for d in snapshot.documents])
    shifts = {version.id: mask.shift(version.text) for version in snapshot.versions.values()}
    texts = {
        i: replace(version, document_id=documents[i], text=shifts[version.id].text)
        for i, version in snapshot.versions.items()
    }
    everybody = {d.coder for d in (*snapshot.decisions, *snapshot.blind, *snapshot.unplaced)}
    everybody |= {e.coder for e in snapshot.flag_events} | {look.decision.coder for look in snapshot.looks}
    return _Key(
        mask=mask,
        homes=_letters(_names(snapshot)),
        documents=documents,
        texts=texts,
        shifts=shifts,
        versions={snapshot.versions[i].id: version.id for i, version in texts.items()},
        # Apart from each other still: what two coders disagree on is no agreement in a table without names.
        coders={name: _("codeur %d") % i for i, name in enumerate(sorted(everybody), 1)},
    )


def municipality_letters(snapshot: Snapshot) -> dict[str, str]:
    """Return by what name each municipality of the documents goes in the anonymous study."""
    return {name: municipality.name for name, municipality in _letters(_names(snapshot)).items()}


def _names(snapshot: Snapshot) -> set[str]:
    return {m.name for d in snapshot.documents for m in d.municipalities}


def _letters(names: Iterable[str]) -> dict[str, Municipality]:
    """Name municipalities A, B, … in an order that gives nothing away about the alphabet."""
    ordered = sorted(names, key=lambda n: hashlib.sha256(n.encode()).hexdigest())
    return {name: Municipality(_("gemeente %s") % _letter(i), "", "", "") for i, name in enumerate(ordered)}


def _letter(i: int) -> str:
    return ("" if i < 26 else _letter(i // 26 - 1)) + chr(ord("A") + i % 26)


def _numbers(ids: Sequence[str]) -> dict[str, str]:
    ordered = sorted(ids, key=lambda i: hashlib.sha256(i.encode()).hexdigest())
    width = len(str(len(ordered)))
    return {old: _("document %s") % str(i).zfill(width) for i, old in enumerate(ordered, 1)}


def _document(document: Document, key: _Key) -> Document:
    municipalities = (replace(key.homes[m.name], size_class=m.size_class) for m in document.municipalities)
    kind, year = document.kind or _("document"), document.period or _("jaar onbekend")
    return replace(
        document,
        id=key.documents[document.id],
        file_name=key.documents[document.id],
        title=f"{kind}, {year}",
        municipalities=tuple(sorted(municipalities, key=lambda m: m.name)),
        included_reason=key.mask(document.included_reason),
        origins={},
    )


def _codebook(codebook: Codebook, mask: Mask) -> Codebook:
    return replace(codebook, codes=tuple(_code(c, mask) for c in codebook.codes), source="")


def _code(code: Code, mask: Mask) -> Code:
    return replace(
        code,
        definition=mask(code.definition),
        includes=tuple(map(mask, code.includes)),
        excludes=tuple(map(mask, code.excludes)),
        examples=tuple(map(mask, code.examples)),
        counter_examples=tuple(map(mask, code.counter_examples)),
    )


def _passage(passage: Passage, shift: Shift, mask: Mask) -> Passage:
    start, end = shift.start(passage.start), shift.end(passage.end)
    return replace(
        passage,
        heading_path=tuple(map(mask, passage.heading_path)),
        start=start,
        end=end,
        text=shift.text[start:end],
        anchors=tuple(Anchor(shift.start(a.start), shift.end(a.end), a.box) for a in passage.anchors),
    )


def _coding(coding: Coding, key: _Key) -> Coding:
    start, end = key.span(coding.version, coding.start, coding.end)
    evidence = (Evidence(*key.span(coding.version, e.start, e.end), e.term) for e in coding.evidence)
    return replace(coding, version=key.versions[coding.version], start=start, end=end, evidence=tuple(evidence))


def _decision(decision: Decision, key: _Key) -> Decision:
    start, end = key.span(decision.version, decision.start, decision.end)
    return replace(_unplaced(decision, key), start=start, end=end)


def _unplaced(decision: Decision, key: _Key) -> Decision:
    """Mask a decision without a place in the text: its offsets say nothing and stay."""
    return replace(
        decision,
        coder=key.coders[decision.coder],
        document_id=key.document(decision.document_id),
        version=key.versions.get(decision.version, ""),
        quote=key.mask(decision.quote),
        before=key.mask(decision.before),
        after=key.mask(decision.after),
        memo=key.mask(decision.memo),
    )


def _look(look: Look, key: _Key) -> Look:
    return replace(look, decision=_unplaced(look.decision, key), then=None)


def _sampled(sampled: Sampled, snapshot: Snapshot, key: _Key) -> Sampled:
    shift = key.shifts[snapshot.versions[sampled.document_id].id]
    return replace(sampled, document_id=key.documents[sampled.document_id], start=shift.start(sampled.start), quote="")


def _summary(summary: Summary, key: _Key) -> Summary:
    """Mask a summary with its quotes; one of a municipality that the study no longer has loses its name."""
    home = key.homes.get(summary.municipality)
    return replace(
        summary,
        coder="",
        municipality=home.name if home else UNKNOWN_MUNICIPALITY,
        text=key.mask(summary.text),
        quotes=tuple(_chosen(q, key) for q in summary.quotes),
    )


def _chosen(chosen: Chosen, key: _Key) -> Chosen:
    start, end = key.span(chosen.version, chosen.start, chosen.end)
    shift = key.shifts.get(chosen.version)
    return replace(
        chosen,
        document_id=key.document(chosen.document_id),
        version=key.versions.get(chosen.version, ""),
        start=start,
        end=end,
        quote=shift.text[start:end] if shift else key.mask(chosen.quote),
        before="",
        after="",
    )


def _flag(flag: Flag, key: _Key) -> Flag:
    return replace(flag, left=_quote(flag.left, key), right=_quote(flag.right, key), marker=key.mask(flag.marker))


def _flag_event(event: FlagEvent, key: _Key) -> FlagEvent:
    return replace(
        event,
        coder=key.coders[event.coder],
        memo=key.mask(event.memo),
        flag=_flag(event.flag, key),
        left=_chosen(event.left, key),
        right=_chosen(event.right, key),
    )


def _quote(quote: Quote, key: _Key) -> Quote:
    start, end = key.span(quote.version, quote.start, quote.end)
    shift = key.shifts.get(quote.version)
    return replace(
        quote,
        document_id=key.document(quote.document_id),
        version=key.versions.get(quote.version, ""),
        start=start,
        end=end,
        text=shift.text[start:end] if shift else key.mask(quote.text),
        heading_path=tuple(map(key.mask, quote.heading_path)),
    )


def _failure(failure: Failure, number: int, key: _Key) -> Failure:
    return replace(
        failure,
        file_name=_("bestand %d") % number,
        message=key.mask(failure.message),
        document_id=None if failure.document_id is None else key.documents.get(failure.document_id),
    )
