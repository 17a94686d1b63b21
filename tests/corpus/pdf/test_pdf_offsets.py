"""The text and the places it leads back to."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import Box, Extraction
from corpus.pdf.assembling import assemble
from corpus.pdf.blocks import Block
from corpus.pdf.lines import Line

LINE = Line(1, "", "Serif", 10, False, False, "0,0,0", 50, 50, 200, 62, 60, 20)
words = st.text(alphabet="aeinrstdo-é² .,;:€(\U0001f600", max_size=24).map(lambda t: " ".join(t.split()))
lines = st.builds(lambda t, page: replace(LINE, text=t, page=page), words, st.integers(1, 3))
groups = st.lists(lines, min_size=1, max_size=5).map(tuple)
kinds = st.sampled_from(["paragraph", "heading", "list_item", "toc", "furniture"])
prose = st.builds(lambda kind, group, level: Block(kind, group, level=level), kinds, groups, st.integers(1, 4))
tables = st.lists(groups, min_size=1, max_size=3).map(
    lambda cells: Block("table", tuple(x for c in cells for x in c), rows=(tuple(cells), tuple(cells)))
)


def place(line: Line) -> Box:
    return Box(line.page, line.x0, line.top, line.x1, line.bottom)


def made(blocks: list[Block]) -> Extraction:
    return assemble(blocks, "0" * 64, "pdf", 3, place)


@given(st.lists(st.one_of(prose, tables), max_size=6))
@settings(max_examples=150, deadline=None)
def test_offsets_lead_back_to_the_text(blocks: list[Block]) -> None:
    found = made(blocks)
    last = 0
    for number, passage in enumerate(found.passages, 1):
        assert passage.number == number
        assert passage.start >= last
        assert found.version.text[passage.start : passage.end] == passage.text
        at = passage.start
        for anchor in passage.anchors:
            assert at <= anchor.start < anchor.end <= passage.end
            at = anchor.end
        last = passage.end


@given(st.lists(prose, max_size=5))
@settings(max_examples=100, deadline=None)
def test_no_letter_is_lost(blocks: list[Block]) -> None:
    def letters(text: str) -> str:
        return "".join(c for c in text if c.isalnum())

    printed = "".join(letters(line.text) for block in blocks for line in block.lines if block.text.strip())
    assert letters(made(blocks).version.text) == printed


def test_every_anchor_holds_its_line() -> None:
    block = Block("paragraph", (replace(LINE, text="de onder-"), replace(LINE, text="steuning van", page=2)))
    found = made([block])
    assert found.version.text == "de ondersteuning van"
    parts = [found.version.text[a.start : a.end] for a in found.passages[0].anchors]
    assert parts == ["de onder", "steuning van"]
    assert [found.passages[0].page_at(i) for i in (0, 7, 8, 19)] == [1, 1, 2, 2]


def test_cells_and_rows() -> None:
    a, b, c = (replace(LINE, text=t) for t in ("Wijk", "Noord", "1.250"))
    assert made([Block("table", (a, b, c), rows=(((a,),), ((b,), (c,))))]).version.text == "Wijk\nNoord\t1.250"
