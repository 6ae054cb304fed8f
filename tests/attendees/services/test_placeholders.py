"""Placeholders: checked, filled in once, and never more than text."""

import pytest
from django.core.exceptions import ValidationError

from attendees.services.placeholders import (
    PLACEHOLDERS,
    Reader,
    check_text,
    lacks,
    paragraphs,
    pieces,
    plain,
)
from tests import make

pytestmark = pytest.mark.django_db


def reader(language="en", **fields) -> Reader:
    person = make.person(**fields)
    return Reader(person, make.edition(name_en="Fair", name_zh_hans="大会"), language)


def html(text: str, to: Reader, **more) -> str:
    return "|".join(str(one.html) for one in paragraphs(pieces(text, to), **more))


@pytest.mark.parametrize("name", PLACEHOLDERS)
def test_each_placeholder_of_the_list_may_stand_in_a_text(name):
    check_text(f"A {{{name}}} b")


@pytest.mark.parametrize(
    "text",
    ["{nmae}", "{ name }", "{}", "{name.user}", "{0}", "{% if x %}", "{name!r}", "{person[email]}"],
)
def test_unknown_placeholder_is_refused_and_the_known_ones_are_named(text):
    with pytest.raises(ValidationError) as refused:
        check_text(text)

    assert "is no placeholder" in refused.value.messages[0]
    assert "{answer_link}" in refused.value.messages[0]


@pytest.mark.parametrize("text", ["{{name}}", "{name", "name}", "{{ name"])
def test_brace_without_its_other_half_is_refused(text):
    with pytest.raises(ValidationError):
        check_text(text)


def test_text_is_filled_in_in_the_readers_language():
    both = {"name_native": "李华", "name_latin": "Li Hua"}

    assert plain(pieces("{name}: {edition}", reader("en", **both))) == "Li Hua: Fair"
    assert plain(pieces("{name}：{edition}", reader("zh-hans", **both))) == "李华：大会"


def test_value_that_looks_like_a_placeholder_stays_what_it_is():
    to = reader(name_native="", name_latin="{city} {{ 7 }} %(x)s")

    assert plain(pieces("Dear {name}", to)) == "Dear {city} {{ 7 }} %(x)s"


def test_value_with_markup_is_escaped_and_marked_in_a_preview():
    to = reader(name_native="", name_latin="<b>Eve</b>")

    assert html("Dear {name}", to) == "Dear &lt;b&gt;Eve&lt;/b&gt;"
    assert html("Dear {name}", to, is_marked=True) == ("Dear <mark>&lt;b&gt;Eve&lt;/b&gt;</mark>")


def test_typed_markup_is_escaped_too_and_empty_lines_part_paragraphs():
    assert html("<script>\r\n \r\nTwo\nlines", reader()) == "&lt;script&gt;|Two<br>lines"


def test_name_that_looks_like_a_link_becomes_none():
    to = reader(name_native="", name_latin="evil.example")

    assert "evil.example" not in plain(pieces("{name}", to))
    assert "evil.example" not in html("{name}", to)


def test_name_of_several_lines_stays_on_one():
    to = reader(name_native="", name_latin="Eve\n\nBcc: all")

    assert plain(pieces("{name}", to)) == "Eve Bcc: all"


def test_link_alone_in_its_paragraph_is_a_button_and_in_a_sentence_a_link():
    invitation = make.invitation(status="sent")
    to = Reader(invitation.person, invitation.edition, "en", invitation)

    _first, button, last = paragraphs(pieces("Please\n\n{answer_link}\n\nor {answer_link}", to))

    assert button.label == "Answer the invitation"
    assert f'or <a href="{button.link}">' in last.html


def test_sample_shows_no_secret_of_a_link():
    invitation = make.invitation(status="sent")
    to = Reader(invitation.person, invitation.edition, "en", invitation)
    sample = Reader(invitation.person, invitation.edition, "en", invitation, is_sample=True)
    token = plain(pieces("{answer_link}", to)).rstrip("/").rpartition("/")[2]

    assert len(token) > 20
    assert token not in plain(pieces("{answer_link}", sample))


@pytest.mark.parametrize(("status", "has_hole"), [("draft", True), ("sent", False)])
def test_reader_without_a_link_of_their_own_lacks_it(status, has_hole):
    invitation = make.invitation(status=status)
    to = Reader(invitation.person, invitation.edition, "en", invitation)

    assert lacks(to, ["name", "answer_link"]) is has_hole
    assert not lacks(to, ["name", "organization"])
