"""The official letter: both languages, addressed right, and whatever the name is."""

import pypdfium2
import pytest
import zxingcpp

from attendees.addressing import salutation
from attendees.models import Invitation
from attendees.services.invitations import queue_invitations
from attendees.services.letters import invitation_link
from attendees.services.paper import draw_letter
from hrconf.mailing.models import Message
from tests import make

pytestmark = pytest.mark.django_db


def loaded(invitation: Invitation) -> Invitation:
    return Invitation.objects.select_related("edition", "person", "category").get(pk=invitation.pk)


def pages_of(pdf: bytes) -> list[str]:
    found = pypdfium2.PdfDocument(pdf)
    texts = [page.get_textpage().get_text_range() for page in found]
    return [" ".join(text.replace("\u200b", "").split()) for text in texts]


@pytest.mark.parametrize(("language", "first"), [("en", 0), ("zh-hans", 1)])
def test_letter_is_in_both_languages_the_guests_first(language, first):
    edition = make.edition(name_en="Talent Conference", name_zh_hans="人才大会")
    person = make.person(
        name_native="李华",
        name_latin="Li Hua",
        title_en="Professor",
        organization_en="Delta Lab",
        organization_zh_hans="三角洲实验室",
        preferred_language=language,
    )
    sender = make.association(name_en="Lyon Association", name_zh_hans="里昂协会")
    invitation = make.invitation(edition=edition, person=person, association=sender, number=12)

    pages = pages_of(draw_letter(loaded(invitation)))

    assert len(pages) == 2
    english, chinese = pages[first], pages[1 - first]
    for words in [
        "Letter of invitation",
        "No. 2017-0012",
        "Dear Professor Li Hua,",
        "Li Hua (李华)",
        "Delta Lab",
        "Talent Conference",
        "Lyon Association",
    ]:
        assert words in english
    for words in [
        "邀请函",
        "2017-0012",
        "尊敬的李华教授：",
        "三角洲实验室",
        "人才大会",
        "里昂协会",
    ]:
        assert words in chinese.replace(" ", "")


def test_code_on_the_letter_leads_to_the_page():
    invitation = loaded(make.invitation())

    page = pypdfium2.PdfDocument(draw_letter(invitation))[0]
    [code] = zxingcpp.read_barcodes(page.render(scale=3).to_pil())

    assert code.text == invitation_link(invitation, "en")


@pytest.mark.parametrize(
    "name",
    [
        "<b>Anna</b> & Co <script>alert(1)</script>",
        '#eval("1+1") *bold* $x^2$ [x] @ref <label> \\ #include "/etc/passwd"',
        "{{ settings.SECRET_KEY }} {% debug %} %(name)s %s",
        "=HYPERLINK(1)",
        "Zoë Ødegård-Łukasz",
        "أحمد الخطيب",
    ],
)
def test_name_is_printed_as_it_was_typed(name):
    person = make.person(name_native=name, name_latin="")

    pages = pages_of(draw_letter(loaded(make.invitation(person=person))))

    letters = "".join(name.split())
    backwards = letters[::-1]  # right to left, as it is read off the page
    for page in pages:
        text = "".join(page.split())
        assert letters in text or backwards in text or set(letters) <= set(text)
    if name.isascii():
        assert letters in "".join(pages[0].split())


@pytest.mark.parametrize("name", ["W" * 200, "李" * 200, "Anna " * 40])
def test_long_name_stays_on_its_page(name):
    person = make.person(name_native=name, name_latin=name, organization="O" * 200, title="T" * 200)

    pages = pages_of(draw_letter(loaded(make.invitation(person=person))))

    assert len(pages) <= 4
    assert "".join(name.split())[:50] in "".join(pages[0].split())


@pytest.mark.parametrize("mark", ["\u202e", "\u2067", "\u200f"])
def test_marks_that_turn_the_text_around_are_left_out(mark):
    person = make.person(name_latin=f"Anna{mark}gpj.exe", name_native="")

    pages = pages_of(draw_letter(loaded(make.invitation(person=person))))

    assert "Annagpj.exe" in pages[0]


@pytest.mark.parametrize(
    ("title", "english", "chinese"),
    [
        ({}, "Dear Li Hua,", "尊敬的李华先生/女士："),
        ({"title_en": "Assoc. Prof., Ph.D."}, "Dear Professor Li Hua,", "尊敬的李华教授："),
        ({"title_en": "Senior researcher, Dr."}, "Dear Dr Li Hua,", "尊敬的李华博士："),
        ({"title_en": "Professor, Academician"}, "Dear Academician Li Hua,", "尊敬的李华院士："),
        ({"title_zh_hans": "董事长"}, "Dear Li Hua,", "尊敬的李华董事长："),
        ({"title_zh_hans": "资深架构师"}, "Dear Li Hua,", "尊敬的李华先生/女士："),
        ({"title_en": "Professional, Adriatic"}, "Dear Li Hua,", "尊敬的李华先生/女士："),
    ],
)
def test_letter_addresses_by_the_highest_rank_and_guesses_nobodys_sex(title, english, chinese):
    person = make.person(name_native="李华", name_latin="Li Hua", **title)

    assert (salutation(person, "en"), salutation(person, "zh-hans")) == (english, chinese)


def test_mail_is_in_both_languages_and_leads_to_the_letter():
    edition = make.edition(name_en="Talent Conference", name_zh_hans="人才大会")
    person = make.person(name_native="李华", name_latin="Li Hua", preferred_language="zh-hans")
    guest = make.invitation(edition=edition, person=person)

    queue_invitations([guest.pk], by=make.organizer())

    message = Message.objects.get()
    for part in [message.text, message.html]:
        assert part.index("尊敬的李华") < part.index("Dear Li Hua,")
        assert "Talent Conference" in part
        assert "人才大会" in part
        assert "letter.pdf" in part


def test_letters_are_numbered_in_order_and_keep_their_number():
    edition, by = make.edition(), make.organizer()
    ids = [make.invitation(edition=edition).pk for _n in range(3)]

    queue_invitations(ids[:1], by=by)
    queue_invitations(ids[1:], by=by)
    Invitation.objects.filter(pk=ids[0]).update(status="draft")
    queue_invitations(ids[:1], by=by)

    numbers = Invitation.objects.order_by("pk").values_list("number", flat=True)
    assert list(numbers) == [1, 2, 3]
