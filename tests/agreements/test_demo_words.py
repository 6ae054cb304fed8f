"""What the demo says about its sign-ins."""

import pytest

from agreements.edition_2017.demo import closing_words


@pytest.fixture
def lines(settings):
    settings.BASE_URL = "http://localhost:8123"
    settings.MAIL_TRANSPORT = {"EMAIL_FILE_PATH": "/folder/mail"}
    return closing_words().splitlines()


@pytest.mark.parametrize(
    ("key", "role"),
    [("organizer", "Organizer"), ("staff", "Agreements staff"), ("juror", "Juror")]
    + [("guest", "Guest")],
)
def test_account_is_named_with_its_role(lines, key, role):
    line = next(line for line in lines if line.startswith(f"  {key}@"))

    assert line.split(maxsplit=1)[1].startswith(role)


def test_code_of_a_guest_can_be_found(lines):
    told = "\n".join(lines)

    assert "sign in at http://localhost:8123/en/accounts/login/code/" in told
    assert "  /folder/mail" in lines
