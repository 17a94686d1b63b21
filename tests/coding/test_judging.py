"""What decisions on one passage come to, and how far their makers agree."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from codebook.model import Code, Codebook
from coding.judging import judgements, status_of
from coding.model import Coding, Decision
from coding.reliability import PROGRAM, reliability
from coding.snapshot import Method, Snapshot
from corpus.model import Document, Municipality, Passage, TextVersion

TEXT = "Eerste. Tweede. Derde. Vierde. "
VERSION = TextVersion("d" * 64, "proef 1", TEXT)


def decision(coder: str, code: str, verdict: str, start: int = 0) -> Decision:
    return Decision(
        id=f"{coder}{code}{verdict}{start}",
        time=datetime(2026, 1, 1, tzinfo=UTC),
        coder=coder,
        document_id="d" * 64,
        version=VERSION.id,
        start=start,
        end=start + 7,
        code=code,
        verdict=verdict,  # type: ignore[arg-type]  # one of the verdicts
        quote="",
        before="",
        after="",
        page=None,
        codebook="",
    )


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ([], "suggested"),
        ([("an", "maat", "accept")], "accepted"),
        ([("an", "maat", "reject")], "rejected"),
        ([("an", "", "read")], "rejected"),
        ([("an", "", "read"), ("an", "maat", "accept")], "accepted"),
        ([("an", "maat.sub", "accept")], "accepted"),
        ([("an", "maat.sub", "reject")], "suggested"),
        ([("an", "maatje", "accept")], "suggested"),
        ([("an", "maat", "accept"), ("bo", "maat", "accept")], "accepted"),
        ([("an", "maat", "accept"), ("bo", "maat", "reject")], "oneens"),
        ([("an", "maat", "accept"), ("bo", "", "read")], "oneens"),
        ([("an", "maat.sub", "accept"), ("an", "maat", "reject")], "accepted"),
    ],
)
def test_status_of_a_theme_follows_from_what_coders_decided(given: list[tuple[str, str, str]], status: str) -> None:
    assert status_of(judgements([decision(*g) for g in given], "maat")) == status
    assert status_of(judgements([decision(*g) for g in reversed(given)], "maat")) == status


def study(*decisions: Decision, codings: tuple[Coding, ...] = ()) -> Snapshot:
    starts = (0, 8, 16, 23)
    passages = tuple(Passage(i, "paragraph", (), s, s + 7, TEXT[s : s + 7]) for i, s in enumerate(starts))
    home = Municipality("Veldmeer", "", "", "")
    return Snapshot(
        name="proef",
        codebook=Codebook("p", "1", "nl", "Proef", (Code("maat", "main", "Maat", ""),)),
        method=Method("rodedraad", "proef"),
        documents=(Document("d" * 64, "plan.pdf", municipalities=(home, replace(home, name="Zilverhorn"))),),
        versions={"d" * 64: VERSION},
        passages={"d" * 64: passages},
        codings=codings,
        decisions=decisions,
    )


def test_only_passages_that_two_coders_judged_count() -> None:
    found = reliability(
        study(
            *(decision("an", "maat", "accept", s) for s in (0, 8, 16)),
            decision("bo", "maat", "accept", 0),
            decision("bo", "", "read", 8),
        )
    )
    [theme] = found.themes
    assert found.coders == ("an", "bo")
    assert (theme.units, theme.percent, theme.prevalence) == (2, 0.5, 0.75)


def test_a_coder_finds_a_theme_in_a_document_when_any_passage_has_it() -> None:
    decisions = [decision("an", "maat", "accept", 0), decision("an", "maat", "reject", 8)]
    decisions += [decision("bo", "maat", "reject", 0), decision("bo", "maat", "accept", 16)]
    [theme] = reliability(study(*decisions), "document").themes
    assert (theme.units, theme.percent) == (1, 1.0)


def test_a_regional_document_counts_in_each_of_its_municipalities() -> None:
    decisions = [decision("an", "maat", "accept"), decision("bo", "maat", "accept")]
    [theme] = reliability(study(*decisions), "municipality").themes
    assert theme.units == 2


def test_the_program_is_one_more_coder_on_passages_people_judged() -> None:
    coding = Coding(VERSION.id, 0, 7, "maat", "proef", 0.9, "zeker", {}, ())
    decisions = [decision("an", "maat", "accept", 0), decision("an", "maat", "accept", 8)]
    found = reliability(study(*decisions, codings=(coding, replace(coding, start=16, end=23))), program=True)
    [theme] = found.themes
    assert found.coders == ("an", PROGRAM)
    assert (theme.units, theme.percent) == (2, 0.5)


def test_one_coder_alone_has_no_agreement() -> None:
    [theme] = reliability(study(decision("an", "maat", "accept"))).themes
    assert theme.units == 0
    assert np.isnan(theme.alpha)
