"""What decisions on one passage come to, and how far their makers agree."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from codebook.model import Code, Codebook
from coding.judging import judgements, status_of
from coding.model import Coding, Decision, Evidence
from coding.reliability import PROGRAM, Who, reliability, spans
from coding.snapshot import Method, Snapshot
from corpus.model import Document, Municipality, Passage, TextVersion

ALL = Who(anchored=True)
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
        ),
        who=ALL,
    )
    [theme] = found.themes
    assert found.coders == ("an", "bo")
    assert (theme.units, theme.percent, theme.prevalence) == (2, 0.5, 0.75)


def test_a_coder_finds_a_theme_in_a_document_when_any_passage_has_it() -> None:
    decisions = [decision("an", "maat", "accept", 0), decision("an", "maat", "reject", 8)]
    decisions += [decision("bo", "maat", "reject", 0), decision("bo", "maat", "accept", 8)]
    [theme] = reliability(study(*decisions), "document", ALL).themes
    assert (theme.units, theme.percent) == (1, 1.0)
    assert reliability(study(*decisions), "passage", ALL).themes[0].percent == 0.0


def test_a_regional_document_counts_in_each_of_its_municipalities() -> None:
    decisions = [decision("an", "maat", "accept"), decision("bo", "maat", "accept")]
    [theme] = reliability(study(*decisions), "municipality", ALL).themes
    assert theme.units == 2


def test_the_program_is_one_more_coder_on_passages_people_judged() -> None:
    coding = Coding(VERSION.id, 0, 7, "maat", "proef", 0.9, "zeker", {}, ())
    decisions = [decision("an", "maat", "accept", 0), decision("an", "maat", "accept", 8)]
    found = reliability(
        study(*decisions, codings=(coding, replace(coding, start=16, end=23))), who=replace(ALL, program=True)
    )
    [theme] = found.themes
    assert found.coders == ("an", PROGRAM)
    assert (theme.units, theme.percent) == (2, 0.5)


def test_one_coder_alone_has_no_agreement() -> None:
    [theme] = reliability(study(decision("an", "maat", "accept")), who=ALL).themes
    assert theme.units == 0
    assert np.isnan(theme.alpha)


def blind(*decisions: Decision) -> tuple[Decision, ...]:
    return tuple(replace(d, manner="blind") for d in decisions)


def test_only_blind_codings_count_unless_asked_otherwise() -> None:
    anchored = (decision("an", "maat", "accept", 0), decision("bo", "maat", "accept", 0))
    seen = blind(decision("an", "", "read", 8), decision("bo", "maat", "accept", 8), decision("bo", "", "read", 8))
    snapshot = replace(study(*anchored, *seen), blind=seen)
    found = reliability(snapshot)
    assert (found.blind, found.passages, found.themes[0].units, found.themes[0].percent) == (True, 1, 1, 0.0)
    assert found.days == ("2026-01-01", "2026-01-01")
    everything = reliability(snapshot, who=ALL)
    assert (everything.blind, everything.themes[0].units) == (False, 2)
    assert reliability(snapshot, who=Who(("an",))).coders == ("an",)


def test_the_last_word_on_a_disagreement_is_nobodys_coding() -> None:
    last = replace(decision("cy", "maat", "accept"), manner="adjudication")
    found = reliability(study(decision("an", "maat", "accept"), decision("bo", "", "read"), last), who=ALL)
    assert found.coders == ("an", "bo")
    assert found.themes[0].percent == 0.0


def test_presence_in_a_document_is_compared_over_passages_the_same_coders_judged() -> None:
    # an and bo share the first passage, an and cy the second: that bo did not see the second is no disagreement.
    given = [
        decision("an", "maat", "reject", 0), decision("bo", "maat", "reject", 0),
        decision("an", "maat", "accept", 8), decision("cy", "maat", "accept", 8),
    ]  # fmt: skip
    [theme] = reliability(study(*given), "document", ALL).themes
    assert (theme.units, theme.percent) == (2, 1.0)


LONG = "Hulp op maat voor ieder. Wij tellen de kosten. Tot slot nog dit."


def long_study(*decisions: Decision, codings: tuple[Coding, ...] = ()) -> Snapshot:
    version = TextVersion("d" * 64, "proef 1", LONG)
    return replace(
        study(*(replace(d, version=version.id) for d in decisions), codings=codings),
        versions={"d" * 64: version},
        passages={"d" * 64: (Passage(0, "paragraph", (), 0, len(LONG), LONG),)},
    )


def part(coder: str, start: int, end: int, code: str = "maat") -> Decision:
    return replace(decision(coder, code, "accept", start), end=end)


def test_a_sentence_has_a_theme_when_a_fragment_lies_on_it_or_the_whole_passage_has_it() -> None:
    given = [part("an", 5, 12), decision("an", "", "read"), part("bo", 0, len(LONG)), decision("bo", "", "read")]
    [theme] = reliability(long_study(*given), "sentence", ALL).themes
    assert (theme.units, theme.percent, theme.prevalence) == (3, pytest.approx(1 / 3), pytest.approx(4 / 6))


def test_the_program_finds_a_theme_in_the_sentence_with_its_evidence() -> None:
    version = TextVersion("d" * 64, "proef 1", LONG)
    coding = Coding(version.id, 0, len(LONG), "maat", "proef", 0.9, "zeker", {}, (Evidence(8, 12, "maat"),))
    given = [part("an", 0, 24), decision("an", "", "read")]
    found = reliability(long_study(*given, codings=(coding,)), "sentence", Who(program=True, anchored=True))
    assert (found.themes[0].units, found.themes[0].percent) == (3, 1.0)


def test_fragments_are_compared_character_by_character_and_whole_passages_are_not() -> None:
    assert spans(long_study(part("an", 0, len(LONG)), part("bo", 0, len(LONG))), ALL) is None
    read = [decision("an", "", "read"), decision("bo", "", "read")]
    found = spans(long_study(part("an", 0, 24), part("bo", 0, 24), *read), ALL)
    assert found is not None
    assert (found.together.u, found.together.length) == (1.0, len(LONG))
    shifted = spans(long_study(part("an", 0, 24), part("bo", 12, 24), *read), ALL)
    assert shifted is not None
    assert 0 < shifted.themes[0][1].u < 1
