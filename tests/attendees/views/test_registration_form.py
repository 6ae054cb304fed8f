"""The registration page with a designed form: fill in, go on later, change, follow up."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from time_machine import travel

from attendees.models import AnswerFile, Category, FormField
from attendees.services.letters import registration_link
from tests import make
from tests.attendees import make_forms
from tests.attendees.make_forms import question

pytestmark = pytest.mark.django_db
Kind = FormField.Kind
BEFORE = "2017-10-01T02:00Z"
DETAILS = {"organization": "Lab", "title": "Head", "companions": "", "note": ""}


@pytest.fixture(autouse=True)
def _before(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with travel(BEFORE, tick=False):
        yield


@pytest.fixture
def form():
    """A form with a choice of one place, a file and a consent."""
    made = make_forms.form(slug="main")
    question(made, "hotel", Kind.CHOICE, choices=[("lake", 1), "none"], is_required=True)
    question(made, "cv", Kind.FILE, is_required=True)
    question(made, "rules", Kind.CONSENT, text="I keep <b>the rules</b>.", is_required=True)
    return made


def path_to(registration, language="en") -> str:
    return "/" + registration_link(registration, language).split("/", 3)[3]


def pdf() -> SimpleUploadedFile:
    return SimpleUploadedFile("cv.pdf", b"%PDF-1.7")


def complete(**answers) -> dict:
    return {**DETAILS, "q-hotel": "lake", "q-cv": pdf(), "q-rules": "on", **answers}


def text(response) -> str:
    return " ".join(response.content.decode().split())


def test_whole_form_is_sent_at_once(client, form):
    registration = make_forms.registration(form)

    response = client.post(path_to(registration), complete(), follow=True)

    registration.refresh_from_db()
    assert registration.status == "pending"
    assert registration.answers == {"main": {"hotel": "lake"}}
    assert "Lake" in text(response)
    assert "cv.pdf" in text(response)
    assert response.cookies == {}


def test_what_was_typed_stays_and_each_error_is_led_to(client, form):
    registration = make_forms.registration(form)

    response = client.post(path_to(registration), complete(**{"title": "", "q-hotel": "moon"}))

    shown = text(response)
    assert response.status_code == 422
    assert 'value="Lab"' in shown
    assert 'href="#div_id_q-hotel"' in shown
    assert 'href="#id_title"' in shown
    registration.refresh_from_db()
    assert (registration.status, registration.answers.get("main", {})) == ("incomplete", {})


def test_file_is_not_lost_when_something_else_is_wrong(client, form):
    registration = make_forms.registration(form)

    response = client.post(path_to(registration), complete(title=""))
    second = client.post(path_to(registration), complete(**{"q-cv": ""}), follow=True)

    assert "We have your file: cv.pdf" in text(response)
    assert AnswerFile.objects.count() == 1
    registration.refresh_from_db()
    assert registration.status == "pending"
    assert "cv.pdf" in text(second)


def test_one_goes_on_later(client, form):
    registration = make_forms.registration(form)

    response = client.post(
        path_to(registration), {"title": "Head", "q-hotel": "none", "save": "1"}, follow=True
    )

    registration.refresh_from_db()
    assert registration.status == "incomplete"
    assert registration.person.title == "Head"
    assert "Your answers are saved" in text(response)
    assert 'value="none" class="form-check-input" id="id_q-hotel_1" checked' in text(
        response
    ) or "checked" in text(response)


def test_place_taken_meanwhile_is_told_beside_the_question(client, form):
    first, second = make_forms.registration(form), make_forms.registration(form)
    client.post(path_to(first), complete())

    response = client.post(path_to(second), complete())

    assert response.status_code == 422
    assert "“Lake” has no places left." in text(response)
    second.refresh_from_db()
    assert second.status == "incomplete"


def test_words_of_a_consent_are_escaped(client, form):
    page = text(client.get(path_to(make_forms.registration(form))))

    assert "I keep &lt;b&gt;the rules&lt;/b&gt;." in page


def test_introduction_of_the_form_is_read_before_its_questions(client, form):
    form.intro_en = "Answer <b>before</b> 1 November."
    form.save()

    said = text(client.get(path_to(make_forms.registration(form))))

    assert "Answer &lt;b&gt;before&lt;/b&gt; 1 November." in said
    assert said.index("1 November.") < said.index("q-hotel")


def test_form_is_asked_in_the_language_of_the_address(client, form):
    page = text(client.get(path_to(make_forms.registration(form), "zh-hans")))

    assert "问题hotel" in page
    assert "选项lake" in page


def test_one_changes_what_one_sent(client, form):
    registration = make_forms.registration(form)
    client.post(path_to(registration), complete())
    path = path_to(registration)

    shown = text(client.get(f"{path}?change"))
    answers = {**DETAILS, "companions": "李娜\nMax", "q-hotel": "none", "q-rules": "on"}
    client.post(f"{path}?change", answers)

    registration.refresh_from_db()
    assert "Save the changes" in shown
    assert (registration.status, registration.companions) == ("pending", 2)
    assert registration.answers["main"] == {"hotel": "none"}
    assert registration.changes.get().after == {"hotel": "none"}


def test_nobody_changes_once_it_is_too_late(client, form):
    registration = make_forms.registration(form, status="confirmed")
    Category.objects.update(changes_until="2017-09-30T00:00Z")

    page = text(client.get(f"{path_to(registration)}?change"))
    response = client.post(f"{path_to(registration)}?change", complete())

    assert "Save the changes" not in page
    assert response.status_code == 422
    registration.refresh_from_db()
    assert registration.answers == {}


def test_page_costs_the_same_for_three_questions_as_for_thirty(
    client, form, django_assert_num_queries
):
    registration = make_forms.registration(form)
    for number in range(2):
        with django_assert_num_queries(14):
            client.get(path_to(registration))
        for extra in range(27 if number == 0 else 0):
            question(form, f"q{extra}", Kind.CHOICE, choices=["a", ("b", 3)])


# Follow-ups -----------------------------------------------------------------------------


@pytest.fixture
def travel_form():
    made = make_forms.form(slug="travel", due_on="2017-11-01")
    question(made, "flight", is_required=True)
    category = make.category(made.edition)
    made.asked_after.add(category)
    return made


def test_follow_up_is_asked_of_who_is_confirmed_and_of_nobody_else(client, travel_form):
    yes = make.registration(edition=travel_form.edition)
    no = make.registration(edition=travel_form.edition, status="pending")

    assert travel_form.name in text(client.get(path_to(yes)))
    assert client.get(f"{path_to(yes)}forms/travel/").status_code == 200
    assert travel_form.name not in text(client.get(path_to(no)))
    assert client.get(f"{path_to(no)}forms/travel/").status_code == 404


def test_follow_up_is_answered_and_changed_until_it_is_due(client, travel_form):
    registration = make.registration(edition=travel_form.edition)
    path = f"{path_to(registration)}forms/travel/"

    empty = client.post(path, {"q-flight": ""})
    client.post(path, {"q-flight": "MU 1"})
    client.post(path, {"q-flight": "MU 2"})
    with travel("2017-11-02T02:00Z"):
        late = client.post(path, {"q-flight": "MU 3"})

    registration.refresh_from_db()
    assert (empty.status_code, late.status_code) == (422, 422)
    assert registration.answers == {"travel": {"flight": "MU 2"}}
    assert "Answered" in text(client.get(path_to(registration)))


# Files ----------------------------------------------------------------------------------


def test_own_file_is_a_private_download_and_others_are_not_found(client, form):
    own, foreign = make_forms.registration(form), make_forms.registration(form)
    client.post(path_to(own), complete())
    client.post(path_to(foreign), complete(**{"q-hotel": "none"}))
    key, foreign_key = (one.files.get().pk for one in [own, foreign])

    response = client.get(f"{path_to(own)}files/{key}/")

    assert b"".join(response) == b"%PDF-1.7"
    assert response["Content-Disposition"] == 'attachment; filename="cv.pdf"'
    assert "no-store" in response["Cache-Control"]
    assert client.get(f"{path_to(own)}files/{foreign_key}/").status_code == 404
