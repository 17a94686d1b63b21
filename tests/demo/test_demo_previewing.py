"""What an edited codebook would change in the demo: coding what can change finds the same as coding everything."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from codebook.model import Codebook
from codebook.reading import parse
from coding.combination import ProgramCoder, program_coder
from coding.manifest import method_of
from coding.model import Coding, Score, Unit
from coding.previewing import Trial, made_with, preview
from coding.snapshot import Snapshot
from corpus.model import Document, Extraction

FIRST = '[[code]]\nid = "zelfredzaamheid"\n'
NEW_CODE = '[[code]]\nid = "samenwerken"\nlabel = "Samen"\nterms = ["samen ~3 inwoner|partner", "samenwerk*"]\n\n'
EDITS = {
    "term added": ('hints = ["weerbaar"', 'strong = ["wijkteam"]\nhints = ["weerbaar"', {"zelfredzaamheid"}),
    "term removed": ('"cliëntenraad*", ', "", {"participatie.clienten"}),
    "term weighs less": ('strong = ["vangnet"]', 'hints = ["vangnet"]', {"vangnet"}),
    "new code": (FIRST, NEW_CODE + FIRST, {"samenwerken"}),
    "code taken out": ('id = "participatie.clienten"', 'id = "participatie.raad"', {"participatie.clienten"}),
    "code renamed": ('id = "participatie.arbeid"', 'id = "participatie.werk"\nwas = ["participatie.arbeid"]', set()),
    "exclusion added": (
        'exclude = ["netwerk ~5',
        'exclude = ["netwerk", "netwerk ~5',
        {"zelfredzaamheid.eigen_netwerk"},
    ),
    "rule of context": ("gegevens|informatie ~6 d", "gegevens|informatie ~1 d", {"privacy"}),
    "set of words": ('sociaal = ["zorg", ', "sociaal = [", set()),
    "exclusion of all": ('exclude = [\n  "wet maat', 'exclude = [\n  "vrijwilliger*", "wet maat', {"wederkerigheid"}),
}


class Counting:
    """The program's coder, that counts what it is asked."""

    def __init__(self, coder: ProgramCoder) -> None:
        self.name, self._coder, self.asked = coder.name, coder, 0

    def code(self, units: Sequence[Unit]) -> list[list[Score]]:
        self.asked += len(units)
        return self._coder.code(units)


@pytest.mark.parametrize("edit", EDITS)
def test_coding_what_can_change_finds_the_same_as_coding_everything(edit: str, demo_study: Snapshot) -> None:
    old, new, moved = EDITS[edit]
    codebook = demo_study.codebook
    assert codebook.source.count(old) == 1
    edited = parse(codebook.source.replace(old, new), edit)
    coder = Counting(program_coder(edited))
    before = program_coder(codebook).name
    earlier = made_with({v.id: before for v in demo_study.versions.values()}, coder, edited, [codebook])
    trial = Trial(replace(demo_study, codebook=edited), coder, earlier)
    found, asked = preview(trial), coder.asked
    everything = preview(replace(trial, earlier={}))
    assert found == everything
    assert moved <= {shift.code for shift in found}
    assert 0 < asked < (coder.asked - asked) / 4


def test_of_another_model_or_an_unknown_codebook_everything_is_coded(codebook: Codebook) -> None:
    coder = program_coder(codebook)
    other = parse(codebook.source.replace('"cliëntenraad*", ', ""), "edited")
    kept = program_coder(other).name
    made_by = {"same": coder.name, "kept": kept, "model": f"{kept}x", "unknown": kept.replace("dictionary 1", "x")}
    assert made_with(made_by, coder, codebook, [codebook, other]) == {"kept": other, "same": codebook}


@pytest.fixture(scope="module")
def demo_study(
    codebook: Codebook, extractions: Mapping[str, Extraction], codings: Mapping[str, list[Coding]]
) -> Snapshot:
    ids = {key: e.version.document_id for key, e in extractions.items()}
    return Snapshot(
        name="demo",
        codebook=codebook,
        method=method_of(codebook),
        documents=tuple(Document(ids[key], key) for key in extractions),
        versions={ids[key]: e.version for key, e in extractions.items()},
        passages={ids[key]: e.passages for key, e in extractions.items()},
        codings=tuple(c for found in codings.values() for c in found),
    )
