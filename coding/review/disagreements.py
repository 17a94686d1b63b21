"""Disagreements side by side, and the last word on them: a coding of its own, beside what the coders said."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlencode

from fastapi import FastAPI, Form, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from codebook.model import Code
from coding.judging import judgements
from coding.model import Decision, Verdict
from coding.review.board import Board, Card
from coding.review.views import pages_of

if TYPE_CHECKING:
    from coding.review.app import Desk

SHOWN = 20
"""Passages on the page at a time."""


@dataclass(frozen=True, slots=True)
class Voice:
    """What one coder said of a theme on a passage."""

    coder: str
    memo: str
    blind: bool
    quote: str
    """The fragment that was chosen, where it is not the whole passage."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """One theme on which coders do not agree, or did not until ``settled``."""

    theme: Code
    accepts: tuple[Voice, ...]
    rejects: tuple[Voice, ...]
    settled: Decision | None


@dataclass(frozen=True, slots=True)
class Disputed:
    """A passage with its disagreements."""

    card: Card
    pages: str
    disputes: tuple[Dispute, ...]


def disputed_cards(board: Board, coder: str, theme: str = "", *, settled: bool = False) -> list[Disputed]:
    """Return the passages with open (or ``settled``) disagreements, without those this coder is to code blind."""
    found = []
    for card in board.cards:
        decisions = board.decisions_on(card)
        if len(decisions) < 2 or board.withholds(card, coder):
            continue
        themes = [t for t in board.themes if theme in ("", t.id)]
        disputes = [d for t in themes if (d := _dispute(card, decisions, t)) and (d.settled is not None) == settled]
        if disputes:
            found.append(Disputed(card, pages_of(card), tuple(disputes)))
    return found


def add_disagreements(app: FastAPI, desk: "Desk") -> None:
    """Add the routes of the disagreements."""
    board = desk.board

    @app.get("/oneens")
    def show(request: Request, theme: str = "", toon: str = "open", vanaf: int = 0) -> HTMLResponse:
        visit = desk.visit(request)
        every = disputed_cards(board, visit.coder, settled=toon == "beslist")
        found = [d for d in every if not theme or any(x.theme.id == theme for x in d.disputes)]
        start = max(0, vanaf) if vanaf < len(found) else 0
        counts = [(t, sum(x.theme.id == t.id for d in every for x in d.disputes)) for t in board.themes]
        return desk.page(
            "disagreements.html.j2", visit, found=found[start : start + SHOWN], total=len(found), start=start,
            shown=SHOWN, theme=theme, toon=toon, counts=[(t, n) for t, n in counts if n],
        )  # fmt: skip

    @app.post("/oneens")
    def settle(
        request: Request,
        token: Annotated[str, Form()],
        card: Annotated[str, Form()],
        code: Annotated[str, Form()],
        verdict: Annotated[Verdict, Form()],
        memo: Annotated[str, Form()] = "",
    ) -> RedirectResponse:
        visit, here = desk.allowed(request, token), board.by_key.get(card)
        if here is None or verdict == "read":
            raise HTTPException(404, "Deze passage bestaat niet meer.")
        try:
            board.settle(visit.coder, here, code, verdict, memo.strip())
        except ValueError as error:
            raise HTTPException(422, str(error)) from error
        kept = {name: request.query_params[name] for name in ("theme", "toon", "vanaf") if name in request.query_params}
        return RedirectResponse(f"/oneens?{urlencode(kept)}#{card}", 303)


def _dispute(card: Card, decisions: Sequence[Decision], theme: Code) -> Dispute | None:
    last = next((d for d in decisions if d.manner == "adjudication" and d.code == theme.id), None)
    said = judgements([d for d in decisions if d.manner != "adjudication"], theme.id)
    if len(set(said.values())) < 2 and last is None:
        return None
    voices = {coder: _voice(card, [d for d in decisions if d.coder == coder], theme.id) for coder in said}
    return Dispute(
        theme,
        tuple(voices[coder] for coder, applies in sorted(said.items()) if applies),
        tuple(voices[coder] for coder, applies in sorted(said.items()) if not applies),
        last,
    )


def _voice(card: Card, decisions: Sequence[Decision], theme: str) -> Voice:
    own = [d for d in decisions if d.manner != "adjudication"]
    about = [d for d in own if d.code == theme or d.code.startswith(f"{theme}.") or d.verdict == "read"]
    whole = (card.passage.start, card.passage.end)
    return Voice(
        coder=about[0].coder,
        memo=" – ".join(dict.fromkeys(d.memo for d in about if d.memo)),
        blind=all(d.manner == "blind" for d in about),
        quote=next((d.quote for d in about if d.verdict == "accept" and (d.start, d.end) != whole), ""),
    )
