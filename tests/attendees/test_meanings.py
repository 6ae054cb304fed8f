"""What a question means to the office: set by whoever designs it, once in a form."""

import importlib
import pkgutil

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from attendees import migrations
from attendees.models import FormField
from attendees.services.designing import copy_form
from tests import make
from tests.attendees import make_forms
from tests.attendees.make_forms import question

pytestmark = pytest.mark.django_db
ARRIVAL = FormField.Meaning.ARRIVAL


@pytest.fixture
def form():
    return make_forms.form()


@pytest.fixture
def organizer(client, settings):
    settings.SECOND_FACTOR_ROLES = []
    client.force_login(make.organizer())
    return client


def change(asked: FormField) -> str:
    return reverse("admin:attendees_formfield_change", args=[asked.pk])


def worded(asked: FormField, **more) -> dict:
    return {
        "kind": asked.kind,
        "section": asked.section_id,
        "label_en": asked.label_en,
        "label_zh_hans": asked.label_zh_hans,
        "help_en": "",
        "help_zh_hans": "",
        **more,
    }


def test_organizer_says_what_a_date_means_and_the_design_shows_it(organizer, form):
    asked = question(form, "when", "date")

    organizer.post(change(asked), worded(asked, meaning="arrival"))

    asked.refresh_from_db()
    assert asked.meaning == ARRIVAL
    design = organizer.get(reverse("admin:attendees_form_design", args=[form.pk]))
    assert "Day of arrival" in design.content.decode()


def test_second_question_of_a_meaning_is_refused_by_naming_the_first(organizer, form):
    question(form, "first", "date", meaning=ARRIVAL, retired_at=timezone.now())
    asked = question(form, "second", "date")

    page = organizer.post(change(asked), worded(asked, meaning="arrival"))

    (error,) = page.context["adminform"].form.errors["meaning"]
    assert "“Question first” has this meaning" in error
    asked.refresh_from_db()
    assert asked.meaning == ""


def test_question_that_becomes_another_kind_loses_its_meaning(organizer, form):
    asked = question(form, "when", "date", meaning=ARRIVAL)

    organizer.post(change(asked), worded(asked, kind="text", meaning="arrival"))

    asked.refresh_from_db()
    assert (asked.kind, asked.meaning) == ("text", "")


def test_question_that_is_no_date_is_not_asked_for_a_meaning(organizer, form):
    page = organizer.get(change(question(form, "words", "text")))

    assert 'name="meaning"' not in page.content.decode()


@pytest.mark.parametrize(
    "second", [{"kind": "date", "meaning": "arrival"}, {"kind": "text", "meaning": "departure"}]
)
def test_database_keeps_one_question_of_a_meaning_and_only_dates(form, second):
    question(form, "first", "date", meaning=ARRIVAL)

    with pytest.raises(IntegrityError), transaction.atomic():
        question(form, "second", **second)


def test_copied_form_keeps_its_meanings(form):
    question(form, "when", "date", meaning=ARRIVAL)

    copied = copy_form(form, make.edition())

    assert copied.fields.get().meaning == ARRIVAL


def test_questions_that_meant_the_arrival_by_their_key_are_named(form):
    old = question(form, "arrival-old", "date", retired_at=timezone.now())
    asked = question(form, "arriving", "date")
    question(form, "arrival-too", "date")
    question(form, "arrival-time", "time")
    other = question(make_forms.form(), "arrival", "date")

    (name,) = [one.name for one in pkgutil.iter_modules(migrations.__path__) if "mean" in one.name]
    module = importlib.import_module(f"attendees.migrations.{name}")
    with connection.schema_editor() as editor:
        module.name_arrivals(apps, editor)

    assert set(FormField.objects.filter(meaning=ARRIVAL)) == {asked, other}
    assert old.form.fields.get(pk=old.pk).meaning == ""
