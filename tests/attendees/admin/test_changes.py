"""Changes of answers in the office: the list of those that wait, decided alone or together."""

import pytest
from django.urls import reverse

from attendees.models import AnswerChange, FormField
from hrconf.accounts.roles import Role
from hrconf.mailing.models import Message
from tests import make
from tests.attendees import make_forms
from tests.attendees.make_forms import question

pytestmark = pytest.mark.django_db
LIST = "admin:attendees_answerchange_changelist"
ACCEPT = "admin:attendees_answerchange_accept"
Kind = FormField.Kind


@pytest.fixture
def organizer(client):
    client.force_login(make.organizer())
    return client


@pytest.fixture
def form():
    made = make_forms.form()
    question(made, "hotel", Kind.CHOICE, choices=[("lake", 1), "hill"], asks_approval=True)
    question(made, "diet", is_required=True)
    question(made, "rules", Kind.CONSENT, text="Words", is_required=True)
    return made


def change_of(form, **fields) -> AnswerChange:
    answers = {form.slug: {"hotel": "hill", "diet": "any"}}
    place = make_forms.registration(form, status="confirmed", answers=answers)
    change = {"before": {"hotel": "hill"}, "after": {"hotel": "lake"}, "state": "waiting"}
    return place.changes.create(form=form, **{**change, **fields})


def test_list_shows_what_waits_with_before_and_after(organizer, form):
    waiting = change_of(form)
    change_of(form, state="applied")

    page = organizer.get(reverse(LIST))

    assert list(page.context["cl"].result_list) == [waiting]
    assert "<s>Hill</s>" in page.content.decode()
    assert "<ins>Lake</ins>" in page.content.decode()
    assert len(organizer.get(reverse(LIST), {"state": "all"}).context["cl"].result_list) == 2


def test_preview_shows_the_mail_with_the_words_and_does_nothing(organizer, form):
    change = change_of(form)

    page = organizer.post(
        reverse(ACCEPT), {"ids": change.pk, "reason": "With <b>pleasure</b>", "look": "1"}
    ).content.decode()

    assert "Question hotel: Lake" in page
    assert "With &lt;b&gt;pleasure&lt;/b&gt;" in page
    change.refresh_from_db()
    assert change.state == "waiting"
    assert not Message.objects.exists()


def test_many_are_decided_at_once_and_who_cannot_is_named(organizer, form):
    """Two ask for the one place by the lake: the first gets it."""
    first, second = change_of(form), change_of(form)
    decided = change_of(form, state="refused", decided_at="2017-09-01T00:00Z")
    ids = f"{first.pk},{second.pk},{decided.pk}"

    said = organizer.post(reverse(ACCEPT), {"ids": ids, "confirm": "1"}, follow=True)

    states = AnswerChange.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["accepted", "waiting", "refused"]
    assert Message.objects.count() == 1
    assert "has no places left" in said.content.decode()


def test_page_of_a_change_leads_to_the_deeds_and_the_registration(organizer, form):
    change = change_of(form)

    page = organizer.get(reverse("admin:attendees_answerchange_change", args=[change.pk]))

    text = page.content.decode()
    assert f"{reverse(ACCEPT)}?ids={change.pk}" in text
    registration = reverse("admin:attendees_registration_change", args=[change.registration_id])
    assert registration in text


# On somebody's behalf ---------------------------------------------------------------------


def address(change: AnswerChange, form) -> str:
    return reverse("admin:attendees_registration_answers", args=[change.registration_id, form.slug])


def test_office_fills_in_the_same_form_without_the_consents(organizer, form):
    change = change_of(form)
    page = organizer.get(address(change, form)).content.decode()

    answer = organizer.post(address(change, form), {"q-hotel": "lake", "q-diet": "vegan"})

    assert "q-diet" in page
    assert "q-rules" not in page
    assert answer.status_code == 302
    change.registration.refresh_from_db()
    assert change.registration.answers[form.slug] == {"hotel": "lake", "diet": "vegan"}


def test_office_is_told_what_is_wrong_and_nothing_typed_is_lost(organizer, form):
    change = change_of(form)

    page = organizer.post(address(change, form), {"q-hotel": "lake", "q-diet": ""})

    assert page.status_code == 422
    assert "Nothing is lost" in page.content.decode()
    change.registration.refresh_from_db()
    assert change.registration.answers[form.slug]["diet"] == "any"


def test_who_only_reads_is_not_offered_to_answer_for_anybody(client, form):
    client.force_login(make.office(Role.READ_ONLY))
    change = change_of(form)

    page = client.get(
        reverse("admin:attendees_registration_change", args=[change.registration_id])
    ).content.decode()

    assert "Question hotel" in page
    assert address(change, form) not in page
