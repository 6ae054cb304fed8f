"""Personal links: bound to a purpose and a row; nothing else is let through."""

import pytest

from hrconf.lib.tokens import make_token, read_token


def test_token_gives_back_the_numbers_it_was_made_of():
    assert read_token("invitation", make_token("invitation", 1, 22, 333), 3) == (1, 22, 333)


def test_token_of_another_purpose_is_none():
    assert read_token("registration", make_token("invitation", 1, 22, 333), 3) is None


def test_token_of_another_length_is_none():
    assert read_token("invitation", make_token("invitation", 1, 22), 3) is None


@pytest.mark.parametrize("change", [lambda t: "2" + t[1:], lambda t: t[:-1], lambda t: t + "A"])
def test_changed_token_is_none(change):
    assert read_token("invitation", change(make_token("invitation", 1, 22, 333)), 3) is None


@pytest.mark.parametrize(
    "nonsense", ["", ".", "x", "1-2-3", "1-2-3.", "\x00", "１-２-３.签名", "a" * 5000]
)
def test_nonsense_is_none(nonsense):
    assert read_token("invitation", nonsense, 3) is None


def test_token_survives_a_new_secret_key_while_the_old_one_is_named(settings):
    token = make_token("invitation", 1, 22, 333)

    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "new" * 20
    assert read_token("invitation", token, 3) == (1, 22, 333)

    settings.SECRET_KEY_FALLBACKS = []
    assert read_token("invitation", token, 3) is None


def test_token_fits_into_an_address_as_it_is():
    token = make_token("invitation", 1, 22, 333)

    assert all(letter.isascii() and (letter.isalnum() or letter in "-_.") for letter in token)
