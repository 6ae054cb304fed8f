"""The page of an invitation: who, to what, every answer, in both languages, by plain POST."""

import html
import re
from datetime import date

import pytest
from icalendar import Calendar
from time_machine import travel

from attendees.models import Invitation
from attendees.services.answers import accept_invitation
from attendees.services.deputies import name_deputy
from hrconf.mailing.models import Message
from tests import make
from tests.attendees.services.test_deputies import DEPUTY
from tests.attendees.views.test_personal import path_to

pytestmark = pytest.mark.django_db
LATE = "2017-10-16T02:00Z"


@pytest.fixture(autouse=True)
def _in_october():
    with travel("2017-10-01T02:00Z"):
        yield


def sent(**fields) -> Invitation:
    fields.setdefault("answer_by", date(2017, 10, 15))
    return make.invitation(status=fields.pop("status", "sent"), **fields)


@pytest.mark.parametrize(
    "look",
    [
        lambda client, path: client.get(path),
        lambda client, path: client.head(path),
        lambda client, path: client.get(path, headers={"Sec-Purpose": "prefetch"}),
        lambda client, path: client.get(path, headers={"User-Agent": "SafeLinks scanner"}),
        lambda client, path: client.get(path + "letter.pdf"),
        lambda client, path: client.get(path + "calendar.ics"),
        lambda client, path: client.get(path + "address/"),
        lambda client, path: client.get(path + "opened/"),
        lambda client, path: client.options(path),
    ],
)
def test_scanner_that_follows_every_link_opens_nothing(client, look, monkeypatch):
    monkeypatch.setattr("attendees.views.invitations.draw_letter", lambda row: b"%PDF")
    invitation = sent()
    before = Invitation.objects.values().get()

    response = look(client, path_to(invitation))

    assert response.status_code in {200, 405}
    assert Invitation.objects.values().get() == before


def test_page_is_opened_when_a_person_touches_it(client):
    invitation = sent()

    assert client.post(path_to(invitation) + "opened/").status_code == 204

    invitation.refresh_from_db()
    first = invitation.opened_at
    assert (invitation.status, first is not None) == ("opened", True)
    with travel("2017-10-02T02:00Z"):
        client.post(path_to(invitation) + "opened/")
    invitation.refresh_from_db()
    assert invitation.opened_at == first


def test_touching_the_page_changes_no_answer(client):
    invitation = sent(status="accepted")

    client.post(path_to(invitation) + "opened/")

    invitation.refresh_from_db()
    assert (invitation.status, invitation.opened_at is not None) == ("accepted", True)


def test_page_says_who_invites_whom_to_what(client):
    edition = make.edition(name_zh_hans="人才大会", contact_email="office@conference.example")
    invitation = sent(
        edition=edition,
        person=make.person(name_native="李华", name_latin="Li Hua", title_en="Professor"),
        association=make.association(name_en="Association of Lyon", name_zh_hans="里昂协会"),
        owner=make.user(name="Chen Yu"),
        category=make.category(edition, covers_en="Hotel and meals", covers_zh_hans="食宿"),
        number=7,
    )

    english = client.get(path_to(invitation)).content.decode()
    chinese = client.get(path_to(invitation, "zh-hans")).content.decode()

    for words in ["Dear Professor Li Hua,", "尊敬的李华教授：", "Association of Lyon", "Chen Yu"]:
        assert words in english
    assert {"Hotel and meals", "2017-0007", "15 October 2017"} <= {
        words for words in ["Hotel and meals", "2017-0007", "15 October 2017"] if words in english
    }
    for words in [
        "尊敬的李华教授：",
        "里昂协会",
        "食宿",
        "2017年10月15日",
        "office@conference.example",
    ]:
        assert words in chinese


def test_undecided_guest_says_by_when(client):
    invitation = sent()

    data = {"answer": "tentative", "decide_by": "2017-10-10", "note": "Perhaps"}
    page = client.post(path_to(invitation), data, follow=True).content.decode()

    invitation.refresh_from_db()
    assert (invitation.status, invitation.answer_note) == ("tentative", "Perhaps")
    assert "You will decide by 10 October 2017" in page


@pytest.mark.parametrize(
    ("data", "kept", "said"),
    [
        ({"answer": "tentative", "decide_by": "soon", "note": "My dean"}, ["soon", "My dean"], "date"),
        ({"answer": "tentative", "decide_by": "2018-01-01"}, ["2018-01-01"], "until the conference"),
        ({"answer": "deputy", **DEPUTY, "email": "wang"}, ["wang", "王芳", "Delta Lab"], "valid email"),
        ({"answer": "deputy", **DEPUTY, "name_native": "", "name_latin": ""}, ["Delta Lab"], "at least one"),
        ({"answer": "deputy", **DEPUTY, "name_latin": "A" * 300}, ["A" * 300], "at most 200"),
        ({"answer": "deputy", **DEPUTY, "name_latin": "a\x00b"}, ["Delta Lab"], "control character"),
        ({"answer": "deputy", **DEPUTY, "name_latin": "A\nBcc: b@x.example"}, ["Bcc"], "on one line"),
        ({"answer": "accept", "note": "x" * 1001}, ["x" * 1001], "at most 1000"),
    ],
)  # fmt: skip
def test_wrong_input_is_told_and_what_was_typed_stays(client, data, kept, said):
    invitation = sent(may_send_deputy=True)

    response = client.post(path_to(invitation), data)

    page = response.content.decode()
    assert response.status_code == 422
    assert said in page
    for words in kept:
        assert words in page
    invitation.refresh_from_db()
    assert (invitation.answered_at, invitation.deputies.count()) == (None, 0)


