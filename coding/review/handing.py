"""What was handed out to whom, and what a coder may therefore not see yet."""

from collections.abc import Mapping

from coding.judging import finished
from coding.model import Decision
from coding.snapshot import Snapshot


class HandedOut:
    """The passages handed out, by the keys of their cards; kept up to date as decisions are taken in.

    A coder's blind passages are withheld until the last of the batch is done: until then each can be looked at again,
    after that none, for what is seen with suggestions is not blind any more.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        ids = {document: version.id for document, version in snapshot.versions.items()}
        self._batches: dict[tuple[str, int], list[str]] = {}
        self._batch_of: dict[tuple[str, str], int] = {}
        self._parts: dict[str, set[str]] = {}
        for a in snapshot.assigned:
            key = f"{ids[a.document_id]}-{a.start}"
            if a.blind:
                self._batches.setdefault((a.coder, a.batch), []).append(key)
                self._batch_of[a.coder, key] = a.batch
            else:
                self._parts.setdefault(a.coder, set()).add(key)
        self._undone = {batch: set(keys) for batch, keys in self._batches.items()}
        for coder, document, start in finished(snapshot.blind):
            self._finish(coder, f"{ids[document]}-{start}")

    @property
    def parts(self) -> Mapping[str, set[str]]:
        """The cards in each coder's share of the work."""
        return self._parts

    @property
    def coders(self) -> list[str]:
        """Everybody who was handed something, by name."""
        return sorted({coder for coder, _ in self._batches} | set(self._parts))

    def blind(self, coder: str) -> list[str]:
        """Return the cards of a coder's blind batches that are not done as a whole, in the order of the text."""
        return [
            key for batch, keys in self._batches.items() if batch[0] == coder and self._undone[batch] for key in keys
        ]

    def undone(self, coder: str) -> list[str]:
        """Return those of `blind` that are still to be coded."""
        return [key for key in self.blind(coder) if key in self._undone[coder, self._batch_of[coder, key]]]

    def counts(self, coder: str) -> tuple[int, int]:
        """Return how many blind passages a coder was handed in all, and how many are done."""
        everything = sum(len(keys) for (name, _), keys in self._batches.items() if name == coder)
        return everything, everything - len(self.undone(coder))

    def withholds(self, key: str, coder: str) -> bool:
        """Tell whether a card belongs to a batch that this coder is still coding blind."""
        batch = self._batch_of.get((coder, key))
        return batch is not None and bool(self._undone[coder, batch])

    def take_in(self, key: str, decision: Decision) -> None:
        """Note that a blind coding was completed."""
        if decision.manner == "blind" and decision.verdict == "read":
            self._finish(decision.coder, key)

    def _finish(self, coder: str, key: str) -> None:
        batch = self._batch_of.get((coder, key))
        if batch is not None:
            self._undone[coder, batch].discard(key)
