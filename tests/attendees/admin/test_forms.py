"""Forms in the office: questions added, worded, ordered, retired, tried, copied."""

import json

import pytest
from django.urls import reverse

from attendees.models import FieldChoice, Form, FormField
from attendees.services.answering import Given, save_answers
from attendees.services.designing import order_of
from attendees.services.questions import questions_of
from tests import make
from tests.attendees import make_forms
from tests.attendees.make_forms import outlined, question

pytestmark = pytest.mark.django_db
Kind = FormField.Kind


@pytest.fixture
def organizer(client, settings):
    settings.SECOND_FACTOR_ROLES = []
    client.force_login(make.organizer())
    return client


@pytest.fixture
def form():
    made = make_forms.form()
    question(made, "a")
    question(made, "b")
    return made


def design(form) -> str:
    return reverse("admin:attendees_form_design", args=[form.pk])


def keys(form) -> list[str]:
    return [asked.key for asked in questions_of(outlined(form))]


def text(response) -> str:
    return " ".join(response.content.decode().split())


def adding(form, kind) -> str:
    section = form.sections.get().pk
    url = reverse("admin:attendees_formfield_add")
    return f"{url}?form={form.pk}&section={section}&kind={kind}"


def worded(form, kind, **more) -> dict:
    """What a page that adds a question sends."""
    return {
        "kind": kind,
        "section": form.sections.get().pk,
        "label_en": "Do you need a visa?",
        "label_zh_hans": "您是否需要签证？",
        "help_en": "",
        "help_zh_hans": "",
        **more,
    }


def choices(*labels) -> dict:
    """The lines of the choices."""
    data = {"choices-TOTAL_FORMS": len(labels), "choices-INITIAL_FORMS": 0}
    for number, (english, chinese, places) in enumerate(labels):
        data |= {
            f"choices-{number}-label_en": english,
            f"choices-{number}-label_zh_hans": chinese,
            f"choices-{number}-places": places,
            f"choices-{number}-position": number,
        }
    return data


def test_new_form_leads_to_its_questions(organizer):
    edition = make.edition()
    data = {
        "name_en": "Registration",
        "name_zh_hans": "报名表",
        "intro_en": "",
        "intro_zh_hans": "",
        "edition": edition.pk,
        "slug": "main",
        "position": 0,
    }

    response = organizer.post(reverse("admin:attendees_form_add"), data)

    form = Form.objects.get()
    assert response["Location"] == design(form)
    assert form.sections.count() == 1


def test_question_is_added_with_a_key_of_its_words(organizer, form):
    response = organizer.post(adding(form, "yes_no"), worded(form, "yes_no", is_required="on"))

    assert response["Location"].startswith(design(form))
    added = FormField.objects.get(key="do-you-need-a-visa")
    assert (added.form, added.is_required, keys(form)[-1]) == (form, True, added.key)


def test_choices_get_keys_and_places(organizer, form):
    lines = choices(("By the lake", "西湖边", "120"), ("By the lake", "西湖边", ""))
    organizer.post(adding(form, "choice"), worded(form, "choice") | lines)

    found = FieldChoice.objects.values_list("key", "places").order_by("position")
    assert list(found) == [("by-the-lake", 120), ("by-the-lake-2", None)]


@pytest.mark.parametrize(
    ("kind", "wrong", "box"),
    [
        ("text", {"label_zh_hans": ""}, "label_zh_hans"),
        ("text", {"label_en": ""}, "label_en"),
        ("number", {"least": "5", "most": "4"}, "__all__"),
        ("consent", {"consent_en": "Words"}, "consent_zh_hans"),
    ],
)
def test_wrong_question_is_told_and_kept(organizer, form, kind, wrong, box):
    response = organizer.post(adding(form, kind), worded(form, kind, **wrong))

    assert response.status_code == 200
    assert list(response.context["adminform"].form.errors) == [box]
    assert "您是否需要签证？" in text(response) or "label_zh_hans" in wrong


def test_condition_is_chosen_among_answers_of_one_question(organizer, form):
    visa = question(form, "visa", Kind.YES_NO)
    hotel = question(form, "hotel", Kind.CHOICE, choices=["lake"])
    url = adding(form, "text")

    both = organizer.post(
        url, worded(form, "text", condition=[f"{visa.pk}:yes", f"{hotel.pk}:lake"])
    )
    organizer.post(url, worded(form, "text", condition=[f"{visa.pk}:yes"]))

    assert "one question only" in text(both)
    added = FormField.objects.get(key="do-you-need-a-visa")
    assert (added.shown_if_field, added.shown_if) == (visa, ["yes"])