def test_guest_names_a_deputy_sees_who_comes_and_takes_it_back(client):
    invitation = sent(may_send_deputy=True)
    path = path_to(invitation)

    page = client.post(path, {"answer": "deputy", **DEPUTY}, follow=True).content.decode()
    assert "王芳 · Wang Fang is to come in your place" in page
    assert 'value="accept"' not in page

    page = client.post(path, {"answer": "take_back"}, follow=True).content.decode()
    assert 'value="accept"' in page
    invitation.refresh_from_db()
    assert (invitation.status, invitation.deputy) == ("opened", None)


def test_deputy_reads_whose_place_it_is_and_can_name_nobody(client):
    guest = sent(may_send_deputy=True)
    deputy = name_deputy(guest.pk, deputy=DEPUTY, language="en")
    deputy.refresh_from_db()

    page = client.get(path_to(deputy)).content.decode()

    assert f"{guest.person.both_names} has named you" in page
    assert 'value="deputy"' not in page
    accept_invitation(deputy.pk)
    page = client.get(path_to(guest)).content.decode()
    assert "comes in your place and has accepted" in page
    assert 'value="take_back"' not in page


def test_naming_is_offered_only_where_it_is_allowed(client):
    assert 'value="deputy"' not in client.get(path_to(sent())).content.decode()
    assert client.post(path_to(sent()), {"answer": "deputy", **DEPUTY}).status_code == 422


@pytest.mark.parametrize("status", ["expired", "opened"])
def test_late_guest_is_told_kindly_and_can_ask_once(client, status):
    invitation = sent(status=status, owner=make.user())
    with travel(LATE):
        page = client.get(path_to(invitation)).content.decode()
        assert "The day to answer is past" in page
        assert 'value="accept"' not in page

        for _click in range(2):
            page = client.post(
                path_to(invitation), {"answer": "again", "note": "Please"}, follow=True
            )

        assert "We have told the conference office" in page.content.decode()
    assert Message.objects.filter(kind="invitation_asked_again").count() == 1


def test_who_accepted_gets_the_days_for_their_calendar(client):
    invitation = sent(status="accepted")
    path = path_to(invitation)
    assert "calendar.ics" in client.get(path).content.decode()

    response = client.get(path + "calendar.ics")

    [event] = Calendar.from_ical(response.content).walk("VEVENT")
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2017, 11, 8), date(2017, 11, 11))
    assert response["Content-Type"].startswith("text/calendar")


def test_letter_link_of_a_withdrawn_invitation_is_over(client):
    invitation = sent(status="withdrawn")

    for page in ["", "letter.pdf", "calendar.ics", "address/"]:
        assert client.get(path_to(invitation) + page).status_code == 410


def test_another_address_counts_once_its_code_has_come_back(client):
    invitation = sent(person=make.person(email="old@guests.example"))
    path = path_to(invitation) + "address/"

    client.post(path, {"email": "new@guests.example"})
    invitation.person.refresh_from_db()
    assert invitation.person.email == "old@guests.example"
    letter = Message.objects.get()
    assert (letter.to_address, letter.is_secret) == ("new@guests.example", True)
    code = re.search(r"\d{4}-\d{4}", letter.text)[0]

    wrong = client.post(path, {"code": "0000-0000" if code != "0000-0000" else "1111-1111"})
    assert wrong.status_code == 422
    page = client.post(path, {"code": code.replace("-", " ")}, follow=True).content.decode()

    invitation.person.refresh_from_db()
    assert invitation.person.email == "new@guests.example"
    assert "We write to the new address" in page
    note = Message.objects.get(kind="address_changed")
    assert note.to_address == "old@guests.example"
    assert invitation.marks.get().text == "new@guests.example"


def test_code_ends_after_five_wrong_ones_and_after_half_an_hour(client):
    invitation = sent()
    path = path_to(invitation) + "address/"
    client.post(path, {"email": "new@guests.example"})
    code = re.search(r"\d{4}-\d{4}", Message.objects.get().text)[0]

    with travel("2017-10-01T02:31Z"):
        assert client.post(path, {"code": code}).status_code == 422
    for _attempt in range(5):
        client.post(path, {"code": "x"})

    assert client.post(path, {"code": code}).status_code == 422


def test_codes_are_mailed_three_times_an_hour_and_no_more(client):
    path = path_to(sent()) + "address/"

    answers = [
        client.post(path, {"email": f"new{number}@guests.example"}).status_code
        for number in range(5)
    ]

    assert answers == [302, 302, 302, 422, 422]
    assert Message.objects.count() == 3


def test_code_is_of_the_person_who_asked(client):
    first, second = sent(), sent()
    client.post(path_to(first) + "address/", {"email": "new@guests.example"})
    code = re.search(r"\d{4}-\d{4}", Message.objects.get().text)[0]

    assert client.post(path_to(second) + "address/", {"code": code}).status_code == 422


HOSTILE = [
    "<b>Anna</b><script>alert(1)</script>",
    "{{ settings.SECRET_KEY }}{% debug %}",
    "=HYPERLINK(1)",
    "A" * 200,
    "www.elsewhere.example",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_name_is_shown_as_it_was_typed_on_the_page_and_in_the_mails(client, name):
    guest = sent(may_send_deputy=True, person=make.person(name_native="", name_latin=name))
    path = path_to(guest)

    client.post(path, {"answer": "deputy", **DEPUTY, "name_native": "", "name_latin": name})

    deputy = guest.deputies.get()
    for row in [guest, deputy]:
        page = client.get(path_to(row)).content.decode()
        assert html.escape(name) in page
        assert "<script>alert" not in page
    letter = Message.objects.get()
    assert name in letter.text.replace("\u2060", "")
    assert html.escape(name) in letter.html.replace("\u2060", "")
    assert "www.elsewhere.example" not in letter.text  # no mail program makes a link of it
