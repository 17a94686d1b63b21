"""Small studies built by hand: documents, suggestions, decisions and flags, without reading a file."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import pytest

from codebook.model import Code, Codebook, Pattern, Relation
from coding.model import Coding, Decision, Evidence, Failure, Flag, Level, Look, Quote, Verdict
from coding.snapshot import Method, Snapshot, Theme
from corpus.model import Anchor, Box, Document, Municipality, Passage, TextVersion

CODEBOOK = Codebook(
    name="proef",
    version="1.0",
    language="nl",
    title="Proefcodeboek",
    codes=(
        Code(
            "maatwerk",
            "main",
            "Maatwerk",
            "Passend bij deze inwoner.",
            patterns=(Pattern("maatwerk"),),
            colour="#8a4f7d",
        ),
        Code("participatie", "main", "Participatie", "Meedoen in de samenleving.", colour="#1f7a8c"),
        Code("participatie.arbeid", "main", "Arbeidsparticipatie", "Meedoen door te werken."),
        Code("preventie", "main", "Preventie", "Voorkomen is beter.", colour="#6a994e"),
        Code("privacy", "auxiliary", "Privacy", "Bescherming van gegevens."),
        Code("gelijkheid", "auxiliary", "Gelijkheid", "Gelijke gevallen gelijk."),
    ),
    relations=(
        Relation(
            "maatwerk-gelijkheid", "tension", ("maatwerk", "gelijkheid"), rationale="Ieder anders of ieder gelijk."
        ),
    ),
)


def municipality(name: str, size_class: str = "overig") -> Municipality:
    return Municipality(name, "GM0000", "Fictie", size_class)


class Builder:
    """Puts a study together; passages are texts, or (text, kind) pairs, each on a page of its own."""

    def __init__(self) -> None:
        self.documents: list[Document] = []
        self.versions: dict[str, TextVersion] = {}
        self.passages: dict[str, tuple[Passage, ...]] = {}
        self.codings: list[Coding] = []
        self.decisions: list[Decision] = []
        self.unplaced: list[Decision] = []
        self.looks: list[Look] = []
        self.flags: list[Flag] = []
        self.failures: list[Failure] = []
        self.codebook = CODEBOOK

    def document(
        self,
        file_name: str,
        passages: Sequence[str | tuple[str, str]],
        *,
        homes: Sequence[Municipality] = (),
        year: int | None = 2024,
        kind: str | None = "beleidsplan",
        title: str | None = None,
        excluded: str = "",
        headings: tuple[str, ...] = ("Inleiding",),
    ) -> str:
        pairs = [(p, "paragraph") if isinstance(p, str) else p for p in passages]
        number = hashlib.sha256(file_name.encode()).hexdigest()
        text = "\n\n".join(t for t, _ in pairs)
        made, at = [], 0
        for i, (body, kind_of) in enumerate(pairs):
            anchor = Anchor(at, at + len(body), Box(i + 1, 50, 50, 500, 80))
            made.append(Passage(i, kind_of, headings, at, at + len(body), body, (anchor,)))  # type: ignore[arg-type]  # a text that is one of the literals
            at += len(body) + 2
        self.documents.append(
            Document(
                number,
                file_name,
                title,
                tuple(homes) or (municipality("Lindeveen"),),
                kind,
                year_from=year,
                included=not excluded,
                included_reason=excluded,
            )
        )
        self.versions[number] = TextVersion(number, "proef 1", text, pages=len(pairs))
        self.passages[number] = tuple(made)
        return number

    def suggest(self, document: str, passage: int, code: str, level: Level = "waarschijnlijk", term: str = "") -> None:
        where = self.passages[document][passage]
        at = where.text.find(term) if term else -1
        evidence = (Evidence(where.start + at, where.start + at + len(term), term),) if at >= 0 else ()
        score = {"zeker": 0.95, "waarschijnlijk": 0.7, "twijfel": 0.2}[level]
        version = self.versions[document].id
        self.codings.append(
            Coding(version, where.start, where.end, code, "proef", score, level, {"dictionary": score}, evidence)
        )

    def decision(
        self, document: str, passage: int, code: str, verdict: Verdict, coder: str = "anna", memo: str = ""
    ) -> Decision:
        where = self.passages[document][passage]
        count = len(self.decisions) + len(self.unplaced)
        return Decision(
            id=f"{count:032x}",
            time=datetime(2026, 3, 1, 9, tzinfo=UTC) + timedelta(minutes=count),
            coder=coder,
            document_id=document,
            version=self.versions[document].id,
            start=where.start,
            end=where.end,
            code=code,
            verdict=verdict,
            quote=where.text,
            before="",
            after="",
            page=where.page_from,
            codebook="x",
            memo=memo,
        )

    def decide(
        self, document: str, passage: int, code: str, verdict: Verdict, coder: str = "anna", memo: str = ""
    ) -> None:
        self.decisions.append(self.decision(document, passage, code, verdict, coder, memo))

    def quote(self, document: str, passage: int) -> Quote:
        p = self.passages[document][passage]
        return Quote(document, self.versions[document].id, p.start, p.end, p.text, p.page_from, p.heading_path)

    def flag(self, document: str, left: int, right: int, grade: int = 3, marker: str = "maar") -> None:
        self.flags.append(
            Flag(
                "maatwerk-gelijkheid",
                grade,  # type: ignore[arg-type]  # a text that is one of the literals
                "section",
                self.quote(document, left),
                self.quote(document, right),
                ("maatwerk", "gelijkheid"),
                marker,
            )
        )

    def snapshot(self) -> Snapshot:
        return Snapshot(
            name="proef",
            codebook=self.codebook,
            method=Method("rodedraad 0.1.0", "proefcodeur", (Theme("maatwerk", 0.4, 0.9, "gemeten"),), "proefzinnen"),
            documents=tuple(self.documents),
            versions=self.versions,
            passages=self.passages,
            codings=tuple(self.codings),
            decisions=tuple(self.decisions),
            unplaced=tuple(self.unplaced),
            looks=tuple(self.looks),
            flags=tuple(self.flags),
            failures=tuple(self.failures),
        )


@pytest.fixture
def study() -> Builder:
    return Builder()


@pytest.fixture
def town() -> Callable[..., Municipality]:
    return municipality
