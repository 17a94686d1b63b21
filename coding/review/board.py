"""What lies on the table: cards of passages with their suggestions, and everybody's decisions on them."""

import threading
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

from codebook.model import Code
from coding.cell_events import Closing, Summary
from coding.cell_store import Event
from coding.events import Said, Spot, new_decision
from coding.flag_events import FlagEvent
from coding.judging import judgements, status_of
from coding.model import Decision, Look, Manner, Status, Verdict
from coding.review.cards import Card as Card
from coding.review.cards import by_version, cards_of
from coding.review.handing import HandedOut
from coding.review.undoing import UNDONE, Step, Undoing
from coding.snapshot import Snapshot

REPLACED = "Het codeboek is intussen toegepast: laad de pagina opnieuw en beslis dan nog eens."


Target = tuple[str, int, int, str]
"""Version, start, end, code: what a decision is about."""


class Board:
    """The cards of one study with the decisions in force. One process holds it; ``append`` makes each event last.

    ``log`` gives what a coder ever decided, for undo beyond this sitting.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        append: Callable[[Event], None],
        log: Callable[[str], Iterable[Decision]] = lambda _: (),
    ) -> None:
        self.codes: Mapping[str, Code] = snapshot.codebook.by_id
        self.themes: tuple[Code, ...] = snapshot.codebook.themes
        self._codebook = snapshot.codebook.content
        self.name = snapshot.name
        self.snapshot = snapshot
        self.thresholds: Mapping[str, float] = {t.code: t.threshold for t in snapshot.method.themes}
        self.cards: tuple[Card, ...] = tuple(cards_of(snapshot))
        self.sample = frozenset((s.document_id, s.start) for s in snapshot.sample)
        self.by_key: Mapping[str, Card] = {card.key: card for card in self.cards}
        self._versions = {v.id: v for v in snapshot.versions.values()}
        self._by_version = by_version(self.cards)
        self._append = append
        self._lock = threading.Lock()
        self._touched: list[Card] = []
        self._coders: dict[str, None] = {}
        self._in_force: dict[tuple[str, Target], Decision] = {}
        """By who said it; the last word on a disagreement is the team's, whoever had it."""
        # Tuples, replaced as a whole: others read them while a decision is taken in.
        self._by_card: dict[str, tuple[Decision, ...]] = {}
        self._undoing = Undoing(log)
        self._moment: datetime | None = None
        """The time of the step that is being recorded: its events share it."""
        self.handed_out = HandedOut(snapshot)
        self.looks: dict[str, Look] = {look.decision.id: look for look in snapshot.looks}
        """By decision: what the codebook's changes call back to its coder."""
        self._called_back = dict(self.looks)
        self._open = True
        for decision in snapshot.decisions:
            self._take_in(decision)

    @property
    def revision(self) -> int:
        """How many decisions were taken in: changes when what is shown may change."""
        return len(self._touched)

    def touched_since(self, revision: int) -> list[Card]:
        """Return the cards of the decisions taken in since ``revision``, in that order."""
        return self._touched[revision:]

    @property
    def in_force(self) -> list[Decision]:
        """Every decision that holds now."""
        with self._lock:
            return list(self._in_force.values())

    @property
    def coders(self) -> list[str]:
        """Everybody who decided something here, by name."""
        return sorted(self._coders)

    def keep(self, event: Closing | Summary | FlagEvent) -> None:
        """Make an event beside the decisions last; raise ``ValueError`` when another board took this one's place."""
        with self._lock:
            if not self._open:
                raise ValueError(REPLACED)
            self._append(event)

    def decisions_on(self, card: Card, coder: str | None = None) -> Sequence[Decision]:
        """Return the decisions in force on a card (its passage or a fragment in it), of one coder or of all."""
        found = self._by_card.get(card.key, ())
        return found if coder is None else [d for d in found if d.coder == coder]

    def decide(
        self,
        coder: str,
        card: Card,
        code: str,
        verdict: Verdict,
        *,
        memo: str = "",
        span: tuple[int, int] | None = None,
    ) -> Decision:
        """Record a verdict on ``code`` for the card's passage, or for ``span`` (offsets in the version's text) in it.

        Raise ``ValueError`` when the code is not in the codebook or the span lies outside the passage.
        """
        start, end = self._trimmed(card.version, *span) if span else (card.passage.start, card.passage.end)
        if not card.passage.start <= start < end <= card.passage.end:
            raise ValueError("Het fragment ligt niet in deze passage.")
        if code not in self.codes and not (verdict == "read" and not code):
            raise ValueError(f"De code {code!r} staat niet in het codeboek.")
        if self.withholds(card, coder):
            raise ValueError("Deze passage codeert u eerst blind; ga naar Blind coderen.")
        with self._lock:
            earlier = self._in_force.get((coder, (card.version, start, end, code)))
            if earlier and earlier.verdict == verdict:
                memo = memo or earlier.memo  # saying the same again does not wipe out why
            decision = self._record(coder, card, Said(code, verdict, memo), (start, end))
            self._undoing.add(coder, [(decision, earlier)])
        return decision

    def reshape(
        self, coder: str, card: Card, code: str, old: Sequence[tuple[int, int]], new: Sequence[tuple[int, int]]
    ) -> None:
        """Put fragments in the place of others of the same code, memos and all; one undo takes it back.

        Raise ``ValueError`` when a new one is empty or lies outside the passage, or an old one is not there.
        """
        if self.withholds(card, coder):
            raise ValueError("Deze passage codeert u eerst blind; ga naar Blind coderen.")
        spans = [self._trimmed(card.version, *span) for span in new]
        if not all(card.passage.start <= start < end <= card.passage.end for start, end in spans):
            raise ValueError("Het fragment ligt niet in deze passage.")
        with self._step():
            before = [self._in_force.get((coder, (card.version, *span, code))) for span in old]
            gone = [d for d in before if d is not None and d.verdict == "accept"]
            if len(gone) < len(old):
                raise ValueError("Dit fragment staat er niet meer; laad de pagina opnieuw.")
            memo = " – ".join(dict.fromkeys(d.memo for d in gone if d.memo))
            step: Step = []
            # What comes is recorded before what goes: broken off in between, nothing is lost.
            for span in spans:
                earlier = self._in_force.get((coder, (card.version, *span, code)))
                step.append((self._record(coder, card, Said(code, "accept", memo), span), earlier))
            for d in gone:
                if (d.start, d.end) not in spans:
                    step.append((self._record(coder, card, Said(code, "withdraw"), (d.start, d.end)), d))
            self._undoing.add(coder, step)

    def code_blind(self, coder: str, card: Card, themes: Collection[str], memo: str = "") -> None:
        """Record a blind coding of a card as a whole: these themes apply, the others do not.

        Raise ``ValueError`` for an unknown theme, or when the card is not (or no longer) this coder's to code blind.
        """
        if not set(themes) <= {theme.id for theme in self.themes}:
            raise ValueError("Dat thema staat niet in het codeboek.")
        if not self.withholds(card, coder):
            raise ValueError("Deze passage codeert u niet (meer) blind.")
        with self._lock:
            for theme in self.themes:
                earlier = self._in_force.get((coder, (card.version, card.passage.start, card.passage.end, theme.id)))
                if theme.id in themes and not earlier:
                    self._record(coder, card, Said(theme.id, "accept", manner="blind"))
                elif theme.id not in themes and earlier:
                    self._record(coder, card, Said(theme.id, "withdraw", manner="blind"))
            self._record(coder, card, Said("", "read", memo, "blind"))  # last: it makes the coding complete

    def settle(self, coder: str, card: Card, code: str, verdict: Verdict, memo: str = "") -> None:
        """Record the last word on a disagreement, beside what the coders said; ``withdraw`` opens it again.

        Raise ``ValueError`` when there is no disagreement on this code, or somebody settled it in the meantime.
        """
        if self.withholds(card, coder):
            raise ValueError("Deze passage codeert u eerst blind; ga naar Blind coderen.")
        with self._lock:
            last = next((d for d in self.decisions_on(card) if d.manner == "adjudication" and d.code == code), None)
            if last and verdict != "withdraw":
                raise ValueError(f"{last.coder} heeft dit al beslist; open het eerst weer als u het anders ziet.")
            if not last and (verdict == "withdraw" or self.status(card, code) != "oneens"):
                raise ValueError("Over deze code zijn de codeurs het hier niet oneens.")
            self._record(coder, card, Said(code, verdict, memo, "adjudication"))

    def answer(self, coder: str, look: Look, applies: Collection[str], memo: str = "") -> None:
        """Record a coder's second look at a decision: of the codes it may be about now, which apply.

        What was said of a code that is no more is withdrawn by it. Raise ``ValueError`` when it is somebody else's,
        was answered before, or names another code.
        """
        old = look.decision
        if old.coder != coder or old.id not in self.looks or not set(applies) <= set(look.codes):
            raise ValueError("Deze tweede blik is al gegeven, of is niet aan u.")
        card, span = self.card_of(old), (old.start, old.end)
        manner: Manner = "adjudication" if old.manner == "adjudication" else ""
        whose = "" if manner else coder
        with self._step():
            step: Step = []
            for code in look.codes:
                verdict: Verdict = "accept" if code in applies else "reject"
                said = Said(code, verdict, memo or (old.memo if verdict == old.verdict else ""), manner)
                before = self._in_force.get((whose, (card.version, *span, code))) or (old if code == old.code else None)
                step.append((self._record(coder, card, said, span, before), before))
            if old.code not in look.codes and not look.counts:
                step.append((self._record(coder, card, Said(old.code, "withdraw", memo, manner), span, old), old))
            self._undoing.add(coder, step)

    def looks_of(self, coder: str) -> list[Look]:
        """Return what is called back to a coder, without what the coder is still to code blind."""
        mine = [look for look in self.looks.values() if look.decision.coder == coder]
        return [look for look in mine if not self.withholds(self.card_of(look.decision), coder)]

    @contextmanager
    def closing(self) -> Iterator[None]:
        """Let nobody decide meanwhile, nor afterwards: another board takes this one's place."""
        with self._lock:
            yield
            self._open = False

    def withholds(self, card: Card, coder: str) -> bool:
        """Tell whether a coder may not see what others and the program say of a card: it is theirs to code blind."""
        return self.handed_out.withholds(card.key, coder)

    def latest(self, coder: str) -> Decision | None:
        """Return a decision of the step that `undo` would take back."""
        with self._lock:
            step = self._undoing.last(coder)
            return step[0][0] if step else None

    def undo(self, coder: str) -> Card | None:
        """Take back this coder's latest step, by events that say again what stood before it.

        Return its card, or ``None`` if there is nothing to take back: also where what was said does not stand as it
        was said, since the text was read anew or the code is another now.
        """
        with self._step():
            step = self._undoing.last(coder)
            if not step or not self._open or not all(self._stands(coder, last) for last, _ in step):
                return None
            for last, before in reversed(step):
                card, span = self.card_of(last), (last.start, last.end)
                verdict, memo = (before.verdict, before.memo) if before else ("withdraw", UNDONE)
                now = self._in_force.get((coder, (last.version, *span, last.code)))
                back = self._record(coder, card, Said(last.code, verdict, memo, last.manner), span, now or last, before)
                if before and before.id in self._called_back:
                    self.looks[back.id] = self._called_back[back.id] = replace(
                        self._called_back[before.id], decision=replace(back, code=before.code)
                    )
            self._undoing.drop(coder)
            return card

    def _stands(self, coder: str, said: Decision) -> bool:
        """Tell whether what a decision of the log says is in force here (of a withdrawal: nothing is)."""
        whose = "" if said.manner == "adjudication" else coder
        now = self._in_force.get((whose, (said.version, said.start, said.end, said.code)))
        return said.version in self._by_version and (now.verdict if now else "withdraw") == said.verdict

    @contextmanager
    def _step(self) -> Iterator[None]:
        with self._lock:
            self._moment = datetime.now(UTC)
            try:
                yield
            finally:
                self._moment = None

    def status(self, card: Card, code: str) -> Status:
        """Return where a code stands on a card: what all coders together made of it."""
        return status_of(judgements(self.decisions_on(card), code))

    def in_sample(self, card: Card) -> bool:
        """Tell whether a card was drawn for estimation."""
        return (card.document.id, card.passage.start) in self.sample

    def is_unfinished(self, card: Card, coder: str | None = None) -> bool:
        """Tell whether a theme has no judgement yet on a card, by this coder or by anybody: the sample asks for all."""
        decisions = self.decisions_on(card, coder)
        return any(not judgements(decisions, theme.id) for theme in self.themes)

    def is_open(self, card: Card, coder: str | None, asked: Sequence[str]) -> bool:
        """Tell whether a code awaits a verdict: this coder's, or (``None``) anybody's. *Read* settles a card."""
        decisions = self.decisions_on(card, coder)
        if not decisions:  # nearly every card of a new queue
            return bool(asked)
        if any(d.verdict == "read" for d in decisions):
            return False
        judged = {d.code for d in decisions}
        return any(code not in judged for code in asked)

    def part(self, coder: str) -> tuple[int, int]:
        """Return how many passages a coder's share of the work has, and on how many the coder decided."""
        keys = self.handed_out.parts.get(coder, set())
        return len(keys), sum(any(d.coder == coder for d in self._by_card.get(key, ())) for key in keys)

    def card_at(self, document_id: str, start: int) -> Card | None:
        """Return the card that holds code point ``start`` of a document's text, or begins last before it."""
        version = self.snapshot.versions.get(document_id)
        starts, cards = self._by_version.get(version.id, ([], [])) if version else ([], [])
        at = bisect_right(starts, start) - 1
        return cards[at] if at >= 0 else None

    def _trimmed(self, version: str, start: int, end: int) -> tuple[int, int]:
        """Leave out white space at either side: a mouse takes the space after a word along."""
        chosen = self._versions[version].text[start:end]
        return start + len(chosen) - len(chosen.lstrip()), start + len(chosen.rstrip())

    def card_of(self, decision: Decision) -> Card:
        """Return the card whose passage a decision is on, or holds the fragment it is on."""
        starts, cards = self._by_version[decision.version]
        return cards[bisect_right(starts, decision.start) - 1]

    def _take_in(self, decision: Decision) -> None:
        target = (decision.version, decision.start, decision.end, decision.code)
        card = self.card_of(decision)
        whose = "" if decision.manner == "adjudication" else decision.coder
        earlier = self._in_force.pop((whose, target), None)
        self._answered(decision, whose)
        on_card = tuple(d for d in self._by_card.get(card.key, ()) if d is not earlier)
        if decision.verdict != "withdraw" and (not decision.code or decision.code in self.codes):
            self._in_force[whose, target] = decision
            on_card = (*on_card, decision)
        self._by_card[card.key] = on_card
        self._coders[decision.coder] = None
        self.handed_out.take_in(card.key, decision)
        self._touched.append(card)  # last: whoever sees the new revision must find the decision

    def _answered(self, decision: Decision, whose: str) -> None:
        """Let go of what was called back and has its answer in this decision: of itself, or of the merged code."""
        self.looks.pop(decision.supersedes or "", None)
        for key, look in list(self.looks.items()):
            old = look.decision
            same = (old.version, old.start, old.end) == (decision.version, decision.start, decision.end)
            mine = whose == ("" if old.manner == "adjudication" else old.coder)
            if same and mine and look.codes == (decision.code,) and decision.codebook == self._codebook:
                self.looks.pop(key)

    def _record(
        self,
        coder: str,
        card: Card,
        said: Said,
        span: tuple[int, int] | None = None,
        instead: Decision | None = None,
        again: Decision | None = None,
    ) -> Decision:
        """Make an event last and take it in; it supersedes ``instead``, or what its maker said before of the target.

        One that says ``again`` what stood before was meant under the codebook of then.
        """
        if not self._open:
            raise ValueError(REPLACED)
        start, end = span or (card.passage.start, card.passage.end)
        whose = "" if said.manner == "adjudication" else coder
        earlier = instead or self._in_force.get((whose, (card.version, start, end, said.code)))
        spot = Spot(self._versions[card.version], start, end, card.passage.page_at(start))
        decision = new_decision(coder, spot, said, again.codebook if again else self._codebook, earlier)
        if self._moment:
            decision = replace(decision, time=self._moment)
        self._append(decision)
        self._take_in(decision)
        return decision
