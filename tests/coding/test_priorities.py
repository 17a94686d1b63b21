"""Which principle a sentence of our own puts first, and which sentences only look as if they do."""

import re

import pytest

from coding.priorities import find_rankings

WORDS = {
    "kracht": r"eigen kracht|zelf doen|zelfredzaamheid",
    "netwerk": r"eigen netwerk|mantelzorg\w*",
    "maatwerk": r"maatwerk|wat \w+ gezin nodig heeft",
    "preventie": r"preventie\w*|voorkomen",
    "ruimte": r"professionele ruimte|vakmanschap",
    "doelmatig": r"doelmatig\w*|kosten\w*|efficiëntie",
    "nabij": r"nabijheid|dichtbij",
    "meedoen": r"meedoen|participatie",
    "veilig": r"veiligheid",
}


def terms_in(text: str) -> dict[str, list[tuple[int, int]]]:
    return {code: [m.span() for m in re.finditer(words, text, re.IGNORECASE)] for code, words in WORDS.items()}


GOALS = [
    ("Preventie staat voorop.", "preventie", None),
    ("Voorop staat preventie, en daarna komt de rest van ons beleid.", "preventie", None),
    ("Bij ieder besluit in Lindeveen staat maatwerk voorop.", "maatwerk", None),
    ("Wij stellen maatwerk voorop, ook als dat meer tijd vraagt.", "maatwerk", None),
    ("De gemeente zet meedoen op de eerste plaats.", "meedoen", None),
    ("Een stad waarin nabijheid op de eerste plaats komt.", "nabij", None),
    ("Maatwerk gaat vóór doelmatigheid.", "maatwerk", "doelmatig"),
    ("De veiligheid van een kind gaat altijd boven maatwerk.", "veilig", "maatwerk"),
    ("Voor ons weegt vakmanschap zwaarder dan efficiëntie.", "ruimte", "doelmatig"),
    ("Zelfredzaamheid is belangrijker dan doelmatigheid.", "kracht", "doelmatig"),
    ("De kosten zijn ondergeschikt aan maatwerk.", "maatwerk", "doelmatig"),
    ("Preventie krijgt voorrang boven maatwerk.", "preventie", "maatwerk"),
    ("Preventie heeft de komende jaren de hoogste prioriteit.", "preventie", None),
    ("Het college geeft prioriteit aan preventie in de wijken.", "preventie", None),
    ("Bij de verdeling van uren is professionele ruimte leidend.", "ruimte", None),
    ("Eigen kracht blijft leidend in onze werkwijze.", "kracht", None),
    ("Het belangrijkste uitgangspunt is zelfredzaamheid.", "kracht", None),
    ("Nabijheid is voor ons het belangrijkste uitgangspunt.", "nabij", None),
    ("Ons leidend principe is maatwerk.", "maatwerk", None),
    ("Wij nemen nabijheid als leidend principe.", "nabij", None),
    ("Het team laat maatwerk prevaleren boven doelmatigheid.", "maatwerk", "doelmatig"),
    ("Ons beleid is primair gericht op preventie.", "preventie", None),
]
ORDERS = [
    ("Eerst eigen kracht, dan een voorziening.", "kracht", None),
    ("Eerst het eigen netwerk, daarna pas maatwerk.", "netwerk", "maatwerk"),
    ("De consulent kijkt eerst naar eigen kracht en mogelijkheden.", "kracht", None),
    ("Er wordt eerst gekeken naar wat het eigen netwerk kan doen.", "netwerk", None),
    ("In eerste instantie zoeken wij de oplossing dichtbij.", "nabij", None),
    ("We kijken in eerste instantie of zelfredzaamheid volstaat.", "kracht", None),
]
NOTHING = [
    "Preventie, maatwerk en nabijheid zijn onze uitgangspunten.",
    "De gemeente loopt voorop met preventie.",
    "Eigen kracht staat niet voorop.",
    "Maatwerk is niet altijd leidend.",
    "Dat is leidend tot meer kosten in het maatwerk.",
    "Voor het eerst is er geld voor preventie, dan volgt de rest.",
    "De belangrijkste knelpunten bij maatwerk zijn bekend.",
    "In het primair onderwijs is preventie gewoon.",
    "Wij gaan voor preventie en daar gaan wij voor.",
    "Preventie wordt steeds belangrijker.",
    "Inwoners met mantelzorg krijgen voorrang bij de toewijzing van een woning.",
    "In de agenda staat welke thema's bij preventie prioriteit hebben.",
    "De planning is leidend, waarbij maatwerk mogelijk blijft.",
    "Maatwerk blijft nodig, op een manier die past bij meedoen.",
    "Goede zorg komt op de eerste plaats en niet de kosten.",
    "Zorg staat voorop; ook preventie krijgt aandacht.",
    "De prioriteiten voor volgend jaar volgen in de nota over preventie.",
    "Inwoners vinden preventie belangrijk en werken graag mee aan participatie.",
    "Maatwerk staat centraal.",
]


def found(text: str) -> list[tuple[str, str, str | None]]:
    return [(r.kind, r.first, r.over) for r in find_rankings(text, terms_in(text))]


@pytest.mark.parametrize(("text", "first", "over"), GOALS)
def test_goal_put_first(text: str, first: str, over: str | None) -> None:
    assert found(text) == [("doel", first, over)]


@pytest.mark.parametrize(("text", "first", "over"), ORDERS)
def test_order_of_procedure_is_kept_apart(text: str, first: str, over: str | None) -> None:
    assert found(text) == [("volgorde", first, over)]


@pytest.mark.parametrize("text", NOTHING)
def test_look_alike_ranks_nothing(text: str) -> None:
    assert found(text) == []


def test_several_goals_put_first_together() -> None:
    text = "Nabijheid en maatwerk staan voorop."
    assert [r.first for r in find_rankings(text, terms_in(text))] == ["maatwerk", "nabij"]


def test_marker_and_terms_stand_in_the_sentence() -> None:
    text = "Dit is een plan. Maatwerk gaat vóór doelmatigheid. Zo werken wij."
    (ranking,) = find_rankings(text, terms_in(text))
    assert text[slice(*ranking.sentence)] == "Maatwerk gaat vóór doelmatigheid."
    assert text[slice(*ranking.marker)] == "gaat vóór"
    assert [text[slice(*span)] for span in ranking.terms] == ["Maatwerk", "doelmatigheid"]
