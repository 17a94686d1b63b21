"""What check finds in a codebook file: each problem on its line, in its table, under its key."""

from pathlib import Path

import pytest

from codebook.checking import Problem, check
from codebook.reading import parse

HEAD = '[codebook]\nname = "t"\nversion = "1"\nlanguage = "nl"\ntitle = "T"\n'  # lines 1–5
CODE = '[[code]]\nid = "a"\nlabel = "A"\nterms = ["aap"]\n'  # lines 6–9
OTHER = '[[code]]\nid = "b"\nlabel = "B"\nterms = ["beer"]\n'  # lines 10–13


def found(text: str) -> list[tuple[int, str, str, str]]:
    return [(p.line, p.table, p.key, p.severity) for p in check(text)]


def test_finds_nothing_in_a_codebook_in_order() -> None:
    assert check(HEAD + CODE + OTHER) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[codebook\n", (1, "", "", "error")),
        (CODE, (1, "", "codebook", "error")),
        (HEAD, (1, "", "code", "error")),
        (HEAD + CODE + "extra = 1\n", (10, "code a", "extra", "error")),
        (HEAD + CODE + 'weak = "aap"\n', (10, "code a", "weak", "error")),
        (HEAD + CODE + "definition = 3\n", (10, "code a", "definition", "error")),
        (HEAD + CODE.replace('label = "A"\n', ""), (6, "code a", "label", "error")),
        (HEAD + CODE + 'colour = "blauw"\n', (10, "code a", "colour", "error")),
        (HEAD + CODE + 'group = "extra"\n', (10, "code a", "group", "error")),
        (HEAD + CODE + 'aim = "maatschappelijk"\n', (10, "code a", "aim", "error")),
        (HEAD + CODE.replace('"a"', '"A b"'), (7, "code A b", "id", "error")),
        (HEAD + CODE.replace('"a"', '"x.a"'), (7, "code x.a", "id", "error")),
        (HEAD + CODE.replace('terms = ["aap"]\n', ""), (7, "code a", "id", "warning")),
        (HEAD + CODE.replace('["aap"]', '[\n  "aap",\n  "a ~3 b ~3 c",\n]'), (11, "code a", "terms", "error")),
        (HEAD + CODE.replace('"aap"', '"@dier"'), (9, "code a", "terms", "error")),
        (HEAD + CODE.replace('"aap"', '"aap", "aap"'), (9, "code a", "terms", "warning")),
        (HEAD + CODE + OTHER.replace("beer", "aap"), (13, "code b", "terms", "warning")),
        (HEAD + CODE + CODE.replace("aap", "beer"), (11, "code a", "id", "error")),
        (HEAD + CODE + OTHER + 'was = ["a"]\n', (14, "code b", "was", "error")),
        (HEAD + "[sets]\ndier = 3\n" + CODE, (1, "sets", "dier", "error")),
    ],
)
def test_names_line_table_and_key(text: str, expected: tuple[int, str, str, str]) -> None:
    assert expected in found(text)


@pytest.mark.parametrize(
    ("relation", "key"),
    [
        ('id = "r"\nkind = "tension"\ncodes = ["a", "zebra"]\n', "codes"),
        ('id = "r"\nkind = "tension"\ncodes = ["a"]\n', "codes"),
        ('id = "r"\nkind = "strijd"\n', "kind"),
        ('id = "r"\nkind = "ambiguity"\n', "phrases"),
        ('id = "r"\nkind = "ambiguity"\nphrases = ["/(/"]\n', "phrases"),
    ],
)
def test_finds_what_is_wrong_with_a_relation(relation: str, key: str) -> None:
    problems = check(HEAD + CODE + OTHER + "[[relation]]\n" + relation)
    assert [(p.table, p.key, p.severity) for p in problems] == [("relation r", key, "error")]
    assert problems[0].line >= 14


def test_two_codes_may_have_been_the_same_code_that_was_split() -> None:
    text = HEAD + CODE + 'was = ["oud"]\n' + OTHER + 'was = ["oud"]\n'
    assert found(text) == []
    assert parse(text, "codeboek").renamed == {}


def test_a_term_shared_on_purpose_is_no_problem() -> None:
    text = HEAD + 'shared = ["aap"]\n' + CODE + OTHER.replace("beer", "aap")
    assert check(text) == []


def test_a_table_header_inside_a_long_text_is_not_a_table() -> None:
    text = HEAD + CODE + 'definition = """\n[[code]]\n"""\n' + OTHER + "extra = 1\n"
    assert found(text) == [(17, "code b", "extra", "error")]


def test_a_problem_reads_as_a_sentence_with_its_place() -> None:
    assert str(Problem(3, "code a", "terms", "lege term")) == "regel 3, code a, terms: lege term"


def test_the_second_codebook_is_in_order() -> None:
    assert check((Path(__file__).parent / "klimaat.toml").read_text(encoding="utf-8")) == []
