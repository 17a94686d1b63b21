"""What people say of a flag, and the tensions they make themselves: events that are only ever added."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

from coding.cell_events import Chosen
from coding.cell_loading import page_range
from coding.events import surrounded
from coding.model import Flag, Quote
from corpus.model import Passage, TextVersion

FlagVerdict = Literal["accept", "reject", "join", "withdraw"]
"""``join``: a person's own tension of two quotes. ``withdraw``: takes back the event it supersedes."""


@dataclass(frozen=True, slots=True)
class FlagEvent:
    """An event: a verdict on a flag of the program, or a tension that a person made of two quotes (``join``)."""

    id: str
    """UUID in hex."""
    time: datetime
    coder: str
    verdict: FlagVerdict
    flag: Flag
    """The claim as it stood; of a person's own ``grade`` and ``rule`` say nothing, and a free pair has no relation."""
    left: Chosen
    right: Chosen
    memo: str
    """Why; of a person's own tension its rationale."""
    codebook: str
    """``content`` hash of the codebook that was in force."""
    supersedes: str | None = None

    @property
    def documents(self) -> tuple[str, str]:
        """Ids of the documents of both quotes."""
        return self.left.document_id, self.right.document_id


@dataclass(frozen=True, slots=True)
class FlagSaid:
    """What a coder says of a flag, and what it takes the place of."""

    verdict: FlagVerdict
    memo: str = ""
    earlier: FlagEvent | None = None


def new_flag_event(coder: str, flag: Flag, quotes: tuple[Chosen, Chosen], said: FlagSaid, codebook: str) -> FlagEvent:
    """Return the event; ``quotes`` are the flag's with what stands around them, see `choose`."""
    return FlagEvent(
        id=uuid.uuid4().hex,
        time=datetime.now(UTC),
        coder=coder,
        verdict=said.verdict,
        flag=flag,
        left=quotes[0],
        right=quotes[1],
        memo=said.memo,
        codebook=codebook,
        supersedes=said.earlier.id if said.earlier else None,
    )


def choose(version: TextVersion, passages: Sequence[Passage], start: int, end: int) -> Chosen:
    """Return a stretch of a document's text with what is needed to find it again in another reading of it."""
    quote, before, after = surrounded(version.text, (start, end))
    page, page_to = page_range(passages, start, end)
    return Chosen(version.document_id, version.id, start, end, quote, before, after, page, page_to)


def quote_of(chosen: Chosen, heading_path: tuple[str, ...] = ()) -> Quote:
    """Return a chosen stretch as the quote of a flag."""
    place = (chosen.document_id, chosen.version, chosen.start, chosen.end)
    return Quote(*place, chosen.quote, chosen.page, heading_path)


def with_quotes(event: FlagEvent, left: Chosen, right: Chosen) -> FlagEvent:
    """Return the event with its quotes, and its flag's, where they stand now."""
    paths = event.flag.left.heading_path, event.flag.right.heading_path
    flag = replace(event.flag, left=quote_of(left, paths[0]), right=quote_of(right, paths[1]))
    return replace(event, flag=flag, left=left, right=right)
