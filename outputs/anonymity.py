"""A snapshot in which municipalities and documents can no longer be told by name."""

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from codebook.model import Code, Codebook
from coding.cell_events import Chosen, Summary
from coding.flag_events import FlagEvent
from coding.model import Coding, Decision, Evidence, Flag, Quote
from coding.snapshot import Snapshot
from corpus.model import Anchor, Document, Municipality, Passage
from outputs.wording import UNKNOWN_MUNICIPALITY, _

MUNICIPALITY = "[gemeente]"
DOCUMENT = "[document]"
_ORDINARY = frozenset(
    (
        *("beek", "bergen", "best", "borne", "buren", "duiven", "ede", "goes", "horst", "houten", "hulst", "kampen"),
        *("laren", "leiden", "putten", "stein", "weert"),
    )
)
"""Names that are words too: only masked where written as a name."""
_THE_HAGUE = (
    *("'s-Gravenhage", "Den Haag", "Haag", "Haags", "Haagse", "Haaglanden"),
    *("Hagenaar", "Hagenaars", "Hagenaren", "Hagenezen"),
)
_OTHER_NAMES = {
    "Den Haag": _THE_HAGUE,
    "'s-Gravenhage": _THE_HAGUE,
    "'s-Hertogenbosch": ("Den Bosch", "Bosch", "Bossche"),
    "Súdwest-Fryslân": ("Súdwest", "Sudwest-Fryslan"),
}
_COMMON_PARTS = frozenset(["midden", "noord", "oost", "west", "zuid", "hollands", "gooise", "stichtse", "land"])
_FILE = re.compile(r"\.\w{2,5}$")
_LONG_VOWEL = re.compile(r"(?<=([aeou]))\1(?=[b-df-hj-np-tv-z]$)")
_ENDINGS = "s|se|sen|er|ers|ër|ërs|aar|aars|aren|naar|naars|naren|enaar|enaars|enaren|aan|anen|naer"


@dataclass(frozen=True, slots=True)
class Shift:
    """A text with names taken out, and where each offset of the old text went."""

    text: str
    old: tuple[int, ...]
    """Ends of what was replaced, in the old text, with `new` the same in the new text, after a first (0, 0)."""
    new: tuple[int, ...]
    cuts: tuple[tuple[int, int], ...]
    """What was replaced: start and end in the old text."""

    def start(self, offset: int) -> int:
        """Return where a stretch that began at ``offset`` begins: before the mask it would otherwise cut in two."""
        return self._at(self._cut(offset, 0))

    def end(self, offset: int) -> int:
        """Return where a stretch that ended at ``offset`` ends: after the mask it would otherwise cut in two."""
        return self._at(self._cut(offset, 1))

    def _cut(self, offset: int, side: int) -> int:
        i = bisect_right(self.old, offset) - 1
        return self.cuts[i][side] if i < len(self.cuts) and self.cuts[i][0] < offset else offset

    def _at(self, offset: int) -> int:
        i = bisect_right(self.old, offset) - 1
        return self.new[i] + offset - self.old[i]


class Mask:
    """Finds the names of a study's municipalities and documents, also inside words (*Dalfsens*, *www.dalfsen.nl*)."""

    def __init__(self, names: Iterable[str], titles: Iterable[str]) -> None:
        wanted = {title.strip() for title in titles if _is_telling(title)}
        forms = {form for name in names for form in _forms(name)}
        self._documents = [(_letters_in(t), _spaced(t)) for t in sorted(wanted, key=lambda t: (-len(t), t))]
        self._names = sorted(forms, key=lambda form: (-len(form[1]), form))

    def shift(self, text: str) -> Shift:
        """Replace every name by ``[gemeente]`` and every document title by ``[document]``."""
        parts, old, new, cuts, at, length = [], [0], [0], [], 0, 0
        for match in self._pattern(text).finditer(text):
            if match.start() == match.end():
                continue
            start, instead = match.start(), DOCUMENT
            if match.lastgroup != "document":
                instead = MUNICIPALITY
                while start > at and (text[start - 1].isalnum() or text[start - 1] == "_"):
                    start -= 1
            parts += [text[at:start], instead]
            length += start - at + len(instead)
            at = match.end()
            old.append(at)
            new.append(length)
            cuts.append((start, at))
        return Shift("".join([*parts, text[at:]]), tuple(old), tuple(new), tuple(cuts))

    def _pattern(self, text: str) -> re.Pattern[str]:
        """Return what to look for: only forms whose letters stand in the text at all, for the sake of speed."""
        low = text.lower()
        documents = "|".join(form for letters, form in self._documents if letters in low) or r"(?!)"
        names = "|".join(form for letters, form in self._names if letters in low) or r"(?!)"
        return re.compile(f"(?P<document>{documents})|{names}", re.IGNORECASE)

    def __call__(self, text: str) -> str:
        """Return the text with its names masked."""
        return self.shift(text).text


