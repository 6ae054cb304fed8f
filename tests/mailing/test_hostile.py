"""Names as attacks: in letters, headers and on the page that stops mail."""

from email import message_from_bytes
from email.header import decode_header, make_header
from email.parser import BytesParser
from email.policy import compat32, default
from email.utils import parseaddr

import pytest

from hrconf.lib.errors import DomainError
from hrconf.mailing.compose import compose
from hrconf.mailing.mime import as_mime
from hrconf.mailing.models import Message
from tests import make
from tests.mailing.test_unsubscribing import OPTIONAL, letter, path_of

pytestmark = pytest.mark.django_db

REFUSED = {
    "new line": "Eve\r\nBcc: all@guests.example",
    "lone line feed": "Eve\nX-Bad: 1",
    "NUL": "E\x00ve",
    "tab": "E\tve",
    "delete": "E\x7fve",
    "second control set": "E\x85ve",
    "turned around": "Eve \u202emoc.rehto@liam\u202c",
    "isolated": "Eve \u2066x\u2069",
    "too long": "张" * 301,
    "encoded word": "=?utf-8?q?Office?=",
    "half a character": "E\ud800ve",
}
KEPT = {
    "markup": "<script>alert(1)</script>",
    "placeholder": "{{ settings.SECRET_KEY }} {% now 'Y' %} %(name)s {0}",
    "formula": "=HYPERLINK(1)",
    "comma and quotes": 'Eve, "the" <eve@evil.example>',
    "long": "张三" * 150,
    "right to left": "عمر\u200f",
}


@pytest.fixture(autouse=True)
def base_url(settings):
    settings.BASE_URL = "https://conference.example"


def name_in(source: bytes) -> str:
    """The name in the To line by RFC 2047: the parser of the standard library keeps folds."""
    raw = BytesParser(policy=compat32).parsebytes(source)["To"]
    return parseaddr(str(make_header(decode_header(raw.replace("\r\n", "")))))[0]


@pytest.mark.parametrize("name", REFUSED.values(), ids=REFUSED.keys())
def test_name_that_would_harm_a_letter_is_refused_in_words(name):
    with pytest.raises(DomainError) as refusal:
        compose(OPTIONAL, letter("guest@guests.example", to_name=name))

    assert refusal.value.code in {
        "line_break_in_header",
        "hidden_marks_in_header",
        "name_too_long",
    }


@pytest.mark.parametrize("name", KEPT.values(), ids=KEPT.keys())
def test_name_arrives_as_typed_and_adds_no_header(name):
    message = compose(OPTIONAL, letter("guest@guests.example", to_name=name))
    message.save()

    mail = message_from_bytes(as_mime(message).as_bytes(), policy=default)

    [to] = mail["To"].addresses
    assert to.addr_spec == "guest@guests.example"
    assert name_in(as_mime(message).as_bytes()) == name
    assert mail["Bcc"] is mail["Cc"] is None
    assert "<script>" not in message.html
    assert max(len(line) for line in as_mime(message).as_bytes().split(b"\r\n")) <= 998


def test_subject_is_one_line_without_hidden_marks():
    given = letter("guest@guests.example")
    given.context["edition"].name_en = "A\r\nBcc: x@y.example \u202eB\x00" + "长" * 500

    message = compose(OPTIONAL, given)

    assert message.subject.startswith("Your invitation to the A Bcc: x@y.example B 长")
    assert len(message.subject) == 400
    assert "\x00" not in message.text + message.html
    message.save()
    assert message_from_bytes(as_mime(message).as_bytes(), policy=default)["Bcc"] is None


def test_page_shows_an_address_as_text(client):
    address = '"<script>alert(1)</script>"@guests.example'
    message = make.message(kind=OPTIONAL, to_address=address)

    shown = client.get(path_of(message)).content.decode()

    assert Message.objects.count() == 1
    assert "alert(1)" not in shown
    assert "&quot;•••@guests.example" in shown
