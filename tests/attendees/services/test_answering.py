"""Answers: kept, counted against places, changed with a mark, consents by version."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from attendees.models import AnswerFile, Category, Consent, ConsentText, FormField, TakenChoice
from attendees.services.answering import (
    Given,
    answer_lines,
    known_of,
    places_left,
    save_answers,
    save_draft,
)
from attendees.services.changes import decide_change
from attendees.services.places import change_registration, complete_registration
from attendees.services.registrations import cancel_registration
from hrconf.lib.errors import DomainError
from tests import make
from tests.attendees import make_forms
from tests.attendees.make_forms import outlined, question

pytestmark = pytest.mark.django_db
Kind = FormField.Kind


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def save(registration, form, language="en", by=None, **given):
    """Save answers and return the registration as it is then."""
    change = save_answers(registration.pk, outlined(form), Given(**given), language=language, by=by)
    registration.refresh_from_db()
    return change


def test_answers_are_kept_under_their_form():
    form = make_forms.form(slug="travel")
    question(form, "flight")
    registration = make_forms.registration(form)

    save(registration, form, answers={"flight": "MU 5101"})

    assert registration.answers == {"travel": {"flight": "MU 5101"}}


def test_answers_of_a_retired_question_are_still_shown():
    form = make_forms.form()
    asked = question(form, "flight")
    registration = make_forms.registration(form)
    save(registration, form, answers={"flight": "MU 5101"})
    FormField.objects.filter(pk=asked.pk).update(retired_at="2017-10-01T00:00Z")

    assert [text for _question, text in answer_lines(registration, outlined(form))] == ["MU 5101"]


# Places ---------------------------------------------------------------------------------


def hotel():
    """A form with a choice of one place, and one of as many as like."""
    form = make_forms.form()
    question(form, "hotel", Kind.CHOICE, choices=[("lake", 1), "none"])
    return form


def test_last_place_is_refused_to_the_second_beside_the_question():
    form = hotel()
    first, second = make_forms.registration(form), make_forms.registration(form)
    save(first, form, answers={"hotel": "lake"})

    with pytest.raises(DomainError) as refusal:
        save(second, form, answers={"hotel": "lake"})

    assert list(refusal.value.error_dict) == ["q-hotel"]
    assert list(places_left(form).values()) == [0]


def test_choosing_something_else_gives_the_place_back():
    form = hotel()
    registration = make_forms.registration(form)
    save(registration, form, answers={"hotel": "lake"})

    save(registration, form, answers={"hotel": "none"})

    assert list(places_left(form).values()) == [1]


def test_cancelling_gives_the_place_back():
    form = hotel()
    registration = make_forms.registration(form)
    save(registration, form, answers={"hotel": "lake"})

    cancel_registration(registration.pk)

    assert not TakenChoice.objects.exists()


def test_saving_again_keeps_the_place():
    form = hotel()
    registration = make_forms.registration(form)

    for _time in range(2):
        save(registration, form, answers={"hotel": "lake"})

    assert TakenChoice.objects.count() == 1


def test_draft_takes_no_place():
    form = hotel()
    registration = make_forms.registration(form)

    save_draft(registration.pk, outlined(form), Given({"hotel": "lake"}))

    registration.refresh_from_db()
    assert registration.answers == {form.slug: {"hotel": "lake"}}
    assert not TakenChoice.objects.exists()


# Files ----------------------------------------------------------------------------------


def pdf(text=b"one") -> SimpleUploadedFile:
    return SimpleUploadedFile("../cv.pdf", b"%PDF-" + text)


def test_another_file_replaces_the_first_and_deletes_it(django_capture_on_commit_callbacks):
    form = make_forms.form()
    question(form, "cv", Kind.FILE)
    registration = make_forms.registration(form)
    save(registration, form, uploads={"cv": pdf()})
    first = AnswerFile.objects.get()

    with django_capture_on_commit_callbacks(execute=True):
        save(registration, form, uploads={"cv": pdf(b"two")})

    kept = AnswerFile.objects.get()
    assert (kept.name, kept.content_type) == ("cv.pdf", "application/pdf")
    assert kept.file.storage.exists(kept.file.name)
    assert not first.file.storage.exists(first.file.name)
    with kept.file.open() as file:
        assert file.read() == b"%PDF-two"


def test_file_can_be_taken_back():
    form = make_forms.form()
    question(form, "cv", Kind.FILE)
    registration = make_forms.registration(form)
    save(registration, form, uploads={"cv": pdf()})

    save(registration, form, dropped=["cv"])

    assert not AnswerFile.objects.exists()


# Consents -------------------------------------------------------------------------------


def test_consent_records_the_version_of_its_text_and_its_language():
    form = make_forms.form()
    asked = question(form, "photos", Kind.CONSENT, text="First words")
    registration = make_forms.registration(form)
    save(registration, form, consents={"photos"}, language="zh-hans")
    ConsentText.objects.create(field=asked, version=2, text_en="Other", text_zh_hans="其他")

    assert known_of(registration, outlined(form)).consents == set()
    save(registration, form, consents={"photos"})

    given = Consent.objects.values_list("text__version", "language")
    assert list(given) == [(1, "zh-hans"), (2, "en")]
    assert known_of(registration, outlined(form)).consents == {"photos"}


def test_consent_taken_back_is_ended_not_deleted():
    form = make_forms.form()
    question(form, "photos", Kind.CONSENT, text="Words")
    registration = make_forms.registration(form)
    save(registration, form, consents={"photos"})

    save(registration, form)

    assert Consent.objects.get().withdrawn_at is not None


# Changes --------------------------------------------------------------------------------


def confirmed(form):
    """A confirmed registration that answered "hotel: none, diet: any"."""
    registration = make_forms.registration(form, status="confirmed")
    registration.answers = {form.slug: {"role": "guest", "diet": "any"}}
    registration.save()
    return registration


@pytest.fixture
def form():
    made = make_forms.form()
    question(made, "role", asks_approval=True)
    question(made, "diet")
    return made


def test_change_after_confirmation_waits_where_it_matters(form):
    registration = confirmed(form)

    change = save(registration, form, answers={"role": "speaker", "diet": "vegan"})

    assert registration.answers[form.slug] == {"role": "guest", "diet": "vegan"}
    assert (change.state, change.after) == ("waiting", {"role": "speaker"})
    marks = registration.changes.values_list("state", "before", "after").order_by("pk")
    assert list(marks) == [
        ("applied", {"diet": "any"}, {"diet": "vegan"}),
        ("waiting", {"role": "guest"}, {"role": "speaker"}),
    ]


@pytest.mark.parametrize(
    ("is_accepted", "role", "state"), [(True, "speaker", "accepted"), (False, "guest", "refused")]
)
def test_office_decides_a_change_once(form, is_accepted, role, state):
    registration, by = confirmed(form), make.organizer()
    change = save(registration, form, answers={"role": "speaker", "diet": "any"})

    decide_change(change.pk, is_accepted=is_accepted, by=by)
    decide_change(change.pk, is_accepted=not is_accepted, by=by)

    registration.refresh_from_db()
    change.refresh_from_db()
    assert (registration.answers[form.slug]["role"], change.state) == (role, state)
    assert change.decided_by == by


def test_later_change_replaces_one_that_waits(form):
    registration = confirmed(form)
    save(registration, form, answers={"role": "speaker", "diet": "any"})

    save(registration, form, answers={"role": "juror", "diet": "any"})

    states = registration.changes.order_by("pk").values_list("state", "after")
    assert list(states) == [("replaced", {"role": "speaker"}), ("waiting", {"role": "juror"})]


def test_change_before_the_decision_needs_no_other(form):
    registration = make_forms.registration(form, status="pending")

    assert save(registration, form, answers={"role": "speaker"}) is None
    assert registration.answers[form.slug] == {"role": "speaker"}


def test_saving_the_same_leaves_no_mark(form):
    registration = confirmed(form)

    save(registration, form, answers={"role": "guest", "diet": "any"})

    assert not registration.changes.exists()


# Sending and changing a registration ----------------------------------------------------


DETAILS = {"organization": "Lab", "title": "Head", "companions": ["李娜", "Max"], "note": ""}


def test_completing_takes_all_or_nothing():
    form = hotel()
    first, second = make_forms.registration(form), make_forms.registration(form)
    given = Given({"hotel": "lake"})
    complete_registration(first.pk, details=DETAILS, given=given)

    with pytest.raises(DomainError):
        complete_registration(second.pk, details=DETAILS, given=given)

    second.refresh_from_db()
    assert (second.status, second.companions, second.answers) == ("incomplete", 0, {})
    first.refresh_from_db()
    assert (first.status, first.companions) == ("pending", 2)
    assert [one.name for one in first.companion_rows.all()] == ["李娜", "Max"]


def test_change_is_refused_once_it_is_too_late():
    registration = make_forms.registration(make_forms.form(), status="confirmed")
    Category.objects.update(changes_until="2017-10-01T00:00Z")

    with pytest.raises(DomainError) as refusal:
        change_registration(registration.pk, details=DETAILS)

    assert refusal.value.code == "too_late"