def anonymise(snapshot: Snapshot) -> Snapshot:
    """Return the snapshot with municipalities as 'gemeente A', documents as 'beleidsplan, 2024', names masked in texts.

    Documents stay in their order. Offsets are those of the masked text, so a quote is still literally in it.
    Names of districts, organisations and people stay: only the municipalities' and documents' own are known.
    """
    names = [*(d.file_name for d in snapshot.documents), *(f.file_name for f in snapshot.failures)]
    mask = Mask(
        [m.name for d in snapshot.documents for m in d.municipalities],
        [
            *(d.title for d in snapshot.documents if d.title),
            *(part for name in names for part in (name, name.rpartition("/")[2])),
        ],
    )
    letters = _letters(_names(snapshot))
    numbers = _numbers([d.id for d in snapshot.documents])
    by_document = {i: mask.shift(version.text) for i, version in snapshot.versions.items()}
    old_ids = {i: version.id for i, version in snapshot.versions.items()}
    shifts = {old_ids[i]: shift for i, shift in by_document.items()}
    versions = {i: replace(v, document_id=numbers[i], text=by_document[i].text) for i, v in snapshot.versions.items()}
    ids = {old_ids[i]: version.id for i, version in versions.items()}
    everybody = {d.coder for d in (*snapshot.decisions, *snapshot.blind, *snapshot.unplaced)}
    everybody |= {e.coder for e in snapshot.flag_events} | {look.decision.coder for look in snapshot.looks}
    # Apart from each other still: what two coders disagree on is no agreement in a table without names.
    coders = {name: _("codeur %d") % i for i, name in enumerate(sorted(everybody), 1)}
    return replace(
        snapshot,
        name=_("zonder namen"),
        codebook=_codebook(snapshot.codebook, mask),
        method=replace(snapshot.method, measured_on=mask(snapshot.method.measured_on)),
        documents=tuple(_document(d, numbers[d.id], letters, mask) for d in snapshot.documents),
        versions={numbers[i]: version for i, version in versions.items()},
        passages={
            numbers[i]: tuple(_passage(p, by_document[i], mask) for p in passages)
            for i, passages in snapshot.passages.items()
        },
        codings=tuple(_coding(c, shifts[c.version], ids[c.version]) for c in snapshot.codings if c.version in shifts),
        decisions=tuple(
            _decision(d, coders[d.coder], shifts.get(d.version), ids, numbers, mask) for d in snapshot.decisions
        ),
        blind=tuple(_decision(d, coders[d.coder], shifts.get(d.version), ids, numbers, mask) for d in snapshot.blind),
        assigned=(),  # no output shows who was handed what, and it holds the words of the passages
        unplaced=tuple(_decision(d, coders[d.coder], None, ids, numbers, mask) for d in snapshot.unplaced),
        looks=tuple(
            replace(
                look,
                decision=_decision(look.decision, coders[look.decision.coder], None, ids, numbers, mask),
                then=None,
            )
            for look in snapshot.looks
        ),
        closings=(),
        sample=tuple(
            replace(s, document_id=numbers[s.document_id], start=by_document[s.document_id].start(s.start), quote="")
            for s in snapshot.sample
            if s.document_id in by_document
        ),
        summaries=tuple(
            _summary(s, municipality_letters(snapshot), shifts, ids, numbers, mask) for s in snapshot.summaries
        ),
        flag_events=tuple(
            replace(_flag_event(e, shifts, ids, numbers, mask), coder=coders[e.coder]) for e in snapshot.flag_events
        ),
        flags=tuple(_flag(f, shifts, ids, numbers, mask) for f in snapshot.flags),
        failures=tuple(
            replace(
                f,
                file_name=_("bestand %d") % i,
                message=mask(f.message),
                document_id=None if f.document_id is None else numbers.get(f.document_id),
            )
            for i, f in enumerate(snapshot.failures, 1)
        ),
    )


def municipality_letters(snapshot: Snapshot) -> dict[str, str]:
    """Return by what name each municipality of the documents goes in the anonymous study."""
    return {name: municipality.name for name, municipality in _letters(_names(snapshot)).items()}


def _names(snapshot: Snapshot) -> set[str]:
    return {m.name for d in snapshot.documents for m in d.municipalities}


def _is_telling(title: str) -> bool:
    """Tell whether a title, or the name of a file, is more than a word that stands in any text."""
    return bool(_FILE.search(title)) or (len(title.strip()) >= 12 and len(title.split()) > 1)


def _spaced(name: str) -> str:
    """Return a regular expression for a name whose words may be joined by spaces, line breaks, hyphens or nothing."""
    words = (re.escape(word).replace("'", "['’‘`]?") for word in re.split(r"[\s_-]+", name) if word)
    return r"[\s_-]*".join(words)


def _letters_in(name: str) -> str:
    """Return the longest run of letters of a name: where that is not, the name is not."""
    runs: list[str] = re.findall(r"[^\W\d_]+", name)
    return max(runs, key=len, default="").lower()


