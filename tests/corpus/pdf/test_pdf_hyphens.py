"""Dutch hyphens at the end of a line."""

import pytest

from corpus.pdf.hyphens import join, vocabulary

WORDS = vocabulary(
    ["de ondersteuning en sociaal-juridische hulp", "coördinatie van zorg- en welzijnswerk", "het zorgen voor elkaar"]
)


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [
        ("de onder-", "steuning van", "de ondersteuning van"),
        ("een ver-", "gadering", "een vergadering"),
        ("de zorg-", "en welzijnspartijen", "de zorg- en welzijnspartijen"),
        ("de zorg-", "of hulpvraag", "de zorg- of hulpvraag"),
        ("van 18-", "naar 18+", "van 18- naar 18+"),
        ("voor-", "tot en met najaar", "voor- tot en met najaar"),
        ("de sociaal-", "juridische hulp", "de sociaal-juridische hulp"),
        ("in Etten-", "Leur", "in Etten-Leur"),
        ("de periode 2022-", "2026", "de periode 2022-2026"),
        ("de Wmo-", "consulent", "de Wmoconsulent"),
        ("de WMO-", "consulent", "de WMO-consulent"),
        ("de co-", "ordinatie", "de coördinatie"),
        ("de niet-", "aangeboren ziekte", "de niet-aangeboren ziekte"),
        ("een oud-", "wethouder", "een oud-wethouder"),
        ("een e-", "mail", "een e-mail"),
        ("gewoon", "verder", "gewoon verder"),
        ("en/", "of", "en/of"),
        ("een streepje -", "en verder", "een streepje - en verder"),
        ("", "begin", "begin"),
    ],
)
def test_line_end(left: str, right: str, joined: str) -> None:
    assert "".join(join(left, right, WORDS)) == joined


def test_words_of_the_document_decide() -> None:
    assert "".join(join("het beleids-", "plan", {"beleids-plan": 1})) == "het beleids-plan"
    assert "".join(join("het beleids-", "plan", {"beleids-plan": 1, "beleidsplan": 4})) == "het beleidsplan"


def test_word_before_a_hyphen_is_no_word_of_the_document() -> None:
    assert vocabulary(["zorgen voor onder-"]) == {"zorgen": 1, "voor": 1}
