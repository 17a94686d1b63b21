"""Handing out passages: who gets what, what is left out, and how far everybody is."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from codebook.model import Code, Codebook
from coding import store
from coding.assigning import draw_pairs, share_out, shares, unfinished
from coding.judging import judgements
from coding.loading import standing_decisions
from coding.model import Coding, Decision
from coding.snapshot import Assigned, Method, Snapshot
from corpus.model import Document, Passage, TextVersion
from corpus.study import create_study

TEXT = "".join(f"Zin nummer {i:03}. " for i in range(90))
VERSION = TextVersion("d" * 64, "proef 1", TEXT)


def study(*decisions: Decision, assigned: tuple[Assigned, ...] = ()) -> Snapshot:
    passages = tuple(Passage(i, "paragraph", (), i * 16, i * 16 + 15, TEXT[i * 16 : i * 16 + 15]) for i in range(90))
    codings = tuple(
        Coding(VERSION.id, p.start, p.end, "maat", "proef", 0.9, "zeker" if p.number % 3 else "twijfel", {}, ())
        for p in passages[:60]
    )
    return Snapshot(
        name="proef",
        codebook=Codebook("p", "1", "nl", "Proef", (Code("maat", "main", "Maat", ""),)),
        method=Method("rodedraad", "proef"),
        documents=(Document("d" * 64, "plan.pdf"),),
        versions={"d" * 64: VERSION},
        passages={"d" * 64: passages},
        codings=codings,
        decisions=decisions,
        blind=tuple(d for d in decisions if d.manner == "blind"),
        assigned=assigned,
    )


def decision(coder: str, number: int, verdict: str, manner: str = "", code: str = "maat", **more: object) -> Decision:
    start = number * 16
    facts = {
        "id": f"{coder}{number}{verdict}{manner}{code}", "time": datetime(2026, 1, 1, tzinfo=UTC), "coder": coder,
        "document_id": "d" * 64, "version": VERSION.id, "start": start, "end": start + 15, "quote": "", "before": "",
        "code": "" if verdict == "read" else code, "verdict": verdict, "after": "", "page": None, "codebook": "",
        "manner": manner,
    }  # fmt: skip
    return Decision(**(facts | more))  # type: ignore[arg-type]  # facts of a test


def test_every_passage_goes_to_two_coders_and_every_pair_gets_as_many() -> None:
    assigned = draw_pairs(study(), ["ada", "bas", "cor"], 30)
    by_passage: dict[int, list[str]] = {}
    for a in assigned:
        by_passage.setdefault(a.start, []).append(a.coder)
    assert len(by_passage) == 30
    assert set(map(len, by_passage.values())) == {2}
    assert set(Counter(map(tuple, by_passage.values())).values()) == {10}
    assert all(a.blind for a in assigned)


def test_the_sample_holds_passages_of_which_nothing_was_said() -> None:
    strata = Counter(a.stratum for a in draw_pairs(study(), ["ada", "bas"], 30))
    assert strata == {"voorgesteld": 20, "twijfel": 20, "niets": 20}  # passages × two coders


def test_a_seed_draws_the_same_passages_again_and_another_seed_others() -> None:
    assert draw_pairs(study(), ["ada", "bas"], 30, seed=7) == draw_pairs(study(), ["ada", "bas"], 30, seed=7)
    assert draw_pairs(study(), ["ada", "bas"], 30, seed=7) != draw_pairs(study(), ["ada", "bas"], 30, seed=8)


def test_what_was_drawn_before_or_seen_with_suggestions_is_left_out() -> None:
    first = draw_pairs(study(), ["ada", "bas"], 30)
    seen = [decision("ada", n, "accept") for n in range(60, 75)]
    second = draw_pairs(study(*seen, assigned=tuple(first)), ["ada", "bas"], 90)
    assert {a.batch for a in second} == {2}
    assert not {a.start for a in first} & {a.start for a in second}
    assert not {d.start for d in seen} & {a.start for a in second}


def test_one_coder_is_no_pair() -> None:
    with pytest.raises(ValueError, match="two coders"):
        draw_pairs(study(), ["ada", "ada"], 30)


def test_the_work_is_divided_in_runs_with_as_many_suggestions_each() -> None:
    assigned = share_out(study(), ["ada", "bas"])
    assert [a.start for a in assigned] == [i * 16 for i in range(90)]
    assert [a.coder for a in assigned] == sorted(a.coder for a in assigned)
    suggested = Counter(a.coder for a in assigned if a.start < 60 * 16 and (a.start // 16) % 3)
    assert suggested == {"ada": 20, "bas": 20}


def test_a_blind_coding_is_done_when_read_ends_it() -> None:
    handed = tuple(Assigned(1, "d" * 64, n * 16, "", "ada", True) for n in (0, 1, 2))
    given = [decision("ada", 0, "accept", "blind"), decision("ada", 1, "read", "blind"), decision("ada", 2, "read")]
    found = study(*given, assigned=handed)
    [share] = shares(found)
    assert (share.blind, share.blind_done) == (3, 1)
    assert [a.start for a in unfinished(found)] == [0, 32]


def test_what_is_handed_out_is_kept_and_can_be_taken_back(tmp_path: Path) -> None:
    connection = store.open_store(create_study(tmp_path / "studie", "naam = 'proef'"))
    handed = draw_pairs(study(), ["ada", "bas"], 6)
    store.assign(connection, handed)
    assert sorted(store.assignments(connection), key=str) == sorted(handed, key=str)
    store.drop_assignments(connection, handed[:1])
    assert sorted(store.assignments(connection), key=str) == sorted(handed[1:], key=str)


def test_a_blind_coding_stays_one_when_its_coder_judges_otherwise_later(tmp_path: Path) -> None:
    connection = store.open_store(create_study(tmp_path / "studie", "naam = 'proef'"))
    blind = decision("ada", 0, "accept", "blind")
    later = decision("ada", 0, "reject", supersedes=blind.id)
    store.append_decisions(connection, [blind, later])
    log = store.decision_log(connection)
    versions = {"d" * 64: VERSION}
    codebook = study().codebook
    assert standing_decisions(connection, codebook, versions, log)[0] == [later]
    assert standing_decisions(connection, codebook, versions, [d for d in log if d.manner == "blind"])[0] == [blind]


@pytest.mark.parametrize("word", ["accept", "reject"])
def test_the_last_word_on_a_disagreement_is_the_only_one_and_only_on_its_code(word: str) -> None:
    given = [decision("ada", 0, "accept"), decision("bas", 0, "read"), decision("cor", 0, word, "adjudication")]
    assert judgements(given, "maat") == {"cor": word == "accept"}
    assert judgements(given, "elders") == {"bas": False}
    assert judgements([replace(given[2], verdict="accept"), decision("cor", 0, "read")], "elders") == {"cor": False}
