"""The other ways out: a folder, Django's own backends; and who is a real person."""

import pytest
from django.core import mail

from hrconf.mailing import delivery
from hrconf.mailing.guard import is_reserved
from tests import make

pytestmark = pytest.mark.django_db


def transport(name: str, path: str = "") -> dict[str, str]:
    return {
        "EMAIL_BACKEND": f"django.core.mail.backends.{name}.EmailBackend",
        "EMAIL_FILE_PATH": path,
    }


def test_folder_keeps_each_message_as_one_file(settings, tmp_path):
    settings.MAIL_TRANSPORT = transport("filebased", str(tmp_path / "mail").lstrip("/"))
    message = make.message(text="您好\n")

    delivery.deliver_due()
    message.refresh_from_db()
    with delivery.Courier() as courier:
        courier.transport.open()
        courier.transport.hand_over(message, lambda: None)

    [file] = (tmp_path / "mail").iterdir()
    assert file.name == message.answer
    assert f"Message-ID: {message.header_id}" in file.read_text()


def test_folder_that_cannot_be_made_is_a_line_that_is_down(settings, tmp_path):
    (tmp_path / "mail").write_text("a file in the way")
    settings.MAIL_TRANSPORT = transport("filebased", str(tmp_path / "mail").lstrip("/"))
    message = make.message()

    delivery.deliver_due()

    message.refresh_from_db()
    assert (message.state, message.attempts) == ("queued", 0)


def test_any_backend_of_django_can_carry_messages(settings):
    settings.MAIL_TRANSPORT = transport("locmem")
    message = make.message(to_address="someone@guests.cn")

    delivery.deliver_due()

    message.refresh_from_db()
    assert message.state == "sent"
    assert [sent.to for sent in mail.outbox] == [["someone@guests.cn"]]


@pytest.mark.parametrize(
    ("address", "reserved"),
    [
        ("a@guests.example", True),
        ("a@example.com", True),
        ("a@EXAMPLE.ORG.", True),
        ("a@office.test", True),
        ("a@x.invalid", True),
        ("a@localhost", True),
        ("a@example.cn", False),
        ("a@notexample.com", False),
        ("a@guests.cn", False),
        ("a@test.guests.cn", False),
    ],
)
def test_is_reserved_knows_the_domains_of_nobody(address, reserved):
    assert is_reserved(address) is reserved
