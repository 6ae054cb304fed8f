"""Changes of answers: decided by the office with a word, made by the office for somebody."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from attendees.models import Consent, FormField, TakenChoice
from attendees.services.answering import Given
from attendees.services.changes import (
    change_for_them,
    decide_change,
    preview_decisions,
    steps_of,
)
from attendees.timeline import thread_of
from hrconf.lib.errors import DomainError
from hrconf.mailing.models import Message
from tests import make
from tests.attendees import make_forms
from tests.attendees.make_forms import outlined, question

pytestmark = pytest.mark.django_db
Kind = FormField.Kind


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def form():
    made = make_forms.form()
    question(made, "hotel", Kind.CHOICE, choices=[("lake", 1), "hill"], asks_approval=True)
    question(made, "diet")
    return made


def confirmed(form, **fields):
    fields.setdefault("answers", {form.slug: {"hotel": "hill", "diet": "any"}})
    return make_forms.registration(form, status="confirmed", **fields)


def asked_to_change(form, registration=None, **fields):
    registration = registration or confirmed(form)
    change = {"before": {"hotel": "hill"}, "after": {"hotel": "lake"}, "state": "waiting"}
    return registration.changes.create(form=form, **{**change, **fields})


# Decided --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("is_accepted", "told", "held"),
    [
        (True, "From now on this holds", "选项lake"),
        (False, "Your earlier answers hold", "选项hill"),
    ],
)
def test_person_is_told_in_their_language_with_the_offices_word(form, is_accepted, told, held):
    person = make.person(preferred_language="zh-hans")
    change = asked_to_change(form, confirmed(form, person=person))

    decide_change(change.pk, is_accepted=is_accepted, by=make.organizer(), word="请见 lake.example")

    mail = Message.objects.get()
    assert (mail.kind, mail.language, mail.recipient) == (
        "answers_decided",
        "zh-hans",
        f"person:{person.pk}",
    )
    assert f"问题hotel: {held}" in mail.text.replace("：", ": ")
    assert told not in mail.text
    assert "请见" in mail.text
    assert "//lake.example" not in mail.text


def test_deciding_twice_changes_and_mails_nothing_more(form):
    change, by = asked_to_change(form), make.organizer()

    decide_change(change.pk, is_accepted=False, by=by)
    decide_change(change.pk, is_accepted=True, by=by)

    change.refresh_from_db()
    assert change.state == "refused"
    assert Message.objects.count() == 1


def test_change_is_refused_to_who_would_take_a_place_that_is_gone(form):
    change = asked_to_change(form)
    other = confirmed(form)
    TakenChoice.objects.create(
        choice=form.fields.get(key="hotel").choices.get(key="lake"), registration=other
    )

    with pytest.raises(DomainError):
        decide_change(change.pk, is_accepted=True, by=make.organizer())

    change.refresh_from_db()
    assert change.state == "waiting"
    assert not Message.objects.exists()


def test_change_of_who_no_longer_comes_is_left_out(form):
    registration = confirmed(form)
    change = asked_to_change(form, registration)
    type(registration).objects.update(status="cancelled")

    assert preview_decisions([change.pk]).left_out == [(change, "cancelled")]
    with pytest.raises(DomainError):
        decide_change(change.pk, is_accepted=True, by=make.organizer())


def test_steps_are_in_the_order_and_the_words_of_the_form(form):
    change = asked_to_change(
        form, before={"diet": "any"}, after={"diet": None, "hotel": "lake", "gone": "x"}
    )

    steps = [(step.label, step.before, step.after) for step in steps_of(change)]

    assert steps == [
        ("Question hotel", "no answer", "Lake"),
        ("Question diet", "any", "no answer"),
        ("gone", "", "x"),
    ]


def test_asked_and_decided_stand_in_the_thread(form):
    change, by = asked_to_change(form), make.organizer(name="Wang Fang")
    decide_change(change.pk, is_accepted=True, by=by, word="With pleasure")

    thread = thread_of(change.registration.person, by)

    told = [(one.title, one.text, one.by) for one in thread if "Form" in one.title]
    assert told == [
        (f"Change of “{form.name}” approved", "With pleasure", "Wang Fang"),
        (f"Asked to change “{form.name}”", "", ""),
    ]


# Made by the office ------------------------------------------------------------------


def test_office_answers_at_once_and_stands_beside_the_change(form):
    registration, by = confirmed(form), make.organizer()

    given = Given({"hotel": "lake", "diet": "any"})
    change_for_them(registration.pk, outlined(form), given, by=by)

    registration.refresh_from_db()
    assert registration.answers[form.slug]["hotel"] == "lake"
    change = registration.changes.get()
    assert (change.state, change.made_by) == ("applied", by)
    assert (change.before, change.after) == ({"hotel": "hill"}, {"hotel": "lake"})
    assert registration.taken_choices.count() == 1


def test_office_leaves_consents_as_they_are(form):
    rules = question(form, "rules", Kind.CONSENT, text="Words")
    registration = confirmed(form)
    Consent.objects.create(registration=registration, text=rules.texts.get(), language="en")

    change_for_them(registration.pk, outlined(form), Given({}), by=make.organizer())

    assert registration.consents.filter(withdrawn_at=None).count() == 1


def test_file_that_the_office_puts_in_is_on_record(form):
    question(form, "ticket", Kind.FILE)
    registration, by = confirmed(form), make.organizer()
    upload = SimpleUploadedFile("ticket.pdf", b"%PDF-")

    answers = registration.answers[form.slug]
    given = Given(answers, uploads={"ticket": upload})
    change_for_them(registration.pk, outlined(form), given, by=by)

    change = registration.changes.get()
    assert (change.after, change.made_by) == ({"ticket": "ticket.pdf"}, by)
    assert registration.files.get().name == "ticket.pdf"


def test_answers_to_retired_questions_survive_a_change(form):
    question(form, "fax", retired_at="2017-09-01T00:00Z")
    registration = confirmed(form, answers={form.slug: {"diet": "any", "fax": "123"}})

    change_for_them(registration.pk, outlined(form), Given({"diet": "vegan"}), by=make.organizer())

    registration.refresh_from_db()
    assert registration.answers[form.slug] == {"diet": "vegan", "fax": "123"}


def test_office_answers_for_nobody_who_no_longer_comes(form):
    registration = confirmed(form)
    type(registration).objects.update(status="declined")

    with pytest.raises(DomainError):
        change_for_them(registration.pk, outlined(form), Given({}), by=make.organizer())
