"""Personal pages: the link is the key, opening changes nothing, no cookie is set."""

import pytest
from time_machine import travel

from attendees.models import Invitation, Registration
from attendees.services.letters import invitation_link, registration_link
from hrconf.lib.tokens import make_token
from tests import make

pytestmark = pytest.mark.django_db
BEFORE = "2017-10-01T02:00Z"
OVER = "2017-12-01T02:00Z"


def path_to(row, language: str = "en") -> str:
    """The path of the personal page of an invitation or a registration."""
    make_link = invitation_link if isinstance(row, Invitation) else registration_link
    return "/" + make_link(row, language).split("/", 3)[3]


def sent(**fields) -> Invitation:
    return make.invitation(status="sent", **fields)


def incomplete(**fields) -> Registration:
    return make.registration(status="incomplete", **fields)


@pytest.mark.parametrize("row", [sent, incomplete])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
@travel(BEFORE)
def test_opening_changes_nothing_and_sets_no_cookie(client, row, language):
    row = row()
    before = type(row).objects.values().get()

    response = client.get(path_to(row, language))

    assert response.status_code == 200
    assert response.cookies == {}
    assert type(row).objects.values().get() == before
    assert {"private", "no-store"} <= set(response["Cache-Control"].replace(" ", "").split(","))
    assert response["Referrer-Policy"] == "no-referrer"


@travel(BEFORE)
def test_page_speaks_the_language_of_its_address(client):
    edition = make.edition(name_en="Talent Conference", name_zh_hans="人才大会")
    person = make.person(name_native="李华", name_latin="Li Hua")
    invitation = sent(edition=edition, person=person)

    english = client.get(path_to(invitation)).content.decode()
    chinese = client.get(path_to(invitation, "zh-hans")).content.decode()

    assert "Talent Conference" in english
    assert "Li Hua" in english
    assert "人才大会" in chinese
    assert "李华" in chinese


@travel(BEFORE)
def test_yes_opens_the_registration_and_leads_to_it(client):
    invitation = sent()

    response = client.post(path_to(invitation), {"answer": "accept", "note": "Gladly"})

    invitation.refresh_from_db()
    assert (invitation.status, invitation.answer_note) == ("accepted", "Gladly")
    assert response["Location"].endswith(path_to(invitation.registration))


@travel(BEFORE)
def test_no_is_thanked_for(client):
    invitation = sent()

    response = client.post(path_to(invitation), {"answer": "decline"}, follow=True)

    invitation.refresh_from_db()
    assert invitation.status == "declined"
    assert "Thank you for telling us" in response.content.decode()


@pytest.mark.parametrize(
    "data", [{}, {"answer": "perhaps"}, {"answer": "accept", "note": "x" * 1001}]
)
@travel(BEFORE)
def test_nonsense_is_no_answer(client, data):
    invitation = sent()

    assert client.post(path_to(invitation), data).status_code == 422

    invitation.refresh_from_db()
    assert invitation.answered_at is None


@travel(BEFORE)
def test_answer_needs_no_csrf_token_since_the_link_is_the_key(client):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)

    assert strict.post(path_to(sent()), {"answer": "decline"}).status_code == 302


@travel(BEFORE)
def test_details_complete_the_registration(client):
    registration = incomplete()
    details = {"organization": "Delta Lab", "title": "Director", "companions": "", "note": ""}

    response = client.post(path_to(registration), details, follow=True)

    registration.refresh_from_db()
    assert registration.status == "pending"
    assert "will write to you once it is decided" in response.content.decode()


@travel(BEFORE)
def test_missing_details_are_asked_for(client):
    registration = incomplete()

    response = client.post(
        path_to(registration), {"organization": "", "companions": "A\nB\nC\nD\nE\nF"}
    )

    registration.refresh_from_db()
    assert (response.status_code, registration.status) == (422, "incomplete")


@travel(BEFORE)
def test_place_can_be_given_up(client):
    registration = make.registration()

    client.post(path_to(registration), {"give_up": "1"})

    registration.refresh_from_db()
    assert registration.status == "cancelled"


@travel("2017-11-08T03:00Z")
def test_who_has_arrived_is_told_that_they_cannot_cancel(client):
    registration = make.registration(arrived_at="2017-11-08T01:00Z")

    response = client.post(path_to(registration), {"give_up": "1"})

    assert response.status_code == 422
    assert "Who has arrived cannot cancel." in response.content.decode()


@pytest.mark.parametrize("row", [sent, incomplete])
def test_link_of_an_edition_that_is_over_says_so(client, row):
    row = row()

    with travel(OVER):
        response = client.get(path_to(row))

    assert response.status_code == 410
    assert "no longer valid" in response.content.decode()


@pytest.mark.parametrize("row", [sent, incomplete])
@travel(BEFORE)
def test_renewed_link_says_so_and_answers_nothing(client, row):
    row = row()
    path = path_to(row)
    type(row).objects.update(key_version=2)

    assert client.get(path).status_code == 410
    assert client.post(path, {"answer": "accept", "give_up": "1"}).status_code == 410
    assert type(row).objects.get().status == row.status


@travel(BEFORE)
def test_link_that_we_never_made_is_not_known(client):
    invitation = sent()
    path = path_to(invitation)
    start = path.rpartition("invitation/")[0]
    numbers = (invitation.edition_id, invitation.person_id, 1)
    foreign = make_token("registration", *numbers)
    with_nul = start + "invitation/%00/"

    for guess in [path[:-3] + "xx/", f"{start}invitation/{foreign}/", with_nul]:
        assert client.get(guess).status_code == 404


@travel(BEFORE)
def test_link_works_at_its_own_edition_only(client):
    path = path_to(sent()).replace("edition-", "edition-0")
    other = make.edition(slug=path.split("/")[2])

    assert client.get(path).status_code == 404
    assert other.invitations.count() == 0


@travel(BEFORE)
def test_other_verbs_are_refused(client):
    assert client.delete(path_to(sent())).status_code == 405


@travel(BEFORE)
def test_hostile_words_are_text(client):
    hostile = "<script>alert(1)</script>"
    invitation = sent(person=make.person(name_latin=hostile), answer_note=hostile)

    assert hostile not in client.get(path_to(invitation)).content.decode()
