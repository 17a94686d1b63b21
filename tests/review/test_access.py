"""Sessions, form tokens and links cannot be forged or guessed in bulk."""

import pytest

from coding.review import access

SECRET = b"geheim van de proef"


def test_a_signed_session_comes_back_and_a_changed_one_does_not() -> None:
    cookie = access.sign_session(SECRET, "Noor van Dam", "abc")
    assert access.read_session(SECRET, cookie) == ("Noor van Dam", "abc")
    other = access.sign_session(SECRET, "Bram", "abc").split(".")[0]
    forged = ".".join([other, *cookie.split(".")[1:]])
    assert access.read_session(SECRET, forged) is None
    assert access.read_session(b"ander geheim", cookie) is None


@pytest.mark.parametrize("cookie", ["", ".", "..", "zz.abc.00", "é.abc.def"])
def test_a_cookie_of_nonsense_is_nobody(cookie) -> None:
    assert access.read_session(SECRET, cookie) is None


def test_form_token_belongs_to_one_session() -> None:
    token = access.form_token(SECRET, "een")
    assert access.token_matches(SECRET, "een", token)
    assert not access.token_matches(SECRET, "twee", token)
    assert not access.token_matches(SECRET, "een", "é")


def test_brake_holds_after_too_many_wrong_links_and_lets_go_after_a_minute() -> None:
    brake = access.Brake(limit=3)
    for second in (0, 1, 2):
        assert not brake.holds(second)
        brake.wrong(second)
    assert brake.holds(3)
    assert not brake.holds(61)
