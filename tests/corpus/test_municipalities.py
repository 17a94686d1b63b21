from collections import Counter

import pytest

from corpus.municipalities import by_folder, by_name, find_in, in_file_name, municipalities


def names(found):
    return [m.name for m in found]


def test_every_municipality_has_a_code_a_province_and_a_size_class():
    everyone = municipalities()
    assert len(everyone) == len({m.code for m in everyone}) == 342
    assert {m.size_class for m in everyone} == {"G4", "G40", "overig"}
    assert Counter(m.size_class for m in everyone)["G4"] == 4
    assert Counter(m.size_class for m in everyone)["G40"] == 41
    assert len({m.province for m in everyone}) == 12


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Den Haag", "GM0518"),
        ("'s-Gravenhage", "GM0518"),
        ("’s-gravenhage", "GM0518"),
        ("den_haag", "GM0518"),
        ("Gemeente Den Haag", "GM0518"),
        ("Den Bosch", "GM0796"),
        ("s-Hertogenbosch", "GM0796"),
        ("Sudwest Fryslan", "GM1900"),
        ("Zuidwest-Friesland", "GM1900"),
        ("Noordoost-Fryslân", "GM1970"),
        ("De Friese Meren", "GM1940"),
        ("GELDROP MIERLO", "GM1771"),
        ("Alphen a/d Rijn", "GM0484"),
        ("Hengelo (O.)", "GM0164"),
        ("Hengelo", "GM0164"),
        ("Aa & Hunze", "GM1680"),
        ("Bergen NH", "GM0373"),
        ("GM0373", "GM0373"),
    ],
)
def test_a_municipality_is_known_by_each_of_its_names(name, code):
    found = by_name(name)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("name", ["Bergen", "Beverdam", "", "Haag", "gemeente"])
def test_a_name_of_none_or_of_two_municipalities_is_unknown(name):
    assert by_name(name) is None


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        ("den_haag", ["Den Haag"]),
        ("best", ["Best"]),
        ("Gemeente Urk", ["Urk"]),
        ("0518 Den Haag", ["Den Haag"]),
        ("amsterdam_2024", ["Amsterdam"]),
        ("Utrecht beleidsstukken", ["Utrecht"]),
        ("beste stukken", []),
        ("moties", []),
        ("bergen", []),
        ("huizen en woningen", []),
    ],
)
def test_a_folder_says_which_municipality_it_holds(folder, expected):
    assert names(by_folder(folder)) == expected


@pytest.mark.parametrize(
    ("stem", "expected"),
    [
        ("beleidsplan-sociaal-domein-zwolle-2024", ["Zwolle"]),
        ("Beleidsplan Ede 2024", ["Ede"]),
        ("beleidsplan gemeente ede", ["Ede"]),
        ("beleidsplan ede 2024", []),
        ("Best practices jeugdhulp", []),
        ("de beste zorg voor ouderen in houten huizen", []),
        ("Regiovisie Delft Westland Midden-Delfland", ["Delft", "Westland", "Midden-Delfland"]),
        ("programma provincie Utrecht", []),
        ("brief wethouder Van Buren", []),
        ("verordening-den-haag-2015", ["Den Haag"]),
        ("nota_s-hertogenbosch", ["'s-Hertogenbosch"]),
    ],
)
def test_a_file_name_counts_only_where_the_name_can_be_nothing_else(stem, expected):
    assert names(in_file_name(stem)) == expected


def test_in_running_text_only_an_addressed_municipality_counts():
    text = (
        "De gemeente Best kan het best zelf kiezen. Burgemeester en wethouders van Den Haag besluiten. In Zwolle doen "
        "zij het anders. De gemeenten Delft, Rijswijk en Westland werken samen. De gemeente groningen telt niet. "
        "De gemeente wil dat Utrecht meedoet."
    )
    assert {m.name: n for m, n in find_in(text).items()} == {
        "Best": 1,
        "Den Haag": 1,
        "Delft": 1,
        "Rijswijk": 1,
        "Westland": 1,
    }
