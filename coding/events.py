"""Make the event of a decision: the one place where a judgement gets its id, its time and its quote with context."""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime

from coding.model import Decision, Manner, Verdict
from corpus.model import TextVersion

CONTEXT = 32
"""Characters kept before and after a decision's quote."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a decision is: code points in a version's text, and the page they begin on."""

    version: TextVersion
    start: int
    end: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What a coder says of a spot."""

    code: str
    verdict: Verdict
    memo: str = ""
    manner: Manner = ""


def new_decision(coder: str, spot: Spot, said: Said, codebook: str, earlier: Decision | None = None) -> Decision:
    """Return the event; ``codebook`` is the ``content`` hash in force, ``earlier`` what it takes the place of."""
    quote, before, after = surrounded(spot.version.text, (spot.start, spot.end))
    return Decision(
        id=uuid.uuid4().hex,
        time=datetime.now(UTC),
        coder=coder,
        document_id=spot.version.document_id,
        version=spot.version.id,
        start=spot.start,
        end=spot.end,
        code=said.code,
        verdict=said.verdict,
        quote=quote,
        before=before,
        after=after,
        page=spot.page,
        codebook=codebook,
        memo=said.memo,
        supersedes=earlier.id if earlier else None,
        manner=said.manner,
    )


def surrounded(text: str, span: tuple[int, int]) -> tuple[str, str, str]:
    """Return the words of a span with what stands before and after them."""
    start, end = span
    return text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
