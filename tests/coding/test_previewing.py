"""What a changed coder would change, without changing it."""

from collections.abc import Sequence
from dataclasses import replace

from codebook.model import Code, Codebook
from coding.model import Coding, Score, Unit
from coding.previewing import Trial, preview
from coding.snapshot import Method, Snapshot
from corpus.model import Document, Passage, TextVersion

TEXTS = ("Hulp dichtbij.", "Hulp op maat.", "Iets anders.")


class WordCoder:
    """Codes a text that holds a word."""

    def __init__(self, word: str) -> None:
        self.name = f"woord {word}"
        self._word = word

    def code(self, units: Sequence[Unit]) -> list[list[Score]]:
        return [[Score("maat", 0.9, level="zeker")] if self._word in u.text else [] for u in units]


def study() -> Snapshot:
    version = TextVersion("d" * 64, "proef 1", "\n\n".join(TEXTS))
    starts = [version.text.index(t) for t in TEXTS]
    passages = tuple(
        Passage(i, "paragraph", (), s, s + len(t), t) for i, (s, t) in enumerate(zip(starts, TEXTS, strict=True))
    )
    return Snapshot(
        name="proef",
        codebook=Codebook("p", "1", "nl", "Proef", (Code("maat", "main", "Maat", ""),)),
        method=Method("rodedraad", "proef"),
        documents=(Document("d" * 64, "plan.pdf"),),
        versions={"d" * 64: version},
        passages={"d" * 64: passages},
        codings=(Coding(version.id, starts[0], starts[0] + 14, "maat", "oud", 0.9, "zeker", {}, ()),),
    )


def test_passages_that_gain_and_lose_a_suggestion_are_shown() -> None:
    [shift] = preview(Trial(study(), WordCoder("maat")))
    assert shift.code == "maat"
    assert [p.text for _, p in shift.gained] == ["Hulp op maat."]
    assert [p.text for _, p in shift.lost] == ["Hulp dichtbij."]


def test_a_code_by_another_id_gains_and_loses_nothing_by_that() -> None:
    before = study()
    [coding] = before.codings
    assert preview(Trial(replace(before, codings=(replace(coding, code="oud"),)), WordCoder("dichtbij"))) != []
    renamed = replace(before.codebook, codes=(replace(before.codebook["maat"], was=("oud",)),))
    after = replace(before, codings=(replace(coding, code="oud"),), codebook=renamed)
    assert preview(Trial(after, WordCoder("dichtbij"))) == []


def test_a_coder_that_says_the_same_changes_nothing() -> None:
    assert preview(Trial(study(), WordCoder("dichtbij"))) == []