def _forms(name: str) -> list[tuple[str, str]]:
    """Return regular expressions (case ignored unless said otherwise) for a name, its adjectives and its parts.

    Each comes with letters that stand in every match.
    What stands before a match in the same word goes with it, see `Mask.shift`: quicker than to look for it here.
    """
    bare = re.sub(r"\s*\(.*?\)", "", name)
    parts = {p.strip() for p in re.split(r"[-,]| en ", bare)}
    telling = {p for p in parts if len(p) >= 5 and p.lower() not in _COMMON_PARTS}
    forms: list[tuple[str, str]] = []
    for form in {bare, *telling, *_OTHER_NAMES.get(bare, ())}:
        if len(form) <= 4 or form.lower() in _ORDINARY:
            capital = f"(?-i:{_spaced(form)}|{_spaced(form.upper())})"
            patterns = [rf"\b{capital}(?:{_ENDINGS})?\b", rf"\b{re.escape(form)}(?=\.nl)"]
        else:
            patterns = [rf"{_spaced(form)}\w*"]
        forms += [(_letters_in(form), pattern) for pattern in patterns]
        for stem in {re.sub(r"(?:en|le|e|a)$", "", form), _LONG_VOWEL.sub("", form)} - {form}:
            if len(stem) >= 4 and " " not in stem and form.lower() not in _ORDINARY:
                forms.append((_letters_in(stem), rf"\b{re.escape(stem)}(?:{_ENDINGS})\b"))
    return forms


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


def _document(document: Document, number: str, letters: Mapping[str, Municipality], mask: Mask) -> Document:
    municipalities = (replace(letters[m.name], size_class=m.size_class) for m in document.municipalities)
    kind, year = document.kind or _("document"), document.period or _("jaar onbekend")
    return replace(
        document,
        id=number,
        file_name=number,
        title=f"{kind}, {year}",
        municipalities=tuple(sorted(municipalities, key=lambda m: m.name)),
        included_reason=mask(document.included_reason),
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


def _coding(coding: Coding, shift: Shift, version: str) -> Coding:
    evidence = (Evidence(shift.start(e.start), shift.end(e.end), e.term) for e in coding.evidence)
    return replace(
        coding, version=version, start=shift.start(coding.start), end=shift.end(coding.end), evidence=tuple(evidence)
    )


def _decision(
    decision: Decision,
    coder: str,
    shift: Shift | None,
    versions: Mapping[str, str],
    documents: Mapping[str, str],
    mask: Mask,
) -> Decision:
    """Mask a decision; without its text (an unplaced one) its offsets say nothing and stay."""
    start, end = decision.start, decision.end
    return replace(
        decision,
        coder=coder,
        document_id=documents.get(decision.document_id, _("document onbekend")),
        version=versions.get(decision.version, ""),
        start=shift.start(start) if shift else start,
        end=shift.end(end) if shift else end,
        quote=mask(decision.quote),
        before=mask(decision.before),
        after=mask(decision.after),
        memo=mask(decision.memo),
    )


def _summary(
    summary: Summary,
    homes: Mapping[str, str],
    shifts: Mapping[str, Shift],
    versions: Mapping[str, str],
    documents: Mapping[str, str],
    mask: Mask,
) -> Summary:
    """Mask a summary with its quotes; one of a municipality that the study no longer has loses its name."""
    return replace(
        summary,
        coder="",
        municipality=homes.get(summary.municipality, UNKNOWN_MUNICIPALITY),
        text=mask(summary.text),
        quotes=tuple(_chosen(q, shifts.get(q.version), versions, documents, mask) for q in summary.quotes),
    )


def _chosen(
    chosen: Chosen, shift: Shift | None, versions: Mapping[str, str], documents: Mapping[str, str], mask: Mask
) -> Chosen:
    start, end = (shift.start(chosen.start), shift.end(chosen.end)) if shift else (chosen.start, chosen.end)
    return replace(
        chosen,
        document_id=documents.get(chosen.document_id, _("document onbekend")),
        version=versions.get(chosen.version, ""),
        start=start,
        end=end,
        quote=shift.text[start:end] if shift else mask(chosen.quote),
        before="",
        after="",
    )


def _flag(
    flag: Flag, shifts: Mapping[str, Shift], versions: Mapping[str, str], documents: Mapping[str, str], mask: Mask
) -> Flag:
    left, right = (_quote(q, shifts.get(q.version), versions, documents, mask) for q in (flag.left, flag.right))
    return replace(flag, left=left, right=right, marker=mask(flag.marker))


def _flag_event(
    event: FlagEvent, shifts: Mapping[str, Shift], versions: Mapping[str, str], documents: Mapping[str, str], mask: Mask
) -> FlagEvent:
    left, right = (_chosen(q, shifts.get(q.version), versions, documents, mask) for q in (event.left, event.right))
    flag = _flag(event.flag, shifts, versions, documents, mask)
    return replace(event, memo=mask(event.memo), flag=flag, left=left, right=right)


def _quote(
    quote: Quote, shift: Shift | None, versions: Mapping[str, str], documents: Mapping[str, str], mask: Mask
) -> Quote:
    start, end = (shift.start(quote.start), shift.end(quote.end)) if shift else (quote.start, quote.end)
    return replace(
        quote,
        document_id=documents.get(quote.document_id, _("document onbekend")),
        version=versions.get(quote.version, ""),
        start=start,
        end=end,
        text=shift.text[start:end] if shift else mask(quote.text),
        heading_path=tuple(map(mask, quote.heading_path)),
    )