def test_consent_gets_its_text(organizer, form):
    words = {"consent_en": "I agree.", "consent_zh_hans": "我同意。"}
    organizer.post(adding(form, "consent"), worded(form, "consent", **words))

    asked = FormField.objects.get(kind="consent")
    assert [(t.version, t.text_zh_hans) for t in asked.texts.all()] == [(1, "我同意。")]


def answered(form, **answers):
    registration = make_forms.registration(form)
    save_answers(registration.pk, outlined(form), Given(answers), language="en")
    return registration


def changing(asked) -> str:
    return reverse("admin:attendees_formfield_change", args=[asked.pk])


def test_answered_question_keeps_a_kind_that_reads_its_answers(organizer, form):
    answered(form, a="x")
    asked = form.fields.get(key="a")

    other = organizer.post(changing(asked), worded(form, "number"))
    alike = organizer.post(changing(asked), worded(form, "long_text"))

    assert "another kind could not read" in text(other)
    assert alike.status_code == 302
    asked.refresh_from_db()
    assert asked.kind == "long_text"


def test_choice_with_answers_is_retired_not_deleted(organizer, form):
    hotel = question(form, "hotel", Kind.CHOICE, choices=["lake"])
    answered(form, hotel="lake")
    lake = FieldChoice.objects.get()
    line = choices(("Lake", "湖", "")) | {
        "choices-INITIAL_FORMS": 1,
        "choices-0-id": lake.pk,
        "choices-0-field": hotel.pk,
        "choices-0-DELETE": "on",
    }

    organizer.post(changing(hotel), worded(form, "choice") | line)

    lake.refresh_from_db()
    assert lake.retired_at is not None


def test_arrows_move_and_lead_back_to_the_question(organizer, form):
    asked = form.fields.get(key="b")

    response = organizer.post(design(form), {"up": asked.pk})

    assert keys(form) == ["b", "a"]
    assert response["Location"].endswith(f"#question-{asked.pk}")


def test_dragging_sends_the_whole_order(organizer, form):
    [(section, pks)] = order_of(form).items()

    organizer.post(design(form), {"order": json.dumps([[section, pks[::-1]]])})

    assert keys(form) == ["b", "a"]


@pytest.mark.parametrize("order", ["", "x", "[1]", "{}", "[[1,[2]]]", '[["a",["b"]]]', "null"])
def test_nonsense_order_changes_nothing(organizer, form, order):
    response = organizer.post(design(form), {"order": order}, follow=True)

    assert response.status_code == 200
    assert keys(form) == ["a", "b"]


def test_refusal_is_told_on_the_page(organizer, form):
    answered(form, a="x")
    asked = form.fields.get(key="a")

    page = organizer.post(design(form), {"delete": asked.pk}, follow=True)
    organizer.post(design(form), {"retire": asked.pk})

    assert "It has answers: retire it, and they stay." in text(page)
    assert keys(form) == ["b"]


def test_question_of_another_form_is_not_touched(organizer, form):
    other = make_forms.form()
    foreign = question(other, "x")

    assert organizer.post(design(form), {"delete": foreign.pk}).status_code == 404
    assert keys(other) == ["x"]


def test_sections_are_added_in_both_languages(organizer, form):
    wrong = organizer.post(design(form), {"add_section": "1", "title_en": "Stay"})
    organizer.post(design(form), {"add_section": "1", "title_en": "Stay", "title_zh_hans": "食宿"})

    assert wrong.status_code == 422
    assert 'value="Stay"' in text(wrong)
    assert [section.title_en for section in form.sections.all()] == ["Travel", "Stay"]


def test_preview_tells_whether_answers_would_be_taken_and_keeps_nothing(organizer, form):
    form.fields.filter(key="a").update(is_required=True)
    url = reverse("admin:attendees_form_preview", args=[form.pk])

    assert "These answers would be taken" in text(organizer.post(url, {"q-a": "x"}))
    assert "has to be put right" in text(organizer.post(url, {"q-b": "x"}))


def test_form_is_copied_for_another_edition(organizer, form):
    edition = make.edition()
    url = reverse("admin:attendees_form_copy", args=[form.pk])

    organizer.post(url, {"edition": edition.pk})
    again = organizer.post(url, {"edition": edition.pk})

    assert keys(Form.objects.get(edition=edition)) == ["a", "b"]
    assert "has a form of this slug" in text(again)


def test_questions_page_costs_the_same_at_any_length(organizer, django_assert_num_queries):
    for count in [2, 20]:
        form = make_forms.form()
        for number in range(count):
            question(form, f"q{number}", Kind.CHOICE, choices=["a", "b"])
        organizer.get(design(form))
        with django_assert_num_queries(12):
            organizer.get(design(form))
