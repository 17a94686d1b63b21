"""Reading codebooks, and the bundled one."""

from itertools import combinations
from pathlib import Path

import pytest

from codebook.checking import WEIGHTS, check
from codebook.model import Codebook, Pattern
from codebook.reading import CodebookError, bundled, parse, read_codebook

SECOND = Path(__file__).parent / "klimaat.toml"
THEMES = [
    "zelfredzaamheid",
    "participatie",
    "wederkerigheid",
    "kwaliteit_van_leven",
    "integraal_werken",
    "nabijheid",
    "preventie",
    "lichte_ondersteuning",
    "maatwerk",
    "professionele_ruimte",
    "efficientie_effectiviteit",
]


@pytest.fixture(scope="module")
def eleven() -> Codebook:
    return bundled()


def test_reads_codes_with_weights_sets_and_relations() -> None:
    book = read_codebook(SECOND)
    assert [c.id for c in book] == ["water", "water.bodem", "groen", "hitte"]
    assert book["water"].was == ("hemelwater",)
    assert [c.aim for c in book] == ["societal", None, None, None]
    assert book["water.bodem"].patterns == (Pattern("regenwater ~5 bodem|grond", WEIGHTS["strong"]),)
    assert Pattern("boom planten|struik planten|plant planten", WEIGHTS["terms"]) in book["groen"].patterns
    assert book["hitte"].exclusions == ("koele plek ~3 wijn",)
    assert book.exclusions == ("waterschapsbelasting",)
    assert book.relations[0].codes == ("groen", "water")


def test_keeps_the_text_with_its_comments() -> None:
    text = SECOND.read_text(encoding="utf-8")
    assert read_codebook(SECOND).source == text
    assert parse(text, "klimaat").content == read_codebook(SECOND).content


def test_a_new_definition_leaves_matching_as_it_is() -> None:
    text = SECOND.read_text(encoding="utf-8")
    book, reworded = parse(text, "a"), parse(text.replace("waar het valt", "bij de bron"), "a")
    assert book.matching == reworded.matching
    assert book.content != reworded.content
    assert parse(text.replace('"wadi"', '"wadi", "greppel"'), "a").matching != book.matching


def test_poles_leave_matching_as_it_is_and_are_written_out() -> None:
    text = SECOND.read_text(encoding="utf-8")
    book = parse(text, "a")
    more = parse(text.replace("[[relation]]", 'poles = ["de droogte|hitte"]\n\n[[relation]]', 1), "a")
    assert more.codes[-1].poles == ("de droogte|hitte",)
    assert (more.matching, more.relating == book.relating) == (book.matching, False)


def test_refuses_a_codebook_with_errors_and_names_file_and_line() -> None:
    text = SECOND.read_text(encoding="utf-8").replace('"groen", "water"]', '"groen", "lucht"]')
    with pytest.raises(CodebookError, match=r"klimaat\.toml, regel \d+, relation groen_water, codes: .*'lucht'"):
        parse(text, "klimaat.toml")


@pytest.mark.parametrize(("content", "reason"), [(None, "niet te lezen"), ("é".encode("latin-1"), "UTF-8")])
def test_refuses_a_file_it_cannot_read(tmp_path: Path, content: bytes | None, reason: str) -> None:
    path = tmp_path / "codebook.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CodebookError, match=reason):
        read_codebook(path)


def test_reads_a_file_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "codebook.toml"
    path.write_bytes(b"\xef\xbb\xbf" + SECOND.read_bytes())
    assert read_codebook(path).name == "klimaat"


def test_a_text_that_was_found_in_order_before_is_not_checked_anew(tmp_path: Path) -> None:
    path = tmp_path / "codebook.toml"
    path.write_text(SECOND.read_text(encoding="utf-8").replace('"groen", "water"]', '"groen", "lucht"]'), "utf-8")
    with pytest.raises(CodebookError, match="lucht"):
        read_codebook(path, lambda text: text == SECOND.read_text(encoding="utf-8"))
    assert read_codebook(path, lambda text: text == path.read_text(encoding="utf-8")).name == "klimaat"


def test_there_is_no_bundled_codebook_of_another_name() -> None:
    with pytest.raises(CodebookError, match="meegeleverd"):
        bundled("onbekend")


def test_the_bundled_codebook_has_the_eleven_themes_and_no_problem(eleven: Codebook) -> None:
    assert [theme.id for theme in eleven.themes] == THEMES
    assert check(eleven.source) == []


def test_every_bundled_code_is_defined_and_illustrated(eleven: Codebook) -> None:
    lacking = [
        c.id for c in eleven if not (c.definition and c.examples and c.counter_examples and (c.patterns or c.poles))
    ]
    assert lacking == []
    assert [t.id for t in eleven.themes if not (t.includes and t.excludes)] == []


def test_every_theme_is_worded_in_many_ways(eleven: Codebook) -> None:
    for theme in eleven.themes:
        patterns = [p for c in eleven if c.id.partition(".")[0] == theme.id for p in c.patterns]
        assert len(patterns) >= 40, theme.id


def test_colours_of_themes_differ_visibly(eleven: Codebook) -> None:
    colours = [bytes.fromhex(theme.colour[1:]) for theme in eleven.themes]
    for one, other in combinations(colours, 2):
        assert sum(abs(a - b) for a, b in zip(one, other, strict=True)) > 80


def test_the_tensions_and_preconditions_of_the_study_are_there(eleven: Codebook) -> None:
    pairs = {(r.kind, *r.codes) for r in eleven.relations if r.kind != "ambiguity"}
    assert {
        ("tension", "professionele_ruimte", "efficientie_effectiviteit"),
        ("tension", "zelfredzaamheid", "vangnet"),
        ("tension", "maatwerk", "gelijkheid"),
        ("tension", "integraal_werken", "privacy"),
        ("tension", "zelfredzaamheid", "veiligheid"),
        ("tension", "maatwerk", "efficientie_effectiviteit"),
        ("tension", "wederkerigheid", "keuzevrijheid"),
        ("tension", "efficientie_effectiviteit", "vangnet"),
        ("tension", "veiligheid", "privacy"),
        ("tension", "professionele_ruimte", "gelijkheid"),
        ("precondition", "professionele_ruimte", "maatwerk"),
        ("precondition", "professionele_ruimte", "integraal_werken"),
    } <= pairs
    assert all(r.rationale and r.source for r in eleven.relations)
