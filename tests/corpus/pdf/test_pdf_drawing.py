"""Pages drawn with their passages."""

from pathlib import Path

from PIL import Image

from corpus.drawing import COLOURS, draw
from corpus.model import SegmentSettings
from corpus.pdf.reading import read_pdf


def test_a_page_each_with_frames(typeset, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    made = typeset(
        "= Zorg\nDe gemeente werkt samen met de wijkteams.\n#pagebreak()\nWij gaan uit van wat mensen kunnen."
    )
    found = read_pdf(made, "0" * 64, SegmentSettings())
    written = draw(made, found, tmp_path / "beeld")
    assert [p.name for p in written] == ["document-0001.png", "document-0002.png"]
    with Image.open(written[0]) as image:
        colours = {c for _, c in image.getcolors(1 << 24) or []}
    assert COLOURS["title"] in colours
    assert COLOURS["paragraph"] in colours


def test_every_kind_has_a_colour() -> None:
    assert len(set(COLOURS.values())) == 11
