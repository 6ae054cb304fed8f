"""Django's e-mail API fills the outbox: nothing can send around it."""

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.core.management import call_command
from django.db import transaction

from hrconf.mailing.models import Attachment, Message

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def outbox_backend(settings):
    settings.EMAIL_BACKEND = "hrconf.mailing.backend.OutboxBackend"


def email(**fields) -> EmailMultiAlternatives:
    defaults = {"subject": "Code", "body": "123456", "to": ["guest@guests.example"]}
    return EmailMultiAlternatives(**{**defaults, **fields})


def test_send_mail_writes_an_urgent_secret_message():
    assert mail.send_mail("Code", "123456", None, ["Guest <guest@guests.example>"]) == 1

    message = Message.objects.get()
    assert (message.to_address, message.to_name) == ("guest@guests.example", "Guest")
    assert (message.is_urgent, message.is_secret, message.state) == (True, True, "queued")


def test_each_recipient_gets_a_message_of_their_own():
    email(to=["a@guests.example"], cc=["b@guests.example"], bcc=["c@guests.example"]).send()

    assert set(Message.objects.values_list("to_address", flat=True)) == {
        "a@guests.example",
        "b@guests.example",
        "c@guests.example",
    }


def test_html_files_and_headers_are_kept():
    made = email(headers={"X-Kind": "sign_in_code", "X-Reason": "test"}, reply_to=["r@a.example"])
    made.attach_alternative("<p>123456</p>", "text/html")
    made.attach("code.txt", "123456", "text/plain")
    made.send()

    message = Message.objects.get()
    assert (message.kind, message.html) == ("sign_in_code", "<p>123456</p>")
    assert message.headers == {"X-Reason": "test"}
    assert message.reply_to == "r@a.example"
    assert [bytes(file.content) for file in Attachment.objects.all()] == [b"123456"]


def test_line_break_in_a_subject_is_refused():
    with pytest.raises(Exception, match="line break"):
        email(subject="Code\nBcc: all@guests.example").send()

    assert Message.objects.count() == 0


def test_mail_is_undone_with_its_cause():
    def cause_that_fails():
        with transaction.atomic():
            email().send()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        cause_that_fails()

    assert Message.objects.count() == 0


def test_sendtestemail_goes_through_the_outbox():
    call_command("sendtestemail", "admin@office.example")

    assert Message.objects.get().to_address == "admin@office.example"
