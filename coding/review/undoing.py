"""What undo can take back: the steps of a coder, of this sitting and, from the log, of those before it."""

from collections.abc import Callable, Iterable
from itertools import groupby

from coding.model import Decision

Step = list[tuple[Decision, Decision | None]]
"""Events recorded together, each with what it took the place of."""
UNDONE = "ongedaan gemaakt"
"""Memo of a withdrawal by which undo leaves nothing where nothing stood."""


class Undoing:
    """Per coder the steps that can be taken back. ``log`` gives all events of a coder, oldest first."""

    def __init__(self, log: Callable[[str], Iterable[Decision]]) -> None:
        self._log = log
        self._steps: dict[str, list[Step]] = {}
        self._read: set[str] = set()

    def add(self, coder: str, step: Step) -> None:
        """Note a step of this sitting."""
        self._steps.setdefault(coder, []).append(step)

    def last(self, coder: str) -> Step | None:
        """Return the step to take back next. The log is read only once this sitting has no step left."""
        if not self._steps.get(coder) and coder not in self._read:
            self._read.add(coder)
            self._steps[coder] = steps_of(self._log(coder))
        steps = self._steps.get(coder)
        return steps[-1] if steps else None

    def drop(self, coder: str) -> None:
        """Forget the last step: it was taken back."""
        self._steps[coder].pop()


def steps_of(log: Iterable[Decision]) -> list[Step]:
    """Return the steps in one coder's log that were not taken back, oldest first.

    Events of one step have the same time. Blind codings and last words on a disagreement are not undone but changed
    on their own pages.
    """
    log = list(log)
    by_id = {d.id: d for d in log}
    steps: list[Step] = []
    for _time, group in groupby((d for d in log if not d.manner), key=lambda d: d.time):
        step = [(d, _stood(by_id.get(d.supersedes or ""))) for d in group]
        if steps and _takes_back(step, steps[-1]):
            steps.pop()
        else:
            steps.append(step)
    return steps


def _stood(earlier: Decision | None) -> Decision | None:
    return earlier if earlier and earlier.verdict != "withdraw" else None


def _takes_back(step: Step, last: Step) -> bool:
    """Tell whether a step says again, the other way round, what stood before the last.

    Who says so of their own accord has taken it back as well.
    """
    if len(step) != len(last):
        return False
    pairs = zip((event for event, _ in step), reversed(last), strict=True)
    return all(
        (event.version, event.start, event.end, event.code) == (taken.version, taken.start, taken.end, taken.code)
        and (event.verdict, event.memo) == ((before.verdict, before.memo) if before else ("withdraw", UNDONE))
        for event, (taken, before) in pairs
    )
