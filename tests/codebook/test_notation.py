"""The notation of terms: what is read, and what is refused with a reason."""

import pytest

from codebook.notation import Near, NotationError, Phrase, Regex, Word, expand, parse_pattern


def lemmas(*words: str) -> Phrase:
    return Phrase(tuple(Word("lemma", word) for word in words))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Eigen Kracht", (lemmas("eigen", "kracht"),)),
        ("kans | kansen", (lemmas("kans"), lemmas("kansen"))),
        ("vroegsignal*", (Phrase((Word("wildcard", "vroegsignal*"),)),)),
        (
            "binnen * budget",
            (Phrase((Word("lemma", "binnen"), Word("wildcard", "*"), Word("lemma", "budget"))),),
        ),
        ('"doen wat"', (Phrase((Word("exact", "doen"), Word("exact", "wat"))),)),
        ("ruimte ~6 consulent|team", (Near((lemmas("ruimte"),), (lemmas("consulent"), lemmas("team")), 6, False),)),
        ("eerst >3 netwerk", (Near((lemmas("eerst"),), (lemmas("netwerk"),), 3, True),)),
    ],
)
def test_reads_each_form(text: str, expected: tuple[object, ...]) -> None:
    assert parse_pattern(text) == expected


def test_reads_a_regular_expression_that_ignores_case() -> None:
    (expression,) = parse_pattern("/zorg(?:zaam)?/")
    assert isinstance(expression, Regex)
    assert expression.pattern.fullmatch("ZORGZAAM")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "lege term"),
        ("  ", "lege term"),
        ("kans|", "leeg alternatief"),
        ("a*", "te weinig letters"),
        ("* budget", "los sterretje"),
        ('"open', "aanhalingstekens"),
        ("a ~3 b ~3 c", "één afstand"),
        ("zorg ~0 thuis", "minstens 1"),
        ("/zorg", "twee schuine strepen"),
        ("/zorg(/", "geen geldige reguliere expressie"),
    ],
)
def test_refuses_with_a_reason(text: str, reason: str) -> None:
    with pytest.raises(NotationError, match=reason):
        parse_pattern(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("zorg", "zorg"),
        ("@wie", "ik|wij"),
        ("wat @wie wil", "wat ik wil|wat wij wil"),
        ("zorg ~4 @wie", "zorg ~4 ik|wij"),
        ("zorg|@wie >4 @wie zelf", "zorg|ik|wij >4 ik zelf|wij zelf"),
        ("/x@y/", "/x@y/"),
    ],
)
def test_writes_out_sets(text: str, expected: str) -> None:
    assert expand(text, {"wie": ["ik", "wij"]}) == expected


def test_refuses_an_unknown_set() -> None:
    with pytest.raises(NotationError, match="@wie bestaat niet"):
        expand("@wie", {})
