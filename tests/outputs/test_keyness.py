"""Log-odds with an informative Dirichlet prior against an example by hand; names and laws apart; repeats once."""

import math
from typing import Any

import pytest

from outputs.answering import ask
from outputs.keyness import PRIOR, count_words, in_context, keywords, log_odds, top
from outputs.records import work_out


def test_log_odds_are_those_worked_out_by_hand() -> None:
    # 10 of 100 words here, 2 of 100 there; read beforehand: 3 of 50, the share 12/200 of both groups together.
    # here: ln((10+3)/(100+50-10-3)) = ln(13/137) = -2.35503; there: ln((2+3)/(100+50-2-3)) = ln(5/145) = -3.36730
    # variance: 1/13 + 1/5 = 0.276923, standard deviation 0.526235
    difference, z = log_odds((10, 100), (2, 100), (3.0, 50.0))
    assert difference == pytest.approx(1.012266, abs=1e-5)
    assert z == pytest.approx(1.923602, abs=1e-5)


@pytest.mark.parametrize(
    ("here", "there", "sign"),
    [((5, 100), (5, 100), 0), ((5, 100), (10, 200), 0), ((9, 100), (1, 100), 1), ((0, 100), (3, 100), -1)],
)
def test_log_odds_have_the_sign_of_the_difference(here: Any, there: Any, sign: int) -> None:
    share = (here[0] + there[0]) / (here[1] + there[1])
    difference, z = log_odds(here, there, (share * PRIOR, PRIOR))
    assert round(math.copysign(1, difference) if abs(difference) > 1e-9 else 0) == sign
    assert round(math.copysign(1, z) if abs(z) > 1e-9 else 0) == sign


def test_prior_draws_a_rare_word_closer_to_nothing_than_a_common_one() -> None:
    rare = log_odds((2, 1000), (1, 1000), (PRIOR * 3 / 2000, PRIOR))[1]
    common = log_odds((200, 1000), (100, 1000), (PRIOR * 300 / 2000, PRIOR))[1]
    assert 0 < rare < common


FILLING = [
    *("roos tulp lelie", "eik beuk den", "rood groen blauw", "aap noot mies", "brood kaas melk", "zon maan ster"),
    *("stoel tafel bank", "fiets auto trein", "kat hond vis", "jas broek trui", "pen papier inkt", "hout steen glas"),
]


@pytest.fixture
def two_towns(study: Any, town: Any) -> Any:
    ours = [f"Hier {words}: in Lindeveen {words} een dorpshuis, {words} GGD, {words} de Jeugdwet." for words in FILLING]
    theirs = [f"Daar {words}: het wijkteam {words} vraagt {words} en de wijkteams {words} ook." for words in FILLING]
    study.document("a.pdf", ours[:6], homes=(town("Lindeveen"),))
    study.document("b.pdf", ours[6:], homes=(town("Lindeveen"),))
    study.document("c.pdf", theirs, homes=(town("Oeverdam"),))
    return study


def split(worked_out: Any, name: str) -> tuple[list[Any], list[Any]]:
    own = [d for d in worked_out.snapshot.documents if d.municipalities[0].name == name]
    return own, [d for d in worked_out.snapshot.documents if d not in own]


def test_names_and_laws_stand_apart_from_the_words_of_policy(two_towns: Any) -> None:
    worked_out = work_out(two_towns.snapshot())
    found = keywords(count_words(worked_out), *split(worked_out, "Lindeveen"))
    assert [k.word for k in top(found, "word")] == ["dorpshuis"]
    assert {k.word for k in top(found, "name")} == {"Lindeveen", "GGD"}
    assert [k.word for k in top(found, "law")] == ["Jeugdwet"]


def test_masks_and_names_are_no_words_of_an_anonymous_study(two_towns: Any) -> None:
    worked_out = work_out(two_towns.snapshot(), anonymous=True)
    wording = count_words(worked_out)
    assert not {"gemeente", "lindeveen"} & {word for own in wording.counts.values() for word in own}
    said = [w for group in ask(worked_out, "municipality").words for w in (*group.words, *group.names)]
    assert "dorpshuis" in {w.word for w in said}
    assert "GGD" not in {w.word for w in said}


def test_forms_of_a_word_count_together_and_its_place_is_literal(two_towns: Any) -> None:
    worked_out = work_out(two_towns.snapshot())
    found = {k.word: k for k in keywords(count_words(worked_out), *split(worked_out, "Oeverdam"))}
    assert (found["wijkteam"].here, found["wijkteam"].there, found["wijkteam"].documents) == (24, 0, 1)
    before, word, after, source = in_context(found["wijkteam"])
    assert before + word + after in found["wijkteam"].place.passage.text
    assert source == "Oeverdam, c.pdf, 2024, p. 1"


def test_a_word_of_one_document_does_not_mark_a_group_of_more(two_towns: Any) -> None:
    two_towns.document("d.pdf", ["Een bibliotheek en " * 20 + "meer."], homes=two_towns.documents[0].municipalities)
    worked_out = work_out(two_towns.snapshot())
    found = keywords(count_words(worked_out), *split(worked_out, "Lindeveen"))
    assert "bibliotheek" not in {k.word.lower() for k in found}


def test_what_is_repeated_stands_in_a_table_or_is_left_out_is_not_counted(study: Any) -> None:
    text = "Wij kiezen voor dorpshuizen waar iedereen welkom is en elkaar ontmoet."
    study.document("a.pdf", [text, ("dorpshuizen kosten 5", "table")])
    study.document("b.pdf", [text])
    study.document("c.pdf", ["Nog meer dorpshuizen."], excluded="een folder")
    counts = count_words(work_out(study.snapshot())).counts
    assert sum(own[word] for own in counts.values() for word in own if word.startswith("dorpshui")) == 1
