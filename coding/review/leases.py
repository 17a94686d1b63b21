"""Who has which card before them, so that two coders never silently judge the same one at once."""

import threading
import time

LASTS = 300.0
"""Seconds a card stays with a coder who does nothing."""


class Leases:
    """Cards handed out, for one server process. A lease that has run out, or is one's own, holds nobody up."""

    def __init__(self, lasts: float = LASTS) -> None:
        self._lasts = lasts
        self._held: dict[str, tuple[str, float]] = {}
        self._lock = threading.Lock()

    def take(self, card: str, coder: str, now: float | None = None) -> bool:
        """Hand a card to a coder, who gives back any other; return whether it was free."""
        now = time.monotonic() if now is None else now
        with self._lock:
            if self._holder(card, now) not in (None, coder):
                return False
            self._held = {k: v for k, v in self._held.items() if v[0] != coder}
            self._held[card] = (coder, now)
            return True

    def holder(self, card: str, now: float | None = None) -> str | None:
        """Return who has the card now."""
        with self._lock:
            return self._holder(card, time.monotonic() if now is None else now)

    def _holder(self, card: str, now: float) -> str | None:
        coder, since = self._held.get(card, ("", 0.0))
        return coder if coder and now - since < self._lasts else None
