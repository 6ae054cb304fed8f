import pytest
from cryptography.fernet import InvalidToken

from hrconf.lib.sealing import seal, unseal


def test_sealed_text_opens_again_and_shows_nothing():
    sealed = seal("JBSWY3DP", purpose="test")

    assert unseal(sealed, purpose="test") == "JBSWY3DP"
    assert "JBSWY3DP" not in sealed
    assert sealed != seal("JBSWY3DP", purpose="test")


def test_sealed_text_opens_for_its_purpose_only():
    with pytest.raises(InvalidToken):
        unseal(seal("text", purpose="one"), purpose="other")


def test_sealed_text_opens_with_an_older_key(settings):
    sealed = seal("text", purpose="test")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"

    assert unseal(sealed, purpose="test") == "text"


def test_sealed_text_is_shut_without_the_key(settings):
    sealed = seal("text", purpose="test")
    settings.SECRET_KEY = "another"

    with pytest.raises(InvalidToken):
        unseal(sealed, purpose="test")
