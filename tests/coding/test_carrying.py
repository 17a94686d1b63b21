"""What becomes of decisions when the codes they are about are renamed, merged, split, retired or defined anew."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codebook.model import Code, Codebook
from coding.carrying import carry, successors
from coding.model import Decision, Verdict


def codebook(*codes: Code) -> Codebook:
    return Codebook("proef", "1", "nl", "Proef", codes)


def code(name: str, *was: str, definition: str = "zo") -> Code:
    return Code(name, "main", name.title(), definition, was=was)


OLD = codebook(code("a"), code("b"), code("c"))
VERDICTS: dict[str, Verdict] = {"+": "accept", "-": "reject", "x": "withdraw"}


def log_of(*said: str, under: Codebook = OLD) -> list[Decision]:
    """Make events of words such as ``noor a+``; the same coder's later word on a code supersedes the earlier."""
    events: list[Decision] = []
    for i, words in enumerate(said):
        who, what = words.split()
        name, verdict = what[:-1], VERDICTS[what[-1]]
        same = [e for e in events if (e.coder, e.code) == (who, name)]
        events.append(
            Decision(
                id=f"{i}{under.content}", time=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=i), coder=who,
                document_id="d", version="v", start=0, end=9, code=name, verdict=verdict, quote="een tekst", before="",
                after="", page=None, codebook=under.content, supersedes=same[-1].id if same else None,
            )
        )  # fmt: skip
    return events


def outcome(log: list[Decision], new: Codebook) -> tuple[list[str], list[str]]:
    signs = {verdict: sign for sign, verdict in VERDICTS.items()}
    decisions, looks = carry(log, new, {OLD.content: OLD, new.content: new})
    return (
        [f"{d.coder} {d.code}{signs[d.verdict]}" for d in decisions],
        [
            f"{look.reason} {look.decision.code}{signs[look.decision.verdict]}{'' if look.counts else '?'}"
            for look in looks
        ],
    )


DEFINED = codebook(code("n", "a", definition="anders"))
MERGED = codebook(code("m", "a", "b"), code("c"))
SPLIT = codebook(code("a1", "a"), code("a2", "a"), code("b"), code("c"))


@pytest.mark.parametrize(
    ("said", "new", "decisions", "looks"),
    [
        (["noor a+"], OLD, ["noor a+"], []),
        (["noor a+"], codebook(code("n", "a"), code("b"), code("c")), ["noor n+"], []),
        (["noor a+", "bas a-"], DEFINED, ["noor n+", "bas n-"], ["definition a+", "definition a-"]),
        (["noor a+", "noor b-"], MERGED, ["noor m+"], ["merged a+"]),
        (["noor a-", "noor b+"], MERGED, ["noor m+"], ["merged b+"]),
        (["noor a-", "noor b-"], MERGED, ["noor m-"], ["merged b-"]),
        (["noor a-"], MERGED, [], ["merged a-?"]),
        (["noor a-", "bas b-"], MERGED, [], ["merged a-?", "merged b-?"]),
        (["noor a+", "noor a-"], SPLIT, [], ["split a-?"]),
        (["noor a+", "noor b+"], SPLIT, ["noor b+"], ["split a+?"]),
        (["noor a+", "noor b+"], codebook(code("b")), ["noor b+"], ["retired a+?"]),
        (["noor a+", "noor ax"], codebook(code("b")), [], []),
        (["noor b+"], codebook(code("a", "b"), code("c")), ["noor a+"], ["merged b+"]),
        (["noor a-"], codebook(code("a", "b"), code("c")), [], ["merged a-?"]),
    ],
)  # fmt: skip
def test_decisions_are_carried_along_or_wait_for_their_coder(said, new, decisions, looks) -> None:
    assert outcome(log_of(*said), new) == (decisions, looks)


@pytest.mark.parametrize(
    ("later", "decisions"),
    [("noor m+", ["noor m+"]), ("noor m-", ["noor m-"]), ("noor mx", [])],
)
def test_a_word_on_the_merged_code_replaces_all_that_was_said_of_its_parts(later, decisions) -> None:
    log = [*log_of("noor a+", "noor b+"), *log_of(later, under=MERGED)]
    assert outcome(log, MERGED) == (decisions, [])


said = st.lists(st.sampled_from([f"{who} {name}{sign}" for who in ("noor", "bas") for name in "abc" for sign in "+-"]))


@given(said, st.sampled_from([MERGED, SPLIT, codebook(code("c")), OLD]))
def test_no_decision_is_lost_each_holds_or_waits_or_is_part_of_one_that_does(said, new) -> None:
    log = log_of(*said)
    decisions, looks = carry(log, new, {OLD.content: OLD})
    told = {(d.coder, d.code) for d in decisions} | {
        (look.decision.coder, name) for look in looks for name in (look.decision.code, *look.codes)
    }
    for d in log:
        assert any((d.coder, name) in told for name in (d.code, *successors(new, d.code)))
