"""Messages on the wire: what a mail program reads is what was written."""

from email import message_from_bytes
from email.policy import default

import pytest

from hrconf.mailing.mime import as_mime
from hrconf.mailing.models import Attachment
from hrconf.mailing.transport import quoted
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def base_url(settings):
    settings.BASE_URL = "https://conference.example:8443"


def read(message):
    return message_from_bytes(as_mime(message).as_bytes(), policy=default)


def test_headers_are_those_of_a_letter_from_a_machine():
    message = make.message(
        to_name="张三",
        subject="邀请函：2017杭州国际人力资源交流与合作大会" * 3,
        language="zh-hans",
        reply_to="office@conference.example",
        from_address="会务组 <office@conference.example>",
    )

    mail = read(message)

    assert mail["Message-ID"] == f"<{message.message_id}@conference.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Content-Language"] == "zh-hans"
    assert mail["Subject"] == message.subject
    assert mail["To"].addresses[0].display_name == "张三"
    assert mail["From"].addresses[0].display_name == "会务组"
    assert mail["Reply-To"] == "office@conference.example"


def test_text_html_and_files_arrive_as_written():
    message = make.message(text="您好，\n.dot\n", html="<p>您好</p>", to_name="Zoë, Dr.")
    Attachment.objects.create(
        message=message, filename="日程.pdf", mimetype="application/pdf", content=b"%PDF\x00"
    )

    mail = read(message)

    assert mail.get_body(("plain",)).get_content().replace("\r", "") == "您好，\n.dot\n"
    assert mail.get_body(("html",)).get_content().strip() == "<p>您好</p>"
    [file] = mail.iter_attachments()
    assert (file.get_filename(), file.get_content()) == ("日程.pdf", b"%PDF\x00")
    assert mail["To"].addresses[0].display_name == "Zoë, Dr."


def test_the_wire_carries_seven_bits_and_short_lines():
    message = make.message(to_name="张三" * 40, text="您好" * 2000, html="<p>" + "é" * 3000)

    source = as_mime(message).as_bytes()

    assert source.isascii()
    assert max(len(line) for line in source.split(b"\r\n")) <= 998


@pytest.mark.parametrize("field", ["to_name", "subject", "reply_to"])
def test_line_break_in_a_header_never_reaches_the_wire(field):
    with pytest.raises(ValueError, match=r"carriage return|CR|invalid"):
        as_mime(make.message(**{field: "a\r\nBcc: all@guests.example"})).as_bytes()


def test_international_domain_goes_out_as_the_net_knows_it():
    assert "xn--" in read(make.message(to_address="wang@杭州.example"))["To"]


@pytest.mark.parametrize(
    ("text", "on_the_wire"),
    [
        (b"a\r\n", b"a\r\n.\r\n"),
        (b"a", b"a\r\n.\r\n"),
        (b".a\r\n..b\r\n", b"..a\r\n...b\r\n.\r\n"),
    ],
)
def test_quoted_doubles_leading_dots_and_ends_with_one(text, on_the_wire):
    assert quoted(text) == on_the_wire
